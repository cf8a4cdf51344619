"""GAP, continued: counts that vanished, and the measure word that was left."""

from __future__ import annotations

import re
from itertools import islice

from normtool.chinese import HAN_RANGES, LOST
from normtool.edits import GAP, HIGH, MEDIUM, SAFE
from normtool.patterns import later
from normtool.rule import of_text, rule

_MASK = "[*×＊xX]"


@rule(
    "GAP104",
    SAFE,
    HIGH,
    GAP,
    "(?<=企业|企業)(?P<edit>)(?=家[,，;；、]?(?:注册|註冊|总投资|投资|合同|协议|資金|资金|实缴)[^。；;\\n]{0,10}?[\\d*×＊万亿萬億])",
)
def enterprises_without_their_number(match: re.Match[str]) -> str | None:
    """企业家 where 企业…家 was meant.

    ``新办个体企业家,注册资本5亿元``: the number between 企业 and its measure
    word 家 is gone, and a correct word (entrepreneur) is left. Only where a
    verb of founding stands before and a sum follows.

        新办个体企业家,注册资金*.亿元  →  新办个体企业□家,注册资金*.亿元
        新办私营企业家，总投资*亿元  →  新办私营企业□家，总投资*亿元
        引进外地企业家;投资3亿元  →  引进外地企业□家;投资3亿元
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

    What proves nothing alone (``,只项目的业主``) is a trace in a file with
    masks or other vanished numbers.

        出口*万美元,内资*万元,产值*亿元,只项目的业主来自邻县  →  出口*万美元,内资*万元,产值*亿元,□只项目的业主来自邻县
        出口*万美元,内资*万元,产值*亿元,列全市第名,  →  出口*万美元,内资*万元,产值*亿元,列全市第□名,
        出口*万美元,内资*万元,产值*亿元,个项目的投资方已经到位  →  出口*万美元,内资*万元,产值*亿元,□个项目的投资方已经到位
        这批项目,只项目的选址就用了三年。  ✓
        投资方来自各地，只项目不多  ✓
        列全市第三名，列全省第一位  ✓
    """
    return LOST if _numbers_were_hidden(match.string) else None


# 家电, 家政, 项目: no measure words.
_OTHER_WORD = later("家[电電具政居庭禽畜装用族纺乡长业里中教]|项目|項目")
# 只 as "only".
_ONLY = later("只[有要能是会會需不为為见顾想剩限好得许求因应應靠凭憑用在对對管讲講看引批做办]")
_COUNTING = later(
    "(?:了|批办|批辦|引进|引進|新办|新辦|建办|兴办|新增|签约|簽約|共有|开工|开办|落户|新批|达成)$"
)


@of_text
def _numbers_were_hidden(text: str) -> bool:
    """Three masks before units, or lost numbers marked by an earlier round."""
    return len(list(islice(_HIDDEN.finditer(text), 3))) == 3


# One class first: such a pattern is searched for much faster.
_HIDDEN = later(
    f"[*×＊xX{LOST}](?:(?<!{LOST})[.]?[*×]*(?:万|亿|%|个|只|家|项|月|年|镇|村)|(?<={LOST})(?:万|亿|%|只|个|家))"
)


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
