"""The parallel exports: every block beside its source and its twins, with the ids of TEI."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

import normtool
from normtool.cli import main
from normtool.document import Document
from normtool.edits import SCRIPT, Edit
from normtool.export.aligned import Part, Row, both, conversion, idents, rows
from normtool.pipeline import outputs, prepare
from normtool.read import read
from normtool.script import convert_script

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
TEXT = (
    "0\n\n关于“三农”工作的讲话_某某文秘_网\n\n同志们:今年 引进外资万美元,形势严竣。\n"
    "一、优化项目\n会议强调<要>“抓好”A&B\x07春耕。\n"
)

each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)


def speech() -> Document:
    return prepare(normtool.from_text(TEXT, name="a.txt"))


def written(document: Document, format: str, **options: Any) -> str:
    stream = io.BytesIO()
    normtool.write(document, stream, format, **options)
    return stream.getvalue().decode("utf-8")


def columns(page: str) -> list[list[str]]:
    """The rows of a page: id, kind, and the words of each column."""
    tree = html.fromstring(page)
    return [
        [row.get("id", ""), row.get("class", "")]
        + [cell.text_content() for cell in row.findall("td")[1:]]
        for row in tree.iter("tr")
        if row.find("td") is not None
    ]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), dialect="excel-tab"))


@each_sample
def test_ids_are_those_of_tei(path: Path) -> None:
    document = prepare(read(path))
    known = idents(document)
    found = 0
    for number in document.speeches:
        tree = etree.fromstring(written(document, "tei", speech=number, view="reading").encode())
        in_tei = {element.get(XML_ID): element for element in tree.iter() if element.get(XML_ID)}
        for block in document.blocks:
            if block.speech == number and block.start in known:
                found += 1
                words = "".join(in_tei[known[block.start]].itertext())
                line = document.line(block)
                assert words[:1] == line[:1]
                assert words[-1:] == line[-1:]
    assert found == len(known) > 0


@each_sample
@pytest.mark.parametrize("scripts", [(), ("tw",), ("hans", "twp", "hk")])
def test_columns_hold_every_block(path: Path, scripts: tuple[str, ...]) -> None:
    document = prepare(read(path))
    twins = [convert_script(document, script) for script in scripts]
    page = columns(written(document, "html", parallel=True, twins=twins))
    found = table(written(document, "tsv", twins=twins))
    assert [row["id"] for row in found] == [row[0] for row in page]
    assert [row["kind"] for row in found] == [row[1] for row in page]
    shown = [twin for twin in twins if twin.text != document.text]
    for cells, row in zip(page, found, strict=True):
        names = ["original", "text"] if not scripts else ["text", *(twin.script for twin in shown)]
        assert cells[2:] == [row[name] for name in names]
        start, end = int(row["start"]), int(row["end"])
        visible = document.original[start:end].translate({10: "⏎", 13: "⏎", 9: "⇥"})
        assert row["original"] == visible
    texts = [row["text"] for row in found if row["kind"] != "removed"]
    readable = [document.line(b) for b in document.blocks if b.kind not in ("blank", "noise")]
    assert texts == readable
    for twin in twins:
        lines = [twin.line(b) for b in twin.blocks if b.kind not in ("blank", "noise")]
        assert [row[twin.script] for row in found] == lines


def test_without_scripts_what_was_removed_has_rows() -> None:
    page = columns(written(speech(), "html", parallel=True))
    assert ["", "removed", "0", ""] in page
    assert ["sp1.h", "title", "关于“三农”工作的讲话", "关于“三农”工作的讲话"] in page
    assert ["", "removed", "_某某文秘_网", ""] in page
    assert any(row[2:] == ["同志们:", "同志们："] for row in page)
    with_script = columns(
        written(speech(), "html", parallel=True, twins=[convert_script(speech(), "tw")])
    )
    assert "removed" not in {row[1] for row in with_script}


def test_changes_say_what_and_why() -> None:
    document = speech()
    twin = convert_script(document, "twp", quotes="corner")
    page = html.fromstring(written(document, "html", parallel=True, twins=[twin]))
    said = [
        (mark.tag, mark.get("class"), mark.text, *mark.get("title").split("\n"))
        for mark in page.iter("ins", "span")
        if mark.get("title")
    ]
    reasons = {(*one[:4], *(line.split()[0] for line in one[4:])) for one in said}
    assert ("ins", "error", "严峻", "严竣 → 严峻", "TYP101") in reasons
    assert ("ins", "gap", "□", "(nothing) → □", "GAP102") in reasons
    # What went leaves a mark, and a sign that one can read.
    assert ("ins", "convention nothing", None, "␇ → (nothing)", "CHR104") in reasons
    assert ("span", "script", "關於", "关于 → 關於") in reasons
    assert ("span", "quotes", "「", "“ → 「", "SCR103") in reasons
    assert ("span", "word unsure", "專案", "项目 → 專案", "SCR102") in reasons
    (reason,) = {one[4] for one in said if one[1] == "quotes"}
    assert "uotation marks" in reason


def test_one_column_shows_the_changes_of_both() -> None:
    twin = convert_script(speech(), "tw", quotes="corner")
    text = written(twin, "html")
    page = html.fromstring(text)
    assert page.get("lang") == "zh-Hant-TW"
    assert page.findtext(".//h1") == "關於「三農」工作的講話"
    (mark,) = [one for one in page.iter("ins") if one.text_content() == "嚴峻"]
    assert mark.get("title").startswith("严竣 → 严峻")
    assert [one.text for one in mark.iter("span")] == ["嚴"]
    assert [row[2] for row in columns(text)] == [
        twin.line(block) for block in twin.blocks if block.kind not in ("blank", "noise")
    ]


def test_page_needs_nothing_else_and_holds_any_character() -> None:
    document = Document("<a&b>.txt", "会议强调<要>抓好&春耕\ud800。\n")
    text = written(document, "html")
    assert "&lt;要&gt;抓好&amp;春耕⟨U+D800⟩。" in text
    assert "&lt;a&amp;b&gt;.txt" in text
    assert not re.search(r"<script|<link|<img|url\(|https?:|@import", text)
    assert "\x07" not in written(speech(), "html")
    assert text == written(document, "html")


def test_page_of_nothing() -> None:
    page = written(prepare(normtool.from_text("", name="a.txt")), "html", parallel=True)
    assert columns(page) == []
    assert table(written(prepare(normtool.from_text("")), "tsv")) == []


def test_tsv_is_one_line_a_row() -> None:
    document = prepare(normtool.from_text('他说"一句\t话\n接着的一行。"\n', name="a.txt"))
    text = written(document, "tsv")
    assert text.endswith("\n")
    assert len(text.splitlines()) == len(table(text)) + 1
    assert all(len(row) == 8 and None not in row.values() for row in table(text))


def test_outputs_put_all_scripts_in_one_file() -> None:
    found = outputs(speech(), "a", ("html", "tsv", "txt"), ("tw", "hk"), parallel=True)
    assert [one.name for one in found] == [
        "a.html",
        "a.tsv",
        "a.zh-Hant-TW.txt",
        "a.zh-Hant-HK.txt",
    ]
    twins = found[0].options["twins"]
    assert [twin.script for twin in twins] == ["tw", "hk"]
    assert "「三農」" in twins[0].text, "a page is for readers"
    assert "“三農”" in found[1].options["twins"][0].text, "a table is not"
    apart = outputs(speech(), "讲 话", ("html",), ("tw", "hk"))
    assert [one.name for one in apart] == ["讲 话.zh-Hant-TW.html", "讲 话.zh-Hant-HK.html"]
    page = html.fromstring(written(apart[0].document, "html", **apart[0].options))
    (row,) = [row for row in page.iter("tr") if row.get("id") == "sp1.h"]
    links = [(link.get("href"), link.text) for link in row.iter("a")]
    file = "%E8%AE%B2%20%E8%AF%9D.zh-Hant-HK.html"
    assert links == [("#sp1.h", "sp1.h"), (f"{file}#sp1.h", "香港")]
    assert page.find(".//link").get("href") == file


def call(*args: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    return result.exit_code, result.stdout, result.stderr


def test_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, "utf-8")
    code, _, said = call(
        "convert", "a.txt", "-o", "a.html", "--parallel", "--script", "tw", "--script", "twp"
    )
    assert code == 2  # both are zh-Hant-TW
    code, _, said = call("convert", "a.txt", "-o", "a.html", "--parallel", "--script", "hk,twp")
    assert code == 0
    assert "script twp exchanges words too" in said
    page = columns(Path("a.html").read_text("utf-8"))
    assert {len(row) for row in page} == {5}
    code, shown, _ = call("convert", "a.txt", "-t", "tsv", "--script", "tw,hk")
    assert code == 0
    assert list(table(shown)[0])[-3:] == ["text", "tw", "hk"]
    code, _, said = call("convert", "a.txt", "-t", "txt", "--parallel")
    assert code == 2
    assert "--parallel is about HTML (and TSV) files: add -t html." in said
    code, _, said = call("convert", "a.txt", "-t", "html", "--script", "tw,hk")
    assert code == 2
    assert "2 scripts cannot go to standard output" in said


# --- what is beside what -------------------------------------------------------------

WORDS = st.lists(st.sampled_from(["理发", "项目", "优化", "这", "甲", "，", "“", "”"]), max_size=8)


@given(WORDS.map("".join), st.lists(st.integers(1, 4), max_size=8), st.sampled_from(["tw", "twp"]))
@settings(max_examples=200, deadline=None)
def test_parts_of_both_are_whole(text: str, sizes: list[int], profile: str) -> None:
    document = prepare(Document("a.txt", text))
    twin = convert_script(document, profile, quotes="corner")
    for row in rows(document):
        assert row.block is not None
        parts = conversion(twin, row.block)
        line = document.line(row.block)
        assert "".join(part.before for part in parts) == line
        cleaning, place = [], 0
        for size in [*sizes, len(line)]:
            words = line[place : place + size]
            cleaning.append(Part(words, words, None))
            place += len(words)
        found = list(both(row._replace(cleaning=cleaning), parts))
        assert [one for one, _ in found] == cleaning
        after = "".join(part.after for _, inside in found for part in inside)
        assert after == "".join(part.after for part in parts)


def test_a_word_that_straddles_an_edit_is_shared_out() -> None:
    edit = Edit(0, "理发", "理髮", ("SCR101",), kind=SCRIPT)
    row = Row("", None, 0, 3, [Part("理", "理", None), Part(" ", "", None), Part("发", "发", None)])
    shared = [inside for _, inside in both(row, [Part("理发", "理髮", edit)])]
    assert [[part.after for part in inside] for inside in shared] == [["理"], [], ["髮"]]
    longer = [inside for _, inside in both(row, [Part("理发", "剪头发", edit)])]
    assert [[part.after for part in inside] for inside in longer] == [["剪头发"], [], [""]]


@pytest.mark.parametrize("profile", ["hans", "hant", "tw", "twp", "hk", "jp"])
def test_twins_share_their_ids_in_tei(profile: str) -> None:
    document = prepare(read(SAMPLES[0].parent / "compilation.txt"))
    twin = convert_script(document, profile, quotes="corner")
    for number in document.speeches:
        trees = [
            etree.fromstring(written(one, "tei", speech=number).encode("utf-8"))
            for one in (document, twin)
        ]
        ids = [[element.get(XML_ID, "") for element in tree.iter()] for tree in trees]
        # A converted text only has app.OpenCC in its header, and says where it guessed (a1, a2).
        mine, others = ([one for one in found if re.match(r"sp(?!\d+\.a\d)", one)] for found in ids)
        assert mine == others
        assert len(mine) > 10
