"""Checks of words: nothing empty, nothing invented, no blanks from re-indenting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from normtool.edition.parsing import local
from normtool.edition.views import EDITS, NEW, T, ranges, reading, source, words
from normtool.validate.edition import Edition, at
from normtool.validate.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMERALS = "〇零一二三四五六七八九十百千万亿萬億两兩"
#: What may be empty of visible words: only blanks went, and there was no neighbour to take in.
_MAY_BE_BLANK = ("orig", "reg")


def empties(edition: Edition) -> Iterator[Problem]:
    """Sic and corr, supplied, heads, paragraphs and segments have words."""
    text = edition.tei.find(T + "text")
    for element in text.iter() if text is not None else ():
        name = local(element)
        if name in ("sic", "corr", "supplied", "desc"):
            # Where blanks are all that is left of a number, desc has them.
            if words(element).strip() or (name == "desc" and words(element)):
                continue
            wrong = {
                "sic": "put what the source has into it, or make it supplied",
                "corr": "put in the correction; what is lost is a gap",
                "supplied": "put in what was supplied, or take it out",
                "desc": "put in the characters of the source, or take it out",
            }[name]
        elif name in _MAY_BE_BLANK:
            parent = element.getparent()
            if words(element).strip() or (parent is not None and _alone(parent)):
                continue
            wrong = "take a neighbour into orig and reg, so that readers see a change"
        elif name in ("head", "salute", "seg", "byline", "p", "div"):
            if (
                name == "p"
                and not element.attrib
                and len(edition.lines) <= 1 + len([e for e in edition.lines if local(e) != "p"])
            ):
                continue  # a speech of which nothing but the title is left
            if reading(element).strip() or _has_edit(element):
                continue
            wrong = "put in its words, or take it out"
        else:
            continue
        line, ident = at(element)
        yield Problem(line, "empty", f"{name} is empty; {wrong}", ident)


def _has_edit(element: _Element) -> bool:
    return any(local(child) in EDITS for child in element.iter())


def _alone(choice: _Element) -> bool:
    """Whether nothing but gaps stands beside a change."""
    parent, before, after = choice.getparent(), choice.getprevious(), choice.getnext()
    text = (
        parent.text
        if before is None and parent is not None
        else before.tail
        if before is not None
        else ""
    )
    beside = {local(one) for one in (before, after) if one is not None}
    return not text and not choice.tail and beside <= {"gap"}


def gaps(edition: Edition) -> Iterator[Problem]:
    """A gap inside a branch of a choice vanishes in most readers."""
    for gap in edition.tei.iter(T + "gap"):
        parent = gap.getparent()
        if parent is not None and local(parent) in (*NEW, "sic", "orig", "supplied"):
            line, ident = at(gap)
            yield Problem(
                line,
                "gap",
                f"a gap stands inside {local(parent)}; put it beside the choice, where it shows",
                ident,
            )


def digits(edition: Edition) -> Iterator[Problem]:
    """No digit or numeral is supplied; a correction has no digit that its source has not.

    What a person put in is theirs to know.
    """
    text = edition.tei.find(T + "text")
    for element in text.iter(T + "supplied", T + "choice") if text is not None else ():
        line, ident = at(element)
        if "#rule.MAN" in (element.get("ana") or "").split():
            continue
        if local(element) == "supplied":
            found = [
                c for c in words(element) if c in _NUMERALS or unicodedata.category(c)[0] == "N"
            ]
            if found:
                yield Problem(
                    line,
                    "digit",
                    f"supplied has “{''.join(found)}”; a number is never supplied: mark a gap",
                    ident,
                )
            continue
        sides = [element.find(T + name) for name in ("sic", "orig", "corr", "reg")]
        old = "".join(words(side) for side in sides[:2] if side is not None)
        new = "".join(words(side) for side in sides[2:] if side is not None)
        if "&" in old:
            continue  # an entity of HTML is made of digits
        rest = iter(_digits(old))
        invented = [digit for digit in _digits(new) if digit not in rest]
        if invented:
            yield Problem(
                line,
                "digit",
                f"“{new}” has digits that “{old}” does not have; leave the number as the source "
                "has it, or mark a loss as gap",
                ident,
            )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


def blanks(edition: Edition) -> Iterator[Problem]:
    """No line break inside a line, no blank around it: nothing was re-indented."""
    # Of a converted edition the ledger knows the words, and the source has others.
    told = edition.converted and not edition.is_reading
    for block in edition.lines:
        said = reading(block)
        line, ident = at(block)
        if re.search(r"[\n\r]", said):
            yield Problem(
                line,
                "blank",
                f"there is a line break inside {ident}, which readers show as a blank between "
                "Chinese characters; undo the indenting (xml:space is preserve)",
                ident,
            )
        elif said != said.strip() and not (told or _fills_its_source(block)):
            yield Problem(
                line,
                "blank",
                f"{ident} begins or ends with a blank; put its tags right at its words",
                ident,
            )


def _fills_its_source(block: _Element) -> bool:
    """Whether a line has as many characters as the source there: its blanks are of the source.

    Lines of code keep their indent.
    """
    size = sum(end - start for start, end in ranges(block.get("source")))
    return len(source(block)) == size


def sentences(edition: Edition) -> Iterator[Problem]:
    """Where a line has sentences, no words stand outside of them."""
    for block in edition.lines:
        segments = [s for s in block.iter(T + "seg") if s.get("type") == "sentence"]
        if not segments:
            continue
        outside = _outside(block).strip()
        if outside:
            line, ident = at(block)
            yield Problem(
                line,
                "sentence",
                f"“{outside[:20]}” stands in no sentence; put it into a seg of its own",
                ident,
            )


def _outside(element: _Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        if local(child) == "seg" and child.get("type") != "sentence":
            pieces.append(_outside(child))
        elif local(child) in EDITS:
            pieces.append(words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def numbers(edition: Edition) -> Iterator[Problem]:
    """The parts of a part count 1, 2, 3."""
    text = edition.tei.find(T + "text")
    for parent in text.iter(T + "body", T + "div") if text is not None else ():
        for place, part in enumerate(parent.iterfind(T + "div"), start=1):
            if part.get("n") != str(place):
                line, ident = at(part)
                yield Problem(
                    line,
                    "number",
                    f'div n="{part.get("n")}" is part {place} here; write n="{place}"',
                    ident,
                )
