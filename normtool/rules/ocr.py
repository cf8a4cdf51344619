"""CHR, continued: signs that a program for reading scans, or a typist, took for others.

What such a program saw is no longer there, so nearly all of it is made on request only.
"""

from __future__ import annotations

import re

from normtool.chinese import HAN_RANGES
from normtool.edits import ERROR, HIGH, MEDIUM, SAFE, UNSAFE
from normtool.patterns import later
from normtool.rule import rule

_UNITS = "[万亿萬億]|元|%|％|‰|个百分点|个|家|户|人次?|名|项|公里|亩|吨|倍|年|月|日|岁|件|只|头|台|米|平方"
_DIGITS = str.maketrans("lIO", "110")


@rule(
    "CHR201",
    UNSAFE,
    MEDIUM,
    ERROR,
    f"(?<=[{HAN_RANGES}，。；：、（“])(?:[lI][0-9lIO.,]{{0,10}}[0-9O]|[0-9][0-9lIO.,]{{0,10}}[lIO][0-9lIO.,]{{0,8}}|[0-9]{{1,6}}[.,]?[lIO])(?=[ ]?(?:{_UNITS}))",
)
def letter_for_digit(match: re.Match[str]) -> str | None:
    """Letter in a number, read from a scan in the place of a digit.

    ``增长l1.2%``, ``突破lO亿元``: l and I are 1, O is 0, where the rest is a
    number between a Chinese character and a unit. Names with letters and
    digits (I2C, O2O, A10) have no unit, or stand beside other letters.

        实现产值l58.6亿元，增长l1.2%。  →  实现产值158.6亿元，增长11.2%。
        财政收入突破lO亿元大关  →  财政收入突破10亿元大关
        新增企业2l家，人均收入8,9l2元，  →  新增企业21家，人均收入8,912元，
        利润1O.3亿元  →  利润10.3亿元
        推广O2O模式，完成I期工程  ✓
        实现产值158.6亿元，增长11.2%。  ✓
        I10公路，OA系统2个，B10区  ✓
    """
    made = match[0].translate(_DIGITS)
    return made if made != match[0] else None


@rule(
    "CHR202",
    UNSAFE,
    MEDIUM,
    ERROR,
    "-(?:(?<=[结众下]-)(?=心)|(?<=聚-)(?=堂)|(?<=然-)(?=新)|(?<=去的-)(?=年)|(?<=凡的-)(?=年)"
    "|(?<=[，。；]-)(?=年来|是[抓要强加在把坚]|方面[，要])|(?<=发生-)(?=起)|(?<=统-)(?=思想|领导))",
    table={"-": "一"},
)
def hyphen_for_one() -> None:
    """Hyphen read from a scan in the place of 一.

    ``团结-心``, ``过去的-年``: where the word around it has no other character.
    A hyphen between two names or numbers is one.

        我们欢聚-堂，团结-心。  →  我们欢聚一堂，团结一心。
        在过去的-年里，面貌焕然-新。  →  在过去的一年里，面貌焕然一新。
        成绩很大。-年来，没有发生-起事故。  →  成绩很大。一年来，没有发生一起事故。
        京-沪高铁，中-美关系，歼-10  ✓
        小学-年级，2003-2008年  ✓
        统-分结合，团结-奋斗  ✓
    """


_N = "[OoＯ一二三四五六七八九○〇零]"


@rule(
    "CHR111",
    SAFE,
    HIGH,
    ERROR,
    # Written out, so that a letter is looked for and not each year.
    f"(?<![0-9A-Za-z一二三四五六七八九])[一二](?:[OoＯ]{_N}{_N}|{_N}[OoＯ]{_N}|{_N}{_N}[OoＯ])(?=年)",
)
def letter_in_year(match: re.Match[str]) -> str | None:
    """Letter O in a year written in Chinese numerals.

    ``二OO七年``: the zero of such a year is 〇 (GB/T 15835-2011, 4.2). ○ and 零
    stay as they are, and so does the digit of ``二0一二年``.

        二OO七年六月十日  →  二〇〇七年六月十日
        二oo八年度  →  二〇〇八年度
        自二O一O年起  →  自二〇一〇年起
        二〇〇七年、二○○八年、二零零九年  ✓
        二00七年  ✓
        O型血，二OO公里  ✓
    """
    made = _NO_LETTER.sub("〇", match[0])
    return made if made != match[0] else None


_NO_LETTER = later("[OoＯ]")
