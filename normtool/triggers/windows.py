"""What must stand in a text for a pattern to match there.

A pattern is read as its parse tree. ``trigger`` takes from it *windows*: short
strings of which one stands at a fixed distance from the start of every match.
Whoever knows where the windows stand knows where a match can begin. Whatever
cannot be said is left out, so a window may promise too much but never too little.
"""

from __future__ import annotations

import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as sre  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any

from normtool.patterns import later
from normtool.records import NamedTuple
from normtool.triggers.classes import MANY, Chars, chars_of, following, rarity

_NOTHING: frozenset[str] = frozenset()
_LONGEST = 6  # characters of one window
_PATHS = 256  # ways through one pattern
_WORDS = 50_000  # the same where a branch is only a list of words
_RARE_ENOUGH = 1e-3  # the share of a window that is not worth a search for a rarer one


class Window(NamedTuple):
    """One of ``strings`` stands ``offset`` characters after the start of the match."""

    offset: int
    strings: tuple[str, ...]
    share: float  # how often, per character of ordinary text


class Trigger(NamedTuple):
    """Where a match can begin: at a window, or (``edge``) at the start of the text."""

    windows: tuple[Window, ...]
    edge: bool
    line: bool  # every match begins at the start of a line
    share: float  # of all windows together; 1.0 where there are none
    empty: bool  # some matches are empty and some are not
    tree: Any  # the parse tree, or None if there was no need of one


class _Path(NamedTuple):
    """One way through a pattern: the characters at their distance from its start."""

    sets: dict[int, frozenset[str]]
    place: int
    fixed: bool  # is ``place`` certain, or was something of unknown length before it?
    line: bool  # begins at the start of a line
    edge: bool  # begins at the start of the text


def trigger(pattern: re.Pattern[str]) -> Trigger:
    """Say where matches of ``pattern`` can begin."""
    words = _word_list(pattern)
    if words is not None:
        windows = {Window(0, (word[:_LONGEST],), rarity([*word[:_LONGEST]])) for word in words}
        return Trigger(tuple(windows), False, False, _total(windows), False, None)
    tree = sre.parse(pattern.pattern, pattern.flags)
    paths = _walk(tree, [_Path({}, 0, True, False, False)], tree.state.flags)
    line = all(path.line or path.edge for path in paths)
    edge = any(path.line or path.edge for path in paths)
    low, high = tree.getwidth()
    empty = low == 0 < high
    found: dict[tuple[int, tuple[str, ...]], Window] = {}
    for path in paths:
        if path.edge:
            continue
        window = _rarest(path.sets)
        if window is None:
            return Trigger((), edge, line, 1.0, empty, tree)
        found[window[:2]] = window
    return Trigger(tuple(found.values()), edge, line, _total(found.values()), empty, tree)


def _total(windows: Iterable[Window]) -> float:
    return min(1.0, sum(window.share for window in windows))


def _word_list(pattern: re.Pattern[str]) -> list[str] | None:
    """The words, if the pattern is nothing but ``word|word|…``: no need to parse thousands."""
    if pattern.flags & (re.IGNORECASE | re.VERBOSE) or not _PLAIN.fullmatch(pattern.pattern):
        return None
    words = pattern.pattern.split("|")
    return words if all(words) else None


_PLAIN = later(r"[^\\.^$*+?{}\[\]()]+")


def _walk(nodes: Iterable[tuple[Any, Any]], paths: list[_Path], flags: int) -> list[_Path]:
    """Extend every path that is still fixed by every way through ``nodes``."""
    for code, value in nodes:
        fixed = [path for path in paths if path.fixed]
        if not fixed:
            break
        done = [path for path in paths if not path.fixed]
        paths = done + _step(code, value, fixed, flags)
    return paths


def _step(code: Any, value: Any, paths: list[_Path], flags: int) -> list[_Path]:
    if code in _SINGLE:
        return list(_consume(paths, chars_of(code, value, flags)))
    if code is op.SUBPATTERN:
        _, added, removed, inner = value
        return _walk(inner, paths, (flags | added) & ~removed)
    if code is op.ATOMIC_GROUP:
        return _walk(value, paths, flags)
    if code is op.BRANCH:
        paths, good = _enough(paths)
        ways = value[1]
        words = len(paths) == 1 and all(part is op.LITERAL for way in ways for part, _ in way)
        if len(paths) * len(ways) > (_WORDS if words else _PATHS):
            return good + _lose(paths)
        return good + [path for way in ways for path in _walk(way, paths, flags)]
    if code in _REPEATS:
        low, high, inner = value
        return _repeat(low, high, inner, paths, flags)
    if code is op.ASSERT:
        direction, inner = value
        back = inner.getwidth()[0] if direction < 0 else 0
        return [
            seen._replace(place=path.place, fixed=True)
            for path in paths
            for seen in _walk(inner, [path._replace(place=path.place - back)], flags)
        ]
    if code is op.AT:
        return [_at(value, path, flags) for path in paths]
    if code is op.ASSERT_NOT or code is op.FAILURE:
        return paths  # only forbids: nothing to look for
    return _lose(paths)


_SINGLE = {op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN}
_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


def _lose(paths: list[_Path]) -> list[_Path]:
    return [path._replace(fixed=False) for path in paths]


def _enough(paths: list[_Path]) -> tuple[list[_Path], list[_Path]]:
    """Before a fork: the paths worth following, and those that have a rare window already."""
    follow, good = [], []
    for path in paths:
        window = _rarest(path.sets) if path.fixed else None
        if window is None or window.share > _RARE_ENOUGH:
            follow.append(path)
        else:
            good.append(path._replace(fixed=False))
    return follow, good


def _consume(paths: list[_Path], chars: Chars) -> Iterator[_Path]:
    for path in paths:
        sets = path.sets
        if chars is not None:
            known = sets.get(path.place)
            here = chars if known is None else known & chars
            if not here:
                continue  # contradicts a look-around: no match goes this way
            sets = sets | {path.place: here}
        yield path._replace(sets=sets, place=path.place + 1)


def _repeat(low: int, high: int, inner: Any, paths: list[_Path], flags: int) -> list[_Path]:
    for count in range(low):
        if count == 2 * _LONGEST or len(paths) > _PATHS:
            return _lose(paths)
        paths = _walk(inner, paths, flags)
    if high == low:
        return paths
    paths, good = _enough(paths)
    if (high - low) * len(paths) > _PATHS // 8 or high is op.MAXREPEAT:
        # Once more, or not: what comes next is known for the one, lost for the other.
        return good + paths + _lose(_walk(inner, [path for path in paths if path.fixed], flags))
    ways = good + paths
    for _ in range(high - low):
        paths = _walk(inner, [path for path in paths if path.fixed], flags)
        ways += paths
        if len(ways) > _PATHS:
            return _lose(ways)
    return ways


def _at(where: Any, path: _Path, flags: int) -> _Path:
    if path.place == 0:
        if where is op.AT_BEGINNING and flags & re.MULTILINE:
            before = path.sets.get(-1)
            if before is None or "\n" in before:
                return path._replace(line=True, sets=path.sets | {-1: frozenset("\n")})
        elif where is op.AT_BEGINNING or where is op.AT_BEGINNING_STRING:
            return path._replace(edge=True)
    return path


def _rarest(sets: dict[int, frozenset[str]]) -> Window | None:
    """The run of neighbouring sets that ordinary text shows least."""
    best: tuple[float, int, int] | None = None
    shares = {place: _share(chars) for place, chars in sets.items()}
    for start in sets:
        strings, share = 1, 1.0
        for length in range(1, _LONGEST + 1):
            place = start + length - 1
            if place not in sets:
                break
            strings *= len(sets[place])
            if strings > MANY:
                break
            share *= following(
                sets[place - 1] if length > 1 else _NOTHING, sets[place], shares[place]
            )
            # Beyond one in ten million a longer window is no longer worth its strings.
            score = max(share, 1e-7) + strings * 1e-9 + length * 1e-10
            if best is None or score < best[0]:
                best = score, start, length
    if best is None:
        return None
    _, start, length = best
    run = [sorted(sets[start + place]) for place in range(length)]
    return Window(start, tuple(map("".join, product(*run))), rarity(run))


@lru_cache(maxsize=1024)
def _share(chars: frozenset[str]) -> float:
    return rarity([chars])
