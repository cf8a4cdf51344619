"""All rules in one pass over the text.

Every pattern gives *triggers* (``triggers/``); those of all rules go into one
automaton, which runs over the text once. Only where a trigger stands is a
pattern tried, so the cost grows with the text and its hits and hardly with the
number of rules. The law: ``scan.find(code)`` yields what ``rule.find`` yields.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, cast

from normtool.edits import FLAG
from normtool.patterns import Made, assembled
from normtool.rule import Rule
from normtool.triggers.ways import LEAD, LINES, RARE, SLOW, WINDOWS, way_of

Hit = tuple[int, int, str, str]
_Match = re.Match[str]

WHOLE = "whole"  # a function over the whole text


#: More than one in so many characters: too many to list where each stands.
_DENSE = 50


class _Plan(NamedTuple):
    """How one rule is run."""

    rule: Rule
    way: str
    edge: bool = False  # may begin at the start of the text, where no window need stand
    empty: bool = False  # some matches are empty and some are not


class Scanner:
    """The rules, ready to run; built once, used for any number of texts."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._plans: dict[str, _Plan] = {}
        #: the class that a pattern is made to begin with, and the pattern so made
        self._leads: dict[str, tuple[str, Made]] = {}
        self._rewritten: dict[str, re.Pattern[str]] = {}  # of leads, when first needed
        #: of each trigger string: the rules it belongs to and its distance from their start
        targets: dict[str, list[tuple[str, int]]] = {}
        rare: list[str] = []
        for rule in rules:
            if rule.pattern is None:
                self._plans[rule.code] = _Plan(rule, WHOLE)
                continue
            way, edge, empty, windows, lead = way_of(rule.pattern)
            self._plans[rule.code] = _Plan(rule, way, edge, empty)
            if lead is not None:
                self._leads[rule.code] = lead
                if way == RARE:
                    rare.append(lead[0])
            for offset, strings in windows:
                for string in strings:
                    targets.setdefault(string, []).append((rule.code, offset))
        self._targets = list(targets.values())
        self._stops = _automaton(list(targets))
        # A run of them; re looks for [x][x]* twice as fast as for [x]+.
        chars = f"[{''.join(rare)}]"
        self._rare = re.compile(f"{chars}{chars}*+") if rare else None

    @property
    def ways(self) -> dict[str, str]:
        """How each rule is run, by its code: one of the constants of this module."""
        return {code: plan.way for code, plan in self._plans.items()}

    @property
    def slow(self) -> set[str]:
        """The codes of rules without a trigger, for which re looks at every character."""
        return {code for code, plan in self._plans.items() if plan.way == SLOW}

    def scan(self, text: str) -> Scan:
        """Look at ``text`` once, for all rules."""
        return Scan(self, text)

    def _lead(self, code: str) -> re.Pattern[str]:
        pattern = self._rewritten.get(code)
        if pattern is None:
            pattern = self._rewritten[code] = assembled(None, self._leads[code][1])
        return pattern

    @cached_property
    def _classes(self) -> dict[str, re.Pattern[str]]:
        """The class that each rare rule begins with."""
        return {
            code: re.compile(f"[{self._leads[code][0]}]")
            for code, plan in self._plans.items()
            if plan.way == RARE
        }

    def _places(self, text: str) -> dict[str, list[tuple[int, list[int]]]]:
        """For each rule the places of its windows: lists of offsets, with their distance."""
        stops: defaultdict[int, list[int]] = defaultdict(list)
        for string, start, _ in self._stops(text):
            stops[string].append(start)
        places: defaultdict[str, list[tuple[int, list[int]]]] = defaultdict(list)
        for string, starts in stops.items():
            for code, distance in self._targets[string]:
                places[code].append((distance, starts))
        return places


class Scan:
    """What one look at one text found. Cheap to make: the automaton runs when first needed."""

    __slots__ = ("_lines", "_places", "_rare", "_scanner", "text")

    def __init__(self, scanner: Scanner, text: str) -> None:
        self.text = text
        self._scanner = scanner
        self._places: dict[str, list[tuple[int, list[int]]]] | None = None
        self._lines: list[int] | None = None
        self._rare: dict[str, list[int] | None] | None = None

    def find(self, code: str) -> Iterator[Hit]:
        """Yield ``(start, end, after, note)`` as ``RULES[code].find(text)`` does, but sooner.

        Raises KeyError if the scanner was not given that rule.
        """
        plan = self._scanner._plans[code]
        if plan.way == WHOLE:
            return plan.rule.find(self.text)
        return _made(plan.rule, self.matches(code))

    def matches(self, code: str) -> Iterator[_Match]:
        """Yield the matches of the pattern of a rule, leftmost first, none overlapping."""
        plan = self._scanner._plans[code]
        pattern = plan.rule.pattern
        if pattern is None:
            raise ValueError(f"{code} has no pattern")
        if plan.way == WINDOWS:
            starts = self._starts(plan)
        elif plan.way == LINES:
            if self._lines is None:
                self._lines = [0, *(found.end() for found in _NEWLINE(self.text))]
            starts = self._lines
        elif plan.way == SLOW:
            return pattern.finditer(self.text)
        elif plan.way == LEAD:
            return self._scanner._lead(code).finditer(self.text)
        else:
            rare = self._rare_starts().get(code, [])
            if rare is None:
                return self._scanner._lead(code).finditer(self.text)
            starts = rare
        if not starts:
            return iter(())
        return (_tried_twice if plan.empty else _tried)(pattern, self.text, starts)

    def _rare_starts(self) -> dict[str, list[int] | None]:
        """Where the first characters of the rare rules stand; None: in too many places."""
        if self._rare is None:
            text = self.text
            rare = self._scanner._rare
            spans = [found.span() for found in rare.finditer(text)] if rare is not None else []
            dense = sum(end - start for start, end in spans) * _DENSE > len(text)
            places: defaultdict[str, list[int]] = defaultdict(list)
            if dense:
                places.update((char, []) for start, end in spans for char in text[start:end])
            else:
                for start, end in spans:
                    for place in range(start, end):
                        places[text[place]].append(place)
            seen = "".join(places)
            self._rare = {}
            for code, chars in self._scanner._classes.items() if seen else ():
                first = chars.findall(seen)
                if first:
                    starts = [place for char in first for place in places[char]]
                    self._rare[code] = None if dense else sorted(starts)
        return self._rare

    def _starts(self, plan: _Plan) -> list[int]:
        """Where a match of the rule can begin, in order."""
        if self._places is None:
            self._places = self._scanner._places(self.text)
        windows = self._places.get(plan.rule.code, [])
        if not windows:
            return [0] if plan.edge else []
        if len(windows) == 1 and not plan.edge:
            distance, starts = windows[0]
            if distance == 0:
                return starts
            return [start - distance for start in starts if start >= distance]
        merged = [0] if plan.edge else []
        for distance, starts in windows:
            merged += [start - distance for start in starts] if distance else starts
        merged.sort()  # a few sorted runs; one place may be there twice
        return merged


_NEWLINE = re.compile("\n").finditer


def _tried(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[_Match]:
    """The matches that begin at ``starts`` (sorted, complete), as finditer gives them."""
    match = pattern.match
    end = 0
    last = -1
    for start in starts:
        if start >= end and start != last:
            last = start
            found = match(text, start)
            if found is not None:
                end = found.end()
                yield found


def _tried_twice(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[_Match]:
    """The same for a pattern that may match nothing: there finditer asks for more, once."""
    end = 0
    last = -1
    for start in starts:
        if start >= end and start != last:
            last = start
            scanner = pattern.scanner(text, start)  # type: ignore[attr-defined]
            found = scanner.match()
            if found is not None:
                yield found
                if found.end() == start:
                    found = scanner.match() or found
                    if found.end() > start:
                        yield found
                end = found.end()


def _made(rule: Rule, matches: Iterable[_Match]) -> Iterator[Hit]:
    """``rule.at`` for each match, with what is the same for all decided once."""
    if rule.table is not None:
        table = rule.table
        for match in matches:
            yield match.start(), match.end(), table[match[0]], ""
        return
    fix = rule.fix
    flag = rule.kind == FLAG
    part = rule.pattern is not None and "(?P<edit>" in rule.pattern.pattern
    for match in matches:
        fixed = fix(match)
        if isinstance(fixed, str):
            after, note = fixed, ""
        elif fixed is None:
            continue
        else:
            after, note = cast("tuple[str, str]", fixed)
        start, end = match.span("edit") if part else match.span()
        if start >= 0 and (flag or after != match.string[start:end]):
            yield start, end, after, note


def _automaton(strings: list[str]) -> Callable[[str], Iterable[tuple[int, int, int]]]:
    """Compile the strings: a function from a text to (index of string, start, end) of each."""
    if not strings:
        return lambda text: ()
    from ahocorasick_rs import AhoCorasick, Implementation

    # The table of all steps is half as fast again, but takes long to fill for a dictionary.
    form = Implementation.DFA if len(strings) < _DICTIONARY else None
    find = AhoCorasick(strings, store_patterns=False, implementation=form)
    return lambda text: find.find_matches_as_indexes(text, overlapping=True)


_DICTIONARY = 4000
