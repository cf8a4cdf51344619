/* The looks at a sheet: candidates, their figures and their log-odds, as Python sees them. */
#include "typos.h"

/* A candidate as Python sees it: place, what is meant, log-odds, figures. */
static PyObject *
told(const Candidate *one, float odds, const float *row, int figures)
{
    Py_ssize_t length = figures == TWO_FIGURES ? 2 : 1;
    PyObject *new = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, one->code, length);
    PyObject *values = PyTuple_New(figures);
    for (int i = 0; values != NULL && i < figures; i++) {
        PyObject *value = PyLong_FromLong((long)row[i]);
        if (value == NULL) {
            Py_CLEAR(values);
            break;
        }
        PyTuple_SET_ITEM(values, i, value);
    }
    if (new == NULL || values == NULL) {
        Py_XDECREF(new);
        Py_XDECREF(values);
        return NULL;
    }
    return Py_BuildValue("(nNdN)", one->place - MARGIN, new, (double)odds, values);
}

typedef int Rows(const Sheet *, const Candidate *, Py_ssize_t, const Said *, float (*)[FIGURES]);

/* Appends to a list the candidates of a forest's log-odds from ``least`` on; -1 on failure. */
static int
scored(const Sheet *sheet, const Candidates *found, const Said *said, Rows *filled,
       const Forest *forest, double least, int staged, PyObject *list)
{
    Py_ssize_t most = 0, first = 0;
    for (Py_ssize_t i = 0; i < found->count; i++) {
        first = found->all[i].place == found->all[first].place ? first : i;
        most = i - first + 1 > most ? i - first + 1 : most;
    }
    float(*rows)[FIGURES] = PyMem_Malloc((size_t)(most ? most : 1) * sizeof *rows);
    if (rows == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    int done = 0;
    for (Py_ssize_t i = 0, next; done == 0 && i < found->count; i = next) {
        const Candidate *group = &found->all[i];
        for (next = i + 1; next < found->count && found->all[next].place == group->place;) {
            next++;
        }
        int figures = filled(sheet, group, next - i, said, rows);
        done = figures < 0 ? -1 : 0;
        for (Py_ssize_t k = 0; done == 0 && k < next - i; k++) {
            float odds = forest_score(forest, rows[k], staged);
            if (odds >= least) {
                PyObject *one = told(&group[k], odds, rows[k], figures);
                done = one == NULL ? -1 : PyList_Append(list, one);
                Py_XDECREF(one);
            }
        }
    }
    PyMem_Free(rows);
    return done;
}

/* The first place from one on that reads badly, or the end of the text. */
static Py_ssize_t
following(const Sheet *sheet, Py_ssize_t place)
{
    while (place < sheet->length - MARGIN && !suspicious(sheet, place)) {
        place++;
    }
    return place;
}

/* The candidates of the first look, by place: a list, or NULL. */
PyObject *
first_look(const Sheet *sheet, double least)
{
    Candidates found = {0};
    PyObject *list = PyList_New(0);
    int done = list == NULL ? -1 : 0;
    Py_ssize_t next = following(sheet, MARGIN);
    while (done == 0 && next < sheet->length - MARGIN) {
        Py_ssize_t at = next;
        next = following(sheet, at + 1);
        looked_at_soon(sheet, next);
        found.count = 0;
        done = likely_ones(sheet, at, &found);
        if (done == 0 && found.count) {
            done = scored(sheet, &found, NULL, figures_of_ones, &sheet->model->first, least, 1,
                          list);
        }
    }
    PyMem_Free(found.all);
    if (done < 0) {
        Py_CLEAR(list);
    }
    return list;
}

/* What a closer look finds where ``near`` is not 0; for ``twos``, two characters as well. */
PyObject *
closer_look(const Sheet *sheet, const uint8_t *near, int twos, double least)
{
    Candidates one = {0}, two = {0};
    Said said = {0};
    PyObject *list = PyList_New(0);
    int done = list == NULL ? -1 : 0;
    for (Py_ssize_t at = MARGIN; done == 0 && at < sheet->length - MARGIN; at++) {
        int odd = near[at] ? unknown(sheet, at) : 0;
        int next = near[at + 1] ? unknown(sheet, at + 1) : 0;
        if (next) {
            looked_at_soon(sheet, at + 1);
        }
        if (odd) {
            done = closer_ones(sheet, at, &one);
        }
        if (twos && done == 0 && (odd > 1 || next > 1) && odd_twos(sheet, at)) {
            done = likely_twos(sheet, at, &two);
        }
    }
    const Model *model = sheet->model;
    if (done == 0 && (done = said_filled(&said, sheet, &one, &two)) == 0 &&
        (done = scored(sheet, &one, &said, figures_of_ones, &model->one, least, 1, list)) == 0) {
        done = scored(sheet, &two, &said, figures_of_twos, &model->two, least, 1, list);
    }
    said_freed(&said);
    PyMem_Free(one.all);
    PyMem_Free(two.all);
    if (done < 0) {
        Py_CLEAR(list);
    }
    return list;
}

/* These candidates, by growing place, as the first look sees them: a list, or NULL. */
PyObject *
given_look(const Sheet *sheet, const Candidates *found)
{
    PyObject *list = PyList_New(0);
    if (list != NULL && scored(sheet, found, NULL, figures_of_ones, &sheet->model->first,
                               -Py_HUGE_VAL, 0, list) < 0) {
        Py_CLEAR(list);
    }
    return list;
}
