"""Where triggers stand in a text, all looked for at once, and where they stand after edits.

Triggers are short strings, found by an automaton, and the characters of one class
that is hardly ever met, found by ``re``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import TypeVar

#: Where a trigger stands, and its number: of the string, or behind those of the character.
Stop = tuple[int, int]
T = TypeVar("T")

_DICTIONARY = 4000
#: More rare characters than one in so many: too many to list where each stands.
_DENSE = 50


class Stops:
    """An automaton for some strings, and a class of rare characters (what stands in brackets)."""

    def __init__(self, strings: Sequence[str], rare: str = "") -> None:
        self._find = _automaton(list(strings))
        self._strings = len(strings)
        # A run of them; re looks for [x][x]* twice as fast as for [x]+.
        self._rare = re.compile(f"[{rare}][{rare}]*+" if rare else "(?!)")
        #: a change farther away than this leaves a string as it is
        self._reach = max(map(len, strings), default=1) - 1
        used = set("".join(strings))
        self._between = next(
            sign
            for sign in map(chr, range(0x110000))
            if sign not in used and not self._rare.match(sign)
        )

    def rare_character(self, number: int) -> str | None:
        """The character of a number, or None if it is the number of a string."""
        return chr(number - self._strings) if number >= self._strings else None

    def __call__(self, text: str) -> tuple[list[Stop], bool]:
        """All stops in order, and whether there are too many rare characters to list them."""
        spans = [found.span() for found in self._rare.finditer(text)]
        dense = sum(end - start for start, end in spans) * _DENSE > len(text)
        stops = [(start, string) for string, start, _ in self._find(text)]
        if not dense:
            base = self._strings
            stops += [(at, base + ord(text[at])) for span in spans for at in range(*span)]
        stops.sort()
        return stops, dense

    def moved(
        self,
        stops: list[Stop],
        dense: bool,
        text: str,
        starts: Iterable[int],
        befores: Iterable[str],
        afters: Iterable[str],
    ) -> list[Stop]:
        """The stops of ``text``, which edits made of a text with ``stops``.

        Only around the edits is the text looked at.
        """
        moved: list[Stop] = []
        windows: list[tuple[int, int]] = []
        pieces: list[str] = []
        done = shift = number = 0
        for start, before, after in zip(starts, befores, afters, strict=True):
            low = max(start - self._reach, done)
            last = bisect_left(stops, (low,), number)
            moved += _shifted(stops[number:last], shift)
            done = start + len(before)
            number = bisect_left(stops, (done,), last)
            end = start + shift + len(after)
            windows.append((low + shift, end))
            pieces.append(text[low + shift : end + self._reach])
            shift += len(after) - len(before)
        moved += _shifted(stops[number:], shift)
        around = self._between.join(pieces)
        found = [(start, string) for string, start, _ in self._find(around)]
        if not dense and (spans := [found.span() for found in self._rare.finditer(around)]):
            base = self._strings
            found += [(at, base + ord(around[at])) for span in spans for at in range(*span)]
            found.sort()
        count, offset, beyond = -1, 0, 0
        for start, string in found:
            while start >= beyond:
                count += 1
                offset = beyond
                beyond += len(pieces[count]) + 1
            low, end = windows[count]
            place = low + start - offset
            if place < end:
                moved.append((place, string))
        moved.sort()
        return moved


def _shifted(stops: list[Stop], shift: int) -> list[Stop]:
    return [(start + shift, string) for start, string in stops] if shift else stops


def exchangeable(
    targets: Mapping[str, list[T]], exchanged: Mapping[str, str]
) -> dict[str, list[T]]:
    """The same triggers, before and after frequent characters are exchanged for others.

    So thousands of exchanged commas leave the places of all triggers as they are.
    """
    alike = {char: old + new for old, new in exchanged.items() for char in (old, new)}
    grown: dict[str, list[T]] = {}
    for string, owners in targets.items():
        for way in product(*(alike.get(char, char) for char in string)):
            known = grown.setdefault("".join(way), [])
            known += [owner for owner in owners if owner not in known]
    return grown


def _automaton(strings: list[str]) -> Callable[[str], Iterable[tuple[int, int, int]]]:
    """Compile the strings: a function from a text to (number of string, start, end) of each."""
    if not strings:
        return lambda text: ()
    from ahocorasick_rs import AhoCorasick, Implementation

    # The table of all steps is half as fast again, but takes long to fill for a dictionary.
    form = Implementation.DFA if len(strings) < _DICTIONARY else None
    find = AhoCorasick(strings, store_patterns=False, implementation=form)
    return lambda text: find.find_matches_as_indexes(text, overlapping=True)
