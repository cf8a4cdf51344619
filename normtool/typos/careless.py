"""What a closer look at careless documents needs beside the model: loaded by the first of them.

Two forests, trained on documents full of typos: one for single characters (``closer``),
one for two side by side (``twos``); and the links between characters that share a part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from normtool.records import NamedTuple
from normtool.typos import closer, twos
from normtool.typos.alphabet import Ints
from normtool.typos.arrays import Array, arrays
from normtool.typos.closer import Floats, Said
from normtool.typos.evidence import MARGIN, Candidates, Links, Page
from normtool.typos.model import Found
from normtool.typos.trees import TREE, Forest

if TYPE_CHECKING:
    from normtool.typos.vectors import Vectors

#: how two characters are linked that share a part and nothing else
PART = 5
#: after so many trees, log-odds below which a candidate is dropped
_STAGES = ((20, -4.0), (45, -4.0))


class Careless(NamedTuple):
    """All links, and the forests."""

    links: Links
    one: Forest
    two: Forest


def data(links: Links) -> Careless:
    """The data that ship with the package, for the links of the model."""
    found = arrays("careless", in_c=False)
    links = joined(links, np.asarray(found["part_many"]), np.asarray(found["part_others"]))
    one, two = (_forest(found, kind) for kind in ("one", "two"))
    return Careless(links, one, two)


def _forest(found: Mapping[str, Array], kind: str) -> Forest:
    feature, threshold, left, right, value = (np.asarray(found[f"{kind}_{name}"]) for name in TREE)
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


def look(
    sheet: Page, model: Vectors, least: float, around: Collection[int], reach: int
) -> list[Found]:
    """What ``model.Sheet.look`` returns."""
    said, unseen = Said(sheet.ids), closer.unknown(sheet.ids, model.tables)
    odd = unseen * _near(len(unseen), around, reach) if around else unseen
    return [
        *_ones(sheet, said, unseen, np.flatnonzero(odd), model, least),
        *_twos(sheet, said, unseen, odd, model, least),
    ]


#: how much of the text around a place its figures are made of, and more
_CUT = np.arange(-MARGIN - 1, MARGIN + 2)


def confirm(sheet: Page, model: Vectors, least: float, places: Sequence[int]) -> list[Found]:
    """What ``model.Sheet.confirm`` returns."""
    if not places:
        return []
    # only cuts around the places are read: elsewhere the document is only counted
    cut = np.pad(np.add.outer(np.array(places) + MARGIN, _CUT).ravel(), MARGIN)
    cut = np.clip(cut, 0, len(sheet.ids) - 1)
    cuts = Page(sheet.ids[cut], sheet.codes[cut])
    where = np.arange(len(places)) * len(_CUT) + MARGIN + len(_CUT) // 2
    unseen = closer.unknown(cuts.ids, model.tables)
    found = _ones(cuts, Said(sheet.ids), unseen, where[unseen[where] > 0], model, least)
    place = {int(at) - MARGIN: one for at, one in zip(where, places, strict=True)}
    return [(place[one[0]], *one[1:]) for one in found]


def told(found: Candidates, rows: Floats, odds: Ints, least: float) -> list[Found]:
    """Candidates of one character as ``model.Found``, from these log-odds on."""
    return [
        (
            int(found.place[k]) - MARGIN,
            chr(int(found.new_code[k])),
            float(odds[k]),
            tuple(map(int, rows[k].tolist())),
        )
        for k in np.flatnonzero(odds >= least).tolist()
    ]


def _near(size: int, around: Collection[int], reach: int) -> Ints:
    near = np.zeros(size, np.uint8)
    for place in around:
        near[max(place + MARGIN - reach, 0) : place + MARGIN + reach + 1] = 1
    return near


def _ones(
    sheet: Page, said: Said, unseen: Ints, where: Ints, model: Vectors, least: float
) -> list[Found]:
    links, forest, _ = model.closely()
    found = closer.candidates(sheet.ids, where, links, model.code_of, model.tables)
    if not len(found.place):
        return []
    rows = closer.figures(sheet, found, links, model.traits, model.tables, unseen, said)
    return told(found, rows, forest.score(rows, _STAGES), least)


def _twos(
    sheet: Page, said: Said, unseen: Ints, odd: Ints, model: Vectors, least: float
) -> Iterator[Found]:
    links, _, forest = model.closely()
    where = twos.places(sheet.ids, odd, model.tables)
    found = twos.candidates(sheet.ids, where, links, model.tables)
    if len(found.place):
        code_of = model.code_of
        rows = twos.figures(sheet, found, links, model.traits, code_of, model.tables, unseen, said)
        odds = forest.score(rows, _STAGES)
        for k in np.flatnonzero(odds >= least).tolist():
            both = (links.others[number[k]] for number in (found.one, found.two))
            new = "".join(chr(int(code_of[number])) for number in both)
            figures = tuple(map(int, rows[k].tolist()))
            yield int(found.place[k]) - MARGIN, new, float(odds[k]), figures
