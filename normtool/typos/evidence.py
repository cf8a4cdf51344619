"""The proposer, and the figures that the judge sees of every proposal.

Everything is arrays over a whole document: characters as numbers, with a margin of
breaks, so that every position has four neighbours on each side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

import numpy as np

from normtool.records import NamedTuple
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
    x, left, right = ids[places], ids[places - 1], ids[places + 1]
    begin = links.begin[x]
    many = links.begin[x + 1] - begin
    link = np.repeat(begin - np.cumsum(many) + many, many)
    link += np.arange(len(link))
    new = links.others.take(link)
    old_left, old_right = counted.pair(left, x), counted.pair(x, right)
    new_left = counted.pair(np.repeat(left, many), new).astype(np.int16)
    new_right = counted.pair(new, np.repeat(right, many)).astype(np.int16)
    often = np.maximum(new_left, new_right) >= 30
    new_left -= np.repeat(old_left, many)
    new_right -= np.repeat(old_right, many)
    good = (new_left + new_right >= gain) & (np.maximum(new_left, new_right) >= gain) & often
    kept = np.flatnonzero(good)
    place = np.repeat(places, many)[kept]
    return Candidates(place, ids[place], new[kept], code_of[new[kept]], link[kept])


def figures(
    sheet: Page, found: Candidates, links: Links, traits: Ints, counted: Counted
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """One row a candidate, one column a figure (``columns.OF_ONE``)."""
    # What stands in the text is looked up once a place, not once a candidate; and all
    # look-ups of a kind at once, because in a short text each call costs more than its work.
    row, first = _places(found.place)
    p = found.place[first]
    around = list(sheet.ids[p + _NEAR])
    _, l2, l1, old, r1, r2, _ = around
    beside = [column[row] for column in around]
    beside[3] = new = found.new
    pairs = _all(counted.pair, [(l1, old), (old, r1), (l2, l1), (r1, r2), *_runs(beside, 2)])
    triples = _all(counted.triple, [*_runs(around, 3), *_runs(beside, 3)])
    fours = _all(counted.four, [*_runs(around, 4), *_runs(beside, 4)])
    left_old, right_old, before, after = (c.astype(np.float32)[row] for c in pairs[:4])
    left_new, right_new = (c.astype(np.float32) for c in pairs[4:])
    t1_old, t2_old, t3_old = (c.astype(np.float32)[row] for c in triples[:3])
    t1_new, t2_new, t3_new = (c.astype(np.float32) for c in triples[3:])
    f_old = np.stack(fours[:4]).sum(axis=0, dtype=np.float32)[row]
    f_new = np.stack(fours[4:]).sum(axis=0, dtype=np.float32)
    word_old, word_new, ending, starting = _words(sheet.codes, p, row, found.new_code, counted)
    common, alone, given, surname, foreign = range(5)
    of_old, of_new = traits[found.old], traits[new]
    of_l1, of_r1, of_l2 = traits[l1][row], traits[r1][row], traits[l2][row]
    gain_left, gain_right = left_new - left_old, right_new - right_old
    old_sum, new_sum = t1_old + t2_old + t3_old, t1_new + t2_new + t3_new
    score = new_sum * 8 + (left_new + right_new - left_old - right_old + 10 * f_new)
    rivals, lead = contest(found.place, score)
    columns = (
        left_old, right_old, left_new, right_new,
        t1_old, t2_old, t3_old, t1_new, t2_new, t3_new, f_old, f_new,
        word_old[0], word_new[0], word_old[1], word_new[1], word_old[2], word_new[2],
        links.kind[found.link], links.shape[found.link], links.habit[found.link],
        of_old[:, common], of_new[:, common], before, after, ending, starting,
        (l1 == BREAK)[row], (r1 == BREAK)[row],
        gain_left, gain_right, new_sum - old_sum,
        rivals, lead, word_new[0].astype(np.int8) - word_old[0].astype(np.int8),
        ((l1 == DIGIT) | (r1 == DIGIT))[row],
        of_old[:, alone], of_new[:, alone], of_old[:, given], of_new[:, given],
        of_l1[:, given], of_r1[:, given], of_l1[:, surname], of_l2[:, surname],
        of_old[:, surname], of_old[:, foreign], of_l1[:, foreign], of_r1[:, foreign],
        np.minimum(gain_left, gain_right), f_new - f_old,
    )  # fmt: skip
    table = np.empty((len(row), len(columns)), np.float32)
    for number, column in enumerate(columns):
        table[:, number] = column
    return table


#: How far the figures of a place look, and the words over and beside it.
_NEAR = np.arange(-3, 4)[:, None]
_REACH = np.arange(-LONGEST_WORD, LONGEST_WORD + 1)[:, None]
#: Words beside a place are looked for up to this length.
_BESIDE = 4


def _places(place: Ints) -> tuple[Ints, Ints]:
    """Of candidates, the number of the place of each; and the first candidate of each place."""
    new = np.ones(len(place), bool)
    np.not_equal(place[1:], place[:-1], out=new[1:])
    return np.cumsum(new) - 1, np.flatnonzero(new)


def _runs(columns: Sequence[Ints], length: int) -> Iterator[Sequence[Ints]]:
    """The runs of so many of seven columns that the one in the middle is in."""
    for start in range(4 - length, 4):
        yield columns[start : start + length]


def _all(look: Callable[..., Ints], asked: Iterable[Sequence[Ints]]) -> list[Ints]:
    """What a look-up says of several runs of characters, asked all at once."""
    asked = list(asked)
    found = look(*map(np.concatenate, zip(*asked, strict=True)))
    ends = list(accumulate(len(columns[0]) for columns in asked))
    return [found[start:end] for start, end in zip([0, *ends], ends, strict=False)]


_Over = tuple[Ints, Ints, Ints]


def _words(
    codes: Ints, place: Ints, row: Ints, new: Ints, counted: Counted
) -> tuple[_Over, _Over, Ints, Ints]:
    """The words over places as they stand, and with other characters there; words beside.

    Longest word, its strength, and the longest name; then the length of the longest word
    that ends before the place, and of the one that starts behind it.
    """
    written = codes[place + _REACH]
    other = written[:, row]
    other[LONGEST_WORD] = new
    old_rows: list[tuple[int, Ints]] = []
    new_rows: list[tuple[int, Ints]] = []
    ending = np.zeros(len(place), np.uint8)
    starting = np.zeros(len(place), np.uint8)
    for length in range(2, LONGEST_WORD + 1):
        beside = length <= _BESIDE  # then one more word on either side
        low, many = LONGEST_WORD - length + (not beside), length + 2 * beside
        value = counted.word(
            *(
                np.concatenate(
                    (
                        written[low + k : low + k + many].ravel(),
                        other[LONGEST_WORD + 1 - length + k : LONGEST_WORD + 1 + k].ravel(),
                    )
                )
                for k in range(length)
            )
        )
        over = value[: many * len(place)].reshape(many, -1)
        if beside:
            ending[(over[0] & 3) > 1] = length
            starting[(over[-1] & 3) > 1] = length
            over = over[1:-1]
        old_rows.append((length, over))
        new_rows.append((length, value[many * len(place) :].reshape(length, -1)))
    longest, strength, proper = _longest(old_rows)
    over_old = longest[row], strength[row], proper[row]
    return over_old, _longest(new_rows), ending[row], starting[row]


def _longest(rows: Iterable[tuple[int, Ints]]) -> _Over:
    """Longest word over a place, its strength, and the longest name over it.

    ``rows``: by growing length, the values of all words of that length over every place.
    """
    longest = strength = proper = np.zeros(0, np.uint8)
    for length, values in rows:
        if not len(longest):
            longest, strength, proper = np.zeros((3, values.shape[1]), np.uint8)
        found = (values & 3).max(axis=0)
        there = found > 0
        longest[there] = length
        strength[there] = found[there]
        proper[(values >= 4).any(axis=0)] = length
    return longest, strength, proper


def contest(place: Ints, score: Ints) -> tuple[Ints, Ints]:
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
