"""What must stand in a text for a pattern to match there.

A pattern is read as its parse tree. ``trigger`` takes from it *windows*: short
strings of which one stands at a fixed distance from the start of every match.
Whoever knows where the windows stand knows where a match can begin. Whatever
cannot be said is left out, so a window may promise too much but never too little.
"""

from __future__ import annotations

import re
import re._compiler as sre_compiler  # type: ignore[import-not-found]
import re._constants as op  # type: ignore[import-not-found]
import re._parser as sre  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, NamedTuple

_LONGEST = 6  # characters of one window
_STRINGS = 64  # that one window may stand for
_PATHS = 256  # ways through one pattern
_RARE_ENOUGH = 5e-4  # the share of a window that is not worth a search for a rarer one
_BROAD = 0.2  # the share of a class that is not worth searching for
_WORDS = 50_000  # the same where a branch is only a list of words

#: Of 10,000 characters of ordinary (and scraped) Chinese text about so many are each of these.
_SHARES = {
    500: "，,",
    300: "的",
    250: "。、",
    100: " \u3000\n一是在了和",
    50: "0123456789.：:；;不有人这中大为上个国我以要他时来用们到作地出就分对成会可主发年动同工也"
    "能下过子说产种面而",
    30: "“”（）()《》-方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都"
    "两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内"
    "数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直"
    "题党程展五果料象员革位入常文总次",
    10: "!?！？*%/_~·—…\r\t",
}
_SHARE = {char: share / 10_000 for share, chars in _SHARES.items() for char in chars}
_RARE = 2 / 10_000

_SPACES = frozenset(
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_DIGITS = frozenset("0123456789")
#: What a letter also matches where case is ignored, beyond its own two forms.
_ODD_CASES = {"i": "İı", "s": "ſ", "k": "\u212a"}

_Nodes = Iterable[tuple[Any, Any]]
_Set = frozenset[str] | None  # None: more than we care to list


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


class Lead(NamedTuple):
    """A pattern that begins with a narrow class."""

    pattern: re.Pattern[str]
    chars: str  # what stands between the brackets of the class
    share: float


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
        windows = {Window(0, (word[:_LONGEST],), _rarity([*word[:_LONGEST]])) for word in words}
        return Trigger(tuple(windows), False, False, _total(windows), False)
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
            return Trigger((), edge, line, 1.0, empty)
        found[window[:2]] = window
    return Trigger(tuple(found.values()), edge, line, _total(found.values()), empty)


def _total(windows: Iterable[Window]) -> float:
    return min(1.0, sum(window.share for window in windows))


def literal_first(pattern: re.Pattern[str]) -> Lead | None:
    """Rewrite ``pattern`` so that it begins with a narrow class, or return None.

    ``re`` looks quickly for a pattern that begins with a character or a class
    and slowly for any other, so ``(?<=A)[ ]+B`` becomes ``[ ](?<=(?<=A)[ ])[ ]*B``:
    same matches, same groups, many times the speed.
    """
    tree = sre.parse(pattern.pattern, pattern.flags)
    flags = tree.state.flags
    first = None if flags & re.IGNORECASE else _lead(tree)
    if first is None:
        return None
    return Lead(sre_compiler.compile(tree, flags), _inside(*first), _share_of_class(*first))


def _word_list(pattern: re.Pattern[str]) -> list[str] | None:
    """The words, if the pattern is nothing but ``word|word|…``: no need to parse thousands."""
    if pattern.flags & (re.IGNORECASE | re.VERBOSE) or not _PLAIN(pattern.pattern):
        return None
    words = pattern.pattern.split("|")
    return words if all(words) else None


_PLAIN = re.compile(r"[^\\.^$*+?{}\[\]()]+").fullmatch


def _walk(nodes: _Nodes, paths: list[_Path], flags: int) -> list[_Path]:
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
        return list(_consume(paths, _chars(code, value, flags)))
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


def _consume(paths: list[_Path], chars: _Set) -> Iterator[_Path]:
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


def _chars(code: Any, value: Any, flags: int) -> _Set:
    """The characters that a node of width one matches, if they are few."""
    if code is op.LITERAL:
        return _cases(value, flags)
    if code is not op.IN:
        return None
    chars: set[str] = set()
    for part, what in value:
        if part is op.LITERAL:
            more = _cases(what, flags)
        elif part is op.RANGE and what[1] - what[0] < _STRINGS:
            each = [_cases(char, flags) for char in range(what[0], what[1] + 1)]
            more = None if None in each else frozenset().union(*each)  # type: ignore[arg-type]
        elif part is op.CATEGORY and not flags & re.LOCALE:
            ascii_only = flags & re.ASCII
            more = {
                op.CATEGORY_SPACE: frozenset(" \t\n\r\f\v") if ascii_only else _SPACES,
                op.CATEGORY_DIGIT: _DIGITS if ascii_only else None,
            }.get(what)
        else:
            more = None
        if more is None:
            return None
        chars |= more
    return frozenset(chars) if len(chars) <= _STRINGS else None


def _cases(number: int, flags: int) -> _Set:
    char = chr(number)
    if not flags & re.IGNORECASE or char.lower() == char.upper() == char:
        return frozenset(char)
    if not char.isascii():
        return None
    low = char.lower()
    return frozenset(low + low.upper() + _ODD_CASES.get(low, ""))


def _rarity(sets: Iterable[Iterable[str]]) -> float:
    share = 1.0
    for chars in sets:
        share *= sum(_SHARE.get(char, _RARE) for char in chars)
    return share


def _rarest(sets: dict[int, frozenset[str]]) -> Window | None:
    """The run of neighbouring sets that ordinary text shows least."""
    best: tuple[float, int, int] | None = None
    shares = {place: _rarity([chars]) for place, chars in sets.items()}
    for start in sets:
        strings, share = 1, 1.0
        for length in range(1, _LONGEST + 1):
            place = start + length - 1
            if place not in sets:
                break
            strings *= len(sets[place])
            if strings > _STRINGS:
                break
            share *= shares[place]
            # Beyond one in ten million a longer window is no longer worth its strings.
            score = max(share, 1e-7) + strings * 1e-9 + length * 1e-10
            if best is None or score < best[0]:
                best = score, start, length
    if best is None:
        return None
    _, start, length = best
    run = [sorted(sets[start + place]) for place in range(length)]
    return Window(start, tuple(map("".join, product(*run))), _rarity(run))


def _lead(tree: Any) -> tuple[Any, Any] | None:
    """Move the first character of ``tree`` to its front, in place, and return its node."""
    ahead = 0
    while ahead < len(tree) and tree[ahead][0] in _ZERO_WIDTH:
        ahead += 1
    if ahead == len(tree):
        return None
    checks = tree.data[:ahead]
    code, value = tree[ahead]
    rest = tree.data[ahead + 1 :]
    if code is op.SUBPATTERN and not value[1] and not value[2]:
        inner = value[3]
        inner.data[:0] = checks
        found = _lead(inner)
        tree.data[:] = [(code, value), *rest]
        tree.width = inner.width = None
        return found
    if code in _REPEATS and code is not op.POSSESSIVE_REPEAT and value[0] >= 1:
        low, high, inner = value
        if len(inner) != 1:
            return None
        if high is not op.MAXREPEAT:
            high -= 1
        if high:
            rest.insert(0, (code, (low - 1, high, inner)))
        code, value = inner[0]
    if code is not op.LITERAL and code is not op.IN:
        return None
    first = (code, value)
    if _share_of_class(code, value) > _BROAD:
        return None
    if checks:
        behind = sre.SubPattern(tree.state, [*checks, first])
        rest.insert(0, (op.ASSERT, (-1, behind)))
    tree.data[:] = [first, *rest]
    tree.width = None
    return first


_ZERO_WIDTH = {op.ASSERT, op.ASSERT_NOT, op.AT}


def _share_of_class(code: Any, value: Any) -> float:
    """How much of ordinary text a node of width one matches, at a guess."""
    share = 0.0
    for part, what in [(code, value)] if code is op.LITERAL else value:
        if part is op.LITERAL:
            part, what = op.RANGE, (what, what)
        if part is op.RANGE:
            share += sum(
                common for char, common in _SHARE.items() if what[0] <= ord(char) <= what[1]
            )
            # Beside the common characters: Han are shared by thousands, the rest is exotic.
            han = max(0, min(what[1], 0x9FFF) - max(what[0], 0x4E00) + 1)
            share += han * 2e-5 + (what[1] - what[0] + 1 - han) * 1e-7
        elif part is op.CATEGORY and what is op.CATEGORY_DIGIT:
            share += _rarity(["0123456789"])
        elif part is op.CATEGORY and what is op.CATEGORY_SPACE:
            share += _rarity([" \n\u3000"])
        else:  # a negation, or letters
            return 1.0
    return share


def _inside(code: Any, value: Any) -> str:
    """A node of width one as the inside of a class."""
    if code is op.LITERAL:
        return re.escape(chr(value))
    pieces = []
    for part, what in value:
        if part is op.LITERAL:
            pieces.append(re.escape(chr(what)))
        elif part is op.RANGE:
            pieces.append("-".join(re.escape(chr(end)) for end in what))
        else:
            pieces.append({op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s"}[what])
    return "".join(pieces)
