"""HTM: style sheets, scripts, comments and templates without their page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtool.chinese import HAN_RANGES
from normtool.edits import HIGH, LOW, REMOVAL, SAFE, UNSAFE
from normtool.patterns import later
from normtool.rule import rule
from normtool.rules.markup import MACHINERY, NAMES

_OPENING = later(
    rf"<(?:!--|(?P<element>{MACHINERY})(?=[\s>])[^<>]*>"
    r"|!DOCTYPE[^<>]*>|\?xml[^<>]*\?>|!\[(?:CDATA\[|(?:end)?if[^\[\]<>]*\]>)|!\[endif\]-->)"
    r"|\]\]>|-->",
    re.I,
)


@rule("HTM103", SAFE, HIGH, REMOVAL, needs="<")
def page_machinery(text: str) -> Iterator[tuple[int, int, str]]:
    """Script, style sheet, comment or declaration of the page.

    All from the opening to the end of it goes, for none of it was ever shown.
    Without an end only HTM105 drops the tag; an arrow ``-->`` alone stays.

        甲<style type="text/css">p {margin: 0}</style>乙  →  甲乙
        甲<!-- 正文开始 -->乙<script>var a = "x";</script>  →  甲乙
        <!DOCTYPE html>甲<![CDATA[乙]]>  →  甲乙
        甲 --> 乙  ✓
        a<!b，<!-- 没有结束  ✓
        比较a-->b与c<d  ✓
    """
    place = 0
    cdata = 0
    missing: set[str] = set()
    while (found := _OPENING.search(text, place)) is not None:
        start, place = found.span()
        opening = found[0].lower()
        element = found["element"]
        if element or opening == "<!--":
            closing = f"</{element.lower()}" if element else "-->"
            if closing in missing:
                continue
            end = _END[closing].search(text, place)
            if end is None:
                missing.add(closing)
                continue
            place = end.end()
        elif opening == "]]>":
            if not cdata:
                continue
            cdata -= 1
        elif opening == "-->":
            continue
        elif opening == "<![cdata[":
            cdata += 1
        gone = text[start:place]
        alone = start == 0 or place == len(text) or "\n" in text[start - 1] + text[place]
        yield start, place, "\n" if "\n" in gone and not alone else ""


_END = {f"</{name}": later(rf"</{name}[^<>]*>", re.I) for name in MACHINERY.split("|")}
_END["-->"] = later("-->")

_BODY = later(r"\{([^{}]{0,3000}+)\}")
_DECLARATION = later(r"\s*[*_]?[a-z-]+\s*:\s*\S.*", re.I | re.S)
_PROPERTY = later(
    r"(?:^|[;\s])(?:margin|padding|font|color|background|border|width|height|line-height|text-\w+"
    r"|display|float|position|size|orphans|widows|direction|mso-[\w-]+|so-language|list-style"
    r"|overflow|clear|z-index|vertical-align|page-break\S*|cursor|visibility)(?:-[a-z-]+)?\s*:",
    re.I,
)
_SIMPLE = (
    rf"(?:{NAMES}(?![\w-])|@page|@font-face|\*|[.#:][\w-]+)(?:[.#:]{{1,2}}[\w-]+(?:\([^()]*\))?)*+"
)
_SELECTOR = later(rf"(?<![\w.#:@</-])(?:{_SIMPLE}\s*[,>+~]?\s*)+\Z", re.I | re.A)
_MEDIA = later(r"@(?:media|supports)[^{}@;]*\Z", re.I)


@rule("HTM106", SAFE, HIGH, REMOVAL, needs="[{]")
def loose_style_sheet(text: str) -> Iterator[tuple[int, int, str]]:
    """Rule of a style sheet in the text.

    A selector that HTML could have, and braces around declarations of which
    one at least is a known property. Braces around anything else stay.

        @page { margin: 2cm } p.western { font-size: 12pt; color: #000 }同志们  →  ␣同志们
        .title{text-align:center}讲话  →  讲话
        body{font-size:14px;margin:0}同志们：  →  同志们：
        集合{x: 1}、{margin}、字典{color}  ✓
        函数f{a: b}  ✓
        公式{x: y}中的x  ✓
    """
    done = 0
    for found in _BODY.finditer(text):
        brace = found.start()
        before = text[max(done, brace - 200) : brace]
        before = before[len(before.rstrip()) and max(map(before.rfind, _NO_SELECTOR)) + 1 :]
        parts = [part for part in found[1].split(";") if part.strip()]
        if parts:
            if not _PROPERTY.search(found[1]) or not all(map(_DECLARATION.fullmatch, parts)):
                continue
            selector = _SELECTOR.search(before)
        else:
            selector = _MEDIA.search(before)
        if selector is not None and not re.search(f"[{HAN_RANGES}]", selector[0]):
            start = brace - len(before) + selector.start()
            done = found.end()
            yield start, done, ""


#: What stands in no selector: it ends before the last of these.
_NO_SELECTOR = "};/，。、：；"

# Quoted strings may hold anything, the rest is no Chinese.
_CODE = rf"(?:\"[^\"\n]{{0,1000}}+\"|'[^'\n]{{0,1000}}+'|[^\n\"'{HAN_RANGES}，。：；“”])*+"
_STATEMENT = (
    r"(?<![A-Za-z0-9_.$])(?:var [A-Za-z_$][\w$]*\s*=|document\.write(?:ln)?\(|window\.[\w.$]+\s*=(?!=)"
    r"|\$\((?:document|[\"'][#.][\w-]+[\"'])\)|\(function\s*\(|function [\w$]*\([\w$, ]*\)\s*\{)"
    + _CODE
)
#: Names of counters, shares and advertisements: no lesson on programming speaks of these.
_KNOWN_SCRIPT = later(
    r"document\.write|_bd_share|bds_config|bdshare|_hmt\b|hm\.baidu|cpro_id|BAIDU_CLB|jiathis|cnzz"
    r"|_czc|google_ad|adsbygoogle|_gaq|wumii|ujian|duoshuo|getElementsByTagName|createElement"
    r"|sogou_|addEventListener|\.innerHTML|\$\([\"'][#.]"
)


@rule("HTM107", SAFE, HIGH, REMOVAL, _STATEMENT, re.A)
def loose_script(match: re.Match[str]) -> str | None:
    """Statement of a script in the text.

    Code of counters, share buttons and advertisements. It is known by what it
    calls; other code may be the subject of the text and is left to HTM207.

        全文完var s="1";document.write(s);谢谢  →  全文完谢谢
        window._bd_share_config={"common":{"bdText":"讲话"}};  →
        document.write("<br>");同志们：  →  同志们：
        $("#content").html();同志们：  →  同志们：
        语句var n = 1;定义变量  ✓
        变量var用来计数  ✓
        函数function的用法  ✓
    """
    return _without_statement(match[0]) if _KNOWN_SCRIPT.search(match[0]) else None


@rule("HTM207", UNSAFE, LOW, REMOVAL, _STATEMENT, re.A)
def perhaps_loose_script(match: re.Match[str]) -> str | None:
    """Statement that may be left of a script of the page.

    Nothing in it names a counter or an advertisement, so the text may as well
    be about programming: a person must say. A name of the language in a
    sentence is no statement.

        谢谢大家var s = 1;  →  谢谢大家
        var n = 1;同志们：  →  同志们：
        function show(){ x = 2; }同志们：  →  同志们：
        变量var的用法  ✓
        var是方差的缩写  ✓
        用function写函数  ✓
    """
    return None if _KNOWN_SCRIPT.search(match[0]) else _without_statement(match[0])


def _without_statement(code: str) -> str | None:
    """What follows the last end of a statement; None if there is none."""
    end = max(code.rfind(";"), code.rfind("}"))
    return code[end + 1 :] if end >= 0 else None


@rule(
    "HTM108",
    SAFE,
    HIGH,
    REMOVAL,
    r"\[标签[:：][^\[\]\n]{1,20}\]|\[!--[\w.$-]{1,40}--\]"
    r"|\{/?(?:dede|pboot|eyou|phpcms)[:：][^{}\n]{1,200}\}|#p#(?:[一-鿿]{0,2}标题)?#e#"
    r"|\[/?(?:[Nn]ext[Pp]age|[Nn]ew[Pp]age|[Pp]age|pagebreak)\]|\{page\}(?=[ ]*(?:\n|\Z))|\{\{ ?[a-z]\w{0,20}(?:\.\w{1,20}){1,3} ?\}\}",
)
def template_sign(match: re.Match[str]) -> str:
    """Place-holder of a collector or of a site's template.

    The program that made the page should have put a title or a text here.

        [标签:标题]在会议上的讲话  →  在会议上的讲话
        [!--newstext--]同志们  →  同志们
        {dede:field.body/}同志们  →  同志们
        二要抓好落实。#p#副标题#e#⏎三要加强领导。  →  二要抓好落实。⏎三要加强领导。
        三要督查。[NextPage]{{article.content}}  →  三要督查。
        {page}与{变量}、{{名称}}  ✓
        [标签]与{变量}  ✓
        [!]表示警告  ✓
        {正文}用花括号标出  ✓
        #p#第二部分#e#  ✓
    """
    return ""
