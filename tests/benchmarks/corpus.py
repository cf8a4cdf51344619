"""A corpus of Parquet through a process pool and through Spark, in one run.

    python tests/benchmarks/corpus.py [--size MB] [--text PATH ...] [--repeat N] [--jobs N]

Both engines clean the same rows with the same function; their rows are
compared. Start-up and a first small job are left out. What an engine costs by
itself is told by the identity job: the same rows read, handed to Python and
back, written. Times are of the wall clock; the ratio is that of the medians.
The rows are lines of the texts (our samples, if none are given), put together
anew, so that no two are alike.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from normtool.clean import Settings  # noqa: E402
from normtool.corpus.job import run  # noqa: E402
from normtool.corpus.outputs import write_part  # noqa: E402
from normtool.corpus.pieces import Survey, read_shard, survey  # noqa: E402
from normtool.corpus.plan import Job  # noqa: E402
from normtool.corpus.recipe import Recipe  # noqa: E402
from normtool.corpus.sources import Shard, find_inputs  # noqa: E402
from normtool.pool import in_order  # noqa: E402
from normtool.read import find_files, read  # noqa: E402

MB = 10**6


def make_corpus(place: Path, size: int, texts: Iterable[Path]) -> None:
    """Write about ``size`` bytes of text as Parquet, four files, 500 rows to a row group."""
    paths = [source.path for source in find_files(texts) if source.error is None]
    lines = [line for path in paths for line in read(path).original.split("\n") if line.strip()]
    chance = random.Random(1)
    place.mkdir()
    number = 0
    for part in range(4):
        rows, written = [], 0
        while written < size // 4:
            some: list[str] = []
            length = chance.randrange(3_000, 60_000)  # bytes: a page to a collection
            while length > 0:
                some.append(chance.choice(lines))
                length -= 3 * len(some[-1])
            rows.append({"id": f"{number:07}", "text": "\n".join(some), "site": number % 50})
            number += 1
            written += len(rows[-1]["text"].encode())
        table = pa.Table.from_pylist(rows)
        pq.write_table(table, place / f"{part}.parquet", row_group_size=500)
    print(f"{number:,} rows")


class Memory:
    """The largest sum of the memory (PSS) of this process and all below it.

    A process of its own looks: a thread here would forbid the pool to fork.
    """

    def __enter__(self) -> Memory:
        self.peak = 0
        command = [sys.executable, __file__, "--watch", str(os.getpid())]
        self._eye = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.peak = int(self._eye.communicate()[0])


def watch(pid: int) -> None:
    """Look at a process and those below it until standard input ends; print the peak."""
    peak, done = 0, False
    while not done:
        done = bool(select.select([sys.stdin], [], [], 0.2)[0])
        peak = max(peak, sum(_size(one) for one in _tree(pid) if one != os.getpid()))
    print(peak)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))
    except OSError:
        return


def _size(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def _copy(survey: Survey, place: Path, shard: Shard) -> None:
    batches = read_shard(shard, survey.schema, Recipe(), 1000)
    write_part(batches, survey.schema, str(place / f"{shard.number}.parquet"), "parquet")


def identity_pool(source: Path, output: Path, jobs: int) -> None:
    """Read and write the rows in the pool."""
    output.mkdir()
    shards, looked = [], None
    for one in find_inputs([str(source)], 16 * 2**20):
        looked = survey(one, 16 * 2**20)
        shards += [Shard(len(shards) + n, one, piece) for n, piece in enumerate(looked.pieces)]
    assert looked is not None
    for _, outcome in in_order(partial(_copy, looked, output), shards, jobs=jobs):
        if outcome is not None:
            raise outcome


def identity_spark(spark: Any, source: Path, output: Path) -> None:
    """The same through mapInArrow."""
    rows = spark.read.parquet(str(source))
    rows.mapInArrow(lambda batches: batches, rows.schema).write.parquet(str(output))


def digest(output: Path) -> str:
    """A hash of all rows whatever their order."""
    found = []
    for path in sorted(output.glob("part-*")):
        for batch in pq.ParquetFile(path).iter_batches(200):
            columns = sorted(batch.schema.names)
            found += [
                sha256(repr([row[name] for name in columns]).encode()).digest()
                for row in batch.to_pylist()
            ]
    return sha256(b"".join(sorted(found))).hexdigest()


def measured(work: Callable[[Path], object], place: Path, repeat: int) -> tuple[float, float, int]:
    """Median wall time, median CPU time of everything below this process, peak memory.

    The last output stays.
    """
    walls, cores, peak = [], [], 0
    for _ in range(repeat):
        shutil.rmtree(place, ignore_errors=True)
        before, began = _cpu(), time.monotonic()
        with Memory() as memory:
            work(place)
        walls.append(time.monotonic() - began)
        cores.append(_cpu() - before)
        peak = max(peak, memory.peak)
    return statistics.median(walls), statistics.median(cores), peak


def _cpu() -> float:
    """CPU seconds of this process, those that ended below it and those that live."""
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        total += used.ru_utime + used.ru_stime
    ticks = os.sysconf("SC_CLK_TCK")
    for pid in _tree(os.getpid()):
        if pid != os.getpid():
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            total += sum(map(int, fields[11:15])) / ticks  # its own and its ended children's
    return total


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--size", type=int, default=200, help="MB of text (200)")
    parser.add_argument("--text", type=Path, nargs="*", help="files or folders to make the rows of")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-typo-model", action="store_true")
    parser.add_argument("--duplicates", action="store_true", help="look for duplicates, too")
    options = parser.parse_args()
    texts = options.text or sorted(ROOT.glob("samples/*.txt"))
    similar = 0.8 if options.duplicates else 0.0
    recipe = Recipe(settings=Settings(typo_model=not options.no_typo_model))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source, small = place / "in", place / "small"
        make_corpus(source, options.size * MB, texts)
        make_corpus(small, 2 * MB, texts)

        def pool(output: Path, source: Path = source) -> None:
            run(Job((str(source),), str(output), recipe, similar=similar, jobs=options.jobs))

        pool(place / "warm", small)
        found = {
            "process pool": measured(pool, place / "pool", options.repeat),
            "process pool, identity": measured(
                lambda output: identity_pool(source, output, options.jobs),
                place / "same", options.repeat,
            ),
        }  # fmt: skip
        table(found, options.size, options.jobs)
        spark = session(options.jobs, place)
        if spark is None:
            print("Spark: pyspark or Java is not there; skipped")
            return
        from normtool.corpus.spark import run_on_spark

        def on_spark(output: Path, source: Path = source) -> None:
            run_on_spark(Job((str(source),), str(output), recipe, similar=similar))

        on_spark(place / "warm2", small)
        on_spark(place / "warm3", small)
        found["Spark"] = measured(on_spark, place / "spark", options.repeat)
        found["Spark, identity"] = measured(
            lambda output: identity_spark(spark, source, output), place / "same2", options.repeat
        )
        table(found, options.size, options.jobs)
        ratio = found["Spark"][0] / found["process pool"][0]
        work = found["Spark"][1] / found["process pool"][1]
        print(f"Spark local[{options.jobs}] : pool = {ratio:.2f} (wall), {work:.2f} (CPU)")
        equal = digest(place / "pool") == digest(place / "spark")
        print(f"rows equal: {equal}")
        spark.stop()
        if not equal:
            sys.exit(1)


def table(found: dict[str, tuple[float, float, int]], size: int, jobs: int) -> None:
    """A line for each way."""
    print(f"\n| {size} MB of text, {jobs} processes | wall s | CPU s | MB/s a core | peak MB "
          "| core-hours a TB |\n|---|---|---|---|---|---|")  # fmt: skip
    for name, (wall, cpu, peak) in found.items():
        hours = cpu / size * 10**6 / 3600
        print(f"| {name} | {wall:.1f} | {cpu:.1f} | {size / cpu:.2f} | {peak / MB:,.0f} "
              f"| {hours:,.0f} |")  # fmt: skip
    sys.stdout.flush()


def session(jobs: int, place: Path) -> Any:
    """A Spark session on this machine; None if that cannot be."""
    try:
        from pyspark.sql import SparkSession

        subprocess.run(["java", "-version"], check=True, capture_output=True)
    except (ImportError, OSError, subprocess.CalledProcessError):
        return None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ["PYTHONPATH"] = str(ROOT)
    spark = (
        SparkSession.builder.master(f"local[{jobs},4]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.local.dir", str(place))
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", str(2 * jobs))
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    return spark


if __name__ == "__main__":
    if sys.argv[1:2] == ["--watch"]:
        watch(int(sys.argv[2]))
    else:
        main()
