/* The figures of candidates of one character: the twin of ``figures`` in evidence.py and
 * closer.py, in their order (normtool/typos/figures.py). */
#include "typos.h"

#include <string.h>

/* The words over a place: the longest, its strength, the longest name. */
typedef struct {
    int longest, strength, proper;
} Over;

/* What stands in the text at a place and beside it. */
typedef struct {
    int pairs[2], before, after, triples[3], fours, ending, starting;
    Over over;
} Written;

static int
fours_of(const Model *model, const uint16_t *ids)
{
    int seen = 0;
    for (int i = -3; i <= 0; i++) {
        seen += four_of(model, ids[i], ids[i + 1], ids[i + 2], ids[i + 3]);
    }
    return seen;
}

static Over
words_over(const Model *model, const uint16_t *codes)
{
    Over over = {0, 0, 0};
    for (int length = 2; length <= LONGEST_WORD; length++) {
        int strongest = 0;
        for (int start = 1 - length; start <= 0; start++) {
            int value = word_of(model, codes + start, length);
            strongest = (value & 3) > strongest ? value & 3 : strongest;
            over.proper = value >= 4 ? length : over.proper;
        }
        if (strongest) {
            over.longest = length;
            over.strength = strongest;
        }
    }
    return over;
}

static Written
written_at(const Sheet *sheet, Py_ssize_t place)
{
    enum { BESIDE = 4 };
    const Model *model = sheet->model;
    const uint16_t *at = sheet->ids + place, *codes = sheet->codes + place;
    Written it = {
        .pairs = {pair_of(model, at[-1], at[0]), pair_of(model, at[0], at[1])},
        .before = pair_of(model, at[-2], at[-1]),
        .after = pair_of(model, at[1], at[2]),
        .fours = fours_of(model, at),
        .over = words_over(model, codes),
    };
    for (int i = 0; i < 3; i++) {
        it.triples[i] = triple_of(model, at[i - 2], at[i - 1], at[i]);
    }
    for (int length = 2; length <= BESIDE; length++) {
        it.ending = (word_of(model, codes - length, length) & 3) > 1 ? length : it.ending;
        it.starting = (word_of(model, codes + 1, length) & 3) > 1 ? length : it.starting;
    }
    return it;
}

/* Of one place's candidates with these scores: how many they are, and how far one leads. */
void
contested(const float *scores, Py_ssize_t count, Py_ssize_t number, float *rivals, float *lead)
{
    enum { FAR = 150, ALONE_THERE = -100 };
    float other = ALONE_THERE;
    for (Py_ssize_t i = 0, first = 1; i < count; i++) {
        if (i != number) {
            other = first || scores[i] > other ? scores[i] : other;
            first = 0;
        }
    }
    *rivals = (float)count;
    *lead = scores[number] - other;
    *lead = *lead > FAR ? FAR : *lead < -FAR ? -FAR : *lead;
}

/* Fills a row but for its rivals and its lead; what its score among them is. */
static float
row_filled(const Sheet *sheet, const Candidate *one, const Written *it, const Said *said,
           float *row)
{
    const Model *model = sheet->model;
    const uint16_t *at = sheet->ids + one->place;
    uint16_t ids[7], codes[2 * LONGEST_WORD + 1];
    memcpy(ids, at - 3, sizeof ids);
    memcpy(codes, sheet->codes + one->place - LONGEST_WORD, sizeof codes);
    ids[3] = one->id[0];
    codes[LONGEST_WORD] = one->code[0];
    int left = pair_of(model, at[-1], one->id[0]), right = pair_of(model, one->id[0], at[1]);
    int triples[3], gained = 0;
    for (int i = 0; i < 3; i++) {
        triples[i] = triple_of(model, ids[i + 1], ids[i + 2], ids[i + 3]);
        gained += triples[i];
    }
    int sum = gained;
    int fours = fours_of(model, ids + 3);
    Over over = words_over(model, codes + LONGEST_WORD);
    const uint8_t *of_old = model->traits + at[0] * TRAITS;
    const uint8_t *of_new = model->traits + one->id[0] * TRAITS;
    const uint8_t *of_left = model->traits + at[-1] * TRAITS;
    const uint8_t *of_right = model->traits + at[1] * TRAITS;
    const uint8_t *of_second = model->traits + at[-2] * TRAITS;
    int gain_left = left - it->pairs[0], gain_right = right - it->pairs[1];
    for (int i = 0; i < 3; i++) {
        gained -= it->triples[i];
    }
    const int figures[] = {
        it->pairs[0], it->pairs[1], left, right,
        it->triples[0], it->triples[1], it->triples[2], triples[0], triples[1], triples[2],
        it->fours, fours, it->over.longest, over.longest, it->over.strength, over.strength,
        it->over.proper, over.proper, one->kind[0], one->shape[0], one->habit[0],
        of_old[COMMON], of_new[COMMON], it->before, it->after, it->ending, it->starting,
        at[-1] == BREAK, at[1] == BREAK, gain_left, gain_right, gained,
        0, 0, over.longest - it->over.longest, at[-1] == DIGIT || at[1] == DIGIT,
        of_old[ALONE], of_new[ALONE], of_old[GIVEN], of_new[GIVEN],
        of_left[GIVEN], of_right[GIVEN], of_left[SURNAME], of_second[SURNAME],
        of_old[SURNAME], of_old[FOREIGN], of_left[FOREIGN], of_right[FOREIGN],
        gain_left < gain_right ? gain_left : gain_right, fours - it->fours,
    };
    enum { COUNT = sizeof figures / sizeof *figures };
    for (int i = 0; i < COUNT; i++) {
        row[i] = (float)figures[i];
    }
    if (said != NULL) {
        const uint8_t *counts = said->counts;
        const uint32_t *slot = one->said;
        int before = counts[slot[6]], behind = counts[slot[7]];
        row[COUNT] = (float)(counts[slot[0]] + counts[slot[1]] + counts[slot[2]]);
        row[COUNT + 1] = (float)(counts[slot[3]] + counts[slot[4]] + counts[slot[5]] - 3);
        row[COUNT + 2] = (float)(before > behind ? before : behind);
        row[COUNT + 3] = (float)unknown(sheet, one->place - 1);
        row[COUNT + 4] = (float)unknown(sheet, one->place + 1);
    }
    return (float)(sum * 8 + gain_left + gain_right + 10 * fours);
}

/* The rows of all candidates of one place; how many figures a row has, or -1. */
int
figures_of_ones(const Sheet *sheet, const Candidate *group, Py_ssize_t count, const Said *said,
                float (*rows)[FIGURES])
{
    enum { RIVALS = 32, LEAD = 33 };
    float *scores = PyMem_New(float, count);
    if (scores == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    Written it = written_at(sheet, group->place);
    for (Py_ssize_t i = 0; i < count; i++) {
        scores[i] = row_filled(sheet, &group[i], &it, said, rows[i]);
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        contested(scores, count, i, &rows[i][RIVALS], &rows[i][LEAD]);
    }
    PyMem_Free(scores);
    return said != NULL ? ONE_FIGURES : ONE_FIGURES - SAID_FIGURES;
}
