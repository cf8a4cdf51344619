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
#include <stdint.h>

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

/* Of a Block of normtool/document.py: kind, start, end, level, speech, certainty. */
#define FIELDS_OF_BLOCK 6

/* A str in the making, wide enough for all that it is made of. */
typedef struct {
    PyObject *str; /* not yet seen by anybody: what is filled in is told by length */
    int kind;
    void *data;
    Py_ssize_t length;
} Draft;

/* Room for so many characters, none above `widest`; -1 with an exception set. */
int new_draft(Draft *draft, Py_ssize_t room, Py_UCS4 widest);
/* Add what stands in a text from `from` to before `to`; there must be room. */
void add_text(Draft *draft, const Text *text, Py_ssize_t from, Py_ssize_t to);
/* The str of it, as narrow as it can be; the draft is gone. NULL with an exception set. */
PyObject *finish_draft(Draft *draft);
void drop_draft(Draft *draft);

/* A list of ints as C, or NULL with an exception set. PyMem_Free it. */
Py_ssize_t *places_of(PyObject *list);
/* Whether it is a list of so many str; an exception is set if not. */
int is_column(PyObject *list, Py_ssize_t count);

/* A list of so many ints, or NULL. */
PyObject *list_of(const Py_ssize_t *places, Py_ssize_t count);

/* Each adds its functions and types to the module; -1 with an exception set on failure. */
int add_automaton(PyObject *module);
int add_codes(PyObject *module);
int add_compose(PyObject *module);
int add_exchange(PyObject *module);
int add_layer(PyObject *module);
int add_only(PyObject *module);
int add_scan(PyObject *module);
int add_settle(PyObject *module);
int add_tei_groups(PyObject *module);
int add_tei_lines(PyObject *module);
int add_tei_marks(PyObject *module);
int add_tei_paragraphs(PyObject *module);
int add_tei_said(PyObject *module);
int add_tei_told(PyObject *module);
int add_tei_xml(PyObject *module);
int add_touching(PyObject *module);
int add_typos(PyObject *module);

#endif
