"""Many files: one process against several, and what a file costs besides its cleaning.

    python tests/benchmarks/files.py [--files 10000] [--repeat 3] [-j 2]

The first table times ``normtool convert -t txt`` on files of 30 KB made of the
samples, with one process and with several in turn. The second compares it, on
files of one trivial line, with a loop that reads, cleans and writes them in one
process. Wall time shows something only on a quiet machine; CPU time (of all
processes) nearly always.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SIZE = 30_000
TRIVIAL = "同志们：\n"
#: The same work without anything around it.
LOOP = """
import os, sys, time
from normtool import read, prepare, write
source, target = sys.argv[1:]
prepare(read(os.path.join(source, "00000.txt")))
began = time.process_time()
for name in sorted(os.listdir(source)):
    document = prepare(read(os.path.join(source, name)))
    with open(os.path.join(target, name), "wb") as stream:
        write(document, stream, "txt")
print(time.process_time() - began)
"""


def main() -> None:
    """Make the files, run everything, print two tables."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--files", type=int, default=10_000)
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("-j", "--jobs", type=int, default=2)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        speeches(folder / "speeches", given.files)
        trivial(folder / "trivial", given.files)
        spread(folder, given.files, given.jobs, given.repeat)
        overhead(folder, given.files, given.jobs, given.repeat)


def speeches(folder: Path, number: int) -> None:
    """Files of 30 KB, made of paragraphs of the samples."""
    folder.mkdir()
    chance = random.Random(7)
    paragraphs = []
    for path in sorted((ROOT / "samples").glob("*.txt")):
        try:
            paragraphs += path.read_text("utf-8").split("\n\n")
        except UnicodeDecodeError:  # the samples of other encodings
            continue
    for index in range(number):
        parts: list[str] = []
        while sum(map(len, parts)) * 3 < SIZE:
            parts.append(chance.choice(paragraphs))
        (folder / f"{index:05}.txt").write_text("\n\n".join(parts), "utf-8")


def trivial(folder: Path, number: int) -> None:
    """Files with which there is nothing to do."""
    folder.mkdir()
    for index in range(number):
        (folder / f"{index:05}.txt").write_text(TRIVIAL, "utf-8")


def timed(command: list[str]) -> tuple[float, float, str]:
    """Wall seconds, CPU seconds of all its processes, and what it prints."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return wall, cpu, done.stdout


def convert(source: Path, jobs: int) -> tuple[float, float]:
    """Wall and CPU seconds of the program on a folder."""
    with tempfile.TemporaryDirectory(dir=source.parent) as target:
        command = [sys.executable, "-m", "normtool", "convert", str(source), "-t", "txt"]
        return timed([*command, "-o", target, "-j", str(jobs), "-q", "--isolated"])[:2]


def spread(folder: Path, files: int, jobs: int, repeat: int) -> None:
    """One process against several."""
    runs = [
        (convert(folder / "speeches", 1), convert(folder / "speeches", jobs)) for _ in range(repeat)
    ]
    print(
        f"{files:,} files of {SIZE:,} bytes; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    print("              wall s   files/s     CPU s")
    for name, place in (("-j 1", 0), (f"-j {jobs}", 1)):
        wall = statistics.median(run[place][0] for run in runs)
        cpu = statistics.median(run[place][1] for run in runs)
        print(f"{name:10}{wall:10.1f}{files / wall:10.1f}{cpu:10.1f}")
    walls = statistics.median(one[0] / many[0] for one, many in runs)
    cpus = statistics.median(many[1] / one[1] for one, many in runs)
    print(f"{walls:.2f} times as fast (median of pairs), for {cpus:.3f} times the CPU time\n")


def overhead(folder: Path, files: int, jobs: int, repeat: int) -> None:
    """What a file costs that does not come from reading, cleaning and writing it."""
    (folder / "first").mkdir()
    (folder / "first" / "00000.txt").write_text(TRIVIAL, "utf-8")
    alone, several = [], []
    for _ in range(repeat):
        with tempfile.TemporaryDirectory(dir=folder) as target:
            loop = float(timed([sys.executable, "-c", LOOP, str(folder / "trivial"), target])[2])
        start = convert(folder / "first", 1)[1]
        alone.append((convert(folder / "trivial", 1)[1] - start - loop) / files)
        several.append((convert(folder / "trivial", jobs)[1] - start - loop) / files)
    print("CPU per file besides reading, cleaning and writing")
    for name, costs in (("-j 1", alone), (f"-j {jobs}", several)):
        print(f"{name:10}{statistics.median(costs) * 1e6:10.0f} µs")


if __name__ == "__main__":
    main()
