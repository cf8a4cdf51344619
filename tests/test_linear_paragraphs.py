"""Many paragraphs: what writes, checks and reads back takes time as they grow in number, no more.

A document of many short lines, each with changes of several kinds, is where something
that looks at every line for every change would be found.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pytest
from growth import grows_by_less

from normtool.clean import Settings
from normtool.decide import decide, decided
from normtool.document import Document
from normtool.export import WRITERS
from normtool.pipeline import outputs, prepare, write
from normtool.read import from_text, read_bytes
from normtool.validate import validate

FEW, MANY = 500, 2_000
#: What four times the paragraphs may take; twelve times is what a square would take at least.
MOST = 9
LINES = (
    "同志们,今天,开会,研究,第{n}项,工作,抓紧,抓好.",
    "一是抓好收 割,二是抓好晾晒,三是抓好入库,四是抓好上报,很好.",
    "产量□.*万吨,比上年,增长,5%,再创新高,值得,总结,推广.",
)


@cache
def document(paragraphs: int) -> Document:
    text = "\n".join(LINES[n % len(LINES)].format(n=n) for n in range(paragraphs))
    made = prepare(from_text(text, "x.txt"), Settings(typo_model=False))
    assert len(made.blocks) == paragraphs
    assert len(made.edits) > 4 * paragraphs
    return made


def written(paragraphs: int, format: str, **options: object) -> list[bytes]:
    found = []
    for output in outputs(document(paragraphs), "x", (format,)):
        stream = io.BytesIO()
        write(output.document, stream, output.format, **(output.options | options))
        found.append(stream.getvalue())
    return found


def grows_evenly(make: Callable[[int], Callable[[], object]]) -> bool:
    return grows_by_less(MOST, make(FEW), make(MANY))


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_every_writer(format: str) -> None:
    assert grows_evenly(lambda paragraphs: lambda: written(paragraphs, format))


@pytest.mark.parametrize("format", ["html", "tsv"])
def test_two_scripts_side_by_side(format: str) -> None:
    def run(paragraphs: int) -> Callable[[], object]:
        one = document(paragraphs)
        found = outputs(one, "x", (format,), ("hans", "hant"), parallel=True)
        return lambda: [write(o.document, io.BytesIO(), format, **o.options) for o in found]

    assert grows_evenly(run)


def test_validate() -> None:
    def run(paragraphs: int) -> Callable[[], object]:
        (content,) = written(paragraphs, "tei")

        def check() -> None:
            assert validate(content) == []

        return check

    # Eight times the paragraphs: going through all lines for each mark took 17 times as long.
    assert grows_by_less(12, run(FEW), run(2 * MANY))


def test_reading_an_edition_back() -> None:
    def run(paragraphs: int) -> Callable[[], object]:
        (content,) = written(paragraphs, "tei")

        def read() -> None:
            assert read_bytes(content, "x.xml").text == document(paragraphs).text

        return read

    assert grows_evenly(run)


def test_deciding() -> None:
    def run(paragraphs: int) -> Callable[[], object]:
        (content,) = written(paragraphs, "docx", review=True)

        def read() -> None:
            assert decided(decide(content, "x.docx")).original == document(paragraphs).original

        return read

    assert grows_evenly(run)
