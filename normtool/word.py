"""The paragraphs of a Word file (.docx, ECMA-376 part 1), as text.

One paragraph is one line. Another author's tracked changes are read as
accepted: what was inserted counts, what was deleted does not, and a deleted
paragraph mark joins its paragraph to the next. Headers, footnotes and comments
are not part of the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAIN = "word/document.xml"
#: What a deletion, a move away and a second copy for old programs hold is no text.
_SKIPPED = {_W + "del", _W + "moveFrom", _FALLBACK, _W + "pPr", _W + "rPr"}
_BLANKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


class NotWord(ValueError):
    """The bytes are no Word file that can be read; the message says why."""


def is_word(data: bytes) -> bool:
    """Whether bytes are a ZIP archive that names the main part of a Word document."""
    return data.startswith(b"PK\x03\x04") and _MAIN.encode() in data


def word_text(data: bytes, limit: int) -> str:
    """Return the paragraphs of a .docx, one a line.

    limit   of the unpacked main part, in bytes: a small archive may unpack to gigabytes

    Raises NotWord for a broken archive, one that is too large inside, an
    encrypted one, and XML that declares entities.
    """
    return "\n".join(_paragraphs(_parse(_main_part(data, limit))))


def _main_part(data: bytes, limit: int) -> bytes:
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
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


def _parse(part: bytes) -> Any:
    from lxml import etree

    # Word writes no document type; who declares one wants entities expanded.
    if b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part:
        raise NotWord("this Word file declares XML entities, which Word never does; it was refused")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        body = etree.fromstring(part, parser).find(_W + "body")
    except etree.XMLSyntaxError as error:
        raise NotWord(f"this Word file holds broken XML ({error}); save it anew in Word") from error
    if body is None:
        raise NotWord("this Word file has no body; open and save it in Word")
    return body


def _paragraphs(body: Any) -> Iterator[str]:
    kept = ""
    for paragraph in body.iter(_W + "p"):
        if any(outer.tag in _SKIPPED for outer in paragraph.iterancestors()):
            continue
        kept += "".join(_words(paragraph))
        mark = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del")
        if mark is None:
            yield kept
            kept = ""
    if kept:
        yield kept


def _words(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or tag == _W + "p":
            continue  # a paragraph inside, in a text box, is met on its own
        if tag == _W + "t":
            yield child.text or ""
        elif tag in _BLANKS:
            yield _BLANKS[tag]
        else:
            yield from _words(child)
