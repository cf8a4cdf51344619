/* TypoSheet, a text under the looks of the model: the twin of normtool/typos/vectors.py. */
#include "typos.h"

#include <string.h>

#define MODEL "normtool.typos.model"

/* The data, and the arrays that they lie in; in a capsule, so that sheets can hold it. */
typedef struct {
    Model model;
    Py_buffer views[VIEWS];
    int held;
} Loaded;

typedef struct {
    PyObject_HEAD
    PyObject *model; /* the capsule */
    Sheet sheet;
} SheetObject;

static void
loaded_freed(Loaded *loaded)
{
    model_freed(&loaded->model);
    for (int i = 0; i < loaded->held; i++) {
        PyBuffer_Release(&loaded->views[i]);
    }
    PyMem_Free(loaded);
}

static void
capsule_freed(PyObject *capsule)
{
    loaded_freed(PyCapsule_GetPointer(capsule, MODEL));
}

PyDoc_STRVAR(typo_model_doc,
"typo_model(arrays, careless)\n--\n\n"
"The data for TypoSheet out of two dicts of arrays, which stay in use.\n"
"Raises ValueError where they are no model.");

static PyObject *
typo_model(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *arrays, *careless, *capsule = NULL;
    if (!PyArg_ParseTuple(args, "O!O!:typo_model", &PyDict_Type, &arrays, &PyDict_Type,
                          &careless)) {
        return NULL;
    }
    Loaded *loaded = PyMem_Calloc(1, sizeof *loaded);
    if (loaded == NULL) {
        return PyErr_NoMemory();
    }
    if (model_filled(&loaded->model, arrays, careless, loaded->views, &loaded->held) == 0) {
        capsule = PyCapsule_New(loaded, MODEL, capsule_freed);
    }
    if (capsule == NULL) {
        loaded_freed(loaded);
    }
    return capsule;
}

PyDoc_STRVAR(first_doc,
"first(least)\n--\n\n"
"The candidates of the first look from these log-odds on, by place: a list of tuples\n"
"(place, what is meant, log-odds, figures).");

static PyObject *
sheet_first(SheetObject *self, PyObject *given)
{
    double least = PyFloat_AsDouble(given);
    if (least == -1.0 && PyErr_Occurred()) {
        return NULL;
    }
    return first_look(&self->sheet, least);
}

/* A mark for each place of a sheet: 1 within ``reach`` of those in a sequence; NULL on failure. */
static uint8_t *
marked(const Sheet *sheet, PyObject *places, Py_ssize_t reach)
{
    PyObject *fast = PySequence_Fast(places, "places are a sequence of integers");
    if (fast == NULL) {
        return NULL;
    }
    uint8_t *near = PyMem_Calloc((size_t)sheet->length, 1);
    if (near == NULL) {
        PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; near != NULL && i < PySequence_Fast_GET_SIZE(fast); i++) {
        Py_ssize_t place = PyLong_AsSsize_t(PySequence_Fast_GET_ITEM(fast, i));
        if (place < 0 || place >= sheet->length - 2 * MARGIN) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_ValueError, "a place lies outside the text");
            }
            PyMem_Free(near);
            near = NULL;
            break;
        }
        place += MARGIN;
        Py_ssize_t begin = place > reach ? place - reach : 0;
        Py_ssize_t end = reach < sheet->length - place ? place + reach + 1 : sheet->length;
        memset(near + begin, 1, (size_t)(end - begin));
    }
    Py_DECREF(fast);
    return near;
}

PyDoc_STRVAR(look_doc,
"look(least, around, reach)\n--\n\n"
"The candidates of a closer look, those of one character before those of two; where\n"
"places are given, only within so many characters of them.");

static PyObject *
sheet_look(SheetObject *self, PyObject *args)
{
    double least;
    PyObject *around;
    Py_ssize_t reach;
    if (!PyArg_ParseTuple(args, "dOn:look", &least, &around, &reach)) {
        return NULL;
    }
    Py_ssize_t count = PyObject_Size(around);
    if (count < 0 || reach < 0) {
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_ValueError, "a reach is not negative");
        }
        return NULL;
    }
    uint8_t *near = marked(&self->sheet, around, reach);
    if (near == NULL) {
        return NULL;
    }
    if (count == 0) {
        memset(near, 1, (size_t)self->sheet.length);
    }
    PyObject *list = closer_look(&self->sheet, near, 1, least);
    PyMem_Free(near);
    return list;
}

PyDoc_STRVAR(confirm_doc,
"confirm(least, places)\n--\n\n"
"The candidates of a closer look of one character at these places.");

static PyObject *
sheet_confirm(SheetObject *self, PyObject *args)
{
    double least;
    PyObject *places;
    if (!PyArg_ParseTuple(args, "dO:confirm", &least, &places)) {
        return NULL;
    }
    uint8_t *near = marked(&self->sheet, places, 0);
    if (near == NULL) {
        return NULL;
    }
    PyObject *list = closer_look(&self->sheet, near, 0, least);
    PyMem_Free(near);
    return list;
}

PyDoc_STRVAR(given_doc,
"given(asked)\n--\n\n"
"The candidates that somebody else names, as the first look sees them: pairs of place and\n"
"character of the basic plane, by growing place.");

static PyObject *
sheet_given(SheetObject *self, PyObject *asked)
{
    const Sheet *sheet = &self->sheet;
    PyObject *fast = PySequence_Fast(asked, "a sequence of pairs is asked about");
    if (fast == NULL) {
        return NULL;
    }
    Candidates found = {0};
    int done = 0;
    for (Py_ssize_t i = 0; done == 0 && i < PySequence_Fast_GET_SIZE(fast); i++) {
        Py_ssize_t place;
        int code;
        PyObject *pair = PySequence_Fast_GET_ITEM(fast, i);
        if (!PyTuple_Check(pair) || !PyArg_ParseTuple(pair, "nC:given", &place, &code)) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_TypeError, "what is asked about is a pair");
            }
            done = -1;
        } else if (place < 0 || place >= sheet->length - 2 * MARGIN || code >= 0x10000) {
            PyErr_SetString(PyExc_ValueError, "a place or a character lies outside");
            done = -1;
        } else {
            Candidate *one = candidate_added(&found);
            if (one == NULL) {
                done = -1;
                break;
            }
            one->place = place + MARGIN;
            one->code[0] = (uint16_t)code;
            one->id[0] = sheet->model->number[code];
            linked(sheet->model, sheet->ids[one->place], one);
        }
    }
    PyObject *list = done == 0 ? given_look(sheet, &found) : NULL;
    Py_DECREF(fast);
    PyMem_Free(found.all);
    return list;
}

static PyObject *
sheet_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    PyObject *model, *text;
    if (keywords != NULL && PyDict_GET_SIZE(keywords)) {
        PyErr_SetString(PyExc_TypeError, "TypoSheet takes no keywords");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "OU:TypoSheet", &model, &text)) {
        return NULL;
    }
    const Loaded *loaded = PyCapsule_GetPointer(model, MODEL);
    SheetObject *self = loaded ? (SheetObject *)type->tp_alloc(type, 0) : NULL;
    if (self != NULL) {
        Py_INCREF(model);
        self->model = model;
        if (sheet_filled(&self->sheet, &loaded->model, text) < 0) {
            Py_CLEAR(self);
        }
    }
    return (PyObject *)self;
}

static void
sheet_dealloc(SheetObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    sheet_freed(&self->sheet);
    Py_XDECREF(self->model);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyMethodDef sheet_methods[] = {
    {"first", (PyCFunction)(void (*)(void))sheet_first, METH_O, first_doc},
    {"look", (PyCFunction)(void (*)(void))sheet_look, METH_VARARGS, look_doc},
    {"confirm", (PyCFunction)(void (*)(void))sheet_confirm, METH_VARARGS, confirm_doc},
    {"given", (PyCFunction)(void (*)(void))sheet_given, METH_O, given_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(sheet_doc,
"TypoSheet(model, text)\n--\n\n"
"A text as the typo model reads it; places are code points of it.");

static PyType_Slot sheet_slots[] = {
    {Py_tp_new, (void *)sheet_new},
    {Py_tp_dealloc, (void *)sheet_dealloc},
    {Py_tp_methods, sheet_methods},
    {Py_tp_doc, (void *)sheet_doc},
    {0, NULL},
};

static PyType_Spec sheet_spec = {
    .name = "normtool.native.built.TypoSheet",
    .basicsize = sizeof(SheetObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = sheet_slots,
};

static PyMethodDef methods[] = {
    {"typo_model", typo_model, METH_VARARGS, typo_model_doc},
    {NULL, NULL, 0, NULL},
};

int
add_typos(PyObject *module)
{
    PyObject *type = PyType_FromModuleAndSpec(module, &sheet_spec, NULL);
    int added = type == NULL ? -1 : PyModule_AddType(module, (PyTypeObject *)type);
    Py_XDECREF(type);
    return added < 0 || add_pairs(module) < 0 ? -1 : PyModule_AddFunctions(module, methods);
}
