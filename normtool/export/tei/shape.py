"""What an edit becomes does not depend on where it stands: worked out once for each shape.

Real files have an edit in every line, and nearly all of them are of a few
dozen shapes: a half-width comma that became a full-width one, again and again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache

from normtool.chinese import LOST
from normtool.edits import ERROR, GAP, Applicability, Certainty, Edit
from normtool.export.tei.alignment import align, is_mark, same_but_width
from normtool.export.tei.item import CHANGE, CORRECTION, LOSS, PART, SUPPLIED, WIDTH, WORDS, Item

#: An edit without its place: ``edit[1:]``.
Key = tuple[str, str, tuple[str, ...], Certainty, Applicability, str, str]
#: One mark for another: code, old, new, certainty.
Mapping = tuple[str, str, str, Certainty]
Why = tuple[tuple[str, ...], Certainty, str]

#: A value in JSON without blanks, Chinese as it is.
in_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_MOST = 4096  # shapes that are remembered; a text of more has no use for it


class Shape:
    """All edits that differ only in their places.

    items   its nodes, counted from 0 on both sides
    silent  the changes of width that it consists of, by their offsets; () for all else
    blank   whether it has a change with a branch of which nothing would be seen
    """

    def __init__(self, key: Key) -> None:
        before, after, codes, certainty, _, kind, note = key
        self.items = classify(before, after, codes, certainty, kind, note)
        self.blank = any(
            item.kind in (CHANGE, CORRECTION)
            and not (
                before[item.start : item.end].strip() and after[item.place : item.stop].strip()
            )
            for item in self.items
        )
        self.silent: tuple[tuple[int, Mapping], ...] = ()
        kinds = {item.kind for item in self.items}
        # Only what can never be cut apart at a break: one line, and no two ways to see it.
        if (
            kinds <= {WORDS, WIDTH}
            and "\n" not in after
            and align(before, after) == list(zip(before, after, strict=True))
        ):
            self.silent = tuple(
                (item.start, mapping(item, before[item.start], after[item.place]))
                for item in self.items
                if item.kind == WIDTH
            )


class Shapes(dict[Key, Shape]):
    """The shapes that were met, made when they are asked for."""

    def __missing__(self, key: Key) -> Shape:
        if len(self) >= _MOST:
            self.clear()
        shape = self[key] = Shape(key)
        return shape

    def of(self, edit: Edit) -> Shape:
        """The shape of an edit."""
        return self[edit[1:]]


SHAPES = Shapes()


@lru_cache(maxsize=_MOST)
def entry_of(key: Key) -> str:
    """What the ledger says of the edits of a shape: the beginning of its entry, in JSON."""
    return in_json(key)[:-1]


def classify(
    before: str,
    after: str,
    codes: tuple[str, ...],
    certainty: Certainty,
    kind: str,
    note: str,
    *,
    silent: bool = True,
) -> tuple[Item, ...]:
    """The nodes of an edit, counted from 0. With ``silent`` false a change of width is marked."""
    why = (codes, certainty, note)
    span = (0, len(before), 0, len(after))
    if kind == GAP and after.count(LOST) > before.count(LOST):
        return tuple(_split_at_loss(before, after, why))
    if not before and after.strip():
        return (Item(SUPPLIED, *span, *why),)
    if silent and _changes_width(before, after, kind):
        return tuple(
            Item(WORDS if old == new else WIDTH, place, place + 1, place, place + 1, *why)
            for place, (old, new) in enumerate(zip(before, after, strict=True))
        )
    # A mistake of nothing but blanks is none.
    item = Item(CORRECTION if kind == ERROR and before.strip() else CHANGE, *span, *why)
    return tuple(_peel(item, before, after)) if silent and len(codes) > 1 else (item,)


def _peel(item: Item, before: str, after: str) -> list[Item]:
    """Take a mark of another width off the ends of a change that it merely touched."""
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
        item._replace(kind=WIDTH, start=start, end=start + 1, place=place, stop=place + 1, note="")
        for start, place in [(item.start + i, item.place + i) for i in range(head)]
        + [(item.end - i, item.stop - i) for i in range(tail, 0, -1)]
    ]
    return [*marks[:head], middle, *marks[head:]]


def _split_at_loss(before: str, after: str, why: Why) -> Iterator[Item]:
    """Gaps stand beside what is corrected, never inside: ``?`` to ``，□`` is two items."""
    start = place = 0
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


def mapping(item: Item, old: str, new: str) -> Mapping:
    """The mapping of an item of width."""
    return _reason(item.codes), old, new, item.certainty


@lru_cache
def _reason(codes: tuple[str, ...]) -> str:
    """Of several reasons for a change of width the one that is not about breaks."""
    code = next((code for code in codes if code[:3] in ("PUN", "CHR")), "")
    return code or next((code for code in codes if code[:3] not in ("BRK", "FUR")), "unnamed")
