"""Characters as small numbers: 0 is no Han character, 1 a digit, 2 a rare one."""

from __future__ import annotations

from typing import Any

import numpy as np

Ints = np.ndarray[Any, np.dtype[Any]]

#: numbers there are; the dense table of pairs has its square
SIZE = 5120
BREAK, DIGIT, RARE, FIRST = 0, 1, 2, 3
_DIGITS = "0123456789０１２３４５６７８９"


def numbering(characters: str) -> Ints:
    """The number of every code point below 0x10000, given the known ones in their order."""
    table = np.zeros(0x10000, np.uint16)
    table[0x3400:0xA000] = RARE
    table[[ord(digit) for digit in _DIGITS]] = DIGIT
    codes = np.frombuffer(characters.encode("utf-16-le"), np.uint16)
    table[codes] = np.arange(FIRST, FIRST + len(codes))
    return table


def code_points(text: str) -> Ints:
    """The code points of a text; those outside the basic plane become 0."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.where(codes < 0x10000, codes, 0).astype(np.uint16)
