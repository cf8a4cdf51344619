/* What the files of the typo model share: its data as they lie in memory, and its look-ups.
 *
 * Their twins are normtool/typos/ tables, fuse, evidence, closer, twos and trees, which
 * say what everything means; here one place is looked at after the other, there all at
 * once. tests/test_native_typos.py holds both to the same candidates, figures and odds.
 */
#ifndef NORMTOOL_TYPOS_H
#define NORMTOOL_TYPOS_H

#include "native.h"

#include <stdint.h>

/* Asks for a line of memory that will be read soon. */
#if defined(__GNUC__)
#define SOON(place) __builtin_prefetch(place)
#else
#define SOON(place) ((void)(place))
#endif

enum { SIZE = 5120, BREAK = 0, DIGIT = 1, RARE = 2, FIRST = 3 }; /* alphabet.py */
enum { MARGIN = 6, BITS = 13, LONGEST_WORD = 5, TRAITS = 5, PART = 5 };
enum { OFTEN = 24, FREQUENT = 30, ROW = SIZE / 8, BLOCK = 192 };
enum { CELLS = 384, LINE_BITS = 512, LINES = (SIZE + CELLS - 1) / CELLS };
enum { COMMON, ALONE, GIVEN, SURNAME, FOREIGN }; /* traits */

/* fuse.py; cells of 16 bits are read where they are wide */
typedef struct {
    const uint8_t *narrow;
    const uint16_t *wide;
    uint64_t segment, span, seed;
    unsigned least; /* what is no value; 0 for a set */
} Fuse;

/* A bit for each of 384 cells of a table of pairs, set where they have a level; how many
 * bits are set before each word, in the line and in all lines before it. Most pairs have no
 * level, and a dense table of all is too much for any cache. */
typedef struct {
    uint64_t bits[CELLS / 64];
    uint16_t before[CELLS / 64];
    uint32_t base;
} Line;

/* Pairs of a character, LINES of them, and one beside it; their levels in their order. */
typedef struct {
    const Line *lines;
    const uint8_t *levels;
    uint64_t count;
} Pairs;

typedef struct {
    float threshold, value;
    int16_t feature, next[2]; /* a leaf leads to itself */
} Node;

enum { MOST_TREES = 256 };

/* After so many trees, a candidate below the bound is dropped. */
typedef struct {
    int trees;
    float bound;
} Stage;

typedef struct {
    Node *nodes;
    int trees, size;            /* nodes of a tree */
    uint8_t depth[MOST_TREES];
    Stage stages[2];
} Forest;

/* Which characters may have been meant: by sound, shape and habit; by a common part. */
typedef struct {
    const int32_t *begin;
    const uint16_t *others;
    const uint8_t *kind, *shape, *habit;
    int32_t *part_begin;
    const uint16_t *parts;
} Links;

typedef struct {
    uint16_t *number;  /* of every code point below 0x10000 */
    uint16_t *code_of; /* and back */
    Pairs pairs, often, back; /* all; from level OFTEN on; these by the second character */
    uint16_t *bit;            /* of every character, where its bit is in a row of lines */
    const uint8_t *traits;
    const int32_t *partner_begin;      /* what stands behind a character FREQUENT-ly */
    const uint16_t *partners;
    const uint8_t *partner_levels;
    Fuse common3, rare3, seen4, words;
    Links links;
    Forest first, one, two;
} Model;

/* A text as numbers and code points, with margins of breaks; of each place, the level of
 * the triple that starts there, where any look asks for it. */
typedef struct {
    const Model *model;
    uint16_t *ids, *codes;
    uint8_t *levels;
    Py_ssize_t length; /* with both margins */
} Sheet;

/* What may be meant: one character at a place, or two from there on. */
typedef struct {
    Py_ssize_t place;
    uint16_t id[2], code[2];      /* of what may be meant; the second is 0 for one only */
    uint8_t kind[2], shape[2], habit[2];
    uint32_t said[8];             /* slots in the counts of the document */
} Candidate;

typedef struct {
    Candidate *all;
    Py_ssize_t count, room;
} Candidates;

/* How often a document says two or three characters side by side: only what was asked. */
typedef struct {
    uint64_t *keys;
    uint8_t *counts;
    size_t room;
} Said;

/* Figures of a candidate: of one character, with those that the document says; of two. */
enum { ONE_FIGURES = 55, SAID_FIGURES = 5, TWO_FIGURES = 41, FIGURES = 56 };

static inline uint64_t
mixed(uint64_t key, uint64_t seed)
{
    key += seed;
    key *= UINT64_C(0x9E3779B97F4A7C15);
    key ^= key >> 32;
    key *= UINT64_C(0xBF58476D1CE4E5B9);
    return key ^ key >> 29;
}

/* Asks for the cells of a key. */
static inline void
fuse_soon(const Fuse *fuse, uint64_t hashed)
{
    uint64_t mask = fuse->segment - 1, width = fuse->wide != NULL ? 2 : 1;
    uint64_t first = (hashed >> 32) * fuse->span >> 32;
    SOON(fuse->narrow + first * width);
    SOON(fuse->narrow + ((first + fuse->segment) ^ (hashed >> 18 & mask)) * width);
    SOON(fuse->narrow + ((first + 2 * fuse->segment) ^ (hashed & mask)) * width);
}

static inline unsigned
fuse_of(const Fuse *fuse, uint64_t hashed)
{
    uint64_t mask = fuse->segment - 1;
    uint64_t first = (hashed >> 32) * fuse->span >> 32;
    uint64_t second = (first + fuse->segment) ^ (hashed >> 18 & mask);
    uint64_t third = (first + 2 * fuse->segment) ^ (hashed & mask);
    unsigned found;
    if (fuse->wide != NULL) {
        found = fuse->wide[first] ^ fuse->wide[second] ^ fuse->wide[third];
        found ^= (unsigned)(hashed & 0xFFFF);
    } else {
        found = fuse->narrow[first] ^ fuse->narrow[second] ^ fuse->narrow[third];
        found ^= (unsigned)(hashed & 0xFF);
    }
    if (fuse->least == 0) {
        return found == 0;
    }
    return found < fuse->least ? found : 0;
}

/* The bits of a word that are set. */
static inline unsigned
bits_of(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (unsigned)(word * UINT64_C(0x0101010101010101) >> 56);
}

/* Whether a pair has a level; of the other character, where its bit is in a row. */
static inline unsigned
has_pair(const Line *row, unsigned bit)
{
    return row[bit / LINE_BITS].bits[bit / 64 % (LINE_BITS / 64)] >> bit % 64 & 1;
}

/* The level of a pair, or 0: so many levels lie before its own as there are bits before its
 * own. (Written so that no branch has to be guessed.) */
static inline int
level_of(const Pairs *pairs, unsigned one, unsigned bit)
{
    const Line *line = pairs->lines + (size_t)one * LINES + bit / LINE_BITS;
    unsigned word = bit / 64 % (LINE_BITS / 64);
    uint64_t bits = line->bits[word];
    uint64_t own = UINT64_C(1) << bit % 64;
    uint64_t rank = line->base + line->before[word] + bits_of(bits & (own - 1));
    unsigned there = (bits & own) != 0 && rank < pairs->count;
    unsigned level = pairs->levels[there ? rank : 0];
    return (int)(level & (0u - there));
}

/* The level of two characters side by side. */
static inline int
pair_of(const Model *model, unsigned a, unsigned b)
{
    return level_of(&model->pairs, a, model->bit[b]);
}

static inline uint64_t
key3(uint64_t a, uint64_t b, uint64_t c)
{
    return (a << BITS | b) << BITS | c;
}

static inline int
triple_of(const Model *model, unsigned a, unsigned b, unsigned c)
{
    uint64_t key = key3(a, b, c), hashed = mixed(key, model->common3.seed);
    unsigned level = fuse_of(&model->common3, hashed);
    if (level) {
        return (int)level;
    }
    if (model->rare3.seed != model->common3.seed) {
        hashed = mixed(key, model->rare3.seed);
    }
    return (int)fuse_of(&model->rare3, hashed);
}

/* Whether a row of bits has that of a character. */
static inline int
has_bit(const uint8_t *row, unsigned id)
{
    return row[id >> 3] >> (id & 7) & 1;
}

static inline int
four_of(const Model *model, unsigned a, unsigned b, unsigned c, unsigned d)
{
    return (int)fuse_of(&model->seen4, mixed(key3(a, b, c) << BITS | d, model->seen4.seed));
}

/* The strength of a word of code points, plus 4 for a name. */
static inline int
word_of(const Model *model, const uint16_t *codes, int length)
{
    uint64_t key = (uint64_t)length;
    for (int i = 0; i < length; i++) {
        key = key * UINT64_C(0x100000001B3) + codes[i];
    }
    return (int)fuse_of(&model->words, mixed(key, model->words.seed));
}

/* typos_tables.c: the data out of the arrays that were kept */
int model_filled(Model *model, PyObject *arrays, PyObject *careless, Py_buffer *views, int *held);
void model_freed(Model *model);
enum { VIEWS = 64 };

/* typos_pairs.c */
int add_pairs(PyObject *module);

/* typos_sheet.c */
void triples_of(const Model *model, const uint64_t *keys, int count, uint8_t *levels);
int sheet_filled(Sheet *sheet, const Model *model, PyObject *text);
void sheet_freed(Sheet *sheet);
int suspicious(const Sheet *sheet, Py_ssize_t place);
int unknown(const Sheet *sheet, Py_ssize_t place);
Candidate *candidate_added(Candidates *found);

/* typos_evidence.c: what may be meant at a place; -1 without memory */
void looked_at_soon(const Sheet *sheet, Py_ssize_t place);
int likely_ones(const Sheet *sheet, Py_ssize_t place, Candidates *found);
int closer_ones(const Sheet *sheet, Py_ssize_t place, Candidates *found);
void linked(const Model *model, unsigned old, Candidate *one);

/* typos_twos.c */
int odd_twos(const Sheet *sheet, Py_ssize_t place);
int likely_twos(const Sheet *sheet, Py_ssize_t place, Candidates *found);
int figures_of_twos(const Sheet *sheet, const Candidate *group, Py_ssize_t count,
                    const Said *said, float (*rows)[FIGURES]);

/* typos_figures.c: a row for each candidate of one place; how many figures that are */
int figures_of_ones(const Sheet *sheet, const Candidate *group, Py_ssize_t count,
                    const Said *said, float (*rows)[FIGURES]);
void contested(const float *scores, Py_ssize_t count, Py_ssize_t number, float *rivals,
               float *lead);

/* typos_said.c */
int said_filled(Said *said, const Sheet *sheet, Candidates *ones, Candidates *twos);
void said_freed(Said *said);

/* typos_forest.c */
int forest_filled(Forest *forest, const Py_buffer *parts[5], int figures);
float forest_score(const Forest *forest, const float *row, int staged);

/* typos_looks.c: lists of tuples (place, what is meant, log-odds, figures), or NULL */
PyObject *first_look(const Sheet *sheet, double least);
PyObject *closer_look(const Sheet *sheet, const uint8_t *near, int twos, double least);
PyObject *given_look(const Sheet *sheet, const Candidates *found);

#endif
