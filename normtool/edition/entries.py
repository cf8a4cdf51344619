"""The edits of a ledger: those that differ only in their places are one entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from normtool.edits import Applicability, Certainty, Edit


def edits_of(groups: Iterable[list[Any]]) -> Iterator[Edit]:
    """The edits of a ledger, each at all its places."""
    for before, after, codes, certainty, applicability, kind, note, places in groups:
        for place in places:
            yield Edit(
                place,
                before,
                after,
                tuple(codes),
                Certainty(certainty),
                Applicability(applicability),
                kind,
                note,
            )


def once(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in order; what stands in several files of one source is there once."""
    return sorted(dict.fromkeys(edits))
