"""Outline numbers of Chinese prose: how they are written, their level, their value.

Official documents number their parts 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3); speeches add
第一个问题： above and the run-in 第一， 一是 其一， below. One table, ``PATTERNS``, says how each
style is written; ``parse`` reads the number at one place, ``PATTERNS`` are for rules that search.
Both take half-width marks too, because breaks are mended before punctuation.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normtool.patterns import later
from normtool.records import NamedTuple

_UNIT = "一二三四五六七八九"
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")

#: 1 to 99 in Chinese characters; also matches the beginning of a longer number.
NUMBER = f"(?:[{_UNIT}]?十[{_UNIT}]?|[{_UNIT}])"
#: 1 to 999, as the articles of a law need it.
LONG_NUMBER = f"(?:[{_UNIT}]百(?:零[{_UNIT}]|[{_UNIT}]十[{_UNIT}]?)?|{NUMBER})"
#: 1 to 99 in digits of either width, not the end or the beginning of a longer number.
DIGITS = r"(?<![0-9０-９.．])[1-9１-９][0-9０-９]?(?![0-9０-９])"

# 二、三产业, 一、二、三等奖: what follows a number of a list rather than a heading's number.
# 农 个 大 项 are missing on purpose: 二、三农工作 and 三、四个全面 are headings.
_COUNTED = (
    "、和至到级产线类等期十百千万年季次手审楼层月班组号名度环把流品院轮批步代中师团队人天日周岁"
)
_NO_LIST = (
    "(?!(?:"
    + "|".join(f"(?<={one}[、.．]){two}" for one, two in zip(_UNIT, _UNIT[1:] + "十", strict=True))
    + f")[{_COUNTED}]|(?<=、){NUMBER}、)"
)
# 1、2条 and 1、2、3; but 1、2004年 and 1、12个 are items.
_NO_DIGIT_LIST = r"(?![0-9０-９]{1,2}[、，,和至到级条款项期号类线-])"
# 1.5 and 3.15; but 1.2004年 is an item.
_NO_DECIMAL = r"(?![0-9０-９])|(?=(?:19|20)[0-9]{2}年)"
_STOP = "[，,、：:]"
_END = r"(?![^\n])"  # of the line

#: How each style is written, with its mark: a regular expression without groups.
PATTERNS = {
    "第一个问题": f"第{NUMBER}大?[个個]?(?:[问問][题題]|方面|[层層]面|[环環][节節]|[阶階]段"
    "|任[务務]|意[见見]|要求)(?:[，,、：:。]|(?=是))",
    "第一部分": f"第{NUMBER}[个個大]?部分(?:[，,、：:。 \u3000]|{_END})",
    "第一章": f"第{LONG_NUMBER}[章编編](?:[：: \u3000]|{_END})",
    "第一节": f"第{LONG_NUMBER}[节節](?:[：: \u3000]|{_END})",
    "第一条": f"第{LONG_NUMBER}[条條](?:之{NUMBER})?(?:[：: \u3000]|{_END})",
    "一、": f"{NUMBER}[、.．]{_NO_LIST}",
    "（一）": f"[（(]{NUMBER}[）)](?![、，,和至到]?[（(])[、.．]?",
    "1.": f"{DIGITS}(?:、{_NO_DIGIT_LIST}|[.．](?:{_NO_DECIMAL}))",
    "（1）": rf"(?:[（(][1-9１-９][0-9０-９]?[）)]|{DIGITS}[）)])(?![、，,和至到]?[（(])[、.．]?",
    "①": "[①-⑳⑴-⒇]、?",
    "第一，": f"第{NUMBER}(?:[，,：:]|、(?!第?{NUMBER}))",
    "首先": f"(?:首先|其次|再次)(?:{_STOP}|(?=[要是]))",
    "一是": f"{NUMBER}是(?![一二三四五六七八九十不否])",
    "一要": f"{NUMBER}要(?![素件点务领紧])",
    "其一": f"其[{_UNIT}](?:{_STOP}|(?=是))",
}

#: The level of each style. 1 to 4 can be headings; 5 is run into the paragraph.
LEVELS = {
    "第一个问题": 1,
    "第一部分": 1,
    "第一章": 1,
    "第一节": 2,
    "第一条": 3,
    "一、": 1,
    "（一）": 2,
    "1.": 3,
    "（1）": 4,
    "①": 4,
    "第一，": 5,
    "首先": 5,
    "一是": 5,
    "一要": 5,
    "其一": 5,
}
#: The level of what is only ever run in.
RUN_IN = 5


class Number(NamedTuple):
    """An outline number: a key of ``PATTERNS``, its level, what it counts, its code points.

    ``length`` includes the mark, not the blank that may follow it.
    """

    style: str
    level: int
    value: int
    length: int


def parse(text: str, start: int = 0) -> Number | None:
    """The outline number that stands at ``start``, or None.

    >>> parse("（十二）强化责任")
    Number(style='（一）', level=2, value=12, length=4)
    >>> parse("一、二、三产业协调发展") is None
    True
    """
    styles = _BY_FIRST.get(text[start : start + 1])
    if styles is None:
        return None
    for style, pattern in styles:
        match = pattern.match(text, start)
        if match is not None:
            end = match.end()
            if style[0] == "第" and text[end - 1] in " \u3000":
                end -= 1
            return Number(style, LEVELS[style], _value(match[0]), end - start)
    return None


def to_int(numeral: str) -> int | None:
    """The value of 1 to 999 in Chinese characters or of digits of either width, or None.

    >>> [to_int(n) for n in ("九", "十", "二十三", "一百零五", "两", "１２", "三农")]
    [9, 10, 23, 105, 2, 12, None]
    """
    if _WRITTEN_DIGITS.fullmatch(numeral):
        return int(numeral.translate(_WIDE_DIGITS))
    if numeral == "两":
        return 2
    match = _WRITTEN.fullmatch(numeral)
    if match is None or not numeral:
        return None
    hundreds, tens, ten, units = match.groups()
    value = 100 * (_UNIT.index(hundreds) + 1) if hundreds else 0
    if ten:
        value += 10 * (_UNIT.index(tens) + 1 if tens else 1)
    return value + (_UNIT.index(units) + 1 if units else 0)


def to_words(value: int) -> str:
    """A number from 1 to 99 in Chinese characters. Raises ValueError beyond.

    >>> [to_words(n) for n in (3, 10, 11, 40, 99)]
    ['三', '十', '十一', '四十', '九十九']
    """
    if not 1 <= value <= 99:
        raise ValueError(f"outline numbers run from 1 to 99, not to {value}")
    tens, units = divmod(value, 10)
    words = ("" if tens == 1 else _UNIT[tens - 1]) + "十" if tens else ""
    return words + (_UNIT[units - 1] if units else "")


_WRITTEN = later(f"(?:([{_UNIT}])百零?)?(?:([{_UNIT}]?)(十))?([{_UNIT}]?)")
_WRITTEN_DIGITS = later("[0-9０-９]{1,6}")
_VALUE = later(f"{LONG_NUMBER}|[0-9０-９]+")
_ORDER = {"首先": 1, "其次": 2, "再次": 3}


@lru_cache(maxsize=512)
def _value(written: str) -> int:
    first = written[0]
    if "①" <= first <= "⑳":
        return ord(first) - ord("①") + 1
    if "⑴" <= first <= "⒇":
        return ord(first) - ord("⑴") + 1
    if written[:2] in _ORDER:
        return _ORDER[written[:2]]
    match = _VALUE.search(written)
    return (to_int(match[0]) if match else None) or 0


def _by_first() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The styles that can begin with a character: most lines begin with none of these."""
    firsts = {
        "第": ("第一个问题", "第一部分", "第一章", "第一节", "第一条", "第一，"),
        _UNIT + "十": ("一、", "一是", "一要"),
        "（(": ("（一）", "（1）"),
        "123456789１２３４５６７８９": ("1.", "（1）"),
        "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇": ("①",),
        "首再": ("首先",),
        "其": ("首先", "其一"),
    }
    compiled = {style: later(pattern) for style, pattern in PATTERNS.items()}
    return {
        first: [(style, compiled[style]) for style in styles]
        for characters, styles in firsts.items()
        for first in characters
    }


_BY_FIRST = _by_first()
