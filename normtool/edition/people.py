"""Who changed an edition: the names that its header has for the pointers of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.edition.parsing import local
from normtool.edition.views import ID, T, words

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Who wrote what is in the file from the beginning.
_PROGRAM = "#normtool"
#: Somebody who does not say who.
UNNAMED = "未署名"


class People:
    """The people of a file."""

    def __init__(self, root: _Element) -> None:
        self._root = root
        #: Of what says nothing: who changed the file last.
        self._last = ""
        for change in root.iter(T + "change"):
            if change.get("who") not in (None, _PROGRAM):
                self._last = change.get("who") or ""

    def __call__(self, pointer: str) -> str:
        """The name behind ``#LW``; a pointer that leads nowhere is its own name."""
        if pointer in ("", _PROGRAM):
            pointer = self._last
        ident = pointer.split(" ")[0].rpartition("#")[2]
        for element in self._root.iter() if ident else ():
            if element.get(ID) == ident and local(element):
                names = (T + "persName", T + "name")
                found = next(element.iter(*names), None)
                return words(element if found is None else found).strip() or ident
        return ident or UNNAMED
