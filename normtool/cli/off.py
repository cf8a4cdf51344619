"""Telling, once and briefly, where the typo model did not run though it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.cli.streams import say
from normtool.proposals import OFF

if TYPE_CHECKING:
    from normtool.document import Document


class ModelOff:
    """The documents of one call that the typo model did not read, and why."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._reason = ""

    def add(self, document: Document) -> None:
        """Look at one cleaned document."""
        document = document.cleaned or document
        if reason := document.meta.get(OFF):
            self._names.append(document.name)
            self._reason = reason

    def tell(self, quiet: bool) -> None:
        """Say it in one sentence, if there is something to say."""
        if not self._names or quiet:
            return
        more = len(self._names) - 1
        others = f" (and for {more} more file{'s' if more > 1 else ''})" if more else ""
        say(f"{self._names[-1]}: the typo model was off: {self._reason}{others}")
