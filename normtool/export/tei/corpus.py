"""The bundle: all speeches of a document as one ``teiCorpus``.

What the speeches share (the page, the file, the rules, the practice) is said
once, in the header of the corpus, so that no id is given twice. The speeches
are written one after the other: memory does not grow with their number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from normtool.document import Document
from normtool.export.tei.body import Body
from normtool.export.tei.header import Header
from normtool.export.tei.markup import format_attributes
from normtool.export.tei.root import labels, tei_attributes
from normtool.export.tei.speech import Speech

#: Makes the body of a speech, its markup counted from nothing.
MakeBody = Callable[[Speech, str], Body]
MakeHeader = Callable[[Speech, Body], Header]


def corpus_lines(
    document: Document, language: str, twin: str, make_body: MakeBody, make_header: MakeHeader
) -> Iterator[str]:
    """The lines of a ``teiCorpus``.

    Each speech is made twice: the header of the corpus declares what the
    headers and texts of all speeches point at, and comes before them.
    """
    whole = Speech(document, 0)
    whole.outside += whole.lines
    whole.lines = []
    shared = make_body(whole, "")
    shared.markup.counts = Counter()
    size = 0
    for speech, body, header in _speeches(document, twin, make_body, make_header):
        header.keeps_ledger = False  # it declares nothing
        header.lines_in_corpus()
        if found := labels(speech):
            header.point(found)
        shared.codes |= header.codes
        for mapping in body.mappings:
            shared.mappings.setdefault(mapping, [])
        shared.masks |= body.masks
        shared.sentences |= body.sentences
        shared.reviewers |= body.reviewers
        shared.markup.counts += body.markup.counts
        shared.markup.characters |= body.markup.characters | header.markup.characters
        size += sum(len(speech.words(line)) for line in speech.lines)
        # Only whether there are parts matters: it decides how to cite.
        shared.lines = [*shared.lines, *(line for line in body.lines if "<div " in line)][:99]
    header = make_header(whole, shared)
    header.size = size
    header.keeps_ledger = False  # each speech has its own
    root = {
        "xmlns": "http://www.tei-c.org/ns/1.0",
        "xml:id": "corpus",
        "xml:lang": language,
        "corresp": twin,
    }
    yield f"<teiCorpus{format_attributes(root)}>"
    yield from (f"  {line}" for line in header.lines())
    for speech, body, header in _speeches(document, twin, make_body, make_header):
        found = labels(speech)
        ana = header.point(found) if found else ""
        attributes = dict(tei_attributes(speech, language, "", found, ana))
        del attributes["xmlns"]
        attributes["corresp"] = f"{twin}#{speech.ident}" if twin else ""
        yield f"  <TEI{format_attributes(attributes)}>"
        yield from (f"    {line}" for line in header.lines_in_corpus())
        yield "    <text>"
        yield from (f"      {line}" for line in body.lines)
        yield "    </text>"
        yield from (f"    {line}" for line in body.stand_off)
        yield "  </TEI>"
    yield "</teiCorpus>"


def _speeches(
    document: Document, twin: str, make_body: MakeBody, make_header: MakeHeader
) -> Iterator[tuple[Speech, Body, Header]]:
    """Each speech with its body and header."""
    for number in document.speeches:
        speech = Speech(document, number)
        body = make_body(speech, twin)
        # The text of a TEI counts itself, as in a file of its own.
        body.markup.counts["text"] += 1
        yield speech, body, make_header(speech, body)
