/* What may have been meant at a place: the twin of ``candidates`` in evidence.py and closer.py. */
#include "typos.h"

static int
larger(int a, int b)
{
    return a > b ? a : b;
}

static int
added(const Sheet *sheet, Py_ssize_t place, Py_ssize_t link, Candidates *found)
{
    const Links *links = &sheet->model->links;
    Candidate *one = candidate_added(found);
    if (one == NULL) {
        return -1;
    }
    one->place = place;
    one->id[0] = links->others[link];
    one->code[0] = sheet->model->code_of[one->id[0]];
    one->kind[0] = links->kind[link];
    one->shape[0] = links->shape[link];
    one->habit[0] = links->habit[link];
    return 0;
}

/* Characters that stand better between their neighbours; -1 without memory. */
int
likely_ones(const Sheet *sheet, Py_ssize_t place, Candidates *found)
{
    enum { GAIN = 20, OFTEN = 30 };
    const Model *model = sheet->model;
    const Links *links = &model->links;
    unsigned left = sheet->ids[place - 1], x = sheet->ids[place], right = sheet->ids[place + 1];
    const uint8_t *before = model->pairs + (size_t)left * SIZE;
    const uint8_t *behind = model->pairs + right;
    int old_left = before[x], old_right = behind[(size_t)x * SIZE];
    for (Py_ssize_t i = links->begin[x]; i < links->begin[x + 1]; i++) {
        unsigned new = links->others[i];
        int new_left = before[new], new_right = behind[(size_t)new * SIZE];
        int gain_left = new_left - old_left, gain_right = new_right - old_right;
        if (gain_left + gain_right >= GAIN && larger(gain_left, gain_right) >= GAIN &&
            larger(new_left, new_right) >= OFTEN && added(sheet, place, i, found) < 0) {
            return -1;
        }
    }
    return 0;
}

/* How many of the triples around a place are known with x in it. */
static int
support(const Sheet *sheet, Py_ssize_t place, unsigned x)
{
    const Model *model = sheet->model;
    const uint16_t *at = sheet->ids + place;
    return (triple_of(model, at[-1], x, at[1]) > 0) +
           (at[-1] != BREAK && triple_of(model, at[-2], at[-1], x) > 0) +
           (at[1] != BREAK && triple_of(model, x, at[1], at[2]) > 0);
}

/* Characters with which more triples are known, those that share a part behind the others;
 * -1 without memory. */
int
closer_ones(const Sheet *sheet, Py_ssize_t place, Candidates *found)
{
    enum { KNOWN = 24, WORSE = 40 };
    const Model *model = sheet->model;
    const Links *links = &model->links;
    unsigned left = sheet->ids[place - 1], x = sheet->ids[place], right = sheet->ids[place + 1];
    const uint8_t *before = model->pairs + (size_t)left * SIZE;
    const uint8_t *behind = model->pairs + right;
    int old_left = before[x], old_right = behind[(size_t)x * SIZE];
    int supported = -1;
    Py_ssize_t plain = links->begin[x + 1] - links->begin[x];
    Py_ssize_t all = plain + links->part_begin[x + 1] - links->part_begin[x];
    for (Py_ssize_t i = 0; i < all; i++) {
        unsigned new = i < plain ? links->others[links->begin[x] + i]
                                 : links->parts[links->part_begin[x] + i - plain];
        int new_left = before[new], new_right = behind[(size_t)new * SIZE];
        if (larger(new_left, new_right) < KNOWN ||
            larger(new_left - old_left, new_right - old_right) <= -WORSE) {
            continue;
        }
        if (supported < 0) {
            supported = support(sheet, place, x);
        }
        if (support(sheet, place, new) <= supported) {
            continue;
        }
        if (i < plain) {
            if (added(sheet, place, links->begin[x] + i, found) < 0) {
                return -1;
            }
            continue;
        }
        Candidate *one = candidate_added(found);
        if (one == NULL) {
            return -1;
        }
        one->place = place;
        one->id[0] = (uint16_t)new;
        one->code[0] = model->code_of[new];
        one->kind[0] = PART;
    }
    return 0;
}

/* How a candidate that somebody else names is linked to what stands there. */
void
linked(const Model *model, unsigned old, Candidate *one)
{
    enum { UNLINKED = 9 };
    const Links *links = &model->links;
    one->kind[0] = UNLINKED;
    for (Py_ssize_t i = links->begin[old]; i < links->begin[old + 1]; i++) {
        if (links->others[i] == one->id[0]) {
            one->kind[0] = links->kind[i];
            one->shape[0] = links->shape[i];
            one->habit[0] = links->habit[i];
            return;
        }
    }
}
