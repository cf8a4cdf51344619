"""The styles of the template: one table, and the XML of ``word/styles.xml`` made from it.

Sizes are half-points (32 is 三号, 16 pt), lengths twips, both for the page of GB/T 9704;
other layouts keep the proportions. The size stands in Normal itself: LibreOffice does
not look for it in the defaults.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from normtool.export.docx.layouts import GBT9704, LINE, SIZE, Layout
from normtool.export.docx.markup import NAMESPACE
from normtool.export.docx.regions import LATIN, Region


class Style(NamedTuple):
    """A paragraph style; its id is its key in ``STYLES``.

    name     what Word knows it by: built-in names are translated by Word
    base     id of the style that it is based on, "" for none
    next     id of the style of the paragraph after it
    font     field of ``Region`` that names its font, "" as in its base
    size     half-points, 0 as in its base
    outline  level in the navigation pane, 0 is the highest, -1 none
    leader   dots up to a page number at the right
    """

    name: str
    base: str = "Normal"
    next: str = "BodyText"
    font: str = ""
    size: int = 0
    outline: int = -1
    keep: bool = False
    spacing: str = ""
    indent: int = 0
    align: str = ""
    right: int = 0
    leader: bool = False


STYLES = {
    "Normal": Style("Normal", base="", font="body", size=SIZE, align="both", next=""),
    "BodyText": Style("Body Text", indent=2, next=""),
    "ListParagraph": Style("List Paragraph", base="BodyText", next=""),
    "CollectionTitle": Style(
        "Collection Title", font="title", size=52, keep=True, align="center",
        spacing='w:before="0" w:after="579" w:line="780" w:lineRule="exact"',
    ),
    "Title": Style(
        "Title", font="title", size=44, outline=0, keep=True, align="center",
        spacing='w:before="0" w:after="579" w:line="680" w:lineRule="exact"',
    ),
    "Subtitle": Style(
        "Subtitle", font="heading2", keep=True, align="center",
        spacing='w:before="0" w:after="579" w:line="579" w:lineRule="exact"',
    ),
    "Byline": Style("Byline", base="Subtitle"),
    "Salutation": Style("Salutation", keep=True),
    "Heading1": Style("heading 1", font="heading1", outline=1, keep=True, indent=2),
    "Heading2": Style("heading 2", font="heading2", outline=2, keep=True, indent=2),
    "Heading3": Style("heading 3", outline=3, keep=True, indent=2),
    "Heading4": Style("heading 4", outline=4, keep=True, indent=2),
    "Closing": Style("Closing", base="BodyText", next="Closing"),
    "Signature": Style("Signature", keep=True, align="right", right=4, next="Date"),
    "Date": Style("Date", align="right", right=4),
    "TOCHeading": Style(
        "TOC Heading", font="title", size=44, keep=True, align="center", next="TOC1",
        spacing='w:before="0" w:after="579" w:line="680" w:lineRule="exact"',
    ),
    "TOC1": Style("toc 1", next="TOC1", leader=True, align="left"),
    "Metadata": Style("Metadata", font="heading2", size=28, next=""),
    "Footer": Style(
        "footer", font="page", size=28, next="",
        spacing='w:before="0" w:after="0" w:line="364" w:lineRule="exact"',
    ),
}  # fmt: skip

_BUILT_IN = """\
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">\
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>\
<w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>\
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" \
w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>\
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>\
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
"""
_CUSTOM = ("CollectionTitle", "Byline", "Metadata")


def styles_xml(region: Region, layout: Layout = GBT9704) -> str:
    """The whole of ``word/styles.xml`` for a region and a page."""
    latin = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{region.body}" w:cs="{LATIN}"'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {latin}/>"
        f'<w:lang w:val="en-US" w:eastAsia="{region.language}" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>\n"
    )
    made = "\n".join(_style_xml(ident, style, region, layout) for ident, style in STYLES.items())
    return f'<w:styles xmlns:w="{NAMESPACE}">\n{defaults}{made}\n{_BUILT_IN}</w:styles>'


def _style_xml(ident: str, style: Style, region: Region, layout: Layout) -> str:
    attributes = 'w:type="paragraph"'
    attributes += ' w:default="1"' if not style.base else ""
    attributes += ' w:customStyle="1"' if ident in _CUSTOM else ""
    head = f'<w:name w:val="{style.name}"/>'
    head += f'<w:basedOn w:val="{style.base}"/>' if style.base else ""
    head += f'<w:next w:val="{style.next}"/>' if style.next else ""
    head += "" if ident == "Footer" else "<w:qFormat/>"
    run = _run(ident, style, region, layout)
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style {attributes} w:styleId="{ident}">{head}'
        f"<w:pPr>{_paragraph(style, layout)}</w:pPr>{run}</w:style>"
    )


def _paragraph(style: Style, layout: Layout) -> str:
    """Paragraph properties in the order of the schema."""
    parts = ["<w:keepNext/><w:keepLines/>" if style.keep else ""]
    if style.leader:
        tab = f'<w:tab w:val="right" w:leader="dot" w:pos="{layout.width}"/>'
        parts.append(f"<w:tabs>{tab}</w:tabs>")
    if not style.base:
        # Off, or Word takes a line from a page rather than leave one alone on the next.
        parts.append('<w:widowControl w:val="0"/>')
        parts.append(
            f'<w:spacing w:before="0" w:after="0" w:line="{layout.line}" w:lineRule="exact"/>'
        )
    elif style.spacing:
        spacing = re.sub(r"\d+", lambda found: str(layout.scaled(int(found[0]))), style.spacing)
        # Off the grid of the body: a taller line would take two of it.
        off = "" if f'"{LINE}" w:lineRule' in style.spacing else '<w:snapToGrid w:val="0"/>'
        parts.append(f"{off}<w:spacing {spacing}/>")
    if style.indent:
        # In twips too, for readers that do not count characters.
        width = style.indent * layout.size * 10
        parts.append(f'<w:ind w:firstLineChars="{style.indent}00" w:firstLine="{width}"/>')
    if style.right:
        width = style.right * layout.size * 10
        parts.append(f'<w:ind w:rightChars="{style.right}00" w:right="{width}"/>')
    parts.append(f'<w:jc w:val="{style.align}"/>' if style.align else "")
    parts.append(f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline >= 0 else "")
    return "".join(parts)


def _run(ident: str, style: Style, region: Region, layout: Layout) -> str:
    """Run properties in the order of the schema."""
    parts = []
    if style.font == "page":
        font = region.page
        parts.append(f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>')
    elif style.font:
        parts.append(f'<w:rFonts w:eastAsia="{getattr(region, style.font)}"/>')
    if ident in region.bold:
        parts.append("<w:b/><w:bCs/>")
    if not style.base and layout.squeeze:
        parts.append(f'<w:spacing w:val="{layout.squeeze}"/>')
    if style.size:
        size = round(style.size * layout.size / SIZE)
        parts.append(f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>')
    return "".join(parts)
