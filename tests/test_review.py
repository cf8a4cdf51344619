"""Review files: tracked changes and comments, judged by programs that share no code with them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import normtool
from normtool.document import Document
from normtool.edits import HIGH, LOW, MEDIUM, Edit, apply
from normtool.export.docx.review.superposed import is_silent, visible
from normtool.structure import structure

ROOT = Path(__file__).parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))

DAMAGED = """三农工作_某某网

同志们:今天 开会,形势严竣。一、抓好春耕:
粮食增产*.*%,外资万美元 ，
要早 动手.

谢谢大家!
"""


def review_bytes(document: Document, **options) -> bytes:
    stream = io.BytesIO()
    normtool.write(document, stream, "docx", review=True, **options)
    return stream.getvalue()


def prepared(text: str) -> Document:
    return normtool.prepare(normtool.from_text(text))


def part(content: bytes, name: str = "word/document.xml"):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def decided(content: bytes, kept: str, gone: str) -> str:
    """All changes accepted (kept "ins", gone "del") or rejected, by the letter of ECMA-376."""
    lines, line = [], ""
    for paragraph in part(content).iter(W + "p"):
        for word in paragraph.iter(W + "t", W + "delText", W + "tab"):
            if not any(outer.tag == W + gone for outer in word.iterancestors()):
                line += "\t" if word.tag == W + "tab" else word.text or ""
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}")
        if mark is None:
            lines.append(line)
            line = ""
    assert not line, "the last mark of a body cannot be deleted"
    return "\n".join(lines)


def accepted(content: bytes) -> str:
    return decided(content, "ins", "del")


def rejected(content: bytes) -> str:
    return decided(content, "del", "ins")


def revisions(content: bytes) -> list[tuple[str, str, str]]:
    """(ins or del, author, words) of every change, a paragraph mark as ¶."""
    return [
        (
            etree.QName(e).localname,
            e.get(W + "author"),
            "".join(e.itertext()) or "¶",
        )
        for e in part(content).iter(W + "ins", W + "del")
    ]


def comments(content: bytes) -> list[str]:
    return [
        "\n".join("".join(p.itertext()) for p in comment.iter(W + "p"))
        for comment in part(content, "word/comments.xml")
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_rejecting_all_gives_the_original_and_accepting_all_the_text(path: Path) -> None:
    document = normtool.prepare(normtool.read(path))
    content = review_bytes(document, track="all")
    assert rejected(content) == visible(document.original)
    assert accepted(content) == visible(document.text)
    fewer = review_bytes(document)
    silent = [edit for edit in document.edits if is_silent(document, edit)]
    assert rejected(fewer) == visible(apply(document.original, silent))
    assert accepted(fewer) == visible(document.text)


TEXTS = st.text("甲乙，。\n\n 　\t\x07<&\u2028", max_size=12)


@st.composite
def documents(draw) -> Document:
    """Texts with any sound edits."""
    original, edits = draw(TEXTS), []
    for _ in range(draw(st.integers(1, 6))):
        before, after = draw(TEXTS), draw(TEXTS)
        certainty = draw(st.sampled_from([LOW, MEDIUM, HIGH]))
        if before != after:
            edits.append(Edit(len(original), before, after, ("PUN101",), certainty))
            original += before
        original += draw(TEXTS.filter(bool))
    return structure(Document("made.txt", original, edits=tuple(edits)))


@settings(max_examples=150, deadline=None)
@given(documents())
def test_any_edits_are_shown_exactly(document: Document) -> None:
    content = review_bytes(document, track="all")
    assert rejected(content) == visible(document.original)
    assert accepted(content) == visible(document.text)
    assert accepted(review_bytes(document)) == visible(document.text)


def test_line_ends_of_other_systems_are_no_changes() -> None:
    document = prepared("同志们：\r\n今天开会。\r\n\r\n谢谢大家！\r\n")
    content = review_bytes(document, track="all")
    assert rejected(content) == "同志们：\n今天开会。\n\n谢谢大家！\n"
    assert [kind for kind, _, _ in revisions(content)] == ["del"]
