"""One speech of a file, with the headers that hold for it: what the checks look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from normtool.edition.parsing import line_of, local
from normtool.edition.views import ID, LANG, T, blocks

if TYPE_CHECKING:
    from lxml.etree import _Element


class Edition:
    """A ``TEI`` element, alone or in a ``teiCorpus``.

    root       of the file
    tei        the speech
    headers    its own header, then that of the corpus
    categories of the whole file, by their xml:id
    lines      the elements that hold one line of the text each
    is_reading whether it is a reading view, in which no change is marked
    converted  whether the text is in another script than its source
    """

    def __init__(
        self, root: _Element, tei: _Element, categories: dict[str | None, _Element]
    ) -> None:
        self.root = root
        self.categories = categories
        self.tei = tei
        self.headers = [
            h for h in (tei.find(T + "teiHeader"), root.find(T + "teiHeader")) if h is not None
        ]
        if tei is root:
            self.headers = self.headers[:1]
        self.lines = blocks(tei)
        methods = {e.get("method") for e in self.find("editorialDecl/correction")}
        self.is_reading = methods == {"silent"}
        self.converted = any(e.get("ident") == "OpenCC" for e in self.find("appInfo/application"))

    def find(self, path: str) -> Iterator[_Element]:
        """Elements of the headers, by the last steps of their path: ``bibl/note``."""
        steps = "/".join(T + step for step in path.split("/"))
        for header in self.headers:
            yield from header.iterfind(f".//{steps}")

    @property
    def ident(self) -> str:
        """The xml:id of the speech."""
        return self.tei.get(ID) or ""

    @property
    def language(self) -> str:
        """The language of the text."""
        return self.tei.get(LANG) or self.root.get(LANG) or ""

    @property
    def size(self) -> int | None:
        """How many characters the source file has; None if the header does not say it."""
        for bibl in self.find("sourceDesc/bibl"):
            for measure in bibl.iterfind(f"{T}extent/{T}measure"):
                if bibl.get("type") == "file" and measure.get("unit") == "char":
                    quantity = measure.get("quantity") or ""
                    return int(quantity) if quantity.isdecimal() else None
        return None


def editions(root: _Element) -> list[Edition]:
    """The speeches of a file."""
    categories = {e.get(ID): e for e in root.iter(T + "category")}
    if local(root) == "teiCorpus":
        return [Edition(root, tei, categories) for tei in root.iterfind(T + "TEI")]
    return [Edition(root, root, categories)]


def at(element: _Element) -> tuple[int, str]:
    """The line of an element and the nearest xml:id, its own or that of what it stands in."""
    found: _Element | None = element
    while found is not None and not found.get(ID):
        found = found.getparent()
    return line_of(element), (found.get(ID) or "") if found is not None else ""
