"""The bundle: all speeches of a document as one ``teiCorpus``.

What the speeches share (the page, the file, the rules, the practice) is said
once, in the header of the corpus, so that no id is given twice. The speeches
are written one after the other: memory does not grow with their number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import BinaryIO

from normtool.document import Document
from normtool.export.tei.alternatives import stand_off
from normtool.export.tei.body import Body
from normtool.export.tei.header import Header
from normtool.export.tei.markup import format_attributes, to_bytes
from normtool.export.tei.root import labels, tei_attributes
from normtool.export.tei.speech import Speech

#: Makes the body of a speech, its markup counted from nothing, behind a margin.
MakeBody = Callable[[Speech, str, str], Body]
MakeHeader = Callable[[Speech, Body, str], Header]

#: So much of a corpus is kept in memory before it goes to a temporary file.
_IN_MEMORY = 1 << 18


def write_corpus(
    document: Document,
    stream: BinaryIO,
    prologue: str,
    language: str,
    twin: str,
    make_body: MakeBody,
    make_header: MakeHeader,
) -> None:
    """Write a ``teiCorpus`` to a binary stream, behind a prologue.

    The header of the corpus declares what the headers and texts of all speeches point at
    and comes before them: they wait in a temporary file.
    """
    from shutil import copyfileobj
    from tempfile import SpooledTemporaryFile

    whole = Speech(document, 0)
    whole.outside += [line for line in whole.lines if line in whole.told]
    whole.lines = []
    shared = make_body(whole, "", "")
    shared.markup.counts = Counter()
    size = 0
    with SpooledTemporaryFile(_IN_MEMORY) as speeches:
        for number in document.speeches:
            speech = Speech(document, number)
            body = make_body(speech, twin, "      ")
            # The text of a TEI counts itself, as in a file of its own.
            body.markup.counts["text"] += 1
            header = make_header(speech, body, "    ")
            text = _speech(speech, body, header, language, twin)
            speeches.write(to_bytes(text, document.name))
            shared.take(body, header.codes, header.markup.characters)
            size += header.size
        header = make_header(whole, shared, "  ")
        header.size = size
        header.keeps_ledger = False  # each speech has its own
        root = {
            "xmlns": "http://www.tei-c.org/ns/1.0",
            "xml:id": "corpus",
            "xml:lang": language,
            "corresp": twin,
        }
        start = f"{prologue}<teiCorpus{format_attributes(root)}>\n{header.text()}"
        stream.write(to_bytes(start, document.name))
        speeches.seek(0)
        copyfileobj(speeches, stream)
    stream.write(b"</teiCorpus>\n")


def _speech(speech: Speech, body: Body, header: Header, language: str, twin: str) -> str:
    """The ``TEI`` of one speech."""
    found = labels(speech)
    ana = header.point(found) if found else ""
    attributes = dict(tei_attributes(speech, language, "", found, ana))
    del attributes["xmlns"]
    attributes["corresp"] = f"{twin}#{speech.ident}" if twin else ""
    return (
        f"  <TEI{format_attributes(attributes)}>\n{header.in_corpus()}"
        f"    <text>\n{body.text}    </text>\n{stand_off(body, '    ')}  </TEI>\n"
    )
