"""The text of a speech: flat lines, nested by their levels as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from normtool.document import (
    BLANK,
    BYLINE,
    CLOSING,
    HEADING,
    ITEM,
    SALUTATION,
    SUBTITLE,
    TITLE,
)
from normtool.edits import HIGH, Certainty
from normtool.export.tei.alternatives import Alternatives
from normtool.export.tei.div import Div
from normtool.export.tei.lines import Line
from normtool.export.tei.markup import Markup, format_attributes, not_plain_in, to_bytes
from normtool.export.tei.paragraphs import TAKES_CHANGES, paragraphs
from normtool.export.tei.segments import FIRST, Segment, enumerated, sentences
from normtool.export.tei.speech import Speech
from normtool.export.tei.templates import RESP, pointers
from normtool.export.tei.words import Words
from normtool.numbering import parse


class Body(Words):
    """Writes the lines of a speech.

    text         the finished ``body``, indented
    sentences    whether each sentence is a ``seg``
    has_parts    whether there are numbered parts, and parts of these
    idents       the id of each line that has one, by where its block begins
    alternatives what the conversion could have written as well
    """

    def __init__(
        self,
        speech: Speech,
        markup: Markup,
        *,
        margin: str = "",
        twin: str = "",
        source_language: str = "",
        reading: bool = False,
        sentences: bool = False,
    ) -> None:
        super().__init__(
            speech, markup, twin=twin, source_language=source_language, reading=reading
        )
        self.sentences = sentences
        self.alternatives = Alternatives()
        self.idents: dict[int, str] = {}
        self.has_parts = self.has_subsections = False
        self._lines: list[str] = []
        self._brought: dict[tuple[tuple[str, ...], Certainty], str] = {}
        self._margin = margin
        self._pad = margin + "  "
        self._open = [Div(speech.ident, "body", -1)]
        self._write()
        self.text = "\n".join([*self._lines, ""])
        if self.converted and not reading:
            self.alternatives.gather(self)

    def _write(self) -> None:
        self._lines.append(f'{self._margin}<body xml:space="preserve">')
        self._tags["body",] += 1
        self._write_lines()
        if len(self._open) == 1 and not (
            self._open[0].counts.get("p", 0) + self._open[0].divisions
        ):
            # A body of nothing but a title is no valid text.
            self._put("<p/>")
            self._tags["p",] += 1
        while len(self._open) > 1:
            self._close()
        self._lines.append(f"{self._margin}</body>")
        self._finish()

    def in_bytes(self) -> bytes:
        """The text in UTF-8."""
        if self._is_plain:
            return self.text.encode()
        return to_bytes(self.text, self.speech.document.name)

    def _write_lines(self) -> None:
        lines = self.speech.lines
        headings = [place for place, line in enumerate(lines) if line[0][0] == HEADING]
        last_heading = headings[-1] if headings else -1
        special, suspected = self._special_places()
        speech, has_sentences = self.speech, self.sentences
        paragraphs_at: list[int] = []
        place, count = 0, len(lines)
        while place < count:
            line = lines[place]
            (_, first, last, _, _, _), start, end, pieces, _ = line
            while special[-1] < first:
                special.pop()
            while suspected[-1] < start:
                suspected.pop()
            words = ""
            is_simple = not pieces or TAKES_CHANGES
            if is_simple and not (has_sentences or last > special[-1] or end > suspected[-1]):
                # Nearly all lines are paragraphs in which little is marked: a run of them at once.
                here = self._open[-1]
                known = here.counts.get("p", 0)
                written = paragraphs(
                    self._simple.shared,
                    lines,
                    place,
                    known,
                    special[-1],
                    suspected[-1],
                    self._simple.edits,
                    self._pad,
                    here.ident,
                    self.twin,
                    self._lines,
                    paragraphs_at,
                )
                if written:
                    self._simple.keep()
                    here.at_top = False
                    here.counts["p"] = known + written
                    place += written
                    if self.converted:
                        named = enumerate(paragraphs_at[-written:], known + 1)
                        self.idents |= {at: f"{here.ident}.p{number}" for number, at in named}
                    continue
                words = "" if pieces else speech.converted(first, last)
            self._add(line, place > last_heading, words)
            place += 1
        self.silent.lines.update(paragraphs_at)
        self._tags["p",] += len(paragraphs_at)

    def take(self, other: Body, codes: set[str], characters: set[str]) -> None:
        """Know what another body has: this one is that of a corpus.

        ``codes`` and ``characters``: what its header points at, too.
        """
        self.codes |= codes
        for silent in other.silent.mappings:
            self.silent.mappings.setdefault(silent, [])
        self.alternatives.forms |= other.alternatives.forms
        self.masks |= other.masks
        self.sentences |= other.sentences
        self.has_parts |= other.has_parts
        self.has_subsections |= other.has_subsections
        self.reviewers |= other.reviewers
        self.markup.counts += other.markup.counts
        self.markup.characters |= other.markup.characters | characters

    def _add(self, line: Line, after_headings: bool, words: str) -> None:
        """Write a line. ``words``: of one in which nothing is marked, else ""."""
        kind = line.block.kind
        body, here = self._open[0], self._open[-1]
        finishes = after_headings and body.divisions > 0 and here.kind != "conclusion"
        if kind == BLANK:
            self._put(f'<milestone unit="stanza" source="src:{line.start},{line.end}"/>')
            self._tags["milestone",] += 1
        elif kind == HEADING:
            self._open_division("section", max(line.block.level, 1))
            self._block("head", "h", line, words)
        elif kind in (TITLE, SUBTITLE):
            if not here.at_top:
                self._open_division("part", 0)
            self._block("head", "h", line, words, ' type="sub"' if kind == SUBTITLE else "")
        elif kind == BYLINE and here.at_top:
            # Of a byline no reader undoes the silent changes: they are marked like all others.
            self._block("byline", "byline", line, "")
        elif kind == SALUTATION and (here.at_top or finishes):
            if not here.at_top:
                self._open_division("conclusion", 0)
            self._put("<opener>")
            self._tags["opener",] += 1
            self._block("salute", "salute", line, words, margin="  ")
            self._put("</opener>")
        else:
            if kind == CLOSING and finishes:
                self._open_division("conclusion", 0)
            number = parse(self.speech.base.line(line.block).lstrip()) if kind == ITEM else None
            self._block("p", "p", line, words, f' n="{number.value}"' if number else "")
            self._open[-1].at_top = False

    def _open_division(self, kind: str, level: int) -> None:
        while len(self._open) > 1 and (
            self._open[-1].level >= level or self._open[-1].kind == "conclusion"
        ):
            self._close()
        around = self._open[-1]
        around.divisions += 1
        around.at_top = False
        if kind == "section" and any(division.kind == kind for division in self._open):
            name = "subsection"
        else:
            name = kind
        division = Div(f"{around.ident}.{around.divisions}", kind, level)
        self.has_parts = True
        self.has_subsections = self.has_subsections or name == "subsection"
        self._put(
            f'<div type="{name}" n="{around.divisions}" xml:id="{division.ident}"'
            f"{self._twin(division.ident)}>"
        )
        self._tags["div",] += 1
        self._open.append(division)
        self._pad += "  "

    def _close(self) -> None:
        self._open.pop()
        self._pad = self._pad[:-2]
        self._put("</div>")

    def _put(self, markup: str) -> None:
        self._lines.append(self._pad + markup)

    def _block(
        self, element: str, kind: str, line: Line, words: str, more: str = "", margin: str = ""
    ) -> None:
        """Write one line; what the source did not have says who put it there, and how surely."""
        ident = self.idents[line.block.start] = self._open[-1].name(kind)
        inferred = self._inferred(line)
        if words:
            self.silent.lines.add(line.block.start)
            content = words
        else:
            segments = self._segments(line) if element == "p" else ()
            content = self._content(line, segments, ident, element != "byline")
        self._tags[element,] += 1
        tag = (
            f'{element}{more} xml:id="{ident}" source="src:{line.start},{line.end}"{inferred}'
            f"{self._twin(ident)}"
        )
        end = f">{content}</{element}>" if content else "/>"
        self._lines.append(f"{self._pad}{margin}<{tag}{end}")

    def _inferred(self, line: Line) -> str:
        (_, _, _, _, _, certainty), _, _, _, edit = line
        if edit is None:
            if certainty == HIGH:
                return ""
            return f' resp="{RESP}" cert="{certainty.name.lower()}"'
        start, _, _, codes, sure, _, _, _ = edit
        key = (codes, certainty if certainty < sure else sure)
        said = self._brought.get(key)
        if said is None:
            reasons = break_codes(codes)
            self.codes.update(reasons)
            said = _brought(self.responsible(codes, start), key[1], reasons)
            if "MAN" not in codes:  # whoever made it, depends on the place
                self._brought[key] = said
        return said

    def _special_places(self) -> tuple[list[int], list[int]]:
        """Where a line is not simple: in the text, and, of suspicions, in the original.

        Masks may be there, members of 一是…二是…, characters to be escaped.

        Backwards, and with a place beyond all others first: the nearest is at the end.
        """
        text, lines, beyond = self.speech.base.text, self.speech.lines, 1 << 60
        places = list(self._inliner.signs)
        place, until = (lines[0].block.start, lines[-1].block.end) if lines else (0, 0)
        if not self._is_plain:
            places += not_plain_in(text, place, until)
        while (place := text.find(FIRST, place, until)) >= 0:
            places.append(place)
            place += 1
        suspected = sorted(self._inliner.suspected_at, reverse=True)
        return [beyond, *sorted(places, reverse=True)], [beyond, *suspected]

    def _segments(self, line: Line) -> Sequence[Segment]:
        """The sentences of a paragraph if they are wanted, else 一是…二是…."""
        words = self.speech.base.line(line.block)
        if self.sentences:
            found = sentences(words)
        elif FIRST in words:
            found = enumerated(words)
        else:
            return ()
        return [segment.moved(line.block.start) for segment in found]


@lru_cache
def break_codes(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Of the reasons of an edit those for its break."""
    found = tuple(code for code in codes if code.startswith("BRK"))
    return found or codes or ("unnamed",)


@lru_cache
def _brought(resp: str, certainty: Certainty, codes: tuple[str, ...]) -> str:
    """The attributes that tell who began an element here, how surely and why."""
    cert = certainty.name.lower()
    return format_attributes({"resp": resp, "cert": cert, "ana": pointers(codes)})
