"""TEI P5: one valid, self-contained file for each speech, every change marked and reversible.

What each edit becomes, and why, is told in the header of each file
(``editorialDecl``); the text of the file with ``sic`` and ``orig`` left out is
the cleaned text, with ``corr``, ``reg`` and ``supplied`` left out and the
changes listed in ``standOff`` undone it is the source.

Characters that XML cannot hold (C0 controls, lone surrogates) become ``g`` and
are declared in the header: nothing stands in for them and nothing is lost.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import BinaryIO

from normtool.document import Document
from normtool.export.tei.alternatives import stand_off
from normtool.export.tei.body import Body
from normtool.export.tei.corpus import write_corpus
from normtool.export.tei.header import Header
from normtool.export.tei.markup import Markup, format_attributes, to_bytes
from normtool.export.tei.root import labels, tei_attributes
from normtool.export.tei.run import run_date
from normtool.export.tei.speech import Speech

#: What ``view`` may be.
VIEWS = ("edition", "reading")
_SCHEMA = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
_PROLOGUE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<?xml-model href="{_SCHEMA}" type="application/xml"'
    ' schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
)


def write(
    document: Document,
    stream: BinaryIO,
    *,
    speech: int | None = None,
    language: str = "",
    twin: str = "",
    date: str = "",
    publisher: str = "",
    view: str = "edition",
    sentences: bool = False,
    corpus: bool = False,
) -> None:
    """Write one speech as TEI, UTF-8, to a binary stream.

    speech     its number; may be left out if there is no more than one
    language   BCP 47 tag of the text; found out if not given
    twin       name of the file that holds the same speech in the other script
    date       of the run, YYYY-MM-DD; else SOURCE_DATE_EPOCH, else today
    publisher  who publishes the file; else "whoever ran normtool"
    view       "edition": every change is marked; "reading": changes are made, for
               tools that print both branches of a choice. Ids are the same
    sentences  each sentence is a ``seg``; else the members of 一是…二是… are
    corpus     all speeches in one ``teiCorpus``; ``speech`` does not matter

    Raises ValueError if there is no such speech, or several and none is named,
    for another view, and, before anything is written, for a character in the
    header that XML cannot hold and no ``g`` can stand for.
    """
    if view not in VIEWS:
        raise ValueError(f"there is no TEI view {view!r}; there are: {', '.join(VIEWS)}")
    # What a rule says is told in the header, even of a document that was cleaned elsewhere.
    import_module("normtool.rules")

    language = language or _language(document)
    source_language = language if document.cleaned is None else _language(document.cleaned)
    run = run_date(date)

    def make_body(part: Speech, other: str, margin: str) -> Body:
        return Body(
            part,
            Markup(),
            margin=margin,
            twin=other,
            source_language=source_language,
            reading=view == "reading",
            sentences=sentences,
        )

    def make_header(part: Speech, body: Body, margin: str) -> Header:
        return Header(
            part,
            body,
            margin=margin,
            language=language,
            source_language=source_language,
            date=run,
            publisher=publisher,
        )

    if corpus and document.speeches:
        write_corpus(document, stream, _PROLOGUE, language, twin, make_body, make_header)
        return
    part = Speech(document, _number(document, speech))
    body = make_body(part, twin, "    ")
    body.markup.counts["text"] = 1
    header = make_header(part, body, "  ")
    ana = header.point(found) if (found := labels(part)) else ""
    root = format_attributes(tei_attributes(part, language, twin, found, ana))
    around = (
        f"{_PROLOGUE}<TEI{root}>\n{header.text()}  <text>\n",
        f"  </text>\n{stand_off(body, '  ')}</TEI>\n",
    )
    start, end = [to_bytes(markup, document.name) for markup in around]
    for written in (start, body.in_bytes(), end):  # all is made before anything is written
        stream.write(written)


def _number(document: Document, speech: int | None) -> int:
    numbers = _speeches(document)
    if speech is None:
        if len(numbers) > 1:
            raise ValueError(
                f"{document.name} holds {len(numbers)} speeches and a TEI file holds one: "
                f"name one of {', '.join(map(str, numbers))}"
            )
        return numbers[0] if numbers else 0
    if speech not in (numbers or [0]):
        known = ", ".join(map(str, numbers)) or "none (write it whole: speech 0)"
        raise ValueError(f"{document.name} has no speech {speech}; there is: {known}")
    return speech


# A book is written speech by speech, perhaps in two scripts: look at all of it once.
@lru_cache(maxsize=2)
def _speeches(document: Document) -> list[int]:
    return document.speeches


@lru_cache(maxsize=2)
def _language(document: Document) -> str:
    from normtool.export.language import language

    return language(document)
