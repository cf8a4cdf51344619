"""The text of a speech: flat lines, nested by their levels as they are written."""

from __future__ import annotations

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
from normtool.edits import Certainty
from normtool.export.tei.inline import Inliner
from normtool.export.tei.lines import Line
from normtool.export.tei.marking import RESP, Marker
from normtool.export.tei.markup import Markup
from normtool.export.tei.segments import Segment, enumerated, sentences
from normtool.export.tei.speech import Speech
from normtool.numbering import parse


class Division:
    """The body, or a ``div`` that is open."""

    def __init__(self, ident: str, kind: str, level: int) -> None:
        self.ident = ident
        self.kind = kind
        self.level = level
        self.divisions = 0
        self.counts: dict[str, int] = {}
        #: Whether only heads, bylines and salutations have come so far.
        self.at_top = True

    def name(self, kind: str) -> str:
        """The id of the next child: sp1.h, then sp1.h2; but sp1.p1, sp1.p2."""
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"{self.ident}.{kind}{number if number > 1 or kind == 'p' else ''}"


class Body(Marker):
    """Writes the lines of a speech.

    lines      finished lines of markup, indented
    sentences  whether each sentence is a ``seg``
    idents     the id of each line that has one, by where its block begins
    """

    def __init__(
        self,
        speech: Speech,
        markup: Markup,
        *,
        twin: str = "",
        source_language: str = "",
        reading: bool = False,
        sentences: bool = False,
    ) -> None:
        super().__init__(speech, markup, source_language=source_language, reading=reading)
        self.twin = twin
        self.sentences = sentences
        self.lines: list[str] = []
        self.idents: dict[int, str] = {}
        self._inliner = Inliner(speech.base, speech.suggestions)
        self._open = [Division(speech.ident, "body", -1)]
        self._write()

    def _write(self) -> None:
        self._put(self.markup.start("body", {"xml:space": "preserve"}), 0)
        lines = self.speech.lines
        headings = [place for place, line in enumerate(lines) if line.block.kind == HEADING]
        last_heading = headings[-1] if headings else -1
        for place, line in enumerate(lines):
            self._add(line, place > last_heading)
        if len(self._open) == 1 and not (
            self._open[0].counts.get("p", 0) + self._open[0].divisions
        ):
            # A body of nothing but a title is no valid text.
            self._put(self.markup.element("p"))
        while len(self._open) > 1:
            self._close()
        self._put("</body>", 0)

    def _add(self, line: Line, after_headings: bool) -> None:
        kind = line.block.kind
        body, here = self._open[0], self._open[-1]
        finishes = after_headings and body.divisions > 0 and here.kind != "conclusion"
        if kind == BLANK:
            source = {"unit": "stanza", "source": f"src:{line.start},{line.end}"}
            self._put(self.markup.element("milestone", source))
        elif kind == HEADING:
            self._open_division("section", max(line.block.level, 1))
            self._block("head", "h", line)
        elif kind in (TITLE, SUBTITLE):
            if not here.at_top:
                self._open_division("part", 0)
            self._block("head", "h", line, {"type": "sub"} if kind == SUBTITLE else {})
        elif kind == BYLINE and here.at_top:
            self._block("byline", "byline", line)
        elif kind == SALUTATION and (here.at_top or finishes):
            if not here.at_top:
                self._open_division("conclusion", 0)
            self._put(self.markup.start("opener"))
            self._block("salute", "salute", line, deeper=1)
            self._put("</opener>")
        else:
            if kind == CLOSING and finishes:
                self._open_division("conclusion", 0)
            number = parse(self.speech.base.line(line.block).lstrip()) if kind == ITEM else None
            self._block("p", "p", line, {"n": str(number.value)} if number else {})
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
        division = Division(f"{around.ident}.{around.divisions}", kind, level)
        attributes = {
            "type": name,
            "n": str(around.divisions),
            "xml:id": division.ident,
            "corresp": self._twin(division.ident),
        }
        self._put(self.markup.start("div", attributes))
        self._open.append(division)

    def _close(self) -> None:
        self._open.pop()
        self._put("</div>")

    def _put(self, markup: str, depth: int | None = None) -> None:
        self.lines.append("  " * (len(self._open) if depth is None else depth) + markup)

    def _twin(self, ident: str) -> str:
        return f"{self.twin}#{ident}" if self.twin else ""

    def _block(
        self,
        element: str,
        kind: str,
        line: Line,
        more: dict[str, str] | None = None,
        deeper: int = 0,
    ) -> None:
        """Write one line; what the source did not have says who put it there, and how surely."""
        ident = self.idents[line.block.start] = self._open[-1].name(kind)
        attributes = {
            **(more or {}),
            "xml:id": ident,
            "source": f"src:{line.start},{line.end}",
            **self._inferred(line),
            "corresp": self._twin(ident),
        }
        # Of a byline no reader undoes the silent changes: they are marked like all others.
        items = self._inliner.items(line, silent=element != "byline")
        segments = self._segments(line) if element == "p" else []
        content = self._content(items, segments, ident, self.twin)
        markup = self.markup.element(element, attributes, content)
        self._put(markup, len(self._open) + deeper)

    def _inferred(self, line: Line) -> dict[str, str]:
        certainty = line.block.certainty
        if line.inferred is None:
            if certainty == Certainty.HIGH:
                return {}
            return {"resp": RESP, "cert": certainty.name.lower()}
        codes = line.inferred.codes
        codes = tuple(code for code in codes if code.startswith("BRK")) or codes
        certainty = min(certainty, line.inferred.certainty)
        resp = self._responsible(line.inferred.codes, line.inferred.start)
        return {"resp": resp, "cert": certainty.name.lower(), "ana": self._ana(codes)}

    def _segments(self, line: Line) -> list[Segment]:
        """The sentences of a paragraph if they are wanted, else 一是…二是…."""
        words = self.speech.base.line(line.block)
        found = sentences(words) if self.sentences else enumerated(words)
        return [segment.moved(line.block.start) for segment in found]
