"""Annotations for GitHub Actions: workflow commands, one a line."""

from __future__ import annotations

from collections.abc import Iterator

from normtool.document import Document
from normtool.report.finding import Lines, find, fix, message

_LEVELS = {"made": "warning", "unsafe": "notice", "suggested": "notice", "look": "notice"}


def github(document: Document, color: bool = False) -> Iterator[str]:
    """Yield ``::warning file=…,line=…,col=…,title=CODE::message`` for each finding.

    What cleaning changes unasked is a warning, all else a notice. Columns count
    code points, from 1. ``color`` has no meaning here.
    """
    lines = Lines(document.original)
    for finding in find(document, lines):
        said = message(finding)
        if finding.edit.before or finding.edit.after:
            said += f": {fix(finding, lines.line(finding.line))}"
        yield (
            f"::{_LEVELS[finding.status]} file={_property(finding.path)},line={finding.line},"
            f"col={finding.column},title={_property(','.join(finding.edit.codes))}::{_data(said)}"
        )


def _data(text: str) -> str:
    """Escaped as the runner wants it: it decodes %25, %0D and %0A."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
