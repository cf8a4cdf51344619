/* Strings in the making, and columns of Python's lists. */
#include "native.h"

int
new_draft(Draft *draft, Py_ssize_t room, Py_UCS4 widest)
{
    draft->kind = widest < 0x100 ? 1 : widest < 0x10000 ? 2 : 4;
    draft->length = 0;
    draft->data = NULL;
    if (room <= PY_SSIZE_T_MAX / 4 - 1) {
        draft->data = PyMem_Malloc((size_t)(room + 1) * (size_t)draft->kind);
    }
    if (draft->data == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

void
add_text(Draft *draft, const Text *text, Py_ssize_t from, Py_ssize_t to)
{
    if (draft->kind == text->kind) {
        memcpy((char *)draft->data + draft->length * draft->kind,
               (const char *)text->data + from * text->kind, (size_t)((to - from) * text->kind));
        draft->length += to - from;
        return;
    }
    for (Py_ssize_t at = from; at < to; at++) {
        PyUnicode_WRITE(draft->kind, draft->data, draft->length++, char_at(text, at));
    }
}

PyObject *
finish_draft(Draft *draft)
{
    /* It looks for the widest character: a str must be as narrow as it can be. */
    PyObject *str = PyUnicode_FromKindAndData(draft->kind, draft->data, draft->length);
    PyMem_Free(draft->data);
    draft->data = NULL;
    return str;
}

Py_ssize_t *
places_of(PyObject *list)
{
    Py_ssize_t count = PyList_GET_SIZE(list);
    Py_ssize_t *places = PyMem_New(Py_ssize_t, count + 1);
    if (places == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        places[i] = PyLong_AsSsize_t(PyList_GET_ITEM(list, i));
        if (places[i] == -1 && PyErr_Occurred()) {
            PyMem_Free(places);
            return NULL;
        }
    }
    return places;
}

PyObject *
list_of(const Py_ssize_t *places, Py_ssize_t count)
{
    PyObject *list = PyList_New(count);
    for (Py_ssize_t i = 0; list != NULL && i < count; i++) {
        PyObject *place = PyLong_FromSsize_t(places[i]);
        if (place == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, i, place);
    }
    return list;
}

int
is_column(PyObject *list, Py_ssize_t count)
{
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "a column is a list");
        return 0;
    }
    if (PyList_GET_SIZE(list) != count) {
        PyErr_SetString(PyExc_ValueError, "the columns differ in length");
        return 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!PyUnicode_Check(PyList_GET_ITEM(list, i))) {
            PyErr_SetString(PyExc_TypeError, "a column of strings holds something else");
            return 0;
        }
    }
    return 1;
}
