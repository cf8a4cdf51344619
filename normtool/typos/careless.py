"""What a closer look at careless documents needs beside the model: loaded by the first of them.

Two forests, trained on documents full of typos: one for single characters (``closer``),
one for two side by side (``twos``); and the links between characters that share a part.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import numpy as np

from normtool.records import NamedTuple
from normtool.shipped import open_shipped
from normtool.typos import closer, evidence, twos
from normtool.typos.alphabet import Ints
from normtool.typos.evidence import MARGIN, Links
from normtool.typos.model import Model, load
from normtool.typos.trees import Forest

_FILE = "typos/data/careless.npz"
#: how two characters are linked that share a part and nothing else
PART = 5
#: the arrays of a forest, without their prefix
TREE = ("feature", "threshold", "left", "right", "value")
#: log-odds below which nothing is of use
_LEAST = -4.0


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
    with open_shipped(_FILE) as stream, np.load(stream) as file:
        arrays = {name: file[name] for name in file.files}
    links = joined(load().links, arrays["part_many"], arrays["part_others"])
    one, two = (_forest(arrays, kind) for kind in ("one", "two"))
    return Careless(links, one, two)


def _forest(arrays: dict[str, Ints], kind: str) -> Forest:
    feature, threshold, left, right, value = (arrays[f"{kind}_{name}"] for name in TREE)
    whole = (array.astype(np.int64) for array in (feature, left, right))
    feature, left, right = whole
    return Forest(feature, threshold, left, right, value)


def joined(links: Links, many: Ints, others: Ints) -> Links:
    """The links with further ones behind those of each character, ``many`` for each."""
    owner = np.arange(len(many))
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
    links, one, two = data()
    sheet = evidence.page(text, model.numbers)
    ids, tables, traits, code_of = sheet.ids, model.tables, model.traits, model.code_of
    unseen = closer.unknown(ids, tables)
    odd = unseen.copy()
    if around:
        near = np.zeros(len(ids), np.uint8)
        for place in around:
            near[max(place + MARGIN - reach, 0) : place + MARGIN + reach + 1] = 1
        odd *= near
    found = []
    singles = closer.candidates(ids, np.flatnonzero(odd), links, code_of, tables)
    if len(singles.place):
        rows = closer.figures(sheet, singles, links, traits, tables, unseen)
        odds = one.score(rows)
        for k in np.flatnonzero(odds >= _LEAST).tolist():
            place, new = int(singles.place[k]) - MARGIN, chr(int(singles.new_code[k]))
            found.append(Found(place, new, float(odds[k]), rows[k]))
    pairs = twos.candidates(ids, twos.places(ids, odd, tables), links, tables)
    if len(pairs.place):
        rows = twos.figures(sheet, pairs, links, traits, code_of, tables, unseen)
        odds = two.score(rows)
        for k in np.flatnonzero(odds >= _LEAST).tolist():
            both = (links.others[number[k]] for number in (pairs.one, pairs.two))
            new = "".join(chr(int(code_of[number])) for number in both)
            found.append(Found(int(pairs.place[k]) - MARGIN, new, float(odds[k]), rows[k]))
    return sorted(found, key=lambda one: (-one.odds, one.place))
