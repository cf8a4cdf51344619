"""How the text was treated (encodingDesc): practice in words, rules and counts from the run."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

from normtool.edits import Certainty
from normtool.export.tei.body import Body, mapping_id
from normtool.export.tei.markup import branch, character_id, escape, leaf, picture
from normtool.export.tei.source import file_uri
from normtool.export.tei.speech import Speech
from normtool.rule import RULES

NAMESPACE = "http://www.tei-c.org/ns/1.0"

#: What each element of the text is used for.
_USED_FOR = {
    "body": "the speech",
    "text": "the speech, with nothing before or after it",
    "byline": "speaker, place or date under the title",
    "choice": "one change: sic and corr (a mistake), or orig and reg (another way of writing)",
    "corr": "what a mistake was corrected to",
    "desc": "the characters that the source has at a gap",
    "div": "a numbered part, or the closing words",
    "g": "a character that XML cannot hold, declared in charDecl",
    "gap": "something missing: reason lost (in transmission) or masked (withheld by the source)",
    "head": "a title or the heading of a part",
    "milestone": "an empty line that carries meaning",
    "opener": "around a salutation",
    "orig": "the source before normalisation",
    "p": "a paragraph; n is the number printed before an item",
    "reg": "what was written instead of orig",
    "salute": "a salutation",
    "sic": "a mistake as the source has it; alone: apparently a mistake, and not corrected",
    "supplied": "what was put in where the source has nothing",
}


def _prose(name: str, attributes: dict[str, str], chinese: str, english: str) -> list[str]:
    return branch(
        name,
        attributes,
        leaf("p", None, escape(chinese)),
        leaf("p", {"xml:lang": "en"}, escape(english)),
    )


def encoding_description(
    speech: Speech,
    body: Body,
    codes: Iterable[str],
    counts: Counter[str],
    characters: Iterable[str],
    software: dict[str, str],
) -> list[str]:
    """``encodingDesc``. ``codes``: all rules that the file points at; ``counts``: of its text."""
    return branch(
        "encodingDesc",
        None,
        _prose(
            "projectDesc",
            {},
            "由 normtool 自动整理网上抓取的讲话文本；对源文件的每一处改动都有记录，可以还原。",
            "Scraped speeches, cleaned by machine; every change to the source file is recorded "
            "and can be undone.",
        ),
        _editorial(speech),
        _tags(counts),
        _references(body),
        _prefixes(speech),
        _classes(body, codes),
        _characters(characters),
        _applications(software, speech.document.meta),
    )


def _editorial(speech: Speech) -> list[str]:
    script: list[list[str]] = []
    if speech.document.cleaned is not None:
        done = speech.document.meta.get("script", {})
        names = ", ".join(done.get("configurations", ())) or speech.document.script
        script.append(
            _prose(
                "normalization",
                {"method": "silent"},
                f"正文由整理后的文本经 OpenCC（{names}）转换字形；"
                "sic、orig、desc 及出处注仍为源文件原字。",
                f"The text was converted from the cleaned text by OpenCC ({names}); sic, orig, "
                "desc and the notes on the source keep the characters of the source.",
            )
        )
    return branch(
        "editorialDecl",
        None,
        _prose(
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
        ),
        _prose(
            "normalization",
            {"method": "markup"},
            "不合规范而不算错误的写法（如字间空格、行中断行、夹入的页面文字）"
            "用 choice（orig、reg）标出；"
            "只删空白时，前后各带一字，以免成分为空。",
            "What is no mistake but against convention (blanks between characters, wrapped lines, "
            "page words inside a paragraph) is marked by choice (orig, reg); where only white "
            "space goes, a neighbour on each side is included so that no branch is blank.",
        ),
        _prose(
            "normalization",
            {"method": "silent"},
            "标点换用、全角半角之变不在正文中标出，逐处列于 standOff，所变之字见规则分类。",
            "One mark for another, and full width for half, are not marked in the text; standOff "
            "lists every place, the taxonomy of rules says which character became which.",
        ),
        *script,
        _prose(
            "punctuation",
            {"marks": "all", "placement": "internal"},
            "标点保留在正文中。",
            "Punctuation is kept as text, inside the element that it belongs to.",
        ),
        _prose(
            "quotation",
            {"marks": "all"},
            "引号保留为字符。",
            "Quotation marks are kept as characters; q and quote are not used.",
        ),
        _prose(
            "hyphenation",
            {"eol": "none"},
            "中文不用行末连字符。",
            "Chinese is not hyphenated at the end of a line.",
        ),
        _prose(
            "segmentation",
            {},
            "一篇讲话一个文件；分标题、称呼、层次、段落，不分句。"
            "源文件没有的分段，元素上注明 resp、cert、ana。",
            "One speech a file, divided into heads, salutations, numbered parts and paragraphs, "
            "not into sentences. An element whose beginning was no new line in the source says so "
            "by resp, cert and ana.",
        ),
        _prose(
            "interpretation",
            {},
            "不作解释性标注。",
            "No names, topics or opinions are marked.",
        ),
        _prose(
            "stdVals",
            {},
            "日期依 W3C 格式；语言用 BCP 47 标记；字符区间依 RFC 5147。",
            "Dates as W3C writes them, languages by BCP 47, ranges of characters by RFC 5147.",
        ),
    )


def _tags(counts: Counter[str]) -> list[str]:
    usages = [
        leaf("tagUsage", {"gi": name, "occurs": str(count)}, escape(_USED_FOR.get(name, "")))
        for name, count in sorted(counts.items())
    ]
    namespace = branch("namespace", {"name": NAMESPACE}, *usages)
    return branch("tagsDecl", {"partial": "false"}, namespace)


def _references(body: Body) -> list[str]:
    """How to cite: by the numbers of the parts, or of the paragraphs where there are no parts."""
    if any("<div " in line for line in body.lines):
        inner = leaf(
            "citeStructure", {"unit": "subsection", "match": "div", "use": "@n", "delim": "."}
        )
        nested = any('type="subsection"' in line for line in body.lines)
        outer = {"unit": "section", "match": "/TEI/text/body/div", "use": "@n"}
        cite = branch("citeStructure", outer, inner) if nested else leaf("citeStructure", outer)
    else:
        cite = leaf(
            "citeStructure",
            {"unit": "paragraph", "match": "/TEI/text/body/p", "use": "position()"},
        )
    return branch("refsDecl", None, cite)


def _prefixes(speech: Speech) -> list[str]:
    explained = (
        "A range of characters of the source file, as in RFC 5147: from 0, half-open, counted in "
        "Unicode code points."
    )
    if "\r\n" in speech.base.original:
        explained += " Unlike there, CR LF counts two."
    definition = {
        "ident": "src",
        "matchPattern": "([0-9]+),([0-9]+)",
        "replacementPattern": f"{file_uri(speech.base)}#char=$1,$2",
    }
    prefix = branch("prefixDef", definition, leaf("p", {"xml:lang": "en"}, explained))
    return branch("listPrefixDef", None, prefix)


def _classes(body: Body, codes: Iterable[str]) -> list[str]:
    mappings: dict[str, dict[str, tuple[str, str, str, Certainty]]] = {}
    for mapping in body.mappings:
        mappings.setdefault(mapping[0], {})[mapping_id(mapping)] = mapping
    order = {code: place for place, code in enumerate(RULES)}
    codes = sorted({*codes, *mappings}, key=lambda code: (order.get(code, len(order)), code))
    categories = [_category(code, mappings.get(code, {})) for code in codes]
    parts = []
    if categories:
        title = leaf("desc", {"xml:lang": "en"}, "The rules of normtool that this file refers to")
        parts.append(branch("taxonomy", {"xml:id": "rules"}, title, *categories))
    if body.masks:
        said = "digits or a name withheld by the source, with the signs that stand for them"
        mask = leaf("catDesc", {"xml:lang": "en"}, said)
        title = leaf("desc", {"xml:lang": "en"}, "What is marked without a change")
        category = branch("category", {"xml:id": "mark.mask"}, mask)
        parts.append(branch("taxonomy", {"xml:id": "marks"}, title, category))
    return branch("classDecl", None, *parts) if parts else []


def _category(code: str, mappings: dict[str, tuple[str, str, str, Certainty]]) -> list[str]:
    said = "a change that a person made" if code == "MAN" else "a change that no known rule made"
    said = RULES[code].message if code in RULES else said
    content = f"<term>{escape(code)}</term> {escape(said)}"
    pairs = [
        branch(
            "category",
            {"xml:id": ident},
            leaf(
                "catDesc",
                None,
                f"<choice><orig>{escape(old)}</orig><reg>{escape(new)}</reg></choice>",
            ),
        )
        for ident, (_, old, new, _) in mappings.items()
    ]
    return branch(
        "category",
        {"xml:id": f"rule.{code}"},
        leaf("catDesc", {"xml:lang": "en"}, content),
        *pairs,
    )


def _characters(characters: Iterable[str]) -> list[str]:
    """Declarations of the characters that XML cannot hold."""
    declared = [
        branch(
            "char",
            {"xml:id": character_id(character)},
            leaf("unicodeProp", {"name": "gc", "value": unicodedata.category(character)}),
            leaf("mapping", {"type": "codePoint"}, f"U+{ord(character):04X}"),
            *(
                [leaf("mapping", {"type": "picture"}, picture(character))]
                if character < " "
                else []
            ),
        )
        for character in sorted(characters)
    ]
    return branch("charDecl", None, *declared) if declared else []


def _applications(software: dict[str, str], meta: dict[str, Any]) -> list[str]:
    parts = [
        branch(
            "application",
            {"xml:id": f"app.{name}", "ident": name, "version": version},
            leaf("label", None, escape(name)),
        )
        for name, version in software.items()
    ]
    return branch("appInfo", None, *parts)
