"""XML from anywhere: parsed without network, entities or surprises."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.tei-c.org/ns/1.0"


class NotTei(ValueError):
    """A file that is not read; ``line`` is where (0: nowhere in particular)."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def parse(data: bytes) -> _Element:
    """The root element of an XML file.

    Nothing but ``data`` is read: no document type, no entity, no other file, no network.
    Raises NotTei with one sentence: not well-formed, or with a document type.
    """
    from lxml import etree

    if not data.strip():
        raise NotTei("is empty; give a TEI file")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False
    )
    # In UTF-16 every other byte of ASCII is 0.
    mark = data.replace(b"\0", b"").find(b"<!DOCTYPE")
    if mark >= 0:
        line = data.replace(b"\0", b"")[:mark].count(b"\n") + 1
        raise NotTei(_DOCTYPE, line)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise NotTei(
            f"is not well-formed XML: {_said(error)} (column {column}); correct it there", line
        ) from None
    if root.getroottree().docinfo.doctype:
        raise NotTei(_DOCTYPE, 1)
    return root


_DOCTYPE = (
    "has a document type (<!DOCTYPE), which may name other files and entities that grow without "
    "end; delete it, TEI needs none"
)


def _said(error: Exception) -> str:
    """What libxml2 said, without its place, in one clause."""
    words = str(error).split(", line ")[0].strip().rstrip(".")
    return words[:1].lower() + words[1:] if words else "it ends too early"


_PREFIX = f"{{{NAMESPACE}}}"
_BEFORE_NAME = len(_PREFIX)


def line_of(element: _Element) -> int:
    """The line of the file on which the tag of an element ends."""
    line: int = element.sourceline or 0
    return line


def local(element: _Element) -> str:
    """The name of a TEI element; "" for comments, instructions and other namespaces."""
    tag = element.tag
    return tag[_BEFORE_NAME:] if isinstance(tag, str) and tag.startswith(_PREFIX) else ""
