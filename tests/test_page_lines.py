"""The lines of web pages in many layouts: all of the main text, in order, and nothing else."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from normtool.cli import main
from normtool.pipeline import prepare
from normtool.read import Unreadable, read, read_bytes

ROOT = Path(__file__).parent.parent
TITLE = "在全县果树栽培现场会上的讲话"
LINES = [
    "同志们：今天把大家请到山上来开会，就是要看一看、议一议。下面，我讲三点意见。",
    "一、认清形势，坚定信心",
    "去年，全县新栽果树3.6万亩，增长12.5%；建成示范园28个（其中千亩园3个），投入1,850万元。",
    "《关于发展果树生产的意见》〔2006〕17号下发以后，形成了“一村一品”的格局——这很不容易。",
    "二、突出重点，抓好落实",
    "（一）抓好苗木。各乡镇3月12日前要把苗木调运到位，决不能以次充好。",
    "（二）抓好技术。要办好培训班，做到“一户一个明白人”，*.*万人次。",
    "1.责任到人。",
    "2.检查到村。",
    "三、加强领导，形成合力",
    "各级干部要到地头去，同群众一起挖坑、一起栽树。",
    "谢谢大家！",
]
NAVIGATION = (
    '<div class="nav"><a href="/">首页</a> | <a href="/gw">公文</a> | <a href="/jh">讲话</a></div>'
)
RELATED = (
    '<div class="related"><h3>相关文章</h3><ul><li><a href="/1.htm">中秋茶话会致辞</a></li>'
    '<li><a href="/2.htm">林业局年终总结</a></li></ul></div>'
)
FOOTER = '<div id="footer">某某文秘站 版权所有 <a href="/about">关于我们</a></div>'


def page(body: str, head: str = "", title: str = TITLE + "_某某文秘站") -> str:
    return (
        f"<!DOCTYPE html>\n<html><head><title>{title}</title>{head}</head>\n"
        f"<body>{NAVIGATION}{body}{RELATED}{FOOTER}</body></html>"
    )


def joined(lines: list[str], before: str, after: str = "") -> str:
    return "\n".join(before + line + after for line in lines)


#: The main text as sites write it.
LAYOUTS = {
    "paragraphs": lambda lines: f'<div class="content">{joined(lines, "<p>　　", "</p>")}</div>',
    "breaks": lambda lines: f'<div id="article">{"<br>　　".join(lines)}</div>',
    "two breaks": lambda lines: (
        f'<div id="article"><p>{"<br /><br />&nbsp;&nbsp;".join(lines)}</p></div>'
    ),
    "divisions": lambda lines: f'<div class="text">{joined(lines, "<div>", "</div>")}</div>',
    "bare": lambda lines: joined(lines, "<p>", "</p>"),
    "table layout": lambda lines: (
        '<table width="760"><tr><td width="160"><a href="/a">列表</a><br><a href="/b">留言</a></td>'
        f'<td class="f14">{"<br>".join(lines)}</td></tr></table>'
    ),
    "nested tables": lambda lines: (
        f"<table><tr><td><table><tr><td>{joined(lines, '<p>', '</p>')}"
        "</td></tr></table></td></tr></table>"
    ),
    "preformatted": lambda lines: f"<pre>{joined(lines, '　　')}</pre>",
    "Word": lambda lines: (
        '<div class="Section1">'
        + joined(
            lines, '<p class="MsoNormal"><span style="font-size:16pt">', "<o:p></o:p></span></p>"
        )
        + "</div>"
    ),
    "unclosed fonts": lambda lines: f"<div id=zoom>{joined(lines, '<font size=3><p>')}</div>",
    "loose text between": lambda lines: (
        '<div class="content">'
        + "".join(line if n % 3 else f"<p>{line}</p>" for n, line in enumerate(lines[:2]))
        + joined(lines[2:], "<p><b>", "</b></p>")
        + "</div>"
    ),
    "centred": lambda lines: (
        f"<center><div align=left>{joined(lines, '<p>', '</p>')}</div></center>"
    ),
    "article": lambda lines: (
        f"<main><article><section>{joined(lines, '<p>', '</p>')}</section></article></main>"
    ),
    "upper case": lambda lines: f"<DIV CLASS=content>{joined(lines, '<P>')}</DIV>",
    "headings": lambda lines: (
        '<div class="content">'
        + "".join(f"<h3>{x}</h3>" if x[1] == "、" else f"<p>{x}</p>" for x in lines)
        + "</div>"
    ),
}


def text_of(html: str, name: str = "page.html", encoding: str = "utf-8") -> list[str]:
    original = read_bytes(html.encode(encoding), name).original
    return [line.strip() for line in original.split("\n")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_line_of_the_main_text_and_no_other(layout: str) -> None:
    html = page(f"<h1>{TITLE}</h1>{LAYOUTS[layout](LINES)}")
    assert text_of(html) == [TITLE, *LINES]


def invented(rng: random.Random) -> list[str]:
    """A speech of many kinds of lines: short, long, repeated, with figures and marks."""
    words = ["春耕", "林业", "水利", "苗木", "干部", "群众", "检查", "落实", "规划", "山区", "产业"]
    marks = [
        "，",
        "、",
        "；",
        "“示范户”",
        "《意见》",
        "（试行）",
        "12.5%",
        "3,600亩",
        "［2006］",
        "×",
    ]
    lines = ["同志们："]
    for _ in range(rng.randint(6, 40)):
        size = rng.choice([1, 2, 8, 30, 60])
        sentence = "".join(
            rng.choice(words) + (rng.choice(marks) if rng.random() < 0.4 else "")
            for _ in range(size)
        )
        lines.append(sentence + "。")
    lines += [lines[-1], "就讲这些。", "谢谢大家！"]
    return lines


@pytest.mark.parametrize("layout", LAYOUTS)
def test_characters_of_invented_speeches_survive(layout: str) -> None:
    rng = random.Random(layout)
    for _ in range(5):
        lines = invented(rng)
        assert text_of(page(f"<h1>{TITLE}</h1>{LAYOUTS[layout](lines)}")) == [TITLE, *lines]


def test_lists_and_tables_keep_their_lines() -> None:
    body = (
        f"<h1>{TITLE}</h1><div class=content><p>{LINES[0]}</p><ul><li>{LINES[5]}</li>"
        f"<li><p>{LINES[6]}</p></li></ul><table><tr><th>乡镇</th><th>面积（亩）</th></tr>"
        "<tr><td>城东</td><td><p>1,200</p></td></tr><tr><td>城西</td><td></td></tr></table>"
        f"<ol><li>{LINES[7]}</li><li>{LINES[8]}</li></ol><p>{LINES[10]}</p></div>"
    )
    assert text_of(page(body)) == [
        TITLE, LINES[0], LINES[5], LINES[6],
        "乡镇\t面积（亩）", "城东\t1,200", "城西",
        LINES[7], LINES[8], LINES[10],
    ]  # fmt: skip


def test_source_lines_are_blanks_and_links_stay_in_their_sentence() -> None:
    body = (
        f"<h1>{TITLE}</h1><div class=content><p>要认真学习\n  <a href='/x'>文件</a>精神，"
        f"抓好<b>落</b><font color=red>实</font>。</p>{joined(LINES, '<p>', '</p>')}</div>"
    )
    assert text_of(page(body))[:2] == [TITLE, "要认真学习 文件精神，抓好落实。"]


def test_what_a_browser_hides_inside_of_the_text_is_not_read() -> None:
    noisy = LAYOUTS["breaks"](LINES).replace(
        "，", '，<span style="display: none">8 [; o H!</span><font class="jammer">@9 B</font>'
    )
    assert text_of(page(f"<h1>{TITLE}</h1>{noisy}")) == [TITLE, *LINES]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("gbk", "big5"), ("utf-8-sig", "gbk")],
)
def test_declaration_of_the_encoding_is_not_believed(encoding: str, declared: str) -> None:
    html = page(LAYOUTS["paragraphs"](LINES), f'<meta charset="{declared}">')
    document = read_bytes(html.encode(encoding), "page.htm")
    assert [line.strip("　") for line in document.original.split("\n")] == LINES
    assert document.meta["html"]["declared"] == declared
    found = {"gbk": "gb18030"}.get(encoding, encoding)
    assert document.encoding == found
    assert document.meta["html"]["extractor"].startswith("trafilatura ")
    assert document.sha256 == hashlib.sha256(html.encode(encoding)).hexdigest()


def test_xhtml_with_a_declaration_that_lies() -> None:
    html = (
        '<?xml version="1.0" encoding="gb2312"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 '
        'Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><script src="x.js"/>'
        f'<title>{TITLE}</title></head><body><a name="top"/><h1>{TITLE}</h1>'
        f'<div class="c">{joined(LINES, "<p>", "</p>")}<br /></div></body></html>'
    )
    assert text_of(html, "page.xhtml") == [TITLE, *LINES]
    assert text_of(html, "<stdin>") == [TITLE, *LINES]


def test_page_facts_are_those_that_it_states() -> None:
    head = (
        '<meta name="author" content="王二"><meta property="og:site_name" content="某某文秘站">'
        '<meta property="og:url" content="https://www.example.org/jh/17.html">'
        '<meta property="article:published_time" content="2019-05-06T08:00:00+08:00">'
    )
    document = read_bytes(page(LAYOUTS["paragraphs"](LINES), head).encode(), "page.html")
    facts = {key: value for key, value in document.meta.items() if key != "html"}
    assert facts == {
        "author": "王二",
        "site": "某某文秘站",
        "url": "https://www.example.org/jh/17.html",
        "published": "2019-05-06",
    }
    assert document.meta["html"]["title"] == TITLE


def test_no_date_is_made_of_the_years_in_a_text() -> None:
    document = read_bytes(page(LAYOUTS["paragraphs"](LINES)).encode(), "page.html")
    assert set(document.meta) == {"html"}


def test_lines_between_heading_and_text_are_read_as_page_data() -> None:
    html = page(
        f'<div class="top"><h1>{TITLE}</h1><div class="info">发布于2019-05-06 08:12 来源：某某日报'
        f' <a href="/p">打印</a></div></div>{LAYOUTS["paragraphs"](LINES)}'
    )
    document = prepare(read_bytes(html.encode(), "page.html"))
    assert document.text.split("\n")[0] == TITLE
    assert "发布于" not in document.text
    assert document.meta["published"] == "2019-05-06 08:12"
    assert document.meta["source"] == "某某日报"
    assert document.meta["speeches"][0]["title"] == TITLE


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<html><body></body></html>", "this page shows nothing; if a program makes its text"),
        ("<html><body><div id=app></div><script>go()</script></body></html>", "shows nothing"),
        ("<!doctype html><html>", "no main text: this page"),
        (
            "<html><frameset cols='20%,*'><frame src=menu.htm><frame src=17.htm></frameset></html>",
            "in a frame, another file (menu.htm, 17.htm)",
        ),
        (
            f"<html><body>{NAVIGATION}</body></html>",
            "no main text was found among the 8 characters",
        ),
        ("<html><body>" + "<div>" * 3000 + "<p>会议</p>", "nested too deeply"),
    ],
)
def test_page_without_a_main_text_is_one_sentence(html: str, says: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_bytes(html.encode(), "page.html")
    assert str(error.value).startswith("page.html: ")
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_text_under_the_name_of_a_page_is_text() -> None:
    assert read_bytes("同志们：a<b，开会。".encode(), "page.html").original == "同志们：a<b，开会。"


def test_formats_of_the_command_line(tmp_path: Path) -> None:
    html = page(f"<h1>{TITLE}</h1>{LAYOUTS['paragraphs'](LINES)}")
    path = tmp_path / "page.html"
    path.write_bytes(html.encode("gb18030"))
    runner = CliRunner()
    expected = runner.invoke(main, ["clean", str(path)])
    assert expected.exit_code == 0
    assert expected.stdout.split("\n") == [TITLE, "同志们：", LINES[0][4:], *LINES[1:]]
    piped = runner.invoke(main, ["clean", "-"], input=html.encode("gb18030"))
    assert piped.stdout == expected.stdout
    piece = runner.invoke(main, ["clean", "-f", "html", "-"], input=joined(LINES, "<p>").encode())
    assert piece.stdout == expected.stdout.split("\n", 1)[1]
    raw = read(path, format="text")
    assert raw.original == html
    assert "html" not in raw.meta
    broken = tmp_path / "frames.htm"
    broken.write_text("<html><frameset><frame src=a.htm></frameset></html>")
    both = runner.invoke(main, ["convert", str(broken), str(path), "-o", str(tmp_path / "out")])
    assert both.exit_code == 2
    assert "frames.htm: this page shows its text in a frame" in both.stderr
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["page.txt"]


def test_page_is_not_replaced_in_place(tmp_path: Path) -> None:
    path = tmp_path / "page"
    html = page(LAYOUTS["paragraphs"](LINES))
    path.write_text(html, "utf-8")
    result = CliRunner().invoke(main, ["clean", "-f", "html", "--in-place", str(path)])
    assert result.exit_code == 2
    assert path.read_text("utf-8") == html


def test_missing_extractor_is_named() -> None:
    program = (
        "import sys; sys.modules['trafilatura'] = None\n"
        "from normtool.cli import main\n"
        "sys.exit(main(['clean', '-f', 'html', '-']))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        input=b"<p>x</p>", capture_output=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert result.returncode == 2
    assert 'pip install "normtool[html]"' in result.stderr.decode()


def test_huge_page_takes_time_in_proportion() -> None:
    def seconds(times: int) -> float:
        html = page(LAYOUTS["paragraphs"](LINES * times)).encode()
        start = time.perf_counter()
        lines = read_bytes(html, "page.html").original.split("\n")
        assert len(lines) == len(LINES) * times
        return time.perf_counter() - start

    seconds(10)
    assert seconds(1600) < 16 * seconds(400) + 1
