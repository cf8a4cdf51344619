"""Which characters of a conversion a person should look at: where OpenCC only guessed.

Three kinds of places: a character with several traditional forms that no phrase of
OpenCC decided, a word for which two dictionaries have different forms, and a place
where OpenCC was kept from what it would have written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from normtool.alternative import Alternative
from normtool.edits import DISPLAY, FLAG, LOW, MEDIUM, Certainty, Edit
from normtool.patterns import later
from normtool.script import words
from normtool.script.decisions import Decision
from normtool.script.places import covered
from normtool.script.words import crossed
from normtool.triggers.stops import Automaton

UNDECIDED, DISPUTED = "SCR301", "SCR302"
#: What OpenCC writes for Taiwan, and what is printed there as well, in whatever word.
_BOTH = {"臺": "台", "週": "周", "佔": "占", "藉": "借", "鏽": "銹", "炮": "砲"}

_BOTH_FORMS = later(f"[{''.join(_BOTH)}]")


def against(text: str, one: Decision) -> Alternative:
    """A decision against OpenCC: what OpenCC would have written is the alternative."""
    before = text[one.start : one.end]
    others = (one.instead,)
    place = (one.start, one.end)
    return Alternative(*place, before, one.after, others, one.code, one.certainty, one.note)


def flag(text: str, one: Alternative) -> Edit:
    """An alternative as an edit that changes nothing, to be shown; ``text`` is the cleaned one."""
    others = " ".join(one.others)
    note = f"{one.after}, or {others}?"
    if not one.code.startswith("SCR"):
        note = f"{one.after}, not {others}: {one.reason}"
    elif one.code == UNDECIDED:
        note += " No phrase decides"
    elif one.code != DISPUTED:
        note = f"{one.after}, not {others} as OpenCC has it: {one.reason}"
    elif len(one.after) == 1:
        note = f"{one.after}, or {others}: both are printed in Taiwan"
    there = text[one.start : one.end]
    return Edit(one.start, there, there, (one.code,), one.certainty, DISPLAY, FLAG, note)


def doubts(
    text: str,
    after: str,
    decisions: Sequence[Decision],
    taiwan: bool = True,
    lines: Sequence[bool] | None = None,
) -> list[Alternative]:
    """Return the places of a simplified text that a person should see in its conversion.

    In order, each one character, with what was written and what else it could be. Words are
    compared with other dictionaries only for ``taiwan``, whose forms these have. ``lines``
    tells of each line whether it is simplified; None: all are. A conversion that changed the
    length of the text is not looked at: the region has other words there.
    """
    if len(text) != len(after):
        return []
    decided = {place for one in decisions for place in range(one.start, one.end)}
    found: dict[int, Alternative] = {}
    if taiwan:
        found |= {one.start: one for one in _both(text, after, decided)}
        found |= {one.start: one for one in _disputed(text, after, decided)}
    found |= {one.start: one for one in _undecided(text, after, decided)}
    if lines is not None:
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        found = {
            place: one for place, one in found.items() if lines[bisect_right(starts, place) - 1]
        }
    return [found[place] for place in sorted(found)]


@cache
def _characters() -> re.Pattern[str]:
    return re.compile(f"[{''.join(words.undecided())}]")


def _undecided(text: str, after: str, decided: set[int]) -> list[Alternative]:
    known = words.undecided()
    found = []
    for match in _characters().finditer(text):
        place = match.start()
        if place in decided or covered(text, place):
            continue
        one = known[match[0]]
        others = tuple(form for form in one.forms if form != after[place])
        certainty: Certainty = MEDIUM if (one.other + 1) / (one.seen + 2) < 0.2 else LOW
        word = (match[0], after[place], others)
        found.append(Alternative(place, place + 1, *word, UNDECIDED, certainty))
    return found


@cache
def _doubted() -> tuple[Automaton, list[str]]:
    ordered = list(words.doubted())
    return Automaton(ordered), ordered


def _disputed(text: str, after: str, decided: set[int]) -> list[Alternative]:
    forms = words.doubted()
    automaton, ordered = _doubted()
    found: list[Alternative] = []
    end = 0
    hits = sorted(automaton(text), key=lambda h: (h[0], -h[1]))
    for start, stop, index in hits:
        word = ordered[index]
        written = after[start:stop]
        others = tuple(form for form in forms[word].split() if form != written)
        if start < end or crossed(text, start, stop):
            continue
        end = stop
        differ = [
            place
            for place in range(start, stop)
            if place not in decided
            and any(other[place - start] != after[place] for other in others)
        ]
        for place in differ:
            one = Alternative(place, place + 1, word, written, others, DISPUTED, MEDIUM)
            found.append(one)
    return found


def _both(text: str, after: str, decided: set[int]) -> Iterator[Alternative]:
    for match in _BOTH_FORMS.finditer(after):
        place = match.start()
        if place not in decided:
            word = (text[place], match[0], (_BOTH[match[0]],))
            yield Alternative(place, place + 1, *word, DISPUTED, MEDIUM)
