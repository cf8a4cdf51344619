/* The pairs of characters unpacked, once on a machine, into what is quickly looked up (see
 * typos.h): all of them, the frequent ones, and those by their second character. */
#include "typos.h"

#include <string.h>

/* A pair of the table, and what of it is kept. */
typedef struct {
    uint16_t one, other;
    uint8_t level;
} Pair;

/* Reads pairs from the gaps between their cells and their levels; a gap of 255 or more is so
 * many bytes of 255 and the rest. Sorted; NULL with an exception set on failure. */
static Pair *
pairs_read(const Py_buffer *gaps, const Py_buffer *levels)
{
    const uint8_t *steps = gaps->buf, *values = levels->buf;
    Pair *pairs = PyMem_New(Pair, levels->len ? levels->len : 1);
    Py_ssize_t place = 0, count = 0;
    if (pairs == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < gaps->len && count <= levels->len; i++) {
        place += steps[i];
        if (place >= (Py_ssize_t)SIZE * SIZE || (steps[i] < 255 && count == levels->len)) {
            count = levels->len + 1;
        } else if (steps[i] < 255) {
            Pair pair = {(uint16_t)(place / SIZE), (uint16_t)(place % SIZE), values[count]};
            pairs[count++] = pair;
        }
    }
    if (count != levels->len) {
        PyErr_SetString(PyExc_ValueError, "the pairs of the typo model do not fit");
        PyMem_Free(pairs);
        return NULL;
    }
    return pairs;
}

/* Of sorted pairs, those from a level on, as lines and levels; how many they are. */
static Py_ssize_t
lined(const Pair *pairs, Py_ssize_t count, int least, Line *lines, uint8_t *levels)
{
    Py_ssize_t kept = 0;
    memset(lines, 0, sizeof *lines * SIZE * LINES);
    for (const Pair *pair = pairs; pair < pairs + count; pair++) {
        if (pair->level >= least) {
            Line *line = lines + (size_t)pair->one * LINES + pair->other / CELLS;
            line->bits[pair->other % CELLS / 64] |= UINT64_C(1) << pair->other % 64;
            levels[kept++] = pair->level;
        }
    }
    uint32_t base = 0;
    for (Line *line = lines; line < lines + (size_t)SIZE * LINES; line++) {
        unsigned before = 0;
        for (unsigned i = 0; i < CELLS / 64; i++) {
            line->before[i] = (uint16_t)before;
            before += bits_of(line->bits[i]);
        }
        line->base = base;
        base += before;
    }
    return kept;
}

/* Of sorted pairs, where those of each character begin that are frequent, and which they are. */
static void
partnered(const Pair *pairs, Py_ssize_t count, int32_t *begin, uint16_t *partners,
          uint8_t *levels)
{
    int32_t kept = 0;
    memset(begin, 0, sizeof *begin * (SIZE + 1));
    for (const Pair *pair = pairs; pair < pairs + count; pair++) {
        if (pair->level >= FREQUENT) {
            begin[pair->one + 1]++;
            partners[kept] = pair->other;
            levels[kept++] = pair->level;
        }
    }
    for (int n = 0; n < SIZE; n++) {
        begin[n + 1] += begin[n];
    }
}

/* Turns round pairs from a level on, and sorts them again; NULL without memory. */
static Pair *
turned(const Pair *pairs, Py_ssize_t count, int least, Py_ssize_t kept)
{
    Pair *back = PyMem_New(Pair, kept ? kept : 1);
    Py_ssize_t *next = PyMem_Calloc(SIZE + 1, sizeof *next);
    if (back == NULL || next == NULL) {
        PyMem_Free(back);
        PyMem_Free(next);
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        next[pairs[i].other + 1] += pairs[i].level >= least;
    }
    for (int n = 0; n < SIZE; n++) {
        next[n + 1] += next[n];
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        if (pairs[i].level >= least) {
            Pair pair = {pairs[i].other, pairs[i].one, pairs[i].level};
            back[next[pair.one]++] = pair;
        }
    }
    PyMem_Free(next);
    return back;
}

PyDoc_STRVAR(typo_pairs_doc,
"typo_pairs(gaps, levels)\n--\n\n"
"Pairs as typo_model takes them, of the gaps between the filled cells of their table and the\n"
"levels there: pair_lines; often_lines, often_levels; back_lines, back_levels;\n"
"partner_begin, partners, partner_levels.");

static PyObject *
tables_of(const Pair *pairs, Py_ssize_t count, uint8_t *levels)
{
    enum { TABLES = 8 };
    const Py_ssize_t whole = (Py_ssize_t)sizeof(Line) * SIZE * LINES;
    Py_ssize_t often = 0, frequent = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        often += pairs[i].level >= OFTEN;
        frequent += pairs[i].level >= FREQUENT;
    }
    const Py_ssize_t sizes[TABLES] = {
        whole, whole, often, whole, often, (SIZE + 1) * (Py_ssize_t)sizeof(int32_t),
        frequent * (Py_ssize_t)sizeof(uint16_t), frequent,
    };
    Pair *back = turned(pairs, count, OFTEN, often);
    PyObject *all = back ? PyTuple_New(TABLES) : NULL;
    void *at[TABLES];
    for (int i = 0; all != NULL && i < TABLES; i++) {
        PyObject *table = PyBytes_FromStringAndSize(NULL, sizes[i]);
        if (table == NULL) {
            Py_CLEAR(all);
            break;
        }
        at[i] = PyBytes_AS_STRING(table);
        PyTuple_SET_ITEM(all, i, table);
    }
    if (all != NULL) {
        lined(pairs, count, 0, at[0], levels);
        lined(pairs, count, OFTEN, at[1], at[2]);
        lined(back, often, OFTEN, at[3], at[4]);
        partnered(pairs, count, at[5], at[6], at[7]);
    }
    PyMem_Free(back);
    return all;
}

static PyObject *
typo_pairs(PyObject *module, PyObject *args)
{
    (void)module;
    Py_buffer gaps, levels;
    if (!PyArg_ParseTuple(args, "y*y*:typo_pairs", &gaps, &levels)) {
        return NULL;
    }
    PyObject *all = NULL;
    uint8_t *own = PyMem_Malloc(levels.len ? (size_t)levels.len : 1);
    Pair *pairs = own ? pairs_read(&gaps, &levels) : NULL;
    if (own == NULL) {
        PyErr_NoMemory();
    } else if (pairs != NULL) {
        all = tables_of(pairs, levels.len, own);
    }
    PyMem_Free(pairs);
    PyMem_Free(own);
    PyBuffer_Release(&gaps);
    PyBuffer_Release(&levels);
    return all;
}

static PyMethodDef methods[] = {
    {"typo_pairs", typo_pairs, METH_VARARGS, typo_pairs_doc},
    {NULL, NULL, 0, NULL},
};

int
add_pairs(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
