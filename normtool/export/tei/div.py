"""The parts of a text that are open while it is written, and the ids of what stands in them."""

from __future__ import annotations


class Div:
    """The body, or a ``div`` that is open."""

    def __init__(self, ident: str, kind: str, level: int) -> None:
        self.ident = ident
        self.kind = kind
        self.level = level
        self.divisions = 0
        self.counts: dict[str, int] = {}
        #: Whether only heads, bylines and salutations have come so far.
        self.at_top = True

    def name(self, kind: str) -> str:
        """The id of the next child: sp1.h, then sp1.h2; but sp1.p1, sp1.p2."""
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"{self.ident}.{kind}{number if number > 1 or kind == 'p' else ''}"
