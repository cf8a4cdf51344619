/* Of all that rules found, the sound edits: the twin of _sound and _merged in stage.py, and
 * of Layer.fused. */
#include "native.h"

typedef struct {
    Py_ssize_t start, end;
    PyObject *before, *after, *why; /* new references */
} Sound;

typedef struct {
    Sound *items;
    Py_ssize_t count, room;
} Sounds;

static void
drop_sounds(Sounds *sounds)
{
    for (Py_ssize_t i = 0; i < sounds->count; i++) {
        Py_XDECREF(sounds->items[i].before);
        Py_XDECREF(sounds->items[i].after);
        Py_XDECREF(sounds->items[i].why);
    }
    PyMem_Free(sounds->items);
}

/* Takes a place if none before it took a part of it; `before` NULL: what stands there. */
static int
take(Sounds *sounds, PyObject *text, Py_ssize_t start, Py_ssize_t end, PyObject *before,
     PyObject *after, PyObject *why)
{
    Py_ssize_t last_start = -1, last_end = -1;
    if (sounds->count) {
        last_start = sounds->items[sounds->count - 1].start;
        last_end = sounds->items[sounds->count - 1].end;
    }
    /* Two insertions at one place are two names for one loss. */
    if (start < last_end || (start == end && start == last_end && start == last_start)) {
        return 0;
    }
    before = before != NULL ? Py_NewRef(before) : PyUnicode_Substring(text, start, end);
    if (before == NULL) {
        return -1;
    }
    if (PyUnicode_Compare(before, after) == 0) {
        Py_DECREF(before);
        return 0;
    }
    if (sounds->count == sounds->room) {
        Py_ssize_t room = sounds->room ? 2 * sounds->room : 64;
        Sound *items = PyMem_Resize(sounds->items, Sound, room);
        if (items == NULL) {
            Py_DECREF(before);
            PyErr_NoMemory();
            return -1;
        }
        sounds->items = items;
        sounds->room = room;
    }
    Sound made = {start, end, before, Py_NewRef(after), Py_NewRef(why)};
    sounds->items[sounds->count++] = made;
    return 0;
}

/* The joined column of a run, or its one entry (a new reference). */
static PyObject *
joined(const Sounds *sounds, Py_ssize_t low, Py_ssize_t high, int befores)
{
    if (high - low == 1) {
        return Py_NewRef(befores ? sounds->items[low].before : sounds->items[low].after);
    }
    PyObject *list = PyList_New(high - low);
    PyObject *nothing = list == NULL ? NULL : PyUnicode_New(0, 0);
    PyObject *whole = NULL;
    if (nothing != NULL) {
        for (Py_ssize_t i = low; i < high; i++) {
            const Sound *one = &sounds->items[i];
            PyList_SET_ITEM(list, i - low, Py_NewRef(befores ? one->before : one->after));
        }
        whole = PyUnicode_Join(nothing, list);
    }
    Py_XDECREF(nothing);
    Py_XDECREF(list);
    return whole;
}

static PyObject *
reason(const Sounds *sounds, Py_ssize_t low, Py_ssize_t high, PyObject *reasons)
{
    if (high - low == 1) {
        return Py_NewRef(sounds->items[low].why);
    }
    PyObject *list = PyList_New(high - low), *why = NULL;
    if (list != NULL) {
        for (Py_ssize_t i = low; i < high; i++) {
            PyList_SET_ITEM(list, i - low, Py_NewRef(sounds->items[i].why));
        }
        why = PyObject_CallOneArg(reasons, list);
        Py_DECREF(list);
    }
    return why;
}

/* The columns of all, those that touch as one. */
static PyObject *
columns_of(const Sounds *sounds, PyObject *reasons)
{
    PyObject *starts = PyList_New(0), *befores = PyList_New(0), *afters = PyList_New(0);
    PyObject *whys = PyList_New(0), *all = NULL;
    int fine = starts && befores && afters && whys;
    for (Py_ssize_t low = 0, high; fine && low < sounds->count; low = high) {
        high = low + 1;
        while (high < sounds->count && sounds->items[high].start == sounds->items[high - 1].end) {
            high++;
        }
        PyObject *start = PyLong_FromSsize_t(sounds->items[low].start);
        PyObject *before = joined(sounds, low, high, 1), *after = joined(sounds, low, high, 0);
        PyObject *why = reason(sounds, low, high, reasons);
        fine = start && before && after && why && PyList_Append(starts, start) == 0 &&
               PyList_Append(befores, before) == 0 && PyList_Append(afters, after) == 0 &&
               PyList_Append(whys, why) == 0;
        Py_XDECREF(start);
        Py_XDECREF(before);
        Py_XDECREF(after);
        Py_XDECREF(why);
    }
    if (fine) {
        all = PyTuple_Pack(4, starts, befores, afters, whys);
    }
    Py_XDECREF(starts);
    Py_XDECREF(befores);
    Py_XDECREF(afters);
    Py_XDECREF(whys);
    return all;
}

typedef struct {
    Py_ssize_t start, minus_end;
    int order;
    PyObject *after, *why;
} Found;

static int
take_found(Found *found, PyObject *tuple, Py_ssize_t length)
{
    if (!PyTuple_Check(tuple) || !PyArg_ParseTuple(tuple, "nniUO", &found->start, &found->minus_end,
                                                   &found->order, &found->after, &found->why)) {
        return -1;
    }
    if (found->start < 0 || -found->minus_end < found->start || -found->minus_end > length) {
        PyErr_SetString(PyExc_ValueError, "a place outside of the text");
        return -1;
    }
    return 0;
}

/* Both in one order: by start, the longest first, then by rule. */
static int
sweep(Sounds *sounds, PyObject *text, PyObject *found, const Py_ssize_t *starts, PyObject *befores,
      PyObject *afters, int order, PyObject *why)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), i = 0, j = 0;
    Py_ssize_t places = PyList_GET_SIZE(found), exchanged = PyList_GET_SIZE(befores);
    Found next;
    if (places && take_found(&next, PyList_GET_ITEM(found, 0), length) < 0) {
        return -1;
    }
    while (i < places || j < exchanged) {
        int theirs = j == exchanged;
        if (i < places && j < exchanged) {
            theirs = next.start != starts[j]            ? next.start < starts[j]
                     : next.minus_end != -starts[j] - 1 ? next.minus_end < -starts[j] - 1
                                                        : next.order < order;
        }
        int failed = theirs ? take(sounds, text, next.start, -next.minus_end, NULL, next.after,
                                   next.why)
                            : take(sounds, text, starts[j], starts[j] + 1,
                                   PyList_GET_ITEM(befores, j), PyList_GET_ITEM(afters, j), why);
        if (failed < 0) {
            return -1;
        }
        if (!theirs) {
            j++;
        }
        else if (++i < places && take_found(&next, PyList_GET_ITEM(found, i), length) < 0) {
            return -1;
        }
    }
    return 0;
}

PyDoc_STRVAR(settled_doc,
"settled(text, found, starts, befores, afters, order, why, reasons)\n--\n\n"
"The four columns of the edits that win, those that touch as one. found: sorted tuples of\n"
"start, -end, order of the rule, after and why; starts, befores, afters: edits of one\n"
"character each by the rule of that order and reason; reasons(list): several made one.");

static PyObject *
settled(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *text, *found, *list, *befores, *afters, *why, *reasons, *all = NULL;
    int order;
    if (!PyArg_ParseTuple(args, "UO!O!O!O!iOO", &text, &PyList_Type, &found, &PyList_Type, &list,
                          &PyList_Type, &befores, &PyList_Type, &afters, &order, &why, &reasons)) {
        return NULL;
    }
    if (!is_column(befores, PyList_GET_SIZE(list)) || !is_column(afters, PyList_GET_SIZE(list))) {
        return NULL;
    }
    Py_ssize_t *starts = places_of(list);
    if (starts == NULL) {
        return NULL;
    }
    Sounds sounds = {NULL, 0, 0};
    if (sweep(&sounds, text, found, starts, befores, afters, order, why) == 0) {
        all = columns_of(&sounds, reasons);
    }
    drop_sounds(&sounds);
    PyMem_Free(starts);
    return all;
}

static PyMethodDef methods[] = {
    {"settled", settled, METH_VARARGS, settled_doc},
    {NULL, NULL, 0, NULL},
};

int
add_settle(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
