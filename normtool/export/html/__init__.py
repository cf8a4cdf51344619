"""HTML: one page that needs nothing else, to read a speech, or to compare it column by column.

Every block has the id of its TEI element, so that a place can be cited and looked up. Changes
are coloured and say on hover what they were and why; no script runs, and the page prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO
from urllib.parse import quote

from normtool.document import (
    BYLINE,
    HEADING,
    META,
    SALUTATION,
    SUBTITLE,
    TITLE,
    Block,
    Document,
)
from normtool.export.aligned import Row, both, conversion, rows
from normtool.export.blocks import encoded
from normtool.export.html.marks import deleted, marked, shown, wrapped
from normtool.export.html.style import LEGEND, STYLE
from normtool.export.tei.source import file_name
from normtool.version import __version__

#: What a reader calls a language.
NAMES = {
    "zh": "中文",
    "zh-Hans": "简体",
    "zh-Hant": "繁體",
    "zh-Hant-TW": "臺灣",
    "zh-Hant-HK": "香港",
    "zh-Hani-JP": "日本字体",
}
_ELEMENTS = {TITLE: "h2", SUBTITLE: "h3"}
_CLASSES = (BYLINE, SALUTATION, META)


class _Column:
    """A column of the page: its heading, its language, and its cell for a row."""

    def __init__(self, heading: str, language: str) -> None:
        self.heading = heading
        self.language = language

    def cell(self, row: Row) -> str:
        raise NotImplementedError


class _Original(_Column):
    """The words as they were found."""

    def cell(self, row: Row) -> str:
        return "".join(map(deleted, row.cleaning))


class _Cleaned(_Column):
    """The words as they were cleaned."""

    def cell(self, row: Row) -> str:
        if row.block is None:
            return ""
        return "".join(map(marked, row.cleaning))


class _Converted(_Column):
    """The words in another script; ``alone`` with the changes of cleaning as well."""

    def __init__(self, heading: str, language: str, document: Document, *, alone: bool) -> None:
        super().__init__(heading, language)
        self._document = document
        self._alone = alone

    def cell(self, row: Row) -> str:
        if row.block is None:
            return ""
        parts = conversion(self._document, row.block)
        if not self._alone:
            return "".join(map(marked, parts))
        return "".join(
            wrapped("".join(map(marked, inside)), cleaned.edit)
            for cleaned, inside in both(row, parts)
        )


def write(
    document: Document,
    stream: BinaryIO,
    *,
    parallel: bool = False,
    twins: Sequence[Document] = (),
    others: Sequence[tuple[str, str]] = (),
) -> None:
    """Write a document as a page of HTML, UTF-8, to a binary stream.

    parallel  in columns: the text beside ``twins``, what it was converted to; without
              twins the words as they were found beside the cleaned ones
    others    languages and file names of the pages in other scripts: every block has a
              link to its twin there
    """
    if document.cleaned is not None and not twins:
        twins = [document]
    base = document.cleaned or document
    columns = _columns(base, twins, parallel)
    title = _title(base if parallel else document)
    for line in _page(base, title, columns, others, removed=parallel and not twins):
        stream.write(encoded(line) + b"\n")


def _columns(base: Document, twins: Sequence[Document], parallel: bool) -> list[_Column]:
    from normtool.export.language import language

    own = language(base)
    found: list[_Column] = []
    if parallel and not twins:
        found.append(_Original("source as found 原文", own))
    if parallel or not twins:
        same = [twin.script for twin in twins if twin.text == base.text]
        heading = "cleaned text 整理后" + "".join(f", {script}" for script in same)
        found.append(_Cleaned(heading, own))
    for twin in twins:
        if parallel and twin.text == base.text:
            continue  # it is the column before
        tag = language(twin)
        marks = (twin.meta.get("script") or {}).get("quotes", "")
        heading = f"{twin.script} {NAMES.get(tag, tag)}" + (f", quotes {marks}" if marks else "")
        found.append(_Converted(heading, tag, twin, alone=not parallel))
    return found


def _page(
    base: Document,
    title: str,
    columns: list[_Column],
    others: Sequence[tuple[str, str]],
    *,
    removed: bool,
) -> Iterator[str]:
    language = columns[0].language
    title = shown(title)
    yield "<!DOCTYPE html>"
    yield f'<html lang="{language}">'
    yield '<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta name="generator" content="normtool {__version__}">'
    links = [(tag, quote(name, safe="-_.~", errors="replace")) for tag, name in others]
    for tag, name in links:
        yield f'<link rel="alternate" hreflang="{tag}" href="{name}">'
    yield f"<title>{title}</title>"
    yield f"<style>\n{STYLE}</style>\n</head>"
    yield f'<body class="columns-{len(columns)}">'
    yield f"<header>\n<h1>{title}</h1>"
    yield f'<p class="about" lang="en">{_about(base)}</p>'
    yield f"{LEGEND}\n</header>\n<main>\n<table>"
    if len(columns) > 1:
        heads = "".join(
            f'<th scope="col" lang="{column.language}">{shown(column.heading)}</th>'
            for column in columns
        )
        yield f'<thead><tr><th scope="col" class="id">id</th>{heads}</tr></thead>'
    speech, begun = -1, set[int]()
    for row in rows(base, removed=removed):
        number = speech if row.block is None else row.block.speech
        if number != speech or speech < 0:
            if speech >= 0:
                yield "</tbody>"
            speech = max(number, 0)
            ident = f' id="sp{speech}"' if speech and speech not in begun else ""
            begun.add(speech)
            yield f'<tbody class="speech"{ident}>' if speech else "<tbody>"
        yield _row(row, columns, links)
    yield "</tbody>" if speech >= 0 else ""
    yield "</table>\n</main>"
    yield f'<footer lang="en">normtool {__version__}. {_source(base)}</footer>'
    yield "</body>\n</html>"


def _row(row: Row, columns: list[_Column], links: list[tuple[str, str]]) -> str:
    block, ident = row.block, row.ident
    name = f' id="{ident}"' if ident else ""
    link = ""
    if ident:
        link = f'<a href="#{ident}">{ident}</a>' + "".join(
            f' <a href="{file}#{ident}" hreflang="{tag}" lang="{tag}">{NAMES.get(tag, tag)}</a>'
            for tag, file in links
        )
    kind = block.kind if block else "removed"
    cells = "".join(
        f'<td lang="{column.language}">{_element(block, column.cell(row))}</td>'
        for column in columns
    )
    return f'<tr{name} class="{kind}"><td class="id">{link}</td>{cells}</tr>'


def _element(block: Block | None, words: str) -> str:
    if block is None:
        return f"<p>{words}</p>"
    if block.kind == HEADING:
        level = min(max(block.level, 1), 4) + 2
        return f"<h{level}>{words}</h{level}>"
    element = _ELEMENTS.get(block.kind, "p")
    return f"<{element}>{words}</{element}>"


def _title(document: Document) -> str:
    if document.meta.get("title"):
        return str(document.meta["title"])
    first = next((block for block in document.blocks if block.kind == TITLE), None)
    return document.line(first) if first else file_name(document)


def _about(base: Document) -> str:
    count = len(base.speeches)
    said = [
        shown(file_name(base)),
        f"{count} speech{'' if count == 1 else 'es'}" if count else "",
        f"{len(base.edits):,} change{'' if len(base.edits) == 1 else 's'} by cleaning",
    ]
    return " · ".join(filter(None, said))


def _source(base: Document) -> str:
    return (
        f"Made of {shown(file_name(base))}"
        + (f", sha256 {base.sha256}" if base.sha256 else "")
        + "."
    )
