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
from itertools import pairwise
from operator import attrgetter

from normtool.edits import Edit
from normtool.export.tei.item import LOSS, MASK, SUSPICION, WIDTH, Item
from normtool.export.tei.lines import Line, Piece
from normtool.export.tei.marking import Marker
from normtool.export.tei.markup import Markup, escape_attribute
from normtool.export.tei.segments import Segment, Token, cut_at, segmented
from normtool.export.tei.shape import Key
from normtool.export.tei.simple import Change, Simple, change_of, shared_of
from normtool.export.tei.speech import Speech
from normtool.export.tei.templates import RESP
from normtool.native import native


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
        shared = shared_of(self, self._changes, self._prepare, self._inferred)
        self._simple = Simple(self, self._inliner, shared, reading)

    def _inferred(self, line: Line) -> str:
        """The attributes of a line that tell who began it, where the source did not."""
        raise NotImplementedError

    def _twin(self, ident: str) -> str:
        """The attribute that points at the same element in the other script."""
        return f' corresp="{self.twin}#{ident}"' if self.twin else ""

    def _finish(self) -> None:
        """Count what was written and list what is silent."""
        for change, times in self._simple.used():
            self._tags[change.nodes[0].tags] += times
            self.codes.update(change.nodes[0].item.codes or ("unnamed",))
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
        if native:
            words: str = native.said(self._simple.shared, start, stop, tokens)
            return words
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
        # Of nearly all lines each change is one node, and they are written in one go.
        marks = self._simple.marks(line)
        apart = self._apart(line) if marks is None else []
        if apart is None:
            return None
        if not suspected and not masks:
            if marks is None:
                return [token for change in apart for token in self._fill(*change)]
            self._simple.keep()
            return [Token(place, stop, markup) for place, stop, markup, _, _ in marks]
        # What lies between the changes, where nothing changed but widths.
        spans = []
        start, place = line.start, line.block.start
        ends = [(first, last, stop) for _, stop, _, first, last in marks or ()]
        for piece, _, left, right in apart:
            ends.append((piece.start - left, piece.end + right, piece.stop + right))
        for first, last, stop in ends:
            spans.append((start, first, place - start))
            start, place = last, stop
        spans.append((start, line.end, place - start))
        kept = self._between(spans, masks, suspected)
        if kept is None:
            self._simple.forget()
            return None
        tokens = [self._token(item) for item in kept[0]]
        if marks is not None:
            self._simple.keep()
            for (place, stop, markup, _, _), behind in zip(marks, kept[1:], strict=True):
                tokens.append(Token(place, stop, markup))
                tokens += [self._token(item) for item in behind]
            return tokens
        for change, behind in zip(apart, kept[1:], strict=True):
            tokens += self._fill(*change)
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
                change = self._prepare(key)
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
            change = Change([], False, True, None)  # who made it depends on the place
        else:
            change = change_of(key, self.source_language, self.reading)
        self._changes[key] = change
        return change

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
                self.explain(item, number, ident)
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
