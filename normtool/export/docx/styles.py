"""The styles of the template: one table, and the XML of ``word/styles.xml`` made from it.

Sizes are half-points (32 is 三号, 16 pt), lengths twips. The size stands in Normal
itself: LibreOffice does not look for it in the defaults. 22 lines of 579 twips fill
the 225 mm of GB/T 9704-2012; 28 characters of 16 pt need 448 pt and the line has 442,
so each gives up a quarter of a point.
"""

from __future__ import annotations

from typing import NamedTuple

from normtool.export.docx.markup import NAMESPACE
from normtool.export.docx.regions import LATIN, Region

LINE = 579
_SIZE = 32
_INDENT = 640  # two characters of 16 pt, for readers that do not count characters


class Style(NamedTuple):
    """A paragraph style; its id is its key in ``STYLES``.

    name     what Word knows it by: built-in names are translated by Word
    base     id of the style that it is based on, "" for none
    next     id of the style of the paragraph after it
    font     field of ``Region`` that names its font, "" as in its base
    size     half-points, 0 as in its base
    outline  level in the navigation pane, 0 is the highest, -1 none
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


STYLES = {
    "Normal": Style("Normal", base="", font="body", size=_SIZE, align="both", next=""),
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


def styles_xml(region: Region) -> str:
    """The whole of ``word/styles.xml`` for a region."""
    latin = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{region.body}" w:cs="{LATIN}"'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {latin}/>"
        f'<w:lang w:val="en-US" w:eastAsia="{region.language}" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>\n"
    )
    made = "\n".join(_style_xml(ident, style, region) for ident, style in STYLES.items())
    return f'<w:styles xmlns:w="{NAMESPACE}">\n{defaults}{made}\n{_BUILT_IN}</w:styles>'


def _style_xml(ident: str, style: Style, region: Region) -> str:
    attributes = 'w:type="paragraph"'
    attributes += ' w:default="1"' if not style.base else ""
    attributes += ' w:customStyle="1"' if ident in _CUSTOM else ""
    head = f'<w:name w:val="{style.name}"/>'
    head += f'<w:basedOn w:val="{style.base}"/>' if style.base else ""
    head += f'<w:next w:val="{style.next}"/>' if style.next else ""
    head += "" if ident == "Footer" else "<w:qFormat/>"
    run = _run(ident, style, region)
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style {attributes} w:styleId="{ident}">{head}'
        f"<w:pPr>{_paragraph(style)}</w:pPr>{run}</w:style>"
    )


def _paragraph(style: Style) -> str:
    """Paragraph properties in the order of the schema."""
    parts = ["<w:keepNext/><w:keepLines/>" if style.keep else ""]
    if not style.base:
        # Off, or Word takes a line from a page rather than leave one alone on the next.
        parts.append('<w:widowControl w:val="0"/>')
        parts.append(f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>')
    elif style.spacing:
        # Off the grid of the body: a taller line would take two of it.
        off = "" if f'"{LINE}" w:lineRule' in style.spacing else '<w:snapToGrid w:val="0"/>'
        parts.append(f"{off}<w:spacing {style.spacing}/>")
    if style.indent:
        parts.append(f'<w:ind w:firstLineChars="{style.indent}00" w:firstLine="{_INDENT}"/>')
    if style.right:
        width = style.right * _SIZE * 10
        parts.append(f'<w:ind w:rightChars="{style.right}00" w:right="{width}"/>')
    parts.append(f'<w:jc w:val="{style.align}"/>' if style.align else "")
    parts.append(f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline >= 0 else "")
    return "".join(parts)


def _run(ident: str, style: Style, region: Region) -> str:
    """Run properties in the order of the schema."""
    parts = []
    if style.font == "page":
        font = region.page
        parts.append(f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>')
    elif style.font:
        parts.append(f'<w:rFonts w:eastAsia="{getattr(region, style.font)}"/>')
    if ident in region.bold:
        parts.append("<w:b/><w:bCs/>")
    if not style.base:
        parts.append('<w:spacing w:val="-5"/>')
    if style.size:
        parts.append(f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>')
    return "".join(parts)
