"""A bar on the terminal for those who wait."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

_PATIENCE = 2.0  # seconds before there is a bar at all
_EVERY = 0.1
_WIDTH = 30


class Progress:
    """Drawn on stderr, only if that is a terminal and it takes more than two seconds.

    The bar and the time left go by bytes, where the sizes of the files are known.

    done  how many files are done
    """

    def __init__(self, sizes: Sequence[int], *, quiet: bool = False) -> None:
        self.done = 0
        self._files = len(sizes)
        self._bytes = sum(sizes) + self._files
        self._bytes_done = 0
        self._wanted = not quiet and self._files > 1 and sys.stderr.isatty()
        self._began = self._last = time.monotonic()
        self._drawn = False

    def step(self, size: int) -> None:
        """One more file is done."""
        self.done += 1
        if not self._wanted:
            return
        self._bytes_done += size + 1
        now = time.monotonic()
        if now - self._began < _PATIENCE or now - self._last < _EVERY:
            return
        self._last = now
        share = self._bytes_done / self._bytes
        passed = now - self._began
        full = int(_WIDTH * share)
        bar = "#" * full + "-" * (_WIDTH - full)
        rate = self.done / passed if passed else 0.0
        sys.stderr.write(
            f"\r[{bar}] {self.done:,}/{self._files:,} files, "
            f"{rate:,.{0 if rate >= 10 else 1}f} files/s, "
            f"{_duration(passed / share - passed)} left\033[K"
        )
        sys.stderr.flush()
        self._drawn = True

    def clear(self) -> None:
        """Make room for a line of text."""
        if self._drawn:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
            self._drawn = False


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
