/* How often a document says characters side by side: the twin of closer.Said.
 *
 * Only what candidates ask about is counted: their keys are put into a table, then the
 * document is read once.
 */
#include "typos.h"

/* no key is 0 */
#define TWO_LONG (UINT64_C(1) << 62)
#define THREE_LONG (UINT64_C(1) << 63)
enum { MOST = 9 };

static uint64_t
two_long(uint64_t a, uint64_t b)
{
    return TWO_LONG | a << BITS | b;
}

static uint64_t
three_long(uint64_t a, uint64_t b, uint64_t c)
{
    return THREE_LONG | key3(a, b, c);
}

/* Where a key is, or would be put. */
static size_t
slot_of(const Said *said, uint64_t key)
{
    size_t slot = (size_t)(mixed(key, 0) >> 20) & (said->room - 1);
    while (said->keys[slot] != 0 && said->keys[slot] != key) {
        slot = (slot + 1) & (said->room - 1);
    }
    return slot;
}

static uint32_t
asked(Said *said, uint64_t key)
{
    size_t slot = slot_of(said, key);
    said->keys[slot] = key;
    return (uint32_t)slot;
}

static void
counted(Said *said, uint64_t key)
{
    size_t slot = slot_of(said, key);
    if (said->keys[slot] == key && said->counts[slot] < MOST) {
        said->counts[slot]++;
    }
}

/* Counts what the candidates of one and of two characters ask about; -1 without memory. */
int
said_filled(Said *said, const Sheet *sheet, Candidates *ones, Candidates *twos)
{
    const uint16_t *ids = sheet->ids;
    size_t asking = 8 * (size_t)ones->count + 4 * (size_t)twos->count;
    if (asking > UINT32_MAX / 4) {
        PyErr_NoMemory();
        return -1;
    }
    said->room = 16;
    while (said->room < 2 * asking) {
        said->room *= 2;
    }
    said->keys = PyMem_Calloc(said->room, sizeof *said->keys);
    said->counts = PyMem_Calloc(said->room, sizeof *said->counts);
    if (said->keys == NULL || said->counts == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < ones->count; i++) {
        Candidate *one = &ones->all[i];
        const uint16_t *at = ids + one->place;
        const unsigned forms[2] = {one->id[0], at[0]};
        for (int k = 0; k < 2; k++) {
            one->said[3 * k] = asked(said, three_long(at[-1], forms[k], at[1]));
            one->said[3 * k + 1] = asked(said, three_long(at[-2], at[-1], forms[k]));
            one->said[3 * k + 2] = asked(said, three_long(forms[k], at[1], at[2]));
        }
        one->said[6] = asked(said, two_long(at[-1], one->id[0]));
        one->said[7] = asked(said, two_long(one->id[0], at[1]));
    }
    for (Py_ssize_t i = 0; i < twos->count; i++) {
        Candidate *two = &twos->all[i];
        const uint16_t *at = ids + two->place;
        two->said[0] = asked(said, two_long(at[0], at[1]));
        two->said[1] = asked(said, two_long(two->id[0], two->id[1]));
        two->said[2] = asked(said, three_long(at[-1], two->id[0], two->id[1]));
        two->said[3] = asked(said, three_long(two->id[0], two->id[1], at[2]));
    }
    if (asking == 0) {
        return 0;
    }
    for (Py_ssize_t i = 0; i + 1 < sheet->length; i++) {
        counted(said, two_long(ids[i], ids[i + 1]));
        if (i + 2 < sheet->length) {
            counted(said, three_long(ids[i], ids[i + 1], ids[i + 2]));
        }
    }
    return 0;
}

void
said_freed(Said *said)
{
    PyMem_Free(said->keys);
    PyMem_Free(said->counts);
}
