"""One speech of a document: its lines, what belongs to it outside them, the other script."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache

from normtool.document import BLANK, META, NOISE, TITLE, Document, _share
from normtool.edits import Edit
from normtool.export.blocks import set_apart
from normtool.export.tei.lines import Line, Removed, split_lines

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
        lines, removed = split_lines(self.base)
        self.all_lines = lines
        self._zones = _zones(lines, removed, self.base.original)
        layout = set_apart(self.base)
        self.lines = [
            line
            for line in lines
            if line.block.speech == number
            and line.block.kind not in _ABOUT
            and not (layout and line.block.kind == BLANK)
        ]
        self.outside = [
            line
            for line in lines
            if (line.block.kind in _ABOUT or line.block.speech != number)
            and (line.block.speech == number or not line.block.speech)
            and line.block.kind != BLANK
            and self.owns(line.start)
        ]
        self.removed = [cut for cut in removed if self.owns(cut.start)]
        self.suggestions: list[Edit] = [
            edit for edit in self.base.suggestions if self.owns(edit.start)
        ]
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
        if not self._zones:
            return True
        zone = bisect_right(self._zones, (start, len(self.base.original))) - 1
        return zone < 0 or self._zones[zone][1] == self.number

    def regions(self) -> list[tuple[int, int]]:
        """The parts of the original that are told of in this file: half-open, in order.

        All of it, if the lines of several speeches stand among one another.
        """
        if "regions" in self.base.meta:  # it was read from a file that holds no more
            return [(start, end) for start, end in self.base.meta["regions"]]
        size = len(self.base.original)
        order = [line.block.speech for line in self.all_lines if line.block.speech]
        own = next((i for i, zone in enumerate(self._zones) if zone[1] == self.number), -1)
        if own < 0 or order != sorted(order):
            return [(0, size)]
        start, last = self._zones[own][0], own == len(self._zones) - 1
        end = size if last else self._zones[own + 1][0]
        # All speeches are cut at the same places, so that they can be put together again.
        head = self._zones[0][0]
        return [(0, head), (start, end)] if head else [(start, end)]

    def words(self, line: Line) -> str:
        """The line as it is written, converted if the document is."""
        return self.converted(line.block.start, line.block.end)

    def converted(self, place: int, stop: int) -> str:
        """What became of ``base.text[place:stop]``."""
        return self.document.text[self.place(place) : self.place(stop)]


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
            start = original.rfind("\n", 0, line.start) + 1
            start = max(start, last_end)
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
