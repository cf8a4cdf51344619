"""What was done to many files, on one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from normtool.document import Document
from normtool.edits import DISPLAY, GAP, UNSAFE
from normtool.report.color import BOLD, RED, YELLOW, paint

#: What each kind of evidence says of one file, and what it is called for many.
_EVIDENCE = {
    "folded": "marks folded to ASCII throughout ({half_width}, and {full_width} full-width)",
    "wrapped": "hard wraps at {width} characters ({lines} lines joined)",
    "pinyin": "a reading behind every character ({readings} taken out)",
    "spun": "words replaced by a program ({places} places)",
    "deleted": "not one {words[0]}, {words[1]} or {words[2]}: small words were deleted",
    "scripts": "both scripts ({simplified} lines simplified, {traditional} traditional: "
    "{lines} differ)",
}
_KINDS = {
    "folded": "marks folded to ASCII throughout",
    "wrapped": "hard wraps",
    "pinyin": "readings behind every character",
    "spun": "words replaced by a program",
    "deleted": "small words deleted",
    "scripts": "both scripts",
}
#: What is only counted.
_COUNTS = ("files", "speeches", "written", "made", "unsafe", "look", "doubts", "gaps", "characters")
#: Lines of a terminal.
_SCREEN = 24


class Summary:
    """Counts documents as they pass by."""

    def __init__(self) -> None:
        self.files = 0
        self.speeches = 0
        self.failures = 0
        #: Files that were done before, and not again.
        self.kept = 0
        self.written = 0
        self.made = 0
        #: By family; an edit made for reasons of two families counts in both.
        self.edits: Counter[str] = Counter()
        self.unsafe = 0
        self.look = 0
        #: Places of conversions where only a guess was possible.
        self.doubts = 0
        self.gaps = 0
        self.characters = 0
        #: How many warnings there are, and those that can be shown.
        self.warned = 0
        self.warnings: list[str] = []
        #: Of each kind of evidence: how many files, and what the last of them says.
        self.evidence: dict[str, tuple[int, dict[str, Any]]] = {}

    def __getstate__(self) -> dict[str, Any]:
        # One a file comes from another process: most of it says nothing.
        state = {name: value for name, value in self.__dict__.items() if value}
        return state | {"edits": dict(self.edits)} if self.edits else state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__()  # type: ignore[misc]
        self.__dict__ |= state | {"edits": Counter(state.get("edits", ()))}

    def add(self, document: Document, converted: Iterable[Document] = ()) -> None:
        """Count one document, as it was before the conversion of its script.

        Of what it was converted to, only further warnings count.
        """
        document = document.cleaned or document
        self.files += 1
        self.speeches += len(document.speeches)
        self.characters += len(document.original)
        whys = document.columns.whys
        self.made += len(whys)
        for (codes, kind), times in Counter(map(itemgetter(0, 3), whys)).items():
            self.edits.update(dict.fromkeys({code[:3] for code in codes}, times))
            self.gaps += times * (kind == GAP)
        for edit in document.suggestions:
            self.unsafe += edit.applicability == UNSAFE
            self.look += edit.applicability == DISPLAY
        for kind, facts in (document.meta.get("evidence") or {}).items():
            self.evidence[kind] = (self.evidence.get(kind, (0, {}))[0] + 1, facts)
        converted = tuple(converted)
        for one in {one.script: one for one in converted if one.script}.values():
            from normtool.script import conversion_findings

            self.doubts += sum(
                edit.codes[0].startswith("SCR3") for edit in conversion_findings(one)
            )
        said = [warning for one in (document, *converted) for warning in _warnings(one)]
        self._warn([f"{document.name}: {message}" for message in dict.fromkeys(said)])

    def merge(self, other: Summary) -> None:
        """Count what another summary counted."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for family, number in other.edits.items():
            self.edits[family] += number
        for kind, (files, facts) in other.evidence.items():
            self.evidence[kind] = (self.evidence.get(kind, (0, {}))[0] + files, facts)
        if other.warned:
            self._warn(other.warnings, other.warned)

    def _warn(self, warnings: list[str], number: int | None = None) -> None:
        self.warned += len(warnings) if number is None else number
        self.warnings += warnings[: max(0, _SCREEN - len(self.warnings))]

    def lines(self, where: str = "", color: bool = False) -> Iterator[str]:
        """Yield the lines of the summary; ``where`` tells what was written, and where."""
        lines = [*self._head(where, color), *self._families()]
        if self.gaps:
            lines.append(f"  {_count(self.gaps, 'gap')} marked □: something is lost there")
        lines += self._evidence()
        see = "see `normtool check`"
        if self.unsafe:
            lines.append(
                f"  {_count(self.unsafe, 'suggestion')} not made: {see}; --unsafe-fixes makes them"
            )
        if self.look:
            lines.append(f"  {_count(self.look, 'place')} for a person to look at: {see}")
        if self.doubts:
            see = "see `normtool check --script`"
            lines.append(
                f"  {_count(self.doubts, 'character')} of the other script in doubt: {see}"
            )
        yield from lines
        yield from self.warning_lines(color, _SCREEN - len(lines) - 2)
        if self.kept:
            yield f"  {kept_line(self.kept)}"
        if self.failures:
            yield paint(f"  {_count(self.failures, 'file')} failed, see above", RED, color)

    def warning_lines(self, color: bool = False, most: int = _SCREEN) -> Iterator[str]:
        """Yield what is wrong with the speeches themselves, at most that many lines."""
        shown = self.warnings if self.warned <= most else self.warnings[: max(0, most - 1)]
        for warning in shown:
            yield f"  {paint('warning:', YELLOW, color)} {warning}"
        if len(shown) < self.warned:
            more = _count(self.warned - len(shown), "more warning")
            yield f"  and {more}: see `normtool check`"

    def _head(self, where: str, color: bool) -> Iterator[str]:
        wrote = f"; {_count(self.written, 'file')} written{where}" if self.written else ""
        read = f"{_count(self.files, 'file')}, {_count(self.speeches, 'speech', 'speeches')}, "
        yield paint(f"{read}{_count(self.characters, 'character')}{wrote}", BOLD, color)

    def _evidence(self) -> Iterator[str]:
        """What is true of whole files: of one with its figures, of several with their number."""
        for kind, (files, facts) in self.evidence.items():
            said = _EVIDENCE[kind].format(**facts) if self.files == 1 else _KINDS[kind]
            yield f"  evidence: {said}" + (
                "" if self.files == 1 else f" in {_count(files, 'file')}"
            )

    def _families(self) -> Iterator[str]:
        from normtool.rule import FAMILIES

        families = FAMILIES | {"MAN": "what people changed"}
        yield f"  {_count(self.made, 'edit')}"
        width = len(f"{self.made:,}")
        for family, number in self.edits.most_common():
            yield f"  {number:>{width},}  {family}  {families.get(family, '')}".rstrip()


def _warnings(document: Document) -> list[str]:
    return [warning.get("message", "") for warning in document.meta.get("warnings") or ()]


def kept_line(kept: int) -> str:
    """What ``--resume`` did not do again."""
    made = "made before of the same text, by the same rules and options"
    return f"{_count(kept, 'file')} left alone: {made}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
