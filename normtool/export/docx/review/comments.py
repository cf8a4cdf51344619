"""The comments of a review file: which there are, where they are anchored, and their part."""

from __future__ import annotations

from bisect import bisect_right

from normtool.document import Document
from normtool.edits import BREAK, Edit
from normtool.export.docx.markup import NAMESPACE, escape, run
from normtool.export.docx.review.revisions import Anchors
from normtool.export.docx.review.wording import Wording, is_remarkable
from normtool.records import NamedTuple

#: What Word calls its own styles for comments.
STYLES = (
    '<w:style w:type="paragraph" w:styleId="CommentText"><w:name w:val="annotation text"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:line="240" w:lineRule="auto"/>'
    '<w:jc w:val="left"/></w:pPr><w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>',
    '<w:style w:type="character" w:styleId="CommentReference">'
    '<w:name w:val="annotation reference"/><w:basedOn w:val="DefaultParagraphFont"/>'
    '<w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>',
)


class Comment(NamedTuple):
    """Who says what about a place."""

    author: str
    lines: list[str]


def find_comments(
    document: Document, shown: frozenset[int], wording: Wording, *, every: bool = False
) -> tuple[list[Comment], Anchors]:
    """The comments of a document and their anchors.

    shown  numbers of the edits that are tracked changes in the file
    every  also suggestions that are a matter of taste

    The numbers ``E1``, ``E2`` count all edits of the document, shown or not.
    """
    comments: list[Comment] = []
    edits: dict[int, int] = {}
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number in sorted(shown):
        edit = document.edits[number]
        if is_remarkable(edit):
            edits[number] = len(comments)
            comments.append(
                Comment(wording.author(edit), wording.remark(edit, f"E{number + 1}", made=True))
            )
    for number, edit in enumerate(document.suggestions, start=1):
        if is_optional(edit) and not every:
            continue
        start, end = _anchored(document, edit)
        starts.setdefault(start, []).append(len(comments))
        ends.setdefault(end, []).append(len(comments))
        comments.append(
            Comment(wording.author(edit), wording.remark(edit, f"S{number}", made=False))
        )
    return comments, Anchors(edits, starts, ends)


def is_optional(suggestion: Edit) -> bool:
    """A paragraph that could be divided: nothing is wrong with it, and there are many."""
    return suggestion.kind == BREAK


def _anchored(document: Document, edit: Edit) -> tuple[int, int]:
    """Where the comment on a suggestion stands in the original; never of no width."""
    start, end = edit.start, edit.end
    if start == end:
        start = max(0, start - 1)
        end = max(end, start + 1)
    # From inside of an edit to its edge: what it takes away is shown as a whole.
    place = bisect_right(document.edits, start, key=lambda one: one.start) - 1
    if place >= 0 and document.edits[place].end > start:
        start = document.edits[place].start
    return start, end


def comments_xml(comments: list[Comment], date: str) -> str:
    """The whole of ``word/comments.xml``."""
    said = "".join(_comment(number, one, date) for number, one in enumerate(comments))
    return f'<w:comments xmlns:w="{NAMESPACE}">{said}</w:comments>'


def _comment(number: int, comment: Comment, date: str) -> str:
    paragraphs = "".join(
        '<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
        + ("" if place else _REFERENCE)
        + f"{run(line, hint=True)}</w:p>"
        for place, line in enumerate(comment.lines)
    )
    return (
        f'<w:comment w:id="{number}" w:author="{comment.author}" w:date="{escape(date)}" '
        f'w:initials="nt">{paragraphs}</w:comment>'
    )


_REFERENCE = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
