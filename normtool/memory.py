"""What was found out of a text, remembered while the same text is asked about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

T = TypeVar("T")

#: A text, and what functions found out of it: one for all of them, since it may be long.
_at_hand: tuple[str, dict[Callable[[str], object], object]] = ("", {})


def of_text(find: Callable[[str], T]) -> Callable[[str], T]:
    """Remember what a function finds out of a text for as long as the same object is asked about.

    A rule asks for each place of a text. To compare two long texts that are equal and not
    the same, as ``lru_cache`` does, would cost more than to find out anew.
    """

    @wraps(find)
    def remembered(text: str) -> T:
        global _at_hand
        last, found_out = _at_hand  # taken at once: another thread may have another text
        if text is not last:
            _at_hand = text, found_out = text, {}
        if find not in found_out:
            found_out[find] = find(text)
        return found_out[find]  # type: ignore[return-value]

    return remembered
