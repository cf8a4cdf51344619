/* Paragraphs of TEI in which nothing is marked, or simple changes: the twin of
 * normtool/export/tei/paragraphs.py, and of Words and Body for what is marked. */
#include "tei.h"

#include <string.h>

#define FIELDS_OF_LINE 5 /* block, start, end, pieces, inferred */

/* What all paragraphs of a run share; begin and corresp are what stands before their numbers. */
typedef struct {
    TeiSpeech speech;
    PyObject *begin, *corresp;
    Py_ssize_t special, suspected;
} Run;

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
in_markup(const Run *run, PyObject *words, Py_ssize_t number, Py_ssize_t start,
          Py_ssize_t end, PyObject *inferred)
{
    char numbered[24], source[64];
    PyOS_snprintf(numbered, sizeof numbered, "%zd\"", number);
    PyOS_snprintf(source, sizeof source, " source=\"src:%zd,%zd\"", start, end);
    Py_ssize_t begin = PyUnicode_GET_LENGTH(run->begin);
    Py_ssize_t corresp = PyUnicode_GET_LENGTH(run->corresp);
    Py_ssize_t size = PyUnicode_GET_LENGTH(words), digits = (Py_ssize_t)strlen(numbered);
    Py_ssize_t said = PyUnicode_GET_LENGTH(inferred);
    Py_UCS4 widest = wider(PyUnicode_MAX_CHAR_VALUE(words),
                           wider(PyUnicode_MAX_CHAR_VALUE(run->begin),
                                 wider(PyUnicode_MAX_CHAR_VALUE(run->corresp),
                                       PyUnicode_MAX_CHAR_VALUE(inferred))));
    Filled to = {NULL, 0};
    to.str = PyUnicode_New(begin + digits + (Py_ssize_t)strlen(source) +
                               (corresp ? corresp + digits : 0) + said + size + 5,
                           widest);
    if (to.str == NULL) {
        return NULL;
    }
    int failed = fill_all(&to, run->begin);
    fill_ascii(&to, numbered);
    fill_ascii(&to, source);
    failed |= fill_all(&to, inferred);
    if (corresp) {
        failed |= fill_all(&to, run->corresp);
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

/* The content of a line, owned; NULL with an exception set, or without one if it is not simple. */
static PyObject *
content_of(const Run *run, PyObject *pieces, Py_ssize_t first, Py_ssize_t last, Py_ssize_t *edits)
{
    if (PyList_Check(pieces) && PyList_GET_SIZE(pieces) > 0) {
        PyObject *marks = tei_marks_of(&run->speech, pieces, first, last, edits);
        PyObject *said = marks == NULL ? NULL : tei_said_of(&run->speech, first, last, marks);
        Py_XDECREF(marks);
        return said;
    }
    return tei_words_of(&run->speech, first, last);
}

/* The paragraph of a line in *made, if it is simple: 1, or 0; -1 with an exception set. */
static int
write_paragraph(const Run *run, PyObject *line, Py_ssize_t number, Py_ssize_t *edits,
                PyObject **made)
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
    PyObject *kind = PyTuple_GET_ITEM(block, 0), *inferred;
    if (kind != run->speech.kind) {
        int same = PyObject_RichCompareBool(kind, run->speech.kind, Py_EQ);
        if (same <= 0) {
            return same;
        }
    }
    Py_ssize_t first, last, start, end;
    if ((first = place_in(block, 1)) < 0 || (last = place_in(block, 2)) < 0 ||
        (start = place_in(line, 1)) < 0 || (end = place_in(line, 2)) < 0) {
        return -1;
    }
    if (first > run->special || last > run->special || start > run->suspected ||
        end > run->suspected || first >= last) {
        return 0;
    }
    PyObject *words = content_of(run, PyTuple_GET_ITEM(line, 3), first, last, edits);
    if (words == NULL || PyUnicode_GET_LENGTH(words) == 0) {
        Py_XDECREF(words);
        return PyErr_Occurred() ? -1 : 0;
    }
    if (PyTuple_GET_ITEM(line, 4) == Py_None &&
        PyTuple_GET_ITEM(block, 5) == run->speech.certainty) {
        inferred = PyUnicode_FromString("");
    }
    else {
        inferred = PyObject_CallOneArg(run->speech.inferred, line);
    }
    if (inferred != NULL && PyUnicode_Check(inferred)) {
        *made = in_markup(run, words, number, start, end, inferred);
    }
    else if (inferred != NULL) {
        PyErr_SetString(PyExc_TypeError, "attributes are a str");
    }
    Py_XDECREF(inferred);
    Py_DECREF(words);
    return *made == NULL ? -1 : 1;
}

PyDoc_STRVAR(paragraphs_doc,
"paragraphs(shared, lines, first, number, special, suspected, edits, before, ident, twin, made,\n"
"           starts)\n--\n\n"
"Write the lines from a number on to the list made, as long as they are simple paragraphs; where\n"
"their blocks begin, to the list starts. How many there are.");

static PyObject *
paragraphs(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    if (count != 12 || !PyList_Check(given[1]) || !PyUnicode_Check(given[7]) ||
        !PyUnicode_Check(given[8]) || !PyUnicode_Check(given[9]) || !PyList_Check(given[10]) ||
        !PyList_Check(given[11])) {
        PyErr_SetString(PyExc_TypeError, "paragraphs: see its docstring");
        return NULL;
    }
    Run run;
    if (tei_speech_of(given[0], &run.speech) < 0) {
        return NULL;
    }
    Py_ssize_t numbers[5]; /* first, number, special, suspected, edits */
    for (int i = 0; i < 5; i++) {
        numbers[i] = PyLong_AsSsize_t(given[i + 2]);
        if (numbers[i] < 0) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_ValueError, "a number below 0");
            }
            return NULL;
        }
    }
    run.special = numbers[2];
    run.suspected = numbers[3];
    run.begin = PyUnicode_FromFormat("%U<p xml:id=\"%U.p", given[7], given[8]);
    run.corresp = PyUnicode_GET_LENGTH(given[9])
                      ? PyUnicode_FromFormat(" corresp=\"%U#%U.p", given[9], given[8])
                      : PyUnicode_FromString("");
    Py_ssize_t written = 0;
    int found = run.begin == NULL || run.corresp == NULL ? -1 : 1;
    for (Py_ssize_t i = numbers[0]; found > 0 && i < PyList_GET_SIZE(given[1]); i++) {
        PyObject *line = PyList_GET_ITEM(given[1], i), *made;
        Py_INCREF(line);
        found = write_paragraph(&run, line, numbers[1] + written + 1, &numbers[4], &made);
        if (found > 0) {
            PyObject *start = PyTuple_GET_ITEM(PyTuple_GET_ITEM(line, 0), 1);
            if (PyList_Append(given[10], made) < 0 || PyList_Append(given[11], start) < 0) {
                found = -1;
            }
            Py_DECREF(made);
            written++;
        }
        Py_DECREF(line);
    }
    Py_XDECREF(run.begin);
    Py_XDECREF(run.corresp);
    return found < 0 ? NULL : PyLong_FromSsize_t(written);
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
