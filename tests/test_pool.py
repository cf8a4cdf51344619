"""The pool of processes: order, faults and deaths."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from normtool.pool import Hopeless, Killed, cores, in_order

ROOT = Path(__file__).parent.parent


def double(task: int) -> int:
    return 2 * task


def slow_when_even(task: int) -> int:
    time.sleep(0.005 if task % 2 == 0 else 0)
    return task


def dies_at_seven(task: int) -> tuple[int, int]:
    if task == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return task, os.getpid()


def leaves_at_seven(task: int) -> int:
    if task == 7:
        os._exit(3)
    return task


def dies(task: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return task


class Awkward(Exception):
    """Can be packed and not unpacked."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__("awkward")


def fails_at_odd(task: int) -> int:
    if task == 3:
        raise Awkward(1, 2)
    if task % 2:
        raise ValueError(f"{task} is odd")
    return task


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    tasks = list(range(200))
    assert list(in_order(slow_when_even, tasks, jobs=jobs)) == [(n, n) for n in tasks]


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_every_way_to_start_a_process(method: str) -> None:
    found = list(in_order(double, range(40), jobs=2, method=method))
    assert found == [(n, 2 * n) for n in range(40)]


def test_what_is_done_is_seen_before_its_turn() -> None:
    def work(task: int) -> int:
        time.sleep(0.3 if task == 0 else 0)
        return task

    seen: list[int] = []
    first = None
    for task, _ in in_order(work, range(8), jobs=2, seen=lambda place, _: seen.append(place)):
        if first is None:
            first = (task, list(seen))
    assert first is not None
    assert first[0] == 0
    assert len(first[1]) > 3
    assert sorted(seen) == list(range(8))


def test_results_that_wait_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normtool.pool._HELD", 200_000)

    def work(task: int) -> bytes:
        time.sleep(0.5 if task == 0 else 0)
        return bytes(10_000)

    seen: list[int] = []
    results = in_order(work, range(400), jobs=2, seen=lambda place, _: seen.append(place))
    next(results)
    # Twenty fill it; a piece of work or two were under way by then.
    assert 20 <= len(seen) <= 20 + 3 * 32
    assert sum(1 for _ in results) == 399


def test_few_heavy_tasks_are_spread() -> None:
    def work(task: int) -> int:
        time.sleep(0.2)
        return os.getpid()

    pids = [pid for _, pid in in_order(work, range(6), jobs=3, weights=[5_000_000] * 6)]
    assert len(set(pids)) == 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_is_the_outcome_of_its_task(jobs: int) -> None:
    found = dict(in_order(fails_at_odd, range(10), jobs=jobs))
    assert [found[n] for n in range(0, 10, 2)] == list(range(0, 10, 2))
    assert isinstance(found[5], ValueError)
    assert str(found[5]) == "5 is odd"
    assert "awkward" in str(found[3])
    if jobs == 2:
        assert any("in fails_at_odd" in note for note in found[5].__notes__)


def test_a_killed_worker_costs_its_task_and_no_other() -> None:
    found = list(in_order(dies_at_seven, range(100), jobs=2))
    assert [task for task, _ in found] == list(range(100))
    outcome = found[7][1]
    assert isinstance(outcome, Killed)
    assert outcome.how == "SIGKILL"
    done = [result for task, result in found if task != 7]
    assert [result[0] for result in done] == [n for n in range(100) if n != 7]
    assert outcome.pid not in {result[1] for result in done[7:]}


def test_what_a_killed_worker_had_done_and_not_told_is_done_again(tmp_path: Path) -> None:
    def work(task: int) -> int:
        with (tmp_path / str(task)).open("a") as stream:
            stream.write("x")
        if task == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    found = dict(in_order(work, range(40), jobs=2))
    assert [task for task, outcome in found.items() if isinstance(outcome, Killed)] == [5]
    assert (tmp_path / "5").read_text() == "x"
    assert {(tmp_path / str(n)).read_text() for n in range(40)} <= {"x", "xx"}


def test_a_worker_that_leaves_is_lost_as_well() -> None:
    found = dict(in_order(leaves_at_seven, range(20), jobs=2))
    assert str(found[7]) == "the process that was at it was ended (exit code 3)"
    assert [found[n] for n in range(20) if n != 7] == [n for n in range(20) if n != 7]


def test_workers_that_die_at_once_end_it() -> None:
    with pytest.raises(Hopeless, match="SIGKILL"):
        list(in_order(dies, range(1000), jobs=2))
    assert not multiprocessing.active_children()


def test_all_of_few_tasks_may_die() -> None:
    found = list(in_order(dies, range(5), jobs=2))
    assert all(isinstance(outcome, Killed) for _, outcome in found)


def test_an_idle_worker_that_is_killed_costs_nothing() -> None:
    def work(task: int) -> int:
        time.sleep(0.3 if task == 0 else 0)
        return os.getpid()

    def kill(place: int, pid: int | Exception) -> None:
        if place == 1:  # its worker waits while the other is at the first task
            assert isinstance(pid, int)
            os.kill(pid, signal.SIGKILL)

    first, second = in_order(work, range(2), jobs=2, seen=kill)
    assert isinstance(first[1], int)
    assert first[1] != second[1]


def test_who_stops_early_leaves_no_process_and_work_is_unwound(tmp_path: Path) -> None:
    def work(task: int) -> int:
        if task == 0:
            return task
        mark = tmp_path / str(task)
        mark.touch()
        try:
            time.sleep(60)
        finally:
            mark.unlink()
        return task

    results = in_order(work, range(10), jobs=2)
    assert next(results) == (0, 0)
    began = time.monotonic()
    while not list(tmp_path.iterdir()) and time.monotonic() < began + 10:
        time.sleep(0.01)
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 10
    assert not list(tmp_path.iterdir())
    assert not multiprocessing.active_children()


ORPHANS = """
import os, sys, time
from normtool.pool import in_order
def work(task):
    open(f"{sys.argv[1]}/{os.getpid()}", "w").close()
    time.sleep(0.05)
list(in_order(work, range(10_000), jobs=3))
"""


def test_workers_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHANS, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    until = time.monotonic() + 20
    while len(list(tmp_path.iterdir())) < 3 and time.monotonic() < until:
        time.sleep(0.02)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert len(workers) == 3
    parent.kill()
    parent.wait()

    def alive(pid: int) -> bool:
        try:
            return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text("utf-8")
        except OSError:
            return False

    while any(map(alive, workers)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(alive, workers))


def test_cores() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
