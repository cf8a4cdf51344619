"""An edit cut at the breaks that it holds: what of it lies in which line."""

from __future__ import annotations

from functools import lru_cache

from normtool.export.tei.alignment import Pair, align
from normtool.records import NamedTuple


class LinePart(NamedTuple):
    """What of an edit lies in one line: how many characters on each side.

    broken  so many of the old side became the break before it
    lead    so many of the old side stand at the beginning of the line and are no part of it
    trail   so many at its end
    """

    broken: int
    lead: int
    trail: int
    old: int
    new: int


# Most edits at the ends of lines are the same few.
@lru_cache(maxsize=512)
def parts_of(before: str, after: str, removes: bool, begins: bool, ends: bool) -> list[LinePart]:
    """An edit cut at the newlines of its new side. The list is shared: do not change it.

    removes  whether words that go at the edge of a line are no part of it
    begins   whether it begins a line of the text; ends: whether it ends one
    """
    parts = []
    cut = _cut(align(before, after))
    for number, (broken, aligned) in enumerate(cut):
        first, last = begins or number > 0, ends or number < len(cut) - 1
        pairs = _settle(aligned, first, last)
        old = "".join(one for one, _ in pairs)
        lead = _deleted(pairs) if first else 0
        trail = _deleted(pairs[lead:][::-1]) if last else 0
        if not removes:  # only blanks may go
            lead = 0 if old[:lead].strip() else lead
            trail = 0 if old[len(old) - trail :].strip() else trail
        parts.append(
            LinePart(len(broken), lead, trail, len(old), sum(len(new) for _, new in pairs))
        )
    return parts


def _cut(pairs: list[Pair]) -> list[tuple[str, list[Pair]]]:
    """Pairs cut at the newlines of the new side: (old side of the newline, pairs after it)."""
    parts: list[tuple[str, list[Pair]]] = [("", [])]
    for old, new in pairs:
        if new == "\n":
            parts.append((old, []))
        else:
            parts[-1][1].append((old, new))
    return parts


def _settle(pairs: list[Pair], first: bool, last: bool) -> list[Pair]:
    """Where words go and others come in no certain order, those that go lie at the edge."""
    if first:
        count = next((i for i, pair in enumerate(pairs) if all(pair)), len(pairs))
        pairs = sorted(pairs[:count], key=lambda pair: not pair[0]) + pairs[count:]
    if last:
        tail = next((i for i, pair in enumerate(reversed(pairs)) if all(pair)), len(pairs))
        count = len(pairs) - tail
        pairs = pairs[:count] + sorted(pairs[count:], key=lambda pair: not pair[1])
    return pairs


def _deleted(pairs: list[Pair]) -> int:
    """How many characters are deleted before anything is kept or put in."""
    count = 0
    for _, new in pairs:
        if new:
            break
        count += 1
    return count
