/* The triggers of all rules as the scan asks for them. */
#ifndef NORMTOOL_AUTOMATON_H
#define NORMTOOL_AUTOMATON_H

#include "native.h"

#define ALL_CHARACTERS 0x110000
/* What is known of a character: a string begins with it; it is a string; it is rare. */
enum { BEGINS = 1, ALONE = 2, IS_RARE = 4 };

typedef struct {
    Py_ssize_t place;
    int32_t number; /* of a string, or behind those of all strings the rare character */
} Stop;

typedef struct {
    Stop *items;
    Py_ssize_t count, room;
} Stops;

typedef struct {
    int32_t rule, distance;
} Owner;

typedef struct {
    int32_t low, high, rule;
} Range;

typedef struct {
    PyObject_HEAD
    int32_t strings, rules;
    Py_ssize_t reach;      /* a change farther away leaves a string as it is */
    uint8_t *kinds;        /* by character */
    uint8_t pairs[8192];   /* bits, by pair_slot: two characters that a string begins with */
    uint64_t *keys;        /* (node, character) and, beside it, the node they lead to */
    int32_t *nodes, *ends; /* ends: by node, the number of the string that ends there */
    uint64_t mask;
    int32_t *first;        /* by number: where its owners begin */
    Owner *owners;
    uint8_t *signs;        /* by number: 1 a sign of notation, 2 a sign for lines */
    Range *ranges;         /* of the rare characters, sorted by rule and character */
    Py_ssize_t *rule_ends; /* by range: where those of its rule end */
    Py_ssize_t range_count;
    Py_UCS4 *exchanged;    /* what for what, in turns */
    Py_ssize_t exchanges;
} Automaton;

/* Two characters are looked up here first: it lies in the fastest memory. */
static inline uint32_t
pair_slot(Py_UCS4 first, Py_UCS4 second)
{
    return (first * UINT32_C(0x9E3779B1) + second * UINT32_C(0x85EBCA6B)) >> 16;
}

static inline uint64_t
slot_of(uint64_t key, uint64_t mask)
{
    return (key * UINT64_C(0x9E3779B97F4A7C15) >> 20) & mask;
}

/* The node that a character leads to, or 0. No node leads to the root. */
static inline int32_t
next_node(const Automaton *self, int32_t node, Py_UCS4 character)
{
    uint64_t key = ((uint64_t)node << 21 | character) + 1;
    uint64_t slot = slot_of(key, self->mask);
    while (self->keys[slot] != 0) {
        if (self->keys[slot] == key) {
            return self->nodes[slot];
        }
        slot = (slot + 1) & self->mask;
    }
    return 0;
}

/* What stands at places from low to before high; -1 with an exception set. The rare
 * characters among them are counted, and listed unless `dense`. */
int stops_between(const Automaton *self, const Text *text, Py_ssize_t low, Py_ssize_t high,
                  int dense, Stops *found, Py_ssize_t *rare);
int push_stop(Stops *stops, Py_ssize_t place, int32_t number);
/* Call `each` for every rule that a number belongs to. */
typedef void (*Visit)(void *into, int32_t rule, int32_t distance);
void visit_owners(const Automaton *self, int32_t number, Visit each, void *into);
int is_exchanged(const Automaton *self, Py_UCS4 before, Py_UCS4 after);

extern PyTypeObject automaton_type;

#endif
