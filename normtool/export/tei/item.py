"""The nodes that a line of a speech is made of."""

from __future__ import annotations

from normtool.edits import HIGH, Certainty
from normtool.records import NamedTuple

# What an item is.
WORDS = "words"  # kept as they are
WIDTH = "width"  # one mark for another, silent in the text and listed in standOff
CHANGE = "change"  # orig/reg
CORRECTION = "correction"  # sic/corr
SUPPLIED = "supplied"  # put in where nothing was
LOSS = "loss"  # gap; what the source has in its place goes into desc
MASK = "mask"  # gap; the masking characters go into desc
SUSPICION = "suspicion"  # a lone sic: kept as it is, apparently wrong

#: The number, for now, of an item that is a further part of the edit before it.
PART = "part"


class Item(NamedTuple):
    """One node of a line: ``original[start:end]`` became ``text[place:stop]``.

    number  of the change among those of its speech ("4", "4.2"); "" for words
    """

    kind: str
    start: int
    end: int
    place: int
    stop: int
    codes: tuple[str, ...] = ()
    certainty: Certainty = HIGH
    note: str = ""
    number: str = ""

    def moved(self, start: int, place: int) -> Item:
        """The item at another place; both offsets are added."""
        kind, first, last, begin, end, codes, certainty, note, number = self
        return Item(
            kind,
            first + start,
            last + start,
            begin + place,
            end + place,
            codes,
            certainty,
            note,
            number,
        )
