"""Problems as lines: with an excerpt, one line each, or one JSON object each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtool.report.color import BLUE, BOLD, RED, paint
from normtool.validate.problem import RULES, Problem

FORMATS = ("full", "concise", "jsonl")
#: How much of a line is shown, in code points: a paragraph is one line of many hundred.
_SHOWN = 76


def lines(
    path: str, data: bytes, problems: list[Problem], form: str, color: bool = False
) -> Iterator[str]:
    """Yield the report on one file; ``form`` is one of FORMATS."""
    if form == "jsonl":
        import json

        for problem in problems:
            yield json.dumps({"path": path, **problem._asdict()}, ensure_ascii=False)
        return
    text = data.decode("utf-8", "replace").split("\n") if form == "full" and problems else []
    for problem in problems:
        place = paint(f"{path}:{problem.line}:" if problem.line else f"{path}:", BOLD, color)
        yield f"{place} {paint(problem.rule, RED, color)} {problem.message}"
        if form == "full":
            yield from _excerpt(problem, text, color)
            yield f"  = {RULES[problem.rule]}"
            yield ""


def _excerpt(problem: Problem, text: list[str], color: bool) -> Iterator[str]:
    """The line, from the element on that the problem is about."""
    if not 0 < problem.line <= len(text):
        return
    line = text[problem.line - 1].strip()
    found = (
        re.search(rf'<[^<>]*xml:id="{re.escape(problem.ident)}"', line) if problem.ident else None
    )
    start = found.start() if found is not None else 0
    shown = line[start : start + _SHOWN]
    front, rest = "…" if start else "", "…" if start + len(shown) < len(line) else ""
    number = str(problem.line)
    bar = paint("|", BLUE, color)
    yield f"{' ' * len(number)} {bar}"
    yield f"{paint(number, BLUE, color)} {bar} {front}{shown}{rest}"
    yield f"{' ' * len(number)} {bar}"
