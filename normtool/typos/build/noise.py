"""Typos made on purpose, to train on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from normtool.typos.build.confusion import NEAR_SOUND, RARE_READING, SAME_SOUND, SAME_TONE, Link

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
    ) -> None:
        self.words = {word for word, value in words.items() if len(word) == 2 and value & 3 >= 2}
        self.random = np.random.default_rng(seed)
        wrongs: dict[str, dict[str, float]] = defaultdict(dict)
        for wrong, rights in links.items():
            share = frequency.get(wrong, 0.0) ** 0.4
            for right, link in rights.items():
                weight = _KINDS.get(link.kind, 0.0) + (0, 0.5, 0.9, 2.0)[link.shape]
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
