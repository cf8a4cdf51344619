"""The words of a line with everything that is marked in it.

Most changes lie apart from one another: their markup depends on nothing but
their shape, and is put between the words as it is. Where changes meet one
another, a mask or the ends of words that they need, the line is taken to
pieces (``inline``) and each is written by itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from normtool.edits import Edit
from normtool.export.tei.item import LOSS, MASK, SUSPICION, WIDTH, Item
from normtool.export.tei.lines import Line, Piece
from normtool.export.tei.marking import Marker
from normtool.export.tei.markup import Markup, escape_attribute
from normtool.export.tei.segments import Segment, Token, cut_at, segmented
from normtool.export.tei.shape import SHAPES, Key
from normtool.export.tei.speech import Speech
from normtool.export.tei.templates import RESP, Template, templates
from normtool.records import NamedTuple


class Change(NamedTuple):
    """What is written for the changes of one shape.

    blank  whether one has a branch of which nothing would be seen: it needs neighbours
    meets  whether it cannot be written without looking at the place
    """

    nodes: list[Template]
    blank: bool
    meets: bool


class Words(Marker):
    """Writes the words of lines."""

    def __init__(
        self,
        speech: Speech,
        markup: Markup,
        *,
        twin: str = "",
        source_language: str = "",
        reading: bool = False,
    ) -> None:
        super().__init__(speech, markup, source_language=source_language, reading=reading)
        self.twin = escape_attribute(twin)
        self._changes: dict[Key, Change] = {}
        self._tags: Counter[tuple[str, ...]] = Counter()

    def _twin(self, ident: str) -> str:
        """The attribute that points at the same element in the other script."""
        return f' corresp="{self.twin}#{ident}"' if self.twin else ""

    def _finish(self) -> None:
        """Count what was written and list what is silent."""
        for tags, count in self._tags.items():
            if count:
                self.markup.counts.update(dict.fromkeys(tags, count))
        if not self.reading:
            self.silent.gather()
            self.codes.update(code for code, _, _, _ in self.silent.mappings)

    def _content(self, line: Line, segments: Sequence[Segment], ident: str, silent: bool) -> str:
        """The words of a line, marked; those of a segment in a ``seg``."""
        tokens = self._tokens(line) if silent else None
        if tokens is None:
            items = self._inliner.items(line, silent=silent)
            groups = ((part, self._joined(inside)) for part, inside in segmented(items, segments))
        else:
            self.silent.lines.add(line.block.start)
            first, last = line.block.start, line.block.end
            if not segments:
                return self._said(first, last, tokens)
            groups = (
                (part, self._said(start, stop, inside))
                for part, start, stop, inside in cut_at(first, last, tokens, segments)
            )
        pieces = []
        for segment, words in groups:
            if segment is not None and words:
                name = f"{ident}.{segment.kind[0]}{segment.number}"
                self._tags["seg",] += 1
                words = (
                    f'<seg type="{segment.kind}" n="{segment.number}" xml:id="{name}"'
                    f"{self._twin(name)}>{words}</seg>"
                )
            pieces.append(words)
        return "".join(pieces)

    def _said(self, start: int, stop: int, tokens: Sequence[Token]) -> str:
        """``text[start:stop]`` with what stands for parts of it."""
        if not tokens:
            return self._text(start, stop)
        pieces = []
        for place, end, markup in tokens:
            if start < place:
                pieces.append(self._text(start, place))
            pieces.append(markup)
            start = end
        if start < stop:
            pieces.append(self._text(start, stop))
        return "".join(pieces)

    # Most changes lie apart from one another: their markup depends on nothing but their shape.

    def _tokens(self, line: Line) -> list[Token] | None:
        """What is marked in a line; None if some of it meets."""
        masks = self._inliner.masks(line)
        suspected = self._inliner.suspected(line)
        if not line.pieces and not suspected and not masks:
            return []
        apart = self._apart(line)
        if apart is None:
            return None
        if not suspected and not masks:
            return [token for change in apart for token in self._fill(*change)]
        # What lies between the changes, where nothing changed but widths.
        spans = []
        start, place = line.start, line.block.start
        for piece, _, left, right in apart:
            spans.append((start, piece.start - left, place - start))
            start, place = piece.end + right, piece.stop + right
        spans.append((start, line.end, place - start))
        kept = self._between(spans, masks, suspected)
        if kept is None:
            return None
        tokens = [self._token(item) for item in kept[0]]
        for (piece, change, left, right), behind in zip(apart, kept[1:], strict=True):
            tokens += self._fill(piece, change, left, right)
            tokens += [self._token(item) for item in behind]
        return tokens

    def _apart(self, line: Line) -> list[tuple[Piece, Change, int, int]] | None:
        """The changes of a line with the neighbours that they need: characters on each side."""
        found = []
        original, text = self.speech.base.original, self.speech.base.text
        last = line.block.start
        known = self._changes
        pieces = line.pieces
        for number, piece in enumerate(pieces):
            start, end, place, stop, edit = piece
            assert edit is not None
            key = edit[1:]
            if stop - place != len(key[1]) or end - start != len(key[0]):
                key = (original[start:end], text[place:stop], *edit[3:])
            change = known.get(key)
            if change is None:
                change = known[key] = self._prepare(key)
            if change.meets:
                return None
            left = right = 0
            if change.blank:
                behind = number + 1 < len(pieces)
                until = pieces[number + 1].place if behind else line.block.end
                # A neighbour that two would take makes them one.
                if (number and place - last < 2) or (behind and until - stop < 2):
                    return None
                left, right = int(place > last), int(stop < until)
                if not (text[place - left : place] + text[stop : stop + right]).strip():
                    return None
            found.append((piece, change, left, right))
            last = stop
        return found

    def _prepare(self, key: Key) -> Change:
        if "MAN" in key[2] and self.speech.base.meta.get("reviewers"):
            return Change([], False, True)  # who made it depends on the place
        return _change(key, self.source_language, self.reading)

    def _fill(self, piece: Piece, change: Change, left: int, right: int) -> Iterator[Token]:
        """The nodes of a change with their places and numbers."""
        text = self.speech.base.original
        for node in change.nodes:
            item = node.item
            if item.kind == WIDTH and not self.reading:
                self.silent.add(item.moved(piece.start, piece.place))
            if not node.tags:
                continue
            number = self._inliner.number(item)
            start, end = piece.start + item.start - left, piece.start + item.end + right
            place, stop = piece.place + item.place - left, piece.place + item.stop + right
            if self.reading and item.kind != LOSS:
                # It is no markup, but no segment ends inside of it.
                yield Token(place, stop, self._text(place, stop))
                continue
            ident = f"{self.speech.ident}.e{number}"
            self.codes.update(item.codes or ("unnamed",))
            if item.note and not self.reading:
                self._explain(item, number, ident)
            self._tags[node.tags] += 1
            old, new = node.old, node.new
            if left or right:
                first, last = text[start : start + left], text[end - right : end]
                old = self._escaped(first) + old + self._escaped(last)
            if item.kind != LOSS and (self.converted or left or right):
                new = self._text(place, stop)
            yield Token(
                place,
                stop,
                f'<{node.name} xml:id="{ident}" source="src:{start},{end}"'
                f"{node.head}{old}{node.middle}{new}{node.tail}",
            )

    def _escaped(self, words: str) -> str:
        return words if self._is_plain else self.markup.text(words)

    def _between(
        self,
        spans: Sequence[tuple[int, int, int]],
        masks: Sequence[tuple[int, int]],
        suspected: Sequence[Edit],
    ) -> list[list[Item]] | None:
        """Masks and suspicions in each span of kept words; None if one meets something.

        spans  (start, end, shift): ``original[start:end]``, how far it was shifted in the text
        """
        between = []
        mask = number = 0
        for start, end, shift in spans:
            found: list[Item] = []
            while mask < len(masks) and masks[mask][0] - shift < end:
                place, stop = masks[mask]
                mask += 1
                item = Item(MASK, place - shift, stop - shift, place, stop)
                if item.start < start or item.end > end or not self._is_kept(item.start, item.end):
                    return None
                found.append(item)
            while number < len(suspected) and suspected[number].start < end:
                edit = suspected[number]
                number += 1
                # Of what meets a change only the header tells.
                if start <= edit.start and edit.end <= end and self._is_kept(edit.start, edit.end):
                    span = (edit.start, edit.end, edit.start + shift, edit.end + shift)
                    found.append(Item(SUSPICION, *span, edit.codes, edit.certainty, edit.note))
            found.sort(key=_start)
            if any(two.start < one.end for one, two in pairwise(found)):
                return None
            between.append(found)
        return between if mask == len(masks) else None

    def _is_kept(self, start: int, end: int) -> bool:
        """Whether no edit lies in a part of the original; at its ends there may be some."""
        edits = self.speech.base.edits
        number = bisect_left(edits, (start,))
        if number and edits[number - 1][0] + len(edits[number - 1][1]) > start:
            return False
        if number < len(edits) and edits[number][0] == start and not edits[number][1]:
            number += 1  # something was put in before it
        return number == len(edits) or edits[number][0] >= end

    def _token(self, item: Item) -> Token:
        number = self._inliner.number(item)
        if item.kind == MASK and self._is_plain:
            return Token(item.place, item.stop, self._masked(item, number))
        return Token(item.place, item.stop, self._inline(item._replace(number=number)))

    def _masked(self, item: Item, number: str) -> str:
        self.masks = True
        self._tags["gap", "desc"] += 1
        lang = f' xml:lang="{self.source_language}"' if self.source_language else ""
        return (
            f'<gap xml:id="{self.speech.ident}.m{number}" source="src:{item.start},{item.end}"'
            f' resp="{RESP}" cert="high" ana="#mark.mask" reason="masked" unit="char"'
            f' extent="unknown"><desc{lang}>{self.speech.base.original[item.start : item.end]}'
            "</desc></gap>"
        )


_start = attrgetter("start")


# The same in all speeches of a run.
@lru_cache(maxsize=1024)
def _change(key: Key, language: str, reading: bool) -> Change:
    shape = SHAPES[key]
    nodes = templates(key, shape, language, reading)
    if nodes is None or (shape.blank and len(nodes) > 1):
        return Change([], shape.blank, True)
    return Change(nodes, shape.blank, False)
