"""What a closer look at careless documents needs beside the model: loaded by the first of them.

Two forests, trained on documents full of typos: one for single characters (``closer``),
one for two side by side (``twos``); and the links between characters that share a part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from normtool.records import NamedTuple
from normtool.typos import closer, evidence, twos
from normtool.typos.alphabet import Ints
from normtool.typos.arrays import arrays
from normtool.typos.closer import Said
from normtool.typos.evidence import MARGIN, Links, Page
from normtool.typos.model import Model, load
from normtool.typos.trees import Forest

#: how two characters are linked that share a part and nothing else
PART = 5
#: the arrays of a forest, without their prefix
TREE = ("feature", "threshold", "left", "right", "value")
#: log-odds below which nothing is of use
_LEAST = -4.0
#: after so many trees, log-odds below which a candidate is dropped
_STAGES = ((20, -4.0), (45, -4.0))


class Careless(NamedTuple):
    """All links, and the forests."""

    links: Links
    one: Forest
    two: Forest


class Found(NamedTuple):
    """A candidate: at ``place`` (code points), what should stand there; its log-odds.

    ``figures`` is its row of ``closer.NAMES``, or of ``twos.NAMES`` for two characters.
    """

    place: int
    new: str
    odds: float
    figures: Ints


@cache
def data() -> Careless:
    """The data that ship with the package."""
    found = arrays("careless")
    links = joined(load().links, found["part_many"], found["part_others"])
    one, two = (_forest(found, kind) for kind in ("one", "two"))
    return Careless(links, one, two)


def _forest(found: Mapping[str, Ints], kind: str) -> Forest:
    feature, threshold, left, right, value = (found[f"{kind}_{name}"] for name in TREE)
    whole = (array.astype(np.int64) for array in (feature, left, right))
    feature, left, right = whole
    return Forest(feature, threshold, left, right, value)


def joined(links: Links, many: Ints, others: Ints) -> Links:
    """The links with further ones behind those of each character, ``many`` for each."""
    owner = np.arange(len(many), dtype=np.uint16)  # small numbers are sorted by radix
    order = np.argsort(
        np.concatenate((np.repeat(owner, np.diff(links.begin)), np.repeat(owner, many))),
        kind="stable",
    )
    plain = np.zeros(len(others), np.uint8)
    return Links(
        links.begin + np.concatenate(([0], np.cumsum(many, dtype=np.int64))),
        np.concatenate((links.others, others))[order],
        np.concatenate((links.kind, plain + PART))[order],
        np.concatenate((links.shape, plain))[order],
        np.concatenate((links.habit, plain))[order],
    )


def look(text: str, model: Model, around: Collection[int] = (), reach: int = 0) -> list[Found]:
    """All candidates of a text that are of use, the likeliest first.

    With ``around``, only those within ``reach`` of these places.
    """
    sheet = evidence.page(text, model.numbers)
    said, unseen = Said(sheet.ids), closer.unknown(sheet.ids, model.tables)
    odd = unseen * _near(len(unseen), around, reach) if around else unseen
    ones = _ones(sheet, said, unseen, np.flatnonzero(odd), model)
    found = [*ones, *_twos(sheet, said, unseen, odd, model)]
    return sorted(found, key=lambda one: (-one.odds, one.place))


#: how much of the text around a place its figures are made of, and more
_CUT = np.arange(-MARGIN - 1, MARGIN + 2)


def by_place(some: Iterable[Found]) -> dict[int, dict[str, float]]:
    """The log-odds of single characters, by place and character."""
    odds: dict[int, dict[str, float]] = {}
    for one in some:
        if len(one.new) == 1:
            odds.setdefault(one.place, {})[one.new] = one.odds
    return odds


def confirm(text: str, model: Model, places: Sequence[int]) -> list[Found]:
    """The candidates of one character for these places."""
    if not places:
        return []
    sheet = evidence.page(text, model.numbers)
    # only cuts around the places are read: elsewhere the document is only counted
    cut = np.pad(np.add.outer(np.array(places) + MARGIN, _CUT).ravel(), MARGIN)
    cut = np.clip(cut, 0, len(sheet.ids) - 1)
    cuts = Page(sheet.ids[cut], sheet.codes[cut])
    where = np.arange(len(places)) * len(_CUT) + MARGIN + len(_CUT) // 2
    unseen = closer.unknown(cuts.ids, model.tables)
    found = _ones(cuts, Said(sheet.ids), unseen, where[unseen[where] > 0], model)
    place = {int(at) - MARGIN: one for at, one in zip(where, places, strict=True)}
    return [one._replace(place=place[one.place]) for one in found]


def _near(size: int, around: Collection[int], reach: int) -> Ints:
    near = np.zeros(size, np.uint8)
    for place in around:
        near[max(place + MARGIN - reach, 0) : place + MARGIN + reach + 1] = 1
    return near


def _ones(sheet: Page, said: Said, unseen: Ints, where: Ints, model: Model) -> Iterator[Found]:
    links, forest = data().links, data().one
    found = closer.candidates(sheet.ids, where, links, model.code_of, model.tables)
    if len(found.place):
        rows = closer.figures(sheet, found, links, model.traits, model.tables, unseen, said)
        odds = forest.score(rows, _STAGES)
        for k in np.flatnonzero(odds >= _LEAST).tolist():
            place, new = int(found.place[k]) - MARGIN, chr(int(found.new_code[k]))
            yield Found(place, new, float(odds[k]), rows[k])


def _twos(sheet: Page, said: Said, unseen: Ints, odd: Ints, model: Model) -> Iterator[Found]:
    links, forest = data().links, data().two
    where = twos.places(sheet.ids, odd, model.tables)
    found = twos.candidates(sheet.ids, where, links, model.tables)
    if len(found.place):
        code_of = model.code_of
        rows = twos.figures(sheet, found, links, model.traits, code_of, model.tables, unseen, said)
        odds = forest.score(rows, _STAGES)
        for k in np.flatnonzero(odds >= _LEAST).tolist():
            both = (links.others[number[k]] for number in (found.one, found.two))
            new = "".join(chr(int(code_of[number])) for number in both)
            yield Found(int(found.place[k]) - MARGIN, new, float(odds[k]), rows[k])
