"""A reviewed Word file without its marks: all that is left accepted, comments and manifest gone.

The file itself is changed, not written anew: what people did to its layout stays.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import Any

from normtool.decide.reading import parse, unpack
from normtool.export.docx.package import entry
from normtool.export.docx.review.manifest import NAMESPACE

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_COMMENTS = re.compile(r"word/(comments\w*|people)\.xml")
_TYPES = "[Content_Types].xml"

_UNWRAPPED = ("ins", "moveTo")
_REMOVED = (
    "del", "moveFrom", "commentRangeStart", "commentRangeEnd", "moveFromRangeStart",
    "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "rPrChange", "pPrChange",
    "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange",
    "numberingChange", "cellIns", "cellDel", "cellMerge",
)  # fmt: skip


def finalize(data: bytes, name: str) -> bytes:
    """The bytes of a .docx with every tracked change accepted and nothing left of the review.

    Takes away comments and what normtool kept inside. Raises Unreadable.
    """
    parts = unpack(data, name)
    gone = {part for part in parts if _COMMENTS.fullmatch(part)}
    gone |= _manifest(parts, name)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in parts.items():
            if part in gone:
                continue
            if _TEXT.fullmatch(part):
                content = _written(_accepted(parse(content, name)))
            elif part == "word/settings.xml":
                content = _written(_without(parse(content, name), f"{_W}trackRevisions"))
            elif part == _TYPES:
                content = _written(_pruned(parse(content, name), "PartName", "", gone))
            elif part.endswith(".rels"):
                # word/_rels/document.xml.rels speaks of what lies in word/.
                folder = posixpath.dirname(posixpath.dirname(part))
                content = _written(_pruned(parse(content, name), "Target", folder, gone))
            archive.writestr(entry(part), content)
    return out.getvalue()


def _manifest(parts: dict[str, bytes], name: str) -> set[str]:
    """The manifest, its properties and its relations."""
    found = set()
    for part in parts:
        if not re.fullmatch(r"customXml/item\d+\.xml", part):
            continue
        if parse(parts[part], name, huge=True).tag.startswith(f"{{{NAMESPACE}}}"):
            relations = f"customXml/_rels/{posixpath.basename(part)}.rels"
            found |= {part, relations}
            if relations in parts:
                for relation in parse(parts[relations], name):
                    target = posixpath.join("customXml", relation.get("Target") or "")
                    found.add(posixpath.normpath(target).lstrip("/"))
    return found


def _pruned(root: Any, attribute: str, folder: str, gone: set[str]) -> Any:
    for child in list(root):
        target = child.get(attribute)
        if target is None or child.get("TargetMode") == "External":
            continue
        if posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") in gone:
            root.remove(child)
    return root


def _without(root: Any, *tags: str) -> Any:
    for element in list(root.iter(*tags)):
        _cut(element)
    return root


def _cut(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _accepted(root: Any) -> Any:
    for row in list(root.iter(f"{_W}tr")):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            _cut(row)
    merged = [p for p in root.iter(f"{_W}p") if _mark_is_gone(p)]
    for reference in list(root.iter(f"{_W}commentReference")):
        _cut(reference.getparent())
    _without(root, *(_W + tag for tag in _REMOVED))
    for element in list(root.iter(*(_W + tag for tag in _UNWRAPPED))):
        parent = element.getparent()
        place = parent.index(element)
        parent[place : place + 1] = list(element)
    for paragraph in merged:
        _join(paragraph)
    for properties in list(root.iter(f"{_W}rPr")):
        if not len(properties) and properties.getparent().tag == f"{_W}pPr":
            _cut(properties)
    return root


def _mark_is_gone(paragraph: Any) -> bool:
    mark = f"{_W}pPr/{_W}rPr/{_W}"
    return paragraph.find(f"{mark}del") is not None or paragraph.find(f"{mark}moveFrom") is not None


def _join(paragraph: Any) -> None:
    """Put the words of a paragraph whose mark is gone before those of the next one."""
    following = paragraph.getnext()
    if following is None or following.tag != f"{_W}p":
        return  # before a table, or at the end of a cell: the mark has to stay
    words = [child for child in paragraph if child.tag != f"{_W}pPr"]
    properties = following.find(f"{_W}pPr")
    place = 0 if properties is None else following.index(properties) + 1
    following[place:place] = words
    _cut(paragraph)


def _written(root: Any) -> bytes:
    from lxml import etree

    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
