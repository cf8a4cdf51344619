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

from normtool.export.docx.markup import NAMESPACE, core_xml
from normtool.export.docx.package import FOLDER, entry
from normtool.export.docx.regions import FONTS, LATIN, REGIONS, Region
from normtool.export.docx.styles import LINE, styles_xml

#: GB/T 9704-2012: A4, 37 mm above, 28 mm at the spine, 156 x 225 mm of text (twips).
#: The foot is where the dashes of the page number come to stand 7 mm below the text.
_PAGE = f"""<w:sectPr xmlns:w="{NAMESPACE}">\
<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" \
w:left="1587" w:header="851" w:footer="1406" w:gutter="0"/><w:cols w:space="425"/>\
<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>"""

#: Relations of python-docx's own template that are kept.
_KEPT = ("officeDocument", "core-properties", "settings", "styles")

#: What Word itself calls the end and the beginning of a line, for Chinese.
_NOT_AT_END = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
_NOT_AT_START = (
    "!%),.:;&gt;?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶"
    "、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)


def build(region: Region) -> bytes:
    """The template for a region, a whole .docx file; the same bytes every time."""
    import docx

    document = docx.Document()
    package, main = document.part.package, document.part
    for owner in (package, main):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rpartition("/")[2] not in _KEPT:
                del owner.rels[key]
    for part, content in (
        (main._styles_part, styles_xml(region)),
        (main._settings_part, _settings(region)),
        (package._core_properties_part, core_xml()),
    ):
        part._element = _parsed(content)
    _set_page(document, region)
    _add_fonts(main, region)
    stream = io.BytesIO()
    document.save(stream)
    return _packed(stream)


def _set_page(document: Any, region: Region) -> None:
    body = document.element.body
    body.clear()
    body.append(_parsed(_PAGE))
    section = document.sections[0]
    for footer, align, side in (
        (section.footer, "right", "right"),
        (section.even_page_footer, "left", "left"),
    ):
        footer.is_linked_to_previous = False
        footer._element.clear()
        footer._element.append(_parsed(_footer(align, side)))


def _footer(align: str, side: str) -> str:
    """A paragraph — 1 — at the outer edge of the page, a character away from it."""
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    pieces = "".join(
        f"<w:r>{hint}{content}</w:r>"
        for content in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:pStyle w:val="Footer"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="280"/>'
        f'<w:jc w:val="{align}"/></w:pPr>{pieces}</w:p>'
    )


def _settings(region: Region) -> str:
    word = "http://schemas.microsoft.com/office/word"
    return f"""<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/>\
<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>\
<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>\
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
        path = FOLDER / f"{language}.docx"
        path.write_bytes(build(region))
        print(path.name, path.stat().st_size, "bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
