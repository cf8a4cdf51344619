"""What is decided is hidden from OpenCC: no phrase of its own can run across it.

Each decided piece stands as one character of a private plane while OpenCC converts;
it leaves these alone.
"""

from __future__ import annotations

import re

from normtool.script.own import Decision

_FIRST = 0xF0000
_PRIVATE = re.compile("[\U000f0000-\U000ffffd]")
#: Pieces to their signs, and back; of the whole process, as there are not many.
_signs: dict[str, str] = {}
_pieces: dict[str, str] = {}


def can_hide(text: str) -> bool:
    """Whether the text has none of these characters itself."""
    return _PRIVATE.search(text) is None


def hide(text: str, decisions: list[Decision]) -> str:
    """The text with a sign for each place that is decided."""
    pieces = []
    last = 0
    for start, end, after, _, _ in decisions:
        pieces.append(text[last:start])
        if after not in _signs:
            sign = chr(_FIRST + len(_signs))
            _signs[after], _pieces[sign] = sign, after
        pieces.append(_signs[after])
        last = end
    pieces.append(text[last:])
    return "".join(pieces)


def reveal(text: str) -> str:
    """The text with what its signs stand for."""
    return _PRIVATE.sub(lambda match: _pieces[match[0]], text)
