"""The typo model: its data, loaded once, by the first text that needs it, and how it reads.

A text is read as a ``Sheet``, which knows of no judgement: it finds candidates and says how
likely they are. There are two that answer alike: in C, and with numpy (``vectors``), which
is the one to read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache, partial
from typing import Protocol

from normtool.native import native
from normtool.records import NamedTuple
from normtool.typos.arrays import arrays

#: A candidate: its place (code points), what should stand there, the log-odds that it
#: should, and its figures (``columns``).
Found = tuple[int, str, float, Sequence[int]]


class Sheet(Protocol):
    """A text under the looks of the model; of what they find, all from log-odds ``least`` on."""

    def first(self, least: float) -> list[Found]:
        """Characters that stand better than those in the text, by place."""

    def look(self, least: float, around: Collection[int], reach: int) -> list[Found]:
        """A closer look: characters (``columns.OF_ONE_CLOSELY``), then pairs of them.

        With ``around``, only those within ``reach`` of these places.
        """

    def confirm(self, least: float, places: Sequence[int]) -> list[Found]:
        """A closer look at these places, for one character each."""

    def given(self, asked: Sequence[tuple[int, str]]) -> list[Found]:
        """What the first look says of characters that others name, by growing place."""


class Model(NamedTuple):
    """How a text is read, and what turns a pair's level into times in a million characters."""

    sheet: Callable[[str], Sheet]
    a_million: float


@cache
def load() -> Model:
    """The model that ships with the package."""
    sheet: Callable[[str], Sheet]
    if native is not None:
        found = arrays()
        sheet = partial(native.TypoSheet, native.typo_model(found, arrays("careless")))
    else:
        from normtool.typos import vectors

        found = arrays(in_c=False)
        sheet = partial(vectors.Sheet, vectors.of(found))
    return Model(sheet, 1e6 / found["pair_total"][0])
