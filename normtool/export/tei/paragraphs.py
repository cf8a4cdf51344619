"""Paragraphs in which nothing is marked: nearly all lines of most texts, written in one go."""

from __future__ import annotations

from collections.abc import Sequence

from normtool.export.tei.lines import Line
from normtool.export.tei.markup import stands
from normtool.export.tei.simple import Shared
from normtool.native import native


def _paragraphs(
    shared: Shared,
    lines: Sequence[Line],
    first: int,
    number: int,
    special: int,
    suspected: int,
    edits: int,
    before: str,
    ident: str,
    twin: str,
    made: list[str],
    starts: list[int],
) -> int:
    """Write lines, from the number ``first`` on, as long as they are paragraphs like ``_block``'s
    in which nothing is marked. How many there are.

    number     how many came before in the same part, named ``ident``
    special    the next place of the text where a line is not simple; ``suspected``: of the original
    edits      how many were marked before; the loop in C, which writes lines with simple changes,
               too, counts on from there
    before     the margin; ``twin``: the file in the other script; ``made`` takes what is written
    starts     takes where the blocks of these lines begin
    """
    count, text, place_of = 0, shared.shown, shared.place_of
    while first + count < len(lines):
        line = lines[first + count]
        (kind, place, stop, _, _, sure), start, end, pieces, broken_by = line
        if pieces or kind != shared.kind:
            break
        if max(place, stop) > special or max(start, end) > suspected:
            break
        words = text[place_of(place) : place_of(stop)] if place_of else text[place:stop]
        if not words:
            break
        count += 1
        name = f"{ident}.p{number + count}"
        is_there = broken_by is None and sure == shared.certainty
        more = "" if is_there else shared.inferred(line)
        more += f' corresp="{twin}#{name}"' if twin else ""
        words = words if stands(words) else shared.escape(words)
        made.append(f'{before}<p xml:id="{name}" source="src:{start},{end}"{more}>{words}</p>')
        starts.append(place)
    return count


#: Whether lines with changes are written, too.
TAKES_CHANGES = native is not None
paragraphs = native.paragraphs if native else _paragraphs
