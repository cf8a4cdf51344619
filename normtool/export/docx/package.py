"""The zip file around a Word document: the parts of a template, and a body that is streamed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO

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
    """

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.parts = {
                name: archive.read(name)
                for name in archive.namelist()
                if name not in (_DOCUMENT, _CORE)
            }
            document = archive.read(_DOCUMENT).decode("utf-8")
        start, end = document.index("<w:sectPr"), document.index("</w:body>")
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


_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@cache
def load_template(language: str) -> Template:
    """The template for ``w:lang w:eastAsia``, read once a process."""
    return Template(FOLDER / f"{language}.docx")
