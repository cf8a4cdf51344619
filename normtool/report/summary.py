"""What was done to many files, on one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from normtool.document import Document
from normtool.edits import DISPLAY, GAP, UNSAFE
from normtool.report.color import BOLD, RED, YELLOW, paint

#: More warnings than this do not fit on the screen.
_WARNINGS = 12


class Summary:
    """Counts documents as they pass by."""

    def __init__(self) -> None:
        self.files = 0
        self.speeches = 0
        self.failures = 0
        self.written = 0
        self.edits: Counter[str] = Counter()
        self.unsafe = 0
        self.look = 0
        self.gaps = 0
        self.characters = 0
        self.warnings: list[str] = []

    def add(self, document: Document) -> None:
        """Count one document, as it was before the conversion of its script."""
        document = document.cleaned or document
        self.files += 1
        self.speeches += len(document.speeches)
        self.characters += len(document.original)
        for edit in document.edits:
            self.edits[edit.codes[0][:3] if edit.codes else "?"] += 1
            self.gaps += edit.kind == GAP
        for edit in document.suggestions:
            self.unsafe += edit.applicability == UNSAFE
            self.look += edit.applicability == DISPLAY
        for warning in document.meta.get("warnings") or ():
            self.warnings.append(f"{document.name}: {warning.get('message', '')}")

    def lines(self, where: str = "", color: bool = False) -> Iterator[str]:
        """Yield the lines of the summary; ``where`` names the place that was written to."""
        from normtool.rule import FAMILIES

        wrote = f", {_count(self.written, 'file')} written{where}" if self.written else ""
        yield paint(
            f"{_count(self.files, 'file')}, {_count(self.speeches, 'speech', 'speeches')}, "
            f"{self.characters:,} characters{wrote}",
            BOLD,
            color,
        )
        total = sum(self.edits.values())
        families = ", ".join(
            f"{self.edits[family]:,} {family} ({FAMILIES[family]})"
            for family in FAMILIES
            if self.edits[family]
        )
        other = total - sum(self.edits[family] for family in FAMILIES)
        yield (
            f"  {total:,} {'edit' if total == 1 else 'edits'}"
            + (f": {families}" if families else "")
            + (f", {other:,} others" if other else "")
        )
        if self.gaps:
            yield f"  {_count(self.gaps, 'gap')} marked □: words or numbers are lost there"
        if self.unsafe:
            yield (
                f"  {_count(self.unsafe, 'suggestion')} not made: "
                "see `normtool check`, make them with --unsafe-fixes"
            )
        if self.look:
            yield f"  {_count(self.look, 'place')} for a person to look at: see `normtool check`"
        yield from self.warning_lines(color)
        if self.failures:
            yield paint(f"  {_count(self.failures, 'file')} failed, see above", RED, color)

    def warning_lines(self, color: bool = False) -> Iterator[str]:
        """Yield only what is wrong with the speeches themselves."""
        for warning in self.warnings[:_WARNINGS]:
            yield f"  {paint('warning:', YELLOW, color)} {warning}"
        if len(self.warnings) > _WARNINGS:
            yield f"  and {len(self.warnings) - _WARNINGS} more warnings: see `normtool check`"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
