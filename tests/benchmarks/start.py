"""What a command costs before it does anything: CPU time beside ``import click``.

    python tests/benchmarks/start.py [FILE] [--repeat 12] [--without-kept]

FILE is a page (of 34 KB, say); without one, 34 KB made of our samples. Every command
runs once before, so that byte code and what is kept (``normtool/kept.py``) are there, then
all of them in turn: CPU time of the process, user and system, median. On a machine that
others use, too, only the ratios say something. ``--without-kept`` gives each run an empty
cache folder, as the first run after an installation has it.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SIZE = 34_000
#: Options of ``convert``, and the most that issue 7 wants of their ratios.
RUNS = {
    "txt, no typo model": ("-t txt --no-typo-model", 1.5),
    "txt": ("-t txt", None),
    "docx, no typo model": ("-t docx --no-typo-model", 2.5),
    "tei, no typo model": ("-t tei --no-typo-model", 2.5),
    "txt, tw, no typo model": ("-t txt --script tw --no-typo-model", None),
    "txt, twp, no typo model": ("-t txt --script twp --no-typo-model", None),
    "txt, hans, no typo model": ("-t txt --script hans --no-typo-model", None),
}
LOAD = (
    "import time; began = time.process_time();"
    "from normtool.typos.model import load; load();"
    "print(1000 * (time.process_time() - began))"
)


def main() -> None:
    """Run everything in turn and print a table."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("file", nargs="?", type=Path)
    options.add_argument("--repeat", type=int, default=12)
    options.add_argument("--without-kept", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "page.txt"
        page.write_bytes(given.file.read_bytes() if given.file else made())
        commands = all_of(page, folder)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(given.repeat + 1):
            for name, command in commands.items():
                cache = folder / f"{turn} {name}" if given.without_kept else None
                spent = cpu(command, folder, cache)
                if turn:
                    times[name].append(spent)
        load = statistics.median(
            float(run([sys.executable, "-c", LOAD], folder).stdout) for _ in range(given.repeat)
        )
    base = statistics.median(times["import click"])
    print(f"{'':26}{'CPU ms':>8}{'ratio':>7}{'wanted':>8}")
    for name, spent in times.items():
        middle = statistics.median(spent)
        most = RUNS.get(name, ("", None))[1]
        wanted = f"{most:8.1f}" if most else ""
        print(f"{name:26}{1000 * middle:8.0f}{middle / base:7.2f}{wanted}")
    print(f"The typo model loads in {load:.0f} ms (wanted: 150).")


def made() -> bytes:
    """As much of our samples as a page has."""
    samples = sorted((ROOT / "samples").glob("*.txt"))
    text = "\n".join(sample.read_bytes().decode("utf-8", "ignore") for sample in samples)
    while len(text.encode()) < SIZE:
        text += text
    return text.encode()[:SIZE].decode("utf-8", "ignore").encode()


def all_of(page: Path, folder: Path) -> dict[str, list[str]]:
    """Every command by its name."""
    normtool = [sys.executable, "-m", "normtool"]
    commands = {
        "python": [sys.executable, "-c", "pass"],
        "import click": [sys.executable, "-c", "import click"],
        "import click, numpy": [sys.executable, "-c", "import click, numpy"],
        "normtool --help": [*normtool, "--help"],
    }
    for name, (convert, _) in RUNS.items():
        words = convert.split()
        target = str(folder / f"out.{words[1]}")
        commands[name] = [*normtool, "convert", str(page), "-q", "-o", target, *words]
    return commands


def run(
    command: list[str], folder: Path, cache: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """A command in an empty folder, with byte code as an installation has it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if cache is not None:
        environment |= {"PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": str(cache)}
    return subprocess.run(
        command, cwd=folder, env=environment, check=True, capture_output=True, text=True
    )


def cpu(command: list[str], folder: Path, cache: Path | None) -> float:
    """Seconds of CPU time that a command takes, of user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(command, folder, cache)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main()
