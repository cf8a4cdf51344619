"""What all rules look for together, worked out from their patterns once and kept (see ``kept``)."""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from normtool.kept import Kept
from normtool.native import native
from normtool.notation import LINE_SIGNS, SIGNS
from normtool.records import NamedTuple
from normtool.rule import Rule
from normtool.scan.exchange import is_exchange
from normtool.triggers.ways import EACH, RARE, WHOLE, version, way_of

#: Owner of the triggers that are signs of notation.
_NOTATION = -1


class Targets(NamedTuple):
    """All of it as marshal can hold it; rules by their place among the rules.

    ways        of each rule: how it is run, may it begin at the start of the text where no
                window need stand, are some of its matches empty and some not
    exchanged   what frequent characters the rules exchange, one for one
    rare        classes of rare characters that rules begin with
    strings     the triggers
    first       where the owners of each trigger begin, and the end of the last: array("i")
    owners      (rule, how far the trigger is behind its start) of all triggers: array("i")
    signs       of each trigger a byte: 1 a sign of notation, 2 one for lines, 0 neither
    ranges      (first, last, rule) of the rare characters that matches begin with: array("i")
    automaton   of the triggers, as ``serialized`` makes it
    """

    ways: list[tuple[str, bool, bool]]
    exchanged: dict[str, str]
    rare: str
    strings: list[str]
    first: bytes
    owners: bytes
    signs: bytes
    ranges: bytes
    automaton: bytes

    def places(self) -> Iterator[tuple[int, int, int]]:
        """(trigger, rule, how far the trigger is behind its start), in order."""
        first, owners = array("i", self.first), array("i", self.owners)
        for number in range(len(self.strings)):
            for place in range(first[number], first[number + 1]):
                yield number, owners[2 * place], owners[2 * place + 1]

    def signs_of(self, *kinds: int) -> frozenset[int]:
        """The triggers that are signs of these kinds."""
        return frozenset(number for number, kind in enumerate(self.signs) if kind in kinds)


_STRINGS = Targets._fields.index("strings")


def kept_targets(rules: Sequence[Rule]) -> Targets:
    """The same as ``targets_of``, found once for these rules on this machine."""
    kept = Kept("triggers", _about(rules))
    if both := kept.read_both():
        (between, joined, *found), automaton = both
        found[_STRINGS] = joined.split(between)
        return Targets(*(*found, bytes(automaton)))
    made = targets_of(rules)
    found = list(made[:-1])
    # As one text they are read five times as fast; what stands between is in none of them.
    chars = set().union(*made.strings)
    between = next(char for char in map(chr, range(0x110000)) if char not in chars)
    found[_STRINGS] = None
    kept.write((between, between.join(made.strings), *found), [made.automaton])
    return made


def targets_of(rules: Sequence[Rule]) -> Targets:
    """What these rules look for."""
    from normtool.triggers.stops import exchangeable, serialized

    ways: list[tuple[str, bool, bool]] = []
    exchanged: dict[str, str] = {}
    targets: dict[str, list[tuple[int, int]]] = {}
    rare: list[str] = []
    ranges = array("i")
    for number, rule in enumerate(rules):
        pattern = rule.pattern or rule.needs
        if pattern is None:
            ways.append((WHOLE, False, False))
            continue
        way, edge, empty, windows, lead = way_of(pattern)
        if lead is not None:
            if way == RARE:
                rare.append(lead[0])
                # Loaded for rules that nobody has worked out on this machine.
                from normtool.triggers.classes import ranges_of

                for first, last in ranges_of(lead[0]):
                    ranges.extend((first, last, number))
            elif rule.table and is_exchange(rule.table):
                way = EACH
                exchanged.update(rule.table)
        ways.append((way, edge, empty))
        for offset, strings in windows:
            for string in strings:
                targets.setdefault(string, []).append((number, offset))
    for sign in (*SIGNS, *LINE_SIGNS):
        targets.setdefault(sign, []).append((_NOTATION, 1 if sign in SIGNS else 2))
    targets = exchangeable(targets, exchanged)
    signs = bytearray(len(targets))
    begins, owners = array("i", [0]), array("i")
    for number, ours in enumerate(targets.values()):
        for rule_number, distance in ours:
            if rule_number == _NOTATION:
                # One that an exchange makes of both is a sign of notation.
                signs[number] = min(distance, signs[number] or distance)
            else:
                owners.extend((rule_number, distance))
        begins.append(len(owners) // 2)
    found = list(targets)
    return Targets(
        ways,
        exchanged,
        "".join(rare),
        found,
        begins.tobytes(),
        owners.tobytes(),
        bytes(signs),
        ranges.tobytes(),
        b"" if native else serialized(found),
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
    if native:
        return f"{version()} {ours} native"
    size = 0
    with suppress(ImportError, OSError):
        import daachorse  # noqa: F401

        size = os.path.getsize(str(sys.modules["daachorse.daachorse"].__file__))
    return f"{version()} {ours} {size}"
