"""Edits: what changed, where in the original, and why.

An edit says that at ``start`` of a text (a code point offset, like a Python
slice) the string ``before`` becomes ``after``. A list of edits is *sound* when
it is sorted and between any two of them lies at least one untouched
character. This module knows nothing of rules, files or Chinese; its laws are
properties in ``tests/test_edits.py``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple


class Certainty(IntEnum):
    """How surely the original was damaged and the edit is right (TEI ``@cert``)."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Applicability(IntEnum):
    """Who must agree: SAFE is made unasked, UNSAFE on request, DISPLAY never."""

    DISPLAY = 1
    UNSAFE = 2
    SAFE = 3


LOW, MEDIUM, HIGH = Certainty
DISPLAY, UNSAFE, SAFE = Applicability

FLAG = "flag"  # nothing changes; a person should look
CONVENTION = "convention"  # the same words, written as the convention wants (orig/reg)
SCRIPT = "script"  # the same words in the other script
BREAK = "break"  # line structure
REMOVAL = "removal"  # page furniture, advertising
ERROR = "error"  # a mistake corrected (sic/corr)
GAP = "gap"  # something is lost and marked

#: Weakest first: where edits fuse, the kind that says most about the loss wins.
KINDS = (FLAG, SCRIPT, CONVENTION, BREAK, REMOVAL, ERROR, GAP)
_STRENGTH = {kind: place for place, kind in enumerate(KINDS)}


class Edit(NamedTuple):
    """At ``start``, ``before`` becomes ``after``, because of ``codes``."""

    start: int
    before: str
    after: str
    codes: tuple[str, ...] = ()
    certainty: Certainty = HIGH
    applicability: Applicability = SAFE
    kind: str = CONVENTION
    note: str = ""

    @property
    def end(self) -> int:
        """Where ``before`` ends, half-open, in code points."""
        return self.start + len(self.before)


class UnsoundEdits(ValueError):
    """The edits overlap, touch, are unsorted, or belong to another text."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with every edit made.

    Raises UnsoundEdits if an edit's ``before`` does not stand at its place or
    two edits touch, so that a list made for another text cannot do damage.
    """
    pieces = []
    end = -1
    for edit in edits:
        start, before = edit[0], edit[1]
        if start <= end:
            raise UnsoundEdits(f"edit at {start} touches the one that ends at {end}")
        if not text.startswith(before, start):
            raise UnsoundEdits(
                f"{before!r} does not stand at {start}: {text[start : start + len(before)]!r} does"
            )
        pieces.append(text[max(end, 0) : start])
        pieces.append(edit[2])
        end = start + len(before)
    if end > len(text):
        raise UnsoundEdits(f"edit at {end} lies beyond the end of the text ({len(text)})")
    pieces.append(text[max(end, 0) :])
    return "".join(pieces)


def invert(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits that lead back: ``apply(apply(t, e), invert(e)) == t``."""
    back = []
    shift = 0
    for edit in edits:
        start, before, after = edit[0], edit[1], edit[2]
        back.append(Edit(start + shift, after, before, *edit[3:]))
        shift += len(after) - len(before)
    return back


def fuse(edits: Iterable[Edit]) -> list[Edit]:
    """Join sorted, disjoint edits of one text where they touch.

    The result is sound. A joined edit carries all codes, the least certainty
    and the least applicability. Raises UnsoundEdits where edits overlap.
    """
    fused: list[Edit] = []
    end = -1
    for edit in edits:
        start, before, after = edit[0], edit[1], edit[2]
        if start > end:
            fused.append(edit)
        elif start < end:
            raise UnsoundEdits(f"edit at {start} overlaps the one that ends at {end}")
        else:
            last = fused[-1]
            fused[-1] = _because((last, edit), last[0], last[1] + before, last[2] + after)
        end = start + len(before)
    return fused


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return one list that does what ``first`` and then ``second`` do.

    ``second`` is stated on the text that ``first`` produced. Both lists are laid
    over that middle text; edits that touch there form a cluster, and a cluster
    becomes one edit: the middle with the first list undone, the middle with
    the second done. A cluster that changes nothing in the end is dropped.
    """
    if not first:
        return list(second)
    if not second:
        return list(first)
    out: list[Edit] = []
    add = out.append
    i = j = 0
    n, m = len(first), len(second)
    shift = 0  # middle offset - original offset, for what follows first[i - 1]
    while i < n or j < m:
        one = first[i] if i < n else None
        two = second[j] if j < m else None
        place_one = one[0] + shift if one is not None else -1
        if one is not None and (two is None or place_one < two[0]):
            end = place_one + len(one[2])
            if two is None or two[0] > end:
                add(one)
                shift += len(one[2]) - len(one[1])
                i += 1
                continue
        elif two is not None:
            end = two[0] + len(two[1])
            if one is None or place_one > end:
                if shift:
                    add(Edit(two[0] - shift, *two[1:]))
                else:
                    add(two)
                j += 1
                continue
        # A cluster of edits that touch: gather it.
        start = min(
            p for p in (place_one if one else None, two[0] if two else None) if p is not None
        )
        end = start
        begin = start - shift
        ours: list[tuple[int, Edit]] = []
        theirs: list[Edit] = []
        while True:
            if i < n and first[i][0] + shift <= end:
                place = first[i][0] + shift
                ours.append((place, first[i]))
                end = max(end, place + len(first[i][2]))
                shift += len(first[i][2]) - len(first[i][1])
                i += 1
            elif j < m and second[j][0] <= end:
                theirs.append(second[j])
                end = max(end, second[j][0] + len(second[j][1]))
                j += 1
            else:
                break
        joined = _join(begin, start, ours, theirs)
        if joined is not None:
            add(joined)
    return out


def rebase(first: Sequence[Edit], offers: Iterable[Edit]) -> list[Edit]:
    """Restate offers, made on the text that ``first`` produced, on the original.

    Offers are independent of each other (they may overlap). Taking one means:
    drop the edits of ``first`` that it touches and add it. An offer that would
    only undo an edit disappears; one that changes nothing (a flag) stays.
    """
    ends: list[int] = []  # where each edit of `first` ends in the middle text
    starts: list[int] = []
    shifts = [0]
    for edit in first:
        starts.append(edit[0] + shifts[-1])
        ends.append(starts[-1] + len(edit[2]))
        shifts.append(shifts[-1] + len(edit[2]) - len(edit[1]))
    restated = []
    for offer in offers:
        low = bisect_left(ends, offer[0])
        high = low
        while high < len(first) and starts[high] <= offer[0] + len(offer[1]):
            high += 1
        if low == high:
            restated.append(Edit(offer[0] - shifts[low], *offer[1:]))
            continue
        start = min(starts[low], offer[0])
        ours = list(zip(starts[low:high], first[low:high], strict=True))
        joined = _join(start - shifts[low], start, ours, [offer], keep=offer.kind == FLAG)
        if joined is not None:
            # What was made already keeps its own codes: the offer speaks for itself.
            restated.append(Edit(joined.start, joined.before, joined.after, *offer[3:]))
    return restated


def _join(
    begin: int, start: int, ours: list[tuple[int, Edit]], theirs: list[Edit], *, keep: bool = False
) -> Edit | None:
    """One edit for a cluster that starts at ``start`` of the middle, ``begin`` of the original."""
    spans = [(place, edit[2]) for place, edit in ours] + [(edit[0], edit[1]) for edit in theirs]
    spans.sort(key=lambda span: span[0])
    middle = ""
    for place, piece in spans:
        known = start + len(middle) - place
        if known < len(piece):
            middle += piece[known:]
    before = _patch(middle, start, [(place, len(edit[2]), edit[1]) for place, edit in ours])
    after = _patch(middle, start, [(edit[0], len(edit[1]), edit[2]) for edit in theirs])
    if before == after and not keep:
        return None
    return _because([edit for _, edit in ours] + theirs, begin, before, after)


def _patch(text: str, origin: int, patches: list[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    end = 0
    for place, length, new in patches:
        pieces += (text[end : place - origin], new)
        end = place - origin + length
    pieces.append(text[end:])
    return "".join(pieces)


def _because(edits: Sequence[Edit], start: int, before: str, after: str) -> Edit:
    """An edit that happens for all the reasons of ``edits``."""
    return Edit(
        start,
        before,
        after,
        tuple(dict.fromkeys(code for edit in edits for code in edit[3])),
        min(edit[4] for edit in edits),
        min(edit[5] for edit in edits),
        max((edit[6] for edit in edits), key=_STRENGTH.__getitem__),
        "; ".join(dict.fromkeys(edit[7] for edit in edits if edit[7])),
    )
