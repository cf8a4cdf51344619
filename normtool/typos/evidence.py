"""The proposer, and the figures that the judge sees of every proposal.

Everything is arrays over a whole document: characters as numbers, with a margin of
breaks, so that every position has four neighbours on each side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from normtool.typos.alphabet import BREAK, DIGIT, FIRST, Ints, code_points
from normtool.typos.tables import LONGEST_WORD, Counted

MARGIN = 6


class Links(NamedTuple):
    """What may have been meant, character by character of the alphabet.

    The candidates of number ``n`` are ``others[begin[n]:begin[n + 1]]``; ``kind``,
    ``shape`` and ``habit`` say how the two are linked.
    """

    begin: Ints
    others: Ints
    kind: Ints
    shape: Ints
    habit: Ints


class Page(NamedTuple):
    """A document as numbers and as code points, with its margins."""

    ids: Ints
    codes: Ints


class Candidates(NamedTuple):
    """Proposals side by side: where, what stands there, what may be meant, and why."""

    place: Ints
    old: Ints
    new: Ints
    new_code: Ints
    link: Ints


def page(text: str, table: Ints) -> Page:
    """The text as arrays."""
    codes = np.concatenate(
        (np.zeros(MARGIN, np.uint16), code_points(text), np.zeros(MARGIN, np.uint16))
    )
    return Page(table[codes], codes)


def suspicious(ids: Ints, counted: Counted) -> Ints:
    """The places whose character stands badly between its neighbours."""
    triple = counted.triple(ids[:-2], ids[1:-1], ids[2:])  # triple[k] starts at k
    a, b, c = triple[:-2], triple[1:-1], triple[2:]  # those with place k + 2 in them
    x = ids[2:-2]
    left, right = ids[1:-3], ids[3:-1]
    pair_left = counted.pair(left, x)
    pair_right = counted.pair(x, right)
    # beside a break a triple says nothing
    unseen = (
        ((a == 0) & (left != BREAK)).astype(np.uint8) + (b == 0) + ((c == 0) & (right != BREAK))
    )
    weak = np.minimum(pair_left, pair_right) < 40
    alone = (left == BREAK) & (right == BREAK)
    found = (x >= FIRST) & ((unseen >= 2) | ((unseen == 1) & (b < 3) & weak)) & ~alone
    return np.flatnonzero(found) + 2


def candidates(
    ids: Ints, places: Ints, links: Links, code_of: Ints, counted: Counted, gain: int = 20
) -> Candidates:
    """What may have been meant at ``places``: characters that stand better there."""
    x = ids[places]
    begin = links.begin[x]
    many = links.begin[x + 1] - begin
    row = np.repeat(np.arange(len(places)), many)
    link = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(begin, many)
    new = links.others[link]
    left, right = ids[places - 1], ids[places + 1]
    old_left = counted.pair(left, x).astype(np.int16)
    old_right = counted.pair(x, right).astype(np.int16)
    new_left = counted.pair(left[row], new).astype(np.int16)
    new_right = counted.pair(new, right[row]).astype(np.int16)
    sum_ = new_left + new_right - (old_left + old_right)[row]
    best = np.maximum(new_left - old_left[row], new_right - old_right[row])
    good = (sum_ >= gain) & (best >= gain) & (np.maximum(new_left, new_right) >= 30)
    kept = np.flatnonzero(good)
    place = places[row[kept]]
    return Candidates(place, ids[place], new[kept], code_of[new[kept]], link[kept])


#: the figures of a candidate, in the order of their columns
NAMES = (
    "left_old", "right_old", "left_new", "right_new", "t1_old", "t2_old", "t3_old",
    "t1_new", "t2_new", "t3_new", "f_old", "f_new", "word_old", "word_new", "strength_old",
    "strength_new", "proper_old", "proper_new", "kind", "shape", "habit", "common_old",
    "common_new", "before", "after", "word_left", "word_right", "break_left", "break_right",
    "gain_left", "gain_right", "t_gain", "rivals", "lead", "word_gain", "digit",
    "alone_old", "alone_new", "given_old", "given_new", "given_left", "given_right",
    "surname_left", "surname_second", "surname_old", "foreign_old", "foreign_left",
    "foreign_right", "side_gain", "four_gain",
)  # fmt: skip


def figures(
    sheet: Page, found: Candidates, links: Links, traits: Ints, counted: Counted
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """One row a candidate, one column a figure (``NAMES``)."""
    ids, p = sheet.ids, found.place
    l3, l2, l1, r1, r2, r3 = (ids[p + k] for k in (-3, -2, -1, 1, 2, 3))
    sides = []
    for x in (found.old, found.new):
        left, right = counted.pair(l1, x), counted.pair(x, r1)
        triples = (counted.triple(l2, l1, x), counted.triple(l1, x, r1), counted.triple(x, r1, r2))
        fours = (
            counted.four(l3, l2, l1, x).astype(np.uint8)
            + counted.four(l2, l1, x, r1)
            + counted.four(l1, x, r1, r2)
            + counted.four(x, r1, r2, r3)
        )
        sides.append((left, right, *triples, fours))
    old, new = ([c.astype(np.float32) for c in side] for side in sides)
    word_old = _cover(sheet.codes, p, None, counted)
    word_new = _cover(sheet.codes, p, found.new_code, counted)
    common, alone, given, surname, foreign = (traits[:, column] for column in range(5))
    kind, shape, habit = (a[found.link] for a in (links.kind, links.shape, links.habit))
    score = new[0] + new[1] - old[0] - old[1] + 8 * (new[2] + new[3] + new[4]) + 10 * new[5]
    rivals, lead = _rivals(p, score)
    columns = [
        old[0], old[1], new[0], new[1],
        old[2], old[3], old[4], new[2], new[3], new[4], old[5], new[5],
        word_old[0], word_new[0], word_old[1], word_new[1], word_old[2], word_new[2],
        kind, shape, habit, common[found.old], common[found.new],
        counted.pair(l2, l1), counted.pair(r1, r2),
        _ending(sheet.codes, p - 1, counted), _starting(sheet.codes, p + 1, counted),
        l1 == BREAK, r1 == BREAK,
        new[0] - old[0], new[1] - old[1], new[2] + new[3] + new[4] - old[2] - old[3] - old[4],
        rivals, lead, word_new[0].astype(np.int8) - word_old[0].astype(np.int8),
        (l1 == DIGIT) | (r1 == DIGIT),
        alone[found.old], alone[found.new], given[found.old], given[found.new],
        given[l1], given[r1], surname[l1], surname[l2], surname[found.old],
        foreign[found.old], foreign[l1], foreign[r1],
        np.minimum(new[0] - old[0], new[1] - old[1]), new[5] - old[5],
    ]  # fmt: skip
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)


def _rivals(place: Ints, score: Ints) -> tuple[Ints, Ints]:
    """How many candidates a place has, and how far each leads the best other."""
    many = np.bincount(place)[place]
    order = np.lexsort((-score, place))
    first = np.r_[True, place[order][1:] != place[order][:-1]]
    best = np.zeros(len(place), np.float32)
    second = np.zeros(len(place), np.float32)
    group = np.cumsum(first) - 1
    starts = np.flatnonzero(first)
    best_of = score[order][starts]
    next_ = np.minimum(starts + 1, len(place) - 1)
    has = many[order][starts] > 1
    second_of = np.where(has, score[order][next_], -100)
    best[order], second[order] = best_of[group], second_of[group]
    lead = np.where(score >= best, score - second, score - best)
    return many.astype(np.float32), np.clip(lead, -150, 150)


def _cover(codes: Ints, place: Ints, new: Ints | None, counted: Counted) -> tuple[Ints, Ints, Ints]:
    """Longest word over a place, its strength, and the longest name over it."""
    longest = np.zeros(len(place), np.uint8)
    strength = np.zeros(len(place), np.uint8)
    proper = np.zeros(len(place), np.uint8)
    window = {k: codes[place + k] for k in range(1 - LONGEST_WORD, LONGEST_WORD)}
    if new is not None:
        window[0] = new
    for length in range(2, LONGEST_WORD + 1):
        for start in range(1 - length, 1):
            value = counted.word(*(window[start + k] for k in range(length)))
            better = ((value & 3) > 0) & ((longest < length) | (strength < (value & 3)))
            strength = np.where(better, value & 3, strength)
            longest = np.where(better, np.uint8(length), longest)
            proper = np.where(value >= 4, np.uint8(length), proper)
    return longest, strength, proper


def _ending(codes: Ints, place: Ints, counted: Counted) -> Ints:
    """Length of the longest word that ends at a place, 4 at most."""
    longest = np.zeros(len(place), np.uint8)
    for length in (2, 3, 4):
        value = counted.word(*(codes[place - length + 1 + k] for k in range(length)))
        longest = np.where((value & 3) > 1, np.uint8(length), longest)
    return longest


def _starting(codes: Ints, place: Ints, counted: Counted) -> Ints:
    """Length of the longest word that starts at a place, 4 at most."""
    longest = np.zeros(len(place), np.uint8)
    for length in (2, 3, 4):
        value = counted.word(*(codes[place + k] for k in range(length)))
        longest = np.where((value & 3) > 1, np.uint8(length), longest)
    return longest
