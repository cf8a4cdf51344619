"""SARIF 2.1.0 (OASIS, 2020): one log for all files of a run, for code scanning services."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from normtool.document import Document
from normtool.report.finding import WARNING, Finding, Lines, find, message
from normtool.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"made": "warning", "unsafe": "note", "suggested": "note", "look": "note"}
_WARNINGS = {"id": WARNING, "shortDescription": {"text": "What the structure of a speech shows"}}


def results(document: Document) -> list[dict[str, Any]]:
    """The findings of one cleaned document as SARIF results.

    Regions count code points from 1 (``columnKind`` unicodeCodePoints); an edit
    that changes something comes with its fix.
    """
    lines = Lines(document.original)
    return [_result(finding, lines) for finding in find(document, lines)]


def log(found: Iterable[dict[str, Any]]) -> str:
    """The whole log, with a rule for every code that was found."""
    import json

    import normtool.rules  # noqa: F401  (fills the table)
    from normtool.rule import RULES

    found = list(found)
    codes = sorted({result["ruleId"] for result in found})
    rules = [_rule(RULES[code]) if code in RULES else _WARNINGS for code in codes]
    for result in found:
        result["ruleIndex"] = codes.index(result["ruleId"])
    driver = {
        "name": "normtool",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": rules,
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": found,
    }
    value = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(value, ensure_ascii=False, indent=1)


def _rule(rule: Any) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.message},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": rule.doc},
        "properties": {
            "applicability": rule.applicability.name.lower(),
            "certainty": rule.certainty.name.lower(),
            "kind": rule.kind,
        },
    }


def _result(finding: Finding, lines: Lines) -> dict[str, Any]:
    edit = finding.edit
    uri = {"uri": quote(finding.path, safe="/._-~")}
    last_line, last_column = lines.place(edit.start + len(edit.before))
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": last_line,
        "endColumn": last_column,
        "charOffset": edit.start,
        "charLength": len(edit.before),
    }
    result: dict[str, Any] = {
        "ruleId": WARNING if edit.kind == WARNING else edit.codes[0],
        "level": _LEVELS[finding.status],
        "message": {"text": message(finding)},
        "locations": [{"physicalLocation": {"artifactLocation": uri, "region": region}}],
        "properties": {
            "codes": list(edit.codes),
            "certainty": edit.certainty.name.lower(),
            "applicability": edit.applicability.name.lower(),
            "kind": edit.kind,
            "made": finding.made,
        },
    }
    if edit.kind != WARNING and edit.before != edit.after:
        replacement = {"deletedRegion": region, "insertedContent": {"text": edit.after}}
        change = {"artifactLocation": uri, "replacements": [replacement]}
        result["fixes"] = [{"artifactChanges": [change]}]
    return result
