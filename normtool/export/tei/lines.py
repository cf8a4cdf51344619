"""Lines of the text, each with its source: the two sides of every change, cut at the breaks.

One line of the text is one block. An edit may cover the end of one line, the
break, and the beginning of the next; here it is cut apart, so that each line
knows its range of the original, the changes inside it, and what was removed
at its edges. A change of width is none: both sides are as long and no line
depends on it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from normtool.document import BLANK, NOISE, PARAGRAPH, Block, Document
from normtool.edits import REMOVAL, Edit
from normtool.export.tei.breaks import parts_of
from normtool.export.tei.shape import SHAPES
from normtool.native import native
from normtool.records import NamedTuple
from normtool.rule import RULES


class Piece(NamedTuple):
    """``original[start:end]`` became ``text[place:stop]``; ``edit`` is None for what was kept."""

    start: int
    end: int
    place: int
    stop: int
    edit: Edit | None


class Removed(NamedTuple):
    """``original[start:end]``, without blanks around it, stands in no line."""

    start: int
    end: int
    edit: Edit


class Line(NamedTuple):
    """A block with its range of the original.

    pieces    the changes inside, those of width left out
    inferred  the edit that made the break before the line, if the original
              had none there
    """

    block: Block
    start: int
    end: int
    pieces: Sequence[Piece]
    inferred: Edit | None


def changes(edits: Sequence[Edit], first: int, last: int | None = None) -> Iterator[Edit]:
    """The edits with numbers in a range that are more than a change of width."""
    for number in range(first, len(edits) if last is None else last):
        if not SHAPES.of(edits[number]).silent:
            yield edits[number]


def cut_lines(
    document: Document,
    blocks: Mapping[int, Block],
    edits: Iterable[Edit],
    start: int = 0,
    place: int = 0,
    stop: int | None = None,
) -> tuple[list[Line], list[Removed]]:
    """The lines of a part of a document that is not converted, and what was removed around them.

    The part begins with a line at ``text[place:]``, which is ``original[start:]`` and touches
    no change, and ends with the line that ends at ``text[stop]``. ``blocks`` by their starts;
    without any, the document is a series of paragraphs. ``edits`` are those of the
    part and all behind it, without changes of width.
    """
    whole = stop is None or stop >= len(document.text)
    last = len(document.text) if stop is None else stop
    cutter = _Cutter(document, blocks, start, place)
    for edit in edits:
        first, before, after = edit[0], edit[1], edit[2]
        here = first + place - start
        if here > last:
            break
        if first > start:
            cutter.add_kept(start, place, here)
        start, place = first + len(before), here + len(after)
        cutter.add_edit(first, start, here, place, edit)
    if place < last:
        cutter.add_kept(start, place, last)
    cutter.end_line(len(document.original) if whole else start + last - place, None)
    return cutter.lines, cutter.removed


def all_pieces(document: Document, line: Line) -> Iterator[Piece]:
    """The pieces of a line without gaps: what was kept, changes of width, other changes."""
    edits = document.edits
    start, place = line.start, line.block.start
    number = bisect_left(edits, (start,))
    for piece in (*line.pieces, None):
        until = line.end if piece is None else piece.start
        while number < len(edits) and edits[number].start < until:
            edit = edits[number]
            number += 1
            if edit.start < start or not SHAPES.of(edit).silent:
                continue
            here = place + edit.start - start
            if edit.start > start:
                yield Piece(start, edit.start, place, here, None)
            start, place = edit.end, here + len(edit.after)
            yield Piece(edit.start, start, here, place, edit)
        if start < until:
            yield Piece(start, until, place, place + until - start, None)
        if piece is not None:
            yield piece
            start, place = piece.end, piece.stop


def split_lines(document: Document) -> tuple[list[Line], list[Removed]]:
    """All lines of a document that is not converted, in all their pieces; what was removed."""
    blocks = {block.start: block for block in document.blocks}
    lines, removed = cut_lines(document, blocks, changes(document.edits, 0))
    return [line._replace(pieces=list(all_pieces(document, line))) for line in lines], removed


_NONE: tuple[Piece, ...] = ()


def _kept_lines(
    text: str,
    blocks: Mapping[int, Block],
    place: int,
    stop: int,
    shift: int,
    make: type[Line],
    pieces: Sequence[Piece],
    made: list[Line],
) -> int:
    """Add the lines that end in ``text[place:stop]`` and are blocks to ``made``, while they are.

    shift   how far they were shifted
    Returns where the first line begins that was not added.
    """
    while (end := text.find("\n", place, stop)) >= 0:
        block = blocks.get(place)
        if block is None or block[2] != end:
            break
        made.append(make(block, place - shift, end - shift, pieces, None))
        place = end + 1
    return place


kept_lines = native.kept_lines if native else _kept_lines


_piece, _line = partial(tuple.__new__, Piece), partial(tuple.__new__, Line)


class _Cutter:
    def __init__(
        self, document: Document, blocks: Mapping[int, Block], start: int, place: int
    ) -> None:
        self.original = document.original
        self.text = document.text
        self.blocks = blocks
        self.structured = bool(document.blocks)
        self.lines: list[Line] = []
        self.removed: list[Removed] = []
        self._pieces: list[Piece] = []
        self._place = place  # where the line begins in the text
        self._first = -1  # where its first character is in the original; -1 while it has none
        self._end = self._stop = 0  # where it ends so far, on both sides
        self._last_end = max(start - 1, 0)  # where the last line ends in the original
        self._break: Edit | None = None  # the edit that holds the break before the line

    def add_kept(self, start: int, place: int, stop: int) -> None:
        """``text[place:stop]`` was kept, or changed in width alone."""
        text, shift, blocks = self.text, place - start, self.blocks
        while (end := text.find("\n", place, stop)) >= 0:
            if self._first < 0 and self._break is None and place == self._place:
                # As nearly all: nothing happened in the lines nor at the break before them.
                known = len(self.lines)
                place = kept_lines(text, blocks, place, stop, shift, Line, _NONE, self.lines)
                if len(self.lines) > known:
                    self._last_end = place - 1 - shift
                    self._place = place
                    continue
            if end > place:
                self._extend(place - shift, end - shift, end)
            self.end_line(end - shift, None)
            self._place = place = end + 1
        if place < stop:
            self._extend(place - shift, stop - shift, stop)

    def _extend(self, start: int, end: int, stop: int) -> None:
        """The line goes on to ``original[start:end]``, which ends at ``text[stop]``."""
        if self._first < 0:
            self._first = start
        self._end, self._stop = end, stop

    def _add_piece(self, start: int, end: int, place: int, stop: int, edit: Edit) -> None:
        self._pieces.append(_piece((start, end, place, stop, edit)))
        if self._first < 0:
            self._first = start
        self._end, self._stop = end, stop

    def add_edit(self, start: int, end: int, place: int, stop: int, edit: Edit) -> None:
        """``original[start:end]`` became ``text[place:stop]`` by an edit."""
        begins, ends = place == self._place, self.text[stop : stop + 1] in ("", "\n")
        before, after, codes, kind = edit[1], edit[2], edit[3], edit[6]
        if not begins and not ends:
            if "\n" not in after:
                self._add_piece(start, end, place, stop, edit)
                return
        elif not after and before.isspace():
            return  # blanks that went at the edge of a line are no part of it
        parts = parts_of(before, after, _removes(kind, codes), begins, ends)
        for number, (broken, lead, trail, old, new) in enumerate(parts):
            if number:
                self.end_line(start, edit)
                start += broken
                place += 1
                self._place = place
            end, stop = start + old, place + new
            first, last = start + lead, end - trail
            if lead:
                self._remove(start, first, edit)
            if first < last or place < stop:
                self._add_piece(first, last, place, stop, edit)
            if trail:
                self._remove(last, end, edit)
            start, place = end, stop

    def _remove(self, start: int, end: int, edit: Edit) -> None:
        """Note what was removed, line by line, without the blanks around it."""
        removed = self.original[start:end]
        if removed.isspace():
            return
        for line in removed.split("\n"):
            words = line.strip()
            if words:
                begin = start + line.index(words)
                self.removed.append(Removed(begin, begin + len(words), edit))
            start += len(line) + 1

    def end_line(self, place: int, broken_by: Edit | None) -> None:
        """The line ends; ``place`` is where, in the original, should it hold nothing."""
        start, end, stop = place, place, self._place
        if self._first >= 0:
            start, end, stop = self._first, self._end, self._stop
        block = self.blocks.get(self._place)
        if block is None or block[2] != stop:
            block = self._seen(block, stop)
        if block is not None:
            inferred = self._break if self.lines else None
            if inferred is not None and "\n" in self.original[self._last_end : start]:
                inferred = None  # a break that the original had is nobody's doing
            self.lines.append(_line((block, start, end, self._pieces or _NONE, inferred)))
            if self._pieces and block.kind == BLANK:
                for piece in self._pieces:  # an empty line has no words to mark them in
                    if piece.edit is not None:
                        self._remove(piece.start, piece.end, piece.edit)
        self._last_end = end
        if self._pieces:
            self._pieces = []
        self._first = -1
        self._break = broken_by

    def _seen(self, block: Block | None, stop: int) -> Block | None:
        """The line that ends at ``text[stop]`` if structure saw another end of it, or no line."""
        if block is not None:
            return block._replace(end=stop)
        if self._first >= 0:
            # A line that structure did not see is not lost: it goes into the header.
            return Block(NOISE if self.structured else PARAGRAPH, self._place, stop)
        return None


@lru_cache(maxsize=256)
def _removes(kind: str, codes: tuple[str, ...]) -> bool:
    """Whether words that an edit deletes at the edge of a line are furniture, no part of it."""
    found = [RULES[code].kind for code in codes if code in RULES]
    return REMOVAL in (kind, *found)
