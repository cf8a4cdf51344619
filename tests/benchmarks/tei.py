"""How fast TEI is written: ``python tests/benchmarks/tei.py [FILE...]``.

Each file (by default the samples) is a document. Speed depends on how much there is
to mark, so they are written three times: as they came, with many edits; once cleaned,
with hardly any; and these once more as one text of long paragraphs, as reports have
them. Printed for each, as MB of UTF-8 of text a second of CPU time, the best of many for
every document: normtool's writer alone on a document that it has not seen before, in both
views; cleaning, structure and writing; and trafilatura's ``xmltei`` in the same run: of a
web page with the same paragraphs, which is what its users call, and the last step of that
alone, the conversion of a finished tree into TEI without any marks. Then the peak memory
of writing a document of 1, 100 and 10,000 speeches, one file a speech, and of the same
as one ``teiCorpus``; the document and the names of its files are there before.
"""

from __future__ import annotations

import io
import sys
import time
import tracemalloc
from html import escape
from pathlib import Path

from lxml import etree

from normtool.decode import decode
from normtool.document import PARAGRAPH
from normtool.export import tei
from normtool.pipeline import outputs, prepare
from normtool.read import from_text

ROOT = Path(__file__).parents[2]
LONG = 300  # characters of a long paragraph, at least
TIMES = 15
SPEECH = "在春耕会议上的讲话\n同志们:今天开会,研究春耕工作。\n一、提高认识\n要抓好落实。\n"


def timed(make, run):
    """The least CPU seconds of some runs, each on what ``make`` made for it."""
    best = float("inf")
    for _ in range(TIMES):
        given = make()
        start = time.process_time()
        run(given)
        best = min(best, time.process_time() - start)
    return best


class Nowhere(io.RawIOBase):
    """A stream that keeps nothing."""

    def writable(self):
        return True

    def write(self, data):
        return len(data)


def files_of(document, **options):
    """What is to be written, of a document of its own: nothing is remembered of it."""
    document = document.replace()
    assert document.text is not None
    assert document.edits is not None
    return outputs(document, "x", ("tei",), (), **options)


def write_all(files, **options):
    for output in files:
        tei.write(output.document, Nowhere(), **output.options, **options)


def by_trafilatura(paragraphs):
    from trafilatura.settings import Document
    from trafilatura.xml import build_tei_output

    body = etree.Element("body")
    for words in paragraphs:
        etree.SubElement(body, "p").text = words
    page = Document(title="x", body=body, commentsbody=etree.Element("body"))
    return etree.tostring(build_tei_output(page), encoding="utf-8")


def page_by_trafilatura(paragraphs):
    from trafilatura import extract

    words = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    page = f"<html><body><article><h1>x</h1>{words}</article></body></html>"
    found = extract(page, output_format="xmltei")
    assert found is not None
    assert len(found) > 0.8 * sum(map(len, paragraphs)), "trafilatura left out most of the page"
    return found


def book(speeches):
    """A cleaned document of so many speeches."""
    document = prepare(from_text(SPEECH * speeches))
    count = 0
    blocks = []
    for block in document.blocks:
        count += document.text[block.start : block.end] == SPEECH.partition("\n")[0]
        blocks.append(block._replace(speech=count, kind=PARAGRAPH))
    document = document.replace(blocks=tuple(blocks))
    assert len(document.speeches) == speeches
    assert document.edits  # they are made when they are first asked for
    return document


def measure(title, documents):
    """Print the speeds for some documents."""
    texts = [document.text for document in documents]
    size = sum(len(text.encode()) for text in texts) / 1e6
    edits = sum(len(document.edits) for document in documents)
    per_thousand = 1000 * edits / sum(map(len, texts))
    count = sum(len(document.speeches) for document in documents)
    print(
        f"{title}: {len(documents)} documents, {count} speeches, {size * 1000:.0f} kB, "
        f"{per_thousand:.1f} edits in 1,000 characters"
    )
    originals = [document.original for document in documents]
    paragraphs = [[line for line in text.split("\n") if line] for text in texts]

    def spent(given, make, run):
        return sum(timed(lambda one=one: make(one), run) for one in given)

    def clean_and_write(text):
        write_all(files_of(prepare(from_text(text, "x.txt"))))

    theirs = spent(paragraphs, list, page_by_trafilatura)
    for name, seconds in (
        ("write", spent(documents, files_of, write_all)),
        ("write, reading", spent(documents, files_of, lambda f: write_all(f, view="reading"))),
        ("clean and write", spent(originals, str, clean_and_write)),
        ("trafilatura xmltei", theirs),
        ("its last step", spent(paragraphs, list, by_trafilatura)),
    ):
        print(f"  {name:20}{size / seconds:8.2f} MB/s{theirs / seconds:8.2f} x")


def long_paragraphs(documents):
    """The words of all, as one text of long paragraphs."""
    found = [""]
    for document in documents:
        for block in document.blocks:
            if block.kind == PARAGRAPH:
                found[-1] += document.line(block)
                found += [""] * (len(found[-1]) >= LONG)
    return "\n".join(found[:-1] or found)


def memory():
    """Print the peaks of memory."""
    for speeches in (1, 100, 10_000):
        document = book(speeches)
        peaks = []
        for options in ({}, {"bundle": True}):
            files = files_of(document, **options)
            tracemalloc.start()
            write_all(files)
            peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
            tracemalloc.stop()
        print(f"{speeches:6} speeches: {peaks[0]:6.1f} MB in files, {peaks[1]:6.1f} MB as a corpus")


def main(*paths):
    files = [Path(path) for path in paths] or sorted((ROOT / "samples").rglob("*.txt"))
    texts = [decode(file.read_bytes())[0] for file in files]
    documents = [prepare(from_text(text, "x.txt")) for text in texts]
    cleaned = [prepare(from_text(document.text, "x.txt")) for document in documents]
    measure("many edits", documents)
    measure("few edits", cleaned)
    text = long_paragraphs(cleaned)
    measure("few edits, long paragraphs", [prepare(from_text(text, "x.txt"))])
    memory()


if __name__ == "__main__":
    main(*sys.argv[1:])
