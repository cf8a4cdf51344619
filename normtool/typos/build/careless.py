"""Trains the closer look at careless documents: ``normtool.typos.careless``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from normtool.typos import closer, evidence, twos
from normtool.typos.alphabet import Ints
from normtool.typos.build import training
from normtool.typos.build.counting import Grams
from normtool.typos.build.exact import Exact
from normtool.typos.build.noise import Noise
from normtool.typos.columns import OF_ONE_CLOSELY, OF_TWO

DOCUMENT = 20_000
#: a typo every so many characters, and a wrong word
NOISE = ((40, 120), (120, 400), (25, 60), (400, 1500))
#: how often all documents are spoilt, each time in another way
PASSES = 2
#: trees and leaves of the forest for one character and of that for two
ONE, TWO = (110, 24), (80, 16)


def examples(
    texts: Mapping[str, Sequence[str]],
    counts: Mapping[str, Mapping[int, Grams]],
    words: Mapping[str, int],
    links: evidence.Links,
    traits: Ints,
    alphabet: tuple[Ints, Ints],
    noise: Noise,
) -> tuple[np.ndarray[Any, Any], ...]:
    """Figures of candidates for one character and which are right; the same for two."""
    table, code_of = alphabet
    ones: list[tuple[Any, Any]] = []
    pairs: list[tuple[Any, Any]] = []
    for name, some in texts.items():
        counted = Exact(counts, words, name)
        whole = "\n".join(some)
        for turn in range(PASSES):
            for number, begin in enumerate(range(0, len(whole), DOCUMENT)):
                right = whole[begin : begin + DOCUMENT]
                every, every_word = NOISE[(number + turn) % len(NOISE)]
                wrong, _ = noise.spoil_words(right, every_word)
                wrong, _ = noise.spoil(wrong, every, 3 if number % 3 else 1)
                meant = {p: b for p, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b}
                sheet = evidence.page(wrong, table)
                ids, unseen = sheet.ids, closer.unknown(sheet.ids, counted)
                said = closer.Said(ids)
                one = closer.candidates(ids, np.flatnonzero(unseen), links, code_of, counted)
                rows = closer.figures(sheet, one, links, traits, counted, unseen, said)
                ones.append((rows.astype(np.int16), _right(one.place, (one.new_code,), meant)))
                two = twos.candidates(ids, twos.places(ids, unseen, counted), links, counted)
                rows = twos.figures(sheet, two, links, traits, code_of, counted, unseen, said)
                codes = tuple(code_of[links.others[number]] for number in (two.one, two.two))
                pairs.append((rows.astype(np.int16), _right(two.place, codes, meant)))
    return (
        *(np.concatenate(column) for column in zip(*ones, strict=True)),
        *(np.concatenate(column) for column in zip(*pairs, strict=True)),
    )


def _right(place: Ints, codes: tuple[Ints, ...], meant: Mapping[int, str]) -> Any:
    """Whether all characters of each candidate are what was meant."""
    right = np.ones(len(place), bool)
    for offset, column in enumerate(codes):
        at = (place - evidence.MARGIN + offset).tolist()
        said = [meant.get(p) == chr(c) for p, c in zip(at, column.tolist(), strict=True)]
        right &= np.array(said, bool)
    return right


def train(
    one: Any, one_right: Any, two: Any, two_right: Any
) -> dict[str, np.ndarray[Any, np.dtype[Any]]]:
    """The two forests as small arrays."""
    out = {}
    for kind, rows, right, names, (trees, leaves) in (
        ("one", one, one_right, OF_ONE_CLOSELY, ONE),
        ("two", two, two_right, OF_TWO, TWO),
    ):
        weights = np.ones(len(right))
        forest = training.train(rows.astype(np.float32), right, weights, names, trees, leaves, 0)
        for name, array in forest.items():
            # 47 nodes at most; the thresholds are whole numbers and a half
            small = np.uint8 if name in ("feature", "left", "right") else np.float32
            out[f"{kind}_{name}"] = array.astype(small)
    return out
