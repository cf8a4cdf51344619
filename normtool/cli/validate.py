"""``normtool validate``: would a corpus project accept these TEI files?"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import click

from normtool.cli.command import PATH, Command
from normtool.cli.streams import colored, flush, put, say
from normtool.files import STREAM, Unreadable, reason, shown
from normtool.report.color import RED, paint

_MEGABYTE = 1024 * 1024
_LIMIT = 64


@click.command("validate", cls=Command)
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option(
    "--schema",
    type=PATH,
    default="",
    metavar="FILE.rng",
    help="Ask this RELAX NG schema as well, as tei_all.rng.",
)
@click.option(
    "--output-format",
    type=click.Choice(("full", "concise", "jsonl")),
    default="full",
    show_default=True,
    help="With the line and what the rule asks, one line each, or one JSON object each.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_LIMIT,
    metavar="MB",
    show_default=True,
    help="Refuse larger files.",
)
@click.option("-q", "--quiet", is_flag=True, help="No summary, only what is wrong.")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def command(
    files: tuple[str, ...], schema: str, output_format: str, limit: int, quiet: bool, debug: bool
) -> int:
    """Check TEI files against normtool's own profile.

    FILES are TEI files that normtool wrote, folders of them, or - for standard
    input. The profile is a strict subset of TEI P5; beyond it the ids,
    pointers, ranges of the source and counts are checked. Nothing but the
    files is read. Exit code 1 if anything is wrong, 2 if a file cannot be read.
    """
    from normtool.validate import validate
    from normtool.validate.profile import BadSchema, load
    from normtool.validate.report import lines

    if schema:
        try:
            load(schema)
        except BadSchema as error:
            raise click.UsageError(str(error)) from None
    code = count = wrong = problems_in_all = 0
    for path in _found(files):
        try:
            data = _read(path, limit)
        except Unreadable as error:
            flush()
            say(f"{paint('error:', RED, colored(sys.stderr))} {error}")
            code = 2
            continue
        name = "<stdin>" if path == STREAM else shown(path)
        problems = validate(data, schema=schema, twin=_twin(path, data, limit))
        put(lines(name, data, problems, output_format, colored(sys.stdout)))
        count += 1
        wrong += bool(problems)
        problems_in_all += len(problems)
        code = max(code, int(bool(problems)))
    if not quiet and count:
        flush()
        whole = f"{count} file{'' if count == 1 else 's'}"
        found = f"{problems_in_all:,} problem{'' if problems_in_all == 1 else 's'} in {wrong} of"
        say(f"{found} {whole}." if wrong else f"{whole} valid.")
    return code


def _found(files: tuple[str, ...]) -> Iterator[str]:
    """The files that are named, and the XML files of the folders that are, sorted."""
    for path in files:
        if path == STREAM or not os.path.isdir(path):
            yield path
            continue
        for folder, below, names in os.walk(path):
            below[:] = sorted(name for name in below if not name.startswith("."))
            for name in sorted(names):
                if name.lower().endswith(".xml") and not name.startswith("."):
                    yield os.path.join(folder, name)


def _read(path: str, limit: int) -> bytes:
    """The bytes of a file; no more than one byte beyond the limit is read."""
    name = "<stdin>" if path == STREAM else shown(path)
    most = limit * _MEGABYTE
    try:
        if path == STREAM:
            if sys.stdin is None or sys.stdin.closed:
                raise Unreadable("<stdin>: standard input is closed; give a file")
            data = sys.stdin.buffer.read(most + 1)
        else:
            with open(path, "rb") as stream:
                data = stream.read(most + 1)
    except OSError as error:
        raise Unreadable(f"{name}: {reason(error)}") from None
    except ValueError:
        raise Unreadable(f"{path!r}: a file name cannot hold a NUL character") from None
    if len(data) > most:
        raise Unreadable(f"{name}: is more than the limit of {limit} MB; split it or raise --limit")
    return data


def _twin(path: str, data: bytes, limit: int) -> bytes | None:
    """The file in the other script, where it lies beside this one."""
    from normtool.validate import twin_of

    name = twin_of(data) if path != STREAM else ""
    # A name only: a pointer must not lead to other folders.
    if not name or os.path.basename(name) != name:
        return None
    beside = os.path.join(os.path.dirname(path), name)
    try:
        return _read(beside, limit) if os.path.isfile(beside) else None
    except Unreadable:
        return None
