"""What the facts of a document say of each speech, looked up instead of sought."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from normtool.document import Document

#: The lists of facts in ``meta``, and where each of their entries names its speech.
_NAMES = {"speeches": "n", "warnings": "speech"}


def facts(document: Document, key: str, *numbers: int) -> list[dict[str, Any]]:
    """The entries of ``meta[key]`` about the speeches of these numbers (0: about the file)."""
    by_number = _by_number(document)
    found = [pair for number in {*numbers} for pair in by_number.get((key, number), ())]
    return [fact for _, fact in sorted(found, key=lambda pair: pair[0])]


# A book is written speech by speech, perhaps in two scripts with facts of their own.
@lru_cache(maxsize=4)
def _by_number(document: Document) -> dict[tuple[str, int], list[tuple[int, dict[str, Any]]]]:
    """The facts about each speech with their places in the list."""
    found: dict[tuple[str, int], list[tuple[int, dict[str, Any]]]] = {}
    for key, name in _NAMES.items():
        for place, fact in enumerate(document.meta.get(key, ())):
            found.setdefault((key, fact.get(name, 0)), []).append((place, fact))
    return found
