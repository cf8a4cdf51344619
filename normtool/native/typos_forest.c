/* A forest: the twin of normtool/typos/trees.py. */
#include "typos.h"

#include <string.h>

static int
whole_at(const Py_buffer *view, Py_ssize_t i)
{
    return view->itemsize == 1 ? ((const uint8_t *)view->buf)[i] : ((const int16_t *)view->buf)[i];
}

/* Lays out five arrays (feature, threshold, left, right, value), a row a tree, as nodes;
 * every way through a tree leads down, and asks for one of so many figures. */
int
forest_filled(Forest *forest, const Py_buffer *parts[5], int figures)
{
    Py_ssize_t count = parts[0]->len / parts[0]->itemsize;
    enum { MOST_NODES = 255 };
    uint8_t depths[MOST_NODES] = {0};
    int fits = parts[0]->ndim == 2 && parts[0]->shape[1] > 0 &&
               parts[0]->shape[0] <= MOST_TREES && parts[0]->shape[1] <= MOST_NODES;
    for (int i = 1; i < 5; i++) {
        fits = fits && parts[i]->len / parts[i]->itemsize == count;
    }
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "a forest of the typo model has no such shape");
        return -1;
    }
    int size = (int)parts[0]->shape[1];
    forest->size = size;
    forest->trees = (int)parts[0]->shape[0];
    forest->nodes = PyMem_New(Node, count ? count : 1);
    if (forest->nodes == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = count; i-- > 0;) { /* children come behind their parents */
        Node *node = &forest->nodes[i];
        int own = (int)(i % size);
        int feature = whole_at(parts[0], i), left = whole_at(parts[2], i);
        int right = whole_at(parts[3], i), leaf = left == own && right == own;
        int down = left > own && right > own && left < size && right < size;
        if (feature < 0 || feature >= figures || !(leaf || down)) {
            PyErr_SetString(PyExc_ValueError, "a tree of the typo model does not lead down");
            return -1;
        }
        node->feature = (int16_t)feature;
        node->next[0] = (int16_t)right;
        node->next[1] = (int16_t)left;
        node->threshold = ((const float *)parts[1]->buf)[i];
        node->value = ((const float *)parts[4]->buf)[i];
        int below = depths[left] > depths[right] ? depths[left] : depths[right];
        depths[own] = (uint8_t)(leaf ? 0 : below + 1);
        forest->depth[i / size] = depths[own];
    }
    return 0;
}

/* The values that eight trees side by side have for a row: each question waits for the one
 * before it, but not for those of the other trees. */
static void
eight_asked(const Forest *forest, int tree, const float *row, float values[8])
{
    const Node *root = &forest->nodes[(Py_ssize_t)tree * forest->size];
    int at[8], depth = 0;
    for (int k = 0; k < 8; k++) {
        at[k] = k * forest->size;
        depth = forest->depth[tree + k] > depth ? forest->depth[tree + k] : depth;
    }
    while (depth-- > 0) {
        for (int k = 0; k < 8; k++) {
            const Node *node = &root[at[k]];
            at[k] = k * forest->size + node->next[row[node->feature] <= node->threshold];
        }
    }
    for (int k = 0; k < 8; k++) {
        values[k] = root[at[k]].value;
    }
}

static float
value_of(const Forest *forest, int tree, const float *row)
{
    const Node *nodes = &forest->nodes[(Py_ssize_t)tree * forest->size];
    int at = 0;
    for (int depth = forest->depth[tree]; depth > 0; depth--) {
        at = nodes[at].next[row[nodes[at].feature] <= nodes[at].threshold];
    }
    return nodes[at].value;
}

/* The sum of floats in the order of numpy, so that the last bit is the same. */
static float
sum_of(const float *values, int count)
{
    if (count < 8) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return sum;
    }
    if (count <= 128) {
        float sums[8];
        int i;
        memcpy(sums, values, sizeof sums);
        for (i = 8; i < count - count % 8; i += 8) {
            for (int k = 0; k < 8; k++) {
                sums[k] += values[i + k];
            }
        }
        float sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
                    ((sums[4] + sums[5]) + (sums[6] + sums[7]));
        for (; i < count; i++) {
            sum += values[i];
        }
        return sum;
    }
    int half = count / 2;
    half -= half % 8;
    return sum_of(values, half) + sum_of(values + half, count - half);
}

/* The log-odds of a row; of one that falls below a bound on the way, what they were then. */
float
forest_score(const Forest *forest, const float *row, int staged)
{
    float total = 0, values[MOST_TREES];
    int begin = 0;
    for (int stage = staged ? 0 : 2; stage < 3; stage++) {
        int end = stage < 2 ? forest->stages[stage].trees : forest->trees;
        end = end < forest->trees ? end : forest->trees;
        int tree = begin;
        for (; tree + 8 <= end; tree += 8) {
            eight_asked(forest, tree, row, values + tree - begin);
        }
        if (tree < end && end - begin >= 8) { /* some of the last eight a second time */
            eight_asked(forest, end - 8, row, values + end - 8 - begin);
            tree = end;
        }
        for (; tree < end; tree++) {
            values[tree - begin] = value_of(forest, tree, row);
        }
        total += sum_of(values, end - begin);
        begin = end;
        if (stage < 2 && !(total >= forest->stages[stage].bound)) {
            break;
        }
    }
    return total;
}
