"""The loops of the TEI writer in C do what their twins in Python do."""

from __future__ import annotations

from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.document import BLANK, HEADING, PARAGRAPH, Block
from normtool.edits import HIGH, LOW, Certainty, Edit
from normtool.export.tei import division, inside, ledger, lines, markup, paragraphs, silent, zones
from normtool.native import native

pytestmark = pytest.mark.skipif(native is None, reason="no inner loops in C here")

#: Characters of all widths, those that XML cannot hold, and those that it escapes.
texts = st.text(
    st.sampled_from('ab&<>"\r\t\n\x00\x1f\x7fé一二。\ud812\udfff\ufffe\uffff\U00020000')
)
plain = st.text(st.sampled_from("ab é一二。\ud812\U00020000"), max_size=6)
places = st.lists(st.integers(0, 2**40))
certainties = st.sampled_from(list(Certainty))
edits = st.lists(
    st.builds(
        Edit,
        st.integers(0, 99),
        plain,
        plain,
        st.sampled_from([(), ("PUN101",), ("BRK104", "PUN101")]),
        certainties,
        note=st.sampled_from(["", "A → B"]),
    ),
    max_size=300,
).map(tuple)


@given(texts)
def test_what_xml_can_hold(text: str) -> None:
    assert native.is_plain(text) == markup._is_plain(text)
    assert native.is_xml(text) == markup._is_xml(text)


@given(edits, st.data())
def test_edits_in_groups(made: tuple[Edit, ...], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(made)))
    last = data.draw(st.integers(0, len(made)))
    found = native.grouped(made, first, last)
    assert list(found.items()) == list(inside._grouped(made, first, last).items())
    assert native.growths(made) == division._growths(made)


@given(places)
def test_places_in_words(found: list[int]) -> None:
    assert native.listed(found) == ledger._listed(found)
    assert native.pointers(found) == silent._pointers(found)


@st.composite
def divided(draw: st.DrawFn) -> tuple[str, tuple[Block, ...]]:
    """A text and blocks that are its lines, or nearly."""
    text = "\n".join(draw(st.lists(plain, min_size=1, max_size=12)))
    blocks, start = [], 0
    speech = draw(st.integers(0, 2))
    for line in text.split("\n"):
        speech = draw(st.sampled_from([speech, speech, speech, 0, speech + 1, 1]))
        kind = draw(st.sampled_from([PARAGRAPH, PARAGRAPH, HEADING, BLANK]))
        odd = draw(st.sampled_from([0] * 30 + [1, -1]))
        end = max(start + len(line) + odd, 0)
        blocks.append(Block(kind, start, end, 0, speech, draw(certainties)))
        start += len(line) + 1
    dropped = draw(st.sampled_from([None] * 9 + [0, -1]))
    if dropped is not None:
        del blocks[dropped]
    return text, tuple(blocks)


@given(divided())
def test_speeches_of_blocks(document: tuple[str, tuple[Block, ...]]) -> None:
    assert native.follow(*document) == zones._speeches_of(*document)


@given(divided(), st.integers(0, 9), st.integers(-3, 3), st.integers(0, 80))
def test_lines_in_which_nothing_happened(
    document: tuple[str, tuple[Block, ...]], line: int, shift: int, stop: int
) -> None:
    text, known = document
    blocks = {block.start: block for block in known}
    begins = [0, *(place + 1 for place, sign in enumerate(text) if sign == "\n")]
    place = begins[line % len(begins)]
    stop = min(stop, len(text))
    one: list[lines.Line] = []
    other: list[lines.Line] = []
    given_to = (text, blocks, place, stop, shift, lines.Line, ())
    assert native.kept_lines(*given_to, one) == lines._kept_lines(*given_to, other)
    assert one == other
    assert {type(made) for made in one} <= {lines.Line}


@given(divided(), st.integers(0, 40), st.integers(0, 40), st.sampled_from(["", "讲话.2.xml", "x"]))
def test_plain_paragraphs(
    document: tuple[str, tuple[Block, ...]], special: int, suspected: int, twin: str
) -> None:
    text, known = document
    made = [lines.Line(block, block.start, block.end, (), None) for block in known]
    for place_of in (None, lambda place: max(place - 1, 0)):
        for first in range(len(made) + 1):
            found = []
            for write in (native.paragraphs, paragraphs._paragraphs):
                out: list[str] = ["x"]
                starts: list[int] = []
                count = write(
                    made,
                    first,
                    3,
                    special,
                    suspected,
                    text,
                    place_of,
                    "  ",
                    "sp1.2",
                    twin,
                    PARAGRAPH,
                    HIGH,
                    out,
                    starts,
                )
                found.append((count, out, starts))
            assert found[0] == found[1]


def test_a_line_with_something_is_no_plain_paragraph() -> None:
    block = Block(PARAGRAPH, 0, 2)
    edit = Edit(0, "", "\n", ("BRK104",))
    piece = lines.Piece(0, 1, 0, 1, edit)
    for line in (
        lines.Line(block, 0, 2, (piece,), None),
        lines.Line(block, 0, 2, (), edit),
        lines.Line(block._replace(certainty=LOW), 0, 2, (), None),
        lines.Line(block._replace(end=0), 0, 0, (), None),
    ):
        for write in (native.paragraphs, paragraphs._paragraphs):
            args = ([line], 0, 0, 9, 9, "今天", None, "", "sp1", "", PARAGRAPH, HIGH, [], [])
            assert write(*args) == 0


@given(divided(), st.integers(0, 3), st.data())
def test_lines_of_the_ledger(
    document: tuple[str, tuple[Block, ...]], place: int, data: st.DataObject
) -> None:
    text, known = document
    blocks = {block.start + place: block._replace(start=block.start + place) for block in known}
    blocks = {start: one._replace(end=one.end + place) for start, one in blocks.items()}
    in_body = dict.fromkeys(start for start in blocks if data.draw(st.booleans()))
    checks = list(map(crc32, text.encode("utf-8", "surrogatepass").split(b"\n")))
    args = (text, place, blocks, in_body, repr, checks)
    assert native.told_lines(*args) == ledger._told_lines(*args)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("is_plain", (b"x",)),
        ("is_xml", (None,)),
        ("grouped", ([], 0, 0)),
        ("grouped", ((1,), 0, 1)),
        ("grouped", ((), 0, 1)),
        ("grouped", ((), "0", 1)),
        ("growths", ((1,),)),
        ("growths", (((0, 1, 2, 3, 4, 5, 6, 7),),)),
        ("listed", ((1,),)),
        ("listed", (["x"],)),
        ("listed", ([-1],)),
        ("pointers", ([2**80],)),
        ("follow", ("", [])),
        ("follow", ("", (1,))),
        ("follow", ("", ((1, "2", 3, 4, 5, 6),))),
        ("kept_lines", ("\n", {0: 1}, 0, 1, 0, tuple, (), [])),
        ("kept_lines", ("\n", {}, 0, 1, 0, list, (), [])),
        ("kept_lines", ("\n", {}, 0, "1", 0, tuple, (), [])),
        ("told_lines", ("\n", 0, {}, {}, repr, [1])),
        ("told_lines", ("x", 0, {}, {0: 1}, repr, ["x"])),
        ("told_lines", ("x", 0, {0: 1}, {}, repr, [1])),
        ("told_lines", ("x", 0, {}, {}, None, [1])),
        ("paragraphs", ([1], 0, 0, 9, 9, "x", None, "", "", "", "", HIGH, [], [])),
        ("paragraphs", ([], -1, 0, 9, 9, "x", None, "", "", "", "", HIGH, [], [])),
        ("paragraphs", ([],)),
    ],
)
def test_what_does_not_fit_is_refused(name: str, args: tuple[object, ...]) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError)):
        getattr(native, name)(*args)
