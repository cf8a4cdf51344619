"""WordprocessingML as strings: paragraphs, runs, escaping, the properties of the file."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from types import MappingProxyType

from normtool.chinese import HAN_RANGES, LOST
from normtool.export.blocks import name_character
from normtool.patterns import later

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

#: Without the hint Word sets “ ” ‘ ’ — … · in the Latin font, even between Han.
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>'
_LATIN = later("[A-Za-z]")
_HAN = later(f"[{HAN_RANGES}]")

#: What must not stand in an element as it is: markup, controls (C0, C1, DEL), lone
#: surrogates and the two noncharacters that XML 1.0 excludes (Char production, 2.2).
_SPECIAL = later("[&<>\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


def escape(text: str) -> str:
    """Text for an XML element; what XML cannot hold is named, and so is a tab.

    >>> escape("R&D\\x07")
    'R&amp;D␇'
    """
    return _SPECIAL.sub(lambda match: _ESCAPES.get(match[0]) or name_character(match[0]), text)


def _words(text: str) -> str:
    if _SPECIAL.search(text) is None:
        return text
    return _TAB.join(map(escape, text.split("\t")))


def run(text: str, *, hint: bool, shaded: bool = False) -> str:
    """A ``w:r`` of unescaped text without newlines."""
    properties = (_HINT if hint else "") + (_SHADE if shaded else "")
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{_words(text)}</w:t></w:r>'


def has_hint(text: str) -> bool:
    """Whether the marks of a line are Chinese; in one that is wholly English they are English."""
    return _HAN.search(text) is not None or _LATIN.search(text) is None


def paragraph(
    style: str,
    text: str,
    properties: str = "",
    lost: Container[int] = (),
    start: int = 0,
    comments: Mapping[int, int] = MappingProxyType({}),
) -> str:
    """A ``w:p`` of unescaped text without newlines.

    properties  more of ``w:pPr``, in the order of the schema
    lost        places in the whole document of signs for something lost, shaded here
    start       place of ``text`` in the document
    comments    numbers of comments by the place of the character that they are about
    """
    head = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
    if not text:
        return head + "</w:p>"
    hint = has_hint(text)
    places = [start + match.start() for match in re.finditer(LOST, text)] if lost else []
    places = [place for place in places if place in lost]
    # A comment on the first place of a paragraph may be about all of it: the caller knows.
    places += (place for place in comments if start < place < start + len(text))
    if not places:
        return f"{head}{run(text, hint=hint)}</w:p>"
    runs = []
    end = 0
    for place in sorted(set(places)):
        at = place - start
        if at > end:
            runs.append(run(text[end:at], hint=hint))
        end = at + 1
        sign = run(text[at], hint=hint, shaded=place in lost)
        number = comments.get(place)
        runs.append(sign if number is None else commented(sign, number))
    if end < len(text):
        runs.append(run(text[end:], hint=hint))
    return f"{head}{''.join(runs)}</w:p>"


def commented(runs: str, number: int) -> str:
    """Runs with the comment of this number on them."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{runs}<w:commentRangeEnd w:id="{number}"/>'
        '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
        f'<w:commentReference w:id="{number}"/></w:r>'
    )


def core_xml(title: str = "", language: str = "", **more: str) -> str:
    """The whole of ``docProps/core.xml``. No dates: two runs give the same bytes.

    more  other elements of Dublin Core that Word has: creator, description, identifier
    """
    inside = "".join(
        f"<dc:{name}>{escape(words)}</dc:{name}>"
        for name, words in (("title", title), ("language", language), *more.items())
        if words
    )
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{inside}</cp:coreProperties>"
    )
