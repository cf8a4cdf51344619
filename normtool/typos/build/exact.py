"""The counts before they are packed, less those of the text that is trained on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from normtool.typos.alphabet import SIZE, Ints
from normtool.typos.build.counting import BITS, Grams, packed, scaled, total
from normtool.typos.tables import pair_level, triple_level, word_key

#: how much one occurrence counts: official text, forum text, words of mixed corpora, a word
#: for being in a dictionary
WEIGHTS = {"pd": 4.0, "gov": 4.0, "laws": 4.0, "og": 1 / 20, "jio": 1 / 200, "dict": 0.5}

#: three occurrences in the forum corpus, or one elsewhere
LEAST_FOUR = 2.9 / 20


def mixture(counts: Mapping[str, Mapping[int, Grams]], length: int, without: str = "") -> Grams:
    """The weighted sum of all sources but one."""
    return total(
        scaled(grams[length], WEIGHTS[name]) for name, grams in counts.items() if name != without
    )


def kept(fours: Grams) -> Grams:
    """The fours that are worth their place: one or two in a forum are not."""
    enough = fours.weights >= LEAST_FOUR
    return Grams(fours.keys[enough], fours.weights[enough])


class Exact:
    """The look-ups of ``Counted`` on exact counts."""

    def __init__(
        self, counts: Mapping[str, Mapping[int, Grams]], words: Mapping[str, int], without: str
    ) -> None:
        self.grams = {n: mixture(counts, n, without) for n in (2, 3)}
        self.grams[4] = kept(mixture(counts, 4, without))
        pairs = self.grams[2]
        self.dense = np.zeros(SIZE * SIZE, np.uint8)
        places = (pairs.keys >> BITS) * SIZE + (pairs.keys & (2**BITS - 1))
        self.dense[places] = pair_level(pairs.weights)
        keys, values = word_keys(words)
        order = np.argsort(keys)
        self.words = Grams(keys[order], values[order].astype(float))

    def pair(self, a: Ints, b: Ints) -> Ints:
        """Level of two characters side by side."""
        found: Ints = self.dense[a.astype(np.int64) * SIZE + b]
        return found

    def grid(self, a: Ints, b: Ints) -> Ints:
        """Levels of all of ``a`` before all of ``b``."""
        found: Ints = self.dense[a.astype(np.int64)[:, None] * SIZE + b]
        return found

    def triple(self, a: Ints, b: Ints, c: Ints) -> Ints:
        """Level of three characters."""
        return triple_level(self.grams[3].of(packed(a.astype(np.int64), b, c)))

    def four(self, a: Ints, b: Ints, c: Ints, d: Ints) -> Ints:
        """1 if the four were seen."""
        return (self.grams[4].of(packed(a.astype(np.int64), b, c, d)) > 0).astype(np.uint8)

    def word(self, *codes: Ints) -> Ints:
        """Strength of a word of code points, plus 4 for a name; 0 for none."""
        return self.words.of(word_key(*codes)).astype(np.uint8)


def word_keys(words: Mapping[str, int]) -> tuple[Ints, Ints]:
    """The key and the value of every word."""
    keys, values = [], []
    by_length: dict[int, list[str]] = {}
    for word in words:
        by_length.setdefault(len(word), []).append(word)
    for length, some in sorted(by_length.items()):
        codes = np.frombuffer("".join(some).encode("utf-16-le"), np.uint16).reshape(-1, length)
        keys.append(word_key(*(codes[:, k] for k in range(length))))
        values.append(np.array([words[word] for word in some]))
    return np.concatenate(keys), np.concatenate(values)
