"""The proof that nothing is lost and nothing told twice, from the file alone.

The ledger (``xenoData``) and the words of the text give the source back. Each
printed character of it, in the part that the file tells of, stands in one
place: in a line of the text, or in a note of what was taken off the page
(``bibl/note``). Whatever else in the header has a range of the source is a
copy, and has its words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from normtool.edition.ledger import told_of
from normtool.edition.views import ID, T, character, parts, ranges
from normtool.validate.edition import Edition, at
from normtool.validate.places import silent_pairs
from normtool.validate.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Notes that quote what stands elsewhere.
_QUOTATIONS = ("statedSource",)
_SHOWN = 20  # characters of the source, in a message


def coverage(edition: Edition, source: str) -> Iterator[Problem]:
    """Each printed character stands once, and is that of the source.

    source  what the ledger gave back
    """
    regions, alone = told_of(edition.tei)
    if not regions or edition.is_reading:
        return
    yield from _copies(edition, source)
    if not edition.converted:
        yield from _undone(edition, source)
    if not alone:
        return  # other speeches stand between the lines of this one
    times = bytearray(len(source) + 1)
    places: dict[int, str] = {}
    notes = (note for note in edition.find("bibl/note") if note.get("type") not in _QUOTATIONS)
    for element in (*edition.lines, *notes):
        for start, end in ranges(element.get("source")):
            for place in range(start, min(end, len(source))):
                if times[place]:
                    places.setdefault(place, _called(element))
                times[place] = min(times[place] + 1, 2)
    for start, end in regions:
        wrong = [
            (place, times[place])
            for place in range(start, end)
            if times[place] != 1 and _is_printed(source[place])
        ]
        for (count, _), run in groupby(enumerate(wrong), key=_by_run):
            found = [place for _, (place, _) in run]
            first, last = found[0], found[-1] + 1
            said = f"{_quoted(source[first:last])} (src:{first},{last})"
            line, ident = at(edition.tei)
            if count == 0:
                message = (
                    f"{said} of the source is told of nowhere; put it into a line, or into a note "
                    "of its bibl"
                )
            else:
                message = (
                    f"{said} of the source stands twice, again in {places.get(first, 'a line')}; "
                    "take it out of one, or correct its @source"
                )
            yield Problem(line, "covered", message, ident)


def _by_run(pair: tuple[int, tuple[int, int]]) -> tuple[int, int]:
    """The same for neighbours that are told of equally often."""
    number, (place, count) = pair
    return count, place - number


def _is_printed(character: str) -> bool:
    """Whether there is something to see: neither blank nor an invisible mark."""
    return unicodedata.category(character)[0] not in "ZC"


def _quoted(words: str) -> str:
    """The beginning of words, on one line."""
    return f"“{words[:_SHOWN]}”".replace("\n", "⏎")


def _called(element: _Element) -> str:
    return element.get(ID) or f"a note in line {at(element)[0]}"


def _copies(edition: Edition, source: str) -> Iterator[Problem]:
    """What the header quotes from the source has its words."""
    for header in edition.headers:
        for element in header.iter(*(T + name for name in _QUOTING)):
            found = ranges(element.get("source"))
            if len(found) != 1 or (edition.converted and element.get("type") == "collection"):
                continue  # the title of a collection is converted like the text
            (start, end) = found[0]
            said = _own_words(element)
            if said != source[start:end]:
                line, ident = at(element)
                yield Problem(
                    line,
                    "covered",
                    f"{_quoted(said)} is not what the source has there, "
                    f"{_quoted(source[start:end])} (src:{start},{end}); copy it, or correct the "
                    "range",
                    ident,
                )


#: The elements of the header that quote the source where they have a range.
_QUOTING = ("title", "note", "measure", "date", "author", "publisher")


def _own_words(element: _Element) -> str:
    """The words of an element without those of the notes inside."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == T + "g":
            pieces.append(character(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _undone(edition: Edition, source: str) -> Iterator[Problem]:
    """With every change undone each line is its part of the source."""
    silent = dict(silent_pairs(edition))
    for line in edition.lines:
        found = ranges(line.get("source"))
        if len(found) != 1:
            continue
        start, end = found[0]
        place, pieces = start, []
        for part in parts(line):
            span = ranges(part.edit.get("source")) if part.edit is not None else []
            if part.edit is not None:
                pieces.append(part.source)
                place = span[0][1] if len(span) == 1 else place + len(part.source)
                continue
            pieces += [silent.get(place + at_, one) for at_, one in enumerate(part.source)]
            place += len(part.source)
        said = "".join(pieces)
        if said != source[start:end]:
            number, ident = at(line)
            wrong = next(
                (
                    i
                    for i, (a, b) in enumerate(zip(said, source[start:end], strict=False))
                    if a != b
                ),
                min(len(said), end - start),
            )
            yield Problem(
                number,
                "covered",
                f"with its changes undone {ident} has {_quoted(said[wrong:])} where the source "
                f"has {_quoted(source[start + wrong : end])} (src:{start + wrong},{end}); "
                "the markup and the ledger disagree: undo what was changed last",
                ident,
            )
