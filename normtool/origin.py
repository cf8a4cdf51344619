"""Where the words of a cleaned text stand in the original."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normtool.document import Document


def original_place(document: Document, place: int) -> int:
    """Where a place of the text stands in the original (code points).

    Behind what was removed there; inside what an edit put in, at the end of what it replaced.
    """
    return next(_places(document, [place]))


def original_lines(document: Document, numbers: Iterable[int]) -> list[int]:
    """The lines of the original in which lines of the text begin: sorted numbers from 1.

    Of a converted document, whose lines are those of the text that was converted.
    """
    base = document.cleaned or document
    lines = []
    line, end = 1, 0
    for place in _places(base, _starts(base.text, sorted(set(numbers)))):
        line += base.original.count("\n", end, place)
        end = max(end, place)
        lines.append(line)
    return sorted(set(lines))


def _starts(text: str, numbers: list[int]) -> Iterator[int]:
    start, line = 0, 1
    for number in numbers:
        while line < number:
            start, line = text.index("\n", start) + 1, line + 1
        yield start


def _places(document: Document, places: Iterable[int]) -> Iterator[int]:
    """The places of sorted ones of the text."""
    edits = iter(document.edits)
    edit = next(edits, None)
    shift = 0
    for place in places:
        while edit is not None and edit.start + shift + len(edit.after) <= place:
            shift += len(edit.after) - len(edit.before)
            edit = next(edits, None)
        if edit is not None and edit.start + shift <= place:
            yield edit.start + max(0, len(edit.before) - 1)
        else:
            yield place - shift


def ranges(numbers: Iterable[int], most: int = 12) -> str:
    """Sorted numbers in few words.

    >>> ranges([1, 2, 3, 7, 9, 10])
    '1-3, 7, 9-10'
    >>> ranges(range(1, 20, 2), most=3)
    '1, 3, 5 and 7 more'
    """
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    said = ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in spans[:most])
    rest = sum(b - a + 1 for a, b in spans[most:])
    return f"{said} and {rest} more" if rest else said
