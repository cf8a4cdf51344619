"""Running OpenCC: converters kept, and each line sent the way it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby

from normtool.converters import converter
from normtool.patterns import later
from normtool.script.decisions import ALL, GLOSSARY, KEPT, LISTED, Choices, Decision
from normtool.script.own import decide, decide_back
from normtool.script.profiles import PROFILES, Profile
from normtool.script.shinjitai import from_shinjitai
from normtool.variants import (
    HANS,
    HANT,
    HONG_KONG,
    JAPAN,
    MIXED,
    NONE,
    STANDARD,
    TAIWAN,
    Signs,
    is_shinjitai,
    line_script,
    region_of,
    signs,
)

# Traditional characters that OpenCC does not simplify by themselves, though it puts
# them into words for these simplified ones: pairs, traditional first.
_KEPT = "著着藉借瞭了祇只覆复牠它讎仇薰熏甦苏彷仿濬浚燄焰甯宁揹背籐藤鍊链菓果伕夫瑯琅砲炮姪侄"

_STOP = later("([\n。])")


@cache
def _folding() -> dict[int, str]:
    """Every traditional character to its simplified one, by OpenCC itself."""
    characters = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    folded = converter("t2s")("\n".join(characters)).split("\n")
    table = {
        ord(one): other
        for one, other in zip(characters, folded, strict=True)
        if one != other and len(other) == 1
    }
    return table | {ord(one): other for one, other in zip(_KEPT[::2], _KEPT[1::2], strict=True)}


def fold(text: str) -> str:
    """The text character by character in simplified ones: equal for the same words."""
    return text.translate(_folding())


class Conversion:
    """How the lines of one text are converted; also remembers what was done.

    used        the OpenCC configurations, in the order of their first use
    decisions   what we decided in the text converted last, at its places there
    """

    def __init__(self, text: str, profile: Profile, choices: Choices = ALL) -> None:
        self.profile, self.choices = profile, choices
        self.found: Signs = signs(text)
        self.used: list[str] = []
        self.decisions: list[Decision] = []
        #: Which script the text is in: hans, hant, jp, mixed or none.
        self.source = JAPAN if is_shinjitai(text, self.found) else self.found.script()
        # A configuration asked for by its own name runs over everything; beside it only
        # the user has a say.
        self.named = profile.name in PROFILES
        self.by_line = self.named and all(self.found) and self.source != JAPAN
        #: The script of each line, where there may be two.
        self.lines: list[str] = []
        if all(self.found) and self.source != JAPAN:
            self.lines = list(map(self._script, text.split("\n")))
            # 着 and 户 of simplified lines say nothing of the traditional ones.
            both = zip(self.lines, text.split("\n"), strict=True)
            traditional = "\n".join(line for script, line in both if script != HANS)
        else:
            traditional = text
        if self.source == JAPAN:
            self.region = JAPAN
        else:
            ways = {profile.hant[region] for region in (TAIWAN, HONG_KONG, STANDARD)}
            needs_region = self.found.hant and len(ways) > 1
            self.region = region_of(traditional) if needs_region else STANDARD
        self._text = text

    def __call__(self, text: str) -> str:
        """Convert the text, or another that belongs to it, as a title."""
        self.decisions = []
        if not self.by_line:
            script = HANT if self.source == JAPAN else self.found.majority
            return self._by(self._configurations(script), text, 0)
        lines = text.split("\n")
        scripts = self.lines if text is self._text else map(self._script, lines)
        ways = zip(map(self._configurations, scripts), lines, strict=True)
        made = []
        start = 0
        for way, group in groupby(ways, lambda one: one[0]):
            piece = "\n".join(line for _, line in group)
            made.append(self._by(way, piece, start))
            start += len(piece) + 1
        return "\n".join(made)

    def _script(self, line: str) -> str:
        return line_script(line, self.found.majority)

    def _configurations(self, script: str) -> tuple[str, ...]:
        traditional = self.profile.hant[self.region]
        if script == HANT:
            return traditional
        if script == MIXED:
            # From simplified leaves most of what is traditional alone, and the other
            # way round; to leave the line alone would leave what has to go.
            return self.profile.hans or traditional
        if script == NONE and not self.profile.hans:
            return ()
        return self.profile.hans

    def _by(self, configurations: tuple[str, ...], text: str, start: int) -> str:
        self.used += [name for name in configurations if name not in self.used]

        def convert(text: str) -> str:
            for configuration in configurations:
                if configuration == "jp2t" and self.named:
                    text = from_shinjitai(text, converter)
                else:
                    text = converter(configuration)(text)
            return text

        after = convert(text)
        decisions = self._decided(configurations, text, convert)
        if not decisions:
            return after
        if exchanges_words(configurations) or len(text) != len(after):
            made, decisions = _by_sentences(text, after, decisions, convert)
        else:
            made, decisions = _over(after, decisions)
        self.decisions += (
            one._replace(start=one.start + start, end=one.end + start) for one in decisions
        )
        return made

    def _decided(
        self, configurations: tuple[str, ...], text: str, convert: Callable[[str], str]
    ) -> list[Decision]:
        if not self.named:  # OpenCC, and what the user says
            return decide(text, convert, self.choices, simplified=False)
        first = configurations[0] if configurations else ""
        if first.startswith("s2"):
            # What is decided are characters, also where words are exchanged.
            characters = converter(first.removesuffix("p")) if first.endswith("p") else convert
            return decide(text, characters, self.choices, region=self._from_taiwan)
        if first and self.profile.name == HANS:
            return decide_back(text, convert, self.choices)
        decisions = decide(text, convert, self.choices, simplified=False)
        if first and self._from_taiwan is None:
            # What we wrote, or the writer, OpenCC may not undo: conversion is stable.
            again = self.choices._replace(codes=self.choices.codes & {LISTED}, glossary=(), kept=())
            taken = {place for one in decisions for place in range(one.start, one.end)}
            decisions += (
                one
                for one in decide(fold(text), convert, again)
                if one.after == text[one.start : one.end] and one.start not in taken
            )
            decisions.sort()
        return decisions

    @property
    def _from_taiwan(self) -> Callable[[str], str] | None:
        """What brings forms of Taiwan to those of the profile; None if they are its own."""
        if self.profile.language == "zh-Hant-TW":
            return None

        def convert(text: str) -> str:
            for name in ("tw2t", *self.profile.hant[STANDARD]):
                text = converter(name)(text)
            return text

        return convert


def exchanges_words(configurations: Iterable[str]) -> bool:
    """Whether one of OpenCC's configurations says things as the region does (项目 → 專案)."""
    return any(name.endswith("p") and name != "t2jp" for name in configurations)


def _over(after: str, decisions: list[Decision]) -> tuple[str, list[Decision]]:
    """A conversion character by character, with the decisions in their places."""
    pieces: list[str] = []
    placed: list[Decision] = []
    last = 0
    for one in decisions:
        pieces += after[last : one.start], one.after
        placed.append(one._replace(instead=after[one.start : one.end]))
        last = one.end
    pieces.append(after[last:])
    return "".join(pieces), placed


def _by_sentences(
    text: str, after: str, decisions: list[Decision], convert: Callable[[str], str]
) -> tuple[str, list[Decision]]:
    """A conversion that may change the length, with the decisions in it.

    No phrase runs across a newline or a full stop, and both stay: what is between them is
    the same sentence. Where the region has another word for what we decided, it stays;
    what the user says does not give way, and the sentence is converted around it.
    """
    made: list[str] = []
    placed: list[Decision] = []
    start = 0
    rest = iter(decisions)
    one = next(rest, None)
    for old, new in zip(_STOP.split(text), _STOP.split(after), strict=True):
        mine = []
        while one is not None and one.start < start + len(old):
            mine.append(one._replace(start=one.start - start, end=one.end - start))
            one = next(rest, None)
        if mine:
            there = [m for m in mine if len(old) == len(new) and _is_there(old, new, m)]
            if all(m in there or m.code not in (GLOSSARY, KEPT) for m in mine) and there:
                new, mine = _over(new, there)
            else:
                new, mine = _around(old, mine, convert)
            placed += (m._replace(start=m.start + start, end=m.end + start) for m in mine)
        made.append(new)
        start += len(old)
    return "".join(made), placed


def _is_there(old: str, new: str, one: Decision) -> bool:
    """Whether the place holds the same word in the conversion of its sentence."""
    there = fold(new[one.start : one.end])
    return there in (fold(old[one.start : one.end]), fold(one.after))


def _around(
    sentence: str, decisions: list[Decision], convert: Callable[[str], str]
) -> tuple[str, list[Decision]]:
    """A sentence converted around the decisions: between them as if it were several."""
    pieces: list[str] = []
    placed: list[Decision] = []
    last = 0
    for one in decisions:
        pieces += convert(sentence[last : one.start]), one.after
        placed.append(one._replace(instead=convert(sentence[one.start : one.end])))
        last = one.end
    pieces.append(convert(sentence[last:]))
    return "".join(pieces), placed
