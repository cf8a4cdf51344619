/* Text that XML can hold as it is: the twin of parts of normtool/export/tei/markup.py. */
#include "tei.h"

#define AT_ONCE 1024 /* characters that are looked at before the question whether one was wrong */

/* Whether the character c is in the way: what XML 1.0 cannot hold (Char production, 2.2). */
#define BEYOND(c) ((((c) >= 0xD800) & ((c) <= 0xDFFF)) | ((c) == 0xFFFE) | ((c) == 0xFFFF))
#define NOT_HELD(c) \
    ((((c) < 0x20) & ((c) != '\t') & ((c) != '\n') & ((c) != '\r')) | BEYOND(c))
/* The same of what is escaped in an element, too: & and \r, and < and >, which differ in one bit. */
#define NOT_PLAIN(c)                                                                \
    ((((c) < 0x20) & ((c) != '\t') & ((c) != '\n')) | (((c) & ~2u) == '<') | ((c) == '&') | \
     BEYOND(c))

/* Without a branch for each character, so that compilers look at several in one step. */
#define NONE_IN(name, type, wrong)                                       \
    static int name(const type *data, Py_ssize_t length)                 \
    {                                                                    \
        while (length > 0) {                                             \
            Py_ssize_t count = length < AT_ONCE ? length : AT_ONCE;      \
            type found = 0;                                              \
            for (Py_ssize_t i = 0; i < count; i++) {                     \
                found |= (type)(wrong(data[i]));                         \
            }                                                            \
            if (found) {                                                 \
                return 0;                                                \
            }                                                            \
            data += count;                                               \
            length -= count;                                             \
        }                                                                \
        return 1;                                                        \
    }

NONE_IN(all_held_1, Py_UCS1, NOT_HELD)
NONE_IN(all_held_2, Py_UCS2, NOT_HELD)
NONE_IN(all_held_4, Py_UCS4, NOT_HELD)
NONE_IN(all_plain_1, Py_UCS1, NOT_PLAIN)
NONE_IN(all_plain_2, Py_UCS2, NOT_PLAIN)
NONE_IN(all_plain_4, Py_UCS4, NOT_PLAIN)

static int
all_held(Text text)
{
    switch (text.kind) {
    case PyUnicode_1BYTE_KIND:
        return all_held_1(text.data, text.length);
    case PyUnicode_2BYTE_KIND:
        return all_held_2(text.data, text.length);
    default:
        return all_held_4(text.data, text.length);
    }
}

int
tei_is_plain(Text text)
{
    switch (text.kind) {
    case PyUnicode_1BYTE_KIND:
        return all_plain_1(text.data, text.length);
    case PyUnicode_2BYTE_KIND:
        return all_plain_2(text.data, text.length);
    default:
        return all_plain_4(text.data, text.length);
    }
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
    return of_text(text, tei_is_plain);
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
