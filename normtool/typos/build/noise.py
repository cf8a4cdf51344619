"""Typos made on purpose, to train on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from normtool.typos.build.confusion import (
    NEAR_SOUND,
    PART,
    RARE_READING,
    SAME_SOUND,
    SAME_TONE,
    Link,
)

#: how often a kind of link is behind a typo (official documents: four in five by sound)
_KINDS = {SAME_TONE: 6.0, SAME_SOUND: 4.0, RARE_READING: 0.3, NEAR_SOUND: 0.9}


class Noise:
    """Replaces characters by what a typist, a speaker or a scanner confuses them with."""

    def __init__(
        self,
        links: Mapping[str, Mapping[str, Link]],
        frequency: Mapping[str, float],
        words: Mapping[str, int],
        seed: int,
        part: float = 0.0,
    ) -> None:
        self.words = {word for word, value in words.items() if len(word) == 2 and value & 3 >= 2}
        self.random = np.random.default_rng(seed)
        wrongs: dict[str, dict[str, float]] = defaultdict(dict)
        for wrong, rights in links.items():
            share = frequency.get(wrong, 0.0) ** 0.4
            for right, link in rights.items():
                weight = {**_KINDS, PART: part}.get(link.kind, 0.0) + (0, 0.5, 0.9, 2.0)[link.shape]
                weights = weight * share * (1 + 2 * link.habit)
                if weights > 0:
                    wrongs[right][wrong] = weights
        self.wrongs = {
            right: (list(some), np.cumsum(list(some.values())) / sum(some.values()))
            for right, some in wrongs.items()
        }

    def spoil(self, text: str, every: int, apart: int = 2) -> tuple[str, dict[int, str]]:
        """The text with a typo every so many characters, and what stood at those places.

        Every second typo makes another word with its neighbour, where one can be made: an
        input method offers words.
        """
        typed, right = list(text), {}
        last = -10
        chance = self.random.random((len(text), 3))
        for place in range(1, len(text) - 1):
            character = text[place]
            if chance[place, 0] * every >= 1 or place - last < apart:
                continue
            if character not in self.wrongs:
                continue
            some, shares = self.wrongs[character]
            if chance[place, 2] < 0.5:
                before, after = typed[place - 1], text[place + 1]
                words = [w for w in some if w + after in self.words or before + w in self.words]
                if words:
                    typed[place] = words[int(chance[place, 1] * len(words))]
                    right[place] = character
                    last = place
                    continue
            typed[place] = some[int(np.searchsorted(shares, chance[place, 1]))]
            right[place] = character
            last = place
        return "".join(typed), right

    def spoil_words(self, text: str, every: int) -> tuple[str, dict[int, str]]:
        """The text with a word of two characters in so many replaced by one that sounds alike.

        Both characters differ; two in three are words themselves.
        """
        typed, right = list(text), {}
        chance = self.random.random((len(text), 3))
        last = -10
        for place in np.flatnonzero(chance[:, 0] * every < 1).tolist():
            word = text[place : place + 2]
            if place - last < 3 or word not in self.words:
                continue
            if word[0] not in self.wrongs or word[1] not in self.wrongs:
                continue
            (ones, one_shares), (twos, two_shares) = (self.wrongs[c] for c in word)
            made = ""
            if chance[place, 1] < 0.67:
                others = [a + b for a in ones for b in twos if a + b in self.words]
                if others:
                    made = others[int(chance[place, 2] * len(others))]
            if not made:
                made = ones[int(np.searchsorted(one_shares, self.random.random()))]
                made += twos[int(np.searchsorted(two_shares, self.random.random()))]
            typed[place : place + 2] = made
            right[place], right[place + 1] = word[0], word[1]
            last = place
        return "".join(typed), right
