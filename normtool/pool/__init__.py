"""Work spread over processes: results in the order of the tasks, whatever becomes of a worker.

    for task, outcome in in_order(work, tasks, jobs=cores()):
        if isinstance(outcome, Exception): ...  # what ``work`` raised, or Killed

The pools of the standard library break as a whole when the system kills one
of their processes. Here each worker has a pipe of its own and no lock is
shared: when one dies, the task that it was at is known, and a new worker goes
on with the rest.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from normtool.pool.deaths import Hopeless, Killed

__all__ = ["Hopeless", "Killed", "cores", "in_order"]

T = TypeVar("T")
R = TypeVar("R")

#: Tasks that a worker is given at once: handing over one by one costs 0.1 ms each.
_CHUNK = 32
#: Results that wait for their turn behind a long task, in bytes; then no new task is begun.
_HELD = 64 * 1024 * 1024


def cores() -> int:
    """How many processes can work at once here: what this process and its container may use."""
    try:
        number = len(os.sched_getaffinity(0))
    except AttributeError:
        number = os.cpu_count() or 1
    with contextlib.suppress(OSError, ValueError):
        with open("/sys/fs/cgroup/cpu.max", encoding="ascii") as stream:
            quota, period = stream.read().split()
        number = min(number, max(1, -(-int(quota) // int(period))))
    return number


def in_order(
    work: Callable[[T], R],
    tasks: Sequence[T],
    *,
    jobs: int,
    weights: Sequence[int] | None = None,
    seen: Callable[[int, R | Exception], None] | None = None,
    method: str = "",
) -> Generator[tuple[T, R | Exception], None, None]:
    """Yield each task with what ``work`` made of it, in the order of the tasks.

    An exception that ``work`` raised takes the place of its result, ``Killed``
    that of a task whose worker was killed; both concern that task alone. What
    the worker had done in its last moments and not yet told is done again.

    jobs     processes; 1 does everything in this one
    weights  how much each task is (bytes, say), so that few heavy ones are spread evenly
    seen     is called with the place of a task and its outcome as soon as it is
             there, out of turn: for a bar, or a journal
    method   "fork", "forkserver" or "spawn"; else fork where that is safe. Without
             fork ``work`` and the tasks must be picklable; results always must.

    Results that wait behind a long task are held up to 64 MB, then workers pause.
    When the iterator is closed, or left by an exception, the workers are told to
    stop (SIGTERM; what they are at is unwound by an exception) and waited for.
    Raises Hopeless if workers die without doing anything.
    """
    jobs = min(jobs, len(tasks))
    if jobs <= 1:
        for place, task in enumerate(tasks):
            result = _attempt(work, task)
            if seen is not None:
                seen(place, result)
            yield task, result
        return
    from normtool.pool.workers import Team

    queue = _Queue(weights or [1] * len(tasks), jobs)
    held: dict[int, tuple[R | Exception, int]] = {}
    waiting = following = 0
    team = Team(work, jobs, method)
    done = False
    try:
        while following < len(tasks):
            while queue.wants(waiting) and (worker := team.free()):
                chunk = queue.take()
                worker.give(chunk, [tasks[place] for place in chunk])
            for place, outcome, size in team.wait():
                held[place] = (outcome, size)
                waiting += size
                if seen is not None:
                    seen(place, outcome)
            queue.take_back(team.returned)
            while following in held:
                outcome, size = held.pop(following)
                waiting -= size
                yield tasks[following], outcome
                following += 1
        done = True
    finally:
        team.stop(at_once=not done)


def _attempt(work: Callable[[T], R], task: T) -> R | Exception:
    try:
        return work(task)
    except Exception as error:
        return error


class _Queue:
    """The places of the tasks that nobody has begun, in pieces that get smaller towards the end."""

    def __init__(self, weights: Sequence[int], jobs: int) -> None:
        self._weights = weights
        self._left = sum(weights)
        self._share = 4 * jobs
        self._next = 0
        self._back: deque[int] = deque()

    def wants(self, waiting: int) -> bool:
        """Whether there is something to begin now, with so many bytes of results that wait."""
        # What was given back is earlier than all others: the results wait for it.
        return bool(self._back) or (waiting < _HELD and self._next < len(self._weights))

    def take(self) -> list[int]:
        """The next places, one at least."""
        if self._back:
            return [self._back.popleft()]
        most = self._left // self._share
        chunk: list[int] = []
        weight = 0
        while self._next < len(self._weights) and len(chunk) < _CHUNK:
            one = self._weights[self._next]
            if chunk and weight + one > most:
                break
            chunk.append(self._next)
            weight += one
            self._next += 1
        self._left -= weight
        return chunk

    def take_back(self, places: list[int]) -> None:
        """These were handed out and not done."""
        if places:
            self._back = deque(sorted((*self._back, *places)))
            places.clear()
