/* What one look at one text found: the twin of scan/looking.py. */
#include "scan.h"

/* More rare characters than one in so many: too many to list where each stands. */
#define DENSE 50

int
ready_stops(Scan *self)
{
    if (self->looked) {
        return 0;
    }
    Text text = text_of(self->text);
    Py_ssize_t rare = 0;
    self->stops.count = 0;
    if (stops_between(self->automaton, &text, 0, text.length, 0, &self->stops, &rare) < 0) {
        return -1;
    }
    self->dense = rare > text.length / DENSE;
    if (self->dense) {
        Py_ssize_t kept = 0;
        for (Py_ssize_t i = 0; i < self->stops.count; i++) {
            if (self->stops.items[i].number < self->automaton->strings) {
                self->stops.items[kept++] = self->stops.items[i];
            }
        }
        self->stops.count = kept;
    }
    self->looked = 1;
    return 0;
}

typedef struct {
    Py_ssize_t *ends, *starts;
    Py_ssize_t place;
} Filling;

static void
count_owner(void *into, int32_t rule, int32_t distance)
{
    Filling *filling = into;
    filling->ends[rule] += filling->place >= distance;
}

static void
place_owner(void *into, int32_t rule, int32_t distance)
{
    Filling *filling = into;
    if (filling->place >= distance) {
        filling->starts[filling->ends[rule]++] = filling->place - distance;
    }
}

/* Triggers stand in order, the starts they tell of nearly so. */
static void
sort_nearly(Py_ssize_t *places, Py_ssize_t count)
{
    for (Py_ssize_t i = 1; i < count; i++) {
        Py_ssize_t one = places[i], at = i;
        for (; at > 0 && places[at - 1] > one; at--) {
            places[at] = places[at - 1];
        }
        places[at] = one;
    }
}

int
ready_starts(Scan *self)
{
    if (self->begin != NULL) {
        return 0;
    }
    if (ready_stops(self) < 0) {
        return -1;
    }
    int32_t rules = self->automaton->rules;
    Py_ssize_t *begin = PyMem_Calloc((size_t)rules + 1, sizeof(Py_ssize_t));
    Filling filling = {begin, NULL, 0};
    if (begin == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < self->stops.count; i++) {
        filling.place = self->stops.items[i].place;
        visit_owners(self->automaton, self->stops.items[i].number, count_owner, &filling);
    }
    Py_ssize_t total = 0;
    for (int32_t rule = 0; rule <= rules; rule++) {
        Py_ssize_t count = begin[rule];
        begin[rule] = total;
        total += count;
    }
    filling.starts = self->starts = PyMem_New(Py_ssize_t, total + 1);
    if (self->starts == NULL) {
        PyMem_Free(begin);
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < self->stops.count; i++) {
        filling.place = self->stops.items[i].place;
        visit_owners(self->automaton, self->stops.items[i].number, place_owner, &filling);
    }
    /* Each has moved to where the next begins: move them back. */
    for (int32_t rule = rules; rule > 0; rule--) {
        begin[rule] = begin[rule - 1];
    }
    begin[0] = 0;
    for (int32_t rule = 0; rule < rules; rule++) {
        sort_nearly(self->starts + begin[rule], begin[rule + 1] - begin[rule]);
    }
    self->begin = begin;
    return 0;
}

int
ready_lines(Scan *self)
{
    if (self->lines != NULL) {
        return 0;
    }
    Text text = text_of(self->text);
    Py_ssize_t count = 1;
    for (Py_ssize_t i = 0; i < text.length; i++) {
        count += char_at(&text, i) == '\n';
    }
    Py_ssize_t *lines = PyMem_New(Py_ssize_t, count);
    if (lines == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    lines[0] = 0;
    self->line_count = 1;
    for (Py_ssize_t i = 0; i < text.length; i++) {
        if (char_at(&text, i) == '\n') {
            lines[self->line_count++] = i + 1;
        }
    }
    self->lines = lines;
    return 0;
}

PyDoc_STRVAR(starts_doc,
"starts(rule)\n--\n\nWhere matches of a rule may begin, in order; some may be there twice.");

static PyObject *
scan_starts(PyObject *object, PyObject *number)
{
    Scan *self = (Scan *)object;
    long rule = PyLong_AsLong(number);
    if (rule == -1 && PyErr_Occurred()) {
        return NULL;
    }
    if (rule < 0 || rule >= self->automaton->rules) {
        PyErr_SetString(PyExc_ValueError, "no such rule");
        return NULL;
    }
    if (ready_starts(self) < 0) {
        return NULL;
    }
    Py_ssize_t count = self->begin[rule + 1] - self->begin[rule];
    return list_of(self->starts + self->begin[rule], count);
}

PyDoc_STRVAR(signs_doc,
"signs()\n--\n\n"
"Where signs of notation stand, with those for lines, in order; empty if none but those\n"
"for lines stand here; None if nobody has looked.");

static PyObject *
scan_signs(PyObject *object, PyObject *nothing)
{
    (void)nothing;
    Scan *self = (Scan *)object;
    if (!self->looked) {
        Py_RETURN_NONE;
    }
    const uint8_t *signs = self->automaton->signs;
    int any = 0;
    PyObject *list = PyList_New(0);
    for (Py_ssize_t i = 0; list != NULL && i < self->stops.count; i++) {
        int32_t number = self->stops.items[i].number;
        uint8_t sign = number < self->automaton->strings ? signs[number] : 0;
        any |= sign == 1;
        if (sign != 0) {
            PyObject *place = PyLong_FromSsize_t(self->stops.items[i].place);
            if (place == NULL || PyList_Append(list, place) < 0) {
                Py_CLEAR(list);
            }
            Py_XDECREF(place);
        }
    }
    if (list != NULL && !any && PyList_SetSlice(list, 0, PyList_GET_SIZE(list), NULL) < 0) {
        Py_CLEAR(list);
    }
    return list;
}

static PyObject *
make(PyTypeObject *type, PyObject *args, PyObject *named)
{
    PyObject *automaton, *text;
    if (named != NULL && PyDict_GET_SIZE(named) != 0) {
        PyErr_SetString(PyExc_TypeError, "Scan takes no arguments by name");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O!U", &automaton_type, &automaton, &text)) {
        return NULL;
    }
    Scan *self = (Scan *)type->tp_alloc(type, 0);
    if (self != NULL) {
        Py_INCREF(automaton);
        Py_INCREF(text);
        self->automaton = (Automaton *)automaton;
        self->text = text;
    }
    return (PyObject *)self;
}

static void
drop(PyObject *object)
{
    Scan *self = (Scan *)object;
    PyMem_Free(self->stops.items);
    PyMem_Free(self->begin);
    PyMem_Free(self->starts);
    PyMem_Free(self->lines);
    Py_XDECREF(self->automaton);
    Py_XDECREF(self->text);
    Py_TYPE(object)->tp_free(object);
}

static PyObject *
get_dense(PyObject *object, void *nothing)
{
    (void)nothing;
    return PyBool_FromLong(((Scan *)object)->dense);
}

PyDoc_STRVAR(after_doc,
"after(text, starts, befores, afters)\n--\n\n"
"The scan of the text that edits make of this one's; only around them is it looked at.");

PyDoc_STRVAR(found_doc,
"found(plans, find)\n--\n\n"
"(code, hits) of each rule that finds something. plans: as Scanner.group makes them;\n"
"find(code): the hits of a rule that is not run by the places of its triggers.");

static PyMethodDef methods[] = {
    {"starts", scan_starts, METH_O, starts_doc},
    {"signs", scan_signs, METH_NOARGS, signs_doc},
    {"after", (PyCFunction)(void (*)(void))scan_after, METH_FASTCALL, after_doc},
    {"found", (PyCFunction)(void (*)(void))scan_found, METH_FASTCALL, found_doc},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef properties[] = {
    {"dense", get_dense, NULL, "Whether rare characters are too many to be listed.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyTypeObject scan_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "normtool.native.built.Scan",
    .tp_doc = "Scan(automaton, text)\n--\n\nWhat one look at one text found.",
    .tp_basicsize = sizeof(Scan),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = make,
    .tp_dealloc = drop,
    .tp_methods = methods,
    .tp_getset = properties,
};

int
add_scan(PyObject *module)
{
    return PyModule_AddType(module, &scan_type);
}
