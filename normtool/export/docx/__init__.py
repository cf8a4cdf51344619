"""Word: real styles on a page as GB/T 9704-2012 wants it; numbers stay as they were typed.

The text of the paragraphs, joined, is the text of the readable blocks. Everything
but the body comes from a template (see ``template``) and the body is streamed:
python-docx looks through all paragraphs to add one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from normtool.chinese import LOST
from normtool.document import (
    BLANK,
    BYLINE,
    CLOSING,
    HEADING,
    ITEM,
    META,
    NOISE,
    PARAGRAPH,
    SALUTATION,
    SUBTITLE,
    TITLE,
    Block,
    Document,
)
from normtool.edits import GAP
from normtool.export.blocks import readable
from normtool.export.docx.markup import core_xml, paragraph
from normtool.export.docx.package import load_template
from normtool.export.docx.regions import find_region
from normtool.export.docx.styles import LINE

_STYLES = {
    TITLE: "Title",
    SUBTITLE: "Subtitle",
    BYLINE: "Byline",
    SALUTATION: "Salutation",
    PARAGRAPH: "BodyText",
    BLANK: "BodyText",
    ITEM: "ListParagraph",
    CLOSING: "Closing",
    META: "Metadata",
}
_HEAD = (TITLE, SUBTITLE, BYLINE)
_DEEPEST_HEADING = 4
_DATE = re.compile(r"[（(]?[0-9０-９〇○零一二三四五六七八九十×*Xx□]{2,4}年.{0,10}?[月日号號][)）]?")
_SENTENCE_END = "。！？!?；;，,"
_LONGEST_SIGNATURE = 20

_CLOSE_UP = '<w:spacing w:after="0"/>'
_NEW_PAGE = "<w:pageBreakBefore/>"
_COVER_TOP = f'<w:spacing w:before="{LINE * 6}"/>'


def write(
    document: Document,
    stream: BinaryIO,
    *,
    language: str = "",
    review: bool = False,
    track: str = "uncertain",
    embed: bool = True,
) -> None:
    """Write a document as .docx to a binary stream; twice gives the same bytes.

    language  BCP 47 tag of the text; found out if not given. It decides about fonts
              and about the language that Word is told.
    review    with every edit as a tracked change; see ``review.write_review``, also
              for ``track`` and ``embed``

    Several speeches begin on a page each; then what stands before the first of them
    is a cover of its own, and pages are counted from the first speech on.
    """
    if not language:
        from normtool import script

        language = script.language(document)
    base = load_template(find_region(language).language)
    if review:
        from normtool.export.docx.review import write_review

        core = core_xml(_title(document), language)
        looks = _looks(document)
        traditional = language.startswith("zh-Hant")
        write_review(
            document, stream, base, looks, core=core, traditional=traditional,
            track=track, embed=embed,
        )  # fmt: skip
        return
    section = base.section
    cover = ""
    if _has_cover(document):
        # The same page without a number; the count begins after it.
        cover = re.sub("<w:footerReference[^>]*>", "", section)
        section = section.replace("<w:cols ", '<w:pgNumType w:start="1"/><w:cols ')
    paragraphs = _paragraphs(document, cover)
    base.write(stream, paragraphs, core_xml(_title(document), language), section)


def _paragraphs(document: Document, cover: str) -> Iterator[str]:
    """Every paragraph; ``cover`` is the section that ends with the cover, "" for none."""
    text = document.text
    lost = _lost(document)
    several = len(document.speeches) > 1
    speech = 0
    blocks = readable(document)
    block, first = next(blocks, None), True
    while block is not None:
        following = next(blocks, None)
        style = _style(document, block, following)
        properties = ""
        if block.speech and block.speech != speech:
            # The first one is on a new page already, or on the first.
            properties += _NEW_PAGE if several and speech else ""
            speech = block.speech
        on_cover = bool(cover) and not speech
        if on_cover and first:
            properties += _COVER_TOP
        elif block.kind in _HEAD and following is not None and following.kind in _HEAD:
            # Title, date and speaker are one head, with a blank line below it only.
            properties += _CLOSE_UP if following.speech == block.speech else ""
        if on_cover and (following is None or following.speech):
            properties += cover
        yield paragraph(style, text[block.start : block.end], properties, lost, block.start)
        block, first = following, False
    if first:
        yield paragraph("BodyText", "")  # Word wants one


def _looks(document: Document) -> list[tuple[str, str]]:
    """Style and further properties of every line of the text, as in the file for readers."""
    looks: list[tuple[str, str]] = []
    following: Block | None = None
    for block in reversed(document.blocks):
        if block.kind in (BLANK, NOISE):
            looks.append(("BodyText", ""))
            continue
        close = block.kind in _HEAD and following is not None and following.kind in _HEAD
        looks.append((_style(document, block, following), _CLOSE_UP if close else ""))
        following = block
    looks.reverse()
    speech = 0
    for line, block in enumerate(document.blocks):
        if block.speech and block.speech != speech and block.kind not in (BLANK, NOISE):
            style, more = looks[line]
            looks[line] = style, (_NEW_PAGE if speech else "") + more
            speech = block.speech
    return looks


def _style(document: Document, block: Block, following: Block | None) -> str:
    if block.kind == HEADING:
        return f"Heading{min(max(block.level, 1), _DEEPEST_HEADING)}"
    words = document.line(block).strip()
    if block.kind == META and words == document.meta.get("title"):
        return "CollectionTitle"
    if block.kind == CLOSING and len(words) <= _LONGEST_SIGNATURE:
        if _DATE.fullmatch(words):
            return "Date"
        below = document.line(following).strip() if following is not None else ""
        if _DATE.fullmatch(below) and words and words[-1] not in _SENTENCE_END:
            return "Signature"
    return _STYLES.get(block.kind, "BodyText")


def _has_cover(document: Document) -> bool:
    first = next(readable(document), None)
    return first is not None and not first.speech and len(document.speeches) > 1


def _lost(document: Document) -> frozenset[int]:
    """Where in the text signs stand that edits put there for something lost (code points)."""
    base = document.cleaned or document
    if not any(edit.kind == GAP for edit in base.edits):
        return frozenset()
    places: list[int] = []
    count = 0
    for _, after, edit in base.segments():
        signs = after.count(LOST)
        if edit is not None and edit.kind == GAP:
            places += range(count, count + signs)
        count += signs
    # Conversion to another script moves the signs and leaves their order.
    found = [match.start() for match in re.finditer(LOST, document.text)]
    return frozenset(found[place] for place in places if place < len(found))


def _title(document: Document) -> str:
    """What the file is called: the collection, else the first title."""
    collection: Any = document.meta.get("title")
    if isinstance(collection, str) and len(document.speeches) > 1:
        return collection
    for block in document.blocks:
        if block.kind == TITLE:
            return document.line(block)
    return collection if isinstance(collection, str) else ""
