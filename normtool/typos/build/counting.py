"""Character n-grams and how often they occur, as sorted keys and their weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from normtool.typos.alphabet import BREAK, RARE, Ints, code_points

BITS = 13
Floats = np.ndarray[Any, np.dtype[np.float64]]


class Grams(NamedTuple):
    """n-grams of one length: ``keys`` sorted, ``weights`` beside them."""

    keys: Ints
    weights: Floats

    def of(self, keys: Ints) -> Floats:
        """The weights of ``keys``, 0 where one is not there."""
        if not len(self.keys):
            return np.zeros(keys.shape)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.weights[place], 0.0)


def total(parts: Iterable[tuple[Ints, Floats]]) -> Grams:
    """The sum of several lists of keys and weights."""
    found = list(parts)
    keys, inverse = np.unique(np.concatenate([k for k, _ in found]), return_inverse=True)
    weights = np.concatenate([w for _, w in found])
    return Grams(keys, np.bincount(inverse, weights, len(keys)).astype(float))


def scaled(grams: Grams, factor: float) -> tuple[Ints, Floats]:
    """Keys and weights, each weight times ``factor``."""
    return grams.keys, grams.weights * factor


def packed(*columns: Ints) -> Ints:
    """One key for characters side by side."""
    key = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        key = (key << BITS) | column
    return key


def _wanted(columns: tuple[Ints, ...]) -> Any:
    """Which n-grams say something: no rare character, a break at one edge only, at most."""
    good = np.ones(len(columns[0]), bool)
    for column in columns:
        good &= column != RARE
    for column in columns[1:-1]:
        good &= column != BREAK
    if len(columns) == 4:
        good &= (columns[0] != BREAK) & (columns[-1] != BREAK)
    return good & ((columns[0] != BREAK) | (columns[-1] != BREAK))


def _taken(columns: tuple[Ints, ...], weights: Floats) -> tuple[Ints, Floats]:
    good = _wanted(columns)
    return packed(*(c[good] for c in columns)), weights[good]


def of_texts(texts: Iterable[str], table: Ints) -> dict[int, Grams]:
    """The n-grams of 2, 3 and 4 characters of texts."""
    ids = np.concatenate([table[code_points("\n" + text + "\n")] for text in texts])
    found = {}
    for n in (2, 3, 4):
        columns = tuple(ids[k : len(ids) - n + 1 + k] for k in range(n))
        keys = _taken(columns, np.ones(len(columns[0])))[0]
        keys, counts = np.unique(keys, return_counts=True)
        found[n] = Grams(keys, counts.astype(float))
    return found


def of_words(words: Mapping[str, float], table: Ints) -> dict[int, Grams]:
    """The n-grams inside words, each as often as its word."""
    found: dict[int, list[tuple[Ints, Floats]]] = {2: [], 3: [], 4: []}
    lengths: dict[int, list[str]] = {}
    for word in words:
        lengths.setdefault(len(word), []).append(word)
    for length, some in lengths.items():
        ids = table[code_points("".join(some))].reshape(-1, length)
        weights = np.array([words[word] for word in some], float)
        for n in (2, 3, 4):
            for k in range(length - n + 1):
                found[n].append(_taken(tuple(ids[:, k + j] for j in range(n)), weights))
    return {n: total(parts) for n, parts in found.items()}


def of_word_grams(
    words: list[str], grams: list[tuple[np.ndarray[Any, Any], ...]], table: Ints
) -> dict[int, Grams]:
    """The n-grams of a word model: inside words, and across the borders of two or three."""
    one, two, three = grams
    length = np.array([len(word) for word in words])
    head = np.zeros((len(words), 3), np.int64)
    tail = np.zeros((len(words), 3), np.int64)  # tail[:, 0] is the last character
    for place, word in enumerate(words):
        ids = table[code_points(word)]
        head[place, : min(len(ids), 3)] = ids[:3]
        tail[place, : min(len(ids), 3)] = ids[::-1][:3]
    inside = of_words({words[w]: c for w, c in zip(*one, strict=True) if words[w]}, table)
    found: dict[int, list[tuple[Ints, Floats]]] = {n: [inside[n]] for n in inside}
    a, b, weights = two
    for n in (2, 3, 4):
        for left in range(1, n):
            good = (length[a] >= left) & (length[b] >= n - left)
            x, y = a[good], b[good]
            columns = [tail[x, left - 1 - k] for k in range(left)]
            columns += [head[y, k] for k in range(n - left)]
            found[n].append(_taken(tuple(columns), weights[good]))
    a, b, c, weights = three
    for n in (3, 4):
        for middle in range(1, n - 1):
            for left in range(1, n - middle):
                right = n - middle - left
                good = (length[b] == middle) & (length[a] >= left) & (length[c] >= right)
                x, y, z = a[good], b[good], c[good]
                columns = [tail[x, left - 1 - k] for k in range(left)]
                columns += [head[y, k] for k in range(middle)]
                columns += [head[z, k] for k in range(right)]
                found[n].append(_taken(tuple(columns), weights[good]))
    return {n: total(parts) for n, parts in found.items()}
