"""OpenCC's converters: loaded when first needed, kept, and safe for any text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


@cache
def converter(configuration: str) -> Callable[[str], str]:
    """One converter a process: a first s2t costs 60 ms (and as much to destroy)."""
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC(configuration).convert

    def safe(text: str) -> str:
        # OpenCC speaks UTF-8, which has no lone surrogates; and at a NUL s2tw, s2hk,
        # tw2s and others of two steps drop the rest of the text (seen in 1.4.2).
        if "\0" not in text:
            try:
                return convert(text)
            except UnicodeEncodeError:
                pass
        pieces = re.split("([\0\ud800-\udfff]+)", text)
        pieces[::2] = map(convert, pieces[::2])
        return "".join(pieces)

    return safe
