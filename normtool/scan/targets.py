"""What all rules look for together, worked out from their patterns once and kept (see ``kept``)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from normtool.kept import Kept
from normtool.notation import LINE_SIGNS, SIGNS
from normtool.records import NamedTuple
from normtool.rule import Rule
from normtool.scan.exchange import is_exchange
from normtool.triggers.stops import exchangeable, serialized
from normtool.triggers.ways import EACH, RARE, WHOLE, version, way_of

#: Owner of the triggers that are signs of notation.
_NOTATION = ""


class Targets(NamedTuple):
    """All of it as marshal can hold it.

    ways        of each rule: how it is run, may it begin at the start of the text where no
                window need stand, are some of its matches empty and some not
    exchanged   what frequent characters the rules exchange, one for one
    rare        classes of rare characters that rules begin with
    strings     the triggers
    places      of each rule: numbers of its triggers, and how far they are behind its start
    signs       numbers of the triggers that are signs of notation
    line_signs  the same with those for lines
    automaton   of the triggers, as ``serialized`` makes it
    """

    ways: list[tuple[str, bool, bool]]
    exchanged: dict[str, str]
    rare: str
    strings: list[str]
    places: dict[str, list[tuple[int, int]]]
    signs: frozenset[int]
    line_signs: frozenset[int]
    automaton: bytes


def kept_targets(rules: Sequence[Rule]) -> Targets:
    """The same as ``targets_of``, found once for these rules on this machine."""
    kept = Kept("triggers", _about(rules))
    if both := kept.read_both():
        found, automaton = both
        return Targets(*(*found, bytes(automaton)))
    made = targets_of(rules)
    kept.write(tuple(made[:-1]), [made.automaton])
    return made


def targets_of(rules: Sequence[Rule]) -> Targets:
    """What these rules look for."""
    ways: list[tuple[str, bool, bool]] = []
    exchanged: dict[str, str] = {}
    targets: dict[str, list[tuple[str, int]]] = {}
    rare: list[str] = []
    for rule in rules:
        pattern = rule.pattern or rule.needs
        if pattern is None:
            ways.append((WHOLE, False, False))
            continue
        way, edge, empty, windows, lead = way_of(pattern)
        if lead is not None:
            if way == RARE:
                rare.append(lead[0])
            elif rule.table and is_exchange(rule.table):
                way = EACH
                exchanged.update(rule.table)
        ways.append((way, edge, empty))
        for offset, strings in windows:
            for string in strings:
                targets.setdefault(string, []).append((rule.code, offset))
    for sign in (*SIGNS, *LINE_SIGNS):
        targets.setdefault(sign, []).append((_NOTATION, sign in SIGNS))
    targets = exchangeable(targets, exchanged)
    owners = list(targets.values())
    places: dict[str, list[tuple[int, int]]] = {}
    for number, ours in enumerate(owners):
        for code, distance in ours:
            places.setdefault(code, []).append((number, distance))
    signs = frozenset(n for n, ours in enumerate(owners) if (_NOTATION, True) in ours)
    lines = frozenset(n for n, ours in enumerate(owners) if (_NOTATION, False) in ours)
    found = list(targets)
    return Targets(
        ways, exchanged, "".join(rare), found, places, signs, signs | lines, serialized(found)
    )


def _about(rules: Iterable[Rule]) -> str:
    """All that the targets depend on."""
    parts = [_code(), *SIGNS, *LINE_SIGNS]
    for rule in rules:
        pattern: Any = rule.pattern or rule.needs
        parts += rule.code, str(rule.pattern is None)
        if pattern is not None:
            parts += pattern.pattern, str(int(pattern.flags))
        if rule.table:
            parts += (*rule.table, "", *rule.table.values())
    return "\0".join(parts)


@cache
def _code() -> str:
    """Of the code here and of the library that finds the triggers, which does not tell its own."""
    ours = os.stat(__file__).st_mtime_ns if os.path.isfile(__file__) else 0
    size = 0
    with suppress(ImportError, OSError):
        import daachorse  # noqa: F401

        size = os.path.getsize(str(sys.modules["daachorse.daachorse"].__file__))
    return f"{version()} {ours} {size}"
