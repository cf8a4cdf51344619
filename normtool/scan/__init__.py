"""All rules in one pass over the text.

Every pattern gives *triggers* (``triggers/``); those of all rules go into one
automaton, which runs over the text once. Only where a trigger stands is a
pattern tried, so the cost grows with the text and its hits and hardly with the
number of rules. The law: ``scan.find(code)`` yields what ``rule.find`` yields.

When edits are made the scan goes along (``Scan.after``): only around them is the
text looked at again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import compress, repeat
from typing import NamedTuple

from normtool.edits import Layer
from normtool.patterns import Made, assembled
from normtool.rule import Rule
from normtool.scan.exchange import exchange, is_exchange, standing_all
from normtool.scan.trying import Hit, made, standing, tried, tried_twice
from normtool.triggers.stops import Places, Stops, exchangeable
from normtool.triggers.ways import LEAD, LINES, RARE, SLOW, WINDOWS, way_of

_Match = re.Match[str]

WHOLE = "whole"  # a function over the whole text
EACH = "each"  # tried at each of a few frequent characters, of which it exchanges one


#: Edits as frequent as one in so many characters: the automaton runs anew.
_MANY = 30
#: When so many groups were asked for one text, the next look is for all of them.
_OFTEN = 2


class _Plan(NamedTuple):
    """How one rule is run."""

    rule: Rule
    way: str
    pattern: re.Pattern[str] | None = None  # what is sought: of the rule, or what it needs
    edge: bool = False  # may begin at the start of the text, where no window need stand
    empty: bool = False  # some matches are empty and some are not


class Group(NamedTuple):
    """Rules that are asked together.

    codes    of all of them
    always   those that must be asked whatever stands in a text
    rare     those that begin with a rare character
    targets  by the number of a trigger: whose it is, and how far behind their start
    """

    codes: frozenset[str]
    always: tuple[str, ...]
    rare: tuple[str, ...]
    targets: dict[int, list[tuple[str, int]]]


class Scanner:
    """The rules, ready to run; built once, used for any number of texts."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._plans: dict[str, _Plan] = {}
        #: the class that a pattern is made to begin with, and the pattern so made
        self._leads: dict[str, tuple[str, Made]] = {}
        self._rewritten: dict[str, re.Pattern[str]] = {}  # of leads, when first needed
        #: what frequent characters the rules exchange, one for one
        self._exchanged: dict[str, str] = {}
        targets: dict[str, list[tuple[str, int]]] = {}
        rare: list[str] = []
        for rule in rules:
            pattern = rule.pattern or rule.needs
            if pattern is None:
                self._plans[rule.code] = _Plan(rule, WHOLE)
                continue
            way, edge, empty, windows, lead = way_of(pattern)
            if lead is not None:
                self._leads[rule.code] = lead
                if way == RARE:
                    rare.append(lead[0])
                elif rule.table and is_exchange(rule.table):
                    way = EACH
                    self._exchanged.update(rule.table)
            self._plans[rule.code] = _Plan(rule, way, pattern, edge, empty)
            for offset, strings in windows:
                for string in strings:
                    targets.setdefault(string, []).append((rule.code, offset))
        targets = exchangeable(targets, self._exchanged)
        self._targets = list(targets.values())
        self._stops = Stops(list(targets), "".join(rare))
        self._owners: dict[int, list[str]] = {}  # of rare characters, when met
        self._all = self.group(self._plans)

    @property
    def ways(self) -> dict[str, str]:
        """How each rule is run, by its code: one of the constants of this module."""
        return {
            code: plan.way if plan.rule.pattern is not None else WHOLE
            for code, plan in self._plans.items()
        }

    @property
    def slow(self) -> set[str]:
        """The codes of rules without a trigger, for which re looks at every character."""
        return {code for code, plan in self._plans.items() if plan.way == SLOW}

    def scan(self, text: str) -> Scan:
        """Look at ``text`` once, for all rules."""
        return Scan(self, text)

    def group(self, codes: Iterable[str]) -> Group:
        """Rules that are asked together."""
        mine = frozenset(codes)
        targets = {}
        for number, owners in enumerate(self._targets):
            ours = [owner for owner in owners if owner[0] in mine]
            if ours:
                targets[number] = ours
        plans = [(code, plan) for code, plan in self._plans.items() if code in mine]
        always = [code for code, plan in plans if plan.edge or plan.way not in (WINDOWS, RARE)]
        rare = [code for code, plan in plans if plan.way == RARE]
        return Group(mine, tuple(always), tuple(rare), targets)

    def _lead(self, code: str) -> re.Pattern[str]:
        pattern = self._rewritten.get(code)
        if pattern is None:
            pattern = self._rewritten[code] = assembled(None, self._leads[code][1])
        return pattern

    def _owners_of(self, number: int) -> list[str]:
        """The rules that begin with the rare character of a trigger."""
        owners = self._owners.get(number)
        if owners is None:
            char = self._stops.rare_character(number) or ""
            rare = (code for code, plan in self._plans.items() if plan.way == RARE)
            owners = [code for code in rare if re.match(f"[{self._leads[code][0]}]", char)]
            self._owners[number] = owners
        return owners


class Scan:
    """What one look at one text found. Cheap to make: the automaton runs when first needed."""

    __slots__ = ("_dense", "_groups", "_lines", "_places", "_scanner", "_stops", "text")

    def __init__(self, scanner: Scanner, text: str) -> None:
        self.text = text
        self._scanner = scanner
        self._stops: Places | None = None
        self._dense = False  # rare characters are many, and no stops
        self._groups: list[Group] = []
        self._places: dict[str, list[tuple[int, list[int]]]] = {}
        self._lines: list[int] | None = None

    def after(self, layer: Layer, text: str) -> Scan:
        """The scan of ``text``, which the layer makes of the text of this one."""
        scan = Scan(self._scanner, text)
        if self._stops is not None:
            exchanged = self._scanner._exchanged
            if len(layer) * _MANY > len(text):
                both = zip(layer.befores, layer.afters, strict=True)
                layer = layer.chosen([exchanged.get(old) != new for old, new in both])
            if len(layer) * _MANY <= len(text):
                scan._dense = self._dense
                scan._stops = self._scanner._stops.moved(
                    self._stops, self._dense, text, layer.starts, layer.befores, layer.afters
                )
        return scan

    def candidates(self, group: Group) -> set[str]:
        """The codes of those rules of a group that may find something, in no order."""
        if len(self._groups) == _OFTEN:
            self._look(self._scanner._all)
        many = len(self._groups) > _OFTEN
        seen = group.codes & self._places.keys() if many else self._look(group)
        return {*group.always, *seen, *(group.rare if self._dense else ())}

    def find(self, code: str) -> Iterator[Hit]:
        """Yield ``(start, end, after, note)`` as ``RULES[code].find(text)`` does, but sooner.

        Raises KeyError if the scanner was not given that rule.
        """
        plan = self._scanner._plans[code]
        if plan.rule.pattern is not None:
            return made(plan.rule, self._matches(plan))
        if plan.pattern is not None and next(self._matches(plan), None) is None:
            return iter(())
        return plan.rule.find(self.text)

    def matches(self, code: str) -> Iterator[_Match]:
        """Yield the matches of the pattern of a rule, leftmost first, none overlapping."""
        plan = self._scanner._plans[code]
        if plan.rule.pattern is None:
            raise ValueError(f"{code} has no pattern")
        return self._matches(plan)

    def _matches(self, plan: _Plan) -> Iterator[_Match]:
        pattern, code = plan.pattern, plan.rule.code
        assert pattern is not None
        if plan.way == SLOW:
            return pattern.finditer(self.text)
        if plan.way == EACH:
            return filter(
                None,
                map(
                    pattern.match, repeat(self.text), standing_all(plan.rule.table or (), self.text)
                ),
            )
        if plan.way == LINES:
            if self._lines is None:
                self._lines = [0, *(place + 1 for place in standing("\n", self.text))]
            starts = self._lines
        elif plan.way == LEAD:
            return self._scanner._lead(code).finditer(self.text)
        else:
            self._look_for(code)
            if plan.way == RARE and self._dense:
                return self._scanner._lead(code).finditer(self.text)
            starts = self._starts(plan)
        if not starts:
            return iter(())
        return (tried_twice if plan.empty else tried)(pattern, self.text, starts)

    def exchange(self, code: str) -> tuple[Layer, str] | None:
        """What a rule that exchanges characters makes of the text, its edits (which may touch)
        and the text so made; None for other rules.
        """
        plan = self._scanner._plans[code]
        return exchange(plan.rule, self.text) if plan.way == EACH else None

    def _look(self, group: Group) -> set[str]:
        """Take from the triggers where rules of a group may begin; return their codes."""
        if self._stops is None:
            self._stops, self._dense = self._scanner._stops(self.text)
        each: defaultdict[int, list[int]] = defaultdict(list)
        targets = group.targets
        mine = list(map(targets.__contains__, self._stops[1]))
        for start, number in zip(*(compress(column, mine) for column in self._stops), strict=True):
            each[number].append(start)
        places: defaultdict[str, list[tuple[int, list[int]]]] = defaultdict(list)
        for number, starts in each.items():
            for code, distance in targets[number]:
                places[code].append((distance, starts))
        if group.rare:
            self._look_for_rare(group, places)
        self._places |= places
        self._groups.append(group)
        return set(places)

    def _look_for_rare(self, group: Group, places: dict[str, list[tuple[int, list[int]]]]) -> None:
        first = len(self._scanner._targets)
        each: defaultdict[int, list[int]] = defaultdict(list)
        if self._stops is not None and max(self._stops[1], default=0) >= first:
            for start, number in zip(*self._stops, strict=True):
                if number >= first:
                    each[number].append(start)
        for number, starts in each.items():
            for code in self._scanner._owners_of(number):
                if code in group.codes:
                    places[code].append((0, starts))

    def _look_for(self, code: str) -> None:
        if not any(code in group.codes for group in self._groups):
            self._look(self._scanner._all)

    def _starts(self, plan: _Plan) -> list[int]:
        """Where a match of the rule can begin, in order."""
        merged = [0] if plan.edge else []
        windows = self._places.get(plan.rule.code, ())
        for distance, starts in windows:
            merged += [start - distance for start in starts] if distance else starts
        if len(windows) > 1 or plan.edge:
            merged.sort()  # a few sorted runs; one place may be there twice
        if merged and merged[0] < 0:
            del merged[: bisect_left(merged, 0)]
        return merged
