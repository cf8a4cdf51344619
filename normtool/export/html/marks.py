"""How a change looks in HTML, and what it says on hover."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

import normtool.rules  # noqa: F401  (fills the table)
from normtool.edits import HIGH, SCRIPT, Edit
from normtool.export.aligned import Part
from normtool.export.blocks import name_character
from normtool.patterns import later
from normtool.rule import RULES

#: What HTML may not hold: controls but blanks, lone surrogates, noncharacters.
_UNFIT = later("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANKS = str.maketrans({"\n": "⏎", "\r": "⏎", "\t": "⇥"})
_VISIBLE = str.maketrans({" ": "␣", "\u3000": "␣", "\n": "⏎", "\r": "⏎", "\t": "⇥"})
#: The same word in the other script.
_USUAL = ("SCR101",)
#: Of the edits of a script, those that exchange no word.
_SCRIPT = {"SCR103": "quotes", "SCR101": "script"}


def shown(words: str) -> str:
    """Words as the text of HTML, or as the value of an attribute."""
    return escape(_UNFIT.sub(_named, words))


def _named(match: re.Match[str]) -> str:
    return name_character(match[0])


def marked(part: Part) -> str:
    """A stretch as it became; what it was is told on hover."""
    script = part.edit is not None and part.edit.kind == SCRIPT
    return wrapped(shown(part.after), part.edit, "span" if script else "ins")


def deleted(part: Part) -> str:
    """A stretch as it was; what became of it is told on hover."""
    return wrapped(shown(part.before.translate(_BLANKS)), part.edit, "del")


def wrapped(markup: str, edit: Edit | None, element: str = "ins") -> str:
    """Markup in an element that tells of an edit; as it is if there is none."""
    if edit is None:
        return markup
    looks = _looks(edit.kind, edit.codes)
    if edit.certainty < HIGH:
        looks += " unsure"
    if not markup:
        looks += " nothing"
    return f'<{element} class="{looks}" title="{shown(_said(edit))}">{markup}</{element}>'


def _looks(kind: str, codes: tuple[str, ...]) -> str:
    """The class of an edit: its kind; of a script ``script``, ``quotes``, or else ``word``."""
    if kind != SCRIPT:
        return kind
    return max(
        (_SCRIPT.get(code, "word") for code in codes), key=("script", "quotes", "word").index
    )


def _said(edit: Edit) -> str:
    before, after = (
        words.translate(_VISIBLE) or "(nothing)" for words in (edit.before, edit.after)
    )
    change = f"{before} → {after}"
    if edit.codes == _USUAL and edit.certainty == HIGH:
        return change  # every other character: the legend says what it is
    sure = "" if edit.certainty == HIGH else f", certainty {edit.certainty.name.lower()}"
    note = f" ({edit.note})" if edit.note and edit.note != change else ""
    return f"{change}\n{_reasons(edit.codes)}{note}{sure}"


@lru_cache(maxsize=256)
def _reasons(codes: tuple[str, ...]) -> str:
    said = []
    for code in codes:
        message = RULES[code].message if code in RULES else ""
        said.append(f"{code} {message}".strip())
    return "; ".join(said)
