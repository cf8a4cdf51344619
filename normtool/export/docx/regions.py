"""Where a Word file is read: the language that Word is told, and the fonts at hand there.

仿宋, 楷体 and 黑体 are the names of Windows and WPS; GB/T 9704-2012 asks for 仿宋体 and
names no file. 标楷體 is what offices in Taiwan and Hong Kong write in.
"""

from __future__ import annotations

from normtool.records import NamedTuple


class Region(NamedTuple):
    """Fonts by what they are for; a heading in the font of the body is told by its weight.

    language  what ``w:lang w:eastAsia`` is set to, and the name of the template
    bold      ids of styles that are bold
    """

    language: str
    title: str
    body: str
    heading1: str
    heading2: str
    page: str
    bold: frozenset[str]


class Font(NamedTuple):
    """A font for the font table: its other name, Windows character set, family, pitch."""

    other: str
    charset: str
    family: str
    pitch: str = "variable"


_KAI = ("標楷體",) * 5
_BOLD = frozenset({"Title", "CollectionTitle", "TOCHeading", "Heading1", "Heading3"})

REGIONS = {
    region.language: region
    for region in (
        Region("zh-CN", "方正小标宋简体", "仿宋", "黑体", "楷体", "宋体", frozenset({"Heading3"})),
        Region("zh-TW", *_KAI, _BOLD),
        Region("zh-HK", *_KAI, _BOLD),
    )
}

#: For letters and digits.
LATIN = "Times New Roman"

#: 86 is GB 2312, 88 is Big5, 00 is ANSI.
FONTS = {
    "仿宋": Font("FangSong", "86", "modern", "fixed"),
    "黑体": Font("SimHei", "86", "modern", "fixed"),
    "楷体": Font("KaiTi", "86", "modern", "fixed"),
    "宋体": Font("SimSun", "86", "auto"),
    "方正小标宋简体": Font("FZXiaoBiaoSong-B05S", "86", "script", "fixed"),
    "標楷體": Font("DFKai-SB", "88", "script", "fixed"),
    "仿宋_GB2312": Font("仿宋", "86", "modern", "fixed"),
    "楷体_GB2312": Font("楷体", "86", "modern", "fixed"),
    "方正小标宋_GBK": Font("方正小标宋简体", "86", "script", "fixed"),
    "新細明體": Font("PMingLiU", "88", "roman"),
    LATIN: Font("", "00", "roman"),
}


def find_region(language: str) -> Region:
    """The region of a BCP 47 tag; mainland China if the tag names no other.

    >>> [find_region(tag).language for tag in ("zh-Hant", "zh-Hant-HK", "zh-Hans", "und")]
    ['zh-TW', 'zh-HK', 'zh-CN', 'zh-CN']
    """
    parts = {part.lower() for part in language.split("-")}
    if parts & {"hk", "mo"}:
        return REGIONS["zh-HK"]
    return REGIONS["zh-TW" if parts & {"hant", "tw"} else "zh-CN"]
