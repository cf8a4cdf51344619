"""Which script a Chinese text is written in, and by which regional standard.

The two scripts share most of their characters; a *sign* is one that only one
of them uses. The tables come from the national character sets, which every
Python carries: GB 2312 holds what simplified writing uses, Big5 (level 1, the
frequent characters) what traditional writing uses. What stands in both, such
as 后 干 里 着 著, proves nothing. Nothing is built before it is asked for.

Chinese in the shapes of Japan (shinjitai: 広東経済発展) has signs of both; it is told
by the shapes that JIS X 0208 alone holds, and only where a whole text is full of them.
"""

from __future__ import annotations

import re
from functools import cache

from normtool.chinese import count_han
from normtool.patterns import later, remembered
from normtool.records import NamedTuple

HANS = "hans"
HANT = "hant"
MIXED = "mixed"
NONE = "none"

TAIWAN = "tw"
HONG_KONG = "hk"
JAPAN = "jp"  # shinjitai
STANDARD = "t"  # OpenCC's own traditional standard, also where nothing tells

#: A text is mixed if this share of its signs belongs to the other script; a
#: quoted title or a name in a long speech stays below.
MIXED_TEXT = 0.05
#: A line is short, and one foreign word weighs more.
MIXED_LINE = 0.2
#: With fewer signs than this a line says nothing of its own.
FEW_SIGNS = 3

#: A text in shinjitai has so many of its signs at least, and this share of its Han;
#: Chinese text with Japanese names has far fewer.
FEW_SHINJITAI = 3
SHINJITAI_TEXT = 0.02
#: So many characters tell what holds throughout a text.
ENOUGH = 5_000
#: With more kana than this share of its Han a text is Japanese, not Chinese.
KANA_TEXT = 0.05

# GB 2312 has them and Big5 has not, but Hong Kong writes traditional text with them.
_SHARED = "着兑叁囱媪悦愠户氲温税脱腽卧葱蜕"
# Traditional all the same: Big5 has them rarely or not at all, Hong Kong and OpenCC's
# standard write them; without them a line would be less traditional once it is converted.
_STANDARD = "説衞敍枱藴醖鈎鋭閲爲僞啓嫺衆裏羣麪鉢鍼繮齶"
# And signs that one traditional standard writes and another gives up.
_PASSING = later("[兌囪媼悅慍戶氳溫稅脫臥蔥蛻臺纔喫癡祕脣樑]")
# What Hong Kong writes and Taiwan does not, and the other way round. Less sure: 著 as a
# particle and 裡 are Taiwan's, 着 and 裏 Hong Kong's; but 著 stands in 顯著 everywhere.
_HONG_KONG = later("[説衞閲鋭敍藴醖枱鈎兑悦温税脱户]")
_NOT_HONG_KONG = later("[說衛閱銳敘蘊醞檯鉤兌悅溫稅脫戶]")
_TAIWAN_TOO = later("[著裡]")
_HONG_KONG_TOO = later("[着裏]")
# Neither GB 2312 nor Big5 has them and JIS has, but Chinese standards write them, too.
_NOT_JAPAN = "俥僞啓嫺屓峯戯敍梼椢榲爲牀瘻癧竈羣衆衞裏説鈎鉢鋭閲陦頴鮃鮎鯒鰛鰮鰺鵐麪"
_KANA = later("[\u3041-\u3096\u30a1-\u30fa]")


class Signs(NamedTuple):
    """How many characters of a text only one of the scripts uses."""

    hans: int
    hant: int

    def script(self, mixed: float = MIXED_TEXT) -> str:
        """hans, hant, none, or mixed if the lesser has at least the share ``mixed``."""
        total = self.hans + self.hant
        if not total:
            return NONE
        if min(self) / total >= mixed:
            return MIXED
        return self.majority

    @property
    def majority(self) -> str:
        """hans, hant or, without any sign, none; hans wins a tie."""
        if not any(self):
            return NONE
        return HANS if self.hans >= self.hant else HANT


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern of the signs of simplified, one of those of traditional writing."""
    hans, hant = remembered("signs", later(_SHARED + _STANDARD), _classes)
    return later(hans), later(hant)


def _classes() -> tuple[str, str]:
    """The classes of both, out of the national character sets."""
    trail = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    big5 = bytes(b for lead in range(0xA4, 0xC7) for low in trail for b in (lead, low))
    frequent = big5.decode("big5", "ignore")
    gb2312 = bytes(
        b for lead in range(0xB0, 0xF8) for low in range(0xA1, 0xFF) for b in (lead, low)
    )
    simplified = gb2312.decode("gb2312", "ignore")
    hans = set(simplified) - set(simplified.encode("big5", "ignore").decode("big5"))
    hant = set(frequent) - set(frequent.encode("gb2312", "ignore").decode("gb2312"))
    return tuple(  # type: ignore[return-value]
        "[" + "".join(sorted(c for c in signs if "\u4e00" <= c <= "\u9fff")) + "]"
        for signs in (hans - set(_SHARED), hant | set(_STANDARD))
    )


def signs(text: str) -> Signs:
    """Count the signs of both scripts.

    Where only one script is present, which is the rule, only its presence is
    established and 1 is given for its number: that costs a fifth.
    """
    hans, hant = _patterns()
    has_hans, has_hant = hans.search(text) is not None, hant.search(text) is not None
    if has_hans and has_hant:
        return Signs(len(hans.findall(text)), len(hant.findall(text)))
    return Signs(int(has_hans), int(has_hant))


def line_script(line: str, otherwise: str) -> str:
    """The script of one line of a text that has both; ``otherwise`` where it says too little."""
    hans, hant = _patterns()
    if (hans if otherwise == HANT else hant).search(line) is None:
        return otherwise
    # Without those that one traditional standard alone writes: a line is what it was
    # when it has been converted to another.
    lasting = len(hant.findall(line)) - len(_PASSING.findall(line))
    found = Signs(len(hans.findall(line)), lasting)
    return found.script(MIXED_LINE) if sum(found) >= FEW_SIGNS else otherwise


@cache
def _shinjitai() -> re.Pattern[str]:
    """A pattern of the shapes that only Japan writes."""
    return later(remembered("shinjitai", later(_NOT_JAPAN), _shapes_of_japan))


def _shapes_of_japan() -> str:
    """Their class, out of the national character sets."""
    rows = bytes(b for row in range(0xB0, 0xF5) for cell in range(0xA1, 0xFF) for b in (row, cell))
    kanji = set(rows.decode("euc_jp", "ignore"))
    for chinese in ("gb2312", "big5"):
        kanji -= set("".join(kanji).encode(chinese, "ignore").decode(chinese))
    found = (c for c in kanji - set(_NOT_JAPAN) if "\u4e00" <= c <= "\u9fff")
    return "[" + "".join(sorted(found)) + "]"


def is_shinjitai(text: str, found: Signs | None = None) -> bool:
    """Whether a Chinese text is written in the shapes of Japan throughout.

    ``found`` are its signs, if they are known. A short text without a telling shape,
    as 人民, is written alike everywhere, and false; so is Japanese with its kana.
    """
    hans, hant = found or signs(text)
    if hans and not hant:
        return False  # no text of some length is without 東 or 無
    text = text[:ENOUGH]
    shapes = len(_shinjitai().findall(text))
    if shapes < FEW_SHINJITAI:
        return False
    han = count_han(text)
    return shapes >= SHINJITAI_TEXT * han and len(_KANA.findall(text)) <= KANA_TEXT * han


def script_of(text: str) -> str:
    """hans, hant, jp (shinjitai), mixed, or none where no character tells."""
    found = signs(text)
    return JAPAN if is_shinjitai(text, found) else found.script()


def region_of(text: str) -> str:
    """By which standard a traditional text is written: tw, hk, or t where nothing tells.

    By its beginning, if that has enough signs: one text follows one standard.
    """
    if text.count("爲") > text.count("為"):
        return STANDARD
    for part in (text[:ENOUGH], text):
        taiwan, hong_kong = len(_NOT_HONG_KONG.findall(part)), len(_HONG_KONG.findall(part))
        if taiwan + hong_kong >= FEW_SIGNS:
            break
    if hong_kong > taiwan:
        return HONG_KONG
    for words in (part, text):
        likely, unlikely = len(_TAIWAN_TOO.findall(words)), len(_HONG_KONG_TOO.findall(words))
        if likely or unlikely:
            return TAIWAN if likely >= unlikely else HONG_KONG
    return STANDARD


def language_of(text: str) -> str:
    """The BCP 47 tag of a text: zh-Hans, zh-Hani-JP, zh-Hant (of a mixture: what prevails),
    zh where no character tells, and und where there is no Han at all.
    """
    both = signs(text)
    if is_shinjitai(text, both):
        return "zh-Hani-JP"
    found = both.majority
    if found == NONE and not count_han(text):
        return "und"
    return {HANS: "zh-Hans", HANT: "zh-Hant"}.get(found, "zh")
