"""Pages of the web: the main text, its characters, its lines, and what the page says of itself."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from normtool.clean import clean_document
from normtool.page import is_page, page_text
from normtool.read import Unreadable, read, read_bytes

pytest.importorskip("trafilatura", reason='needs pip install "normtool[html]"')

PARAGRAPHS = [
    "同志们:今天召开全镇春耕生产动员会,主要任务是总结去年工作,部署今年任务。",
    "一、去年工作回顾",
    "去年,全镇粮食总产达到3.2万吨,增长5.6%;农民人均纯收入4,856元,增加420元。",
    "(一)认真落实《柳河县耕地保护办法(试行)》,按照柳政发〔2019〕12号文件的要求,新修渠道18条。",
    "二、今年工作安排",
    "要做到“三个到位”:责任到位、措施到位、投入到位。镇财政安排资金600万元。",
    "谢谢大家!",
]
#: U+F9DC 隆 is a compatibility ideograph (NFC makes another of it), U+E5E5 private use.
RARE = (
    "张\uf9dc同志、李\ue5e5同志、王𠮷同志、ｅ\u0301cole出席会议,会议由镇长周平主持,全镇干部参加。"
)


def page(body: str, *, head: str = "") -> str:
    return (
        "<!DOCTYPE html><html><head><title>在春耕生产动员会上的讲话_好文阁网</title>"
        f"{head}</head><body><div class='nav'><ul><li><a href='/'>首页</a></li>"
        "<li><a href='/jh'>讲话</a></li></ul></div><div id='content' class='article'>"
        f"<h1>在春耕生产动员会上的讲话</h1>{body}</div>"
        "<div class='footer'><p>版权所有 好文阁网</p></div></body></html>"
    )


BODY = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)


def lines_of(data: bytes, name: str = "page.html") -> list[str]:
    return read_bytes(data, name).original.split("\n")


def test_every_character_of_the_main_text_is_there_and_lines_are_paragraphs() -> None:
    lines = lines_of(page(BODY).encode())
    assert [line for line in lines if line in PARAGRAPHS] == PARAGRAPHS
    assert lines[0] == "在春耕生产动员会上的讲话"
    assert not any("版权所有" in line for line in lines)


def test_breaks_tables_and_lists_keep_their_lines() -> None:
    body = (
        f"<p>　　{PARAGRAPHS[0]}<br>　　{PARAGRAPHS[2]}<br/>{PARAGRAPHS[3]}</p>"
        "<table><tr><th>村名</th><th>亩数</th></tr><tr><td>北山村</td><td>1,200</td></tr></table>"
        f"<ul><li>{PARAGRAPHS[1]}</li><li>{PARAGRAPHS[4]}</li></ul><p>{PARAGRAPHS[5]}</p>"
    )
    lines = [line.strip("　") for line in lines_of(page(body).encode())]
    for words in (*PARAGRAPHS[:6], "村名\t亩数", "北山村\t1,200"):
        assert words in lines


def test_characters_at_risk_come_through_unchanged() -> None:
    lines = lines_of(page(BODY + f"<p>{RARE}</p>").encode())
    assert RARE in lines
    cleaned = clean_document(read_bytes(page(BODY + f"<p>{RARE}</p>").encode(), "page.html"))
    assert "张隆同志、李□同志" in cleaned.text
    codes = {code for edit in cleaned.edits for code in edit.codes}
    assert {"CHR109", "GAP110"} <= codes


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5"])
def test_declared_encoding_may_lie(declared: str) -> None:
    text = page(BODY, head=f'<meta charset="{declared}">')
    document = read_bytes(text.encode("gb18030"), "page.htm")
    assert PARAGRAPHS[2] in document.original
    assert document.encoding in ("gb18030", "gbk", "gb2312")
    assert document.meta["html"]["declared"] == declared
    assert document.sha256 == sha256(text.encode("gb18030")).hexdigest()


def test_facts_are_those_of_the_page() -> None:
    head = (
        '<meta property="article:published_time" content="2021-03-05T09:30:00+08:00">'
        '<meta property="og:site_name" content="好文阁网"><meta name="author" content="周小平">'
        '<link rel="canonical" href="https://www.example.org/jh/12.html">'
    )
    meta = read_bytes(page(BODY, head=head).encode(), "page.html").meta
    assert meta["published"] == "2021-03-05"
    assert meta["site"] == "好文阁网"
    assert meta["author"] == "周小平"
    assert meta["url"] == "https://www.example.org/jh/12.html"
    assert meta["html"]["extractor"].startswith("trafilatura ")


def test_no_date_is_guessed_from_the_text() -> None:
    meta = read_bytes(
        page(BODY + "<p>会议于2018年4月1日在北山村召开,大家都来了。</p>").encode(), "p.html"
    ).meta
    assert "published" not in meta


def test_xhtml_with_a_declaration_and_a_page_from_a_stream() -> None:
    text = '<?xml version="1.0" encoding="GB2312"?>\n' + page(BODY)
    assert PARAGRAPHS[3] in lines_of(text.encode(), "page.xhtml")
    assert PARAGRAPHS[3] in lines_of(page(BODY).encode("gb18030"), "<stdin>")
    assert not is_page("同志们：<p>是标签</p>", "<stdin>")
    assert not is_page("没有一个标签", "page.html")


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        ("<frameset><frame src='a.html'></frameset>", "in a frame"),
        ("<script>load()</script><div id='app'></div>", "save it from the browser"),
        ("<p></p>", "no main text"),
    ],
)
def test_page_without_text_is_a_sentence(body: str, advice: str) -> None:
    with pytest.raises(Unreadable, match=advice):
        read_bytes(f"<html><head></head><body>{body}</body></html>".encode(), "page.html")


def test_without_the_extra_the_sentence_names_it(tmp_path: Path) -> None:
    place = tmp_path / "page.html"
    place.write_text(page(BODY), "utf-8")
    program = (
        "import sys; sys.modules['trafilatura'] = None\n"
        "from normtool.cli import main\n"
        f"sys.argv = ['normtool', 'convert', {str(place)!r}, '-o', {str(tmp_path / 'o.txt')!r}]\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 2
    assert 'pip install "normtool[html]"' in done.stderr
    assert not (tmp_path / "o.txt").exists()


def test_a_long_page_takes_no_longer_than_its_length() -> None:
    text = page(BODY * 300)
    found, facts = page_text(text, text.encode())
    assert found.count(PARAGRAPHS[2]) == 300
    assert facts["html"]["title"]


def test_file_on_disk(tmp_path: Path) -> None:
    place = tmp_path / "讲话.html"
    place.write_bytes(page(BODY).encode("gb18030"))
    assert PARAGRAPHS[5] in read(place).original
