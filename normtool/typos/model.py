"""The data of the typo model, loaded once, by the first text that needs it."""

from __future__ import annotations

import zlib
from functools import cache
from typing import NamedTuple

import numpy as np

from normtool.shipped import open_shipped
from normtool.typos.alphabet import FIRST, SIZE, Ints, numbering
from normtool.typos.evidence import Links
from normtool.typos.fuse import Fuse
from normtool.typos.tables import Tables
from normtool.typos.trees import Forest


class Model(NamedTuple):
    """Everything that was counted and learnt."""

    numbers: Ints
    code_of: Ints
    traits: Ints
    links: Links
    tables: Tables
    forest: Forest
    a_million: float


@cache
def load() -> Model:
    """The model that ships with the package."""
    with open_shipped("typos/data/model.npz") as stream, np.load(stream) as file:
        arrays = {name: file[name] for name in file.files}
    alphabet = arrays["alphabet"]
    code_of = np.zeros(SIZE, np.uint16)
    code_of[FIRST : FIRST + len(alphabet)] = alphabet
    filters = {
        name: Fuse(arrays[name], *(int(n) for n in arrays[f"{name}_shape"]))
        for name in ("common3", "rare3", "seen4", "words")
    }
    tree = ("feature", "threshold", "left", "right", "value")
    return Model(
        numbers=numbering(alphabet.tobytes().decode("utf-16-le")),
        code_of=code_of,
        traits=arrays["traits"],
        links=Links(*(arrays[name] for name in Links._fields)),
        tables=Tables(_pairs(arrays["pair_gaps"], arrays["pair_levels"]), filters),
        forest=Forest(*(arrays[f"tree_{name}"] for name in tree)),
        a_million=float(1e6 / arrays["pair_total"]),
    )


def _pairs(gaps: Ints, levels: Ints) -> Ints:
    """The dense table of pairs, from the gaps between its filled cells.

    A gap of 255 or more is written as so many bytes of 255 and the rest.
    """
    steps = np.frombuffer(zlib.decompress(gaps.tobytes()), np.uint8)
    places = np.cumsum(steps, dtype=np.int64)[steps < 255]
    table = np.zeros(SIZE * SIZE, np.uint8)
    table[places] = np.frombuffer(zlib.decompress(levels.tobytes()), np.uint8)
    return table
