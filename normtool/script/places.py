"""What one place in a text shows: a measure word, a surname, a foreign name ...

Each function gets a text and where a trigger stands in it (``own``), and answers with a
decision or None.
"""

from __future__ import annotations

from normtool.chinese import HAN_RANGES
from normtool.patterns import later
from normtool.script import words
from normtool.script.decisions import ALONE, FOREIGN, MEASURE, SURNAME, Decision

#: A figure, or what stands where one was lost.
FIGURES = "0123456789０１２３４５６７８９□*＊"
#: Between a figure and what it counts.
MORE = "多余几来"
#: 只 before these is the adverb: 其中28只有.
_ONLY = frozenset("是有能要会可得顾为在用需不够剩占怕因限好见管") | frozenset(FIGURES)
TURNS = "这那一两三四五六七八九十几每"
_PLAY = later(f"[{HAN_RANGES}]{{0,2}}[戏剧]")
#: Surnames that OpenCC takes for other words.
_SURNAMES = "于范余涂郁朴干"
_OFTEN_WORDS = frozenset(_SURNAMES)
#: What only persons are called, behind the name or in front of it.
PERSONS = "同志 先生 女士 小姐 老师 教授 书记 主席 主任 省长 市长 县长 局长 院长 校长".split()  # noqa: SIM905
_NAME = later(
    rf"(?:(?<![{HAN_RANGES}])|(?<=[由和与及请])|(?<={'|'.join(PERSONS)}))(?P<name>[{_SURNAMES}])"
    rf"(?![各全诸这那该本此我你他她们一两党老青广大上下前后今昨明是在有])[{HAN_RANGES}]{{0,2}}\Z"
)
#: Characters of foreign names; what stands in front of such a name.
SOUNDS = (
    "阿埃艾昂奥巴贝比波伯布戴丹德迪杜恩尔法菲弗盖戈哈赫基加卡凯科克拉莱勒雷利卢洛罗马玛迈曼梅蒙"
    "米莫姆穆纳尼诺努佩普萨塞桑斯索塔泰特图托瓦韦维沃亚耶伊尤约扎泽兹"
)
_IN_FRONT = "于在到从和与"
_HAN = later(f"[{HAN_RANGES}]")
#: What stands before a 签 that is signed, and behind a 范 that is no name.
SIGNED = "已未待刚代亲双正"
_NORM = frozenset("儿数式本畴围文例")


def measure(text: str, start: int, end: int) -> Decision | None:
    """只, 里 or 出 behind a figure (or 这, 一 ...): whether it counts what follows."""
    place, word, behind = end - 1, text[end - 1], text[end : end + 1]
    if word == "出":
        after = "齣" if _PLAY.match(text, end) else ""
    elif text[start] in MORE and text[start - 1 : start] not in tuple(FIGURES):
        return None
    elif word == "只":
        after = "隻" if behind not in _ONLY else ""
    else:
        after = "里" if behind not in tuple("面边头") else ""
    return Decision(place, end, after, MEASURE, "counts what follows") if after else None


def surname(text: str, start: int, end: int) -> Decision | None:
    """What only persons are called: whether a surname stands before the name in front of it."""
    front = text[max(0, start - 5) : start]
    if _OFTEN_WORDS.isdisjoint(front) or (found := _NAME.search(front)) is None:
        return None
    place = start - len(front) + found.start("name")
    if text[max(0, place - 1) : place + 1] in words.common():  # 由于建国, 终于
        return None
    return Decision(place, place + 1, found["name"], SURNAME, "a surname")


def alone(text: str, start: int, end: int) -> Decision | None:
    """签 or 范: whether it stands alone."""
    if covered(text, end - 1) or (text[start] == "范" and text[end : end + 1] in _NORM):
        return None
    after = "范" if text[start] == "范" else "簽"
    return Decision(end - 1, end, after, ALONE, "no phrase decides it")


def foreign(text: str, start: int, end: int) -> Decision | None:
    """里 and a character of foreign names: whether both belong to one."""
    front, behind = text[start - 1 : start], text[end : end + 1]
    if front and front in SOUNDS:
        sounds = True
    else:
        free = not front or front in _IN_FRONT or _HAN.match(front) is None
        sounds = free and bool(behind) and behind in SOUNDS
    return Decision(start, start + 1, "里", FOREIGN, "a foreign name") if sounds else None


def covered(text: str, place: int) -> bool:
    """Whether a phrase of OpenCC may hold the character at ``place``."""
    known = words.phrases()
    end = min(len(text), place + 5)
    for start in range(max(0, place - 4), place + 1):
        for stop in range(max(place, start + 1) + 1, min(end, start + 6) + 1):
            if text[start:stop] in known:
                return True
    return False


def beginning(text: str, place: int, phrase: str) -> str:
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
