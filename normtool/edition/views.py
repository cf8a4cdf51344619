"""The text of an edition, seen two ways: as it reads, and as the source has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from normtool.chinese import LOST
from normtool.edition.parsing import NAMESPACE, local

if TYPE_CHECKING:
    from lxml.etree import _Element

T = "{" + NAMESPACE + "}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

#: The elements that hold one line of the text.
BLOCKS = ("head", "byline", "salute", "p")
#: The elements that mark a change, a loss or a suspicion.
EDITS = ("choice", "supplied", "gap", "sic")
#: How people mark what they put in or take out, and what is a remark and no part of the text.
ADDED, DELETED, REMARKS = "add", "del", ("note",)
#: What the source has, and what was written instead.
OLD = ("sic", "orig", "desc")
NEW = ("corr", "reg")

#: The lists of ``standOff``: changes of width, and guesses of the conversion.
SILENT, SCRIPT = "silentNormalization", "scriptConversion"

_RANGE = re.compile(r"src:([0-9]+),([0-9]+)")


_LINE = re.compile(r"line:([^\s,]+),([0-9]+),([0-9]+)")


class Part(NamedTuple):
    """A piece of a line: kept words (``edit`` None), one change with both its sides, or a note."""

    source: str
    reading: str
    edit: _Element | None


def ranges(value: str | None) -> list[tuple[int, int]]:
    """The ranges of ``src:3,15 src:20,21``, half-open, in code points; other pointers left out."""
    return [(int(a), int(b)) for a, b in _RANGE.findall(value or "")]


def line_ranges(value: str | None) -> list[tuple[str, int, int]]:
    """The places of ``line:sp1.p1,3,4``: the xml:id of a line, and a range of it as it reads."""
    return [(ident, int(a), int(b)) for ident, a, b in _LINE.findall(value or "")]


def blocks(root: _Element) -> list[_Element]:
    """The lines of the text of one ``TEI``, in order; without the empty ``p`` of an empty text."""
    text = root.find(T + "text")
    if text is None:
        return []
    return [e for e in text.iter(*(T + name for name in BLOCKS)) if e.get(ID) or len(e) or e.text]


def listed(tei: _Element, kind: str) -> Iterator[_Element]:
    """What ``standOff`` of a speech lists of one kind: SILENT or SCRIPT."""
    for found in tei.iterfind(f"{T}standOff/{T}listAnnotation"):
        if found.get("type") == kind:
            yield from found.iterfind(T + "annotation")


def words(element: _Element) -> str:
    """All characters below an element, those included that XML cannot hold."""
    pieces = [element.text or ""]
    for child in element:
        if local(child) == "g":
            pieces.append(character(child))
        elif local(child):
            pieces.append(words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def character(g: _Element) -> str:
    """The character that a ``g`` stands for, by the name of its declaration (char.0007)."""
    code = (g.get("ref") or "").rpartition(".")[2]
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return g.text or ""


def parts(line: _Element) -> Iterator[Part]:
    """The pieces of a line, in order; segments and names are passed through."""
    if line.text:
        yield Part(line.text, line.text, None)
    for child in line:
        name = local(child)
        if name in EDITS:
            yield Part(*_sides(child, name), child)
        elif name == "g":
            yield Part(character(child), character(child), None)
        elif name in (ADDED, DELETED):
            said = words(child)
            yield Part("", said, child) if name == ADDED else Part(said, "", child)
        elif name in REMARKS:
            yield Part("", "", child)
        elif name:  # seg, and what people name in the text
            yield from parts(child)
        if child.tail:
            yield Part(child.tail, child.tail, None)


def _sides(edit: _Element, name: str) -> tuple[str, str]:
    if name == "supplied":
        return "", words(edit)
    if name == "sic":
        return words(edit), words(edit)
    if name == "gap":
        desc = edit.find(T + "desc")
        old = words(desc) if desc is not None else ""
        if edit.get("reason") == "masked":
            return old, old
        quantity = edit.get("quantity") or edit.get("atLeast") or "1"
        return old, LOST * max(int(quantity) if quantity.isdigit() else 1, 1)
    old = "".join(words(child) for child in edit if local(child) in OLD)
    return old, "".join(words(child) for child in edit if local(child) in NEW)


def reading(line: _Element) -> str:
    """The line as it reads; what is lost is □."""
    return "".join(part.reading for part in parts(line))


def source(line: _Element) -> str:
    """The line as the source has it, save for the changes that ``standOff`` lists."""
    return "".join(part.source for part in parts(line))
