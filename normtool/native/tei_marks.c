/* The changes of a line in their markup: the twin of Words._apart and Words._fill in
 * normtool/export/tei/words.py, for changes of one node. */
#include "tei.h"

#include <string.h>

#define FIELDS_OF_PIECE 5 /* start, end, place, stop, edit */
#define FIELDS_OF_EDIT 8
#define FIELDS_OF_KEY 7
#define FIELDS_OF_SIMPLE 9 /* begin, head, old, middle, new, tail, is_loss, as_text, note */

/* The change of a piece by its shape, owned; NULL with an exception set. */
static PyObject *
change_of(const TeiSpeech *speech, PyObject *edit, const Py_ssize_t *at)
{
    PyObject *before = PyTuple_GET_ITEM(edit, 1), *after = PyTuple_GET_ITEM(edit, 2), *key;
    if (PyUnicode_GET_LENGTH(before) == at[1] - at[0] &&
        PyUnicode_GET_LENGTH(after) == at[3] - at[2]) {
        key = PyTuple_GetSlice(edit, 1, FIELDS_OF_EDIT);
    }
    else {
        before = PyUnicode_Substring(speech->original, at[0], at[1]);
        after = PyUnicode_Substring(speech->cleaned, at[2], at[3]);
        key = before == NULL || after == NULL ? NULL : PyTuple_New(FIELDS_OF_KEY);
        if (key == NULL) {
            Py_XDECREF(before);
            Py_XDECREF(after);
            return NULL;
        }
        PyTuple_SET_ITEM(key, 0, before);
        PyTuple_SET_ITEM(key, 1, after);
        for (Py_ssize_t i = 2; i < FIELDS_OF_KEY; i++) {
            PyTuple_SET_ITEM(key, i, Py_NewRef(PyTuple_GET_ITEM(edit, i + 1)));
        }
    }
    PyObject *change = key == NULL ? NULL : PyDict_GetItemWithError(speech->changes, key);
    Py_XINCREF(change);
    if (key != NULL && change == NULL && !PyErr_Occurred()) {
        change = PyObject_CallOneArg(speech->prepare, key);
    }
    Py_XDECREF(key);
    if (change != NULL && (!PyTuple_Check(change) || PyTuple_GET_SIZE(change) != 4)) {
        PyErr_SetString(PyExc_TypeError, "not a change");
        Py_CLEAR(change);
    }
    return change;
}

/* Whether cleaned[place] is no blank, where there is such a place. */
static int
is_printed(const TeiSpeech *speech, Py_ssize_t place)
{
    Text text = text_of(speech->cleaned);
    return !Py_UNICODE_ISSPACE(char_at(&text, place));
}

static int
is_plain_at(PyObject *str, Py_ssize_t place)
{
    Text text = text_of(str), one = {text.kind, (const char *)text.data + place * text.kind, 1};
    return tei_is_plain(one);
}

/* The markup of a change between its neighbours: original[start:end]. */
static PyObject *
markup_of(const TeiSpeech *speech, PyObject *simple, Py_ssize_t number, const Py_ssize_t *at,
          Py_ssize_t left, Py_ssize_t right)
{
    PyObject *const *part = ((PyTupleObject *)simple)->ob_item;
    int is_loss = part[6] == Py_True;
    PyObject *words = NULL;
    if (part[7] == Py_True) {
        return tei_words_of(speech, at[2], at[3]);
    }
    if (!is_loss && (speech->converted || left || right)) {
        words = tei_words_of(speech, at[2], at[3]);
        if (words == NULL) {
            return NULL;
        }
    }
    char numbered[128];
    PyOS_snprintf(numbered, sizeof numbered, "%zd\" source=\"src:%zd,%zd\"", number, at[0], at[1]);
    Text ascii = {PyUnicode_1BYTE_KIND, numbered, (Py_ssize_t)strlen(numbered)};
    Text original = text_of(speech->original);
    /* In the order in which they are written. */
    Text texts[] = {
        text_of(part[0]), text_of(speech->ident), ascii, text_of(part[1]), original,
        text_of(part[2]), original, text_of(part[3]), text_of(words ? words : part[4]),
        text_of(part[5]),
    };
    Py_ssize_t begins[] = {0, 0, 0, 0, at[0], 0, at[1] - right, 0, 0, 0};
    Py_UCS4 widest = PyUnicode_MAX_CHAR_VALUE(speech->original) |
                     PyUnicode_MAX_CHAR_VALUE(speech->ident);
    Py_ssize_t room = 0;
    texts[4].length = at[0] + left;
    texts[6].length = at[1];
    for (int i = 0; i < 6; i++) {
        widest |= PyUnicode_MAX_CHAR_VALUE(part[i]); /* 0x7F, 0xFF, 0xFFFF, 0x10FFFF */
    }
    if (words != NULL) {
        widest |= PyUnicode_MAX_CHAR_VALUE(words);
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        room += texts[i].length - begins[i];
    }
    Draft draft;
    if (new_draft(&draft, room, widest) < 0) {
        Py_XDECREF(words);
        return NULL;
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        add_text(&draft, &texts[i], begins[i], texts[i].length);
    }
    Py_XDECREF(words);
    return finish_draft(&draft);
}

/* Where a piece is: original[at[0]:at[1]] became cleaned[at[2]:at[3]]. 0, or -1 with an exception
 * set. */
static int
place_piece(const TeiSpeech *speech, PyObject *piece, Py_ssize_t *at)
{
    if (!PyTuple_Check(piece) || PyTuple_GET_SIZE(piece) != FIELDS_OF_PIECE) {
        PyErr_SetString(PyExc_TypeError, "not a piece");
        return -1;
    }
    for (int i = 0; i < 4; i++) {
        at[i] = PyLong_AsSsize_t(PyTuple_GET_ITEM(piece, i));
        if (at[i] == -1 && PyErr_Occurred()) {
            return -1;
        }
    }
    PyObject *edit = PyTuple_GET_ITEM(piece, 4);
    if (!PyTuple_Check(edit) || PyTuple_GET_SIZE(edit) != FIELDS_OF_EDIT ||
        !PyUnicode_Check(PyTuple_GET_ITEM(edit, 1)) ||
        !PyUnicode_Check(PyTuple_GET_ITEM(edit, 2))) {
        PyErr_SetString(PyExc_TypeError, "not an edit");
        return -1;
    }
    if (at[0] < 0 || at[1] < at[0] || at[1] > PyUnicode_GET_LENGTH(speech->original) ||
        at[2] < 0 || at[3] < at[2] || at[3] > PyUnicode_GET_LENGTH(speech->cleaned)) {
        PyErr_SetString(PyExc_ValueError, "a piece beyond the text");
        return -1;
    }
    return 0;
}

static int
is_simple(PyObject *change)
{
    PyObject *simple = PyTuple_GET_ITEM(change, 3);
    if (!PyTuple_Check(simple) || PyTuple_GET_SIZE(simple) != FIELDS_OF_SIMPLE) {
        return 0;
    }
    for (int i = 0; i < 6; i++) {
        if (!PyUnicode_Check(PyTuple_GET_ITEM(simple, i))) {
            return 0;
        }
    }
    return 1;
}

/* How many characters a change needs on each side of it; 0 if it meets something, else 1. */
static int
neighbours(const TeiSpeech *speech, const Py_ssize_t *at, int is_first, Py_ssize_t last,
           int is_last, Py_ssize_t until, Py_ssize_t *left, Py_ssize_t *right)
{
    *left = at[2] > last && at[0] > 0;
    *right = at[3] < until && at[1] < PyUnicode_GET_LENGTH(speech->original) &&
             at[3] < PyUnicode_GET_LENGTH(speech->cleaned);
    /* A neighbour that two would take makes them one. */
    if ((!is_first && at[2] - last < 2) || (!is_last && until - at[3] < 2)) {
        return 0;
    }
    return ((*left && is_printed(speech, at[2] - 1)) || (*right && is_printed(speech, at[3]))) &&
           (!*left || is_plain_at(speech->original, at[0] - 1)) &&
           (!*right || is_plain_at(speech->original, at[1]));
}

/* Add a mark, or, of a change of width, the words as they are. 0, or -1 with an exception set. */
static int
add_mark(const TeiSpeech *speech, PyObject *change, Py_ssize_t *number, const Py_ssize_t *at,
         Py_ssize_t left, Py_ssize_t right, PyObject *found, PyObject *const *lists)
{
    PyObject *simple = PyTuple_GET_ITEM(change, 3), *markup;
    int is_width = PyUnicode_GET_LENGTH(PyTuple_GET_ITEM(simple, 0)) == 0;
    if (is_width) {
        markup = tei_words_of(speech, at[2], at[3]);
    }
    else {
        markup = markup_of(speech, simple, ++*number, at, left, right);
    }
    PyObject *mark = NULL, *note = NULL;
    if (markup != NULL) {
        mark = Py_BuildValue("(nnNnn)", at[2], at[3], markup, at[0], at[1]);
    }
    int failed = mark == NULL || PyList_Append(found, mark) < 0;
    if (!failed && !is_width && PyList_Append(lists[0], change) < 0) {
        failed = 1;
    }
    if (!failed && (is_width || PyTuple_GET_ITEM(simple, 8) == Py_True)) {
        note = Py_BuildValue("(nOnn)", *number, change, at[0], at[2]);
        failed = note == NULL || PyList_Append(lists[is_width ? 2 : 1], note) < 0;
    }
    Py_XDECREF(note);
    Py_XDECREF(mark);
    return failed ? -1 : 0;
}

PyObject *
tei_marks_of(const TeiSpeech *speech, PyObject *pieces, Py_ssize_t first, Py_ssize_t last,
             Py_ssize_t *number)
{
    PyObject *lists[] = {speech->used, speech->noted, speech->widths}, *found = PyList_New(0);
    Py_ssize_t known[3], begun = *number, count = PyList_GET_SIZE(pieces), at[4], next[4];
    for (int i = 0; i < 3; i++) {
        known[i] = PyList_GET_SIZE(lists[i]);
    }
    int is_apart = 1, failed = found == NULL;
    if (!failed && count) {
        failed = place_piece(speech, PyList_GET_ITEM(pieces, 0), next) < 0;
    }
    for (Py_ssize_t i = 0; is_apart && !failed && i < count; i++) {
        PyObject *edit = PyTuple_GET_ITEM(PyList_GET_ITEM(pieces, i), 4);
        memcpy(at, next, sizeof at);
        int is_last = i + 1 == count;
        if (!is_last && place_piece(speech, PyList_GET_ITEM(pieces, i + 1), next) < 0) {
            failed = 1;
            break;
        }
        PyObject *change = change_of(speech, edit, at);
        if (change == NULL) {
            failed = 1;
            break;
        }
        Py_ssize_t left = 0, right = 0;
        is_apart = is_simple(change) && PyTuple_GET_ITEM(change, 2) != Py_True;
        if (is_apart && PyTuple_GET_ITEM(change, 1) == Py_True) {
            is_apart = neighbours(speech, at, i == 0, first, is_last, is_last ? last : next[2],
                                  &left, &right);
        }
        first = at[3]; /* of what is left */
        if (is_apart) {
            Py_ssize_t around[4] = {at[0] - left, at[1] + right, at[2] - left, at[3] + right};
            failed = add_mark(speech, change, number, around, left, right, found, lists) < 0;
        }
        Py_DECREF(change);
    }
    if (!failed && is_apart) {
        return found;
    }
    Py_XDECREF(found);
    *number = begun;
    for (int i = 0; !failed && i < 3; i++) {
        failed = PyList_SetSlice(lists[i], known[i], PyList_GET_SIZE(lists[i]), NULL) < 0;
    }
    return NULL;
}

PyDoc_STRVAR(marks_doc,
"marks(shared, pieces, first, last, number)\n--\n\n"
"The changes of the line cleaned[first:last], as (place, stop, markup, start, end) each; None if\n"
"one is not simple, or meets another. Those that were used are added to the list used; to noted\n"
"and widths, with number, start and place, those that have a reason and those of width.");

static PyObject *
marks(PyObject *module, PyObject *const *given, Py_ssize_t count)
{
    (void)module;
    TeiSpeech speech;
    if (count != 5 || !PyList_Check(given[1])) {
        PyErr_SetString(PyExc_TypeError, "marks(shared, pieces, first, last, number)");
        return NULL;
    }
    if (tei_speech_of(given[0], &speech) < 0) {
        return NULL;
    }
    Py_ssize_t numbers[3]; /* first, last, number */
    for (int i = 0; i < 3; i++) {
        numbers[i] = PyLong_AsSsize_t(given[i + 2]);
        if (numbers[i] == -1 && PyErr_Occurred()) {
            return NULL;
        }
    }
    PyObject *found = tei_marks_of(&speech, given[1], numbers[0], numbers[1], &numbers[2]);
    return found == NULL && !PyErr_Occurred() ? Py_NewRef(Py_None) : found;
}

static PyMethodDef methods[] = {
    {"marks", (PyCFunction)(void (*)(void))marks, METH_FASTCALL, marks_doc},
    {NULL, NULL, 0, NULL},
};

int
add_tei_marks(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
