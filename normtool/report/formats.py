"""The reports of ``check --output-format``, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from normtool.document import Document
from normtool.report.concise import concise
from normtool.report.full import full
from normtool.report.github import github
from normtool.report.jsonl import jsonl

#: One line of text after the other for a cleaned document. ``color`` adds ANSI escapes.
Format = Callable[[Document, bool], Iterator[str]]
FORMATS: dict[str, Format] = {
    "full": full,
    "concise": concise,
    "jsonl": jsonl,
    "github": github,
}
#: One log for all files: ``report.sarif.results`` and ``log``.
SARIF = "sarif"
