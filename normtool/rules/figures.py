"""GAP, continued: figures that are missing before a unit no word can end in."""

from __future__ import annotations

import re

from normtool.chinese import LOST
from normtool.edits import GAP, HIGH, MEDIUM, SAFE
from normtool.patterns import later
from normtool.rule import rule

_END = "(?=[,，。;；、]|\\n|\\Z)"


@rule(
    "GAP114",
    SAFE,
    HIGH,
    GAP,
    f"(?<=人均|收入|增加|净增|增收|减少|总额|总值|产值|税收|余额|贷款|存款|损失)(?=元{_END})"
    f"|(?<=公路|铁路|道路|管网|线路|管道|渠道|光缆|河道|绿道|全长|总长|里程|通车)(?=公里{_END})"
    f"|(?<=面积|林地|耕地|农田|绿地)(?=[亩公平])(?=(?:亩|公顷|平方米|平方公里){_END})"
    f"|(?<=产量|总产|储量)(?=(?:吨|公斤){_END})",
)
def figure_vanished(match: re.Match[str]) -> str | None:
    """Quantity without its figure.

    ``人均纯收入元，``: what is counted, then the unit, then the end of the
    clause. No word ends in 收入元 or 公路公里; the figure is gone.

        农民人均纯收入元，比上年增加元。  →  农民人均纯收入□元，比上年增加□元。
        改造农村公路公里，受益三万人。  →  改造农村公路□公里，受益三万人。
        新增林地面积亩；粮食总产吨。  →  新增林地面积□亩；粮食总产□吨。
        人均收入5000元，增加多少元。  ✓
        增加元素含量，提高公路公里数。  ✓
        单位：人均元  ✓
        面积亩数，产量吨位  ✓
    """
    text, start = match.string, match.start()
    return None if _AS_UNIT.search(text, max(start - 8, 0), start) else LOST


# 单位：人均元 names the unit of a table.
_AS_UNIT = later("单位|單位")


@rule(
    "GAP115",
    SAFE,
    MEDIUM,
    GAP,
    "(?<=[\u4e00-\u9fff])[ ](?=(?:个|亩|吨|公里|千瓦|平方米|公顷|万吨|万亩|万人|人次|辆|座)[，。；、,;])",
)
def blank_for_figure(match: re.Match[str]) -> str | None:
    """Blank in the place of a figure.

    ``新增合作社 个，``: behind the blank stands a measure word and the end of
    the clause. A word that the width of the page tore (这 个) is no such place.

        新增农民专业合作社 个，总数达到263家。  →  新增农民专业合作社□个，总数达到263家。
        改造低产田 亩，新修公路 公里。  →  改造低产田□亩，新修公路□公里。
        生产粮食 吨；接待游客 人次。  →  生产粮食□吨；接待游客□人次。
        新增合作社5个，低产田300亩。  ✓
        不止这个，还有那个。  ✓
        计量单位有三种：个，亩，吨。  ✓
    """
    text, start = match.string, match.start()
    if text[start - 1] in _COUNTS or _AS_UNIT.search(text, max(start - 8, 0), start):
        return None
    return LOST


_COUNTS = "这那每整各某几一二三四五六七八九十百千万亿两哪逐多半第数余這幾兩億萬餘數"
