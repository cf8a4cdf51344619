"""CHR: characters that stand for others, or for none."""

from __future__ import annotations

import re
import unicodedata

from normtool.chinese import CHINESE, is_traditional
from normtool.edits import CONVENTION, ERROR, HIGH, MEDIUM, SAFE
from normtool.patterns import later
from normtool.rule import of_text, rule
from normtool.rules.lists import read_list

_RADICALS = {entry[0]: entry[1] for entry in read_list("radicals")}
_ASCII = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


@rule("CHR101", SAFE, HIGH, CONVENTION, "\r\n?|[\x0b\x0c\x85\u2028\u2029]")
def other_line_end(match: re.Match[str]) -> str:
    """Line end other than a newline.

    Windows and old Macintosh line ends, form feeds and the separators of
    Unicode become a plain newline. ``⟨U+2028⟩`` comes from PDF readers.

        同志们：⟨U+000D⟩⏎今天开会。  →  同志们：⏎今天开会。
        同志们：⟨U+2028⟩今天开会。  →  同志们：⏎今天开会。
        第一段⟨U+000B⟩第二段  →  第一段⏎第二段
        同志们：⏎今天开会。  ✓
        春⏎夏⏎秋⏎冬⏎  ✓
        春种一粒粟⏎秋收万颗子⏎  ✓
        换行符的图形是␍和␊  ✓
    """
    return "\n"


@rule(
    "CHR102",
    SAFE,
    HIGH,
    CONVENTION,
    "[\u200b\u2060\ufeff\u00ad\u180e]+"
    # A joiner lives inside emoji and in scripts that need it; elsewhere it is noise.
    "|(?<![\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u0590-\u0fff])[\u200c\u200d]+",
)
def invisible_character(match: re.Match[str]) -> str:
    """Character that cannot be seen.

    Zero-width blanks, word joiners, soft hyphens and stray byte order marks
    break search and comparison. Joiners inside emoji and in scripts that need
    them stay, and so do the selectors of ideographic variants.

        招商⟨U+200B⟩引资  →  招商引资
        ⟨U+FEFF⟩同志们：  →  同志们：
        人均GDP⟨U+2060⟩增长⟨U+00AD⟩5%  →  人均GDP增长5%
        葛⟨U+E0100⟩城  ✓
        👨⟨U+200D⟩👩⟨U+200D⟩👧  ✓
        می⟨U+200C⟩خواهم是波斯语“我要”  ✓
    """
    return ""


@rule("CHR103", SAFE, HIGH, CONVENTION, "[\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
def direction_mark(match: re.Match[str]) -> str:
    """Direction control in text that runs one way.

    Left by word processors; Chinese needs none. In text with Hebrew or Arabic
    letters they have a meaning and stay.

        全市⟨U+202A⟩上下⟨U+202C⟩一心  →  全市上下一心
        ⟨U+200E⟩同志们：  →  同志们：
        人均⟨U+200F⟩GDP  →  人均GDP
        שלום⟨U+200F⟩同志们  ✓
        全市上下←→左右一心  ✓
        阿拉伯语“⟨U+200F⟩سلام⟨U+200F⟩”是和平  ✓
    """
    return match[0] if _runs_both_ways(match.string) else ""


@of_text
def _runs_both_ways(text: str) -> bool:
    return re.search("[\u0590-\u08ff]", text) is not None


@rule("CHR104", SAFE, HIGH, CONVENTION, "[\x01-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]+")
def control_character(match: re.Match[str]) -> str:
    """Control character.

    No text needs one, and XML 1.0 (§2.2) and Word refuse the file that holds
    it. Tabs and newlines are not meant.

        今年⟨U+0008⟩的工作  →  今年的工作
        ⟨U+001F⟩第一条  →  第一条
        王⟨U+0002⟩强、李⟨U+007F⟩明  →  王强、李明
        甲⇥乙  ✓
        ␀、␈是控制字符的图形  ✓
        甲，⏎⏎乙。  ✓
    """
    return ""


@rule("CHR105", SAFE, HIGH, CONVENTION, "[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
def odd_blank(match: re.Match[str]) -> str:
    """Blank of an unusual kind.

    No-break and typographic blanks of the page become plain ones, so that the
    rules for blanks see them. The ideographic blank is a letter of its own
    here: at the head of a line it tells of a paragraph (BRK102).

        增长⟨U+00A0⟩5%  →  增长␣5%
        今年⟨U+2003⟩目标  →  今年 目标
        GDP⟨U+2009⟩增长  →  GDP 增长
        今年⟨U+3000⟩目标  ✓
        GDP␣总量（单位：亿元）  ✓
        甲⇥乙⇥丙  ✓
    """
    return " "


@rule("CHR106", SAFE, HIGH, CONVENTION, "[０-９Ａ-Ｚａ-ｚ]+")
def full_width_letter_or_digit(match: re.Match[str]) -> str | None:
    """Full-width Latin letter or digit.

    Only letters and digits: the general folding of Unicode (NFKC) would also
    flatten ①, ㎡ and every Chinese mark.

        ２００３年ＧＤＰ  →  2003年GDP
        第１２条  →  第12条
        加入ＷＴＯ后，Ａ、Ｂ两组  →  加入WTO后，A、B两组
        温度３７℃，第Ⅳ类  →  温度37℃，第Ⅳ类
        ①②③  ✓
        面积达80㎡  ✓
        ㈠总则、㊀附则、Ⅲ级  ✓
        二００八年，一九九０年  ✓
    """
    if not match[0].strip("０") and _BESIDE_NUMERAL.match(match.string, match.end()):
        before = match.string[max(match.start() - 1, 0) : match.start()]
        if before and before in "一二三四五六七八九〇○零":
            return None  # it stands for 〇 and has its width
    return match[0].translate(_ASCII)


_BESIDE_NUMERAL = later("[一二三四五六七八九〇○零年]")


@rule("CHR107", SAFE, HIGH, CONVENTION, "(?<=[0-9０-９])(?:．(?=[0-9０-９])|％)")
def full_width_sign_in_number(match: re.Match[str]) -> str | None:
    """Full-width point or percent sign inside a number.

    Taiwan prints ``12.5％`` on purpose: in traditional text the percent sign
    stays.

        增长１２．５％  →  增长１２.５%
        全市经济增长12．5％  →  全市经济增长12.5%
        误差为０．０３％  →  误差为０.０３%
        图３．结构；表４％  →  图３．结构；表４%
        經濟成長12.5％，國家發展  ✓
        １．加强领导  ✓
        ３％的人說，這個國家的經濟會發展  ✓
        第２．加强管理；张某．李某  ✓
    """
    if match[0] == "％" and is_traditional(match.string, match.start()):
        return None
    return match[0].translate(_ASCII)


@rule("CHR108", SAFE, HIGH, CONVENTION, "[\u2e80-\u2fd5]")
def radical_for_ideograph(match: re.Match[str]) -> str | None:
    """Radical in the place of an ideograph.

    PDF readers give ⼈ (Kangxi radical 9) for 人; the two look alike and never
    compare equal. Source of the table: Unicode, EquivalentUnifiedIdeograph and
    the decompositions of the Kangxi block. A radical with a blank or a quote
    on both sides is being spoken about and stays.

        ⼈⺠⽇报  →  人民日报
        9⽉10⽇  →  9月10日
        ⟨U+2F2F⟩业⟨U+2F63⟩产  →  工业生产
        第⼀⻚，⻄部⻋站  →  第一页，西部车站
        部首“⺮”在上  ✓
        旁注“⟨U+2E80⟩”  ✓
        字典按「⼝」部排列  ✓
    """
    text, start, end = match.string, match.start(), match.end()
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    if not _BESIDE_RADICAL.search(around) or around in ("“”", "「」", "‘’"):
        return None
    return _RADICALS.get(match[0]) or unicodedata.normalize("NFKC", match[0])


_BESIDE_RADICAL = later(f"[\u2e80-\u2fd50-9]|{CHINESE}")


@rule(
    "CHR109",
    SAFE,
    HIGH,
    CONVENTION,
    # Twelve of the block are ordinary unified ideographs (Unicode, ch. 18.1).
    "[\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufad9\U0002f800-\U0002fa1d]",
)
def compatibility_ideograph(match: re.Match[str]) -> str:
    """Compatibility ideograph.

    A second code for the same character, kept in Unicode for old Korean and
    Japanese sets; canonically equal to the ordinary one (NFC).

        ⟨U+F90A⟩融  →  金融
        兴⟨U+F9DC⟩镇、⟨U+FA1A⟩云乡  →  兴隆镇、祥云乡
        ⟨U+F9B4⟩導同志  →  領導同志
        ⟨U+FA0E⟩、⟨U+FA11⟩、⟨U+FA29⟩  ✓
        ㊎、㈱、㍿、㎏  ✓
        葛⟨U+E0100⟩城镇金融  ✓
    """
    return unicodedata.normalize("NFC", match[0])


@rule("CHR110", SAFE, MEDIUM, ERROR, "[\ue78d-\ue796\ue816-\ue864]")
def private_use_of_gb18030(match: re.Match[str]) -> tuple[str, str] | None:
    """Private use character that has a code of its own today.

    Two dozen characters of GB 18030-2000 were not in Unicode yet; programs of
    that edition wrote private use code points for them (``gb18030_private.tsv``),
    and Python still does. Any other private use character is a loss (GAP110), and
    so is U+E7C7: it would be a Latin ḿ, and stands for lost Han in old pages.

        ⟨U+E81E⟩城镇  →  龴城镇
        姓⟨U+E854⟩的同志  →  姓龺的同志
        《⟨U+E864⟩城志》  →  《龻城志》
        龴城镇、龺城镇  ✓
        □城镇  ✓
        私用区以外的生僻字𠀀、㐀  ✓
    """
    meant = _PRIVATE.get(match[0])
    return (meant, "a private use code point of GB 18030-2000") if meant else None


_PRIVATE = {entry[0]: entry[1] for entry in read_list("gb18030_private")}
