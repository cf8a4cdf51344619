"""What the header says of a speech, where a person changed it: facts that are given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from normtool.document import TITLE, Document
from normtool.edition.views import T, words

if TYPE_CHECKING:
    from lxml.etree import _Element

#: What is true of a file, not of a speech.
_OF_FILE = ("publisher", "licence")


def with_header(document: Document, headers: list[tuple[int, list[_Element]]]) -> Document:
    """The document with the facts that its headers have and it has not.

    headers  of each speech (0: of a document without speeches) its own, then that of the corpus
    """
    meta = dict(document.meta)
    for number, found in headers:
        speech: dict[str, Any] = next(
            (one for one in meta.get("speeches", ()) if one["n"] == number), {}
        )
        given = {**(meta.get("given") or {}), **(speech.get("given") or {})}
        new = dict(_changed(document, number, speech, given, dict(_said(found))))
        of_file = {key: new.pop(key) for key in list(new) if key in _OF_FILE or not speech}
        if of_file:
            meta["given"] = {**(meta.get("given") or {}), **of_file}
        if new:
            changed = {**speech, "given": {**(speech.get("given") or {}), **new}}
            meta["speeches"] = [changed if one is speech else one for one in meta["speeches"]]
    if meta != document.meta:
        document.meta = meta
    return document


def _said(headers: list[_Element]) -> Iterator[tuple[str, str]]:
    """What the headers say, by the names that facts have; the nearest comes last."""
    for header in reversed(headers):
        for title in header.iterfind(f"{T}fileDesc/{T}titleStmt/{T}title"):
            if title.get("type") in (None, "main") and title.get("cert") is None:
                yield "title", words(title).strip()
                break
        for author in header.iterfind(f"{T}fileDesc/{T}titleStmt/{T}author"):
            if author.get("cert") != "unknown":
                yield "speaker", words(author).strip()
                break
        creation = header.find(f"{T}profileDesc/{T}creation")
        date = creation.find(T + "date") if creation is not None else None
        place = creation.find(T + "placeName") if creation is not None else None
        if date is not None:
            yield "date", date.get("when") or words(date).strip()
            yield "date-words", words(date).strip()
        if place is not None:
            yield "place", words(place).strip()
        statement = f"{T}fileDesc/{T}publicationStmt"
        publisher = header.find(f"{statement}/{T}publisher")
        if publisher is not None and publisher.find(T + "foreign") is None:
            yield "publisher", words(publisher).strip()
        licence = header.find(f"{statement}/{T}availability/{T}licence")
        if licence is not None:
            yield "licence", words(licence).strip()


def _changed(
    document: Document,
    number: int,
    speech: dict[str, Any],
    given: dict[str, str],
    said: dict[str, str],
) -> Iterator[tuple[str, str]]:
    """What the header says otherwise than the facts from which it was written."""
    known = {
        "title": given.get("title") or _title(document, number, speech),
        "speaker": given.get("speaker") or str(speech.get("speaker") or ""),
        "date": given.get("date") or str(speech.get("date") or ""),
        **{key: given.get(key, "") for key in ("place", "publisher", "licence")},
    }
    for key, value in said.items():
        if key == "date" and _is_date(value, known[key], said["date-words"]):
            continue
        if key in known and value and value != known[key]:
            yield key, value


def _title(document: Document, number: int, speech: dict[str, Any]) -> str:
    for block in document.blocks:
        if block.kind == TITLE and block.speech == number:
            return document.line(block).strip()
    return str(speech.get("title") or ("" if number else document.meta.get("title")) or "")


def _is_date(when: str, known: str, said: str) -> bool:
    """Whether a date is the known one, in the way of W3C; or is none, so that nobody can use it."""
    if re.fullmatch(r"\d{4}(-\d\d){0,2}(T[\d:+Z-]*)?", when) is None:
        return True
    numbers, old = (re.findall(r"\d+", words) for words in (when, known))
    return said == known and [*map(int, numbers)][: len(old)] == [*map(int, old)]
