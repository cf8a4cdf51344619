"""Pages in which nothing is the main text: a few lines, a frame, or nothing at all."""

from __future__ import annotations

from typing import Any

from normtool.page.outline import Line, squeezed

#: With less than this a page that has frames is taken for their frame.
_SHORTEST_PAGE = 200
#: Less than this is a leftover, not a text.
_FEW_WORDS = 20


def is_short(tree: Any, shown: list[Line]) -> bool:
    """Whether a page is a few lines that some program wrote, without frames or programs."""
    size = sum(len(squeezed(line.words)) for line in shown)
    others = tree.xpath("//frame | //iframe | //script")
    return _FEW_WORDS <= size < _SHORTEST_PAGE and not others


def nothing(tree: Any, shown: list[Line]) -> str:
    """Why there is no main text, and what to do."""
    frames = [str(name) for name in tree.xpath("//frame/@src | //iframe/@src") if name.strip()]
    size = sum(len(squeezed(line.words)) for line in shown)
    if frames and size < _SHORTEST_PAGE:
        return (
            f"this page shows its text in a frame, another file ({', '.join(frames[:3])}); "
            "open the frame by itself and save that page"
        )
    if not size:
        return (
            "no main text: this page shows nothing; if a program makes its text, "
            "save it from the browser once it is shown, or copy it as text"
        )
    return (
        f"no main text was found among the {size} characters that this page shows; "
        "copy the text into a .txt file, or read the markup as text with -f text"
    )
