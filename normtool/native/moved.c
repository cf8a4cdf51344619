/* Where triggers stand after edits: the twin of Stops.moved in triggers/stops.py. */
#include "scan.h"

/* Edits as frequent as one in so many characters: the whole text is looked at. */
#define MANY 30

/* Whether an edit exchanges characters in a way that leaves triggers where they are. */
static int
leaves_triggers(const Automaton *automaton, PyObject *before, PyObject *after)
{
    return PyUnicode_GET_LENGTH(before) == 1 && PyUnicode_GET_LENGTH(after) == 1 &&
           is_exchanged(automaton, PyUnicode_READ_CHAR(before, 0), PyUnicode_READ_CHAR(after, 0));
}

/* Copy the stops that stand before a place of the old text; returns the next one. */
static Py_ssize_t
copy_until(const Scan *old, Py_ssize_t next, Py_ssize_t place, Py_ssize_t shift, Stops *into)
{
    const Stops *stops = &old->stops;
    while (next < stops->count && stops->items[next].place < place) {
        if (push_stop(into, stops->items[next].place + shift, stops->items[next].number) < 0) {
            return -1;
        }
        next++;
    }
    return next;
}

static int
move_stops(const Scan *old, Scan *made, const Py_ssize_t *starts, PyObject *befores,
           PyObject *afters, Py_ssize_t edits, int skip)
{
    const Automaton *automaton = old->automaton;
    Text text = text_of(made->text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(old->text);
    Py_ssize_t done = 0, shift = 0, next = 0, rare = 0;
    for (Py_ssize_t i = 0; i < edits; i++) {
        PyObject *before = PyList_GET_ITEM(befores, i), *after = PyList_GET_ITEM(afters, i);
        if (skip && leaves_triggers(automaton, before, after)) {
            continue;
        }
        Py_ssize_t gone = PyUnicode_GET_LENGTH(before), added = PyUnicode_GET_LENGTH(after);
        Py_ssize_t end = starts[i] + shift + added;
        if (starts[i] < done || starts[i] + gone > size || end > text.length) {
            PyErr_Format(PyExc_ValueError, "edit %zd does not fit the text", i);
            return -1;
        }
        Py_ssize_t low = starts[i] - automaton->reach > done ? starts[i] - automaton->reach : done;
        next = copy_until(old, next, low, shift, &made->stops);
        if (next < 0 || stops_between(automaton, &text, low + shift, end, old->dense, &made->stops,
                                      &rare) < 0) {
            return -1;
        }
        done = starts[i] + gone;
        while (next < old->stops.count && old->stops.items[next].place < done) {
            next++;
        }
        shift += added - gone;
    }
    if (size + shift != text.length) {
        PyErr_SetString(PyExc_ValueError, "the edits do not make this text");
        return -1;
    }
    made->dense = old->dense;
    made->looked = 1;
    return copy_until(old, next, size + 1, shift, &made->stops) < 0 ? -1 : 0;
}

PyObject *
scan_after(PyObject *object, PyObject *const *given, Py_ssize_t count)
{
    Scan *self = (Scan *)object;
    if (count != 4 || !PyUnicode_Check(given[0]) || !PyList_Check(given[1])) {
        PyErr_SetString(PyExc_TypeError, "after(text, starts, befores, afters)");
        return NULL;
    }
    Py_ssize_t edits = PyList_GET_SIZE(given[1]), length = PyUnicode_GET_LENGTH(given[0]);
    if (!is_column(given[2], edits) || !is_column(given[3], edits)) {
        return NULL;
    }
    Scan *made = (Scan *)scan_type.tp_alloc(&scan_type, 0);
    if (made == NULL) {
        return NULL;
    }
    Py_INCREF(self->automaton);
    Py_INCREF(given[0]);
    made->automaton = self->automaton;
    made->text = given[0];
    Py_ssize_t others = edits;
    int skip = edits * MANY > length;
    for (Py_ssize_t i = 0; skip && i < edits; i++) {
        others -= leaves_triggers(self->automaton, PyList_GET_ITEM(given[2], i),
                                  PyList_GET_ITEM(given[3], i));
    }
    if (self->looked && others * MANY <= length) {
        Py_ssize_t *starts = places_of(given[1]);
        int failed = starts == NULL ||
                     move_stops(self, made, starts, given[2], given[3], edits, skip) < 0;
        PyMem_Free(starts);
        if (failed) {
            Py_DECREF(made);
            return NULL;
        }
    }
    return (PyObject *)made;
}
