"""A bar on the terminal for those who wait."""

from __future__ import annotations

import sys
import time

_PATIENCE = 2.0  # seconds before there is a bar at all
_EVERY = 0.1
_WIDTH = 30


class Progress:
    """Drawn on stderr, only if that is a terminal and it takes more than two seconds."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._total = total
        self._wanted = not quiet and total > 1 and sys.stderr.isatty()
        self._began = self._last = time.monotonic()
        self._drawn = False

    def show(self, done: int) -> None:
        """Tell how many are done."""
        if not self._wanted:
            return
        now = time.monotonic()
        if now - self._began < _PATIENCE or now - self._last < _EVERY:
            return
        self._last = now
        full = _WIDTH * done // self._total
        left = (now - self._began) / max(done, 1) * (self._total - done)
        bar = "#" * full + "-" * (_WIDTH - full)
        sys.stderr.write(f"\r[{bar}] {done}/{self._total} files, {left:.0f} s left\033[K")
        sys.stderr.flush()
        self._drawn = True

    def clear(self) -> None:
        """Make room for a line of text."""
        if self._drawn:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
            self._drawn = False
