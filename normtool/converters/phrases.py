"""OpenCC's conversion of simplified text in one pass over all of its phrases.

OpenCC looks at each character for the longest of 50,000 phrases that begins there, and
does so again at every step. An automaton finds the same phrases at once; what becomes
of each, OpenCC was asked before (``prepared``). What stands outside, and the four
phrases of five that say nothing else, are exchanged character by character.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from normtool.converters.prepared import Prepared

#: Matches take more room than what they are found in: about so many code points at a time.
_PIECE = 100_000
#: From so many on numpy is faster than ``str.translate``, even if it has to be loaded.
_LONG = 500_000


class Phrases:
    """A function from a text to its conversion; ``plain`` is OpenCC itself.

    Raises UnicodeEncodeError if there is a lone surrogate in the text.
    """

    def __init__(self, prepared: Prepared, plain: Callable[[str], str]) -> None:
        from daachorse import CharwiseDoubleArrayAhoCorasick

        self._find = CharwiseDoubleArrayAhoCorasick.deserialize(prepared.automaton).find
        self._different, self._ones, self._stops, self._longest = prepared[1:]
        self._stop = re.compile(f"[{self._stops}]")
        self._plain = plain
        self._read = 0
        self._table: Any = None

    def __call__(self, text: str) -> str:
        if len(text) <= 2 * _PIECE:
            return self._converted(text)
        return "".join(map(self._converted, _pieces(text)))

    def _converted(self, text: str) -> str:
        different = self._different
        changed: list[tuple[int, int, str]] = []
        unknown: list[int] = []
        for start, end, number in self._find(text):
            if number in different:
                after = different[number]
                if isinstance(after, str):
                    changed.append((start, end, after))
                elif after is None or self._broken(text, start, end):
                    unknown.append(start)
                else:
                    changed.append((start, end, after[0]))
        if unknown:
            changed = self._with_sentences(text, unknown, changed)
        made = self._characters(text)
        pieces: list[str] = []
        last = 0
        for start, end, after in changed:
            pieces += made[last:start], after
            last = end
        pieces.append(made[last:])
        return "".join(pieces)

    def _broken(self, text: str, start: int, end: int) -> bool:
        """Whether a phrase begins inside a place, and so breaks what stands there."""
        found = self._find(text[start + 1 : end + self._longest])
        return bool(found) and found[0][0] < end - start - 1

    def _characters(self, text: str) -> str:
        """The text character by character."""
        if self._table is None:
            self._read += len(text)
            if self._read < _LONG and "numpy" not in sys.modules:
                return text.translate(self._ones)
            import numpy as np

            self._table = np.arange(0x110000, dtype="<u4")
            self._table[np.fromiter(self._ones, "<u4")] = np.fromiter(self._ones.values(), "<u4")
        # numpy takes a memoryview as it is; there is nothing to import for it here.
        codes = memoryview(text.encode("utf-32-le")).cast("I")
        return str(self._table[codes].tobytes(), "utf-32-le")

    def _with_sentences(
        self, text: str, unknown: Iterable[int], changed: Iterable[tuple[int, int, str]]
    ) -> list[tuple[int, int, str]]:
        """What changes in a text of which only OpenCC knows some sentences."""
        sentences = list(self._sentences(text, unknown))
        starts = [start for start, _ in sentences]
        made = [(start, end, self._plain(text[start:end])) for start, end in sentences]
        for one in changed:
            at = bisect_right(starts, one[0]) - 1
            if at < 0 or one[0] >= sentences[at][1]:
                made.append(one)
        made.sort()
        return made

    def _sentences(self, text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The sentences that hold the places, in order: no phrase goes beyond them."""
        last = 0
        for place in places:
            if place >= last:
                start = max(last, *(text.rfind(stop, last, place) + 1 for stop in self._stops))
                found = self._stop.search(text, place)
                last = found.end() if found else len(text)
                yield start, last


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces, cut behind newlines: no phrase goes across one."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield text[start:end]
        start = end
