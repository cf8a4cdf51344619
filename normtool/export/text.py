"""Plain text: UTF-8, LF, a blank line between blocks, nothing but the words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import BinaryIO

from normtool.document import BLANK, PARAGRAPH, Block, Document
from normtool.export.blocks import encoded, readable

#: How long a line of verse is (code points), and how many on both sides of a blank
#: line make it the space between two stanzas: what BRK101 leaves alone.
_VERSE = range(4, 19)
_STANZA = 2


def write(document: Document, stream: BinaryIO) -> None:
    """Write the readable blocks of a document to a binary stream.

    The lines of a stanza stand together, so that cleaning the file again changes
    nothing. A lone surrogate, which UTF-8 cannot hold, is named: ``⟨U+D812⟩``.
    """
    text = document.text
    pieces: list[str] = []
    for block, verse in _with_verse(list(readable(document))):
        if pieces:
            pieces.append("\n" if verse else "\n\n")
        pieces.append(text[block.start : block.end])
    if pieces:
        pieces.append("\n")
    stream.write(encoded("".join(pieces)))


def _with_verse(blocks: list[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield each block, save blank ones, and whether it goes on with the stanza before it."""
    verse = [False] * len(blocks)
    for place, block in enumerate(blocks):
        if block.kind == BLANK:
            sides = (range(place - 1, -1, -1), range(place + 1, len(blocks)))
            runs = [list(takewhile(lambda i: _is_short(blocks[i]), side)) for side in sides]
            if all(len(run) >= _STANZA for run in runs):
                for index in (*runs[0], *runs[1]):
                    verse[index] = True
    for place, block in enumerate(blocks):
        if block.kind != BLANK:
            yield block, verse[place] and place > 0 and verse[place - 1]


def _is_short(block: Block) -> bool:
    return block.kind == PARAGRAPH and block.end - block.start in _VERSE
