"""``normtool typos``: what the typo model finds, place by place or form by form."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from normtool.clean import Settings
from normtool.cli.batch import Batch
from normtool.cli.command import PATH, Command
from normtool.cli.off import ModelOff, why_off
from normtool.cli.options import configuration, reading_options, rule_options
from normtool.cli.streams import colored, put, say
from normtool.cli.work import Result, Work
from normtool.pipeline import prepare
from normtool.read import Source, from_text
from normtool.report.concise import concise

if TYPE_CHECKING:
    from normtool.document import Document
    from normtool.report.candidates import Place


@click.command("typos", cls=Command)
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option(
    "--learn",
    is_flag=True,
    help="One table for all files: each form once, with counts, to be reviewed.",
)
@rule_options
@reading_options
def command(files: tuple[str, ...], learn: bool, reading: dict[str, Any], **rules: Any) -> int:
    """Show what the typo model finds; nothing is written.

    FILES are files, folders or - for standard input. With --learn the output is
    a table whose column verdict says fix, keep or ?. Go through it, then give
    the same file to both lists:

    \b
        normtool typos corpus/ --learn > reviewed.tsv
        normtool clean corpus/ -o out --typos reviewed.tsv --keep reviewed.tsv
    """
    if rules["typo_model"] is False:
        raise click.UsageError(
            "--no-typo-model leaves nothing to do: `normtool typos` is about it."
        )
    rules["typo_model"] = True
    work = _Finding(rules, configuration(**rules).settings, learn)
    batch = Batch(files, **reading)
    batch.run(work)
    if learn:
        from normtool.report.candidates import table

        put(table(work.places))
    work.off.tell(reading["quiet"])
    if not work.found and not reading["quiet"]:
        say("The typo model finds nothing.")
    return batch.code


class _Finding(Work):
    """What the model finds in one document, and in all."""

    def __init__(self, rules: dict[str, Any], settings: Settings, learn: bool) -> None:
        super().__init__(rules, settings)
        self.learn = learn
        self.color = colored(sys.stdout)
        self.off = ModelOff()
        self.places: list[Place] = []
        self.found = 0

    def do(self, source: Source, document: Document) -> Result:
        """Ask the model."""
        from normtool.report.candidates import model_only, places

        if self.learn:
            document, found = places(document, self.settings)
            return Result((why_off(document), len(found), found))
        document = prepare(document, self.settings)
        document = model_only(document.cleaned or document)
        lines = list(concise(document, self.color))
        return Result((why_off(document), len(lines), []), lines)

    def add(self, tally: Any) -> None:
        """Count what was found."""
        why, found, places = tally
        self.off.add(why)
        self.found += found
        self.places += places

    def warm(self) -> None:
        """Load rules and model."""
        prepare(from_text("同志们：\n"), self.settings)
