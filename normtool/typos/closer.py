"""A closer look at careless documents: more places, more candidates, and the document itself.

An edited text is never read like this. Where typos are frequent, a place is worth a look
as soon as one triple around it is unknown, characters that share a part may have been
meant, and what the document says elsewhere is evidence. ``twos`` does the same for words.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from normtool.typos import evidence
from normtool.typos.alphabet import BREAK, FIRST, Ints
from normtool.typos.evidence import Candidates, Links, Page
from normtool.typos.tables import Counted, key

Floats = np.ndarray[tuple[int, int], np.dtype[np.float32]]

#: a new neighbour of less than this level is no evidence, nor is one so much worse than the old
_KNOWN, _WORSE = 24, 40
#: occurrences in the document are counted up to
_OFTEN = 9


class Said:
    """How often a document says two or three characters side by side."""

    def __init__(self, ids: Ints) -> None:
        self._ids = ids

    def often(self, *columns: Ints) -> Ints:
        """Occurrences, 9 at most."""
        length, ids = len(columns), self._ids
        asked, number = np.unique(key(*columns), return_inverse=True)
        said = key(*(ids[k : len(ids) - length + 1 + k] for k in range(length)))
        place = np.minimum(np.searchsorted(asked, said), len(asked) - 1)
        counts = np.bincount(place[asked[place] == said], minlength=len(asked))
        return np.minimum(counts, _OFTEN)[number]

    def all(self, *asked: tuple[Ints, ...]) -> list[Ints]:
        """The same of several, of one length and as many each, at once."""
        every = self.often(*map(np.concatenate, zip(*asked, strict=True)))
        return list(every.reshape(len(asked), -1))


def unknown(ids: Ints, counted: Counted) -> Ints:
    """How many of the triples that each Han character is in were never seen, 0 to 3."""
    triple = counted.triple(ids[:-2], ids[1:-1], ids[2:])
    a, b, c = triple[:-2], triple[1:-1], triple[2:]
    x, left, right = ids[2:-2], ids[1:-3], ids[3:-1]
    unseen = np.zeros(len(ids), np.uint8)
    # beside a break a triple says nothing
    unseen[2:-2] = (a == 0) & (left != BREAK)
    unseen[2:-2] += b == 0
    unseen[2:-2] += (c == 0) & (right != BREAK)
    unseen[2:-2][(x < FIRST) | ((left == BREAK) & (right == BREAK))] = 0
    return unseen


def candidates(
    ids: Ints, places: Ints, links: Links, code_of: Ints, counted: Counted
) -> Candidates:
    """What may have been meant at ``places``: characters with which more triples are known."""
    begin = links.begin[ids[places]]
    many = links.begin[ids[places] + 1] - begin
    link = np.repeat(begin - np.cumsum(many) + many, many)
    link += np.arange(len(link))
    new = links.others.take(link)
    row = np.repeat(np.arange(len(places)), many)
    left, x, right = (ids[places + k] for k in (-1, 0, 1))
    new_left = counted.pair(left[row], new).astype(np.int16)
    new_right = counted.pair(new, right[row]).astype(np.int16)
    known = np.maximum(new_left, new_right) >= _KNOWN
    new_left -= counted.pair(left, x)[row]
    new_right -= counted.pair(x, right)[row]
    kept = np.flatnonzero(known & (np.maximum(new_left, new_right) > -_WORSE))
    row, new, link = row[kept], new[kept], link[kept]
    better = _support(ids, places[row], new, counted) > _support(ids, places, x, counted)[row]
    kept = np.flatnonzero(better)
    place = places[row[kept]]
    return Candidates(place, ids[place], new[kept], code_of[new[kept]], link[kept])


def _support(ids: Ints, place: Ints, x: Ints, counted: Counted) -> Ints:
    """How many of the triples around a place are known with ``x`` in it."""
    l2, l1, r1, r2 = (ids[place + k] for k in (-2, -1, 1, 2))
    support = (counted.triple(l1, x, r1) > 0).astype(np.int8)
    support += (counted.triple(l2, l1, x) > 0) & (l1 != BREAK)
    support += (counted.triple(x, r1, r2) > 0) & (r1 != BREAK)
    return support


def figures(
    sheet: Page, found: Candidates, links: Links, traits: Ints, counted: Counted, unseen: Ints,
    said: Said,
) -> Floats:  # fmt: skip
    """One row a candidate, one column a figure (``columns.OF_ONE_CLOSELY``).

    ``unseen`` is what ``unknown`` says.
    """
    ids, p, x, new = sheet.ids, found.place, found.old, found.new
    l2, l1, r1, r2 = (ids[p + k] for k in (-2, -1, 1, 2))
    often = said.all(
        (l1, new, r1), (l2, l1, new), (new, r1, r2), (l1, x, r1), (l2, l1, x), (x, r1, r2)
    )
    fresh, stale = sum(often[:3]), sum(often[3:]) - 3
    pair = np.maximum(*said.all((l1, new), (new, r1)))
    columns: list[Any] = [fresh, stale, pair, unseen[p - 1], unseen[p + 1]]
    own = np.stack([np.asarray(c, np.float32) for c in columns], axis=1)
    known = evidence.figures(sheet, found, links, traits, counted)
    return np.concatenate((known, own), axis=1)
