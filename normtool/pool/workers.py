"""The processes of a pool: how they are started, fed, watched and ended."""

from __future__ import annotations

import contextlib
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from mmap import mmap
from typing import TYPE_CHECKING, Any

from normtool.pool.deaths import Hopeless, Killed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext

#: Seconds that a worker has to tidy up when it is told to stop.
_PATIENCE = 5.0
#: Seconds after which the results of short tasks are told: each message wakes the parent.
_TELL = 0.02
#: A worker that is at no task. Larger than any number of tasks given at once.
_AT_NONE = 255
#: Workers that die one after the other with nothing done in between: it is not the tasks.
_HOPELESS = 20


class Worker:
    """One process, its pipe, and the places of the tasks that it has."""

    def __init__(
        self, context: BaseContext, work: Callable[[Any], Any], others: Sequence[Connection]
    ) -> None:
        self.connection, far = context.Pipe()
        self.places: deque[int] = deque()
        self._given = 0
        self._mark: mmap | None = None
        inherited: Sequence[Connection] = ()
        if context.get_start_method() == "fork":
            # Memory that both see: at which of the tasks it is.
            self._mark = mmap(-1, 1)
            self._mark[0] = _AT_NONE
            inherited = [*others, self.connection]
        self.process = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(work, far, self._mark, inherited), daemon=True, name="normtool"
        )
        try:
            with far, _without_interrupts():
                self.process.start()
        except OSError:
            self.connection.close()
            raise

    def give(self, places: Sequence[int], tasks: Sequence[Any]) -> None:
        """Hand over tasks. If it is dead already, waiting for it will tell."""
        self.places.extend(places)
        self._given = len(places)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send(tasks)

    def at(self) -> int | None:
        """The place that it was at when it ended; what came before was done and not yet told."""
        if not self.places:
            return None
        if self._mark is None:
            return self.places[0]
        told = self._given - len(self.places)
        return None if self._mark[0] == _AT_NONE else self.places[self._mark[0] - told]


class Team:
    """The workers; one that dies is replaced when there is something to do."""

    def __init__(self, work: Callable[[Any], Any], jobs: int, method: str = "") -> None:
        from multiprocessing import get_context

        self._context = get_context(method or _method())
        self._work = work
        self._jobs = jobs
        self._workers: list[Worker] = []
        self._deaths = 0
        #: Places of tasks that were given to a worker and that it left undone.
        self.returned: list[int] = []

    def free(self) -> Worker | None:
        """One that has nothing to do, a new one if need be; None if all are busy."""
        for worker in [worker for worker in self._workers if not worker.places]:
            if worker.process.is_alive():
                return worker
            self._bury(worker)
        if len(self._workers) >= self._jobs:
            return None
        pipes = [worker.connection for worker in self._workers]
        try:
            worker = Worker(self._context, self._work, pipes)
        except OSError:  # no more processes, or no memory for one: fewer must do
            if not self._workers:
                raise
            self._jobs = len(self._workers)
            return None
        self._workers.append(worker)
        return worker

    def wait(self) -> Iterator[tuple[int, Any, int]]:
        """Wait until there is something: place, outcome and size in bytes of each result."""
        from multiprocessing.connection import wait

        ready = set(wait([worker.connection for worker in self._workers]))
        for worker in [worker for worker in self._workers if worker.connection in ready]:
            try:
                said = worker.connection.recv_bytes()
            except (EOFError, OSError):
                place = worker.at()
                killed = self._bury(worker)
                if place is not None:
                    worker.places.remove(place)
                    yield place, killed, 0
                self.returned += worker.places
            else:
                self._deaths = 0
                for packed in pickle.loads(said):
                    yield worker.places.popleft(), pickle.loads(packed), len(packed)

    def _bury(self, worker: Worker) -> Killed:
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        killed = Killed(worker.process.pid or 0, worker.process.exitcode or 0)
        self._deaths += 1
        if self._deaths >= _HOPELESS:
            raise Hopeless(
                f"{_HOPELESS} processes ended one after the other with nothing done "
                f"({killed.how}); try fewer at once"
            )
        return killed

    def stop(self, *, at_once: bool) -> None:
        """End all workers and wait for them: they leave when their pipe is closed."""
        for worker in self._workers:
            if at_once:
                worker.process.terminate()
            worker.connection.close()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            if worker.process.exitcode is None:
                worker.process.kill()
                worker.process.join()
        self._workers.clear()


class _Stopped(BaseException):
    """The worker is told to stop; not an Exception, so that no work swallows it."""


def _serve(
    work: Callable[[Any], Any],
    pipe: Connection,
    mark: mmap | None,
    inherited: Sequence[Connection],
) -> None:
    """What a worker does: tasks come in lists, and so do results, those of short tasks."""
    import gc

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    signal.signal(signal.SIGTERM, _stop)
    gc.freeze()  # what was inherited is not looked through, and so not copied
    try:
        for other in inherited:  # or nobody would see that the other end is gone
            other.close()
        while True:
            _serve_tasks(work, pipe, mark, pipe.recv())
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # no more tasks, or nobody who wants them done
    except _Stopped:
        sys.exit(128 + signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _serve_tasks(
    work: Callable[[Any], Any], pipe: Connection, mark: mmap | None, tasks: Sequence[Any]
) -> None:
    last = time.monotonic()
    outcomes: list[bytes] = []
    for number, task in enumerate(tasks, 1):
        if mark is not None:
            mark[0] = number - 1
        outcomes.append(_attempt(work, task))
        if mark is None or number == len(tasks) or time.monotonic() - last > _TELL:
            if mark is not None:
                mark[0] = _AT_NONE
            pipe.send(outcomes)
            outcomes.clear()
            last = time.monotonic()


def _stop(number: int, frame: Any) -> None:
    raise _Stopped


def _attempt(work: Callable[[Any], Any], task: Any) -> bytes:
    """The result or the exception, packed."""
    try:
        return pickle.dumps(work(task), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        import traceback

        # Where it was raised is known only here.
        error.add_note("".join(traceback.format_exception(error)).rstrip())
        with contextlib.suppress(Exception):
            packed = pickle.dumps(error, pickle.HIGHEST_PROTOCOL)
            pickle.loads(packed)  # some exceptions can be packed and not unpacked
            return packed
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))


def _method() -> str:
    """How processes are started: by fork, 20 ms and everything is inherited; threads forbid it."""
    import threading

    if sys.platform != "linux":
        return "spawn"
    return "fork" if threading.active_count() == 1 else "forkserver"


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold back Ctrl-C: a new process would answer it with a traceback before it ignores it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
