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
from normtool.export.tei.item import (
    CHANGE,
    CORRECTION,
    LOSS,
    MASK,
    SUPPLIED,
    SUSPICION,
    WIDTH,
    Item,
)
from normtool.export.tei.lines import Line
from normtool.export.tei.markup import Markup
from normtool.export.tei.speech import Speech
from normtool.numbering import parse

#: Who is responsible for everything that is marked.
RESP = "#normtool"
#: Gap rules that know that exactly one character is lost; the others do not know how many.
_ONE_LOST = ("GAP101",)


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


class Body:
    """Writes the lines of a speech.

    lines      finished lines of markup, indented
    mappings   for each change of width (code, old, new, certainty) the places in the original
    codes      the rules that the markup points at
    reasons    the ids of the elements for (number of the edit, codes, note)
    masks      whether a mask was marked
    suspicions the ids of what is marked as apparently wrong and was not changed
    """

    def __init__(
        self, speech: Speech, markup: Markup, *, twin: str = "", source_language: str = ""
    ) -> None:
        self.speech = speech
        self.markup = markup
        self.twin = twin
        # Only a converted text has words in two scripts.
        self.source_language = source_language if speech.document.cleaned is not None else ""
        self.lines: list[str] = []
        self.mappings: dict[tuple[str, str, str, Certainty], list[int]] = {}
        self.codes: set[str] = set()
        self.reasons: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
        self.masks = False
        self.reviewers: dict[str, str] = {}  # the xml:id of each person with a change
        self.suspicions: dict[tuple[int, int], str] = {}  # ids by range of the original
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
        ident = self._open[-1].name(kind)
        attributes = {
            **(more or {}),
            "xml:id": ident,
            "source": f"src:{line.start},{line.end}",
            **self._inferred(line),
            "corresp": self._twin(ident),
        }
        # Of a byline no reader undoes the silent changes: they are marked like all others.
        items = self._inliner.items(line, silent=element != "byline")
        content = "".join(map(self._inline, items))
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

    def _ana(self, codes: tuple[str, ...]) -> str:
        """Pointers to the categories of rules; an edit by no rule has a category, too."""
        codes = codes or ("unnamed",)
        self.codes.update(codes)
        return " ".join(f"#rule.{code}" for code in codes)

    def _inline(self, item: Item) -> str:
        words = self.markup.text(self.speech.converted(item.place, item.stop))
        if item.kind == WIDTH:
            self._remember(item)
            return words
        if item.kind not in (CHANGE, CORRECTION, SUPPLIED, LOSS, MASK, SUSPICION):
            return words
        letter = {MASK: "m", SUSPICION: "s"}.get(item.kind, "e")
        attributes = {
            "xml:id": f"{self.speech.ident}.{letter}{item.number}",
            "source": f"src:{item.start},{item.end}",
            "resp": self._responsible(item.codes, item.start),
            "cert": item.certainty.name.lower(),
        }
        if item.kind == MASK:
            self.masks = True
            attributes |= {"ana": "#mark.mask", "reason": "masked"}
            attributes |= {"unit": "char", "extent": "unknown"}
            return self.markup.element("gap", attributes, self._source("desc", item))
        attributes["ana"] = self._ana(item.codes)
        if item.kind == SUSPICION:
            # The proposal and its reason are in the header, where no reader takes it for text.
            self.suspicions[item.start, item.end] = attributes["xml:id"]
            # What is wrong cannot be converted: another script would guess at the right word.
            attributes["xml:lang"] = self.source_language
            source = self.speech.base.original[item.start : item.end]
            return self.markup.element("sic", attributes, self.markup.text(source))
        if item.note:
            why = (item.number.partition(".")[0], item.codes, item.note)
            self.reasons.setdefault(why, []).append(attributes["xml:id"])
        if item.kind == LOSS:
            lost = item.stop - item.place
            exact = lost > 1 or any(code in _ONE_LOST for code in item.codes)
            attributes |= {"reason": "lost", "unit": "char"}
            attributes |= {"quantity": str(lost)} if exact else {"extent": "unknown"}
            desc = self._source("desc", item) if item.end > item.start else ""
            return self.markup.element("gap", attributes, desc)
        if item.kind == SUPPLIED:
            attributes["reason"] = "omitted-in-source"
            return self.markup.element("supplied", attributes, words)
        if item.kind == CORRECTION:
            cert = {"cert": attributes.pop("cert")}
            pair = self._source("sic", item) + self.markup.element("corr", cert, words)
        else:
            pair = self._source("orig", item) + self.markup.element("reg", None, words)
        return self.markup.element("choice", attributes, pair)

    def _responsible(self, codes: tuple[str, ...], start: int) -> str:
        """Who made a change: this program, or the reviewer of a file that came back."""
        reviewers = self.speech.base.meta.get("reviewers") or {}
        if "MAN" not in codes or not reviewers:
            return RESP
        # Of an edit that is written in several pieces each is by who made the edit.
        start = max((place for place in map(int, reviewers) if place <= start), default=-1)
        author = reviewers.get(str(start), "")
        if not author:
            return RESP
        self.reviewers.setdefault(author, f"reviewer.{len(self.reviewers) + 1}")
        return f"#{self.reviewers[author]}"

    def _source(self, element: str, item: Item) -> str:
        """An element that holds the characters of the source, in its script."""
        words = self.markup.text(self.speech.base.original[item.start : item.end])
        return self.markup.element(element, {"xml:lang": self.source_language}, words)

    def _remember(self, item: Item) -> None:
        """List a silent change; of several reasons the one that is not about breaks."""
        code = next((code for code in item.codes if code[:3] in ("PUN", "CHR")), "")
        code = code or next((c for c in item.codes if c[:3] not in ("BRK", "FUR")), "unnamed")
        self.codes.add(code)
        old = self.speech.base.original[item.start : item.end]
        new = self.speech.base.text[item.place : item.stop]
        self.mappings.setdefault((code, old, new, item.certainty), []).append(item.start)

    @property
    def stand_off(self) -> list[str]:
        """The silent changes: one annotation a mapping, no text (naive readers would print it)."""
        if not self.mappings:
            return []
        ident = self.speech.ident
        lines = [f'<standOff xml:id="{ident}.standOff">']
        lines.append('  <listAnnotation type="silentNormalization">')
        for number, (mapping, places) in enumerate(self.mappings.items(), start=1):
            target = " ".join(f"src:{place},{place + 1}" for place in places)
            cert = mapping[3].name.lower()
            lines.append(
                f'    <annotation xml:id="{ident}.n{number}" motivation="editing" resp="{RESP}"'
                f' cert="{cert}" ana="#{mapping_id(mapping)}" target="{target}"/>'
            )
        return [*lines, "  </listAnnotation>", "</standOff>"]


def mapping_id(mapping: tuple[str, str, str, Certainty]) -> str:
    """The xml:id of the category that says which mark became which."""
    code, old, new, _ = mapping
    return f"rule.{code}.{ord(old):04X}-{ord(new):04X}"
