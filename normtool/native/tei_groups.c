/* Edits that differ only in their places, and their places in words: the twin of parts of
 * normtool/export/tei/inside.py, silent.py and ledger.py. */
#include "native.h"

#include <string.h>

#define FIELDS 8    /* of an Edit: its start, and seven that make its shape */
#define REMEMBERED 128

/* Thousands of edits share the objects of a few dozen: known by these, they need not be hashed. */
typedef struct {
    PyObject *edit;   /* borrowed */
    PyObject *starts; /* borrowed from the groups */
} Known;

static size_t
slot_of(PyObject *edit)
{
    size_t mixed = 0;
    for (Py_ssize_t i = 1; i < FIELDS; i++) {
        mixed = mixed * 31 + ((size_t)PyTuple_GET_ITEM(edit, i) >> 4);
    }
    return (mixed ^ (mixed >> 16)) % REMEMBERED;
}

static int
is_same(PyObject *one, PyObject *other)
{
    for (Py_ssize_t i = 1; i < FIELDS; i++) {
        if (PyTuple_GET_ITEM(one, i) != PyTuple_GET_ITEM(other, i)) {
            return 0;
        }
    }
    return 1;
}

/* The list of the group of an edit, made if it is the first; borrowed. */
static PyObject *
group_of(PyObject *groups, PyObject *edit)
{
    PyObject *key = PyTuple_GetSlice(edit, 1, FIELDS);
    if (key == NULL) {
        return NULL;
    }
    PyObject *starts = PyDict_GetItemWithError(groups, key);
    if (starts == NULL && !PyErr_Occurred()) {
        PyObject *made = PyList_New(0);
        if (made != NULL && PyDict_SetItem(groups, key, made) == 0) {
            starts = made;
        }
        Py_XDECREF(made);
    }
    Py_DECREF(key);
    return starts;
}

PyDoc_STRVAR(grouped_doc,
"grouped(edits, first, last)\n--\n\n"
"The starts of edits[first:last], a tuple, by what else is in each: a dict of lists.");

static PyObject *
grouped(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    if (count != 3 || !PyTuple_Check(given[0])) {
        PyErr_SetString(PyExc_TypeError, "grouped(edits, first, last)");
        return NULL;
    }
    PyObject *edits = given[0];
    Py_ssize_t first = PyLong_AsSsize_t(given[1]);
    Py_ssize_t last = first == -1 && PyErr_Occurred() ? -1 : PyLong_AsSsize_t(given[2]);
    if (PyErr_Occurred()) {
        return NULL;
    }
    if (first < 0 || last > PyTuple_GET_SIZE(edits)) {
        PyErr_SetString(PyExc_ValueError, "there are not so many edits");
        return NULL;
    }
    Known known[REMEMBERED] = {{NULL, NULL}};
    PyObject *groups = PyDict_New();
    for (Py_ssize_t i = first; groups != NULL && i < last; i++) {
        PyObject *edit = PyTuple_GET_ITEM(edits, i);
        if (!PyTuple_Check(edit) || PyTuple_GET_SIZE(edit) != FIELDS) {
            PyErr_SetString(PyExc_TypeError, "not an edit");
            Py_CLEAR(groups);
            break;
        }
        Known *slot = &known[slot_of(edit)];
        if (slot->edit == NULL || !is_same(slot->edit, edit)) {
            slot->edit = edit;
            slot->starts = group_of(groups, edit);
        }
        if (slot->starts == NULL || PyList_Append(slot->starts, PyTuple_GET_ITEM(edit, 0)) < 0) {
            Py_CLEAR(groups);
        }
    }
    return groups;
}

PyDoc_STRVAR(growths_doc,
"growths(edits)\n--\n\n"
"How much longer the edits, a tuple, make a text: up to each of them, itself included.");

static PyObject *
growths(PyObject *module, PyObject *edits)
{
    (void)module;
    if (!PyTuple_Check(edits)) {
        PyErr_SetString(PyExc_TypeError, "growths(edits)");
        return NULL;
    }
    Py_ssize_t count = PyTuple_GET_SIZE(edits), growth = 0;
    PyObject *found = PyList_New(count);
    for (Py_ssize_t i = 0; found != NULL && i < count; i++) {
        PyObject *edit = PyTuple_GET_ITEM(edits, i), *number;
        if (!PyTuple_Check(edit) || PyTuple_GET_SIZE(edit) != FIELDS ||
            !PyUnicode_Check(PyTuple_GET_ITEM(edit, 1)) ||
            !PyUnicode_Check(PyTuple_GET_ITEM(edit, 2))) {
            PyErr_SetString(PyExc_TypeError, "not an edit");
            Py_CLEAR(found);
            break;
        }
        growth += PyUnicode_GET_LENGTH(PyTuple_GET_ITEM(edit, 2)) -
                  PyUnicode_GET_LENGTH(PyTuple_GET_ITEM(edit, 1));
        number = PyLong_FromSsize_t(growth);
        if (number == NULL) {
            Py_CLEAR(found);
            break;
        }
        PyList_SET_ITEM(found, i, number);
    }
    return found;
}

#define WIDEST 20 /* digits of a place */

/* Write a place, which is not negative; where it ends. */
static char *
write_number(char *to, Py_ssize_t number)
{
    char digits[WIDEST];
    int size = 0;
    do {
        digits[size++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (size > 0) {
        *to++ = digits[--size];
    }
    return to;
}

/* Places in words, one by one, by a function that writes one. */
static PyObject *
in_words(PyObject *places, size_t room, char *(*write)(char *, Py_ssize_t))
{
    if (!PyList_Check(places)) {
        PyErr_SetString(PyExc_TypeError, "not a list of places");
        return NULL;
    }
    Py_ssize_t count = PyList_GET_SIZE(places);
    Py_ssize_t *numbers = places_of(places);
    char *words = numbers == NULL ? NULL : PyMem_Malloc((size_t)count * room + 1);
    if (words == NULL) {
        PyMem_Free(numbers);
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    }
    char *end = words;
    PyObject *found = NULL;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (numbers[i] < 0) {
            PyErr_SetString(PyExc_ValueError, "a place before the beginning");
            goto done;
        }
        end = write(end, numbers[i]);
    }
    /* The last separator is none. */
    found = PyUnicode_FromStringAndSize(words, end > words ? end - words - 1 : 0);
done:
    PyMem_Free(words);
    PyMem_Free(numbers);
    return found;
}

static char *
write_listed(char *to, Py_ssize_t place)
{
    to = write_number(to, place);
    *to++ = ',';
    return to;
}

static char *
write_pointer(char *to, Py_ssize_t place)
{
    memcpy(to, "src:", 4);
    to = write_number(to + 4, place);
    *to++ = ',';
    to = write_number(to, place + 1);
    *to++ = ' ';
    return to;
}

PyDoc_STRVAR(listed_doc,
"listed(places)\n--\n\n"
"A list of places as 3,14,15.");

static PyObject *
listed(PyObject *module, PyObject *places)
{
    (void)module;
    return in_words(places, WIDEST + 1, write_listed);
}

PyDoc_STRVAR(pointers_doc,
"pointers(places)\n--\n\n"
"A list of places as pointers to a character each: src:3,4 src:14,15.");

static PyObject *
pointers(PyObject *module, PyObject *places)
{
    (void)module;
    return in_words(places, 2 * WIDEST + 6, write_pointer);
}

static PyMethodDef methods[] = {
    {"grouped", (PyCFunction)(void (*)(void))grouped, METH_FASTCALL, grouped_doc},
    {"growths", growths, METH_O, growths_doc},
    {"listed", listed, METH_O, listed_doc},
    {"pointers", pointers, METH_O, pointers_doc},
    {NULL, NULL, 0, NULL},
};

int
add_tei_groups(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
