"""Two wrong characters side by side: a word for one that sounds alike.

Neither reads better until both are mended. Only looked for in careless documents: an
edited text has none of these.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from normtool.records import NamedTuple
from normtool.typos import evidence
from normtool.typos.alphabet import BREAK, FIRST, Ints
from normtool.typos.closer import Floats, Said
from normtool.typos.evidence import Links, Page
from normtool.typos.tables import Counted

#: of the pairs that may be meant, so many of the most frequent; none below this level
_BEST, _FREQUENT = 12, 30
#: kinds of links up to this one are by sound; others count if they are close or frequent
_BY_SOUND = 3


class Twos(NamedTuple):
    """Candidates side by side: the place of the first character, and the two links."""

    place: Ints
    one: Ints
    two: Ints


def places(ids: Ints, unseen: Ints, counted: Counted) -> Ints:
    """Where two characters go with nothing around them."""
    at = np.arange(3, len(ids) - 4)
    odd = (unseen[at] > 1) | (unseen[at + 1] > 1)
    at = at[odd & (ids[at] >= FIRST) & (ids[at + 1] >= FIRST)]
    l1, x, y, r1 = (ids[at + k] for k in (-1, 0, 1, 2))
    odd = (l1 == BREAK) | (counted.triple(l1, x, y) == 0)
    odd &= (r1 == BREAK) | (counted.triple(x, y, r1) == 0)
    odd &= (l1 != BREAK) | (r1 != BREAK)
    found: Ints = at[odd]
    return found


def candidates(ids: Ints, where: Ints, links: Links, counted: Counted) -> Twos:
    """The frequent pairs that sound or look like those at ``where`` and go with a neighbour."""
    near = (links.kind <= _BY_SOUND) | (links.shape >= 2) | (links.habit >= 2)
    some: dict[int, Ints] = {}
    for number in sorted({*ids[where].tolist(), *ids[where + 1].tolist()}):
        begin, end = links.begin[number], links.begin[number + 1]
        some[number] = begin + np.flatnonzero(near[begin:end])
    found = []
    for place, first, second in zip(
        where.tolist(), ids[where].tolist(), ids[where + 1].tolist(), strict=True
    ):
        one, two = some[first], some[second]
        level = counted.grid(links.others[one], links.others[two]).ravel()
        top = np.flatnonzero(level >= _FREQUENT)
        if len(top) > _BEST:
            top = top[np.argsort(-level[top].astype(np.int16), kind="stable")[:_BEST]]
        if len(top):
            found.append((np.full(len(top), place), one[top // len(two)], two[top % len(two)]))
    if not found:
        none = np.zeros(0, np.int64)
        return Twos(none, none, none)
    p, one, two = (np.concatenate(column) for column in zip(*found, strict=True))
    a, b = links.others[one], links.others[two]
    good = (counted.triple(ids[p - 1], a, b) > 0) | (counted.triple(a, b, ids[p + 2]) > 0)
    return Twos(p[good], one[good], two[good])


def figures(
    sheet: Page, found: Twos, links: Links, traits: Ints, code_of: Ints, counted: Counted,
    unseen: Ints, said: Said,
) -> Floats:  # fmt: skip
    """One row a candidate, one column a figure (``columns.OF_TWO``)."""
    ids, codes, p = sheet.ids, sheet.codes, found.place
    a, b = links.others[found.one], links.others[found.two]
    l2, l1, x, y, r1, r2 = (ids[p + k] for k in (-2, -1, 0, 1, 2, 3))
    sides = []
    for u, v in ((x, y), (a, b)):
        fours = counted.four(l2, l1, u, v) + counted.four(l1, u, v, r1)
        sides.append((
            counted.pair(l1, u), counted.pair(u, v), counted.pair(v, r1),
            counted.triple(l2, l1, u), counted.triple(l1, u, v), counted.triple(u, v, r1),
            counted.triple(v, r1, r2), fours + counted.four(u, v, r1, r2),
        ))  # fmt: skip
    old, new = ([np.asarray(c, np.float32) for c in side] for side in sides)
    word_old = _over(codes, p, codes[p], codes[p + 1], counted)
    word_new = _over(codes, p, code_of[a], code_of[b], counted)
    kinds, common = (links.kind[found.one], links.kind[found.two]), traits[:, 0]
    said_old, said_new = said.all((x, y), (a, b))
    score = new[1] + 8 * (new[3] + new[4] + new[5] + new[6]) + 10 * (new[7] + word_new[0])
    rivals, lead = evidence.contest(p, np.asarray(score, np.float32))
    columns: list[Any] = [
        *old[:3], *new[:3], *old[3:7], *new[3:7], old[7], new[7], *word_old, *word_new,
        np.minimum(*kinds), np.maximum(*kinds),
        np.minimum(links.habit[found.one], links.habit[found.two]),
        np.minimum(links.shape[found.one], links.shape[found.two]),
        np.minimum(common[x], common[y]), np.minimum(common[a], common[b]),
        counted.pair(l2, l1), counted.pair(r1, r2),
        _beside(codes, p, -1, counted), _beside(codes, p + 1, 1, counted),
        l1 == BREAK, r1 == BREAK,
        said_old - 1, said_new, sum(said.all((l1, a, b), (a, b, r1))),
        unseen[p - 1], unseen[p + 2], rivals, lead,
    ]  # fmt: skip
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)


def _over(
    codes: Ints, place: Ints, first: Ints, second: Ints, counted: Counted
) -> tuple[Ints, Ints, Ints]:
    """Length and strength of the longest word over both characters, and of the longest name."""
    longest, strength, proper = np.zeros((3, len(place)), np.uint8)
    column = {k: codes[place + k] for k in range(-3, 5)}
    column[0], column[1] = first, second
    for length in (2, 3, 4, 5):
        for start in range(2 - length, 1):
            value = counted.word(*(column[start + k] for k in range(length)))
            there = (value & 3) > 0
            longest[there] = length
            strength[there] = (value & 3)[there]
            proper[value >= 4] = length
    return longest, strength, proper


def _beside(codes: Ints, place: Ints, side: int, counted: Counted) -> Ints:
    """Length of the longest word that ends before a place (-1) or starts behind it (1)."""
    longest = np.zeros(len(place), np.uint8)
    for length in (2, 3, 4):
        start = place + 1 if side > 0 else place - length
        value = counted.word(*(codes[start + k] for k in range(length)))
        longest[(value & 3) > 1] = length
    return longest
