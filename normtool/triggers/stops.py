"""Where triggers stand in a text, all looked for at once, and where they stand after edits.

Triggers are short strings, found by an automaton, and the characters of one class
that is hardly ever met, found by ``re``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from operator import itemgetter
from typing import TypeVar

from normtool.patterns import compiled

#: Where triggers stand, in order, and the number of each: of a string, or behind the
#: numbers of all strings that of a rare character. Two columns, copied run by run.
Places = tuple[list[int], list[int]]
T = TypeVar("T")

#: A text of so many code points is copied, so that its UTF-8 does not stay.
_MUCH = 1_000_000
#: The automaton takes eight times the room of what it looks through: piece by piece.
_PIECE = 100_000
#: More rare characters than one in so many: too many to list where each stands.
_DENSE = 50


class Stops:
    """An automaton for some strings, and a class of rare characters (what stands in brackets)."""

    def __init__(self, strings: Sequence[str], rare: str = "", automaton: bytes = b"") -> None:
        self._find = _automaton(list(strings), automaton)
        self._strings = len(strings)
        # A run of them; re looks for [x][x]* twice as fast as for [x]+.
        self._rare = compiled(f"[{rare}][{rare}]*+" if rare else "(?!)")
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

    def __call__(self, text: str) -> tuple[Places, bool]:
        """All places, and whether there are too many rare characters to list them."""
        spans = [found.span() for found in self._rare.finditer(text)]
        dense = sum(end - start for start, end in spans) * _DENSE > len(text)
        found = list(self._find(text[: _PIECE + self._reach]))
        if len(text) > _PIECE:
            found = [one for one in found if one[0] < _PIECE]
            for low in range(_PIECE, len(text), _PIECE):
                piece = self._find(text[low : low + _PIECE + self._reach])
                found += [(low + at, low + end, one) for at, end, one in piece if at < _PIECE]
        if spans and not dense:
            found += [(at, at, number) for at, number in self._listed(text, spans)]
        found.sort(key=_PLACE)
        return (list(map(_PLACE, found)), list(map(_NUMBER, found))), dense

    def _found(self, text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        found = [(start, string) for start, _, string in self._find(text)]
        found += self._listed(text, spans)
        found.sort()
        return found

    def _listed(self, text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        base = self._strings
        return ((at, base + ord(text[at])) for span in spans for at in range(*span))

    def moved(
        self,
        known: Places,
        dense: bool,
        text: str,
        starts: Iterable[int],
        befores: Iterable[str],
        afters: Iterable[str],
    ) -> Places:
        """The places in ``text``, which edits made of a text with the places ``known``.

        Only around the edits is the text looked at.
        """
        old_places, old_numbers = known
        reach = self._reach
        done = shift = index = 0
        runs: list[tuple[int, int, int]] = []  # of what is known: first, last, shift
        windows: list[tuple[int, int]] = []  # of the text: where new places may be
        pieces: list[str] = []
        for start, before, after in zip(starts, befores, afters, strict=True):
            low = start - reach
            if low < done:
                low = done
            last = bisect_left(old_places, low, index)
            runs.append((index, last, shift))
            done = start + len(before)
            index = bisect_left(old_places, done, last)
            end = start + shift + len(after)
            windows.append((low + shift, end))
            pieces.append(text[low + shift : end + reach])
            shift += len(after) - len(before)
        around = self._between.join(pieces)
        spans = [] if dense else [found.span() for found in self._rare.finditer(around)]
        found = iter(self._found(around, spans))
        place, number = next(found, _NONE)
        places: list[int] = []
        numbers: list[int] = []
        beyond = 0
        for (first, last, moved), (low, end), piece in zip(runs, windows, pieces, strict=True):
            if first < last:
                run = old_places[first:last]
                places += [at + moved for at in run] if moved else run
                numbers += old_numbers[first:last]
            offset = low - beyond
            beyond += len(piece) + 1
            while place < beyond:
                if place + offset < end:
                    places.append(place + offset)
                    numbers.append(number)
                place, number = next(found, _NONE)
        run = old_places[index:]
        places += [at + shift for at in run] if shift else run
        numbers += old_numbers[index:]
        return places, numbers


_NONE = (1 << 62, 0)
#: What stands where in a find of the automaton.
_PLACE, _NUMBER = itemgetter(0), itemgetter(2)


def exchangeable(
    targets: Mapping[str, list[T]], exchanged: Mapping[str, str]
) -> dict[str, list[T]]:
    """The same triggers, before and after frequent characters are exchanged for others.

    So thousands of exchanged commas leave the places of all triggers as they are.
    """
    alike = {char: old + new for old, new in exchanged.items() for char in (old, new)}
    grown: dict[str, list[T]] = {}
    for string, owners in targets.items():
        if alike.keys().isdisjoint(string) and string not in grown:
            grown[string] = owners
            continue
        for way in product(*(alike.get(char, char) for char in string)):
            known = grown.setdefault("".join(way), [])
            known += [owner for owner in owners if owner not in known]
    return grown


def _automaton(strings: list[str], made: bytes) -> Callable[[str], Iterable[tuple[int, int, int]]]:
    """Compile the strings: a function from a text to (start, end, number of string) of each."""
    if not strings:
        return lambda text: ()
    return Automaton(strings, made)


class Automaton:
    """Where strings stand in a text, also within each other: start, end, number of string.

    The strings differ; ``made`` is what ``serialized`` made of them, if that was kept. The
    automaton is made when first needed: the one that reads
    characters, or where there is no wheel of it, the one that reads bytes in half the speed.
    """

    def __init__(self, strings: list[str], made: bytes = b"") -> None:
        self._strings = strings
        self._serialized = made
        self._find: Callable[[str], list[tuple[int, int, int]]] | None = None

    def __call__(self, text: str) -> list[tuple[int, int, int]]:
        find = self._find or self._made()
        if len(text) > _MUCH:
            # A string keeps the UTF-8 that is asked of it: that of a copy goes with the copy.
            text += "\0"
        try:
            return find(text)
        except UnicodeEncodeError:  # it reads UTF-8, which has no lone surrogates
            return find(re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text))

    def _made(self) -> Callable[[str], list[tuple[int, int, int]]]:
        try:
            from daachorse import MATCH_KIND_STANDARD, CharwiseDoubleArrayAhoCorasick
        except ImportError:
            self._find = by_bytes(self._strings)
        else:
            kind = CharwiseDoubleArrayAhoCorasick
            if self._serialized:
                automaton = kind.deserialize(self._serialized)
                self._serialized = b""
            else:
                automaton = kind(self._strings, MATCH_KIND_STANDARD)
            self._find = automaton.find_overlapping
        return self._find


def serialized(strings: list[str]) -> bytes:
    """The automaton over characters of some strings; nothing where there is none."""
    try:
        from daachorse import MATCH_KIND_STANDARD, CharwiseDoubleArrayAhoCorasick
    except ImportError:
        return b""
    if not strings:
        return b""
    return bytes(CharwiseDoubleArrayAhoCorasick(strings, MATCH_KIND_STANDARD).serialize())


def by_bytes(strings: list[str]) -> Callable[[str], list[tuple[int, int, int]]]:
    """The same function from an automaton of which there are wheels for every machine."""
    from ahocorasick_rs import AhoCorasick

    find = AhoCorasick(strings, store_patterns=False).find_matches_as_indexes

    def found(text: str) -> list[tuple[int, int, int]]:
        return [(start, end, number) for number, start, end in find(text, overlapping=True)]

    return found
