"""What we decide against OpenCC: places where it would be wrong for certain.

A decision is a place in the text and the characters to write there, whatever OpenCC
wrote (``conversion``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from normtool.script import words

if TYPE_CHECKING:
    import ahocorasick_rs

#: In falling order: what the user says wins over everything.
GLOSSARY, KEPT, MEASURE, SURNAME, LISTED, BOUNDARY, ALONE, FOREIGN = (
    "SCR210",
    "SCR211",
    "SCR202",
    "SCR203",
    "SCR201",
    "SCR204",
    "SCR205",
    "SCR206",
)
_ORDER = {
    code: n
    for n, code in enumerate((GLOSSARY, KEPT, MEASURE, SURNAME, LISTED, BOUNDARY, ALONE, FOREIGN))
}
CODES = frozenset(_ORDER)


class Choices(NamedTuple):
    """What the user wants of the conversion.

    codes      the rules that may decide
    glossary   words and what they become, in the script asked for
    kept       strings that no conversion may touch
    """

    codes: frozenset[str] = CODES
    glossary: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()


#: Every rule, and nothing of the user's.
ALL = Choices()


class Decision(NamedTuple):
    """``text[start:end]`` becomes ``after`` by the rule ``code``; ``note`` says why."""

    start: int
    end: int
    after: str
    code: str
    note: str


class Choices(NamedTuple):
    """What the user wants of the conversion.

    codes      the rules that may decide
    glossary   words and what they become, in the script asked for
    kept       strings that no conversion may touch
    """

    codes: frozenset[str] = CODES
    glossary: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()


#: Every rule, and nothing of the user's.
ALL = Choices()


class Decision(NamedTuple):
    """``text[start:end]`` becomes ``after`` by the rule ``code``; ``note`` says why."""

    start: int
    end: int
    after: str
    code: str
    note: str


# A figure, or what stands where one was; then the measure word. 只 before 是有能要... is
# the adverb: 2023年共5只是 is not met, 其中28只有 is.
_FIGURE = r"(?<=[0-9０-９□*＊])[多余几来]?"
_MEASURES = re.compile(
    rf"{_FIGURE}(?:(?P<animals>只)(?![0-9是有能要会可得顾为在用需不够剩占怕因限好见管])"
    r"|(?P<miles>里)(?![面边头]))"
    "|(?<=[这那一两三四五六七八九十几每])(?P<plays>出)(?=[\u4e00-\u9fff]{0,2}[戏剧])"
)
_WRITTEN = {"animals": ("只", "隻"), "miles": ("里", "里"), "plays": ("出", "齣")}
# Foreign names in Chinese characters have no 裡. A preposition or a mark and two of these
# characters behind, or one on each side.
_SOUNDS = (
    "阿埃艾昂奥巴贝比波伯布戴丹德迪杜恩尔法菲弗盖戈哈赫基加卡凯科克拉莱勒雷利卢洛罗马玛迈曼梅蒙"
    "米莫姆穆纳尼诺努佩普萨塞桑斯索塔泰特图托瓦韦维沃亚耶伊尤约扎泽兹"
)
_FOREIGN = re.compile(
    rf"(?:(?<=[于在到从和与、，（])|(?<![\u4e00-\u9fff]))里(?=[{_SOUNDS}]{{2}})"
    rf"|(?<=[{_SOUNDS}])里(?=[{_SOUNDS}])"
)
# Surnames that OpenCC takes for other words. A given name of one or two characters, then
# what only persons are called; in front a mark, a title or the start.
_SURNAMES = {"于": "于", "范": "范", "余": "余", "涂": "涂", "郁": "郁", "朴": "朴", "干": "干"}
_PERSON = "同志|先生|女士|小姐|老师|教授|书记|主席|主任|省长|市长|县长|局长|院长|校长|某"
_NAMES = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[由和与及请])"
    r"|(?<=书记|主席|主任|省长|市长|县长|局长|院长|校长|同志))"
    rf"(?P<name>[{''.join(_SURNAMES)}])"
    r"(?![各全诸这那该本此我你他她们一两党老青广大上下前后今昨明是在有])"
    rf"[\u4e00-\u9fff]{{0,2}}?(?={_PERSON})"
)
# Undecided, OpenCC writes 籤 and 範; but a 签 alone is signed (已签), a 范 alone a name.
_ALONE = {"签": "簽", "范": "范"}
_SINGLE = re.compile("(?<=[已未待刚代亲双正])签|范(?![儿数式本畴围文例])")


#: A figure, or what stands where one was lost.
_FIGURES = "0123456789０１２３４５６７８９□*＊"
#: Between a figure and what it counts.
_MORE = "多余几来"
#: 只 before these is the adverb: 其中28只有.
_ONLY = frozenset("是有能要会可得顾为在用需不够剩占怕因限好见管") | frozenset(_FIGURES)
_TURNS = "这那一两三四五六七八九十几每"
_PLAY = re.compile("[\u4e00-\u9fff]{0,2}[戏剧]")
#: Surnames that OpenCC takes for other words.
_SURNAMES = "于范余涂郁朴干"
#: What only persons are called, behind the name or in front of it.
_PERSONS = "同志 先生 女士 小姐 老师 教授 书记 主席 主任 省长 市长 县长 局长 院长 校长".split()
_NAME = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[由和与及请])|(?<={'|'.join(_PERSONS)}))(?P<name>[{_SURNAMES}])"
    r"(?![各全诸这那该本此我你他她们一两党老青广大上下前后今昨明是在有])[\u4e00-\u9fff]{0,2}\Z"
)
#: Characters of foreign names; what stands in front of such a name.
_SOUNDS = (
    "阿埃艾昂奥巴贝比波伯布戴丹德迪杜恩尔法菲弗盖戈哈赫基加卡凯科克拉莱勒雷利卢洛罗马玛迈曼梅蒙"
    "米莫姆穆纳尼诺努佩普萨塞桑斯索塔泰特图托瓦韦维沃亚耶伊尤约扎泽兹"
)
_IN_FRONT = "于在到从和与"
_HAN = re.compile("[\u4e00-\u9fff]")
#: What stands before a 签 that is signed, and behind a 范 that is no name.
_SIGNED = "已未待刚代亲双正"
_NORM = frozenset("儿数式本畴围文例")


def decide(
    text: str,
    convert: Callable[[str], str],
    choices: Choices = ALL,
    *,
    simplified: bool = True,
    region: Callable[[str], str] | None = None,
) -> list[Decision]:
    """Return the decisions for a text, in order, none touching another's place.

    ``convert`` is the conversion that is asked for. Of a text that is not
    ``simplified`` only what the user said is decided. ``region`` turns forms of
    Taiwan into those of another place; what is the custom of Taiwan is left out then.
    """
    found: list[Decision] = []
    if choices.glossary:
        found += _said(text, dict(choices.glossary), GLOSSARY)
    if choices.kept:
        found += _said(text, {word: word for word in choices.kept}, KEPT)
    if simplified and choices.codes:
        everywhere = region is not None
        automaton, strings = _triggers(everywhere, choices.codes)
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            string, codes = strings[index]
            for code in codes:
                one = _RULES[code](text, start, end)
                if one is not None:
                    found.append(one)
                elif code == LISTED and (end - start > 2 or not words.crossed(text, start, end)):
                    after, why = words.listed(everywhere)[string]
                    after = region(after) if region else after
                    found.append(Decision(start, end, after, LISTED, why))
                elif code == BOUNDARY and (other := _beginning(text, end - 1, string)):
                    after = convert(other)[0]
                    if after != convert(string)[-1]:
                        why = f"begins {other}, not in {string}"
                        found.append(Decision(end - 1, end, after, BOUNDARY, why))
    return _resolved(found) if found else found


@cache
def _triggers(
    everywhere: bool, codes: frozenset[str]
) -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[str, list[str]]]]:
    """One automaton over everything that may be a place, and which rules look there."""
    from ahocorasick_rs import AhoCorasick, Implementation

    places: dict[str, list[str]] = {}
    for code, strings in (
        (LISTED, words.listed(everywhere)),
        (BOUNDARY, words.grabbing()),
        (MEASURE, (a + b for a in _FIGURES + _MORE for b in "只里")),
        (MEASURE, (a + "出" for a in _TURNS)),
        (SURNAME, _PERSONS),
        (ALONE, (*(one + "签" for one in _SIGNED), "范")),
        (FOREIGN, ("里" + one for one in _SOUNDS)),
    ):
        for string in strings if code in codes else ():
            places.setdefault(string, []).append(code)
    # The dense form is half as fast again, and to build it takes some milliseconds more.
    automaton = AhoCorasick(list(places), implementation=Implementation.DFA)
    return automaton, list(places.items())


def _measure(text: str, start: int, end: int) -> Decision | None:
    place, word, behind = end - 1, text[end - 1], text[end : end + 1]
    if word == "出":
        after = "齣" if _PLAY.match(text, end) else ""
    elif text[start] in _MORE and text[start - 1 : start] not in tuple(_FIGURES):
        return None
    elif word == "只":
        after = "隻" if behind not in _ONLY else ""
    else:
        after = "里" if behind not in tuple("面边头") else ""
    return Decision(place, end, after, MEASURE, "counts what follows") if after else None


def _surname(text: str, start: int, end: int) -> Decision | None:
    found = _NAME.search(text[max(0, start - 5) : start])
    if found is None:
        return None
    place = max(0, start - 5) + found.start("name")
    return Decision(place, place + 1, found["name"], SURNAME, "a surname")


def _alone(text: str, start: int, end: int) -> Decision | None:
    if covered(text, end - 1) or (text[start] == "范" and text[end : end + 1] in _NORM):
        return None
    after = "范" if text[start] == "范" else "簽"
    return Decision(end - 1, end, after, ALONE, "no phrase decides it")


def _foreign(text: str, start: int, end: int) -> Decision | None:
    front, behind = text[start - 1 : start], text[end : end + 1]
    if front and front in _SOUNDS:
        sounds = True
    else:
        free = not front or front in _IN_FRONT or _HAN.match(front) is None
        sounds = free and bool(behind) and behind in _SOUNDS
    return Decision(start, start + 1, "里", FOREIGN, "a foreign name") if sounds else None


def _elsewhere(text: str, start: int, end: int) -> None:
    """Decided by ``decide`` itself: they need to know the conversion."""


_RULES: dict[str, Callable[[str, int, int], Decision | None]] = {
    LISTED: _elsewhere,
    BOUNDARY: _elsewhere,
    MEASURE: _measure,
    SURNAME: _surname,
    ALONE: _alone,
    FOREIGN: _foreign,
}


def covered(text: str, place: int) -> bool:
    """Whether a phrase of OpenCC may hold the character at ``place``."""
    known = words.phrases()
    end = min(len(text), place + 5)
    for start in range(max(0, place - 4), place + 1):
        for stop in range(max(place, start + 1) + 1, min(end, start + 6) + 1):
            if text[start:stop] in known:
                return True
    return False


def _said(text: str, forms: Mapping[str, str], code: str) -> Iterator[Decision]:
    longest = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    for m in re.finditer(longest, text):
        yield Decision(m.start(), m.end(), forms[m[0]], code, "as the user says")


def _beginning(text: str, place: int, phrase: str) -> str:
    """The common word that begins with the last character of a phrase and ends behind it."""
    known = words.common()
    for size in (4, 3, 2):
        word = text[place : place + size]
        if len(word) == size and word in known:
            break
    else:
        return ""
    # A longer word or phrase that holds both says that the phrase was right.
    start = place + 1 - len(phrase)
    for left in range(max(0, start - 2), start + 1):
        for right in range(place + 2, min(len(text), place + 5) + 1):
            if text[left:right] in known or text[left:right] in words.phrases():
                return ""
    return word


def _resolved(found: list[Decision]) -> list[Decision]:
    """Of decisions that overlap the stronger rule's, then the longer, then the first."""
    found.sort(key=lambda one: (_ORDER[one.code], one.start - one.end, one.start))
    taken: set[int] = set()
    chosen = []
    for one in found:
        if taken.isdisjoint(range(one.start, one.end)):
            taken.update(range(one.start, one.end))
            chosen.append(one)
    chosen.sort()
    return chosen
