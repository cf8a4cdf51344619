"""Paragraphs in which nothing is marked: nearly all lines of most texts, written in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from normtool.edits import Certainty
from normtool.export.tei.lines import Line
from normtool.native import native


def _paragraphs(
    lines: Sequence[Line],
    first: int,
    number: int,
    special: int,
    suspected: int,
    text: str,
    place_of: Callable[[int], int] | None,
    before: str,
    ident: str,
    twin: str,
    kind: str,
    certainty: Certainty,
    made: list[str],
    starts: list[int],
) -> int:
    """Write lines, from the number ``first`` on, as long as they are paragraphs like ``_block``'s
    in which nothing is marked and which the source has as they are. How many there are.

    number     how many came before in the same part, named ``ident``
    special    the next place of the text where a line is not simple; ``suspected``: of the original
    text       what is written; where a place of the cleaned text is in it, says ``place_of``
    before     the margin; ``twin``: the file in the other script; ``made`` takes what is written
    starts     takes where the blocks of these lines begin
    """
    count = 0
    while first + count < len(lines):
        (is_a, place, stop, _, _, sure), start, end, pieces, broken_by = lines[first + count]
        is_plain = is_a == kind and sure == certainty and broken_by is None and not pieces
        if not is_plain or max(place, stop) > special or max(start, end) > suspected:
            break
        words = text[place_of(place) : place_of(stop)] if place_of else text[place:stop]
        if not words:
            break
        count += 1
        name = f"{ident}.p{number + count}"
        more = f' corresp="{twin}#{name}"' if twin else ""
        made.append(f'{before}<p xml:id="{name}" source="src:{start},{end}"{more}>{words}</p>')
        starts.append(place)
    return count


paragraphs = native.paragraphs if native else _paragraphs
