"""A reviewed Word file as signs: every character of it, and what is proposed to become of it.

Nothing is believed but the text, the marks of revision and their authors: programs
number revisions anew, split and join them (LibreOffice), and replace the identifiers
of paragraphs (Word).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from normtool.export.docx.review.manifest import Manifest, read_manifest
from normtool.files import Unreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAIN = "word/document.xml"
_INSERTED = (_W + "ins", _W + "moveTo")
_DELETED = (_W + "del", _W + "moveFrom")
_WORDS = (_W + "t", _W + "delText")
_BLANKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_SKIPPED = {_FALLBACK, _W + "pPr", _W + "rPr", _W + "sectPr"}

#: Of all unpacked parts together, in bytes: a small archive may unpack to gigabytes.
LIMIT = 128 * 1024 * 1024
#: Word makes some dozen parts, and one a picture.
_MOST_PARTS = 10_000


class Mark(NamedTuple):
    """Who inserted or deleted something, and when (ISO 8601, "" if not told)."""

    author: str
    date: str


class Sign(NamedTuple):
    """One character, a newline for the end of a paragraph."""

    text: str
    inserted: Mark | None = None
    deleted: Mark | None = None


class Reviewed(NamedTuple):
    """What a reviewed file holds.

    name      for messages
    signs     all characters, deleted and inserted ones as well
    manifest  what the review file said of itself, None if that is not in it any more
    """

    name: str
    signs: list[Sign]
    manifest: Manifest | None

    @property
    def accepted(self) -> str:
        """The text if all that is still marked is accepted."""
        return "".join(sign.text for sign in self.signs if sign.deleted is None)

    @property
    def rejected(self) -> str:
        """The text if all that is still marked is rejected."""
        return "".join(sign.text for sign in self.signs if sign.inserted is None)


def read_reviewed(data: bytes, name: str) -> Reviewed:
    """Read the bytes of a reviewed .docx; raises Unreadable, which begins with ``name``."""
    parts = unpack(data, name)
    body = parse(parts[_MAIN], name).find(_W + "body")
    if body is None:
        raise Unreadable(f"{name}: has no body; open and save it in Word")
    manifest = None
    for part in sorted(parts):
        if part.startswith("customXml/item") and "Props" not in part:
            try:
                manifest = manifest or read_manifest(parse(parts[part], name, huge=True))
            except ValueError as error:
                raise Unreadable(
                    f"{name}: what normtool kept inside is damaged ({error}); "
                    "give the original with --original"
                ) from None
    return Reviewed(name, list(_signs(body)), manifest)


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """All parts of a package by their names; raises Unreadable."""
    parts: dict[str, bytes] = {}
    left = LIMIT
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_PARTS:
                raise Unreadable(f"{name}: has {len(infos)} parts, which no speech has")
            for info in infos:
                if info.filename.startswith("/") or ".." in info.filename.split("/"):
                    raise Unreadable(
                        f"{name}: has a part that leads out of it ({info.filename}); it was refused"
                    )
                if info.flag_bits & 1:
                    raise Unreadable(f"{name}: is encrypted; save it without a password")
                with archive.open(info) as part:
                    parts[info.filename] = part.read(left + 1)
                left -= len(parts[info.filename])
                if left < 0:
                    raise Unreadable(
                        f"{name}: unpacks to more than {LIMIT >> 20} MB; no speech is that long"
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise Unreadable(
            f"{name}: is no whole Word file ({error}); give the .docx that was reviewed"
        ) from None
    if _MAIN not in parts:
        raise Unreadable(f"{name}: is no Word file, it has no {_MAIN}; give the reviewed .docx")
    return parts


def parse(part: bytes, name: str, *, huge: bool = False) -> Any:
    """The root of an XML part; raises Unreadable for what Word would never write.

    huge  one text may be larger than 10 MB, as that of a manifest
    """
    from lxml import etree

    if b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part:
        raise Unreadable(f"{name}: declares XML entities, which Word never does; it was refused")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=huge
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"{name}: holds broken XML ({error}); save it anew in Word") from None


def _signs(body: Any) -> Iterator[Sign]:
    end: Sign | None = None
    for paragraph in body.iter(_W + "p"):
        if any(outer.tag in _SKIPPED for outer in paragraph.iterancestors()):
            continue
        if end is not None:
            yield end
        yield from _content(paragraph, None, None)
        properties = paragraph.find(f"{_W}pPr/{_W}rPr")
        inserted = deleted = None
        if properties is not None:
            inserted, deleted = _mark(properties, _INSERTED), _mark(properties, _DELETED)
        end = Sign("\n", inserted, deleted)


def _mark(properties: Any, tags: tuple[str, ...]) -> Mark | None:
    found = next((child for child in properties if child.tag in tags), None)
    return None if found is None else _told(found)


def _told(element: Any) -> Mark:
    return Mark(element.get(_W + "author") or "", element.get(_W + "date") or "")


def _content(element: Any, inserted: Mark | None, deleted: Mark | None) -> Iterator[Sign]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or tag == _W + "p":
            continue  # a paragraph inside, in a text box, is met on its own
        if tag in _WORDS:
            for character in child.text or "":
                yield Sign(character, inserted, deleted)
        elif tag in _BLANKS:
            # Where a page ends because it is full, Word tells so; that is no line.
            if child.get(_W + "type") in (None, "textWrapping"):
                yield Sign(_BLANKS[tag], inserted, deleted)
        elif tag in _INSERTED:
            yield from _content(child, _told(child), deleted)
        elif tag in _DELETED:
            yield from _content(child, inserted, _told(child))
        else:
            yield from _content(child, inserted, deleted)
