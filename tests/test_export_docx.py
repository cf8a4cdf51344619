"""DOCX: read back with python-docx; the text, the styles, the page, the bytes."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Emu
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import normtool
from normtool import document as kinds
from normtool.document import Block, Document
from normtool.edits import GAP, Edit
from normtool.export.blocks import readable
from normtool.export.docx.markup import paragraph
from normtool.export.docx.package import FOLDER
from normtool.export.docx.regions import FONTS, REGIONS
from normtool.export.docx.styles import STYLES
from normtool.export.docx.template import build

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_bytes(document: Document, **options) -> bytes:
    stream = io.BytesIO()
    normtool.write(document, stream, "docx", **options)
    return stream.getvalue()


def opened(document: Document, **options):
    return docx.Document(io.BytesIO(docx_bytes(document, **options)))


def part(content: bytes, name: str):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def made(*lines: tuple, **fields) -> Document:
    """A document of lines ``(kind, words[, speech[, level]])``."""
    blocks, start = [], 0
    for kind, words, *rest in lines:
        speech, level = (*rest, 1, 0)[:2] if len(rest) != 1 else (rest[0], 0)
        blocks.append(Block(kind, start, start + len(words), level, speech))
        start += len(words) + 1
    text = "\n".join(line[1] for line in lines)
    return Document("made.txt", text, blocks=tuple(blocks), **fields)


SPEECH = (
    (kinds.TITLE, "在全县秋粮收购会议上的讲话", 1),
    (kinds.BYLINE, "（2019年9月12日）", 1),
    (kinds.SALUTATION, "同志们：", 1),
    (kinds.PARAGRAPH, "今年秋粮总产比去年增长*.*%，群众说：“仓里有粮，心里不慌。”", 1),
    (kinds.HEADING, "一、收好粮", 1, 1),
    (kinds.HEADING, "（一）备好仓容", 1, 2),
    (kinds.HEADING, "1. 清仓消毒", 1, 3),
    (kinds.HEADING, "（1）逐库检查", 1, 4),
    (kinds.ITEM, "1、烘干设备要提前检修，R&D经费<30万元的也要报告。", 1, 3),
    (kinds.NOISE, "————————", 1),
    (kinds.CLOSING, "谢谢大家！", 1),
    (kinds.CLOSING, "县粮食局", 1),
    (kinds.CLOSING, "2019年9月12日", 1),
)
ONE = made(*SPEECH)
SEVERAL = made(
    (kinds.META, "三农讲话两篇", 0),
    *SPEECH,
    (kinds.TITLE, "在种子质量座谈会上的讲话", 2),
    (kinds.SUBTITLE, "根据录音整理", 2),
    (kinds.PARAGRAPH, "种子是农业的芯片。", 2),
    (kinds.BLANK, "", 2),
    (kinds.PARAGRAPH, "要把好每一道关。", 2),
    (kinds.META, "上一篇：无", 0),
    meta={"title": "三农讲话两篇"},
)


def texts(document: Document) -> list[str]:
    return [document.line(block) for block in readable(document)]


@pytest.mark.parametrize("document", [ONE, SEVERAL, Document("raw.txt", "甲\n\n乙  丙\n")])
def test_paragraphs_are_the_blocks(document: Document) -> None:
    assert [paragraph.text for paragraph in opened(document).paragraphs] == texts(document)


@pytest.mark.parametrize("sample", ["clean", "compilation", "masked", "big5", "bilingual"])
def test_paragraphs_of_a_sample_are_its_text(sample: str, request) -> None:
    path = request.config.rootpath / "samples" / f"{sample}.txt"
    document = normtool.prepare(normtool.read(path))
    read_back = "\n".join(
        paragraph.text
        for paragraph in opened(document).paragraphs
        if not paragraph.style.style_id.startswith("TOC")
    )
    kept = [document.line(b) for b in document.blocks if b.kind not in ("noise", "blank")]
    assert read_back == "\n".join(kept)


def test_styles_are_real_and_tell_what_a_line_is() -> None:
    document = opened(SEVERAL)
    assert [paragraph.style.style_id for paragraph in document.paragraphs] == [
        "CollectionTitle", "Title", "Byline", "Salutation", "BodyText", "Heading1", "Heading2",
        "Heading3", "Heading4", "ListParagraph", "Closing", "Signature", "Date", "Title",
        "Subtitle", "BodyText", "BodyText", "BodyText", "Metadata",
    ]  # fmt: skip
    # What python-docx and Word know as their own, by name.
    names = {style.name for style in document.styles}
    assert {"Title", "Subtitle", "Salutation", "Heading 1", "Heading 4", "Closing"} <= names


def test_heading_numbers_are_typed() -> None:
    body = part(docx_bytes(ONE), "word/document.xml")
    assert body.find(f".//{W}numPr") is None
    assert "一、收好粮" in "".join(body.itertext())


def test_each_speech_begins_a_page_and_the_collection_has_a_cover() -> None:
    document = opened(SEVERAL)
    breaks = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert breaks == ["在种子质量座谈会上的讲话"]
    cover, rest = document.sections
    assert cover.footer.is_linked_to_previous  # none before it: no page number
    assert not rest.footer.is_linked_to_previous
    assert document.paragraphs[0]._p.find(f"{W}pPr/{W}sectPr") is not None
    number = rest._sectPr.find(f"{W}pgNumType")
    assert number.get(f"{W}start") == "1"
    without = SEVERAL.replace(
        original="\n".join(texts(SEVERAL)[1:]),
        blocks=tuple(
            b._replace(start=b.start - 7, end=b.end - 7) for b in SEVERAL.blocks if b.speech
        ),
    )
    assert len(opened(without).sections) == 1
    assert not opened(without).paragraphs[0].paragraph_format.page_break_before


def test_one_speech_has_no_cover_and_no_page_break() -> None:
    document = opened(ONE)
    assert len(document.sections) == 1
    assert not any(p.paragraph_format.page_break_before for p in document.paragraphs)


def test_page_is_that_of_gb_t_9704() -> None:
    document = opened(ONE)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(side.mm) for side in (section.top_margin, section.left_margin)] == [37, 28]
    width = Emu(section.page_width - section.left_margin - section.right_margin)
    height = Emu(section.page_height - section.top_margin - section.bottom_margin)
    assert (round(width.mm), round(height.mm)) == (156, 225)
    normal = document.styles["Normal"].element
    size = int(normal.find(f".//{W}sz").get(f"{W}val")) / 2
    tighter = int(normal.find(f"{W}rPr/{W}spacing").get(f"{W}val")) / 20
    assert 28 * (size + tighter) <= width.pt < 29 * (size + tighter)
    line = int(normal.find(f"{W}pPr/{W}spacing").get(f"{W}line")) / 20
    assert 22 * line <= height.pt < 23 * line
    grid = section._sectPr.find(f"{W}docGrid")
    assert int(grid.get(f"{W}linePitch")) / 20 == line
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        [only] = footer.paragraphs
        assert only.text == "— 1 —"
        assert " PAGE " in "".join(only._p.itertext())
        assert only._p.find(f"{W}pPr/{W}jc").get(f"{W}val") == side


def test_body_is_indented_by_two_characters_and_salutation_is_not() -> None:
    styles = part(docx_bytes(ONE), "word/styles.xml")
    indents = {
        style.get(f"{W}styleId"): style.find(f"{W}pPr/{W}ind") for style in styles.iter(f"{W}style")
    }
    for ident in ("BodyText", "Heading1", "Heading4"):
        assert indents[ident].get(f"{W}firstLineChars") == "200", ident
        assert indents[ident].get(f"{W}firstLine") == "640", ident
    for ident in ("Normal", "Title", "Salutation"):
        assert indents[ident] is None, ident


@pytest.mark.parametrize(
    ("language", "word", "body"),
    [
        ("zh-Hans", "zh-CN", "仿宋"),
        ("zh-Hant", "zh-TW", "標楷體"),
        ("zh-Hant-TW", "zh-TW", "標楷體"),
        ("zh-Hant-HK", "zh-HK", "標楷體"),
        ("und", "zh-CN", "仿宋"),
    ],
)
def test_language_decides_about_fonts(language: str, word: str, body: str) -> None:
    content = docx_bytes(ONE, language=language)
    styles = part(content, "word/styles.xml")
    assert styles.find(f".//{W}lang").get(f"{W}eastAsia") == word
    assert styles.find(f".//{W}docDefaults//{W}rFonts").get(f"{W}eastAsia") == body
    used = {v for e in styles.iter(f"{W}rFonts") for v in e.attrib.values()}
    table = {e.get(f"{W}name") for e in part(content, "word/fontTable.xml")}
    assert used == table
    assert table <= set(FONTS)
    core = docx.Document(io.BytesIO(content)).core_properties
    assert (core.language, core.title) == (language, "在全县秋粮收购会议上的讲话")


def test_language_is_found_out() -> None:
    assert opened(ONE).core_properties.language == "zh-Hans"
    document = normtool.convert_script(SEVERAL, "hk")
    made = opened(document)
    assert made.core_properties.language == "zh-Hant-HK"
    assert made.core_properties.title == "三農講話兩篇"
    assert [p.text for p in made.paragraphs] == texts(document)
    assert made.paragraphs[0].style.style_id == "CollectionTitle"


def test_runs_with_han_have_the_hint_and_english_lines_have_not() -> None:
    document = opened(made((kinds.PARAGRAPH, "他说：“好……”"), (kinds.PARAGRAPH, "It’s on.")))
    hints = [
        run._r.find(f"{W}rPr/{W}rFonts").get(qn("w:hint")) if run._r.rPr is not None else None
        for one in document.paragraphs
        for run in one.runs
    ]
    assert hints == ["eastAsia", None]


def shaded(document: Document) -> list[tuple[str, bool]]:
    return [
        (run.text, run._r.find(f"{W}rPr/{W}shd") is not None)
        for one in opened(document, comments=False).paragraphs
        for run in one.runs
    ]


def test_losses_that_an_edit_marked_are_shaded_and_others_are_not() -> None:
    # □ of the source itself, a mask, and two losses side by side.
    document = Document(
        "gap.txt",
        "档号□12，引进*.*亿元，外资万美元，发[]第号。",
        edits=(
            Edit(16, "", "□", ("GAP102",), kind=GAP),
            Edit(21, "[]", "〔□〕", ("GAP105",), kind=GAP),
            Edit(24, "", "□□", ("GAP105",), kind=GAP),
        ),
    )
    assert document.text == "档号□12，引进*.*亿元，外资□万美元，发〔□〕第□□号。"
    assert shaded(document) == [
        ("档号□12，引进*.*亿元，外资", False),
        ("□", True),
        ("万美元，发〔", False),
        ("□", True),
        ("〕第", False),
        ("□", True),
        ("□", True),
        ("号。", False),
    ]
    converted = normtool.convert_script(document, "tw")
    assert [sign for _, sign in shaded(converted)] == [sign for _, sign in shaded(document)]


ODD = "甲&<>\"'\t\r\x00\x07\x0b\x1b\x7f\x85\ud800\udfff\ufffe\uffff\u2028]]> "


def visible(words: str) -> str:
    """What a reader sees of a line, said another way than in the program."""
    seen = ""
    for character in words:
        code = ord(character)
        if character == "\t" or (code > 0x9F and character not in "\ud800\udfff\ufffe\uffff"):
            seen += character
        elif code < 0x20:
            seen += chr(code + 0x2400)
        elif code == 0x7F:
            seen += "␡"
        else:
            seen += character if code < 0x7F else f"⟨U+{code:04X}⟩"
    return seen


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from(ODD), min_size=1, max_size=12), min_size=1, max_size=4))
def test_any_characters_are_written_escaped_or_named(lines: list[str]) -> None:
    document = made(*((kinds.PARAGRAPH, line) for line in lines))
    expected = [visible(line) for line in lines]
    content = docx_bytes(document)
    for name in zipfile.ZipFile(io.BytesIO(content)).namelist():
        assert b"\xef\xbf\xbd" not in zipfile.ZipFile(io.BytesIO(content)).read(name)
    assert [p.text for p in docx.Document(io.BytesIO(content)).paragraphs] == expected


def test_a_title_with_markup_is_escaped_in_the_properties() -> None:
    document = opened(made((kinds.TITLE, "R&D <讲话>\x07")))
    assert document.core_properties.title == "R&D <讲话>␇"


def test_two_runs_give_the_same_bytes_even_to_a_pipe() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.content = b""

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            self.content += bytes(data)
            return len(data)

    first = docx_bytes(SEVERAL)
    assert docx_bytes(SEVERAL) == first
    pipe = Pipe()
    normtool.write(SEVERAL, pipe, "docx")
    parts = zipfile.ZipFile(io.BytesIO(pipe.content))
    whole = zipfile.ZipFile(io.BytesIO(first))
    assert parts.namelist() == whole.namelist()
    assert all(parts.read(name) == whole.read(name) for name in whole.namelist())
    assert {info.date_time for info in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_package_has_no_theme_and_every_part_is_reached() -> None:
    content = docx_bytes(SEVERAL)
    names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    assert not [name for name in names if re.search("theme|thumbnail|customXml|numbering", name)]
    main = docx.Document(io.BytesIO(content)).part
    reached = {relation.target_part.partname.lstrip("/") for relation in main.rels.values()}
    assert {"word/styles.xml", "word/settings.xml", "word/fontTable.xml"} <= reached
    assert reached == {n for n in names if n.startswith("word/") and n.count("/") == 1} - {
        "word/document.xml"
    }


@pytest.mark.parametrize("language", REGIONS)
def test_template_is_what_the_script_makes(language: str) -> None:
    kept = zipfile.ZipFile(FOLDER / f"{language}.docx")
    anew = zipfile.ZipFile(io.BytesIO(build(REGIONS[language])))
    assert kept.namelist() == anew.namelist()
    for name in kept.namelist():
        sides = (
            etree.tostring(etree.fromstring(z.read(name)), method="c14n") for z in (kept, anew)
        )
        assert len(set(sides)) == 1, f"{name}: run python -m normtool.export.docx.template"


@pytest.mark.parametrize("language", REGIONS)
def test_styles_of_a_template_are_those_of_the_table(language: str) -> None:
    styles = docx.Document(FOLDER / f"{language}.docx").styles
    assert {s.style_id for s in styles} - set(STYLES) == {
        "DefaultParagraphFont", "TableNormal", "NoList",
    }  # fmt: skip
    for ident, style in STYLES.items():
        found = next(s for s in styles if s.style_id == ident)
        assert (found.base_style.style_id if found.base_style is not None else "") == style.base
        assert style.next in ("", *STYLES)


#: The sequence that the schema asks for (CT_PPrBase, CT_RPr), as far as it is used.
P_ORDER = "pStyle keepNext keepLines pageBreakBefore widowControl tabs snapToGrid spacing ind jc"
P_ORDER += " outlineLvl sectPr"
R_ORDER = "rFonts b bCs spacing sz szCs shd lang"


@pytest.mark.parametrize("tag", ["pPr", "rPr"])
def test_properties_stand_in_the_order_of_the_schema(tag: str) -> None:
    order = (P_ORDER if tag == "pPr" else R_ORDER).split()
    content = docx_bytes(SEVERAL)
    count = 0
    for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
        for element in part(content, name).iter(W + tag):
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), etree.tostring(element)
            count += len(places)
    assert count > 20


def test_an_empty_document_is_a_word_file_all_the_same() -> None:
    assert [p.text for p in opened(Document("empty.txt", "")).paragraphs] == [""]


def test_a_paragraph_is_one_run_unless_something_is_lost() -> None:
    assert paragraph("BodyText", "堤上要有人。").count("<w:r>") == 1
    assert paragraph("BodyText", "有□人", lost={11}, start=10).count("<w:r>") == 3
