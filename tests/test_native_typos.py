"""The typo model in C and with numpy: the same figures, in clean and in spoilt text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from normtool.decode import decode
from normtool.edits import Certainty
from normtool.native import native
from normtool.typos import model as models
from normtool.typos import proposer, vectors
from normtool.typos.arrays import arrays
from normtool.typos.columns import OF_ONE, OF_ONE_CLOSELY, OF_TWO

pytestmark = pytest.mark.skipif(native is None, reason="nothing was built")
SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
ODD = [
    "", "a", "，", "形", "\x00\ufffe\uffff", "\ud800势依\udfff然严竣",
    "𠮷😀：形势依然严竣，𠀀成积显著",
    "12局a严\n竣，企业的经营状矿良好；", "数" * 300, "大数" * 200, "é大数局ü产业", "abc" * 50,
    "形势依然严竣，要贯彻落时科学发展观，各级人民政府菜狗应当公开，加强组织领倒，成积显著。",
]  # fmt: skip


@pytest.fixture(scope="module")
def numpy_model() -> models.Model:
    """The twin."""
    data = vectors.of(arrays(in_c=False))
    return models.Model(lambda text: vectors.Sheet(data, text), models.load().a_million)


#: What is typed for what is meant.
SLIPS = dict(
    zip(
        "据实导绩就度情况展设经理务政府议级识程效强",
        "局时倒积旧渡请矿站社径里物证付义极职成校墙",
        strict=True,
    )
)


def spoilt(text: str, every: int, seed: int) -> str:
    """A text with slips and with characters of its own in the place of others."""
    dice = random.Random(seed)
    return "".join(
        SLIPS.get(c) or dice.choice(text)
        if "\u4e00" <= c <= "\u9fff" and dice.random() * every < 1 + 9 * (c in SLIPS)
        else c
        for c in text
    )


def texts() -> Iterator[str]:
    """Odd ones, our samples, and samples with damage, much and little."""
    yield from ODD
    for number, path in enumerate(SAMPLES):
        text = decode(path.read_bytes())[0][:6000]
        yield text
        for every in (12, 150):
            yield spoilt(text, every, number)


def looks(sheet: Any, length: int) -> list[Any]:
    """Everything that a sheet can be asked, by what it is asked about."""
    first = sheet.first(-99.0)
    places = sorted({place for place, *_ in first})[:40]
    everywhere = [*range(0, length, max(length // 60, 1))]
    return [
        first,
        sheet.look(-99.0, (), 0),
        sheet.look(-3.0, places[:3], 8),
        sheet.look(-3.0, (), 0),
        sheet.confirm(-99.0, places),
        sheet.given([(place, "数") for place in everywhere]),
        sheet.given([(place, new) for place, new, *_ in first if len(new) == 1]),
    ]


def test_every_look_finds_the_same(numpy_model: models.Model) -> None:
    found = 0
    for text in texts():
        ours, theirs = (m.sheet(text) for m in (models.load(), numpy_model))
        for look, (in_c, twin) in enumerate(
            zip(looks(ours, len(text)), looks(theirs, len(text)), strict=True)
        ):
            assert in_c == twin, (look, text[:60])
            found += len(twin)
    assert found > 10_000


def test_figures_come_in_the_order_of_their_names() -> None:
    sheet = models.load().sheet(ODD[-1])
    assert {len(figures) for *_, figures in sheet.first(-99.0)} == {len(OF_ONE)}
    lengths = {len(new): len(figures) for _, new, _, figures in sheet.look(-99.0, (), 0)}
    assert lengths == {1: len(OF_ONE_CLOSELY), 2: len(OF_TWO)}


def test_proposals_are_the_same(numpy_model: models.Model, monkeypatch: pytest.MonkeyPatch) -> None:
    every = [*texts()]
    in_c = [proposer.proposals(text, Certainty.LOW) for text in every]
    monkeypatch.setattr(proposer, "load", lambda: numpy_model)
    assert [proposer.proposals(text, Certainty.LOW) for text in every] == in_c
    assert sum(map(len, in_c)) > 150


def test_wrong_arguments_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found, careless = arrays(), arrays("careless")
    data = native.typo_model(found, careless)
    sheet = native.TypoSheet(data, "形势依然严竣")
    for wrong in (lambda: native.TypoSheet(data, b""), lambda: native.TypoSheet(None, ""),
                  lambda: native.TypoSheet(), lambda: native.typo_model([], {}),
                  lambda: sheet.first("x"), lambda: sheet.look(0.0, None, 0),
                  lambda: sheet.confirm(0.0, ["x"]), lambda: sheet.given([0]),
                  lambda: sheet.given([(0, "xy")])):  # fmt: skip
        with pytest.raises((TypeError, ValueError)):
            wrong()
    for outside in (lambda: sheet.confirm(0.0, [6]), lambda: sheet.look(0.0, [-1], 3),
                    lambda: sheet.look(0.0, [0], -3), lambda: sheet.given([(6, "数")]),
                    lambda: sheet.given([(0, "😀")])):  # fmt: skip
        with pytest.raises(ValueError, match=r"outside|negative"):
            outside()
    assert sheet.look(0.0, [0], 1 << 40) is not None


#: Arrays of which every value can be looked up, true or not.
ANYTHING = {
    "traits", "kind", "shape", "habit", "alphabet", "common3", "rare3", "seen4", "words",
    "pair_lines", "pair_levels", "often_lines", "often_levels", "back_lines", "back_levels",
    "partner_levels",
    *(f"{kind}_{name}" for kind in ("tree", "one", "two") for name in ("threshold", "value")),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted({*arrays(), *arrays("careless")} - {"pair_total"}))
def test_arrays_that_are_no_model_are_refused(name: str) -> None:
    """What is kept may be broken; no place outside an array is ever read."""
    both = [arrays(), arrays("careless")]
    whole = next(some for some in both if name in some)
    array = whole.pop(name)
    with pytest.raises(ValueError, match=name):
        native.typo_model(*both)
    if name not in ("pair_levels", "often_levels", "back_levels"):  # there, a look-up sees to it
        whole[name] = memoryview(b"\xff" * 4)
        with pytest.raises(ValueError, match="typo model"):
            native.typo_model(*both)
    if name not in ANYTHING:
        whole[name] = memoryview(b"\xff" * array.nbytes).cast(array.format, array.shape)
        with pytest.raises(ValueError, match="typo model"):
            native.typo_model(*both)
