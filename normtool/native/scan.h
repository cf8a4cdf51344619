/* What one look at one text found. */
#ifndef NORMTOOL_SCAN_H
#define NORMTOOL_SCAN_H

#include "automaton.h"

typedef struct {
    PyObject_HEAD
    Automaton *automaton;
    PyObject *text;
    int looked, dense;    /* dense: rare characters are many, and no stops */
    Stops stops;          /* of the triggers, in order, once looked */
    Py_ssize_t *begin;    /* by rule: where its starts begin; NULL until asked for */
    Py_ssize_t *starts;   /* of all rules, rule by rule, each in order */
    Py_ssize_t *lines;    /* where lines start; NULL until asked for */
    Py_ssize_t line_count;
} Scan;

/* Make what the name says ready; -1 with an exception set. */
int ready_stops(Scan *self);
int ready_starts(Scan *self);
int ready_lines(Scan *self);

/* scan.c is the twin of scan/looking.py, moved.c of Stops.moved, found.c of scan/trying.py. */
PyObject *scan_after(PyObject *self, PyObject *const *given, Py_ssize_t count);
PyObject *scan_found(PyObject *self, PyObject *const *given, Py_ssize_t count);

extern PyTypeObject scan_type;

#endif
