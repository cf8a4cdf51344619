"""The table of writers, plain text, and JSON: what is in the file, byte for byte."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import normtool
from normtool import document as kinds
from normtool.document import Block, Document
from normtool.export import WRITERS, names, write
from normtool.export.blocks import readable


def written(document: Document, format: str = "txt", **options) -> bytes:
    stream = io.BytesIO()
    write(document, stream, format, **options)
    return stream.getvalue()


def made(*lines: tuple, **fields) -> Document:
    """A document of lines ``(kind, words[, speech[, level]])``."""
    blocks, start = [], 0
    for kind, words, *rest in lines:
        speech, level = (*rest, 1, 0)[:2] if rest else (1, 0)
        blocks.append(Block(kind, start, start + len(words), level, speech))
        start += len(words) + 1
    text = "\n".join(line[1] for line in lines)
    return Document("made.txt", text, blocks=tuple(blocks), **fields)


TWO = made(
    (kinds.META, "基层调研讲话两篇", 0),
    (kinds.TITLE, "在春耕现场会上的讲话", 1),
    (kinds.SALUTATION, "同志们：", 1),
    (kinds.PARAGRAPH, "田里的活等不得人。", 1),
    (kinds.TITLE, "在防汛检查时的讲话", 2),
    (kinds.NOISE, "————————", 2),
    (kinds.PARAGRAPH, "堤上要有人，心里要有数。", 2),
    (kinds.BLANK, "", 2),
)


def test_text_has_a_blank_line_between_blocks_and_ends_with_a_newline() -> None:
    assert written(TWO).decode("utf-8") == (
        "基层调研讲话两篇\n\n在春耕现场会上的讲话\n\n同志们：\n\n田里的活等不得人。\n\n"
        "在防汛检查时的讲话\n\n堤上要有人，心里要有数。\n"
    )


def test_text_keeps_losses_and_stanzas() -> None:
    document = normtool.prepare(
        normtool.from_text(
            "同志们:\n去年引进外资万美元。\n\n"
            "春风吹过南山岗\n新茶摘满旧竹筐\n\n老人坐在门前望\n孩子跑着上学堂\n"
        )
    )
    text = written(document).decode("utf-8")
    assert "引进外资□万美元" in text
    assert "新茶摘满旧竹筐\n\n老人坐在门前望\n孩子跑着上学堂\n" in text
    assert "春风吹过南山岗\n新茶摘满旧竹筐\n" in text
    assert "\r" not in text
    assert normtool.clean(text).rstrip("\n") == document.text.rstrip("\n")


@pytest.mark.parametrize("sample", ["clean", "compilation", "masked", "traditional", "bilingual"])
def test_text_of_a_sample_read_again_gives_the_same_text(sample: str, request) -> None:
    path = request.config.rootpath / "samples" / f"{sample}.txt"
    document = normtool.prepare(normtool.read(path))
    first = written(document)
    again = normtool.prepare(normtool.from_text(first.decode("utf-8")))
    assert written(again) == first


def test_text_of_a_document_without_blocks_has_all_its_lines() -> None:
    assert written(Document("raw.txt", "甲\n\n\n乙\n丙\n")) == "甲\n\n乙\n\n丙\n".encode()
    assert written(Document("empty.txt", "")) == b""
    assert written(Document("blank.txt", "\n \n")) == b""


def test_a_line_that_blocks_do_not_tell_of_is_not_lost() -> None:
    document = TWO.replace(original=TWO.text + "\n后来加的一行")
    assert written(document).decode("utf-8").endswith("心里要有数。\n\n后来加的一行\n")
    longer = TWO.replace(original=TWO.text.replace("心里要有数。", "心里要有数，手里要有招。"))
    assert "手里要有招。" in written(longer).decode("utf-8")


@given(st.text("甲乙丙 \n\r\t\x00\x07，。\ud800\u2028", max_size=40))
def test_text_is_utf8_and_loses_nothing_but_blanks(words: str) -> None:
    text = written(Document("any.txt", words)).decode("utf-8")
    expected = words.replace("\ud800", "⟨U+D800⟩")
    assert [line for line in text.split("\n") if line.strip()] == [
        line for line in expected.split("\n") if line.strip()
    ]


def test_readable_leaves_out_noise_and_blank_lines_at_the_edge_of_a_speech() -> None:
    document = made(
        (kinds.BLANK, "", 0),
        (kinds.PARAGRAPH, "一", 1),
        (kinds.BLANK, "", 1),
        (kinds.BLANK, "  ", 1),
        (kinds.PARAGRAPH, "二", 1),
        (kinds.BLANK, "", 1),
        (kinds.NOISE, "***", 1),
        (kinds.TITLE, "三", 2),
    )
    assert [(block.kind, document.line(block)) for block in readable(document)] == [
        ("paragraph", "一"),
        ("blank", ""),
        ("paragraph", "二"),
        ("title", "三"),
    ]


def test_json_comes_back_as_the_same_document() -> None:
    document = normtool.prepare(normtool.from_text("同志们:形势严竣,任务繁重。\n谢谢大家!"))
    for one in (document, normtool.convert_script(document, "tw")):
        content = written(one, "json")
        assert content.endswith(b"}\n")
        assert one.text.split("\n")[0] in content.decode("utf-8")
        back = Document.from_json(json.loads(content))
        assert back.to_json() == one.to_json()


def test_json_holds_a_lone_surrogate_as_an_escape() -> None:
    content = written(Document("odd.txt", "甲\ud812乙"), "json")
    assert json.loads(content)["text"] == "甲\ud812乙"


def test_names_tell_speech_and_language() -> None:
    assert names(TWO, "讲话", "docx") == [("讲话.docx", {})]
    assert names(TWO, "讲话", "txt", tagged=True) == [("讲话.zh-Hans.txt", {})]
    found = names(TWO, "讲话", "tei")
    assert [name for name, _ in found] == ["讲话.1.zh-Hans.xml", "讲话.2.zh-Hans.xml"]
    assert [options["speech"] for _, options in found] == [1, 2]
    converted = normtool.convert_script(TWO, "hk")
    assert names(converted, "a", "json") == [("a.zh-Hant-HK.json", {})]
    assert names(converted, "a", "json", tagged=False) == [("a.json", {})]
    assert names(converted, "a", "tei")[0][0] == "a.1.zh-Hant-HK.xml"


def test_names_and_options_of_a_document_without_speeches_can_be_written() -> None:
    document = Document("raw.txt", "堤上要有人。")
    [(name, options)] = names(document, "raw", "tei")
    assert name == "raw.1.zh-Hans.xml" or name.startswith("raw.1.zh")
    assert "堤上要有人。" in written(document, "tei", **options).decode("utf-8")


@pytest.mark.parametrize("format", WRITERS)
def test_every_format_writes_what_it_names(format: str) -> None:
    for name, options in names(TWO, "a", format):
        assert name.endswith(f".{WRITERS[format].suffix}")
        assert written(TWO, format, **options)


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    for act in (lambda: names(TWO, "a", "pdf"), lambda: written(TWO, "pdf")):
        with pytest.raises(ValueError, match="no format 'pdf'; there are: txt, docx, tei, json"):
            act()
