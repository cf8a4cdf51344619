"""Word files as input."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile

import docx
import pytest
from click.testing import CliRunner

from normtool.cli import main
from normtool.pipeline import prepare, write
from normtool.read import Unreadable, from_text, read, read_bytes
from normtool.word import NotWord, is_word, word_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LIMIT = 10_000_000


def packed(body: str, head: str = "", **parts: bytes) -> bytes:
    """A minimal .docx with this body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        xml = f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", xml)
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def made_by_python_docx() -> bytes:
    document = docx.Document()
    document.add_heading("在全县春耕生产会议上的讲话", 0)
    paragraph = document.add_paragraph("同志们:今年 我县")
    paragraph.add_run("引进外资万美元,").bold = True
    paragraph.add_run("形势严竣。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "单位", "数量"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_paragraphs_of_a_file_made_by_another_program():
    data = made_by_python_docx()
    assert is_word(data)
    lines = word_text(data, LIMIT).split("\n")
    assert lines == [
        "在全县春耕生产会议上的讲话",
        "同志们:今年 我县引进外资万美元,形势严竣。",
        "单位",
        "数量",
    ]


def test_our_own_word_file_comes_back():
    text = (
        "在全县春耕生产会议上的讲话\n同志们：\n今年风调雨顺，收成很好。\n一、抓好春耕\n要早安排。"
    )
    document = prepare(from_text(text, "a.txt"))
    stream = io.BytesIO()
    write(document, stream, "docx")
    again = read_bytes(stream.getvalue(), "a.docx")
    assert again.encoding == "docx"
    assert again.text == text


def test_tracked_changes_are_read_as_accepted():
    body = (
        "<w:p><w:r><w:t>今年</w:t></w:r>"
        '<w:del w:id="1" w:author="a"><w:r><w:delText>去年</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>收成</w:t></w:r></w:ins></w:p>'
        '<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr>'
        "<w:r><w:t>很好，</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>大家</w:t><w:tab/><w:t>高兴。</w:t></w:r></w:p>"
    )
    assert word_text(packed(body), LIMIT) == "今年收成\n很好，大家\t高兴。"
    assert word_text(packed(body), LIMIT, "reject") == "今年去年\n很好，\n大家\t高兴。"


def test_rejected_marks_join_and_moves_go_back(tmp_path):
    body = (
        '<w:p><w:pPr><w:rPr><w:ins w:id="1" w:author="a"/></w:rPr></w:pPr>'
        '<w:moveTo w:id="2" w:author="a"><w:r><w:t>水库要先修。</w:t></w:r></w:moveTo>'
        "<w:r><w:t>一是修渠。</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>二是修路。</w:t></w:r>"
        '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>水库要先修。</w:t></w:r></w:moveFrom></w:p>'
    )
    path = tmp_path / "讲话.docx"
    path.write_bytes(packed(body))
    assert read(path).text == "水库要先修。一是修渠。\n二是修路。"
    assert read(path, changes="reject").text == "一是修渠。二是修路。水库要先修。"
    call = ["convert", "-q", "-t", "txt", "--track-changes", "reject", str(path)]
    assert CliRunner().invoke(main, call).stdout == "一是修渠。二是修路。水库要先修。\n"


def test_a_table_of_contents_is_no_text():
    body = (
        '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>讲话</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>讲话</w:t></w:r></w:p>"
    )
    assert word_text(packed(body), LIMIT) == "讲话"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed("<w:p>" + "<w:r><w:t>好</w:t></w:r>" * 40 + "</w:p>"), "more than the limit"),
        (packed("<w:p/>", '<!DOCTYPE x [<!ENTITY a "b">]>'), "declares XML entities"),
        (packed("<w:p/>", "<!--" + "x" * 5000 + "--><!DOCTYPE w>"), "declares XML entities"),
        (packed("<w:p/>", '<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "declares XML entities"),
        (packed("<w:p/>", "<!DOCTYPE x>".encode("utf-16").decode("latin-1")), "broken XML"),
        (packed("<w:p>" * 5000 + "</w:p>" * 5000), "broken XML"),
        (packed("<w:p/>", **{"word/../../evil.xml": b"x"}), "leads out of it"),
        (packed("<w:p/>", **{"/etc/passwd": b"x"}), "leads out of it"),
        (packed("<w:p/>", **{"word\\..\\..\\x.xml": b"x"}), "leads out of it"),
        (packed("<w:p/>", **{f"word/{n}.xml": b"" for n in range(10_000)}), "10,001 parts"),
        (packed("<w:p>"), "broken XML"),
        (packed("<w:p/>")[:-30], "damaged"),
        (b"PK\x03\x04 word/document.xml", "damaged"),
    ],
)
def test_hostile_and_broken_files_are_refused(data, says):
    with pytest.raises(NotWord, match=says):
        word_text(data, 1000 if "limit" in says else LIMIT)


def test_a_bomb_is_not_unpacked():
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(100):
            part.write(b"\0" * 1_000_000)
    with pytest.raises(NotWord, match="more than the limit"):
        word_text(stream.getvalue(), 1_000_000)


def test_a_gigabyte_of_zeros_is_refused_in_little_time_and_memory():
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1024):
            part.write(bytes(2**20))
    start = time.perf_counter()
    tracemalloc.start()
    with pytest.raises(NotWord, match="more than the limit"):
        word_text(stream.getvalue(), 64 * 2**20)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 200 * 2**20
    assert time.perf_counter() - start < 10


def test_command_line(tmp_path):
    path = tmp_path / "讲话.docx"
    path.write_bytes(made_by_python_docx())
    before = path.read_bytes()
    result = CliRunner().invoke(main, ["convert", "-q", str(path), "-t", "txt"])
    assert result.exit_code == 0
    assert "同志们：\n\n今年我县引进外资□万美元，形势严峻。" in result.stdout
    result = CliRunner().invoke(main, ["clean", "--in-place", str(path)])
    assert result.exit_code == 2
    assert "only text files can be replaced in place" in result.stderr
    assert path.read_bytes() == before
    out = tmp_path / "out"
    assert CliRunner().invoke(main, ["clean", "-q", str(tmp_path), "-o", str(out)]).exit_code == 0
    assert (
        (out / "讲话.txt")
        .read_text("utf-8")
        .startswith("在全县春耕生产会议上的讲话\n同志们：\n今年我县")
    )


def test_an_empty_word_file_is_empty(tmp_path):
    (tmp_path / "a.docx").write_bytes(packed("<w:p/>"))
    with pytest.raises(Unreadable, match="is empty"):
        read(tmp_path / "a.docx")
