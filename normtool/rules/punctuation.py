"""PUN: width and kind of marks (GB/T 15834-2011 where it says something)."""

from __future__ import annotations

import re

from normtool.chinese import FOREIGN, HAN_RANGES, MARK_RANGES, SYLLABLES
from normtool.edits import CONVENTION, DISPLAY, ERROR, FLAG, HIGH, LOW, MEDIUM, SAFE
from normtool.patterns import later
from normtool.rule import of_text, rule

_C = HAN_RANGES + MARK_RANGES + "□"
#: Signs that belong to the Chinese sentence when one stands before a mark: 264%; *, ）:
_SIGN = "%‰*×℃"


@rule(
    "PUN101",
    SAFE,
    HIGH,
    CONVENTION,
    # The mark comes first, its left neighbour is looked at from behind it: a
    # literal can be searched for, a look-behind cannot.
    "[,;:!]"
    f"(?:(?<=[{_C}].)(?![ \\t]+[A-Za-z]|//|[()\\-][)(DPp]|[)(](?:\\s|$))"
    f"|(?<=[{_SIGN}\\])}}0-9A-Za-z].)(?=[{HAN_RANGES}“‘《〈「『（【〔—…])(?<!&[a-z][a-z0-9]..)(?<!&[a-z][a-z0-9]...)(?<!&[a-z][a-z0-9]....)(?<!&[a-z][a-z0-9].....)(?<!&#[0-9].;)(?<!&#[0-9]..;)(?<!&#[0-9]...;)(?<!&#[0-9]....;)"
    f"|(?<=[{_SIGN}].)(?=[0-9*]+[{HAN_RANGES}.%*—]))",
    table={",": "，", ";": "；", ":": "：", "!": "！"},
)
def half_width_mark() -> None:
    """Half-width comma, semicolon, colon or exclamation mark in Chinese text.

    A site that folds widths leaves ASCII marks (NFKC turns ，；：！ into ,;:!
    and spares 、。). A mark is Chinese if Han, a Chinese mark, or the figure of
    a Chinese sentence (264%, *) stands beside it. Times, ratios, scores,
    grouped digits, addresses of the web, entities, code and Latin sentences
    keep theirs.

        计划120%;新增耕地  →  计划120%；新增耕地
        同志们:今天,我们开会!  →  同志们：今天，我们开会！
        人均GDP,增速加快  →  人均GDP，增速加快
        上午9:30开会，比分3:2，1,000元  ✓
        见https://www.example.org/a,b  ✓
        In Beijing 北京, China is growing.  ✓
        Hello, 世界  ✓
        &nosuch;今天  ✓
    """


@rule(
    "PUN102",
    SAFE,
    HIGH,
    CONVENTION,
    "\\?(?<=[吗呢吧么嗎麼！？].)(?!0{2,4}|\\?)"
    f"|\\?(?<=[{HAN_RANGES}”’》）].)(?![0-9*A-Za-z?=&/%.]|[ \\t]+[A-Za-z])"
    f"|\\?(?<=[{HAN_RANGES}”’》）].)(?=[1-9][0-9]?[、．][{HAN_RANGES}])",
)
def half_width_question_mark(match: re.Match[str]) -> str | None:
    """Half-width question mark behind Chinese.

    Between two numerals, before a digit or in a row it is more likely a lost
    byte than a question (GAP101) and stays.

        这是为什么?因为认识不够。  →  这是为什么？因为认识不够。
        我们怎么办?1、提高认识。  →  我们怎么办？1、提高认识。
        这件事怎么办?大家讨论。  →  这件事怎么办？大家讨论。
        四?二八  ✓
        机遇怎么抓?一步慢，步步慢。  →  机遇怎么抓？一步慢，步步慢。
        比上年增长?三成，  ✓
        完成增加值?亿元，贷款?万元，产粮?吨  ✓
        列奥纳多·达?芬奇  ✓
        a.php?id=3  ✓
        多少?3000万  ✓
        这是怎么回事！?大家想想。  →  这是怎么回事！？大家想想。
        引进良种?头，新建校舍?所。  ✓
    """
    before = match.string[max(match.start() - 1, 0) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    numerals = "一二三四五六七八九十百千万〇零"
    if before in numerals and after.strip():
        return None
    if (
        after
        and after in numerals
        and not _ASKS.search(match.string, max(match.start() - 14, 0), match.start())
    ):
        return None
    if _MEASURE.match(match.string, match.end()) and before not in "吗呢吧么嗎麼":
        return None  # 增加值?亿元: a number was lost
    if before in SYLLABLES and after and after in SYLLABLES:
        return None  # 达?芬奇: a middle dot was lost
    return "？"


_MEASURE = later(
    "[亿億]美?元(?!村|[乡镇县户]|以上)|美?元(?![旦素件首])|个百分点|公[里顷斤]|[亩吨]|[万亿萬億]?[头只户头人名家个座台件起所次](?=[，,。；;、])"
)
_ASKS = later("[怎什甚]么|[怎什甚]麼|哪|谁|誰|几|幾|多少|如何|为何|為何|是否|能否|何[处時时以]")


@rule(
    "PUN105",
    SAFE,
    MEDIUM,
    CONVENTION,
    f"\\.(?<=[{HAN_RANGES}”》）].)(?<![的第].)(?=[{HAN_RANGES}“《”’」』）]|[0-9]+[年月日]|[1-9][0-9]?[.、][{HAN_RANGES}])|\\.(?<=[{HAN_RANGES}”》）].)(?=\\n|$)",
)
def full_stop_on_the_line(match: re.Match[str]) -> str | None:
    """ASCII full stop between two sentences.

    Where the file has no 。 of its own. A dot behind 的 is noise, a dot inside
    a foreign name is a middle dot, masks and list numbers have their own.

        今天开会.大家都来了.  →  今天开会。大家都来了。
        一要抓好春耕生产.二要抓好防汛抗旱.  →  一要抓好春耕生产。二要抓好防汛抗旱。
        大家辛苦了.⏎谢谢大家.  →  大家辛苦了。⏎谢谢大家。
        要依靠群众的力量.特别是党员.1985年就是这样.  →  要依靠群众的力量。特别是党员。1985年就是这样。
        二要防汛抗旱.2.要抓好春耕.  →  二要防汛抗旱。2.要抓好春耕。
        刚才的报告，我完全同意.下面，我讲三点。  →  刚才的报告，我完全同意。下面，我讲三点。
        比尔.盖茨  ✓
        春天的.脚步  ✓
        柳河.北山.青石  ✓
        今天开会。大家.都来了。  ✓
    """
    text, place = match.string, match.start()
    if _SHORT_BEFORE.search(text, max(place - 5, 0), place) and _SHORT_AFTER.match(text, place + 1):
        return None  # 北京.上海.广州: a list of names
    around = text[max(place - 2, 0) : place] + text[place + 1 : place + 3]
    if sum(character in FOREIGN for character in around) > 2:
        return None  # 比尔.盖茨
    if _ends_on_the_line(text):
        return "。"
    if not _OPENS.match(text, place + 1):
        return None
    return "。" if _LONG.match(text, max(place - 6, 0), place) else None


# 我完全同意.下面，…: the word opens a sentence, whatever marks the file has elsewhere.
_OPENS = later(
    "(?:下面|现在|当前|今年|去年|同志们|各级|我们|大家|因此|同时|但是|首先|其次|最后|希望|各位)(?!的)"
)
_LONG = later(f"[{HAN_RANGES}，、]{{6}}\\Z")


_SHORT_BEFORE = later(f"(?:^|[^{HAN_RANGES}])[{HAN_RANGES}]{{1,3}}\\Z")
_SHORT_AFTER = later(f"[{HAN_RANGES}]{{1,3}}(?:[.。\\n]|\\Z)")


@of_text
def _ends_on_the_line(text: str) -> bool:
    """Whether a text has no 。 (two are an ellipsis or a slip), or lines that end in a dot."""
    return "。" not in text.replace("。。", "") or _DOTTED.search(text) is not None


_DOTTED = later(f"(?m)[{HAN_RANGES}]\\.$")


@rule(
    "PUN106",
    SAFE,
    HIGH,
    ERROR,
    "(?<!。)。。(?!。)|，[，、]+|、+，[，、]*|、、+|；；+|：：+|，。(?!。)",
)
def doubled_mark(match: re.Match[str]) -> str:
    """Mark printed twice.

    Two clause marks in a row say nothing that one does not. ``……``, ``——``,
    ``！！！``, ``？！`` and three full stops (an ellipsis, PUN107) are not
    meant.

        今天开会。。明天  →  今天开会。明天
        一、二、，三  →  一、二，三
        抓生产，，保安全  →  抓生产，保安全
        措施有力；；成效明显  →  措施有力；成效明显
        等等……太好了！！！真的？！  ✓
        什么？？？  ✓
        一、二、三，四  ✓
    """
    mark = match[0]
    if "，" in mark and "。" not in mark:
        return "，"
    return "。" if mark == "，。" else mark[0]


@rule(
    "PUN107",
    SAFE,
    HIGH,
    CONVENTION,
    f"(?<=[{HAN_RANGES}，、；：！？”》）])(?:\\.{{3,6}}|\\.[ ]\\.[ ]\\.(?:[ ]\\.){{0,3}}|。{{3,6}}|・{{3,6}}|…[ ]…|…)(?![.。…0-9]|[ ]…)(?=[{_C}\\s]|$)",
)
def ellipsis(match: re.Match[str]) -> str | None:
    """Ellipsis made of dots.

    The ellipsis is six dots in two places, …… (GB/T 15834-2011, 4.11). Leaders
    of a table of contents are longer or end in a page number.

        他说...大家  →  他说……大家
        等等。。。  →  等等……
        难度加大.␣.␣.⏎二要抓紧。  →  难度加大……⏎二要抓紧。
        还差得远…␣…对此要清醒。  →  还差得远……对此要清醒。
        春天、夏天...都很美  →  春天、夏天……都很美
        总论..............1  ✓
        他说……大家  ✓
        1...5  ✓
    """
    if match[0] == "…" and match.string[match.start() - 1] == "…":
        return None
    return "……"


@rule(
    "PUN108",
    SAFE,
    HIGH,
    CONVENTION,
    f"(?<=[{HAN_RANGES}，。”》）])(?:-{{2,4}}|－－|──|―― |――|—[ ]—)(?=[{HAN_RANGES}“《（])"
    f"|(?:(?<=\\n)|(?<=\\A))-{{2,4}}(?=[{HAN_RANGES}])",
)
def dash(match: re.Match[str]) -> str:
    """Dash made of hyphens.

    The dash is —— (GB/T 15834-2011, 4.12). Options of commands, minus signs
    and ranges have one hyphen or stand beside digits.

        这就是成绩--来之不易的成绩  →  这就是成绩——来之不易的成绩
        就是成绩—␣—来之不易  →  就是成绩——来之不易
        主题是——创新－－驱动发展  →  主题是——创新——驱动发展
        一个目标──共同富裕  →  一个目标——共同富裕
        坚持科学发展。---坚持以人为本。  →  坚持科学发展。——坚持以人为本。
        政府工作报告⏎--在第三次会议上  →  政府工作报告⏎——在第三次会议上
        运行 git --version  ✓
        成绩——来之不易  ✓
        2003--2004年  ✓
    """
    return "——"


_WIDE = str.maketrans("：／．", ":/.")


@rule(
    "PUN111",
    SAFE,
    HIGH,
    CONVENTION,
    "(?<![A-Za-z])(?:(?:https?|ftp)[:：][/／]{2}|[wW]{3}[.．])[0-9A-Za-z.．/／_-]*[0-9A-Za-z/／]",
)
def wide_mark_in_address(match: re.Match[str]) -> str | None:
    """Full-width colon, stroke or point in an address of the web.

    An editor that widens all marks widens these, and the address leads nowhere.
    Chinese behind the address is no part of it.

        详见http：//www.example.org/a。  →  详见http://www.example.org/a。
        请登录www．example．org查询  →  请登录www.example.org查询
        网址：https：／／example.org／zw／1.html  →  网址：https://example.org/zw/1.html
        详见http://www.example.org：请查收  ✓
        http：是协议名  ✓
        A／B两个方案  ✓
    """
    made = match[0].translate(_WIDE)
    return made if made != match[0] else None


@rule(
    "PUN301",
    DISPLAY,
    LOW,
    FLAG,
    "(?:什么|什麼|怎么|怎麼|为何|為何|哪里|哪裡|哪儿|谁|誰)[^，。！？；\\n]{0,12}(?:呢|吗|嗎)(?P<edit>。)",
)
def question_with_full_stop(match: re.Match[str]) -> tuple[str, str]:
    """Question that ends in a full stop.

    A transcript made by a machine ends all sentences alike. Whether it was a
    question the speaker knows.

        我们开得早，什么原因呢。大家想一想。  ⚑
        这件事由谁来负责呢。  ⚑
        怎么办呢。要靠大家。  ⚑
        什么原因呢？大家想一想。  ✓
        不知道是什么原因。  ✓
        他还在忙着呢。  ✓
    """
    return "。", "a question, as it reads"
