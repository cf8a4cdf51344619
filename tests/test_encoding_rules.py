"""ENC and HTM: what the examples cannot show.

Text is damaged here the way programs damage it, and must come back; text in
other languages must stay; and no rule may take long for any text.
"""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

import normtool.rules  # noqa: F401  (fills the table)
from normtool.clean import clean, clean_document
from normtool.document import Document
from normtool.edits import BREAK, GAP, REMOVAL
from normtool.rule import RULES
from normtool.rules.misread import utf8_read_as_gbk
from normtool.scan import Scanner

OURS = [code for code in RULES if code.startswith(("ENC", "HTM"))]

SENTENCES = [
    "同志们：今天召开全县农业工作会议，主要任务是安排春耕生产。",
    "一要加大投入，二要抓好落实，确保全年粮食总产增长百分之五以上！",
    "各乡镇、各部门要认真学习，结合实际制定方案（附后）。",
    "“三农”问题始终是关系国计民生的根本性问题",
    "2008年完成GDP 12.6亿元，同比增长9.8%；财政收入1.2亿元",
]


def as_1252(data: bytes) -> str:
    """How a browser shows bytes that it takes for windows-1252 (WHATWG): holes become controls."""
    return "".join(
        bytes([b]).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b) for b in data
    )


def as_gbk(data: bytes) -> str:
    """How a browser shows bytes that it takes for GBK (WHATWG): 0x80 is the euro sign."""
    shown = []
    place = 0
    while place < len(data):
        pair = data[place : place + 2]
        if data[place] < 0x80 or data[place] == 0x80:
            shown.append("€" if data[place] == 0x80 else chr(data[place]))
            place += 1
        elif len(pair) == 2 and (0x40 <= pair[1] <= 0x7E or 0x80 <= pair[1] <= 0xFE):
            shown.append(pair.decode("gb18030"))
            place += 2
        else:
            shown.append("\ufffd")
            place += 1
    return "".join(shown)


def only(codes: str, text: str) -> str:
    """The text after the SAFE rules of one family, in as many rounds as they need."""
    from normtool.clean import Settings

    return clean_document(Document("<text>", text), Settings(select=(codes,))).text


@pytest.mark.parametrize("sentence", SENTENCES)
def test_gbk_read_as_windows_1252_comes_back(sentence: str) -> None:
    assert only("ENC", as_1252(sentence.encode("gbk"))) == sentence
    assert only("ENC", sentence.encode("gbk").decode("latin-1")) == sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_utf8_read_as_windows_1252_comes_back(sentence: str) -> None:
    shown = as_1252(sentence.encode())
    assert only("ENC", shown) == sentence
    assert only("ENC", shown.replace("\xa0", " ")) == sentence
    assert only("ENC", sentence.encode().decode("latin-1")) == sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_read_wrongly_twice_comes_back(sentence: str) -> None:
    twice = as_1252(as_1252(sentence.encode()).encode())
    assert only("ENC", twice) == sentence
    other = as_1252(as_1252(sentence.encode("gbk")).encode())
    assert only("ENC", other) == sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_utf8_read_as_gbk_comes_back_but_for_what_is_lost(sentence: str) -> None:
    shown = as_gbk(sentence.encode())
    document = clean_document(Document("<text>", shown))
    back = only("ENC", shown)
    assert len(back) == len(sentence)
    lost = sum(new == "□" for new in back)
    assert all(new in (old, "□") for old, new in zip(sentence, back, strict=True))
    assert lost <= shown.count("\ufffd")
    if not lost:
        assert back == sentence
    else:
        assert any(edit.kind == GAP for edit in document.edits)


def test_a_run_ends_where_real_text_begins() -> None:
    damaged = as_gbk("农业工作".encode())
    text = f"会议记录：{damaged}的通知\n{damaged}"
    assert only("ENC", text) == "会议记录：农业工作的通知\n农业工作"


def test_utf8_twice_read_as_gbk_comes_back() -> None:
    once = as_gbk("农业工作会议纪要".encode())
    twice = as_gbk(once.encode())
    assert "\ufffd" not in once + twice
    assert only("ENC", twice) == "农业工作会议纪要"


def test_0x80_is_the_euro_sign_in_windows_936() -> None:
    shown = as_gbk("一致行动，统一思想".encode())
    assert shown.startswith("涓€")
    assert only("ENC", shown) == "一致行动，统一思想"
    assert only("ENC", "售价20€左右，约合€20") == "售价20€左右，约合€20"


FOREIGN = [
    "Les élèves français étudient où l'été dure: « Noël », ça ira? Œuvre, À bientôt!",
    "Über die Größe der Städte: Köln, Düsseldorf, Nürnberg – Straße, Äpfel, Öl.",
    "ÄÖÜ äöü ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞß àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ",
    "Cộng hòa xã hội chủ nghĩa Việt Nam; Đồng bằng sông Cửu Long; Ðà Nẵng",
    "São Tomé e Príncipe; ação; coração; Año Nuevo; ¿Qué tal? ¡Olé!",
    "København, Ærø, Ålesund, Þingvellir, Háskóli Íslands",
    "ひらがなとカタカナ、漢字を交えた普通の日本語の文章である。",
    "Αθήνα 雅典，Москва 莫斯科，ㄅㄆㄇ",
    "售价£5±2%，温度25°C，©2008，§3，3×4÷2，50¥",
    "刘锟、王喆、李玥、朱镕基、张堃、陈赟、姜昕、傅莹、鍾鎮濤、錢鍾書、關鎔鋼",
    "锘、锛、鐨、銆、鍚、鎴、涓、璁、鈥",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_text_of_other_languages_and_rare_names_stay(text: str) -> None:
    for code in OURS:
        assert list(RULES[code].find(text)) == [], code


@given(
    st.text("娃淮潢潼烽璜璐璧琪瑜瑾缈缨绮鍚鍏涓銆锛鐨鎴浠堕緳濡€□?\ufffdaZ2，。\n ", max_size=60)
)
@effort(max_examples=150, deadline=None)
def test_runs_lie_in_the_text_and_an_exact_one_encodes_back(text: str) -> None:
    end = 0
    for run in utf8_read_as_gbk(text):
        assert end <= run.start < run.end <= len(text)
        assert run.text.count("□") >= run.lost
        if not run.lost:
            assert as_gbk(run.text.encode()) == text[run.start : run.end]
        end = run.end


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "<p>",
                    "</p>",
                    "<br/>",
                    "<b>",
                    "</b>",
                    "<扩大>",
                    "&nbsp;",
                    "&amp;",
                    "&lt;",
                    "&gt;",
                ),
                *("&#60;", "<", ">", "&", "\\n", "\\u4eca", "%u4eca", "甲", "乙", "。", "\n", " "),
                *("<!--", "-->", "<style>", "</style>", "p{color:red}", "{", "}", "var a=1;"),
                *(
                    "x0dx0a",
                    "[标签:题]",
                    "同志们",
                    "ä»Š",
                    "å¤©",
                    "Í¬Ö¾",
                    "鍚屽織",
                    "鍏ㄥ競宸ヤ綔",
                    "â€œ",
                ),
            ]
        ),
        max_size=14,
    ).map("".join)
)
@effort(max_examples=300, deadline=None)
def test_cleaning_debris_comes_to_rest(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


def test_escaped_tags_are_resolved_and_then_removed() -> None:
    assert only("HTM", "&lt;p&gt;第一段&lt;/p&gt;&lt;p&gt;第二段") == "第一段\n第二段"
    assert only("HTM", "全体&lt;扩大&gt;会议") == "全体<扩大>会议"


def test_a_heading_is_no_talk_about_a_tag() -> None:
    assert only("HTM", "甲</dl><dt>标签</dt><dd>乙</dd>") == "甲\n标签\n乙"
    assert only("HTM", "甲<p>标签：乙") == "甲\n标签：乙"


def test_a_page_becomes_its_text() -> None:
    page = (
        "<!DOCTYPE html>\n<html><head><title>春耕会议</title>\n"
        '<style type="text/css">\np.a > b { margin: 0 }\n</style>\n'
        "<SCRIPT>if (a < b && c) { document.write('<p>广告</p>'); }</SCRIPT></head>\n"
        '<body class="x"><!-- 正文 -->\n<h2 id="t1">同志们：</h2>'
        '<P STYLE="font-size:12px" title="甲>乙">抓好<strong>春耕</strong>生产。</P>'
        "<p>谢谢！<br>\n</body></html>"
    )
    lines = [line for line in only("HTM", page).split("\n") if line.strip()]
    assert lines[0] == "春耕会议"
    assert "同志们：" in lines
    assert lines[-1] == "谢谢！"
    assert not set("".join(lines)) & set("{}<>广")


def test_kinds_say_whether_a_line_ends_or_something_goes() -> None:
    document = clean_document(Document("<text>", "今天<br/>开会<font size=2>了</font>"))
    kinds = {edit.before: edit.kind for edit in document.edits}
    assert kinds["<br/>"] == BREAK
    assert kinds["<font size=2>"] == kinds["</font>"] == REMOVAL


def test_tags_reach_no_file() -> None:
    from lxml import etree

    from normtool.export import write
    from normtool.structure import structure

    text = "在春耕会议上的讲话\n同志们：<br/>抓好<b>春耕</b>生产。</p><p>谢谢大家！&nbsp;"
    document = structure(clean_document(Document("<text>", text)))
    out = io.BytesIO()
    write(document, out, "txt")
    shown = out.getvalue().decode()
    assert [line for line in shown.split("\n") if line][-2:] == ["抓好春耕生产。", "谢谢大家！"]
    out = io.BytesIO()
    write(document, out, "tei")
    root = etree.fromstring(out.getvalue())
    body = root.find(".//{*}body")
    assert body is not None
    found = "".join(body.itertext())
    assert "&nbsp;" in found, "what was there is kept beside what it became"
    for before in [*body.iter("{*}orig"), *body.iter("{*}sic")]:
        before.text = ""
    read = "".join("".join(body.itertext()).split())
    assert read == "在春耕会议上的讲话同志们：抓好春耕生产。谢谢大家！"


@pytest.mark.parametrize(
    "unit",
    [
        *("<", "&", "&amp;", "<p ", '<p ="', "<!--", "<style>", "<![CDATA[", "<p><", "{a:b"),
        *("a{color:red}", "a ", 'var a="', "document.write(", "\\n", "的\\n", "\\u8BB2", "x0d"),
        *("鍚", "鍚屽織", "璁茶瘽路", "鍚?", "锛", "Í", "Í¬Ö¾", "å", "ä»Š", "Ã", "Ã¥â€¦Â¨", "Å "),
        *("さぱ瓣叭", "ㄓ", "ㄓ\n"),
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    scanner = Scanner([RULES[code] for code in OURS])

    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        start = time.process_time()
        scan = scanner.scan(text)
        for code in OURS:
            for _ in scan.find(code):
                pass
        return time.process_time() - start

    seconds(1_000)
    # Ten times the text in hardly more than ten times the time; squares would take a hundred.
    # The best of a few tries: a busy machine can make any single one slow.
    short = max(min(seconds(5_000) for _ in range(3)), 0.002)
    assert any(seconds(50_000) < 40 * short for _ in range(5))
