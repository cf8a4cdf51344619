"""The practice of encoding, in words (editorialDecl)."""

from __future__ import annotations

from functools import lru_cache

from normtool.export.tei.body import Body
from normtool.export.tei.markup import branch, escape, leaf
from normtool.export.tei.speech import Speech

#: What a style of quotation marks is called.
_QUOTES = {
    "corner": ("「」『』", "corner marks, \u300c \u300d and \u300e \u300f"),
    "curly": ("“”‘’", "curly marks, \u201c \u201d and \u2018 \u2019"),
}


def prose(
    margin: str, name: str, attributes: dict[str, str], chinese: str, english: str, more: str = ""
) -> str:
    """A declaration in both languages; ``more``, markup already, comes first: the user's words."""
    inside = f"{margin}  "
    return branch(
        margin,
        name,
        attributes,
        leaf(inside, "p", None, more) if more else "",
        leaf(inside, "p", None, escape(chinese)),
        leaf(inside, "p", {"xml:lang": "en"}, escape(english)),
    )


def editorial_declaration(margin: str, speech: Speech, body: Body) -> str:
    """``editorialDecl``: what is marked, what is silent, in Chinese and English."""
    names = quotes = ""
    if speech.document.cleaned is not None:
        done = speech.document.meta.get("script", {})
        names = ", ".join(done.get("configurations", ())) or speech.document.script
        quotes = done.get("quotes", "")
    told = bool(body.alternatives.forms)
    return _declaration(margin, names, quotes, told, body.reading, body.sentences)


# The same in all files of a run.
@lru_cache(maxsize=8)
def _declaration(
    margin: str, names: str, quotes: str, told: bool, reading: bool, sentences: bool
) -> str:
    """``names``: of the OpenCC configurations that converted the text, if any did.

    ``quotes``: the style of quotation marks that was put in their place, if any was.
    ``told``: whether ``standOff`` tells of words of which it could have written others.
    """
    script = ""
    inside = f"{margin}  "
    if names:
        script = prose(
            inside,
            "normalization",
            {"method": "silent"},
            f"正文由整理后的文本经 OpenCC（{names}）转换字形；"
            "sic、orig、desc 及出处注仍为源文件原字。"
            + ("转换存疑之处、不从 OpenCC 之处列于 standOff，异体见规则分类。" if told else ""),
            f"The text was converted from the cleaned text by OpenCC ({names}); sic, orig, "
            "desc and the notes on the source keep the characters of the source."
            + (
                " Where it had to guess, and where OpenCC was not followed, standOff lists the "
                "places and the taxonomy of rules the forms: first that which stands in the text."
                if told
                else ""
            ),
        )
    marked = _changes_made(inside) if reading else _changes_marked(inside)
    divided = ("分句（seg）", "and sentences (seg)") if sentences else ("不分句", "not sentences")
    return branch(
        margin,
        "editorialDecl",
        None,
        marked,
        script,
        prose(
            inside,
            "punctuation",
            {"marks": "all", "placement": "internal"},
            "标点保留在正文中。",
            "Punctuation is kept as text, inside the element that it belongs to.",
        ),
        prose(
            inside,
            "quotation",
            {"marks": "all"},
            "引号保留为字符。" + (f"成对的引号已改为{_QUOTES[quotes][0]}。" if quotes else ""),
            "Quotation marks are kept as characters; q and quote are not used."
            + (f" Those in pairs were made {_QUOTES[quotes][1]}." if quotes else ""),
        ),
        prose(
            inside,
            "hyphenation",
            {"eol": "none"},
            "中文不用行末连字符。",
            "Chinese is not hyphenated at the end of a line.",
        ),
        prose(
            inside,
            "segmentation",
            {},
            f"一篇讲话一个文件；分标题、称呼、层次、段落，{divided[0]}。"
            "源文件没有的分段，元素上注明 resp、cert、ana。",
            "One speech a file, divided into heads, salutations, numbered parts and paragraphs, "
            f"{divided[1]}. An element whose beginning was no new line in the source says so "
            "by resp, cert and ana.",
        ),
        prose(
            inside,
            "interpretation",
            {},
            "不作解释性标注。",
            "No names, topics or opinions are marked.",
        ),
        prose(
            inside,
            "stdVals",
            {},
            "日期依 W3C 格式；语言用 BCP 47 标记；字符区间依 RFC 5147。",
            "Dates as W3C writes them, languages by BCP 47, ranges of characters by RFC 5147.",
        ),
    )


def _changes_made(inside: str) -> str:
    """How a reading view treats changes: it makes them, and says where they are told of."""
    return prose(
        inside,
        "correction",
        {"method": "silent", "status": "unknown"},
        "本文件为阅读本：改正已并入正文，不加标记；缺失、遮去之处仍用 gap 标出，"
        "缺失的数字一律不补。逐处改动见同一讲话的编辑本（--tei-view edition）。",
        "This is a reading view: corrections are made in the text and not marked; what is lost "
        "or masked is still a gap, and lost digits are never supplied. Each change is told of "
        "in the edition of the same speech (--tei-view edition).",
    ) + prose(
        inside,
        "normalization",
        {"method": "silent"},
        "标点、全角半角、空白已照规范改过，不加标记。",
        "Marks, widths and blanks follow the conventions, without a mark in the text.",
    )


def _changes_marked(inside: str) -> str:
    """How an edition treats changes: each is marked, those of width in standOff."""
    return (
        prose(
            inside,
            "correction",
            {"method": "markup", "status": "unknown"},
            "错误用 choice（sic、corr）标出，补入的标点用 supplied，缺失用 gap。"
            "缺失的数字一律不补；疑误而未改之处单用 sic，建议见 notesStmt；"
            "源文件中遮去的数字、名称保留原符号，置于 gap 的 desc 中。",
            "Mistakes are marked by choice (sic, corr), marks put in by supplied, losses by gap. "
            "Lost digits are never supplied. What is suspected and was not changed is a lone sic, "
            "with a proposal in notesStmt. What the source masked keeps its signs, in the desc "
            "of a gap. Each has its rule (ana), certainty (cert), agent (resp) and place in the "
            "source (source).",
        )
        + prose(
            inside,
            "normalization",
            {"method": "markup"},
            "不合规范而不算错误的写法（如字间空格、行中断行、夹入的页面文字）"
            "用 choice（orig、reg）标出；"
            "只删空白时，前后各带一字，以免成分为空。",
            "What is no mistake but against convention (blanks between characters, wrapped lines, "
            "page words inside a paragraph) is marked by choice (orig, reg); where only white "
            "space goes, a neighbour on each side is included so that no branch is blank.",
        )
        + prose(
            inside,
            "normalization",
            {"method": "silent"},
            "标点换用、全角半角之变不在正文中标出，逐处列于 standOff，所变之字见规则分类。",
            "One mark for another, and full width for half, are not marked in the text; standOff "
            "lists every place, the taxonomy of rules says which character became which.",
        )
    )
