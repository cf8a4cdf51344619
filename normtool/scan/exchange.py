"""Rules that exchange single characters: thousands of edits, made together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import compress, repeat
from operator import not_, truth

from normtool.edits import Layer
from normtool.rule import Rule
from normtool.scan.trying import standing


def is_exchange(table: Mapping[str, str]) -> bool:
    """Whether characters are exchanged for others, one for one."""
    sizes = {*map(len, table), *map(len, table.values())}
    return sizes == {1} and table.keys().isdisjoint(table.values())


def standing_all(chars: Iterable[str], text: str) -> list[int]:
    """Where one of some characters stands, in order."""
    places: list[int] = []
    for char in chars:
        if char in text:
            places += standing(char, text)
    places.sort()
    return places


def exchange(rule: Rule, text: str) -> tuple[Layer, str]:
    """What a rule with such a table makes of a text: edits, which may touch, and the text."""
    assert rule.table is not None
    assert rule.pattern is not None
    places = standing_all(rule.table, text)
    # Whether it matches there, not the matches: they would take more room than the text.
    found = bytes(map(truth, map(rule.pattern.match, repeat(text), places)))
    starts = list(compress(places, found))
    befores = list(map(text.__getitem__, starts))
    afters = list(map(rule.table.__getitem__, befores))
    why = (rule.code,), rule.certainty, rule.applicability, rule.kind, ""
    layer = Layer(starts, befores, afters, [why] * len(starts), even=True)
    if not starts:
        return layer, text
    # Most are exchanged: exchange all, and put the others back.
    back = list(compress(places, map(not_, found)))
    others = list(map(text.__getitem__, back))
    for old, new in rule.table.items():
        text = text.replace(old, new)
    return layer, Layer(back, others, others, []).apply(text)
