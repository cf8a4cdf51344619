"""Which characters of a text became which in its conversion.

A converter gives a whole new text; this module finds the places that differ.
Conversion never crosses a newline and leaves nearly everything that is not
Han alone, so lines, and marks and digits within them, are the anchors. It
knows nothing of OpenCC: what it needs to know of characters it is given as
``fold``, a function that writes the same word in the same way whatever its
script, character by character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from normtool.chinese import HAN_RANGES
from normtool.patterns import later

#: ``before[start:end]`` became ``after[new_start:new_end]``; the last value says
#: whether it is still the same word (False: another word, as 项目 → 專案).
Change = tuple[int, int, int, int, bool]
Fold = Callable[[str], str]

_TOKEN = later(f"[{HAN_RANGES}]+|[^{HAN_RANGES}]+")
_RUN = re.compile(rb"[^\0]+")
_LONG = 200


def runs(before: str, after: str) -> Iterator[tuple[int, int]]:
    """Yield the maximal runs ``(start, end)`` in which two texts of one length differ.

    Raises ValueError if the lengths are not the same.
    """
    if len(before) != len(after):
        raise ValueError(f"{len(before)} characters against {len(after)}")
    for run in _RUN.finditer(_mask(before, after)):
        yield run.span()


def _mask(before: str, after: str) -> bytes:
    """One byte a character: not zero where the two differ."""
    if len(before) < _LONG:
        return bytes(map(str.__ne__, before, after))
    # Both texts as one huge number each: the exclusive or compares all characters
    # in C, in a third of the time of one by one.
    size = len(before)
    ours = int.from_bytes(before.encode("utf-32-le", "surrogatepass"), "little")
    theirs = int.from_bytes(after.encode("utf-32-le", "surrogatepass"), "little")
    bits = (ours ^ theirs).to_bytes(4 * size, "little")
    low, middle, high = (int.from_bytes(bits[byte::4], "little") for byte in range(3))
    return (low | middle | high).to_bytes(size, "little")


def changes(before: str, after: str, fold: Fold, *, words: bool = False) -> Iterator[Change]:
    """Yield in order, never overlapping, where ``after`` differs from ``before``.

    Two changes may touch only where one of them is another word. With ``words``
    false a line of the same length is compared character by character and every
    change is taken for the same word in another script; with ``words`` true, and
    in lines of different lengths, exchanged words are looked for.

    Raises ValueError if the numbers of lines differ.
    """
    ours, theirs = before.split("\n"), after.split("\n")
    if len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} lines became {len(theirs)}")
    if not words and list(map(len, ours)) == list(map(len, theirs)):
        for start, end in runs(before, after):
            yield start, end, start, end, True
        return
    place = new = 0
    for one, other in zip(ours, theirs, strict=True):
        if one != other:
            if not words and len(one) == len(other):
                for start, end in runs(one, other):
                    yield place + start, place + end, new + start, new + end, True
            else:
                yield from _line(one, other, place, new, fold)
        place += len(one) + 1
        new += len(other) + 1


def _line(before: str, after: str, place: int, new: int, fold: Fold) -> Iterator[Change]:
    """The changes of one line in which words may have been exchanged."""
    ours, theirs = _TOKEN.findall(before), _TOKEN.findall(after)
    anchored = _anchored(ours, theirs)
    for one, other in zip(ours, theirs, strict=True) if anchored else _paired(ours, theirs, fold):
        if one != other:
            yield from _clause(one, other, place, new, fold)
        place += len(one)
        new += len(other)


def _anchored(ours: list[str], theirs: list[str]) -> bool:
    """Do the same marks, digits and letters stand between the Han on both sides?"""
    if len(ours) != len(theirs):
        return False
    if not ours:
        return True
    first = 0 if _foreign(ours[0]) else 1
    return ours[first::2] == theirs[first::2] and _foreign(ours[0]) == _foreign(theirs[0])


def _foreign(token: str) -> bool:
    return re.match(f"[{HAN_RANGES}]", token) is None


def _paired(ours: list[str], theirs: list[str], fold: Fold) -> list[tuple[str, str]]:
    """Tokens paired where a word took letters with it (U盘 → 隨身碟): equal ones are anchors."""
    one, other = [fold(token) for token in ours], [fold(token) for token in theirs]
    # Equal ends are anchors before all others: a comma is equal to every comma.
    most = min(len(one), len(other))
    head = next((n for n in range(most) if one[n] != other[n]), most)
    tail = next((n for n in range(most - head) if one[-1 - n] != other[-1 - n]), most - head)
    pairs = list(zip(ours[:head], theirs[:head], strict=True))
    end, other_end = len(one) - tail, len(other) - tail
    from difflib import SequenceMatcher

    ways = SequenceMatcher(None, one[head:end], other[head:other_end], autojunk=False)
    for way, i, i_end, j, j_end in ways.get_opcodes():
        mine, yours = ours[head + i : head + i_end], theirs[head + j : head + j_end]
        if way == "equal":
            pairs += zip(mine, yours, strict=True)
        else:
            pairs.append(("".join(mine), "".join(yours)))
    pairs += zip(ours[end:], theirs[other_end:], strict=True)
    return _wide(pairs)


def _wide(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs, one that holds nothing of ours or of theirs joined to its neighbour."""
    wide: list[tuple[str, str]] = []
    for one, other in pairs:
        if wide and (not one or not other or not wide[-1][0] or not wide[-1][1]):
            wide[-1] = (wide[-1][0] + one, wide[-1][1] + other)
        else:
            wide.append((one, other))
    return wide


def _clause(before: str, after: str, place: int, new: int, fold: Fold) -> Iterator[Change]:
    """The changes between two short strings, words looked for."""
    one, other = fold(before), fold(after)
    if len(one) != len(before) or len(other) != len(after):
        raise ValueError("fold must keep the length")
    if one == other:
        for start, end in runs(before, after):
            yield place + start, place + end, new + start, new + end, True
        return
    head = _common(one, other)
    limit = min(len(one), len(other)) - head
    tail = min(_common(one[::-1], other[::-1]), limit)
    i_end, j_end = len(one) - tail, len(other) - tail
    blocks = [("equal", 0, head, 0, head)]
    if head < i_end or head < j_end:
        from difflib import SequenceMatcher

        ways = SequenceMatcher(None, one[head:i_end], other[head:j_end], autojunk=False)
        blocks += [
            (w, head + a, head + b, head + c, head + d) for w, a, b, c, d in ways.get_opcodes()
        ]
    blocks.append(("equal", i_end, len(one), j_end, len(other)))
    for same, i, stop, j, j_stop in _seated(blocks, len(one)):
        if not same:
            yield place + i, place + stop, new + j, new + j_stop, False
            continue
        for start, end in runs(before[i:stop], after[j:j_stop]):
            yield place + i + start, place + i + end, new + j + start, new + j + end, True


def _seated(
    blocks: list[tuple[str, int, int, int, int]], size: int
) -> Iterator[tuple[bool, int, int, int, int]]:
    """The blocks, with every insertion joined to a character beside it.

    A change of no width would belong to no character: at a boundary nobody could
    tell on which side what it brings belongs.
    """
    taken = 0
    for place, (way, i, stop, j, j_stop) in enumerate(blocks):
        i, j, taken = i + taken, j + taken, 0
        if way == "insert" and i < size:
            taken = 1
            yield False, i, i + 1, j, j_stop + 1
        elif way == "equal" and [b[0] for b in blocks[place + 1 : place + 2]] == ["insert"]:
            at_end = blocks[place + 1][1] == size and stop > i
            if at_end:
                yield True, i, stop - 1, j, j_stop - 1
                yield False, stop - 1, stop, j_stop - 1, blocks[place + 1][4]
                return
            yield True, i, stop, j, j_stop
        else:
            yield way == "equal", i, stop, j, j_stop


def _common(one: str, other: str) -> int:
    """How many characters two strings begin with in common."""
    size = min(len(one), len(other))
    return next((i for i in range(size) if one[i] != other[i]), size)
