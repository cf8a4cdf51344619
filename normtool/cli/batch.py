"""Many files, one after the other: one bad file never stops the others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from normtool.cli.progress import Progress
from normtool.cli.streams import colored, say
from normtool.files import reason, shown
from normtool.proposals import BackendError
from normtool.read import LIMIT, Source, Unreadable, Unwritable, find_files, read
from normtool.report.color import RED, paint

if TYPE_CHECKING:
    from normtool.document import Document

_MEGABYTE = 1024 * 1024


class Batch:
    """The files of one call and what became of them.

    code      the worst exit code so far
    failures  how many files failed
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
        quiet: bool = False,
        debug: bool = False,
    ) -> None:
        self.sources = list(find_files(paths, skip=skip))
        self.code = 0
        self.failures = 0
        self._reading = {
            "encoding": encoding,
            "format": source_format or "",
            "changes": changes,
        }
        self._limit = limit * _MEGABYTE if limit else LIMIT
        self._debug = debug
        self._progress = Progress(len(self.sources), quiet=quiet)

    def run(self, work: Callable[[Source, Document], int | None]) -> None:
        """Read each source and call ``work`` with it; a code it returns counts."""
        for done, source in enumerate(self.sources):
            self._progress.show(done)
            try:
                if source.error is not None:
                    raise source.error
                document = read(source.path, limit=self._limit, **self._reading)
                self.code = max(self.code, work(source, document) or 0)
            except (Unreadable, Unwritable) as error:
                self.fail(str(error))
            except BackendError as error:
                raise click.ClickException(str(error)) from error
            except (BrokenPipeError, ImportError, click.ClickException):
                raise  # no fault of this file: the next would fare no better
            except OSError as error:
                if self._debug:
                    raise
                other = error.filename if isinstance(error.filename, str) else ""
                place = f"{shown(other)}: " if other not in ("", source.path) else ""
                self.fail(f"{shown(source.path)}: {place}{reason(error)}")
            except Exception as error:
                if self._debug:
                    raise
                self.fail(f"{shown(source.path)}: {_sentence(error)}")
        self._progress.clear()

    def fail(self, message: str) -> None:
        """Say what is wrong with one file."""
        self._progress.clear()
        # What stdout has so far comes first, where both are one terminal.
        sys.stdout.flush()
        say(f"{paint('error:', RED, colored(sys.stderr))} {message}")
        self.failures += 1
        self.code = 2


def _sentence(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory for it; split it"
    said = str(error).strip().split("\n")[0]
    return (
        f"could not be done ({type(error).__name__}{': ' + said if said else ''}); "
        "this is a bug: please report it with what --debug prints"
    )
