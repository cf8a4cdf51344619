/* Strings in the making, and columns of Python's lists. */
#include "native.h"

int
new_draft(Draft *draft, Py_ssize_t room, Py_UCS4 widest)
{
    draft->length = 0;
    draft->str = PyUnicode_New(room, widest);
    if (draft->str == NULL) {
        return -1;
    }
    draft->kind = PyUnicode_KIND(draft->str);
    draft->data = PyUnicode_DATA(draft->str);
    return 0;
}

void
drop_draft(Draft *draft)
{
    Py_CLEAR(draft->str);
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

/* Whether a character needs the room that each has; Python compares no two kinds of str. */
static int
is_as_narrow_as_it_can_be(const Draft *draft)
{
    Py_UCS4 least = draft->kind == 4 ? 0x10000 : draft->kind == 2 ? 0x100 : 0x80;
    if (draft->kind == 1 && PyUnicode_IS_ASCII(draft->str)) {
        return 1;
    }
    for (Py_ssize_t at = 0; at < draft->length; at++) {
        if (PyUnicode_READ(draft->kind, draft->data, at) >= least) {
            return 1;
        }
    }
    return 0;
}

PyObject *
finish_draft(Draft *draft)
{
    PyObject *str = draft->str;
    if (draft->length != PyUnicode_GET_LENGTH(str) || !is_as_narrow_as_it_can_be(draft)) {
        str = PyUnicode_FromKindAndData(draft->kind, draft->data, draft->length);
        drop_draft(draft);
    }
    draft->str = NULL;
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
