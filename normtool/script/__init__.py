"""The other script: OpenCC over the cleaned text, with every law kept.

The cleaned text is converted, never the original: a word may straddle an edit
(``理 发`` is 理髮 only once the blank is gone) and a typo hides a word (到帐
would become 到帳, 到账 becomes 到賬). OpenCC does not look beyond a newline, so
that lines may go different ways: in a text of both scripts each line is
converted from the script it is in.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from normtool.align import changes
from normtool.alternative import Alternative, Told, alternatives_of
from normtool.document import Block, Document
from normtool.edits import HIGH, MEDIUM, SAFE, SCRIPT, Edit, apply, compose, fuse, rebase
from normtool.script.conversion import Conversion, exchanges_words, fold
from normtool.script.decisions import ALL, Choices, Decision
from normtool.script.doubts import against, doubts, flag
from normtool.script.mixed import mixed_lines
from normtool.script.profiles import PROFILES, Profile, find_profile, target
from normtool.script.quotes import KEEP, exchange_quotes, exchanged_words
from normtool.variants import HANT, language_of, line_script, script_of, signs

__all__ = [
    "PROFILES",
    "Converted",
    "Profile",
    "conversion_findings",
    "convert_script",
    "doubts_of",
    "exchange_quotes",
    "find_profile",
    "language",
    "script_edits",
    "script_of",
]

_SAME, _OTHER = ("SCR101",), ("SCR102",)


def language(document: Document) -> str:
    """The BCP 47 tag of the document's text.

    A converted document has the one of its profile, another that of ``language_of``.
    """
    if document.script:
        profile = PROFILES.get(document.script)
        return profile.language if profile else target(document.script)
    return language_of(document.text)


class Converted(Document):
    """A document in another script.

    Its text is known at once; ``script_edits`` and ``edits`` are worked out when
    somebody looks, because most formats never do and they cost three times the
    conversion.
    """

    def __init__(
        self, cleaned: Document, text: str, decisions: Sequence[Decision] = (), **fields: Any
    ) -> None:
        super().__init__(
            cleaned.name,
            cleaned.original,
            encoding=cleaned.encoding,
            sha256=cleaned.sha256,
            suggestions=cleaned.suggestions,
            cleaned=cleaned,
            **fields,
        )
        self._text = text
        self._decisions = tuple(decisions)
        self._alternatives: tuple[Alternative, ...] | None = None
        del self.script_edits, self.edits

    def __getattr__(self, name: str) -> Any:
        # Reached only while the slot is empty.
        cleaned = self.cleaned if name in ("script_edits", "edits") else None
        if cleaned is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        if name == "script_edits":
            words = exchanges_words(self.meta["script"]["configurations"])
            value = tuple(script_edits(cleaned.text, self.text, self._decisions, words=words))
        else:
            value = tuple(compose(cleaned.edits, self.script_edits))
        setattr(self, name, value)
        return value

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What we decided, at its places in the cleaned text."""
        return self._decisions

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """What a person should look at: where we kept OpenCC from its word, where it guessed."""
        if self._alternatives is None:
            self._alternatives = tuple(_alternatives(self))
        return self._alternatives


def convert_script(
    document: Document, profile: str, quotes: str = KEEP, choices: Choices = ALL
) -> Document:
    """Return the document in another script; ``document`` is cleaned and structured.

    In the result ``cleaned`` is the document given, ``script`` the profile,
    ``script_edits`` lead from its text to the converted one and ``edits`` from
    the original; suggestions stay, they are on the original. Blocks are the
    same, at their new places. Of ``meta`` the words of the text itself (title,
    and each speech's title and speaker) are converted; what the page said of
    itself stays as found. ``meta["script"]`` tells what was done.

    A document that is converted already is converted anew from what it was made
    of. ``quotes`` is the style of quotation marks, see ``exchange_quotes``. ``choices``
    are the rules SCR that may speak, the user's glossary and strings to keep. Raises
    ValueError if there is no such profile or style.
    """
    known = find_profile(profile)
    cleaned = document.cleaned or document
    convert = Conversion(cleaned.text, known, choices)
    text = convert(cleaned.text)
    decisions = convert.decisions
    blocks = _moved(cleaned, text)
    meta = _converted_meta(cleaned, text, blocks, convert)
    if isinstance(document, Told) and document.by_hand:
        message = f"changes by hand of {document.script} ({document.by_hand}) are not in {profile}"
        warning = {"speech": 0, "code": "by-hand", "message": message}
        meta["warnings"] = [*meta.get("warnings", ()), warning]
    converted = Converted(cleaned, text, decisions, blocks=blocks, script=profile, meta=meta)
    return exchange_quotes(converted, quotes)


def conversion_findings(document: Document) -> list[Edit]:
    """What a person should see of a conversion: flags at their places in the original.

    Where only a guess was possible (SCR301, SCR302), and where we kept OpenCC from
    what it would have written (SCR2..). Empty for a document that was not
    converted, or read from JSON, which does not tell of them.
    """
    cleaned = document.cleaned
    if cleaned is None:
        return []
    found = [flag(cleaned.text, one) for one in alternatives_of(document)]
    return rebase(cleaned.edits, found)


def doubts_of(document: Document) -> list[Edit]:
    """The characters of a converted document that are in doubt (SCR301, SCR302).

    Flags at their places in the cleaned text, which are those in the converted one:
    a conversion that changed the length has none.
    """
    cleaned = document.cleaned
    if cleaned is None:
        return []
    found = alternatives_of(document)
    return [flag(cleaned.text, one) for one in found if one.code.startswith("SCR3")]


def _alternatives(converted: Converted) -> list[Alternative]:
    cleaned, facts = converted.cleaned, converted.meta.get("script")
    assert cleaned is not None
    decisions = converted.decisions
    found = [against(cleaned.text, one) for one in decisions if one.instead != one.after]
    # Without facts: somebody else's description.
    if facts is not None and any(name.startswith("s2") for name in facts["configurations"]):
        both = signs(cleaned.text)
        lines = None
        if all(both):
            split = cleaned.text.split("\n")
            lines = [line_script(line, both.majority) != HANT for line in split]
        taiwan = facts["language"] == "zh-Hant-TW"
        found += doubts(cleaned.text, converted.text, decisions, taiwan, lines)
    return sorted(found)


def script_edits(
    before: str, after: str, decisions: Sequence[Decision] = (), *, words: bool = False
) -> list[Edit]:
    """Return the sound edits that lead from a text to its conversion.

    ``words`` says that the conversion may exchange words; only then, and in
    lines whose length changed, is there a SCR102. What was decided bears the code
    of the rule.
    """
    edits: list[Edit] = []
    decided = {place: one for one in decisions for place in range(one.start, one.end)}
    add, new = edits.append, tuple.__new__
    for start, end, to, to_end, same in changes(before, after, fold, words=words):
        # Ten thousands of them: a bare tuple.__new__ takes a third of the time.
        old, word = before[start:end], after[to:to_end]
        if decided and (parts := _decided(decided, start, old, word)):
            edits += parts
        elif same:
            add(new(Edit, (start, old, word, _SAME, HIGH, SAFE, SCRIPT, "")))
        else:
            add(Edit(start, old, word, _OTHER, MEDIUM, SAFE, SCRIPT, f"{old} → {word}"))
    edits = fuse(edits)
    if apply(before, edits) != after:
        raise AssertionError("the script edits do not lead to the converted text")
    return edits


def _decided(decided: dict[int, Decision], start: int, old: str, word: str) -> list[Edit]:
    """A change of equal length, in the parts that were decided and those that were not."""
    places = range(start, start + len(old))
    if len(word) != len(old) or decided.keys().isdisjoint(places):
        return []
    parts = []
    for one, group in groupby(places, key=decided.get):
        ours = [place - start for place in group]
        first, last = ours[0], ours[-1] + 1
        codes, certainty, note = _SAME, HIGH, ""
        if one is not None:
            codes, certainty, note = (one.code,), one.certainty, one.note
        edit = (start + first, old[first:last], word[first:last], codes)
        parts.append(Edit(*edit, certainty, SAFE, SCRIPT, note))
    return parts


def _moved(cleaned: Document, text: str) -> tuple[Block, ...]:
    """The blocks at their places in the converted text, line by line."""
    sizes, new_sizes = (list(map(len, side.split("\n"))) for side in (cleaned.text, text))
    if sizes == new_sizes:
        return cleaned.blocks
    places = {}
    start = new = 0
    for size, new_size in zip(sizes, new_sizes, strict=True):
        places[start] = (new, new + new_size, start + size)
        start += size + 1
        new += new_size + 1
    moved = []
    for block in cleaned.blocks:
        start, end, was = places.get(block.start, (-1, -1, -1))
        if was != block.end:
            raise ValueError(f"the block at {block.start} of {cleaned.name} is not one whole line")
        moved.append(block._replace(start=start, end=end))
    return tuple(moved)


def _converted_meta(
    cleaned: Document, text: str, blocks: tuple[Block, ...], convert: Conversion
) -> dict[str, Any]:
    import opencc

    meta = exchanged_words(cleaned.meta, convert)
    if len(text) != len(cleaned.text):
        for speech in meta.get("speeches", ()):
            if "chars" in speech:
                speech["chars"] += _size(blocks, speech["n"]) - _size(cleaned.blocks, speech["n"])
    if text != cleaned.text and exchanges_words(convert.used):
        message = (
            f"script {convert.profile.name} exchanges words too, as 项目 → 專案, even in names"
            " and titles; a profile without p (tw, hk, hans) changes characters only"
        )
        warning = {"speech": 0, "code": "script-words", "message": message}
        meta["warnings"] = [*meta.get("warnings", ()), warning]
    if found := mixed_lines(cleaned, convert):
        meta["warnings"] = [*meta.get("warnings", ()), *found]
    meta["script"] = {
        "profile": convert.profile.name,
        "language": convert.profile.language,
        "source": convert.source,
        "configurations": list(convert.used),
        "opencc": opencc.__version__,
    }
    return meta


def _size(blocks: tuple[Block, ...], speech: int) -> int:
    return sum(block.end - block.start for block in blocks if block.speech == speech)
