/* Patterns tried where they may match, and what rules make of it: the twin of scan/trying.py. */
#include "scan.h"

/* How a rule is run: the numbers of HOW in normtool/scan/built.py. */
enum { STARTS, RARE, LINES, NEEDS, ASK };

/* One rule: see BuiltPlan in normtool/scan/built.py. */
enum { CODE, HOW, NUMBER, PATTERN, EMPTY, FIX, TABLE, FLAG, PART, EDGE, PLAN_SIZE };

typedef struct {
    PyObject *text, *plan;
    PyObject *match, *hits; /* pattern.match, and what was found: NULL until there is one */
    long how;
} Trial;

static int
span_of(const Trial *trial, PyObject *match, Py_ssize_t *start, Py_ssize_t *end)
{
    int part = PyTuple_GET_ITEM(trial->plan, PART) == Py_True;
    PyObject *span = part ? PyObject_CallMethod(match, "span", "s", "edit")
                          : PyObject_CallMethod(match, "span", NULL);
    if (span == NULL) {
        return -1;
    }
    int fine = PyArg_ParseTuple(span, "nn", start, end);
    Py_DECREF(span);
    return fine ? 0 : -1;
}

static int
push_hit(Trial *trial, Py_ssize_t start, Py_ssize_t end, PyObject *after, PyObject *note)
{
    if (trial->hits == NULL && (trial->hits = PyList_New(0)) == NULL) {
        return -1;
    }
    PyObject *hit = Py_BuildValue("(nnOO)", start, end, after, note);
    if (hit == NULL) {
        return -1;
    }
    int failed = PyList_Append(trial->hits, hit);
    Py_DECREF(hit);
    return failed;
}

/* Whether a str is what stands in the text from start to end. */
static int
stands(PyObject *text, Py_ssize_t start, Py_ssize_t end, PyObject *str)
{
    return PyUnicode_GET_LENGTH(str) == end - start &&
           PyUnicode_Tailmatch(text, str, start, end, -1) == 1;
}

/* What the rule makes of one match. */
static int
made_of(Trial *trial, PyObject *match)
{
    PyObject *table = PyTuple_GET_ITEM(trial->plan, TABLE), *after, *note, *fixed = NULL;
    Py_ssize_t start, end;
    int done = 0;
    PyObject *nothing = PyUnicode_FromStringAndSize(NULL, 0);
    if (nothing == NULL) {
        return -1;
    }
    if (table != Py_None) {
        PyObject *whole = PyObject_CallMethod(match, "group", NULL);
        if (whole != NULL) {
            fixed = PyObject_GetItem(table, whole);
            Py_DECREF(whole);
        }
        done = fixed == NULL || span_of(trial, match, &start, &end) < 0 ||
                       push_hit(trial, start, end, fixed, nothing) < 0
                   ? -1
                   : 0;
        Py_XDECREF(fixed);
        Py_DECREF(nothing);
        return done;
    }
    fixed = PyObject_CallOneArg(PyTuple_GET_ITEM(trial->plan, FIX), match);
    if (fixed == NULL) {
        done = -1;
    }
    else if (fixed != Py_None) {
        after = fixed;
        note = nothing;
        if (PyTuple_Check(fixed) && PyTuple_GET_SIZE(fixed) == 2) {
            after = PyTuple_GET_ITEM(fixed, 0);
            note = PyTuple_GET_ITEM(fixed, 1);
        }
        if (!PyUnicode_Check(after)) {
            PyErr_SetString(PyExc_TypeError, "a rule returns str, (str, str) or None");
            done = -1;
        }
        else if (span_of(trial, match, &start, &end) < 0) {
            done = -1;
        }
        else if (start >= 0 && (PyTuple_GET_ITEM(trial->plan, FLAG) == Py_True ||
                                !stands(trial->text, start, end, after))) {
            done = push_hit(trial, start, end, after, note);
        }
    }
    Py_XDECREF(fixed);
    Py_DECREF(nothing);
    return done;
}

static Py_ssize_t
end_of(PyObject *match)
{
    PyObject *end = PyObject_CallMethod(match, "end", NULL);
    Py_ssize_t place = end == NULL ? -1 : PyLong_AsSsize_t(end);
    Py_XDECREF(end);
    return place;
}

/* A pattern that may match nothing: there finditer asks for more, once. */
static Py_ssize_t
twice(Trial *trial, Py_ssize_t start)
{
    PyObject *scanner = PyObject_CallMethod(PyTuple_GET_ITEM(trial->plan, PATTERN), "scanner",
                                            "On", trial->text, start);
    PyObject *first = scanner == NULL ? NULL : PyObject_CallMethod(scanner, "match", NULL);
    Py_ssize_t end = -1;
    if (first != NULL && made_of(trial, first) == 0) {
        end = end_of(first);
        if (end == start) {
            PyObject *second = PyObject_CallMethod(scanner, "match", NULL);
            end = second == NULL ? -1 : second == Py_None ? start : end_of(second);
            if (end > start && made_of(trial, second) < 0) {
                end = -1;
            }
            Py_XDECREF(second);
        }
    }
    Py_XDECREF(first);
    Py_XDECREF(scanner);
    return end;
}

/* Try at one start; returns where the match ends, -2 if there is none, -1 on failure. */
static Py_ssize_t
try_at(Trial *trial, Py_ssize_t start)
{
    PyObject *place = PyLong_FromSsize_t(start);
    if (place == NULL) {
        return -1;
    }
    PyObject *both[2] = {trial->text, place};
    PyObject *match = PyObject_Vectorcall(trial->match, both, 2, NULL);
    Py_DECREF(place);
    Py_ssize_t end = -1;
    if (match == Py_None) {
        end = -2;
    }
    else if (match != NULL) {
        if (trial->how == NEEDS) {
            end = 0;
        }
        else if (PyTuple_GET_ITEM(trial->plan, EMPTY) == Py_True) {
            end = twice(trial, start);
        }
        else if (made_of(trial, match) == 0) {
            end = end_of(match);
        }
    }
    Py_XDECREF(match);
    return end;
}

/* Try at all starts, leftmost first, none overlapping; for NEEDS until one matches. */
static int
try_all(Trial *trial, const Py_ssize_t *starts, Py_ssize_t count)
{
    Py_ssize_t end = 0, last = -1;
    /* Looked up here: a pattern is compiled when it is first used. */
    trial->match = PyObject_GetAttrString(PyTuple_GET_ITEM(trial->plan, PATTERN), "match");
    if (trial->match == NULL) {
        return -1;
    }
    int edge = PyTuple_GET_ITEM(trial->plan, EDGE) == Py_True && (count == 0 || starts[0] > 0);
    for (Py_ssize_t i = edge ? -1 : 0; i < count; i++) {
        Py_ssize_t start = i < 0 ? 0 : starts[i];
        if (start < end || start == last) {
            continue;
        }
        last = start;
        Py_ssize_t reached = try_at(trial, start);
        if (reached == -1) {
            return -1;
        }
        if (reached >= 0) {
            end = reached;
            if (trial->how == NEEDS) {
                return 1;
            }
        }
    }
    return 0;
}

/* What one rule finds, as (code, hits) appended to a list. */
static int
find_one(Scan *self, PyObject *plan, PyObject *find, PyObject *list)
{
    if (!PyTuple_Check(plan) || PyTuple_GET_SIZE(plan) != PLAN_SIZE) {
        PyErr_SetString(PyExc_TypeError, "a plan is what Scanner.group makes");
        return -1;
    }
    PyObject *code = PyTuple_GET_ITEM(plan, CODE);
    Trial trial = {self->text, plan, NULL, NULL, PyLong_AsLong(PyTuple_GET_ITEM(plan, HOW))};
    long rule = PyLong_AsLong(PyTuple_GET_ITEM(plan, NUMBER));
    if (PyErr_Occurred()) {
        return -1;
    }
    if (rule < 0 || rule >= self->automaton->rules) {
        PyErr_SetString(PyExc_ValueError, "no such rule");
        return -1;
    }
    int ask = trial.how == ASK || (trial.how == RARE && self->dense), failed = 0;

    if (trial.how == LINES) {
        if (ready_lines(self) < 0) {
            return -1;
        }
        failed = try_all(&trial, self->lines, self->line_count) < 0;
    }
    else if (!ask) {
        Py_ssize_t begin = self->begin[rule], count = self->begin[rule + 1] - begin;
        if (count == 0 && PyTuple_GET_ITEM(plan, EDGE) != Py_True) {
            return 0;
        }
        /* What Python does meanwhile cannot change the starts: they are there, once. */
        int tried = try_all(&trial, self->starts + begin, count);
        failed = tried < 0;
        ask = tried == 1;
    }
    if (ask) {
        Py_XSETREF(trial.hits, PyObject_CallOneArg(find, code));
        failed = trial.hits == NULL;
        if (!failed && !PyList_Check(trial.hits)) {
            PyErr_SetString(PyExc_TypeError, "find(code) returns a list");
            failed = 1;
        }
    }
    if (!failed && trial.hits != NULL && PyList_GET_SIZE(trial.hits) > 0) {
        PyObject *both = PyTuple_Pack(2, code, trial.hits);
        failed = both == NULL || PyList_Append(list, both) < 0;
        Py_XDECREF(both);
    }
    Py_XDECREF(trial.match);
    Py_XDECREF(trial.hits);
    return failed ? -1 : 0;
}

PyObject *
scan_found(PyObject *object, PyObject *const *given, Py_ssize_t count)
{
    Scan *self = (Scan *)object;
    if (count != 2 || !PyTuple_Check(given[0])) {
        PyErr_SetString(PyExc_TypeError, "found(plans, find)");
        return NULL;
    }
    if (ready_starts(self) < 0) {
        return NULL;
    }
    PyObject *list = PyList_New(0);
    for (Py_ssize_t i = 0; list != NULL && i < PyTuple_GET_SIZE(given[0]); i++) {
        if (find_one(self, PyTuple_GET_ITEM(given[0], i), given[1], list) < 0) {
            Py_CLEAR(list);
        }
    }
    return list;
}
