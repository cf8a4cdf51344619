"""Makes a binary fuse filter, by peeling in rounds."""

from __future__ import annotations

import numpy as np

from normtool.typos.fuse import Cells, Fuse, mixed


def fuse(keys: Cells, values: Cells, bits: int, dtype: type) -> Fuse:
    """The map from distinct ``keys`` to ``values`` (of ``bits`` bits, none of them 0).

    With no bits, the set of the keys.
    """
    size = len(keys)
    segment = 1 << max(4, int(np.log(max(size, 2)) / np.log(3.33) + 2.25))
    segments = max(1, int(np.ceil(size * (1.13 if size > 100_000 else 1.3) / segment)))
    for seed in range(50):
        cells: Cells = np.zeros((segments + 2) * segment, dtype)
        map_ = Fuse(cells, segment, bits, seed)
        order = _peel(map_, keys)
        if order is not None:
            break
    else:
        raise RuntimeError("no seed peels")
    hashed = mixed(keys, map_.seed)
    places = np.stack(map_.places(hashed))
    wanted = hashed.astype(dtype) ^ (values if bits else values * 0).astype(dtype)
    for slots, members in reversed(order):
        three = places[:, members]
        others = cells[three[0]] ^ cells[three[1]] ^ cells[three[2]] ^ cells[slots]
        cells[slots] = wanted[members] ^ others
    assert (map_.get(keys) == (values if bits else 1)).all()
    return map_


def _peel(map_: Fuse, keys: Cells) -> list[tuple[Cells, Cells]] | None:
    """Rounds of (slot, key) in which the slot belongs to that key alone."""
    places = np.stack(map_.places(mixed(keys, map_.seed)))
    degree = np.zeros(len(map_.cells), np.int32)
    owner = np.zeros(len(map_.cells), np.int64)
    for row in places:
        np.add.at(degree, row, 1)
        np.bitwise_xor.at(owner, row, np.arange(len(keys)))
    rounds, left = [], len(keys)
    frontier = np.flatnonzero(degree == 1)
    while len(frontier):
        members, first = np.unique(owner[frontier], return_index=True)
        slots = frontier[first]
        rounds.append((slots, members))
        left -= len(members)
        three = places[:, members].ravel()
        np.subtract.at(degree, three, 1)
        np.bitwise_xor.at(owner, three, np.tile(members, 3))
        touched = np.unique(three)
        frontier = touched[degree[touched] == 1]
    return rounds if left == 0 else None
