/* The pairs of characters unpacked, once on a machine, into what is quickly looked up: lines
 * (see typos.h), their levels, and what is frequent among them. */
#include "typos.h"

#include <string.h>

typedef struct {
    Line *lines;
    uint8_t *often, *back; /* bits, by the first character and by the second */
    int32_t *begin;        /* of the frequent partners of a character */
    uint16_t *partners;
    uint8_t *levels;       /* theirs */
    int32_t frequent;
} Unpacked;

/* Adds a pair; they come in the order of their cells. */
static void
added(Unpacked *to, unsigned a, unsigned b, uint8_t level)
{
    Line *line = to->lines + (size_t)a * LINES + b / CELLS;
    line->bits[b % CELLS / 64] |= UINT64_C(1) << b % CELLS % 64;
    if (level >= OFTEN) {
        to->often[(size_t)a * ROW + b / 8] |= (uint8_t)(1 << b % 8);
        to->back[(size_t)b * ROW + a / 8] |= (uint8_t)(1 << a % 8);
    }
    if (level >= FREQUENT) {
        to->begin[a + 1]++;
        to->partners[to->frequent] = (uint16_t)b;
        to->levels[to->frequent++] = level;
    }
}

/* Adds all pairs, by the gaps between their cells; a gap of 255 or more is so many bytes of
 * 255 and the rest. */
static int
all_added(Unpacked *to, const Py_buffer *gaps, const Py_buffer *levels)
{
    const uint8_t *steps = gaps->buf, *values = levels->buf;
    Py_ssize_t place = 0, count = 0;
    for (Py_ssize_t i = 0; i < gaps->len; i++) {
        place += steps[i];
        if (place >= (Py_ssize_t)SIZE * SIZE || (steps[i] < 255 && count == levels->len)) {
            PyErr_SetString(PyExc_ValueError, "the pairs of the typo model do not fit");
            return -1;
        }
        if (steps[i] < 255) {
            added(to, (unsigned)(place / SIZE), (unsigned)(place % SIZE), values[count++]);
        }
    }
    uint32_t base = 0;
    for (Line *line = to->lines; line < to->lines + (size_t)SIZE * LINES; line++) {
        unsigned before = 0;
        for (unsigned i = 0; i < CELLS / 64; i++) {
            line->before[i] = (uint16_t)before;
            before += bits_of(line->bits[i]);
        }
        line->base = base;
        base += before;
    }
    for (int n = 0; n < SIZE; n++) {
        to->begin[n + 1] += to->begin[n];
    }
    return 0;
}

enum { TABLES = 6 };

/* Makes bytes of these sizes, all zeros; -1 without memory. */
static int
made(PyObject *tables[TABLES], const Py_ssize_t sizes[TABLES])
{
    for (int i = 0; i < TABLES; i++) {
        tables[i] = PyBytes_FromStringAndSize(NULL, sizes[i]);
        if (tables[i] == NULL) {
            return -1;
        }
        memset(PyBytes_AS_STRING(tables[i]), 0, (size_t)sizes[i]);
    }
    return 0;
}

static int
filled(PyObject *tables[TABLES], const Py_buffer *gaps, const Py_buffer *levels)
{
    Py_ssize_t frequent = 0;
    for (Py_ssize_t i = 0; i < levels->len; i++) {
        frequent += ((const uint8_t *)levels->buf)[i] >= FREQUENT;
    }
    const Py_ssize_t sizes[TABLES] = {
        (Py_ssize_t)sizeof(Line) * SIZE * LINES, SIZE * ROW, SIZE * ROW,
        (SIZE + 1) * (Py_ssize_t)sizeof(int32_t), frequent * (Py_ssize_t)sizeof(uint16_t),
        frequent,
    };
    if (made(tables, sizes) < 0) {
        return -1;
    }
    void *at[TABLES];
    for (int i = 0; i < TABLES; i++) {
        at[i] = PyBytes_AS_STRING(tables[i]);
    }
    Unpacked to = {at[0], at[1], at[2], at[3], at[4], at[5], 0};
    return all_added(&to, gaps, levels);
}

PyDoc_STRVAR(typo_pairs_doc,
"typo_pairs(gaps, levels)\n--\n\n"
"Pairs as typo_model takes them, of the gaps between the filled cells of their table and the\n"
"levels there: pair_lines; often, often_back; partner_begin, partners, partner_levels.");

static PyObject *
typo_pairs(PyObject *module, PyObject *args)
{
    (void)module;
    Py_buffer gaps, levels;
    if (!PyArg_ParseTuple(args, "y*y*:typo_pairs", &gaps, &levels)) {
        return NULL;
    }
    PyObject *tables[TABLES] = {NULL}, *all = NULL;
    if (filled(tables, &gaps, &levels) == 0) {
        all = PyTuple_New(TABLES);
    }
    for (int i = 0; i < TABLES; i++) {
        if (all != NULL) {
            PyTuple_SET_ITEM(all, i, tables[i]);
        } else {
            Py_XDECREF(tables[i]);
        }
    }
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
