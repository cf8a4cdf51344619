"""Which characters a part of a pattern matches, and how common they are."""

from __future__ import annotations

import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as sre  # type: ignore[import-not-found]
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

#: A class of more characters than this is not listed.
MANY = 64

#: Of 10,000 characters of ordinary (and scraped) Chinese text about so many are each of these.
_SHARES = {
    500: "，,",
    300: "的",
    250: "。、",
    100: " \u3000\n一是在了和",
    50: "0123456789.：:；;不有人这中大为上个国我以要他时来用们到作地出就分对成会可主发年动同工也"
    "能下过子说产种面而万亿",
    30: "“”（）()《》-方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都"
    "两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内"
    "数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直"
    "题党程展五果料象员革位入常文总次",
    10: "!?！？*%/_~·—…\r\t",
}
_SHARE = {char: share / 10_000 for share, chars in _SHARES.items() for char in chars}
_RARE = 2 / 10_000

SPACES = frozenset(
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_DIGITS = frozenset("0123456789")
#: What a letter also matches where case is ignored, beyond its own two forms.
_ODD_CASES = {"i": "İı", "s": "ſ", "k": "\u212a"}

#: Characters of a class; None: more than we care to list.
Chars = frozenset[str] | None


def chars_of(code: Any, value: Any, flags: int) -> Chars:
    """The characters that a node of width one matches, if they are few."""
    if code is op.LITERAL:
        return _cases(value, flags)
    if code is not op.IN:
        return None
    chars: set[str] = set()
    for part, what in value:
        if part is op.LITERAL:
            more = _cases(what, flags)
        elif part is op.RANGE and what[1] - what[0] < MANY:
            each = [_cases(char, flags) for char in range(what[0], what[1] + 1)]
            more = None if None in each else frozenset().union(*each)  # type: ignore[arg-type]
        elif part is op.CATEGORY and not flags & re.LOCALE:
            ascii_only = flags & re.ASCII
            more = {
                op.CATEGORY_SPACE: frozenset(" \t\n\r\f\v") if ascii_only else SPACES,
                op.CATEGORY_DIGIT: _DIGITS if ascii_only else None,
            }.get(what)
        else:
            more = None
        if more is None:
            return None
        chars |= more
    return frozenset(chars) if len(chars) <= MANY else None


def _cases(number: int, flags: int) -> Chars:
    char = chr(number)
    if not flags & re.IGNORECASE or char.lower() == char.upper() == char:
        return frozenset(char)
    if not char.isascii():
        return None
    low = char.lower()
    return frozenset(low + low.upper() + _ODD_CASES.get(low, ""))


def rarity(sets: Iterable[Iterable[str]]) -> float:
    """How many places of ordinary text (0 to 1) show one of each set, side by side, at a guess."""
    share = 1.0
    before: frozenset[str] = frozenset()
    for chars in map(frozenset, sets):
        share *= following(before, chars, sum(_SHARE.get(char, _RARE) for char in chars))
        before = chars
    return share


def following(before: frozenset[str], chars: frozenset[str], share: float) -> float:
    """How often ``chars`` stand behind ``before``, if they alone have that share.

    Han that follow each other are words: 作 is rare, behind 工 it is not.
    """
    if share < _IN_WORD and before and _few_han(before) and _few_han(chars):
        return _IN_WORD
    return share


@lru_cache(maxsize=4096)
def _few_han(chars: frozenset[str]) -> bool:
    return len(chars) <= 3 and all("\u4e00" <= char <= "\u9fff" for char in chars)


_IN_WORD = 0.05


def share_of_class(code: Any, value: Any) -> float:
    """How much of ordinary text a node of width one matches, at a guess."""
    share = 0.0
    for part, what in [(code, value)] if code is op.LITERAL else value:
        if part is op.LITERAL:
            part, what = op.RANGE, (what, what)
        if part is op.RANGE:
            share += sum(
                common for char, common in _SHARE.items() if what[0] <= ord(char) <= what[1]
            )
            # Beside the common characters: Han are shared by thousands, the rest is exotic,
            # and so is a single Han that GB 2312 does not count among the 3,755 in use.
            size = what[1] - what[0] + 1
            han = max(0, min(what[1], 0x9FFF) - max(what[0], 0x4E00) + 1)
            if size == 1 and not _in_use(chr(what[0])):
                han = 0
            share += han * 2e-5 + (size - han) * 1e-7
        elif part is op.CATEGORY and what is op.CATEGORY_DIGIT:
            share += rarity(["0123456789"])
        elif part is op.CATEGORY and what is op.CATEGORY_SPACE:
            share += rarity([" \n\u3000"])
        else:  # a negation, or letters
            return 1.0
    return share


def _in_use(char: str) -> bool:
    try:
        return char.encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False


def inside(code: Any, value: Any) -> str:
    """A node of width one as the inside of a class."""
    if code is op.LITERAL:
        return re.escape(chr(value))
    pieces = []
    for part, what in value:
        if part is op.LITERAL:
            pieces.append(re.escape(chr(what)))
        elif part is op.RANGE:
            pieces.append("-".join(re.escape(chr(end)) for end in what))
        else:
            pieces.append({op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s"}[what])
    return "".join(pieces)


def ranges_of(chars: str) -> list[tuple[int, int]]:
    """First and last of each run of characters in a class (what stands in brackets)."""
    ((code, value),) = sre.parse(f"[{chars}]")
    runs: list[tuple[int, int]] = []
    for part, what in [(code, value)] if code is op.LITERAL else value:
        if part is op.LITERAL:
            runs.append((what, what))
        elif part is op.RANGE:
            runs.append(what)
        elif part is op.CATEGORY and what is op.CATEGORY_SPACE:
            runs += ((ord(char), ord(char)) for char in SPACES)
        else:  # digits of all scripts: seen by trying
            every = "".join(map(chr, range(0x110000)))
            found = re.finditer(f"[{chars}]+", every)
            return [(run.start(), run.end() - 1) for run in found]
    united: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if united and first <= united[-1][1] + 1:
            united[-1] = united[-1][0], max(last, united[-1][1])
        else:
            united.append((first, last))
    return united
