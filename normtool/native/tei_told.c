/* What the ledger of a TEI file says of lines: the twin of parts of normtool/export/tei/ledger.py. */
#include "native.h"

/* What the ledger says of a block besides its words; what was said of the last is remembered. */
typedef struct {
    PyObject *block; /* borrowed */
    PyObject *said;  /* owned */
} Said;

static PyObject *
say_block(Said *last, PyObject *block)
{
    if (last->block != NULL) {
        int same = 1;
        for (int i = 0; i < FIELDS_OF_BLOCK; i++) {
            same &= i == 1 || i == 2 ||
                    PyTuple_GET_ITEM(block, i) == PyTuple_GET_ITEM(last->block, i);
        }
        if (same) {
            return last->said;
        }
    }
    long certainty = PyLong_AsLong(PyTuple_GET_ITEM(block, 5));
    if (certainty == -1 && PyErr_Occurred()) {
        return NULL;
    }
    PyObject *said = PyUnicode_FromFormat(",\"%S\",%S,%S,%ld", PyTuple_GET_ITEM(block, 0),
                                          PyTuple_GET_ITEM(block, 3), PyTuple_GET_ITEM(block, 4),
                                          certainty);
    if (said != NULL) {
        Py_XDECREF(last->said);
        last->said = said;
        last->block = block;
    }
    return said;
}

/* The check of a line, and what it is, in brackets. */
static PyObject *
check_and(PyObject *check, PyObject *known)
{
    unsigned long number = PyLong_AsUnsignedLong(check);
    if (number == (unsigned long)-1 && PyErr_Occurred()) {
        return NULL;
    }
    char said[128];
    if (!PyUnicode_IS_ASCII(known) || PyUnicode_GET_LENGTH(known) > 80) {
        return PyUnicode_FromFormat("[%lu%U]", number, known);
    }
    int size = PyOS_snprintf(said, sizeof said, "[%lu%s]", number,
                             (const char *)PyUnicode_1BYTE_DATA(known));
    return PyUnicode_FromStringAndSize(said, size);
}

/* What is told of one line; NULL with an exception set. */
static PyObject *
tell_line(Said *last, PyObject *const *given, Py_ssize_t place, Py_ssize_t start, Py_ssize_t end,
          PyObject *check, PyObject *empty)
{
    PyObject *text = given[0], *known = empty, *told = NULL;
    PyObject *key = PyLong_FromSsize_t(place);
    if (key == NULL) {
        return NULL;
    }
    PyObject *block = PyDict_GetItemWithError(given[2], key);
    if (block != NULL) {
        if (!PyTuple_Check(block) || PyTuple_GET_SIZE(block) != FIELDS_OF_BLOCK) {
            PyErr_SetString(PyExc_TypeError, "not a block");
        }
        else if (PyLong_AsSsize_t(PyTuple_GET_ITEM(block, 2)) == place + end - start) {
            known = say_block(last, block);
        }
    }
    int in_body = 0;
    if (!PyErr_Occurred() && end > start) {
        in_body = PyDict_Contains(given[3], key);
    }
    Py_DECREF(key);
    if (PyErr_Occurred()) {
        return NULL;
    }
    if (in_body) {
        return check_and(check, known);
    }
    PyObject *words = PyUnicode_Substring(text, start, end);
    if (words != NULL) {
        PyObject *quoted = PyObject_CallOneArg(given[4], words);
        if (quoted != NULL) {
            told = PyUnicode_FromFormat("[%S%U]", quoted, known);
            Py_DECREF(quoted);
        }
        Py_DECREF(words);
    }
    return told;
}

PyDoc_STRVAR(told_lines_doc,
"told_lines(text, place, blocks, body, quote, checks)\n--\n\n"
"What the ledger says of each line of a text, which stands at a place of the whole: the check of\n"
"those that begin in the dict body, the others as quote writes them; blocks are by their starts.");

static PyObject *
told_lines(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    if (count != 6 || !PyUnicode_Check(given[0]) || !PyDict_Check(given[2]) ||
        !PyDict_Check(given[3]) || !PyList_Check(given[5])) {
        PyErr_SetString(PyExc_TypeError,
                        "told_lines(text, place, blocks, body, quote, checks)");
        return NULL;
    }
    Py_ssize_t place = PyLong_AsSsize_t(given[1]), size = PyUnicode_GET_LENGTH(given[0]);
    PyObject *empty = PyErr_Occurred() ? NULL : PyUnicode_FromString("");
    PyObject *found = empty == NULL ? NULL : PyList_New(0);
    Said last = {NULL, NULL};
    Py_ssize_t start = 0;
    for (Py_ssize_t number = 0; found != NULL && start <= size; number++) {
        Py_ssize_t end = PyUnicode_FindChar(given[0], '\n', start, size, 1);
        PyObject *told = NULL;
        if (end == -1) {
            end = size;
        }
        if (end >= 0 && number >= PyList_GET_SIZE(given[5])) {
            PyErr_SetString(PyExc_ValueError, "fewer checks than lines");
        }
        else if (end >= 0) {
            PyObject *check = PyList_GET_ITEM(given[5], number);
            Py_INCREF(check);
            told = tell_line(&last, given, place + start, start, end, check, empty);
            Py_DECREF(check);
        }
        if (told == NULL || PyList_Append(found, told) < 0) {
            Py_CLEAR(found);
        }
        Py_XDECREF(told);
        start = end + 1;
    }
    Py_XDECREF(last.said);
    Py_XDECREF(empty);
    return found;
}

static PyMethodDef methods[] = {
    {"told_lines", (PyCFunction)(void (*)(void))told_lines, METH_FASTCALL, told_lines_doc},
    {NULL, NULL, 0, NULL},
};

int
add_tei_told(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
