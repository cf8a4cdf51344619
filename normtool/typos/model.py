"""The data of the typo model, loaded once, by the first text that needs it."""

from __future__ import annotations

from functools import cache

import numpy as np

from normtool.records import NamedTuple
from normtool.typos.alphabet import FIRST, SIZE, Ints, numbering
from normtool.typos.arrays import arrays
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
    found = arrays()
    alphabet = found["alphabet"]
    code_of = np.zeros(SIZE, np.uint16)
    code_of[FIRST : FIRST + len(alphabet)] = alphabet
    filters = {
        name: Fuse(found[name], *(int(n) for n in found[f"{name}_shape"]))
        for name in ("common3", "rare3", "seen4", "words")
    }
    tree = ("feature", "threshold", "left", "right", "value")
    return Model(
        numbers=numbering(alphabet.tobytes().decode("utf-16-le")),
        code_of=code_of,
        traits=found["traits"],
        links=Links(*(found[name] for name in Links._fields)),
        tables=Tables(found["pairs"], filters),
        forest=Forest(*(found[f"tree_{name}"] for name in tree)),
        a_million=float(1e6 / found["pair_total"]),
    )
