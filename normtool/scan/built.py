"""A scan whose loops run in C (``normtool.native``); it finds what ``Scan`` finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from normtool.edits import FLAG, Layer
from normtool.native import native
from normtool.rule import Rule
from normtool.scan.looking import Scan
from normtool.scan.trying import Hit, tried, tried_twice
from normtool.triggers.ways import EACH, LINES, RARE, WINDOWS

if TYPE_CHECKING:
    from normtool.scan.scanner import Group, Plan, Scanner
    from normtool.scan.targets import Targets

#: ``normtool.native.built.Automaton``
Automaton = Any
#: What ``native/found.c`` takes of a rule: code, how, number, pattern, may it match nothing,
#: fix, table, is it a flag, has it a part to be replaced, may it begin at the start.
BuiltPlan = tuple[str, int, int, Any, bool, Callable[..., object], Any, bool, bool, bool]

#: How a rule is run, in the numbers of ``native/found.c``; ASK: by ``Scan.find``.
STARTS, BY_RARE, BY_LINES, NEEDS, ASK = range(5)
_HOW = {WINDOWS: STARTS, RARE: BY_RARE, LINES: BY_LINES}


def automaton_of(targets: Targets, rules: int) -> Automaton:
    """The triggers of so many rules as the loops in C look for them."""
    pairs = "".join(old + new for old, new in targets.exchanged.items())
    return native.Automaton(
        targets.strings, rules, targets.first, targets.owners, targets.signs, targets.ranges, pairs
    )


def built_plan(
    number: int, rule: Rule, way: str, pattern: re.Pattern[str] | None, edge: bool, empty: bool
) -> BuiltPlan:
    """How the loops in C run a rule; ``number`` is its place among the rules."""
    how = _HOW.get(way, ASK)
    if rule.pattern is None:
        how = NEEDS if how == STARTS else ASK
    part = rule.pattern is not None and "(?P<edit>" in rule.pattern.pattern
    flag = rule.kind == FLAG
    return rule.code, how, number, pattern, empty, rule.fix, rule.table, flag, part, edge


class BuiltScan(Scan):
    """What one look at one text found, in columns of C."""

    __slots__ = ("_built",)

    def __init__(self, scanner: Scanner, text: str, built: Any = None) -> None:
        super().__init__(scanner, text)
        self._built = built or native.Scan(scanner.automaton, text)

    def after(self, layer: Layer, text: str) -> Scan:
        """The scan of ``text``, which the layer makes of the text of this one."""
        built = self._built.after(text, layer.starts, layer.befores, layer.afters)
        return BuiltScan(self._scanner, text, built)

    def found(self, group: Group) -> list[tuple[str, list[Hit]]]:
        """What those rules of a group find that find something, in no order of the rules."""
        found: list[tuple[str, list[Hit]]] = self._built.found(group.plans, self._asked)
        return found

    def _asked(self, code: str) -> list[Hit]:
        """What a rule finds that the loops in C do not run."""
        plan = self._scanner._plans[code]
        if plan.rule.pattern is None and plan.rule.line is None and plan.way == WINDOWS:
            return list(plan.rule.find(self.text))  # what it needs is there
        return list(self.find(code))

    def exchange(self, code: str) -> tuple[Layer, str] | None:
        """See ``Scan.exchange``."""
        plan = self._scanner._plans[code]
        if plan.way != EACH:
            return None
        rule = plan.rule
        assert rule.table is not None
        assert rule.pattern is not None
        pairs = "".join(old + new for old, new in rule.table.items())
        starts, befores, afters, text = native.exchange(self.text, rule.pattern.match, pairs)
        why = (rule.code,), rule.certainty, rule.applicability, rule.kind, ""
        return Layer(starts, befores, afters, [why] * len(starts), even=True), text

    def _signs(self) -> list[int] | None:
        signs: list[int] | None = self._built.signs()
        return signs

    def _matches(self, plan: Plan) -> Iterator[re.Match[str]]:
        pattern, code = plan.pattern, plan.rule.code
        assert pattern is not None
        if plan.way not in (WINDOWS, RARE):
            return super()._matches(plan)
        starts = self._built.starts(self._scanner._order[code])
        if plan.way == RARE and self._built.dense:
            return self._scanner._lead(code).finditer(self.text)
        if plan.edge:
            starts.insert(0, 0)
        return (tried_twice if plan.empty else tried)(pattern, self.text, starts)
