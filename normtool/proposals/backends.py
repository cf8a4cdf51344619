"""Backends: a model of the user's proposes, the guards of the built-in one decide.

A backend is named ``module:factory``. The factory is called once, with the
options of the configuration, and returns a function from a text to proposals:
tuples ``(start, before, after)`` or ``(start, before, after, score)``, where
``start`` counts code points of that text and ``score`` is a probability. If the
function has an attribute ``name``, its edits carry that instead of the module's.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from normtool.chinese import HAN_RANGES
from normtool.edits import LOW, MEDIUM
from normtool.proposals import BackendError, can_run

if TYPE_CHECKING:
    from normtool.proposals import BackendChoice
    from normtool.typos import Proposal

_NAME = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
_HAN = re.compile(f"[{HAN_RANGES}]+")
#: Where the model cannot run there are no guards: from this score on a person need only agree.
_LIKELY = 0.85


class Backend:
    """One backend, imported and made when a text is first asked about."""

    def __init__(self, choice: BackendChoice) -> None:
        spec, options, folder = choice
        if not _NAME.fullmatch(spec):
            raise BackendError(f'{spec!r} is no backend: write "module:factory"')
        self.spec = spec
        self._options = dict(options)
        self._folder = folder
        self._ask: Callable[[str], Iterable[tuple[Any, ...]]] | None = None
        self.name = spec.partition(":")[0].rpartition(".")[2]
        top = spec.partition(":")[0].partition(".")[0]
        with _FirstIn(folder):
            if top not in sys.modules and find_spec(top) is None:
                where = f"beside the configuration file ({folder}) or " if folder else ""
                raise BackendError(f"there is no module {top!r} {where}installed")

    def propose(self, text: str) -> list[Proposal]:
        """What the backend proposes, judged. Raises BackendError."""
        if self._ask is None:
            self._ask = self._made()
        try:
            answered = list(self._ask(text))
        except Exception as error:
            raise BackendError(f"the backend {self.spec} fails: {_said(error)}") from error
        proposals = _apart(self._checked(text, answered))
        return [
            one._replace(note=f"{self.name}: {one.note}" if one.note else self.name)
            for one in judged(text, proposals)
        ]

    def _made(self) -> Callable[[str], Iterable[tuple[Any, ...]]]:
        module, _, factory = self.spec.partition(":")
        with _FirstIn(self._folder):
            try:
                made = getattr(import_module(module), factory)(**self._options)
            except Exception as error:
                raise BackendError(
                    f"the backend {self.spec} cannot be loaded: {_said(error)}"
                ) from error
        if not callable(made):
            raise BackendError(f"the backend {self.spec} made no function from text to proposals")
        self.name = str(getattr(made, "name", "") or self.name)
        return made  # type: ignore[no-any-return]

    def _checked(self, text: str, answered: list[tuple[Any, ...]]) -> Iterator[Proposal]:
        """Replacements of Han by Han; others are not for a model to make."""
        from normtool.typos import Proposal

        for one in answered:
            try:
                start, before, after, *rest = one
                score = float(rest[0]) if rest else 0.5
                fits = before != "" and start >= 0 and text.startswith(before, start)
            except (TypeError, ValueError) as error:
                raise BackendError(
                    f"the backend {self.spec} answers {one!r}, "
                    "not (start, before, after) or (start, before, after, score)"
                ) from error
            if not fits:
                raise BackendError(
                    f"the backend {self.spec} would replace {before!r} at {start}, "
                    f"where {text[max(start, 0) : max(start, 0) + 5]!r} stands"
                )
            if before != after and _HAN.fullmatch(before) and _HAN.fullmatch(after):
                yield Proposal(start, before, after, LOW, score, "")


def _apart(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Where two overlap, the one with the better score stays."""
    kept: list[Proposal] = []
    for one in sorted(proposals, key=lambda one: (one.start, -one.score)):
        if kept and one.start < kept[-1].start + len(kept[-1].before):
            if one.score > kept[-1].score:
                kept[-1] = one
        else:
            kept.append(one)
    return kept


def judged(text: str, proposals: list[Proposal]) -> list[Proposal]:
    """The proposals of a backend that the guards let pass, with their certainty, and why."""
    if can_run():
        from normtool.proposals.guards import judged

        return judged(text, proposals)
    return [
        one._replace(
            certainty=MEDIUM if one.score >= _LIKELY else LOW, note=f"{one.score:.3f}, not judged"
        )
        for one in proposals
    ]


class _FirstIn:
    """Import from a folder before all others, while this lasts."""

    def __init__(self, folder: str) -> None:
        self._folder = os.path.abspath(folder) if folder else ""

    def __enter__(self) -> None:
        if self._folder:
            sys.path.insert(0, self._folder)

    def __exit__(self, *raised: object) -> None:
        if self._folder:
            sys.path.remove(self._folder)


def _said(error: Exception) -> str:
    said = str(error).strip().split("\n")[0]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
