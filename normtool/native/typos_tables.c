/* The data of the typo model, out of the arrays that were kept: looked at where they lie,
 * and nowhere beyond, whatever they hold. */
#include "typos.h"

#include <string.h>

/* An array of a dict by its name and type (as struct names it), held until it is released. */
static const Py_buffer *
array_of(PyObject *arrays, const char *name, const char *types, Py_buffer *views, int *held)
{
    PyObject *array = PyDict_GetItemString(arrays, name);
    if (array == NULL) {
        PyErr_Format(PyExc_ValueError, "the typo model lacks %s", name);
        return NULL;
    }
    if (*held == VIEWS) {
        PyErr_SetString(PyExc_ValueError, "the typo model has too many arrays");
        return NULL;
    }
    Py_buffer *view = &views[*held];
    if (PyObject_GetBuffer(array, view, PyBUF_FORMAT | PyBUF_C_CONTIGUOUS) < 0) {
        return NULL;
    }
    ++*held;
    const char *format = view->format ? view->format : "B";
    if (strlen(format) != 1 || strchr(types, format[0]) == NULL) {
        PyErr_Format(PyExc_ValueError, "%s of the typo model is of the type %s", name, format);
        return NULL;
    }
    return view;
}

static Py_ssize_t
count_of(const Py_buffer *view)
{
    return view->len / view->itemsize;
}

static int
wrong(const char *name)
{
    PyErr_Format(PyExc_ValueError, "%s of the typo model cannot be as it is", name);
    return -1;
}

static int
fuse_filled(Fuse *fuse, PyObject *arrays, const char *name, Py_buffer *views, int *held)
{
    char shape_name[32];
    PyOS_snprintf(shape_name, sizeof shape_name, "%s_shape", name);
    const Py_buffer *cells = array_of(arrays, name, "BH", views, held);
    const Py_buffer *shape = cells ? array_of(arrays, shape_name, "q", views, held) : NULL;
    if (shape == NULL) {
        return -1;
    }
    if (count_of(shape) != 3) {
        return wrong(shape_name);
    }
    const int64_t *said = shape->buf;
    Py_ssize_t count = count_of(cells);
    int64_t segment = said[0];
    /* then no three cells of a key lie outside */
    if (segment < 1 || segment > count / 3 || (segment & (segment - 1)) || count % segment ||
        said[1] < 0 || said[1] > 8) {
        return wrong(shape_name);
    }
    fuse->narrow = cells->buf;
    fuse->wide = cells->itemsize == 2 ? cells->buf : NULL;
    fuse->segment = (uint64_t)segment;
    fuse->span = (uint64_t)(count - 2 * segment);
    fuse->least = said[1] ? 1u << said[1] : 0;
    fuse->seed = (uint64_t)said[2];
    return 0;
}

static int
alphabet_filled(Model *model, PyObject *arrays, Py_buffer *views, int *held)
{
    const Py_buffer *view = array_of(arrays, "alphabet", "H", views, held);
    if (view == NULL) {
        return -1;
    }
    Py_ssize_t count = count_of(view);
    if (count > SIZE - FIRST) {
        return wrong("alphabet");
    }
    model->number = PyMem_Calloc(0x10000, sizeof *model->number);
    model->code_of = PyMem_Calloc(SIZE, sizeof *model->code_of);
    model->bit = PyMem_Calloc(SIZE, sizeof *model->bit);
    if (model->number == NULL || model->code_of == NULL || model->bit == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (unsigned id = 0; id < SIZE; id++) {
        model->bit[id] = (uint16_t)(id / CELLS * LINE_BITS + id % CELLS);
    }
    for (unsigned code = 0x3400; code < 0xA000; code++) {
        model->number[code] = RARE;
    }
    for (unsigned digit = 0; digit < 10; digit++) {
        model->number['0' + digit] = model->number[0xFF10 + digit] = DIGIT;
    }
    const uint16_t *codes = view->buf;
    for (Py_ssize_t i = 0; i < count; i++) {
        model->number[codes[i]] = (uint16_t)(FIRST + i);
        model->code_of[FIRST + i] = codes[i];
    }
    return 0;
}

static int
all_below(const uint16_t *numbers, Py_ssize_t count, unsigned bound)
{
    unsigned most = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        most = numbers[i] > most ? numbers[i] : most;
    }
    return most < bound;
}

/* Whether the parts of so many values begin one behind the other, one for each character. */
static int
begins(const Py_buffer *view, Py_ssize_t count)
{
    const int32_t *begin = view->buf;
    int fits = count_of(view) == SIZE + 1 && begin[0] == 0 && begin[SIZE] == count;
    for (int n = 0; fits && n < SIZE; n++) {
        fits = begin[n] <= begin[n + 1];
    }
    return fits;
}

static int
links_filled(Links *links, PyObject *arrays, PyObject *careless, Py_buffer *views, int *held)
{
    const Py_buffer *begin, *others, *kind, *shape, *habit, *many, *parts;
    if (!(begin = array_of(arrays, "begin", "i", views, held)) ||
        !(others = array_of(arrays, "others", "H", views, held)) ||
        !(kind = array_of(arrays, "kind", "B", views, held)) ||
        !(shape = array_of(arrays, "shape", "B", views, held)) ||
        !(habit = array_of(arrays, "habit", "B", views, held)) ||
        !(many = array_of(careless, "part_many", "B", views, held)) ||
        !(parts = array_of(careless, "part_others", "H", views, held))) {
        return -1;
    }
    links->begin = begin->buf;
    links->others = others->buf;
    links->kind = kind->buf;
    links->shape = shape->buf;
    links->habit = habit->buf;
    links->parts = parts->buf;
    Py_ssize_t count = count_of(others);
    if (!begins(begin, count) || count_of(kind) != count || count_of(shape) != count ||
        count_of(habit) != count || !all_below(links->others, count, SIZE)) {
        return wrong("begin");
    }
    links->part_begin = PyMem_New(int32_t, SIZE + 1);
    if (links->part_begin == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    links->part_begin[0] = 0;
    for (int n = 0; n < SIZE; n++) {
        int more = n < count_of(many) ? ((const uint8_t *)many->buf)[n] : 0;
        links->part_begin[n + 1] = links->part_begin[n] + more;
    }
    if (count_of(many) != SIZE || links->part_begin[SIZE] != count_of(parts) ||
        !all_below(links->parts, count_of(parts), SIZE)) {
        return wrong("part_many");
    }
    return 0;
}

static int
trees_filled(Forest *forest, PyObject *arrays, const char *kind, int figures, Py_buffer *views,
             int *held)
{
    static const char *const parts[5] = {"feature", "threshold", "left", "right", "value"};
    const Py_buffer *found[5];
    for (int i = 0; i < 5; i++) {
        char name[32];
        PyOS_snprintf(name, sizeof name, "%s_%s", kind, parts[i]);
        found[i] = array_of(arrays, name, i == 1 || i == 4 ? "f" : "Bh", views, held);
        if (found[i] == NULL) {
            return -1;
        }
    }
    return forest_filled(forest, found, figures);
}

/* After so many trees, log-odds below which a candidate is dropped: vectors.py, careless.py. */
static const Stage first_stages[2] = {{16, -3.8f}, {48, -3.5f}};
static const Stage closer_stages[2] = {{20, -4.0f}, {45, -4.0f}};

static int
pairs_filled(Pairs *pairs, const char *kind, PyObject *arrays, Py_buffer *views, int *held)
{
    char name[32];
    PyOS_snprintf(name, sizeof name, "%s_lines", kind);
    const Py_buffer *lines = array_of(arrays, name, "B", views, held);
    PyOS_snprintf(name, sizeof name, "%s_levels", kind);
    const Py_buffer *levels = lines ? array_of(arrays, name, "B", views, held) : NULL;
    if (levels == NULL) {
        return -1;
    }
    if (lines->len != (Py_ssize_t)sizeof(Line) * SIZE * LINES || levels->len == 0 ||
        (uintptr_t)lines->buf % sizeof(uint64_t)) {
        return wrong(name);
    }
    pairs->lines = lines->buf;
    pairs->levels = levels->buf;
    pairs->count = (uint64_t)levels->len;
    return 0;
}

static int
partners_filled(Model *model, PyObject *arrays, Py_buffer *views, int *held)
{
    const Py_buffer *begin, *partners, *levels;
    if (!(begin = array_of(arrays, "partner_begin", "i", views, held)) ||
        !(partners = array_of(arrays, "partners", "H", views, held)) ||
        !(levels = array_of(arrays, "partner_levels", "B", views, held))) {
        return -1;
    }
    model->partner_begin = begin->buf;
    model->partners = partners->buf;
    model->partner_levels = levels->buf;
    if (!begins(begin, count_of(partners)) || count_of(levels) != count_of(partners) ||
        !all_below(model->partners, count_of(partners), SIZE)) {
        return wrong("partner_begin");
    }
    return 0;
}

/* Fills a model that is all zeros; -1 with an exception set where the arrays are no model. */
int
model_filled(Model *model, PyObject *arrays, PyObject *careless, Py_buffer *views, int *held)
{
    const Py_buffer *traits = array_of(arrays, "traits", "B", views, held);
    if (traits == NULL || alphabet_filled(model, arrays, views, held) < 0 ||
        pairs_filled(&model->pairs, "pair", arrays, views, held) < 0 ||
        pairs_filled(&model->often, "often", arrays, views, held) < 0 ||
        pairs_filled(&model->back, "back", arrays, views, held) < 0 ||
        partners_filled(model, arrays, views, held) < 0) {
        return -1;
    }
    if (traits->len != (Py_ssize_t)SIZE * TRAITS) {
        return wrong("traits");
    }
    model->traits = traits->buf;
    if (fuse_filled(&model->common3, arrays, "common3", views, held) < 0 ||
        fuse_filled(&model->rare3, arrays, "rare3", views, held) < 0 ||
        fuse_filled(&model->seen4, arrays, "seen4", views, held) < 0 ||
        fuse_filled(&model->words, arrays, "words", views, held) < 0 ||
        links_filled(&model->links, arrays, careless, views, held) < 0 ||
        trees_filled(&model->first, arrays, "tree", ONE_FIGURES - SAID_FIGURES, views, held) < 0 ||
        trees_filled(&model->one, careless, "one", ONE_FIGURES, views, held) < 0 ||
        trees_filled(&model->two, careless, "two", TWO_FIGURES, views, held) < 0) {
        return -1;
    }
    memcpy(model->first.stages, first_stages, sizeof first_stages);
    memcpy(model->one.stages, closer_stages, sizeof closer_stages);
    memcpy(model->two.stages, closer_stages, sizeof closer_stages);
    return 0;
}

void
model_freed(Model *model)
{
    PyMem_Free(model->number);
    PyMem_Free(model->code_of);
    PyMem_Free(model->bit);
    PyMem_Free(model->links.part_begin);
    PyMem_Free(model->first.nodes);
    PyMem_Free(model->one.nodes);
    PyMem_Free(model->two.nodes);
}
