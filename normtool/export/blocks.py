"""What of a document is for readers: its blocks without noise and stray blank lines."""

from __future__ import annotations

from collections.abc import Iterator

from normtool.document import BLANK, NOISE, PARAGRAPH, Block, Document


def readable(document: Document) -> Iterator[Block]:
    """Yield the blocks that are exported for reading, in order.

    Noise is left out. Blank lines stay, one at a time, only between two blocks of one
    speech; they are empty. Every other line of the text comes out: one that no block
    tells of is a paragraph, and so are all lines of a document without blocks.
    """
    blank: Block | None = None
    last: Block | None = None
    layout = set_apart(document)
    for block in _lines(document):
        if block.kind == NOISE:
            continue
        if block.kind == BLANK:
            blank = None if layout else block
            continue
        if blank is not None and last is not None and last.speech == block.speech:
            yield blank._replace(end=blank.start)
        blank = None
        yield block
        last = block


def set_apart(document: Document) -> bool:
    """Whether blank lines stand between all lines: then none of them says anything."""
    lines = document.text.rstrip("\n").split("\n")
    return len(lines) > 2 and not any(lines[1::2]) and all(lines[::2])


def _lines(document: Document) -> Iterator[Block]:
    known = {block.start: block for block in document.blocks}
    start = speech = 0
    for line in document.text.split("\n"):
        end = start + len(line)
        block = known.get(start)
        if block is None:
            block = Block(PARAGRAPH if line.strip() else BLANK, start, end, speech=speech)
        elif block.end != end or (block.kind == BLANK and line.strip()):
            # Not what structure saw: nothing may be lost all the same.
            kind = PARAGRAPH if block.kind == BLANK else block.kind
            block = block._replace(kind=kind, end=end)
        speech = block.speech
        yield block
        start = end + 1


def name_character(character: str) -> str:
    """A visible name for a character that a format cannot hold.

    C0 controls have pictures of their own in Unicode (U+2400 block, ␇), all others
    are named as in the examples of the rules.

    >>> name_character("\\x07"), name_character("\\ud812")
    ('␇', '⟨U+D812⟩')
    """
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"⟨U+{code:04X}⟩"
