/* Where triggers stand in a text, all looked for at once: the twin of triggers/stops.py.
 *
 * Strings are at most six characters long and few of them begin anywhere, so from each
 * character that begins one a trie is walked; nothing is gained by failure links. The trie
 * is one hash table of (node, character).
 */
#include "automaton.h"

int
push_stop(Stops *stops, Py_ssize_t place, int32_t number)
{
    if (stops->count == stops->room) {
        Py_ssize_t room = stops->room ? stops->room + stops->room / 2 : 64;
        Stop *items = PyMem_Resize(stops->items, Stop, room);
        if (items == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        stops->items = items;
        stops->room = room;
    }
    stops->items[stops->count].place = place;
    stops->items[stops->count++].number = number;
    return 0;
}

/* Walk the trie from a character that may begin a string. */
static int
walk(const Automaton *self, const Text *text, Py_ssize_t place, Stops *found)
{
    int32_t node = 0;
    for (Py_ssize_t at = place; at < text->length; at++) {
        node = next_node(self, node, char_at(text, at));
        if (node == 0) {
            break;
        }
        if (self->ends[node] >= 0 && push_stop(found, place, self->ends[node]) < 0) {
            return -1;
        }
    }
    return 0;
}

/* The loop over all characters, for strings of one kind each: `text.kind` is a constant. */
static inline int
stops_of(const Automaton *self, const Text text, Py_ssize_t low, Py_ssize_t high, int dense,
         Stops *found, Py_ssize_t *rare)
{
    const uint8_t *kinds = self->kinds, *pairs = self->pairs;
    for (Py_ssize_t place = low; place < high; place++) {
        Py_UCS4 character = char_at(&text, place);
        uint8_t kind = kinds[character];
        if (kind == 0) {
            continue;
        }
        if (kind & BEGINS) {
            int begins = kind & ALONE;
            if (!begins && place + 1 < text.length) {
                uint32_t slot = pair_slot(character, char_at(&text, place + 1));
                begins = pairs[slot >> 3] >> (slot & 7) & 1;
            }
            if (begins && walk(self, &text, place, found) < 0) {
                return -1;
            }
        }
        if (kind & IS_RARE) {
            ++*rare;
            if (!dense && push_stop(found, place, self->strings + (int32_t)character) < 0) {
                return -1;
            }
        }
    }
    return 0;
}

int
stops_between(const Automaton *self, const Text *text, Py_ssize_t low, Py_ssize_t high,
              int dense, Stops *found, Py_ssize_t *rare)
{
    const Text one = {1, text->data, text->length};
    const Text two = {2, text->data, text->length};
    const Text four = {4, text->data, text->length};
    switch (text->kind) {
    case 1:
        return stops_of(self, one, low, high, dense, found, rare);
    case 2:
        return stops_of(self, two, low, high, dense, found, rare);
    default:
        return stops_of(self, four, low, high, dense, found, rare);
    }
}

void
visit_owners(const Automaton *self, int32_t number, Visit each, void *into)
{
    if (number < self->strings) {
        for (int32_t i = self->first[number]; i < self->first[number + 1]; i++) {
            each(into, self->owners[i].rule, self->owners[i].distance);
        }
        return;
    }
    int32_t character = number - self->strings;
    for (Py_ssize_t low = 0; low < self->range_count;) {
        /* Of one rule: from low to before next. */
        int32_t rule = self->ranges[low].rule;
        Py_ssize_t next = self->rule_ends[low], high = next;
        while (high - low > 1) {
            Py_ssize_t middle = low + (high - low) / 2;
            if (self->ranges[middle].low <= character) {
                low = middle;
            }
            else {
                high = middle;
            }
        }
        if (self->ranges[low].low <= character && character <= self->ranges[low].high) {
            each(into, rule, 0);
        }
        low = next;
    }
}

int
is_exchanged(const Automaton *self, Py_UCS4 before, Py_UCS4 after)
{
    for (Py_ssize_t i = 0; i < self->exchanges; i++) {
        if (self->exchanged[2 * i] == before && self->exchanged[2 * i + 1] == after) {
            return 1;
        }
    }
    return 0;
}
