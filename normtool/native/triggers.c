/* The automaton of all triggers, made of what normtool/scan/targets.py worked out. */
#include "automaton.h"

static int
add_string(Automaton *self, PyObject *string, int32_t number, int32_t *used)
{
    Text text = text_of(string);
    int32_t node = 0;
    for (Py_ssize_t at = 0; at < text.length; at++) {
        Py_UCS4 character = char_at(&text, at);
        int32_t next = next_node(self, node, character);
        if (next == 0) {
            uint64_t key = ((uint64_t)node << 21 | character) + 1;
            uint64_t slot = slot_of(key, self->mask);
            while (self->keys[slot] != 0) {
                slot = (slot + 1) & self->mask;
            }
            next = ++*used;
            self->keys[slot] = key;
            self->nodes[slot] = next;
            self->ends[next] = -1;
        }
        node = next;
        if (at == 0) {
            self->kinds[character] |= text.length == 1 ? BEGINS | ALONE : BEGINS;
        }
        else if (at == 1) {
            uint32_t slot = pair_slot(char_at(&text, 0), character);
            self->pairs[slot >> 3] |= (uint8_t)(1 << (slot & 7));
        }
    }
    if (node == 0 || self->ends[node] >= 0) {
        PyErr_SetString(PyExc_ValueError, "a trigger is empty or there twice");
        return -1;
    }
    self->ends[node] = number;
    if (text.length - 1 > self->reach) {
        self->reach = text.length - 1;
    }
    return 0;
}

static int
build_trie(Automaton *self, PyObject *strings)
{
    Py_ssize_t count = PyList_GET_SIZE(strings), characters = 0;
    if (!is_column(strings, count)) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        characters += PyUnicode_GET_LENGTH(PyList_GET_ITEM(strings, i));
    }
    if (count > INT32_MAX / 4 || characters > INT32_MAX / 4) {
        PyErr_SetString(PyExc_ValueError, "too many triggers");
        return -1;
    }
    uint64_t size = 16;
    while (size < 2 * (uint64_t)characters) {
        size *= 2;
    }
    self->mask = size - 1;
    self->strings = (int32_t)count;
    self->keys = PyMem_Calloc(size, sizeof(uint64_t));
    self->nodes = PyMem_Calloc(size, sizeof(int32_t));
    self->ends = PyMem_New(int32_t, characters + 1);
    self->kinds = PyMem_Calloc(ALL_CHARACTERS, 1);
    if (!self->keys || !self->nodes || !self->ends || !self->kinds) {
        PyErr_NoMemory();
        return -1;
    }
    int32_t used = 0;
    self->ends[0] = -1;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (add_string(self, PyList_GET_ITEM(strings, i), (int32_t)i, &used) < 0) {
            return -1;
        }
    }
    return 0;
}

/* An array of int32 out of the bytes of Python's array("i"); NULL with an exception set. */
static int32_t *
numbers_of(const Py_buffer *bytes, Py_ssize_t *count)
{
    int32_t *numbers = PyMem_Malloc((size_t)bytes->len + sizeof(int32_t));
    if (numbers == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(numbers, bytes->buf, (size_t)bytes->len);
    *count = bytes->len / (Py_ssize_t)sizeof(int32_t);
    return numbers;
}

/* first: by number, where its owners begin, and the end; owners: (rule, distance). */
static int
take_owners(Automaton *self, const Py_buffer *first, const Py_buffer *owners)
{
    Py_ssize_t firsts = 0, figures = 0;
    self->first = numbers_of(first, &firsts);
    self->owners = (Owner *)(self->first == NULL ? NULL : numbers_of(owners, &figures));
    if (self->owners == NULL) {
        return -1;
    }
    int fine = firsts == self->strings + 1 && figures % 2 == 0 && self->first[0] == 0 &&
               self->first[self->strings] == figures / 2;
    for (Py_ssize_t i = 0; fine && i < self->strings; i++) {
        fine = self->first[i] <= self->first[i + 1];
    }
    for (Py_ssize_t i = 0; fine && i < figures / 2; i++) {
        fine = self->owners[i].rule >= 0 && self->owners[i].rule < self->rules;
    }
    if (!fine) {
        PyErr_SetString(PyExc_ValueError, "owners: not of these triggers and rules");
    }
    return fine ? 0 : -1;
}

/* ranges: (first character, last character, rule), sorted by rule. */
static int
take_ranges(Automaton *self, const Py_buffer *ranges)
{
    Py_ssize_t figures = 0;
    self->ranges = (Range *)numbers_of(ranges, &figures);
    if (self->ranges == NULL) {
        return -1;
    }
    self->range_count = figures / 3;
    self->rule_ends = PyMem_New(Py_ssize_t, self->range_count + 1);
    if (self->rule_ends == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < self->range_count; i++) {
        const Range *range = &self->ranges[i];
        if (range->low < 0 || range->high >= 0x110000 || range->rule < 0 ||
            range->rule >= self->rules) {
            PyErr_SetString(PyExc_ValueError, "ranges: no such characters, or no such rule");
            return -1;
        }
        for (int32_t c = range->low; c <= range->high; c++) {
            self->kinds[c] |= IS_RARE;
        }
    }
    for (Py_ssize_t i = self->range_count; i-- > 0;) {
        int last = i + 1 == self->range_count || self->ranges[i + 1].rule != self->ranges[i].rule;
        self->rule_ends[i] = last ? i + 1 : self->rule_ends[i + 1];
    }
    return 0;
}

/* exchanged: a string of pairs, what is exchanged and what for. */
static int
take_pairs(Automaton *self, PyObject *exchanged)
{
    Text text = text_of(exchanged);
    self->exchanges = text.length / 2;
    self->exchanged = PyMem_New(Py_UCS4, text.length + 1);
    if (!self->exchanged) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < 2 * self->exchanges; i++) {
        self->exchanged[i] = char_at(&text, i);
    }
    return 0;
}

static void
drop(PyObject *object)
{
    Automaton *self = (Automaton *)object;
    PyMem_Free(self->kinds);
    PyMem_Free(self->keys);
    PyMem_Free(self->nodes);
    PyMem_Free(self->ends);
    PyMem_Free(self->first);
    PyMem_Free(self->owners);
    PyMem_Free(self->signs);
    PyMem_Free(self->ranges);
    PyMem_Free(self->rule_ends);
    PyMem_Free(self->exchanged);
    Py_TYPE(object)->tp_free(object);
}

static int
take_all(Automaton *self, PyObject *strings, Py_buffer *first, Py_buffer *owners,
         Py_buffer *signs, Py_buffer *ranges, PyObject *exchanged)
{
    if (signs->len != PyList_GET_SIZE(strings)) {
        PyErr_SetString(PyExc_ValueError, "signs: not one byte for each trigger");
        return -1;
    }
    self->signs = PyMem_New(uint8_t, signs->len + 1);
    if (self->signs == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(self->signs, signs->buf, (size_t)signs->len);
    return build_trie(self, strings) < 0 || take_owners(self, first, owners) < 0 ||
                   take_ranges(self, ranges) < 0 || take_pairs(self, exchanged) < 0
               ? -1
               : 0;
}

static PyObject *
make(PyTypeObject *type, PyObject *args, PyObject *named)
{
    PyObject *strings, *exchanged;
    Py_buffer first, owners, signs, ranges;
    int rules;
    if (named != NULL && PyDict_GET_SIZE(named) != 0) {
        PyErr_SetString(PyExc_TypeError, "Automaton takes no arguments by name");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O!iy*y*y*y*U", &PyList_Type, &strings, &rules, &first, &owners,
                          &signs, &ranges, &exchanged)) {
        return NULL;
    }
    Automaton *self = (Automaton *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->rules = rules;
        if (take_all(self, strings, &first, &owners, &signs, &ranges, exchanged) < 0) {
            Py_CLEAR(self);
        }
    }
    PyBuffer_Release(&first);
    PyBuffer_Release(&owners);
    PyBuffer_Release(&signs);
    PyBuffer_Release(&ranges);
    return (PyObject *)self;
}

PyDoc_STRVAR(automaton_doc,
"Automaton(strings, rules, first, owners, signs, ranges, exchanged)\n--\n\n"
"strings    the triggers, which differ\n"
"rules      how many rules there are\n"
"first      for each trigger, where its owners begin, and the end of the last\n"
"owners     (rule, how far behind the start of its match) of all triggers\n"
"signs      for each trigger a byte: 1 a sign of notation, 2 one for lines, else 0\n"
"ranges     (first, last, rule): characters that are rare and begin matches of a rule\n"
"exchanged  pairs of characters in one string: what rules exchange for what\n\n"
"first, owners and ranges are the bytes of array(\"i\").");

PyTypeObject automaton_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "normtool.native.built.Automaton",
    .tp_doc = automaton_doc,
    .tp_basicsize = sizeof(Automaton),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = make,
    .tp_dealloc = drop,
};

int
add_automaton(PyObject *module)
{
    return PyModule_AddType(module, &automaton_type);
}
