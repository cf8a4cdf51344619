"""Scraped Chinese speeches to clean text, Word and TEI, with every change recorded.

    >>> import io, normtool
    >>> document = normtool.from_text("同志们:今年 我市引进外资万美元,形势严竣。")
    >>> document = normtool.prepare(document)
    >>> document.text
    '同志们：\\n今年我市引进外资□万美元，形势严峻。'
    >>> [(edit.before, edit.after, *edit.codes) for edit in document.edits][1]
    (' ', '', 'SPC101')
    >>> [document.line(block) for block in document.blocks if block.kind == "salutation"]
    ['同志们：']
    >>> normtool.convert_script(document, "tw").text
    '同志們：\\n今年我市引進外資□萬美元，形勢嚴峻。'
    >>> normtool.write(document, io.BytesIO(), "tei")

``clean`` is all of it for a string, ``convert`` for a file; both say what they raise.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from normtool.clean import Settings, clean, clean_document
    from normtool.document import Block, Document
    from normtool.edits import Applicability, Certainty, Edit
    from normtool.pipeline import convert, prepare, write
    from normtool.read import Unreadable, Unwritable, find_files, from_text, read, read_bytes
    from normtool.report.explain import fix_and_explain
    from normtool.script import convert_script, language
    from normtool.version import __version__

__all__ = [
    "Applicability",
    "Block",
    "Certainty",
    "Document",
    "Edit",
    "Settings",
    "Unreadable",
    "Unwritable",
    "__version__",
    "clean",
    "clean_document",
    "convert",
    "convert_script",
    "find_files",
    "fix_and_explain",
    "from_text",
    "language",
    "prepare",
    "read",
    "read_bytes",
    "write",
]

#: Where each name is defined: a module is loaded when somebody asks for one of its names.
_HOMES = {
    "clean": ("Settings", "clean", "clean_document"),
    "document": ("Block", "Document"),
    "edits": ("Applicability", "Certainty", "Edit"),
    "pipeline": ("convert", "prepare", "write"),
    "read": ("Unreadable", "Unwritable", "find_files", "from_text", "read", "read_bytes"),
    "report.explain": ("fix_and_explain",),
    "script": ("convert_script", "language"),
    "version": ("__version__",),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"normtool.{home}"), name)
    raise AttributeError(f"module 'normtool' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """``clean`` and ``read`` are functions, though modules are called so, too.

    Importing a module would set its name here; the function wins.
    """

    @property
    def clean(self) -> Any:
        return __getattr__("clean")

    @clean.setter
    def clean(self, module: ModuleType) -> None:
        pass

    @property
    def read(self) -> Any:
        return __getattr__("read")

    @read.setter
    def read(self, module: ModuleType) -> None:
        pass


sys.modules[__name__].__class__ = _Package
