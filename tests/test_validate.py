"""`normtool validate`: what normtool writes is valid, and ninety ways to break it are named."""

# ruff: noqa: E501 (a mutation stands on one line)

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree

from normtool import document as kinds
from normtool.document import Block, Document
from normtool.edits import BREAK, CONVENTION, ERROR, GAP, HIGH, MEDIUM, REMOVAL, SAFE, Edit
from normtool.export import tei
from normtool.script import convert_script
from normtool.validate import RULES, validate
from normtool.validate.profile import PROFILE, BadSchema, load

ROOT = Path(__file__).resolve().parents[1]
T = "{http://www.tei-c.org/ns/1.0}"

SOURCE = (
    "篇1：在全县水利工作会上的讲话_文稿网\n"
    "同志们:今天开个会,讲几 点意见。\n"
    "一、认清形势\n"
    "去年投入*.*亿元，修渠里，形势严竣，不容松劲\n"
    "二、抓好落实\n"
    "责任到人。\n"
)
#: before, after, code, kind, certainty; ‖ shows where something is put in.
CHANGES = (
    ("篇1：", "", "FUR105", REMOVAL, HIGH),
    ("_文稿网", "", "FUR101", REMOVAL, HIGH),
    (":", "：", "PUN101", CONVENTION, HIGH),
    ("‖今天", "\n", "BRK103", BREAK, HIGH),
    (",", "，", "PUN101", CONVENTION, HIGH),
    (" ", "", "SPC101", CONVENTION, HIGH),
    ("‖里", "□", "GAP107", GAP, MEDIUM),
    ("竣", "峻", "TYP101", ERROR, HIGH),
    ("‖\n二", "。", "PUN103", CONVENTION, MEDIUM),
)
LINES = (
    (kinds.TITLE, 0),
    (kinds.SALUTATION, 0),
    (kinds.PARAGRAPH, 0),
    (kinds.HEADING, 1),
    (kinds.PARAGRAPH, 0),
    (kinds.HEADING, 1),
    (kinds.PARAGRAPH, 0),
)


def speech() -> Document:
    """A speech in which everything happens that TEI marks."""
    edits, place = [], 0
    for before, after, code, kind, certainty in CHANGES:
        if "‖" in before:
            left, right = before.split("‖")
            start, before = SOURCE.index(left + right, place) + len(left), ""
        else:
            start = SOURCE.index(before, place)
        edits.append(Edit(start, before, after, (code,), certainty, SAFE, kind))
        place = start + len(before)
    document = Document("水利.txt", SOURCE, sha256="0f" * 32, edits=_sound(edits))
    blocks, start = [], 0
    for line, (kind, level) in zip(document.text.split("\n")[:-1], LINES, strict=True):
        blocks.append(Block(kind, start, start + len(line), level, 1))
        start += len(line) + 1
    return document.replace(blocks=tuple(blocks))


def _sound(edits: list[Edit]) -> tuple[Edit, ...]:
    from normtool.edits import fuse

    return tuple(fuse(edits))


def written(document: Document, **options) -> str:
    stream = io.BytesIO()
    tei.write(document, stream, date="2024-05-06", **options)
    return stream.getvalue().decode()


EDITION = written(speech())
TWIN = written(speech(), twin="水利.1.zh-Hant.xml")


def problems(text: str, **options) -> list:
    return validate(text.encode(), **options)


def test_what_is_written_is_valid():
    assert problems(EDITION) == []
    assert problems(TWIN) == []
    assert problems(written(convert_script(speech(), "tw"), twin="水利.1.zh-Hans.xml")) == []
    assert problems(written(Document("空.txt", ""))) == []
    root = etree.fromstring(EDITION.encode())
    marked = {e.tag.removeprefix(T) for e in root.find(T + "text").iter()}
    assert {"choice", "corr", "reg", "gap", "supplied", "desc", "div", "salute"} <= marked


def change(old: str, new: str, count: int = 1):
    """A mutation: a pattern found at least once, and what is put in its place."""

    def mutate(text: str) -> str:
        made, found = re.subn(old, new, text, count=count)
        assert found, f"{old} is not in the file"
        return made

    return mutate


def element(path: str, act) -> object:
    """A mutation of the element that a path finds first; the file keeps its lines."""

    def mutate(text: str) -> str:
        root = etree.fromstring(text.encode())
        found = root.find(path.replace("~", T))
        assert found is not None, f"{path} is not in the file"
        act(found)
        head = text[: text.index("<TEI")]
        return head + etree.tostring(root, encoding="unicode") + "\n"

    return mutate


def attribute(name: str, value: str | None):
    def act(found) -> None:
        key = name.replace("xml:", "{http://www.w3.org/XML/1998/namespace}")
        if value is None:
            del found.attrib[key]
        else:
            found.set(key, value)

    return act


def words(text: str):
    def act(found) -> None:
        found.text = text

    return act


def without(found) -> None:
    found.getparent().remove(found)


def indented(text: str) -> str:
    root = etree.fromstring(text.encode())
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")


CHOICE, GAP_LOST, MASK = (
    "~text//~choice",
    '~text//~gap[@reason="lost"]',
    '~text//~gap[@reason="masked"]',
)


#: name, rule, mutation, text on the line that must be named ("" if no line can be foretold).
def doubled(text: str) -> str:
    """A note of what was removed stands there a second time."""
    found = re.search(r" *<note type=\"removed\".*?</note>\n", text)
    assert found is not None
    return text[: found.end()] + found[0] + text[found.end() :]


MUTATIONS = (
    # --- structure
    ("div in p", "profile", change("(<p [^>]*>)同?今天", r"\1<div/>今天"), "今天"),
    ("p after div", "profile", change("</body>", '<p xml:id="sp1.p9" source="src:0,0">末</p></body>'), "末"),
    ("opener in p", "profile", change("(?s)<opener>(.*?)</opener>", r"<p><opener>\1</opener></p>"), "<opener>"),
    ("list in p", "profile", change("今天", "<list><item>今</item></list>天"), "<list>"),
    ("foreign element", "profile", change("今天", '<hi xmlns="http://www.tei-c.org/ns/1.0">今</hi>天'), "<hi"),
    ("no space preserve", "profile", element("~text/~body", attribute("xml:space", None)), "<body"),
    ("no header", "profile", element("~teiHeader", without), "<text>"),
    ("two texts", "profile", change("(?s)(<text>.*</text>)", r"\1\1"), ""),
    ("text in body", "profile", change('(<body[^>]*>)', r"\1散"), "散"),
    ("head after p", "profile", change("(<p [^>]*>.*今天.*</p>)", r"\1<head>题</head>"), "今天"),
    ("unknown attribute", "profile", element(CHOICE, attribute("instant", "false")), "instant"),
    ("div of no type", "profile", element("~text//~div", attribute("type", None)), "<div"),
    ("corpus of nothing", "profile", lambda text: text.replace("<TEI", "<teiCorpus").replace("</TEI", "</teiCorpus"), ""),
    # --- edits
    ("choice with one branch", "profile", element("~text//~choice/~sic", without), "峻"),
    ("sic with reg", "profile", change("<corr([^>]*)>([^<]*)</corr>", r"<reg>\2</reg>"), "竣"),
    ("no cert on corr", "profile", element("~text//~corr", attribute("cert", None)), "竣"),
    ("cert that is none", "profile", element("~text//~corr", attribute("cert", "certain")), "certain"),
    ("edit without resp", "profile", element(CHOICE, attribute("resp", None)), "<choice"),
    ("edit without ana", "profile", element(GAP_LOST, attribute("ana", None)), 'reason="lost"'),
    ("edit without source", "profile", element("~text//~supplied", attribute("source", None)), "<supplied"),
    ("edit without id", "profile", element(MASK, attribute("xml:id", None)), "masked"),
    ("mask without desc", "profile", element(MASK + "/~desc", without), "masked"),
    ("gap of another reason", "profile", element(GAP_LOST, attribute("reason", "sampling")), "sampling"),
    ("gap of no size", "profile", element(GAP_LOST, attribute("extent", None)), 'reason="lost"'),
    ("surplus", "profile", change("今天", "<surplus>今</surplus>天"), "<surplus>"),
    ("gap inside corr", "gap", change("峻</corr>", '峻<gap reason="lost"/></corr>'), "峻<gap"),
    ("empty corr", "empty", element("~text//~corr", words("")), "竣"),
    ("blank sic", "empty", element("~text//~sic", words(" ")), "峻"),
    ("blank reg", "empty", element("~text//~reg", words(" ")), "几 点"),
    ("empty supplied", "empty", element("~text//~supplied", words("")), "<supplied"),
    ("empty desc", "empty", element(MASK + "/~desc", words("")), "masked"),
    ("empty head", "empty", element("~text//~div/~head", words("")), 'sp1.1.h"'),
    ("empty paragraph", "empty", element('~text//~div[@n="2"]/~p', words("")), 'sp1.2.p1"'),
    ("digit supplied", "digit", element("~text//~supplied", words("３")), "３"),
    ("numeral supplied", "digit", element("~text//~supplied", words("三")), ">三</supplied>"),
    ("digit in corr", "digit", element("~text//~corr", words("峻9")), "峻9"),
    # --- names
    ("id twice", "id", element(CHOICE, attribute("xml:id", "sp1.h")), "<choice"),
    ("id of another speech", "id", element(CHOICE, attribute("xml:id", "sp2.e1")), "sp2.e1"),
    ("id with a digit first", "profile", element(CHOICE, attribute("xml:id", "1e")), '"1e"'),
    ("dangling ana", "pointer", element(CHOICE, attribute("ana", "#rule.X999")), "X999"),
    ("dangling resp", "pointer", element(GAP_LOST, attribute("resp", "#me")), "#me"),
    ("dangling who", "pointer", element("~teiHeader//~change", attribute("who", "#nobody")), "#nobody"),
    ("empty pointer", "pointer", element(CHOICE, attribute("ana", "")), 'ana=""'),
    ("two blanks in a pointer", "pointer", element(CHOICE, attribute("ana", "#rules  #rules")), "#rules  #rules"),
    ("language with underscore", "profile", change('xml:lang="zh-Hans"', 'xml:lang="zh_CN"'), "zh_CN"),
    ("language not declared", "language", element("~text//~sic", attribute("xml:lang", "ja")), '"ja"'),
    ("no language", "profile", element(".", attribute("xml:lang", None)), "<TEI"),
    ("no langUsage", "language", element("~teiHeader//~langUsage", without), "<TEI"),
    # --- places
    ("offset off by one", "length", element(CHOICE, attribute("source", "src:33,36")), "src:33,36"),
    ("range outside its line", "length", element(GAP_LOST, attribute("source", "src:2,2")), "src:2,2"),
    ("range beyond the source", "source", element('~text//~div[@n="2"]/~p', attribute("source", "src:990,995")), "src:990,995"),
    ("range backwards", "source", element("~text//~head", attribute("source", "src:9,3")), "src:9,3"),
    ("range that is none", "profile", element("~text//~head", attribute("source", "chars 3 to 9")), "chars 3"),
    ("line without range", "source", element("~text//~salute", attribute("source", None)), "<salute"),
    ("lines overlap", "source", element('~text//~div[@n="2"]/~head', attribute("source", "src:60,70")), "src:60,70"),
    ("edits overlap", "source", change("(<supplied[^>]*source=\")src:[0-9,]+", r"\1src:60,60"), "<supplied"),
    ("removed and in the text", "source", element('~teiHeader//~note[@type="removed"]', attribute("source", "src:40,43")), "src:40,43"),
    ("no size of the source", "source", element('~teiHeader//~bibl[@type="file"]/~extent', without), "<TEI"),
    ("character lost", "length", change("形势严", "形势"), "不容"),
    ("character invented", "length", change("责任到人", "责任落实到人"), "落实到人"),
    ("sic longer", "length", element("~text//~sic", words("严竣")), "严竣"),
    ("words moved", "length", change("不容松劲", "") , ""),
    ("silent change off", "silent", element("~standOff//~annotation", attribute("target", "src:25,26")), "src:25,26"),
    ("silent change of two", "silent", element("~standOff//~annotation", attribute("target", "src:24,26")), "src:24,26"),
    ("silent change twice", "silent", element("~standOff//~annotation", attribute("target", "src:25,26 src:25,26")), "src:25,26"),
    ("silent change nowhere", "silent", element("~standOff//~annotation", attribute("target", "src:1,2")), "src:1,2"),
    ("words in standOff", "silent", element("~standOff/~listAnnotation", words("说明")), "<standOff"),
    ("mapping of no mark", "silent", element("~teiHeader//~category/~category/~catDesc/~choice", without), "<annotation"),
    # --- each character once
    ("removal not told", "covered", element('~teiHeader//~note[@subtype="suffix"]', without), "<TEI"),
    ("removal told twice", "covered", doubled, "<TEI"),
    ("label in the text, too", "covered", element("~text//~head", attribute("source", "src:0,14")), "<TEI"),
    ("words of a removal", "covered", change(">_文稿网<", ">_文档网<"), "_文档网"),
    ("words of the title", "covered", element('~teiHeader//~title[@level="a"]', words("别的题目")), "别的题目"),
    ("other sic of one length", "covered", element("~text//~sic", words("竟")), "竟"),
    ("other orig of one length", "covered", change("<orig>几 点</orig>", "<orig>几　点</orig>"), "几　点"),
    ("another mark in the mapping", "covered", change("<orig>,</orig>", "<orig>;</orig>"), "，"),
    # --- words
    ("re-indented", "blank", indented, ""),
    ("line break", "blank", change("责任到", "责任\n到"), "责任"),
    ("blank around", "blank", change("责任到人。", "责任到人。 "), "责任"),
    ("sentence left out", "sentence", change("责任到人。", '<seg type="sentence" xml:id="sp1.2.p1.s1">责任</seg>到人。'), "责任"),
    ("div out of order", "number", element('~text//~div[@n="2"]', attribute("n", "3")), 'n="3"'),
    # --- header
    ("no title", "title", element("~teiHeader//~titleStmt/~title", words("")), "<title"),
    ("wrong extent", "extent", element('~teiHeader//~measure[@type="counted"]', attribute("quantity", "7")), 'quantity="7"'),
    ("wrong count of tags", "tags", element('~teiHeader//~tagUsage[@gi="p"]', attribute("occurs", "99")), "99"),
    ("tag not listed", "tags", element('~teiHeader//~tagUsage[@gi="p"]', without), "<tagsDecl"),
    ("tag of nothing", "tags", element('~teiHeader//~tagUsage[@gi="p"]', attribute("gi", "lg")), '"lg"'),
    ("no citeStructure", "cite", element("~teiHeader//~refsDecl", without), "<TEI"),
    ("citeStructure to nothing", "cite", element("~teiHeader//~citeStructure", attribute("match", "/TEI/text/front")), "front"),
    ("citeStructure not unique", "cite", element("~teiHeader//~citeStructure", attribute("use", "@type")), '"@type"'),
    ("citeStructure no path", "cite", element("~teiHeader//~citeStructure", attribute("match", "((")), "(("),
    ("no prefixDef", "prefix", element("~teiHeader//~listPrefixDef", without), "<TEI"),
    ("prefix of another file", "prefix", element("~teiHeader//~prefixDef", attribute("replacementPattern", "x.txt#char=$1,$2")), "x.txt"),
    ("sha256 too short", "prefix", element("~teiHeader//~idno", words("0f0f")), "0f0f"),
    ("version of a developer", "profile", element("~teiHeader//~application", attribute("version", "0.1.0.dev1+g1")), "dev1"),
    ("day and period", "profile", element("~teiHeader//~publicationStmt/~date", attribute("from", "2024-01-01")), "2024-01-01"),
    ("day that is none", "profile", element("~teiHeader//~publicationStmt/~date", attribute("when", "2024-13-01")), "2024-13"),
    ("no publisher", "profile", element("~teiHeader//~publisher", without), ""),
    ("no availability", "profile", element("~teiHeader//~availability", without), ""),
    ("no correction", "profile", element("~teiHeader//~correction", without), ""),
    ("no application", "profile", element("~teiHeader//~appInfo", without), ""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "mutate", "shown"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS]
)
def test_known_bad_files_are_refused(rule, mutate, shown):
    bad = mutate(EDITION)
    found = problems(bad)
    assert rule in {problem.rule for problem in found}, found
    lines = bad.split("\n")
    named = [p for p in found if p.rule == rule and (p.line == 0 or shown in lines[p.line - 1])]
    assert named, (shown, found)
    # It says what is wrong and what to do, in one line.
    assert all("; " in p.message or ": " in p.message for p in found)
    assert all("\n" not in p.message for p in found)


def test_mutations_are_many_and_every_rule_has_one():
    assert len({m[0] for m in MUTATIONS}) == len(MUTATIONS) >= 30
    elsewhere = {"xml", "schema", "twin", "ledger", "script"}  # script: test_tei_alternatives
    assert {m[1] for m in MUTATIONS} | elsewhere == set(RULES)


@pytest.mark.parametrize(
    ("mutate", "line"),
    [
        (change('corresp="[^"#]*#sp1.h"', 'corresp="水利.1.zh-Hant.xml#sp1.p1"'), 'xml:id="sp1.h"'),
        (change(' corresp="[^"#]*#sp1.salute"', ""), "<salute"),
        (change('corresp="[^"#]*#sp1.1.p1"', 'corresp="other.xml#sp1.1.p1"'), 'xml:id="sp1.1.p1"'),
    ],
)
def test_pointers_to_the_twin(mutate, line):
    bad = mutate(TWIN)
    (found,) = problems(bad)
    assert found.rule == "twin"
    assert line in bad.split("\n")[found.line - 1]


def test_twins_are_compared():
    other = written(convert_script(speech(), "hant"), twin="水利.1.zh-Hans.xml")
    assert problems(TWIN, twin=other.encode()) == []
    shorter = re.sub(r"<gap[^>]*reason=\"lost\"[^>]*/>", "", other)
    (found,) = problems(TWIN, twin=shorter.encode())
    assert (found.rule, found.ident) == ("twin", "sp1.e2")
    converted = re.sub("竣</sic>", "峻</sic>", other)
    (found,) = problems(TWIN, twin=converted.encode())
    assert "“竣” of the source, its twin “峻”" in found.message


BOMB = '<!DOCTYPE TEI [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        ("讲话".encode(), "is not well-formed XML"),
        (EDITION[:3000].encode(), "is not well-formed XML"),
        (EDITION.replace("今天", "今\x07天").encode(), "is not well-formed XML"),
        (EDITION.replace("今天", "&b;").replace("<TEI", BOMB + "<TEI").encode(), "document type"),
        (
            EDITION.replace("<TEI", '<!DOCTYPE TEI SYSTEM "http://192.0.2.1/x.dtd">\n<TEI').encode(),
            "document type",
        ),
        (
            EDITION.replace("<TEI", '<!DOCTYPE TEI [<!ENTITY f SYSTEM "file:///etc/hostname">]><TEI')
            .replace("今天", "&f;")
            .encode(),
            "document type",
        ),
        (
            EDITION.replace("UTF-8", "UTF-16").replace("<TEI", BOMB + "<TEI").encode("utf-16"),
            "document type",
        ),
        (EDITION.replace("今天", "&nbsp;").encode(), "is not well-formed XML"),
        (b"<html><body/></html>", "is no TEI: its root is html"),
        (b"<TEI/>", "is no TEI"),
        (b"<a>" * 5000, "is not well-formed XML"),
        (b"<?xml version='1.0' encoding='UTF-7'?><x/>", ""),
    ],
)  # fmt: skip
def test_hostile_xml_is_refused_with_a_sentence(data, said):
    started = time.perf_counter()
    (found,) = validate(data)
    assert found.rule == "xml"
    assert said in found.message
    assert "\n" not in found.message
    assert time.perf_counter() - started < 1


def test_a_document_type_is_named_with_its_line():
    (found,) = problems(EDITION.replace("<TEI", BOMB + "<TEI"))
    assert found.line == 3


def test_it_takes_milliseconds():
    load(str(PROFILE))
    data = EDITION.encode()
    times = []
    for _ in range(5):
        started = time.perf_counter()
        validate(data)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.1


def test_a_schema_of_the_user(tmp_path):
    schema = tmp_path / "only.rng"
    schema.write_text(
        '<element name="TEI" ns="http://www.tei-c.org/ns/1.0" '
        'xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>',
        "utf-8",
    )
    found = problems(EDITION, schema=str(schema))
    assert {problem.rule for problem in found} == {"schema"}
    schema.write_text("no schema", "utf-8")
    with pytest.raises(BadSchema, match="is not a RELAX NG schema"):
        problems(EDITION, schema=str(schema) + "x")
    load.cache_clear()
    with pytest.raises(BadSchema, match="is not a RELAX NG schema"):
        problems(EDITION, schema=str(schema))


@pytest.mark.skipif(shutil.which("jing") is None, reason="needs jing")
def test_jing_agrees_on_the_profile(tmp_path):
    (tmp_path / "good.xml").write_text(EDITION, "utf-8")
    run = ["jing", str(PROFILE), str(tmp_path / "good.xml")]
    assert subprocess.run(run, capture_output=True, check=False, text=True).stdout == ""
    for name, rule, mutate, _ in MUTATIONS:
        if name in ("no cert on corr", "p after div", "mask without desc"):
            assert rule == "profile"
            (tmp_path / "bad.xml").write_text(mutate(EDITION), "utf-8")
            bad = subprocess.run(
                [*run[:2], str(tmp_path / "bad.xml")], capture_output=True, check=False
            )
            assert bad.returncode == 1, name


def command(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "normtool", "validate", *arguments],
        input=stdin, capture_output=True, check=False, cwd=ROOT,
    )  # fmt: skip


def test_the_command(tmp_path):
    good, bad = tmp_path / "好.xml", tmp_path / "bad.xml"
    good.write_text(EDITION, "utf-8")
    bad.write_text(EDITION.replace("峻</corr>", "</corr>"), "utf-8")
    run = command(str(good))
    assert (run.returncode, run.stdout) == (0, b"")
    assert run.stderr.decode() == "1 file valid.\n"
    run = command(str(tmp_path), "--output-format", "concise")
    number = EDITION[: EDITION.index("<corr ")].count("\n") + 1
    assert run.returncode == 1
    assert f"{bad}:{number}: empty corr is empty; put in" in run.stdout.decode()
    assert run.stderr.decode() == "3 problems in 1 of 2 files.\n"
    run = command(str(bad))
    assert re.search(rf"(?m)^{number} \| ….*<choice", run.stdout.decode())
    run = command(str(tmp_path / "none.xml"), str(good))
    assert run.returncode == 2
    assert "there is no such file" in run.stderr.decode()
    run = command("-", "--output-format", "jsonl", "-q", stdin=b"<TEI>")
    assert run.returncode == 1
    assert json.loads(run.stdout)["path"] == "<stdin>"
    assert run.stderr == b""
    run = command("--schema", str(good), str(good))
    assert run.returncode == 2
    assert b"is not a RELAX NG schema" in run.stderr


def test_the_command_refuses_what_is_too_large(tmp_path):
    large = tmp_path / "large.xml"
    with large.open("wb") as stream:
        stream.seek(2 * 1024 * 1024)
        stream.write(b"x")
    run = command("--limit", "1", str(large))
    assert run.returncode == 2
    assert "is more than the limit of 1 MB" in run.stderr.decode()


def test_samples_and_their_twins(tmp_path):
    """What the command makes of the samples it finds valid, in both scripts."""
    run = subprocess.run(
        [sys.executable, "-m", "normtool", "convert", "-q", "samples", "-o", str(tmp_path), "-t", "tei",
         "--script", "hans", "--script", "hant"],
        capture_output=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr.decode()
    made = sorted(tmp_path.glob("*.xml"))
    assert len(made) >= 20
    run = command(str(tmp_path))
    assert run.stdout.decode() == ""
    assert run.stderr.decode() == f"{len(made)} files valid.\n"


@pytest.mark.parametrize("view", ["edition", "reading"])
def test_the_indent_of_code_is_no_blank_that_was_put_in(view):
    """Lines of code keep their indent; a blank more than the source has is found."""
    text = "下面是程序\n\tif (a) {\n\t\tb = a[1]; /*定义操作*/\n\t}\n"
    data = written(Document("a.txt", text), view=view)
    assert "\tif (a)" in data
    assert problems(data) == []
    assert "blank" in {one.rule for one in problems(data.replace("\tif", " \tif"))}
    assert "blank" in {one.rule for one in problems(data.replace("下面", " 下面"))}
