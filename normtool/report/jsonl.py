"""One JSON object a line, for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from normtool.document import Document, edit_to_json
from normtool.report.finding import WARNING, find, message


def jsonl(document: Document, color: bool = False) -> Iterator[str]:
    """Yield one object for each edit, suggestion and warning of a cleaned document.

    ``type`` edit | suggestion | warning; ``path``; ``line`` and ``column`` from 1;
    ``message``; for edits and suggestions the fields of the edit (``start`` in
    code points of the original), for warnings ``code`` and ``speech``.
    """
    import json

    for finding in find(document):
        value: dict[str, Any] = {
            "type": "edit" if finding.made else "suggestion",
            "path": finding.path,
            "line": finding.line,
            "column": finding.column,
            "message": message(finding),
        }
        if finding.edit.kind == WARNING:
            value |= {
                "type": WARNING,
                "code": finding.edit.codes[0],
                "speech": finding.speech,
                "start": finding.edit.start,
            }
        else:
            value |= edit_to_json(finding.edit)
        yield json.dumps(value, ensure_ascii=False)
