"""JSON: everything known about a document (schema ``normtool/1``); ``read`` takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from normtool.document import Document


def write(document: Document, stream: BinaryIO) -> None:
    """Write the document as JSON, UTF-8 with a final newline, to a binary stream.

    A lone surrogate, which UTF-8 cannot hold, is written as its JSON escape.
    """
    # Python's name for such an escape, \udc80, is that of JSON too.
    for chunk in chunks(document):
        stream.write(chunk.encode("utf-8", "backslashreplace"))
    stream.write(b"\n")


def dumps(document: Document) -> str:
    """The document as one JSON text, Chinese characters as they are."""
    return "".join(chunks(document))


def chunks(document: Document) -> Iterator[str]:
    """The same piece by piece: edits as values are dozens of times as large as the file."""
    import json

    def text(value: object, deep: int) -> str:
        # An indent within a string would be an escape: these newlines are between values.
        return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * deep)

    def written(value: dict[str, Any], deep: int) -> Iterator[str]:
        lead = "{"
        for key, content in value.items():
            yield f'{lead}\n{" " * deep}"{key}": '
            lead = ","
            if isinstance(content, _Each):
                between = "["
                for one in content:
                    yield between + "\n" + " " * (deep + 1) + text(one, deep + 1)
                    between = ","
                yield "[]" if between == "[" else "\n" + " " * deep + "]"
            elif key == "cleaned":
                yield from written(content, deep + 1)
            else:
                yield text(content, deep)
        yield "\n" + " " * (deep - 1) + "}"

    yield from written(document.values(_Each), 1)


class _Each:
    """Values that are made while they are written."""

    def __init__(self, make: Callable[[Any], dict[str, Any]], of: Iterable[Any]) -> None:
        self._made = map(make, of)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self._made
