"""What stands inside one line: words, changes, losses, masks.

Decided on the cleaned text, so that the twins in two scripts have the same
elements with the same ids.
"""

from __future__ import annotations

from bisect import bisect_left

from normtool.edits import Edit
from normtool.export.tei.cutting import apart, cut_masks, cut_suspicions
from normtool.export.tei.item import (
    CHANGE,
    CORRECTION,
    LOSS,
    MASK,
    PART,
    SUSPICION,
    WIDTH,
    WORDS,
    Item,
)
from normtool.export.tei.lines import Line, all_pieces
from normtool.export.tei.masks import find_masks, find_signs
from normtool.export.tei.shape import classify
from normtool.export.tei.speech import Speech


class Inliner:
    """Turns the lines of one speech into items and numbers what is marked, in order.

    edits   how many edits were numbered so far
    """

    def __init__(self, speech: Speech) -> None:
        self.document = base = speech.base
        self.original = base.original
        self.text = base.text
        self._suspected = apart(speech.suggestions)
        self.suspected_at = [edit.start for edit in self._suspected]
        self.edits = self._part = self._masks = self._suspicions = 0
        lines = speech.lines
        first, last = (lines[0].block.start, lines[-1].block.end) if lines else (0, 0)
        self.signs = [first + place for place in find_signs(base.text[first:last])]

    def masks(self, line: Line) -> list[tuple[int, int]]:
        """Where the masks of a line are in the text."""
        first, last = line.block.start, line.block.end
        sign = bisect_left(self.signs, first)
        if sign == len(self.signs) or self.signs[sign] >= last:
            return []
        signs = [place - first for place in self.signs[sign : bisect_left(self.signs, last, sign)]]
        return [(first + a, first + b) for a, b in find_masks(self.text[first:last], signs)]

    def suspected(self, line: Line) -> list[Edit]:
        """What is suspected in a line, in order."""
        if not self._suspected:
            return self._suspected
        low = bisect_left(self.suspected_at, line.start)
        return self._suspected[low : bisect_left(self.suspected_at, line.end, low)]

    def items(self, line: Line, *, silent: bool = True) -> list[Item]:
        """The items of a line. With ``silent`` false a change of width is marked, too."""
        masks = self.masks(line)
        items: list[Item] = []
        for piece in all_pieces(self.document, line):
            if piece.edit is None:
                items.append(Item(WORDS, *piece[:4]))
                continue
            _, _, _, codes, certainty, _, kind, note = piece.edit
            before = self.original[piece.start : piece.end]
            after = self.text[piece.place : piece.stop]
            nodes = classify(before, after, codes, certainty, kind, note, silent=silent)
            items += [node.moved(piece.start, piece.place) for node in nodes]
        items = self._widen(items, masks)
        suspected = self.suspected(line)
        if masks:
            items = list(cut_masks(items, masks))
        if suspected:
            items = list(cut_suspicions(items, suspected))
        return [
            item if item.kind in (WORDS, WIDTH) else item._replace(number=self.number(item))
            for item in items
        ]

    def _widen(self, items: list[Item], masks: list[tuple[int, int]]) -> list[Item]:
        """Give changes with a blank branch a neighbour on each side; join those that share one.

        A branch without visible characters is dropped or shown wrongly by most readers.
        """
        if not any(item.kind in (CHANGE, CORRECTION) and self._is_blank(item) for item in items):
            return items
        masked = {place for start, stop in masks for place in range(start, stop)}
        out: list[Item] = []
        rest = items[::-1]
        while rest:
            item = rest.pop()
            if not self._is_blank(item):
                out.append(item)
                continue
            if out and out[-1].kind == WORDS and out[-1].stop - 1 not in masked:
                item = _take_left(item, out)
            while rest and rest[-1].kind == WORDS and rest[-1].place not in masked:
                whole = rest[-1].stop - rest[-1].place == 1
                item = _take_right(item, rest)
                if not (whole and rest and self._is_blank(rest[-1])):
                    break
                item = _join(item, rest.pop())  # 同 志 们: one change, not two
            # Between masks it takes a part of one; between blanks and changes, what there is.
            while self._is_blank(item):
                if out and out[-1].kind == WORDS:
                    item = _take_left(item, out)
                elif rest and rest[-1].kind == WORDS:
                    item = _take_right(item, rest)
                elif out and out[-1].kind != LOSS:
                    item = _join(out.pop(), item)
                elif rest and rest[-1].kind != LOSS:
                    item = _join(item, rest.pop())
                else:
                    break  # nothing but blanks
            out.append(item)
        return out

    def _is_blank(self, item: Item) -> bool:
        if item.kind not in (CHANGE, CORRECTION):
            return False
        before, after = self.original[item.start : item.end], self.text[item.place : item.stop]
        return not before.strip() or not after.strip()

    def pass_over(self, edits: int) -> None:
        """So many edits were numbered elsewhere."""
        self.edits += edits
        self._part = 0

    def number(self, item: Item) -> str:
        """The number of what is marked next; the parts of one edit are 4, 4.2, 4.3."""
        if item.kind == MASK:
            self._masks += 1
            return str(self._masks)
        if item.kind == SUSPICION:
            self._suspicions += 1
            return str(self._suspicions)
        if item.number == PART:
            self._part += 1
            return f"{self.edits}.{self._part + 1}"
        self.edits += 1
        self._part = 0
        return str(self.edits)


def _join(one: Item, other: Item) -> Item:
    """One change for two neighbours, for all their reasons."""
    kinds = (one.kind, other.kind)
    return Item(
        CORRECTION if CORRECTION in kinds else CHANGE,
        one.start,
        other.end,
        one.place,
        other.stop,
        tuple(dict.fromkeys(one.codes + other.codes)),
        min(one.certainty, other.certainty),
        "; ".join(dict.fromkeys(note for note in (one.note, other.note) if note)),
    )


def _take_left(item: Item, before: list[Item]) -> Item:
    """The item with the last of the words before it; these become shorter, or go."""
    words = before.pop()
    if words.stop - words.place > 1:
        before.append(words._replace(end=words.end - 1, stop=words.stop - 1))
    return item._replace(start=words.end - 1, place=words.stop - 1)


def _take_right(item: Item, after: list[Item]) -> Item:
    """The item with the first of the words after it, which stand last in ``after``."""
    words = after.pop()
    if words.stop - words.place > 1:
        after.append(words._replace(start=words.start + 1, place=words.place + 1))
    return item._replace(end=words.start + 1, stop=words.place + 1)
