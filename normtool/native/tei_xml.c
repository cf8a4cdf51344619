/* Text that XML can hold as it is: the twin of parts of normtool/export/tei/markup.py. */
#include "native.h"

/* What XML 1.0 cannot hold (Char production, 2.2), in C0; and what is escaped in an element. */
static int
is_held(Py_UCS4 c)
{
    if (c < 0x20) {
        return c == '\t' || c == '\n' || c == '\r';
    }
    return c < 0xD800 || (c > 0xDFFF && c != 0xFFFE && c != 0xFFFF);
}

static int
is_written_as_it_is(Py_UCS4 c)
{
    return c >= 0x40 ? is_held(c)
                     : is_held(c) && c != '&' && c != '<' && c != '>' && c != '\r';
}

/* Whether something is to be looked at: only then the character itself is tested. */
#define NEEDS_A_LOOK(c) ((c) < 0x40 || (c) >= 0xD800)

#define FIRST_THAT_IS_NOT(test)                              \
    for (Py_ssize_t i = 0; i < text.length; i++) {           \
        Py_UCS4 c = PyUnicode_READ(text.kind, text.data, i); \
        if (NEEDS_A_LOOK(c) && !test(c)) {                   \
            return 0;                                        \
        }                                                    \
    }                                                        \
    return 1

static int
all_held(Text text)
{
    FIRST_THAT_IS_NOT(is_held);
}

static int
all_as_they_are(Text text)
{
    FIRST_THAT_IS_NOT(is_written_as_it_is);
}

static PyObject *
of_text(PyObject *text, int (*test)(Text))
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "not a str");
        return NULL;
    }
    return PyBool_FromLong(test(text_of(text)));
}

PyDoc_STRVAR(is_plain_doc,
"is_plain(text)\n--\n\n"
"Whether a text can stand in an element of XML as it is.");

static PyObject *
is_plain(PyObject *module, PyObject *text)
{
    (void)module;
    return of_text(text, all_as_they_are);
}

PyDoc_STRVAR(is_xml_doc,
"is_xml(text)\n--\n\n"
"Whether XML can hold all characters of a text, escaped or not.");

static PyObject *
is_xml(PyObject *module, PyObject *text)
{
    (void)module;
    return of_text(text, all_held);
}

static PyMethodDef methods[] = {
    {"is_plain", is_plain, METH_O, is_plain_doc},
    {"is_xml", is_xml, METH_O, is_xml_doc},
    {NULL, NULL, 0, NULL},
};

int
add_tei_xml(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
