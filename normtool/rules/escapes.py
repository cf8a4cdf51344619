"""HTM: line ends and characters written as escapes of a programming language."""

from __future__ import annotations

import re

from normtool.chinese import HAN_RANGES
from normtool.edits import ERROR, HIGH, SAFE
from normtool.patterns import later
from normtool.rule import rule

# A path has a drive or two backslashes in a row before it; code has the string in quotes.
_PATH = later(r"(?:(?<![A-Za-z])[A-Za-z]:|\\)\\[^\s\"'<>|]*\Z")


def _in_path(match: re.Match[str]) -> bool:
    behind = match.string[max(match.start() - 120, 0) : match.start() + 1]
    if ":\\" not in behind and "\\\\" not in behind:
        return False
    return behind.endswith("\\") and _PATH.search(behind) is not None


_NEAR = f"{HAN_RANGES}，。、：；？！）》”’】〕…—　"
# Not where the text speaks of the escape: 换行符\\n表示….
_AHEAD = rf"(?=\Z|\s|[{HAN_RANGES}　（《“‘【〔0-9<&\\])(?!表示|代表|和|或|是|为|换行)"


@rule(
    "HTM104",
    SAFE,
    HIGH,
    ERROR,
    r"(?:(?:\\?x0d)(?:\\?x0a))+|(?:_x000[da]_)+"
    rf"|(?:\\r\\n)+|(?<=[{_NEAR}])(?<!符)(?:\\[rnt])+{_AHEAD}|(?:\\n){{2,}}{_AHEAD}",
    re.I,
)
def line_end_as_text(match: re.Match[str]) -> str | None:
    """Line end written as an escape.

    A program printed the string instead of its contents: ``x0dx0a``, ``\\r\\n``
    or ``\\n`` at a Chinese character. Paths of files and strings of code in
    straight quotes stay.

        一、指导思想x0dx0ax0dx0a二、工作任务  →  一、指导思想⏎二、工作任务
        同志们：\\n今年的工作\\r\\n一、总结  →  同志们：⏎今年的工作⏎一、总结
        第一条\\r\\n第二条  →  第一条⏎第二条
        保存在C:\\new\\readme和D:\\资料\\n中  ✓
        print(“你好\\n世界”)  ✓
        x0d是回车，正则[\\r\\n]匹配换行  ✓
    """
    text, end = match.string, match.end()
    if match[0].startswith("\\"):
        if text.startswith(('"', "'", "]"), end):
            return None
        if _in_path(match) or _in_code(match):
            return None
    return "\n" if _ENDS_LINE.search(match[0]) else " "


_ENDS_LINE = later("[nraNRA]")
_QUOTES = frozenset("\"'“‘")
_STRING = later(r"[(（=:：,\[]\s*[\"'][^\"'\n]*\Z|[(（=\[]\s*[“‘][^”’\n]*\Z")


def _in_code(match: re.Match[str]) -> bool:
    """Whether the place lies in a string that code opens: ``("…``, ``= '…``."""
    behind = match.string[max(match.start() - 120, 0) : match.start()]
    return not _QUOTES.isdisjoint(behind) and _STRING.search(behind) is not None


_BESIDE = later(f"(?![“”’])[{_NEAR}]")


@rule(
    "HTM109",
    SAFE,
    HIGH,
    ERROR,
    r"(?<!\\)(?:\\u[0-9A-Fa-f]{4})+|(?:%u[0-9A-Fa-f]{4})+",
)
def character_as_escape(match: re.Match[str]) -> str | None:
    """Character written as an escape of a programming language.

    ``\\u8BB2`` of JSON and ``%u8BB2`` of old scripts. Two or more in a row, or
    one beside a Chinese character; ranges of patterns and lone numbers in a
    text about characters stay.

        %u8BB2%u8BDD全文  →  讲话全文
        招商\\u5f15资  →  招商引资
        会议\\u5F00\\u5E55  →  会议开幕
        正则[\\u4e00-\\u9fa5]匹配，编码“\\u8BB2”  ✓
        C:\\u8BB2\\u8BDD  ✓
        \\ud800\\ud800好  ✓
    """
    text, start, end = match.string, match.start(), match.end()
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    near = _BESIDE.search(around)
    if around[:1] == "[" or around[-1:] == "-" or (len(match[0]) == 6 and not near):
        return None
    if _in_path(match) or _in_code(match):
        return None
    units = bytes.fromhex(re.sub(r"[\\%]u", "", match[0]))
    try:
        meant = units.decode("utf-16-be")
    except UnicodeDecodeError:
        return None
    return None if re.search("[\0-\x08\x0e-\x1f\x7f-\x9f]", meant) else meant
