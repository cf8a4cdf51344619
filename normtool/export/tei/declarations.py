"""How the text was treated (encodingDesc): practice in words, rules and counts from the run."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from normtool.document import Document
from normtool.edits import Certainty
from normtool.export.tei.body import Body
from normtool.export.tei.editorial import editorial_declaration, prose
from normtool.export.tei.marking import mapping_id
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
    "seg": "a sentence, or a member of an enumeration 一是…二是…",
    "sic": "a mistake as the source has it; alone: apparently a mistake, and not corrected",
    "supplied": "what was put in where the source has nothing",
}


def encoding_description(
    speech: Speech,
    body: Body,
    codes: Iterable[str],
    counts: Counter[str],
    characters: Iterable[str],
    software: dict[str, str],
    project: str = "",
) -> list[str]:
    """``encodingDesc``. ``codes``: all rules that the file points at; ``counts``: of its text;
    ``project``: what the user says that the files are made for."""
    return branch(
        "encodingDesc",
        None,
        prose(
            "projectDesc",
            {},
            "由 normtool 自动整理网上抓取的讲话文本；对源文件的每一处改动都有记录，可以还原。",
            "Scraped speeches, cleaned by machine; every change to the source file is recorded "
            "and can be undone.",
            project,
        ),
        editorial_declaration(speech, body),
        tag_usage(counts),
        _references(body),
        _prefixes(speech),
        _classes(body, codes),
        _characters(characters),
        _applications(software, speech.document.meta),
    )


def tag_usage(counts: Counter[str]) -> list[str]:
    """``tagsDecl``: what each element of the text is used for, and how often."""
    usages = [
        leaf("tagUsage", {"gi": name, "occurs": str(count)}, escape(_USED_FOR.get(name, "")))
        for name, count in sorted(counts.items())
    ]
    namespace = branch("namespace", {"name": NAMESPACE}, *usages)
    return branch("tagsDecl", {"partial": "false"}, namespace)


def _references(body: Body) -> list[str]:
    """How to cite: by the numbers of the parts, or of the paragraphs where there are no parts.

    In a corpus by the number of the speech first.
    """
    corpus = not body.speech.number and bool(body.speech.document.speeches)
    base = "text/body" if corpus else "/TEI/text/body"
    delim = "." if corpus else ""
    if any("<div " in line for line in body.lines):
        nested = any('type="subsection"' in line for line in body.lines)
        inner = {"unit": "subsection", "match": "div", "use": "@n", "delim": "."}
        parts = {"unit": "section", "match": f"{base}/div", "use": "@n", "delim": delim}
        inside = leaf("citeStructure", inner) if nested else []
        cite = branch("citeStructure", parts, inside) if nested else leaf("citeStructure", parts)
    else:
        parts = {"unit": "paragraph", "match": f"{base}/p", "use": "position()", "delim": delim}
        cite = leaf("citeStructure", parts)
    if corpus:
        cite = branch(
            "citeStructure", {"unit": "speech", "match": "/teiCorpus/TEI", "use": "@n"}, cite
        )
    return branch("refsDecl", None, cite)


def _prefixes(speech: Speech) -> list[str]:
    explained = (
        "A range of characters of the source file, as in RFC 5147: from 0, half-open, counted in "
        "Unicode code points."
    )
    if _has_crlf(speech.base):
        explained += " Unlike there, CR LF counts two."
    definition = {
        "ident": "src",
        "matchPattern": "([0-9]+),([0-9]+)",
        "replacementPattern": f"{file_uri(speech.base)}#char=$1,$2",
    }
    prefix = branch("prefixDef", definition, leaf("p", {"xml:lang": "en"}, explained))
    return branch("listPrefixDef", None, prefix)


@lru_cache(maxsize=1)
def _has_crlf(document: Document) -> bool:
    return "\r\n" in document.original


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
