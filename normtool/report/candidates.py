"""Candidates: what the typo model finds in many files, form by form, to be reviewed once.

A candidate is a written form of some characters and what the model makes of it.
Single characters say nothing by themselves, so each is given with as much of its
neighbours as makes it a form of its own: ``大数局``, not ``局``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normtool.chinese import HAN_RANGES
from normtool.clean import Settings, clean_document
from normtool.document import Document
from normtool.edits import HIGH, Certainty, Edit
from normtool.ownlists import FIX, HEADER, OPEN
from normtool.proposals import OFF, STATISTICAL

_NO_HAN = re.compile(f"[^{HAN_RANGES}]")
#: A form has at least so many characters where the text allows, and at most so many neighbours.
_SHORTEST = 3
_NEIGHBOURS = 3
_CONTEXT = 12


class Form(NamedTuple):
    """A written form and what it should be."""

    wrong: str
    right: str


class Place(NamedTuple):
    """One proposal: the forms that could stand for it, in the order of preference."""

    forms: tuple[Form, ...]
    certainty: Certainty
    file: str
    context: str


def places(document: Document, settings: Settings) -> tuple[Document, list[Place]]:
    """What the model finds in one document; and the document cleaned, with what it says of itself.

    ``settings`` decide what the rules clean before, and what is kept.
    """
    rules, model = (settings._replace(typo_model=on) for on in (False, True))
    text = clean_document(document, rules).text
    cleaned = clean_document(Document(document.name, text), model)
    found = [
        edit
        for edit in (*cleaned.edits, *cleaned.suggestions)
        if edit.before and set(edit.codes) <= set(STATISTICAL)
    ]
    windows = [list(_windows(text, edit)) for edit in found]
    proposed = Counter(form for forms in windows for form in forms)
    read = []
    for edit, forms in zip(found, windows, strict=True):
        # A form that also stands where nothing was proposed would change that, too.
        only = [form for form in forms if text.count(form.wrong) == proposed[form]]
        chosen = tuple(only or forms[-1:])
        read.append(Place(chosen, edit.certainty, document.name, _context(text, edit)))
    return cleaned, read


def table(found: Sequence[Place]) -> Iterator[str]:
    """The places of many documents, form by form, tab-separated, the most frequent first.

    ``--typos`` and ``--keep`` read it back when somebody has gone through the column
    ``verdict``.
    """
    # Each place under the form that most places share, the preferred one if several do.
    shared = Counter(form for place in found for form in place.forms)
    groups: defaultdict[Form, list[Place]] = defaultdict(list)
    for place in found:
        groups[max(place.forms, key=shared.__getitem__)].append(place)
    yield HEADER
    for form, of_form in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        certainty = min(place.certainty for place in of_form)
        yield "\t".join(
            (
                form.wrong,
                form.right,
                FIX if certainty == HIGH else OPEN,
                str(len(of_form)),
                str(len({place.file for place in of_form})),
                certainty.name.lower(),
                of_form[0].context,
            )
        )


def _windows(text: str, edit: Edit) -> Iterator[Form]:
    """The edit with more or less of the Han beside it, in the order of preference."""
    left = _NO_HAN.split(text[max(edit.start - _NEIGHBOURS, 0) : edit.start])[-1]
    right = _NO_HAN.split(text[edit.end : edit.end + _NEIGHBOURS])[0]
    size = len(edit.before)
    least = min(_SHORTEST, len(left) + size + len(right))
    forms = []
    for before in range(len(left) + 1):
        for after in range(len(right) + 1):
            if before + size + after < least or before + after > _NEIGHBOURS:
                continue
            a, b = left[len(left) - before :], right[:after]
            forms.append((Form(a + edit.before + b, a + edit.after + b), after))
    # A form that the note speaks of is a word; else one with such a word in it, as short
    # as may be, with what is before the edit rather than what is behind it.
    words = {word for word in _NO_HAN.split(edit.note) if len(word) > 1}
    forms.sort(
        key=lambda one: (
            words.isdisjoint(one[0]),
            not any(word in form for word in words for form in one[0]),
            len(one[0].wrong),
            one[1],
        )
    )
    yield from (form for form, _ in forms)


def _context(text: str, edit: Edit) -> str:
    """The words around an edit, on one line, the edit in brackets."""
    before = text[max(edit.start - _CONTEXT, 0) : edit.start]
    after = text[edit.end : edit.end + _CONTEXT]
    return " ".join(f"{before}【{edit.before}】{after}".replace('"', "'").split())


def model_only(document: Document) -> Document:
    """A cleaned document with the edits and suggestions of the typo model alone, for reports."""
    return Document(
        document.name,
        document.original,
        edits=tuple(edit for edit in document.edits if not _is_other(edit)),
        suggestions=tuple(edit for edit in document.suggestions if not _is_other(edit)),
        meta={OFF: document.meta[OFF]} if OFF in document.meta else {},
    )


def _is_other(edit: Edit) -> bool:
    return set(edit.codes).isdisjoint(STATISTICAL)
