"""Colours of a terminal."""

from __future__ import annotations

BOLD, RED, GREEN, YELLOW, BLUE, CYAN = "1", "31", "32", "33", "34", "36"


def paint(text: str, code: str, color: bool) -> str:
    """The text in a colour, or as it is if colours are not wanted."""
    return f"\033[{code}m{text}\033[0m" if color and text else text
