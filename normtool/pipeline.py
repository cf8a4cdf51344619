"""The road in one function: read this first.

    bytes -read-> Document -clean-> -structure-> -convert_script-> Document -write-> file

Every stage is a function from Document to Document; nothing is mutated.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO

from normtool.clean import DEFAULTS, Settings, clean_document
from normtool.document import Document
from normtool.records import NamedTuple

if TYPE_CHECKING:
    from normtool.script.decisions import Choices


def prepare(
    document: Document, settings: Settings = DEFAULTS, script: str = "", quotes: str = "keep"
) -> Document:
    """Return the document cleaned, structured and, if ``script`` names a profile, converted.

    ``quotes`` is the style of quotation marks in the other script: keep, corner, curly.

    A document that has blocks has been down this road before (it was read from
    saved JSON): neither cleaning nor structure runs again, and of the ``settings``
    only what is about the other script matters. Raises ValueError for an unknown profile.
    """
    if not document.blocks:
        from normtool.structure import structure

        document = structure(clean_document(document, settings))
    if script and script != document.script:
        from normtool.script import convert_script

        document = convert_script(document, script, choices=_choices(settings))
    if quotes != "keep":
        from normtool.script import exchange_quotes

        document = exchange_quotes(document, quotes)
    return document


@lru_cache(maxsize=4)
def _choices(settings: Settings) -> Choices:
    """What the settings say of the other script."""
    from normtool.rule import chosen
    from normtool.script.decisions import CODES, Choices

    codes = frozenset(chosen(CODES, settings.select, settings.ignore))
    return Choices(codes, settings.glossary, settings.keep)


def write(document: Document, stream: BinaryIO, format: str, **options: Any) -> None:
    """Write a prepared document to a binary stream; ``format`` is a key of ``export.WRITERS``."""
    from normtool.export import write

    write(document, stream, format, **options)


class Output(NamedTuple):
    """One file to be written: its name, and what ``write`` needs to write it."""

    name: str
    document: Document
    format: str
    options: dict[str, Any]


def outputs(
    document: Document,
    stem: str,
    formats: Iterable[str],
    scripts: Iterable[str] = (),
    *,
    settings: Settings = DEFAULTS,
    quotes: str = "",
    bundle: bool = False,
    split: bool = False,
    parallel: bool = False,
) -> list[Output]:
    """Return the files that a prepared document becomes, in all formats and scripts.

    ``quotes`` is the style of quotation marks in converted text: keep, corner or curly;
    "" is the region's own in text and Word, and keep in TEI and JSON. Each script is
    converted once. The TEI files of a speech in two scripts name each other as twins, and so
    do the pages of HTML. With
    ``bundle`` TEI is one file of all speeches, a ``teiCorpus``;
    with ``split`` Word is one file a speech; with ``parallel`` HTML is one page of all
    scripts side by side, as TSV always is.
    """
    from normtool.export import is_aligned, names, quotes_for

    documents = [prepare(document, settings, script) for script in tuple(scripts) or ("",)]
    quoted: dict[tuple[int, str], Document] = {}

    def in_style(index: int, format: str) -> Document:
        style = quotes or quotes_for(documents[index], format)
        if (index, style) not in quoted:
            quoted[index, style] = prepare(documents[index], quotes=style)
        return quoted[index, style]

    found = []
    for format in formats:
        styled = [in_style(index, format) for index in range(len(documents))]
        if is_aligned(format, parallel):
            options: dict[str, Any] = {"twins": [one for one in styled if one.cleaned is not None]}
            if format == "html":
                options["parallel"] = True
            ((name, _),) = names(document, stem, format, tagged=False)
            found.append(Output(name, document.cleaned or document, format, options))
            continue
        ways = [(one, list(names(one, stem, format, bundle=bundle, split=split))) for one in styled]
        for index, (one, files) in enumerate(ways):
            other = ways[index - 1][1] if len(ways) > 1 else []
            for place, (name, options) in enumerate(files):
                if format == "tei" and place < len(other):
                    options = options | {"twin": other[place][0]}
                if format == "html" and len(ways) > 1:
                    options = options | {"others": _pages(ways, index)}
                found.append(Output(name, one, format, options))
    return found


def _pages(ways: list[tuple[Document, list[tuple[str, dict[str, Any]]]]], own: int) -> Any:
    """Language and file name of the pages beside one of them."""
    from normtool.script import language

    return [
        (language(document), files[0][0])
        for index, (document, files) in enumerate(ways)
        if index != own
    ]


def convert(
    source: str | os.PathLike[str],
    folder: str | os.PathLike[str],
    formats: Iterable[str] = ("txt",),
    scripts: Iterable[str] = (),
    settings: Settings = DEFAULTS,
    quotes: str = "",
) -> list[str]:
    """Read one file and write it into ``folder`` in all formats and scripts; return the paths.

    Without ``scripts`` the text stays in the script it is in. The file is
    cleaned once. ``quotes`` as in ``outputs``. Raises Unreadable, Unwritable, and
    ValueError for an unknown format, profile or style of quotes.
    """
    from normtool.read import atomic, read

    document = prepare(read(source), settings)
    stem = os.path.splitext(os.path.basename(os.fspath(source)))[0]
    written = []
    for output in outputs(
        document, stem, tuple(formats), scripts, settings=settings, quotes=quotes
    ):
        path = os.path.join(folder, output.name)
        with atomic(path, parents=True) as stream:
            write(output.document, stream, output.format, **output.options)
        written.append(path)
    return written
