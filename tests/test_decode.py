"""Bytes to text: every encoding, every damage, never a silent loss."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.decode import Undecodable, decode, judge
from normtool.signatures import SIGNATURES

HANS = (
    "各位代表、同志们：\r\n今年以来，我们坚持把项目建设摆在首位，新开工重点工程二十六个，"
    "完成投资三亿多元。下一步要抓好四件事：一是修好乡村道路，二是办好学校，三是管好水库，"
    "四是把账目向群众公开。谢谢大家！"
)
HANT = (
    "各位鄉親、各位來賓，大家好：\r\n這座圖書館從動工到啟用，前後花了兩年半的時間。"
    "我要謝謝每一位捐書的朋友，也要謝謝在工地流汗的師傅。希望孩子們放學以後願意來這裡，"
    "讀一本好書，認識一個更大的世界。"
)
PAGE = '<html><head><title>{0}</title></head>\n<body class="main">\n<p>{1}</p>\n</body></html>\n'
BOTH = pytest.mark.parametrize("text", [HANS, HANT], ids=["hans", "hant"])


def written(*codecs: str) -> pytest.MarkDecorator:
    """Both texts in each encoding; simplified text does not fit into Big5."""
    return pytest.mark.parametrize(
        ("text", "codec"),
        [
            (text, codec)
            for codec in codecs
            for text in (HANS, HANT)
            if text is HANT or codec != "big5hkscs"
        ],
    )


@BOTH
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_without_a_mark_the_encoding_is_found(text, codec):
    assert decode(text.encode(codec)) == (text, codec)


def test_traditional_text_in_big5():
    assert decode(HANT.encode("big5")) == (HANT, "big5hkscs")
    cantonese = HANT + "佢哋話嗰啲嘢喺呢度。"
    assert decode(cantonese.encode("big5hkscs")) == (cantonese, "big5hkscs")


def test_gb18030_not_gbk():
    rare = HANS + "主讲人：𠮷田㐂、镕基；货币€"
    with pytest.raises(UnicodeEncodeError):
        rare.encode("gbk")
    assert decode(rare.encode("gb18030")) == (rare, "gb18030")


@BOTH
@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
        (b"\xff\xfe", "utf-16-le", "utf-16"),
        (b"\xfe\xff", "utf-16-be", "utf-16"),
        (b"\xff\xfe\0\0", "utf-32-le", "utf-32"),
        (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
    ],
)
def test_a_mark_settles_it_and_is_no_part_of_the_text(text, mark, codec, name):
    data = mark + text.encode(codec)
    assert decode(data) == (text, name)
    assert data.decode(name).lstrip("\ufeff") == text


@written("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
def test_a_page_of_much_markup(text, codec):
    page = PAGE.format(text[:8], "x" * 3000 + text[10:40])
    assert decode(page.encode(codec)) == (page, codec)


@written("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
def test_short_pieces(text, codec):
    for start in range(len(text) - 20):
        piece = text[start : start + 20]
        assert decode(piece.encode(codec)) == (piece, codec)


def test_ascii_is_utf8():
    assert decode(b"plain\ttext\n") == ("plain\ttext\n", "utf-8")
    assert decode("notes only".encode("utf-16-le")) == ("notes only", "utf-16-le")
    assert decode("notes only: 会".encode("utf-16-be")) == ("notes only: 会", "utf-16-be")


def test_line_ends_and_odd_characters_stay():
    text = "第一行\r\n第二行\r第三行\x0c\u2028\ufffe\ue000□\ufffd"
    assert decode(text.encode("utf-8"))[0] == text


@written("utf-8", "gb18030", "big5hkscs")
@pytest.mark.parametrize("length", [20, 60, None])
def test_a_cut_off_file_is_refused_at_its_end(text, codec, length):
    text = text.rstrip("。！")[:length]
    data = text.encode(codec)[:-1]
    with pytest.raises(Undecodable, match="the file ends in the middle of a character") as error:
        decode(data)
    assert error.value.encoding == codec
    assert error.value.offset == len(text[:-1].encode(codec))
    assert f"byte 0x{data[error.value.offset]:02X} at offset {error.value.offset}" in str(
        error.value
    )


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_cut_off_utf16_file_is_refused(mark):
    data = (mark + HANS).encode("utf-16-le")[:-1]
    with pytest.raises(Undecodable) as error:
        decode(data)
    assert error.value.offset == len(data) - 1


@written("utf-8", "gb18030", "big5hkscs")
def test_one_broken_byte_is_refused_at_its_place(text, codec):
    chance = random.Random(7)
    for _ in range(40):
        place = chance.randrange(10, len(text) - 1)
        head, tail = text[:place].encode(codec), text[place + 1 :].encode(codec)
        with pytest.raises(Undecodable, match=codec) as error:
            decode(head + b"\xff" + tail)
        assert error.value.offset == len(head)


def test_utf8_with_a_broken_place_is_not_read_as_gb18030():
    # Without its first byte every pair of the rest is a GBK character: mojibake.
    data = ("开" + "会了" * 20).encode("utf-8")[1:]
    if len(data) % 2:
        data += b"\n"
    assert data.decode("gb18030")
    with pytest.raises(Undecodable, match="utf-8: byte 0xBC at offset 0"):
        decode(data)


def test_the_offset_counts_the_mark():
    with pytest.raises(Undecodable, match="at offset 6"):
        decode(b"\xef\xbb\xbf" + "会".encode() + b"\xff" + "议".encode())


def test_surrogates_are_refused():
    with pytest.raises(Undecodable, match="byte 0xED at offset 9"):
        decode("工作好".encode() + b"\xed\xa0\x80" + "工作好".encode())
    with pytest.raises(Undecodable, match="offset 2"):
        decode(b"\xff\xfe\x00\xd8" + HANS.encode("utf-16-le"))


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_nul_is_refused_at_its_place(codec):
    data = HANS[:30].encode(codec) + b"\0" + HANS[30:].encode(codec)
    with pytest.raises(Undecodable, match="NUL byte at offset") as error:
        decode(data)
    assert error.value.offset == data.index(b"\0")


def test_nul_in_utf16_is_counted_in_bytes():
    with pytest.raises(Undecodable) as error:
        decode("\ufeff会议𠮷\0".encode("utf-16-be"))
    assert error.value.offset == 10


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image, not text"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF, not text: extract its text"),
        (b"PK\x03\x04....word/document.xml", "a Word document \\(DOCX\\)"),
        (b"PK\x03\x04....a.txt", "a ZIP archive, not text: unpack it"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "a Word 97-2003 document",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    ],
)
def test_files_that_are_no_text_are_called_by_their_name(data, what):
    with pytest.raises(Undecodable, match=what):
        decode(data)


@pytest.mark.parametrize("signature", SIGNATURES, ids=lambda signature: signature[1])
def test_every_signature_is_recognised(signature):
    with pytest.raises(Undecodable, match="not text"):
        decode(signature[0] + HANS.encode())


def test_random_bytes_are_refused():
    chance = random.Random(11)
    for size in (50, 500, 5000):
        with pytest.raises(Undecodable):
            decode(bytes(chance.choices(range(1, 256), k=size)))


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Собрание открылось утром, и делегаты слушали доклад о дорогах. " * 3, "cp1251"),
        ("Der Bürgermeister eröffnete die Brücke, später grüßte er die Gäste. " * 3, "cp1252"),
        ("会議は朝から始まり、参加者は道路についての報告を聞きました。" * 3, "shift_jis"),
        ("회의는 아침에 시작되었고 참가자들은 도로 보고를 들었습니다. " * 60, "euc_kr"),
    ],
)
def test_other_languages_do_not_become_chinese(text, codec):
    with pytest.raises(Undecodable, match=r"iconv|not decodable as"):
        decode(text.encode(codec))
    assert decode(text.encode(codec), codec) == (text, codec)


def test_the_encoding_can_be_told():
    data = "銮鎏".encode("gb18030")
    assert decode(data, "gb18030") == ("銮鎏", "gb18030")
    assert decode(b"\xef\xbb\xbfabc", "utf-8") == ("abc", "utf-8")
    with pytest.raises(LookupError):
        decode(data, "klingon")
    with pytest.raises(Undecodable, match="not decodable as utf-8: byte 0xF6 at offset 0"):
        decode("鲵".encode("gb18030"), "utf-8")


def test_far_from_the_beginning():
    """The sample that is judged does not end inside the markup of a large page."""
    page = "<i>·</i>" + "<br>" * 200_000 + HANT
    assert decode(page.encode("big5hkscs")) == (page, "big5hkscs")
    assert decode(page.encode("gb18030")) == (page, "gb18030")


def test_judge_prefers_what_is_written():
    right = judge(HANS)
    wrong = judge(HANS.encode("utf-8").decode("gb18030", "replace"))
    assert right.mean < 8 < 11 < wrong.mean
    assert right.cost < wrong.cost
    assert right.broken == 0


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_utf8_always_comes_back(text):
    data = b"\xef\xbb\xbf" + text.encode("utf-8")
    assert decode(data) == (text, "utf-8-sig")


@given(st.binary(max_size=60))
def test_never_a_silent_loss(data):
    """Whatever comes out can be written back, and reads the same again."""
    try:
        text, encoding = decode(data)
    except Undecodable as error:
        offset = error.offset
    else:
        offset = 0
        again = text.encode(encoding)
        # Big5 has twelve characters twice; a mark may be of the other order.
        assert decode(again, encoding)[0].lstrip("\ufeff") == text.lstrip("\ufeff")
        if encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"):
            assert data.endswith(again)
    assert 0 <= offset <= len(data)
