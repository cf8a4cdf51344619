"""Reports: what was found in a document, for a person or a program to read.

A report is an iterator of lines of text without their newlines; nothing here
writes to a stream. ``FORMATS`` is the table of ``check --output-format``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from normtool.document import Document
from normtool.report.concise import concise
from normtool.report.finding import Finding, find, message, visible
from normtool.report.full import full
from normtool.report.github import github
from normtool.report.jsonl import jsonl
from normtool.report.patch import patch
from normtool.report.statistics import count, statistics, statistics_jsonl
from normtool.report.summary import Summary

__all__ = [
    "FORMATS",
    "SARIF",
    "Finding",
    "Summary",
    "concise",
    "count",
    "find",
    "full",
    "github",
    "jsonl",
    "message",
    "patch",
    "statistics",
    "statistics_jsonl",
    "visible",
]

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
