"""How a document is divided among its speeches.

A book of many speeches is written one by one. Only where each begins is kept
in mind; its lines are cut out when it is written, so that memory does not grow.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain, pairwise
from operator import attrgetter

from normtool.document import Block, Document
from normtool.edits import Edit
from normtool.export.blocks import set_apart
from normtool.export.tei.inside import Inside, inside_of, number_of
from normtool.export.tei.lines import Line, Removed, changes, cut_lines
from normtool.export.tei.shape import SHAPES
from normtool.export.tei.zones import begin_of, follow, zones_of
from normtool.native import native
from normtool.records import NamedTuple


class Part(NamedTuple):
    """What a speech, or the head of the page, tells of.

    own     the lines of the speech; of the head, those that belong to no speech
    edits   those inside its zone
    """

    lines: list[Line]
    removed: list[Removed]
    own: list[Line]
    edits: Inside


class Division:
    """Which parts of a document, not converted, belong to which speech.

    numbers    of the speeches, in the order in which they begin
    starts     where the zone of each begins in the original; before the first is
               the head of the page, which all speeches tell of
    in_order   whether no speech stands inside another
    apart      whether blank lines stand between all lines
    """

    def __init__(self, base: Document) -> None:
        self.base = base
        self.apart = set_apart(base)
        self.starts = array("q")
        self._places = array("q")  # where to begin cutting, in the text
        self._origins = array("q")  # and in the original
        #: All lines, where they have to be kept: of speeches that stand in one another.
        self._all: tuple[list[Line], list[Removed]] | None = None
        self.in_order = True
        found = follow(base)
        if found is not None:
            self.numbers, self._firsts = found
            self._find_starts()
        else:
            self._all = cut_lines(base, self._blocks, changes(base.edits, 0))
            order = [line.block.speech for line in self._all[0] if line.block.speech]
            self.in_order = order == sorted(order)
            zones = zones_of(*self._all, base)
            self.numbers = array("q", [number for _, number in zones])
            self.starts = array("q", [start for start, _ in zones])
        self._sorted = all(one.start <= two.start for one, two in pairwise(base.suggestions))

    def _find_starts(self) -> None:
        """Where to begin cutting for each speech, and where its zone begins."""
        base = self.base
        edits, blocks = base.edits, base.blocks
        shifts: Sequence[int] = ()
        if any(self._firsts):  # most files hold one speech, which begins where they begin
            shifts = array("q", growths(edits))
        number = 0

        def end(number: int) -> int:
            """Where an edit ends in the text."""
            return edits[number][0] + len(edits[number][1]) + shifts[number]

        for first in self._firsts:
            place = start = 0
            if first:
                # How the line before ends tells where this one begins.
                before = blocks[first - 1]
                number = bisect_left(range(len(edits)), before.end, number, key=end)
                shift = shifts[number - 1] if number else 0
                place = before.end - 1
                if number < len(edits):
                    place = min(place, edits[number][0] + shift - 1)
                start = place - shift
                if place <= before.start or (number and edits[number - 1].end >= start):
                    place, start = self._untouched(before.start, number, shift)
            self._places.append(place)
            self._origins.append(start)
            lines, removed = self._cut(place, start, first, changes(edits, number_of(edits, start)))
            self.starts.append(begin_of(lines[-1], lines[-2].end if first else 0, removed, base))

    def _untouched(self, place: int, number: int, shift: int) -> tuple[int, int]:
        """The begin of the line at ``place``, or of one before it, that no change touches.

        On both sides: in the text and in the original. ``number`` is that of the first edit
        that ends at ``place`` or behind, ``shift`` how much longer those before it made the text.
        """
        edits = self.base.edits
        while place:
            while number:
                edit = edits[number - 1]
                less = len(edit[2]) - len(edit[1])
                if edit[0] + shift - less + len(edit[2]) < place:
                    break
                number, shift = number - 1, shift - less
            if number == len(edits):
                break
            here = edits[number][0] + shift
            if here > place or SHAPES.of(edits[number]).silent:
                break
            # The line before the edit, or that in whose middle it begins.
            place = self.base.text.rfind("\n", 0, max(here - 1, 0)) + 1
        return place, place - shift if place else 0

    def _cut(
        self, place: int, start: int, until: int, edits: Iterable[Edit]
    ) -> tuple[list[Line], list[Removed]]:
        """Lines from a place on, with that of block ``until``, of which only the begin counts.

        The place may lie inside a line, of which the rest comes out as noise.
        """
        known = self.base.blocks
        first = bisect_left(known, place, key=_start)
        stop = known[until].start if until < len(known) else None
        blocks = {block.start: block for block in known[first : until + 1]}
        lines, removed = cut_lines(self.base, blocks, edits, start, place, stop)
        if stop is not None:
            while lines[-1].block.start > stop:
                lines.pop()
        return lines, removed

    def shift(self, number: int) -> int:
        """How much longer the edits before one of them make the text."""
        if self._all is not None:
            return self._shifts[number]
        edits = self.base.edits
        start = edits[number].start if number < len(edits) else len(self.base.original)
        known = bisect_right(self._origins, start) - 1
        origin, place = (self._origins[known], self._places[known]) if known >= 0 else (0, 0)
        first = number_of(self.base.edits, origin)
        return place - origin + sum([len(e[2]) - len(e[1]) for e in edits[first:number]])

    @cached_property
    def _shifts(self) -> list[int]:
        """The same of all edits, where they have to be kept."""
        return [0, *accumulate(len(edit[2]) - len(edit[1]) for edit in self.base.edits)]

    def blocks(self, start: int, end: int) -> Mapping[int, Block]:
        """The blocks that begin in ``text[start:end]``, by these places; or some more."""
        known = self.base.blocks
        if self._all is not None:
            return self._blocks
        first, last = bisect_left(known, start, key=_start), bisect_right(known, end, key=_start)
        return {block.start: block for block in known[first:last]}

    @cached_property
    def _blocks(self) -> dict[int, Block]:
        return {block.start: block for block in self.base.blocks}

    def place(self, number: int) -> int:
        """The place of a speech among the others; -1 if it is none of them."""
        if self._all is not None:
            return self.numbers.index(number) if number in self.numbers else -1
        found = bisect_left(self.numbers, number)
        return found if number and self.numbers[found : found + 1] == array("q", [number]) else -1

    def zone(self, place: int) -> tuple[int, int]:
        """The part of the original that a speech, by its place, tells of; -1: the page's head."""
        start = self.starts[place] if place >= 0 else 0
        behind = place + 1 < len(self.starts)
        return start, self.starts[place + 1] if behind else len(self.base.original)

    def owner(self, start: int) -> int:
        """The speech that tells of a place of the original; 0 if all do."""
        place = bisect_right(self.starts, start) - 1
        return self.numbers[place] if place >= 0 else 0

    def part(self, place: int) -> Part:
        """The lines of a speech, by its place, and what was removed around them."""
        if place < 0:
            return self._head
        return self._part(place) if self._all is None else self._part_of_all(place)

    @cached_property
    def _head(self) -> Part:
        return self._part(-1) if self._all is None else self._part_of_all(-1)

    def _part(self, place: int) -> Part:
        start, end = self.zone(place)
        inside, edits = inside_of(self.base.edits, start, end), self.base.edits
        behind = place + 1
        until = self._firsts[behind] if behind < len(self._firsts) else len(self.base.blocks)
        if behind == len(self._firsts):
            end += 1  # a last line that is empty begins where the original ends
        begin, origin = (self._places[place], self._origins[place]) if behind else (0, 0)
        grouped = [
            Edit(start, *key)
            for key, starts in inside.groups.items()
            if not SHAPES[key].silent
            for start in starts
        ]
        marked = chain(
            changes(edits, number_of(edits, origin), inside.first),
            sorted(grouped),
            changes(edits, inside.last),
        )
        lines, removed = self._cut(begin, origin, until, marked)
        number = self.numbers[place] if behind else 0
        told = lines
        if lines and not start <= lines[0].start <= lines[-1].start < end:
            told = [line for line in lines if start <= line.start < end]
        return Part(
            told,
            [cut for cut in removed if start <= cut.start < end],
            [line for line in lines if line[0][4] == number],
            inside,
        )

    def _part_of_all(self, place: int) -> Part:
        assert self._all is not None
        number = self.numbers[place] if place >= 0 else 0
        lines, removed = self._all
        return Part(
            [line for line in lines if self.owner(line.start) == number],
            [cut for cut in removed if self.owner(cut.start) == number],
            [line for line in lines if line.block.speech == number],
            inside_of(self.base.edits, *self.zone(place)),
        )

    @property
    def in_zones(self) -> bool:
        """Whether each line is a block and each speech is all of its zone."""
        return self._all is None

    @property
    def all_lines(self) -> list[Line]:
        """All lines of a document whose speeches stand in one another."""
        return self._all[0] if self._all is not None else []

    def suggestions(self, place: int) -> list[Edit]:
        """What was suggested in the zone of a speech, or in the head of the page (-1)."""
        found = self.base.suggestions
        if not self._sorted:
            number = self.numbers[place] if place >= 0 else 0
            return [edit for edit in found if self.owner(edit.start) == number]
        start, end = self.zone(place)
        first = bisect_left(found, start, key=_start)
        if place + 1 == len(self.starts):
            return list(found[first:])
        return list(found[first : bisect_left(found, end, key=_start)])


def _growths(edits: Sequence[Edit]) -> list[int]:
    """How much longer the edits make a text: up to each of them, itself included."""
    return list(accumulate([len(edit[2]) - len(edit[1]) for edit in edits]))


growths: Callable[[Sequence[Edit]], list[int]] = native.growths if native else _growths
_start = attrgetter("start")


@lru_cache(maxsize=1)
def divide(document: Document) -> Division:
    """How a document that is not converted is divided among its speeches."""
    return Division(document)
