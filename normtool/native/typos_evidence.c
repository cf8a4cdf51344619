/* What may have been meant at a place: the twin of ``candidates`` in evidence.py and closer.py. */
#include "typos.h"

static int
larger(int a, int b)
{
    return a > b ? a : b;
}

/* Adds the candidate of a link; one below 0 is -1 less that of a part. */
static int
added(const Sheet *sheet, Py_ssize_t place, Py_ssize_t link, Candidates *found)
{
    const Links *links = &sheet->model->links;
    Candidate *one = candidate_added(found);
    if (one == NULL) {
        return -1;
    }
    one->place = place;
    one->id[0] = link < 0 ? links->parts[-1 - link] : links->others[link];
    one->code[0] = sheet->model->code_of[one->id[0]];
    one->kind[0] = PART;
    if (link >= 0) {
        one->kind[0] = links->kind[link];
        one->shape[0] = links->shape[link];
        one->habit[0] = links->habit[link];
    }
    return 0;
}

/* A place, and the frequent pairs of what stands on either side of it. */
typedef struct {
    const Line *often_left, *often_right;
    const uint16_t *bit;
    unsigned left, x, right;
} Sides;

static Sides
sides_of(const Model *model, const uint16_t *at)
{
    Sides sides = {
        model->often.lines + (size_t)at[-1] * LINES, model->back.lines + (size_t)at[1] * LINES,
        model->bit, at[-1], at[0], at[1],
    };
    return sides;
}

/* Asks for what a place will be looked up in. */
void
looked_at_soon(const Sheet *sheet, Py_ssize_t place)
{
    Sides sides = sides_of(sheet->model, sheet->ids + place);
    for (int i = 0; i < LINES; i++) {
        SOON(&sides.often_left[i]);
        SOON(&sides.often_right[i]);
    }
    const Model *model = sheet->model;
    SOON(&model->links.others[model->links.begin[sides.x]]);
    SOON(&model->pairs.lines[(size_t)sides.left * LINES + sides.x / CELLS]);
    SOON(&model->pairs.lines[(size_t)sides.x * LINES + sides.right / CELLS]);
}

/* Links of one place, to be tried together. */
enum { TRIED = BLOCK / 3 };
typedef struct {
    int32_t links[TRIED];
    uint16_t ids[TRIED];
    int count;
} Tried;

/* The links from a number to an end, or those of parts, that have a frequent pair on either
 * side; no more than TRIED. (Written so that no branch has to be guessed: memory is waited
 * for once.) */
static Tried
tried_of(const Sides *sides, const uint16_t *others, int32_t first, int32_t end, int parts)
{
    Tried tried;
    int count = 0;
    for (int32_t link = first; link < end; link++) {
        unsigned new = others[link];
        tried.links[count] = parts ? -1 - link : link;
        tried.ids[count] = (uint16_t)new;
        unsigned bit = sides->bit[new];
        count += (int)(has_pair(sides->often_left, bit) | has_pair(sides->often_right, bit));
    }
    tried.count = count;
    return tried;
}

/* Whether a character stands much worse on both sides than that in the text. */
static int
much_worse(const Model *model, const Sides *sides, unsigned new)
{
    enum { WORSE = 40 };
    return pair_of(model, sides->left, new) - pair_of(model, sides->left, sides->x) <= -WORSE &&
           pair_of(model, new, sides->right) - pair_of(model, sides->x, sides->right) <= -WORSE;
}

/* Adds of what was tried what stands better than that in the text; -1 without memory. What is
 * not frequent on a side has a level below OFTEN there: mostly that is enough to know. */
static int
better(const Sheet *sheet, Py_ssize_t place, const Sides *sides, const Tried *tried,
       Candidates *found)
{
    enum { GAIN = 20, LEAST = 30 };
    const Model *model = sheet->model;
    int old_left = pair_of(model, sides->left, sides->x);
    int old_right = pair_of(model, sides->x, sides->right), lefts[TRIED], rights[TRIED];
    for (int i = 0; i < tried->count; i++) {
        unsigned bit = model->bit[tried->ids[i]];
        lefts[i] = level_of(&model->often, sides->left, bit);
        rights[i] = level_of(&model->back, sides->right, bit);
    }
    for (int i = 0; i < tried->count; i++) {
        int left = larger(lefts[i], OFTEN - 1), right = larger(rights[i], OFTEN - 1);
        if (larger(left, right) < LEAST || left + right - old_left - old_right < GAIN) {
            continue;
        }
        left = lefts[i] ? left : pair_of(model, sides->left, tried->ids[i]);
        right = rights[i] ? right : pair_of(model, tried->ids[i], sides->right);
        if (left + right - old_left - old_right >= GAIN &&
            larger(left - old_left, right - old_right) >= GAIN &&
            added(sheet, place, tried->links[i], found) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Characters that stand better between their neighbours; -1 without memory. */
int
likely_ones(const Sheet *sheet, Py_ssize_t place, Candidates *found)
{
    const Links *links = &sheet->model->links;
    Sides sides = sides_of(sheet->model, sheet->ids + place);
    int32_t end = links->begin[sides.x + 1];
    for (int32_t first = links->begin[sides.x], last; first < end; first = last) {
        last = end - first < TRIED ? end : first + TRIED;
        Tried tried = tried_of(&sides, links->others, first, last, 0);
        if (tried.count && better(sheet, place, &sides, &tried, found) < 0) {
            return -1;
        }
    }
    return 0;
}

/* The triples around a place, with an empty place for what stands there: 0 to 3, those first
 * that lie on both sides of it. Beside a break a triple says nothing. */
typedef struct {
    uint64_t keys[3];
    int shifts[3], count;
} Around;

static Around
around(const uint16_t *at)
{
    Around all = {{key3(at[-1], 0, at[1]), 0, 0}, {BITS, 0, 0}, 1};
    if (at[-1] != BREAK) {
        all.keys[all.count++] = key3(at[-2], at[-1], 0);
    }
    if (at[1] != BREAK) {
        all.keys[all.count] = key3(0, at[1], at[2]);
        all.shifts[all.count++] = 2 * BITS;
    }
    return all;
}

/* Keeps of what was tried what makes as many triples known as are needed, and is not much
 * worse; -1 without memory. */
static int
supported(const Sheet *sheet, Py_ssize_t place, const Sides *sides, const Around *all, int needed,
          const Tried *tried, Candidates *found)
{
    const Model *model = sheet->model;
    uint64_t keys[BLOCK];
    uint8_t levels[BLOCK];
    int first = all->count - needed + 1; /* where none of these is known, others are too few */
    for (int i = 0, next = 0; i < tried->count; i++) {
        for (int k = 0; k < first; k++) {
            keys[next++] = all->keys[k] | (uint64_t)tried->ids[i] << all->shifts[k];
        }
    }
    triples_of(model, keys, tried->count * first, levels);
    for (int i = 0; i < tried->count; i++) {
        int known = 0;
        for (int k = 0; k < first; k++) {
            known += levels[i * first + k] > 0;
        }
        if (known == 0) {
            continue;
        }
        for (int k = first; k < all->count; k++) {
            uint64_t key = all->keys[k] | (uint64_t)tried->ids[i] << all->shifts[k];
            uint8_t level;
            triples_of(model, &key, 1, &level);
            known += level > 0;
        }
        if (known >= needed && !much_worse(model, sides, tried->ids[i]) &&
            added(sheet, place, tried->links[i], found) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Characters with which more triples are known, those that share a part behind the others;
 * -1 without memory. */
int
closer_ones(const Sheet *sheet, Py_ssize_t place, Candidates *found)
{
    const Model *model = sheet->model;
    const Links *links = &model->links;
    Sides sides = sides_of(model, sheet->ids + place);
    unsigned x = sides.x;
    Around all = around(sheet->ids + place);
    int needed = all.count - unknown(sheet, place) + 1;
    for (int parts = 0; parts < 2; parts++) {
        const int32_t *begin = parts ? links->part_begin : links->begin;
        const uint16_t *others = parts ? links->parts : links->others;
        for (int32_t first = begin[x], last; first < begin[x + 1]; first = last) {
            last = begin[x + 1] - first < TRIED ? begin[x + 1] : first + TRIED;
            Tried tried = tried_of(&sides, others, first, last, parts);
            if (supported(sheet, place, &sides, &all, needed, &tried, found) < 0) {
                return -1;
            }
        }
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
