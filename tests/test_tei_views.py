"""The reading view and segments of TEI files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree

from normtool import document as kinds
from normtool.document import Document
from normtool.export import tei
from normtool.pipeline import outputs, prepare
from normtool.read import from_text, read

T = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
SAMPLES = sorted(p for p in (Path(__file__).parent.parent / "samples").iterdir() if p.is_file())


def root_of(document: Document, **options) -> etree._Element:
    stream = io.BytesIO()
    tei.write(document, stream, date="2020-01-02", **options)
    return etree.fromstring(stream.getvalue())


def naive(element) -> str:
    """What a reader prints that knows no TEI: all text, of gaps their description."""
    return "".join(element.itertext())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_reading_view_is_the_text_to_every_reader(path: Path) -> None:
    for output in outputs(prepare(read(path)), "x", ("tei",), ("hans", "tw")):
        root = root_of(output.document, **output.options, view="reading")
        edition = root_of(output.document, **output.options)
        assert root.find(T + "standOff") is None
        assert not [e for e in root.iter(T + "choice", T + "sic", T + "supplied") if in_text(e)]
        speech = output.options.get("speech")
        lines = [
            output.document.line(block).replace("□", "")
            for block in output.document.blocks
            if block.kind not in (kinds.META, kinds.NOISE, kinds.BLANK)
            and (speech is None or block.speech == speech)
        ]
        blocks = [e for e in root.find(T + "text").iter() if e.tag[len(T) :] in kinds_of_block]
        assert [naive(block).replace("□", "") for block in blocks if block.get("source")] == lines
        idents = [e.get(ID) for e in blocks]
        same = [e for e in edition.find(T + "text").iter() if e.tag[len(T) :] in kinds_of_block]
        assert idents == [e.get(ID) for e in same]


kinds_of_block = ("head", "p", "salute", "byline")


def in_text(element) -> bool:
    return any(around.tag == T + "text" for around in element.iterancestors())


SPEECH = (
    "在春耕会议上的讲话\n同志们：\n今天 开会,主要有三点：一是抓项目；二是抓投入；三是抓作风。"
    "他问：“准备好了吗？”大家说：“好！”会议很短。\n只有一是，没有别的。\n"
)


def test_members_of_an_enumeration_are_segments() -> None:
    root = root_of(prepare(from_text(SPEECH)))
    segments = list(root.iter(T + "seg"))
    assert [(s.get("type"), s.get("n"), naive(s)) for s in segments] == [
        ("enum", "1", "一是抓项目；"),
        ("enum", "2", "二是抓投入；"),
        ("enum", "3", "三是抓作风。"),
    ]


def test_sentences_are_segments_with_the_same_ids_in_both_scripts() -> None:
    document = prepare(from_text(SPEECH))
    ids = []
    for output in outputs(document, "x", ("tei",), ("hans", "tw")):
        root = root_of(output.document, **output.options, sentences=True)
        segments = list(root.iter(T + "seg"))
        ids.append([s.get(ID) for s in segments])
        for paragraph in root.iter(T + "p"):
            if paragraph.get("source"):
                assert all(s.getparent() is paragraph for s in paragraph.iter(T + "seg"))
        reading = root_of(output.document, **output.options, sentences=True, view="reading")
        assert [s.get(ID) for s in reading.iter(T + "seg")] == ids[-1]
        if not ids[1:]:
            assert [naive(s) for s in reading.iter(T + "seg")] == [
                "今天开会，主要有三点：一是抓项目；二是抓投入；三是抓作风。",
                "他问：“准备好了吗？”",
                "大家说：“好！”",
                "会议很短。",
                "只有一是，没有别的。",
            ]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0])


def test_unknown_view_is_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"no TEI view 'plain'; there are: edition, reading"):
        root_of(from_text("同志们"), view="plain")


def markup_lines(element) -> list[bytes]:
    """Its lines without their indent, which is deeper in a corpus."""
    return [line.strip() for line in etree.tostring(element, method="c14n").splitlines()]


@pytest.mark.parametrize("view", tei.VIEWS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_corpus_holds_what_the_files_of_the_speeches_hold(path: Path, view: str) -> None:
    document = prepare(read(path))
    (bundle,) = outputs(document, "x", ("tei",), (), bundle=bool(document.speeches))
    if not document.speeches:
        return
    assert bundle.name.count(".") == 2
    root = root_of(bundle.document, **bundle.options, view=view)
    assert root.tag == T + "teiCorpus"
    alone = [
        root_of(output.document, **output.options, view=view)
        for output in outputs(document, "x", ("tei",), ())
    ]
    inside = root.findall(T + "TEI")
    assert len(inside) == len(alone)
    for one, other in zip(inside, alone, strict=True):
        assert markup_lines(one.find(T + "text")) == markup_lines(other.find(T + "text"))
    ids = [e.get(ID) for e in root.iter() if e.get(ID)]
    assert len(ids) == len(set(ids))
    pointers = [
        target
        for e in root.iter()
        for name in ("ana", "resp", "who", "target", "corresp")
        for target in (e.get(name) or "").split()
        if target.startswith("#")
    ]
    assert {target[1:] for target in pointers} <= set(ids)
    # What stands in no text is in a header, as in the single files: nothing falls between two.
    told = {e.get("source") for e in root.iter(T + "note") if e.get("source")}
    assert told == {e.get("source") for one in alone for e in one.iter(T + "note")} - {None}


@pytest.mark.parametrize(
    "option", [["--tei-view", "reading"], ["--tei-corpus"], ["--tei-sentences"]]
)
def test_option_of_tei_without_tei_is_refused(option: list[str]) -> None:
    from click.testing import CliRunner

    from normtool.cli.convert import command

    done = CliRunner().invoke(command, [str(SAMPLES[0]), "-t", "txt", *option])
    assert done.exit_code == 2
    assert "are about TEI files: add -t tei" in done.output
