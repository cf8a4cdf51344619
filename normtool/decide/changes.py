"""The aligned signs as edits on the original: what was decided and what people wrote themselves.

Two views of a reviewed file are possible, with all that is still marked accepted
or rejected. In either the edits lead from the original to exactly the text of
the file, whatever the alignment took for what.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from normtool.decide.alignment import Alignment
from normtool.decide.lattice import INSERTED, KEPT, Lattice, Run
from normtool.decide.reading import Mark, Reviewed
from normtool.document import Document
from normtool.edits import ERROR, HIGH, SAFE, Edit
from normtool.export.docx.review.superposed import units, visible
from normtool.export.docx.review.wording import AUTHOR

#: The code of a change that a person made.
BY_HAND = "MAN"
_UNKNOWN = Mark("", "")


class Change(NamedTuple):
    """An edit on the original, and who is behind it.

    numbers  of the edits of the document that it is, or is a part of
    marks    of the people who wrote it, one without a name for what was not tracked
    """

    edit: Edit
    numbers: tuple[int, ...]
    marks: tuple[Mark, ...]

    @property
    def own(self) -> bool:
        """Whether a person wrote it."""
        return bool(self.marks)


class _Atom(NamedTuple):
    before: str
    after: str
    number: int
    mark: Mark | None


def find_changes(
    lattice: Lattice, reviewed: Reviewed, alignment: Alignment, *, reject: bool = False
) -> list[Change]:
    """The sound changes that lead from the original to the text of the reviewed file.

    reject  what is still marked is taken as rejected, else as accepted
    """
    document = lattice.document
    changes: list[Change] = []
    group: list[_Atom] = []
    place = start = 0
    for atom in _atoms(lattice, reviewed, alignment, reject):
        if atom.number < 0 and atom.mark is None:
            if group:
                changes += _change(document, start, group)
                group = []
            place += len(atom.before)
            start = place
        else:
            group.append(atom)
            place += len(atom.before)
    if group:
        changes += _change(document, start, group)
    return _whole(document, changes)


def _atoms(
    lattice: Lattice, reviewed: Reviewed, alignment: Alignment, reject: bool
) -> Iterator[_Atom]:
    """Original and outcome side by side, character by character."""
    signs = reviewed.signs
    following = 0
    for run in lattice.runs:
        befores, afters = _raw(lattice, run)
        for place in range(run.start, run.end):
            number = alignment.signs[place]
            if number >= 0:
                yield from _own(reviewed, following, number, reject)
                following = number + 1
            before, after = befores[place - run.start], afters[place - run.start]
            sign = signs[number] if number >= 0 else None
            there = sign is not None and not (sign.inserted if reject else sign.deleted)
            if run.kind == INSERTED:
                if there:
                    yield _Atom("", after, run.number, None)
                elif sign is not None and not reject and sign.deleted and sign.inserted:
                    yield _Atom("", "", run.number, sign.deleted)
            elif there:
                # Of an edit that nobody sees the two sides differ all the same.
                same = before == after
                yield _Atom(before, after, -1 if same else run.number, None)
            elif run.kind == KEPT:
                yield _Atom(before, "", -1, _person(sign.deleted if sign is not None else None))
            else:
                mark = sign.deleted if sign is not None else None
                ours = mark is None or mark.author.startswith(AUTHOR)
                yield _Atom(before, "", run.number, None if ours else mark)
    yield from _own(reviewed, following, len(signs), reject)


def _own(reviewed: Reviewed, start: int, end: int, reject: bool) -> Iterator[_Atom]:
    for sign in reviewed.signs[start:end]:
        if not (sign.inserted if reject else sign.deleted):
            yield _Atom("", sign.text, -1, _person(sign.inserted))


def _person(mark: Mark | None) -> Mark:
    """Who did it; our own marks in a passage that was moved tell nothing of that."""
    return _UNKNOWN if mark is None or mark.author.startswith(AUTHOR) else mark


def _raw(lattice: Lattice, run: Run) -> tuple[list[str], list[str]]:
    """For each character of a run what it is in the original and in the text.

    Of a character that is shown by its name the first sign of the name stands for it.
    """
    original, shown = lattice.document.original, lattice.text[run.start : run.end]
    if run.kind == INSERTED:
        return [""] * len(shown), _spread(run.after, shown)
    if original.startswith(shown, run.original) and run.number < 0:
        return list(shown), list(shown)
    befores = _spread(original[run.original : run.original + 2 * len(shown)], shown)
    invisible = run.kind == KEPT and run.number >= 0
    return befores, _spread(run.after, shown) if invisible else befores


def _spread(raw: str, shown: str) -> list[str]:
    """Raw characters, each where it is shown; nothing for further signs of a name."""
    if raw == shown:
        return list(raw)
    pieces: list[str] = []
    for unit in units(raw):
        if len(pieces) >= len(shown):
            break
        pieces += [unit, *[""] * (len(visible(unit)) - 1)]
    return pieces


def _change(document: Document, start: int, group: list[_Atom]) -> Iterator[Change]:
    before = "".join(atom.before for atom in group)
    after = "".join(atom.after for atom in group)
    if before == after:
        return
    numbers = tuple(dict.fromkeys(atom.number for atom in group if atom.number >= 0))
    marks = tuple(dict.fromkeys(atom.mark for atom in group if atom.mark is not None))
    edits = [document.edits[number] for number in numbers]
    if not marks and len(edits) == 1:
        yield Change(Edit(start, before, after, *edits[0][3:]), numbers, marks)
        return
    codes = tuple(dict.fromkeys(code for edit in edits for code in edit.codes))
    notes = dict.fromkeys([edit.note for edit in edits] + [_note(mark) for mark in marks])
    edit = Edit(
        start,
        before,
        after,
        (*codes, BY_HAND) if marks else codes,
        min((edit.certainty for edit in edits), default=HIGH),
        SAFE,
        ERROR if marks else edits[0].kind,
        "; ".join(note for note in notes if note),
    )
    yield Change(edit, numbers, marks)


def _note(mark: Mark) -> str:
    if not mark.author:
        return "changed by hand, not tracked"
    return f"by {mark.author}{', ' if mark.date else ''}{mark.date}"


def _whole(document: Document, changes: list[Change]) -> list[Change]:
    """Changes that are edits of the document, as it has them: with the words that stay."""
    ends = [-1, *(change.edit.end for change in changes)]
    starts = [*(change.edit.start for change in changes[1:]), len(document.original) + 1]
    whole = []
    for change, last, following in zip(changes, ends, starts, strict=False):
        if len(change.numbers) == 1 and not change.marks:
            edit = document.edits[change.numbers[0]]
            head = change.edit.start - edit.start
            tail = edit.end - change.edit.end
            same = (
                head >= 0
                and tail >= 0
                and edit.before
                == edit.before[:head] + change.edit.before + edit.before[len(edit.before) - tail :]
                and edit.after
                == edit.before[:head] + change.edit.after + edit.before[len(edit.before) - tail :]
            )
            if same and last < edit.start and edit.end < following:
                change = change._replace(edit=edit)
        whole.append(change)
    return whole
