"""The edits of a document as a unified diff.

Made from the edits, in time proportional to the text: comparing the two texts
again would be slow on large files and could find other changes than were made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from normtool.document import Document
from normtool.report.color import BOLD, CYAN, GREEN, RED, paint

_CONTEXT = 3

#: Lines ``low:high`` of the original become ``new``.
_Change = tuple[int, int, list[str]]


def patch(document: Document, color: bool = False) -> Iterator[str]:
    """Yield the lines of a unified diff from the original to the text; none if they are equal.

    A line is what a newline ends; ``patch`` and ``git apply`` take the result.
    """
    old = _split(document.original)
    changes = list(_changes(document, old))
    if not changes:
        return
    yield paint(f"--- {document.name}", BOLD, color)
    yield paint(f"+++ {document.name}", BOLD, color)
    shift = 0
    for hunk in _hunks(changes):
        low = max(0, hunk[0][0] - _CONTEXT)
        high = min(len(old), hunk[-1][1] + _CONTEXT)
        grown = sum(len(new) - (end - start) for start, end, new in hunk)
        before = _range(low, high - low)
        after = _range(low + shift, high - low + grown)
        yield paint(f"@@ -{before} +{after} @@", CYAN, color)
        place = low
        for start, end, new in hunk:
            yield from _lines(" ", old[place:start], "", color)
            yield from _lines("-", old[start:end], RED, color)
            yield from _lines("+", new, GREEN, color)
            place = end
        yield from _lines(" ", old[place:high], "", color)
        shift += grown


def _split(text: str) -> list[str]:
    """Lines with their newlines; the last may have none."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    if not lines[-1]:
        lines.pop()
    return lines


def _changes(document: Document, old: list[str]) -> Iterator[_Change]:
    """Each run of touched lines with what became of it, without what is equal at its ends."""
    starts = list(accumulate(map(len, old), initial=0))
    original, edits = document.original, document.edits
    index = 0
    while index < len(edits):
        low = _line(starts, edits[index].start)
        high = low
        pieces: list[str] = []
        place = starts[low]
        # The next edit belongs to this run if its line touches what the run reaches.
        while index < len(edits) and _line(starts, edits[index].start) <= high:
            edit = edits[index]
            pieces += (original[place : edit.start], edit.after)
            place = edit.end
            high = min(_line(starts, place) + 1, len(old))
            index += 1
        pieces.append(original[place : starts[high]])
        yield from _trimmed(low, high, old, _split("".join(pieces)))


def _line(starts: list[int], offset: int) -> int:
    """The line an offset stands on, from 0; behind a last newline, one more than there are."""
    last = len(starts) - 1
    if offset < starts[last] or last == 0:
        return bisect_right(starts, offset) - 1
    return last


def _trimmed(low: int, high: int, old: list[str], new: list[str]) -> Iterator[_Change]:
    first, last = 0, len(new)
    while low < high and first < last and old[low] == new[first]:
        low, first = low + 1, first + 1
    while high > low and last > first and old[high - 1] == new[last - 1]:
        high, last = high - 1, last - 1
    if low < high or first < last:
        yield low, high, new[first:last]


def _hunks(changes: list[_Change]) -> Iterator[list[_Change]]:
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change[0] - hunk[-1][1] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _range(low: int, size: int) -> str:
    # An empty range names the line before it.
    start = low + 1 if size else low
    return str(start) if size == 1 else f"{start},{size}"


def _lines(sign: str, lines: list[str], tone: str, color: bool) -> Iterator[str]:
    for line in lines:
        yield paint(sign + line.removesuffix("\n"), tone, color and bool(tone))
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"
