"""Lines of the text, each with its source: the two sides of every change, cut at the breaks.

One line of the text is one block. An edit may cover the end of one line, the
break, and the beginning of the next; here it is cut apart, so that each line
knows its range of the original, the changes inside it, and what was removed
at its edges.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from normtool.document import NOISE, PARAGRAPH, Block, Document
from normtool.edits import REMOVAL, Edit
from normtool.export.tei.alignment import Pair, align
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

    inferred  the edit that made the break before the line, if the original
              had none there
    """

    block: Block
    start: int
    end: int
    pieces: list[Piece]
    inferred: Edit | None


# A book of many speeches is written speech by speech, perhaps in two scripts: cut it once.
@lru_cache(maxsize=1)
def split_lines(document: Document) -> tuple[list[Line], list[Removed]]:
    """All lines of a document that is not converted, and what was removed between them.

    A document without blocks is a series of paragraphs. The lists are shared: do not change them.
    """
    cutter = _Cutter(document)
    for piece in _pieces(document):
        cutter.add(piece)
    cutter.end_line(len(document.original), None)
    return cutter.lines, cutter.removed


class _Cutter:
    def __init__(self, document: Document) -> None:
        self.original = document.original
        self.text = document.text
        self.blocks = {block.start: block for block in document.blocks}
        self.structured = bool(document.blocks)
        self.lines: list[Line] = []
        self.removed: list[Removed] = []
        self._pieces: list[Piece] = []
        self._place = 0  # where the line begins in the text
        self._last_end = 0  # where the last line ends in the original
        self._break: Edit | None = None  # the edit that holds the break before the line

    def add(self, piece: Piece) -> None:
        if piece.edit is None:
            self._add_kept(piece)
        else:
            self._add_edit(piece, piece.edit)

    def _add_kept(self, piece: Piece) -> None:
        start, place = piece.start, piece.place
        for number, words in enumerate(self.text[piece.place : piece.stop].split("\n")):
            if number:
                self.end_line(start, None)
                start += 1
                place += 1
                self._place = place
            if words:
                end = start + len(words)
                self._pieces.append(Piece(start, end, place, place + len(words), None))
                start, place = end, place + len(words)

    def _add_edit(self, piece: Piece, edit: Edit) -> None:
        begins = piece.place == self._place
        ends = self.text[piece.stop : piece.stop + 1] in ("", "\n")
        if "\n" not in edit.after and not begins and not ends:
            self._pieces.append(piece)
            return
        parts = _cut(align(edit.before, edit.after))
        start, place = piece.start, piece.place
        for number, (broken, pairs) in enumerate(parts):
            if number:
                self.end_line(start, edit)
                start += len(broken)
                place += 1
                self._place = place
            first = begins or number > 0
            last = ends or number < len(parts) - 1
            start, place = self._add_part(pairs, edit, start, place, first, last)

    def _add_part(
        self, pairs: list[Pair], edit: Edit, start: int, place: int, first: bool, last: bool
    ) -> tuple[int, int]:
        """The part of an edit that lies in one line; ``first``: it begins the line."""
        pairs = _settle(pairs, first, last)
        before = "".join(old for old, _ in pairs)
        lead = _deleted(pairs) if first else 0
        trail = _deleted(pairs[lead:][::-1]) if last else 0
        if not _leaves(before[:lead], edit):
            lead = 0
        if not _leaves(before[len(before) - trail :], edit):
            trail = 0
        end, stop = start + len(before), place + sum(len(new) for _, new in pairs)
        self._remove(start, start + lead, edit)
        if start + lead < end - trail or place < stop:
            self._pieces.append(Piece(start + lead, end - trail, place, stop, edit))
        self._remove(end - trail, end, edit)
        return end, stop

    def _remove(self, start: int, end: int, edit: Edit) -> None:
        """Note what was removed, line by line, without the blanks around it."""
        for line in self.original[start:end].split("\n"):
            words = line.strip()
            if words:
                begin = start + line.index(words)
                self.removed.append(Removed(begin, begin + len(words), edit))
            start += len(line) + 1

    def end_line(self, place: int, broken_by: Edit | None) -> None:
        """The line ends; ``place`` is where, in the original, should it hold nothing."""
        start = self._pieces[0].start if self._pieces else place
        end = self._pieces[-1].end if self._pieces else place
        block = self._block()
        if block is not None:
            between = self.original[self._last_end : start]
            inferred = self._break if self.lines and "\n" not in between else None
            self.lines.append(Line(block, start, end, self._pieces, inferred))
        self._last_end = end
        self._pieces = []
        self._break = broken_by

    def _block(self) -> Block | None:
        stop = self._pieces[-1].stop if self._pieces else self._place
        block = self.blocks.get(self._place)
        if block is not None:
            return block if block.end == stop else block._replace(end=stop)
        if self._pieces:
            # A line that structure did not see is not lost: it goes into the header.
            return Block(NOISE if self.structured else PARAGRAPH, self._place, stop)
        return None


def _pieces(document: Document) -> Iterator[Piece]:
    start = place = 0
    for before, after, edit in document.segments():
        yield Piece(start, start + len(before), place, place + len(after), edit)
        start += len(before)
        place += len(after)


def _cut(pairs: list[Pair]) -> list[tuple[str, list[Pair]]]:
    """Pairs cut at the newlines of the new side: (old side of the newline, pairs after it)."""
    parts: list[tuple[str, list[Pair]]] = [("", [])]
    for old, new in pairs:
        if new == "\n":
            parts.append((old, []))
        else:
            parts[-1][1].append((old, new))
    return parts


def _settle(pairs: list[Pair], first: bool, last: bool) -> list[Pair]:
    """Where words go and others come in no certain order, those that go lie at the edge."""
    if first:
        count = next((i for i, pair in enumerate(pairs) if all(pair)), len(pairs))
        pairs = sorted(pairs[:count], key=lambda pair: not pair[0]) + pairs[count:]
    if last:
        tail = next((i for i, pair in enumerate(reversed(pairs)) if all(pair)), len(pairs))
        count = len(pairs) - tail
        pairs = pairs[:count] + sorted(pairs[count:], key=lambda pair: not pair[1])
    return pairs


def _deleted(pairs: list[Pair]) -> int:
    """How many characters are deleted before anything is kept or put in."""
    count = 0
    for _, new in pairs:
        if new:
            break
        count += 1
    return count


def _leaves(words: str, edit: Edit) -> bool:
    """Whether deleted words at the edge of a line are no part of it: blanks and furniture."""
    return not words.strip() or edit.kind == REMOVAL or any(map(_is_removal, edit.codes))


def _is_removal(code: str) -> bool:
    return code in RULES and RULES[code].kind == REMOVAL
