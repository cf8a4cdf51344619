"""Bytes to text: which encoding, and is it lossless.

A byte order mark settles it; else strict UTF-8 does. Only when that fails are
GB18030, Big5-HKSCS and UTF-16 judged: each candidate must explain all bytes,
and the one whose text is the most ordinary Chinese wins. A candidate that
fails somewhere takes part, at a price for each broken place, so that a cut off
GB18030 file is reported as such and not read as Big5 that happens to decode.
The text itself is only ever decoded strictly.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache

from normtool.patterns import found_once, later
from normtool.records import NamedTuple
from normtool.signatures import recognise

#: Longest first: the UTF-32 mark begins with that of UTF-16. "utf-16" is the
#: name for "the mark tells the order" (RFC 2781), as "utf-8-sig" is Python's
#: for UTF-8 with a mark. The last is U+FEFF in GB18030.
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32-be", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le", "utf-16"),
    (b"\xfe\xff", "utf-16-be", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
_MARK = tuple(mark for mark, _, _ in _MARKS)

#: GB18030 always, never GBK: it is a superset. Earlier wins a tie.
CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")

# The most frequent characters of written Chinese; they make up some 70 % of any text.
_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
    "行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其"
    "些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建"
    "月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接"
    "知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器"
    "压志世金增争济阶思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声"
    "报斗完类八离华名确才科张信马节话米整空元况今集传土许步群广石记需段研界拉林律叫且究观越织影算低持音众书布复容儿须"
    "际商非验连断深难近千周委素技备半办青省列习响约支般史感劳便团往历市克何除消构府称太准精值号率族维划选标写存候亲快"
    "效斯院查江型眼王按格养易置派层片始却专状育厂京识适属包火住调满县局照参红细引听该铁价严"
    "這爲為個國時來們於對會發動過說產種後學經進電裏裡現實兩體機當點從業應開還義間樣與關線內數麼質氣變條沒結問無軍"
    "並題黨員總設長頭資邊級圖統將組見計別論運農幾區強決戰則據處隊給門規熱領東導壓爭濟階術極聯認權證採轉單風帶場車務"
    "萬達積議聲報類離華確張馬節話況傳許廣記觀織眾書復兒須際驗連斷難備辦習響約勞團歷構稱準號維劃選標寫親養層卻專狀廠"
    "識適屬調滿縣參紅細聽該鐵價嚴麵徵係著"
)
_POINTS = "\u3000，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·％～"

# Costs in nats, - ln P(character), of a coarse model of Chinese pages. What one
# candidate reads as one dear character another reads as two cheap ones: sums
# over the same bytes are comparable where shares of a text are not.
_PLAIN = 4.6  # ASCII
_POINT = 5.1
_FREQUENT = 6.6
_ORDINARY = 10.0  # level 1 of GB 2312 or of Big5
_KNOWN = 12.0  # letters, symbols, kana
_RARE = 13.5  # other Han
_STRANGE = 17.0  # private use, other scripts, unassigned
_CONTROL = 20.0
_BROKEN = 25.0

# Dearer than this per character, and it is not Chinese at all; a few characters
# have more licence. Measured: Chinese speeches, laws, news 6.8-8.3, lists of words
# and names up to 9.1 (20 characters: 10); Korean read as GB18030 9.5, EUC-TW 10.4,
# Russian and French 12.5.
_LIMIT = 9.3
_LICENCE = 5.0  # divided by the root of the number of characters
_LIMIT_OF_FEW = 10.8

# As many bytes above ASCII are ample to judge by; files are read on to find them.
_ENOUGH = 2_000
_WINDOW = 4_096

_NOT_ASCII = re.compile(rb"[\0\x80-\xff]")
_NOT_PLAIN = later("[^\t\n\r -~]+")
_HIGH_BYTES = bytes(range(0x80, 0x100))


class Undecodable(ValueError):
    """The bytes are no text that can be read without loss.

    offset    of the first byte that is at fault, -1 if none can be named
    encoding  the nearest candidate, "" if none
    """

    def __init__(self, message: str, offset: int = -1, encoding: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.encoding = encoding


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text and the name of its encoding, a codec of Python.

    A byte order mark is no part of the text. With ``encoding`` nothing is
    judged. Raises Undecodable (what is wrong, where in bytes, what to do next)
    if the bytes are no text, hold NUL characters, or nothing decodes them
    without loss; LookupError if there is no codec ``encoding``.
    """
    kind = recognise(data)
    if kind is not None:
        raise Undecodable(f"{kind[0]}, not text: {kind[1]}", 0)
    if encoding:
        asked = codecs.lookup(encoding).name
        marks = (mark for mark, codec, _ in _MARKS if codec == asked and data.startswith(mark))
        return _strict(data, asked, len(next(marks, b""))), encoding
    if data.startswith(_MARK):
        mark, codec, name = next(entry for entry in _MARKS if data.startswith(entry[0]))
        return _strict(data, codec, len(mark)), name
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if b"\0" not in data:
            return text, "utf-8"
    return _best(data)


def _best(data: bytes) -> tuple[str, str]:
    """Decode by the candidate that explains the bytes best, if it is plausible at all."""
    codec, judged = _judge(data)
    limit = min(_LIMIT_OF_FEW, _LIMIT + _LICENCE / max(judged.characters, 1) ** 0.5)
    if judged.mean > limit or (judged.broken and not judged.characters):
        raise _implausible(data, codec)
    return _strict(data, codec), codec


def _strict(data: bytes, codec: str, start: int = 0) -> str:
    """Decode what follows ``start`` without loss, or say where that fails."""
    try:
        text = str(memoryview(data)[start:], codec)
    except UnicodeDecodeError as error:
        offset = error.start + start
        if error.end + start >= len(data):
            place = "the file ends in the middle of a character"
            advice = "it was cut off: get it again, or delete what is left of that character"
        else:
            place = "there is no such character"
            advice = "get the file again, or repair that place"
        raise Undecodable(
            f"not decodable as {codec}: byte 0x{data[offset]:02X} at offset {offset}, "
            f"{place}; {advice}",
            offset,
            codec,
        ) from None
    nul = text.find("\0")
    if nul >= 0:
        raise _nul(start + len(text[:nul].encode(codec)), codec)
    return text


def _nul(offset: int, codec: str) -> Undecodable:
    return Undecodable(
        f"NUL byte at offset {offset}: this is no text, or it was damaged; "
        "give a text file, or delete the NUL bytes",
        offset,
        codec,
    )


def _implausible(data: bytes, codec: str) -> Undecodable:
    """Bytes that some codec may take, but that give no Chinese with any."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start
    else:
        return _nul(data.find(b"\0"), codec)
    return Undecodable(
        f"not decodable: byte 0x{data[offset]:02X} at offset {offset} is not UTF-8, and neither "
        "GB18030 nor Big5-HKSCS nor UTF-16 gives ordinary Chinese; find out its encoding and "
        "convert it, for example with `iconv -f ENCODING -t UTF-8`",
        offset,
        codec,
    )


def _judge(data: bytes) -> tuple[str, Judged]:
    """The candidate that explains the bytes best, and how well."""
    first = _NOT_ASCII.search(data)
    # Before the first byte that is no ASCII text all candidates agree, and there a
    # character begins; only UTF-16 counts in pairs.
    start = (first.start() if first else 0) & ~1
    end = start + _WINDOW
    while end < len(data):
        window = data[start:end]
        if len(window) - len(window.translate(None, _HIGH_BYTES)) >= _ENOUGH:
            break
        end += end - start
    window = data[start:end]
    tried = []
    for rank, codec in enumerate(CANDIDATES):
        # "replace" only to count the broken places; nothing of this text is kept.
        decoder = codecs.getincrementaldecoder(codec)("replace")
        text = decoder.decode(window, end >= len(data))
        tried.append((judge(text, wide=codec.startswith("utf-16")), rank, codec))
    judged, _, codec = min(tried)
    return codec, judged


class Judged(NamedTuple):
    """How unlikely a text is as a Chinese page; less is better.

    cost        of the whole, in nats
    mean        cost per character that tells something
    characters  how many of these there are
    broken      how many places could not be decoded (U+FFFD)
    """

    cost: float
    mean: float
    characters: int
    broken: int


def judge(text: str, *, wide: bool = False) -> Judged:
    """Judge a text that may hold U+FFFD where bytes were broken.

    ASCII tells nothing about the encoding, so it is not in the mean, except
    with ``wide``: in UTF-16 it does.
    """
    price = _price
    other = "".join(_NOT_PLAIN.findall(text))
    counts = Counter(other)
    cost = sum(number * price(character) for character, number in counts.items())
    plain = (len(text) - len(other)) * _PLAIN
    broken = counts["\ufffd"]
    telling = (len(text) if wide else len(other)) - broken
    told = cost - broken * _BROKEN + (plain if wide else 0.0)
    return Judged(cost + plain, told / telling if telling else 0.0, telling, broken)


@cache
def _price(character: str) -> float:
    known = _prices().get(character)
    if known is not None:
        return known
    code = ord(character)
    if code < 0xA0:
        return _CONTROL
    if 0x4E00 <= code <= 0x9FFF:
        return _RARE
    if code < 0x0400 or 0x2000 <= code < 0x3400 or 0xFF00 < code < 0xFF66:
        return _KNOWN
    if 0x3400 <= code < 0x4DC0 or 0xF900 <= code < 0xFB00 or 0x20000 <= code < 0x40000:
        return (_RARE + _STRANGE) / 2
    return _STRANGE


@cache
def _prices() -> dict[str, float]:
    ordinary = found_once(
        "level-one 1", lambda: _level_one("gb2312", 0xB0, 0xD7) + _level_one("big5", 0xA4, 0xC6)
    )
    prices = dict.fromkeys(ordinary, _ORDINARY)
    prices.update(dict.fromkeys(_COMMON, _FREQUENT))
    prices.update(dict.fromkeys(_POINTS, _POINT))
    prices["\ufffd"] = _BROKEN
    return prices


def _level_one(codec: str, first: int, last: int) -> str:
    """The frequent characters of a standard: GB 2312 B0A1-D7F9, Big5 A440-C67E."""
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)] if codec == "big5" else range(0xA1, 0xFF)
    pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in trails)
    if codec == "big5":
        pairs = (pair for pair in pairs if pair <= b"\xc6\x7e")
    found = []
    for pair in pairs:
        try:
            found.append(pair.decode(codec))
        except UnicodeDecodeError:
            continue
    return "".join(found)
