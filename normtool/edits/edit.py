"""One edit: what changed, where, and why."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from normtool.records import NamedTuple

#: Why an edit is made: codes, certainty, applicability, kind and note, as in ``Edit``.
Why = tuple[tuple[str, ...], "Certainty", "Applicability", str, str]


class Certainty(IntEnum):
    """How surely the original was damaged and the edit is right (TEI ``@cert``)."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Applicability(IntEnum):
    """Who must agree: SAFE is made unasked, UNSAFE on request, DISPLAY never."""

    DISPLAY = 1
    UNSAFE = 2
    SAFE = 3


LOW, MEDIUM, HIGH = Certainty
DISPLAY, UNSAFE, SAFE = Applicability

FLAG = "flag"  # nothing changes; a person should look
CONVENTION = "convention"  # the same words, written as the convention wants (orig/reg)
SCRIPT = "script"  # the same words in the other script
BREAK = "break"  # line structure
REMOVAL = "removal"  # page furniture, advertising
ERROR = "error"  # a mistake corrected (sic/corr)
GAP = "gap"  # something is lost and marked

#: Weakest first: where edits fuse, the kind that says most about the loss wins.
KINDS = (FLAG, SCRIPT, CONVENTION, BREAK, REMOVAL, ERROR, GAP)
_STRENGTH = {kind: place for place, kind in enumerate(KINDS)}


class Edit(NamedTuple):
    """At ``start``, ``before`` becomes ``after``, because of ``codes``."""

    start: int
    before: str
    after: str
    codes: tuple[str, ...] = ()
    certainty: Certainty = HIGH
    applicability: Applicability = SAFE
    kind: str = CONVENTION
    note: str = ""

    @property
    def end(self) -> int:
        """Where ``before`` ends, half-open, in code points."""
        return self.start + len(self.before)


class UnsoundEdits(ValueError):
    """The edits overlap, touch, are unsorted, or belong to another text."""


def all_reasons(whys: Sequence[Why]) -> Why:
    """Why an edit is made that does what several edits did, each for its own reasons."""
    codes, certainty, applicability, kind, note = whys[0]
    notes = {note: None} if note else {}
    for more, sure, who, other, told in whys[1:]:
        if more != codes:
            codes = tuple(dict.fromkeys(codes + more))
        certainty = min(certainty, sure)
        applicability = min(applicability, who)
        if _STRENGTH[other] > _STRENGTH[kind]:
            kind = other
        if told:
            notes[told] = None
    return codes, certainty, applicability, kind, "; ".join(notes)
