"""What we decide against OpenCC: places where it would be wrong for certain.

A decision is a place in the text and the characters to write there, whatever OpenCC
wrote (``conversion``). Triggers of all rules stand in one automaton: one pass over the
text costs a tenth of OpenCC's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from normtool.converters import converter
from normtool.script import places, words
from normtool.script.decisions import (
    ALL,
    ALONE,
    BOUNDARY,
    FOREIGN,
    GLOSSARY,
    KEPT,
    LISTED,
    MEASURE,
    ORDER,
    SURNAME,
    Choices,
    Decision,
)
from normtool.triggers.stops import Automaton

#: The rules for which the place itself is enough.
_LOOKS: dict[str, Callable[[str, int, int], Decision | None]] = {
    MEASURE: places.measure,
    SURNAME: places.surname,
    ALONE: places.alone,
    FOREIGN: places.foreign,
}


def decide(
    text: str,
    convert: Callable[[str], str],
    choices: Choices = ALL,
    *,
    simplified: bool = True,
    region: Callable[[str], str] | None = None,
) -> list[Decision]:
    """Return the decisions for a text, in order, none touching another's place.

    ``convert`` is the conversion that is asked for. Of a text that is not
    ``simplified`` only what the user said is decided. ``region`` turns forms of
    Taiwan into those of another place; what is the custom of Taiwan is left out then.
    """
    found: list[Decision] = []
    if choices.glossary:
        found += _said(text, dict(choices.glossary), GLOSSARY)
    if choices.kept:
        found += _said(text, {word: word for word in choices.kept}, KEPT)
    if simplified and choices.codes:
        everywhere = region is not None
        automaton, strings = _triggers(everywhere, choices.codes)
        for start, end, index in automaton(text):
            string, rules = strings[index]
            for code in rules:
                if look := _LOOKS.get(code):
                    if one := look(text, start, end):
                        found.append(one)
                elif code == LISTED and (end - start > 2 or not words.crossed(text, start, end)):
                    after, why = words.listed(everywhere)[string]
                    after = region(after) if region else after
                    found.append(Decision(start, end, after, LISTED, why))
                elif code == BOUNDARY and (other := places.beginning(text, end - 1, string)):
                    after = convert(other)[0]
                    if after != convert(string)[-1]:
                        why = f"begins {other}, not in {string}"
                        found.append(Decision(end - 1, end, after, BOUNDARY, why))
    return resolved(found) if found else found


@cache
def _triggers(
    everywhere: bool, codes: frozenset[str]
) -> tuple[Automaton, list[tuple[str, list[str]]]]:
    """One automaton over everything that may be a place, and which rules look there."""
    found: dict[str, list[str]] = {}
    for code, strings in (
        (LISTED, words.listed(everywhere)),
        (BOUNDARY, words.grabbing()),
        (MEASURE, (a + b for a in places.FIGURES + places.MORE for b in "只里")),
        (MEASURE, (a + "出" for a in places.TURNS)),
        (SURNAME, places.PERSONS),
        (ALONE, (*(one + "签" for one in places.SIGNED), "范")),
        (FOREIGN, ("里" + one for one in places.SOUNDS)),
    ):
        for string in strings if code in codes else ():
            found.setdefault(string, []).append(code)
    return Automaton(list(found)), list(found.items())


def decide_back(text: str, convert: Callable[[str], str], choices: Choices = ALL) -> list[Decision]:
    """The decisions for a traditional text that is simplified: what we wrote comes back."""
    found = decide(text, convert, choices, simplified=False)
    if LISTED in choices.codes:
        automaton, pairs = _back()
        for start, end, index in automaton(text):
            back = pairs[index]
            found.append(Decision(start, end, back, LISTED, "as its simplified form"))
    return resolved(found)


@cache
def _back() -> tuple[Automaton, list[str]]:
    """Listed words in the forms of Taiwan that OpenCC does not bring back by itself."""
    convert = converter("tw2s")
    pairs = ((after, word) for word, (after, _) in words.listed(False).items())
    back = {after: word for after, word in pairs if convert(after) != word}
    return Automaton(list(back)), list(back.values())


def _said(text: str, forms: Mapping[str, str], code: str) -> Iterator[Decision]:
    longest = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    for m in re.finditer(longest, text):
        yield Decision(m.start(), m.end(), forms[m[0]], code, "as the user says")


def resolved(found: list[Decision]) -> list[Decision]:
    """Of decisions that overlap the stronger rule's, then the longer, then the first."""
    found.sort(key=lambda one: (ORDER[one.code], one.start - one.end, one.start))
    taken: set[int] = set()
    chosen = []
    for one in found:
        if taken.isdisjoint(range(one.start, one.end)):
            taken.update(range(one.start, one.end))
            chosen.append(one)
    chosen.sort()
    return chosen
