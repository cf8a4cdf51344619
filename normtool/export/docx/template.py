"""Makes the templates of the Word export: ``python -m normtool.export.docx.template``.

A template is a Word file without text: styles, page, footers with page numbers,
settings, fonts. python-docx makes the package, so that a designer can open the
result in Word; the export fills in the body as strings. Only what is used is kept
of python-docx's own template: its theme sends Chinese text to a Japanese font and
its styles are a hundred too many.
"""

from __future__ import annotations

import io
import sys
import zipfile
from typing import Any

from normtool.export.docx.layouts import GBT9704, PAPER, Layout, dressed, find_layout, variants
from normtool.export.docx.markup import NAMESPACE, core_xml
from normtool.export.docx.package import entry, template_path
from normtool.export.docx.regions import FONTS, LATIN, REGIONS, Region
from normtool.export.docx.styles import styles_xml

#: Relations of python-docx's own template that are kept.
_KEPT = ("officeDocument", "core-properties", "settings", "styles")

#: What Word itself calls the end and the beginning of a line, for Chinese.
_NOT_AT_END = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
_NOT_AT_START = (
    "!%),.:;&gt;?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶"
    "、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)


def build(region: Region, layout: Layout = GBT9704, preset: str = "") -> bytes:
    """The template for a region and a page, a whole .docx file; the same bytes every time."""
    import docx

    region = dressed(region, layout, preset)
    document = docx.Document()
    package, main = document.part.package, document.part
    for owner in (package, main):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rpartition("/")[2] not in _KEPT:
                del owner.rels[key]
    for part, content in (
        (main._styles_part, styles_xml(region, layout)),
        (main._settings_part, _settings(region, layout)),
        (package._core_properties_part, core_xml()),
    ):
        part._element = _parsed(content)
    _set_page(document, layout)
    _add_fonts(main, region)
    stream = io.BytesIO()
    document.save(stream)
    return _packed(stream)


def _page(layout: Layout) -> str:
    top, right, bottom, left = layout.margins
    return (
        f'<w:sectPr xmlns:w="{NAMESPACE}"><w:pgSz w:w="{PAPER[0]}" w:h="{PAPER[1]}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="851" w:footer="{layout.footer}" w:gutter="0"/><w:cols w:space="425"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{layout.line}"/></w:sectPr>'
    )


def _set_page(document: Any, layout: Layout) -> None:
    body = document.element.body
    body.clear()
    body.append(_parsed(_page(layout)))
    section = document.sections[0]
    footers = [(section.footer, "right" if layout.facing else "center")]
    if layout.facing:
        footers.append((section.even_page_footer, "left"))
    for footer, align in footers:
        footer.is_linked_to_previous = False
        footer._element.clear()
        footer._element.append(_parsed(_footer(align, layout.number)))


def _footer(align: str, number: str) -> str:
    """A paragraph — 1 —; at an edge of the page it is a character away from it."""
    before, after = (
        f'<w:t xml:space="preserve">{words}</w:t>' if words else "" for words in number.split("{}")
    )
    indent = "" if align == "center" else f'<w:ind w:{align}Chars="100" w:{align}="280"/>'
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    pieces = "".join(
        f"<w:r>{hint}{content}</w:r>"
        for content in (
            before,
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            after,
        )
        if content
    )
    return (
        f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:pStyle w:val="Footer"/>'
        f'{indent}<w:jc w:val="{align}"/></w:pPr>{pieces}</w:p>'
    )


def _settings(region: Region, layout: Layout) -> str:
    facing = "<w:evenAndOddHeaders/>" if layout.facing else ""
    word = "http://schemas.microsoft.com/office/word"
    return f"""<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/>\
<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>\
<w:defaultTabStop w:val="420"/>{facing}\
<w:characterSpacingControl w:val="compressPunctuation"/>\
<w:noLineBreaksAfter w:lang="{region.language}" w:val="{_NOT_AT_END}"/>\
<w:noLineBreaksBefore w:lang="{region.language}" w:val="{_NOT_AT_START}"/>\
<w:compat><w:balanceSingleByteDoubleByteWidth/><w:adjustLineHeightInTable/><w:useFELayout/>\
<w:compatSetting w:name="compatibilityMode" w:uri="{word}" w:val="15"/>\
<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="{word}" w:val="1"/>\
<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="{word}" w:val="1"/>\
<w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="{word}" w:val="1"/></w:compat>\
<w:themeFontLang w:val="en-US" w:eastAsia="{region.language}"/>\
<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""


def _add_fonts(main: Any, region: Region) -> None:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    used = dict.fromkeys(
        (LATIN, region.body, region.title, region.heading1, region.heading2, region.page)
    )
    fonts = []
    for name in used:
        font = FONTS[name]
        other = f'<w:altName w:val="{font.other}"/>' if font.other else ""
        fonts.append(
            f'<w:font w:name="{name}">{other}<w:charset w:val="{font.charset}"/>'
            f'<w:family w:val="{font.family}"/><w:pitch w:val="{font.pitch}"/></w:font>'
        )
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts xmlns:w="{NAMESPACE}">{"".join(fonts)}</w:fonts>'
    )
    part = Part(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        content.encode("utf-8"),
        main.package,
    )
    main.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _parsed(content: str) -> Any:
    from docx.oxml.parser import parse_xml

    return parse_xml(content)


def _packed(stream: io.BytesIO) -> bytes:
    """The same parts, sorted and dated alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as made, zipfile.ZipFile(out, "w") as archive:
        for name in sorted(made.namelist(), key=lambda name: (name[0] != "[", name)):
            archive.writestr(entry(name), made.read(name))
    return out.getvalue()


def main() -> int:
    """Write all templates anew."""
    for language, region in REGIONS.items():
        for layout, preset in variants():
            if find_layout(layout.name, preset, language)[1] != preset:
                continue
            path = template_path(language, layout.name, preset)
            path.write_bytes(build(region, layout, preset))
            print(path.name, path.stat().st_size, "bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
