/* Edits of two layers that touch: the twin of edits/touching.py. */
#include "touching.h"

static Py_ssize_t
length_at(PyObject *column, Py_ssize_t row)
{
    return PyUnicode_GET_LENGTH(PyList_GET_ITEM(column, row));
}

/* Where the last of some edits ends in the text between, if behind `end`. */
static Py_ssize_t
reach(const Patches *patches, Py_ssize_t end)
{
    for (Py_ssize_t row = patches->first; row < patches->last; row++) {
        Py_ssize_t reached = patches->places[row - patches->base] + length_at(patches->here, row);
        end = reached > end ? reached : end;
    }
    return end;
}

/* Write what the edits know of the text between. */
static int
fill(Draft *middle, const Patches *patches, Py_ssize_t start)
{
    for (Py_ssize_t row = patches->first; row < patches->last; row++) {
        Text here = text_of(PyList_GET_ITEM(patches->here, row));
        Py_ssize_t place = patches->places[row - patches->base] - start;
        if (place < 0 || place > middle->length - here.length) {
            PyErr_SetString(PyExc_ValueError, "an edit begins before the first");
            return -1;
        }
        for (Py_ssize_t at = 0; at < here.length; at++) {
            ((Py_UCS4 *)middle->data)[place + at] = char_at(&here, at);
        }
    }
    return 0;
}

/* The text between with what one side has in its stead. */
static PyObject *
patched(const Draft *middle, const Patches *patches, Py_ssize_t start)
{
    Text text = {middle->kind, middle->data, middle->length};
    Py_ssize_t room = middle->length, done = 0;
    Draft draft;
    for (Py_ssize_t row = patches->first; row < patches->last; row++) {
        room += length_at(patches->there, row);
    }
    if (new_draft(&draft, room, 0x10FFFF) < 0) {
        return NULL;
    }
    for (Py_ssize_t row = patches->first; row < patches->last; row++) {
        Text there = text_of(PyList_GET_ITEM(patches->there, row));
        Py_ssize_t place = patches->places[row - patches->base] - start;
        if (place < done) {
            drop_draft(&draft);
            PyErr_SetString(PyExc_ValueError, "edits of one side overlap");
            return NULL;
        }
        add_text(&draft, &text, done, place);
        add_text(&draft, &there, 0, there.length);
        done = place + length_at(patches->here, row);
    }
    add_text(&draft, &text, done, text.length);
    return finish_draft(&draft);
}

int
sides(Py_ssize_t start, const Patches *ours, const Patches *theirs, PyObject **before,
      PyObject **after)
{
    Draft middle;
    Py_ssize_t length = reach(theirs, reach(ours, start)) - start;
    *before = *after = NULL;
    if (new_draft(&middle, length, 0x10FFFF) < 0) {
        return -1;
    }
    middle.length = length;
    memset(middle.data, 0, (size_t)length * sizeof(Py_UCS4));
    if (fill(&middle, ours, start) == 0 && fill(&middle, theirs, start) == 0) {
        *before = patched(&middle, ours, start);
        *after = *before == NULL ? NULL : patched(&middle, theirs, start);
    }
    drop_draft(&middle);
    if (*after == NULL) {
        Py_CLEAR(*before);
        return -1;
    }
    return 0;
}

PyDoc_STRVAR(sides_doc,
"sides(start, places, here, there, first, last, place, old, new)\n--\n\n"
"Before and after of rows first to last of a layer and one edit that touches them. places:\n"
"of the layer in the text between; here and there: what they made, and of what; place, old\n"
"and new: the edit of that text. The first of all begins at start.");

static PyObject *
sides_of_one(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *list, *here, *there, *old, *new, *before, *after, *both = NULL;
    Py_ssize_t start, first, last, place;
    if (!PyArg_ParseTuple(args, "nO!O!O!nnnUU", &start, &PyList_Type, &list, &PyList_Type, &here,
                          &PyList_Type, &there, &first, &last, &place, &old, &new)) {
        return NULL;
    }
    /* Only these rows are looked at: a text has many edits, and many are asked about. */
    int fine = first >= 0 && first <= last && last <= PyList_GET_SIZE(list) &&
               last <= PyList_GET_SIZE(here) && last <= PyList_GET_SIZE(there);
    for (Py_ssize_t row = first; fine && row < last; row++) {
        fine = PyUnicode_Check(PyList_GET_ITEM(here, row)) &&
               PyUnicode_Check(PyList_GET_ITEM(there, row));
    }
    if (!fine) {
        PyErr_SetString(PyExc_ValueError, "no such rows of strings");
        return NULL;
    }
    PyObject *rows = PyList_GetSlice(list, first, last);
    PyObject *olds = PyList_New(1), *news = PyList_New(1);
    Py_ssize_t *places = rows == NULL ? NULL : places_of(rows);
    if (olds != NULL && news != NULL && places != NULL) {
        PyList_SET_ITEM(olds, 0, Py_NewRef(old));
        PyList_SET_ITEM(news, 0, Py_NewRef(new));
        Patches ours = {places, here, there, first, last, first};
        Patches theirs = {&place, olds, news, 0, 1, 0};
        if (sides(start, &ours, &theirs, &before, &after) == 0) {
            both = PyTuple_Pack(2, before, after);
            Py_DECREF(before);
            Py_DECREF(after);
        }
    }
    PyMem_Free(places);
    Py_XDECREF(rows);
    Py_XDECREF(olds);
    Py_XDECREF(news);
    return both;
}

static PyMethodDef methods[] = {
    {"sides", sides_of_one, METH_VARARGS, sides_doc},
    {NULL, NULL, 0, NULL},
};

int
add_touching(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
