/* The code of a compiled pattern as the list that _sre.compile takes: the twin of
 * array("I").tolist, in patterns.py.
 */
#include "native.h"

/* Numbers that were met last, by their lowest bits: codes repeat themselves. */
#define MET 256

PyDoc_STRVAR(codes_doc,
"codes(data)\n--\n\n"
"The numbers of 32 bits of a bytes object. Raises ValueError if its length is no multiple of 4.");

static PyObject *
codes(PyObject *Py_UNUSED(module), PyObject *data)
{
    if (!PyBytes_Check(data)) {
        PyErr_SetString(PyExc_TypeError, "codes are bytes");
        return NULL;
    }
    if (PyBytes_GET_SIZE(data) % 4) {
        PyErr_SetString(PyExc_ValueError, "a code has four bytes");
        return NULL;
    }
    Py_ssize_t count = PyBytes_GET_SIZE(data) / 4;
    const char *from = PyBytes_AS_STRING(data);
    PyObject *met[MET] = {NULL}; /* the list has them */
    uint32_t numbers[MET];
    PyObject *list = PyList_New(count);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        uint32_t number;
        memcpy(&number, from + 4 * i, 4);
        size_t slot = number % MET;
        PyObject *made;
        if (met[slot] != NULL && numbers[slot] == number) {
            made = Py_NewRef(met[slot]);
        }
        else {
            made = PyLong_FromUnsignedLong(number);
            if (made == NULL) {
                Py_DECREF(list);
                return NULL;
            }
            met[slot] = made;
            numbers[slot] = number;
        }
        PyList_SET_ITEM(list, i, made);
    }
    return list;
}

static PyMethodDef methods[] = {
    {"codes", codes, METH_O, codes_doc},
    {NULL, NULL, 0, NULL},
};

int
add_codes(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
