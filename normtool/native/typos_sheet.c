/* A text as the typo model reads it, and the places where it reads badly: the twin of
 * ``page`` and ``suspicious`` in evidence.py, and of ``unknown`` in closer.py. */
#include "typos.h"

/* The levels of many triples, no more than BLOCK, by their keys: look-ups that wait for
 * nothing but memory, so that they wait for it together. */
void
triples_of(const Model *model, const uint64_t *keys, int count, uint8_t *levels)
{
    uint64_t hashed[BLOCK];
    uint8_t others[BLOCK];
    int left = 0;
    for (int i = 0; i < count; i++) {
        hashed[i] = mixed(keys[i], model->common3.seed);
        fuse_soon(&model->common3, hashed[i]);
    }
    for (int i = 0; i < count; i++) {
        levels[i] = (uint8_t)fuse_of(&model->common3, hashed[i]);
    }
    for (int i = 0; i < count; i++) {
        others[left] = (uint8_t)i;
        left += levels[i] == 0;
    }
    for (int i = 0; i < left; i++) {
        if (model->rare3.seed != model->common3.seed) {
            hashed[others[i]] = mixed(keys[others[i]], model->rare3.seed);
        }
        fuse_soon(&model->rare3, hashed[others[i]]);
    }
    for (int i = 0; i < left; i++) {
        levels[others[i]] = (uint8_t)fuse_of(&model->rare3, hashed[others[i]]);
    }
}

/* The levels of the triples that a Han character asks about: beside a break, none does. */
static void
levels_filled(Sheet *sheet)
{
    const uint16_t *ids = sheet->ids;
    uint64_t keys[BLOCK];
    Py_ssize_t places[BLOCK];
    uint8_t levels[BLOCK];
    for (Py_ssize_t i = 0; i + 2 < sheet->length;) {
        int count = 0;
        for (; i + 2 < sheet->length && count < BLOCK; i++) {
            unsigned a = ids[i], b = ids[i + 1], c = ids[i + 2];
            keys[count] = key3(a, b, c);
            places[count] = i;
            count += b != BREAK && (a >= FIRST || b >= FIRST || c >= FIRST);
        }
        triples_of(sheet->model, keys, count, levels);
        for (int k = 0; k < count; k++) {
            sheet->levels[places[k]] = levels[k];
        }
    }
}

/* Reads a str; -1 without memory. */
int
sheet_filled(Sheet *sheet, const Model *model, PyObject *str)
{
    Text text = text_of(str);
    Py_ssize_t length = text.length + 2 * MARGIN;
    sheet->model = model;
    sheet->length = length;
    sheet->ids = PyMem_Calloc((size_t)length, sizeof *sheet->ids);
    sheet->codes = PyMem_Calloc((size_t)length, sizeof *sheet->codes);
    sheet->levels = PyMem_Calloc((size_t)length, sizeof *sheet->levels);
    if (sheet->ids == NULL || sheet->codes == NULL || sheet->levels == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < text.length; i++) {
        Py_UCS4 code = char_at(&text, i);
        if (code < 0x10000) {
            sheet->codes[i + MARGIN] = (uint16_t)code;
            sheet->ids[i + MARGIN] = model->number[code];
        }
    }
    levels_filled(sheet);
    return 0;
}

void
sheet_freed(Sheet *sheet)
{
    PyMem_Free(sheet->ids);
    PyMem_Free(sheet->codes);
    PyMem_Free(sheet->levels);
}

/* How many of the triples that a Han character is in were never seen. */
int
unknown(const Sheet *sheet, Py_ssize_t place)
{
    const uint16_t *at = sheet->ids + place;
    const uint8_t *level = sheet->levels + place;
    if (at[0] < FIRST || (at[-1] == BREAK && at[1] == BREAK)) {
        return 0;
    }
    return (level[-2] == 0 && at[-1] != BREAK) + (level[-1] == 0) +
           (level[0] == 0 && at[1] != BREAK);
}

/* Whether the character at a place stands badly between its neighbours. */
int
suspicious(const Sheet *sheet, Py_ssize_t place)
{
    int unseen = unknown(sheet, place);
    if (unseen != 1) {
        return unseen > 1;
    }
    const uint16_t *at = sheet->ids + place;
    return sheet->levels[place - 1] < 3 && (pair_of(sheet->model, at[-1], at[0]) < 40 ||
                                            pair_of(sheet->model, at[0], at[1]) < 40);
}

/* A new candidate behind all others, to be filled; NULL without memory. */
Candidate *
candidate_added(Candidates *found)
{
    if (found->count == found->room) {
        Py_ssize_t room = found->room ? 2 * found->room : 64;
        Candidate *all = PyMem_Resize(found->all, Candidate, room);
        if (all == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
        found->all = all;
        found->room = room;
    }
    Candidate *one = &found->all[found->count++];
    *one = (Candidate){0};
    return one;
}
