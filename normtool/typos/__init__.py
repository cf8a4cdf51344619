"""Typos that nobody listed: proposed offline, judged by evidence.

``propose`` reads a whole document and returns replacements with a certainty and
the evidence. It knows nothing of rules: the stage around it decides what is made.
Data are loaded by the first call.
"""

from __future__ import annotations

from typing import NamedTuple

from normtool.edits import LOW, Certainty


class Proposal(NamedTuple):
    """At ``start`` (code points) of the text, ``before`` should read ``after``."""

    start: int
    before: str
    after: str
    certainty: Certainty
    score: float
    note: str


def propose(text: str, *, minimum: Certainty = LOW) -> list[Proposal]:
    """The typos of a simplified text, sorted, not overlapping, the same at every call.

    Only proposals of at least the certainty ``minimum`` are returned. Their
    places are code points of ``text``; the judgement uses the whole of it.
    """
    from normtool.typos.idioms import misspelled

    return [found for found in misspelled(text) if found.certainty >= minimum]
