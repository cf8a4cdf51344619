"""Many files, on all cores: one bad file never stops the others."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from normtool.cli.progress import Progress
from normtool.cli.streams import colored, flush, put, say
from normtool.cli.work import Outcome, Step, Work
from normtool.files import shown
from normtool.pool import Hopeless, Killed, cores, in_order
from normtool.read import LIMIT, STREAM, Source, Unwritable, find_files
from normtool.report.color import RED, paint

if TYPE_CHECKING:
    from normtool.manifest import Manifest

_MEGABYTE = 1024 * 1024
#: Fewer files or bytes than these are done before other processes would have begun.
_FEW_FILES = 8
_FEW_BYTES = _MEGABYTE


class Batch:
    """The files of one call and what became of them.

    code      the worst exit code so far
    failures  how many files failed
    kept      how many were not done again
    """

    def __init__(
        self,
        paths: Iterable[str],
        *,
        skip: Iterable[str] = (),
        encoding: str = "",
        source_format: str | None = None,
        changes: str = "accept",
        limit: int | None = None,
        jobs: int | None = None,
        quiet: bool = False,
        debug: bool = False,
    ) -> None:
        self.sources = list(find_files(paths, skip=skip))
        self.code = 0
        self.failures = 0
        self.kept = 0
        #: Paths by device and inode.
        self.inodes: dict[tuple[int, int], str] = {}
        self._sizes = [self._size(source) for source in self.sources]
        self._reading = {
            "encoding": encoding,
            "format": source_format or "",
            "changes": changes,
            "limit": limit * _MEGABYTE if limit else LIMIT,
        }
        self._jobs = jobs
        self._debug = debug
        self._progress = Progress(self._sizes, quiet=quiet)

    @property
    def few(self) -> bool:
        """Whether all of it takes no longer than starting processes, or than doing it again."""
        return len(self.sources) < _FEW_FILES or sum(self._sizes) < _FEW_BYTES

    def run(
        self,
        work: Work,
        *,
        into: str = "",
        recipe: Callable[[], Mapping[str, Any]] = dict,
        resume: bool = False,
        here: Collection[str] = (),
    ) -> None:
        """Do the work with every source, in as many processes as are wanted.

        into    the folder that is written to: if the files are many, its manifest
                is told what was made
        recipe  how: everything that decides it besides the texts
        resume  do not make again what the manifest knows
        here    paths of sources to be done in this process, one after the other
        """
        manifest = None
        if into and (resume or not self.few):
            manifest = _manifest(into, recipe(), resume)
        step = Step(work, self._reading, debug=self._debug, manifest=manifest, resume=resume)
        seen = self._seen(manifest)
        away = [
            place
            for place, source in enumerate(self.sources)
            if source.error is None and source.path != STREAM and source.path not in here
        ]
        jobs = self._jobs or (1 if self.few else cores())
        # A model of the user may start threads, and what has threads cannot be forked.
        if min(jobs, len(away)) > 1 and work.settings.typo_backend is None:
            with contextlib.suppress(Exception):  # the files will tell
                work.warm()
        results = in_order(
            step,
            [self.sources[place] for place in away],
            jobs=jobs,
            weights=[self._sizes[place] + 1 for place in away],
            seen=lambda index, outcome: seen(away[index], outcome),
        )
        elsewhere = set(away)
        with self._stoppable(manifest), contextlib.closing(results):
            for place, source in enumerate(self.sources):
                if place in elsewhere:
                    try:
                        _, outcome = next(results)
                    except Hopeless as error:
                        raise click.ClickException(f"{error}, -j 1.") from error
                else:
                    outcome = step(source)
                    seen(place, outcome)
                self._take(work, source, outcome)
        self._progress.clear()

    def _size(self, source: Source) -> int:
        with contextlib.suppress(OSError, ValueError):
            if source.error is None and source.path != STREAM:
                status = os.stat(source.path)
                self.inodes[status.st_dev, status.st_ino] = source.path
                return status.st_size
        return 0

    def fail(self, message: str) -> None:
        """Say what is wrong with one file."""
        self._progress.clear()
        flush()
        say(f"{paint('error:', RED, colored(sys.stderr))} {message}")
        self.failures += 1
        self.code = 2

    def _take(self, work: Work, source: Source, outcome: Outcome | Exception) -> None:
        if isinstance(outcome, Killed):
            if folder := work.folder(source):
                from normtool.manifest import sweep

                sweep(folder, outcome.pid)
            self.fail(
                f"{shown(source.path)}: the system ended the process that was at it "
                f"({outcome.how}), as it does when memory runs out; try this file alone"
            )
        elif isinstance(outcome, Exception):
            raise outcome
        elif outcome.error:
            self.fail(outcome.error)
        elif outcome.result is None:
            self.kept += 1
        else:
            if outcome.result.lines:
                self._progress.clear()
                put(outcome.result.lines)
            work.add(outcome.result.tally)
            self.code = max(self.code, outcome.result.code)

    def _seen(self, manifest: Manifest | None) -> Callable[[int, Outcome | Exception], None]:
        """What happens when a source is done, before its turn to be spoken of."""

        def seen(place: int, outcome: Outcome | Exception) -> None:
            self._progress.step(self._sizes[place])
            if manifest is not None and isinstance(outcome, Outcome) and outcome.made:
                try:
                    manifest.write(self.sources[place].path, outcome.made)
                except Unwritable as error:  # the folder is full, or gone
                    raise click.ClickException(str(error)) from error

        return seen

    @contextlib.contextmanager
    def _stoppable(self, manifest: Manifest | None) -> Iterator[None]:
        """Let Ctrl-C, and the SIGTERM of schedulers, end the work with nothing half-written."""
        ours = signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
        try:
            if ours:
                signal.signal(signal.SIGTERM, _terminated)
        except ValueError:  # only the main thread may say what a signal means
            ours = False
        try:
            yield
        except (KeyboardInterrupt, SystemExit):
            self._progress.clear()
            if manifest is not None:
                done = f"{self._progress.done:,} of {len(self.sources):,} files"
                say(f"{done} are done; the same command with --resume goes on with the rest")
            raise
        finally:
            if manifest is not None:
                manifest.close()
            if ours:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _manifest(folder: str, recipe: Mapping[str, Any], resume: bool) -> Manifest:
    from normtool.manifest import Manifest, sweep

    manifest = Manifest(folder, recipe)
    if resume:
        sweep(folder, below=True)
        try:
            manifest.load()
        except Unwritable as error:
            raise click.ClickException(str(error)) from error
    return manifest


def _terminated(number: int, frame: Any) -> None:
    raise SystemExit(128 + number)
