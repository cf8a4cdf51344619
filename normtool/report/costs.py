"""What the rules cost on a text, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Container, Iterator

from normtool.costs import Costs
from normtool.report.color import BOLD, RED, paint
from normtool.rule import RULES


def costs_lines(costs: Costs, codes: Container[str], color: bool = False) -> Iterator[str]:
    """Yield a line for each of the rules ``codes``, the dearest first, and what all need."""
    whole = costs.seconds
    yield paint("  time ms  share  ns/char     hits  way      rule", BOLD, color)
    for cost in costs.rules:
        if cost.code in codes:
            yield (
                f"{cost.seconds * 1e3:9.3f} {_share(cost.seconds, whole)} "
                f"{_each(cost.seconds, costs):8.2f} {cost.hits:8}  {cost.way:7}  "
                f"{paint(cost.code, RED, color)} {RULES[cost.code].message}"
            )
    yield ""
    for seconds, what in (
        (costs.shared, "the scan that all rules share"),
        (whole, "all rules once, with the scan"),
        (costs.cleaning, "cleaning: rounds until nothing changes, edits composed"),
    ):
        yield f"{seconds * 1e3:9.3f} {_share(seconds, whole)} {_each(seconds, costs):8.2f}  {what}"
    yield f"{costs.characters} characters; CPU time, the median of three looks"


def costs_json(costs: Costs, codes: Container[str]) -> Iterator[str]:
    """The same as one JSON text; times in seconds and in ns a character, share of 1."""
    import json

    value = {
        "characters": costs.characters,
        "seconds": costs.seconds,
        "scan_seconds": costs.shared,
        "cleaning_seconds": costs.cleaning,
        "rules": [
            {
                "code": cost.code,
                "name": RULES[cost.code].name,
                "way": cost.way,
                "seconds": cost.seconds,
                "share": cost.seconds / costs.seconds if costs.seconds else 0.0,
                "ns_per_character": _each(cost.seconds, costs),
                "hits": cost.hits,
            }
            for cost in costs.rules
            if cost.code in codes
        ],
    }
    yield json.dumps(value, ensure_ascii=False, indent=2)


def _share(seconds: float, whole: float) -> str:
    return f"{100 * seconds / whole if whole else 0.0:5.1f}%"


def _each(seconds: float, costs: Costs) -> float:
    return seconds * 1e9 / max(costs.characters, 1)
