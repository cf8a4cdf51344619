"""The edits of a part of the original, shape by shape."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence

from normtool.edits import Edit
from normtool.export.tei.shape import Key
from normtool.native import native
from normtool.records import NamedTuple


class Inside(NamedTuple):
    """The edits inside a range of the original, without those that reach its ends.

    first, last  their numbers, half-open
    growth       how much longer they make the text
    groups       of each shape where its edits begin
    """

    first: int
    last: int
    growth: int
    groups: dict[Key, list[int]]


def number_of(edits: Sequence[Edit], start: int) -> int:
    """The number of the first edit at a place of the original or behind it."""
    return bisect_left(edits, (start,))


def _grouped(edits: Sequence[Edit], first: int, last: int) -> dict[Key, list[int]]:
    """The starts of ``edits[first:last]``, by what else is in each."""
    groups: dict[Key, list[int]] = defaultdict(list)
    for edit in edits[first:last]:
        groups[edit[1:]].append(edit[0])
    return groups


grouped: Callable[[Sequence[Edit], int, int], dict[Key, list[int]]] = (
    native.grouped if native else _grouped
)


def inside_of(edits: Sequence[Edit], start: int, end: int) -> Inside:
    """The edits inside a range of the original."""
    first = number_of(edits, start + 1)
    last = max(first, number_of(edits, end))
    while last > first and edits[last - 1].end >= end:
        last -= 1
    groups = grouped(edits, first, last)
    growth = sum([(len(key[1]) - len(key[0])) * len(group) for key, group in groups.items()])
    return Inside(first, last, growth, groups)
