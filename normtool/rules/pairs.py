"""PUN, continued: marks that come in pairs, brackets and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from normtool.chinese import HAN, HAN_RANGES, MARK_RANGES
from normtool.edits import CONVENTION, ERROR, HIGH, MEDIUM, SAFE
from normtool.patterns import later
from normtool.rule import line_around, of_text, rule

_C = HAN_RANGES + MARK_RANGES + "□"


@rule("PUN103", SAFE, HIGH, CONVENTION)
def half_width_bracket(text: str) -> Iterator[tuple[int, int, str]]:
    """Half-width brackets around Chinese.

    Only in pairs and only if Han stands inside; telephone numbers, formulas,
    Latin names and ``1)`` keep theirs, and so does a Chinese word that a Latin
    sentence explains, or one in the name of a file. The number of a part, (1),
    is widened in a file that has other Chinese brackets.

        全体(扩大)会议  →  全体（扩大）会议
        会议（扩大)  →  会议（扩大）
        要做到（务必做到）:(1)责任到人;(2)措施到位  →  要做到（务必做到）:（1）责任到人;（2）措施到位
        见附件报告(修订).doc  ✓
        公式(1)和文献(2)，代入(3)得（略）  ✓
        世界贸易组织(WTO)  ✓
        电话(010)6000  ✓
        the word (关系) means  ✓
        f(x)=1  ✓
    """
    numbered: bool | None = None
    for first, last in _lines_with(text, "()"):
        if numbered is None:
            numbered = "（" in text or _HAN_INSIDE.search(text) is not None
        yield from _pairs_to_widen(text, first, last, numbered)


def _lines_with(text: str, signs: str) -> Iterator[tuple[int, int]]:
    """Where the lines begin and end that have one of some signs."""
    ahead = {sign: text.find(sign) for sign in signs}
    while ahead := {sign: place for sign, place in ahead.items() if place >= 0}:
        place = min(ahead.values())
        end = text.find("\n", place)
        end = end if end >= 0 else len(text)
        yield text.rfind("\n", 0, place) + 1, end
        ahead = {sign: at if at > end else text.find(sign, end) for sign, at in ahead.items()}


def _pairs_to_widen(
    text: str, first: int, last: int, numbered: bool
) -> Iterator[tuple[int, int, str]]:
    """The half-width brackets of one line."""
    opened: list[int] = []
    for match in _BRACKET.finditer(text, first, last):
        mark, place = match[0], match.start()
        if mark in "(（":
            opened.append(place)
        elif opened:
            start, end = opened.pop(), place + 1
            if end - start > 200:
                continue
            if not _HAN.search(text, start, end) and not (
                numbered and end - start <= 4 and _NUMBERED_PART.match(text, max(start - 1, 0))
            ):
                continue
            before = text[max(start - 2, 0) : start]
            after = text[end : end + 2]
            if _LATIN_BEFORE.search(before) and _LATIN_AFTER.match(after):
                continue
            if _FILE_TYPE.match(text, end):
                continue
            if text[start] == "(":
                yield start, start + 1, "（"
            if mark == ")":
                yield place, end, "）"


_BRACKET = later("[()（）]")
_HAN_INSIDE = later(f"\\([{HAN_RANGES}]{{1,20}}\\)")
#: (1) at the head of a part, as (一) is.
_NUMBERED_PART = later(
    f"(?m)(?:^|[。；：:;\\n \u3000])?(?<![^。；：:;\\n \u3000])[(（][1-9][0-9]?[)）][ ]?[{HAN_RANGES}“]"
)
_HAN = later(HAN)
_LATIN_BEFORE = later("[A-Za-z0-9_] ?$")
_LATIN_AFTER = later(" ?[A-Za-z]|[.,;]?\\s*$")
#: 报告(修订).doc: a bracket in the name of a file is what the disk has.
_FILE_TYPE = later(
    "[^\\s，。；：、“”《》()（）]{0,20}\\.(?:docx?|xlsx?|pptx?|pdf|txt|rtf|wps|html?|xml|csv|zip|rar|jpe?g|png)\\b"
)


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
        见柳政办（2019）12号文件  →  见柳政办〔2019〕12号文件
        见大发〔2004〕5号文  ✓
        见文献[12]  ✓
        张某（2004）认为  ✓
    """
    return f"〔{match[1]}〕"


@rule("PUN109", SAFE, MEDIUM, CONVENTION, needs='"')
def straight_quotes(text: str) -> Iterator[tuple[int, int, str]]:
    """Straight quotation marks around Chinese.

    Only where they pair off within the line and every pair holds Han and
    stands in Chinese context; inches, code and Latin quotations keep theirs.

        实现"三先"目标  →  实现“三先”目标
        落实"3+1"保障  →  落实“3+1”保障
        他说："今天开会。"  →  他说：“今天开会。”
        做到"三勤":即腿勤、手勤。  →  做到“三勤”:即腿勤、手勤。
        {"名称":"值"}  ✓
        "数量":3，"名称":"值"  ✓
        他说"Hello"  ✓
        He said "你好" to me.  ✓
        5"管道和3"阀门  ✓
    """
    for first, last in _lines_with(text, '"'):
        line = text[first:last]
        if line.count('"') % 2 or _CODE.search(line):
            continue
        marks = [first + n for n, character in enumerate(line) if character == '"']
        for opening, closing in zip(marks[::2], marks[1::2], strict=True):
            inside = text[opening + 1 : closing]
            around = text[max(opening - 1, first) : opening] + text[closing + 1 : closing + 2]
            if (
                _QUOTED.match(inside)
                and not _OUTSIDE.search(around)
                and not _latin_sentence(text, opening, closing)
            ):
                yield opening, opening + 1, "“"
                yield closing, closing + 1, "”"


# Han inside, or a formula of numbers that politics is fond of: "3+1".
_QUOTED = later(f"[{_C}0-9A-Z][^\\n]*?{HAN}|{HAN}|[0-9]+(?:[+＋·.、-][0-9]+)*$")
# Code, and inches: 5"管道.
_OUTSIDE = later("[A-Za-z=<>{}]|^[0-9]")


def _latin_sentence(text: str, opening: int, closing: int) -> bool:
    """Whether Latin letters stand on both sides, a mark and a blank between at most."""
    before = text[max(opening - 4, 0) : opening].rstrip(" ,:;")
    after = text[closing + 1 : closing + 5].lstrip(" ,:;.")
    return before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii()


_CODE = later('[{}<>=;]\\s*$|^\\s*[<{\\[]|="|":[ ]?(?:["\\[{0-9-]|true|false|null)')


@rule(
    "PUN110",
    SAFE,
    HIGH,
    ERROR,
    f"(?<=[：:])”(?={HAN}|《)",
)
def closing_quote_for_opening(match: re.Match[str]) -> str | None:
    """Closing quotation mark where one opens.

    Behind a colon a quotation begins; a page that made all marks alike writes
    ``道：”你好”``. Only where none is open on the line, and only if it is closed
    or the file does so more than once.

        他问道：”对我有成见吗？”大家都笑了。  →  他问道：“对我有成见吗？”大家都笑了。
        书记说:”抓落实。”  →  书记说:“抓落实。”
        一是要求：”三严三实”；二是标准：”四个合格”。  →  一是要求：“三严三实”；二是标准：“四个合格”。
        他说：“有三点：”大家便记下来。  ✓
        文件写道：“原则如下：”《条例》另有规定。  ✓
        他说：”好。  ✓
    """
    text, place = match.string, match.start()
    start, end = line_around(text, place)
    if text.find("”", place + 1, end) < 0 and not _made_alike(text):
        return None
    # Before it stand pairs, or marks that were all made alike.
    paired = text.count("“", start, place) <= text.count("”", start, place)
    return "“" if paired else None


@of_text
def _made_alike(text: str) -> bool:
    """Whether the file has closing marks behind colons more than once."""
    return len(list(islice(_MADE_ALIKE.finditer(text), 2))) > 1


_MADE_ALIKE = later(f"[：:]”(?={HAN})")
