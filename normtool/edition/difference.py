"""What a person changed in a line, as edits on what normtool wrote there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from normtool.chinese import LOST
from normtool.edition.parsing import line_of, local
from normtool.edition.recovery import Piece
from normtool.edition.views import ID, parts, reading
from normtool.edits import ERROR, HIGH, SAFE, Certainty, Edit, fuse

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The code of a change that a person made.
BY_HAND = "MAN"
#: Texts whose lengths multiply to more are not compared character by character.
_MOST = 1_000_000
_CERTAINTIES = {one.name.lower(): one for one in Certainty}


class Changed(NamedTuple):
    """What a person did to one line.

    edits    on the words as normtool wrote them, sound
    people   who made each, by their pointer; "" if it does not say
    kinds    what each line is that was put in behind it
    line     of the file
    message  what was changed, in one clause
    """

    edits: list[Edit]
    people: list[str]
    kinds: list[str]
    line: int
    message: str


def difference(
    pieces: Sequence[Piece], group: Sequence[_Element], kinds: list[str], *, beside: bool = False
) -> Changed | None:
    """The changes of a line, None if there are none.

    group   the blocks that the line is now; ``kinds`` what those behind the first are
    beside  what was put in takes a neighbour with it, so that it has a place in both scripts
    """
    marks = _marks(group)
    text = "".join([piece.written for piece in pieces])
    edits, people = [], []
    place = new = 0
    for written, now in pieces:
        for start, end, first, last in _runs(written, now):
            certainty, person = HIGH, ""
            for begin, stop, cert, who in marks:
                if begin <= new + last and new + first <= stop:
                    certainty, person = cert, who
            edits.append(_edit(place + start, written[start:end], now[first:last], certainty))
            people.append(person)
        place += len(written)
        new += len(now)
    if not edits:
        return None
    sound = fuse(edits)
    if beside:
        sound = fuse([edit if edit.before else _beside(edit, text) for edit in sound])
    if len(sound) < len(edits):
        people = [next(filter(None, people), "")] * len(sound)
    first_, more = sound[0], len(sound) - 1
    message = f"“{short(first_.before)}” of {group[0].get(ID)} is “{short(first_.after)}” now" + (
        f", and {more} more" if more else ""
    )
    return Changed(sound, people, kinds, line_of(group[0]), message)


def put_in_behind(before: Changed | None, size: int, block: _Element, kind: str) -> Changed:
    """A block of a person's own, behind a line of ``size`` characters with its changes."""
    words = reading(block).strip()
    edits, people, kinds = (
        ([*before.edits], [*before.people], before.kinds) if before else ([], [], [])
    )
    if edits and edits[-1].end == size:
        edits[-1] = edits[-1]._replace(after=f"{edits[-1].after}\n{words}")
    else:
        edits.append(_edit(size, "", f"\n{words}", HIGH))
        people.append(block.get("resp") or "")
    message = f"{local(block)} “{short(words)}” was put in"
    return Changed(edits, people, [*kinds, kind], line_of(block), message)


def _marks(group: Sequence[_Element]) -> list[tuple[int, int, Certainty, str]]:
    """What a line says of its changes: the range as it reads, how sure, who."""
    found = []
    place = 0
    for block in group:
        for part in parts(block):
            size = len(part.reading)
            if part.edit is not None and (part.source or part.reading):
                inside = [part.edit, *part.edit]
                cert = next((one.get("cert") for one in inside if one.get("cert")), None)
                who = next((one.get("resp") for one in inside if one.get("resp")), None)
                certainty = _CERTAINTIES.get(cert or "", HIGH)
                found.append((place, place + size, certainty, who or ""))
            place += size
        place += 1  # the newline that divides
    return found


def _runs(before: str, after: str) -> Iterator[tuple[int, int, int, int]]:
    """Where two texts differ, in both."""
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    rest = range(1, shorter - head + 1)
    tail = next((i - 1 for i in rest if before[-i] != after[-i]), shorter - head)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(old) * len(new) > _MOST:
        yield head, head + len(old), head, head + len(new)
    elif old or new:
        for tag, *where in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                start, end, first, last = where
                yield head + start, head + end, head + first, head + last


def _edit(start: int, before: str, after: str, certainty: Certainty) -> Edit:
    return Edit(start, before, after, (BY_HAND,), certainty, SAFE, ERROR)


def _beside(edit: Edit, text: str) -> Edit:
    """What was put in, with a neighbour that is no loss: so it has a place in both scripts."""
    start = edit.start
    if start < len(text) and (text[start] != LOST or not start):
        beside = text[start]
        return edit._replace(before=beside, after=edit.after + beside)
    beside = text[start - 1 : start] if start else ""
    return edit._replace(start=start - len(beside), before=beside, after=beside + edit.after)


def short(text: str) -> str:
    """The beginning of words, on one line."""
    shown = text.replace("\n", "⏎")
    return shown if len(shown) <= 20 else f"{shown[:20]}…"
