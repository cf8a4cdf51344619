/* Blocks, line by line: the twin of parts of normtool/export/tei/lines.py and zones.py. */
#include "native.h"

/* A line of five fields in which nothing happened: a tuple of a type of its own. */
static PyObject *
make_line(PyTypeObject *type, PyObject *block, Py_ssize_t start, Py_ssize_t end, PyObject *none)
{
    PyObject *line = type->tp_alloc(type, 5);
    if (line == NULL) {
        return NULL;
    }
    PyTuple_SET_ITEM(line, 0, Py_NewRef(block));
    PyTuple_SET_ITEM(line, 1, PyLong_FromSsize_t(start));
    PyTuple_SET_ITEM(line, 2, PyLong_FromSsize_t(end));
    PyTuple_SET_ITEM(line, 3, Py_NewRef(none));
    PyTuple_SET_ITEM(line, 4, Py_NewRef(Py_None));
    if (PyTuple_GET_ITEM(line, 1) == NULL || PyTuple_GET_ITEM(line, 2) == NULL) {
        Py_CLEAR(line);
    }
    return line;
}

/* The block of the line text[place:end], borrowed; NULL if there is none, or with an exception. */
static PyObject *
block_of(PyObject *blocks, Py_ssize_t place, Py_ssize_t end)
{
    PyObject *key = PyLong_FromSsize_t(place);
    if (key == NULL) {
        return NULL;
    }
    PyObject *block = PyDict_GetItemWithError(blocks, key);
    Py_DECREF(key);
    if (block == NULL) {
        return NULL;
    }
    if (!PyTuple_Check(block) || PyTuple_GET_SIZE(block) != FIELDS_OF_BLOCK) {
        PyErr_SetString(PyExc_TypeError, "not a block");
        return NULL;
    }
    return PyLong_AsSsize_t(PyTuple_GET_ITEM(block, 2)) == end ? block : NULL;
}

PyDoc_STRVAR(kept_lines_doc,
"kept_lines(text, blocks, place, stop, shift, type, pieces, made)\n--\n\n"
"Add to the list made the lines of text[place:stop] that end there and are blocks, as long as they\n"
"are; shift is how far they were shifted. Where the first line begins that was not added.");

static PyObject *
kept_lines(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    if (count != 8 || !PyUnicode_Check(given[0]) || !PyDict_Check(given[1]) ||
        !PyType_Check(given[5]) ||
        !PyType_IsSubtype((PyTypeObject *)given[5], &PyTuple_Type) || !PyList_Check(given[7])) {
        PyErr_SetString(PyExc_TypeError,
                        "kept_lines(text, blocks, place, stop, shift, type, pieces, made)");
        return NULL;
    }
    Py_ssize_t numbers[3]; /* place, stop, shift */
    for (int i = 0; i < 3; i++) {
        numbers[i] = PyLong_AsSsize_t(given[i + 2]);
        if (numbers[i] == -1 && PyErr_Occurred()) {
            return NULL;
        }
    }
    Py_ssize_t place = numbers[0], size = PyUnicode_GET_LENGTH(given[0]);
    Py_ssize_t stop = numbers[1] < size ? numbers[1] : size;
    while (place >= 0 && place < stop) {
        Py_ssize_t end = PyUnicode_FindChar(given[0], '\n', place, stop, 1);
        PyObject *block = end < 0 ? NULL : block_of(given[1], place, end);
        if (block == NULL) {
            break;
        }
        PyObject *line = make_line((PyTypeObject *)given[5], block, place - numbers[2],
                                   end - numbers[2], given[6]);
        if (line == NULL || PyList_Append(given[7], line) < 0) {
            Py_XDECREF(line);
            break;
        }
        Py_DECREF(line);
        place = end + 1;
    }
    return PyErr_Occurred() ? NULL : PyLong_FromSsize_t(place);
}

PyDoc_STRVAR(follow_doc,
"follow(text, blocks)\n--\n\n"
"The numbers of the speeches of blocks, a tuple, and the block with which each begins, in two\n"
"lists; None if the blocks are not the lines of the text, one by one, or a speech stands in another.");

static PyObject *
follow(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    if (count != 2 || !PyUnicode_Check(given[0]) || !PyTuple_Check(given[1])) {
        PyErr_SetString(PyExc_TypeError, "follow(text, blocks)");
        return NULL;
    }
    PyObject *text = given[0], *numbers = PyList_New(0), *firsts = PyList_New(0), *found = NULL;
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), expected = 0;
    Py_ssize_t blocks = PyTuple_GET_SIZE(given[1]);
    long last = 0;
    if (numbers == NULL || firsts == NULL) {
        goto done;
    }
    for (Py_ssize_t i = 0; i < blocks; i++) {
        PyObject *block = PyTuple_GET_ITEM(given[1], i);
        if (!PyTuple_Check(block) || PyTuple_GET_SIZE(block) != FIELDS_OF_BLOCK) {
            PyErr_SetString(PyExc_TypeError, "not a block");
            goto done;
        }
        Py_ssize_t start = PyLong_AsSsize_t(PyTuple_GET_ITEM(block, 1));
        Py_ssize_t end = PyErr_Occurred() ? -1 : PyLong_AsSsize_t(PyTuple_GET_ITEM(block, 2));
        long speech = PyErr_Occurred() ? -1 : PyLong_AsLong(PyTuple_GET_ITEM(block, 4));
        if (PyErr_Occurred()) {
            goto done;
        }
        /* Each is the line that follows the one before, to where the next newline stands. */
        Py_ssize_t until = -1;
        if (expected <= size) {
            until = PyUnicode_FindChar(text, '\n', expected, size, 1);
            until = until == -1 ? size : until;
        }
        if (start != expected || end != until || speech < 0 || (speech && speech < last)) {
            found = Py_NewRef(Py_None);
            goto done;
        }
        if (speech > last) {
            if (PyList_Append(numbers, PyTuple_GET_ITEM(block, 4)) < 0) {
                goto done;
            }
            PyObject *first = PyLong_FromSsize_t(i);
            if (first == NULL || PyList_Append(firsts, first) < 0) {
                Py_XDECREF(first);
                goto done;
            }
            Py_DECREF(first);
            last = speech;
        }
        expected = end + 1;
    }
    found = expected == size + 1 ? PyTuple_Pack(2, numbers, firsts) : Py_NewRef(Py_None);
done:
    Py_XDECREF(numbers);
    Py_XDECREF(firsts);
    return found;
}

static PyMethodDef methods[] = {
    {"follow", (PyCFunction)(void (*)(void))follow, METH_FASTCALL, follow_doc},
    {"kept_lines", (PyCFunction)(void (*)(void))kept_lines, METH_FASTCALL, kept_lines_doc},
    {NULL, NULL, 0, NULL},
};

int
add_tei_lines(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
