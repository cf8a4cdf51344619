"""What edits and the text beside them make together, above all edits of two layers that touch.

Between the layers lies a text: the first layer made it, the second changes it.
"""

from __future__ import annotations

from collections.abc import Sequence

#: Edits on the text between: place, what stands there, what one side has in its stead.
Patches = list[tuple[int, str, str]]


def sides(start: int, ours: Patches, theirs: Patches) -> tuple[str, str]:
    """Before and after of all of them; the first begins at ``start`` of the text between."""
    middle = ""
    for place, piece, _ in sorted(ours + theirs, key=lambda patch: patch[0]):
        known = start + len(middle) - place
        if known < len(piece):
            middle += piece[known:]
    return _patched(middle, start, ours), _patched(middle, start, theirs)


def _patched(text: str, origin: int, patches: Patches) -> str:
    pieces: list[str] = []
    end = 0
    for place, old, new in patches:
        pieces += (text[end : place - origin], new)
        end = place - origin + len(old)
    pieces.append(text[end:])
    return "".join(pieces)


def joined(kept: Sequence[str], between: Sequence[str]) -> str:
    """One string of the first of ``kept``, the first of ``between``, the second of ``kept`` …

    There are as many of both.
    """
    pieces = [""] * (len(kept) + len(between))
    pieces[::2] = kept
    pieces[1::2] = between
    return "".join(pieces)
