"""A static map from 64-bit keys to small values: a binary fuse filter.

Three cells, chosen by the key's hash, xor to its fingerprint and value. A key that
was not put in is taken for one with probability 2^-(fingerprint bits). Look-up is
vectorised and needs no decoding: the cells are used as they lie in the file.
Source: Graf and Lemire, "Binary Fuse Filters", 2022.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Cells = np.ndarray[Any, np.dtype[Any]]
_ONE = np.uint64(0x9E3779B97F4A7C15)
_TWO = np.uint64(0xBF58476D1CE4E5B9)
_U32, _U29 = np.uint64(32), np.uint64(29)


def mixed(keys: Cells, seed: int = 0) -> Cells:
    """A 64-bit hash of every key."""
    hashed: Cells = keys.astype(np.uint64)
    if seed:
        hashed += np.uint64(seed)
    hashed *= _ONE
    hashed ^= hashed >> _U32
    hashed *= _TWO
    hashed ^= hashed >> _U29
    return hashed


class Fuse:
    """The map: ``cells`` of 8 or 16 bits, of which the low ``bits`` are the value."""

    def __init__(self, cells: Cells, segment: int, bits: int, seed: int = 0) -> None:
        self.cells, self.segment, self.bits, self.seed = cells, segment, bits, seed
        self.span = np.uint64(len(cells) - 2 * segment)

    def places(self, hashed: Cells) -> tuple[Cells, Cells, Cells]:
        """The three cells of every hash."""
        mask = np.int64(self.segment - 1)
        spread = hashed >> _U32
        spread *= self.span
        spread >>= _U32
        first = spread.view(np.int64)
        low = hashed.view(np.int64)
        second = low >> 18
        second &= mask
        second ^= first + self.segment
        third = low & mask
        third ^= first + 2 * self.segment
        return first, second, third

    def get(self, keys: Cells) -> Cells:
        """The value of every key, 0 where it is not in the map.

        Without value bits the map is a set: 1 where the key is in it.
        """
        return self.of(mixed(keys, self.seed))

    def of(self, hashed: Cells) -> Cells:
        """The same of keys that are ``mixed`` with the seed of the map."""
        a, b, c = self.places(hashed)
        cells = self.cells
        found: Cells = cells.take(a)
        found ^= cells.take(b)
        found ^= cells.take(c)
        found ^= hashed.astype(cells.dtype)
        if not self.bits:
            found = found == 0
            return found.view(np.uint8)
        found[found >= (1 << self.bits)] = 0
        return found.astype(np.uint8)
