"""JSON: everything known about a document (schema ``normtool/1``); ``read`` takes it back."""

from __future__ import annotations

from typing import BinaryIO

from normtool.document import Document, dumps


def write(document: Document, stream: BinaryIO) -> None:
    """Write the document as JSON, UTF-8 with a final newline, to a binary stream.

    A lone surrogate, which UTF-8 cannot hold, is written as its JSON escape.
    """
    # Python's name for such an escape, \udc80, is that of JSON too.
    stream.write(dumps(document).encode("utf-8", "backslashreplace") + b"\n")
