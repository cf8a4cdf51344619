"""Decisions as JSON, and the way back to a document (schema ``normtool-decisions/1``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from normtool.decide.decisions import MIXED, Review
from normtool.document import Document, edit_from_json, edit_to_json
from normtool.edits import Edit, UnsoundEdits, apply
from normtool.export.docx.review.manifest import fingerprint
from normtool.files import Unreadable

SCHEMA = "normtool-decisions/1"


def to_json(review: Review) -> dict[str, Any]:
    """The review as JSON values: what became of each edit, and all that applying it needs.

    ``edits`` lead from the original to the text as people want it; ``own`` are those
    among them that people wrote, with ``author`` and ``date``.
    """
    document = review.document
    return {
        "schema": SCHEMA,
        "reviewed": review.name,
        "name": document.name,
        "sha256": document.sha256,
        "original_sha256": fingerprint(document.original),
        "counts": review.counts | {"own": len(review.own)},
        "decisions": [
            {"id": f"E{decision.number + 1}", "state": decision.state} | edit_to_json(decision.edit)
            for decision in review.decisions
        ],
        "own": [
            edit_to_json(change.edit)
            | {
                "author": "、".join(dict.fromkeys(m.author for m in change.marks if m.author)),
                "date": max(mark.date for mark in change.marks),
                "touches": [f"E{number + 1}" for number in change.numbers],
            }
            for change in review.own
        ],
        "edits": [
            edit_to_json(change.edit) | ({"author": change.marks[0].author} if change.own else {})
            for change in review.changes
        ],
        "suggestions": [edit_to_json(edit) for edit in document.suggestions],
    }


def apply_saved(document: Document, value: Any, name: str) -> Document:
    """The document with the decisions of a file called ``name``; its own edits do not matter.

    Raises Unreadable if the decisions are about another text or are damaged.
    """
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise Unreadable(f"{name}: holds no decisions; make them with `normtool decide -o`")
    if value.get("original_sha256") != fingerprint(document.original):
        raise Unreadable(
            f"{name}: holds decisions about {value.get('name', 'another file')}, which is not the "
            f"text of {document.name}; give the file that was reviewed"
        )
    try:
        edits = tuple(edit_from_json(edit) for edit in value["edits"])
        authors = {
            str(edit["start"]): str(edit["author"]) for edit in value["edits"] if edit.get("author")
        }
        suggestions = tuple(edit_from_json(edit) for edit in value["suggestions"])
        halves = [str(one["id"]) for one in value["decisions"] if one["state"] == MIXED]
        apply(document.original, edits)
    except (KeyError, TypeError, AttributeError, UnsoundEdits) as error:
        raise Unreadable(
            f"{name}: its decisions are damaged ({error}); make it anew with `normtool decide`"
        ) from None
    return from_changes(document.replace(suggestions=suggestions), edits, authors, halves)


def from_changes(
    document: Document, edits: tuple[Edit, ...], authors: dict[str, str], halves: Sequence[str]
) -> Document:
    """The document with other edits, structured anew.

    authors  who made the edit that begins at a place of the original
    halves   the ids of edits of which one half is decided: a warning tells of them
    """
    from normtool.structure import structure

    ours = [edit for edit in edits if str(edit.start) in authors]
    suggestions = tuple(
        offer
        for offer in document.suggestions
        if not any(edit.start <= offer.end and offer.start <= edit.end for edit in ours)
    )
    made = structure(
        document.replace(
            edits=edits,
            suggestions=suggestions,
            blocks=(),
            meta={},
            script="",
            script_edits=(),
            cleaned=None,
        )
    )
    meta = dict(made.meta)
    if authors:
        meta["reviewers"] = authors
    if halves:
        some = ", ".join(halves[:5]) + (" …" if len(halves) > 5 else "")
        said = f"half decided, taken as they stand in the reviewed file: {some}"
        warning = {"code": "half-decided", "speech": 0, "message": said}
        meta["warnings"] = [*meta.get("warnings", ()), warning]
    return made.replace(meta=meta)
