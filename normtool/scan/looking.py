"""What one look at one text found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from itertools import repeat
from typing import TYPE_CHECKING

from normtool.edits import Layer
from normtool.notation import notation
from normtool.scan.exchange import exchange, standing_all
from normtool.scan.trying import Hit, made, standing, tried, tried_often, tried_twice
from normtool.triggers.ways import EACH, LEAD, LINES, RARE, SLOW

if TYPE_CHECKING:
    from normtool.scan.scanner import Group, Plan, Scanner
    from normtool.triggers.stops import Places

_Match = re.Match[str]

#: Edits as frequent as one in so many characters: the automaton runs anew.
_MANY = 30


class Scan:
    """What one look at one text found. Cheap to make: the automaton runs when first needed."""

    __slots__ = (
        "_dense",
        "_each",
        "_lines",
        "_looked",
        "_notation",
        "_numbers",
        "_places",
        "_rare",
        "_scanner",
        "_stops",
        "text",
    )

    def __init__(self, scanner: Scanner, text: str) -> None:
        self.text = text
        self._scanner = scanner
        self._stops: Places | None = None
        self._dense = False  # rare characters are many, and no stops
        self._each: dict[int, list[int]] | None = None
        self._numbers: set[int] = set()  # of the triggers that stand here
        self._rare: list[int] = []  # the numbers of the rare characters that stand here
        self._looked: set[str] = set()  # codes of the groups that were asked for
        self._notation: tuple[tuple[int, int], ...] | None = None
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

    def found(self, group: Group) -> list[tuple[str, list[Hit]]]:
        """What those rules of a group find that find something, in no order of the rules."""
        codes = self._look(group).union(group.always, group.rare if self._dense else ())
        each = ((code, list(self.find(code))) for code in codes)
        return [(code, hits) for code, hits in each if hits]

    def notation(self) -> tuple[tuple[int, int], ...]:
        """Where the text is no prose: see ``notation``."""
        if self._notation is None:
            self._notation = notation(self.text, self._signs())
        return self._notation

    def _signs(self) -> list[int] | None:
        """Where the signs of notation stand; None if nobody has looked."""
        if self._stops is None:
            return None
        each, scanner = self._triggers(), self._scanner
        if scanner.signs.isdisjoint(each):
            return []
        return sorted(
            place for number in scanner.line_signs & each.keys() for place in each[number]
        )

    def find(self, code: str) -> Iterator[Hit]:
        """Yield ``(start, end, after, note)`` as ``RULES[code].find(text)`` does, but sooner.

        Raises KeyError if the scanner was not given that rule.
        """
        plan = self._scanner._plans[code]
        if plan.rule.pattern is not None:
            return made(plan.rule, self._matches(plan))
        if plan.rule.line is not None:
            return plan.rule.on_lines(self.text, self._matches(plan))
        if plan.pattern is not None and next(self._matches(plan), None) is None:
            return iter(())
        return plan.rule.find(self.text)

    def matches(self, code: str) -> Iterator[_Match]:
        """Yield the matches of the pattern of a rule, leftmost first, none overlapping."""
        plan = self._scanner._plans[code]
        if plan.rule.pattern is None:
            raise ValueError(f"{code} has no pattern")
        return self._matches(plan)

    def _matches(self, plan: Plan) -> Iterator[_Match]:
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
            way = tried_twice if plan.empty else tried_often
            return way(pattern, self.text, self._lines)
        if plan.way == LEAD:
            return self._scanner._lead(code).finditer(self.text)
        if code not in self._looked:
            self._look(self._scanner._all)
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

    def _triggers(self) -> dict[int, list[int]]:
        """Where each trigger stands, by its number."""
        if self._each is None:
            if self._stops is None:
                self._stops, self._dense = self._scanner._stops(self.text)
            each: defaultdict[int, list[int]] = defaultdict(list)
            for place, number in zip(*self._stops, strict=True):
                each[number].append(place)
            self._each = each
            self._numbers = set(each)
            first = self._scanner.first_rare
            self._rare = [number for number in each if number >= first]
        return self._each

    def _look(self, group: Group) -> set[str]:
        """Take from the triggers where rules of a group may begin; return their codes."""
        each = self._triggers()
        targets = group.targets
        places: defaultdict[str, list[tuple[int, list[int]]]] = defaultdict(list)
        for number in group.numbers & self._numbers:
            for code, distance in targets[number]:
                places[code].append((distance, each[number]))
        for number in self._rare if group.rare else ():
            for code in self._scanner._owners_of(number):
                if code in group.codes:
                    places[code].append((0, each[number]))
        self._places |= places
        self._looked |= group.codes
        return set(places)

    def _starts(self, plan: Plan) -> list[int]:
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
