"""The main text of a page of the web, and what the page says of itself.

trafilatura finds the text between menus, lists and advertisements. Its two
habits that would change characters unseen are kept from it: it normalises to
NFC, which rewrites compatibility ideographs (U+F900 becomes another character),
and it drops what does not print, private use included. Such characters go
through it under another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from normtool.patterns import later

SUFFIXES = (".html", ".htm", ".xhtml")
#: Ideographs of Unicode 13 and later that stand for others on the way: nobody has a font for them.
_STAND_INS = range(0x30000, 0x31340)
_BEGINS = later(
    r"\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_TAGS = later(r"<(?:html|body|head|div|p|br|table|td|span|font|h[1-6])[\s/>]", re.I)
_DECLARATION = later(r"\A\ufeff?\s*<\?xml[^>]*\?>", re.I)
_CHARSET = later(r"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_FRAME = later(r"<i?frame[\s>]", re.I)
#: What may be changed or dropped unseen: see ``_masked``.
_AT_RISK = later("[^\x00-\x7f\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e]")


class NotPage(ValueError):
    """No text can be taken from the page; the message says why and what to do."""


def is_page(text: str, name: str) -> bool:
    """Whether a decoded file is a page: by its suffix, or from a stream by how it begins."""
    if name.lower().endswith(SUFFIXES):
        return _TAGS.search(text) is not None
    return name.startswith("<") and _BEGINS.match(text) is not None


def page_text(text: str, data: bytes) -> tuple[str, dict[str, Any]]:
    """Return the main text of a page, one paragraph a line, and its facts.

    text    the page, decoded
    data    its bytes, asked only for the encoding they declare

    The facts are keys of ``Document.meta``: ``published``, ``site``, ``author``
    and ``url``, where the page states them, and ``html``: the extractor, the
    title of the page and the declared encoding. The title becomes the first
    line where the text does not begin with it. Raises NotPage if there is no
    main text, or trafilatura (the extra ``html``) is not installed.
    """
    bare_extraction, version = _extractor()
    masked, names = _masked(_DECLARATION.sub("", text))
    found = None
    # The usual setting misses short texts; the one for recall takes menus with it.
    for recall in (False, True):
        found = bare_extraction(
            masked,
            favor_recall=recall,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        body = "\n".join(_lines(found.body)) if found is not None else ""
        if body:
            break
    if found is None or not body:
        raise NotPage(_nothing(text))
    body = body.translate(names)
    title = _line(found.title, names)
    declared = _CHARSET.search(data[:4096].decode("latin-1"))
    facts: dict[str, Any] = {"html": {"extractor": f"trafilatura {version}"}}
    if title:
        facts["html"]["title"] = title
        if not _begins_with(body, title):
            body = f"{title}\n{body}"
    if declared:
        facts["html"]["declared"] = declared[1].lower()
    for key, value in (
        ("published", found.date),
        ("site", found.sitename),
        ("author", found.author or _author(text)),
        ("url", found.url),
    ):
        if value := _line(value, names):
            facts[key] = value
    return body, facts


def _extractor() -> tuple[Any, str]:
    import logging

    try:
        import trafilatura
    except ImportError:
        raise NotPage(
            "is a page of HTML, and reading one needs trafilatura: "
            'pip install "normtool[html]", or save the page as text'
        ) from None
    # It reports on stderr what is reported here as one sentence.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura.bare_extraction, trafilatura.__version__


def _masked(text: str) -> tuple[str, dict[int, str]]:
    """The text with every character at risk under another name, and the way back."""
    risky = sorted(
        character for character in set(_AT_RISK.findall(text)) if _would_change(character)
    )
    free = (chr(code) for code in _STAND_INS if chr(code) not in text)
    names = dict(zip(risky, free, strict=False))
    masked = text.translate({ord(one): other for one, other in names.items()})
    return masked, {ord(other): one for one, other in names.items()}


def _would_change(character: str) -> bool:
    """Whether NFC replaces a character, joins it to its neighbour, or it counts as unprintable."""
    import unicodedata

    if character.isspace() or "\x80" <= character < "\xa0":
        return False
    return (
        not character.isprintable()
        or unicodedata.combining(character) != 0
        or unicodedata.normalize("NFC", character) != character
    )


def _lines(body: Any) -> Iterator[str]:
    """The lines of trafilatura's tree (a small TEI): a row of a table is one line with tabs."""
    pieces: list[str] = []

    def walk(element: Any) -> None:
        tag = element.tag
        if tag == "row":
            cells = (" ".join("".join(cell.itertext()).split()) for cell in element.iter("cell"))
            pieces.extend(("\n", "\t".join(cells), "\n"))
            return
        if tag in _BLOCKS:
            pieces.append("\n")
        pieces.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                walk(child)
            pieces.append(child.tail or "")
        if tag in _BLOCKS:
            pieces.append("\n")

    walk(body)
    for line in "".join(pieces).split("\n"):
        if words := line.strip():
            yield words


_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "div", "table", "lb", "code", "body"})


def _author(text: str) -> str:
    """The author in the head of the page: trafilatura drops one without a blank in the name."""
    for tag in _META.findall(text, 0, 100_000):
        if _NAME.search(tag) and (stated := _CONTENT.search(tag)):
            from html import unescape

            return unescape(stated[1])
    return ""


_META = later(r"<meta\s[^>]{0,400}>", re.I)
_NAME = later(r"""name\s*=\s*["']?author\b""", re.I)
_CONTENT = later(r"""content\s*=\s*["']([^"'<>]{2,40})["']""", re.I)


def _line(value: str | None, names: dict[int, str]) -> str:
    return " ".join(value.translate(names).split()) if value else ""


def _begins_with(body: str, title: str) -> bool:
    """Whether one of the first lines is the title, or the title with the name of the site."""
    squeezed = "".join(title.split())
    for line in body.split("\n", 12)[:12]:
        words = "".join(line.split())
        if len(words) >= 6 and (words.startswith(squeezed) or squeezed.startswith(words)):
            return True
    return False


def _nothing(text: str) -> str:
    if _FRAME.search(text):
        return "this page shows its text in a frame; open the frame by itself and save that page"
    if "<script" in text.lower():
        return (
            "no main text was found in this page; if a program makes its text, "
            "save it from the browser once it is shown, or copy it as text"
        )
    return "no main text was found in this page; save it as text"
