"""Tab-separated values: a row for each block, the source and every script side by side.

UTF-8, LF, one line a row. A newline or a tab inside a cell is shown as ``⏎`` or ``⇥``; where
the words stand in the original is told, so that nothing depends on it. Cells are quoted as
spreadsheets do it, only where a ``"`` makes it necessary.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import BinaryIO

from normtool.document import Document
from normtool.export.aligned import conversion, rows
from normtool.export.blocks import encoded

_SHOWN = str.maketrans({"\n": "⏎", "\r": "⏎", "\t": "⇥"})
#: The columns before those of the scripts, which are called as their profiles.
COLUMNS = ("speech", "id", "kind", "level", "start", "end", "original", "text")


def write(document: Document, stream: BinaryIO, *, twins: Sequence[Document] = ()) -> None:
    """Write a document to a binary stream; ``twins`` are what it was converted to.

    speech, id, kind, level  of the block; the id is that of the TEI file
    start, end               of its words in the original, in code points
    original, text           the words as they were found, and cleaned
    tw, hk ...               a column for each twin

    Without twins what was taken off the page has rows, too (kind ``removed``).
    """
    base = document.cleaned or document
    if document.cleaned is not None and not twins:
        twins = [document]
    table = StringIO()
    writer = csv.writer(table, "excel-tab", lineterminator="\n")
    writer.writerow((*COLUMNS, *(twin.script for twin in twins)))
    for row in rows(base, removed=not twins):
        block = row.block
        words = [
            base.original[row.start : row.end],
            "".join(part.after for part in row.cleaning),
        ]
        facts: tuple[object, ...] = ("", "", "removed", "")
        if block is not None:
            facts = (block.speech, row.ident, block.kind, block.level)
            for twin in twins:
                words.append("".join(part.after for part in conversion(twin, block)))
        writer.writerow((*facts, row.start, row.end, *(word.translate(_SHOWN) for word in words)))
    stream.write(encoded(table.getvalue()))
