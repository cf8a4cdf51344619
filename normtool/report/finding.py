"""One thing found, and where: line and column as an editor counts them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from normtool.document import Document
from normtool.edits import DISPLAY, HIGH, SAFE, UNSAFE, Edit
from normtool.origin import original_place
from normtool.records import NamedTuple

#: The kind of a finding that is about a whole speech and comes from its structure.
WARNING = "warning"


class Finding(NamedTuple):
    """An edit that was made, a suggestion that was not, or a warning about a speech.

    line, column   in the original, both from 1; columns are code points
    made           the edit is part of the cleaned text
    speech         for a warning the number of its speech, else 0
    """

    path: str
    line: int
    column: int
    edit: Edit
    made: bool
    speech: int = 0

    @property
    def status(self) -> str:
        """What becomes of it, in a word or two."""
        edit = self.edit
        if edit.kind == WARNING or edit.applicability == DISPLAY:
            return "look"
        if self.made:
            return "made"
        return "unsafe" if edit.applicability == UNSAFE else "suggested"


class Lines:
    """Where the lines of a text begin; the newline alone ends one."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = [0]
        self._starts.extend(match.end() for match in re.finditer("\n", text))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset."""
        from bisect import bisect_right

        index = bisect_right(self._starts, offset) - 1
        return index + 1, offset - self._starts[index] + 1

    def line(self, number: int) -> str:
        """The words of line ``number`` (from 1), without its newline."""
        start = self._starts[number - 1]
        if number < len(self._starts):
            return self._text[start : self._starts[number] - 1]
        return self._text[start:]


def find(document: Document, lines: Lines | None = None) -> Iterator[Finding]:
    """Yield the edits, suggestions and warnings of a document in the order of the original."""
    lines = lines or Lines(document.original)
    path = document.name
    found = [(edit.start, 1, True, edit, 0) for edit in document.edits]
    found += [(edit.start, 2, False, edit, 0) for edit in document.suggestions]
    found += [(edit.start, 0, False, edit, speech) for edit, speech in _warnings(document)]
    found.sort(key=lambda one: one[:2])
    for start, _, made, edit, speech in found:
        line, column = lines.place(start)
        yield Finding(path, line, column, edit, made, speech)


def _warnings(document: Document) -> Iterator[tuple[Edit, int]]:
    warnings: list[dict[str, Any]] = document.meta.get("warnings") or []
    if not warnings:
        return
    starts: dict[int, int] = {}
    for block in document.blocks:
        starts.setdefault(block.speech, block.start)
    for warning in warnings:
        speech = int(warning.get("speech") or 0)
        start = original_place(document, warning.get("place", starts.get(speech, 0)))
        code, said = str(warning.get("code", WARNING)), str(warning.get("message", ""))
        yield Edit(start, "", "", (code,), HIGH, DISPLAY, WARNING, said), speech


def message(finding: Finding) -> str:
    """The defect in one line: what the rules say of themselves, then the note on this place."""
    edit = finding.edit
    if edit.kind == WARNING:
        return edit.note
    import normtool.rules  # noqa: F401  (fills the table)
    from normtool.rule import RULES

    known = [RULES[code].message for code in edit.codes if code in RULES]
    said = "; ".join(known) or edit.kind
    return f"{said} ({edit.note})" if edit.note else said


def fix(finding: Finding, line: str) -> str:
    """Before → after with every blank visible, or the marked words alone if nothing changes.

    ``line`` is the line of the original on which it begins: where nothing or
    only blanks are replaced, the neighbours tell more than the edit.
    """
    edit = finding.edit
    if edit.before == edit.after:
        return visible(shorten(edit.before))
    left = right = ""
    if not edit.before.strip() and "\n" not in edit.before:
        start = finding.column - 1
        end = start + len(edit.before)
        left, right = line[max(0, start - _NEIGHBOURS) : start], line[end : end + _NEIGHBOURS]
    before = visible(left + shorten(edit.before) + right)
    after = visible(left + shorten(edit.after) + right)
    return f"{before or '(nothing)'} → {after or '(nothing)'}"


_BLANKS = {" ": "␣", "\n": "⏎", "\t": "⇥"}
_LONGEST = 60
_NEIGHBOURS = 4


def visible(text: str) -> str:
    """The text with blanks, controls and what does not print shown as signs.

    ``␣ ⏎ ⇥`` as in the examples of the rules, everything else that cannot be
    seen, or told from another, as ``⟨U+200B⟩``. No escape of a terminal gets through.
    """
    return "".join(_BLANKS.get(sign) or _printed(sign) for sign in text)


def _printed(sign: str) -> str:
    seen = sign.isprintable() and unicodedata.category(sign) not in ("Cf", "Co", "Mn", "Me")
    if seen and unicodedata.normalize("NFC", sign) == sign:  # U+F90A looks like 金
        return sign
    return f"⟨U+{ord(sign):04X}⟩"


def shorten(text: str) -> str:
    """A long text without its middle."""
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2 - 1
    return f"{text[:half]}…{text[-half:]}"


def remedy(finding: Finding) -> str:
    """What to do about it, as one says it to a person."""
    if finding.made:
        return "made"
    if finding.edit.applicability == SAFE:
        return "offered, would touch another edit"
    if finding.edit.applicability == UNSAFE:
        return "made only with --unsafe-fixes"
    return "a person should look"
