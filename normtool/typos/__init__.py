"""Typos that nobody listed: proposed offline, judged by evidence.

``propose`` reads a whole document and returns replacements with a certainty and the
evidence. It knows nothing of rules: the stage around it decides what is made. How it
works: characters that stand badly between their neighbours are looked for in the whole
document at once (``evidence``); what sounds or looks alike and stands better is scored
by a small forest trained on typos made on purpose (``trees``); a list of vetoes decides
how sure that is (``judge``). The data (``model``) are loaded by
the first call, and numpy only where the loops in C could not be built.
"""

from __future__ import annotations

from normtool.edits import LOW, Certainty
from normtool.records import NamedTuple


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

    Only proposals of at least the certainty ``minimum`` are returned. Their places are
    code points of ``text``; the judgement uses the whole of it.
    """
    from normtool.typos.proposer import proposals

    return proposals(text, minimum)
