"""Original and cleaned text laid over each other: what a review file shows, piece by piece.

The one description of a review file that its writer and its reader share. The
reader finds the pieces again by their words, so nothing else may say what stands
in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtool.document import Document
from normtool.edits import BREAK, CONVENTION, HIGH, SAFE, Edit
from normtool.export.blocks import name_character
from normtool.patterns import later
from normtool.records import NamedTuple

#: Which edits are tracked: those that a person should judge, or all.
TRACKS = ("uncertain", "all")

_LINE_END = later("\r\n?")
_UNITS = later("\r\n|.", re.DOTALL)
_UNSEEN = later("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = later(r"\s*\n\s*")
#: Blanks of Unicode, and those that Python does not count as such.
_BLANKS = later("[^\\S\n]|[\u200b\u2060\ufeff]")
_HALF = {0x3002: ".", 0x3001: ",", 0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"}
_HALF |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


class Piece(NamedTuple):
    """Kept words, or what one edit takes away and puts in.

    start     of ``kept`` or ``deleted`` in the original, code points
    number    of the edit in ``document.edits``, -1 for kept words; an edit that nobody
              can see in a Word file (another line end) is kept words as well
    after     what really stands in the text for ``inserted``, or for ``kept`` of an edit
    """

    start: int
    kept: str = ""
    deleted: str = ""
    inserted: str = ""
    number: int = -1
    after: str = ""


def visible(text: str) -> str:
    """The words as a Word file can hold them: one sign for all line ends, controls named.

    >>> visible("a\\r\\nb\\x07")
    'a\\nb␇'
    """
    if _UNSEEN.search(text) is None:
        return text
    return _UNSEEN.sub(lambda match: name_character(match[0]), _LINE_END.sub("\n", text))


def superpose(document: Document) -> Iterator[Piece]:
    """Yield the pieces of a document in order.

    Joined ``kept + deleted`` are the visible original, ``kept + inserted`` the
    visible text. What the two sides of an edit begin or end with in common is kept.
    """
    place = 0
    number = -1
    for before, after, edit in document.segments():
        if edit is None:
            yield Piece(place, visible(before))
        else:
            number += 1
            yield from _split(place, before, after, number)
        place += len(before)


def units(text: str) -> list[str]:
    """The text in pieces that are shown as one thing each: characters, but two for a line end.

    >>> units("a\\r\\n")
    ['a', '\\r\\n']
    """
    return _UNITS.findall(text) if "\r\n" in text else list(text)


def _split(place: int, before: str, after: str, number: int) -> Iterator[Piece]:
    old, new = units(before), units(after)
    shown, made = list(map(visible, old)), list(map(visible, new))
    most = min(len(shown), len(made))
    head = next((n for n in range(most) if shown[n] != made[n]), most)
    tail = 0
    while tail < most - head and shown[-1 - tail] == made[-1 - tail]:
        tail += 1
    i, j = len(old) - tail, len(new) - tail

    def kept(old: list[str], new: list[str], shown: list[str]) -> Piece:
        seen = -1 if old == new else number
        return Piece(place, "".join(shown), number=seen, after="".join(new))

    if head:
        yield kept(old[:head], new[:head], shown[:head])
        place += len("".join(old[:head]))
    if head < i or head < j:
        inserted = "".join(new[head:j])
        yield Piece(
            place, "", "".join(shown[head:i]), "".join(made[head:j]), number, after=inserted
        )
        place += len("".join(old[head:i]))
    if tail:
        yield kept(old[i:], new[j:], shown[i:])


def is_silent(document: Document, edit: Edit) -> bool:
    """Whether nobody needs to judge an edit: it is sure and alters width and blanks only.

    A new paragraph, or two that become one, is not silent; a blank line is.
    """
    if edit.certainty != HIGH or edit.applicability != SAFE:
        return False
    if edit.kind not in (CONVENTION, BREAK):
        return False
    original = document.original
    left, right = original[max(edit.start - 1, 0) : edit.start], original[edit.end : edit.end + 1]
    # At the edge of the file a blank line is one as well.
    left, right = left or "\n", right or "\n"
    return _bare(left + edit.before + right) == _bare(left + edit.after + right)


def _bare(text: str) -> str:
    text = _LINE_END.sub("\n", text).translate(_HALF)
    return _BLANKS.sub("", _BREAKS.sub("\n", text))
