"""Checks of places: what stands where in the source, and that the sums come out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

from normtool.edition.parsing import line_of, local
from normtool.edition.views import ID, SILENT, Part, T, listed, parts, ranges, words
from normtool.validate.edition import Edition, at
from normtool.validate.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element


def sources(edition: Edition) -> Iterator[Problem]:
    """Ranges lie in the source, lines follow one another, what was removed is in no line."""
    size = edition.size
    if size is None and any(line.get("source") for line in edition.lines):
        number, ident = at(edition.tei)
        yield Problem(
            number,
            "source",
            'the size of the source is not told; add extent/measure with unit="char" to the '
            'bibl of type="file"',
            ident,
        )
    for element in edition.tei.iter():
        if not local(element) or not element.get("source"):
            continue
        for start, end in ranges(element.get("source")):
            number, ident = at(element)
            if start > end:
                yield Problem(
                    number,
                    "source",
                    f"src:{start},{end} ends before it begins; exchange the two",
                    ident,
                )
            elif size is not None and end > size:
                yield Problem(
                    number,
                    "source",
                    f"src:{start},{end} lies beyond the source, which has {size} characters; "
                    "correct the range",
                    ident,
                )
    covered: list[tuple[int, int, str]] = []
    last = 0
    for line in edition.lines:
        number, ident = at(line)
        found = ranges(line.get("source"))
        if not found and not edition.is_reading:
            yield Problem(
                number,
                "source",
                f"{local(line)} has no @source; say which characters it stands for",
                ident,
            )
        for start, end in found:
            if start < last:
                yield Problem(
                    number,
                    "source",
                    f"src:{start},{end} begins before {last}, where the line above ends; no "
                    "character stands in two lines",
                    ident,
                )
            last = max(last, end)
            covered.append((start, end, ident))
    for note in edition.find("bibl/note"):
        for start, end in ranges(note.get("source")):
            for first, stop, ident in covered:
                if start < stop and first < end:
                    yield Problem(
                        at(note)[0],
                        "source",
                        f"src:{start},{end} was taken off, but {ident} holds {first},{stop}; one "
                        "of the two ranges is wrong",
                        ident,
                    )


def lengths(edition: Edition) -> Iterator[Problem]:
    """Counted from the beginning of its line, every edit stands where its @source says.

    In another script words may be longer or shorter than in the source: there only
    the edits themselves are counted.
    """
    for line in () if edition.is_reading else edition.lines:
        found = ranges(line.get("source"))
        if len(found) != 1:
            continue
        first, last = found[0]
        place = first
        counts = not edition.converted
        for part in parts(line):
            span = ranges(part.edit.get("source")) if part.edit is not None else []
            if part.edit is None or len(span) != 1:
                place += len(part.source)
                continue
            wrong = _misplaced(part, span[0], place if counts else span[0][0], (first, last), line)
            if wrong:
                yield Problem(at(part.edit)[0], "length", wrong, at(part.edit)[1])
                counts = False  # everything behind is shifted, too
            place = span[0][1]
        if counts and place != last:
            yield Problem(
                at(line)[0],
                "length",
                f"src:{first},{last} are {last - first} characters, but the line stands for "
                f"{place - first}: characters were lost or put in; undo that, or mark it as "
                "choice, supplied or gap",
                at(line)[1],
            )


def _misplaced(
    part: Part, span: tuple[int, int], place: int, around: tuple[int, int], line: _Element
) -> str:
    """What is wrong with the range of one edit, "" if nothing is."""
    start, end = span
    if not around[0] <= start <= end <= around[1]:
        return (
            f"src:{start},{end} lies outside of {line.get(ID)}, which is "
            f"{around[0]},{around[1]}; correct the range"
        )
    if end - start != len(part.source):
        name = local(part.edit) if part.edit is not None else ""
        return (
            f"src:{start},{end} are {end - start} characters, but {name} has “{part.source}” "
            f"({len(part.source)}); correct the range or the words"
        )
    if start != place:
        return (
            f"src:{start},{end} should begin at {place}, counted from the beginning of "
            f"{line.get(ID)}: the range is wrong, or characters before it were lost or put in; "
            "undo that"
        )
    return ""


def order(edition: Edition) -> Iterator[Problem]:
    """Edits of a line follow one another and do not overlap."""
    for line in edition.lines:
        last = 0
        for part in parts(line):
            if part.edit is None:
                continue
            for start, end in ranges(part.edit.get("source")):
                if start < last:
                    number, ident = at(part.edit)
                    yield Problem(
                        number,
                        "source",
                        f"src:{start},{end} overlaps the edit before it, which ends at {last}; "
                        "no character is changed twice",
                        ident,
                    )
                last = max(last, end)


def silent(edition: Edition) -> Iterator[Problem]:
    """What standOff lists was declared, is one mark each, and stands in the text as it says."""
    stand_off = edition.tei.find(T + "standOff")
    if stand_off is None:
        return
    if words(stand_off).strip():
        yield Problem(
            line_of(stand_off),
            "silent",
            "there are words in standOff, which simple readers would print; move them to a note "
            "in the header",
            stand_off.get(ID) or "",
        )
    text = {} if edition.converted else _characters(edition)
    lines = sorted(span for line in edition.lines for span in ranges(line.get("source")))
    firsts = [first for first, _ in lines]
    stops = list(accumulate([stop for _, stop in lines], max))  # where these, and all before, end
    seen: set[int] = set()
    for annotation in listed(edition.tei, SILENT):
        number, ident = at(annotation)
        category = edition.categories.get((annotation.get("ana") or "")[1:])
        old, new = _pair(category)
        if category is not None and (len(old) != 1 or len(new) != 1):
            yield Problem(
                number,
                "silent",
                f"{annotation.get('ana')} does not say which mark became which; give its catDesc "
                "a choice of one orig and one reg",
                ident,
            )
            continue
        for start, end in ranges(annotation.get("target")):
            what = f"src:{start},{end}"
            if end != start + 1:
                wrong = f"{what} is no single character; list every mark by itself"
            elif start in seen:
                wrong = f"{what} is listed twice; keep one"
            elif not (before := bisect_right(firsts, start)) or start >= stops[before - 1]:
                wrong = f"{what} is in no line of the text; take it off the list"
            elif text and category is not None and text.get(start) != new:
                here = f"“{text[start]}”" if start in text else "an edit"
                wrong = f"{what} should be “{new}” in the text, where {here} stands; correct one"
            else:
                seen.add(start)
                continue
            yield Problem(number, "silent", wrong, ident)


def silent_pairs(edition: Edition) -> Iterator[tuple[int, str]]:
    """Each place of the source that ``standOff`` lists, with the mark that stood there."""
    for annotation in listed(edition.tei, SILENT):
        old, _ = _pair(edition.categories.get((annotation.get("ana") or "")[1:]))
        for start, _ in ranges(annotation.get("target")):
            yield start, old


def _pair(category: _Element | None) -> tuple[str, str]:
    if category is None:
        return "", ""
    choice = category.find(f"{T}catDesc/{T}choice")
    sides = [choice.find(T + name) if choice is not None else None for name in ("orig", "reg")]
    old, new = ("" if side is None else words(side) for side in sides)
    return old, new


def _characters(edition: Edition) -> dict[int, str]:
    """The kept characters of the text by their place in the source."""
    found: dict[int, str] = {}
    for line in edition.lines:
        spans = ranges(line.get("source"))
        place = spans[0][0] if spans else 0
        for part in parts(line):
            span = ranges(part.edit.get("source")) if part.edit is not None else []
            if span:
                place = span[0][1]
            else:
                found.update(enumerate(part.source, place))
                place += len(part.source)
    return found
