"""Files, folders and standard input to documents.

    for source in find_files(["speeches/"]):
        if source.error is None:
            document = read(source.path)

A document that normtool saved as JSON or TEI comes back as it was saved, with
its edits and blocks: nothing is run again.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from normtool.decode import Undecodable, decode
from normtool.document import Document
from normtool.edition import NotTei, is_tei, read_tei
from normtool.files import (
    STREAM,
    SUFFIXES,
    Source,
    Unreadable,
    Unwritable,
    atomic,
    find_files,
    reason,
    shown,
)
from normtool.page import NotPage, is_page, page_text
from normtool.patterns import later
from normtool.word import NotWord, is_word, word_text

__all__ = [
    "FORMATS",
    "LIMIT",
    "STREAM",
    "SUFFIXES",
    "Source",
    "Unreadable",
    "Unwritable",
    "atomic",
    "find_files",
    "from_text",
    "read",
    "read_bytes",
]

#: Larger files are refused unless asked for, in bytes: no speech is that long, a dump may be.
LIMIT = 64 * 1024 * 1024

#: Bytes of a text that is hashed sooner than OpenSSL is loaded.
_SHORT = 500_000

#: What a file can be read as, where neither its suffix nor its beginning tells.
FORMATS = ("html", "text")

_MARKED = later(r'\s*\{\s*"schema"\s*:\s*"normtool/')
# U+FEFF and the zero-width blanks are no white space to Python, but print nothing.
_PRINTS = later(r"[^\s\ufeff\u200b-\u200f\u2060]")


def read(
    path: str | os.PathLike[str],
    *,
    limit: int = LIMIT,
    encoding: str = "",
    format: str = "",
    changes: str = "accept",
) -> Document:
    """Read one file, or standard input for "-", into a Document.

    limit     in bytes; asked of the file before a byte is read
    encoding  a codec of Python to decode with; "" finds out
    format    one of FORMATS; "" goes by the suffix, and from a stream by how it begins
    changes   tracked changes in a Word file are read as if to "accept" or "reject" all

    Raises Unreadable, one sentence that begins with the name: missing, a
    folder, permission denied, too large, empty, not text, not decodable,
    a page without a main text.
    """
    name = os.fspath(path)
    if name == STREAM:
        if sys.stdin is None or sys.stdin.closed:
            raise Unreadable("<stdin>: standard input is closed; give a file")
        data = _take(sys.stdin.buffer, "<stdin>", limit)
        return read_bytes(data, "<stdin>", encoding=encoding, format=format, changes=changes)
    try:
        status = os.stat(name)
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable(f"{shown(name)}: is a folder; give a file")
        if status.st_size > limit:
            raise _too_large(shown(name), status.st_size, limit)
        with open(name, "rb") as stream:
            if stat.S_ISREG(status.st_mode):
                data = stream.read()
            else:  # a pipe, as the shell makes for <(...)
                data = _take(stream, shown(name), limit)
    except OSError as error:
        raise Unreadable(f"{shown(name)}: {reason(error)}") from error
    except ValueError:
        raise Unreadable(f"{name!r}: a file name cannot hold a NUL character") from None
    return read_bytes(data, shown(name), encoding=encoding, format=format, changes=changes)


def read_bytes(
    data: bytes, name: str, *, encoding: str = "", format: str = "", changes: str = "accept"
) -> Document:
    """Decode bytes into a Document that is called ``name``; raises Unreadable as ``read`` does.

    Of a Word file (.docx) the paragraphs are the original and ``encoding`` is
    "docx"; of a page (.html) the main text is the original, and what the page
    says of itself is in ``meta``. The sha256 is always that of the file. TEI
    that normtool wrote comes back as it was saved, with the name of its source;
    of other TEI the paragraphs are the original.
    """
    if not data:
        raise Unreadable(f"{name}: is empty (0 bytes)")
    try:
        if not format and is_tei(data):
            return read_tei(data, name)
        if is_word(data):
            text, found = word_text(data, LIMIT, changes), "docx"
        else:
            text, found = decode(data, encoding)
    except NotTei as error:
        place = f"{name}:{error.line}" if error.line else name
        raise Unreadable(f"{place}: {error}") from error
    except NotWord as error:
        raise Unreadable(f"{name}: {error}") from error
    except Undecodable as error:
        raise Unreadable(f"{name}: {error}") from error
    except LookupError:
        raise Unreadable(f"{name}: there is no encoding {encoding!r} to read it with") from None
    facts: dict[str, Any] = {}
    if found != "docx" and (format == "html" if format else is_page(text, name)):
        try:
            text, facts = page_text(text, data)
        except NotPage as error:
            raise Unreadable(f"{name}: {error}") from error
    if _PRINTS.search(text) is None:
        raise Unreadable(f"{name}: is empty (nothing but blanks)")
    if name.lower().endswith(".json") or _MARKED.match(text):
        return _saved(text, name)
    return Document(name, text, encoding=found, sha256=_sha256(data), meta=facts)


def from_text(text: str, name: str = "<text>") -> Document:
    """A Document of a string as it is, empty or not; its sha256 is that of the UTF-8 bytes.

    Raises Unreadable if the string holds NUL or lone surrogates: no format can
    be written with them.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unreadable(
            f"{name}: lone surrogate U+{ord(text[error.start]):04X} at character {error.start}; "
            "the string was decoded wrongly, decode its bytes strictly"
        ) from None
    if "\0" in text:
        raise Unreadable(f"{name}: NUL at character {text.index(chr(0))}; delete it")
    return Document(name, text, sha256=_sha256(data))


def _sha256(data: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal digits."""
    if len(data) < _SHORT and "hashlib" not in sys.modules:
        # As the standard library does in ``random``: hashlib brings OpenSSL, which takes as
        # long to load as to hash a megabyte.
        from importlib import import_module

        with suppress(ImportError):
            module = import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256")
            return str(module.sha256(data).hexdigest())
    from hashlib import sha256

    return sha256(data).hexdigest()


def _take(stream: BinaryIO, name: str, limit: int) -> bytes:
    """All bytes of a stream, at most ``limit``; one more is read, to know."""
    pieces = []
    size = 0
    while piece := stream.read(min(1024 * 1024, limit + 1 - size)):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise _too_large(name, 0, limit)
    return b"".join(pieces)


def _too_large(name: str, size: int, limit: int) -> Unreadable:
    is_so = f"is {_megabytes(size)}, more" if size else "is more"
    return Unreadable(
        f"{name}: {is_so} than the limit of {_megabytes(limit)}; split it or raise the limit"
    )


def _megabytes(size: int) -> str:
    if size < 1024 * 1024:
        return f"{size} bytes"
    return f"{size / (1024 * 1024):.1f} MB".replace(".0 ", " ")


def _saved(text: str, name: str) -> Document:
    """The document that normtool saved as this JSON."""
    import json

    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"{name}: is not JSON: {error.msg} (line {error.lineno}, column {error.colno}); "
            "if it is a text, give it another suffix"
        ) from None
    except RecursionError:
        raise Unreadable(f"{name}: is JSON nested too deeply to be a document") from None
    try:
        document = Document.from_json(value)
        # "\ud800" is valid JSON and no character.
        document.text.encode("utf-8")
        document.original.encode("utf-8")
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise Unreadable(
            f"{name}: {error}; give the text itself, or JSON saved by `normtool convert -t json`"
        ) from error
    return document
