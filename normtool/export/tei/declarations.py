"""How the text was treated (encodingDesc): practice in words, rules and counts from the run."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from normtool.document import Document
from normtool.export.tei.body import Body
from normtool.export.tei.editorial import editorial_declaration, prose
from normtool.export.tei.markup import (
    branch,
    character_id,
    escape,
    escape_attribute,
    leaf,
    picture,
)
from normtool.export.tei.silent import mapping_id
from normtool.export.tei.source import file_uri
from normtool.export.tei.speech import Speech
from normtool.rule import RULES

NAMESPACE = "http://www.tei-c.org/ns/1.0"

#: What each element of the text is used for.
_USED_FOR = {
    "annotation": "in standOff: all places of one change, or of one guess of the conversion",
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
    margin: str,
    speech: Speech,
    body: Body,
    codes: Iterable[str],
    characters: Iterable[str],
    software: dict[str, str],
    project: str = "",
) -> str:
    """``encodingDesc``. ``codes``: all rules that the file points at;
    ``project``: markup, what the user says that the files are made for."""
    inside = f"{margin}  "
    return branch(
        margin,
        "encodingDesc",
        None,
        _project(inside, project),
        editorial_declaration(inside, speech, body),
        tag_usage(inside, body.markup.counts),
        _references(inside, body),
        _prefixes(
            inside,
            file_uri(speech.base),
            _has_crlf(speech.base),
            bool(body.alternatives.forms),
        ),
        _classes(inside, body, codes),
        _characters(inside, characters),
        _applications(inside, *software.items()),
    )


@lru_cache(maxsize=8)
def _project(margin: str, project: str) -> str:
    return prose(
        margin,
        "projectDesc",
        {},
        "由 normtool 自动整理网上抓取的讲话文本；对源文件的每一处改动都有记录，可以还原。",
        "Scraped speeches, cleaned by machine; every change to the source file is recorded "
        "and can be undone.",
        project,
    )


def tag_usage(margin: str, counts: Counter[str]) -> str:
    """``tagsDecl``: what each element of the text is used for, and how often."""
    inside = f"{margin}  "
    usages = [
        f'{inside}  <tagUsage gi="{name}" occurs="{count}">{_USED_FOR[name]}</tagUsage>\n'
        for name, count in sorted(counts.items())
    ]
    return (
        f'{margin}<tagsDecl partial="false">\n{inside}<namespace name="{NAMESPACE}">\n'
        f"{''.join(usages)}{inside}</namespace>\n{margin}</tagsDecl>\n"
    )


def _references(margin: str, body: Body) -> str:
    """How to cite: by the numbers of the parts, or of the paragraphs where there are no parts.

    In a corpus by the number of the speech first.
    """
    corpus = not body.speech.number and bool(body.speech.document.speeches)
    return _citation(margin, corpus, body.has_parts, body.has_subsections)


@lru_cache(maxsize=16)
def _citation(margin: str, corpus: bool, has_parts: bool, has_subsections: bool) -> str:
    base = "text/body" if corpus else "/TEI/text/body"
    delim = "." if corpus else ""
    inside = f"{margin}    " if corpus else f"{margin}  "
    if has_parts:
        parts = {"unit": "section", "match": f"{base}/div", "use": "@n", "delim": delim}
        inner = {"unit": "subsection", "match": "div", "use": "@n", "delim": "."}
        below = leaf(f"{inside}  ", "citeStructure", inner)
        cite = (
            branch(inside, "citeStructure", parts, below)
            if has_subsections
            else leaf(inside, "citeStructure", parts)
        )
    else:
        parts = {"unit": "paragraph", "match": f"{base}/p", "use": "position()", "delim": delim}
        cite = leaf(inside, "citeStructure", parts)
    if corpus:
        speech = {"unit": "speech", "match": "/teiCorpus/TEI", "use": "@n"}
        cite = branch(f"{margin}  ", "citeStructure", speech, cite)
    return branch(margin, "refsDecl", None, cite)


@lru_cache(maxsize=8)
def _prefixes(margin: str, uri: str, has_crlf: bool, has_lines: bool) -> str:
    explained = (
        "A range of characters of the source file, as in RFC 5147: from 0, half-open, counted in "
        "Unicode code points."
    )
    if has_crlf:
        explained += " Unlike there, CR LF counts two."
    definition = {
        "ident": "src",
        "matchPattern": "([0-9]+),([0-9]+)",
        "replacementPattern": f"{uri}#char=$1,$2",
    }
    prefixes = _prefix(margin, definition, explained)
    if has_lines:
        explained = (
            "A range of characters of a line of this text as it reads (corr, reg, supplied; a loss "
            "is one character, or as many as its quantity): from 0, half-open, in code points."
        )
        definition = {
            "ident": "line",
            "matchPattern": r"([^\s,]+),([0-9]+),([0-9]+)",
            "replacementPattern": "#$1",
        }
        prefixes += _prefix(margin, definition, explained)
    return branch(margin, "listPrefixDef", None, prefixes)


def _prefix(margin: str, definition: dict[str, str], explained: str) -> str:
    said = leaf(f"{margin}    ", "p", {"xml:lang": "en"}, explained)
    return branch(f"{margin}  ", "prefixDef", definition, said)


@lru_cache(maxsize=1)
def _has_crlf(document: Document) -> bool:
    original = document.original
    return "\r" in original and "\r\n" in original  # one character is found far sooner than two


def _classes(margin: str, body: Body, codes: Iterable[str]) -> str:
    mappings: dict[str, dict[str, tuple[str, str]]] = {}
    for silent in body.silent.mappings:
        mappings.setdefault(silent[0], {})[mapping_id(silent)] = silent[1:3]
    order, told = _order(len(RULES)), bool(body.alternatives.forms)
    codes = sorted({*codes, *mappings}, key=lambda code: (order.get(code, len(order)), code))
    inside, below = f"{margin}  ", f"{margin}    "
    parts = []
    if codes:
        title = leaf(
            below, "desc", {"xml:lang": "en"}, "The rules of normtool that this file refers to"
        )
        categories = [
            _category(
                below,
                code,
                mappings.get(code),
                body.alternatives.categories(f"{below}  ", code) if told else "",
            )
            for code in codes
        ]
        parts.append(branch(inside, "taxonomy", {"xml:id": "rules"}, title, *categories))
    if body.masks:
        said = "digits or a name withheld by the source, with the signs that stand for them"
        mask = leaf(f"{below}  ", "catDesc", {"xml:lang": "en"}, said)
        title = leaf(below, "desc", {"xml:lang": "en"}, "What is marked without a change")
        category = branch(below, "category", {"xml:id": "mark.mask"}, mask)
        parts.append(branch(inside, "taxonomy", {"xml:id": "marks"}, title, category))
    return branch(margin, "classDecl", None, *parts) if parts else ""


@lru_cache(maxsize=2)
def _order(count: int) -> dict[str, int]:
    """The places of the rules, which are ``count``: the user may bring some of his own."""
    return {code: place for place, code in enumerate(RULES)}


def _category(
    margin: str, code: str, mappings: dict[str, tuple[str, str]] | None, forms: str
) -> str:
    """The category of a rule; ``forms`` are those inside it of pairs of forms."""
    said = "a change that a person made" if code == "MAN" else "a change that no known rule made"
    said = RULES[code].message if code in RULES else said
    start, end = _of_rule(margin, code, said)
    inside = f"{margin}  "
    pairs = [_pair(inside, ident, *marks) for ident, marks in (mappings or {}).items()]
    return f"{start}{''.join(pairs)}{forms}{end}"


@lru_cache(maxsize=512)
def _of_rule(margin: str, code: str, said: str) -> tuple[str, str]:
    """The category of a rule: what stands before those of its changes of width, and behind."""
    return (
        f'{margin}<category xml:id="rule.{escape_attribute(code)}">\n'
        f'{margin}  <catDesc xml:lang="en"><term>{escape(code)}</term> {escape(said)}</catDesc>\n'
    ), f"{margin}</category>\n"


@lru_cache(maxsize=512)
def _pair(margin: str, ident: str, old: str, new: str) -> str:
    """The category of a change of width."""
    content = f"<choice><orig>{escape(old)}</orig><reg>{escape(new)}</reg></choice>"
    said = leaf(f"{margin}  ", "catDesc", None, content)
    return branch(margin, "category", {"xml:id": ident}, said)


def _characters(margin: str, characters: Iterable[str]) -> str:
    """Declarations of the characters that XML cannot hold."""
    inside, below = f"{margin}  ", f"{margin}    "
    declared = []
    for character in sorted(characters):
        kind = {"name": "gc", "value": unicodedata.category(character)}
        lines = [
            leaf(below, "unicodeProp", kind),
            leaf(below, "mapping", {"type": "codePoint"}, f"U+{ord(character):04X}"),
        ]
        if shown := picture(character):
            lines.append(leaf(below, "mapping", {"type": "picture"}, shown))
        declared.append(branch(inside, "char", {"xml:id": character_id(character)}, *lines))
    return branch(margin, "charDecl", None, *declared) if declared else ""


@lru_cache(maxsize=4)
def _applications(margin: str, *software: tuple[str, str]) -> str:
    parts = [
        branch(
            f"{margin}  ",
            "application",
            {"xml:id": f"app.{name}", "ident": name, "version": version},
            leaf(f"{margin}    ", "label", None, escape(name)),
        )
        for name, version in software
    ]
    return branch(margin, "appInfo", None, *parts)
