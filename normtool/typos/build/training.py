"""Trains the judge on typos made on purpose, domain by domain.

The counts that a text is judged by are those of the other sources: a fresh document
has not been counted either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from normtool.typos import evidence
from normtool.typos.alphabet import Ints
from normtool.typos.build.counting import Grams
from normtool.typos.build.exact import Exact
from normtool.typos.build.noise import Noise
from normtool.typos.columns import OF_ONE

TREES, LEAVES, RATE = 140, 24, 0.11
DOCUMENT = 20_000
#: a typo every so many characters, no two nearer than
NOISE = ((60, 6), (25, 1))
#: a candidate in a clean document weighs so much more than one in a spoilt one
CLEAN = 4.0
#: half of the documents are spoilt: fewer are in the world, so log-odds are lowered by so much
LESS = 0.8


def examples(
    texts: Mapping[str, Sequence[str]],
    counts: Mapping[str, Mapping[int, Grams]],
    words: Mapping[str, int],
    links: evidence.Links,
    traits: Ints,
    alphabet: tuple[Ints, Ints],
    noise: Noise,
) -> tuple[np.ndarray[Any, Any], ...]:
    """Figures of all candidates in spoilt and in clean documents, which are right, weights."""
    table, code_of = alphabet
    rows, right, weights = [], [], []
    for name, some in texts.items():
        counted = Exact(counts, words, name)
        whole = "\n".join(some)
        for number, begin in enumerate(range(0, len(whole), DOCUMENT)):
            document = whole[begin : begin + DOCUMENT]
            versions: list[tuple[str, dict[int, str]]] = [
                (document, {}),
                noise.spoil(document, *NOISE[number % 2]),
            ]
            for text, meant in versions:
                sheet = evidence.page(text, table)
                places = evidence.suspicious(sheet.ids, counted)
                found = evidence.candidates(sheet.ids, places, links, code_of, counted)
                rows.append(evidence.figures(sheet, found, links, traits, counted))
                at = (found.place - evidence.MARGIN).tolist()
                new = found.new_code.tolist()
                right.append([meant.get(p) == chr(c) for p, c in zip(at, new, strict=True)])
                weights.append(np.full(len(new), 1.0 if meant else CLEAN))
    return np.concatenate(rows), np.concatenate(right), np.concatenate(weights)


def train(
    rows: np.ndarray[Any, Any],
    right: np.ndarray[Any, Any],
    weights: np.ndarray[Any, Any],
    names: Sequence[str] = OF_ONE,
    trees: int = TREES,
    leaves: int = LEAVES,
    less: float = LESS,
) -> dict[str, Ints]:
    """The forest as arrays (see ``normtool.typos.trees``), its log-odds lowered by ``less``."""
    import lightgbm

    booster = lightgbm.train(
        {
            "objective": "binary", "num_leaves": leaves, "learning_rate": RATE,
            "min_data_in_leaf": 60, "bagging_fraction": 0.8, "bagging_freq": 1,
            "feature_fraction": 0.7, "lambda_l2": 5.0, "verbose": -1, "seed": 1,
            "deterministic": True, "num_threads": 2, "force_row_wise": True,
        },
        lightgbm.Dataset(rows, right, weight=weights, feature_name=list(names)),
        trees,
    )  # fmt: skip
    forest = arrays(booster.dump_model(), leaves)
    forest["value"][0] -= np.float32(less)
    return forest


def arrays(model: Mapping[str, Any], leaves: int = LEAVES) -> dict[str, Ints]:
    """LightGBM's description of its trees as five arrays, one row a tree."""
    nodes = 2 * leaves - 1
    trees = model["tree_info"]
    shape = (len(trees), nodes)
    itself = np.broadcast_to(np.arange(nodes, dtype=np.int16), shape)
    out: dict[str, Ints] = {
        "feature": np.zeros(shape, np.int16), "threshold": np.zeros(shape, np.float32),
        "left": itself.copy(), "right": itself.copy(), "value": np.zeros(shape, np.float32),
    }  # fmt: skip
    for number, tree in enumerate(trees):
        waiting, used = [(tree["tree_structure"], 0)], 1
        while waiting:
            node, place = waiting.pop(0)
            if "leaf_value" in node:
                out["value"][number, place] = node["leaf_value"]
                continue
            out["feature"][number, place] = node["split_feature"]
            # figures are whole numbers: half-way thresholds are the same in 32 bits
            out["threshold"][number, place] = np.floor(node["threshold"]) + 0.5
            for side in ("left", "right"):
                out[side][number, place] = used
                waiting.append((node[f"{side}_child"], used))
                used += 1
    return out
