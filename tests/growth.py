"""How much longer something takes on a longer input, told on a machine that is busy, too."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Nothing is measured as shorter than this: the clock has ticks, and others use the caches.
_LEAST = 0.002
#: Pairs of measurements before it counts as slow, and those that are made without a break.
_TRIES, _AT_ONCE = 10, 4


def grows_by_less(times: float, short: Callable[[], object], long: Callable[[], object]) -> bool:
    """Whether ``long`` needs less than so many times the CPU time of ``short``.

    Both are measured in turn, and the best of each counts. What fails is measured
    again by itself, with longer and longer pauses: neighbours who fill the caches
    make everything slow for a while, what is quadratic stays so.
    """
    best_short = best_long = float("inf")
    for attempt in range(_TRIES):
        if attempt >= _AT_ONCE:
            time.sleep(0.05 * attempt)
        best_short = min(best_short, _seconds(short))
        best_long = min(best_long, _seconds(long))
        if best_long < times * max(best_short, _LEAST):
            return True
    return False


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
