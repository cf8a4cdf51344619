"""GAP, continued: numbers that vanished without a trace but their unit."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from normtool.chinese import HAN, HAN_RANGES, LOST
from normtool.edits import GAP, HIGH, MEDIUM, SAFE
from normtool.patterns import later
from normtool.rule import line_around, rule
from normtool.rules.lists import read_list

_MASK = "[*×＊xX]"
#: Money and the like: what a number stood before.
_MONEY = "(?:美元|欧元|歐元|日元|港元|港币|港幣|英镑|人民币|人民幣|元)"
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
    f"(?<={HAN})[ ]{{0,2}}(?=[万亿萬億]{_MONEY})",
)
def amount_vanished(match: re.Match[str]) -> str | None:
    """Sum of money without its number.

    ``外资万美元``: a word that a sum follows (外资, 总投资, 达到 …) stands right
    before 万 or 亿. Sizes that are whole words (亿元以上, 亿元项目, 超亿元,
    近万元, 万元户, 几万元) miss nothing.

        到帐外资万美元,同比增长  →  到帐外资□万美元,同比增长
        注册资本亿元。  →  注册资本□亿元。
        地区生产总值 亿元。  →  地区生产总值□亿元。
        总投资超万美元的项目  →  总投资超□万美元的项目
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
    money = _OF_MONEY.match(text, place)
    if money is None or _SIZED.match(text, money.end()):
        return None
    if before.endswith(_INDEFINITE) or "每" in before:
        return None  # 若干亿美元, 单位为万美元, 每引进外资万美元
    foreign = money[1] != "元" and not money[1].startswith("人民")
    if not foreign and not _ENDS.match(text, money.end()):
        return None  # 投资亿元打造…: 亿元 is the sum
    if before.endswith(_BEYOND):
        # 超亿元 is a word; 超万美元 says nothing, its number is gone.
        sum_beyond = before.endswith(("投资超", "资超", "额超", "外资超过"))
        return LOST if foreign and text[place] in "万萬" and sum_beyond else None
    if before.endswith(_BEFORE_SUMS) or (
        before[-1] in "额为達达约共各" and before[:-1].endswith(_BEFORE_SUMS)
    ):
        return LOST
    # 与先进乡镇亿美元: a foreign sum is never a bare word at the end of its clause.
    if foreign and before[-1] not in _COUNTS and _ENDS.match(text, money.end()):
        return LOST
    return None


_OF_MONEY = later(f"[万亿萬億]({_MONEY})")
_SIZED = later(_SIZE)
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
    return (
        None
        if re.search(
            "百分号$|百分號$|符号$|[一二三四五六七八九十百零〇两兩半几幾数數多余餘点點]$",
            text[max(place - 4, 0) : place],
        )
        else LOST
    )


@rule(
    "GAP104",
    SAFE,
    HIGH,
    GAP,
    "(?<=企业|企業)(?P<edit>)(?=家[,，;；、]?(?:注册|註冊|总投资|投资|合同|协议|資金|资金|实缴)[^。；;\\n]{0,10}?[\\d*×＊万亿萬億])",
)
def enterprises_without_their_number(match: re.Match[str]) -> str | None:
    """企业家 where 企业…家 was meant.

    ``建办私营企业家,注册资本5亿元``: the number between 企业 and its measure
    word 家 is gone, and a correct word (entrepreneur) is left. Only where a
    verb of founding stands before and a sum follows.

        建办私营企业家,注册资本*.亿元  →  建办私营企业□家,注册资本*.亿元
        弘扬企业家精神  ✓
        邀请企业家,投资5亿元建厂  ✓
        邀请引进的企业家，投资3亿元建厂  ✓
        他发展成为企业家，总投资已达3亿元  ✓
    """
    text, place = match.string, match.start()
    founded = _FOUNDED.search(text, max(place - 16, 0), place)
    if founded is None:
        return None
    return LOST if founded["sort"] or _numbers_were_hidden(text) else None


_FOUNDED = later(
    "(?:建办|新办|兴办|创办|批办|开办|办起|引进|发展|新增|登记|注册|新批|現有|现有|共有)了?"
    "(?P<sort>(?:各类|私营|民营|个体|个私|外资|民资|台资|港资|三资|合资|独资|工业|外地|外来|外商|投资|规模|规上|中小|小微|科技"
    "|乡镇|镇村|内资)*)(?:企业|企業)$"
)
_CLAUSE = later("[，。；：,;:]")


@rule(
    "GAP107",
    SAFE,
    HIGH,
    GAP,
    f"(?<=[了办辦进進增约約有工户批成])(?=[只家项宗][{HAN_RANGES}]{{0,6}}?(?:项目|項目|外资|外資|企业|企業|工程|合同))",
)
def count_vanished(match: re.Match[str]) -> str | None:
    """Measure word without its number.

    ``批办只外资项目``: a verb that counts, no number, then the measure word of
    what is counted. 只 as "only" (只有, 只要, 只引进) is another word, and
    ``开了家企业`` may be said: 家 and 项 count as a trace only in files that
    have masked or vanished numbers elsewhere.

        共批办只外资项目  →  共批办□只外资项目
        举行了只项目的奠基仪式  →  举行了□只项目的奠基仪式
        全年共引进家企业  →  全年共引进□家企业
        批办5只外资项目  ✓
        引进只有三年的项目  ✓
        签约只是项目的开始  ✓
        他开了家企业  ✓
        全年共引进家电企业5家，共签约项目合同52份  ✓
    """
    text, place = match.string, match.end()
    if not _COUNTING.search(text, max(place - 2, 0), place) or _OTHER_WORD.match(text, place):
        return None
    if text[place] == "只":
        return None if _ONLY.match(text, place) else LOST
    if text.startswith("共", max(place - 3, 0)):
        return LOST  # 共引进家企业: a total is counted
    return LOST if _numbers_were_hidden(text) else None


@rule(
    "GAP108",
    SAFE,
    MEDIUM,
    GAP,
    "(?<=[,，。;；])(?=只(?:项目|外资项目|外地资本项目|企业)(?:的|总|投|落|在|由)|个项目(?:的|总|投|落|在|由))"
    "|(?<=第)(?=[名位](?:[,，。;；]|$))",
)
def count_vanished_in_masked_file(match: re.Match[str]) -> str | None:
    """Measure word without its number, in a file whose numbers were hidden.

    What proves nothing alone (``,只项目的投资者``) is a trace in a file with
    masks or other vanished numbers.

        到帐外资*万美元,注册外资*万美元,投资*亿元,只项目的投资者来自外省  →  到帐外资*万美元,注册外资*万美元,投资*亿元,□只项目的投资者来自外省
        这批项目,只项目的选址就用了三年。  ✓
    """
    return LOST if _numbers_were_hidden(match.string) else None


# 家电, 家政, 项目: no measure words.
_OTHER_WORD = later("家[电電具政居庭禽畜装用族纺乡长业里中教]|项目|項目")
# 只 as "only".
_ONLY = later("只[有要能是会會需不为為见顾想剩限好得许求因应應靠凭憑用在对對管讲講看引批做办]")
_COUNTING = later(
    "(?:了|批办|批辦|引进|引進|新办|新辦|建办|兴办|新增|签约|簽約|共有|开工|开办|落户|新批|达成)$"
)


@lru_cache(maxsize=2)  # asked for each place of one text
def _numbers_were_hidden(text: str) -> bool:
    """Three masks before units, or lost numbers marked by an earlier round."""
    return len(list(islice(_HIDDEN.finditer(text), 3))) == 3


_HIDDEN = later(f"{_MASK}[.]?[*×]*(?:万|亿|%|个|只|家|项|月|年|镇|村)|{LOST}(?:万|亿|%|只|个|家)")


@rule(
    "GAP113",
    SAFE,
    MEDIUM,
    GAP,
    "(?<=项目|工程|合同|厂房|公寓|住房|专利|产品|案件)(?=[个只项宗件套栋](?:[,，。;；、]|其中))"
    "|(?<=还有|共有|仅有|达到|已有)(?=[个家只项名户](?:[,，。;；]|$))"
    "|(?<=[,，。;；等])(?=家(?:企业|单位|公司|农户|合作社)[^的主])",
)
def bare_measure_word(match: re.Match[str]) -> str:
    """Measure word that counts nothing.

    ``签约项目个，``: behind the noun it counts a measure word has its number,
    and no clause begins with 家企业.

        签约项目个，其中亿元以上3个  →  签约项目□个，其中亿元以上3个
        甲乙等家企业投产  →  甲乙等□家企业投产
        没有动工的还有个。  →  没有动工的还有□个。
        签约项目5个，其中  ✓
        每件案件件件有着落  ✓
        弘扬企业家精神，家企业主  ✓
    """
    return LOST


@rule(
    "GAP109",
    SAFE,
    HIGH,
    GAP,
    "(?<=提高|增长|下降|上升|回落|提升|增加|降低|收窄)(?P<edit>)(?=个百分点|個百分點)",
)
def points_vanished(match: re.Match[str]) -> str:
    """Percentage points without their number.

    Behind a verb of rising or falling a number is due.

        占比提高个百分点  →  占比提高□个百分点
        占比提高2个百分点  ✓
        提高了几个百分点  ✓
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
        一次死亡3人以上的事故  ✓
        死亡人数下降  ✓
    """
    return LOST
