"""The zip file around a Word document: the parts of a template, and a body that is streamed."""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from normtool.shipped import open_shipped

FOLDER = Path(__file__).parent.parent / "templates"

_DOCUMENT = "word/document.xml"
_CORE = "docProps/core.xml"
#: The least that a zip file can say: two runs give the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
#: Paragraphs that are encoded and compressed in one go.
_AT_ONCE = 256


def entry(name: str) -> zipfile.ZipInfo:
    """A compressed member of a zip file that says nothing of when and where it was made."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    return info


class Template:
    """A Word file without text.

    parts    every part but the document and the properties, in the order of the file
    head     of the document, up to its first paragraph
    section  the ``w:sectPr`` at the end of the body
    tail     what closes body and document
    styles   its ids of our styles, where they are others
    """

    def __init__(self, file: BinaryIO, styles: Mapping[str, str] | None = None) -> None:
        self.styles = dict(styles or {})
        with zipfile.ZipFile(file) as archive:
            self.parts = {
                name: archive.read(name)
                for name in archive.namelist()
                if name not in (_DOCUMENT, _CORE)
            }
            document = archive.read(_DOCUMENT).decode("utf-8")
        start, end = document.rindex("<w:sectPr"), document.rindex("</w:body>")
        self.head = document[:start]
        self.section = document[start:end].strip()
        self.tail = document[end:]

    def write(self, stream: BinaryIO, paragraphs: Iterable[str], core: str, section: str) -> None:
        """Write a whole .docx file: paragraphs as XML, one after the other."""
        pieces = iter(paragraphs)
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in self.parts.items():
                archive.writestr(entry(name), content)
            archive.writestr(entry(_CORE), _DECLARATION + core)
            with archive.open(entry(_DOCUMENT), "w") as body:
                body.write(self.head.encode("utf-8"))
                while some := "\n".join(islice(pieces, _AT_ONCE)):
                    body.write(some.encode("utf-8"))
                body.write((section + self.tail).encode("utf-8"))

    def having(self, parts: Mapping[str, str], kinds: Mapping[str, str]) -> Template:
        """The template with more parts beside ``document.xml``.

        parts  their XML, by name in the folder ``word``
        kinds  the last words of their content types, by the same name
        """
        made = copy.copy(self)
        made.parts = dict(self.parts)
        for place, (name, content) in enumerate(parts.items(), start=1):
            held = f"word/{name}" in made.parts
            made.parts[f"word/{name}"] = (_DECLARATION + content).encode("utf-8")
            if held:
                continue
            kind = f"{_MIME}.{kinds[name]}+xml"
            made.insert(
                "[Content_Types].xml",
                "</Types>",
                f'<Override PartName="/word/{name}" ContentType="{kind}"/>',
            )
            made.insert(
                "word/_rels/document.xml.rels",
                "</Relationships>",
                f'<Relationship Id="rIdNormtool{place}" Type="{_OFFICE}/{Path(name).stem}" '
                f'Target="{name}"/>',
            )
        return made

    def insert(self, name: str, before: str, content: str) -> None:
        """Put XML into a part, before a string in it."""
        part = self.parts[name].decode("utf-8")
        self.parts[name] = part.replace(before, content + before, 1).encode("utf-8")


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def numbered_from_one(section: str) -> str:
    """A ``w:sectPr`` whose pages are counted from 1, in the order of the schema."""
    if "<w:pgNumType" in section:
        return section
    if section.endswith("/>"):
        return f'{section[:-2]}><w:pgNumType w:start="1"/></w:sectPr>'
    behind = re.search(
        "<w:(?:cols|formProt|vAlign|noEndnote|titlePg|textDirection|bidi|rtlGutter|docGrid|"
        "printerSettings|sectPrChange)\\b|</w:sectPr>",
        section,
    )
    place = behind.start() if behind else len(section)
    return f'{section[:place]}<w:pgNumType w:start="1"/>{section[place:]}'


def template_path(language: str, layout: str = "gbt9704", preset: str = "") -> Path:
    """The file of a template: ``zh-TW.docx``, ``zh-TW.plain.docx``, ``zh-CN.gb2312.docx``."""
    page = "" if layout == "gbt9704" else layout
    return FOLDER / (".".join(filter(None, (language, page, preset))) + ".docx")


@cache
def load_template(language: str, layout: str = "gbt9704", preset: str = "") -> Template:
    """The template for ``w:lang w:eastAsia``, a page and its fonts, read once a process."""
    name = template_path(language, layout, preset).name
    with open_shipped(f"export/templates/{name}") as stream:
        return Template(stream)
