"""What normtool wrote in a line that a person has changed since, found out and proved.

The ledger has a checksum of the words of each line, not the words. What it does
have are the edits: of all places that it changed, or that were converted, it knows
the words. The rest are characters of the source, and stand in the markup, unless
somebody wrote over them. Put together they must have the checksum: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple
from zlib import crc32

from normtool.edition.conversion import Conversion
from normtool.edits import Edit

#: So many ways to read a line are tried.
_MOST = 256


class Bit(NamedTuple):
    """A piece of the markup of a line: the words of the source, how it reads, its range.

    span  of an element of ours its range of the source; None for kept words and for what
          a person marked
    """

    source: str
    reading: str
    span: tuple[int, int] | None = None


class Piece(NamedTuple):
    """What normtool wrote at a piece of the markup, and how that reads now."""

    written: str
    reading: str


class Slot(NamedTuple):
    """A place of the line: ``source[start:end]``; ``written`` is None where only the markup has it.

    before  what the source has there, of an edit; None for kept characters
    """

    start: int
    end: int
    written: str | None
    before: str | None = None


class _Group(NamedTuple):
    """A run of words between our elements, or such an element: ``source[start:end]``.

    Elements that one edit has brought forth are one.
    """

    start: int
    end: int
    source: str
    reading: str
    is_element: bool


def recover(
    bits: Sequence[Bit],
    around: tuple[int, int],
    edits: Sequence[Edit],
    checksum: int,
    conversion: Conversion | None = None,
    start: int = 0,
) -> list[Piece] | None:
    """What normtool wrote in a line, piece by piece; None if that cannot be proved.

    bits        the markup as it stands
    around      the range of the source that the line stands for
    edits       those of the ledger that lie in it or reach into it, in order
    checksum    of the words as they were written
    conversion  of a converted text; ``start`` is where its line begins in the cleaned one
    """
    groups = _groups(bits, around, edits)
    mine: list[list[Slot]] = [[] for _ in groups]
    for slot in _slots(around, edits, conversion, start):
        for part in _cut(slot, groups):
            owner = _owner(part, groups)
            if owner < 0:
                return None
            mine[owner].append(part)
    ways = [
        list(dict.fromkeys(_fill(slots, group))) for slots, group in zip(mine, groups, strict=True)
    ]
    size = 1
    for way in ways:
        size *= len(way)
    for found in product(*ways) if 0 < size <= _MOST else ():
        if crc32("".join(found).encode("utf-8", "surrogatepass")) == checksum:
            return [
                Piece(written, group.reading) for written, group in zip(found, groups, strict=True)
            ]
    return None


def _slots(
    around: tuple[int, int], edits: Sequence[Edit], conversion: Conversion | None, start: int
) -> list[Slot]:
    """The places of a line in order, each with what the ledger knows of it."""
    first, last = around
    slots: list[Slot] = []
    place = first
    for edit in (*edits, None):
        until = last if edit is None else min(max(edit.start, first), last)
        while place < until:
            size, written = conversion.kept(start) if conversion else (1, None)
            slots.append(Slot(place, place + size, written))
            place += size
            start += size
        if edit is None:
            break
        before, after = edit.before, edit.after
        # Of an edit that holds a break the part on this side of it.
        if edit.start < first or (edit.start == first and "\n" in after):
            after = after.rpartition("\n")[2]
        if edit.end > last or (edit.end == last and "\n" in after):
            after = after.partition("\n")[0]
        before = before[max(first - edit.start, 0) : len(before) - max(edit.end - last, 0)]
        if before or after:
            written = conversion(after, start) if conversion else after
            slots.append(Slot(place, place + len(before), written, before))
        place += len(before)
        start += len(after)
    return slots


def _groups(bits: Sequence[Bit], around: tuple[int, int], edits: Sequence[Edit]) -> list[_Group]:
    groups: list[_Group] = []
    place = around[0]
    source = reading = ""
    for bit in bits:
        if bit.span is None:
            source += bit.source
            reading += bit.reading
            continue
        start, end = bit.span
        if source or reading or start > place:
            groups.append(_Group(place, start, source, reading, False))
            source = reading = ""
        group = _Group(start, end, bit.source, bit.reading, True)
        if groups and groups[-1].is_element and _is_one_edit(groups[-1], group, edits):
            last = groups.pop()
            words = (last.source + group.source, last.reading + group.reading)
            group = _Group(last.start, end, *words, True)
        groups.append(group)
        place = end
    if source or reading or around[1] > place:
        groups.append(_Group(place, around[1], source, reading, False))
    return groups


def _is_one_edit(one: _Group, two: _Group, edits: Sequence[Edit]) -> bool:
    return one.end == two.start and any(
        edit.start < one.end < edit.end or (edit.start <= one.start and two.end <= edit.end)
        for edit in edits
    )


def _cut(slot: Slot, groups: Sequence[_Group]) -> Iterator[Slot]:
    """A slot; of an edit that begins or ends with changes of width these by themselves."""
    start, end, written, before = slot
    if before is None or written is None:
        yield slot
        return
    for group in groups:
        if not group.is_element and group.start <= start < group.end < end:
            size = group.end - start
            yield Slot(start, group.end, written[:size], before[:size])
            start, written, before = group.end, written[size:], before[size:]
    rest: list[Slot] = []
    for group in reversed(groups):
        if not group.is_element and start < group.start < end <= group.end:
            size = end - group.start
            rest.append(Slot(group.start, end, written[-size:], before[-size:]))
            end, written, before = group.start, written[:-size], before[:-size]
    yield Slot(start, end, written, before)
    yield from rest


def _owner(slot: Slot, groups: Sequence[_Group]) -> int:
    """The number of the group that a place belongs to; what is put in is that of an element."""
    found = [
        (not group.is_element, (group.start, group.end) != slot[:2], number)
        for number, group in enumerate(groups)
        if group.start <= slot.start
        and slot.end <= group.end
        # Between two groups stands the second, save what is put in.
        and (slot.start < group.end or slot.start == slot.end)
    ]
    return min(found)[2] if found else -1


def _fill(slots: Sequence[Slot], group: _Group) -> Iterator[str]:
    """What may have been written in a group, given the words that the markup has there."""
    words = group.source
    if group.is_element:
        yield "".join([_at(slot, words[slot.start - group.start :]) for slot in slots])
        return
    sizes = [_size(slot) for slot in slots]
    extra = len(words) - sum(sizes)
    if not extra:
        yield _typed(slots, words, sizes)
        return
    # Markup was taken off: the words of the source stand there.
    place, typed = 0, list(sizes)
    for number, slot in enumerate(slots):
        before, written = slot.before, slot.written or ""
        is_source = before is not None and words.startswith(before, place)
        if before is not None and is_source and not words.startswith(written, place):
            typed[number] = len(before)
        place += typed[number]
    if sum(typed) == len(words):
        yield _typed(slots, words, typed)
    # Or other words, in one place.
    for number, slot in enumerate(slots):
        if slot.before is not None and sizes[number] + extra >= 0:
            changed = [*sizes[:number], sizes[number] + extra, *sizes[number + 1 :]]
            yield _typed(slots, words, changed)


def _size(slot: Slot) -> int:
    return slot.end - slot.start if slot.written is None else len(slot.written)


def _at(slot: Slot, words: str) -> str:
    return words[: slot.end - slot.start] if slot.written is None else slot.written


def _typed(slots: Sequence[Slot], words: str, sizes: Sequence[int]) -> str:
    """The words of a run as they were written; ``sizes``: how much of it stands at each slot."""
    pieces, place = [], 0
    for slot, size in zip(slots, sizes, strict=True):
        pieces.append(words[place : place + size] if slot.written is None else slot.written)
        place += size
    return "".join(pieces)
