"""What stands inside one line: words, changes, losses, masks.

Decided on the cleaned text, so that the twins in two scripts have the same
elements with the same ids.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from normtool.chinese import LOST
from normtool.document import Document
from normtool.edits import ERROR, GAP, Certainty, Edit
from normtool.export.tei.alignment import align, is_mark, same_but_width
from normtool.export.tei.cutting import apart, cut_masks, cut_suspicions
from normtool.export.tei.item import (
    CHANGE,
    CORRECTION,
    LOSS,
    MASK,
    PART,
    SUPPLIED,
    SUSPICION,
    WIDTH,
    WORDS,
    Item,
)
from normtool.export.tei.lines import Line, Piece
from normtool.export.tei.masks import find_masks


class Inliner:
    """Turns the lines of one speech into items and numbers what is marked, in order."""

    def __init__(self, document: Document, suggestions: Sequence[Edit] = ()) -> None:
        self.original = document.original
        self.text = document.text
        self._suspected = apart(suggestions)
        self._suspected_at = [edit.start for edit in self._suspected]
        self._edits = self._masks = self._suspicions = 0

    def items(self, line: Line, *, silent: bool = True) -> list[Item]:
        """The items of a line. With ``silent`` false a change of width is marked, too."""
        first, last = line.block.start, line.block.end
        masks = [(first + a, first + b) for a, b in find_masks(self.text[first:last])]
        items: list[Item] = []
        for piece in line.pieces:
            if piece.edit is None:
                items.append(Item(WORDS, *piece[:4]))
            else:
                items += self._classify(piece, piece.edit, silent)
        items = self._widen(items, masks)
        low = bisect_left(self._suspected_at, line.start)
        high = bisect_left(self._suspected_at, line.end, low)
        suspected = self._suspected[low:high]
        if masks:
            items = list(cut_masks(items, masks))
        if suspected:
            items = list(cut_suspicions(items, suspected))
        return self._number(items)

    def _classify(self, piece: Piece, edit: Edit, silent: bool) -> Iterator[Item]:
        before = self.original[piece.start : piece.end]
        after = self.text[piece.place : piece.stop]
        why = (edit.codes, edit.certainty, edit.note)
        if edit.kind == GAP and after.count(LOST) > before.count(LOST):
            yield from self._split_at_loss(piece, before, after, why)
        elif not before and after.strip():
            yield Item(SUPPLIED, *piece[:4], *why)
        elif silent and _changes_width(before, after, edit.kind):
            for place, (old, new) in enumerate(zip(before, after, strict=True)):
                start, stop = piece.start + place, piece.place + place
                kind = WORDS if old == new else WIDTH
                yield Item(kind, start, start + 1, stop, stop + 1, *why)
        else:
            item = Item(CORRECTION if edit.kind == ERROR else CHANGE, *piece[:4], *why)
            yield from self._peel(item) if silent and len(edit.codes) > 1 else (item,)

    def _peel(self, item: Item) -> list[Item]:
        """Take a mark of another width off the ends of a change that it merely touched."""
        before, after = self.original[item.start : item.end], self.text[item.place : item.stop]
        shorter = min(len(before), len(after))
        head = tail = 0
        while head < shorter and _is_wider(before[head], after[head]):
            head += 1
        while tail < shorter - head and _is_wider(before[-1 - tail], after[-1 - tail]):
            tail += 1
        if not before[head : len(before) - tail].strip() or not after[head : len(after) - tail]:
            return [item]
        codes = tuple(code for code in item.codes if code[:3] != "PUN") if head + tail else ()
        middle = item._replace(
            start=item.start + head,
            end=item.end - tail,
            place=item.place + head,
            stop=item.stop - tail,
            codes=codes or item.codes,
        )
        marks = [
            item._replace(
                kind=WIDTH, start=start, end=start + 1, place=place, stop=place + 1, note=""
            )
            for start, place in [(item.start + i, item.place + i) for i in range(head)]
            + [(item.end - i, item.stop - i) for i in range(tail, 0, -1)]
        ]
        return [*marks[:head], middle, *marks[head:]]

    def _split_at_loss(
        self, piece: Piece, before: str, after: str, why: tuple[tuple[str, ...], Certainty, str]
    ) -> Iterator[Item]:
        """Gaps stand beside what is corrected, never inside: ``?`` to ``，□`` is two items."""
        start, place = piece.start, piece.place
        number = ""
        for lost, pairs in _group(align(before, after)):
            old = "".join(one for one, _ in pairs)
            new = "".join(other for _, other in pairs)
            span = (start, start + len(old), place, place + len(new))
            start, place = span[1], span[3]
            if old == new and not lost:
                yield Item(WORDS, *span)
                continue
            yield Item(LOSS if lost else CORRECTION if old else SUPPLIED, *span, *why, number)
            number = PART

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

    def _number(self, items: Iterable[Item]) -> list[Item]:
        """Numbers for what is marked; the parts of one edit are 4, 4.2, 4.3."""
        numbered = []
        part = 0
        for item in items:
            if item.kind in (WORDS, WIDTH):
                pass
            elif item.kind == MASK:
                self._masks += 1
                item = item._replace(number=str(self._masks))
            elif item.kind == SUSPICION:
                self._suspicions += 1
                item = item._replace(number=str(self._suspicions))
            else:
                if item.number == PART:
                    part += 1
                else:
                    self._edits += 1
                    part = 0
                suffix = f".{part + 1}" if part else ""
                item = item._replace(number=f"{self._edits}{suffix}")
            numbered.append(item)
        return numbered


def _group(pairs: list[tuple[str, str]]) -> list[tuple[bool, list[tuple[str, str]]]]:
    """Pairs in groups, alternately without and with a loss.

    What is deleted beside a loss belongs to it: the source has it in its place.
    """
    losses = [old != LOST and new == LOST for old, new in pairs]
    for order in (range(1, len(pairs)), range(len(pairs) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for place in order:
            if losses[place + step] and not pairs[place][1]:
                losses[place] = True
    groups: list[tuple[bool, list[tuple[str, str]]]] = []
    for lost, pair in zip(losses, pairs, strict=True):
        if not groups or groups[-1][0] != lost:
            groups.append((lost, []))
        groups[-1][1].append(pair)
    return groups


@lru_cache
def _changes_width(before: str, after: str, kind: str) -> bool:
    """Whether nothing happened but one mark for one mark, or another width of a digit or letter."""
    if len(before) != len(after) or kind == GAP or before == after:
        return False
    return all(
        old == new or same_but_width(old, new) or (kind != ERROR and is_mark(old) and is_mark(new))
        for old, new in zip(before, after, strict=True)
    )


def _is_wider(old: str, new: str) -> bool:
    return is_mark(old) and same_but_width(old, new)


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
