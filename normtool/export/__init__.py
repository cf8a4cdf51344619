"""Writing: one module a format, and the table of them.

A new format is one module with ``write(document, stream, **options)`` and one
line in ``WRITERS``.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, BinaryIO

from normtool.document import Document
from normtool.patterns import later
from normtool.records import NamedTuple


class Writer(NamedTuple):
    """Where a format is written, and how its files are named.

    module     imported only when something is written: lxml and others are heavy
    suffix     of the file name, without its dot
    by_speech  one file a speech, always with number and language in the name
    readers    made for people to read: with the quotation marks of their region
    aligned    one file with the text in all scripts, block by block
    """

    module: str
    suffix: str
    by_speech: bool = False
    readers: bool = False
    aligned: bool = False


#: Number and language in the name of a file that holds one speech.
SPEECH_TAGS = later(r"\.\d+\.(?:zh|und)(?:-\w+)*$")

#: Every format by the name that ``-t`` knows it by.
WRITERS = {
    "txt": Writer("normtool.export.text", "txt", readers=True),
    "docx": Writer("normtool.export.docx", "docx", readers=True),
    "tei": Writer("normtool.export.tei", "xml", by_speech=True),
    "json": Writer("normtool.export.json", "json"),
    "html": Writer("normtool.export.html", "html", readers=True),
    "tsv": Writer("normtool.export.tsv", "tsv", aligned=True),
}


def write(document: Document, stream: BinaryIO, format: str, **options: Any) -> None:
    """Write a document to a binary stream; the module of the format says which options it has.

    Raises ValueError if there is no such format.
    """
    import_module(_writer(format).module).write(document, stream, **options)


def names(
    document: Document,
    stem: str,
    format: str,
    tagged: bool | None = None,
    *,
    bundle: bool = False,
    split: bool = False,
) -> list[tuple[str, dict[str, Any]]]:
    """Return the files that a document becomes: (file name, options for ``write``).

    tagged  whether the language stands in the name: ``stem.zh-Hant-TW.docx``; else it
            does if the document was converted. A format that makes one file a speech
            always has it: ``stem.2.zh-Hans.xml``.

    bundle  a format that makes one file a speech makes one of all: ``stem.zh-Hans.xml``

    split   Word, which makes one file of all, makes one a speech: ``stem.2.docx``

    Raises ValueError if there is no such format.
    """
    writer = _writer(format)
    if tagged is None:
        tagged = bool(document.script)
    if not writer.by_speech:
        language = f".{_language(document)}" if tagged else ""
        if split and format == "docx" and len(document.speeches) > 1:
            return [
                (f"{stem}.{number}{language}.{writer.suffix}", {"speech": number})
                for number in document.speeches
            ]
        name = stem + language
        return [(f"{name}.{writer.suffix}", {})]
    language = _language(document)
    stem = SPEECH_TAGS.sub("", stem)  # it was made of such a file
    if bundle and document.speeches:
        options = {"language": language, "corpus": True}
        return [(f"{stem}.{language}.{writer.suffix}", options)]
    if not document.speeches:
        return [(f"{stem}.1.{language}.{writer.suffix}", {"language": language})]
    return [
        (f"{stem}.{number}.{language}.{writer.suffix}", {"speech": number, "language": language})
        for number in document.speeches
    ]


def is_aligned(format: str, parallel: bool) -> bool:
    """Whether a format holds all scripts of a text in one file; HTML does if it is ``parallel``.

    Raises ValueError if there is no such format.
    """
    return _writer(format).aligned or (parallel and format == "html")


def quotes_for(document: Document, format: str) -> str:
    """The style of quotation marks that a format has if nobody asks for another.

    What people read has the marks of the region that the document was converted for;
    what programs read, and what an OpenCC configuration made, keeps those of the source.
    Raises ValueError if there is no such format.
    """
    if not _writer(format).readers or not document.script:
        return "keep"
    from normtool.script import PROFILES

    profile = PROFILES.get(document.script)
    return profile.quotes if profile else "keep"


def _language(document: Document) -> str:
    from normtool.export.language import language

    return language(document)


def _writer(format: str) -> Writer:
    try:
        return WRITERS[format]
    except KeyError:
        raise ValueError(
            f"there is no format {format!r}; there are: {', '.join(WRITERS)}"
        ) from None
