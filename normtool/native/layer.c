/* Edits in columns, applied and checked: the twin of parts of edits/layer.py. */
#include "native.h"

/* The columns of a layer as C has them; starts is freed by the caller. */
typedef struct {
    Py_ssize_t count;
    Py_ssize_t *starts;
    PyObject *befores, *afters;
} Columns;

static int
take_columns(Columns *columns, PyObject *starts, PyObject *befores, PyObject *afters)
{
    if (!PyList_Check(starts)) {
        PyErr_SetString(PyExc_TypeError, "a column is a list");
        return -1;
    }
    columns->count = PyList_GET_SIZE(starts);
    columns->befores = befores;
    columns->afters = afters;
    if (!is_column(befores, columns->count) || !is_column(afters, columns->count)) {
        return -1;
    }
    columns->starts = places_of(starts);
    return columns->starts == NULL ? -1 : 0;
}

PyDoc_STRVAR(apply_doc,
"apply(text, starts, befores, afters)\n--\n\n"
"The text with every edit made; they are sorted and do not overlap.\n"
"Raises ValueError where they do not fit the text.");

static PyObject *
apply(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    Columns columns;
    if (count != 4 || !PyUnicode_Check(given[0])) {
        PyErr_SetString(PyExc_TypeError, "apply(text, starts, befores, afters)");
        return NULL;
    }
    if (take_columns(&columns, given[1], given[2], given[3]) < 0) {
        return NULL;
    }
    Text text = text_of(given[0]);
    Py_ssize_t made = text.length, end = 0;
    Py_UCS4 widest = PyUnicode_MAX_CHAR_VALUE(given[0]);
    for (Py_ssize_t i = 0; i < columns.count; i++) {
        PyObject *after = PyList_GET_ITEM(columns.afters, i);
        Py_ssize_t gone = PyUnicode_GET_LENGTH(PyList_GET_ITEM(columns.befores, i));
        if (columns.starts[i] < end || columns.starts[i] > text.length - gone) {
            PyMem_Free(columns.starts);
            PyErr_Format(PyExc_ValueError, "edit %zd does not fit the text", i);
            return NULL;
        }
        end = columns.starts[i] + gone;
        made += PyUnicode_GET_LENGTH(after) - gone;
        Py_UCS4 wide = PyUnicode_MAX_CHAR_VALUE(after);
        widest = wide > widest ? wide : widest;
    }
    Draft draft;
    if (new_draft(&draft, made, widest) < 0) {
        PyMem_Free(columns.starts);
        return NULL;
    }
    end = 0;
    for (Py_ssize_t i = 0; i < columns.count; i++) {
        Text after = text_of(PyList_GET_ITEM(columns.afters, i));
        add_text(&draft, &text, end, columns.starts[i]);
        add_text(&draft, &after, 0, after.length);
        end = columns.starts[i] + PyUnicode_GET_LENGTH(PyList_GET_ITEM(columns.befores, i));
    }
    add_text(&draft, &text, end, text.length);
    PyMem_Free(columns.starts);
    return finish_draft(&draft);
}

static int
same(const Text *one, Py_ssize_t at, const Text *other, Py_ssize_t from, Py_ssize_t count)
{
    if (count > one->length - at || count > other->length - from) {
        return 0;
    }
    if (one->kind == other->kind) {
        return memcmp((const char *)one->data + at * one->kind,
                      (const char *)other->data + from * other->kind,
                      (size_t)(count * one->kind)) == 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        if (char_at(one, at + i) != char_at(other, from + i)) {
            return 0;
        }
    }
    return 1;
}

PyDoc_STRVAR(accounts_doc,
"accounts(original, text, starts, befores, afters)\n--\n\n"
"Whether the edits, which stand apart, are all that text differs from original in.");

static PyObject *
accounts(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    Columns columns;
    if (count != 5 || !PyUnicode_Check(given[0]) || !PyUnicode_Check(given[1])) {
        PyErr_SetString(PyExc_TypeError, "accounts(original, text, starts, befores, afters)");
        return NULL;
    }
    if (take_columns(&columns, given[2], given[3], given[4]) < 0) {
        return NULL;
    }
    Text original = text_of(given[0]), text = text_of(given[1]);
    Py_ssize_t at = 0, to = 0;
    int fine = 1;
    for (Py_ssize_t i = 0; fine && i < columns.count; i++) {
        Text before = text_of(PyList_GET_ITEM(columns.befores, i));
        Text after = text_of(PyList_GET_ITEM(columns.afters, i));
        Py_ssize_t kept = columns.starts[i] - at;
        fine = (i ? kept > 0 : kept >= 0) && kept <= original.length - at &&
               same(&original, at, &text, to, kept) &&
               same(&original, at + kept, &before, 0, before.length) &&
               same(&text, to + kept, &after, 0, after.length);
        at += kept + before.length;
        to += kept + after.length;
    }
    fine = fine && original.length - at == text.length - to &&
           same(&original, at, &text, to, original.length - at);
    PyMem_Free(columns.starts);
    return PyBool_FromLong(fine);
}

PyDoc_STRVAR(places_doc,
"places(starts, befores, afters)\n--\n\n"
"Where each edit begins in the text it makes, and how much longer that is than the\n"
"original before each of them, and behind the last.");

static PyObject *
places(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    Columns columns;
    if (count != 3) {
        PyErr_SetString(PyExc_TypeError, "places(starts, befores, afters)");
        return NULL;
    }
    if (take_columns(&columns, given[0], given[1], given[2]) < 0) {
        return NULL;
    }
    Py_ssize_t *shifts = PyMem_New(Py_ssize_t, columns.count + 1), shift = 0;
    if (shifts == NULL) {
        PyMem_Free(columns.starts);
        return PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; i < columns.count; i++) {
        shifts[i] = shift;
        columns.starts[i] += shift;
        shift += PyUnicode_GET_LENGTH(PyList_GET_ITEM(columns.afters, i)) -
                 PyUnicode_GET_LENGTH(PyList_GET_ITEM(columns.befores, i));
    }
    shifts[columns.count] = shift;
    PyObject *ours = list_of(columns.starts, columns.count);
    PyObject *longer = ours == NULL ? NULL : list_of(shifts, columns.count + 1);
    PyMem_Free(columns.starts);
    PyMem_Free(shifts);
    PyObject *both = longer == NULL ? NULL : PyTuple_Pack(2, ours, longer);
    Py_XDECREF(ours);
    Py_XDECREF(longer);
    return both;
}

PyDoc_STRVAR(longer_doc,
"longer(befores, afters, than)\n--\n\n"
"The numbers of the edits whose before and after together are longer than that.");

static PyObject *
longer(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *befores, *afters;
    Py_ssize_t than;
    if (!PyArg_ParseTuple(args, "O!O!n", &PyList_Type, &befores, &PyList_Type, &afters, &than) ||
        !is_column(befores, PyList_GET_SIZE(befores)) ||
        !is_column(afters, PyList_GET_SIZE(befores))) {
        return NULL;
    }
    PyObject *list = PyList_New(0);
    for (Py_ssize_t i = 0; list != NULL && i < PyList_GET_SIZE(befores); i++) {
        if (PyUnicode_GET_LENGTH(PyList_GET_ITEM(befores, i)) +
                PyUnicode_GET_LENGTH(PyList_GET_ITEM(afters, i)) > than) {
            PyObject *number = PyLong_FromSsize_t(i);
            if (number == NULL || PyList_Append(list, number) < 0) {
                Py_CLEAR(list);
            }
            Py_XDECREF(number);
        }
    }
    return list;
}

static PyMethodDef methods[] = {
    {"longer", longer, METH_VARARGS, longer_doc},
    {"apply", (PyCFunction)(void (*)(void))apply, METH_FASTCALL, apply_doc},
    {"accounts", (PyCFunction)(void (*)(void))accounts, METH_FASTCALL, accounts_doc},
    {"places", (PyCFunction)(void (*)(void))places, METH_FASTCALL, places_doc},
    {NULL, NULL, 0, NULL},
};

int
add_layer(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
