"""Short options are read as click reads them."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from normtool.cli.command import Command


def taken(kind: type[click.Command], args: list[str]) -> object:
    """What a command is called with, or what click says against it."""

    @click.command("try", cls=kind)
    @click.argument("files", nargs=-1)
    @click.option("-t", "--to", multiple=True)
    @click.option("-o", "--output")
    @click.option("-q", "--quiet", is_flag=True)
    @click.option("-v", count=True)
    @click.option("-x")
    @click.option("--long/--no-long", default=None)
    def command(**given: object) -> object:
        return given

    try:
        return command.main(list(args), standalone_mode=False)
    except click.ClickException as error:
        return type(error).__name__, error.format_message()


@pytest.mark.parametrize(
    "line",
    [
        "a.txt -t txt -o b.txt -q",
        "-t txt -t tei a.txt b.txt --output b",
        "-ttxt -ob -qv a",
        "-o -t a",
        "-o -- a",
        "-t txt -- -t -o",
        "-- -q",
        "-v -v -v -x 1",
        "--to=txt --no-long -t=txt",
        "a -o",
        "a -x",
        "a -z",
        "a --outptu b",
        "-",
        "",
    ],
)
def test_short_options_are_taken_as_ever(line: str) -> None:
    assert taken(Command, line.split()) == taken(click.Command, line.split())


def test_nothing_is_imported_for_what_is_right() -> None:
    program = (
        "import sys\nfrom normtool.cli.convert import command\n"
        "command.make_context('convert', ['a.txt', '-t', 'txt', '-o', 'b', '-q'])\n"
        "print('difflib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr
