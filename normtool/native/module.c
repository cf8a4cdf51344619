/* normtool.native.built: the inner loops of cleaning, for machines that could build them. */
#include "native.h"

/* The number that sources.py makes of the files here; building.py gives it. A checkout does
 * not use a module of another number, or of none. */
#ifndef NORMTOOL_SOURCES
#define NORMTOOL_SOURCES 0u
#endif

static int
fill(PyObject *module)
{
    static int (*const parts[])(PyObject *) = {
        add_automaton, add_codes, add_compose, add_exchange, add_layer, add_only, add_scan,
        add_settle,
        add_tei_groups, add_tei_lines, add_tei_marks, add_tei_paragraphs, add_tei_said,
        add_tei_told, add_tei_xml, add_touching, add_typos,
    };
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i](module) < 0) {
            return -1;
        }
    }
    PyObject *sources = PyLong_FromUnsignedLong(NORMTOOL_SOURCES);
    if (sources == NULL) {
        return -1;
    }
    int added = PyModule_AddObjectRef(module, "sources", sources);
    Py_DECREF(sources);
    return added;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, fill},
#ifdef Py_mod_multiple_interpreters
    {Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED}, /* static types */
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "normtool.native.built",
    .m_doc = "The inner loops of cleaning in C; normtool.native says when they are used.",
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_built(void)
{
    return PyModuleDef_Init(&definition);
}
