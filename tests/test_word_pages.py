"""Pages of Word files: layouts, fonts, own templates, contents, one file a speech, comments."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.shared import Cm
from lxml import etree
from word_lint import findings

import normtool
from normtool import document as kinds
from normtool.cli import main
from normtool.cli.page import FONTS, LAYOUTS
from normtool.document import Block, Document
from normtool.edits import GAP, Edit
from normtool.export.docx import layouts
from normtool.export.docx.own import own_template
from normtool.export.docx.package import numbered_from_one, template_path
from normtool.export.docx.regions import FONTS as KNOWN_FONTS
from normtool.export.docx.regions import REGIONS
from normtool.export.docx.template import build
from normtool.read import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLES = ["在冬修水利会上的讲话", "在封山育林会上的讲话", "在乡村道路会上的讲话"]


def speeches(count: int, **fields) -> Document:
    lines = [(kinds.META, "三农讲话选", 0)] if fields.get("meta") else []
    for number in range(1, count + 1):
        lines += [
            (kinds.TITLE, TITLES[number - 1], number),
            (kinds.SALUTATION, "同志们：", number),
            (kinds.PARAGRAPH, "堤要修牢，树要栽活，路要常养。" * 40, number),
        ]
    blocks, start = [], 0
    for kind, words, speech in lines:
        blocks.append(Block(kind, start, start + len(words), 0, speech))
        start += len(words) + 1
    text = "\n".join(words for _, words, _ in lines)
    return Document("made.txt", text, blocks=tuple(blocks), **fields)


def written(document: Document, **options) -> bytes:
    stream = io.BytesIO()
    normtool.write(document, stream, "docx", **options)
    assert findings(stream.getvalue()) == []
    return stream.getvalue()


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def part(content: bytes, name: str = "word/document.xml"):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def told(content: bytes) -> list[str]:
    """The comments, and that each stands on words of the text."""
    body = part(content)
    found = []
    for comment in part(content, "word/comments.xml"):
        ident = comment.get(W + "id")
        assert body.find(f".//{W}commentRangeStart[@{W}id='{ident}']") is not None
        found.append("".join(comment.itertext()))
    return found


@pytest.mark.parametrize("language", REGIONS)
@pytest.mark.parametrize("variant", layouts.variants(), ids=lambda v: v[1] or v[0].name)
def test_every_template_is_what_the_script_makes(language: str, variant) -> None:
    layout, preset = variant
    if layouts.find_layout(layout.name, preset, language)[1] != preset:
        assert not template_path(language, layout.name, preset).exists()
        return
    anew = zipfile.ZipFile(io.BytesIO(build(REGIONS[language], layout, preset)))
    kept = zipfile.ZipFile(template_path(language, layout.name, preset))
    for name in anew.namelist():
        sides = {
            etree.tostring(etree.fromstring(z.read(name)), method="c14n") for z in (anew, kept)
        }
        assert len(sides) == 1, f"{name}: run python -m normtool.export.docx.template"
    fonts = part(template_path(language, layout.name, preset).read_bytes(), "word/fontTable.xml")
    assert {font.get(W + "name") for font in fonts} <= set(KNOWN_FONTS)


@pytest.mark.parametrize(
    ("language", "options", "size", "top", "line", "body", "number"),
    [
        ("zh-Hans", {}, 16, 37.0, 579, "仿宋", "— 1 —"),
        ("zh-Hans", {"fonts": "gb2312"}, 16, 37.0, 579, "仿宋_GB2312", "— 1 —"),
        ("zh-Hant-TW", {"fonts": "gb2312"}, 16, 37.0, 579, "標楷體", "— 1 —"),
        ("zh-Hant-TW", {"layout": "tw"}, 16, 25.0, 500, "標楷體", "第 1 頁"),
        ("zh-Hant-HK", {"layout": "hk"}, 14, 25.4, 480, "標楷體", "– 1 –"),
        ("zh-Hans", {"layout": "plain"}, 12, 25.4, 400, "宋体", "1"),
        ("zh-Hant-TW", {"layout": "plain"}, 12, 25.4, 400, "新細明體", "1"),
    ],
)
def test_layouts(language, options, size, top, line, body, number) -> None:
    made = opened(written(speeches(1), language=language, **options))
    normal = made.styles["Normal"]
    assert normal.font.size.pt == size
    assert normal.element.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == body
    assert normal.element.find(f"{W}pPr/{W}spacing").get(f"{W}line") == str(line)
    indent = made.styles["Body Text"].element.find(f"{W}pPr/{W}ind")
    assert indent.get(f"{W}firstLineChars") == "200"
    assert int(indent.get(f"{W}firstLine")) == 2 * size * 20
    [section] = made.sections
    assert section.top_margin.mm == pytest.approx(top, abs=0.1)
    assert section._sectPr.find(f"{W}docGrid").get(f"{W}linePitch") == str(line)
    assert section.footer.paragraphs[0].text == number
    assert made.settings.odd_and_even_pages_header_footer == number.startswith("—")


def test_layouts_and_fonts_that_are_none_are_refused() -> None:
    assert (tuple(layouts.LAYOUTS), layouts.PRESETS) == (LAYOUTS, FONTS)
    for options, says in (
        ({"layout": "a5"}, "no layout 'a5'"),
        ({"fonts": "x"}, "no fonts 'x'"),
        ({"layout": "tw", "fonts": "gb2312"}, "for the layout gbt9704"),
    ):
        with pytest.raises(ValueError, match=says):
            written(speeches(1), **options)


@pytest.mark.parametrize("meta", [{}, {"title": "三农讲话选"}])
def test_more_than_two_speeches_have_contents_with_fields(meta) -> None:
    content = written(speeches(3, meta=meta), language="zh-Hans")
    made = opened(content)
    lines = [p for p in made.paragraphs if p.style.style_id.startswith("TOC")]
    assert [p.text for p in lines] == ["目\u3000录"] + [
        f"{title}\t{page}" for title, page in zip(TITLES, (1, 3, 5), strict=True)
    ]
    body = part(content)
    fields = [e.text.split() for e in body.iter(W + "instrText")]
    assert fields[0][0] == "TOC"
    names = [field[1] for field in fields if field[0] == "PAGEREF"]
    assert len(names) == 3
    marks = {
        mark.get(W + "name"): "".join(mark.getparent().itertext())
        for mark in body.iter(W + "bookmarkStart")
    }
    assert [marks[name] for name in names] == TITLES
    dirty = [e for e in body.iter(W + "fldChar") if e.get(W + "dirty") == "true"]
    assert len(dirty) == 3
    front, rest = made.sections
    assert front.footer.is_linked_to_previous
    assert not rest.footer.is_linked_to_previous
    assert rest._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"
    # The table starts a page, and so does every speech but the first, whose section does.
    breaks = [p.text for p in made.paragraphs if p.paragraph_format.page_break_before]
    assert breaks == (["目\u3000录"] if meta else []) + TITLES[1:]
    # What is read back is the text.
    assert normtool.read_bytes(content, "a.docx").text == speeches(3, meta=meta).text


def test_two_speeches_have_no_contents() -> None:
    content = written(speeches(2), language="zh-Hans")
    assert part(content).find(f".//{W}instrText") is None


def test_memory_does_not_grow_with_the_text() -> None:
    line = "堤要修牢，树要栽活，路要常养。" * 8
    most = []
    for count in (2_000, 20_000):
        document = Document("made.txt", "\n".join([line] * count))
        _ = document.text
        stream = io.BytesIO()
        normtool.write(document, stream, "docx", language="zh-Hans")  # loads what is loaded once
        tracemalloc.start()
        normtool.write(document, stream, "docx", language="zh-Hans")
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert most[1] < most[0] + 2**20


LOST = Document(
    "lost.txt",
    "在水利会上的讲话\n上半年开工43个，完工个，验收29个。外资万美元。",
    edits=(Edit(20, "", "□", ("GAP107",), kind=GAP), Edit(30, "", "□", ("GAP102",), kind=GAP)),
    blocks=(Block(kinds.TITLE, 0, 8, 0, 1), Block(kinds.PARAGRAPH, 9, 37, 0, 1)),
)


def test_comments_say_what_is_known_and_no_more() -> None:
    assert LOST.text.endswith("完工□个，验收29个。外资□万美元。")
    whole, number, sum_ = told(written(LOST, language="zh-Hans"))
    assert "2 处内容丢失" in whole
    assert number == "数目丢失；前后为 43个、29个。"
    assert sum_ == "一个数额丢失。"
    bare = written(LOST, language="zh-Hans", comments=False)
    assert "word/comments.xml" not in zipfile.ZipFile(io.BytesIO(bare)).namelist()


def test_a_text_that_breaks_off_says_so_at_its_title_in_its_script() -> None:
    cut = LOST.replace(meta={"warnings": [{"speech": 1, "code": "truncated", "message": "x"}]})
    assert "没有给出全文" in told(written(cut, language="zh-Hans"))[0]
    assert "沒有給出全文" in told(written(cut, language="zh-Hant-TW"))[0]
    assert opened(written(cut, language="zh-Hans")).paragraphs[0].text == "在水利会上的讲话"


def test_properties_are_filled() -> None:
    meta = {
        "site": "某文库",
        "url": "http://example.org/a?b=1&c=2",
        "speeches": [{"n": 1, "speaker": "周平"}, {"n": 2, "given": {"speaker": "吴兰"}}],
    }
    made = opened(written(speeches(2, meta=meta), language="zh-Hans")).core_properties
    assert (made.title, made.author, made.language) == (TITLES[0], "周平、吴兰", "zh-Hans")
    assert (made.comments, made.identifier) == ("某文库", "http://example.org/a?b=1&c=2")
    second = opened(written(speeches(2, meta=meta), speech=2)).core_properties
    assert (second.title, second.author) == (TITLES[1], "吴兰")


def test_split_makes_one_file_a_speech(tmp_path: Path, request) -> None:
    sample = request.config.rootpath / "samples" / "compilation.txt"
    call = ["convert", "-q", str(sample), "-t", "docx", "--split", "-o", str(tmp_path)]
    assert CliRunner().invoke(main, call).exit_code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        f"compilation.{number}.docx" for number in (1, 2, 3)
    ]
    for number in (1, 2, 3):
        content = (tmp_path / f"compilation.{number}.docx").read_bytes()
        assert findings(content) == []
        made = opened(content)
        assert len(made.sections) == 1
        assert [p.style.style_id for p in made.paragraphs].count("Title") == 1


def own(path: Path, **styles: str) -> Path:
    """A template as an office has one: its own margin, header, fonts and words."""
    made = docx.Document()
    made.sections[0].left_margin = Cm(4)
    made.sections[0].header.paragraphs[0].text = "东溪县人民政府"
    made.styles["Normal"].font.name = "Calibri"
    made.styles["Title"].font.bold = True
    made.add_paragraph("此处填写正文")
    made.save(str(path))
    return path


def test_own_template_gives_styles_and_page(tmp_path: Path) -> None:
    path = own(tmp_path / "单位.docx")
    for count in (1, 3):
        document = speeches(count)
        content = written(document, language="zh-Hans", template=own_template(path))
        assert content == written(document, language="zh-Hans", template=own_template(path))
        made = opened(content)
        text = [p.text for p in made.paragraphs if "toc" not in p.style.name.lower()]
        assert "\n".join(text) == document.text
        assert made.sections[-1].left_margin.cm == pytest.approx(4, abs=0.01)
        assert made.sections[-1].header.paragraphs[0].text == "东溪县人民政府"
        title = next(p for p in made.paragraphs if p.text == TITLES[0])
        assert (title.style.name, title.style.font.bold) == ("Title", True)
        salutation = next(p for p in made.paragraphs if p.text == "同志们：")
        assert salutation.style.name == "normtool Salutation"  # python-docx has none


def test_a_review_in_an_own_template(tmp_path: Path) -> None:
    # python-docx's template has a custom part of its own, where the manifest will be.
    made = docx.Document()
    for e in made.styles.element.iter():
        for key in (f"{W}styleId", f"{W}val"):
            if e.get(key) == "BodyText":
                e.set(key, "a3")
    made.save(str(tmp_path / "单位.docx"))
    text = "同志们:今年 我县引进外资万美元,形势严竣。"
    document = normtool.prepare(normtool.from_text(text, "a.txt"))
    template = own_template(tmp_path / "单位.docx")
    content = written(document, template=template, review=True, track="all")
    assert b"urn:normtool" in zipfile.ZipFile(io.BytesIO(content)).read("customXml/item1.xml")
    assert normtool.read_bytes(content, "a.docx", changes="reject").text == text
    assert normtool.read_bytes(content, "a.docx").text == document.text
    styles = {e.get(W + "val") for e in part(content).iter(W + "pStyle")}
    assert "a3" in styles


@pytest.mark.parametrize("review", [False, True])
def test_a_review_may_be_the_template(tmp_path: Path, review: bool) -> None:
    document = normtool.prepare(normtool.from_text("同志们:形势严竣。", "a.txt"))
    (tmp_path / "审阅.docx").write_bytes(written(document, review=True))
    content = written(document, template=own_template(tmp_path / "审阅.docx"), review=review)
    assert len(list(part(content, "word/settings.xml").iter(W + "trackRevisions"))) == review


def made_bad(path: Path, name: str) -> Path:
    target = path / "单位.docx"
    if name == "text":
        target.write_text("正文", "utf-8")
    elif name == "doc":
        target.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    elif name == "cut":
        target.write_bytes(own(target).read_bytes()[:-40])
    elif name in ("page", "entities", "styles"):
        good = zipfile.ZipFile(io.BytesIO(own(target).read_bytes()))
        with zipfile.ZipFile(target, "w") as archive:
            for one in good.namelist():
                data = good.read(one)
                if name == "page" and one == "word/document.xml":
                    start, end = data.index(b"<w:sectPr"), data.index(b"</w:body>")
                    data = data[:start] + data[end:]
                if name == "entities" and one == "word/styles.xml":
                    data = data.replace(b"<w:styles", b'<!DOCTYPE x [<!ENTITY a "b">]><w:styles', 1)
                if name == "styles" and one == "word/styles.xml":
                    data = data[: len(data) // 2]
                archive.writestr(one, data)
    return target


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing", "no such file"),
        ("text", "is no Word file"),
        ("doc", "old .doc file"),
        ("cut", "damaged"),
        ("page", "no page setup"),
        ("entities", "XML entities"),
        ("styles", "cannot be used as a template"),
    ],
)
def test_bad_templates_are_refused_with_a_sentence(tmp_path: Path, name: str, says: str) -> None:
    path = made_bad(tmp_path, name)
    with pytest.raises(Unreadable, match=f"(?i)单位.docx: .*{says}"):
        own_template(path)
    (tmp_path / "a.txt").write_text("同志们：\n今年收成很好。", "utf-8")
    out = tmp_path / "out.docx"
    call = ["convert", str(tmp_path / "a.txt"), "--template", str(path), "-o", str(out)]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 2
    assert not out.exists()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["-t", "txt", "--layout", "tw"], "add -t docx"),
        (["-t", "docx", "--layout", "tw", "--fonts", "gb2312"], "--layout gbt9704"),
        (["-t", "docx", "--template", "x.docx", "--layout", "tw"], "leave out"),
        (["-t", "docx", "--review", "--split"], "leave out --split"),
        (["-t", "docx", "--layout", "a5"], "is not one of"),
    ],
)
def test_contradictions_are_usage_errors(call, says, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("同志们：\n今年收成很好。", "utf-8")
    result = CliRunner().invoke(main, ["convert", str(tmp_path / "a.txt"), *call])
    assert result.exit_code == 2
    assert says in result.stderr


@pytest.mark.parametrize(
    "section",
    [
        "<w:sectPr/>",
        "<w:sectPr></w:sectPr>",
        '<w:sectPr><w:pgSz w:w="1"/><w:cols w:space="1"/><w:docGrid/></w:sectPr>',
        '<w:sectPr><w:pgSz w:w="1"/><w:titlePg/><w:docGrid/></w:sectPr>',
    ],
)
def test_pages_are_counted_in_any_section(section: str) -> None:
    made = etree.fromstring(
        numbered_from_one(section).replace("<w:sectPr", f'<w:sectPr xmlns:w="{W[1:-1]}"', 1)
    )
    tags = [etree.QName(child).localname for child in made]
    assert "pgNumType" in tags
    assert tags.index("pgNumType") == (1 if "pgSz" in tags else 0)
    assert numbered_from_one(numbered_from_one(section)) == numbered_from_one(section)


def test_fonts_without_traditional_characters_are_refused_for_a_traditional_script() -> None:
    from click.testing import CliRunner

    from normtool.cli.convert import command

    sample = Path(__file__).parent.parent / "samples" / "clean.txt"
    given = [str(sample), "-o", "x.docx", "--fonts", "gb2312", "--script", "tw"]
    done = CliRunner().invoke(command, given)
    assert done.exit_code == 2
    assert "has simplified characters only" in done.output
    assert not Path("x.docx").exists()
