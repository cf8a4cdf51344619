"""What a ledger knows of the conversion of a text: words in both scripts, and where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from normtool.edition.alternatives import annotated
from normtool.edition.entries import edits_of
from normtool.edition.views import ID, line_ranges
from normtool.edits import Edit

if TYPE_CHECKING:
    from lxml.etree import _Element


class Conversion:
    """What a ledger knows of a line that was converted: offsets are those of the cleaned text."""

    def __init__(self, edits: Sequence[Edit], kept: Mapping[int, str]) -> None:
        self._characters = dict(kept)  # those that a decision left as they are
        self._others: dict[int, Edit] = {}
        for edit in edits:
            if len(edit.before) == len(edit.after):
                self._characters |= dict(enumerate(edit.after, edit.start))
            else:
                self._others[edit.start] = edit

    def __call__(self, words: str, start: int) -> str:
        """Words of the cleaned text in the other script."""
        pieces, place = [], start
        while place < start + len(words):
            edit = self._others.get(place)
            if edit is not None and edit.before and edit.end <= start + len(words):
                pieces.append(edit.after)
                place = edit.end
                continue
            pieces.append(self._characters.get(place, words[place - start]))
            place += 1
        return "".join(pieces)

    def kept(self, place: int) -> tuple[int, str | None]:
        """Of a kept character: how many go together, and what they became, if that is known."""
        edit = self._others.get(place)
        if edit is not None and edit.before:
            return len(edit.before), edit.after
        return 1, self._characters.get(place)


class Script:
    """The conversion of one run; offsets are those of the run before it."""

    def __init__(self, run: Mapping[str, Any], kept: Mapping[str, list[tuple[int, str]]]) -> None:
        self._edits = sorted(edits_of(run.get("script", ())))
        self._kept = kept
        self._starts = [edit.start for edit in self._edits]
        self._converted: list[int] = []
        self._shifts = [0]
        for edit in self._edits:
            self._converted.append(edit.start + self._shifts[-1])
            self._shifts.append(self._shifts[-1] + len(edit.after) - len(edit.before))

    def of_line(self, before: Sequence[str], block: _Element, size: int) -> tuple[Conversion, int]:
        """What is known of a line of up to ``size`` characters, and where it begins.

        before  the lines of the run before it, converted
        """
        converted = sum([len(line) + 1 for line in before])
        start = converted - self._shifts[bisect_left(self._converted, converted)]
        first = bisect_left(self._starts, start)
        last = bisect_right(self._starts, start + size)
        # As many characters before them as in the source: where the length did not change.
        known = {
            start + place + number: character
            for place, words in self._kept.get(block.get(ID) or "", ())
            for number, character in enumerate(words)
        }
        return Conversion(self._edits[first:last], known), start


def kept_words(tei: _Element) -> dict[str, list[tuple[int, str]]]:
    """By the xml:id of each line the words that might be others, with their places in it.

    Of what a conversion left as it was no edit tells.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for annotation, forms in annotated(tei):
        for ident, first, last in line_ranges(annotation.get("target")):
            if len(forms.after) == last - first:
                found.setdefault(ident, []).append((first, forms.after))
    return found
