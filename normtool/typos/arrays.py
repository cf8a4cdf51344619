"""The arrays of the model as they are looked up, out of the file that ships.

To unpack it costs 60 ms and fills 40 MB. So it is kept unpacked (see ``kept``) and mapped
into memory: processes share it, and only what a text asks about is read at all. An array
is a memoryview of its type and shape, which needs no numpy; numpy takes it as it is.
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

from normtool.kept import keep, path_of
from normtool.native import native
from normtool.shipped import open_shipped

Array = memoryview

#: Of the form of what is kept: to be changed with it, and with what is unpacked.
_FORM = 6
#: Arrays begin at multiples of this.
_EVEN = 64
#: The size of what stands before the first array.
_HEAD = 4096
#: The types of numpy that the files have, as ``struct`` names them.
_TYPES = {"|u1": "B", "<u2": "H", "<i2": "h", "<i4": "i", "<i8": "q", "<f4": "f", "<f8": "d"}
#: What is made of the pairs for C, in the order in which it is made.
_OF_PAIRS = {
    "pair_levels": "B", "pair_lines": "B", "often_lines": "B", "often_levels": "B",
    "back_lines": "B", "back_levels": "B",
    "partner_begin": "i", "partners": "H", "partner_levels": "B",
}  # fmt: skip
#: The bytes of one value.
_SIZES = {kind: int(name[-1]) for name, kind in _TYPES.items()}


def arrays(file: str = "model", in_c: bool = native is not None) -> dict[str, Array]:
    """The arrays of ``data/FILE.npz`` by name; they cannot be written to.

    With ``in_c``, as the loops in C look them up, else as numpy does.
    """
    with open_shipped(f"typos/data/{file}.npz") as stream:
        try:
            about = os.fstat(stream.fileno())
        except io.UnsupportedOperation:  # out of a zip file
            return unpacked(stream, in_c)
        made_of = f"{_FORM} {sys.byteorder} {about.st_size} {about.st_mtime_ns}"
        path = path_of(f"typos-{file}{'-c' if in_c else ''}.bin")
        found = _mapped(path, made_of)
        if found is None:
            found = unpacked(stream, in_c)
            keep(path, _pieces(made_of, found))
    return found


def unpacked(stream: BinaryIO, in_c: bool) -> dict[str, Array]:
    """What the file holds; the pairs, if there are any, as they are looked up."""
    from zipfile import ZipFile

    with ZipFile(stream) as file:
        found = {name.removesuffix(".npy"): _array(file.read(name)) for name in file.namelist()}
    if "pair_gaps" in found:
        gaps, levels = (zlib.decompress(found.pop(name)) for name in ("pair_gaps", "pair_levels"))
        found |= _pairs(gaps, levels, in_c)
    return found


def _array(file: bytes) -> Array:
    """An array as numpy writes it: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html."""
    from array import array
    from ast import literal_eval

    if file[:7] != b"\x93NUMPY\x01":
        raise ValueError("an array of the typo model is not as numpy writes it")
    begin = 10 + int.from_bytes(file[8:10], "little")
    header = literal_eval(file[10:begin].decode("latin-1"))
    kind, shape = _TYPES[header["descr"]], header["shape"]
    values = array(kind, file[begin:])
    if sys.byteorder == "big":
        values.byteswap()
    return _shaped(memoryview(values.tobytes()), kind, shape or (1,))


def _shaped(data: memoryview, kind: str, shape: tuple[int, ...]) -> Array:
    """Bytes as an array of this type and shape."""
    return data.cast(kind, shape)  # type: ignore[call-overload,no-any-return]


def _pairs(gaps: bytes, levels: bytes, in_c: bool) -> dict[str, Array]:
    """What the pairs are looked up in: a dense table, or for C what takes less of a cache.

    A gap between two filled cells of 255 or more is written as so many bytes of 255 and the
    rest.
    """
    if in_c:
        tables = (levels, *native.typo_pairs(gaps, levels))
        return {
            name: _shaped(memoryview(table), kind, (len(table) // _SIZES[kind],))
            for (name, kind), table in zip(_OF_PAIRS.items(), tables, strict=True)
        }
    from normtool.typos.tables import dense

    return {"pairs": memoryview(dense(gaps, levels))}


def _pieces(made_of: str, found: Mapping[str, Array]) -> Iterator[bytes | memoryview]:
    """What is kept: of what it was made, where each array is and how long all is; the arrays."""
    sizes = [-(-array.nbytes // _EVEN) * _EVEN for array in found.values()]
    offsets = list(accumulate(sizes, initial=_HEAD))
    index = [
        (name, array.format, array.shape, offset)
        for (name, array), offset in zip(found.items(), offsets, strict=False)
    ]
    head = marshal.dumps((made_of, offsets[-1], index))
    if len(head) > _HEAD:
        raise ValueError("the index of the arrays is larger than its place")
    yield head.ljust(_HEAD, b"\0")
    for array, size in zip(found.values(), sizes, strict=True):
        yield array.tobytes().ljust(size, b"\0")


def _mapped(path: str, made_of: str) -> dict[str, Array] | None:
    """The arrays that were kept, if they were made of this."""
    if not path:
        return None
    import mmap

    with suppress(OSError, ValueError, EOFError, TypeError), open(path, "rb") as stream:
        origin, size, index = marshal.loads(stream.read(_HEAD))
        if origin != made_of or size != os.fstat(stream.fileno()).st_size:
            return None
        whole = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        found = {}
        for name, kind, shape, offset in index:
            end = offset + prod(shape) * _SIZES[kind]
            found[name] = _shaped(whole[offset:end], kind, shape)
        return found
    return None
