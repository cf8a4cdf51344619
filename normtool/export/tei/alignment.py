"""Which characters of an edit's ``before`` became which of its ``after``.

Edits that touch are one edit, so a corrected mark, a new line and a removed
label can be one change. To write the mark into the one paragraph and the label
into the header, its two sides are aligned character by character.
"""

from __future__ import annotations

import unicodedata

from normtool.chinese import LOST

#: Beyond this many pairs (before x after) the middle of an edit is not aligned.
MOST_PAIRS = 40_000

#: Marks that are written for one another.
_KIN = (
    ".,;:!?·。．，；：！？、…—-－–~～",
    "\"'“”‘’「」『』＂＇`´",
    "([{<（［｛＜〔【《〈「『",
    ")]}>）］｝＞〕】》〉」』",
)

Pair = tuple[str, str]

#: How UnicodeData.txt tags the forms that differ in width alone.
_WIDTHS = ("<wide>", "<narrow>")


def is_mark(character: str) -> bool:
    """Punctuation or a symbol."""
    return unicodedata.category(character)[0] in "PS"


def same_but_width(one: str, other: str) -> bool:
    """Full-width and half-width form of one mark, letter or digit."""
    return (
        one != other
        and unicodedata.decomposition(one if one > other else other).startswith(_WIDTHS)
        and unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)
    )


def align(before: str, after: str) -> list[Pair]:
    """Pairs of characters, in order; an empty side is an insertion or a deletion.

    A newline is only ever paired with white space, the sign of a loss (□) only
    with itself: it stands for something that is not in ``before``.
    """
    if not before or not after:
        return [(c, "") for c in before] + [("", c) for c in after]
    if len(before) * len(after) > MOST_PAIRS:
        return _align_ends(before, after)
    # costs[i][j]: the cheapest way to turn before[i:] into after[j:].
    width = len(after)
    costs = [[0.0] * (width + 1) for _ in range(len(before) + 1)]
    costs[-1] = [float(width - j) for j in range(width + 1)]
    for i in range(len(before) - 1, -1, -1):
        row, below = costs[i], costs[i + 1]
        row[width] = below[width] + 1
        for j in range(width - 1, -1, -1):
            row[j] = min(
                below[j + 1] + _cost(before[i], after[j]),
                below[j] + 1,
                row[j + 1] + 1,
            )
    pairs: list[Pair] = []
    i = j = 0
    while i < len(before) or j < len(after):
        if (
            i < len(before)
            and j < width
            and costs[i][j] == costs[i + 1][j + 1] + _cost(before[i], after[j])
        ):
            pairs.append((before[i], after[j]))
            i, j = i + 1, j + 1
        elif i < len(before) and costs[i][j] == costs[i + 1][j] + 1:
            pairs.append((before[i], ""))
            i += 1
        else:
            pairs.append(("", after[j]))
            j += 1
    return pairs


def _cost(one: str, other: str) -> float:
    """Multiples of 1/8, so that sums are exact."""
    if one == other:
        return 0.0
    if LOST in (one, other):
        return 8.0
    if "\n" in (one, other):
        return 0.5 if one.isspace() and other.isspace() else 8.0
    if one.isspace() or other.isspace():
        return 1.875
    if same_but_width(one, other):
        return 0.125
    if is_mark(one) or is_mark(other):
        # A mark that is no kin was not written for the other: one went, one came.
        return 0.5 if any(one in kin and other in kin for kin in _KIN) else 2.5
    return 1.5


def _align_ends(before: str, after: str) -> list[Pair]:
    """Equal ends, and between them all of the one side before all of the other."""
    shorter = min(len(before), len(after))
    head = 0
    while head < shorter and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    pairs = [(c, c) for c in before[:head]]
    pairs += [(c, "") for c in before[head : len(before) - tail]]
    pairs += [("", c) for c in after[head : len(after) - tail]]
    return pairs + [(c, c) for c in before[len(before) - tail :]]
