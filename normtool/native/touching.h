/* Edits of two layers that touch, in the text between. */
#ifndef NORMTOOL_TOUCHING_H
#define NORMTOOL_TOUCHING_H

#include "native.h"

/* Rows first to before last of two columns: what stands in the text between, and what one
 * side has in its stead; places[row - base] is where it stands. */
typedef struct {
    const Py_ssize_t *places;
    PyObject *here, *there;
    Py_ssize_t first, last, base;
} Patches;

/* Before and after of all of them (new references); the first begins at start. */
int sides(Py_ssize_t start, const Patches *ours, const Patches *theirs, PyObject **before,
          PyObject **after);

#endif
