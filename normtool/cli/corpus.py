"""``normtool corpus``: millions of documents in Parquet, JSON lines or folders."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from normtool.cli.command import PATH, Command
from normtool.cli.options import configuration, rule_options
from normtool.cli.scripts import check_needed, script_options
from normtool.cli.streams import colored, say
from normtool.files import Unreadable, Unwritable, shown
from normtool.read import FORMATS
from normtool.report.color import RED, paint

if TYPE_CHECKING:
    from normtool.corpus.plan import Result

#: Those of ``corpus.outputs``, which is not imported to print the help.
_TO = ("parquet", "jsonl", "jsonl.gz", "jsonl.zst", "txt")
#: Who names the output so does not expect a folder.
_NO_FOLDERS = (".csv", ".tsv", ".json", ".txt", ".xml", ".docx", ".xlsx", ".zip")
_EVERY = 0.5  # seconds between two lines of progress on a terminal


@click.command("corpus", cls=Command)
@click.argument("inputs", nargs=-1, required=True, type=PATH)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    required=True,
    help="A folder, or one file (.parquet, .jsonl, .jsonl.gz, .jsonl.zst).",
)
@click.option(
    "-t",
    "--to",
    type=click.Choice(_TO),
    help="Format. Default: by OUT, else Parquet, of JSON lines jsonl.zst (Spark: .gz).",
)
@click.option("--text", default="text", metavar="COLUMN", help="Where the texts are: text.")
@click.option("--id", "id_", default="", metavar="COLUMN", help="What the rows are called: id.")
@click.option("--prefix", default="", metavar="WORD", help="Set before the names of new columns.")
@script_options
@click.option(
    "--near",
    type=click.FloatRange(0.7, 1),
    default=0.8,
    show_default=True,
    help="How similar speeches are that are marked as duplicates (Jaccard, 5-character shingles).",
)
@click.option("--no-duplicates", is_flag=True, help="Do not look for duplicates.")
@click.option(
    "--batch", type=click.IntRange(min=1), default=1000, metavar="ROWS", help="Rows at once: 1000."
)
@click.option(
    "--shard",
    type=click.IntRange(min=1),
    default=16,
    metavar="MB",
    help="Input that becomes one part of the output: 16.",
)
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes. Else all.")
@click.option("--force", is_flag=True, help="Write over what another command left in OUT.")
@click.option(
    "--engine",
    type=click.Choice(("local", "spark")),
    default="local",
    help="This machine (default), or Apache Spark.",
)
@click.option("--master", metavar="URL", help="Spark: where, as local[4]. Else as submitted.")
@rule_options
@click.option(
    "-f",
    "--from",
    "source_format",
    type=click.Choice(FORMATS),
    help="Bytes: read as a web page or as text. Else by name and beginning.",
)
@click.option("--encoding", default="", metavar="NAME", help="Bytes: decode with this.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=64, metavar="MB", help="Largest text: 64."
)
@click.option("-q", "--quiet", is_flag=True, help="No summary and no progress, only errors.")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def command(
    inputs: tuple[str, ...],
    output: str,
    to: str | None,
    text: str,
    id_: str,
    prefix: str,
    near: float,
    no_duplicates: bool,
    batch: int,
    shard: int,
    jobs: int | None,
    force: bool,
    engine: str,
    master: str | None,
    source_format: str | None,
    encoding: str,
    limit: int,
    quiet: bool,
    debug: bool,
    **rules: Any,
) -> Any:
    """Clean a corpus: Parquet, JSON lines (also .gz, .zst), folders of files.

    Every column is kept; text, edits, suggestions, blocks, meta, error,
    duplicates and duplicate_of are added. A finished job that is run again
    does nothing, one that was stopped goes on.
    """
    _need("pyarrow", "corpus")
    if not no_duplicates:
        _need("rensa", "corpus")
    known = configuration(**rules)
    check_needed(rules, known.script)
    if len(known.script) > 1:
        raise click.UsageError("A corpus has one text a row: give one --script.")
    if master and engine != "spark":
        raise click.UsageError("--master is about Spark: add --engine spark.")
    if output.lower().endswith(_NO_FOLDERS) and not os.path.isdir(output):
        raise click.UsageError(
            f"{shown(output)} has the name of another kind of file: a corpus is written to "
            "a folder, or to one .parquet, .jsonl, .jsonl.gz or .jsonl.zst."
        )
    from normtool.corpus import NotFitting, from_configuration
    from normtool.corpus.plan import Job

    recipe = from_configuration(
        known,
        text=text,
        id=id_,
        prefix=prefix,
        limit=limit * 2**20,
        encoding=encoding,
        format=source_format or "",
    )
    job = Job(
        inputs,
        output,
        recipe,
        to or "",
        similar=0.0 if no_duplicates else near,
        shard=shard * 2**20,
        rows=batch,
        jobs=jobs or _cores(),
        force=force,
    )
    began = time.monotonic()
    bar = _Bar(quiet)
    before = _stop_on_terminate()
    try:
        if engine == "spark":
            _need("pyspark", "spark")
            from normtool.corpus.spark import run_on_spark

            result = run_on_spark(job, master or "")
        else:
            from normtool.corpus.job import run

            result = run(job, bar.show)
    except (Unreadable, Unwritable, NotFitting) as error:
        raise click.ClickException(str(error)) from error
    except (KeyboardInterrupt, SystemExit) as stop:
        from normtool.cli.program import INTERRUPTED

        bar.clear()
        say("stopped; what was written is whole, and the same command goes on with the rest")
        return stop.code if isinstance(stop, SystemExit) else INTERRUPTED
    finally:
        bar.clear()
        if before is not None:
            signal.signal(signal.SIGTERM, before)
    for sentence in result.failed:
        say(f"{paint('error:', RED, colored(sys.stderr))} {sentence}")
    if not quiet:
        for line in _summary(result, output, time.monotonic() - began):
            say(line)
    return 2 if result.failed else 0


def _stop_on_terminate() -> Any:
    """Let SIGTERM, which schedulers send, end the workers, too; what held before, if it is ours."""
    if threading.current_thread() is not threading.main_thread():
        return None
    if signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        return None
    return signal.signal(signal.SIGTERM, _terminated)


def _terminated(number: int, frame: Any) -> None:
    raise SystemExit(128 + number)


def _need(package: str, extra: str) -> None:
    if find_spec(package) is None:
        raise click.ClickException(
            f"the Python package {package!r} is missing; "
            f"install it with: pip install 'normtool[{extra}]'"
        )


def _cores() -> int:
    from normtool.pool import cores

    return cores()


def _summary(result: Result, output: str, seconds: float) -> list[str]:
    if not result.fresh and not result.failed:
        done = f"{shown(output)}: was finished before with the same input, rules and options"
        return [f"{done}; nothing was done"]
    head = f"{result.rows:,} rows in {shown(output)} ({seconds:.1f} s)"
    if result.failed:
        head = (
            f"{result.rows:,} rows are cleaned ({seconds:.1f} s), {shown(output)} is not finished"
        )
    if result.fresh < result.shards:
        head += f"; {result.shards - result.fresh} of {result.shards} shards were done before"
    lines = [head]
    if result.duplicates:
        lines.append(f"  {result.duplicates:,} rows are duplicates as a whole: see duplicate_of")
    if result.errors:
        lines.append(f"  {result.errors:,} rows could not be cleaned: see the column error")
    if result.failed:
        lines.append(
            f"  {len(result.failed)} of {result.shards} shards failed, see above; "
            "the same command goes on with them"
        )
    return lines


class _Bar:
    """One line on a terminal: what is being done, how much of it, for how long still."""

    def __init__(self, quiet: bool) -> None:
        self._wanted = not quiet and sys.stderr.isatty()
        self._what = ""
        self._began = self._last = 0.0
        self._first = 0

    def show(self, what: str, done: int, total: int) -> None:
        """Tell how much is done."""
        now = time.monotonic()
        if what != self._what:
            self._what, self._began, self._first = what, now, done
        elif now - self._last < _EVERY:
            return
        if not self._wanted:
            return
        self._last = now
        left = ""
        if done > self._first:
            seconds = (now - self._began) / (done - self._first) * (total - done)
            left = f", {seconds:.0f} s left"
        sys.stderr.write(f"\r{what}: {done} of {total}{left}\033[K")
        sys.stderr.flush()

    def clear(self) -> None:
        """Make room for a line of text."""
        if self._wanted and self._what:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
