"""The evidence in words."""

from __future__ import annotations

from normtool.typos.row import Row


def note(text: str, row: Row, a_million: float) -> str:
    """Why ``row.old`` is wrong: the pair that is better now, how frequent, and where.

    ``a_million`` turns a pair's level into occurrences in a million characters.
    """
    before = text[row.place - 1] if row.place else ""
    after = text[row.place + 1 : row.place + 2]
    left = row.gain_left >= row.gain_right
    if left:
        wrong, right = before + row.old, before + row.new
        was, now = row.left_old, row.left_new
        seen = row.t2_new or row.t1_new
        further, place = (after, "before") if row.t2_new else (text[row.place - 2 :][:1], "after")
    else:
        wrong, right = row.old + after, row.new + after
        was, now = row.right_old, row.right_new
        seen = row.t2_new or row.t3_new
        further, place = (before, "after") if row.t2_new else (text[row.place + 2 :][:1], "before")
    said = f"{wrong} {_often(was, a_million)}; {right} {_often(now, a_million)}"
    if seen and further.strip():
        said += f", also {place} {further}"
    return said


def pair_note(old: str, new: str, level_old: int, level_new: int, a_million: float) -> str:
    """Why two characters side by side are wrong."""
    return f"{old} {_often(level_old, a_million)}; {new} {_often(level_new, a_million)}"


def _often(level: int, a_million: float) -> str:
    if not level:
        return "never occurs"
    rate = (2 ** (level / 6) - 1) * a_million
    if rate < 0.1:
        return "hardly ever"
    return f"{rate:,.0f} times in a million" if rate >= 10 else f"{rate:.1f} times in a million"
