"""What is true of a file as a whole: it says more of the source than any single edit.

Found once, from what cleaning did and pointed at, so that the evidence and the
edits cannot disagree; kept in ``meta["evidence"]`` and shown in the summary.
"""

from __future__ import annotations

from collections import Counter
from itertools import compress
from typing import Any

from normtool.document import Document
from normtool.origin import original_lines, ranges
from normtool.variants import HANS, HANT, MIXED, NONE, is_shinjitai, line_script, signs

_HALF, _FULL = ",;:!?", "，；：！？"
#: So many half-width marks in Chinese are no slips,
_MANY = 10
#: and so few full-width ones among them are what the fold left out.
_FEW = 20
#: Fewer joined lines may be an accident.
_WRAPS = 3
#: A line of the other script may be a quotation.
_LINES = 2


def evidence(document: Document) -> dict[str, dict[str, Any]]:
    """Return the evidence of a cleaned document, by kind; {} where nothing is remarkable.

    folded   marks were folded to ASCII throughout (NFKC): how many, and how many were not
    wrapped  lines end at a regular width: how many were joined, and at how many characters
    pinyin   a reading stands behind every character: how many were taken out
    spun     a program replaced words by synonyms: the places
    deleted  words that no text is without do not occur
    scripts  lines in simplified and in traditional characters: how many of each, and
             which lines of the original are not in the script of the most
    """
    made = document.columns
    # Thousands of edits have a few dozen reasons, each one object.
    reasons = dict(zip(map(id, made.whys), made.whys, strict=True))
    edits: Counter[str] = Counter()
    for reason, times in Counter(map(id, made.whys)).items():
        for code in reasons[reason][0]:
            edits[code] += times
    shown = Counter(code for edit in document.suggestions for code in edit.codes)
    found: dict[str, dict[str, Any]] = {}
    of_marks = {key for key, why in reasons.items() if "PUN101" in why[0] or "PUN102" in why[0]}
    marks = compress(made.befores, map(of_marks.__contains__, map(id, made.whys)))
    half = sum(map("".join(marks).count, _HALF))
    full = sum(map(document.original.count, _FULL))
    if half >= _MANY and full * _FEW <= half:
        found["folded"] = {"half_width": half, "full_width": full}
    if edits["BRK106"] >= _WRAPS:
        found["wrapped"] = {"lines": edits["BRK106"], "width": _width(document)}
    if edits["ADS113"]:
        found["pinyin"] = {"readings": edits["ADS113"]}
    if shown["QLT125"]:
        found["spun"] = {"places": shown["QLT125"]}
    if shown["QLT127"]:
        found["deleted"] = {"words": ["的", "在", "是"]}
    both = signs(document.text)
    if both.script() == MIXED and not is_shinjitai(document.text, both):
        found |= _scripts(document, both.majority)
    return found


def _width(document: Document) -> int:
    """The most usual length of the lines that were joined to the next, in characters."""
    original = document.original
    lengths = Counter(
        start - (original.rfind("\n", 0, start) + 1)
        for start, why in zip(document.columns.starts, document.columns.whys, strict=True)
        if "BRK106" in why[0]
    )
    return lengths.most_common(1)[0][0]


def _scripts(document: Document, majority: str) -> dict[str, dict[str, Any]]:
    lines = document.text.split("\n")
    scripts = [line_script(line, majority) if line.strip() else NONE for line in lines]
    counts = Counter(scripts)
    if min(counts[HANS], counts[HANT]) < _LINES:
        return {}
    other = [number for number, script in enumerate(scripts, 1) if script not in (majority, NONE)]
    facts = {
        "simplified": counts[HANS],
        "traditional": counts[HANT],
        "lines": ranges(original_lines(document, other)),
    }
    return {"scripts": facts}
