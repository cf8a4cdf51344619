"""One speech of a document: its lines, what belongs to it outside them, the other script."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

from normtool.document import BLANK, TITLE, Document, share
from normtool.edits import Edit
from normtool.export.tei.division import divide
from normtool.export.tei.inside import Inside, inside_of
from normtool.export.tei.lines import Line
from normtool.export.tei.zones import ABOUT


class Speech:
    """What one TEI file is made of.

    number       1, 2, 3 ...; 0 when the document has no speeches
    document     what is written; its text may be converted
    base         the document that it was converted from, else the same
    lines        the lines of the body
    told         the lines that the file tells of: of the head of the page, and of the speech
    outside      lines that stand in no body: about the page, or before the first speech
    removed      what was removed from the page and from around this speech
    suggestions  edits that were not made, in the range of this speech
    """

    def __init__(self, document: Document, number: int) -> None:
        self.document = document
        self.base = document.cleaned or document
        self.number = number
        self.division = division = divide(self.base)
        self._place = division.place(number)
        head = division.part(-1)
        part = division.part(self._place) if number else None
        self.part = part or head
        left_out = (*ABOUT, BLANK) if division.apart else ABOUT
        self.lines = [line for line in self.part.own if line[0][0] not in left_out]
        self.told = head.lines + part.lines if part else head.lines
        self.outside = self.outside_in(self.told)
        self.removed = head.removed + part.removed if part else head.removed
        self.suggestions = division.suggestions(-1)
        if part:
            self.suggestions += division.suggestions(self._place)
        self.place = places(document)
        #: Whether each place of the cleaned text is the same one in the text that is written.
        self.in_step = self.place is _same
        #: The text that is written.
        self.shown = document.text

    @property
    def ident(self) -> str:
        return f"sp{self.number}"

    @property
    def title(self) -> Line | None:
        """The first title line."""
        return next((line for line in self.lines if line.block.kind == TITLE), None)

    def outside_in(self, lines: Sequence[Line]) -> list[Line]:
        """Those of the lines that are in no body: not in this one, and no other speech's."""
        number, speeches = self.number, (self.number, 0)
        return [
            line
            for line in lines
            if (line[0][4] != number or line[0][0] in ABOUT)
            and line[0][4] in speeches
            and line[0][0] != BLANK
        ]

    def regions(self) -> list[tuple[int, int]]:
        """The parts of the original that are told of in this file: half-open, in order.

        All of it, if the lines of several speeches stand among one another.
        """
        if "regions" in self.base.meta:  # it was read from a file that holds no more
            return [(start, end) for start, end in self.base.meta["regions"]]
        if self._place < 0 or not self.division.in_order:
            return [(0, len(self.base.original))]
        # All speeches are cut at the same places, so that they can be put together again.
        _, head = self.division.zone(-1)
        own = self.division.zone(self._place)
        return [(0, head), own] if head else [own]

    def is_head(self, region: tuple[int, int]) -> bool:
        """Whether a region is the head of the page, of which nothing is in this text."""
        return self.in_zone and region == self.division.zone(-1)

    def inside(self, start: int, end: int) -> Inside:
        """The edits inside a region."""
        if (start, end) == self.division.zone(self._place):
            return self.part.edits
        if (start, end) == self.division.zone(-1):
            return self.division.part(-1).edits
        return inside_of(self.base.edits, start, end)

    @property
    def in_zone(self) -> bool:
        """Whether the speech is all that stands between its beginning and the next one."""
        return self.division.in_zones and (self._place >= 0) == bool(self.number)

    def at_the_ends(self) -> list[Edit]:
        """The edits of the zone that reach its ends and no further."""
        start, end = self.division.zone(self._place)
        first, last, _, _ = self.part.edits
        found = self.base.edits[max(first - 1, 0) : first] + self.base.edits[last : last + 1]
        return [edit for edit in found if start <= edit.start and edit.end <= end]

    @property
    def size(self) -> int:
        """How many characters the lines have, as they are written."""
        lines = [line for line in self.lines if line[0][0] != BLANK]
        if self.in_step:
            return sum([line[0][2] - line[0][1] for line in lines])
        return sum([len(self.words(line)) for line in lines])

    def words(self, line: Line) -> str:
        """The line as it is written, converted if the document is."""
        return self.converted(line.block.start, line.block.end)

    def converted(self, place: int, stop: int) -> str:
        """What became of ``base.text[place:stop]``."""
        if self.in_step:
            return self.shown[place:stop]
        return self.shown[self.place(place) : self.place(stop)]


def _same(place: int) -> int:
    return place


@lru_cache(maxsize=2)
def places(document: Document) -> Callable[[int], int]:
    """Where a place of the cleaned text is in the converted one (code points)."""
    # Nearly all words have as many characters in the other script.
    edits = [edit for edit in document.script_edits if len(edit[1]) != len(edit[2])]
    if document.cleaned is None or not edits:
        return _same
    starts = [edit.start for edit in edits]
    shifts = [0]
    for edit in edits:
        shifts.append(shifts[-1] + len(edit.after) - len(edit.before))

    def place_of(place: int) -> int:
        index = bisect_right(starts, place)
        if index and place < edits[index - 1].end:
            edit: Edit = edits[index - 1]
            return edit.start + shifts[index - 1] + share(edit, place - edit.start)
        return place + shifts[index]

    return place_of
