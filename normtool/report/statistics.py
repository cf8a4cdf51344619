"""How often each rule found something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from normtool.document import Document
from normtool.report.color import BOLD, CYAN, RED, paint
from normtool.report.concise import MARKS
from normtool.report.finding import WARNING, find

#: What structure warns of, for all speeches together.
_WARNINGS = {
    "announced-parts": "Speech that announces more parts than it has",
    "declared-length": "Speech shorter or longer than the page says",
    "truncated": "Speech that the page shows only in part",
}

#: By code and by what becomes of it.
Counts = Counter[tuple[str, str]]


def count(document: Document, counts: Counts, totals: Counter[str]) -> int:
    """Add the findings of a document to the counts by rule and to the totals by status.

    Returns how many it has. An edit that was made for several reasons counts
    once for each rule, and once in the totals.
    """
    found = 0
    for finding in find(document):
        found += 1
        totals[finding.status] += 1
        for code in finding.edit.codes:
            counts[code, finding.status] += 1
    return found


def statistics(counts: Counts, color: bool = False) -> Iterator[str]:
    """Yield a line for each rule, the most frequent first."""
    if not counts:
        return
    size = len(str(max(counts.values())))
    longest = max(len(code) for code, _ in counts)
    for (code, status), number in _sorted(counts):
        mark = paint(f"[{MARKS.get(status, '[ ]')[1]}]", CYAN, color)
        name = paint(code.ljust(longest), RED, color)
        often = paint(str(number).rjust(size), BOLD, color)
        yield f"{often}  {name}  {mark}  {_says(code)}"


def statistics_jsonl(counts: Counts) -> Iterator[str]:
    """Yield an object for each rule, the most frequent first."""
    import json

    for (code, status), number in _sorted(counts):
        value = {"code": code, "count": number, "status": status, "message": _says(code)}
        yield json.dumps(value, ensure_ascii=False)


def _sorted(counts: Counts) -> list[tuple[tuple[str, str], int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _says(code: str) -> str:
    import normtool.rules  # noqa: F401  (fills the table)
    from normtool.rule import RULES

    return RULES[code].message if code in RULES else _WARNINGS.get(code, WARNING)
