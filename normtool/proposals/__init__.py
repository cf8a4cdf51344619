"""Typos that no list has: who proposes them in a text, and when nobody does.

The model that comes with normtool reads the whole text, or a backend of the
user's does. Nothing of either is imported before a text is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from normtool.edits import HIGH, LOW, MEDIUM
from normtool.native import native
from normtool.records import NamedTuple
from normtool.rule_options import option

if TYPE_CHECKING:
    from normtool.proposals.backends import Backend
    from normtool.typos import Proposal

#: The rules that make, offer and show what is proposed; a stage of their own.
STATISTICAL = ("TYP401", "TYP402", "TYP403")

#: The key of ``Document.meta`` that says why the model did not run, though asked for.
OFF = "typo_model_off"

#: A text of this size takes about a second; what is longer is a corpus, not a speech.
LIMIT = option(
    "TYP401",
    "limit",
    1_000_000,
    "characters; in a longer text the typo model is off (TYP401, TYP402, TYP403)",
    least=1000,
)


class BackendError(RuntimeError):
    """A backend cannot be used, or answers wrongly; the message is one sentence."""


class BackendChoice(NamedTuple):
    """A backend that was asked for; plain values, which compare and travel to other processes.

    spec     ``module:factory``
    options  what the factory is called with, by name
    folder   the module is looked for here before the installed ones; "" for no folder
    """

    spec: str
    options: tuple[tuple[str, str | int | float | bool], ...] = ()
    folder: str = ""


_chosen: BackendChoice | None = None
_backend: Backend | None = None


def use(choice: BackendChoice | None) -> None:
    """Let this process ask a backend; with None, the model that comes with normtool.

    Does nothing if it does already. The module is imported when a text is first
    asked about. Raises BackendError if the name is none or there is no such module.
    """
    global _chosen, _backend
    if choice == _chosen:
        return
    made: Backend | None = None
    if choice is not None:
        from normtool.proposals.backends import Backend

        made = Backend(choice)
    proposed.cache_clear()
    _chosen, _backend = choice, made


def why_off(text: str, choice: BackendChoice | None) -> str:
    """Why the typo model does not run on this text, as half a sentence; else nothing.

    If it does, it is this backend that is asked from now on (see ``use``).
    """
    use(choice)
    if len(text) > LIMIT.value:
        return (
            f"the text has {len(text):,} characters, more than {LIMIT.value:,} "
            "(limit of [rules.TYP401])"
        )
    if _backend is None and not can_run():
        return "it needs the Python package numpy: pip install numpy"
    return ""


def told(meta: Mapping[str, Any], off: str) -> dict[str, Any]:
    """The facts of a document with this reason why the model was off, or with none."""
    kept = {key: value for key, value in meta.items() if key != OFF}
    return kept | {OFF: off} if off else kept


@cache
def can_run() -> bool:
    """Whether the model that comes with normtool can run: in C, or with numpy."""
    if native is not None:
        return True
    try:
        from importlib.util import find_spec

        return find_spec("numpy") is not None
    except ValueError:  # somebody has forbidden it: sys.modules["numpy"] = None
        return False


#: What a certainty is worth in traditional text, whose words the model has not counted:
#: in 650,000 characters of speeches in Taiwan it was sure 16 times, and right twice.
_LESS = {HIGH: MEDIUM, MEDIUM: LOW}


@lru_cache(maxsize=2)  # asked by three rules, for the text as it stands and as it becomes
def proposed(text: str) -> tuple[Proposal, ...]:
    """What is proposed for a text, in order and none overlapping; offsets in code points.

    Traditional text is read in its simplified form, and everything there is a step less
    sure; text in the shapes of Japan is not read. Raises BackendError if the user's backend fails.
    """
    from normtool.variants import HANT, is_shinjitai, signs

    found = signs(text)
    if found.hant and is_shinjitai(text, found):
        return ()
    if found.majority == HANT:
        from normtool.proposals.traditional import Simplified

        simplified = Simplified(text)
        back = (simplified.back(one) for one in _ask(simplified.text) if one.certainty in _LESS)
        return tuple(one._replace(certainty=_LESS[one.certainty]) for one in back if one)
    if found.hant:
        return tuple(_on_simplified_lines(text, _ask(text)))
    return tuple(_ask(text))


def _ask(text: str) -> list[Proposal]:
    if _backend is not None:
        return _backend.propose(text)
    from normtool.typos import propose

    return propose(text)


def _on_simplified_lines(text: str, proposals: list[Proposal]) -> Iterator[Proposal]:
    """A line of the other script, quoted: for the model it is nothing but odd words."""
    from normtool.variants import HANS, line_script

    for proposal in proposals:
        start = text.rfind("\n", 0, proposal.start) + 1
        end = text.find("\n", proposal.start)
        line = text[start : end if end >= 0 else len(text)]
        if line_script(line, HANS) == HANS:
            yield proposal
