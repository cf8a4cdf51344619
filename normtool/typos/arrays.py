"""The arrays of the model as they are looked up, out of the file that ships.

To unpack it costs 60 ms and fills 40 MB. So it is kept unpacked (see ``kept``) and mapped
into memory: processes share it, and only what a text asks about is read at all.
"""

from __future__ import annotations

import io
import marshal
import os
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import accumulate
from math import prod
from typing import BinaryIO

import numpy as np

from normtool.kept import keep, path_of
from normtool.shipped import open_shipped
from normtool.typos.alphabet import SIZE, Ints

#: Of the form of what is kept: to be changed with it, and with what is unpacked.
_FORM = 1
#: Arrays begin at multiples of this.
_EVEN = 64
#: The size of what stands before the first array.
_HEAD = 4096


def arrays(file: str = "model") -> Mapping[str, Ints]:
    """The arrays of ``data/FILE.npz`` by name; they cannot be written to."""
    with open_shipped(f"typos/data/{file}.npz") as stream:
        try:
            about = os.fstat(stream.fileno())
        except io.UnsupportedOperation:  # out of a zip file
            return unpacked(stream)
        made_of = f"{_FORM} {sys.byteorder} {about.st_size} {about.st_mtime_ns}"
        path = path_of(f"typos-{file}.bin")
        found = _mapped(path, made_of)
        if found is None:
            found = unpacked(stream)
            keep(path, _pieces(made_of, found))
    return found


def unpacked(stream: BinaryIO) -> dict[str, Ints]:
    """What the file holds; the table of pairs, if there is one, written out."""
    with np.load(stream) as file:
        found = {name: file[name] for name in file.files}
    if "pair_gaps" in found:
        found["pairs"] = _pairs(found.pop("pair_gaps"), found.pop("pair_levels"))
    return found


def _pairs(gaps: Ints, levels: Ints) -> Ints:
    """The dense table of pairs, from the gaps between its filled cells.

    A gap of 255 or more is written as so many bytes of 255 and the rest.
    """
    steps = np.frombuffer(zlib.decompress(gaps.tobytes()), np.uint8)
    places = np.cumsum(steps, dtype=np.int32)[steps < 255]
    table = np.zeros(SIZE * SIZE, np.uint8)
    table[places] = np.frombuffer(zlib.decompress(levels.tobytes()), np.uint8)
    return table


def _pieces(made_of: str, found: Mapping[str, Ints]) -> Iterator[bytes | memoryview]:
    """What is kept: of what it was made, where each array is and how long all is; the arrays."""
    sizes = [-(-array.nbytes // _EVEN) * _EVEN for array in found.values()]
    offsets = list(accumulate(sizes, initial=_HEAD))
    index = [
        (name, array.dtype.str, array.shape, offset)
        for (name, array), offset in zip(found.items(), offsets, strict=False)
    ]
    head = marshal.dumps((made_of, offsets[-1], index))
    if len(head) > _HEAD:
        raise ValueError("the index of the arrays is larger than its place")
    yield head.ljust(_HEAD, b"\0")
    for array, size in zip(found.values(), sizes, strict=True):
        yield array.tobytes().ljust(size, b"\0")


def _mapped(path: str, made_of: str) -> dict[str, Ints] | None:
    """The arrays that were kept, if they were made of this."""
    if not path:
        return None
    import mmap

    with suppress(OSError, ValueError, EOFError, TypeError), open(path, "rb") as stream:
        origin, size, index = marshal.loads(stream.read(_HEAD))
        if origin != made_of or size != os.fstat(stream.fileno()).st_size:
            return None
        whole = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        return {
            name: np.frombuffer(whole, kind, prod(shape), offset).reshape(shape)
            for name, kind, shape, offset in index
        }
    return None
