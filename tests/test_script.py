"""The other script: what it must write, and the laws that must survive it."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normtool.align import changes, runs
from normtool.converters import converter
from normtool.document import PARAGRAPH, TITLE, Block, Document
from normtool.edits import CONVENTION, ERROR, GAP, HIGH, MEDIUM, SCRIPT, Edit, apply
from normtool.script import (
    PROFILES,
    convert_script,
    find_profile,
    language,
    script_edits,
    script_of,
)
from normtool.script.conversion import fold
from normtool.variants import region_of

SHARED = Path(__file__).resolve().parents[2] / "shared"


def document(original: str, *edits: Edit, **fields: object) -> Document:
    """A cleaned document whose every line is a paragraph of speech 1."""
    cleaned = Document("a.txt", original, edits=edits)
    blocks, place = [], 0
    for line in cleaned.text.split("\n"):
        blocks.append(Block(PARAGRAPH, place, place + len(line), 0, 1))
        place += len(line) + 1
    return cleaned.replace(blocks=tuple(blocks), **fields)


def converted(text: str, profile: str) -> str:
    return convert_script(document(text), profile).text


def assert_laws(cleaned: Document, other: Document) -> None:
    assert other.original == cleaned.original
    assert other.cleaned is cleaned
    assert apply(cleaned.text, other.script_edits) == other.text
    assert apply(cleaned.original, other.edits) == other.text
    assert all(edit.kind == SCRIPT and edit.before != edit.after for edit in other.script_edits)
    segments, were = list(other.segments()), list(cleaned.segments())
    assert "".join(before for before, _, _ in segments) == cleaned.original
    assert "".join(after for _, after, _ in segments) == other.text
    assert [(before, edit) for before, _, edit in segments] == [(b, e) for b, _, e in were]
    assert [other.line(block) for block in other.blocks] == other.text.split("\n")
    assert [block._replace(start=0, end=0) for block in other.blocks] == [
        block._replace(start=0, end=0) for block in cleaned.blocks
    ]


# --- words and edits -------------------------------------------------------------


def test_a_word_that_straddles_an_edit_is_converted_as_one() -> None:
    cleaned = document("他去理 发了", Edit(3, " ", "", ("SPC101",)))
    other = convert_script(cleaned, "tw")
    assert other.text == "他去理髮了"
    assert [after for _, after, _ in other.segments()] == ["他去理", "", "髮了"]
    assert_laws(cleaned, other)


def test_a_typo_is_corrected_before_the_conversion() -> None:
    cleaned = document("资金到帐。", Edit(3, "帐", "账", ("TYP101",), kind=ERROR))
    other = convert_script(cleaned, "hant")
    assert other.text == "資金到賬。"
    assert list(other.segments())[1] == ("帐", "賬", cleaned.edits[0])
    assert_laws(cleaned, other)


def test_a_gap_stays_and_its_measure_word_is_known() -> None:
    cleaned = document("养猪只。", Edit(2, "", "□", ("GAP102",), kind=GAP))
    other = convert_script(cleaned, "tw")
    assert other.text == "養豬□隻。"
    assert ("", "□", cleaned.edits[0]) in list(other.segments())
    assert_laws(cleaned, other)


@pytest.mark.parametrize(
    ("original", "edit", "share"),
    [
        # 优 → 最佳 and 号 → 號 fuse into one change; each side keeps what is its own.
        ("优豪", Edit(1, "豪", "号", ("TYP101",), kind=ERROR), ["最佳", "號"]),
        ("浩优", Edit(0, "浩", "号", ("TYP101",), kind=ERROR), ["號", "最佳"]),
    ],
)
def test_a_change_of_length_is_shared_out_by_its_words(
    original: str, edit: Edit, share: list[str]
) -> None:
    cleaned = document(original, edit)
    text = cleaned.text.replace("优", "最佳").replace("号", "號")
    edits = tuple(script_edits(cleaned.text, text, words=True))
    assert len(edits) == 1
    other = Document(
        "a",
        original,
        edits=(Edit(0, original, text),),
        script="twp",
        script_edits=edits,
        cleaned=cleaned,
    )
    assert [after for _, after, _ in other.segments()] == share


def test_exchanged_words_are_told_apart_from_characters() -> None:
    cleaned = document("关于优化，项目。")
    other = convert_script(cleaned, "twp")
    assert other.text == "關於最佳化，專案。"
    assert [(e.before, e.after, e.codes, e.certainty) for e in other.script_edits] == [
        ("关于优", "關於最佳", ("SCR101", "SCR102"), MEDIUM),
        ("项目", "專案", ("SCR102",), MEDIUM),
    ]
    assert other.script_edits[0].note == "优 → 最佳"
    assert_laws(cleaned, other)
    only = convert_script(cleaned, "tw")
    assert only.text == "關於優化，項目。"
    assert {(edit.codes, edit.certainty) for edit in only.script_edits} == {(("SCR101",), HIGH)}


def test_letters_that_become_part_of_a_word_do_not_unsettle_the_line() -> None:
    cleaned = document("第一，U盘三只；第二，软件，共12个。")
    other = convert_script(cleaned, "twp")
    assert other.text == converter("s2twp")(cleaned.text)
    assert "個" in other.script_edits[-1].after
    assert other.script_edits[-1].before == "个"
    assert_laws(cleaned, other)


# --- which way -------------------------------------------------------------------


def test_text_in_the_script_already_is_left_alone() -> None:
    # t2s would make 李干 of this man, and 着 of many a 著.
    for text in ("李乾同志编著的书，我们都读了。", "乾隆年间，显著的变化。"):
        other = convert_script(document(text), "hans")
        assert other.text == text
        assert other.script == "hans"
        assert other.edits == other.script_edits == ()
        assert other.meta["script"]["configurations"] == []
        assert language(other) == "zh-Hans"
    traditional = "皇后與雲，鄰里都來了，說話算話。"
    assert converted(traditional, "hant") == traditional


@pytest.mark.parametrize(
    ("text", "profile", "expected"),
    [
        ("为了这里的群众", "hant", "爲了這裏的羣衆"),
        ("为了这里的群众", "tw", "為了這裡的群眾"),
        ("为了这里的群众", "hk", "為了這裏的羣眾"),
        ("為了這裡的群眾，坐著說", "hans", "为了这里的群众，坐着说"),
        ("為了這裏的醫務衞生，坐着説", "hans", "为了这里的医务卫生，坐着说"),
        ("為了這裏的醫務衞生，坐着説", "tw", "為了這裡的醫務衛生，坐著說"),
        ("為了這裡的群眾，坐著說", "hk", "為了這裏的羣眾，坐着説"),
        ("爲了這裏的羣衆", "tw", "為了這裡的群眾"),
        ("為了這裡的群眾", "tw", "為了這裡的群眾"),
        ("为了这里的发展", "jp", "為了這裏的発展"),
        ("爲了這裏的發展", "jp", "為了這裏的発展"),
        ("這裏説衞", "jp", "這裏説衛"),
        ("為了广东", "s2tw", "為了廣東"),
        ("这里", "s2tw", "這裡"),
        ("舊體", "t2jp", "旧体"),
    ],
)
def test_profiles(text: str, profile: str, expected: str) -> None:
    assert converted(text, profile) == expected


JAPANESE = "関於広東省経済発展的講話。同志們：労動者権益保護、対外開放，鉄路図書館都好。"


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("hans", "关于广东省经济发展的讲话。同志们：劳动者权益保护、对外开放，铁路图书馆都好。"),
        ("hant", "關於廣東省經濟發展的講話。同志們：勞動者權益保護、對外開放，鐵路圖書館都好。"),
        ("tw", "關於廣東省經濟發展的講話。同志們：勞動者權益保護、對外開放，鐵路圖書館都好。"),
        ("hk", "關於廣東省經濟發展的講話。同志們：勞動者權益保護、對外開放，鐵路圖書館都好。"),
        ("jp", JAPANESE),
    ],
)
def test_the_shapes_of_japan_are_recognised(profile: str, expected: str) -> None:
    other = convert_script(document(JAPANESE), profile)
    assert other.text == expected
    assert other.meta["script"]["source"] == script_of(JAPANESE) == "jp"
    assert language(document(JAPANESE)) == "zh-Hani-JP"


@pytest.mark.parametrize(
    "text",
    [
        "他们在広島和渋谷谈话，回来以后又讲了很多很多的事情，大家听了都很高兴，也很受教育。",
        "他們在広島和渋谷談話，回來以後又講了很多很多的事情，大家聽了都很高興，也很受教育。",
        "日本の経済発展は図書館で対応した。",  # Japanese, not Chinese
        "爲了羣衆，裏外説衞閲，鋭戯峯啓",  # what OpenCC and Hong Kong write
        "駅",
        "",
    ],
)
def test_a_few_shapes_of_japan_prove_nothing(text: str) -> None:
    assert script_of(text) != "jp"


def test_each_line_of_a_mixed_text_goes_its_own_way() -> None:
    text = "我们这里的发展很快，后来居上。\n皇太后與眾鄰里觀看飛機。\n同志\n"
    assert (
        converted(text, "tw") == "我們這裡的發展很快，後來居上。\n皇太后與眾鄰里觀看飛機。\n同志\n"
    )
    assert (
        converted(text, "hans")
        == "我们这里的发展很快，后来居上。\n皇太后与众邻里观看飞机。\n同志\n"
    )
    assert script_of(text) == "mixed"
    cleaned = document(text)
    assert_laws(cleaned, convert_script(cleaned, "tw"))


def test_lines_are_converted_as_the_whole_would_be() -> None:
    text = "理\n发\n理发\n\n干\n部\n为了这里\n" * 30
    for configuration in ("s2t", "s2tw", "s2twp", "s2hk", "t2s", "tw2s"):
        convert = converter(configuration)
        assert convert(text) == "\n".join(map(convert, text.split("\n")))


def test_an_unknown_profile_names_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"unknown script 'hanz'; did you mean hant or hans\?"):
        convert_script(document("这"), "hanz")
    with pytest.raises(ValueError, match="s2twp"):
        find_profile("s2twq")


def test_what_cannot_be_encoded_survives() -> None:
    text = "这\ud800里发\x00展\udfff了\r\u2028这"
    assert converted(text, "tw") == "這\ud800裡發\x00展\udfff了\r\u2028這"


# --- languages -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "script", "tag"),
    [
        ("我们的发展", "hans", "zh-Hans"),
        ("我們的發展", "hant", "zh-Hant"),
        ("同志", "none", "zh"),
        ("GDP and 我们", "hans", "zh-Hans"),
        ("Ladies and gentlemen", "none", "und"),
        ("", "none", "und"),
        ("我们的发展，他們", "mixed", "zh-Hans"),
    ],
)
def test_the_script_of_a_text_is_seen(text: str, script: str, tag: str) -> None:
    assert script_of(text) == script
    assert language(document(text)) == tag


def test_the_language_of_a_converted_document_is_that_of_its_profile() -> None:
    tags = {name: language(convert_script(document("这"), name)) for name in PROFILES}
    assert tags == {
        "hans": "zh-Hans",
        "hant": "zh-Hant",
        "tw": "zh-Hant-TW",
        "twp": "zh-Hant-TW",
        "hk": "zh-Hant-HK",
        "jp": "zh-Hani-JP",
    }
    assert language(convert_script(document("这"), "s2hkp")) == "zh-Hant-HK"
    assert language(convert_script(document("舊"), "t2jp")) == "zh-Hani-JP"


def test_regions() -> None:
    assert region_of("他坐著，在這裡") == "tw"
    assert region_of("他坐着，在這裏説") == "hk"
    assert region_of("爲了這裏") == "t"
    assert region_of("山高") == "t"
    # 著 stands in 顯著 everywhere.
    assert region_of("成效顯著，他説衞生部門的閲讀室也好") == "hk"
    assert region_of("成效顯著，他說衛生部門的閱讀室也好") == "tw"
    assert region_of("山高" * 5000 + "成效顯著，他説衞生") == "hk"


# --- the rest of the document ----------------------------------------------------


def test_blocks_move_and_titles_are_converted() -> None:
    cleaned = document("关于优化的讲话\n优化项目").replace(
        blocks=(Block(TITLE, 0, 7, 0, 1), Block(PARAGRAPH, 8, 12, 0, 1)),
        meta={
            "title": "讲话选编",
            "site": "东海网",
            "speeches": [{"n": 1, "title": "关于优化的讲话", "speaker": "张国华", "chars": 11}],
        },
    )
    other = convert_script(cleaned, "twp")
    assert [other.line(block) for block in other.blocks] == other.text.split("\n")
    assert other.blocks[0].kind == TITLE
    speech = other.meta["speeches"][0]
    assert speech["title"] == other.line(other.blocks[0]) == "關於最佳化的講話"
    assert speech["speaker"] == "張國華"
    assert speech["chars"] == 11 + 2
    assert other.meta["title"] == "講話選編"
    assert other.meta["site"] == "东海网"
    assert [warning["code"] for warning in other.meta["warnings"]] == ["script-words"]
    assert cleaned.meta["speeches"][0]["title"] == "关于优化的讲话"
    assert "warnings" not in convert_script(cleaned, "tw").meta


def test_a_converted_document_is_converted_anew_from_the_cleaned_one() -> None:
    cleaned = document("头发，发展")
    again = convert_script(convert_script(cleaned, "tw"), "hans")
    assert again.text == "头发，发展"
    assert again.cleaned is cleaned


def test_a_converted_document_can_be_saved_sent_and_changed() -> None:
    cleaned = document(
        "他去理 发了,优化项目", Edit(3, " ", ""), Edit(6, ",", "，", kind=CONVENTION)
    )
    other = convert_script(cleaned, "twp")
    sent = pickle.loads(pickle.dumps(other))
    read = Document.from_json(json.loads(json.dumps(other.to_json())))
    changed = other.replace(name="b.txt")
    for twin in (sent, read, changed):
        assert twin.text == other.text
        assert twin.edits == other.edits
        assert twin.script_edits == other.script_edits
        assert list(twin.segments()) == list(other.segments())
        assert twin.blocks == other.blocks
        assert language(twin) == "zh-Hant-TW"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = other.nothing


def test_opencc_is_not_loaded_before_it_is_needed() -> None:
    code = (
        "import sys; import normtool.script as s; from normtool.document import Document;"
        "s.language(Document('a', '我们')); sys.exit('opencc' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- laws ------------------------------------------------------------------------

WORDS = [
    "理发", "发展", "项目", "优化", "信息", "到账", "这里", "着", "為了", "裡", "□只", "五只",
    "U盘", "软件", "干部", "后来", "皇后", "，", "。", ",", " ", "\n", "2004", "A", "𠮷", "\u3000",
    "打印机", "出租车", "局部", "联系", "硬盘", "網絡", "說", "号", "\0", "“这”",
    "“", "”", "「", "」",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS), max_size=14).map("".join)
PROFILE = st.sampled_from([*PROFILES, "s2hkp", "tw2sp", "t2jp", "hk2s", "s2t"])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any text with sound edits, some of which cut through words."""
    original = draw(TEXT)
    edits, place = [], draw(st.integers(0, 3))
    while place < len(original):
        end = min(len(original), place + draw(st.integers(0, 2)))
        after = draw(st.sampled_from(["", "，", "\n", "□", "发", "优化", "号", " "]))
        if after != original[place:end]:
            edits.append(Edit(place, original[place:end], after, ("TST101",)))
        place = end + draw(st.integers(1, 5))
    return document(original, *edits)


@settings(max_examples=400, deadline=None)
@given(documents(), PROFILE, st.sampled_from(["keep", "keep", "corner", "curly"]))
def test_every_law_holds_in_the_other_script(cleaned: Document, profile: str, quotes: str) -> None:
    assert_laws(cleaned, convert_script(cleaned, profile, quotes))


@settings(max_examples=200, deadline=None)
@given(documents(), st.sampled_from(["tw", "twp", "hk"]))
def test_what_conversion_leaves_alone_stays_with_its_edit(cleaned: Document, profile: str) -> None:
    other = convert_script(cleaned, profile)
    for (_, was, edit), (_, after, _) in zip(cleaned.segments(), other.segments(), strict=True):
        if edit is not None and was in ("，", "\n", "□", " "):
            assert after == was


@given(TEXT, st.sampled_from(["s2tw", "s2twp", "s2hkp", "tw2sp"]))
@settings(max_examples=200, deadline=None)
def test_changes_lead_from_one_text_to_the_other(before: str, configuration: str) -> None:
    after = converter(configuration)(before)
    edits = script_edits(before, after, words=True)
    assert apply(before, edits) == after
    assert all(edit.before for edit in edits)
    assert all(fold(e.before) == fold(e.after) for e in edits if e.codes == ("SCR101",))


@given(st.text(max_size=500), st.data())
def test_runs_are_where_texts_differ(before: str, data: st.DataObject) -> None:
    size = len(before)
    after = data.draw(st.text(min_size=size, max_size=size))
    both = st.lists(st.booleans(), min_size=size, max_size=size)
    after = "".join(
        b if same else a for a, b, same in zip(after, before, data.draw(both), strict=True)
    )
    places = [i for start, end in runs(before, after) for i in range(start, end)]
    assert places == [i for i in range(size) if before[i] != after[i]]


def test_runs_of_a_long_text() -> None:
    before = "这里的发展𠮷" * 100
    after = before.replace("这", "這").replace("𠮷", "吉")
    assert list(runs(before, after))[:3] == [(0, 1), (5, 7), (11, 13)]
    with pytest.raises(ValueError, match="against"):
        list(runs("ab", "a"))
    with pytest.raises(ValueError, match="lines"):
        list(changes("a\nb", "ab", str))


# --- real data, where there is some ------------------------------------------------


@pytest.mark.skipif(not SHARED.exists(), reason="no shared data here")
def test_real_texts() -> None:
    for line in (SHARED / "data/script/opencc_cases.tsv").read_text("utf-8").splitlines():
        _, configuration, text, expected = line.split("\t")
        assert converted(text, configuration) == expected
    for path in (SHARED / "seed/seed_clean.txt", SHARED / "data/clean/gov_reports/1999.txt"):
        cleaned = document(path.read_text("utf-8"))
        for profile in PROFILES:
            assert_laws(cleaned, convert_script(cleaned, profile))
