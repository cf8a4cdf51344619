"""Plain text: UTF-8, LF, a blank line between blocks, nothing but the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from normtool.document import BLANK, PARAGRAPH, Block, Document
from normtool.export.blocks import name_character, readable

#: The longest line of verse (code points): what BRK101 takes for one.
_LONGEST_VERSE = 18


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
    stream.write(_encoded("".join(pieces)))


def _with_verse(blocks: list[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield each block, save blank ones, and whether it goes on with the stanza before it."""
    verse = [False] * len(blocks)
    for place, block in enumerate(blocks):
        if block.kind == BLANK:
            for steps in (range(place - 1, -1, -1), range(place + 1, len(blocks))):
                for near in steps:
                    if not _is_short(blocks[near]) or verse[near]:
                        break
                    verse[near] = True
    for place, block in enumerate(blocks):
        if block.kind != BLANK:
            goes_on = place > 0 and verse[place - 1] and blocks[place - 1].kind != BLANK
            yield block, verse[place] and goes_on


def _is_short(block: Block) -> bool:
    return block.kind == PARAGRAPH and block.end - block.start <= _LONGEST_VERSE


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        shown = (name_character(c) if "\ud800" <= c <= "\udfff" else c for c in text)
        return "".join(shown).encode("utf-8")
