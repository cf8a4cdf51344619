"""Which sign of a reviewed file is which character of what was shown.

Between anchors, words that stand once on either side, the cheapest way is searched:
what an edit deletes or inserts may be missing as a whole for nothing, kept words
only at a price. Where signs agree with kept words the way is certain (Myers 1986:
the diagonal is never worse), so the search is as long as what people rewrote.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from normtool.decide.lattice import DELETED, INSERTED, KEPT, Lattice
from normtool.decide.reading import Sign
from normtool.export.docx.review.wording import AUTHOR

#: Characters of an anchor.
_GRAM = 12
#: A stretch of so many characters gets anchors of its own, in words that stand elsewhere, too.
_LONG = 300
#: How far behind its place such an anchor is looked for: people may have written something.
_REACH = 120
#: Steps of one search; then the stretch is given up and taken as rewritten.
_PATIENCE = 100_000

# What a sign may be: by whom it is marked.
PLAIN, OTHERS_DELETION, OTHERS_INSERTION, OUR_DELETION, OUR_INSERTION = range(5)
ANY_INSERTION, ANY_DELETION = 5, 6  # in a file whose authors were taken away

#: Costs of taking a sign (columns) for a character of a kind (rows). Zero is what
#: programs leave behind, 12 what they never do.
_TAKEN = {
    KEPT: (0, 0, 12, 12, 12, 12, 0),
    DELETED: (0, 1, 12, 0, 12, 12, 0),
    INSERTED: (0, 1, 3, 12, 0, 0, 1),
}
#: Costs of taking a sign for words of the reviewer's own.
_OWN = (4, 4, 0, 12, 12, 2, 4)
_MISSING = 4  # a kept character that is gone
_TORN = 6  # a character of an edit of which others are there


_NOBODY = {"", "Author", "作者"}


class Alignment(NamedTuple):
    """For each character of the lattice the number of its sign, or -1.

    given_up  stretches of the lattice that were rewritten beyond search
    """

    signs: array[int]
    given_up: list[tuple[int, int]]


def classify(signs: list[Sign]) -> bytes:
    """What each sign may be: one of the classes above."""
    marks = {mark for sign in signs for mark in (sign.inserted, sign.deleted) if mark}
    ours = {mark for mark in marks if mark.author.startswith(AUTHOR)}
    # Word can take all names away ("remove personal information").
    nameless = bool(marks) and {mark.author for mark in marks} <= _NOBODY

    def kind(sign: Sign) -> int:
        if sign.inserted:
            if nameless:
                return ANY_INSERTION
            return OUR_INSERTION if sign.inserted in ours else OTHERS_INSERTION
        if sign.deleted:
            if nameless:
                return ANY_DELETION
            return OUR_DELETION if sign.deleted in ours else OTHERS_DELETION
        return PLAIN

    return bytes(map(kind, signs))


def align(lattice: Lattice, signs: list[Sign], classes: bytes) -> Alignment:
    """Lay the signs beside the lattice."""
    words = "".join(sign.text for sign in signs)
    found = array("l", [-1]) * len(lattice.text)
    given_up = []
    search = _Search(lattice, words, classes, found)
    i = j = 0
    end = (len(lattice.text), len(words))
    for i_anchor, j_anchor in _nearer(lattice, words, classes, end):
        if not search.between(i, i_anchor, j, j_anchor):
            given_up.append((i, i_anchor))
        i, j = i_anchor, j_anchor
    return Alignment(found, given_up)


def _anchors(lattice: Lattice, words: str, classes: bytes) -> list[tuple[int, int]]:
    """Places where the same words stand, once on either side, in one order."""
    text = lattice.text
    wanted: dict[str, list[int]] = {}
    for run in lattice.runs:
        if run.kind == KEPT:
            for place in range(run.start, run.end - _GRAM + 1, _GRAM):
                wanted.setdefault(text[place : place + _GRAM], []).append(place)
    single = {gram: places[0] for gram, places in wanted.items() if len(places) == 1}
    counts = dict.fromkeys(single, 0)
    for place in range(len(text) - _GRAM + 1):
        gram = text[place : place + _GRAM]
        if gram in counts:
            counts[gram] += 1
    there: dict[str, int] = {}
    for place in range(len(words) - _GRAM + 1):
        gram = words[place : place + _GRAM]
        if counts.get(gram) == 1:
            there[gram] = -1 if gram in there else place
    pairs = [
        (single[gram], place)
        for gram, place in there.items()
        if place >= 0 and not any(classes[place : place + _GRAM])
    ]
    pairs.sort()
    return _rising(pairs)


def _nearer(
    lattice: Lattice, words: str, classes: bytes, end: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """The anchors, and in long stretches between them the nearest place of words that repeat."""
    text, kinds = lattice.text, lattice.kinds
    i = j = 0
    for i_stop, j_stop in [*_anchors(lattice, words, classes), end]:
        place = i + _GRAM
        while i_stop - i > _LONG and place < i_stop - _GRAM:
            gram = text[place : place + _GRAM]
            limit = min(j_stop, j + place - i + _REACH)
            found = -1
            if not any(kinds[place : place + _GRAM]):
                found = words.find(gram, j, limit)
            if found >= 0 and not any(classes[found : found + _GRAM]):
                # Twice nearby it tells nothing.
                there = words.find(gram, found + 1, limit + _LONG) >= 0
                here = text.find(gram, i, place) >= 0
                if not there and not here and text.find(gram, place + 1, place + _LONG) < 0:
                    yield place, found
                    i, j = place, found
                    place += _LONG // 4
                    continue
            place += _GRAM
        yield i_stop, j_stop
        i, j = i_stop, j_stop


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest rising subsequence."""
    tails: list[int] = []
    chain: list[int] = []  # which pair ends the sequence of each length
    before = [-1] * len(pairs)
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        if length == len(tails):
            tails.append(place)
            chain.append(number)
        else:
            tails[length] = place
            chain[length] = number
        before[number] = chain[length - 1] if length else -1
    found = []
    number = chain[-1] if chain else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    found.reverse()
    return found


class _Search:
    """The cheapest way through a stretch."""

    def __init__(self, lattice: Lattice, words: str, classes: bytes, found: array[int]) -> None:
        self._text = lattice.text
        self._kinds = bytes(lattice.kinds)
        self._ends = lattice.ends
        self._words = words
        self._classes = classes
        self._found = found

    def between(self, i_start: int, i_end: int, j_start: int, j_end: int) -> bool:
        """Enter the way into ``found``; False if it was not found in patience."""
        came: dict[tuple[int, int], tuple[int, int] | None] = {}
        heap: list[tuple[int, int, int, int, tuple[int, int] | None]] = []
        heappush(heap, (0, 0, i_start, j_start, None))
        goal = (i_end, j_end)
        steps = 0
        while heap:
            cost, _, i, j, parent = heappop(heap)
            if (i, j) in came:
                continue
            came[i, j] = parent
            here = (i, j)
            if here == goal:
                self._enter(came, goal)
                return True
            steps += 1
            if steps > _PATIENCE:
                return False
            i_slid, j_slid = self._slide(i, j, i_end, j_end)
            if (i_slid, j_slid) != here:
                heappush(heap, (cost, -i_slid - j_slid, i_slid, j_slid, here))
                continue
            if j < j_end:
                own = cost + _OWN[self._classes[j]]
                heappush(heap, (own, -i - j - 1, i, j + 1, here))
            if i == i_end:
                continue
            kind = self._kinds[i]
            if j < j_end and self._text[i] == self._words[j]:
                taken = cost + _TAKEN[kind][self._classes[j]]
                heappush(heap, (taken, -i - j - 2, i + 1, j + 1, here))
            if kind == KEPT:
                heappush(heap, (cost + _MISSING, -i - j - 1, i + 1, j, here))
            else:
                end = self._ends.get(i)
                if end is not None:
                    heappush(heap, (cost, -end - j, end, j, here))
                heappush(heap, (cost + _TORN, -i - j - 1, i + 1, j, here))
        return False

    def _slide(self, i: int, j: int, i_end: int, j_end: int) -> tuple[int, int]:
        """As far as signs are what was shown and nothing is to be decided."""
        text, words, kinds, classes, ends = (
            self._text, self._words, self._kinds, self._classes, self._ends,
        )  # fmt: skip
        while i < i_end and j < j_end:
            kind = kinds[i]
            if text[i] == words[j] and not _TAKEN[kind][classes[j]] and i not in ends:
                i += 1
                j += 1
            else:
                break
        return i, j

    def _enter(
        self, came: dict[tuple[int, int], tuple[int, int] | None], goal: tuple[int, int]
    ) -> None:
        here = goal
        while (parent := came[here]) is not None:
            i, j = parent
            if here[0] - i == here[1] - j:  # a step or a slide along the diagonal
                for step in range(here[0] - i):
                    self._found[i + step] = j + step
            here = parent
