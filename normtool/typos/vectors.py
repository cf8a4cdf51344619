"""A text under the looks of the model, with numpy: every look is made of the whole text at once.

The twin of ``TypoSheet`` in C.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

import numpy as np

from normtool.records import NamedTuple
from normtool.typos import careless, evidence
from normtool.typos.alphabet import FIRST, SIZE, Ints, numbering
from normtool.typos.arrays import Array
from normtool.typos.columns import OF_ONE
from normtool.typos.evidence import MARGIN, Candidates, Links
from normtool.typos.fuse import Fuse
from normtool.typos.model import Found
from normtool.typos.tables import Tables
from normtool.typos.trees import TREE, Forest

#: after so many trees, log-odds below which a candidate is dropped
_STAGES = ((16, -3.8), (48, -3.5))
#: Two characters that neither sound nor look alike: no kind, shape or habit that was counted.
_UNLINKED = {"kind": 9, "shape": 0, "habit": 0}


class Vectors(NamedTuple):
    """Everything that was counted and learnt; for a closer look, when one is taken."""

    numbers: Ints
    code_of: Ints
    traits: Ints
    links: Links
    tables: Tables
    forest: Forest
    closely: Callable[[], careless.Careless]


def of(found: Mapping[str, Array]) -> Vectors:
    """The arrays of ``data/model.npz`` as they are looked up."""
    alphabet = np.asarray(found["alphabet"])
    code_of = np.zeros(SIZE, np.uint16)
    code_of[FIRST : FIRST + len(alphabet)] = alphabet
    filters = {
        name: Fuse(np.asarray(found[name]), *found[f"{name}_shape"].tolist())
        for name in ("common3", "rare3", "seen4", "words")
    }
    links = Links(*(np.asarray(found[name]) for name in Links._fields))
    return Vectors(
        numbers=numbering(alphabet.tobytes().decode("utf-16")),
        code_of=code_of,
        traits=np.asarray(found["traits"]),
        links=links,
        tables=Tables(np.asarray(found["pairs"]), filters),
        forest=Forest(*(np.asarray(found[f"tree_{name}"]) for name in TREE)),
        closely=cache(lambda: careless.data(links)),
    )


class Sheet:
    """See ``model.Sheet``."""

    def __init__(self, data: Vectors, text: str) -> None:
        self._data = data
        self._page = evidence.page(text, data.numbers)

    def first(self, least: float) -> list[Found]:
        """Characters that stand better than those in the text, by place."""
        data, ids = self._data, self._page.ids
        places = evidence.suspicious(ids, data.tables)
        found = evidence.candidates(ids, places, data.links, data.code_of, data.tables)
        if not len(found.place):
            return []
        rows = evidence.figures(self._page, found, data.links, data.traits, data.tables)
        return careless.told(found, rows, data.forest.score(rows, _STAGES), least)

    def look(self, least: float, around: Collection[int], reach: int) -> list[Found]:
        """A closer look: characters (``columns.OF_ONE_CLOSELY``), then pairs of them."""
        return careless.look(self._page, self._data, least, around, reach)

    def confirm(self, least: float, places: Sequence[int]) -> list[Found]:
        """A closer look at these places, for one character each."""
        return careless.confirm(self._page, self._data, least, places)

    def given(self, asked: Sequence[tuple[int, str]]) -> list[Found]:
        """What the first look says of characters that others name, by growing place."""
        if not asked:
            return []
        data, page = self._data, self._page
        place = np.array([start + MARGIN for start, _ in asked])
        codes = np.array([ord(new) for _, new in asked], np.uint16)
        old, new = page.ids[place], data.numbers[codes]
        links = [_link(data.links, int(a), int(b)) for a, b in zip(old, new, strict=True)]
        known = Candidates(place, old, new, codes, np.array([max(link, 0) for link in links]))
        figures = evidence.figures(page, known, data.links, data.traits, data.tables)
        for name, value in _UNLINKED.items():
            figures[[link < 0 for link in links], OF_ONE.index(name)] = value
        return careless.told(known, figures, data.forest.score(figures), -np.inf)


def _link(links: Links, old: int, new: int) -> int:
    """The link between two characters, or -1."""
    begin, end = (int(links.begin[number]) for number in (old, old + 1))
    among: Ints = np.flatnonzero(links.others[begin:end] == new)
    return begin + int(among[0]) if len(among) else -1
