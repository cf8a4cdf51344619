"""Whether repairs hit the damage: character by character, edit by edit.

Where edits of the tool and wounds touch they form a cluster, and the tool's
result for it is held against the sound text. Equal: every wound and every edit
in it is right. Else each edit is judged alone: right if it brings the cluster
nearer to the sound text (fewer single-character changes away), idle if it only
writes damaged characters otherwise and takes it no farther (the width of an
advert that should go), else false. An edit that touches no wound is false,
whatever it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from random import Random
from typing import NamedTuple

from damage import Maker, Wound

from normtool.edits import Edit, compose, fuse

Truth = tuple[int, int, str]  # a place of the damaged text, and what should stand there


class Verdict(NamedTuple):
    """What became of wounds and edits."""

    wounds: int
    repaired: int
    seen: int  # repaired, or pointed at by a suggestion or a flag
    edits: int
    false: tuple[Edit, ...]
    idle: tuple[Edit, ...]
    missed: tuple[Truth, ...]


def inflict(text: str, wounds: Sequence[Wound]) -> tuple[str, list[Truth]]:
    """The damaged text, and what should be done about it."""
    pieces: list[str] = []
    truth: list[Truth] = []
    end = length = 0
    for start, stop, damaged, wanted in wounds:
        assert start >= end, "wounds overlap or are not in order"
        pieces += (text[end:start], damaged)
        length += start - end
        truth.append(
            (length, length + len(damaged), text[start:stop] if wanted is None else wanted)
        )
        length += len(damaged)
        end = stop
    return "".join(pieces) + text[end:], truth


def inflict_all(text: str, makers: Sequence[Maker], rng: Random) -> tuple[str, list[Truth]]:
    """One kind of damage after the other, and what should be done about all of it at once.

    Only the first may lose something for good: what later ones do must lead
    back to what was there.
    """
    back: list[Edit] = []
    for number, make in enumerate(makers):
        wounds = make(text, rng)
        if number:
            wounds = [wound for wound in wounds if wound.wanted is None]
        damaged, truth = inflict(text, wounds)
        steps = fuse(Edit(start, damaged[start:end], after) for start, end, after in truth)
        back = compose(steps, back)
        text = damaged
    return text, [(edit.start, edit.end, edit.after) for edit in back]


def judge(
    damaged: str, truth: Sequence[Truth], edits: Sequence[Edit], offers: Sequence[Edit]
) -> Verdict:
    """Hold the tool's edits and offers on the damaged text against the truth."""
    repaired = seen = 0
    false: list[Edit] = []
    idle: list[Edit] = []
    missed: list[Truth] = []
    for wounds, made in _clusters(truth, edits):
        if not wounds:
            false += made
            continue
        start = min([w[0] for w in wounds] + [e.start for e in made])
        end = max([w[1] for w in wounds] + [e.end for e in made])
        wanted = _with(damaged, start, end, wounds)
        if _with(damaged, start, end, [(e.start, e.end, e.after) for e in made]) == wanted:
            repaired += len(wounds)
            seen += len(wounds)
            continue
        away = _distance(damaged[start:end], wanted)
        for edit in made:
            change = edit.start, edit.end, edit.after
            left = _distance(_with(damaged, start, end, [change]), wanted)
            if left >= away:
                inside = any(w[0] <= edit.start and edit.end <= w[1] for w in wounds)
                (idle if inside and left == away else false).append(edit)
        for wound in wounds:
            # Of a cluster that is not right as a whole, a wound may be healed for itself.
            mine = [e for e in made if e.start <= wound[1] and wound[0] <= e.end]
            if _healed(damaged, wound, mine):
                repaired += 1
                seen += 1
                continue
            missed.append(wound)
            seen += any(o.start <= wound[1] and wound[0] <= o.end for o in (*offers, *mine))
    return Verdict(len(truth), repaired, seen, len(edits), tuple(false), tuple(idle), tuple(missed))


def _healed(damaged: str, wound: Truth, made: Sequence[Edit]) -> bool:
    if any(e.start < wound[0] or e.end > wound[1] for e in made):
        return False
    start, end, wanted = wound
    return _with(damaged, start, end, [(e.start, e.end, e.after) for e in made]) == wanted


def _clusters(
    truth: Sequence[Truth], edits: Sequence[Edit]
) -> list[tuple[list[Truth], list[Edit]]]:
    spans: list[tuple[int, int, Truth | None, Edit | None]] = [
        (start, end, (start, end, wanted), None) for start, end, wanted in truth
    ]
    spans += [(edit.start, edit.end, None, edit) for edit in edits]
    spans.sort(key=lambda span: span[:2])
    clusters: list[tuple[list[Truth], list[Edit]]] = []
    reach = -1
    for start, end, wound, edit in spans:
        if start > reach:
            clusters.append(([], []))
        if wound is not None:
            clusters[-1][0].append(wound)
        if edit is not None:
            clusters[-1][1].append(edit)
        reach = max(reach, end)
    return clusters


def _with(text: str, start: int, end: int, changes: Sequence[Truth]) -> str:
    pieces = []
    for first, last, instead in changes:
        pieces += (text[start:first], instead)
        start = last
    return "".join(pieces) + text[start:end]


def _distance(one: str, other: str) -> int:
    """The least number of single characters put in, taken out or replaced (Levenshtein)."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if len(one) * len(other) > 20_000:
        # Not the least number, but found in a hundredth of the time.
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
        return sum(max(b - a, d - c) for _, a, b, c, d in changes)
    row = list(range(len(other) + 1))
    for n, a in enumerate(one, 1):
        above, row = row, [n]
        for m, b in enumerate(other, 1):
            row.append(min(above[m] + 1, row[-1] + 1, above[m - 1] + (a != b)))
    return row[-1]
