"""The rules, ready to run: how each is run, and the automaton of all their triggers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from normtool.native import native
from normtool.patterns import Made, assembled, compiled
from normtool.records import NamedTuple
from normtool.rule import Rule
from normtool.scan.built import Automaton, BuiltPlan, BuiltScan, automaton_of, built_plan
from normtool.scan.looking import Scan
from normtool.scan.targets import kept_targets, targets_of
from normtool.triggers.ways import RARE, SLOW, WHOLE, WINDOWS, way_of

if TYPE_CHECKING:
    from normtool.triggers.stops import Stops


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
    plans    of all of them, as the loops in C take them
    """

    codes: frozenset[str]
    always: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()
    targets: dict[int, list[tuple[str, int]]] = {}  # noqa: RUF012  (never written to)
    numbers: frozenset[int] = frozenset()
    plans: tuple[BuiltPlan, ...] = ()


class Scanner:
    """The rules, ready to run; built once, used for any number of texts."""

    def __init__(
        self, rules: Iterable[Rule], *, keep: bool = False, built: bool = native is not None
    ) -> None:
        """``keep``: what is worked out is kept for the next run; for the rules of all runs.

        ``built``: run by the loops in C; both find the same.
        """
        rules = tuple(rules)
        self._targets = targets = kept_targets(rules) if keep else targets_of(rules)
        self._plans: dict[str, Plan] = {
            rule.code: Plan(rule, way, rule.pattern or rule.needs, edge, empty)
            for rule, (way, edge, empty) in zip(rules, targets.ways, strict=True)
        }
        self._built = built
        self._rewritten: dict[str, re.Pattern[str]] = {}  # when first needed
        #: what frequent characters the rules exchange, one for one
        self._exchanged = targets.exchanged
        self.first_rare = len(targets.strings)  # the numbers of strings end before
        self._owners: dict[int, list[str]] = {}  # of rare characters, when met
        self._order = {code: place for place, code in enumerate(self._plans)}

    @cached_property
    def signs(self) -> frozenset[int]:
        """Numbers of the signs of notation."""
        return self._targets.signs_of(1)

    @cached_property
    def line_signs(self) -> frozenset[int]:
        """The same with those of the signs for lines."""
        return self._targets.signs_of(1, 2)

    @cached_property
    def _stops(self) -> Stops:
        from normtool.triggers.stops import Stops

        targets = self._targets
        return Stops(targets.strings, targets.rare, targets.automaton)

    @cached_property
    def _triggers(self) -> dict[str, list[tuple[int, int]]]:
        """The triggers of each rule, by number, and how far behind its start."""
        codes = list(self._plans)
        triggers: dict[str, list[tuple[int, int]]] = {}
        for number, place, distance in self._targets.places():
            triggers.setdefault(codes[place], []).append((number, distance))
        return triggers

    @cached_property
    def automaton(self) -> Automaton:
        """All triggers, for the loops in C."""
        return automaton_of(self._targets, len(self._plans))

    @cached_property
    def _all(self) -> Group:
        return self.group(self._plans)

    @cached_property
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
        return (BuiltScan if self._built else Scan)(self, text)

    def group(self, codes: Iterable[str]) -> Group:
        """Rules that are asked together."""
        mine = frozenset(codes)
        ours = [(code, self._plans[code]) for code in sorted(mine, key=self._order.__getitem__)]
        if self._built:
            plans = (built_plan(self._order[code], *plan) for code, plan in ours)
            return Group(mine, plans=tuple(plans))
        targets: dict[int, list[tuple[str, int]]] = {}
        for code in sorted(mine & self._triggers.keys(), key=self._order.__getitem__):
            for number, distance in self._triggers[code]:
                targets.setdefault(number, []).append((code, distance))
        always = [code for code, plan in ours if plan.edge or plan.way not in (WINDOWS, RARE)]
        rare = [code for code, plan in ours if plan.way == RARE]
        return Group(mine, tuple(always), tuple(rare), targets, frozenset(targets))

    def _lead(self, code: str) -> re.Pattern[str]:
        """The pattern of a rule, made to begin with a class that is soon searched for."""
        pattern = self._rewritten.get(code)
        if pattern is None:
            pattern = self._rewritten[code] = assembled(None, self._class(code)[1])
        return pattern

    def _class(self, code: str) -> tuple[str, Made]:
        """The class that the pattern of a rule is made to begin with, and the pattern so made."""
        pattern = self._plans[code].pattern
        assert pattern is not None
        lead = way_of(pattern)[-1]
        assert lead is not None
        return lead

    def _owners_of(self, number: int) -> list[str]:
        """The rules that begin with the rare character of a trigger."""
        owners = self._owners.get(number)
        if owners is None:
            char = self._stops.rare_character(number) or ""
            rare = (code for code, plan in self._plans.items() if plan.way == RARE)
            owners = [code for code in rare if compiled(f"[{self._class(code)[0]}]").match(char)]
            self._owners[number] = owners
        return owners
