"""What a review file showed, as one row of characters that a reviewed file is laid beside.

Kept words must be found again; what an edit deletes or inserts may be there or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from normtool.document import Document
from normtool.export.docx.review.superposed import Piece, superpose

KEPT, DELETED, INSERTED = range(3)


class Run(NamedTuple):
    """``lattice.text[start:end]``: kept words, or one side of an edit.

    number    of the edit, -1 for kept words (but not if an edit of them cannot be seen)
    original  where ``text[start]`` stands in the original, code points; for inserted
              words the place where they are put in
    after     what stands in the text for it, where that is not what is shown
    """

    kind: int
    start: int
    end: int
    number: int
    original: int
    after: str = ""


class Lattice:
    """The row: its characters, its runs, and for each character the run it is in."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.runs: list[Run] = []
        pieces: list[str] = []
        size = 0
        for kind, piece, original, words in _sides(superpose(document)):
            self.runs.append(
                Run(kind, size, size + len(words), piece.number, original, piece.after)
            )
            pieces.append(words)
            size += len(words)
        self.text = "".join(pieces)
        self.kinds = bytearray()
        self.ends: dict[int, int] = {}  # where a side of an edit begins: where it ends
        for run in self.runs:
            self.kinds.extend(bytes((run.kind,)) * (run.end - run.start))
            if run.kind != KEPT:
                self.ends[run.start] = run.end


def _sides(pieces: Iterator[Piece]) -> Iterator[tuple[int, Piece, int, str]]:
    for piece in pieces:
        if piece.number < 0 or piece.kept:
            yield KEPT, piece, piece.start, piece.kept
            continue
        if piece.deleted:
            yield DELETED, piece, piece.start, piece.deleted
        if piece.inserted:
            yield INSERTED, piece, piece.start + len(piece.deleted), piece.inserted
