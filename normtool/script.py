"""The other script: OpenCC over the cleaned text, with every law kept.

The cleaned text is converted, never the original: a word may straddle an edit
(``理 发`` is 理髮 only once the blank is gone) and a typo hides a word (到帐
would become 到帳, 到账 becomes 到賬). OpenCC does not look beyond a newline, so
that lines may go different ways: in a text of both scripts each line is
converted from the script it is in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from normtool.align import changes
from normtool.chinese import count_han
from normtool.document import Block, Document
from normtool.edits import HIGH, MEDIUM, SAFE, SCRIPT, Edit, apply, compose, fuse
from normtool.variants import (
    HANS,
    HANT,
    HONG_KONG,
    MIXED,
    NONE,
    STANDARD,
    TAIWAN,
    Signs,
    line_script,
    region_of,
    signs,
)

#: What the edits of this stage say. They are no rules: nothing was wrong.
CODES = {
    "SCR101": "the same word in the other script",
    "SCR102": "another word, as the region says it",
}
_SAME, _OTHER = ("SCR101",), ("SCR102",)
# Traditional characters that OpenCC does not simplify by themselves, though it puts
# them into words for these simplified ones: pairs, traditional first.
_KEPT = "著着藉借瞭了祇只覆复牠它讎仇薰熏甦苏彷仿濬浚燄焰甯宁揹背籐藤鍊链菓果"


class Profile(NamedTuple):
    """Where a conversion leads, and by which OpenCC configurations, one after the other.

    hans    for simplified lines
    hant    for traditional lines, by the standard they follow: tw, hk, t
    """

    name: str
    language: str
    doc: str
    hans: tuple[str, ...]
    hant: dict[str, tuple[str, ...]]


def _ways(tw: str, hk: str, t: str) -> dict[str, tuple[str, ...]]:
    return {TAIWAN: tuple(tw.split()), HONG_KONG: tuple(hk.split()), STANDARD: tuple(t.split())}


#: The profiles of ``--script``, by name. A text that is in the script already is
#: left alone by hans and hant; tw and hk still bring a traditional text to the
#: standard of the place. OpenCC exchanges words from simplified text only.
PROFILES = {
    profile.name: profile
    for profile in (
        Profile("hans", "zh-Hans", "simplified", (), _ways("tw2s", "hk2s", "t2s")),
        Profile("hant", "zh-Hant", "traditional, OpenCC standard", ("s2t",), _ways("", "", "")),
        Profile(
            "tw",
            "zh-Hant-TW",
            "traditional as in Taiwan, characters only",
            ("s2tw",),
            _ways("t2tw", "hk2t t2tw", "t2tw"),
        ),
        Profile(
            "twp",
            "zh-Hant-TW",
            "traditional as in Taiwan, and Taiwan's words (项目 → 專案)",
            ("s2twp",),
            _ways("t2tw", "hk2t t2tw", "t2tw"),
        ),
        Profile(
            "hk",
            "zh-Hant-HK",
            "traditional as in Hong Kong, characters only",
            ("s2hk",),
            _ways("tw2t t2hk", "t2hk", "t2hk"),
        ),
    )
}

# What an OpenCC configuration leads to: the part of its name behind the 2.
# Shinjitai is neither Hans nor Hant; the words stay Chinese.
_TARGETS = {
    "s": "zh-Hans",
    "sp": "zh-Hans",
    "t": "zh-Hant",
    "tw": "zh-Hant-TW",
    "twp": "zh-Hant-TW",
    "hk": "zh-Hant-HK",
    "hkp": "zh-Hant-HK",
    "jp": "zh-Hani-JP",
}
_SCRIPTS = {HANS: "zh-Hans", HANT: "zh-Hant"}


def find_profile(name: str) -> Profile:
    """The profile of that name, or one that runs the OpenCC configuration of that name.

    Raises ValueError, with the nearest names, if there is neither.
    """
    if name in PROFILES:
        return PROFILES[name]
    import opencc

    configurations = sorted(config.removesuffix(".json") for config in opencc.CONFIGS)
    if name in configurations:
        always = (name,)
        return Profile(name, _target(name), f"OpenCC {name}", always, _ways(name, name, name))
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), [*PROFILES, *configurations], n=3, cutoff=0.5)
    raise ValueError(
        f"unknown script {name!r}"
        + (f"; did you mean {' or '.join(near)}?" if near else ".")
        + f" Known are {', '.join(PROFILES)} and the OpenCC configurations"
        + f" {', '.join(configurations)}."
    )


def _target(configuration: str) -> str:
    return _TARGETS.get(configuration.rpartition("2")[2], "zh")


def language(document: Document) -> str:
    """The BCP 47 tag of the document's text.

    A converted document has the one of its profile. Another is looked at:
    zh-Hans, zh-Hant (of a mixture: what prevails), zh where no character
    tells, und where there is no Han at all.
    """
    if document.script:
        profile = PROFILES.get(document.script)
        return profile.language if profile else _target(document.script)
    found = signs(document.text).majority
    if found == NONE and not count_han(document.text):
        return "und"
    return _SCRIPTS.get(found, "zh")


@cache
def _converter(configuration: str) -> Callable[[str], str]:
    """One converter a process: a first s2t costs 60 ms (and as much to destroy)."""
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC(configuration).convert

    def safe(text: str) -> str:
        try:
            return convert(text)
        except UnicodeEncodeError:  # lone surrogates: OpenCC speaks UTF-8
            pieces = re.split("([\ud800-\udfff]+)", text)
            pieces[::2] = map(convert, pieces[::2])
            return "".join(pieces)

    return safe


@cache
def _folding() -> dict[int, str]:
    """Every traditional character to its simplified one, by OpenCC itself."""
    characters = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    folded = _converter("t2s")("\n".join(characters)).split("\n")
    table = {
        ord(one): other
        for one, other in zip(characters, folded, strict=True)
        if one != other and len(other) == 1
    }
    return table | {ord(one): other for one, other in zip(_KEPT[::2], _KEPT[1::2], strict=True)}


def _fold(text: str) -> str:
    return text.translate(_folding())


class _Conversion:
    """How the lines of one text are converted; also remembers what was used."""

    def __init__(self, text: str, profile: Profile) -> None:
        self.profile = profile
        self.found: Signs = signs(text)
        self.used: list[str] = []
        single = profile.name not in PROFILES or not all(self.found)
        self.by_line = not single
        needs_region = self.found.hant and len(set(profile.hant.values())) > 1
        self.region = region_of(text) if needs_region else STANDARD

    def __call__(self, text: str) -> str:
        if not self.by_line:
            return self._by(self._configurations(self.found.majority), text)
        lines = text.split("\n")
        ways = groupby(lines, lambda line: self._configurations(self._script(line)))
        return "\n".join(self._by(way, "\n".join(group)) for way, group in ways)

    def _script(self, line: str) -> str:
        return line_script(line, self.found.majority)

    def _configurations(self, script: str) -> tuple[str, ...]:
        traditional = self.profile.hant[self.region]
        if script == HANT:
            return traditional
        if script == MIXED:
            # What has to go is in the line: to simplify is right for the traditional
            # part, and from simplified leaves most of the traditional part alone.
            return self.profile.hans or traditional
        if script == NONE and not self.profile.hans:
            return ()
        return self.profile.hans

    def _by(self, configurations: tuple[str, ...], text: str) -> str:
        for configuration in configurations:
            if configuration not in self.used:
                self.used.append(configuration)
            text = _converter(configuration)(text)
        return text


class Converted(Document):
    """A document in another script.

    Its text is known at once; ``script_edits`` and ``edits`` are worked out when
    somebody looks, because most formats never do and they cost three times the
    conversion.
    """

    def __init__(self, cleaned: Document, text: str, **fields: Any) -> None:
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
        del self.script_edits, self.edits

    def __getattr__(self, name: str) -> Any:
        # Reached only while the slot is empty.
        cleaned = self.cleaned if name in ("script_edits", "edits") else None
        if cleaned is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        if name == "script_edits":
            words = _exchanges_words(self.meta["script"]["configurations"])
            value = tuple(script_edits(cleaned.text, self.text, words=words))
        else:
            value = tuple(compose(cleaned.edits, self.script_edits))
        setattr(self, name, value)
        return value


def convert_script(document: Document, profile: str) -> Document:
    """Return the document in another script; ``document`` is cleaned and structured.

    In the result ``cleaned`` is the document given, ``script`` the profile,
    ``script_edits`` lead from its text to the converted one and ``edits`` from
    the original; suggestions stay, they are on the original. Blocks are the
    same, at their new places. Of ``meta`` the words of the text itself (title,
    and each speech's title and speaker) are converted; what the page said of
    itself stays as found. ``meta["script"]`` tells what was done.

    A document that is converted already is converted anew from what it was made
    of. Raises ValueError if there is no such profile.
    """
    known = find_profile(profile)
    cleaned = document.cleaned or document
    convert = _Conversion(cleaned.text, known)
    text = convert(cleaned.text)
    blocks = _moved(cleaned, text)
    return Converted(
        cleaned,
        text,
        blocks=blocks,
        script=profile,
        meta=_converted_meta(cleaned, text, blocks, convert),
    )


def script_edits(before: str, after: str, *, words: bool = False) -> Iterator[Edit]:
    """Return the sound edits that lead from a text to its conversion.

    ``words`` says that the conversion may exchange words; only then, and in
    lines whose length changed, is there a SCR102.
    """
    edits: list[Edit] = []
    add, new = edits.append, tuple.__new__
    for start, end, to, to_end, same in changes(before, after, _fold, words=words):
        # Ten thousands of them: a bare tuple.__new__ takes a third of the time.
        old, word = before[start:end], after[to:to_end]
        if same:
            add(new(Edit, (start, old, word, _SAME, HIGH, SAFE, SCRIPT, "")))
        else:
            add(Edit(start, old, word, _OTHER, MEDIUM, SAFE, SCRIPT, f"{old} → {word}"))
    edits = fuse(edits)
    if apply(before, edits) != after:
        raise AssertionError("the script edits do not lead to the converted text")
    return iter(edits)


def _exchanges_words(configurations: list[str]) -> bool:
    return any(name.endswith("p") and not name.endswith("jp") for name in configurations)


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
    cleaned: Document, text: str, blocks: tuple[Block, ...], convert: _Conversion
) -> dict[str, Any]:
    import opencc

    meta = dict(cleaned.meta)
    if isinstance(meta.get("title"), str):
        meta["title"] = convert(meta["title"])
    if "speeches" in meta:
        meta["speeches"] = [dict(speech) for speech in meta["speeches"]]
    for speech in meta.get("speeches", ()):
        for key in ("title", "speaker"):
            if isinstance(speech.get(key), str):
                speech[key] = convert(speech[key])
        if len(text) != len(cleaned.text) and "chars" in speech:
            speech["chars"] += _size(blocks, speech["n"]) - _size(cleaned.blocks, speech["n"])
    if text != cleaned.text and _exchanges_words(convert.used):
        message = (
            f"script {convert.profile.name} exchanges words too, as 项目 → 專案, even in names"
            " and titles; a profile without p (tw, hk, hans) changes characters only"
        )
        warning = {"speech": 0, "code": "script-words", "message": message}
        meta["warnings"] = [*meta.get("warnings", ()), warning]
    meta["script"] = {
        "profile": convert.profile.name,
        "language": convert.profile.language,
        "source": convert.found.script(),
        "configurations": list(convert.used),
        "opencc": opencc.__version__,
    }
    return meta


def _size(blocks: tuple[Block, ...], speech: int) -> int:
    return sum(block.end - block.start for block in blocks if block.speech == speech)
