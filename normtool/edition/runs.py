"""The parts of a source that a ledger tells of, put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from normtool.document import BLANK, Block
from normtool.edition.difference import Changed
from normtool.edition.entries import edits_of, once
from normtool.edition.remarks import Remark
from normtool.edits import Certainty, Edit, apply, fuse, invert


class Runs:
    """The parts of the source that are in the file, with blanks for those that are not.

    text    the cleaned text, not converted
    edits   lead to it from the original
    script  lead from it to the converted text
    lines   the number of the line that each xml:id is given to
    changed what a person did to lines, by their numbers
    remarks what they said of lines
    """

    def __init__(self, parts: list[dict[str, Any]]) -> None:
        edits = once(e for one in parts for e in edits_of(one["edits"]))
        self.script: list[Edit] = []
        self.lines: dict[str, int] = {}
        self.changed: dict[int, Changed] = {}
        self.remarks: dict[int, list[Remark]] = {}
        self._kinds: dict[int, list[Any]] = {}  # by the number of the line
        self._filled: set[int] = set()  # numbers of lines that hold nothing but blanks for others
        self._lines = 0  # newlines so far
        self._size = 0
        self._pieces: list[str] = []
        self._apart = parts[0]["apart"]
        runs = {run["start"]: run for one in parts for run in one["runs"]}
        self.regions = [[run["start"], run["end"]] for _, run in sorted(runs.items())]
        end = 0
        for start, run in sorted(runs.items()):
            if start > end:
                self._fill(start - end, run["glued"])
            elif self._pieces and not run["glued"] and not self._at_line_start():
                # The edit that was cut here had the break.
                whole = next(edit for edit in edits if edit.end == start)
                edits.append(whole._replace(start=start, before="", after="\n"))
                self._put("\n")
            self._add(run)
            end = run["end"]
        if parts[0]["size"] > end:
            self._fill(parts[0]["size"] - end, True)
        self.is_part = bool(self._filled)
        self.edits = fuse(sorted(edits))
        self.text = "".join(self._pieces)

    def _at_line_start(self) -> bool:
        last = next((piece for piece in reversed(self._pieces) if piece), "\n")
        return last.endswith("\n")

    def _put(self, words: str) -> None:
        self._pieces.append(words)
        self._lines += words.count("\n")
        self._size += len(words)

    def _add(self, run: dict[str, Any]) -> None:
        converted = "\n".join(line[0] for line in run["lines"])
        script = [edit for edit in edits_of(run.get("script", ())) if edit.before != edit.after]
        script.sort()
        text = apply(converted, invert(script))
        self.script += [edit._replace(start=edit.start + self._size) for edit in script]
        for number, line in enumerate(run["lines"]):
            if len(line) > 1:
                self._kinds[self._lines + number] = line[1:]
        for ident, number in run["idents"].items():
            self.lines[ident] = self._lines + number
        for number, changed in run["changed"].items():
            self.changed[self._lines + number] = changed
        for number, remarks in run["remarks"].items():
            self.remarks[self._lines + number] = remarks
        self._put(text)

    def _fill(self, size: int, glued: bool) -> None:
        """Blanks for what the file does not tell of, on a line of their own."""
        before = "" if self._at_line_start() else "\n"
        after = "" if glued else "\n"
        if self._apart:  # blank lines between all lines stay between all lines
            odd = (self._lines + len(before)) % 2
            before, after = before + "\n" * odd, after * 2
        if size < len(before) + len(after):
            before, after = before[:1], after[:1]
        if size < len(before) + len(after):
            before = ""
        self._filled.add(self._lines + len(before))
        self._put(before + " " * (size - len(before) - len(after)) + after)

    def blocks(self, text: str) -> Iterator[Block]:
        """What each line is, at its place in ``text``, which may be converted."""
        start = 0
        for number, words in enumerate(text.split("\n")):
            end = start + len(words)
            if number in self._kinds:
                kind, level, speech, certainty = self._kinds[number]
                yield Block(kind, start, end, level, speech, Certainty(certainty))
            elif number in self._filled:
                yield Block(BLANK, start, end)
            start = end + 1
