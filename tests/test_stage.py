"""The engine between two looks: places that move with the edits, edits settled in columns."""

import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import normtool.edits.layer
import normtool.rules  # (fills RULES)
import normtool.stage
from normtool.clean import Settings, clean_document
from normtool.document import Document
from normtool.edits import CONVENTION, HIGH, SAFE, Edit, Layer, apply, fuse
from normtool.native import native
from normtool.rule import RULES, Rule
from normtool.scan import EACH, Scanner
from normtool.stage import Stage
from normtool.triggers.stops import Automaton, Stops, by_bytes

WORDS = ["同志们", "们:", "万元", "注册", "。1、", "()", "（一）", "今 年", "，,", "Ａ１", "ā"]
CHARS = "同志们万亿元注册一二，,。:：;!! .*?\n\u3000()（）aB\ue001\u2f00"
texts = st.lists(st.sampled_from([*WORDS, *CHARS]), max_size=40).map("".join)


@st.composite
def edited(draw):
    """A text, and sound edits of it."""
    text = draw(texts)
    edits = []
    place = 0
    while place <= len(text) and draw(st.booleans()):
        start = draw(st.integers(place, min(len(text), place + 20)))
        before = text[start : start + draw(st.integers(0, 4))]
        after = draw(st.sampled_from(["", "，", "万", "\n", "同志们:", "\ue001", "x"]))
        if after != before:
            edits.append(Edit(start, before, after))
            place = edits[-1].end + 1
        else:
            place = start + 1
    return text, edits


stops = Stops(
    ["同志", "志们", "们:", "万", "万元", "，", "\n", "。1、", "元注册一二"], "\ue000-\uf8ffa-b"
)


@given(edited())
@settings(max_examples=400, deadline=None)
def test_places_move_as_the_text_does(made):
    text, edits = made
    known, dense = stops(text)
    after = apply(text, edits)
    layer = Layer.of(edits)
    moved = stops.moved(known, dense, after, layer.starts, layer.befores, layer.afters)
    found, now_dense = stops(after)
    if dense == now_dense:
        assert [*zip(*moved, strict=True)] == [*zip(*found, strict=True)]


def test_long_texts_are_looked_through_piece_by_piece():
    text = "x" * 99_998 + "元注册一二" + "同志" * 60_000
    (places, numbers), _ = stops(text)
    assert (99_998, 8) in zip(places, numbers, strict=True)
    assert numbers.count(0) == 60_000
    assert places == sorted(places)


#: In Python and, where they were built, with the loops in C.
SCANNERS = [Scanner(RULES.values(), built=built) for built in {False, native is not None}]


@given(edited())
@settings(max_examples=80, deadline=None)
def test_scan_goes_along_with_the_edits(made):
    text, edits = made
    for scanner in SCANNERS:
        group = scanner.group(RULES)
        scan = scanner.scan(text)
        scan.found(group)
        after = apply(text, edits)
        scan = scan.after(Layer.of(edits), after)
        found = dict(scan.found(group))
        for code, rule in RULES.items():
            expected = list(rule.find(after))
            assert list(scan.find(code)) == expected, code
            assert found.get(code, []) == expected, code


def by_hand(text, rules):
    """What a stage must make: all places, the earliest and longest first, what touches is one."""
    found = sorted(
        (start, -end, order, after, rule.code)
        for order, rule in enumerate(rules)
        for start, end, after, _ in rule.find(text)
    )
    edits = []
    for start, minus_end, _, after, code in found:
        last = edits[-1] if edits else None
        if last and (start < last.end or (start == -minus_end == last.end == last.start)):
            continue
        edits.append(Edit(start, text[start:-minus_end], after, (code,)))
    return fuse(edits)


def a_rule(code, pattern, fix=None, table=None):
    import re

    made = fix if table is None else lambda match: table[match[0]]
    return Rule(code, code, "", SAFE, HIGH, CONVENTION, re.compile(pattern), made, table)


EXCHANGE = [
    a_rule("XXX101", "[,:!](?<=[同志们万元，,:!].)", table={",": "，", ":": "：", "!": "！"}),
    a_rule("XXX102", "们[:,]", lambda match: "们\n"),
    a_rule("XXX103", "(?<=，),+", lambda match: ""),
    a_rule("XXX104", "(?<=[!,])(?=万)", lambda match: "□"),
]
SMALL = {built: Scanner(EXCHANGE, built=built) for built in (False, native is not None)}


@given(texts)
@settings(max_examples=400, deadline=None)
def test_exchanged_characters_are_settled_as_all_others(text):
    for built, scanner in SMALL.items():
        assert scanner.ways["XXX101"] == EACH
        with pytest.MonkeyPatch.context() as patch:
            if not built:  # what is done without C is settled without it, too
                patch.setattr(normtool.stage, "native", None)
                patch.setattr(normtool.edits.layer, "native", None)
            layer, made = Stage(scanner, EXCHANGE).settle(scanner.scan(text))
        edits = layer.edits()
        assert [edit[:4] for edit in edits] == [edit[:4] for edit in by_hand(text, EXCHANGE)]
        assert all(one.end < two.start for one, two in pairwise(edits))
        assert made == apply(text, edits) == layer.apply(text)


def test_edits_become_objects_when_somebody_looks():
    document = clean_document(Document("x", "同志们:今天,开会!"), Settings(typo_model=False))
    assert document.text == "同志们：\n今天，开会！"
    assert all(isinstance(edit, Edit) for edit in document.edits)
    assert document.edits is document.edits
    assert apply(document.original, document.edits) == document.text


def test_memory_is_a_few_times_the_text():
    text = "同志们,今年我市引进外资12个项目,总投资3亿元;形势很好。\n" * 6000
    clean_document(Document("x", text[:1000]), Settings(typo_model=False))
    tracemalloc.start()
    clean_document(Document("x", text), Settings(typo_model=False))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 9 * len(text.encode())


def test_what_utf8_cannot_hold_is_cleaned_around() -> None:
    from normtool import clean

    assert clean("同志们:\n今天 开会,\ud800形势严竣。") == "同志们：\n今天开会，\ud800形势严峻。"


@pytest.mark.parametrize(
    "text", ["", "同志们好，同志同志们", "\ud800同志\udfff们\0好", "𠮷同志😀们，好" * 50]
)
def test_the_automaton_by_bytes_finds_the_same(text):
    strings = ["同志", "同志们", "志们", "们", "，", "好，同", "😀"]
    found = sorted(Automaton(strings)(text))
    without = Automaton(strings)
    without._find = by_bytes(strings)
    assert found == sorted(without(text))
    assert all(text[start:end] == strings[number] for start, end, number in found)
    assert len(found) == sum(text.startswith(one, at) for one in strings for at in range(len(text)))


def test_a_text_of_many_pieces_is_cleaned_as_its_lines_are():
    line = "要抓好落实,要讲求实效;形势 严竣。\n"
    times = 600_000 // len(line)  # more characters and more edits than are taken at once
    document = clean_document(Document("x", line * times), Settings(typo_model=False))
    assert document.text == "要抓好落实，要讲求实效；形势严峻。\n" * times
    assert len(document.columns) == 3 * times
    assert document.columns.apply(document.original) == document.text
    assert [edit[:3] for edit in document.edits[-3:]] == [
        (len(line) * times + back, old, new)
        for back, old, new in ((-14, ",", "，"), (-8, ";", "；"), (-5, " 严竣", "严峻"))
    ]


def test_a_copy_of_a_document_keeps_its_edits_in_columns():
    document = clean_document(Document("x", "同志们:今年 我市,"), Settings(typo_model=False))
    copy = document.replace(name="y")
    assert copy.columns is document.columns
    assert copy.edits == document.edits
    assert copy.text == document.text
    assert document.replace(edits=()).text == document.original
