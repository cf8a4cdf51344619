"""Pages: how large the text is, where it stands, and how pages are numbered.

GB/T 9704-2012 gives every number of the first. For Taiwan and Hong Kong no rule with
numbers could be read: theirs is what offices there commonly write, 標楷體 of 16 and 14
points on A4 with even margins and a number in the middle. ``plain`` is a page of
Word's own, for drafts.
"""

from __future__ import annotations

from normtool.export.docx.regions import Region
from normtool.records import NamedTuple


class Layout(NamedTuple):
    """A page. Lengths are twips (1/20 pt), sizes half-points.

    margins   top, right, bottom, left
    footer    from the edge of the paper
    line      from one line to the next, exactly
    size      of the body; all others keep their proportion to it
    squeeze   added to every character, so that a line holds one more
    number    of a page, with {} for the number
    facing    the number is at the outer edge, left on even pages; else in the middle
    fonts     in place of the region's, by language: title, body, 1st and 2nd heading, page
    """

    name: str
    margins: tuple[int, int, int, int]
    footer: int
    line: int
    size: int
    squeeze: int = 0
    number: str = "{}"
    facing: bool = False
    fonts: dict[str, tuple[str, str, str, str, str]] = {}  # noqa: RUF012

    @property
    def width(self) -> int:
        """Of the text, in twips."""
        return PAPER[0] - self.margins[1] - self.margins[3]

    def scaled(self, length: int) -> int:
        """A length that is given for lines of GB/T 9704, in twips."""
        return round(length * self.line / LINE)

    def dressed(self, region: Region) -> Region:
        """The region with the fonts of this page."""
        fonts = self.fonts.get(region.language)
        if fonts is None:
            return region
        return Region(region.language, *fonts, region.bold)


#: A4, in twips.
PAPER = (11906, 16838)
#: 22 lines of 28.95 pt fill the 225 mm that the standard gives the text.
LINE = 579
SIZE = 32

#: Paper 210 x 297 mm, 37 mm above, 28 mm at the spine, 156 x 225 mm of text. The foot is
#: where the dashes of the page number come to stand 7 mm below the text. 28 characters of
#: 16 pt need 448 pt and the line has 442: each gives up a quarter of a point.
GBT9704 = Layout(
    "gbt9704", (2098, 1474, 1984, 1587), 1406, LINE, SIZE, squeeze=-5, number="— {} —", facing=True
)
_MING = ("新細明體",) * 5

LAYOUTS = {
    layout.name: layout
    for layout in (
        GBT9704,
        Layout("tw", (1417, 1417, 1417, 1417), 794, 500, 32, number="第 {} 頁"),
        Layout("hk", (1440, 1440, 1440, 1440), 794, 480, 28, number="– {} –"),
        Layout(
            "plain",
            (1440, 1440, 1440, 1440),
            850,
            400,
            24,
            fonts={
                "zh-CN": ("黑体", "宋体", "黑体", "楷体", "宋体"),
                "zh-TW": _MING,
                "zh-HK": _MING,
            },
        ),
    )
}

#: Names of fonts that older Windows had, asked for by many offices on the mainland.
_PRESETS = {
    ("gb2312", "zh-CN"): ("方正小标宋_GBK", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"),
}
PRESETS = tuple(dict.fromkeys(preset for preset, _ in _PRESETS))


def variants() -> list[tuple[Layout, str]]:
    """Every layout, and the first with each preset: what there are templates for."""
    return [(layout, "") for layout in LAYOUTS.values()] + [(GBT9704, one) for one in PRESETS]


def find_layout(name: str, preset: str, language: str) -> tuple[Layout, str]:
    """The layout of a name, with a preset of fonts where the language has it, else "".

    Raises ValueError for a name that is none, and for a preset on another page.
    """
    if name not in LAYOUTS:
        raise ValueError(f"there is no layout {name!r}; there are: {', '.join(LAYOUTS)}")
    if preset and preset not in PRESETS:
        raise ValueError(f"there are no fonts {preset!r}; there are: {', '.join(PRESETS)}")
    if preset and name != GBT9704.name:
        raise ValueError(f"the fonts {preset} are for the layout {GBT9704.name}, not for {name}")
    return LAYOUTS[name], preset if (preset, language) in _PRESETS else ""


def dressed(region: Region, layout: Layout, preset: str) -> Region:
    """The region with the fonts of a layout, and of a preset if it has one."""
    fonts = _PRESETS.get((preset, region.language))
    return Region(region.language, *fonts, region.bold) if fonts else layout.dressed(region)
