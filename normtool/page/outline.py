"""The lines that a web page shows, and an outline of the page in which each is one element.

A line is what a browser puts on lines of its own: a paragraph, what stands
between two ``<br>``, a list item, a row of a table (its cells divided by tabs).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from normtool.patterns import later
from normtool.records import NamedTuple

#: What a browser writes into the line; every other element begins a new one.
_INLINE = later(
    "a|abbr|acronym|b|basefont|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark"
    "|nobr|q|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
    # Office writes <o:p> and <st1:date>, others elements of their own making.
    "|.*[:-].*"
)
#: What is no text of the page. Readings (``rt``) would stand inside of the words they explain.
_NOT_SHOWN = later(
    "script|style|template|head|noscript|noframes|object|embed|applet|svg|math|select|option|button"
    "|textarea|iframe|audio|video|canvas|map|rp|rt"
)
_BREAKS = frozenset(("br", "hr"))
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
#: Blocks that keep their name in the outline. Tables do not: old pages are laid out with them.
_KEPT = ("article", "aside", "footer", "header", "main", "nav", "ol", "section", "ul")
_ATTRIBUTES = ("id", "class", "style", "role", "itemprop")
_HIDDEN = later(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.I)
#: The class of the noise that Discuz writes between the words against copying.
_JAMMER = later(r"(?:^|\s)jammer(?:\s|$)")
_LONGEST_CELL = 200  # characters; what is longer is a text that a table puts in its place

_EMPTY_LINE = later(r"(?<=\S)[ \t\r]*\n[ \t\r]*\n\s*(?=\S)")
_BLANKS = later(r"[ \t\n\r\f]+")
_EDGES = " \t\n\r\f"
_NOTHING = later(r"[\s\u200b\u2060\ufeff\x00-\x1f]+")
#: What XML cannot hold, so that no tree can.
_NO_XML = later("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")


def squeezed(words: str) -> str:
    """The words without white space, in NFC: what trafilatura, which changes both, agrees on."""
    words = unicodedata.normalize("NFC", _NOTHING.sub("", words))
    if words.isprintable():
        return words
    return "".join(sign for sign in words if sign.isprintable())


class Line(NamedTuple):
    """One line that a page shows.

    tag      of the element that it is the text of: "p", "li", "h1" …
    home     the number of the block around it that has a class, a name or is a cell
    linked   how much of it is links, from 0 to 1
    hidden   stands in a block that a style hides
    """

    words: str
    tag: str
    home: int
    linked: float
    hidden: bool


class Outline:
    """``lines`` in their order, and ``tree``: blocks with their attributes, a line an element.

    By the attributes trafilatura tells the text from the rest; as each line is
    one element, none can be doubled or glued to the next.
    """

    def __init__(self, page: Any) -> None:
        from lxml import html

        self.lines: list[Line] = []
        self.tree = html.fromstring("<html><body></body></html>")
        self._blocks: list[tuple[Any, int]] = [(self.tree.find("body"), 0)]
        self._homes = 0
        self._headings: list[str] = []
        self._links: list[Any] = []
        self._words: list[tuple[str, Any]] = []
        self._pre = self._hidden = self._row = 0
        self._walk(page)

    def _walk(self, page: Any) -> None:
        from lxml import etree

        walk = etree.iterwalk(page, events=("start", "end"))
        for event, element in walk:
            shown = _is_shown(element)
            if event == "start":
                if shown:
                    self._enter(element, element.tag)
                    self._say(element.text)
                else:
                    walk.skip_subtree()
                continue
            if shown:
                self._leave(element, element.tag)
            self._say(element.tail)
        self._end_line()

    def _enter(self, element: Any, tag: str) -> None:
        if tag == "a":
            self._links.append(element)
        elif tag in _BREAKS and not self._row:
            self._end_line()
        elif tag == "tr" and not self._row and _is_row(element):
            self._end_line()
            self._row = 1
        elif not self._row and not _is_inline(tag):
            self._end_line()
            self._begin_block(element, tag)

    def _leave(self, element: Any, tag: str) -> None:
        if tag == "a":
            self._links.pop()
        elif self._row:
            if tag == "tr":
                self._end_line()
                self._row = 0
            elif tag in ("td", "th") and element.getnext() is not None:
                self._words.append(("\t", None))
        elif not _is_inline(tag) and tag not in _BREAKS:
            self._end_line()
            self._end_block(element, tag)

    def _begin_block(self, element: Any, tag: str) -> None:
        from lxml import etree

        self._pre += tag == "pre"
        self._hidden += _is_hidden(element)
        if tag in _HEADINGS:
            self._headings.append(tag)
        if tag in _HEADINGS or tag in ("p", "li"):
            return
        parent, home = self._blocks[-1]
        block = etree.SubElement(parent, tag if tag in _KEPT else "div")
        for name in _ATTRIBUTES:
            if element.get(name):
                block.set(name, _NO_XML.sub("", element.get(name)))
        if element.get("class") or element.get("id") or tag in _KEPT or tag in ("td", "th"):
            self._homes += 1
            home = self._homes
        self._blocks.append((block, home))

    def _end_block(self, element: Any, tag: str) -> None:
        self._pre -= tag == "pre"
        self._hidden -= _is_hidden(element)
        if tag in _HEADINGS:
            self._headings.pop()
        elif tag not in ("p", "li"):
            self._blocks.pop()

    def _say(self, words: str | None) -> None:
        if not words:
            return
        link = self._links[-1] if self._links else None
        if not self._pre or self._row:
            # Who wrote blank lines and no tags meant paragraphs; a browser would run them together.
            first, *others = [words] if self._row else _EMPTY_LINE.split(words)
            first, *others = (_BLANKS.sub(" ", part) for part in (first, *others))
        else:
            first, *others = words.replace("\r\n", "\n").split("\n")
        self._words.append((first, link))
        for other in others:
            self._end_line()
            self._words.append((other, link))

    def _end_line(self) -> None:
        """What was said since the last line becomes a line, if it says anything."""
        said, self._words = self._words, []
        words = "".join(part for part, _ in said)
        if not self._pre:
            words = re.sub(" {2,}", " ", words)
        # The indent of a paragraph (U+3000, no-break spaces) is shown, and tells where one begins.
        words = words.strip(_EDGES) if not self._pre else words.rstrip(_EDGES)
        size = len(squeezed(words))
        if not size:
            return
        from lxml import etree

        block, home = self._blocks[-1]
        tag = "li" if block.tag in ("ul", "ol") else "p"
        tag = self._headings[-1] if self._headings else tag
        linked = sum(len(_NOTHING.sub("", part)) for part, link in said if link is not None) / size
        self.lines.append(Line(words, tag, home, linked, self._hidden > 0))
        element = etree.SubElement(block, tag)
        last = None
        for part, link in said:
            part = _NO_XML.sub("", part)
            if link is not None:
                last = etree.SubElement(element, "a", href=_NO_XML.sub("", link.get("href") or ""))
                last.text = part
            elif last is not None:
                last.tail = (last.tail or "") + part
            else:
                element.text = (element.text or "") + part


def _is_shown(element: Any) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or _NOT_SHOWN.fullmatch(tag):
        return False
    # A hidden block may be the half that a click unfolds; a hidden word is there for copiers.
    return not (
        _is_inline(tag)
        and (_is_hidden(element) or _JAMMER.search(element.get("class") or "") is not None)
    )


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))


def _is_inline(tag: str) -> bool:
    return _INLINE.fullmatch(tag) is not None


def _is_row(row: Any) -> bool:
    """Whether a row holds values, two or more; most tables of old pages are layout."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return False
    for cell in cells:
        blocks = [e.tag for e in cell.iterdescendants() if isinstance(e.tag, str)]
        blocks = [tag for tag in blocks if not _is_inline(tag)]
        if blocks not in ([], ["p"], ["div"]):
            return False
        if len(squeezed("".join(cell.itertext()))) > _LONGEST_CELL:
            return False
    return True
