"""TEI: read back with lxml; the views of the text must be the text and the source."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import note as show
from hypothesis import strategies as st
from lxml import etree

from normtool import document as kinds
from normtool.document import Block, Document
from normtool.edits import (
    BREAK,
    CONVENTION,
    ERROR,
    FLAG,
    GAP,
    HIGH,
    LOW,
    MEDIUM,
    REMOVAL,
    SAFE,
    UNSAFE,
    Edit,
    apply,
    fuse,
)
from normtool.export import tei
from normtool.export.tei.alignment import align
from normtool.export.tei.masks import find_masks
from normtool.export.tei.source import iso_date
from normtool.script.conversion import fold

T = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SHARED = Path(__file__).resolve().parents[2] / "shared"
TEI_ALL = SHARED / "tei/tei_all.rng"
SEED = SHARED / "seed/seed.txt"
INLINE = ("choice", "supplied", "gap")

needs_jing = pytest.mark.skipif(
    shutil.which("jing") is None or not TEI_ALL.exists(), reason="needs jing and tei_all.rng"
)


def tei_bytes(document: Document, **options) -> bytes:
    stream = io.BytesIO()
    tei.write(document, stream, **{"date": "2024-05-06", **options})
    return stream.getvalue()


def tree(document: Document, **options):
    return etree.fromstring(tei_bytes(document, **options))


def edited(original: str, *changes: tuple, name: str = "讲话 一.txt", **fields) -> Document:
    """A document whose changes are (before, after, codes, kind, certainty, note), in order."""
    edits = []
    place = 0
    for before, after, *rest in changes:
        mark = "‖"  # ‖ shows where something is put in: 甲‖乙
        if mark in before:
            left, right = before.split(mark)
            start, before = original.index(left + right, place) + len(left), ""
        else:
            start = original.index(before, place)
        defaults = (("X",), CONVENTION, HIGH, "")
        codes, kind, certainty, note = (*rest, *defaults[len(rest) :])
        edits.append(Edit(start, before, after, codes, certainty, SAFE, kind, note))
        place = start + len(before)
    return Document(name, original, sha256="ab" * 32, edits=tuple(fuse(edits)), **fields)


def with_blocks(document: Document, *labels, speech: int = 1) -> Document:
    """Label the lines: a kind, or (kind, level), or (kind, level, speech)."""
    blocks = []
    start = 0
    lines = document.text.split("\n")
    assert len(lines) == len(labels), lines
    for line, label in zip(lines, labels, strict=True):
        label = (label,) if isinstance(label, str) else label
        kind, level, number = (*label, *("", 0, speech)[len(label) :])
        blocks.append(Block(kind, start, start + len(line), level, number))
        start += len(line) + 1
    return document.replace(blocks=tuple(blocks))


def name(element) -> str:
    return etree.QName(element).localname


def view(element, mode: str) -> str:
    """The text of an element: as it reads ("reading"), or as the source has it ("source")."""
    kind = name(element)
    alone = kind == "sic" and name(element.getparent()) != "choice"
    if not alone and kind in (
        ("sic", "orig") if mode == "reading" else ("corr", "reg", "supplied")
    ):
        return ""
    if kind == "gap" and (mode == "reading" and element.get("reason") == "lost"):
        return "□" * int(element.get("quantity", 1))
    if kind == "g":
        return chr(int(element.get("ref").removeprefix("#char."), 16))
    return (element.text or "") + "".join(
        view(child, mode) + (child.tail or "") for child in element
    )


def text_blocks(root) -> list:
    return list(root.find(f"{T}text").iter(T + "head", T + "byline", T + "salute", T + "p"))


def ranges(value: str) -> list[tuple[int, int]]:
    return [tuple(map(int, one[4:].split(","))) for one in value.split()]


def silent_changes(root) -> dict[int, tuple[str, str]]:
    categories = {e.get(ID): e for e in root.iter(T + "category")}
    changes = {}
    for annotation in root.iterfind(
        f".//{T}listAnnotation[@type='silentNormalization']/{T}annotation"
    ):
        category = categories[annotation.get("ana")[1:]]
        pair = tuple(category.find(f"{T}catDesc/{T}choice/{T}{k}").text for k in ("orig", "reg"))
        for start, end in ranges(annotation.get("target")):
            assert end == start + 1
            assert start not in changes
            changes[start] = pair
    return changes


def has_no_neighbour(choice) -> bool:
    """Whether nothing stands beside a change but a gap: only then may a branch be blank."""
    before, after = choice.getprevious(), choice.getnext()
    text = choice.getparent().text if before is None else before.tail
    beside = [name(one) for one in (before, after) if one is not None]
    return not text and not choice.tail and set(beside) <= {"gap"}


def check(document: Document, root, speech: int | None = None) -> None:
    """The laws of the encoding, by code of its own."""
    base = document.cleaned or document
    blocks = [
        block
        for block in document.blocks
        if block.kind not in (kinds.META, kinds.NOISE, kinds.BLANK)
        and (speech is None or block.speech == speech)
    ]
    written = [block for block in text_blocks(root) if block.get("source")]
    if document.blocks:
        assert len(written) == len(blocks)
        for element, block in zip(written, blocks, strict=True):
            suspected = [
                one for one in element.iter(T + "sic") if name(one.getparent()) != "choice"
            ]
            # What is suspected keeps the characters of the source in either script.
            same = fold if suspected and document.cleaned is not None else str
            assert same(view(element, "reading")) == same(document.line(block))
    silent = silent_changes(root)
    used = set()
    for block in written if document.cleaned is None else []:
        ((start, end),) = ranges(block.get("source"))
        characters = list(view(block, "source"))
        for place, character in enumerate(characters, start=start):
            if place in silent:
                old, new = silent[place]
                assert character == new
                characters[place - start] = old
                used.add(place)
        assert "".join(characters) == base.original[start:end]
    if document.cleaned is None:
        assert used == set(silent)
    for element in root.find(f"{T}text").iter(*(T + kind for kind in INLINE)):
        assert all(element.get(key) for key in (ID, "source", "resp", "ana"))
        assert element.get("cert") or element.find(T + "corr").get("cert")
        ((start, end),) = ranges(element.get("source"))
        for kind in ("sic", "orig", "desc"):
            if element.find(T + kind) is not None:
                assert view(element.find(T + kind), "source") == base.original[start:end]
        if name(element) == "choice":
            assert {name(child) for child in element} in ({"sic", "corr"}, {"orig", "reg"})
            for child in element:
                assert has_no_neighbour(element) or len(child) or child.text.strip()
    ids = [element.get(ID) for element in root.iter() if element.get(ID)]
    assert len(ids) == len(set(ids))
    for element in root.iter(etree.Element):
        for key in ("ana", "resp", "who", "target", "ref", "corresp"):
            for pointer in (element.get(key) or "").split():
                assert not pointer.startswith("#") or pointer[1:] in ids, pointer
    for note in root.find(f"{T}teiHeader").iter():
        if isinstance(note.tag, str) and (note.get("source") or "").startswith("src:"):
            ((start, end),) = ranges(note.get("source"))
            if document.cleaned is None and len(note) == 0:
                assert (note.text or "") == base.original[start:end]
    counts = {usage.get("gi"): int(usage.get("occurs")) for usage in root.iter(T + "tagUsage")}
    found: dict[str, int] = {}
    for element in root.find(f"{T}text").iter():
        found[name(element)] = found.get(name(element), 0) + 1
    if root.find(f".//{T}listAnnotation[@type='scriptConversion']") is not None:
        assert counts.pop("annotation") == len(list(root.iter(f"{T}annotation")))
    assert counts == found
    for stand_off in root.iter(T + "standOff"):
        assert not "".join(stand_off.itertext()).strip()


SPEECH = """0

开局演讲两篇

发布于2023-03-02 07:08,全文约 95 字

篇1:在春耕动员会上的讲话_好文_网

同志们:今天 开会,我讲两点:一、抓紧备耕(早动手)备足种子,到帐资金45万 元,项目12个?000万元以上。
1、检修水渠;**号闸要换。二、保证落实县里拨款*.*亿元,严竣形势 下不松劲。
谢谢大家
(内部资料)"""


def composed() -> Document:
    """A page with furniture, glued headings, blanks, mistakes, losses, masks."""
    document = edited(
        SPEECH,
        ("0\n\n", "", ("FUR103",), REMOVAL),
        ("\n\n发布于2023-03-02 07:08,全文约 95 字\n\n篇1:", "\n", ("FUR102", "FUR105"), REMOVAL),
        ("_好文_网\n\n", "\n", ("FUR101", "BRK101"), REMOVAL),
        (":", "：\n", ("BRK103", "PUN101"), BREAK),
        (" ", "", ("SPC101",)),
        (",", "，", ("PUN101",)),
        (":", "：\n", ("BRK104", "PUN101"), BREAK, MEDIUM),
        ("(", "（", ("PUN102",)),
        (")", "）\n", ("PUN102", "BRK105"), BREAK, MEDIUM),
        (",到帐", "，到账", ("PUN101", "TYP101"), ERROR, HIGH, "a dictionary"),
        (" ", "", ("SPC102",)),
        (",", "，", ("PUN101",)),
        ("?", "，□", ("GAP101",), GAP, MEDIUM, "a comma and a digit"),
        (";", "；", ("PUN101",)),
        ("。‖二", "\n", ("BRK104",), BREAK),
        ("落实‖县", "\n", ("BRK105",), BREAK, MEDIUM),
        (",", "，", ("PUN101",)),
        ("严竣", "严峻", ("TYP101",), ERROR, HIGH),
        (" ", "", ("SPC101",)),
        ("谢谢大家‖", "。", ("PUN110",), CONVENTION, LOW),
        ("\n(内部资料)", "", ("FUR106",), REMOVAL),
        meta={
            "title": "开局演讲两篇",
            "published": "2023-03-02 07:08",
            "declared_chars": 95,
            "site": "好文网",
            "speeches": [{"n": 1, "title": "在春耕动员会上的讲话"}],
            "warnings": [{"speech": 1, "code": "declared-length", "message": "too short & <odd>"}],
        },
        suggestions=(
            Edit(SPEECH.index("足种子"), "足", "齐", ("TYP201",), LOW, UNSAFE, ERROR, "rare"),
            Edit(SPEECH.index("水渠"), "水渠", "水渠", ("QLT101",), LOW, SAFE, FLAG),
        ),
    )
    return with_blocks(
        document,
        (kinds.META, 0, 0),
        kinds.TITLE,
        kinds.SALUTATION,
        kinds.PARAGRAPH,
        (kinds.HEADING, 1),
        kinds.PARAGRAPH,
        kinds.ITEM,
        (kinds.HEADING, 1),
        kinds.PARAGRAPH,
        kinds.CLOSING,
    )


def outline(element) -> list:
    return [
        (name(child), child.get(ID), outline(child))
        if name(child) in ("div", "opener")
        else (name(child), child.get(ID))
        for child in element
    ]


def test_a_whole_speech():
    document = composed()
    root = tree(document)
    check(document, root)
    assert outline(root.find(f"{T}text/{T}body")) == [
        ("head", "sp1.h"),
        ("opener", None, [("salute", "sp1.salute")]),
        ("p", "sp1.p1"),
        ("div", "sp1.1", [("head", "sp1.1.h"), ("p", "sp1.1.p1"), ("p", "sp1.1.p2")]),
        ("div", "sp1.2", [("head", "sp1.2.h"), ("p", "sp1.2.p1")]),
        ("div", "sp1.3", [("p", "sp1.3.p1")]),
    ]
    assert [div.get("type") for div in root.iter(T + "div")] == [
        "section",
        "section",
        "conclusion",
    ]
    assert [p.get("n") for p in root.iter(T + "p") if p.get("n")] == ["1"]


def test_what_each_change_becomes():
    root = tree(composed())
    changes = [
        (element.get(ID), *((name(child), child.text) for child in element))
        for element in root.find(f"{T}text").iter(*(T + kind for kind in INLINE))
    ]
    assert changes == [
        ("sp1.e1", ("orig", "天 开"), ("reg", "天开")),
        ("sp1.e2", ("sic", "到帐"), ("corr", "到账")),
        ("sp1.e3", ("orig", "万 元"), ("reg", "万元")),
        ("sp1.e4", ("sic", "?"), ("corr", "，")),
        ("sp1.e4.2",),
        ("sp1.m1", ("desc", "**")),
        ("sp1.m2", ("desc", "*.*")),
        ("sp1.e5", ("sic", "严竣"), ("corr", "严峻")),
        ("sp1.e6", ("orig", "势 下"), ("reg", "势下")),
        ("sp1.e7",),
    ]
    lost = root.find(f".//{T}gap[@reason='lost']")
    assert lost.get("quantity") == "1"
    assert lost.get("cert") == "medium"
    note = root.find(f".//{T}note[@type='rationale'][@target='#sp1.e4 #sp1.e4.2']")
    assert note.text == "a comma and a digit"
    assert root.find(f".//{T}supplied").text == "。"
    silent = silent_changes(root)
    assert silent[SPEECH.index("同志们:") + 3] == (":", "：")
    assert silent[SPEECH.index(",到帐")] == (",", "，")
    commas = [a for a in root.iter(T + "annotation") if a.get("ana").endswith("002C-FF0C")]
    assert len(commas) == 1  # one annotation a mapping, with all places


def test_breaks_that_the_source_did_not_have():
    root = tree(composed())
    by_id = {block.get(ID): block for block in text_blocks(root)}
    first = by_id["sp1.p1"]
    assert (first.get("resp"), first.get("cert"), first.get("ana")) == (
        "#normtool",
        "high",
        "#rule.BRK103",
    )
    assert by_id["sp1.1.h"].get("cert") == "medium"
    assert by_id["sp1.1.p1"].get("ana") == "#rule.BRK105"
    for there in ("sp1.h", "sp1.salute", "sp1.1.p2", "sp1.3.p1"):
        assert by_id[there].get("resp") is None
    assert root.get("ana") == "#rule.FUR105"


def test_header_tells_where_it_comes_from():
    root = tree(composed())
    assert [title.text for title in root.iter(T + "title")][:2] == [
        "在春耕动员会上的讲话",
        "开局演讲两篇",
    ]
    author = root.find(f".//{T}titleStmt/{T}author")
    assert (author.text, author.get("cert")) == ("未详", "unknown")
    notes = {
        (note.get("type"), note.get("subtype"), note.text)
        for note in root.find(f".//{T}sourceDesc").iter(T + "note")
    }
    assert {
        ("removed", "label", "篇1:"),
        ("removed", "suffix", "_好文_网"),
        ("pageFurniture", None, "0"),
        ("pageFurniture", None, "发布于2023-03-02 07:08,全文约 95 字"),
        ("pageFurniture", None, "(内部资料)"),
    } <= notes
    body = "".join(root.find(f"{T}text").itertext())
    assert "好文" not in body
    assert "内部资料" not in body
    page = root.find(f".//{T}sourceDesc/{T}bibl[@type='webPage']")
    assert page.find(T + "date").get("when") == "2023-03-02T07:08:00"
    stated, counted = (
        root.find(f".//{T}fileDesc/{T}extent/{T}measure[@type='{kind}']")
        for kind in ("stated", "counted")
    )
    assert stated.text == "全文约 95 字"
    spoken = [block for block in composed().blocks if block.speech]
    assert int(counted.get("quantity")) == sum(block.end - block.start for block in spoken)
    assert root.find(f".//{T}idno[@type='sha256']").text == "ab" * 32
    parts = [name(child) for child in root.find(f".//{T}editorialDecl")]
    assert len(set(parts)) == 8
    prefix = root.find(f".//{T}prefixDef")
    assert prefix.get("replacementPattern") == "%E8%AE%B2%E8%AF%9D%20%E4%B8%80.txt#char=$1,$2"
    warning = root.find(f".//{T}note[@type='warning']")
    assert (warning.get("subtype"), warning.text) == ("declared-length", "too short & <odd>")


def test_suggestions_are_told_of_not_made():
    root = tree(composed())
    first, second = root.iterfind(f".//{T}notesStmt/{T}note[@type='suggestion']")
    assert first.text == "足"
    assert first.find(f"{T}note[@type='proposal']").text == "齐"
    assert second.text == "水渠"
    assert second.find(f"{T}note[@type='proposal']") is None


def test_stated_speaker_and_date():
    document = with_blocks(edited("一堂课\n各位好"), kinds.TITLE, kinds.PARAGRAPH).replace(
        meta={"speeches": [{"n": 1, "speaker": "张三", "date": "2021年4月5日"}]}
    )
    root = tree(document)
    assert root.find(f".//{T}titleStmt/{T}author").text == "张三"
    assert root.find(f".//{T}creation/{T}date").get("when") == "2021-04-05"
    assert "未详" not in "".join(root.itertext())


@pytest.mark.parametrize(
    ("original", "changes", "expected"),
    [
        # Blanks that share a neighbour are one change.
        ("各 位 来 宾好", [(" ", ""), (" ", ""), (" ", "")], [("各 位 来 宾", "各位来宾")]),
        # The neighbour of a blank is never taken out of a mask, unless there is no other.
        ("用*.* 亿元", [(" ", "")], [(" 亿", "亿")]),
        ("共** **户", [(" ", "")], [("* ", "*")]),
        # A blank before a mark that changes its width.
        ("年 初,甲", [(" ", ""), (",", "，")], [("年 初", "年初")]),
        # A wrapped line.
        ("发展经\n济要", [("\n", "", ("BRK106",), BREAK)], [("经\n济", "经济")]),
        # An advertisement inside a paragraph goes, and can be brought back.
        ("很好。看片加微信。再说", [("看片加微信。", "", ("ADS101",), REMOVAL)], None),
        ("\u200b甲乙", [("\u200b", "", ("CHR101",))], [("\u200b甲", "甲")]),
        ("甲乙\u200b", [("\u200b", "", ("CHR101",))], [("乙\u200b", "乙")]),
    ],
)
def test_no_branch_is_blank(original, changes, expected):
    document = with_blocks(edited(original, *changes), kinds.PARAGRAPH)
    root = tree(document)
    check(document, root)
    pairs = [(c.find(T + "orig").text, c.find(T + "reg").text) for c in root.iter(T + "choice")]
    pairs = [pair for pair in pairs if pair[0] not in (",",)]
    assert pairs == (expected or [("。看片加微信。再", "。再")])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("?", "，□", ["choice", "gap"]),
        ("", "□", ["gap"]),
        ("[]", "〔□〕", ["choice", "gap", "choice"]),
        ("锟斤拷", "□", ["gap"]),
        ("", "，□□", ["supplied", "gap"]),
    ],
)
def test_a_gap_stands_beside_never_inside(before, after, expected):
    original = f"发文{before}第三号"
    edit = Edit(2, before, after, ("GAP105",), HIGH, SAFE, GAP)
    document = with_blocks(Document("a.txt", original, edits=(edit,)), kinds.PARAGRAPH)
    root = tree(document)
    check(document, root)
    assert [name(child) for child in root.find(f".//{T}body/{T}p")] == expected
    assert root.find(f".//{T}choice//{T}gap") is None
    assert "□" not in "".join(root.find(f"{T}text").itertext())


def test_a_byline_marks_every_change():
    document = with_blocks(
        edited("讲话稿\n(2020年1月)\n大家好", ("(", "（", ("PUN102",)), (")", "）", ("PUN102",))),
        kinds.TITLE,
        kinds.BYLINE,
        kinds.PARAGRAPH,
    )
    root = tree(document)
    check(document, root)
    assert len(root.findall(f".//{T}byline/{T}choice")) == 2
    assert root.find(f"{T}standOff") is None


def test_nesting_by_level_and_late_salutation():
    document = with_blocks(
        edited("题\n（一）甲\n子\n一、乙\n（一）丙\n1.丁\n二、戊\n己\n同志们！\n干吧\n\n再见"),
        kinds.TITLE,
        (kinds.HEADING, 2),
        kinds.PARAGRAPH,
        (kinds.HEADING, 1),
        (kinds.HEADING, 2),
        (kinds.HEADING, 3),
        (kinds.HEADING, 1),
        kinds.PARAGRAPH,
        kinds.SALUTATION,
        kinds.PARAGRAPH,
        kinds.BLANK,
        kinds.CLOSING,
    )
    root = tree(document)
    check(document, root)
    assert [(div.get(ID), div.get("type")) for div in root.iter(T + "div")] == [
        ("sp1.1", "section"),
        ("sp1.2", "section"),
        ("sp1.2.1", "subsection"),
        ("sp1.2.1.1", "subsection"),
        ("sp1.3", "section"),
        ("sp1.4", "conclusion"),
    ]
    conclusion = root.find(f".//{T}div[@type='conclusion']")
    assert [name(child) for child in conclusion] == ["opener", "p", "milestone", "p"]


def several() -> Document:
    return with_blocks(
        edited("合集\n前言\n甲题\n甲文,好\n乙题\n乙文", (",", "，", ("PUN101",))),
        (kinds.META, 0, 0),
        (kinds.PARAGRAPH, 0, 0),
        (kinds.TITLE, 0, 1),
        (kinds.PARAGRAPH, 0, 1),
        (kinds.TITLE, 0, 2),
        (kinds.PARAGRAPH, 0, 2),
    )


def test_one_file_a_speech():
    document = several()
    first, second = (tree(document, speech=n) for n in (1, 2))
    check(document, first, 1)
    check(document, second, 2)
    assert (second.get(ID), second.get("n")) == ("sp2", "2")
    for root in (first, second):  # what stands outside every speech is in the header of each
        notes = [note.text for note in root.iter(T + "note")]
        assert "前言" in notes
        assert "合集" in notes
    with pytest.raises(ValueError, match=r"holds 2 speeches .* name one of 1, 2"):
        tree(document)
    with pytest.raises(ValueError, match="has no speech 3; there is: 1, 2"):
        tree(document, speech=3)


def test_text_without_speeches_or_without_blocks_is_one_file():
    document = with_blocks(edited("散文一篇\n说几句"), kinds.TITLE, kinds.PARAGRAPH, speech=0)
    root = tree(document)
    check(document, root)
    assert root.get(ID) == "sp0"
    bare = edited("说几句\n\n再说,两句", (",", "，"))
    root = tree(bare)
    check(bare, root)
    assert [view(p, "reading") for p in text_blocks(root)] == ["说几句", "再说，两句"]
    assert root.find(f".//{T}titleStmt/{T}title").text == "讲话 一.txt"


def test_the_twin_shares_ids_and_keeps_the_source():
    script = pytest.importorskip("normtool.script")
    document = composed()
    twin = script.convert_script(document, "tw")
    hans = tree(document, twin="x.1.zh-Hant-TW.xml")
    hant = tree(twin, twin="x.1.zh-Hans.xml")
    check(twin, hant)
    assert [e.get(ID) for e in hans.find(f"{T}text").iter() if e.get(ID)] == [
        e.get(ID) for e in hant.find(f"{T}text").iter() if e.get(ID)
    ]
    assert hant.get(LANG) == "zh-Hant-TW"
    assert hant.get("corresp") == "x.1.zh-Hans.xml"
    salute = hant.find(f".//{T}salute")
    assert (salute.text, salute.get("corresp")) == ("同志們：", "x.1.zh-Hans.xml#sp1.salute")
    money = hant.find(f".//{T}choice[@{ID}='sp1.e2']")
    sic, corr = money
    assert (sic.text, sic.get(LANG)) == ("到帐", "zh-Hans")
    assert corr.text != "到账"
    assert hant.find(f".//{T}application[@ident='OpenCC']") is not None
    assert hans.find(f".//{T}application[@ident='OpenCC']") is None
    assert "corresp" not in tree(document).find(f".//{T}salute").attrib


def test_characters_that_xml_cannot_hold():
    original = '甲\x07乙&<>"\r丙\ud800丁\ufffe戊'
    document = with_blocks(Document('a&"b.txt', original), kinds.PARAGRAPH)
    root = tree(document)
    check(document, root)
    assert [g.get("ref") for g in root.iter(T + "g")] == ["#char.0007", "#char.D800", "#char.FFFE"]
    assert root.find(f".//{T}g").text == "␇"
    assert [c.get(ID) for c in root.iter(T + "char")] == ["char.0007", "char.D800", "char.FFFE"]


def test_nothing_between_inline_elements():
    markup = tei_bytes(composed()).decode()
    for line in re.findall(r"(?m)^ *<(?:p|head|salute) xml:id.*$", markup):
        assert re.fullmatch(r" *<(p|head|salute) .*</\1>", line)
    assert '<body xml:space="preserve">' in markup


def test_the_same_run_gives_the_same_bytes(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    first = tei_bytes(composed(), date="")
    assert first == tei_bytes(composed(), date="")
    assert b'when="1970-01-02"' in first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(ValueError, match="SOURCE_DATE_EPOCH is 'soon'"):
        tei_bytes(composed(), date="")


@pytest.mark.parametrize(
    ("text", "masks"),
    [
        ("投资*亿元", ["*"]),
        ("约**.*%", ["**.*"]),
        ("××县", ["××"]),
        ("王×和XX局", ["×", "XX"]),
        ("3×5米", []),
        ("*号楼", ["*"]),
        ("* 注释", []),
        ("穿XXL号", []),
        ("***", []),
        ("□.*万", [".*"]),
    ],
)
def test_masks(text, masks):
    assert [text[start:end] for start, end in find_masks(text)] == masks


@given(st.text("甲乙,， \n□。", max_size=12), st.text("甲乙,， \n□。", max_size=12))
def test_alignment_has_both_sides(before, after):
    pairs = align(before, after)
    assert "".join(old for old, _ in pairs) == before
    assert "".join(new for _, new in pairs) == after
    assert all(old.isspace() or not old for old, new in pairs if new == "\n")


def test_windows_lines():
    document = edited("甲,\r\n乙", (",", "，", ("PUN101",)))
    root = tree(document)
    check(document, root)
    assert root.find(f".//{T}prefixDef/{T}p").text.endswith("Unlike there, CR LF counts two.")


def test_dates_that_are_none():
    assert iso_date("2023-13-40") == ""
    assert iso_date("2023年7月") == "2023-07"


PIECES = ["甲", "乙,", "，", "(", "）", " ", "\n", "\n\n", "。", "*.*", "××", "1、", "\u200b", "□"]
AFTERS = ["", "", "，", "丙", "□", "，□", "\n", "：\n", "）", "子\n丑", " ", "\n寅\n", "[", "卯辰"]


LINE_KINDS = (
    kinds.TITLE,
    kinds.SUBTITLE,
    kinds.BYLINE,
    kinds.SALUTATION,
    kinds.HEADING,
    kinds.PARAGRAPH,
    kinds.ITEM,
    kinds.CLOSING,
    kinds.META,
)


@st.composite
def documents(draw) -> Document:
    original = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join))
    edits: list[Edit] = []
    place = 0
    while place < len(original):
        place += draw(st.integers(0, 4))
        size = draw(st.integers(0, 3))
        before = original[place : place + size]
        after = draw(st.sampled_from(AFTERS))
        if place + size <= len(original) and before != after:
            kind = draw(st.sampled_from([CONVENTION, ERROR, GAP, REMOVAL, BREAK]))
            code = draw(st.sampled_from(["PUN101", "FUR102", "TYP101", "BRK104"]))
            edits.append(Edit(place, before, after, (code,), MEDIUM, SAFE, kind))
        place += max(size, 1)
    edits = fuse(edits)
    text = apply(original, edits)
    blocks = []
    start = 0
    for line in text.split("\n"):
        kind = draw(st.sampled_from(LINE_KINDS))
        kind = kind if line.strip() else kinds.BLANK
        level = draw(st.integers(1, 3)) if kind == kinds.HEADING else 0
        blocks.append(Block(kind, start, start + len(line), level, 1))
        start += len(line) + 1
    return Document("r.txt", original, edits=tuple(edits), blocks=tuple(blocks))


SAMPLE: list[bytes] = []


@settings(max_examples=300, deadline=None)
@given(documents())
def test_any_edits_any_blocks(document):
    data = tei_bytes(document, speech=document.speeches[0])
    SAMPLE.append(data)
    show(repr((document.original, document.edits, document.blocks)))
    show(data[data.index(b"<text>") :].decode())
    check(document, etree.fromstring(data))


def jing(files: list[Path]) -> str:
    run = subprocess.run(
        ["jing", str(TEI_ALL), *map(str, files)], capture_output=True, text=True, check=False
    )
    return run.stdout


@needs_jing
def test_valid_against_tei_all(tmp_path):
    script = pytest.importorskip("normtool.script")
    written = {
        "composed": tei_bytes(composed()),
        "twin": tei_bytes(script.convert_script(composed(), "twp"), twin="composed.xml"),
        "second": tei_bytes(several(), speech=2),
        "bare": tei_bytes(edited("只有一行")),
        "empty": tei_bytes(Document("空 白.txt", "")),
        "odd": tei_bytes(Document("a&b.txt", "甲\x07乙\ud800")),
        "title": tei_bytes(with_blocks(edited("标题"), kinds.TITLE)),
        "facts": tei_bytes(
            several().replace(
                meta={
                    "author": "某报",
                    "url": "http://example.org/a b?c=<d>",
                    "source": "晚报",
                    "other": {"栏目": "讲话"},
                    "published": "昨天",
                    "speeches": [{"n": 1, "speaker": "李四", "date": "春天"}],
                }
            ),
            speech=1,
        ),
        **{f"any{number}": data for number, data in enumerate(SAMPLE[-60:])},
    }
    files = []
    for stem, data in written.items():
        files.append(tmp_path / f"{stem}.xml")
        files[-1].write_bytes(data)
    assert jing(files) == ""


@needs_jing
@pytest.mark.skipif(not SEED.exists(), reason="needs the real file")
def test_the_real_file(tmp_path):
    clean = pytest.importorskip("normtool.clean")
    read = pytest.importorskip("normtool.read")
    structure = pytest.importorskip("normtool.structure")
    script = pytest.importorskip("normtool.script")
    document = structure.structure(clean.clean_document(read.read(SEED)))
    files = []
    for made in (document, script.convert_script(document, "tw")):
        for speech in made.speeches:
            data = tei_bytes(made, speech=speech)
            check(made, etree.fromstring(data), speech)
            files.append(tmp_path / f"{speech}{made.script}.xml")
            files[-1].write_bytes(data)
    assert len(files) == 6
    assert jing(files) == ""


def test_what_is_suspected_is_a_lone_sic_in_both_scripts() -> None:
    from normtool.pipeline import prepare
    from normtool.read import from_text
    from normtool.script import convert_script

    hans = prepare(
        from_text("在春耕会议上的讲话\n同志们：\n国务院、盛市有关部门的同志到会指导。\n")
    )
    assert any("ENC201" in edit.codes for edit in hans.suggestions)
    for document in (hans, convert_script(hans, "tw")):
        stream = io.BytesIO()
        tei.write(document, stream)
        root = etree.fromstring(stream.getvalue())
        (sic,) = (one for one in root.iter(T + "sic") if name(one.getparent()) != "choice")
        assert sic.text == "盛"
        start, end = map(int, sic.get("source")[4:].split(","))
        assert hans.original[start:end] == "盛"
        assert sic.get("ana") == "#rule.ENC201"
        assert sic.get("cert")
        (note,) = (n for n in root.iter(T + "note") if n.get("target") == f"#{sic.get(ID)}")
        assert note.get("type") == "suggestion"
        assert note.find(f"{T}note[@type='proposal']").text == "省、"


def test_every_printed_character_of_the_source_is_told_of() -> None:
    """In the text of one file, or in a header: what was removed, the page, the first title line."""
    from normtool.pipeline import outputs, prepare
    from normtool.read import read

    told_by = ("head", "p", "salute", "byline", "milestone")
    for path in sorted((Path(__file__).parent.parent / "samples").iterdir()):
        document = prepare(read(path))
        told = set()
        for output in outputs(document, "x", ("tei",), ()):
            stream = io.BytesIO()
            tei.write(output.document, stream, **output.options)
            root = etree.fromstring(stream.getvalue())
            text = root.find(T + "text")
            header = root.find(T + "teiHeader")
            elements = [e for e in text.iter() if name(e) in told_by]
            elements += [
                e for e in header.iter() if name(e) in ("note", "title", "measure", "date")
            ]
            for element in elements:
                for start, end in ranges(element.get("source") or ""):
                    told.update(range(start, end))
        untold = [
            (place, character)
            for place, character in enumerate(document.original)
            if place not in told and not character.isspace()
        ]
        assert untold == [], path.name
