"""Two wrong characters side by side: neither reads better until both are mended.

Only looked for in documents that have other typos: an edited text has none of these.
"""

from __future__ import annotations

import numpy as np

from normtool.records import NamedTuple
from normtool.typos import evidence
from normtool.typos.alphabet import FIRST, SIZE, Ints
from normtool.typos.evidence import MARGIN
from normtool.typos.model import Model

#: the written pair is rarer than, the meant one more frequent than (levels)
_RARE, _FREQUENT = 14, 36
#: how many of the best pairs are looked at in their context
_BEST = 6


class Two(NamedTuple):
    """At ``place``, two characters and what they should be; ``support`` counts evidence."""

    place: int
    old: str
    new: str
    level_old: int
    level_new: int
    support: int
    word: int

    @property
    def likely(self) -> bool:
        """Enough of the surroundings was seen before."""
        return self.support >= 4 or (self.support == 3 and self.word >= 3)


def twos(text: str, model: Model) -> list[Two]:
    """The best proposal for every suspicious pair that has one, in order."""
    sheet = evidence.page(text, model.numbers)
    ids, tables = sheet.ids, model.tables
    places = evidence.suspicious(ids, tables)
    first = places[:-1][np.diff(places) == 1]
    written = tables.pair(ids[first], ids[first + 1])
    first = first[(written < _RARE) & (ids[first + 1] >= FIRST)]
    found = []
    for place in first.tolist():
        two = _at(sheet, place, model)
        if two is not None:
            found.append(two)
    return found


def _others(number: int, model: Model) -> Ints:
    begin, end = model.links.begin[number], model.links.begin[number + 1]
    return model.links.others[begin:end][model.links.kind[begin:end] <= 3]


def _at(sheet: evidence.Page, place: int, model: Model) -> Two | None:
    ids, tables = sheet.ids, model.tables
    one, two = _others(int(ids[place]), model), _others(int(ids[place + 1]), model)
    if not len(one) or not len(two):
        return None
    grid = tables.pairs[one.astype(np.int64)[:, None] * SIZE + two[None, :]]
    flat = grid.ravel()
    top = np.argsort(-flat.astype(np.int16), kind="stable")[:_BEST]
    top = top[flat[top] >= _FREQUENT]
    if not len(top):
        return None
    a, b = one[top // len(two)], two[top % len(two)]
    around = [np.full(len(top), ids[place + k]) for k in (-2, -1, 2, 3)]
    l2, l1, r1, r2 = around
    support = (tables.triple(l1, a, b) > 0).astype(int) + (tables.triple(a, b, r1) > 0)
    support += tables.four(l2, l1, a, b).astype(int) + tables.four(l1, a, b, r1)
    support += tables.four(a, b, r1, r2)
    word = _cover(sheet.codes, place, model.code_of[a], model.code_of[b], model)
    rank = support * 20 + word * 15 + flat[top]
    best = int(np.argmax(rank))
    at = place - MARGIN
    new = chr(int(model.code_of[a[best]])) + chr(int(model.code_of[b[best]]))
    old = chr(int(sheet.codes[place])) + chr(int(sheet.codes[place + 1]))
    level = int(tables.pair(ids[place : place + 1], ids[place + 1 : place + 2])[0])
    return Two(at, old, new, level, int(flat[top[best]]), int(support[best]), int(word[best]))


def _cover(codes: Ints, place: int, a: Ints, b: Ints, model: Model) -> Ints:
    """Length of the longest word of some strength that both new characters lie in."""
    longest = np.zeros(len(a), np.int64)
    column = {k: np.full(len(a), codes[place + k]) for k in range(-3, 5)}
    column[0], column[1] = a, b
    for length in (2, 3, 4):
        for start in range(2 - length, 1):
            value = model.tables.word(*(column[start + k] for k in range(length)))
            longest = np.where((value & 3) > 1, length, longest)
    return longest
