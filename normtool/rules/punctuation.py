"""PUN: width and kind of marks (GB/T 15834-2011 where it says something)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from normtool.chinese import FOREIGN, HAN, HAN_RANGES, MARK_RANGES, SYLLABLES
from normtool.edits import CONVENTION, ERROR, HIGH, MEDIUM, SAFE
from normtool.patterns import later
from normtool.rule import rule

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
    f"|(?<=[{_SIGN}].)(?=[0-9*]+[{HAN_RANGES}.%*]))",
    table={",": "，", ";": "；", ":": "：", "!": "！"},
)
def half_width_mark() -> None:
    """Half-width comma, semicolon, colon or exclamation mark in Chinese text.

    A site that folds widths leaves ASCII marks (NFKC turns ，；：！ into ,;:!
    and spares 、。). A mark is Chinese if Han, a Chinese mark, or the figure of
    a Chinese sentence (264%, *) stands beside it. Times, ratios, scores,
    grouped digits, addresses of the web, entities, code and Latin sentences
    keep theirs.

        任务264%;合同引进  →  任务264%；合同引进
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
    "\\?(?<=[吗呢吧么嗎麼].)(?!0{2,4}|\\?)"
    f"|\\?(?<=[{HAN_RANGES}”’》）].)(?![0-9*A-Za-z?=&/%.]|[ \\t]+[A-Za-z]|[一二三四五六七八九十百千万〇零])",
)
def half_width_question_mark(match: re.Match[str]) -> str | None:
    """Half-width question mark behind Chinese.

    Between two numerals, before a digit or in a row it is more likely a lost
    byte than a question (GAP101) and stays.

        这是为什么?因为认识不够。  →  这是为什么？因为认识不够。
        四?二八  ✓
        列奥纳多·达?芬奇  ✓
        a.php?id=3  ✓
        多少?3000万  ✓
    """
    before = match.string[max(match.start() - 1, 0) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if before in "一二三四五六七八九十百千〇零" and after.strip():
        return None
    if before in SYLLABLES and after and after in SYLLABLES:
        return None  # 达?芬奇: a middle dot was lost
    return "？"


@rule("PUN103", SAFE, HIGH, CONVENTION)
def half_width_bracket(text: str) -> Iterator[tuple[int, int, str]]:
    """Half-width brackets around Chinese.

    Only in pairs and only if Han stands inside; telephone numbers, formulas,
    Latin names and ``1)`` keep theirs, and so does a Chinese word that a Latin
    sentence explains.

        全体(扩大)会议  →  全体（扩大）会议
        会议（扩大)  →  会议（扩大）
        世界贸易组织(WTO)  ✓
        电话(010)6000  ✓
        the word (关系) means  ✓
        f(x)=1  ✓
    """
    if "(" not in text and ")" not in text:
        return
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        mark, place = match[0], match.start()
        if mark == "\n":
            opened.clear()
        elif mark in "(（":
            opened.append(place)
        elif opened:
            start, end = opened.pop(), place + 1
            if end - start > 200 or not _HAN.search(text, start, end):
                continue
            before = text[max(start - 2, 0) : start]
            after = text[end : end + 2]
            if _LATIN_BEFORE.search(before) and _LATIN_AFTER.match(after):
                continue
            if text[start] == "(":
                yield start, start + 1, "（"
            if mark == ")":
                yield place, end, "）"


_BRACKET = later("[()（）\\n]")
_HAN = later(HAN)
_LATIN_BEFORE = later("[A-Za-z0-9_] ?$")
_LATIN_AFTER = later(" ?[A-Za-z]|[.,;]?\\s*$")


@rule(
    "PUN104",
    SAFE,
    HIGH,
    CONVENTION,
    "(?<=[一-鿿])[\\[［(（【]((?:19|20)[0-9]{2})[\\]］)）】][ ]?(?=(?:第?[0-9]{1,4}|□|[*×]{1,3})[ ]?号)",
)
def brackets_of_document_number(match: re.Match[str]) -> str:
    """Year of a document number in other brackets.

    机关代字〔年份〕序号: the year stands in hexagonal brackets (GB/T 9704-2012,
    7.2.5). Only a year between Han and a number with 号; citations and
    formulas are not meant.

        见大发[2004]5号文  →  见大发〔2004〕5号文
        见财税(2001)5号  →  见财税〔2001〕5号
        见大发〔2004〕5号文  ✓
        见文献[12]  ✓
        张某（2004）认为  ✓
    """
    return f"〔{match[1]}〕"


@rule(
    "PUN105",
    SAFE,
    MEDIUM,
    CONVENTION,
    f"\\.(?<=[{HAN_RANGES}”》）].)(?<![的第{FOREIGN}].)(?=[{HAN_RANGES}“《])(?![{FOREIGN}])"
    f"|\\.(?<=[{HAN_RANGES}”》）].)(?=\\n|$)",
)
def full_stop_on_the_line(match: re.Match[str]) -> str | None:
    """ASCII full stop between two sentences.

    Where the file has no 。 of its own. A dot behind 的 is noise, a dot inside
    a foreign name is a middle dot, masks and list numbers have their own.

        今天开会.大家都来了.  →  今天开会。大家都来了。
        比尔.盖茨  ✓
        春天的.脚步  ✓
        今天开会。大家.都来了。  ✓
    """
    return "。" if _ends_on_the_line(match.string) else None


@lru_cache(maxsize=2)  # asked for each place of one text
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
        等等……太好了！！！真的？！  ✓
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
    f"(?<=[{HAN_RANGES}，、；：！？”》）])(?:\\.{{3,6}}|。{{3,6}}|・{{3,6}}|…)(?![.。…0-9])(?=[{_C}\\s]|$)",
)
def ellipsis(match: re.Match[str]) -> str | None:
    """Ellipsis made of dots.

    The ellipsis is six dots in two places, …… (GB/T 15834-2011, 4.11). Leaders
    of a table of contents are longer or end in a page number.

        他说...大家  →  他说……大家
        等等。。。  →  等等……
        总论..............1  ✓
        他说……大家  ✓
    """
    if match[0] == "…" and match.string[match.start() - 1] == "…":
        return None
    return "……"


@rule(
    "PUN108",
    SAFE,
    HIGH,
    CONVENTION,
    f"(?<=[{HAN_RANGES}，。”》）])(?:--|－－|──|―― |――)(?=[{HAN_RANGES}“《（])",
)
def dash(match: re.Match[str]) -> str:
    """Dash made of hyphens.

    The dash is —— (GB/T 15834-2011, 4.12). Options of commands, minus signs
    and ranges have one hyphen or stand beside digits.

        这就是成绩--来之不易的成绩  →  这就是成绩——来之不易的成绩
        运行 git --version  ✓
        成绩——来之不易  ✓
    """
    return "——"


@rule("PUN109", SAFE, MEDIUM, CONVENTION)
def straight_quotes(text: str) -> Iterator[tuple[int, int, str]]:
    """Straight quotation marks around Chinese.

    Only where they pair off within the line and every pair holds Han and
    stands in Chinese context; inches, code and Latin quotations keep theirs.

        实现"三先"目标  →  实现“三先”目标
        落实"3+1"保障  →  落实“3+1”保障
        {"名称":"值"}  ✓
        他说"Hello"  ✓
        He said "你好" to me.  ✓
        5"管道和3"阀门  ✓
    """
    if '"' not in text:
        return
    place = 0
    for line in text.split("\n"):
        marks = (
            [place + n for n, character in enumerate(line) if character == '"']
            if '"' in line
            else []
        )
        if marks and len(marks) % 2 == 0 and not _CODE.search(line):
            for opening, closing in zip(marks[::2], marks[1::2], strict=True):
                inside = text[opening + 1 : closing]
                around = text[max(opening - 1, place) : opening] + text[closing + 1 : closing + 2]
                if (
                    _QUOTED.match(inside)
                    and not _OUTSIDE.search(around)
                    and not _latin_sentence(text, opening, closing)
                ):
                    yield opening, opening + 1, "“"
                    yield closing, closing + 1, "”"
        place += len(line) + 1


# Han inside, or a formula of numbers that politics is fond of: "3+1".
_QUOTED = later(f"[{_C}0-9A-Z][^\\n]*?{HAN}|{HAN}|[0-9]+(?:[+＋·.、-][0-9]+)*$")
# Code, and inches: 5"管道.
_OUTSIDE = later("[A-Za-z=<>{}]|^[0-9]")


def _latin_sentence(text: str, opening: int, closing: int) -> bool:
    """Whether Latin letters stand on both sides, a mark and a blank between at most."""
    before = text[max(opening - 4, 0) : opening].rstrip(" ,:;")
    after = text[closing + 1 : closing + 5].lstrip(" ,:;.")
    return before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii()


_CODE = later('[{}<>=;]\\s*$|^\\s*[<{\\[]|="|":')
