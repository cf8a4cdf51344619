/* What the loops of the TEI writer share. */
#ifndef NORMTOOL_TEI_H
#define NORMTOOL_TEI_H

#include "native.h"

/* What all lines of a speech share. */
typedef struct {
    PyObject *changes, *prepare, *original, *cleaned, *shown, *place_of, *ident, *escape;
    int converted;
    PyObject *inferred, *used, *noted, *widths, *kind, *certainty;
} TeiSpeech;

/* Of the tuple Shared of normtool/export/tei/simple.py, borrowed. 0, or -1 with an exception set. */
int tei_speech_of(PyObject *tuple, TeiSpeech *speech);
/* What is written for cleaned[start:stop], as markup; NULL with an exception set. */
PyObject *tei_words_of(const TeiSpeech *speech, Py_ssize_t start, Py_ssize_t stop);
/* cleaned[start:stop] with marks, a list, in the place of what they stand for. */
PyObject *tei_said_of(const TeiSpeech *speech, Py_ssize_t start, Py_ssize_t stop, PyObject *marks);
/* The marks of the line cleaned[first:last], counted on from *number; NULL with an exception set,
 * or without one if a change is not simple or meets another. */
PyObject *tei_marks_of(const TeiSpeech *speech, PyObject *pieces, Py_ssize_t first,
                       Py_ssize_t last, Py_ssize_t *number);
/* Whether a text can stand in an element as it is. */
int tei_is_plain(Text text);

#endif
