"""What people put beside the words of an edition: notes, and markup that is passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.document import Document
from normtool.edition.difference import BY_HAND
from normtool.edition.parsing import local
from normtool.edition.views import ADDED, DELETED, EDITS, NEW, OLD, REMARKS, parts, words
from normtool.edits import DISPLAY, FLAG, HIGH, Edit, rebase

if TYPE_CHECKING:
    from lxml.etree import _Element

_KEPT = (*EDITS, *OLD, *NEW, *REMARKS, ADDED, DELETED, "g", "seg")


class Remark(NamedTuple):
    """A note behind ``size`` characters of a line, and a pointer to whose it is."""

    size: int
    words: str
    person: str


def remarks_of(block: _Element) -> Iterator[Remark]:
    """The notes that stand in a line."""
    size = 0
    for part in parts(block):
        size += len(part.reading)
        if part.edit is not None and local(part.edit) in REMARKS:
            said = " ".join(words(part.edit).split())
            if said:
                yield Remark(size, said, part.edit.get("resp") or "")


def unkept(blocks: Iterable[_Element]) -> Counter[str]:
    """The markup inside lines that is passed over: names of people and places, and the like."""
    return Counter(
        name
        for block in blocks
        for element in block.iter()
        if element is not block and (name := local(element)) and name not in _KEPT
        if not any(local(one) in REMARKS for one in element.iterancestors())
    )


def with_remarks(
    document: Document,
    places: Iterable[tuple[int, int, Remark]],
    name_of: Callable[[str], str],
) -> Document:
    """A document that is not converted, with remarks as what a person should see.

    places  of each the range of its line in the text, and the remark
    """
    flags, people = [], []
    for start, end, remark in places:
        place = max(min(start + remark.size, end) - 1, start)
        there = document.text[place : place + 1] if start < end else ""
        if there.strip():
            flag = Edit(place, there, there, (BY_HAND,), HIGH, DISPLAY, FLAG, remark.words)
            flags.append(flag)
            people.append(name_of(remark.person))
    reviewers: dict[str, str] = dict(document.meta.get("reviewers", {}))
    found: list[Edit] = []
    for flag, person in zip(flags, people, strict=True):
        for own in rebase(document.edits, [flag]):
            found.append(own)
            reviewers.setdefault(str(own.start), person)
    if found:
        document.suggestions = tuple(sorted({*document.suggestions, *found}))
        document.meta = document.meta | {"reviewers": reviewers}
    return document


def passed_over(meta: dict[str, Any], found: Counter[str]) -> dict[str, Any]:
    """The facts with a warning of markup that is in the file and will not be in what is made."""
    if not found:
        return meta
    said = ", ".join(f"{name} ({count})" for name, count in sorted(found.items()))
    message = f"markup that people put into the text is read as its words and not kept: {said}"
    warning = {"code": "markup-passed-over", "speech": 0, "message": message}
    return meta | {"warnings": [*meta.get("warnings", ()), warning]}
