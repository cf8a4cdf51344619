"""One line a finding: ``path:line:column: CODE message``, as compilers and editors know it."""

from __future__ import annotations

from collections.abc import Iterator

from normtool.document import Document
from normtool.report.color import BOLD, CYAN, RED, paint
from normtool.report.finding import WARNING, Finding, Lines, find, fix, message


def concise(document: Document, color: bool = False) -> Iterator[str]:
    """Yield one line for each edit, suggestion and warning of a cleaned document.

    ``[*]`` marks what cleaning does unasked, ``[?]`` what it does with
    --unsafe-fixes; without a mark a person has to look.
    """
    lines = Lines(document.original)
    for finding in find(document, lines):
        line = head(finding, color)
        if finding.edit.kind != WARNING:
            line += f": {fix(finding, lines.line(finding.line))}"
        yield line


def head(finding: Finding, color: bool) -> str:
    """Place, codes, mark and message."""
    place = paint(f"{finding.path}:{finding.line}:{finding.column}:", BOLD, color)
    codes = paint(",".join(finding.edit.codes), RED, color)
    mark = MARKS.get(finding.status, "")
    return f"{place} {codes} {paint(mark, CYAN, color) + ' ' if mark else ''}{message(finding)}"


MARKS = {"made": "[*]", "unsafe": "[?]", "suggested": "[?]"}
