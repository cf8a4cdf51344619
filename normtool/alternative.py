"""Places of a converted text where something else might stand: what a person should look at.

``script`` finds them while it converts; a TEI edition tells of them and gives them back. They
are no edits: nothing changes, two forms of the same words are weighed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from normtool.document import Document
from normtool.edits import Certainty
from normtool.records import NamedTuple


class Alternative(NamedTuple):
    """The characters ``text[start:end]`` of the cleaned text, and what they could become.

    before  the word in which they stand, in the cleaned text
    after   as it was written in the other script
    others  what it could be as well; of a decision of ours what OpenCC has
    code    of the rule, SCR...
    reason  of a decision; "" where there was none, but a guess
    """

    start: int
    end: int
    before: str
    after: str
    others: tuple[str, ...]
    code: str
    certainty: Certainty
    reason: str = ""


class Forms(NamedTuple):
    """A word of the source, as it was written, and what else it could be."""

    code: str
    before: str
    after: str
    others: tuple[str, ...]


class Told(Document):
    """A converted document that was read from a file, which told of its alternatives."""

    def __init__(self, *args: Any, alternatives: tuple[Alternative, ...] = (), **fields: Any):
        super().__init__(*args, **fields)
        self.alternatives = alternatives

    @property
    def by_hand(self) -> int:
        """How many of its words people changed: another conversion does not have these."""
        return sum("MAN" in edit.codes for edit in self.script_edits)

    def replace(self, **changes: Any) -> Document:
        """Return a copy with the named fields changed; of another conversion nothing is told."""
        made = super().replace(**changes)
        if made.cleaned is not self.cleaned or made.script_edits != self.script_edits:
            return made
        fields = {slot: getattr(made, slot) for slot in self.__slots__ if slot[0] != "_"}
        return Told(**fields, alternatives=self.alternatives)


def alternatives_of(document: Document) -> Sequence[Alternative]:
    """The alternatives of a converted document, in order; of all others none."""
    found: Any = document
    # Quotation marks that were exchanged since have none.
    while not hasattr(found, "alternatives"):
        found = getattr(found, "converted", None)
        if found is None:
            return ()
    alternatives: Sequence[Alternative] = found.alternatives
    return alternatives


def stands(words: str, start: int, end: int, after: str, others: Sequence[str]) -> bool:
    """Whether ``words[start:end]`` lies in a word as it was written, where another differs.

    >>> stands("他留長髮。", 3, 4, "長髮", ("長發",)), stands("他留長髮。", 2, 3, "長髮", ("長發",))
    (True, False)
    """
    size = end - start
    if size == len(after):
        return words[start:end] == after and any(other != after for other in others)
    return any(
        words.startswith(after, start - shift)
        and any(other[shift : shift + size] != words[start:end] for other in others)
        for shift in range(min(start, len(after) - size) + 1)
    )
