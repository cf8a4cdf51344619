"""GAP, continued: figures that are gone from between a noun or verb and its measure word.

A site that deletes digits leaves ``学生人，``, ``道路公里，``, ``于年月日``. What is no word by
itself is marked wherever it stands; what might be one (``植树万株``: ten thousand trees) only
in a file that has lost figures beyond doubt.
"""

from __future__ import annotations

import re
from itertools import islice

from normtool.chinese import HAN_RANGES, LOST
from normtool.edits import GAP, MEDIUM, SAFE
from normtool.patterns import later
from normtool.rule import of_text, rule

#: The end of a clause, without and with the mark of a list: 姓名、学生名、… counts nobody.
_STOP = "(?=[,，。;；])"
_END = "(?=[,，。;；、）)])"
_PERSONS = (
    "学生|學生|教师|教師|党员|黨員|职工|職工|会员|會員|人口|劳动力|在校生|毕业生|师生|人员|人員|选民|观众|游客"
    "|村民|居民|灾民|农民工|干部|群众"
)
_HERDS = "生猪|奶牛|肉牛|黄牛|耕牛|牲畜|家禽|肉羊|山羊|蛋鸡|肉鸡|存栏|出栏|饲养量|存栏量|出栏量"


@rule(
    "GAP116",
    SAFE,
    MEDIUM,
    GAP,
    f"(?:(?:{_PERSONS})(?=[万萬]?人{_END}|名{_STOP})"
    f"|(?:小学|中学|小學|中學|学校|學校|幼儿园|卫生院|医院|敬老院)(?=所{_END})"
    f"|(?:{_HERDS})(?=[头只羽]{_END})|(?:{_HERDS})达到?(?=[万]?[头只羽]{_END})"
    f"|(?:亩产|单产|小麦|水稻|玉米|油菜|稻谷)(?:达到?)?(?=(?:斤|公斤|千克){_END})"
    f"|(?:上访|事故|火灾|案件|纠纷)(?=起{_END})"
    f"|(?:计算机|拖拉机|收割机|车辆|汽车)(?=[台辆]{_END})"
    f"|(?:水库|水窖|泵站|机井|沼气池|变电站)(?=[座个]{_END})"
    f"|(?:共有|现有|下辖|管辖)(?=个(?:自然村|行政村|村民小组|村|乡|镇|社区|街道|居委会)[,，、。])"
    f"|(?:气温|温度)(?=℃{_STOP})|海拔(?=米{_STOP})"
    f"|第(?=[位名](?:上升|提升|前移|跃升|升至|升到)))(?P<edit>)",
)
def measure_behind_its_noun(match: re.Match[str]) -> str | None:
    """Measure word right behind what it counts.

    ``在校学生人，专任教师名，``: the noun, its measure word, and the end of the
    clause. No such word exists; the figure between them is gone.

        现有小学所，在校学生人。  →  现有小学□所，在校学生□人。
        奶牛头，家禽存栏达只；亩产公斤。  →  奶牛□头，家禽存栏达□只；亩产□公斤。
        发生事故起，比上年少两起。  →  发生事故□起，比上年少两起。
        全镇共有个行政村，党员名，  →  全镇共有□个行政村，党员□名，
        全县排名由第位上升到第五位。  →  全县排名由第□位上升到第五位。
        最高气温℃，海拔米，  →  最高气温□℃，海拔□米，
        学生名、教师名、学校名都要填。  ✓
        从这次事故起，我们加强了管理。  ✓
        在校学生人数，教师名单，小麦公斤数  ✓
        学生人人有责，党员个个带头。  ✓
        奶牛头数，水库座谈会  ✓
        我们共有个心愿。  ✓
    """
    text, end = match.string, match.end()
    if text[end] == "起" and _FROM.search(text, max(match.start() - 12, 0), end):
        return None
    return LOST


_FROM = later("[从自從][^，。；,;]*$")

#: What may count, or says how many about: behind these a measure word is at home.
_COUNTS = (
    "这那每整各某几一二三四五六七八九十百千万亿两哪逐多半第数余来這幾兩億萬餘數來上近超过過成按为為以用论平方立华英海单"
    "每只计若壹贰叁肆伍陆柒捌玖拾佰仟廿卅零〇公市吨人的破够足逾家即等或和与及、"
)
_UNITS = "公斤|公里|平方米|平方公里|立方米|公顷|公頃|千瓦|毫米|公噸"
_DAY = "[前召开起至止以,，在]"
_HAN_NOT_COUNTING = f"(?<=[{HAN_RANGES}])(?<![{_COUNTS}])"


@rule(
    "GAP117",
    SAFE,
    MEDIUM,
    GAP,
    f"{_HAN_NOT_COUNTING}(?=[万亿萬億]?(?:{_UNITS}){_END})"
    f"|{_HAN_NOT_COUNTING}(?<![达達])(?=[万萬](?:人次|亩|畝|吨|噸|头|頭|只|株|户|戶|人|斤|套|辆|棵|册){_END})"
    f"|(?<=[达達])(?=人次{_END})"
    f"|(?<=完成|新增|新建|建成|引进|修建|办结|批办|购置|占地|办理|查处|受理|举办|舉辦|表彰|共有|现有|达到)(?=[亩吨个家座处所台辆株头只条件项批次套斤期場场]{_END})"
    f"|(?<=[于在从至自])年月日(?={_DAY})|(?<=[，,。；;于在至从自])月日(?={_DAY})"
    f"|(?<=决了|搬迁)(?=[万萬](?:人|户|农户|群众)(?:[的饮吃脱,，。;；、]))"
    "|(?<=(?:电话|传真|手机|邮编)[：:])(?=[，,。；;])",
)
def measure_in_emptied_file(match: re.Match[str]) -> str | tuple[str, str] | None:
    """Unit, date or telephone without its figure, in a file that lost figures.

    ``道路公里，`` alone may be a slip, ``植树万株`` a manner of speaking; beside
    two figures that are gone for certain they are losses too.

        税收增长□%，占总量的□%，硬化道路公里，植树万株。  →  税收增长□%，占总量的□%，硬化道路□公里，植树□万株。
        税收增长□%，占总量的□%，会议于年月日召开，受理件，办结件。  →  税收增长□%，占总量的□%，会议于□年□月□日召开，受理□件，办结□件。
        税收增长□%，占总量的□%，生猪存栏万头，解决了万人的饮水困难。  →  税收增长□%，占总量的□%，生猪存栏□万头，解决了□万人的饮水困难。
        税收增长□%，占总量的□%，联系电话：，请来电。  →  税收增长□%，占总量的□%，联系电话：□，请来电。
        植树万株，惠及万户，送进千家万户。  ✓
        税收增长□%，占总量的□%，面积突破万亩，惠及万人，走进千家万户。  ✓
        联系电话：，传真：，姓名：，  ✓
        税收增长□%，占总量的□%，货运周转量十亿吨公里，每平方公里，  ✓
        请于年月日填写，姓名和电话不能少。  ✓
    """
    if not _figures_are_gone(match.string):
        return None
    return "".join(LOST + unit for unit in match[0]) or LOST


@of_text
def _figures_are_gone(text: str) -> bool:
    return len(list(islice(_GONE.finditer(text), 2))) == 2


# Marks of this tool, put in by an earlier round; a □ to be ticked has no unit behind it.
_GONE = later(f"{LOST}(?:[%％‰万亿萬億元个個家项户人名件亩吨]|公里)")


@rule(
    "GAP118",
    SAFE,
    MEDIUM,
    GAP,
    "(?:增长|增长了|增加|增加了|下降|下降了|降到|减少|上升|提高|达到|降低|升至|降至|出栏|存栏|产值|面积|收入|投资|总额|余额|税收|贷款|存款|完成|控制在|下降到|提高到|超过)"
    "(?P<edit>\\.)(?=(?:[万亿](?:美?元|吨|亩|头|只|人|户|平方米|公里|千瓦)?|%|％|‰|个百分点|倍|元|吨|公里|亩)(?:以上|以下|以内|左右)?[,，。;；、）)])",
)
def point_of_vanished_number(match: re.Match[str]) -> str:
    """Number of which only the decimal point is left.

    ``增加.亿元，``: the digits on both sides are deleted. A full stop on the
    line is followed by more than a unit.

        余额比年初增加.亿元，  →  余额比年初增加□.□亿元，
        不良贷款率下降到.%以下。  →  不良贷款率下降到□.□%以下。
        全年完成投资.万元；  →  全年完成投资□.□万元；
        农民收入增加.亿元以上项目有5个。  ✓
        收入增加.万元GDP能耗下降。  ✓
        增长0.5%，增加1.2亿元，  ✓
    """
    return f"{LOST}.{LOST}"


#: Words of two characters that a figure follows at once.
_COUNTED = (
    "增长|增加|下降|减少|上升|提高|达到|降低|出栏|存栏|产值|面积|收入|投资|总额|余额|税收|贷款|存款"
    "|完成|超过"
)


@rule(
    "GAP119",
    SAFE,
    MEDIUM,
    GAP,
    f"(?:(?<={_COUNTED})|(?<=(?:{_COUNTED})了)|(?<=控制在|下降到|提高到)|(?<=(?:控制在|下降到|提高到)了))"
    "(?P<edit>)(?=\\.[0-9]{1,2}(?:万|亿|%|％|‰|个百分点|倍|公里|亩|吨))",
)
def whole_part_vanished(match: re.Match[str]) -> str | None:
    """Decimal number without what stood before its point.

    ``出栏.6万头``, in a file that lost figures for certain; elsewhere .6 is how
    some write 0.6.

        税收增长□%，占总量的□%，生猪出栏.6万头，  →  税收增长□%，占总量的□%，生猪出栏□.6万头，
        税收增长□%，占总量的□%，收入增长.8%。  →  税收增长□%，占总量的□%，收入增长□.8%。
        税收增长□%，占总量的□%，比上年增加了.35亿元。  →  税收增长□%，占总量的□%，比上年增加了□.35亿元。
        收入增长.8%，失业率下降.2%。  ✓
        收入增长0.8%，  ✓
        各项任务完成.5万元资金已经到位。  ✓
    """
    return LOST if _figures_are_gone(match.string) else None
