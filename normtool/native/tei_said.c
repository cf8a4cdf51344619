/* The words of a line with what stands for parts of them: the twin of Words._said in
 * normtool/export/tei/words.py. */
#include "tei.h"

int
tei_speech_of(PyObject *tuple, TeiSpeech *speech)
{
    if (!PyTuple_Check(tuple) || PyTuple_GET_SIZE(tuple) != 15) {
        PyErr_SetString(PyExc_TypeError, "not what lines of a speech share");
        return -1;
    }
    PyObject **fields = ((PyTupleObject *)tuple)->ob_item;
    TeiSpeech found = {fields[0], fields[1], fields[2], fields[3], fields[4],
                    fields[5], fields[6], fields[7], fields[8] == Py_True,
                    fields[9], fields[10], fields[11], fields[12], fields[13], fields[14]};
    if (!PyDict_Check(found.changes) || !PyUnicode_Check(found.original) ||
        !PyUnicode_Check(found.cleaned) || !PyUnicode_Check(found.shown) ||
        !PyUnicode_Check(found.ident) || !PyList_Check(found.used) ||
        !PyList_Check(found.noted) || !PyList_Check(found.widths)) {
        PyErr_SetString(PyExc_TypeError, "not what lines of a speech share");
        return -1;
    }
    *speech = found;
    return 0;
}

/* Where a place of the cleaned text is in what is shown; -1 with an exception set. */
static Py_ssize_t
shown_at(const TeiSpeech *speech, Py_ssize_t place)
{
    if (speech->place_of == Py_None) {
        return place;
    }
    PyObject *number = PyObject_CallFunction(speech->place_of, "n", place);
    if (number == NULL) {
        return -1;
    }
    place = PyLong_AsSsize_t(number);
    Py_DECREF(number);
    if (place < 0 && !PyErr_Occurred()) {
        PyErr_SetString(PyExc_ValueError, "a place before the beginning");
    }
    return place;
}

PyObject *
tei_words_of(const TeiSpeech *speech, Py_ssize_t start, Py_ssize_t stop)
{
    start = shown_at(speech, start);
    stop = start < 0 ? -1 : shown_at(speech, stop);
    if (stop < 0) {
        return NULL;
    }
    Py_ssize_t size = PyUnicode_GET_LENGTH(speech->shown);
    stop = stop < size ? stop : size;
    PyObject *words = PyUnicode_Substring(speech->shown, start < stop ? start : stop, stop);
    if (words == NULL || tei_is_plain(text_of(words))) {
        return words;
    }
    PyObject *escaped = PyObject_CallOneArg(speech->escape, words);
    Py_DECREF(words);
    if (escaped != NULL && !PyUnicode_Check(escaped)) {
        Py_DECREF(escaped);
        PyErr_SetString(PyExc_TypeError, "what is escaped is no str");
        return NULL;
    }
    return escaped;
}

PyObject *
tei_said_of(const TeiSpeech *speech, Py_ssize_t start, Py_ssize_t stop, PyObject *marks)
{
    PyObject *empty = PyUnicode_FromString(""), *pieces = PyList_New(0), *joined = NULL;
    int failed = empty == NULL || pieces == NULL;
    for (Py_ssize_t i = 0; !failed && i <= PyList_GET_SIZE(marks); i++) {
        PyObject *mark = i < PyList_GET_SIZE(marks) ? PyList_GET_ITEM(marks, i) : NULL;
        Py_ssize_t place = stop, end = stop;
        if (mark != NULL) {
            if (!PyTuple_Check(mark) || PyTuple_GET_SIZE(mark) < 3) {
                PyErr_SetString(PyExc_TypeError, "not a mark");
                failed = 1;
                break;
            }
            place = PyLong_AsSsize_t(PyTuple_GET_ITEM(mark, 0));
            end = PyErr_Occurred() ? -1 : PyLong_AsSsize_t(PyTuple_GET_ITEM(mark, 1));
            failed = PyErr_Occurred() != NULL;
        }
        if (!failed && start < place) {
            PyObject *words = tei_words_of(speech, start, place);
            failed = words == NULL || PyList_Append(pieces, words) < 0;
            Py_XDECREF(words);
        }
        if (!failed && mark != NULL) {
            failed = PyList_Append(pieces, PyTuple_GET_ITEM(mark, 2)) < 0;
            start = end;
        }
    }
    if (!failed) {
        joined = PyUnicode_Join(empty, pieces);
    }
    Py_XDECREF(empty);
    Py_XDECREF(pieces);
    return joined;
}

PyDoc_STRVAR(said_doc,
"said(shared, start, stop, marks)\n--\n\n"
"cleaned[start:stop] as it is written, with the marks in the place of what they stand for.");

static PyObject *
said(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    TeiSpeech speech;
    if (count != 4 || !PyList_Check(given[3])) {
        PyErr_SetString(PyExc_TypeError, "said(shared, start, stop, marks)");
        return NULL;
    }
    if (tei_speech_of(given[0], &speech) < 0) {
        return NULL;
    }
    Py_ssize_t start = PyLong_AsSsize_t(given[1]);
    Py_ssize_t stop = start == -1 && PyErr_Occurred() ? -1 : PyLong_AsSsize_t(given[2]);
    if (start < 0 || stop < 0) {
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_ValueError, "a place before the beginning");
        }
        return NULL;
    }
    return tei_said_of(&speech, start, stop, given[3]);
}

static PyMethodDef methods[] = {
    {"said", (PyCFunction)(void (*)(void))said, METH_FASTCALL, said_doc},
    {NULL, NULL, 0, NULL},
};

int
add_tei_said(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
