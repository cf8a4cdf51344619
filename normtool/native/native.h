/* What the files of normtool.native.built share.
 *
 * Each file is one subject and has a twin in Python that does the same, slower: the
 * twin is what to read first, and tests/test_native.py holds both to the same answers.
 * All places are code points.
 */
#ifndef NORMTOOL_NATIVE_H
#define NORMTOOL_NATIVE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* A str, ready to be read: kind and data of PyUnicode_READ. */
typedef struct {
    int kind;
    const void *data;
    Py_ssize_t length;
} Text;

static inline Text
text_of(PyObject *str)
{
    Text text = {PyUnicode_KIND(str), PyUnicode_DATA(str), PyUnicode_GET_LENGTH(str)};
    return text;
}

static inline Py_UCS4
char_at(const Text *text, Py_ssize_t place)
{
    return PyUnicode_READ(text->kind, text->data, place);
}

/* Each adds its functions and types to the module; -1 with an exception set on failure. */
int add_layer(PyObject *module);
int add_typos(PyObject *module);

#endif
