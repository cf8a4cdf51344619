"""Structure: what each line is, who speaks where, what the page said. The text stays as it is."""

from __future__ import annotations

from bisect import bisect_right

from normtool.document import Block, Document
from normtool.structure.evidence import evidence
from normtool.structure.lines import Line, read_lines
from normtool.structure.metadata import gather
from normtool.structure.speeches import divide


def structure(document: Document) -> Document:
    """Return the cleaned document with ``blocks`` and ``meta``; neither text nor edits change.

    The blocks tile the text line by line. A document structured before is structured anew.
    """
    lines = read_lines(document.text)
    divide(lines, _marked(document, lines))
    blocks = tuple(
        [
            Block(line.kind, line.start, line.end, line.level, line.speech, line.certainty)
            for line in lines
        ]
    )
    labelled = document.replace(blocks=blocks)
    meta = gather(labelled, lines)
    if found := evidence(document):
        meta["evidence"] = found
    return labelled.replace(meta=meta)


def _marked(document: Document, lines: list[Line]) -> list[int]:
    """The lines from whose beginning cleaning removed the label of a compilation (篇2：)."""
    columns = document.columns
    labels = {id(why) for why in columns.whys if "FUR105" in why[0]}
    if not labels:
        return []
    starts = [line.start for line in lines]
    marked = []
    for here, after, why in zip(columns.places()[0], columns.afters, columns.whys, strict=True):
        if id(why) not in labels:
            continue
        place = here + len(after)  # in the text, after what replaced the label
        index = bisect_right(starts, place) - 1
        if starts[index] < here:
            index += 1  # the label took its own line away: the line after it begins
        while index < len(lines) and not lines[index].text.strip():
            index += 1
        if index < len(lines):
            marked.append(index)
    return marked
