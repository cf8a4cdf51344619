/* Edits in columns, applied: the twin of parts of normtool/edits/layer.py. */
#include "native.h"

/* A list of ints as C; NULL with an exception set. The caller frees it. */
Py_ssize_t *
places_of(PyObject *list)
{
    Py_ssize_t count = PyList_GET_SIZE(list);
    Py_ssize_t *places = PyMem_New(Py_ssize_t, count ? count : 1);
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

static int
all_str(PyObject *list, Py_ssize_t count)
{
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

PyDoc_STRVAR(apply_doc,
"apply(text, starts, befores, afters)\n--\n\n"
"The text with every edit made; they are sorted and do not overlap.\n"
"Raises ValueError where they do not fit the text.");

static PyObject *
apply(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    if (count != 4 || !PyUnicode_Check(given[0]) || !PyList_Check(given[1]) ||
        !PyList_Check(given[2]) || !PyList_Check(given[3])) {
        PyErr_SetString(PyExc_TypeError, "apply(text, starts, befores, afters)");
        return NULL;
    }
    PyObject *text = given[0], *befores = given[2], *afters = given[3];
    Py_ssize_t edits = PyList_GET_SIZE(given[1]);
    if (!all_str(befores, edits) || !all_str(afters, edits)) {
        return NULL;
    }
    Py_ssize_t *starts = places_of(given[1]);
    if (starts == NULL) {
        return NULL;
    }
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), made = size, end = 0;
    Py_UCS4 widest = PyUnicode_MAX_CHAR_VALUE(text);
    for (Py_ssize_t i = 0; i < edits; i++) {
        PyObject *after = PyList_GET_ITEM(afters, i);
        Py_ssize_t gone = PyUnicode_GET_LENGTH(PyList_GET_ITEM(befores, i));
        if (starts[i] < end || starts[i] + gone > size) {
            PyMem_Free(starts);
            PyErr_Format(PyExc_ValueError, "edit %zd does not fit the text", i);
            return NULL;
        }
        end = starts[i] + gone;
        made += PyUnicode_GET_LENGTH(after) - gone;
        Py_UCS4 wide = PyUnicode_MAX_CHAR_VALUE(after);
        widest = wide > widest ? wide : widest;
    }
    PyObject *result = PyUnicode_New(made, widest);
    Py_ssize_t from = 0, to = 0;
    for (Py_ssize_t i = 0; result != NULL && i < edits; i++) {
        PyObject *after = PyList_GET_ITEM(afters, i);
        Py_ssize_t added = PyUnicode_GET_LENGTH(after);
        if (PyUnicode_CopyCharacters(result, to, text, from, starts[i] - from) < 0 ||
            PyUnicode_CopyCharacters(result, to + starts[i] - from, after, 0, added) < 0) {
            Py_CLEAR(result);
            break;
        }
        to += starts[i] - from + added;
        from = starts[i] + PyUnicode_GET_LENGTH(PyList_GET_ITEM(befores, i));
    }
    if (result != NULL && PyUnicode_CopyCharacters(result, to, text, from, size - from) < 0) {
        Py_CLEAR(result);
    }
    PyMem_Free(starts);
    return result;
}

static PyMethodDef methods[] = {
    {"apply", (PyCFunction)(void (*)(void))apply, METH_FASTCALL, apply_doc},
    {NULL, NULL, 0, NULL},
};

int
add_layer(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
