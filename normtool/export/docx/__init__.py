"""Word: real styles on a page as GB/T 9704-2012 wants it; numbers stay as they were typed.

The text of the paragraphs, joined, is the text of the readable blocks. Everything
but the body comes from a template (see ``template``) and the body is streamed:
python-docx looks through all paragraphs to add one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

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
from normtool.export.blocks import readable
from normtool.export.docx.contents import contents_paragraphs, entries, marked
from normtool.export.docx.layouts import LINE, find_layout
from normtool.export.docx.losses import find_losses, on_doubts, remarks
from normtool.export.docx.markup import commented, paragraph
from normtool.export.docx.package import Template, load_template, numbered_from_one
from normtool.export.docx.properties import properties_xml
from normtool.export.docx.regions import find_region
from normtool.export.language import language as language_of
from normtool.patterns import later

if TYPE_CHECKING:
    from normtool.export.docx.review.comments import Comment

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
_DATE = later(r"[（(]?[0-9０-９〇○零一二三四五六七八九十×*Xx□]{2,4}年.{0,10}?[月日号號][)）]?")
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
    layout: str = "gbt9704",
    fonts: str = "",
    template: Template | None = None,
    speech: int = 0,
    comments: bool = True,
    review: bool = False,
    track: str = "uncertain",
    embed: bool = True,
) -> None:
    """Write a document as .docx to a binary stream; twice gives the same bytes.

    language  BCP 47 tag of the text; found out if not given. It decides about fonts
              and about the language that Word is told.
    layout    gbt9704, tw, hk or plain; see ``layouts``
    fonts     gb2312, the names of older Windows, on the mainland's page; else ""
    template  of ``own.own_template``, in place of layout and fonts
    speech    write this one only; 0 is all
    comments  say at every loss what is known of it, and at every character of the other
              script that is in doubt what else it could be
    review    with every edit as a tracked change; see ``review.write_review``, also
              for ``track`` and ``embed``

    Several speeches begin on a page each. What stands before the first of them is a
    cover of its own, more than two have a table of contents, and pages are counted from
    the first speech on. Raises ValueError for a layout or fonts that are none.
    """
    if not language:
        language = language_of(document)
    region = find_region(language).language
    page, preset = find_layout(layout, fonts, region)
    base = template or load_template(region, page.name, preset)
    core = properties_xml(document, language, speech)
    traditional = language.startswith("zh-Hant")
    if review:
        from normtool.export.docx.review import write_review

        looks = [(base.styles.get(style, style), more) for style, more in _looks(document)]
        write_review(
            document, stream, base, looks, core=core, traditional=traditional,
            track=track, embed=embed,
        )  # fmt: skip
        return
    body = _Body(document, base, traditional, speech)
    if comments and body.comment():
        base = body.base
    section = base.section
    front = ""
    if body.front:
        # The same page without a number; the count begins after it.
        front = re.sub("<w:footerReference[^>]*>", "", section)
        section = numbered_from_one(section)
    base.write(stream, body.paragraphs(front), core, section)


class _Body:
    """The paragraphs of a document, or of one of its speeches.

    base   the template, with the comments once they are made
    front  whether something stands before the first speech: a cover or a table
    """

    def __init__(self, document: Document, base: Template, traditional: bool, speech: int) -> None:
        self.base = base
        self._document = document
        self._traditional = traditional
        self._speech = speech
        self._several = not speech and len(document.speeches) > 1
        self._losses = find_losses(document)
        self._comments: dict[int, int] = {}
        self._commented: list[int] = []
        self._entries = [] if speech else entries(document)
        first = next(readable(document), None)
        self._cover = first is not None and not first.speech and self._several
        self.front = self._cover or bool(self._entries)

    def comment(self) -> bool:
        """Make the comments; whether there are any."""
        from normtool.export.docx.review import comment_date
        from normtool.export.docx.review.comments import STYLES as LOOKS
        from normtool.export.docx.review.comments import comments_xml
        from normtool.export.docx.review.wording import Wording

        document, wording = self._document, Wording(traditional=self._traditional)
        found: dict[int, Comment] = {}
        if document.cleaned is not None:
            found = on_doubts(document, wording)
        if self._losses.edits or document.meta.get("warnings"):
            found |= remarks(document, self._losses, wording)
        if self._speech:
            kept = [b for b in self._document.blocks if b.speech == self._speech]
            found = {
                place: said
                for place, said in found.items()
                if any(block.start <= place <= block.end for block in kept)
            }
        if not found:
            return False
        places = sorted(found)
        self._commented = places
        self._comments = {place: number for number, place in enumerate(places)}
        said = comments_xml([found[place] for place in places], comment_date())
        self.base = self.base.having({"comments.xml": said}, {"comments.xml": "comments"})
        held = self.base.parts["word/styles.xml"].decode("utf-8")
        for style in LOOKS:
            if style.split('"')[3] not in held:
                self.base.insert("word/styles.xml", "</w:styles>", style)
        return True

    def paragraphs(self, front: str) -> Iterator[str]:
        """Every paragraph; ``front`` is the section that ends before the first speech."""
        document, text = self._document, self._document.text
        waiting = self._entries
        bookmarks = {entry.speech: entry for entry in waiting}
        speech = 0
        blocks = readable(document)
        if self._speech:
            blocks = (block for block in blocks if block.speech == self._speech)
        block, first = next(blocks, None), True
        if waiting and not self._cover:
            yield from self._contents(front)
        while block is not None:
            following = next(blocks, None)
            style = _style(document, block, following)
            properties = ""
            begins = bool(block.speech) and block.speech != speech
            if begins:
                # The first one is on a new page already, or on the first.
                properties += _NEW_PAGE if self._several and speech else ""
                speech = block.speech
            on_cover = self._cover and not speech
            if on_cover and first:
                properties += _COVER_TOP
            elif block.kind in _HEAD and following is not None and following.kind in _HEAD:
                # Title, date and speaker are one head, with a blank line below it only.
                properties += _CLOSE_UP if following.speech == block.speech else ""
            ends_cover = on_cover and (following is None or following.speech)
            if ends_cover and not waiting:
                properties += front
            made = paragraph(
                self.base.styles.get(style, style),
                text[block.start : block.end],
                properties,
                self._losses.signs,
                block.start,
                {
                    place: self._comments[place]
                    for place in self._commented[
                        bisect_left(self._commented, block.start) : bisect_left(
                            self._commented, block.end
                        )
                    ]
                },
            )
            if block.start in self._comments and block.start not in self._losses.signs:
                head, runs = made.removesuffix("</w:p>").split("</w:pPr>", 1)
                made = f"{head}</w:pPr>{commented(runs, self._comments[block.start])}</w:p>"
            if begins and speech in bookmarks:
                made = marked(made, bookmarks[speech])
            yield made
            if ends_cover and waiting:
                yield from self._contents(front)
            block, first = following, False
        if first:
            yield paragraph(self.base.styles.get("BodyText", "BodyText"), "")  # Word wants one

    def _contents(self, front: str) -> Iterator[str]:
        names = self.base.styles
        heading = "目\u3000錄" if self._traditional else "目\u3000录"
        yield from contents_paragraphs(
            self._entries, heading, front, new_page=self._cover, styles=names
        )


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
