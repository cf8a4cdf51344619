"""Marks in words that were kept: what the source masked, and what is suspected."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from normtool.edits import ERROR, GAP, Edit
from normtool.export.tei.item import MASK, SUSPICION, WORDS, Item


def cut_masks(items: Iterable[Item], masks: list[tuple[int, int]]) -> Iterator[Item]:
    """Cut the masks out of the kept words."""
    ends = [stop for _, stop in masks]
    for item in items:
        if item.kind != WORDS:
            yield item
            continue
        shift = item.start - item.place
        place = item.place
        for number in range(bisect_right(ends, place), len(masks)):
            start, stop = masks[number]
            start, stop = max(start, place), min(stop, item.stop)
            if start >= stop:
                break
            if start > place:
                yield Item(WORDS, place + shift, start + shift, place, start)
            yield Item(MASK, start + shift, stop + shift, start, stop)
            place = stop
        if place < item.stop:
            yield Item(WORDS, place + shift, item.end, place, item.stop)


def apart(suggestions: Sequence[Edit]) -> list[Edit]:
    """The suggestions about visible words that can be marked: of two that overlap, the first.

    What is only pointed at (a flag) is no mistake: the header tells of it.
    """
    found: list[Edit] = []
    end = 0
    for edit in sorted(suggestions, key=lambda edit: (edit.start, -edit.end)):
        visible = edit.before.strip() == edit.before != ""
        visible = visible and "\n" not in edit.before and edit.kind in (ERROR, GAP)
        if visible and edit.start >= end:
            found.append(edit)
            end = edit.end
    return found


def cut_suspicions(items: Iterable[Item], suspected: Sequence[Edit]) -> Iterator[Item]:
    """Cut what is suspected out of the kept words; a place that meets a change is only told of."""
    starts = [edit.start for edit in suspected]
    for item in items:
        if item.kind != WORDS:
            yield item
            continue
        shift = item.place - item.start
        start = item.start
        for number in range(bisect_left(starts, start), len(starts)):
            edit = suspected[number]
            if edit.end > item.end:
                break
            if edit.start > start:
                yield Item(WORDS, start, edit.start, start + shift, edit.start + shift)
            span = (edit.start, edit.end, edit.start + shift, edit.end + shift)
            yield Item(SUSPICION, *span, edit.codes, edit.certainty, edit.note)
            start = edit.end
        if start < item.end:
            yield Item(WORDS, start, item.end, start + shift, item.stop)
