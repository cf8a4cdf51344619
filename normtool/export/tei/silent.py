"""Changes of width: silent in the text, listed behind it with all their places (``standOff``)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from normtool.export.tei.inside import inside_of
from normtool.export.tei.item import Item
from normtool.export.tei.lines import Line
from normtool.export.tei.shape import SHAPES, Mapping, mapping
from normtool.export.tei.speech import Speech
from normtool.export.tei.templates import RESP
from normtool.native import native


class Silent:
    """The changes of width of one speech.

    lines     where the lines begin, in the text, whose changes are listed shape by shape
    mappings  for each (code, old, new, certainty) the places in the original, in order
    """

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self.lines: set[int] = set()
        self.mappings: dict[Mapping, list[int]] = {}

    def add(self, item: Item) -> None:
        """One change, of a line that was taken to pieces."""
        base = self.speech.base
        old, new = base.original[item.start : item.end], base.text[item.place : item.stop]
        self.mappings.setdefault(mapping(item, old, new), []).append(item.start)

    def gather(self) -> None:
        """All changes of ``lines``; the mappings come into the order of their first places."""
        speech, part = self.speech, self.speech.part
        if speech.in_zone:
            others = [line for line in part.lines if line[0][1] not in self.lines]
            for key, group in part.edits.groups.items():
                if SHAPES[key].silent:
                    self._add_group(SHAPES[key].silent, _outside(group, others))
            for edit in speech.at_the_ends():
                if SHAPES.of(edit).silent:
                    self._add_group(SHAPES.of(edit).silent, _outside([edit[0]], others))
        else:
            for line in speech.lines:
                if line.block.start in self.lines:
                    inside = inside_of(speech.base.edits, line.start - 1, line.end + 1)
                    for key, group in inside.groups.items():
                        self._add_group(SHAPES[key].silent, _outside(group, ()))
        ordered = [(sorted(places), silent) for silent, places in self.mappings.items() if places]
        ordered.sort(key=lambda pair: pair[0][0])
        self.mappings = {silent: places for places, silent in ordered}

    def _add_group(self, marks: Sequence[tuple[int, Mapping]], starts: list[int]) -> None:
        for offset, silent in marks:
            places = [start + offset for start in starts] if offset else starts[:]
            if silent in self.mappings:
                self.mappings[silent] += places
            else:
                self.mappings[silent] = places

    def stand_off(self, margin: str, more: str = "") -> str:
        """One annotation a mapping, no text (naive readers would print it); ``more`` lists."""
        ident = self.speech.ident
        notes = [
            f'{margin}    <annotation xml:id="{ident}.n{number}" motivation="editing"'
            f' resp="{RESP}" cert="{silent[3].name.lower()}" ana="#{mapping_id(silent)}"'
            f' target="{pointers(places)}"/>\n'
            for number, (silent, places) in enumerate(self.mappings.items(), start=1)
        ]
        if notes:
            start = f'{margin}  <listAnnotation type="silentNormalization">\n'
            more = f"{start}{''.join(notes)}{margin}  </listAnnotation>\n{more}"
        if not more:
            return ""
        return f'{margin}<standOff xml:id="{ident}.standOff">\n{more}{margin}</standOff>\n'


def _pointers(places: list[int]) -> str:
    """Pointers to the single characters at some places."""
    return " ".join([f"src:{place},{place + 1}" for place in places])


pointers: Callable[[list[int]], str] = native.pointers if native else _pointers


def _outside(starts: list[int], lines: Sequence[Line]) -> list[int]:
    """Those of the places that lie in none of the lines."""
    starts = starts[:] if lines else starts
    for line in lines:
        if not starts:
            break
        first = bisect_left(starts, line[1])
        del starts[first : bisect_left(starts, line[2], first)]
    return starts


def mapping_id(mapping: Mapping) -> str:
    """The xml:id of the category that says which mark became which."""
    code, old, new, _ = mapping
    return f"rule.{code}.{ord(old):04X}-{ord(new):04X}"
