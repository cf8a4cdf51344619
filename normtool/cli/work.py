"""What a command does with one file, in this process or in another."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from normtool.clean import Settings
from normtool.cli.options import configuration
from normtool.files import reason, shown
from normtool.proposals import BackendError
from normtool.read import Source, Unreadable, Unwritable, read
from normtool.records import NamedTuple

if TYPE_CHECKING:
    from normtool.document import Document
    from normtool.manifest import Made, Manifest


class Result(NamedTuple):
    """What came of one document. It may come from another process: no texts.

    tally  for ``Work.add``
    lines  for standard output
    files  that were written
    code   an exit code
    """

    tally: Any = None
    lines: Sequence[str] = ()
    files: Sequence[str] = ()
    code: int = 0


class Work:
    """What a command does with its documents. Copies of it work in other processes.

    rules     the options about rules, as ``configuration`` takes them
    settings  what it made of them
    """

    def __init__(self, rules: Mapping[str, Any], settings: Settings) -> None:
        self._rules = rules
        self.settings = settings

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        # This process was not forked: it knows no lists, plugins and options of the user yet.
        configuration(**self._rules)

    def do(self, source: Source, document: Document) -> Result:
        """Do it. Raises Unreadable and Unwritable, and what else may happen."""
        raise NotImplementedError

    def add(self, tally: Any) -> None:
        """Take what was done with a document into the sum of all; here, in their order."""

    def about(self, source: Source) -> tuple[object, ...]:
        """What files are made of besides the text and the options of all."""
        return ()

    def folder(self, source: Source) -> str:
        """Where the files of this source go; "" if there are none."""
        return ""

    def warm(self) -> None:
        """Load what will be needed, before processes are forked that inherit it."""


class Outcome(NamedTuple):
    """What became of one source: an error in a sentence, or a result, or neither: it was there.

    made  for the manifest
    """

    error: str = ""
    result: Result | None = None
    made: Made | None = None


class Step:
    """Reads a source and does the work; what goes wrong with it becomes a sentence."""

    def __init__(
        self,
        work: Work,
        reading: Mapping[str, Any],
        *,
        debug: bool = False,
        manifest: Manifest | None = None,
        resume: bool = False,
    ) -> None:
        self._work = work
        self._reading = reading
        self._debug = debug
        self._manifest = manifest
        self._resume = resume

    def __call__(self, source: Source) -> Outcome:
        """What becomes of a source. Raises what is no fault of this file."""
        try:
            if source.error is not None:
                raise source.error
            return self._outcome(source)
        except (Unreadable, Unwritable) as error:
            return Outcome(str(error))
        except BackendError as error:
            raise click.ClickException(str(error)) from error
        except (BrokenPipeError, ImportError, click.ClickException):
            raise  # no fault of this file: the next would fare no better
        except OSError as error:
            if self._debug:
                raise
            other = error.filename if isinstance(error.filename, str) else ""
            place = f"{shown(other)}: " if other not in ("", source.path) else ""
            return Outcome(f"{shown(source.path)}: {place}{reason(error)}")
        except Exception as error:
            if self._debug:
                raise
            return Outcome(f"{shown(source.path)}: {_sentence(error)}")

    def _outcome(self, source: Source) -> Outcome:
        # A pipe can be read only once.
        manifest = self._manifest if os.path.isfile(source.path) else None
        if manifest is None:
            return Outcome("", self._work.do(source, read(source.path, **self._reading)))
        by = manifest.key(*self._work.about(source))
        if self._resume and manifest.holds(source.path, by):
            return Outcome()
        document = read(source.path, **self._reading)
        from normtool.manifest import file_digest

        # What was saved before has the digest of what it was made of.
        sha256 = file_digest(source.path) if document.blocks else document.sha256
        result = self._work.do(source, document)
        return Outcome("", result, manifest.made(sha256, by, result.files))


def _sentence(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory for it; split it"
    said = str(error).strip().split("\n")[0]
    return (
        f"could not be done ({type(error).__name__}{': ' + said if said else ''}); "
        "this is a bug: please report it with what --debug prints"
    )
