"""Documents: nothing is lost on the way through segments and JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.document import HEADING, PARAGRAPH, Block, Document
from normtool.edits import KINDS, LOW, Applicability, Certainty, Edit, UnsoundEdits, apply
from normtool.export.json import dumps
from normtool.pipeline import prepare
from normtool.read import from_text

texts = st.text('招商引资，,: \n𠀀\u2028\x00"\\', max_size=30)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("题目：", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("键值", max_size=3), inner),
    max_leaves=6,
)


@st.composite
def edits_on(draw, text):
    edits = []
    place = 0
    for _ in range(draw(st.integers(0, 5))):
        start = place + draw(st.integers(0, 4))
        if start > len(text):
            break
        before = text[start : start + draw(st.integers(0, 3))]
        edits.append(
            Edit(
                start,
                before,
                draw(st.text("□甲，\n", max_size=3).filter(lambda new, old=before: new != old)),
                tuple(draw(st.lists(st.sampled_from(["PUN101", "GAP102"]), max_size=2))),
                draw(st.sampled_from(Certainty)),
                draw(st.sampled_from(Applicability)),
                draw(st.sampled_from(KINDS)),
                draw(st.sampled_from(["", "evidence “甲”"])),
            )
        )
        place = edits[-1].end + 1
    return tuple(edits)


@st.composite
def documents(draw, converted=None):
    original = draw(texts)
    edits = draw(edits_on(original))
    text = apply(original, edits)
    blocks = []
    start = 0
    for line in text.split("\n"):
        kind, level = draw(st.sampled_from([(HEADING, 2), (PARAGRAPH, 0)]))
        blocks.append(Block(kind, start, start + len(line), level, draw(st.integers(0, 3)), LOW))
        start += len(line) + 1
    document = Document(
        "讲话.txt",
        original,
        encoding="gb18030",
        sha256="ab12",
        edits=edits,
        suggestions=draw(edits_on(original)),
        blocks=tuple(blocks),
        meta=draw(st.dictionaries(st.text("abc", max_size=3), values, max_size=3)),
    )
    if not (draw(st.booleans()) if converted is None else converted):
        return document
    script_edits = draw(edits_on(text))
    new = apply(text, script_edits)
    # What replaces the edits of a converted document is one edit of everything.
    whole = (Edit(0, original, new),) if new != original else ()
    return document.replace(edits=whole, script="s2t", script_edits=script_edits, cleaned=document)


@given(documents())
def test_segments_join_to_original_and_text(document):
    segments = list(document.segments())
    assert "".join(before for before, _, _ in segments) == document.original
    assert "".join(after for _, after, _ in segments) == document.text


@given(documents(converted=False))
def test_segments_carry_each_edit_once(document):
    segments = list(document.segments())
    assert tuple(edit for _, _, edit in segments if edit) == document.edits
    assert all(
        (before, after) == (edit.before, edit.after) if edit else before == after != ""
        for before, after, edit in segments
    )


@given(documents(converted=True))
def test_segments_of_a_twin_carry_the_edits_of_the_cleaned_one(document):
    assert tuple(e for _, _, e in document.segments() if e) == document.cleaned.edits


def fields(document):
    return [
        getattr(document, slot)
        for slot in Document.__slots__
        if slot[0] != "_" and slot != "cleaned"
    ]


@given(documents())
def test_json_round_trip_is_exact(document):
    value = json.loads(dumps(document))
    back = Document.from_json(value)
    assert fields(back) == fields(document)
    assert [type(field) for field in fields(back)] == [type(field) for field in fields(document)]
    assert back.text == document.text
    assert (back.cleaned is None) == (document.cleaned is None)
    if document.cleaned is not None:
        assert fields(back.cleaned) == fields(document.cleaned)
    assert back.to_json() == value
    assert dumps(back) == dumps(document)


def test_json_is_readable():
    document = Document("a.txt", "形势严竣", edits=(Edit(3, "竣", "峻", ("TYP101",)),))
    value = json.loads(dumps(document))
    assert value["schema"] == "normtool/1"
    assert value["text"] == "形势严峻"
    assert value["edits"] == [
        {
            "start": 3,
            "before": "竣",
            "after": "峻",
            "codes": ["TYP101"],
            "certainty": "high",
            "applicability": "safe",
            "kind": "convention",
            "note": "",
        }
    ]
    assert "严竣" in dumps(document)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "normtool/0"}, "not a normtool document"),
        ({"text": "别的"}, "do not lead to its text"),
        ({"edits": [{"start": 1}]}, "not a whole normtool document"),
    ],
)
def test_from_json_refuses(change, message):
    value = Document("a.txt", "甲乙", edits=(Edit(0, "甲", "丙"),)).to_json()
    with pytest.raises(ValueError, match=message):
        Document.from_json(value | change)


@pytest.mark.parametrize("key", ["name", "original", "encoding", "sha256", "edits", "blocks"])
def test_from_json_refuses_what_lacks_a_part(key):
    value = Document("a.txt", "甲乙").to_json()
    del value[key]
    with pytest.raises(ValueError, match="not a whole normtool document"):
        Document.from_json(value)


@pytest.mark.parametrize("value", [None, [], "text", {}])
def test_from_json_refuses_what_is_no_document(value):
    with pytest.raises(ValueError, match="not a normtool document"):
        Document.from_json(value)


def test_edits_for_another_text_are_refused():
    value = Document("a.txt", "甲乙", edits=(Edit(0, "甲", "丙"),)).to_json()
    with pytest.raises(UnsoundEdits):
        Document.from_json(value | {"original": "丁乙"})


def test_text_line_and_speeches():
    blocks = (
        Block(HEADING, 0, 4, 1, 2),
        Block(PARAGRAPH, 5, 10, 0, 1),
        Block(PARAGRAPH, 11, 12, 0, 0),
    )
    original = "一、形势\n今年很好,\n完"
    document = Document("a.txt", original, edits=(Edit(9, ",", "，"),), blocks=blocks)
    assert [document.line(block) for block in blocks] == ["一、形势", "今年很好，", "完"]
    assert document.speeches == [1, 2]


def test_replace_changes_only_what_is_named():
    document = Document("a.txt", "甲乙", edits=(Edit(0, "甲", "丙"),), meta={"title": "题"})
    assert document.text == "丙乙"
    other = document.replace(edits=())
    assert other.text == "甲乙"
    assert other.meta == {"title": "题"}
    assert document.text == "丙乙"


@pytest.mark.parametrize("text", ["", "会", '同志们:今天 我市"开\\会",形势严竣。\n一、提高认识\n'])
@pytest.mark.parametrize("script", ["", "tw"])
def test_json_written_piece_by_piece_is_what_json_writes_at_once(text: str, script: str) -> None:
    document = prepare(from_text(text), script=script)
    assert dumps(document) == json.dumps(document.to_json(), ensure_ascii=False, indent=1)
