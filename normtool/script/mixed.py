"""Lines that are in another script than the rest of their file."""

from __future__ import annotations

from typing import Any

from normtool.document import Document
from normtool.origin import original_lines, ranges
from normtool.script.conversion import Conversion
from normtool.variants import HANS, HANT, MIXED

_SAYS = {HANS: "simplified", HANT: "traditional", MIXED: "in both scripts at once"}


def mixed_lines(document: Document, convert: Conversion) -> list[dict[str, Any]]:
    """A warning with the lines that differ, or none; ``convert`` is for the text of ``document``.

    Lines are those of the original. ``place`` is where the first of them begins in the text.
    """
    majority = convert.found.majority
    found: dict[str, list[int]] = {}
    for number, script in enumerate(convert.lines, 1):
        if script != majority and script in _SAYS:
            found.setdefault(script, []).append(number)
    if not found:
        return []
    said = []
    for script, numbers in sorted(found.items(), key=lambda one: one[1][0]):
        lines = original_lines(document, numbers)
        are = "lines {} are" if len(lines) > 1 else "line {} is"
        said.append(f"{are.format(ranges(lines))} {_SAYS[script]}")
    how = "each is converted from its own" if convert.by_line else "all are converted alike"
    lines_before = document.text.split("\n")[: min(map(min, found.values())) - 1]
    return [
        {
            "speech": 0,
            "code": "mixed-script",
            "message": f"{', '.join(said)}, the rest {_SAYS[majority]}: {how}",
            "place": sum(map(len, lines_before)) + len(lines_before),
        }
    ]
