"""Where the part of the original begins that a speech tells of: at its label, if it has one."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence

from normtool.document import META, NOISE, Block, Document
from normtool.export.tei.lines import Line, Removed
from normtool.native import native

#: Rules whose removals stand before the text that they belong to: labels, titles.
_BEFORE = ("FUR101", "FUR104", "FUR105")


#: Kinds of lines that tell of the page and are not part of the speech.
ABOUT = (META, NOISE)


def follow(base: Document) -> tuple[array[int], array[int]] | None:
    """The speeches of a document whose blocks are its lines, one by one; else None.

    Their numbers, and the block with which each begins. None if one stands in another, too.
    """
    found = speeches_of(base.text, base.blocks)
    return found and (array("q", found[0]), array("q", found[1]))


def _speeches_of(text: str, blocks: Sequence[Block]) -> tuple[list[int], list[int]] | None:
    """The same of a text and its blocks, in lists."""
    numbers, firsts = [], []
    last, expected = 0, 0
    for number, (_, start, end, _, speech, _) in enumerate(blocks):
        if start != expected or (start and text[start - 1] != "\n") or speech < 0:
            return None
        expected = end + 1
        if speech > last:
            numbers.append(speech)
            firsts.append(number)
            last = speech
        elif 0 < speech < last:
            return None
    if expected != len(text) + 1 or text.count("\n") + 1 != len(blocks):
        return None
    return numbers, firsts


speeches_of = native.follow if native else _speeches_of


def _belongs(cut: Removed) -> bool:
    return any(code in _BEFORE for code in cut.edit.codes)


def begin_of(line: Line, last_end: int, removed: Sequence[Removed], base: Document) -> int:
    """Where the zone of a speech begins in the original: with its label.

    line      its first line; before it, one ends at ``last_end``
    removed   among others, what was taken off between the two, in order
    """
    start = max(base.original.rfind("\n", last_end, line.start) + 1, last_end)
    between = [cut for cut in removed if last_end <= cut.start]
    nearest = next((cut for cut in reversed(between) if cut.start < start), None)
    follows = next((cut for cut in between if cut.start >= start), None)
    labelled = follows is not None and follows.end <= line.start and _belongs(follows)
    if nearest is not None and _belongs(nearest) and not labelled:
        return nearest.start  # a label or a second title on a line of its own
    return start


def zones_of(lines: list[Line], removed: list[Removed], base: Document) -> list[tuple[int, int]]:
    """Where each speech begins in the original: sorted (start, speech)."""
    zones: list[tuple[int, int]] = []
    seen: set[int] = set()
    starts = [cut.start for cut in removed]
    last_end = 0
    for line in lines:
        if line.block.speech and line.block.speech not in seen:
            seen.add(line.block.speech)
            # What was taken off before the line, and the next.
            around = removed[bisect_left(starts, last_end) : bisect_left(starts, line.start) + 1]
            zones.append((begin_of(line, last_end, around, base), line.block.speech))
        last_end = line.end
    return sorted(zones)
