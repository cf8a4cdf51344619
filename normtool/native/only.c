/* The characters of a text that are of a class: the twin of only() in normtool/chinese.py. */
#include "native.h"

/* Which characters of the basic plane are of the class, a bit each. */
typedef struct {
    unsigned char bits[0x10000 / 8];
    Text characters;
    int beyond; /* whether it has any that are not of the basic plane */
} Class;

static void
read_class(Class *class, PyObject *characters)
{
    memset(class->bits, 0, sizeof class->bits);
    class->characters = text_of(characters);
    class->beyond = 0;
    for (Py_ssize_t i = 0; i < class->characters.length; i++) {
        Py_UCS4 character = char_at(&class->characters, i);
        if (character < 0x10000) {
            class->bits[character >> 3] |= (unsigned char)(1u << (character & 7));
        }
        else {
            class->beyond = 1;
        }
    }
}

static int
holds(const Class *class, Py_UCS4 character)
{
    if (character < 0x10000) {
        return class->bits[character >> 3] >> (character & 7) & 1;
    }
    for (Py_ssize_t i = 0; class->beyond && i < class->characters.length; i++) {
        if (char_at(&class->characters, i) == character) {
            return 1;
        }
    }
    return 0;
}

static PyObject *
only(PyObject *Py_UNUSED(module), PyObject *const *given, Py_ssize_t count)
{
    if (count != 2 || !PyUnicode_Check(given[0]) || !PyUnicode_Check(given[1])) {
        PyErr_SetString(PyExc_TypeError, "only(text, characters)");
        return NULL;
    }
    Text text = text_of(given[0]);
    Class class;
    read_class(&class, given[1]);
    Draft draft;
    if (new_draft(&draft, text.length, PyUnicode_MAX_CHAR_VALUE(given[0])) < 0) {
        return NULL;
    }
    if (text.kind == PyUnicode_2BYTE_KIND) { /* nearly all texts */
        const Py_UCS2 *data = text.data;
        Py_UCS2 *made = draft.data;
        for (Py_ssize_t i = 0; i < text.length; i++) {
            made[draft.length] = data[i];
            draft.length += class.bits[data[i] >> 3] >> (data[i] & 7) & 1;
        }
        return finish_draft(&draft);
    }
    for (Py_ssize_t i = 0; i < text.length; i++) {
        if (holds(&class, char_at(&text, i))) {
            add_text(&draft, &text, i, i + 1);
        }
    }
    return finish_draft(&draft);
}

static PyMethodDef methods[] = {
    {"only", (PyCFunction)(void (*)(void))only, METH_FASTCALL,
     "only(text, characters): those of the text that are among the characters, in order."},
    {NULL, NULL, 0, NULL},
};

int
add_only(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
