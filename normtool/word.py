"""The paragraphs of a Word file (.docx, ECMA-376 part 1), as text.

One paragraph is one line. Another author's tracked changes are read as
accepted, unless they are to be rejected: what was inserted counts, what was
deleted does not, and a deleted paragraph mark joins its paragraph to the next.
Headers, footnotes, comments and tables of contents are not part of the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAIN = "word/document.xml"
_ACCEPT, _REJECT = CHANGES = ("accept", "reject")
#: What is no text either way: a second copy for old programs, and properties.
_NEVER = {_FALLBACK, _W + "pPr", _W + "rPr"}
_INSERTED, _DELETED = {_W + "ins", _W + "moveTo"}, {_W + "del", _W + "moveFrom"}
_WORDS = {_W + "t", _W + "delText"}
_BLANKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
#: More parts than any Word file has: a list so long is there to keep a reader busy.
_MOST_PARTS = 10_000


class NotWord(ValueError):
    """The bytes are no Word file that can be read; the message says why."""


def is_word(data: bytes) -> bool:
    """Whether bytes are a ZIP archive that names the main part of a Word document."""
    return data.startswith(b"PK\x03\x04") and _MAIN.encode() in data


def word_text(data: bytes, limit: int, changes: str = _ACCEPT) -> str:
    """Return the paragraphs of a .docx, one a line.

    limit    of the unpacked main part, in bytes: a small archive may unpack to gigabytes
    changes  tracked changes of others: "accept" or "reject"

    Raises NotWord for a broken archive, one that is too large inside or has parts
    that lead out of it, an encrypted one, and XML that declares a document type.
    Only the main part is unpacked, and nothing that it refers to is fetched.
    """
    if changes not in CHANGES:
        raise ValueError(f"changes is {changes!r}; it can be {' or '.join(CHANGES)}")
    return "\n".join(_paragraphs(_parse(_main_part(data, limit)), changes == _REJECT))


def _main_part(data: bytes, limit: int) -> bytes:
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_names(archive.namelist())
            if archive.getinfo(_MAIN).flag_bits & 1:
                raise NotWord("this Word file is encrypted; save it without a password")
            with archive.open(_MAIN) as part:
                found = part.read(limit + 1)
    except KeyError:
        raise NotWord(f"this Word file has no {_MAIN}; open and save it in Word") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise NotWord(
            f"this Word file is damaged ({error}); open it in Word, let it be repaired, and save it"
        ) from error
    if len(found) > limit:
        raise NotWord("this Word file unpacks to more than the limit; split it or raise the limit")
    return found


def _check_names(names: list[str]) -> None:
    if len(names) > _MOST_PARTS:
        raise NotWord(f"this Word file has {len(names):,} parts, which Word never makes; refused")
    for name in names:
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
            raise NotWord(
                f"this Word file has a part that leads out of it ({name[:80]!r}); it was refused"
            )


def _parse(part: bytes) -> Any:
    from lxml import etree

    # Word writes no document type; who declares one wants entities expanded.
    if b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part:
        raise NotWord(_ENTITIES)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise NotWord(f"this Word file holds broken XML ({error}); save it anew in Word") from error
    if root.getroottree().docinfo.internalDTD is not None:  # in UTF-16, or behind a comment
        raise NotWord(_ENTITIES)
    body = root.find(_W + "body")
    if body is None:
        raise NotWord("this Word file has no body; open and save it in Word")
    return body


_ENTITIES = "this Word file declares XML entities, which Word never does; it was refused"


def _paragraphs(body: Any, rejected: bool) -> Iterator[str]:
    skipped = _NEVER | (_INSERTED if rejected else _DELETED)
    joined = f"{_W}pPr/{_W}rPr/{_W}{'ins' if rejected else 'del'}"
    kept = ""
    for paragraph in body.iter(_W + "p"):
        if any(outer.tag in skipped for outer in paragraph.iterancestors()):
            continue
        if _in_contents(paragraph):
            continue
        kept += "".join(_words(paragraph, skipped))
        if paragraph.find(joined) is None:
            yield kept
            kept = ""
    if kept:
        yield kept


def _in_contents(paragraph: Any) -> bool:
    """Whether Word made a paragraph out of the headings: it has one of the styles TOC."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and (style.get(_W + "val") or "").startswith("TOC")


def _words(element: Any, skipped: set[str]) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in skipped or tag == _W + "p":
            continue  # a paragraph inside, in a text box, is met on its own
        if tag in _WORDS:
            yield child.text or ""
        elif tag in _BLANKS:
            yield _BLANKS[tag]
        else:
            yield from _words(child, skipped)
