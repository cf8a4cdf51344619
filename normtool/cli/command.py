"""Commands and options of click that cost less; what they say to the user is the same.

click looks up the translation of its own words whenever it makes an option, though it
comes with none: what a command needs before it runs is said here without asking.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _show_help(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


class Helpful(click.Command):
    """A command with the options -h and --help."""

    _own_help: click.Option | None = None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help; always the same, for click compares it."""
        if self._own_help is None:
            self._own_help = click.Option(
                ["-h", "--help"],
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_show_help,
                help="Show this message and exit.",
            )
        return self._own_help


class Named(click.ParamType):  # type: ignore[type-arg]  # (not generic before click 8.4)
    """The path of a file or folder, which nobody opens here.

    Raises a usage error for a folder, if only a file will do.
    """

    name = "path"

    def __init__(self, *, folders: bool = True) -> None:
        self._folders = folders

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path as it was given."""
        if not self._folders and os.path.isdir(value):
            self.fail(f"File {value!r} is a directory.", param, ctx)
        return value

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Let the shell complete it."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


PATH = Named()


class Command(Helpful):
    """click looks for ``-t`` among the long options first, and as it is not there, for names
    that are similar, to tell the user: a tenth of what a command costs in all.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, short options that stand alone by their long names."""
        return super().parse_args(ctx, self._in_full(args))

    def _in_full(self, args: list[str]) -> list[str]:
        options = {
            name: option
            for option in self.params
            if isinstance(option, click.Option)
            for name in option.opts
        }
        made: list[str] = []
        rest = iter(args)
        for arg in rest:
            if arg == "--":
                return [*made, arg, *rest]
            option = options.get(arg)
            if option is None:  # a file, or an option together with its value
                made.append(arg)
                continue
            long = next((name for name in option.opts if name.startswith("--")), arg)
            if option.is_flag or option.count:
                made.append(long)
            elif (value := next(rest, None)) is not None:
                made += long, value
            else:
                made.append(arg)  # click will say so, of what was typed
        return made
