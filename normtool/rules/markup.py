"""HTM: entities and tags that the scraper left in the text.

Only names that HTML knows are markup: ``<扩大>`` and ``a<b`` are text. What is
between ``<style>`` and ``</style>``, loose style sheets and scripts are in
``residue``, escapes of programming languages in ``escapes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from normtool.chinese import HAN_RANGES
from normtool.edits import BREAK, ERROR, HIGH, REMOVAL, SAFE
from normtool.patterns import later
from normtool.rule import rule

#: Elements that begin and end a line of their own.
_BLOCK = (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html "
    "legend li link main menu meta nav noframes noscript ol optgroup option p pre section select "
    "summary table tbody tfoot thead title tr ul"
)
#: Elements inside a line (HTML 4 to the living standard), and Word's own (o:p, st1:date).
_INLINE = (
    "a abbr acronym applet area audio b base basefont bdi bdo big blink button canvas cite code "
    "col colgroup command data datalist del dfn em embed font frame i iframe img input ins isindex "
    "kbd keygen label map mark marquee meter nobr object output param picture plaintext progress q "
    "rb rp rt rtc ruby s samp script slot small source spacer span strike strong style sub sup svg "
    "td template textarea th time track tt u var video wbr xml xmp"
)
BLOCKS = frozenset(_BLOCK.split())


def _by_letter(words: list[str]) -> str:
    """The words as alternatives by first letter: ``re`` tries one after the other."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in rests.items())


NAMES = f"(?:{_by_letter(f'{_BLOCK} {_INLINE}'.split())}|(?:o|v|w|st1):[a-z]+)"

# Attributes hold no angle brackets, except in quotes, and no Chinese, except in their values:
# a tag that was broken off is not to take the sentence behind it along.
_QUOTED = "|".join(f"={quote}[^{quote}\n]{{0,500}}+{quote}(?=[\\s/>])" for quote in "\"'")
_VALUE = "|".join(f"={quote}[^{quote}<>\n]{{0,500}}+{quote}" for quote in "\"'")
_ATTRIBUTES = (
    f"(?:[\\s/](?:{_QUOTED}|{_VALUE}|=[^\\s\"'<>，。；：！？、]{{1,40}}+|[^<>{HAN_RANGES}])*+)?>"
)
_TAG = f"</?{NAMES}{_ATTRIBUTES}"
#: Elements of which nothing is ever shown (HTM103).
MACHINERY = "script|style|iframe|xml"
_TAG_NAME = later("</?([A-Za-z][A-Za-z0-9:]*)")
#: A tag that is only spoken about: ``“<br>”``, ``<div> 标签``.
_QUOTES = ("“”", "‘’", "「」", "『』", "``", "''", '""')
_SPOKEN = later("[ “”‘’`]?(?:标签|标记|元素|標籤|標記|標簽)(?!\\s*[<：:\n]|\\Z)")
_NAMED = later("(?:标签|标记|元素|標籤|標記|標簽)[“‘「]?\\Z")
# One letter is a name of algebra too: a<b>c.
_LETTER = later("<[abipqsu]>", re.I)


@rule(
    "HTM101",
    SAFE,
    HIGH,
    ERROR,
    "&(?:amp;)*+(?:(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|nbsp(?![A-Za-z0-9=;]))"
    "|&(?:amp;)++",
)
def entity(match: re.Match[str]) -> str | None:
    """Entity of HTML that was not resolved.

    Named as in HTML 5 or numbered, once or several times escaped
    (``&amp;nbsp;``). Without its semicolon only ``&nbsp`` is taken for one. A
    number that stands for no character stays.

        &ldquo;三农&rdquo;工作  →  “三农”工作
        甲&amp;amp;乙，丙&#12290;&#x4ECA;年  →  甲&乙，丙。今年
        你好&amp;lsquo;朋友&rsquo;  →  你好‘朋友’
        AT&T、R&D、&c、&unknown;  ✓
        &#0;  ✓
        见http://example.com/?a=1&copy=2。  ✓
    """
    from html import unescape
    from html.entities import html5

    text = match[0]
    last = text[text.rfind("&") :]
    name = re.sub("^&(?:amp;)*(?=.)", "", text)
    if name.startswith("#"):
        meant = unescape(f"&{name}")
        # NUL, surrogates and what lies beyond Unicode come out as U+FFFD or as nothing.
        if not meant or meant in "\ufffd\0" or ("\x7f" <= meant < "\xa0") or meant < "\t":
            return None
        return "\n" if meant in "\r\x0b\x0c" else meant
    if not name or name == last:
        return "&" if text != "&" else None
    meant = html5.get(name, "") or (html5["nbsp;"] if name == "nbsp" else "")
    return meant or None


# A run of tags, with the blanks between, is one place: it breaks the line once. What opens
# a script is no part of a run: HTM103 takes it with all that follows.
_PLAIN = f"(?!<(?:{MACHINERY})[\\s>]){_TAG}"
_RUN = f"{_PLAIN}(?:\\s*+{_PLAIN})*+|<(?:{MACHINERY}){_ATTRIBUTES}"


@rule("HTM102", SAFE, HIGH, BREAK, _RUN, re.I)
def tag_that_breaks(match: re.Match[str]) -> str | None:
    """Tag of HTML that ends or begins a line.

    Paragraphs, headings, rows, items and ``<br>`` become one newline, however
    many follow each other. Tags that say more than that (attributes) are for
    HTM105. Unknown names and tags that are spoken about stay.

        今年的工作<br/>明年的打算  →  今年的工作⏎明年的打算
        <p>第一段</p><P>第二段</P>  →  第一段⏎第二段
        目录<hr>正文</div>  →  目录⏎正文
        全体<扩大>会议，若a<b则b>a  ✓
        用“<br>”换行，用<div>标签分块  ✓
        第一行<br 第二行说的是别的事。>  ✓
        〈p〉，利润<5  ✓
        换行用标签<br>写成  ✓
    """
    return _replaced(match) if _only_breaks(match[0]) else None


@rule("HTM105", SAFE, HIGH, REMOVAL, _RUN, re.I)
def other_tag(match: re.Match[str]) -> str | None:
    """Tag of HTML.

    It is dropped, and the text it marks stays. Where it ends a line, a newline
    is left in its place.

        <font color="red">加快</font>发展  →  加快发展
        第一段<p style="text-indent:2em">第二段<br clear="all"/>第三段  →  第一段⏎第二段⏎第三段
        <strong>一、</strong> <em>总体要求</em>  →  一、␣总体要求
        <p align=center title="工作报告"class="t">正文<img alt=封面图片>  →  正文
        第一页<font 第2页说的是别的事。>  ✓
        若a<b>c，全体<扩大>会议  ✓
        使用<code>标签的页面  ✓
        书名用<书名>标出，数量<5为少  ✓
    """
    return None if _only_breaks(match[0]) else _replaced(match)


def _names(run: str) -> list[str]:
    return list(map(str.lower, _TAG_NAME.findall(run)))


@lru_cache(maxsize=256)  # asked by two rules; a page has few runs that differ
def _only_breaks(run: str) -> bool:
    """Whether a run is made of tags of lines without anything else that could be content."""
    return not _SAYS_MORE.search(run) and all(name in BLOCKS for name in _names(run))


_SAYS_MORE = later("[0-9=]")


def _replaced(match: re.Match[str]) -> str | None:
    text, start, end = match.string, match.start(), match.end()
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    if match[0].count("<") == 1 and (
        around in _QUOTES
        or _SPOKEN.match(text, end)
        or _NAMED.search(text, max(start - 3, 0), start)
    ):
        return None
    if _LETTER.fullmatch(match[0]) and re.fullmatch("[A-Za-z0-9)][A-Za-z0-9(]", around):
        return None
    if any(name in BLOCKS for name in _names(match[0])):
        at_edge = start == 0 or end == len(text) or "\n" in around
        return "" if at_edge else "\n"
    between = re.sub(r"<[^<>]*>", "", match[0])
    blank = between.isspace() and not around[:1].isspace()
    return ("\n" if "\n" in between else " ") if blank else ""


_CODES = "b|i|u|s|p|url|color|size|font|align|quote|center|left|right|indent|email|img|attach|flash|media"


@rule("HTM110", SAFE, HIGH, REMOVAL, needs=r"\[/")
def forum_tag(text: str) -> Iterator[tuple[int, int, str]]:
    """Tag of a forum (BBCode) around words.

    ``[b]…[/b]``, ``[color=red]…[/color]``: only pairs on one line; the words stay, the
    address of a picture goes with its tag. A single one is an index or a mark.

        [b]三要抓好队伍。[/b]  →  三要抓好队伍。
        [img]http://www.example.com/a.jpg[/img][size=4]同志们：[/size]  →  同志们：
        详见[url=http://www.example.com]公告[/url]。  →  详见公告。
        数组a[i]与b[/i]  ✓
        用[b]开头，不要忘了结束  ✓
        [一]总则[/二]  ✓
    """
    for found in _PAIR.finditer(text):
        if found["tag"].lower() in ("img", "attach", "flash", "media"):
            yield *found.span(), ""
            continue
        yield found.start(), found.start("words"), ""
        yield found.end("words"), found.end(), ""


_PAIR = later(
    rf"(?<![A-Za-z0-9_])\[(?P<tag>{_CODES})(?:=[^\[\]\n]{{1,80}})?\](?P<words>[^\[\]\n]{{1,400}})\[/(?P=tag)\]",
    re.I,
)
