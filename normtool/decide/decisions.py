"""What became of each edit in a reviewed file, and what people changed beyond them."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from normtool.decide.alignment import (
    ANY_DELETION,
    ANY_INSERTION,
    OUR_DELETION,
    OUR_INSERTION,
    Alignment,
    align,
    classify,
)
from normtool.decide.changes import Change, find_changes
from normtool.decide.lattice import DELETED, KEPT, Lattice, Run
from normtool.decide.reading import Reviewed
from normtool.document import Document
from normtool.edits import Edit
from normtool.export.docx.review.superposed import is_silent
from normtool.files import Unreadable

ACCEPTED = "accepted"
REJECTED = "rejected"
PENDING = "pending"
MIXED = "mixed"  # one half of a replacement is decided, or it is so and the other half otherwise
OVERWRITTEN = "overwritten"  # a person wrote something else in its place
SILENT = "silent"  # made without being shown, and left so
STATES = (ACCEPTED, REJECTED, PENDING, MIXED, OVERWRITTEN, SILENT)

_THERE, _GONE, _OPEN, _TORN = "there", "gone", "open", "torn"

#: Shares of the kept words that are not found again: the file is another, or another text by now.
_ANOTHER = 0.6
_REWRITTEN = 0.25


class Decision(NamedTuple):
    """One edit of the document (by its number) and what became of it."""

    number: int
    edit: Edit
    state: str


class Review(NamedTuple):
    """All that a reviewed file says.

    document   that was reviewed, as it was before
    decisions  one for every edit of it, in order
    changes    from the original to the text as it stands, with what is pending accepted
    """

    name: str
    document: Document
    decisions: list[Decision]
    changes: list[Change]

    @property
    def own(self) -> list[Change]:
        """What people wrote themselves."""
        return [change for change in self.changes if change.own]

    @property
    def counts(self) -> dict[str, int]:
        """How many edits met which fate; all states, in their order."""
        found = Counter(decision.state for decision in self.decisions)
        return {state: found[state] for state in STATES}


def judge(reviewed: Reviewed, document: Document) -> Review:
    """Compare a reviewed file with the document that it was made of.

    Raises Unreadable if it was made of another text, or was rewritten so far that
    its edits cannot be told.
    """
    lattice = Lattice(document)
    classes = classify(reviewed.signs)
    alignment = align(lattice, reviewed.signs, classes)
    _check(reviewed, lattice, alignment)
    changes = find_changes(lattice, reviewed, alignment)
    sides: dict[int, list[Run]] = {number: [] for number in range(len(document.edits))}
    for run in lattice.runs:
        if run.kind != KEPT:
            sides[run.number].append(run)
    few = reviewed.manifest is not None and reviewed.manifest.track == "uncertain"
    decisions = []
    for number, runs in sides.items():
        edit, state = document.edits[number], _state(runs, alignment, classes)
        if state == ACCEPTED and few and is_silent(document, edit):
            state = SILENT
        decisions.append(Decision(number, edit, state))
    return Review(reviewed.name, document, decisions, changes)


def _state(runs: list[Run], alignment: Alignment, classes: bytes) -> str:
    """What became of an edit, by what became of its sides."""
    if not runs:
        return ACCEPTED  # another line end: Word has but one
    found = {run.kind == DELETED: _side(run, alignment, classes) for run in runs}
    if _TORN in found.values() or _went_with_its_place(runs, alignment, found):
        return OVERWRITTEN
    deleted, inserted = found.get(True), found.get(False)
    if deleted in (None, _OPEN) and inserted in (None, _OPEN):
        return PENDING
    if deleted in (None, _GONE) and inserted in (None, _THERE):
        return ACCEPTED
    if deleted in (None, _THERE) and inserted in (None, _GONE):
        return REJECTED
    return MIXED


def _went_with_its_place(runs: list[Run], alignment: Alignment, found: dict[bool, str]) -> bool:
    """Whether somebody took away the whole passage, not this edit."""
    start, end = runs[0].start - 1, runs[-1].end
    around = [alignment.signs[place] for place in (start, end) if 0 <= place < len(alignment.signs)]
    return set(found.values()) == {_GONE} and bool(around) and max(around) < 0


def _side(run: Run, alignment: Alignment, classes: bytes) -> str:
    numbers = alignment.signs[run.start : run.end]
    there = [number for number in numbers if number >= 0]
    if not there:
        return _GONE
    if len(there) < len(numbers):
        return _TORN
    still = (OUR_DELETION, ANY_DELETION) if run.kind == DELETED else (OUR_INSERTION, ANY_INSERTION)
    count = sum(classes[number] in still for number in there)
    if not count:
        return _THERE
    return _OPEN if count == len(there) else _TORN


def _check(reviewed: Reviewed, lattice: Lattice, alignment: Alignment) -> None:
    kept = [(run.start, run.end) for run in lattice.runs if run.kind == KEPT]
    size = sum(end - start for start, end in kept)
    missing = sum(number < 0 for start, end in kept for number in alignment.signs[start:end])
    if not size or missing <= size * _REWRITTEN:
        return
    share = f"{missing * 100 // size} % of its words are not there"
    # A file that still has its manifest was made of this text: `decide` compared the two.
    if missing > size * _ANOTHER and reviewed.manifest is None:
        raise Unreadable(
            f"{reviewed.name}: is not a review of {lattice.document.name}: {share}; "
            "give the original that it was made of"
        )
    raise Unreadable(
        f"{reviewed.name}: was rewritten beyond recognition: {share}; decide an earlier "
        "state of it, or take it as a new text (normtool convert)"
    )
