"""Quotation marks of the regions: “ ‘ ’ ” of the mainland, 「 『 』 」 of Taiwan and Hong Kong.

Mark for mark, so that one style leads back to the other. Only what is paired within
its line is exchanged: a line in which a mark lacks its partner, or stands inside a pair
of its own kind, stays whole, and is reported. An apostrophe, an inch, a quotation in a
foreign sentence and whatever ``notation`` finds are no Chinese quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from normtool.align import runs
from normtool.chinese import HAN_RANGES
from normtool.document import Document
from normtool.edits import HIGH, SAFE, SCRIPT, Edit, compose
from normtool.notation import inside, notation
from normtool.origin import original_lines, ranges
from normtool.patterns import later

KEEP, CORNER, CURLY = "keep", "corner", "curly"
#: What ``--quotes`` may be.
STYLES = (KEEP, CORNER, CURLY)

_CODE = ("SCR103",)
_MARKS = {CURLY: "“”‘’", CORNER: "「」『』"}
#: The marks of both styles.
QUOTES = "“”‘’「」『』"
_OTHER = {CURLY: CORNER, CORNER: CURLY}
_PARTNER = dict(zip("”’」』", "“‘「『", strict=True))
_MARK = later("[“”‘’「」『』]")
_LATIN = "A-Za-z\u00c0-\u024f"
#: Beside a mark: perhaps an apostrophe or an inch, or something foreign.
_BESIDE = f"[ -~{_LATIN}]"
_PLAIN = f"(?!{_BESIDE})[^“”‘’「」『』\\n]*(?<!{_BESIDE})"
# Pairs with nothing of the kind beside them. Each pattern begins with a literal, so
# that the text is searched and not walked.
_EASY = {
    style: (
        later(f"{a}(?<!{_BESIDE}{a}){_PLAIN}(?:{c}{_PLAIN}{d}{_PLAIN})*{b}(?!{_BESIDE})"),
        later(f"{c}(?<!{_BESIDE}{c}){_PLAIN}{d}(?!{_BESIDE})"),
    )
    for style, (a, b, c, d) in ((style, tuple(marks)) for style, marks in _MARKS.items())
}
_LATIN_WORD = later(f"[{_LATIN}]+")
_LATIN_LETTER = later(f"[{_LATIN}]")
_HAN = later(f"[{HAN_RANGES}]")
_CHINESE = later(f"[{HAN_RANGES}、。〈〉《》，；：！？（）]")
#: How far from a mark the language of its sentence is looked for.
_NEAR = 80
#: A letter of any script: what tells the language of a sentence.
_LETTER = later(f"[{HAN_RANGES}{_LATIN}]")
_NOT_PLAIN = later(_BESIDE)


def exchange(text: str, style: str) -> tuple[str, list[int]]:
    """Return the text with its quotation marks in a style, and the lines that were left.

    ``style`` is corner, curly or keep. The text keeps its length. The lines (numbers from
    1) are those that have marks of the other style which are not paired.
    """
    if style == KEEP:
        return text, []
    ours, theirs = _MARKS[_OTHER[style]], _MARKS[style]
    if not any(mark in text for mark in ours):
        return text, []
    table = str.maketrans(ours, theirs)
    protected = notation(text)
    done = text
    if not protected and not any(mark in text for mark in theirs):
        for pattern, mark in zip(_EASY[_OTHER[style]], ours[::2], strict=True):
            if mark in done:
                done = pattern.sub(lambda pair: pair[0].translate(table), done)
    pieces, left = [], []
    end, number = 0, 1
    for start, stop in _lines(done, ours):
        number += text.count("\n", end, start)
        places = _places(text, start, stop, ours, protected)
        if places is None:
            left.append(number)
            places = []
        pieces.append(done[end:start])
        line = list(text[start:stop])
        for place in places:
            line[place - start] = line[place - start].translate(table)
        pieces.append("".join(line))
        end = stop
    return "".join([*pieces, done[end:]]), left


def quote_edits(before: str, after: str) -> list[Edit]:
    """The sound edits that lead from a text to what ``exchange`` made of it."""
    return [
        Edit(start, before[start:end], after[start:end], _CODE, HIGH, SAFE, SCRIPT)
        for start, end in runs(before, after)
    ]


def exchange_quotes(document: Document, style: str) -> Document:
    """Return a converted document with its quotation marks in a style: keep, corner, curly.

    The edits (SCR103) join its ``script_edits``; block for block it is the same. Lines
    that were left are a warning. A document that was not converted, or has no such mark,
    is returned as it is. Raises ValueError for another style.
    """
    if style not in STYLES:
        raise ValueError(f"there is no style of quotes {style!r}; there are: {', '.join(STYLES)}")
    if document.cleaned is None or style == KEEP:
        return document
    text, left = exchange(document.text, style)
    if text == document.text and not left:
        return document
    meta = exchanged_words(document.meta, lambda words: exchange(words, style)[0])
    if left:
        meta["warnings"] = [*meta.get("warnings", ()), _left(document, left, style)]
    meta["script"] = {**meta.get("script", {}), "quotes": style}
    return _Quoted(document, text, meta)


def _left(document: Document, lines: list[int], style: str) -> dict[str, Any]:
    found = original_lines(document, lines)
    return {
        "speech": 0,
        "code": "quotes-left",
        "message": f"quotation marks without their partner in line {ranges(found)} "
        f"are left as they were, not made {style}",
    }


def exchanged_words(meta: dict[str, Any], convert: Any) -> dict[str, Any]:
    """The facts with the words of the text itself converted: titles, speakers, places."""
    meta = dict(meta)
    if isinstance(meta.get("title"), str):
        meta["title"] = convert(meta["title"])
    if "speeches" in meta:
        meta["speeches"] = [dict(speech) for speech in meta["speeches"]]
        for speech in meta["speeches"]:
            if "given" in speech:
                speech["given"] = dict(speech["given"])
            for facts in (speech, speech.get("given")):
                for key in ("title", "speaker", "place") if facts else ():
                    if isinstance(facts.get(key), str):
                        facts[key] = convert(facts[key])
    return meta


class _Quoted(Document):
    """A converted document with other quotation marks; its edits are made when asked for."""

    def __init__(self, converted: Document, text: str, meta: dict[str, Any]) -> None:
        super().__init__(
            converted.name,
            converted.original,
            encoding=converted.encoding,
            sha256=converted.sha256,
            suggestions=converted.suggestions,
            blocks=converted.blocks,
            meta=meta,
            script=converted.script,
            cleaned=converted.cleaned,
        )
        self.converted = converted
        self._text = text
        del self.script_edits, self.edits

    def __getattr__(self, name: str) -> Any:
        # Reached only while the slot is empty.
        if name == "script_edits":
            before = self.converted
            value = compose(before.script_edits, quote_edits(before.text, self.text))
        elif name == "edits" and self.cleaned is not None:
            value = compose(self.cleaned.edits, self.script_edits)
        else:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        setattr(self, name, tuple(value))
        return tuple(value)


def _lines(text: str, marks: str) -> Iterator[tuple[int, int]]:
    """The lines that hold one of the marks, in order."""
    end = -1
    places = [text.find(mark) for mark in marks]
    while any(place >= 0 for place in places):
        place = min(place for place in places if place >= 0)
        start = text.rfind("\n", 0, place) + 1
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        yield start, end
        places = [
            place if place < 0 or place >= end else text.find(mark, end)
            for mark, place in zip(marks, places, strict=True)
        ]


def _places(
    text: str, start: int, end: int, ours: str, protected: tuple[tuple[int, int], ...]
) -> list[int] | None:
    """Where a line has marks to exchange; None if its marks are not paired."""
    found = [
        (match[0], match.start())
        for match in _MARK.finditer(text, start, end)
        if not inside(protected, match.start(), match.end())
    ]
    if not any(mark in ours for mark, _ in found):
        return []
    line = text[start:end]
    foreign = len(_LATIN_WORD.findall(line)) > len(_HAN.findall(line))
    marks = _without_apostrophes(found, text)
    pairs = _pairs(marks) if marks is not None else None
    if marks is None or pairs is None:
        return [] if foreign else None
    wanted = [
        (opening, closing)
        for opening, closing in pairs
        if text[opening] in ours and _is_chinese(text, opening, closing, start, end, foreign)
    ]
    places = sorted(place for pair in wanted for place in pair)
    # Exchanged, no pair may stand inside one of its own kind.
    kin = dict(zip("“‘「『", "「『“‘", strict=True))
    openings = {opening for opening, _ in wanted}
    inner: list[tuple[str, int]] = []
    for opening, closing in pairs:
        mark = kin[text[opening]] if opening in openings else text[opening]
        while inner and inner[-1][1] < opening:
            inner.pop()
        if any(mark == around for around, _ in inner):
            return None
        inner.append((mark, closing))
    return places


def _without_apostrophes(found: list[tuple[str, int]], text: str) -> list[tuple[str, int]] | None:
    """The marks without apostrophes and inches; None if one cannot tell which they are.

    What closes behind a letter or a digit may be either. It is taken for a quotation
    mark if that leaves no opening mark alone, for none if the others suffice.
    """
    kept = found
    for opening, closing, sign in (("‘", "’", _LATIN_OR_DIGIT), ("“", "”", _DIGIT)):
        opened = sum(mark == opening for mark, _ in kept)
        closed = [place for mark, place in kept if mark == closing]
        behind = {place for place in closed if place and sign.match(text, place - 1)}
        before = {place for place in closed if closing == "’" and sign.match(text, place + 1)}
        inner = {place for place in behind & before if _LATIN_LETTER.match(text, place - 1)}  # it’s
        doubtful = (behind | before) - inner
        sure = len(closed) - len(doubtful) - len(inner)
        if opened == sure:
            inner |= doubtful
        elif opened != sure + len(doubtful):
            return None
        kept = [(mark, place) for mark, place in kept if place not in inner]
    return kept


_DIGIT = later("[0-9]")
_LATIN_OR_DIGIT = later(f"[0-9{_LATIN}]")


def _pairs(marks: list[tuple[str, int]]) -> list[tuple[int, int]] | None:
    """The pairs by their opening marks; None if they are not well nested."""
    opened: list[tuple[str, int]] = []
    pairs = []
    for mark, place in marks:
        if mark not in _PARTNER:
            if any(mark == around for around, _ in opened):
                return None
            opened.append((mark, place))
        elif opened and opened[-1][0] == _PARTNER[mark]:
            pairs.append((opened.pop()[1], place))
        else:
            return None
    return None if opened else sorted(pairs)


def _is_chinese(text: str, opening: int, closing: int, start: int, end: int, foreign: bool) -> bool:
    """Whether a pair stands in a Chinese sentence: by what is beside it, around it and in it.

    ``foreign`` says that its line, ``text[start:end]``, has more foreign words than Han.
    """
    beside = (opening - 1, opening + 1, closing - 1, closing + 1)
    if not any(_NOT_PLAIN.match(text, place) for place in beside if start <= place < end):
        return True
    if foreign:
        return False
    left = text[max(start, opening - _NEAR) : opening]
    before = next((m for m in map(_LETTER.match, reversed(left)) if m), None)
    after = _LETTER.search(text, closing + 1, min(end, closing + _NEAR))
    around = [_HAN.match(letter[0]) is not None for letter in (before, after) if letter]
    if any(around):
        return True
    chinese = _CHINESE.search(text, opening + 1, closing) is not None
    if len(around) < 2:
        return chinese
    spaced = text[opening - 1] in " ([" and text[closing + 1] in " .,;:!?)]"
    return chinese and not spaced
