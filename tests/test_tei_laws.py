"""Laws of TEI files: whatever the text, the file is XML, comes back exactly, and proves itself."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import note as show
from hypothesis import strategies as st
from lxml import etree
from test_export_tei import documents

from normtool.document import Document
from normtool.edition import read_tei
from normtool.export import tei
from normtool.pipeline import prepare
from normtool.read import Unreadable, from_text
from normtool.validate import validate

TEI_ALL = Path(__file__).resolve().parents[2] / "shared/tei/tei_all.rng"

#: What a scraped file may hold, and what no XML file can.
ODD = st.sampled_from(
    ["同志们:", "今 天", "<p>", "&", "&amp;", "]]>", "\x00", "\x07", "\x0b", "\x1b", "\ud800",
     "\udfff", "\ufffe", "\uffff", "\r\n", "\n", "\u2028", "\x85", "\ufeff", "\U0001f600",
     "\U000f0000", "。", "*.*亿元", "□", "\u200b", '"', "'"]
)  # fmt: skip
ANY = st.characters(exclude_categories=()) | ODD
#: The Char production of XML 1.0 (2.2): all that a file may hold.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(document: Document, **options) -> bytes:
    stream = io.BytesIO()
    tei.write(document, stream, date="2024-05-06", **options)
    return stream.getvalue()


def of_a_speech(document: Document) -> dict[str, int]:
    return {"speech": document.speeches[0]} if document.speeches else {}


@settings(max_examples=200, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=60).map("".join), st.sampled_from(["", "hant"]))
def test_any_text_is_written_as_xml_and_comes_back(text: str, script: str) -> None:
    try:
        document = prepare(from_text(text, "任意.txt"), script=script)
    except Unreadable:  # refused where it is read; the writer bears it all the same
        document = Document("任意.txt", text)
    data = written(document, **of_a_speech(document))
    show(data.decode())
    assert NO_XML.search(data.decode()) is None
    etree.fromstring(data)
    back = read_tei(data, "x.xml")
    if len(document.speeches) < 2:
        assert back.original == document.original
        assert back.text == document.text
        assert back.edits == document.edits
    assert [p for p in validate(data) if p.rule in ("xml", "ledger", "covered", "tags")] == []
    reading = written(document, view="reading", **of_a_speech(document))
    assert NO_XML.search(reading.decode()) is None
    etree.fromstring(reading)


@settings(max_examples=100, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=8).map("".join))
def test_any_words_of_the_user_are_written_as_xml(words: str) -> None:
    """What comes from metadata and from names is in no text that was looked through."""
    known = ("title", "speaker", "place", "licence", "publisher", "project", "source")
    document = prepare(from_text("同志们:今天开会。", f"{words}.txt"))
    meta = {
        "given": dict.fromkeys(known, words),
        "title": words,
        "site": words,
        "other": {words: words},
        "warnings": [{"code": words, "message": words}],
    }
    document = document.replace(meta=document.meta | meta)
    for data in (written(document), written(document, view="reading", publisher=words)):
        assert NO_XML.search(data.decode()) is None
        etree.fromstring(data)


@settings(max_examples=200, deadline=None)
@given(documents())
def test_each_printed_character_stands_once(document: Document) -> None:
    """Any edits, any blocks: the file alone proves it."""
    data = written(document, speech=document.speeches[0])
    show(data.decode())
    assert [p for p in validate(data) if p.rule in ("covered", "ledger")] == []


def test_each_printed_character_of_a_bundle_stands_once() -> None:
    """The head of the page is told of in the header of the corpus, and nowhere else."""
    text = (
        "目录\n春耕讲话2篇\n篇1：在春耕会上的讲话\n同志们:要抓紧。\n"
        "篇2：在总结会上的讲话\n同志们:很好。\n"
    )
    document = prepare(from_text(text, "春耕.txt"))
    assert document.speeches == [1, 2]
    for script in ("", "tw"):
        data = written(prepare(document, script=script), corpus=True)
        assert validate(data) == []
        root = etree.fromstring(data)
        told = [
            note.text
            for note in root.iter("{*}note")
            if (note.text or "") in ("篇1：", "春耕讲话2篇")
        ]
        assert sorted(told) == ["春耕讲话2篇", "篇1："]


@pytest.mark.skipif(
    shutil.which("jing") is None or not TEI_ALL.exists(), reason="needs jing and tei_all.rng"
)
def test_odd_characters_are_valid_tei(tmp_path: Path) -> None:
    odd = "同志们:\x00今\x07天\ud800开\ufffe会\uffff。\x0b\x1b[0m\n\udfff很好。\x85\u2028\n"
    files = []
    for number, text in enumerate((odd, "\x07", "\ud800\n\n\x01", odd * 3)):
        document = Document(f"{number}.txt", text)
        for view in tei.VIEWS:
            file = tmp_path / f"{number}.{view}.xml"
            file.write_bytes(written(document, view=view, **of_a_speech(document)))
            files.append(file)
    done = subprocess.run(
        ["jing", str(TEI_ALL), *map(str, files)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
