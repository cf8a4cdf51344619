"""What the page said about itself, what the bylines say of each speech, and what is missing.

Facts come from what cleaning removed and from the page lines that stayed; the date of a page is
when it was put up, never when the speech was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from normtool.document import BYLINE, META, SUBTITLE, TITLE, Block, Document
from normtool.numbering import to_int
from normtool.patterns import later
from normtool.structure.heads import DATE, is_collection, may_be_title, speaker
from normtool.structure.lines import Line
from normtool.structure.parts import shortfalls

_CODES = frozenset({"announced-parts", "declared-length", "truncated"})

_STAMP = (
    r"(?:19|20)\d\d(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
)
_PUBLISHED = later(
    rf"(?:发布于|發布於|发表于|(?:(?:发布|发表|更新|上传)?(?:时间|時間|日期)|发布)\s*[：:]|^)\s*({_STAMP})",
    re.MULTILINE,
)
_DECLARED = later(r"(?:全文|本文|正文)[约約共計计]*\s*(\d{2,7})\s*(?:个)?字")
_LABELS = (
    "文章来源|来源|來源|出处|作者|责任编辑|編輯|编辑|上传人|点击(?:数|次数)?|阅读(?:数|次数|量)?"
    "|浏览(?:数|次数|量)?|人气|评论|标签|关键词|关键字|栏目|分类|文档编号|页数|字号"
)
# Cleaning may have taken the blank before the next label: 作者：李四来源：某报.
_LABELLED = later(
    rf"(?P<label>{_LABELS})[：:][ \t\u3000]*(?!(?:{_LABELS})[：:])"
    rf"(?P<value>[^\s\u3000,，：:|【】\[\]；;]+?)(?=(?:{_LABELS}|时间|日期)[：:]|[\s\u3000,，：:|【】\[\]；;]|\Z)"
)
_SOURCE = frozenset({"文章来源", "来源", "來源", "出处"})
_URL = later(
    r"https?://[^\s\u3000-\u9fff\uff00-\uffef]+|(?<![\w.])www\.[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}"
)
_SUFFIX = later(r"[\s_\-–—|]*(\S.*?)[\s_\-–—|]*")
# First comes a class of characters, which ``re`` finds at once.
_CUT = later(
    r"[未此省略试剩](?:(?<=未)完[，,]?全文共(?P<whole>\d+)字[，,]?当前显示(?P<shown>\d+)字"
    r"|(?<=此)处隐藏(?P<hidden>\d+)个?字|(?:(?<=省)略|(?<=略)去)(?P<left>\d+)个?字"
    r"|(?<=试)读(?:已?结束|到此)|(?<=未)完待续"
    r"|(?<=剩)余(?:内容|\d+[字%]).{0,12}(?:下载|登录|会员|付费|购买))"
)
# Its first character by itself: ``re`` finds a class sooner than a repetition.
_WORD = later(r"[0-9A-Za-z.%][0-9A-Za-z.%]*")
_BLANKS = later(r"\s+")
#: Counters differ in what they count (titles, digits): this much is no difference.
_TOLERANCE = 0.02


def gather(document: Document, lines: Sequence[Line]) -> dict[str, Any]:
    """The metadata of a labelled document; what was known before is kept."""
    meta: dict[str, Any] = dict(document.meta)
    for said in _page_words(document):
        _read(said, meta)
    title = _collection_title(document)
    if title:
        meta.setdefault("title", title)
    warnings = [w for w in meta.get("warnings", []) if w.get("code") not in _CODES]
    spoken = _by_speech(document.blocks)
    meta["speeches"] = [_facts(document, n, blocks) for n, blocks in spoken.items()]
    for n, blocks in spoken.items():
        for parts, delivered in shortfalls(document.text, blocks[0].start, blocks[-1].end):
            there = f"{delivered} is" if delivered == 1 else f"{delivered or 'none'} are"
            there = there.replace("none are", "none is")
            message = f"speech {n} announces {parts}, {there} there"
            warnings.append({"speech": n, "code": "announced-parts", "message": message})
    warnings += _cuts(document)
    warnings += _length(document, meta)
    meta["warnings"] = warnings
    return meta


def _collection_title(document: Document) -> str:
    """What stands above several speeches and is not about the page, or ""."""
    above = []
    for block in document.blocks:
        if block.speech:
            break
        words = document.line(block).strip()
        if block.kind == META and may_be_title(words):
            above.append(words)
    named = [words for words in above if is_collection(words)]
    if not named and len({block.speech for block in document.blocks} - {0}) > 1:
        named = [words for words in above if len(words) >= 6]
    return named[0] if named else ""


def _page_words(document: Document) -> Iterator[str]:
    """What the page said about itself: removed, or left standing as a line of its own."""
    columns = zip(document.columns.befores, document.columns.whys, strict=True)
    for before, (codes, *_) in [pair for pair in columns if len(pair[0]) > 1]:  # most are one mark
        if "FUR101" in codes:  # perhaps fused with the repeated title below it
            match = _SUFFIX.fullmatch(before.split("\n", 1)[0])
            if match is not None:
                yield "site\t" + match[1].replace("_", "")
        if len(before) > 5 and any(code[:3] in ("FUR", "ADS", "GAP") for code in codes):
            yield before
    for block in document.blocks:
        if block.kind == META:
            yield document.line(block)


def _read(said: str, meta: dict[str, Any]) -> None:
    """Add the facts of one piece of page furniture; the first that says something wins."""
    if said.startswith("site\t"):
        meta.setdefault("site", said[5:])
        return
    found = _PUBLISHED.search(said)
    if found is not None:
        meta.setdefault("published", found[1])
    found = _DECLARED.search(said)
    if found is not None:
        meta.setdefault("declared_chars", int(found[1]))
    for field in _LABELLED.finditer(said):
        label, value = field["label"], field["value"]
        if label in _SOURCE:
            meta.setdefault("source", value)
        elif label == "作者":
            meta.setdefault("author", value)
        else:
            meta["other"] = {label: value, **meta.get("other", {})}
    found = _URL.search(said)
    if found is not None:
        meta.setdefault("url", found[0])


def _by_speech(blocks: Sequence[Block]) -> dict[int, list[Block]]:
    spoken: dict[int, list[Block]] = {}
    for block in blocks:
        if block.speech:
            spoken.setdefault(block.speech, []).append(block)
    return spoken


def _facts(document: Document, number: int, blocks: Sequence[Block]) -> dict[str, Any]:
    facts: dict[str, Any] = {"n": number, "title": ""}
    for block in blocks:
        if block.kind not in (TITLE, SUBTITLE, BYLINE):
            continue
        words = document.line(block).strip()
        if block.kind == TITLE:
            facts["title"] = facts["title"] or words.lstrip("# ")
            continue
        date = DATE.search(words)
        if date is not None:
            facts.setdefault("date", iso_date(date[0]))
        if block.kind == BYLINE:
            name = speaker(words) or (words if date is None and len(words) <= 5 else "")
            if name:
                facts.setdefault("speaker", _BLANKS.sub("", name))
    facts["chars"] = sum(block.end - block.start for block in blocks)
    return facts


def iso_date(words: str) -> str:
    """2004年2月3日 and 二○○四年二月三日 as 2004-02-03; without a day, 2004-02."""
    year, rest = _BLANKS.sub("", words).split("年", 1)
    digits = "".join(
        str(max("〇一二三四五六七八九".find(c), 0)) if not c.isdigit() else c for c in year
    )
    numbers = [to_int(part) or 0 for part in re.split("[月日]", rest) if part]
    return "-".join([digits, *(f"{number:02}" for number in numbers)])


def _cuts(document: Document) -> list[dict[str, Any]]:
    """Notices that the page holds back a part, wherever they stand or stood."""
    warnings: list[dict[str, Any]] = []
    columns = document.columns
    long = [n for n, before in enumerate(columns.befores) if len(before) > 3]
    removed = [(n, match) for n in long for match in _CUT.finditer(columns.befores[n])]
    starts = columns.places()[0] if removed else []
    places = [(starts[n], match) for n, match in removed]
    places += [(match.start(), match) for match in _CUT.finditer(document.text)]
    for place, match in sorted(places, key=lambda found: found[0]):
        speech = next((b.speech for b in document.blocks if b.end >= place), 0)
        if match["whole"]:
            message = f"the page shows {match['shown']} of {match['whole']} characters"
        elif match["hidden"] or match["left"]:
            message = f"the page hides {match['hidden'] or match['left']} characters"
        else:
            message = "the page shows only a part"
        message += f": {match[0]}"
        warnings.append({"speech": speech, "code": "truncated", "message": message})
    return warnings


def _length(document: Document, meta: dict[str, Any]) -> list[dict[str, Any]]:
    """The length the page declares against what is there, counted both ways that are in use."""
    declared = meta.get("declared_chars")
    if not isinstance(declared, int):
        return []
    # Line by line: of a large text what is left out would be as large again.
    body = (
        line
        for line in document.original.split("\n")
        if "文" not in line or not _DECLARED.search(line[:200])
    )
    most = sum(map(_printed, body))
    if declared <= most * (1 + _TOLERANCE):
        # A word counts one, or its characters do: it is enough if they are not too many.
        least = sum(map(_printed, document.text.split("\n")))
        if least * (1 - _TOLERANCE) > declared:
            words = map(_WORD.findall, document.text.split("\n"))
            least -= sum([len("".join(found)) - len(found) for found in words])
        if least * (1 - _TOLERANCE) <= declared:
            return []
    message = f"the page declares {declared} characters, {most} are there"
    return [{"speech": 0, "code": "declared-length", "message": message}]


def _printed(line: str) -> int:
    """How many characters a line has, without blanks."""
    return sum(map(len, line.split()))
