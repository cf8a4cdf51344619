"""A table of contents of many speeches: its lines, with fields for the pages.

Word sets the numbers when it opens the file (the fields are marked as stale) or when
somebody updates the table; until then an estimate stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from normtool.document import HEADING, META, PARAGRAPH, TITLE, Document
from normtool.export.blocks import readable
from normtool.export.docx.markup import escape
from normtool.records import NamedTuple

#: With so many speeches nobody needs a table.
_FEW = 2
#: Of a page after GB/T 9704, to estimate where a speech begins.
_LINES, _CHARACTERS, _TITLE_LINES = 22, 28, 3
_LONGEST = 60


class Entry(NamedTuple):
    """A speech in the table: its number, what it is called, the page it seems to begin on."""

    speech: int
    words: str
    page: int

    @property
    def bookmark(self) -> str:
        """The name of the place where the speech begins."""
        return f"_Toc{self.speech:08}"


def entries(document: Document) -> list[Entry]:
    """The speeches of a document, if they are more than two."""
    if len(document.speeches) <= _FEW:
        return []
    called: dict[int, str] = {}
    titled: set[int] = set()
    height: dict[int, int] = {}
    for block in readable(document):
        speech, words = block.speech, document.line(block).strip()
        if not speech or block.kind == META:
            continue
        if block.kind == TITLE and speech not in titled:
            titled.add(speech)
            called[speech] = words
        elif words and block.kind in (PARAGRAPH, HEADING):
            called.setdefault(speech, words[:_LONGEST])
        lines = _TITLE_LINES if block.kind == TITLE else -(-(len(words) + 2) // _CHARACTERS)
        height[speech] = height.get(speech, 0) + lines
    found, page = [], 1
    for speech in document.speeches:
        found.append(Entry(speech, called.get(speech, str(speech)), page))
        page += -(-height.get(speech, 1) // _LINES)
    return found


def contents_paragraphs(
    found: list[Entry], heading: str, end: str, *, new_page: bool, styles: Mapping[str, str]
) -> Iterator[str]:
    """The table as paragraphs; ``end`` is what its last one has of ``w:sectPr``."""
    above, line = (styles.get(ident, ident) for ident in ("TOCHeading", "TOC1"))
    breaks = "<w:pageBreakBefore/>" if new_page else ""
    yield f'<w:p><w:pPr><w:pStyle w:val="{above}"/>{breaks}</w:pPr>{_run(heading)}</w:p>'
    for place, entry in enumerate(found):
        first, last = place == 0, place == len(found) - 1
        opening = _begin(_TABLE) if first else ""
        closing = _END if last else ""
        yield (
            f'<w:p><w:pPr><w:pStyle w:val="{line}"/>{end if last else ""}</w:pPr>{opening}'
            f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{_run(entry.words)}'
            f"<w:r><w:tab/></w:r>{_begin(f' PAGEREF {entry.bookmark} {_LINK}', stale=True)}"
            f"{_run(str(entry.page))}{_END}</w:hyperlink>{closing}</w:p>"
        )


def marked(paragraph: str, entry: Entry) -> str:
    """A paragraph with the bookmark that the table points at."""
    start = f'<w:bookmarkStart w:id="{entry.speech}" w:name="{entry.bookmark}"/>'
    return (
        paragraph.replace("</w:pPr>", "</w:pPr>" + start, 1).removesuffix("</w:p>")
        + f'<w:bookmarkEnd w:id="{entry.speech}"/></w:p>'
    )


_LINK = "\\h "
#: Made of the paragraphs in the style of titles, without numbers on the web.
_TABLE = ' TOC \\h \\z \\t "Title,1" '
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _begin(instruction: str, *, stale: bool = False) -> str:
    dirty = ' w:dirty="true"' if stale else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _run(words: str) -> str:
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return f'<w:r>{hint}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
