"""Edits: what changed, where in the original, and why.

An edit says that at ``start`` of a text (a code point offset, like a Python
slice) the string ``before`` becomes ``after``. A list of edits is *sound* when
it is sorted and between any two of them lies at least one untouched
character. This module knows nothing of rules, files or Chinese; its laws are
properties in ``tests/test_edits.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normtool.edits.edit import (
    BREAK,
    CONVENTION,
    DISPLAY,
    ERROR,
    FLAG,
    GAP,
    HIGH,
    KINDS,
    LOW,
    MEDIUM,
    REMOVAL,
    SAFE,
    SCRIPT,
    UNSAFE,
    Applicability,
    Certainty,
    Edit,
    UnsoundEdits,
    Why,
    all_reasons,
)
from normtool.edits.layer import Layer

__all__ = [
    "BREAK",
    "CONVENTION",
    "DISPLAY",
    "ERROR",
    "FLAG",
    "GAP",
    "HIGH",
    "KINDS",
    "LOW",
    "MEDIUM",
    "REMOVAL",
    "SAFE",
    "SCRIPT",
    "UNSAFE",
    "Applicability",
    "Certainty",
    "Edit",
    "Layer",
    "UnsoundEdits",
    "Why",
    "all_reasons",
    "apply",
    "compose",
    "fuse",
    "invert",
    "rebase",
]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with every edit made.

    Raises UnsoundEdits if an edit's ``before`` does not stand at its place or
    two edits touch, so that a list made for another text cannot do damage.
    """
    pieces = []
    end = -1
    for edit in edits:
        start, before = edit[0], edit[1]
        if start <= end:
            raise UnsoundEdits(f"edit at {start} touches the one that ends at {end}")
        if not text.startswith(before, start):
            raise UnsoundEdits(
                f"{before!r} does not stand at {start}: {text[start : start + len(before)]!r} does"
            )
        pieces.append(text[max(end, 0) : start])
        pieces.append(edit[2])
        end = start + len(before)
    if end > len(text):
        raise UnsoundEdits(f"edit at {end} lies beyond the end of the text ({len(text)})")
    pieces.append(text[max(end, 0) :])
    return "".join(pieces)


def invert(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits that lead back: ``apply(apply(t, e), invert(e)) == t``."""
    back = []
    shift = 0
    for edit in edits:
        start, before, after = edit[0], edit[1], edit[2]
        back.append(Edit(start + shift, after, before, *edit[3:]))
        shift += len(after) - len(before)
    return back


def fuse(edits: Iterable[Edit]) -> list[Edit]:
    """Join sorted, disjoint edits of one text where they touch.

    The result is sound. A joined edit carries all codes, the least certainty
    and the least applicability. Raises UnsoundEdits where edits overlap.
    """
    found = list(edits)
    end = -1
    for edit in found:
        start = edit[0]
        if start < end:
            raise UnsoundEdits(f"edit at {start} overlaps the one that ends at {end}")
        end = start + len(edit[1])
    return Layer.of(found).fused().edits()


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return one list that does what ``first`` and then ``second`` do.

    ``second`` is stated on the text that ``first`` produced. Both lists are laid
    over that middle text; edits that touch there form a cluster, and a cluster
    becomes one edit: the middle with the first list undone, the middle with
    the second done. A cluster that changes nothing in the end is dropped.
    """
    return Layer.of(first).then(Layer.of(second)).edits()


def rebase(first: Sequence[Edit], offers: Iterable[Edit]) -> list[Edit]:
    """Restate offers, made on the text that ``first`` produced, on the original.

    Offers are independent of each other (they may overlap). Taking one means:
    drop the edits of ``first`` that it touches and add it. An offer that would
    only undo an edit disappears; one that changes nothing (a flag) stays.
    """
    return Layer.of(first).rebase(offers)
