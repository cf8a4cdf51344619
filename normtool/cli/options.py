"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from normtool.cli.command import Named
from normtool.config import Configuration, resolve
from normtool.extensions import ConfigError
from normtool.read import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

Command = TypeVar("Command", bound=Callable[..., Any])


def _parts(ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Values given one by one or with commas between them."""
    return tuple(part.strip() for item in value for part in item.split(",") if part.strip())


def listed(*names: str, metavar: str, help: str) -> Callable[[Command], Command]:
    """An option that may be repeated and takes commas."""
    return click.option(*names, multiple=True, callback=_parts, metavar=metavar, help=help)


_RULES = (
    listed("--select", metavar="CODES", help="Only these rules: codes or prefixes (PUN,SPC101)."),
    listed("--ignore", metavar="CODES", help="Not these rules; the longest prefix wins."),
    listed("--extend-safe", metavar="CODES", help="Make these unsafe changes unasked."),
    click.option(
        "--unsafe-fixes/--no-unsafe-fixes",
        default=None,
        help="Make also the changes that may alter what was said.",
    ),
    listed("--typos", metavar="FILE", help="Your own typos: wrong, tab, right on a line."),
    click.option(
        "--typo-model/--no-typo-model",
        default=None,
        help="Look for typos that no list has. Default: yes, up to a million characters a text.",
    ),
    listed("--keep", metavar="FILE", help="Strings that no change may touch, one a line."),
    listed("--suffixes", metavar="FILE", help="More names of sites behind titles, one a line."),
    click.option(
        "--config",
        "config_file",
        type=Named(folders=False),
        metavar="FILE",
        help="Read this configuration file and no other.",
    ),
    click.option("--isolated", is_flag=True, help="Read no configuration file."),
)
_READING = (
    click.option(
        "-f",
        "--from",
        "source_format",
        type=click.Choice(FORMATS),
        default=None,
        help="Read as a web page or as text. Else by suffix and beginning.",
    ),
    click.option(
        "--encoding", default="", metavar="NAME", help="Decode with this; else found out."
    ),
    click.option(
        "--track-changes",
        "changes",
        type=click.Choice(("accept", "reject")),
        default="accept",
        help="Read other people's tracked changes in Word files so. Default: accept.",
    ),
    click.option(
        "--limit",
        type=click.IntRange(min=1),
        metavar="MB",
        help="Refuse larger files. Default: 64.",
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes to work in. Default: as many as there are cores, for few files 1.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="No summary and no progress, only errors."),
    click.option("--debug", is_flag=True, help="Show tracebacks."),
)
#: What the reading options are called, on the command line and by ``Batch``.
_READING_NAMES = ("source_format", "encoding", "changes", "limit", "jobs", "quiet", "debug")


def rule_options(command: Command) -> Command:
    """Which rules, and which configuration."""
    for option in reversed(_RULES):
        command = option(command)
    return command


def reading_options(command: Callable[..., int]) -> Callable[..., int]:
    """How files are read and how much is said about it.

    The command takes all of it as one argument ``reading``: what ``Batch`` takes.
    """

    @wraps(command)
    def packed(*args: Any, **options: Any) -> int:
        reading = {name: options.pop(name) for name in _READING_NAMES}
        return command(*args, reading=reading, **options)

    for option in reversed(_READING):
        packed = option(packed)
    return packed


resume_option = click.option(
    "--resume",
    is_flag=True,
    help="Go on: leave what was made before of the same text, rules and options.",
)


def needs_folder(resume: bool) -> None:
    """Raise a usage error if ``--resume`` is given where no folder is written."""
    if resume:
        raise click.UsageError("--resume goes on with many files: give their folder with -o.")


def _path(name: str | None) -> Path | None:
    if name is None:
        return None
    from pathlib import Path

    return Path(name)


def configuration(
    *,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_safe: tuple[str, ...],
    unsafe_fixes: bool | None,
    config_file: str | None,
    isolated: bool,
    script: tuple[str, ...] = (),
    quotes: str | None = None,
    typos: tuple[str, ...] = (),
    keep: tuple[str, ...] = (),
    suffixes: tuple[str, ...] = (),
    glossary: tuple[str, ...] = (),
    typo_model: bool | None = None,
) -> Configuration:
    """What holds for these options; a mistake in it is a usage error."""
    if config_file is not None and isolated:
        raise click.UsageError("--config and --isolated contradict each other.")
    try:
        return resolve(
            {
                "select": select,
                "ignore": ignore,
                "extend-safe": extend_safe,
                "unsafe-fixes": unsafe_fixes,
                "script": script,
                "quotes": quotes,
                "typos.files": typos,
                "typos.model": typo_model,
                "keep": keep,
                "suffixes": suffixes,
                "glossary": glossary,
            },
            file=_path(config_file),
            isolated=isolated,
        )
    except ConfigError as error:
        raise click.UsageError(str(error)) from error
