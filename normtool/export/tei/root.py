"""The root element: which speech it is, and why it begins where it does."""

from __future__ import annotations

from collections.abc import Mapping

from normtool.document import Document
from normtool.export.tei.speech import Speech
from normtool.export.tei.templates import RESP


def tei_attributes(
    speech: Speech, language: str, twin: str, codes: tuple[str, ...], ana: str
) -> Mapping[str, str]:
    """The attributes of the root: who the speech is, and why it begins where it does."""
    first = speech.lines[0].block if speech.lines else None
    return {
        "xmlns": "http://www.tei-c.org/ns/1.0",
        "xml:id": speech.ident,
        "n": str(speech.number) if speech.number else "",
        "xml:lang": language,
        "resp": RESP if first and speech.number else "",
        "cert": first.certainty.name.lower() if first and speech.number else "",
        "ana": ana,
        "corresp": twin,
    }


def labels(speech: Speech) -> tuple[str, ...]:
    """The rules that removed a label of a compilation before this speech."""
    document: Document = speech.base
    if not speech.number or not document.edits or not speech.lines:
        return ()
    found = [
        code
        for cut in speech.removed
        if cut.start < speech.lines[0].end
        for code in cut.edit.codes
        if code == "FUR105"
    ]
    return tuple(dict.fromkeys(found))
