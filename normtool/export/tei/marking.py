"""The markup of what is marked in a line, piece by piece; and what the header must know of it."""

from __future__ import annotations

from collections.abc import Iterable

from normtool.export.tei.inline import Inliner
from normtool.export.tei.item import CORRECTION, LOSS, MASK, SUPPLIED, SUSPICION, WIDTH, WORDS, Item
from normtool.export.tei.markup import Markup, is_plain
from normtool.export.tei.silent import Silent
from normtool.export.tei.speech import Speech
from normtool.export.tei.templates import RESP, loss, pointers


class Marker:
    """Writes the items of lines.

    reading    changes are made, not marked: for tools that print both branches of a choice
    silent     the changes of width, which are not marked
    codes      the rules that the markup points at
    reasons    the ids of the elements for (number of the edit, codes, note)
    masks      whether a mask was marked
    suspicions the ids of what is marked as apparently wrong and was not changed
    unconverted the same in the text: there it stays in the script of the source
    """

    def __init__(
        self, speech: Speech, markup: Markup, *, source_language: str = "", reading: bool = False
    ) -> None:
        base = speech.base
        self.speech = speech
        self.markup = markup
        # Only a converted text has words in two scripts.
        self.converted = speech.document.cleaned is not None
        self.source_language = source_language if self.converted else ""
        self.reading = reading
        self.silent = Silent(speech)
        self.codes: set[str] = set()
        self.reasons: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
        self.masks = False
        self.reviewers: dict[str, str] = {}  # the xml:id of each person with a change
        self.suspicions: dict[tuple[int, int], str] = {}  # ids by range of the original
        self.unconverted: list[tuple[int, int]] = []
        self._inliner = Inliner(speech)
        lines = speech.lines
        #: Whether everything can stand as it is: one look at all of it, not one at each line.
        self._is_plain = True
        if lines:
            original = base.original[lines[0].start : lines[-1].end]
            words = speech.converted(lines[0].block.start, lines[-1].block.end)
            self._is_plain = is_plain(words) and (words == original or is_plain(original))

    def _text(self, start: int, stop: int) -> str:
        """``text[start:stop]`` as content."""
        words = self.speech.converted(start, stop)
        return words if self._is_plain else self.markup.text(words)

    def _joined(self, items: Iterable[Item]) -> str:
        """The markup of neighbours; what is written as it is goes together."""
        pieces: list[str] = []
        start = stop = -1
        for item in items:
            if item.kind not in (WORDS, WIDTH):
                if start >= 0:
                    pieces.append(self._text(start, stop))
                    start = -1
                pieces.append(self._inline(item))
                continue
            if item.kind == WIDTH and not self.reading:
                self.silent.add(item)
            if start < 0:
                start = item.place
            stop = item.stop
        if start >= 0:
            pieces.append(self._text(start, stop))
        return "".join(pieces)

    def _ana(self, codes: tuple[str, ...]) -> str:
        """Pointers to rules, which the header will declare."""
        self.codes.update(codes or ("unnamed",))
        return pointers(codes)

    def _inline(self, item: Item) -> str:
        """The element of what is marked."""
        if self.reading and item.kind not in (LOSS, MASK):
            return self._text(item.place, item.stop)
        letter = {MASK: "m", SUSPICION: "s"}.get(item.kind, "e")
        attributes = {
            "xml:id": f"{self.speech.ident}.{letter}{item.number}",
            "source": f"src:{item.start},{item.end}",
            "resp": self.responsible(item.codes, item.start),
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
            self.unconverted.append((item.place, item.stop))
            # What is wrong cannot be converted: another script would guess at the right word.
            attributes["xml:lang"] = self.source_language
            source = self.speech.base.original[item.start : item.end]
            return self.markup.element("sic", attributes, self.markup.text(source))
        if item.note and not self.reading:
            self.explain(item, item.number, attributes["xml:id"])
        if item.kind == LOSS:
            shown = item.end > item.start and not self.reading
            desc = self._source("desc", item) if shown else ""
            return self.markup.element("gap", attributes | loss(item), desc)
        words = self._text(item.place, item.stop)
        if item.kind == SUPPLIED:
            attributes["reason"] = "omitted-in-source"
            return self.markup.element("supplied", attributes, words)
        if item.kind == CORRECTION:
            cert = {"cert": attributes.pop("cert")}
            pair = self._source("sic", item) + self.markup.element("corr", cert, words)
        else:
            pair = self._source("orig", item) + self.markup.element("reg", None, words)
        return self.markup.element("choice", attributes, pair)

    def explain(self, item: Item, number: str, ident: str) -> None:
        """Keep the reason of a change for the header; its parts share it."""
        why = (number.partition(".")[0], item.codes, item.note)
        self.reasons.setdefault(why, []).append(ident)

    def responsible(self, codes: tuple[str, ...], start: int) -> str:
        """Who made a change: this program, or the reviewer of a file that came back."""
        reviewers = self.speech.base.meta.get("reviewers") or {}
        if "MAN" not in codes or not reviewers:
            return RESP
        # Of an edit that is written in several pieces each is by who made the edit; some take
        # the character before them in.
        earlier = max((place for place in map(int, reviewers) if place <= start), default=-1)
        places = map(str, (start, start + 1, earlier))
        author = next((reviewers[place] for place in places if place in reviewers), "")
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
