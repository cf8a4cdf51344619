"""One record batch cleaned: what is kept, what is added, and what no bad document can do."""

from __future__ import annotations

import json
import pickle
from functools import partial
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="needs normtool[corpus]")

import normtool  # noqa: E402
from normtool.corpus import NotFitting, Recipe, clean_batch, edits_of, original  # noqa: E402
from normtool.corpus.columns import ADDED  # noqa: E402
from normtool.edits import apply  # noqa: E402

DAMAGED = "同志们:今年 我市引进外资万美元,形势严竣。"
TEXTS = [DAMAGED, "会议在县城召开,到会者众。", "", "水库大坝已经合龙。\n"]


def batch(texts: list[object], **columns: list[object]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"text": texts, **columns})


def test_columns_are_kept_and_ours_are_added() -> None:
    given = pa.RecordBatch.from_pydict(
        {"id": [7, 8, 9, 10], "body": TEXTS, "year": [1, 2, 3, None]}
    )
    cleaned = clean_batch(given, Recipe(text="body"))
    assert cleaned.schema.names == ["id", "body", "year", *ADDED]
    for name in given.schema.names:
        assert cleaned.column(name).equals(given.column(name))
    for row, text in zip(cleaned.to_pylist(), TEXTS, strict=True):
        document = normtool.prepare(normtool.from_text(text))
        assert row["text"] == document.text
        assert edits_of(row["edits"]) == list(document.edits)
        assert edits_of(row["suggestions"]) == list(document.suggestions)
        assert [one["kind"] for one in row["blocks"]] == [b.kind for b in document.blocks]
        assert json.loads(row["meta"]) == document.meta
        assert row["error"] is None


@pytest.mark.parametrize("script", ["", "tw"])
def test_the_original_comes_back_from_text_and_edits(script: str) -> None:
    cleaned = clean_batch(batch(TEXTS), Recipe(script=script))
    assert cleaned.schema.names[:2] == ["id", "text"]
    for row, text in zip(cleaned.to_pylist(), TEXTS, strict=True):
        assert original(row["text"], row["edits"]) == text
        assert apply(text, edits_of(row["edits"])) == row["text"]
        assert row["id"] == normtool.from_text(text).sha256
    assert ("資" in cleaned.column("text")[0].as_py()) == (script == "tw")


def broken_utf8() -> pa.Array:
    """A string column with a lone surrogate in it, as only a careless writer makes one."""
    values = pa.array(
        [DAMAGED.encode(), b"\xe4\xbb\x8a\xed\xa0\x80", b"\xe5\xb9\xb4\xe7"], pa.binary()
    )
    return values.view(pa.string())


def test_a_bad_document_fills_error_and_no_more() -> None:
    large = "年" * 400
    texts = pa.array([DAMAGED, None, large, "a\0b"])
    rows = clean_batch(
        pa.RecordBatch.from_pydict({"id": ["a", "b", "c", "d"], "text": texts}), Recipe(limit=1000)
    ).to_pylist()
    assert rows[0]["error"] is None
    assert rows[0]["text"].startswith("同志们：\n今年我市")
    assert rows[1]["error"] == "b: there is no text (null)"
    assert "c: is 0.0 MB, more than the limit" in rows[2]["error"]
    assert "d: NUL at character 1" in rows[3]["error"]
    for row in rows[1:]:
        assert all(row[name] is None for name in ADDED[:-1])

    rows = clean_batch(pa.RecordBatch.from_pydict({"text": broken_utf8()})).to_pylist()
    assert rows[0]["error"] is None
    assert "not UTF-8 at byte 3" in rows[1]["error"]
    assert rows[1]["id"] is None
    assert "not UTF-8" in rows[2]["error"]

    rows = clean_batch(pa.RecordBatch.from_pydict({"text": pa.nulls(2)})).to_pylist()
    assert [row["error"] for row in rows] == ["<text>: there is no text (null)"] * 2


@pytest.mark.parametrize("values", [[1, 2], [["今年"]], [{"a": "今年"}], [True]], ids=str)
def test_a_column_that_cannot_hold_texts_is_refused(values: list[Any]) -> None:
    with pytest.raises(NotFitting, match="neither text nor bytes; name the one with the texts"):
        clean_batch(batch(values))


def test_a_rule_that_fails_ends_one_document_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from normtool.corpus import batch as module

    real = module.prepare

    def fails(document: normtool.Document, *options: object) -> normtool.Document:
        if "坏" in document.original:
            raise RecursionError("too deep")
        return real(document, *options)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "prepare", fails)
    rows = clean_batch(batch(["好,坏", DAMAGED])).to_pylist()
    assert "RecursionError: too deep (a bug" in rows[0]["error"]
    assert rows[0]["text"] is None
    assert rows[1]["text"] == normtool.clean(DAMAGED)


def test_bytes_are_decoded_like_files() -> None:
    page = "<html><body><p>各位代表:现在报告工作,请予审议。</p></body></html>"
    files = {
        "a.txt": DAMAGED.encode("gb18030"),
        "b.txt": "會議在縣城召開,到會者眾,氣氛熱烈。".encode("big5"),
        "c.txt": b"\x89PNG\r\n\x1a\n\0\0\0",
        "d.txt": b"",
        "e.html": page.encode(),
    }
    given = pa.RecordBatch.from_pydict({"id": list(files), "content": list(files.values())})
    rows = clean_batch(given, Recipe(text="content")).to_pylist()
    for row in rows:
        if row["error"] is None:
            document = normtool.prepare(normtool.read_bytes(files[row["id"]], row["id"]))
            assert row["text"] == document.text
            assert original(row["text"], row["edits"]) == document.original
        else:
            with pytest.raises(normtool.Unreadable) as refused:
                normtool.read_bytes(files[row["id"]], row["id"])
            assert row["error"] == str(refused.value)
    assert rows[0]["text"] == normtool.clean(DAMAGED)
    assert [row["error"] is None for row in rows] == [True, True, False, False, True]


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())],
)
def test_every_kind_of_string_column(kind: pa.DataType) -> None:
    column = pa.array(TEXTS).cast(kind) if kind != pa.string_view() else pa.array(TEXTS, kind)
    given = pa.RecordBatch.from_arrays([column], names=["body"])
    cleaned = clean_batch(given, Recipe(text="body"))
    assert cleaned.column("text").to_pylist() == [normtool.clean(text) for text in TEXTS]
    assert cleaned.schema.field("body").type == kind


def test_empty_batch_and_slice() -> None:
    whole = batch(TEXTS)
    assert clean_batch(whole.slice(0, 0)).num_rows == 0
    assert clean_batch(whole.slice(0, 0)).schema.equals(clean_batch(whole).schema)
    assert clean_batch(whole.slice(1, 2)).equals(clean_batch(whole).slice(1, 2))


def test_columns_that_clash_are_refused_with_a_way_out() -> None:
    given = batch(["今年,"], meta=["theirs"])
    with pytest.raises(NotFitting, match="columns meta of its own; give --prefix"):
        clean_batch(given)
    row = clean_batch(given, Recipe(prefix="n_")).to_pylist()[0]
    assert (row["text"], row["meta"], row["n_text"]) == ("今年,", "theirs", normtool.clean("今年,"))
    with pytest.raises(NotFitting, match="no column 'body'; name the one with the texts"):
        clean_batch(given, Recipe(text="body"))
    with pytest.raises(NotFitting, match="no column 'url' for --id"):
        clean_batch(given, Recipe(id="url"))
    with pytest.raises(NotFitting, match="columns edits of its own"):
        clean_batch(pa.RecordBatch.from_pydict({"edits": ["今年"]}), Recipe(text="edits"))


def test_it_pickles_with_own_words_and_forgets_them() -> None:
    recipe = Recipe(typos=(("西河弯水厂", "西河湾水厂", ()),), suffixes=("某某文库",))
    work = pickle.loads(pickle.dumps(partial(clean_batch, recipe=recipe)))
    text = "全力抓好西河弯水厂工作。"
    assert work(batch([text])).to_pylist()[0]["text"] == "全力抓好西河湾水厂工作。"
    assert clean_batch(batch([text])).to_pylist()[0]["text"] == text
