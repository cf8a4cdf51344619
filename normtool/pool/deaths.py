"""What is said of workers that end before their work does."""

from __future__ import annotations

import contextlib


class Killed(Exception):
    """A worker was ended by the system, or ended itself, while it was at a task.

    pid   of the worker
    code  its exit code; of a signal, its negative number
    """

    def __init__(self, pid: int, code: int) -> None:
        super().__init__(pid, code)
        self.pid, self.code = pid, code

    @property
    def how(self) -> str:
        """The name of the signal, or the exit code."""
        if self.code < 0:
            import signal

            with contextlib.suppress(ValueError):
                return signal.Signals(-self.code).name
        return f"exit code {self.code}"

    def __str__(self) -> str:
        return f"the process that was at it was ended ({self.how})"


class Hopeless(RuntimeError):
    """Workers die as soon as they begin."""
