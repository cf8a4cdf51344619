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

from typing import TYPE_CHECKING, Any

# These modules share a name with what they hold: imported here, once, the functions win.
from normtool.clean import Settings, clean, clean_document
from normtool.document import Block, Document
from normtool.edits import Applicability, Certainty, Edit
from normtool.pipeline import convert, prepare, write
from normtool.read import Unreadable, Unwritable, find_files, from_text, read, read_bytes
from normtool.version import __version__

if TYPE_CHECKING:
    from normtool.report.explain import fix_and_explain
    from normtool.script import convert_script, language

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


def __getattr__(name: str) -> Any:
    # OpenCC and what belongs to it are loaded by those who convert.
    if name in ("convert_script", "language"):
        from normtool import script

        return getattr(script, name)
    if name == "fix_and_explain":
        from normtool.report.explain import fix_and_explain

        return fix_and_explain
    raise AttributeError(f"module 'normtool' has no attribute {name!r}")
