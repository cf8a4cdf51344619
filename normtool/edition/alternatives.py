"""What ``standOff`` tells of the conversion: where it guessed, and what it could have written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from normtool.alternative import Alternative, Forms, stands
from normtool.document import share
from normtool.edition.views import ID, SCRIPT, T, line_ranges, listed, words
from normtool.edits import Certainty, Edit

if TYPE_CHECKING:
    from lxml.etree import _Element


def forms_of(category: _Element | None) -> Forms | None:
    """The pair of forms that a category of the header declares; None if it declares none."""
    choice = category.find(f"{T}catDesc/{T}choice") if category is not None else None
    around = category.getparent() if category is not None else None
    if choice is None or around is None:
        return None
    old = [words(side) for side in choice.iterfind(T + "orig")]
    new = [words(side) for side in choice.iterfind(T + "reg")]
    if len(old) != 1 or len(new) < 2 or not all(old + new):
        return None
    return Forms((around.get(ID) or "").removeprefix("rule."), old[0], new[0], tuple(new[1:]))


def annotated(tei: _Element) -> Iterator[tuple[_Element, Forms]]:
    """The annotations of a speech that tell of the conversion, with their pairs of forms."""
    categories: dict[str, _Element] = {}
    for annotation in listed(tei, SCRIPT):
        if not categories:
            root = tei.getroottree().getroot()
            categories = {f"#{one.get(ID)}": one for one in root.iter(T + "category")}
        if (forms := forms_of(categories.get(annotation.get("ana") or ""))) is not None:
            yield annotation, forms


def alternatives(
    tei: _Element, lines: Mapping[str, int], text: str, back: Callable[[int], int]
) -> Iterator[Alternative]:
    """The alternatives of a speech, as far as they still fit its words.

    lines  where the line of each xml:id begins in ``text``, the converted one
    back   where a place of ``text`` is in the cleaned one
    """
    reasons = {
        target: words(note)
        for note in tei.iter(T + "note")
        if note.get("type") == "rationale"
        for target in (note.get("target") or "").split()
    }
    for annotation, forms in annotated(tei):
        certainty = _CERTAINTIES.get(annotation.get("cert") or "")
        if certainty is None:
            continue
        reason = reasons.get(f"#{annotation.get(ID)}", "")
        for ident, start, end in line_ranges(annotation.get("target")):
            begin = lines.get(ident)
            if begin is None or start >= end:
                continue
            limit = text.find("\n", begin)
            line = text[begin : limit if limit >= 0 else len(text)]
            if end <= len(line) and stands(line, start, end, forms.after, forms.others):
                code, before, after, others = forms
                start, end = back(begin + start), back(begin + end)
                yield Alternative(start, end, before, after, others, code, certainty, reason)


_CERTAINTIES = {one.name.lower(): one for one in Certainty}


def back_of(edits: Sequence[Edit]) -> Callable[[int], int]:
    """Where a place of the converted text is in the cleaned one, by the edits between them."""
    # Nearly all words have as many characters in the other script.
    found = [edit for edit in edits if len(edit.before) != len(edit.after)]
    starts, shifts = [], [0]
    for edit in found:
        starts.append(edit.start + shifts[-1])
        shifts.append(shifts[-1] + len(edit.after) - len(edit.before))

    def back(place: int) -> int:
        index = bisect_right(starts, place)
        if index and place < starts[index - 1] + len(found[index - 1].after):
            edit, inside = found[index - 1], place - starts[index - 1]
            sizes = range(len(edit.before) + 1)
            return edit.start + next(size for size in sizes if share(edit, size) >= inside)
        return place - shifts[index]

    return back
