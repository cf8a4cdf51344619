"""What of a document is for readers: its blocks without noise and stray blank lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

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
    count = 0
    for start, end in _spans(document.text.rstrip("\n")):
        if (start == end) != bool(count % 2):
            return False
        count += 1
    return count > 2


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where lines begin and end; one at a time, for a text may have very many."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)


def _lines(document: Document) -> Iterator[Block]:
    text = document.text
    known = iter(_ordered(document))
    upcoming = next(known, None)
    speech = 0
    for start, end in _spans(text):
        block = None
        while upcoming is not None and upcoming.start <= start:
            block = upcoming if upcoming.start == start else None
            upcoming = next(known, None)
        if block is None:
            kind = BLANK if _is_blank(text, start, end) else PARAGRAPH
            block = Block(kind, start, end, speech=speech)
        elif block.end != end or (block.kind == BLANK and not _is_blank(text, start, end)):
            # Not what structure saw: nothing may be lost all the same.
            kind = PARAGRAPH if block.kind == BLANK else block.kind
            block = block._replace(kind=kind, end=end)
        speech = block.speech
        yield block


def _is_blank(text: str, start: int, end: int) -> bool:
    return not text[start:end].strip()


def _ordered(document: Document) -> Sequence[Block]:
    blocks = document.blocks
    if all(one.start <= two.start for one, two in pairwise(blocks)):
        return blocks
    return sorted(blocks, key=lambda block: block.start)


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


def encoded(text: str) -> bytes:
    """The text in UTF-8, with lone surrogates, which UTF-8 cannot hold, named."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        shown = (name_character(c) if "\ud800" <= c <= "\udfff" else c for c in text)
        return "".join(shown).encode("utf-8")
