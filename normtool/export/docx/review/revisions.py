"""Tracked changes: pieces of superposed text to paragraphs of WordprocessingML.

A new line is a paragraph, and its mark is a change like any other: deleted,
``w:del`` stands in the properties of the mark; inserted, ``w:ins``. The mark
belongs to the paragraph before the break; where it goes away the paragraph
behind it keeps its style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from normtool.chinese import LOST
from normtool.edits import GAP, Edit
from normtool.export.docx.markup import escape, has_hint, run
from normtool.export.docx.review.superposed import Piece
from normtool.export.docx.review.wording import Wording
from normtool.records import NamedTuple

KEPT, DELETED, INSERTED = "", "del", "ins"

#: Style and further paragraph properties, for every line of the text.
Looks = Sequence[tuple[str, str]]
_PLAIN = ("BodyText", "")
#: What is removed may hold addresses, which no line of even ends can be made of.
_REMOVED = ("BodyText", '<w:jc w:val="left"/>')
#: A line of a page that goes on: no indent, it is no paragraph.
_GOES_ON = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


class Words(NamedTuple):
    """A stretch without newlines, and what happens to it."""

    state: str
    text: str
    edit: Edit | None


class Anchor(NamedTuple):
    """Where a comment begins or ends."""

    comment: int
    opens: bool


class Anchors(NamedTuple):
    """Comments by where they are anchored, as numbers of comments.

    edits    around what became of an edit, by its number
    places   (begin, end) in the original
    """

    edits: Mapping[int, int]
    starts: Mapping[int, list[int]]
    ends: Mapping[int, list[int]]


class Revisions:
    """Writes the paragraphs of one review file; numbers its revisions."""

    def __init__(
        self, edits: tuple[Edit, ...], silent: frozenset[int], date: str, wording: Wording
    ) -> None:
        self._edits = edits
        self._silent = silent
        self._author = wording.author
        self._date = escape(date)
        self._count = 0

    def paragraphs(self, pieces: Iterator[Piece], anchors: Anchors, looks: Looks) -> Iterator[str]:
        """Yield every ``w:p``."""
        inside: list[Words | Anchor] = []
        line = 0
        fresh = True  # no words of this line have been written yet
        for item in self._items(pieces, anchors):
            if isinstance(item, Anchor) or item.text != "\n":
                inside.append(item)
                continue
            standing = any(isinstance(one, Words) and one.state != DELETED for one in inside)
            gone = item.state == DELETED and not standing
            style, more = _PLAIN if line >= len(looks) else looks[line]
            if gone:
                style, more = _REMOVED
            elif not fresh:
                # The last line stays as it is: Word gives its looks to the whole paragraph.
                more = _GOES_ON if item.state == DELETED else ""
            yield self._paragraph(style, more, inside, item)
            fresh = fresh and not standing
            if item.state != DELETED:
                line, fresh = line + 1, True
            inside = []
        style, more = looks[line] if line < len(looks) else _PLAIN
        yield self._paragraph(style, more if fresh else "", inside, None)

    def _items(self, pieces: Iterator[Piece], anchors: Anchors) -> Iterator[Words | Anchor]:
        """Words, newlines by themselves, and where comments begin and end, in order."""
        places = sorted({*anchors.starts, *anchors.ends})
        for piece in pieces:
            end = piece.start + len(piece.kept or piece.deleted)
            if piece.number < 0 or piece.kept:
                yield from self._kept(piece, places, anchors)
                continue
            # What is proposed about a changed place is anchored around the whole change.
            yield from self._anchors(places, piece.start, anchors)
            edit = self._edits[piece.number]
            comment = anchors.edits.get(piece.number)
            if comment is not None:
                yield Anchor(comment, True)
            if piece.number in self._silent:
                yield from _lines(KEPT, piece.inserted, None)
            else:
                yield from _lines(DELETED, piece.deleted, edit)
                yield from _lines(INSERTED, piece.inserted, edit)
            if comment is not None:
                yield Anchor(comment, False)
            yield from self._anchors(places, end - 1, anchors)
        yield from self._anchors(places, None, anchors)

    def _kept(self, piece: Piece, places: list[int], anchors: Anchors) -> Iterator[Words | Anchor]:
        start, text = piece.start, piece.kept
        end = start + len(text)
        while places and places[0] < end:
            place = max(places[0], start)
            yield from _lines(KEPT, text[start - piece.start : place - piece.start], None)
            yield from self._anchors(places, place, anchors)
            start = place
        yield from _lines(KEPT, text[start - piece.start :], None)

    def _anchors(self, places: list[int], upto: int | None, anchors: Anchors) -> Iterator[Anchor]:
        while places and (upto is None or places[0] <= upto):
            place = places.pop(0)
            for comment in anchors.ends.get(place, ()):
                yield Anchor(comment, False)
            for comment in anchors.starts.get(place, ()):
                yield Anchor(comment, True)

    def _paragraph(
        self, style: str, more: str, inside: list[Words | Anchor], mark: Words | None
    ) -> str:
        properties = f'<w:pStyle w:val="{style}"/>{more}'
        if mark is not None and mark.edit is not None:
            properties += f"<w:rPr>{self._open(mark)[:-1]}/></w:rPr>"
        hint = has_hint("".join(one.text for one in inside if isinstance(one, Words)))
        content = "".join(
            self._words(one, hint) if isinstance(one, Words) else _anchor(one) for one in inside
        )
        return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"

    def _words(self, words: Words, hint: bool) -> str:
        if words.edit is None:
            return run(words.text, hint=hint)
        if words.state == DELETED:
            inner = run(words.text, hint=hint)
            inner = inner.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        elif words.edit.kind == GAP and LOST in words.text:
            pieces = re.split(f"({LOST})", words.text)
            inner = "".join(run(p, hint=hint, shaded=p == LOST) for p in pieces if p)
        else:
            inner = run(words.text, hint=hint)
        return f"{self._open(words)}{inner}</w:{words.state}>"

    def _open(self, words: Words) -> str:
        assert words.edit is not None
        self._count += 1
        return (
            f'<w:{words.state} w:id="{self._count}" '
            f'w:author="{self._author(words.edit)}" w:date="{self._date}">'
        )


def _lines(state: str, text: str, edit: Edit | None) -> Iterator[Words]:
    for line in re.split("(\n)", text):
        if line:
            yield Words(state, line, edit)


def _anchor(anchor: Anchor) -> str:
    if anchor.opens:
        return f'<w:commentRangeStart w:id="{anchor.comment}"/>'
    return (
        f'<w:commentRangeEnd w:id="{anchor.comment}"/><w:r><w:rPr>'
        f'<w:rStyle w:val="CommentReference"/></w:rPr>'
        f'<w:commentReference w:id="{anchor.comment}"/></w:r>'
    )
