"""How fast TEI is written: ``python tests/benchmarks/tei.py [FILE]``.

The text (by default the samples) is repeated to 1 MB. Printed in one run, as
MB of UTF-8 a second of CPU time, the best of five: normtool's writer alone on
a document that it has not seen before, in both views; the same of the text
once cleaned, in which hardly anything is left to mark; with cleaning and
structure; and trafilatura's ``xmltei``: of a web page with the same
paragraphs, which is what its users call, and the last step of that alone, the
conversion of a finished tree into TEI without any marks. Then the peak memory
of writing a document of 1, 100 and 10,000 speeches, one file a speech, and of
the same as one ``teiCorpus``; the document and the names of its files are
there before.
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
SIZE = 1_000_000
SPEECH = "在春耕会议上的讲话\n同志们:今天开会,研究春耕工作。\n一、提高认识\n要抓好落实。\n"


def timed(run, times=5):
    """The least CPU seconds of a few runs, and what the run returned."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        result = run()
        best = min(best, time.process_time() - start)
    return best, result


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
    return outputs(document, "x", ("tei",), (), **options)


def write_all(files, **options):
    for output in files:
        tei.write(output.document, Nowhere(), **output.options, **options)


def writing(document, times=5, **options):
    """The least CPU seconds of writing all speeches of a document."""
    waiting = [files_of(document) for _ in range(times)]
    return timed(lambda: write_all(waiting.pop(), **options), times)[0]


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
    return document


def main(path=None):
    files = [Path(path)] if path else sorted((ROOT / "samples").rglob("*.txt"))
    text = "\n".join(decode(file.read_bytes())[0] for file in files)
    text = "\n".join([text] * -(-SIZE // len(text.encode())))
    size = len(text.encode()) / 1e6
    cleaning, document = timed(lambda: prepare(from_text(text)), 1)
    cleaned = prepare(from_text(document.text))
    edition = writing(document)
    paragraphs = [line for line in document.text.split("\n") if line]
    theirs, _ = timed(lambda: page_by_trafilatura(paragraphs))
    last, _ = timed(lambda: by_trafilatura(paragraphs))
    print(f"{size:.1f} MB, {len(document.speeches)} speeches, {len(document.edits)} edits")
    print(f"once cleaned: {len(cleaned.speeches)} speeches, {len(cleaned.edits)} edits")
    for name, seconds in (
        ("write", edition),
        ("write, reading", writing(document, view="reading")),
        ("write, once cleaned", writing(cleaned)),
        ("clean and write", cleaning + edition),
        ("trafilatura xmltei", theirs),
        ("its last step", last),
    ):
        print(f"{name:20}{size / seconds:8.2f} MB/s{theirs / seconds:8.2f} x")
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


if __name__ == "__main__":
    main(*sys.argv[1:])
