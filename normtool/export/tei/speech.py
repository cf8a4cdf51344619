"""One speech of a document: its lines, what belongs to it outside them, the other script."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from normtool.document import BLANK, META, NOISE, TITLE, Document, _share
from normtool.edits import Edit
from normtool.export.blocks import set_apart
from normtool.export.tei.lines import Line, Removed, split_lines

Thing = TypeVar("Thing", Line, Removed, Edit)

#: Rules whose removals stand before the text that they belong to: labels, titles.
_BEFORE = ("FUR101", "FUR104", "FUR105")
#: Kinds of lines that tell of the page and are not part of the speech.
_ABOUT = (META, NOISE)


class Speech:
    """What one TEI file is made of.

    number       1, 2, 3 ...; 0 when the document has no speeches
    document     what is written; its text may be converted
    base         the document that it was converted from, else the same
    lines        the lines of the body
    outside      lines that stand in no body: about the page, or before the first speech
    removed      what was removed from the page and from around this speech
    suggestions  edits that were not made, in the range of this speech
    """

    def __init__(self, document: Document, number: int) -> None:
        self.document = document
        self.base = document.cleaned or document
        self.number = number
        self.division = division = divide(self.base)
        self.lines = [
            line
            for line in division.by_speech.get(number, ())
            if line.block.kind not in _ABOUT and not (division.apart and line.block.kind == BLANK)
        ]
        self.outside = [
            line
            for line in division.told(division.lines, number)
            if (line.block.kind in _ABOUT or line.block.speech != number)
            and (line.block.speech == number or not line.block.speech)
            and line.block.kind != BLANK
        ]
        self.removed = division.told(division.removed, number)
        self.suggestions = division.told(division.suggestions, number)
        self.place = places(document)

    @property
    def ident(self) -> str:
        return f"sp{self.number}"

    @property
    def title(self) -> Line | None:
        """The first title line."""
        return next((line for line in self.lines if line.block.kind == TITLE), None)

    def owns(self, start: int) -> bool:
        """Whether a place of the original is told of in this file: the page's head is in all."""
        return self.division.owner(start) in (0, self.number)

    def regions(self) -> list[tuple[int, int]]:
        """The parts of the original that are told of in this file: half-open, in order.

        All of it, if the lines of several speeches stand among one another.
        """
        if "regions" in self.base.meta:  # it was read from a file that holds no more
            return [(start, end) for start, end in self.base.meta["regions"]]
        size, zones = len(self.base.original), self.division.zones
        own = self.division.index.get(self.number, -1)
        if own < 0 or not self.division.in_order:
            return [(0, size)]
        start = zones[own][0]
        end = size if own == len(zones) - 1 else zones[own + 1][0]
        # All speeches are cut at the same places, so that they can be put together again.
        head = zones[0][0]
        return [(0, head), (start, end)] if head else [(start, end)]

    def words(self, line: Line) -> str:
        """The line as it is written, converted if the document is."""
        return self.converted(line.block.start, line.block.end)

    def converted(self, place: int, stop: int) -> str:
        """What became of ``base.text[place:stop]``."""
        if self.document is self.base:
            return self.base.text[place:stop]
        return self.document.text[self.place(place) : self.place(stop)]


class Division:
    """Which parts of a document belong to which speech; made once for a book of many.

    zones      where each speech begins in the original: sorted (start, speech)
    index      the place of a speech in ``zones``
    in_order   whether no speech stands inside another
    apart      whether blank lines stand between all lines
    by_speech  the lines of each speech
    lines, removed, suggestions   by the speech whose zone they stand in; 0 is
               the head of the page, which all speeches tell of
    """

    def __init__(self, base: Document) -> None:
        lines, removed = split_lines(base)
        self._end = len(base.original)
        self.zones = _zones(lines, removed, base.original)
        self.index = {speech: place for place, (_, speech) in enumerate(self.zones)}
        self.apart = set_apart(base)
        self.by_speech: dict[int, list[Line]] = {}
        for line in lines:
            self.by_speech.setdefault(line.block.speech, []).append(line)
        order = [line.block.speech for line in lines if line.block.speech]
        self.in_order = order == sorted(order)
        self.lines = self._by_zone(lines)
        self.removed = self._by_zone(removed)
        self.suggestions = self._by_zone(base.suggestions)

    def owner(self, start: int) -> int:
        """The speech that tells of a place of the original; 0 if all do."""
        zone = bisect_right(self.zones, (start, self._end)) - 1
        return self.zones[zone][1] if zone >= 0 else 0

    def _by_zone(self, things: Sequence[Thing]) -> dict[int, list[Thing]]:
        found: dict[int, list[Thing]] = {}
        for thing in things:
            found.setdefault(self.owner(thing.start), []).append(thing)
        return found

    def told(self, things: dict[int, list[Thing]], speech: int) -> list[Thing]:
        """What a speech tells of: the head of the page, and what is its own."""
        return things.get(0, []) + (things.get(speech, []) if speech else [])


@lru_cache(maxsize=1)
def divide(document: Document) -> Division:
    """How a document that is not converted is divided among its speeches."""
    return Division(document)


@lru_cache(maxsize=2)
def places(document: Document) -> Callable[[int], int]:
    """Where a place of the cleaned text is in the converted one (code points)."""
    if document.cleaned is None:
        return lambda place: place
    edits = document.script_edits
    starts = [edit.start for edit in edits]
    shifts = [0]
    for edit in edits:
        shifts.append(shifts[-1] + len(edit.after) - len(edit.before))

    def place_of(place: int) -> int:
        index = bisect_right(starts, place)
        if index and place < edits[index - 1].end:
            edit = edits[index - 1]
            return edit.start + shifts[index - 1] + _share(edit, place - edit.start)
        return place + shifts[index]

    return place_of


def _belongs(cut: Removed) -> bool:
    return any(code in _BEFORE for code in cut.edit.codes)


def _zones(lines: list[Line], removed: list[Removed], original: str) -> list[tuple[int, int]]:
    """Where each speech begins in the original, with its label: sorted (start, speech)."""
    zones: list[tuple[int, int]] = []
    seen: set[int] = set()
    cuts = iter(removed)
    cut = next(cuts, None)
    last_end = 0
    for line in lines:
        speech = line.block.speech
        if speech and speech not in seen:
            seen.add(speech)
            start = max(original.rfind("\n", last_end, line.start) + 1, last_end)
            while cut is not None and cut.start < last_end:
                cut = next(cuts, None)
            nearest = None
            while cut is not None and cut.start < start:
                nearest, cut = cut, next(cuts, None)
            labelled = cut is not None and cut.end <= line.start and _belongs(cut)
            if nearest is not None and _belongs(nearest) and not labelled:
                start = nearest.start  # a label or a second title on a line of its own
            zones.append((start, speech))
        last_end = line.end
    return sorted(zones)
