"""SPC: white space that the page put in.

Blanks are never inserted, and those beside Latin words stay: official
documents set none between Han and Latin, writers of today often do, and both
know what they want.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from normtool.chinese import HAN_RANGES
from normtool.edits import CONVENTION, HIGH, LOW, MEDIUM, SAFE, UNSAFE
from normtool.patterns import later
from normtool.rule import line_around, rule

_H = f"[{HAN_RANGES}]"
_RUNNING = later("[，。；：！？,;!?]")
_LABEL = later("[一-鿿]{2,4}(?:（[^（）\\n]{1,8}）)?[：:]")


# A unit, unless it begins another word: 2 人口, 3 家庭, 5 条例.
_UNITS = (
    "[万亿萬億]|元(?![旦素])|美元|个(?![人别体])|個(?![人別體])|项(?!目)|項(?!目)|家(?![庭长乡])|[户戶](?![籍口])"
    "|人(?![口民员才大力类物事])|名(?![单称录誉])|吨|噸|亩|畝|公里|千米|平方|立方|公顷|倍|岁|歲|次(?![序要])|件|天(?![津然])"
    "|小时|年(?![ ]+月)|月(?![ ]+日)|日(?![常本])|[%％]|千瓦|千克|公斤|米(?!饭)|只(?![有要是能])|隻|条(?![例件])|條(?![例件])|所(?![有以属])"
    "|座(?!谈)|[种種](?![植类业])|台(?![湾州账])|[处處](?![理长罚于])|期(?![间限望])|[届屆]|级(?!别)|級|号(?!召)|號(?!召)|度(?!过)"
)
_UNIT_APART = f"[ ](?<=[0-9*×].)[ ]*(?=(?:{_UNITS}))"
_BLANK_UNIT = later(_UNIT_APART)
_NUMBER_APART = f"[ ](?<=[{HAN_RANGES}].)(?<![表图圖例注第附件号编条條].)(?=[0-9]+(?:[.][0-9]+)?(?:{_UNITS}|个百分点|多|余))"
_BLANK_NUMBER = later(_NUMBER_APART)


@rule("SPC102", SAFE, MEDIUM, CONVENTION, needs=_UNIT_APART)
def blank_before_unit(text: str) -> Iterator[tuple[int, int, str]]:
    """Blank between a number and its unit.

    ``26.5 亿元`` where the file otherwise writes ``40亿元``: nine of ten numbers
    in it have none. A file that sets blanks around numbers on both sides does
    it on purpose.

        投资40亿元，引进资金26.5␣亿元  →  投资40亿元，引进资金26.5亿元
        投资40亿元，注册资本**␣亿元  →  投资40亿元，注册资本**亿元
        引进3 个项目，开工2个，竣工5个，在建12个，储备9个，签约7个，洽谈11个，落户4个，投产6个，停工1个  →  引进3个项目，开工2个，竣工5个，在建12个，储备9个，签约7个，洽谈11个，落户4个，投产6个，停工1个
        投资 40 亿元，引进 3 个项目  ✓
        ISBN 978 中国  ✓
        20  年  月  日  ✓
        表2 人口构成  ✓
        编为第 9 次，共3项，涉及5个村、8户  ✓
    """
    places = list(_BLANK_UNIT.finditer(text))
    if not places:
        return
    enough = len(places) * 9
    both_go: bool | None = None
    tight = sum(1 for _ in islice(_TIGHT.finditer(text), enough))
    if tight < enough and (len(places) > 2 or (tight == 0 and len(places) > 1)):
        return
    for match in places:
        start = _NUMBER_BEFORE.search(text, max(match.start() - 20, 0), match.start())
        before = text[start.start() - 1] if start and start.start() else ""
        if start is None or (before and before in "表图圖件例注第"):
            continue
        if before in (" ", "\u00a0"):
            word = text[start.start() - 2 : start.start() - 1]
            if tight < 3 * len(places) or (word and word in "表图圖件例注第"):
                continue  # 3 个 beside 40 亿元: a style
            if both_go is None:  # SPC105 or SPC202 takes the blank before it
                follows = sum(1 for _ in islice(_FOLLOWS.finditer(text), enough))
                both_go = follows >= enough or len(_BLANK_NUMBER.findall(text)) >= 4
            if not both_go:
                continue
        yield match.start(), match.end(), ""


_TIGHT = later(f"[0-9*×](?={_H}|%)")
_NUMBER_BEFORE = later("[0-9*×][0-9.,*×]*$")


@rule("SPC105", SAFE, MEDIUM, CONVENTION, needs=_NUMBER_APART)
def blank_before_number(text: str) -> Iterator[tuple[int, int, str]]:
    """Blank between a Chinese character and a number, inside a clause.

    The trace of a wrapped line, where nine of ten numbers of the file follow
    their word at once. Only inside a clause with marks on both sides; labels of
    tables and numbered parts keep theirs.

        全长40公里，投资3亿元，新建9座桥，改造5条路，建于2003年，竣工于4月，今年4月␣28日通车，耗时1年、2个月，用工5万人。  →  全长40公里，投资3亿元，新建9座桥，改造5条路，建于2003年，竣工于4月，今年4月28日通车，耗时1年、2个月，用工5万人。
        引进项目3个，开工2个，竣工5个，在建12个，储备9个，签约7个，洽谈11个，落户4个，投产6个，停工1个，其中工业 5个。  →  引进项目3个，开工2个，竣工5个，在建12个，储备9个，签约7个，洽谈11个，落户4个，投产6个，停工1个，其中工业5个。
        引进项目3个，开工2个，竣工5个，在建12个，储备9个，签约7个，洽谈11个，落户4个，投产6个，停工1个，计划明年再增加 8个。  →  引进项目3个，开工2个，竣工5个，在建12个，储备9个，签约7个，洽谈11个，落户4个，投产6个，停工1个，计划明年再增加8个。
        面积 3500平方米，投资 200万元，历时 15个月。  ✓
        见附表 2，列于图 3，共有3项。  ✓
        今年抓好工作 2.加强领导，落实责任。  ✓
    """
    places = list(_BLANK_NUMBER.finditer(text))
    if not places:
        return
    enough = len(places) * 9
    if sum(1 for _ in islice(_FOLLOWS.finditer(text), enough)) < enough:
        return
    for match in places:
        start, end = line_around(text, match.start())
        if _MARK.search(text, start, match.start()) and _MARK.search(text, match.end(), end):
            yield match.start(), match.end(), ""


_FOLLOWS = later(f"[0-9](?<={_H}.)")
_MARK = later("[，。；,;]")
_TO_FILL = later("[年月日元](?:[ \\t\u3000\\n]|\\Z)")


@rule("SPC202", UNSAFE, LOW, CONVENTION, needs=_NUMBER_APART)
def blank_on_one_side_of_number(text: str) -> Iterator[tuple[int, int, str]]:
    """Blank before a number, and none behind it, again and again.

    Who sets blanks around numbers sets them on both sides; a PDF file leaves
    them on one. Four or more such places, and none with blanks on both sides.

        去年␣8月动工，占地␣20亩，面积␣3500平方米，投资␣200万元。  →  去年8月动工，占地20亩，面积3500平方米，投资200万元。
        共␣5项，历时␣15个月，用工␣450人，完成␣30公里。  →  共5项，历时15个月，用工450人，完成30公里。
        今年␣3月，引进␣9家企业，投资␣2亿元，安置␣600人，  →  今年3月，引进9家企业，投资2亿元，安置600人，
        去年 8 月动工，占地 20 亩，面积 3500 平方米，投资 200 万元。  ✓
        投资 40亿元，建设 3座桥。  ✓
        表 1项，图 2项，例 3项，附件 4项  ✓
    """
    places = list(_BLANK_NUMBER.finditer(text))
    if len(places) >= 4 and not _BOTH_SIDES.search(text):
        yield from ((match.start(), match.end(), "") for match in places)


_BOTH_SIDES = later(f"{_H}[ ][0-9.]+[ ]{_H}")


@rule(
    "SPC106",
    SAFE,
    MEDIUM,
    CONVENTION,
    "(?<=[0-9]\\.)[ ](?=[0-9]{1,2}(?:[%％万亿倍]|个百分点))|(?<=[0-9])[ ](?=\\.[0-9]{1,2}(?:[%％万亿倍]|个百分点))",
)
def blank_at_decimal_point(match: re.Match[str]) -> str | None:
    """Blank beside the point of a decimal number.

    ``增长8. 4%``: behind a word, two numbers with a point between them are one.
    A numbered part begins a line or follows a full stop.

        同比增长8.␣4%  →  同比增长8.4%
        总值达81␣.6亿元  →  总值达81.6亿元
        比上年提高2 .5个百分点  →  比上年提高2.5个百分点
        2. 5万元以下的项目  ✓
        抓好落实。3. 6亿元资金要到位  ✓
        奖金1. 5万元；2. 3万元。  ✓
        会议议程：1. 2名代表发言  ✓
    """
    text, place = match.string, match.start()
    word = _DECIMAL.search(text, max(place - 8, 0), place)
    if word is None:
        return None
    if len(word[1]) == 1:  # 奖金1. 5万元；2. 3万元: parts that are counted
        start, end = line_around(text, place)
        number = int(word[1])
        if f"；{number + 1}." in text[place:end] or f"；{number - 1}." in text[start:place]:
            return None
    return ""


_DECIMAL = later(f"{_H}([0-9]{{1,6}})\\.?\\Z")


@rule(
    "SPC201",
    UNSAFE,
    LOW,
    CONVENTION,
    "(?<=[1-9])[ ](?=[0-9]{1,3}(?:\\.[0-9]{1,2})?(?:[%％万亿元家户吨亩]|个(?![别人])|项(?!目)|人(?![口民])))",
)
def blank_inside_number(match: re.Match[str]) -> str | None:
    """Blank that may stand inside a number.

    ``达到13 580元``. It may also stand for a lost mark, or set two columns
    apart: a person must say.

        人均收入达到13␣580元，增长8%。  →  人均收入达到13580元，增长8%。
        共有4␣3家企业投产，  →  共有43家企业投产，
        总投资达1 200万元，  →  总投资达1200万元，
        项目 12 34%  ✓
        2010 30个，2011 45个  ✓
        电话 6012 6013  ✓
    """
    text, place = match.string, match.start()
    start, end = line_around(text, place)
    if not _MARK.search(text, place, end) or not _WORD_NUMBER.search(
        text, max(place - 6, start), place
    ):
        return None
    return ""


_WORD_NUMBER = later(f"{_H}[0-9]{{1,3}}\\Z")


@rule(
    "SPC103",
    SAFE,
    HIGH,
    CONVENTION,
    f"(?<=[，。；：！？、）》”〕】])[ \\t\u3000]+(?=[{HAN_RANGES}，。；：！？、（《“”〔【0-9*])"
    f"|(?<=[{HAN_RANGES}0-9%）》”*])[ \\t\u3000]+(?=[，。；：！？、）》”〕】])"
    # The mark itself is made Chinese in the next round.
    f"|(?<={_H})[ ]+(?=[,;:!][{HAN_RANGES}“《])"
    f"|(?<=[（《“〔【])[ \\t\u3000]+(?={_H})"
    f"|(?<={_H})[ \\t]+(?=[（《“〔【])",
)
def blank_beside_mark(match: re.Match[str]) -> str | None:
    """Blank beside a Chinese mark.

    A full-width mark carries its own space. Blanks before Latin words stay; two
    phrases set apart by a wide blank are verse.

        今天 ，我们开会  →  今天，我们开会
        加强领导 ,落实责任  →  加强领导,落实责任
        王强（市长）␣李明（副市长）  ✓
        同志们：␣今天开会  →  同志们：今天开会
        我们用 Word，Excel 和 Python。 Then we stop.  ✓
        2010年1月9日 《国务院关于修改条例的决定》修订  ✓
        床前明月光，疑是地上霜。  ✓
        电话： 传真： 邮编：  ✓
        填表日期：␣␣年␣␣月␣␣日  ✓
        甲方（盖章）：␣␣␣乙方（签字）：  ✓
    """
    text, start = match.string, match.start()
    field = text[start - 1] == "：" or (text[start - 1] == "）" and len(match[0]) > 1)
    if field and _LABEL.match(text, match.end()) and text[start - 2] not in "们們志":
        return None  # an empty field of a form; but 同志们： 会议指出：…
    if text[start - 1] == "：" and _TO_FILL.match(text, match.end()):
        return None  # 日期：    年  月
    columns = text[start - 1] in "）》】〉"
    if columns and _RUNNING.search(text, *line_around(text, start)) is None:
        return None  # 王强（市长） 李明（副市长）
    if text[match.end()] in "《“（":
        head = text[line_around(text, start)[0] : start]
        if len(head) < 24 and not re.search("[，。；：、]", head):
            return None  # the date or number at the head of a line
    return ""
