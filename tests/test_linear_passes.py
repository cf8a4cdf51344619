"""Before and behind cleaning: four times the text takes no more than nine times as long.

Decoding, the main text of pages, structure, conversion, and every exporter, on
what sites and accidents make. Sizes are small, so that this runs with the others;
with NORMTOOL_BIG=1 whole files of megabytes are converted, too.
"""

from __future__ import annotations

import contextlib
import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from growth import grows_by_less

from normtool.clean import Settings, clean_document
from normtool.decode import decode
from normtool.document import Document
from normtool.edition import is_tei
from normtool.export import WRITERS, write
from normtool.page import is_page
from normtool.pipeline import outputs, prepare
from normtool.read import Unreadable, from_text, read_bytes
from normtool.structure import structure

SHORT, LONG = 3_000, 12_000
WITHOUT_MODEL = Settings(typo_model=False)
UNITS = (
    "会", ",,,,", "(", "12 ", "*", "“", "<", "&#", "□", "会\n\n", "同志们:\n", "在会议上的讲话\n",
    "篇1:\n同志们:\n今天开会。\n", "今 年,", "標籤:會 ", "□%，",
)  # fmt: skip


def text_of(unit: str, length: int) -> str:
    return "会" + (unit * (length // len(unit) + 1))[:length]


def grows_evenly(run: Callable[[int], Callable[[], object]]) -> bool:
    """Whether ``run(length)`` makes something that, called, takes time as the length grows."""
    return grows_by_less(9, run(SHORT), run(LONG))


def cleaned(unit: str, length: int) -> Document:
    return clean_document(Document("test", text_of(unit, length)), WITHOUT_MODEL)


def test_pages_of_every_kind_one_after_the_other() -> None:
    """What looks back over all that was read grows with what is found, not with a unit."""
    samples = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
    text = "\n".join(decode(sample.read_bytes())[0] for sample in samples)

    def run(times: int) -> Callable[[], object]:
        return lambda: clean_document(Document("test", text * times), WITHOUT_MODEL)

    assert grows_by_less(6, run(40), run(160))


@pytest.mark.parametrize("unit", UNITS)
def test_structure(unit: str) -> None:
    def run(length: int) -> Callable[[], object]:
        document = cleaned(unit, length)
        return lambda: structure(document)

    assert grows_evenly(run)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("format", sorted(WRITERS))
def test_every_exporter(unit: str, format: str) -> None:
    def run(length: int) -> Callable[[], object]:
        document = structure(cleaned(unit, length))

        def written() -> None:
            for output in outputs(document, "x", (format,), bundle=True):
                write(output.document, io.BytesIO(), output.format, **output.options)

        return written

    assert grows_evenly(run)


@pytest.mark.parametrize("unit", UNITS)
def test_script(unit: str) -> None:
    def run(length: int) -> Callable[[], object]:
        document = structure(cleaned(unit, length))
        return lambda: prepare(document, script="tw")

    assert grows_evenly(run)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "big5hkscs"])
def test_decoding(unit: str, encoding: str) -> None:
    def run(length: int) -> Callable[[], object]:
        data = text_of(unit, length).encode(encoding, "ignore")

        def read() -> None:
            with contextlib.suppress(Unreadable):
                read_bytes(data, "test")

        return read

    assert grows_evenly(run)


@pytest.mark.parametrize("piece", ["<!---->", "<!DOCTYPE x>", "<??>", "<?x", "<!--", " ", "<a>"])
def test_whether_it_is_a_page_or_tei_is_told_at_once(piece: str) -> None:
    # Forty such pieces, each of which can end in two places, took longer than a life.
    text = "\ufeff" + piece * 1000 + "x"
    start = time.process_time()
    assert not is_tei(text.encode())
    assert not is_page(text, "<stdin>")
    assert time.process_time() - start < 1


@pytest.mark.skipif(not os.environ.get("NORMTOOL_BIG"), reason="takes minutes: NORMTOOL_BIG=1")
@pytest.mark.parametrize(
    ("unit", "size"),
    [
        *((unit, 1_000_000) for unit in UNITS),
        ("会，", 17_000_000),  # one line of 50 MB
        ("\n", 1_000_000),
        ("篇1:\n同志们:\n今天开会,研究秋收工作。\n", 10_000 * 25),
    ],
)
def test_big(unit: str, size: int) -> None:
    text = text_of(unit, size)
    start = time.process_time()
    document = prepare(from_text(text), WITHOUT_MODEL)
    for output in outputs(document, "x", ("txt", "tei", "docx"), bundle=True):
        write(output.document, io.BytesIO(), output.format, **output.options)
    each = (time.process_time() - start) / len(text)
    assert each < 200e-6
