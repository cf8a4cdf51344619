"""The properties of a Word file, as far as the document says them: title, author, source."""

from __future__ import annotations

from typing import Any

from normtool.document import TITLE, Document
from normtool.export.docx.markup import core_xml


def properties_xml(document: Document, language: str, speech: int = 0) -> str:
    """The whole of ``docProps/core.xml``; ``speech`` is the only one that is written, or 0."""
    meta = document.meta
    given = meta.get("given") or {}
    speakers = []
    for facts in meta.get("speeches") or ():
        if speech in (0, facts.get("n")):
            said = facts | (facts.get("given") or {})
            speakers.append(said.get("speaker"))
    author = _words(*dict.fromkeys(filter(None, speakers))) or _words(meta.get("author"))
    source = given.get("source") or meta.get("source") or meta.get("site")
    return core_xml(
        title_of(document, speech),
        language,
        creator=author,
        description=_words(source),
        identifier=_words(given.get("url") or meta.get("url")),
    )


def title_of(document: Document, speech: int = 0) -> str:
    """What the file is called: what the user says, else the collection, else the first title."""
    numbers = [speech] if speech else document.speeches
    if len(numbers) == 1:
        for facts in document.meta.get("speeches") or ():
            if facts.get("n") == numbers[0] and (facts.get("given") or {}).get("title"):
                return str(facts["given"]["title"])
    collection: Any = document.meta.get("title")
    if not speech and isinstance(collection, str) and len(document.speeches) > 1:
        return collection
    for block in document.blocks:
        if block.kind == TITLE and speech in (0, block.speech):
            return document.line(block)
    return collection if isinstance(collection, str) else ""


def _words(*values: Any) -> str:
    return "、".join(value for value in values if isinstance(value, str))
