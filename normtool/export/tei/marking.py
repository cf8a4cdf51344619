"""The markup inside a line: changes, losses, masks, suspicions; and what the header must know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from normtool.edits import Certainty
from normtool.export.tei.item import (
    CORRECTION,
    LOSS,
    MASK,
    SUPPLIED,
    SUSPICION,
    WIDTH,
    WORDS,
    Item,
)
from normtool.export.tei.markup import Markup
from normtool.export.tei.segments import Segment, segmented
from normtool.export.tei.speech import Speech

#: Who is responsible for everything that is marked.
RESP = "#normtool"
#: Gap rules that know that exactly one character is lost; the others do not know how many.
_ONE_LOST = ("GAP101",)


class Marker:
    """Writes the items of lines.

    reading    changes are made, not marked: for tools that print both branches of a choice
    mappings   for each change of width (code, old, new, certainty) the places in the original
    codes      the rules that the markup points at
    reasons    the ids of the elements for (number of the edit, codes, note)
    masks      whether a mask was marked
    suspicions the ids of what is marked as apparently wrong and was not changed
    """

    def __init__(
        self, speech: Speech, markup: Markup, *, source_language: str = "", reading: bool = False
    ) -> None:
        self.speech = speech
        self.markup = markup
        # Only a converted text has words in two scripts.
        self.source_language = source_language if speech.document.cleaned is not None else ""
        self.reading = reading
        self.mappings: dict[tuple[str, str, str, Certainty], list[int]] = {}
        self.codes: set[str] = set()
        self.reasons: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
        self.masks = False
        self.reviewers: dict[str, str] = {}  # the xml:id of each person with a change
        self.suspicions: dict[tuple[int, int], str] = {}  # ids by range of the original

    def _content(
        self, items: Sequence[Item], segments: Sequence[Segment], ident: str, twin: str
    ) -> str:
        """The items of a line, those of a segment in a ``seg``."""
        pieces = []
        for segment, inside in segmented(items, segments):
            words = self._joined(inside)
            if segment is not None and words:
                name = f"{ident}.{segment.kind[0]}{segment.number}"
                attributes = {
                    "type": segment.kind,
                    "n": str(segment.number),
                    "xml:id": name,
                    "corresp": f"{twin}#{name}" if twin else "",
                }
                words = self.markup.element("seg", attributes, words)
            pieces.append(words)
        return "".join(pieces)

    def _joined(self, items: Iterable[Item]) -> str:
        """The markup of neighbours; what is written as it is goes together."""
        pieces: list[str] = []
        start = stop = -1
        for item in items:
            if item.kind not in (WORDS, WIDTH):
                if start >= 0:
                    pieces.append(self.markup.text(self.speech.converted(start, stop)))
                    start = -1
                pieces.append(self._inline(item))
                continue
            if item.kind == WIDTH and not self.reading:
                self._remember(item)
            if start < 0:
                start = item.place
            stop = item.stop
        if start >= 0:
            pieces.append(self.markup.text(self.speech.converted(start, stop)))
        return "".join(pieces)

    def _ana(self, codes: tuple[str, ...]) -> str:
        """Pointers to the categories of rules; an edit by no rule has a category, too."""
        codes = codes or ("unnamed",)
        self.codes.update(codes)
        return " ".join(f"#rule.{code}" for code in codes)

    def _inline(self, item: Item) -> str:
        """The element of what is marked."""
        words = self.markup.text(self.speech.converted(item.place, item.stop))
        if self.reading and item.kind not in (LOSS, MASK):
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
        if item.note and not self.reading:
            why = (item.number.partition(".")[0], item.codes, item.note)
            self.reasons.setdefault(why, []).append(attributes["xml:id"])
        if item.kind == LOSS:
            lost = item.stop - item.place
            exact = lost > 1 or any(code in _ONE_LOST for code in item.codes)
            attributes |= {"reason": "lost", "unit": "char"}
            attributes |= {"quantity": str(lost)} if exact else {"extent": "unknown"}
            shown = item.end > item.start and not self.reading
            desc = self._source("desc", item) if shown else ""
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
        # One name for a person in all speeches of the document.
        number = list(dict.fromkeys(reviewers.values())).index(author) + 1
        self.reviewers[author] = f"reviewer.{number}"
        return f"#{self.reviewers[author]}"

    def _source(self, element: str, item: Item) -> str:
        """An element that holds the characters of the source, in its script."""
        words = self.markup.text(self.speech.base.original[item.start : item.end])
        return self.markup.element(element, {"xml:lang": self.source_language}, words)

    def _remember(self, item: Item) -> None:
        """List a silent change."""
        code = _reason(item.codes)
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


@lru_cache
def _reason(codes: tuple[str, ...]) -> str:
    """Of several reasons for a change of width the one that is not about breaks."""
    code = next((code for code in codes if code[:3] in ("PUN", "CHR")), "")
    return code or next((code for code in codes if code[:3] not in ("BRK", "FUR")), "unnamed")


def mapping_id(mapping: tuple[str, str, str, Certainty]) -> str:
    """The xml:id of the category that says which mark became which."""
    code, old, new, _ = mapping
    return f"rule.{code}.{ord(old):04X}-{ord(new):04X}"
