"""A document block by block, beside its source and its twins in other scripts.

What the parallel formats write. The ids are those of the TEI files, so that one can be
looked up in the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby

from normtool.document import BLANK, NOISE, Block, Document
from normtool.edits import Edit
from normtool.export.tei.body import Body
from normtool.export.tei.lines import Removed, split_lines
from normtool.export.tei.markup import Markup
from normtool.export.tei.speech import Speech, places
from normtool.records import NamedTuple
from normtool.script.quotes import QUOTES


class Part(NamedTuple):
    """``before`` became ``after``; ``edit`` is None where both are the same."""

    before: str
    after: str
    edit: Edit | None


class Row(NamedTuple):
    """A block that people read, or what was removed from the page.

    ident     of the TEI element; "" where TEI tells of it in the header
    block     its place in the text that was not converted; None of what was removed
    start     where it stands in the original, half-open with ``end``
    cleaning  from the words of the original to those of the text
    """

    ident: str
    block: Block | None
    start: int
    end: int
    cleaning: list[Part]


def rows(document: Document, *, removed: bool = False) -> Iterator[Row]:
    """Yield the blocks of a document that is not converted, in the order of the original.

    ``removed`` says whether what was taken off the page comes, too, between them.
    """
    lines, furniture = split_lines(document)
    known = idents(document)
    waiting = iter(furniture if removed else ())
    cut = next(waiting, None)
    for line in lines:
        while cut is not None and cut.start < line.start:
            yield _removed(document, cut)
            cut = next(waiting, None)
        if line.block.kind in (BLANK, NOISE):
            continue
        parts = [
            Part(
                document.original[piece.start : piece.end],
                document.text[piece.place : piece.stop],
                piece.edit,
            )
            for piece in line.pieces
        ]
        ident = known.get(line.block.start, "")
        yield Row(ident, line.block, line.start, line.end, parts)
    while cut is not None:
        yield _removed(document, cut)
        cut = next(waiting, None)


def _removed(document: Document, cut: Removed) -> Row:
    words = document.original[cut.start : cut.end]
    return Row("", None, cut.start, cut.end, [Part(words, "", cut.edit)])


def idents(document: Document) -> dict[int, str]:
    """The id that TEI gives each block of a document that is not converted, by its start."""
    found: dict[int, str] = {}
    for number in document.speeches or [0]:
        found |= Body(Speech(document, number), Markup()).idents
    return found


def conversion(twin: Document, block: Block) -> list[Part]:
    """From the words of a block of ``twin.cleaned`` to those of its twin."""
    base = twin.cleaned
    assert base is not None
    place_of = places(twin)
    parts = []
    place = block.start
    edits = twin.script_edits
    for index in range(bisect_left(edits, (block.start,)), len(edits)):
        edit = edits[index]
        if edit.start >= block.end:
            break
        if edit.start > place:
            kept = base.text[place : edit.start]
            parts.append(Part(kept, kept, None))
        parts += _pieces(edit)
        place = edit.end
    if place < block.end:
        kept = base.text[place : block.end]
        parts.append(Part(kept, kept, None))
    said = "".join(part.after for part in parts)
    if said != twin.text[place_of(block.start) : place_of(block.end)]:
        raise AssertionError(f"the block at {block.start} of {twin.name} is not that of its twin")
    return parts


def _pieces(edit: Edit) -> list[Part]:
    """An edit of the script, its quotation marks apart from the words that they touch."""
    if "SCR103" not in edit.codes or len(edit.before) != len(edit.after):
        return [Part(edit.before, edit.after, edit)]
    others = tuple(code for code in edit.codes if code != "SCR103")
    pairs = zip(edit.before, edit.after, strict=True)
    parts, start = [], edit.start
    for is_mark, run in groupby(pairs, lambda pair: pair[0] in QUOTES):
        before, after = map("".join, zip(*run, strict=True))
        codes = ("SCR103",) if is_mark else others
        made = edit._replace(start=start, before=before, after=after, codes=codes)
        parts.append(Part(before, after, made))
        start += len(before)
    return parts


def both(row: Row, parts: list[Part]) -> Iterator[tuple[Part, list[Part]]]:
    """Yield each part of ``row.cleaning`` with what became of it in the conversion ``parts``.

    A word that straddles two of them is divided character by character, or, where it became
    another word, belongs to the first.
    """
    waiting = parts[::-1]
    for cleaned in row.cleaning:
        size, inside = len(cleaned.after), list[Part]()
        while size > 0 and waiting:
            part = waiting.pop()
            if len(part.before) > size and len(part.before) == len(part.after):
                waiting.append(Part(part.before[size:], part.after[size:], part.edit))
                part = Part(part.before[:size], part.after[:size], part.edit)
            elif len(part.before) > size:
                waiting.append(Part(part.before[size:], "", None))
            inside.append(part)
            size -= len(part.before)
        yield cleaned, inside
