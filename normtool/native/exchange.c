/* Rules that exchange single characters: the twin of scan/exchange.py. */
#include "native.h"

#define MOST 64

typedef struct {
    Py_UCS4 old[MOST], new[MOST];
    PyObject *befores[MOST], *afters[MOST]; /* of them, as str */
    Py_ssize_t count;
} Pairs;

static void
drop_pairs(Pairs *pairs)
{
    for (Py_ssize_t i = 0; i < pairs->count; i++) {
        Py_XDECREF(pairs->befores[i]);
        Py_XDECREF(pairs->afters[i]);
    }
}

static int
take_pairs(Pairs *pairs, PyObject *string)
{
    Text text = text_of(string);
    pairs->count = 0;
    if (text.length / 2 > MOST) {
        PyErr_Format(PyExc_ValueError, "exchange takes %d pairs", MOST);
        return -1;
    }
    for (Py_ssize_t i = 0; i < text.length / 2; i++) {
        pairs->old[i] = char_at(&text, 2 * i);
        pairs->new[i] = char_at(&text, 2 * i + 1);
        pairs->befores[i] = PyUnicode_FromOrdinal((int)pairs->old[i]);
        pairs->afters[i] = PyUnicode_FromOrdinal((int)pairs->new[i]);
        pairs->count = i + 1;
        if (pairs->befores[i] == NULL || pairs->afters[i] == NULL) {
            drop_pairs(pairs);
            return -1;
        }
    }
    return 0;
}

/* Which pair exchanges a character, or -1; `lowest` and `highest` of all spare the look. */
static inline Py_ssize_t
pair_of(const Pairs *pairs, Py_UCS4 character, Py_UCS4 lowest, Py_UCS4 highest)
{
    if (character < lowest || character > highest) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < pairs->count; i++) {
        if (pairs->old[i] == character) {
            return i;
        }
    }
    return -1;
}

static int
push(PyObject *starts, PyObject *befores, PyObject *afters, Py_ssize_t place,
     PyObject *before, PyObject *after)
{
    PyObject *start = PyLong_FromSsize_t(place);
    int failed = start == NULL || PyList_Append(starts, start) < 0 ||
                 PyList_Append(befores, before) < 0 || PyList_Append(afters, after) < 0;
    Py_XDECREF(start);
    return failed ? -1 : 0;
}

static int
fill(PyObject *str, PyObject *match, const Pairs *pairs, Draft *draft, PyObject *starts,
     PyObject *befores, PyObject *afters)
{
    Text text = text_of(str);
    Py_ssize_t done = 0;
    Py_UCS4 lowest = 0x110000, highest = 0;
    for (Py_ssize_t i = 0; i < pairs->count; i++) {
        lowest = pairs->old[i] < lowest ? pairs->old[i] : lowest;
        highest = pairs->old[i] > highest ? pairs->old[i] : highest;
    }
    for (Py_ssize_t at = 0; at < text.length; at++) {
        Py_ssize_t pair = pair_of(pairs, char_at(&text, at), lowest, highest);
        if (pair < 0) {
            continue;
        }
        PyObject *place = PyLong_FromSsize_t(at);
        if (place == NULL) {
            return -1;
        }
        PyObject *both[2] = {str, place};
        PyObject *found = PyObject_Vectorcall(match, both, 2, NULL);
        Py_DECREF(place);
        if (found == NULL) {
            return -1;
        }
        int matches = found != Py_None;
        Py_DECREF(found);
        if (matches) {
            if (push(starts, befores, afters, at, pairs->befores[pair], pairs->afters[pair]) < 0) {
                return -1;
            }
            Text after = text_of(pairs->afters[pair]);
            add_text(draft, &text, done, at);
            add_text(draft, &after, 0, 1);
            done = at + 1;
        }
    }
    add_text(draft, &text, done, text.length);
    return 0;
}

PyDoc_STRVAR(exchange_doc,
"exchange(text, match, pairs)\n--\n\n"
"Starts, befores and afters of the edits, and the text that they make: of each character\n"
"of pairs (old and new, in one string) where match(text, place) finds something.");

static PyObject *
exchange(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    Pairs pairs;
    Draft draft;
    if (count != 3 || !PyUnicode_Check(given[0]) || !PyUnicode_Check(given[2])) {
        PyErr_SetString(PyExc_TypeError, "exchange(text, match, pairs)");
        return NULL;
    }
    Py_UCS4 widest = PyUnicode_MAX_CHAR_VALUE(given[0]);
    Py_UCS4 wide = PyUnicode_MAX_CHAR_VALUE(given[2]);
    if (take_pairs(&pairs, given[2]) < 0) {
        return NULL;
    }
    if (new_draft(&draft, PyUnicode_GET_LENGTH(given[0]), wide > widest ? wide : widest) < 0) {
        drop_pairs(&pairs);
        return NULL;
    }
    PyObject *starts = PyList_New(0), *befores = PyList_New(0), *afters = PyList_New(0);
    PyObject *all = NULL;
    if (starts && befores && afters &&
        fill(given[0], given[1], &pairs, &draft, starts, befores, afters) == 0) {
        PyObject *made = PyList_GET_SIZE(starts) ? finish_draft(&draft) : Py_NewRef(given[0]);
        all = made == NULL ? NULL : PyTuple_Pack(4, starts, befores, afters, made);
        Py_XDECREF(made);
    }
    drop_draft(&draft);
    drop_pairs(&pairs);
    Py_XDECREF(starts);
    Py_XDECREF(befores);
    Py_XDECREF(afters);
    return all;
}

static PyMethodDef methods[] = {
    {"exchange", (PyCFunction)(void (*)(void))exchange, METH_FASTCALL, exchange_doc},
    {NULL, NULL, 0, NULL},
};

int
add_exchange(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
