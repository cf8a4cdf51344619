"""The loops of the TEI writer in C do what their twins in Python do."""

from __future__ import annotations

from io import BytesIO
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normtool.document import BLANK, HEADING, PARAGRAPH, Block, Document
from normtool.edits import BREAK, CONVENTION, ERROR, GAP, LOW, Certainty, Edit
from normtool.export import tei
from normtool.export.tei import (
    body,
    division,
    inside,
    ledger,
    lines,
    markup,
    paragraphs,
    silent,
    simple,
    words,
    zones,
)
from normtool.native import native
from normtool.structure import structure

DATE = "2026-11-25"

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


def shared(text: str, place_of=None) -> simple.Shared:
    """What lines of a text that nobody changed share."""
    return simple.Shared(
        {},
        lambda key: simple.change_of(key, "", False),
        text,
        text,
        text,
        place_of,
        "sp1.e",
        lambda words: f"[{words}]",
        False,
        lambda line: f' cert="{line.block.certainty:d}"',
        [],
        [],
        [],
    )


@given(divided(), st.integers(0, 40), st.integers(0, 40), st.sampled_from(["", "讲话.2.xml", "x"]))
def test_plain_paragraphs(
    document: tuple[str, tuple[Block, ...]], special: int, suspected: int, twin: str
) -> None:
    text, known = document
    made = [lines.Line(block, block.start, block.end, (), None) for block in known]
    for place_of in (None, lambda place: max(place - 1, 0)):
        of_all = shared(text, place_of)
        for first in range(len(made) + 1):
            found = []
            for write in (native.paragraphs, paragraphs._paragraphs):
                out: list[str] = ["x"]
                starts: list[int] = []
                args = (of_all, made, first, 3, special, suspected, 7, "  ", "sp1.2", twin)
                found.append((write(*args, out, starts), out, starts))
            assert found[0] == found[1]


def test_what_the_source_did_not_begin() -> None:
    block, edit = Block(PARAGRAPH, 0, 2), Edit(0, "", "\n", ("BRK104",))
    for line in (
        lines.Line(block, 0, 2, (), edit),
        lines.Line(block._replace(certainty=LOW), 0, 2, (), None),
    ):
        for write in (native.paragraphs, paragraphs._paragraphs):
            made: list[str] = []
            assert write(shared("今天"), [line], 0, 0, 9, 9, 0, "", "sp1", "", made, []) == 1
            cert = line.block.certainty
            assert made == [f'<p xml:id="sp1.p1" source="src:0,2" cert="{cert:d}">今天</p>']


def test_a_line_that_is_no_paragraph_of_words() -> None:
    block = Block(PARAGRAPH, 0, 2)
    for other in (block._replace(end=0), block._replace(kind=HEADING)):
        for write in (native.paragraphs, paragraphs._paragraphs):
            line = lines.Line(other, 0, other.end, (), None)
            assert write(shared("今天"), [line], 0, 0, 9, 9, 0, "", "sp1", "", [], []) == 0


#: What happens to a text: corrections, conventions, insertions, losses, breaks, widths.
HAPPENS = [
    ("己", "已", ("TYP101",), ERROR, "己 → 已"),
    (" ", "", ("SPC101",), CONVENTION, ""),
    ("", " ", ("SPC107",), CONVENTION, ""),
    ("", "，", ("PUN131",), CONVENTION, ""),
    ("?", "，□", ("GAP101", "PUN101"), GAP, ""),
    ("", "□", ("GAP102",), GAP, "lost"),
    ("&", "＆", ("PUN101",), CONVENTION, ""),
    (",", "，", ("PUN101",), CONVENTION, ""),
    (";到帐", "；到账", ("PUN101", "TYP101"), ERROR, ""),
    (":", "：\n", ("BRK104", "PUN101"), BREAK, ""),
    ("<", "《\x01", ("MAN",), ERROR, ""),
    ("\U00020000", "\ud800", ("MAN", "TYP101"), ERROR, "by hand"),
]


@st.composite
def changed(draw: st.DrawFn) -> Document:
    """A document with edits of many kinds, near one another and at the ends of lines."""
    pieces, made, place = [], [], 0
    for _ in range(draw(st.integers(0, 12))):
        kept = draw(st.text(st.sampled_from("今天 &是一，*.*\n\U00020000"), min_size=1, max_size=5))
        before, after, codes, kind, note = draw(st.sampled_from(HAPPENS))
        pieces += [kept, before]
        place += len(kept)
        made.append(Edit(place, before, after, codes, draw(certainties), kind=kind, note=note))
        place += len(before)
    original = "".join([*pieces, draw(st.text(st.sampled_from("今天 。"), max_size=3))])
    return structure(Document("讲话.txt", original, edits=tuple(made)))


@settings(max_examples=150, deadline=None)
@given(changed(), st.sampled_from(tei.VIEWS), st.booleans())
def test_a_file_is_the_same_without_them(document: Document, view: str, sentences: bool) -> None:
    """All that is marked is the same, whether the loops are there or not."""
    files = []
    for loops in (native, None):
        with pytest.MonkeyPatch.context() as patch:
            if loops is None:
                patch.setattr(words, "native", None)
                patch.setattr(simple, "native", None)
                patch.setattr(body, "paragraphs", paragraphs._paragraphs)
                patch.setattr(lines, "kept_lines", lines._kept_lines)
                patch.setattr(inside, "grouped", inside._grouped)
                patch.setattr(silent, "pointers", silent._pointers)
                patch.setattr(ledger, "listed", ledger._listed)
                patch.setattr(ledger, "told_lines", ledger._told_lines)
            for number in document.speeches or [0]:
                stream = BytesIO()
                one = document.replace()
                tei.write(one, stream, speech=number, view=view, sentences=sentences, date=DATE)
                files.append(stream.getvalue())
    half = len(files) // 2
    assert files[:half] == files[half:]


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
        ("paragraphs", (shared("x"), [1], 0, 0, 9, 9, 0, "", "", "", [], [])),
        ("paragraphs", (shared("x"), [], -1, 0, 9, 9, 0, "", "", "", [], [])),
        ("paragraphs", (shared("x"),)),
        ("paragraphs", ((), [], 0, 0, 9, 9, 0, "", "", "", [], [])),
        ("marks", (shared("x"), [(0, 9, 0, 1, Edit(0, "x", "y"))], 0, 1, 0)),
        ("marks", (shared("x"), [(0, 1, 0, 1, None)], 0, 1, 0)),
        ("marks", (shared("x")._replace(prepare=str), [(0, 1, 0, 1, Edit(0, "x", "y"))], 0, 1, 0)),
        ("said", (shared("x"), 0, 1, [1])),
        ("said", (shared("x"), -1, 1, [])),
        ("said", (shared("x")._replace(shown=None), 0, 1, [])),
    ],
)
def test_what_does_not_fit_is_refused(name: str, args: tuple[object, ...]) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError)):
        getattr(native, name)(*args)
