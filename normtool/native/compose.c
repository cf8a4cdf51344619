/* Two layers of edits as one: the twin of Layer.then in edits/layer.py. */
#include "touching.h"

enum { STARTS, BEFORES, AFTERS, WHYS, COLUMNS };

typedef struct {
    PyObject *columns[COLUMNS]; /* borrowed lists */
    Py_ssize_t *starts;         /* ours: in the text that they make; theirs: as they are */
    Py_ssize_t *shifts;         /* ours: how much longer that text is before each, and at last */
    Py_ssize_t count;
} Side;

static Py_ssize_t
length_of(const Side *side, int column, Py_ssize_t place)
{
    return PyUnicode_GET_LENGTH(PyList_GET_ITEM(side->columns[column], place));
}

static int
take_side(Side *side, PyObject *columns, int ours)
{
    if (!PyTuple_Check(columns) || PyTuple_GET_SIZE(columns) != COLUMNS) {
        PyErr_SetString(PyExc_TypeError, "then: two tuples of four columns, and a function");
        return -1;
    }
    for (int i = 0; i < COLUMNS; i++) {
        side->columns[i] = PyTuple_GET_ITEM(columns, i);
        if (!PyList_Check(side->columns[i])) {
            PyErr_SetString(PyExc_TypeError, "a column is a list");
            return -1;
        }
    }
    side->count = PyList_GET_SIZE(side->columns[STARTS]);
    if (!is_column(side->columns[BEFORES], side->count) ||
        !is_column(side->columns[AFTERS], side->count)) {
        return -1;
    }
    if (PyList_GET_SIZE(side->columns[WHYS]) != side->count) {
        PyErr_SetString(PyExc_ValueError, "the columns differ in length");
        return -1;
    }
    side->starts = places_of(side->columns[STARTS]);
    if (side->starts == NULL || !ours) {
        return side->starts == NULL ? -1 : 0;
    }
    side->shifts = PyMem_New(Py_ssize_t, side->count + 1);
    if (side->shifts == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    Py_ssize_t shift = 0;
    for (Py_ssize_t i = 0; i < side->count; i++) {
        side->shifts[i] = shift;
        side->starts[i] += shift;
        shift += length_of(side, AFTERS, i) - length_of(side, BEFORES, i);
    }
    side->shifts[side->count] = shift;
    return 0;
}

static int
push_row(PyObject **made, Py_ssize_t start, PyObject *before, PyObject *after, PyObject *why)
{
    PyObject *place = PyLong_FromSsize_t(start);
    int failed = place == NULL || PyList_Append(made[STARTS], place) < 0 ||
                 PyList_Append(made[BEFORES], before) < 0 ||
                 PyList_Append(made[AFTERS], after) < 0 || PyList_Append(made[WHYS], why) < 0;
    Py_XDECREF(place);
    return failed ? -1 : 0;
}

static int
push_one(PyObject **made, const Side *side, Py_ssize_t place, Py_ssize_t start)
{
    return push_row(made, start, PyList_GET_ITEM(side->columns[BEFORES], place),
                    PyList_GET_ITEM(side->columns[AFTERS], place),
                    PyList_GET_ITEM(side->columns[WHYS], place));
}

/* The reasons of a cluster: reasons(list) makes them one. */
static PyObject *
why_of(const Side *ours, const Side *theirs, PyObject *reasons, Py_ssize_t first, Py_ssize_t i,
       Py_ssize_t other, Py_ssize_t j)
{
    PyObject *whys = PyList_GetSlice(ours->columns[WHYS], first, i);
    PyObject *more = whys == NULL ? NULL : PyList_GetSlice(theirs->columns[WHYS], other, j);
    PyObject *why = NULL;
    if (more != NULL && PyList_SetSlice(whys, i - first, i - first, more) == 0) {
        why = PyObject_CallOneArg(reasons, whys);
    }
    Py_XDECREF(whys);
    Py_XDECREF(more);
    return why;
}

/* Edits of both that touch become one, or none if they undo each other. */
static int
push_cluster(PyObject **made, const Side *ours, const Side *theirs, PyObject *reasons,
             Py_ssize_t start, Py_ssize_t first, Py_ssize_t i, Py_ssize_t other, Py_ssize_t j)
{
    Patches mine = {ours->starts, ours->columns[AFTERS], ours->columns[BEFORES], first, i, 0};
    Patches yours = {theirs->starts, theirs->columns[BEFORES], theirs->columns[AFTERS], other, j, 0};
    PyObject *before, *after;
    if (sides(start, &mine, &yours, &before, &after) < 0) {
        return -1;
    }
    int failed = 0;
    if (PyUnicode_Compare(before, after) != 0) {
        PyObject *why = why_of(ours, theirs, reasons, first, i, other, j);
        failed = why == NULL ||
                 push_row(made, start - ours->shifts[first], before, after, why) < 0;
        Py_XDECREF(why);
    }
    Py_DECREF(before);
    Py_DECREF(after);
    return failed ? -1 : 0;
}

static int
sweep(PyObject **made, const Side *ours, const Side *theirs, PyObject *reasons)
{
    Py_ssize_t i = 0, j = 0, n = ours->count, m = theirs->count;
    while (i < n || j < m) {
        if (j == m || (i < n && ours->starts[i] + length_of(ours, AFTERS, i) < theirs->starts[j])) {
            if (push_one(made, ours, i, ours->starts[i] - ours->shifts[i]) < 0) {
                return -1;
            }
            i++;
            continue;
        }
        if (i == n || theirs->starts[j] + length_of(theirs, BEFORES, j) < ours->starts[i]) {
            if (push_one(made, theirs, j, theirs->starts[j] - ours->shifts[i]) < 0) {
                return -1;
            }
            j++;
            continue;
        }
        Py_ssize_t first = i, other = j;
        Py_ssize_t start = ours->starts[i] < theirs->starts[j] ? ours->starts[i] : theirs->starts[j];
        Py_ssize_t end = start;
        for (;;) {
            Py_ssize_t reached;
            if (i < n && ours->starts[i] <= end) {
                reached = ours->starts[i] + length_of(ours, AFTERS, i);
                i++;
            }
            else if (j < m && theirs->starts[j] <= end) {
                reached = theirs->starts[j] + length_of(theirs, BEFORES, j);
                j++;
            }
            else {
                break;
            }
            end = reached > end ? reached : end;
        }
        if (push_cluster(made, ours, theirs, reasons, start, first, i, other, j) < 0) {
            return -1;
        }
    }
    return 0;
}

PyDoc_STRVAR(then_doc,
"then(ours, theirs, reasons)\n--\n\n"
"The four columns of one layer that does what ours and then theirs do. reasons(list): the\n"
"reason of an edit that does what several edits did, each for its own.");

static PyObject *
then(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    Side ours = {{NULL}, NULL, NULL, 0}, theirs = {{NULL}, NULL, NULL, 0};
    PyObject *made[COLUMNS] = {NULL, NULL, NULL, NULL}, *all = NULL;
    if (count != 3) {
        PyErr_SetString(PyExc_TypeError, "then(ours, theirs, reasons)");
        return NULL;
    }
    int fine = take_side(&ours, given[0], 1) == 0 && take_side(&theirs, given[1], 0) == 0;
    for (int i = 0; fine && i < COLUMNS; i++) {
        made[i] = PyList_New(0);
        fine = made[i] != NULL;
    }
    if (fine && sweep(made, &ours, &theirs, given[2]) == 0) {
        all = PyTuple_Pack(4, made[STARTS], made[BEFORES], made[AFTERS], made[WHYS]);
    }
    for (int i = 0; i < COLUMNS; i++) {
        Py_XDECREF(made[i]);
    }
    PyMem_Free(ours.starts);
    PyMem_Free(ours.shifts);
    PyMem_Free(theirs.starts);
    return all;
}

static PyMethodDef methods[] = {
    {"then", (PyCFunction)(void (*)(void))then, METH_FASTCALL, then_doc},
    {NULL, NULL, 0, NULL},
};

int
add_compose(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
