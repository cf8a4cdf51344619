/* Paragraphs of TEI in which nothing is marked: the twin of normtool/export/tei/paragraphs.py. */
#include "native.h"

#include <string.h>

#define FIELDS_OF_LINE 5 /* block, start, end, pieces, inferred */

/* What all paragraphs of a run share; begin and corresp are what stands before their numbers. */
typedef struct {
    PyObject *text, *place_of, *begin, *corresp, *kind, *certainty;
    Py_ssize_t special, suspected;
} Shared;

/* A str that is being filled from its beginning. */
typedef struct {
    PyObject *str;
    Py_ssize_t end;
} Filled;

static void
fill_ascii(Filled *to, const char *words)
{
    int kind = PyUnicode_KIND(to->str);
    void *data = PyUnicode_DATA(to->str);
    for (; *words; words++) {
        PyUnicode_WRITE(kind, data, to->end++, (Py_UCS1)*words);
    }
}

static int
fill_all(Filled *to, PyObject *words)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(words);
    to->end += size;
    return PyUnicode_CopyCharacters(to->str, to->end - size, words, 0, size) < 0;
}

static Py_UCS4
wider(Py_UCS4 one, Py_UCS4 other)
{
    return one > other ? one : other;
}

/* The markup of a paragraph. */
static PyObject *
in_markup(const Shared *shared, PyObject *words, Py_ssize_t number, Py_ssize_t start,
          Py_ssize_t end)
{
    char numbered[24], source[64];
    PyOS_snprintf(numbered, sizeof numbered, "%zd\"", number);
    PyOS_snprintf(source, sizeof source, " source=\"src:%zd,%zd\"", start, end);
    Py_ssize_t begin = PyUnicode_GET_LENGTH(shared->begin);
    Py_ssize_t corresp = PyUnicode_GET_LENGTH(shared->corresp);
    Py_ssize_t size = PyUnicode_GET_LENGTH(words), digits = (Py_ssize_t)strlen(numbered);
    Py_UCS4 widest = wider(PyUnicode_MAX_CHAR_VALUE(words),
                           wider(PyUnicode_MAX_CHAR_VALUE(shared->begin),
                                 PyUnicode_MAX_CHAR_VALUE(shared->corresp)));
    Filled to = {NULL, 0};
    to.str = PyUnicode_New(begin + digits + (Py_ssize_t)strlen(source) +
                               (corresp ? corresp + digits : 0) + size + 5,
                           widest);
    if (to.str == NULL) {
        return NULL;
    }
    int failed = fill_all(&to, shared->begin);
    fill_ascii(&to, numbered);
    fill_ascii(&to, source);
    if (corresp) {
        failed |= fill_all(&to, shared->corresp);
        fill_ascii(&to, numbered);
    }
    fill_ascii(&to, ">");
    failed |= fill_all(&to, words);
    fill_ascii(&to, "</p>");
    if (failed) {
        Py_CLEAR(to.str);
    }
    return to.str;
}

/* A field of a tuple as a place; -1 with an exception set if it is none. */
static Py_ssize_t
place_in(PyObject *tuple, Py_ssize_t field)
{
    Py_ssize_t place = PyLong_AsSsize_t(PyTuple_GET_ITEM(tuple, field));
    if (place < 0 && !PyErr_Occurred()) {
        PyErr_SetString(PyExc_ValueError, "a place before the beginning");
    }
    return place;
}

/* Where a place of the cleaned text is in the text that is written; -1 with an exception set. */
static Py_ssize_t
shown(const Shared *shared, PyObject *block, Py_ssize_t field)
{
    if (shared->place_of == Py_None) {
        return place_in(block, field);
    }
    PyObject *place = PyObject_CallOneArg(shared->place_of, PyTuple_GET_ITEM(block, field));
    if (place == NULL) {
        return -1;
    }
    Py_ssize_t number = PyLong_AsSsize_t(place);
    Py_DECREF(place);
    if (number < 0 && !PyErr_Occurred()) {
        PyErr_SetString(PyExc_ValueError, "a place before the beginning");
    }
    return number;
}

/* The paragraph of a line in *made, if nothing is marked in it; -1 with an exception set. */
static int
write_paragraph(const Shared *shared, PyObject *line, Py_ssize_t number, PyObject **made)
{
    *made = NULL;
    if (!PyTuple_Check(line) || PyTuple_GET_SIZE(line) != FIELDS_OF_LINE) {
        PyErr_SetString(PyExc_TypeError, "not a line");
        return -1;
    }
    PyObject *block = PyTuple_GET_ITEM(line, 0);
    if (!PyTuple_Check(block) || PyTuple_GET_SIZE(block) != FIELDS_OF_BLOCK) {
        PyErr_SetString(PyExc_TypeError, "not a block");
        return -1;
    }
    if (PyTuple_GET_ITEM(line, 4) != Py_None ||
        PyTuple_GET_ITEM(block, 5) != shared->certainty) {
        return 0;
    }
    PyObject *kind = PyTuple_GET_ITEM(block, 0);
    if (kind != shared->kind) {
        int same = PyObject_RichCompareBool(kind, shared->kind, Py_EQ);
        if (same <= 0) {
            return same;
        }
    }
    Py_ssize_t pieces = PyObject_Size(PyTuple_GET_ITEM(line, 3));
    if (pieces != 0) {
        return pieces < 0 ? -1 : 0;
    }
    Py_ssize_t first, last, start, end;
    if ((first = place_in(block, 1)) < 0 || (last = place_in(block, 2)) < 0 ||
        (start = place_in(line, 1)) < 0 || (end = place_in(line, 2)) < 0) {
        return -1;
    }
    if (first > shared->special || last > shared->special || start > shared->suspected ||
        end > shared->suspected) {
        return 0;
    }
    if ((first = shown(shared, block, 1)) < 0 || (last = shown(shared, block, 2)) < 0) {
        return -1;
    }
    Py_ssize_t size = PyUnicode_GET_LENGTH(shared->text);
    last = last < size ? last : size;
    if (first >= last) {
        return 0;
    }
    PyObject *words = PyUnicode_Substring(shared->text, first, last);
    if (words == NULL) {
        return -1;
    }
    *made = in_markup(shared, words, number, start, end);
    Py_DECREF(words);
    return *made == NULL ? -1 : 1;
}

PyDoc_STRVAR(paragraphs_doc,
"paragraphs(lines, number, counted, special, suspected, text, place_of, before, ident, twin,\n"
"           kind, certainty, made, starts)\n--\n\n"
"Write the lines from a number on to the list made, as long as nothing is marked in them; where\n"
"their blocks begin, to the list starts. How many there are.");

static PyObject *
paragraphs(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    if (count != 14 || !PyList_Check(given[0]) || !PyUnicode_Check(given[5]) ||
        !PyUnicode_Check(given[7]) || !PyUnicode_Check(given[8]) || !PyUnicode_Check(given[9]) ||
        !PyList_Check(given[12]) || !PyList_Check(given[13])) {
        PyErr_SetString(PyExc_TypeError, "paragraphs: see its docstring");
        return NULL;
    }
    Py_ssize_t numbers[4];
    for (int i = 0; i < 4; i++) {
        numbers[i] = PyLong_AsSsize_t(given[i + 1]);
        if (numbers[i] < 0) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_ValueError, "a number below 0");
            }
            return NULL;
        }
    }
    Shared shared = {given[5],  given[6],  NULL,       NULL,
                     given[10], given[11], numbers[2], numbers[3]};
    shared.begin = PyUnicode_FromFormat("%U<p xml:id=\"%U.p", given[7], given[8]);
    shared.corresp = PyUnicode_GET_LENGTH(given[9])
                         ? PyUnicode_FromFormat(" corresp=\"%U#%U.p", given[9], given[8])
                         : PyUnicode_FromString("");
    if (shared.begin == NULL || shared.corresp == NULL) {
        Py_XDECREF(shared.begin);
        Py_XDECREF(shared.corresp);
        return NULL;
    }
    Py_ssize_t written = 0;
    for (Py_ssize_t i = numbers[0]; i < PyList_GET_SIZE(given[0]); i++) {
        PyObject *line = PyList_GET_ITEM(given[0], i), *made;
        Py_INCREF(line);
        int found = write_paragraph(&shared, line, numbers[1] + written + 1, &made);
        if (found > 0) {
            PyObject *start = PyTuple_GET_ITEM(PyTuple_GET_ITEM(line, 0), 1);
            if (PyList_Append(given[12], made) < 0 || PyList_Append(given[13], start) < 0) {
                found = -1;
            }
            Py_DECREF(made);
            written++;
        }
        Py_DECREF(line);
        if (found <= 0) {
            written = found < 0 ? -1 : written;
            break;
        }
    }
    Py_DECREF(shared.begin);
    Py_DECREF(shared.corresp);
    return written < 0 ? NULL : PyLong_FromSsize_t(written);
}

static PyMethodDef methods[] = {
    {"paragraphs", (PyCFunction)(void (*)(void))paragraphs, METH_FASTCALL, paragraphs_doc},
    {NULL, NULL, 0, NULL},
};

int
add_tei_paragraphs(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
