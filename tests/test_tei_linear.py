"""A book of many speeches is written in a time that grows with their number, no faster."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from growth import grows_by_less

from normtool.document import Document
from normtool.export import tei
from normtool.pipeline import outputs, prepare
from normtool.read import from_text

SPEECH = "篇{n}：在秋收会议上的讲话\n同志们:今天开会,研究秋收工作。\n一、提高认 识\n要抓好落实。\n"
FEW, MANY = 60, 480


def book(speeches: int) -> Document:
    document = prepare(from_text("".join(SPEECH.format(n=n + 1) for n in range(speeches))))
    assert len(document.speeches) == speeches
    return document


def writing(document: Document, script: str, bundle: bool) -> Callable[[], object]:
    files = outputs(document, "x", ("tei",), (script,) if script else (), bundle=bundle)

    def write() -> None:
        for output in files:
            stream = io.BytesIO()
            tei.write(output.document, stream, **output.options)
            assert stream.getvalue().endswith((b"</TEI>\n", b"</teiCorpus>\n"))

    return write


@pytest.mark.parametrize("script", ["", "tw"])
@pytest.mark.parametrize("bundle", [False, True], ids=["files", "corpus"])
def test_time_grows_with_the_number_of_speeches_and_no_faster(script: str, bundle: bool) -> None:
    few, many = book(FEW), book(MANY)
    # Eight times the speeches.
    assert grows_by_less(16, writing(few, script, bundle), writing(many, script, bundle))
