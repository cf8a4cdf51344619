"""The look-ups of the typo model are made all at once; each by itself says the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from normtool.typos import evidence, vectors
from normtool.typos.alphabet import BREAK
from normtool.typos.arrays import arrays
from normtool.typos.columns import OF_ONE
from normtool.typos.fuse import mixed
from normtool.typos.tables import LONGEST_WORD, key
from normtool.typos.vectors import Vectors

TEXTS = [
    "加快大数局产业发展，形势依然严竣。",
    "各项工作取得了显著成积\n要贯彻落时科学发展观，积极应对人口老令化",
    "12局a严\n竣，企业的经营状矿良好；"
    + "我市经济持续建康发展，党风廉正建设取得新层就，规章制渡不断完善。" * 3,
]


@pytest.fixture(scope="module")
def model() -> Vectors:
    return vectors.of(arrays(in_c=False))


def word(model: Vectors, codes: Any, start: int, length: int) -> int:
    """Strength of one word."""
    columns = (codes[start + k : start + k + 1] for k in range(length))
    return int(model.tables.word(*columns)[0])


def over(model: Vectors, codes: Any, place: int) -> tuple[int, int, int]:
    """The longest word over a place, its strength, and the longest name over it."""
    longest = strength = proper = 0
    for length in range(2, LONGEST_WORD + 1):
        for start in range(1 - length, 1):
            value = word(model, codes, place + start, length)
            if value & 3 and (longest < length or strength < value & 3):
                longest, strength = length, value & 3
            if value >= 4:
                proper = length
    return longest, strength, proper


@pytest.mark.parametrize("text", TEXTS)
def test_figures_are_those_of_one_candidate_at_a_time(model: Vectors, text: str) -> None:
    sheet = evidence.page(text, model.numbers)
    places = evidence.suspicious(sheet.ids, model.tables)
    found = evidence.candidates(sheet.ids, places, model.links, model.code_of, model.tables)
    assert len(found.place) > 3
    rows = evidence.figures(sheet, found, model.links, model.traits, model.tables)
    tables, ids, codes = model.tables, sheet.ids, sheet.codes
    for number, place in enumerate(found.place.tolist()):
        figure = dict(zip(OF_ONE, rows[number].tolist(), strict=True))
        other, other_codes = ids.copy(), codes.copy()
        other[place], other_codes[place] = found.new[number], found.new_code[number]
        for side, numbers, written in (("old", ids, codes), ("new", other, other_codes)):

            def around(first: int, length: int, numbers: Any = numbers, at: int = place) -> Any:
                return [numbers[at + first + k :][:1] for k in range(length)]

            assert figure[f"left_{side}"] == tables.pair(*around(-1, 2))[0]
            assert figure[f"right_{side}"] == tables.pair(*around(0, 2))[0]
            for name, first in (("t1", -2), ("t2", -1), ("t3", 0)):
                assert figure[f"{name}_{side}"] == tables.triple(*around(first, 3))[0]
            seen = sum(int(tables.four(*around(first, 4))[0]) for first in range(-3, 1))
            assert figure[f"f_{side}"] == seen
            words = over(model, written, place)
            assert tuple(figure[f"{n}_{side}"] for n in ("word", "strength", "proper")) == words
        before = [n for n in (2, 3, 4) if word(model, codes, place - n, n) & 3 > 1]
        after = [n for n in (2, 3, 4) if word(model, codes, place + 1, n) & 3 > 1]
        assert (figure["word_left"], figure["word_right"]) == (
            max(before, default=0), max(after, default=0),
        )  # fmt: skip
        assert figure["break_left"] == (ids[place - 1] == BREAK)


def test_a_rare_triple_is_asked_for_only_where_it_is_not_frequent(model: Vectors) -> None:
    dice = np.random.default_rng(3)
    three = dice.integers(3, 5000, (3, 20_000)).astype(np.uint16)
    packed = key(*three)
    tables = model.tables
    both = np.maximum(tables.common.get(packed), tables.rare.get(packed))
    assert (tables.triple(*three) == both).all()
    assert both.any()


def test_hash_does_not_alter_its_keys() -> None:
    keys = np.arange(10)
    assert len(set(mixed(keys).tolist())) == 10
    assert (keys == np.arange(10)).all()
    assert (mixed(keys, 3) == mixed(keys + 3)).all()
