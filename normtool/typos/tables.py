"""What was counted: pairs, triples and fours of characters, and words.

Levels are logarithms of frequency. A pair's level grows by 6 for a doubling; a
triple's, 1 to 15, by 3 for 16 times. 0 is "never seen". Characters are the numbers
of ``alphabet``; words are code points.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from normtool.typos.alphabet import SIZE, Ints
from normtool.typos.fuse import Fuse, mixed

BITS = 13
LONGEST_WORD = 5
#: levels of triples up to this one are not told apart
RARE_LEVEL = 2
_PRIME = np.uint64(0x100000001B3)


class Counted(Protocol):
    """The look-ups that the evidence is made of, vectorised."""

    def pair(self, a: Ints, b: Ints) -> Ints:
        """Level of two characters side by side."""

    def grid(self, a: Ints, b: Ints) -> Ints:
        """Levels of all of ``a`` before all of ``b``: a table."""

    def triple(self, a: Ints, b: Ints, c: Ints) -> Ints:
        """Level of three characters."""

    def four(self, a: Ints, b: Ints, c: Ints, d: Ints) -> Ints:
        """1 if the four were seen."""

    def word(self, *codes: Ints) -> Ints:
        """Strength 1 to 3 of a word of code points, plus 4 for a name; 0 for none."""


def key(*columns: Ints) -> Ints:
    """One number for characters side by side."""
    packed: Ints = columns[0].astype(np.int64)
    for column in columns[1:]:
        packed <<= BITS
        packed |= column
    return packed


def word_key(*codes: Ints) -> Ints:
    """One number for the code points of a word; its length is part of it."""
    packed = np.full(len(codes[0]), len(codes), np.uint64)
    for column in codes:
        packed *= _PRIME
        packed += column
    return packed


class Tables:
    """The counts as they ship: a dense table of pairs, filters for the longer ones."""

    def __init__(self, pairs: Ints, filters: dict[str, Fuse]) -> None:
        self.pairs = pairs
        self.common, self.rare = filters["common3"], filters["rare3"]
        self.fours, self.words = filters["seen4"], filters["words"]

    def pair(self, a: Ints, b: Ints) -> Ints:
        """Level of two characters side by side."""
        place = a.astype(np.int64)
        place *= SIZE
        place += b
        return self.pairs.take(place)

    def grid(self, a: Ints, b: Ints) -> Ints:
        """Levels of all of ``a`` before all of ``b``: a table."""
        found: Ints = self.pairs[a.astype(np.int64)[:, None] * SIZE + b]
        return found

    def triple(self, a: Ints, b: Ints, c: Ints) -> Ints:
        """Level of three characters."""
        packed = key(a, b, c)
        hashed = mixed(packed, self.common.seed)
        level = self.common.of(hashed)
        others = np.flatnonzero(level == 0)
        if self.rare.seed == self.common.seed:
            level[others] = self.rare.of(hashed[others])
        else:
            level[others] = self.rare.get(packed[others])
        return level

    def four(self, a: Ints, b: Ints, c: Ints, d: Ints) -> Ints:
        """1 if the four were seen."""
        return self.fours.get(key(a, b, c, d))

    def word(self, *codes: Ints) -> Ints:
        """Strength of a word of code points, plus 4 for a name; 0 for none."""
        return self.words.get(word_key(*codes))


def dense(gaps: bytes, levels: bytes) -> bytes:
    """The table of pairs (see ``arrays``)."""
    steps = np.frombuffer(gaps, np.uint8)
    places = np.cumsum(steps, dtype=np.int32)[steps < 255]
    table = np.zeros(SIZE * SIZE, np.uint8)
    table[places] = np.frombuffer(levels, np.uint8)
    return table.tobytes()


def pair_level(weights: Any) -> Ints:
    """Level of a pair that is seen ``weights`` times."""
    return np.where(weights > 0, np.clip(np.round(6 * np.log2(1 + weights)), 1, 255), 0).astype(
        np.uint8
    )


def triple_level(weights: Any) -> Ints:
    """Level of a triple that is seen ``weights`` times."""
    with np.errstate(divide="ignore"):
        level = 1 + np.floor(0.75 * np.maximum(np.log2(8 * weights), 0))
    level = np.where(level <= RARE_LEVEL, 1, level)
    return np.where(weights > 0, np.minimum(level, 15), 0).astype(np.uint8)
