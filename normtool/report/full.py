"""A finding with its line, a caret under the place, and before → after."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from normtool.document import Document
from normtool.report.color import BLUE, GREEN, RED, paint
from normtool.report.concise import head
from normtool.report.finding import WARNING, Finding, Lines, find, fix, remedy, visible

#: How much of a line is shown on each side of the place, in columns of a terminal: a
#: paragraph of a speech is one line of many hundred characters.
_BEFORE, _AFTER, _MARKED = 30, 40, 40


def full(document: Document, color: bool = False) -> Iterator[str]:
    """Yield the lines of the report for a cleaned document; an empty one ends each finding."""
    lines = Lines(document.original)
    for finding in find(document, lines):
        yield head(finding, color)
        line = lines.line(finding.line)
        yield from _excerpt(finding, line, color)
        if finding.edit.kind != WARNING:
            yield f"  = {fix(finding, line)}  ({remedy(finding)})"
        yield ""


def _excerpt(finding: Finding, line: str, color: bool) -> Iterator[str]:
    start = finding.column - 1
    length = len(finding.edit.before.split("\n", 1)[0])
    left = _fit(line[:start][::-1], _BEFORE)[::-1]
    marked = _fit(line[start : start + length], _MARKED)
    right = "" if len(marked) < length else _fit(line[start + length :], _AFTER)
    front = "…" if len(left) < start else ""
    rest = "…" if start + len(marked) + len(right) < len(line) else ""
    left, marked, right = (_one_line(part) for part in (left, marked, right))
    number = str(finding.line)
    margin = " " * len(number)
    bar = paint("|", BLUE, color)
    caret = "^" * max(1, width(marked))
    tone = GREEN if finding.made else RED
    yield f"{margin} {bar}"
    yield f"{paint(number, BLUE, color)} {bar} {front}{left}{marked}{right}{rest}"
    yield f"{margin} {bar} {' ' * (width(front) + width(left))}{paint(caret, tone, color)}"


def _one_line(text: str) -> str:
    """Blanks stay blank, so that the line looks as it does in an editor; the rest is shown."""
    return "".join(" " if sign == "\t" else sign if sign == " " else visible(sign) for sign in text)


def _fit(text: str, columns: int) -> str:
    """As much from the beginning of the text as fits."""
    size = 0
    for index, sign in enumerate(text):
        size += width(_one_line(sign))
        if size > columns:
            return text[:index]
    return text


def width(text: str) -> int:
    """Columns that a terminal needs for the text (UAX 11: wide and full-width take two)."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
