/* Two wrong characters side by side: the twin of normtool/typos/twos.py. */
#include "typos.h"

#include <string.h>

/* Whether two characters go with nothing around them. */
int
odd_twos(const Sheet *sheet, Py_ssize_t place)
{
    const uint16_t *at = sheet->ids + place;
    const uint8_t *level = sheet->levels + place;
    int begins = at[-1] == BREAK, ends = at[2] == BREAK;
    return at[0] >= FIRST && at[1] >= FIRST && (begins || level[-1] == 0) &&
           (ends || level[0] == 0) && !(begins && ends);
}

static int
is_near(const Links *links, Py_ssize_t link)
{
    enum { BY_SOUND = 3 };
    return links->kind[link] <= BY_SOUND || links->shape[link] >= 2 || links->habit[link] >= 2;
}

/* Of the pairs that may be meant, the most frequent, and how many there are in all. */
enum { BEST = 12 };

typedef struct {
    int32_t one, two;
    int level;
} Pair;

typedef struct {
    Pair pairs[BEST];
    int count, all;
} Best;

static int
goes_before(const Pair *a, const Pair *b, int by_level)
{
    if (by_level && a->level != b->level) {
        return a->level > b->level;
    }
    return a->one != b->one ? a->one < b->one : a->two < b->two;
}

/* Puts a pair in its place; the last one falls out when there are too many. */
static void
placed(Best *best, Pair pair, int by_level)
{
    int at = best->count;
    while (at > 0 && goes_before(&pair, &best->pairs[at - 1], by_level)) {
        at--;
    }
    if (at == BEST) {
        return;
    }
    int last = best->count < BEST ? best->count++ : BEST - 1;
    memmove(best->pairs + at + 1, best->pairs + at, (size_t)(last - at) * sizeof pair);
    best->pairs[at] = pair;
}

/* The frequent pairs of what two characters may mean: by level if some are left out, else by
 * their links. */
static Best
frequent(const Model *model, unsigned x, unsigned y)
{
    const Links *links = &model->links;
    Best best = {.count = 0}, sorted = {.count = 0};
    uint8_t seconds[ROW] = {0};
    for (int32_t two = links->begin[y]; two < links->begin[y + 1]; two++) {
        unsigned id = links->others[two];
        seconds[id >> 3] |= (uint8_t)(is_near(links, two) << (id & 7));
    }
    for (int32_t one = links->begin[x]; one < links->begin[x + 1]; one++) {
        const int32_t *begin = model->partner_begin + links->others[one];
        int32_t end = is_near(links, one) ? begin[1] : begin[0];
        for (int32_t i = begin[0]; i < end; i++) {
            unsigned id = model->partners[i];
            if (!has_bit(seconds, id)) {
                continue;
            }
            for (int32_t two = links->begin[y]; two < links->begin[y + 1]; two++) {
                if (links->others[two] == id && is_near(links, two)) {
                    placed(&best, (Pair){one, two, model->partner_levels[i]}, 1);
                    best.all++;
                }
            }
        }
    }
    for (int i = 0; i < best.count; i++) {
        placed(&sorted, best.pairs[i], best.all > BEST);
    }
    return sorted;
}

/* The frequent pairs that sound or look like those at a place and go with a neighbour; -1
 * without memory. */
int
likely_twos(const Sheet *sheet, Py_ssize_t place, Candidates *found)
{
    const Model *model = sheet->model;
    const Links *links = &model->links;
    const uint16_t *at = sheet->ids + place;
    Best best = frequent(model, at[0], at[1]);
    uint64_t keys[2 * BEST];
    uint8_t levels[2 * BEST];
    for (int i = 0; i < best.count; i++) {
        unsigned a = links->others[best.pairs[i].one], b = links->others[best.pairs[i].two];
        keys[2 * i] = key3(at[-1], a, b);
        keys[2 * i + 1] = key3(a, b, at[2]);
    }
    triples_of(model, keys, 2 * best.count, levels);
    for (int i = 0; i < best.count; i++) {
        int32_t link[2] = {best.pairs[i].one, best.pairs[i].two};
        if (levels[2 * i] == 0 && levels[2 * i + 1] == 0) {
            continue;
        }
        Candidate *two = candidate_added(found);
        if (two == NULL) {
            return -1;
        }
        two->place = place;
        for (int k = 0; k < 2; k++) {
            two->id[k] = links->others[link[k]];
            two->code[k] = model->code_of[two->id[k]];
            two->kind[k] = links->kind[link[k]];
            two->shape[k] = links->shape[link[k]];
            two->habit[k] = links->habit[link[k]];
        }
    }
    return 0;
}

/* Two characters between their neighbours: pairs, triples, fours, and words over both. */
typedef struct {
    int pairs[3], triples[4], fours, word, strength, proper;
} Between;

static Between
between(const Sheet *sheet, Py_ssize_t place, const uint16_t id[2], const uint16_t code[2])
{
    const Model *model = sheet->model;
    uint16_t ids[6], codes[8];
    memcpy(ids, sheet->ids + place - 2, sizeof ids);
    memcpy(codes, sheet->codes + place - 3, sizeof codes);
    memcpy(ids + 2, id, 2 * sizeof *id);
    memcpy(codes + 3, code, 2 * sizeof *code);
    Between it = {.word = 0};
    for (int i = 0; i < 3; i++) {
        it.pairs[i] = pair_of(model, ids[i + 1], ids[i + 2]);
        it.fours += four_of(model, ids[i], ids[i + 1], ids[i + 2], ids[i + 3]);
    }
    for (int i = 0; i < 4; i++) {
        it.triples[i] = triple_of(model, ids[i], ids[i + 1], ids[i + 2]);
    }
    for (int length = 2; length <= LONGEST_WORD; length++) {
        for (int start = 2 - length; start <= 0; start++) {
            int value = word_of(model, codes + 3 + start, length);
            if (value & 3) {
                it.word = length;
                it.strength = value & 3;
            }
            it.proper = value >= 4 ? length : it.proper;
        }
    }
    return it;
}

static int
least_of(int a, int b)
{
    return a < b ? a : b;
}

static float
row_filled(const Sheet *sheet, const Candidate *two, const Between *old, const Said *said,
           const int beside[2], float *row)
{
    const Model *model = sheet->model;
    const uint16_t *at = sheet->ids + two->place;
    const uint8_t *traits = model->traits;
    Between new = between(sheet, two->place, two->id, two->code);
    int said_of[4];
    for (int i = 0; i < 4; i++) {
        said_of[i] = said->counts[two->said[i]];
    }
    const int figures[TWO_FIGURES] = {
        old->pairs[0], old->pairs[1], old->pairs[2], new.pairs[0], new.pairs[1], new.pairs[2],
        old->triples[0], old->triples[1], old->triples[2], old->triples[3],
        new.triples[0], new.triples[1], new.triples[2], new.triples[3], old->fours, new.fours,
        old->word, old->strength, old->proper, new.word, new.strength, new.proper,
        least_of(two->kind[0], two->kind[1]),
        two->kind[0] > two->kind[1] ? two->kind[0] : two->kind[1],
        least_of(two->habit[0], two->habit[1]), least_of(two->shape[0], two->shape[1]),
        least_of(traits[at[0] * TRAITS + COMMON], traits[at[1] * TRAITS + COMMON]),
        least_of(traits[two->id[0] * TRAITS + COMMON], traits[two->id[1] * TRAITS + COMMON]),
        pair_of(model, at[-2], at[-1]), pair_of(model, at[2], at[3]), beside[0], beside[1],
        at[-1] == BREAK, at[2] == BREAK, said_of[0] - 1, said_of[1], said_of[2] + said_of[3],
        unknown(sheet, two->place - 1), unknown(sheet, two->place + 2), 0, 0,
    };
    for (int i = 0; i < TWO_FIGURES; i++) {
        row[i] = (float)figures[i];
    }
    int seen = new.triples[0] + new.triples[1] + new.triples[2] + new.triples[3];
    return (float)(new.pairs[1] + 8 * seen + 10 * (new.fours + new.word));
}

/* The rows of all candidates of one place; how many figures a row has. */
int
figures_of_twos(const Sheet *sheet, const Candidate *group, Py_ssize_t count, const Said *said,
                float (*rows)[FIGURES])
{
    enum { RIVALS = TWO_FIGURES - 2, LEAD };
    float scores[BEST];
    Py_ssize_t place = group->place;
    const uint16_t *codes = sheet->codes + place;
    Between old = between(sheet, place, sheet->ids + place, codes);
    int beside[2] = {0, 0};
    for (int length = 2; length <= 4; length++) {
        if ((word_of(sheet->model, codes - length, length) & 3) > 1) {
            beside[0] = length;
        }
        if ((word_of(sheet->model, codes + 2, length) & 3) > 1) {
            beside[1] = length;
        }
    }
    count = count < BEST ? count : BEST;
    for (Py_ssize_t i = 0; i < count; i++) {
        scores[i] = row_filled(sheet, &group[i], &old, said, beside, rows[i]);
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        contested(scores, count, i, &rows[i][RIVALS], &rows[i][LEAD]);
    }
    return TWO_FIGURES;
}
