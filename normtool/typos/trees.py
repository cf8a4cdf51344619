"""A small gradient-boosted forest, evaluated with numpy."""

from __future__ import annotations

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[Any]]

#: the arrays of a forest, without their prefix
TREE = ("feature", "threshold", "left", "right", "value")


class Forest:
    """Trees side by side: node ``n`` of tree ``t`` asks ``x[feature] <= threshold``.

    ``left`` and ``right`` are node numbers within the tree; a leaf points at itself.
    """

    def __init__(self, feature: Ints, threshold: Floats, left: Ints, right: Ints, value: Floats):
        trees, nodes = feature.shape
        base = (np.arange(trees) * nodes)[:, None]
        self.feature = feature.ravel().astype(np.intp)
        self.threshold = threshold.ravel()
        self.next = np.stack((right + base, left + base), axis=-1).ravel()
        self.value = value.ravel()
        self.roots = base[:, 0].copy()
        self.depth = _depth(left, right)

    def score(self, x: Floats, stages: tuple[tuple[int, float], ...] = ()) -> Floats:
        """The log-odds of every row.

        ``stages`` are (number of trees, bound): rows whose sum lies below the bound after so
        many trees are not looked at again.
        """
        rows = np.arange(len(x))
        total = np.zeros(len(x), np.float32)
        begin = 0
        for end, bound in (*stages, (len(self.roots), -np.inf)):
            total[rows] += self._sum(x, rows, begin, end)
            rows = rows[total[rows] >= bound]
            begin = end
        return total

    def _sum(self, x: Floats, rows: Ints, begin: int, end: int) -> Floats:
        if begin >= end or not len(rows):
            return np.zeros(len(rows), np.float32)
        flat = x.ravel()
        offset = (rows * x.shape[1])[:, None]
        node = np.broadcast_to(self.roots[begin:end], (len(rows), end - begin))
        for _ in range(self.depth[begin:end].max()):
            asked = self.feature.take(node)
            asked += offset
            low = flat.take(asked) <= self.threshold.take(node)
            step = 2 * node
            step += low
            node = self.next.take(step)
        sums: Floats = self.value.take(node).sum(axis=1)
        return sums


def _depth(left: Ints, right: Ints) -> Ints:
    """The number of questions on the longest way through every tree."""
    trees, nodes = left.shape
    every = np.arange(trees)
    level = np.zeros((trees, nodes), np.int64)
    for node in range(nodes):  # children come after their parents
        inner = left[:, node] != node
        below = level[inner, node] + 1
        level[every[inner], left[inner, node]] = below
        level[every[inner], right[inner, node]] = below
    depth: Ints = level.max(axis=1)
    return depth
