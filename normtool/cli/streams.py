"""Where things go: what was asked for to stdout, everything said about it to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import BinaryIO, TextIO

import click


def colored(stream: TextIO) -> bool:
    """Whether colours are wanted on a stream (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def binary() -> BinaryIO:
    """Standard output for bytes. Raises a usage error if it was closed (``>&-``)."""
    if sys.stdout is None or sys.stdout.closed:
        raise click.UsageError("Standard output is closed; give a file with -o.")
    return sys.stdout.buffer


def flush() -> None:
    """Let what stdout has so far come first, where both are one terminal; it may be closed."""
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()


def say(message: str) -> None:
    """One line to stderr, in colour only if it is a terminal."""
    click.echo(message, err=True, color=colored(sys.stderr))


def put(lines: Iterable[str]) -> bool:
    """Lines to stdout, in UTF-8 whatever the locale; whether there were any."""
    stream = binary()
    some = False
    for line in lines:
        some = True
        # A file name that is not Unicode must not end the report.
        stream.write(line.encode("utf-8", "replace") + b"\n")
    return some
