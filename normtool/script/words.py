"""The lists of words behind our own decisions; what each is made of, it says itself.

``lists/own.tsv`` is written by hand, the others by ``tools/script_lists.py``. Nothing is
read before it is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from normtool.records import NamedTuple
from normtool.shipped import open_shipped


class Undecided(NamedTuple):
    """A simplified character with several traditional forms.

    forms   OpenCC's own choice first
    seen    how often no phrase decided it, in texts written in Taiwan
    other   how often it stood there in another form than OpenCC's choice
    """

    forms: tuple[str, ...]
    seen: int
    other: int


def _lines(name: str) -> list[str]:
    """The lines below the comments at the head of a list."""
    with open_shipped(f"script/lists/{name}") as stream:
        lines = stream.read().decode("utf-8").rstrip("\n").split("\n")
    head = next(place for place, line in enumerate(lines) if not line.startswith("#"))
    return lines[head:]


def _rows(name: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in _lines(name))


@cache
def listed(everywhere: bool) -> dict[str, tuple[str, str]]:
    """Simplified words to their forms in Taiwan, and why; ``everywhere``: those of all places."""
    words = {} if everywhere else {row[0]: (row[1], "CC-CEDICT") for row in _rows("cedict.tsv")}
    for simplified, traditional, where, why in _rows("own.tsv"):
        if where == "all" or not everywhere:
            words[simplified] = (traditional, why)
    return words


@cache
def doubted() -> dict[str, str]:
    """Simplified words for which there is more than one form: OpenCC's, then the others."""
    return {row[0]: row[1] for row in _rows("doubted.tsv")}


@cache
def undecided() -> dict[str, Undecided]:
    """The characters that a person may have to look at, where no phrase decides."""
    return {
        row[0]: Undecided(tuple(row[1].split()), int(row[2]), int(row[3]))
        for row in _rows("undecided.tsv")
    }


@cache
def phrases() -> frozenset[str]:
    """OpenCC's phrases that hold one of the ``undecided`` characters."""
    return frozenset(_lines("phrases.tsv"))


@cache
def common() -> frozenset[str]:
    """Words of two to four characters that are met often: where a word ends and begins."""
    return frozenset(_lines("common.tsv"))


@cache
def grabbing() -> frozenset[str]:
    """OpenCC's short phrases that change the form of their last character.

    括发 (括髮) takes the 发 of 发展 in 包括发展, as OpenCC goes from left to right.
    """
    return frozenset(_lines("grabbing.tsv"))


def crossed(text: str, start: int, end: int) -> bool:
    """Whether a common word lies across the start or the end of ``text[start:end]``.

    舞台中央: 台中 is no word there, 舞台 lies across its start.
    """
    known = common()
    inside = range(start + 1, end)
    return any(
        text[left:right] in known
        for right in inside
        for left in range(max(0, start - 3, right - 4), start)
    ) or any(
        text[left:right] in known
        for left in inside
        for right in range(end + 1, min(len(text), end + 3, left + 4) + 1)
    )
