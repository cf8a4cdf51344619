"""TEI read back: what normtool wrote comes back exactly, other TEI as its paragraphs."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import note as show
from lxml import etree
from test_export_tei import documents

from normtool.document import Document
from normtool.edition import NotTei, is_tei, read_tei
from normtool.export import tei, text
from normtool.pipeline import prepare
from normtool.read import Unreadable, from_text, read, read_bytes

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
T = "{http://www.tei-c.org/ns/1.0}"

COMPILATION = (
    "12\n\n秋收动员讲话范文2篇\n发布于2023-09-10 08:00,全文约 120 字\n\n"
    "篇1：在秋收动员会上的讲话_农家文稿网\n\n同志们：秋收在即,任务不轻。一、抓紧收割\n"
    "今年种稻三 千亩,形势严竣。\n\n谢谢大家！\n\n"
    "篇2：在秋收总结会上的讲话_农家文稿网\n\n同志们：秋收结束了,收粮*.*万斤。\n\n谢谢大家！\n"
)


def written(document: Document, format=tei, **options) -> bytes:
    stream = io.BytesIO()
    if format is tei:
        options = {"date": "2024-05-06", **options}
    format.write(document, stream, **options)
    return stream.getvalue()


def bundle(*files: bytes) -> bytes:
    inside = b"".join(file.split(b"?>", 2)[2] for file in files)
    return b'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">' + inside + b"</teiCorpus>"


@pytest.mark.parametrize("script", ["", "hant", "twp"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_come_back(path, script):
    document = prepare(read(path), script=script)
    for speech in document.speeches:
        data = written(document, speech=speech)
        back = read_tei(data, "x.xml")
        assert written(back, speech=speech) == data
        assert back.speeches == [speech]
        if len(document.speeches) == 1:
            assert back.name == path.name  # its folder is nobody else's concern
            assert back.to_json() == document.to_json() | {"name": path.name}
            assert written(back, text) == written(document, text)


@pytest.mark.parametrize("script", ["", "tw"])
def test_one_speech_of_several(script):
    document = prepare(from_text(COMPILATION, "秋收.txt"), script=script)
    assert document.speeches == [1, 2]
    files = [written(document, speech=speech) for speech in (1, 2)]
    first, second = (read_tei(data, "x.xml") for data in files)
    # The offsets are those of the source; what the other file tells of is blank.
    assert len(first.original) == len(second.original) == len(COMPILATION)
    label = COMPILATION.index("篇2：")
    assert first.original[:label] == COMPILATION[:label]
    assert first.original[label:].isspace()
    head = COMPILATION.index("篇1：")
    assert (
        second.original[:head] + second.original[label:] == COMPILATION[:head] + COMPILATION[label:]
    )
    assert second.original[head:label].isspace()
    base = document.cleaned or document
    inside = [edit for edit in base.edits if edit.start > label]
    assert [edit for edit in (second.cleaned or second).edits if edit.start > label] == inside
    assert all("严竣" not in edit.before for edit in second.edits)
    # Together they are the whole.
    assert read_tei(bundle(*files), "x.xml").to_json() == document.to_json()


def test_words_of_one_speech_in_other_formats(tmp_path):
    """The command makes text of a TEI file, as it would of the source."""
    source = tmp_path / "秋收.txt"
    source.write_text(COMPILATION, "utf-8")
    run = [sys.executable, "-m", "normtool", "convert", "-q"]
    environment = {"SOURCE_DATE_EPOCH": "86400", "PYTHONPATH": str(ROOT)}
    for arguments in (
        [str(source), "-o", str(tmp_path / "one"), "-t", "tei"],
        [str(tmp_path / "one/秋收.2.zh-Hans.xml"), "-o", str(tmp_path / "two"), "-t", "tei"],
        [str(tmp_path / "one/秋收.2.zh-Hans.xml"), "-o", str(tmp_path / "two.txt")],
        [str(tmp_path / "one/秋收.2.zh-Hans.xml"), "-o", str(tmp_path / "two.docx")],
    ):
        made = subprocess.run([*run, *arguments], capture_output=True, check=False, env=environment)
        assert made.returncode == 0, made.stderr.decode()
    again = (tmp_path / "two/秋收.2.zh-Hans.xml").read_bytes()
    assert again == (tmp_path / "one/秋收.2.zh-Hans.xml").read_bytes()
    words = (tmp_path / "two.txt").read_text("utf-8")
    assert words.startswith(
        "12\n\n秋收动员讲话范文2篇\n\n在秋收总结会上的讲话\n\n同志们：\n\n秋收结束了，"
    )
    assert "收割" not in words
    assert read(tmp_path / "two.docx").original.split("\n")[-1] == "谢谢大家！"


@settings(max_examples=150, deadline=None)
@given(documents())
def test_any_document_comes_back(document):
    show(repr((document.original, document.edits, document.blocks)))
    data = written(document, speech=document.speeches[0])
    back = read_tei(data, "x.xml")
    assert back.to_json() == document.to_json()
    assert written(back, speech=document.speeches[0]) == data


def test_characters_that_xml_cannot_hold():
    document = Document("a.txt", '甲\x07乙&<>"]]>丙\ud800丁\ufffe\x85戊')
    back = read_tei(written(document), "x.xml")
    assert back.original == document.original


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("秋收在即", "秋收已到", r"the words of p sp1\.p1 \(src:71,81\) were written over"),
        ("<opener>.*?</opener>", "", "lines are missing in the text"),
        ("<p [^>]*>谢谢大家！</p>", "", "lines are missing in the text"),
        ("normtool-ledger/1", "normtool-ledger/9", "its ledger is normtool-ledger/9, which this"),
        ('"runs"', '"run"', r"its ledger \(xenoData\) is damaged"),
        ('>{"schema"', '>"schema"', r"its ledger \(xenoData\) is damaged"),
    ],
)
def test_what_was_changed_since_is_refused(old, new, said):
    document = prepare(from_text(COMPILATION, "秋收.txt"))
    data = written(document, speech=1).decode()
    changed = re.sub(old, new, data, count=1, flags=re.DOTALL)
    assert changed != data
    with pytest.raises(NotTei, match=said):
        read_tei(changed.encode(), "x.xml")
    with pytest.raises(Unreadable, match=rf"^x\.xml:\d+: .*{said}"):
        read_bytes(changed.encode(), "x.xml")


def test_speeches_of_two_sources_are_not_put_together():
    files = [written(prepare(from_text(t, n))) for t, n in (("甲，乙。", "1"), ("丙，丁。", "2"))]
    with pytest.raises(NotTei, match="its speeches come from several sources"):
        read_tei(bundle(*files), "x.xml")


FOREIGN = """<?xml version="1.0"?>
<!-- 他人所编 -->
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader><fileDesc><titleStmt><title>不在正文</title></titleStmt></fileDesc></teiHeader>
  <text>
    <front><titlePage><titlePart>春耕讲话</titlePart></titlePage></front>
    <body>
      <div><head>一、备耕</head>
        <p>今年春耕<note>编者注</note>要早，种子要
           好。<choice><sic>浇火</sic><corr>浇水</corr></choice>要勤<del>吗</del>。
           共<gap reason="inaudible"><desc>掌声</desc></gap>亩。</p>
        <list><item>选种</item><item><p>翻地</p></item></list>
        <lg><l>春种一粒粟，</l><l>秋收万颗子。</l></lg>
        <u><seg>主席 Wang Ming
          同志：</seg><seg>请讲。</seg></u>
        <p/>
      </div>
    </body>
  </text>
</TEI>
"""


def test_tei_of_other_people_is_read_by_paragraphs():
    document = read_bytes(FOREIGN.encode(), "foreign.xml")
    assert document.original.split("\n") == [
        "春耕讲话",
        "一、备耕",
        "今年春耕要早，种子要好。浇水要勤。共□亩。",
        "选种",
        "翻地",
        "春种一粒粟，",
        "秋收万颗子。",
        "主席 Wang Ming 同志：",
        "请讲。",
    ]
    assert (document.encoding, document.edits, document.blocks) == ("tei", (), ())


def test_no_words_of_other_people_are_lost_and_no_other_reading_taken():
    document = read_bytes(
        """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>
        <table><row><cell>小麦</cell><cell><hi>三</hi><hi>百</hi>亩</cell></row></table>
        <p>水渠<app><lem>已</lem><rdg>未</rdg></app>通。<vocal><desc>笑声</desc></vocal></p>
        <gap reason="lost"><desc>缺一页</desc></gap>
        <quote>人勤春来早。</quote><incident><desc>散会</desc></incident>
        <closer>此致 <hi>敬礼</hi></closer></body></text></TEI>""".encode(),
        "foreign.xml",
    )
    assert document.original.split("\n") == [
        "小麦",
        "三百亩",
        "水渠已通。",
        "□",
        "人勤春来早。",
        "此致 敬礼",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "has no paragraphs in its text"),
        ("<TEI><text/></TEI>", "is in no namespace; write xmlns="),
        ("<TEI><text></TEI>", "is not well-formed XML"),
        ("<!DOCTYPE TEI [<!ENTITY a 'b'>]>\n<TEI>&a;</TEI>", "has a document type"),
    ],
)
def test_tei_that_cannot_be_read(data, said):
    with pytest.raises(Unreadable, match=rf"^bad\.xml:1: {said}"):
        read_bytes(data.encode(), "bad.xml")


def test_what_is_tei():
    assert is_tei(FOREIGN.encode())
    assert is_tei(FOREIGN.replace('"1.0"?>', '"1.0" encoding="utf-16"?>').encode("utf-16"))
    assert is_tei(b"\xef\xbb\xbf<tei:TEI xmlns:tei='x'>")
    assert not is_tei("讲话说<TEI>不是标签".encode())
    assert not is_tei(b"<html><TEI/></html>")
    assert not is_tei(b"<TEIX/>")


def test_the_ledger_holds_no_words_of_the_text_twice():
    """The words stand in the text; the ledger only tells how they came about."""
    document = prepare(from_text(COMPILATION, "秋收.txt"))
    root = etree.fromstring(written(document, speech=1))
    ledger = root.find(f"{T}teiHeader/{T}xenoData").text
    assert "任务不轻" not in ledger
    assert "严竣" in ledger or "竣" in ledger


def test_a_reading_view_is_read_as_it_reads():
    document = prepare(from_text(COMPILATION, "秋收.txt"))
    back = read_tei(written(document, speech=2, view="reading"), "x.xml")
    assert back.edits == ()
    assert back.original.split("\n") == [
        "在秋收总结会上的讲话",
        "同志们：",
        "秋收结束了，收粮*.*万斤。",
        "谢谢大家！",
    ]
