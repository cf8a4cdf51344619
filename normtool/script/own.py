"""What we decide against OpenCC: places where it would be wrong for certain.

A decision is a place in the text and the characters to write there, whatever OpenCC
wrote (``conversion``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from normtool.script import words

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
    codes = choices.codes
    found: list[Decision] = []
    if choices.glossary:
        found += _said(text, dict(choices.glossary), GLOSSARY)
    if choices.kept:
        found += _said(text, {word: word for word in choices.kept}, KEPT)
    if not simplified:
        return _resolved(found)
    if MEASURE in codes:
        found += _measures(text)
    if SURNAME in codes:
        found += (
            Decision(*m.span("name"), _SURNAMES[m["name"]], SURNAME, "a surname")
            for m in _NAMES.finditer(text)
        )
    for one in _words(text, convert, region is not None, codes):
        found.append(
            one._replace(after=region(one.after)) if region and one.code == LISTED else one
        )
    if ALONE in codes:
        found += (
            Decision(m.start(), m.end(), _ALONE[m[0]], ALONE, "no phrase decides it")
            for m in _SINGLE.finditer(text)
            if not covered(text, m.start())
        )
    if FOREIGN in codes:
        found += (
            Decision(m.start(), m.end(), "里", FOREIGN, "a foreign name")
            for m in _FOREIGN.finditer(text)
        )
    return _resolved(found)


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


def _measures(text: str) -> Iterator[Decision]:
    for m in _MEASURES.finditer(text):
        name = m.lastgroup or ""
        yield Decision(*m.span(name), _WRITTEN[name][1], MEASURE, "counts what follows")


def _words(
    text: str, convert: Callable[[str], str], everywhere: bool, codes: frozenset[str]
) -> Iterator[Decision]:
    listed = words.listed(everywhere) if LISTED in codes else {}
    grabbing = words.grabbing() if BOUNDARY in codes else frozenset()
    if not listed and not grabbing:
        return
    automaton, ordered = words.automaton(grabbing.union(listed))
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        word = ordered[index]
        if word in listed and (end - start > 2 or not words.crossed(text, start, end)):
            after, why = listed[word]
            yield Decision(start, end, after, LISTED, why)
        if word in grabbing and (other := _beginning(text, end - 1, word)):
            after = convert(other)[0]
            if after != convert(word)[-1]:
                yield Decision(end - 1, end, after, BOUNDARY, f"begins {other}, not in {word}")


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
