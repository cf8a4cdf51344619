"""The processes of a pool: how they are started, fed, watched and ended."""

from __future__ import annotations

import contextlib
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext

#: Seconds that a worker has to tidy up when it is told to stop.
_PATIENCE = 5.0
#: Workers that die one after the other with nothing done in between: it is not the tasks.
_HOPELESS = 20


class Killed(Exception):
    """A worker was ended by the system, or ended itself, while it was at a task.

    pid      of the worker
    code     its exit code; of a signal, its negative number
    unbegun  places of the tasks that it had, too, and had not begun
    """

    def __init__(self, pid: int, code: int, unbegun: Sequence[int] = ()) -> None:
        super().__init__(pid, code, unbegun)
        self.pid, self.code, self.unbegun = pid, code, tuple(unbegun)

    @property
    def how(self) -> str:
        """The name of the signal, or the exit code."""
        if self.code < 0:
            with contextlib.suppress(ValueError):
                return signal.Signals(-self.code).name
        return f"exit code {self.code}"

    def __str__(self) -> str:
        return f"the process that was at it was ended ({self.how})"


class Hopeless(RuntimeError):
    """Workers die as soon as they begin."""


class Worker:
    """One process, its pipe, and the places of the tasks that it has."""

    def __init__(
        self, context: BaseContext, work: Callable[[Any], Any], others: Sequence[Connection]
    ) -> None:
        self.connection, far = context.Pipe()
        self.places: deque[int] = deque()
        forks = context.get_start_method() == "fork"
        inherited = [*others, self.connection] if forks else []
        self.process = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(work, far, inherited), daemon=True, name="normtool"
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
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send(tasks)


class Team:
    """The workers; one that dies is replaced when there is something to do."""

    def __init__(self, work: Callable[[Any], Any], jobs: int, method: str = "") -> None:
        from multiprocessing import get_context

        self._context = get_context(method or _method())
        self._work = work
        self._jobs = jobs
        self._workers: list[Worker] = []
        self._deaths = 0

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
                killed = self._bury(worker)
                if worker.places:
                    yield worker.places[0], killed, 0
            else:
                self._deaths = 0
                yield worker.places.popleft(), pickle.loads(said), len(said)

    def _bury(self, worker: Worker) -> Killed:
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        code = worker.process.exitcode or 0
        killed = Killed(worker.process.pid or 0, code, tuple(worker.places)[1:])
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


def _serve(work: Callable[[Any], Any], pipe: Connection, inherited: Sequence[Connection]) -> None:
    """What a worker does: tasks come in lists, results go out one by one."""
    import gc

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    signal.signal(signal.SIGTERM, _stop)
    gc.freeze()  # what was inherited is not looked through, and so not copied
    try:
        for other in inherited:  # or nobody would see that the other end is gone
            other.close()
        while True:
            for task in pipe.recv():
                pipe.send_bytes(_attempt(work, task))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # no more tasks, or nobody who wants them done
    except _Stopped:
        sys.exit(128 + signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


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
