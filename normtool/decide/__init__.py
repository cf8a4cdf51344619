"""Decisions of people, read back from a reviewed Word file.

    review = decide(data, "reviewed.docx")          # the bytes of the file
    document = decided(review)                       # cleaned as people want it

A review file (``convert -t docx --review``) went through Word, WPS or LibreOffice;
what was accepted, refused and rewritten is found by its words.
"""

from __future__ import annotations

import json
import os

from normtool.decide.changes import BY_HAND, Change
from normtool.decide.decisions import MIXED, STATES, Decision, Review, judge
from normtool.decide.final import finalize
from normtool.decide.reading import read_reviewed
from normtool.decide.saved import apply_saved, from_changes, to_json
from normtool.document import Document
from normtool.export.docx.review.manifest import fingerprint
from normtool.files import Unreadable, reason, shown
from normtool.word import is_word

__all__ = [
    "BY_HAND",
    "STATES",
    "Change",
    "Decision",
    "Review",
    "apply_decisions",
    "decide",
    "decided",
    "finalize",
    "to_json",
]


def decide(data: bytes, name: str, original: Document | None = None) -> Review:
    """Read the decisions in the bytes of a reviewed .docx that is called ``name``.

    original  the document that was reviewed: needed if the file does not have it inside;
              if it has, the two must be the same text. Cleaned anew it has its edits by
              the rules of today: give it as it was saved (-t json) to be sure.

    Raises Unreadable, one sentence: no Word file, no review, a review of another
    text, rewritten beyond recognition.
    """
    reviewed = read_reviewed(data, name)
    manifest = reviewed.manifest
    if manifest is None and original is None:
        raise Unreadable(
            f"{name}: is no review file of normtool, or another program dropped what it "
            "held inside; give its original with --original"
        )
    if (
        manifest is not None
        and original is not None
        and manifest.sha256 != fingerprint(original.original)
    ):
        whose = f", but of {manifest.document.name}" if manifest.document else ""
        raise Unreadable(
            f"{name}: is not a review of {original.name}{whose}; give the file it was made of"
        )
    inside = manifest.document if manifest is not None else None
    document = inside or original
    if document is None:
        raise Unreadable(
            f"{name}: was made with --no-embed and does not hold its original; "
            "give it with --original"
        )
    return judge(reviewed, document)


def decided(review: Review) -> Document:
    """The document as people want it: refused edits gone, their own changes edits (``MAN``).

    What nobody has decided stays as normtool proposed it. ``meta["reviewers"]`` says
    who made the change that begins at a place of the original.
    """
    edits = tuple(change.edit for change in review.changes)
    # A file may be reviewed more than once; who spoke before is not forgotten.
    before = review.document.meta.get("reviewers") or {}
    authors = {}
    for change in review.changes:
        place = str(change.edit.start)
        author = change.marks[0].author if change.own else before.get(place, "")
        if author and BY_HAND in change.edit.codes:
            authors[place] = author
    halves = [f"E{one.number + 1}" for one in review.decisions if one.state == MIXED]
    return from_changes(review.document, edits, authors, halves)


def apply_decisions(document: Document, path: str | os.PathLike[str]) -> Document:
    """The prepared document as people decided in a file: a reviewed .docx, or saved JSON.

    Raises Unreadable as ``decide`` does, and if the JSON is about another text.
    """
    name = shown(path)
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError as error:
        raise Unreadable(f"{name}: {reason(error)}") from error
    if is_word(data):
        return decided(decide(data, name, document))
    try:
        value = json.loads(data)
    except ValueError:
        raise Unreadable(
            f"{name}: is neither a Word file nor JSON; give the reviewed .docx, "
            "or what `normtool decide -o` wrote"
        ) from None
    return apply_saved(document, value, name)
