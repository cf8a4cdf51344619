"""Telling, once and briefly, where the typo model did not run though it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.cli.streams import say
from normtool.proposals import OFF

if TYPE_CHECKING:
    from normtool.document import Document


def why_off(document: Document) -> tuple[str, str] | None:
    """The name of a cleaned document that the model did not read, and why; None if it did."""
    document = document.cleaned or document
    reason = document.meta.get(OFF)
    return (document.name, reason) if reason else None


class ModelOff:
    """The documents of one call that the typo model did not read, and why."""

    def __init__(self) -> None:
        self._number = 0
        self._last = ("", "")

    def add(self, why: tuple[str, str] | None) -> None:
        """Count one document, by what ``why_off`` says of it."""
        if why is not None:
            self._number += 1
            self._last = why

    def tell(self, quiet: bool) -> None:
        """Say it in one sentence, if there is something to say."""
        if not self._number or quiet:
            return
        name, reason = self._last
        more = self._number - 1
        others = f" (and for {more} more file{'s' if more > 1 else ''})" if more else ""
        say(f"{name}: the typo model was off: {reason}{others}")
