"""The program: its commands, its exit codes and its streams."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from normtool.cli.command import Helpful
from normtool.cli.streams import say
from normtool.version import __version__

#: In the order of their use, with the line that the help of the program has for each: to
#: show these, not a module of a command is imported.
COMMANDS = {
    "convert": "Clean, and write Word, TEI, text, HTML, TSV or JSON.",
    "clean": "Write the cleaned text.",
    "check": "Show what cleaning would change and what a person should look at.",
    "typos": "Show what the typo model finds; nothing is written.",
    "decide": "Read back what people decided in a file of `convert -t docx --review`.",
    "validate": "Check TEI files against normtool's own profile.",
    "corpus": "Clean a corpus: Parquet, JSON lines (also .gz, .zst), folders of files.",
    "rule": "Explain rules: what they find, why, examples, and who must agree.",
    "config": "Show the resolved configuration and where each value came from.",
}

INTERRUPTED = 130  # 128 + SIGINT, as shells have it
CUT_OFF = 141  # 128 + SIGPIPE
FAILED = 2


def _show_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from normtool.native import absent

        loops = f"Python, several times as slow ({absent})" if absent else "C"
        click.echo(f"normtool {__version__}\nInner loops: {loops}")
        ctx.exit()


class Program(Helpful, click.Group):
    """The group of commands. Whatever happens ends in a sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the module of a command."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"normtool.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; who forgot it (``normtool speech.txt``) is told so."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if args[0].startswith("-"):
                raise
            if os.path.exists(args[0]):
                raise click.UsageError(
                    f"{args[0]!r} is a file or folder, not a command; "
                    f"did you mean `normtool convert {args[0]}`?",
                    ctx,
                ) from error
            from normtool.extensions import nearest

            near = nearest(args[0], COMMANDS)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(COMMANDS)}."
            raise click.UsageError(f"No such command {args[0]!r}; {hint}", ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader who went away (``| head``) is no error."""
        try:
            code = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except BrokenPipeError:
            _drop_stdout()
            return CUT_OFF
        except OSError as error:
            from normtool.files import reason

            _drop_stdout()
            raise click.ClickException(reason(error)) from error
        return code

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program and leave it with the code of what happened."""
        # What is written is UTF-8 whatever the locale; people pipe it into files.
        with contextlib.suppress(AttributeError):
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        code: Any = 0
        try:
            code = super().main(
                args,
                prog_name or "normtool",
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
        except click.ClickException as error:
            error.show()
            code = FAILED
        except (click.Abort, KeyboardInterrupt):
            say("stopped; what was written is whole")
            code = INTERRUPTED
        except Exception as error:
            if "--debug" in (sys.argv if args is None else args):
                raise
            say(f"error: {_sentence(error)}")
            code = FAILED
        if not standalone_mode:
            return code
        sys.exit(code if isinstance(code, int) else 0)


def _drop_stdout() -> None:
    """Nobody takes what is still to be written: Python would try once more on its way out."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _sentence(error: Exception) -> str:
    from normtool.proposals import BackendError

    if isinstance(error, BackendError):
        return str(error)
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    if missing and not missing.startswith("normtool"):
        return f"the Python package {missing!r} is missing; install normtool again"
    return (
        f"{type(error).__name__}: {error}; this is a bug: please report it with what --debug prints"
    )


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit code: 0 done, 1 `check`, `validate` or `clean --diff` found something, "
    "2 something failed.",
)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version, and whether the inner loops run in C.",
)
def main() -> None:
    """Scraped Chinese speeches to clean text, Word and TEI.

    Every change is recorded and can be undone. Start with

    \b
        normtool check speech.txt
        normtool convert speech.txt -o speech.docx
        normtool convert FOLDER -o OUT -t tei -t docx --script hans --script tw
    """
