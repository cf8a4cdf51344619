"""Options about the script of a text: which one, and with which quotation marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from normtool.cli.options import listed

Command = TypeVar("Command", bound=Callable[..., Any])

#: Those of ``script.quotes``, which is not imported to print the help.
QUOTES = ("keep", "corner", "curly")

_SCRIPT = (
    listed(
        "--script", metavar="SCRIPT", help="hans, hant, tw, twp, hk, jp or an OpenCC configuration."
    ),
    listed("--glossary", metavar="FILE", help="With --script: word, tab, its form, on a line."),
    click.option(
        "--quotes",
        type=click.Choice(QUOTES),
        help="With --script: \u300c\u300d, \u201c\u201d or as they are. Default: \u300c\u300d in "
        "text, Word and HTML for tw, twp and hk, else keep.",
    ),
)


def script_options(command: Command) -> Command:
    """In which scripts, and with which quotation marks."""
    for option in reversed(_SCRIPT):
        command = option(command)
    return command


def check_needed(rules: Mapping[str, Any], scripts: tuple[str, ...]) -> None:
    """Options about converted text do nothing without a script."""
    for name in ("quotes", "glossary"):
        if rules.get(name) and not scripts:
            raise click.UsageError(
                f"--{name} is about converted text: add --script "
                "(which leaves alone what is in that script already)."
            )


def check_languages(scripts: tuple[str, ...]) -> None:
    """Two profiles of one language would write the same files."""
    if len(scripts) < 2:
        return
    seen: dict[str, str] = {}
    for script in scripts:
        language = language_of(script)
        if language in seen:
            raise click.UsageError(
                f"--script {seen[language]} and {script} both give {language}: "
                "their files would have the same names; run twice, with two folders."
            )
        seen[language] = script


def language_of(script: str) -> str:
    """The BCP 47 tag of what a profile writes."""
    from normtool.script import find_profile

    return find_profile(script).language
