"""What each rule costs: so that a slow one is seen the day it is written."""

from __future__ import annotations

import time
from typing import NamedTuple

from normtool.clean import DEFAULTS, Settings, clean_document
from normtool.document import Document
from normtool.rule import CONVERSION, FAMILIES, RULES, chosen
from normtool.scan import WHOLE, Scan, Scanner

#: A rule is looked at so often, each time in a text that is one character shorter:
#: what rules remember of a text must not make the second look cheaper.
_LOOKS = 3


class Cost(NamedTuple):
    """What one rule costs on one text.

    way      how it is run: a constant of ``triggers.ways``, or "whole" for a function
    seconds  CPU time to find all its hits, the median of a few looks
    hits     how many places it finds, before overlaps are settled
    """

    code: str
    way: str
    seconds: float
    hits: int


class Costs(NamedTuple):
    """What all rules cost on one text.

    characters  code points of the text
    cleaning    CPU seconds of the whole cleaning, all rounds, rules warm
    shared      CPU seconds of the looks that all rules share: triggers, rare characters, lines
    rules       the dearest first
    """

    characters: int
    cleaning: float
    shared: float
    rules: tuple[Cost, ...]

    @property
    def seconds(self) -> float:
        """One look of all rules, with what they share."""
        return self.shared + sum(cost.seconds for cost in self.rules)


def costs(document: Document, settings: Settings = DEFAULTS) -> Costs:
    """Measure every rule on the original of a document, as its stage comes to see it.

    The rules of a family look at the text that the families before it have cleaned.
    All rules are measured, whatever ``settings`` select; what the others may change
    is theirs.
    """
    import normtool.rules  # noqa: F401  (fills the table)

    scanner = Scanner(tuple(rule for rule in RULES.values() if rule.family != CONVERSION))
    asked = chosen(RULES, settings.select, settings.ignore)
    text = document.original
    rules = []
    shared = 0.0
    for family in (one for one in FAMILIES if one != CONVERSION):
        codes = [code for code in RULES if code.startswith(family)]
        hits, seconds, together = _looked(scanner, text, codes)
        rules += [Cost(code, scanner.ways[code], seconds[code], hits[code]) for code in codes]
        shared = max(shared, together)
        select = tuple(code for code in codes if code in asked)
        if select:
            stage = settings._replace(select=select, ignore=())
            text = clean_document(Document(document.name, text), stage).text
    clean_document(document, settings)  # compiles what it needs
    start = time.process_time()
    clean_document(document, settings)
    cleaning = time.process_time() - start
    rules.sort(key=lambda cost: (-cost.seconds, cost.code))
    return Costs(len(document.original), cleaning, shared, tuple(rules))


def _looked(
    scanner: Scanner, text: str, codes: list[str]
) -> tuple[dict[str, int], dict[str, float], float]:
    """Hits and seconds of each rule, and the seconds of what they share."""
    hits = {code: sum(1 for _ in scanner.scan(text).find(code)) for code in codes}
    times: dict[str, list[float]] = {code: [] for code in codes}
    shared = []
    for look in range(_LOOKS):
        scan = scanner.scan(text[: len(text) - look - 1])
        # What is shared is made when the first rule of its kind asks: another one each time.
        first: dict[str, list[str]] = {}
        for code, way in scanner.ways.items():
            first.setdefault(way, []).append(code)
        first.pop(WHOLE, None)
        shared.append(sum(_seconds(scan, asking[look % len(asking)]) for asking in first.values()))
        for code in codes:
            times[code].append(_seconds(scan, code))
    return hits, {code: sorted(each)[_LOOKS // 2] for code, each in times.items()}, min(shared)


def _seconds(scan: Scan, code: str) -> float:
    start = time.process_time()
    for _ in scan.find(code):
        pass
    return time.process_time() - start
