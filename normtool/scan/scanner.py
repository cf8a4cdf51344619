"""The rules, ready to run: how each is run, and the automaton of all their triggers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from normtool.notation import LINE_SIGNS, SIGNS
from normtool.patterns import Made, assembled, compiled
from normtool.records import NamedTuple
from normtool.rule import Rule
from normtool.scan.exchange import is_exchange
from normtool.scan.looking import Scan
from normtool.triggers.stops import Stops, exchangeable
from normtool.triggers.ways import EACH, RARE, SLOW, WHOLE, WINDOWS, way_of

#: Owner of the triggers that are signs of notation.
_NOTATION = ""


class Plan(NamedTuple):
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
    numbers  of all their triggers
    """

    codes: frozenset[str]
    always: tuple[str, ...]
    rare: tuple[str, ...]
    targets: dict[int, list[tuple[str, int]]]
    numbers: frozenset[int]


class Scanner:
    """The rules, ready to run; built once, used for any number of texts."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._plans: dict[str, Plan] = {}
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
                self._plans[rule.code] = Plan(rule, WHOLE)
                continue
            way, edge, empty, windows, lead = way_of(pattern)
            if lead is not None:
                self._leads[rule.code] = lead
                if way == RARE:
                    rare.append(lead[0])
                elif rule.table and is_exchange(rule.table):
                    way = EACH
                    self._exchanged.update(rule.table)
            self._plans[rule.code] = Plan(rule, way, pattern, edge, empty)
            for offset, strings in windows:
                for string in strings:
                    targets.setdefault(string, []).append((rule.code, offset))
        for sign in (*SIGNS, *LINE_SIGNS):
            targets.setdefault(sign, []).append((_NOTATION, sign in SIGNS))
        targets = exchangeable(targets, self._exchanged)
        self._targets = list(targets.values())
        signs = list(enumerate(self._targets))
        #: numbers of the signs of notation, and of those for lines, too
        self.signs = frozenset(number for number, ours in signs if (_NOTATION, True) in ours)
        self.line_signs = self.signs | {n for n, ours in signs if (_NOTATION, False) in ours}
        self._stops = Stops(list(targets), "".join(rare))
        self.first_rare = len(targets)  # the numbers of strings end before
        self._owners: dict[int, list[str]] = {}  # of rare characters, when met
        #: the triggers of each rule, by number, and how far behind its start
        self._triggers: dict[str, list[tuple[int, int]]] = {}
        for number, owners in enumerate(self._targets):
            for code, distance in owners:
                self._triggers.setdefault(code, []).append((number, distance))
        self._order = {code: place for place, code in enumerate(self._plans)}
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
        targets: dict[int, list[tuple[str, int]]] = {}
        for code in sorted(mine & self._triggers.keys(), key=self._order.__getitem__):
            for number, distance in self._triggers[code]:
                targets.setdefault(number, []).append((code, distance))
        plans = [(code, plan) for code, plan in self._plans.items() if code in mine]
        always = [code for code, plan in plans if plan.edge or plan.way not in (WINDOWS, RARE)]
        rare = [code for code, plan in plans if plan.way == RARE]
        return Group(mine, tuple(always), tuple(rare), targets, frozenset(targets))

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
            owners = [code for code in rare if compiled(f"[{self._leads[code][0]}]").match(char)]
            self._owners[number] = owners
        return owners
