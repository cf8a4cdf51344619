"""How the pattern of a rule is run over a text, and why so."""

from __future__ import annotations

import os
import re
from functools import cache

from normtool.patterns import Made, remembered

#: A trigger as frequent as this in ordinary text is not worth its hits in the automaton:
#: ``re`` itself finds a frequent character faster.
_FREQUENT = 0.003
#: Characters rarer than this are expected to be absent: one look for all of them together.
_ABSENT = 0.002
#: With a trigger as frequent as this it is all the same: the rule is slow.
_EVERYWHERE = 0.2

WINDOWS = "windows"  # tried where the automaton stops
LEAD = "lead"  # searched by re, rewritten to begin with a narrow class
RARE = "rare"  # tried where one look for all such classes saw its first character
LINES = "lines"  # tried at the start of each line
SLOW = "slow"  # re looks at every character
EACH = "each"  # tried at each of a few frequent characters, of which it exchanges one
WHOLE = "whole"  # a function over the whole text

#: How a pattern is run: way, edge, empty, windows (offset, strings), lead (class, pattern).
Way = tuple[str, bool, bool, tuple[tuple[int, tuple[str, ...]], ...], tuple[str, Made] | None]


def way_of(pattern: re.Pattern[str]) -> Way:
    """How a pattern is run; to find out takes a millisecond, and is remembered."""
    return remembered(version(), pattern, lambda: _found_way(pattern))


@cache
def version() -> str:
    """Of the code that finds out: it may be changed without a new version of normtool."""
    folder = os.path.dirname(__file__)
    if not os.path.isdir(folder):  # in a zip file, beside which nothing is kept
        return "way"
    files = sorted(name for name in os.listdir(folder) if name.endswith(".py"))
    return "way " + " ".join(str(os.stat(os.path.join(folder, f)).st_mtime_ns) for f in files)


def _found_way(pattern: re.Pattern[str]) -> Way:
    # Seldom needed: the way is remembered.
    from normtool.triggers.lead import literal_first
    from normtool.triggers.windows import trigger

    seen = trigger(pattern)
    way = SLOW
    lead = None
    if seen.share < _FREQUENT:
        way = WINDOWS
    elif seen.line:
        way = LINES
    elif lead := literal_first(pattern, seen.tree):
        way = RARE if lead.share < _ABSENT else LEAD
    elif seen.share < _EVERYWHERE:
        way = WINDOWS
    windows = tuple((window.offset, window.strings) for window in seen.windows)
    return (
        way,
        seen.edge,
        seen.empty,
        windows if way == WINDOWS else (),
        (lead.chars, lead.made()) if lead else None,
    )
