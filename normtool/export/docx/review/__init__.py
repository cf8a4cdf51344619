"""A Word file for review: edits as tracked changes, doubts as comments.

Rejecting all changes gives the original, accepting all gives the cleaned text,
exactly, where all edits are tracked. With ``track="uncertain"`` sure changes of
width and blanks are made silently: then rejecting gives the original with these.
"""

from __future__ import annotations

import copy
from typing import BinaryIO

from normtool.document import Document
from normtool.export.docx.package import Template
from normtool.export.docx.review.comments import STYLES, comments_xml, find_comments
from normtool.export.docx.review.manifest import PART, manifest_parts
from normtool.export.docx.review.revisions import Looks, Revisions
from normtool.export.docx.review.superposed import TRACKS, is_silent, superpose
from normtool.export.docx.review.wording import Wording

#: Of every change and comment: two runs give the same bytes. SOURCE_DATE_EPOCH overrides it.
DATE = "2000-01-01T00:00:00Z"

_TYPES = "[Content_Types].xml"
_RELATIONS = "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MIME = "application/vnd.openxmlformats-officedocument"


def write_review(
    document: Document,
    stream: BinaryIO,
    base: Template,
    looks: Looks,
    *,
    core: str,
    traditional: bool = False,
    track: str = "uncertain",
    embed: bool = True,
) -> None:
    """Write the review file of a document to a binary stream.

    base    the template that gives styles and page
    looks   style and paragraph properties of each line of the text
    core    the properties of the file, as XML
    traditional  authors and comments are written so
    track   "uncertain": what a person should judge; "all": every edit
    embed   keep the document itself in the file, so that it alone can be decided

    Raises ValueError for a document in another script than its source: what is
    reviewed is the source.
    """
    if track not in TRACKS:
        raise ValueError(f"track is {track!r}; it can be {' or '.join(TRACKS)}")
    if document.cleaned is not None:
        raise ValueError("a converted text cannot be reviewed; review it in its own script")
    silent = frozenset(
        number
        for number, edit in enumerate(document.edits)
        if track == "uncertain" and is_silent(document, edit)
    )
    shown = frozenset(range(len(document.edits))) - silent
    wording = Wording(traditional=traditional)
    comments, anchors = find_comments(document, shown, wording, every=track == "all")
    date = comment_date()
    parts = {"word/comments.xml": comments_xml(comments, date)} if comments else {}
    parts |= manifest_parts(document, track, embed=embed)
    revisions = Revisions(document.edits, silent, date, wording)
    paragraphs = revisions.paragraphs(superpose(document), anchors, looks)
    if "BodyText" in base.styles:  # of a template that has another name for it
        plain = f'"{base.styles["BodyText"]}"/>'
        paragraphs = (one.replace('"BodyText"/>', plain) for one in paragraphs)
    package = _with_parts(base, parts)
    package.write(stream, paragraphs, core, base.section)


def comment_date() -> str:
    """The date of every change and comment."""
    import os
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        return DATE
    return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _with_parts(base: Template, parts: dict[str, str]) -> Template:
    """The template with more parts, and with changes being tracked."""
    made = copy.copy(base)
    made.parts = dict(base.parts)
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    for name, content in parts.items():
        made.parts[name] = (declaration + content).encode("utf-8")
    types, relations = [], []
    if "word/comments.xml" in parts:
        types.append(("word/comments.xml", f"{_MIME}.wordprocessingml.comments+xml"))
        relations.append(("comments", "comments.xml"))
        styles = made.parts["word/styles.xml"].decode("utf-8")
        missing = [one for one in STYLES if one.split('"')[3] not in styles]
        made.parts["word/styles.xml"] = styles.replace(
            "</w:styles>", "".join(missing) + "</w:styles>"
        ).encode("utf-8")
    if PART in parts:
        types.append(("customXml/itemProps1.xml", f"{_MIME}.customXmlProperties+xml"))
        relations.append(("customXml", f"../{PART}"))
    _insert(
        made,
        _TYPES,
        "</Types>",
        "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types),
    )
    _insert(
        made,
        _RELATIONS,
        "</Relationships>",
        "".join(
            f'<Relationship Id="rIdReview{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(relations, start=1)
        ),
    )
    # What the reviewer writes is tracked as well. No lock: it would forbid accepting.
    _insert(made, "word/settings.xml", "<w:defaultTabStop", "<w:trackRevisions/>")
    return made


def _insert(made: Template, name: str, before: str, content: str) -> None:
    part = made.parts[name].decode("utf-8")
    made.parts[name] = part.replace(before, content + before, 1).encode("utf-8")
