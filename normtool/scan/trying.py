"""A pattern tried where it may match, and what a rule makes of its matches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, dropwhile, repeat
from operator import add
from typing import cast

from normtool.edits import FLAG
from normtool.rule import Rule

#: Start, end, new text, note: what ``Rule.find`` yields.
Hit = tuple[int, int, str, str]
_Match = re.Match[str]
_PIECE = 500_000


def standing(char: str, text: str) -> Iterator[int]:
    """Where a character stands; to split is faster than to search, and takes more room."""
    lows = range(0, len(text), _PIECE)
    return chain.from_iterable(_standing(char, text[low : low + _PIECE], low) for low in lows)


def _standing(char: str, piece: str, low: int) -> Iterator[int]:
    lengths = accumulate(map(len, piece.split(char)))
    return map(add, lengths, range(low, low + piece.count(char)))


def tried(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[_Match]:
    """The matches that begin at ``starts`` (sorted, complete), as finditer gives them."""
    match = pattern.match
    end = 0
    last = -1
    for start in starts:
        if start >= end and start != last:
            last = start
            found = match(text, start)
            if found is not None:
                end = found.end()
                yield found


def tried_often(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[_Match]:
    """The same, sooner where most starts are tried in vain; each stands there once."""
    match = pattern.match
    rest = iter(starts)
    while True:
        found = next(filter(None, map(match, repeat(text), rest)), None)
        if found is None:
            return
        while found is not None:
            yield found
            end = found.end()
            start = next(dropwhile(end.__gt__, rest), None)
            if start is None:
                return
            found = match(text, start)


def tried_twice(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[_Match]:
    """The same for a pattern that may match nothing: there finditer asks for more, once."""
    end = 0
    last = -1
    for start in starts:
        if start >= end and start != last:
            last = start
            scanner = pattern.scanner(text, start)  # type: ignore[attr-defined]
            found = scanner.match()
            if found is not None:
                yield found
                if found.end() == start:
                    found = scanner.match() or found
                    if found.end() > start:
                        yield found
                end = found.end()


def made(rule: Rule, matches: Iterable[_Match]) -> Iterator[Hit]:
    """``rule.at`` for each match, with what is the same for all decided once."""
    if rule.table is not None:
        table = rule.table
        for match in matches:
            yield match.start(), match.end(), table[match[0]], ""
        return
    fix = rule.fix
    flag = rule.kind == FLAG
    part = rule.pattern is not None and "(?P<edit>" in rule.pattern.pattern
    for match in matches:
        fixed = fix(match)
        if isinstance(fixed, str):
            after, note = fixed, ""
        elif fixed is None:
            continue
        else:
            after, note = cast("tuple[str, str]", fixed)
        start, end = match.span("edit") if part else match.span()
        if start >= 0 and (flag or after != match.string[start:end]):
            yield start, end, after, note
