"""Quotation marks of the regions: what is exchanged, what is left, and the way back."""

from __future__ import annotations

import io
import json
import pickle
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import normtool
from normtool.cli import main
from normtool.document import Document
from normtool.edits import SCRIPT, apply, invert
from normtool.export import quotes_for
from normtool.pipeline import outputs, prepare
from normtool.script import convert_script, exchange_quotes
from normtool.script.quotes import exchange

SPEECH = (
    "关于“三农”工作的讲话\n同志们：\n今年提出“一条主线、‘两个抓手’”的思路，引进“WTO绿箱”政策。\n"
    "会议强调“要抓好春耕。\n参观“it’s OK”商店。\n"
)


def corner(text: str) -> str:
    return exchange(text, "corner")[0]


def curly(text: str) -> str:
    return exchange(text, "curly")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“‘三农’工作很重要。”", "他说：「『三农』工作很重要。」"),
        ("“甲”、“乙”和“丙‘丁’‘戊’”", "「甲」、「乙」和「丙『丁』『戊』」"),
        ("强调‘两个不放松’", "强调『两个不放松』"),
        ("加入“WTO”后，增长“5”左右", "加入「WTO」后，增长「5」左右"),
        ("加入“‘WTO’”后", "加入「『WTO』」后"),
        ("用iPhone“小康”APP", "用iPhone「小康」APP"),
        ("“甲”和「乙」", "「甲」和「乙」"),
        ("一句“话”\n又一句‘话’\n", "一句「话」\n又一句『话』\n"),
        ("it’s “中国” 5’10” 的人", "it’s 「中国」 5’10” 的人"),
        ("我们听rock ’n’ roll“音乐”", "我们听rock ’n’ roll「音乐」"),
        ("买了21”显示器，写着“甲”", "买了21”显示器，写着「甲」"),
        ("写着“宽21”的屏”", "写着「宽21”的屏」"),
        ("这首’90年代的‘歌’很好听", "这首’90年代的『歌』很好听"),
        ("“”", "「」"),
    ],
)
def test_pairs_are_exchanged_mark_for_mark(text: str, expected: str) -> None:
    assert exchange(text, "corner") == (expected, [])


@pytest.mark.parametrize(
    "text",
    [
        "会议强调“要抓好春耕。",
        "会议强调要抓好春耕”。",
        "”三个到位”的要求",
        "“甲“乙”丙”",  # a pair inside one of its own kind: which closes which?
        "“甲“和”乙”",
        "“甲‘乙”丙’",
        "“甲「乙」丙”",  # would become 「甲「乙」丙」
        "「甲“乙”丙」",
        "他在‘farmers’ market’工作",
        "写着“5”和6”",
    ],
)
def test_what_is_not_paired_is_left_and_reported(text: str) -> None:
    whole = f"先说“一句”。\n{text}\n再说“一句”。"
    assert exchange(whole, "corner") == (f"先说「一句」。\n{text}\n再说「一句」。", [2])


@pytest.mark.parametrize(
    "text",
    [
        "He said “we shall see”, and left.",
        "It’s the farmers’ market.",
        "The term “小康” means a well-off society.",
        "他站起来说了一句话：in the words of “The Times” of London",
        "公式=FIND(“甲”,A1)是这样写的",
        'print(“中文”) # f("中文")',
        "身高5’10”，屏幕21”",
        "没有引号",
        "",
    ],
)
def test_what_is_no_chinese_quotation_stays(text: str) -> None:
    assert exchange(text, "corner") == (text, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他說：「『三農』工作很重要。」", "他說：“‘三農’工作很重要。”"),
        ("《論「三個代表」》", "《論“三個代表”》"),
        ("他說「it’s OK」就走", "他說“it’s OK”就走"),
    ],
)
def test_corner_marks_become_curly(text: str, expected: str) -> None:
    assert exchange(text, "curly") == (expected, [])
    assert corner(expected) == text


def test_unpaired_corner_marks_are_left() -> None:
    assert exchange("他說「好\n「甲」\n甲」『", "curly") == ("他說「好\n“甲”\n甲」『", [1, 3])


def test_keep_keeps() -> None:
    assert exchange(SPEECH, "keep") == (SPEECH, [])


PIECES = st.sampled_from([*"“”‘’「」『』", "甲", "农", "，", " ", "it", "5", "\n", "。", "s"])


@given(st.lists(PIECES, max_size=20).map("".join), st.sampled_from(["corner", "curly"]))
@settings(max_examples=600, deadline=None)
def test_nothing_but_marks_changes_and_once_is_enough(text: str, style: str) -> None:
    done, left = exchange(text, style)
    other = dict(zip("“”‘’「」『』", "「」『』“”‘’", strict=True))
    assert len(done) == len(text)
    assert all(b in (a, other.get(a)) for a, b in zip(text, done, strict=True))
    assert exchange(done, style) == (done, left)
    lines, were = done.split("\n"), text.split("\n")
    assert all(lines[number - 1] == were[number - 1] for number in left)
    # A line at a time gives the same: a mark never looks beyond its line.
    assert "\n".join(exchange(line, style)[0] for line in were) == done


@given(st.lists(st.sampled_from([*"“”‘’", "甲", "，", "农", "\n"]), max_size=20).map("".join))
@settings(max_examples=300, deadline=None)
def test_one_style_leads_back_to_the_other(text: str) -> None:
    done, left = exchange(text, "corner")
    assert exchange(done, "curly")[0] == text
    if not left and not any(mark in text for mark in "“”‘’"):
        assert done == text


@pytest.mark.parametrize(
    "unit", ["“", "”甲", "“甲‘乙’", "“甲”it’s ", "a “x” b ", "“甲”「乙」", "’90甲"]
)
def test_cost_grows_with_the_text(unit: str) -> None:
    seconds = []
    for size in (5_000, 20_000):
        start = time.process_time()
        exchange(unit * size, "corner")
        seconds.append(time.process_time() - start)
    assert seconds[1] < 9 * max(seconds[0], 0.005)


# --- documents -------------------------------------------------------------------


def speech() -> Document:
    return prepare(normtool.from_text(SPEECH, name="a.txt"))


def test_the_edits_are_recorded_and_lead_back() -> None:
    cleaned = speech()
    kept = convert_script(cleaned, "tw")
    other = convert_script(cleaned, "tw", quotes="corner")
    assert "關於「三農」工作" in other.text
    assert "會議強調“要抓好春耕。\n參觀「it’s OK」商店。" in other.text
    assert apply(cleaned.text, other.script_edits) == other.text
    assert apply(other.text, invert(other.script_edits)) == cleaned.text
    assert apply(cleaned.original, other.edits) == other.text
    assert apply(other.text, invert(other.edits)) == cleaned.original
    assert all(edit.kind == SCRIPT for edit in other.script_edits)
    marks = [edit for edit in other.script_edits if "SCR103" in edit.codes]
    assert sum(edit.before.count("“") for edit in marks) == 4
    # Twins: block for block, edit for edit.
    assert other.blocks == kept.blocks
    assert [e for _, _, e in other.segments()] == [e for _, _, e in cleaned.segments()]
    assert "".join(after for _, after, _ in other.segments()) == other.text
    assert exchange_quotes(other, "curly").text == kept.text


def test_titles_follow_and_what_was_left_is_a_warning() -> None:
    other = convert_script(speech(), "tw", quotes="corner")
    assert other.meta["speeches"][0]["title"] == "關於「三農」工作的講話"
    assert other.meta["script"]["quotes"] == "corner"
    assert other.meta["warnings"][-1] == {
        "speech": 0,
        "code": "quotes-left",
        "message": "quotation marks without their partner in line 4 are left as they were, "
        "not made corner",
    }


def test_the_line_of_a_warning_is_the_one_of_the_file() -> None:
    text = "关于春耕工作的讲话\n\n\n同志们:今年 春耕很忙。\n会议强调“要抓好春耕。\n"
    other = convert_script(prepare(normtool.from_text(text)), "tw", quotes="corner")
    assert "in line 5 are" in other.meta["warnings"][-1]["message"]
    assert text.split("\n")[4].startswith("会议强调“")


def test_a_document_with_other_marks_can_be_sent_saved_and_changed() -> None:
    other = convert_script(speech(), "twp", quotes="corner")
    sent = pickle.loads(pickle.dumps(other))
    read = Document.from_json(json.loads(json.dumps(other.to_json())))
    for twin in (sent, read, other.replace(name="b.txt")):
        assert (twin.text, twin.edits, twin.blocks) == (other.text, other.edits, other.blocks)
        assert twin.script_edits == other.script_edits
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = other.nothing


def test_another_style_is_an_error() -> None:
    with pytest.raises(ValueError, match="no style of quotes 'round'; there are: keep, corner"):
        convert_script(speech(), "tw", quotes="round")


# --- defaults, the command line, the configuration ---------------------------------


@pytest.mark.parametrize(
    ("script", "format", "style"),
    [
        ("tw", "txt", "corner"),
        ("twp", "docx", "corner"),
        ("hk", "txt", "corner"),
        ("tw", "tei", "keep"),
        ("tw", "json", "keep"),
        ("hant", "txt", "keep"),
        ("hans", "docx", "keep"),
        ("s2tw", "txt", "keep"),  # what OpenCC gives
    ],
)
def test_each_format_has_its_default(script: str, format: str, style: str) -> None:
    assert quotes_for(convert_script(speech(), script), format) == style


def test_a_document_that_is_not_converted_keeps_its_marks() -> None:
    document = speech()
    assert quotes_for(document, "txt") == "keep"
    assert exchange_quotes(document, "corner") is document


def test_formats_of_one_run_share_what_is_equal() -> None:
    found = outputs(speech(), "a", ("txt", "docx", "tei", "json"), ("tw", "hans"))
    by = {(one.format, one.document.script): one.document for one in found}
    assert by["txt", "tw"] is by["docx", "tw"]
    assert by["tei", "tw"] is by["json", "tw"]
    assert "「三農」" in by["txt", "tw"].text
    assert "“三農”" in by["tei", "tw"].text
    assert by["txt", "hans"] is by["tei", "hans"]
    (asked,) = outputs(speech(), "a", ("tei",), ("tw",), quotes="corner")
    assert "「三農」" in asked.document.text


def call(*args: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    return result.exit_code, result.stdout, result.stderr


def test_one_run_gives_each_format_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(SPEECH, "utf-8")
    code, _, said = call("convert", "a.txt", "-o", "o", "-t", "docx,tei,txt", "--script", "tw")
    assert code == 0
    assert said.count("quotation marks without their partner in line 4") == 1
    assert "關於「三農」工作" in (tmp_path / "o/a.zh-Hant-TW.txt").read_text("utf-8")
    assert "關於“三農”工作" in (tmp_path / "o/a.1.zh-Hant-TW.xml").read_text("utf-8")
    with zipfile.ZipFile(tmp_path / "o/a.zh-Hant-TW.docx") as word:
        assert "關於「三農」工作" in word.read("word/document.xml").decode("utf-8")
    code, _, _ = call(
        "convert", "a.txt", "-o", "p", "-t", "txt,tei", "--script", "tw", "--quotes", "keep"
    )
    assert code == 0
    assert "關於“三農”工作" in (tmp_path / "p/a.zh-Hant-TW.txt").read_text("utf-8")


def test_traditional_text_gets_curly_marks_on_request(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("他說：「『三農』工作很重要。」\n", "utf-8")
    assert call("convert", path, "--script", "hans")[1] == "他说：「『三农』工作很重要。」\n"
    asked = call("convert", path, "--script", "hans", "--quotes", "curly")
    assert asked[1] == "他说：“‘三农’工作很重要。”\n"


def test_quotes_without_a_script_are_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SPEECH, "utf-8")
    code, _, said = call("convert", tmp_path / "a.txt", "--quotes", "corner")
    assert code == 2
    assert "--quotes is about converted text: add --script" in said


def test_the_configuration_has_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(SPEECH, "utf-8")
    config = tmp_path / "normtool.toml"
    config.write_text('quotes = "keep"\nscript = ["tw"]\n', "utf-8")
    assert "“三農”" in call("convert", "a.txt")[1]
    assert "「三農」" in call("convert", "a.txt", "--quotes", "corner")[1]
    assert 'quotes = "keep"' in call("config")[1]
    config.write_text('quotes = "cornr"\n', "utf-8")
    code, _, said = call("convert", "a.txt")
    assert code == 2
    assert "there is no style 'cornr'; did you mean corner?" in said
    config.write_text("quotes = true\n", "utf-8")
    assert "quotes must be a string, not True" in call("convert", "a.txt")[2]


def test_tei_with_other_marks_comes_back(tmp_path: Path) -> None:
    other = convert_script(speech(), "tw", quotes="corner")
    stream = io.BytesIO()
    normtool.write(other, stream, "tei")
    assert "Those in pairs were made corner marks" in stream.getvalue().decode("utf-8")
    back = normtool.read_bytes(stream.getvalue(), name="a.xml")
    assert back.text == other.text
    assert back.script_edits == other.script_edits
    assert back.cleaned is not None
    assert back.cleaned.text == speech().text
