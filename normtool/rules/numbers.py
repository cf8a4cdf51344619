"""GAP, continued: numbers that vanished without a trace but their unit."""

from __future__ import annotations

import re

from normtool.chinese import HAN, LOST
from normtool.edits import GAP, HIGH, SAFE
from normtool.patterns import later
from normtool.rule import line_around, rule
from normtool.rules.lists import read_list

#: Money and the like: what a number stood before.
_FOREIGN = "美元|欧元|歐元|日元|港元|港币|港幣|英镑"
_DOMESTIC = "人民币|人民幣|元"
#: Words that a sum of money follows at once, and verbs of reaching and making.
_BEFORE_SUMS = tuple(entry[0] for entry in read_list("before_sums"))
#: 亿元以上, 亿元项目, 万元GDP: words that name a size, no number is missing.
_SIZE = (
    "以上|以下|以内|以外|级|級|户|村|乡|镇|县|市|区|园|楼|店|俱乐部|大关|大關|企业|企業|项目|項目|产值|產值|生产总值|工业|GDP|GNP|增加值"
    "|能耗|富翁|大奖|关口|规模|工程|产业|產業|投入|集团|平台|台阶"
)
_BOUND = "[,，;；。、)）:：\\n]|$"


@rule(
    "GAP102",
    SAFE,
    HIGH,
    GAP,
    # 投资亿元打造…: where the clause goes on, 亿元 is the sum
    f"(?<={HAN})[ ]{{0,2}}(?=[万亿萬億](?:(?P<foreign>{_FOREIGN})(?!{_SIZE})|(?:{_DOMESTIC})(?={_BOUND})))",
)
def amount_vanished(match: re.Match[str]) -> str | None:
    """Sum of money without its number.

    ``外资万美元``: a word that a sum follows (外资, 总投资, 达到 …) stands right
    before 万 or 亿. Sizes that are whole words (亿元以上, 亿元项目, 超亿元,
    近万元, 万元户, 几万元) miss nothing.

        出口创汇万美元,创历史新高  →  出口创汇□万美元,创历史新高
        注册资本亿元。  →  注册资本□亿元。
        地区生产总值 亿元。  →  地区生产总值□亿元。
        总投资超万美元的工厂  →  总投资超□万美元的工厂
        新开工亿元以上项目5个  ✓
        总投资亿元以上的项目  ✓
        总投资超亿元  ✓
        投资亿元打造旅游小镇，总投资亿元的项目  ✓
        投入近万元  ✓
        投资几万元、数亿元  ✓
        引进千万元项目  ✓
        万元GDP能耗下降  ✓
        成为万元户  ✓
        不管投资多少亿美元，表中单位为万美元。  ✓
        每引进外资万美元，奖励1000元  ✓
    """
    text, start, place = match.string, match.start(), match.end()
    before = text[max(start - 8, 0) : start]
    if "每" in before or before.endswith(_INDEFINITE):
        return None  # 若干亿美元, 单位为万美元, 每引进外资万美元
    foreign = match["foreign"] is not None
    if before.endswith(_BEYOND):
        # 超亿元 is a word; 超万美元 says nothing, its number is gone.
        sum_beyond = before.endswith(("投资超", "资超", "额超", "外资超过"))
        return LOST if foreign and text[place] in "万萬" and sum_beyond else None
    if before.endswith(_BEFORE_SUMS) or (
        before[-1] in "额为達达约共各" and before[:-1].endswith(_BEFORE_SUMS)
    ):
        return LOST
    # 与先进乡镇亿美元: a foreign sum is never a bare word at the end of its clause.
    if foreign and before[-1] not in _COUNTS and _ENDS.match(text, match.end("foreign")):
        return LOST
    return None


_ENDS = later(_BOUND)
_INDEFINITE = ("多少", "若干", "许多", "單位", "单位", "单位为", "单位是", "单位：", "单位:", "以")
_BEYOND = ("超过", "超過", "超", "近", "逾", "过", "破", "突破", "上")
_COUNTS = "一二三四五六七八九十百千万亿两几数多余来半壹贰叁肆伍陆柒捌玖拾佰仟个每单零〇兆幾數兩餘來"


@rule("GAP106", SAFE, HIGH, GAP, f"(?<={HAN})[ ]?(?=[%％‰])")
def percentage_vanished(match: re.Match[str]) -> str | None:
    """Percent sign without its number.

    No word stands before % in Chinese; where one does, the figure is gone.

        占总量的%和15%  →  占总量的□%和15%
        同比增长 %。  →  同比增长□%。
        下降‰，  →  下降□‰，
        增长百分之五  ✓
        单位：%  ✓
        增幅以%为单位，用%表示。  ✓
        项目⇥增幅%⇥占比%  ✓
        百分号%的写法  ✓
    """
    text, place = match.string, match.start()
    if text[place - 1] in "以用" or text[match.end() + 1 : match.end() + 2].isdigit():
        return None  # 用%表示, %20
    start, end = line_around(text, place)
    beside = match[0] + text[match.end() + 1 : match.end() + 2].strip("\r")
    if beside in ("", " ", "\t", "\n", "  ") and not _CLAUSE.search(text, start, end):
        return None  # the head of a table
    if text[max(place - 3, 0) : place].endswith(("号", "符", "號", "率", "单位")) and not re.match(
        "[ ]?[%％‰][,，。;；、和]", text[place : place + 3]
    ):
        return None
    return None if _OF_WHAT.search(text[max(place - 4, 0) : place]) else LOST


_OF_WHAT = later("百分号$|百分號$|符号$|[一二三四五六七八九十百零〇两兩半几幾数數多余餘点點]$")
_CLAUSE = later("[，。；：,;:]")


@rule(
    "GAP109",
    SAFE,
    HIGH,
    GAP,
    "(?<=提高|增长|下降|上升|回落|提升|增加|降低|收窄)(?P<edit>)(?=[个個]百)(?=个百分点|個百分點)",
)
def points_vanished(match: re.Match[str]) -> str:
    """Percentage points without their number.

    Behind a verb of rising or falling a number is due before 个百分点; the
    measure word 个 never stands there alone. 几个百分点 has its number.

        占比提高个百分点  →  占比提高□个百分点
        城镇化率提升个百分点  →  城镇化率提升□个百分点
        失业率下降个百分点。  →  失业率下降□个百分点。
        占比提高2个百分点  ✓
        提高了几个百分点  ✓
        用个百分点来表示  ✓
    """
    return LOST


@rule(
    "GAP112",
    SAFE,
    HIGH,
    GAP,
    "(?<=死亡|受伤|重伤|伤亡|遇难|失踪|受灾)[ ]?(?=[人户]以上(?!报)|人、(?![畜财物车房]))",
)
def casualties_vanished(match: re.Match[str]) -> str:
    """Casualties without their number.

    Reports of accidents name a threshold (死亡3人以上); without its number it
    is no threshold.

        一次死亡人以上的事故  →  一次死亡□人以上的事故
        一次受伤人以上的  →  一次受伤□人以上的
        共遇难人、失踪人、受灾户以上  →  共遇难□人、失踪□人、受灾□户以上
        一次死亡3人以上的事故  ✓
        死亡人数下降  ✓
        死亡人口统计  ✓
    """
    return LOST
