"""What the facts of a document say of each speech, looked up instead of sought."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Any

from normtool.document import Document

#: The lists of facts in ``meta``, and where each of their entries names its speech.
_NAMES = {"speeches": "n", "warnings": "speech"}


def facts(document: Document, key: str, *numbers: int) -> list[dict[str, Any]]:
    """The entries of ``meta[key]`` about the speeches of these numbers (0: about the file)."""
    entries = document.meta.get(key)
    if not entries:
        return []
    speeches, places = _order(document, key)
    found: list[int] = []
    for number in {*numbers}:
        found += places[bisect_left(speeches, number) : bisect_right(speeches, number)]
    return [entries[place] for place in sorted(found)]


# A book is written speech by speech, perhaps in two scripts with facts of their own.
@lru_cache(maxsize=8)
def _order(document: Document, key: str) -> tuple[array[int], array[int]]:
    """The speeches of the facts in order, and which fact each of these is."""
    numbers = [fact.get(_NAMES[key], 0) for fact in document.meta.get(key, ())]
    places = sorted(range(len(numbers)), key=numbers.__getitem__)
    return array("q", [numbers[place] for place in places]), array("q", places)
