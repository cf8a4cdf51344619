"""``normtool typos``: what the typo model finds, place by place or form by form."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from normtool.cli.batch import Batch
from normtool.cli.off import ModelOff
from normtool.cli.options import configuration, reading_options, rule_options
from normtool.cli.streams import colored, put, say
from normtool.read import Source

if TYPE_CHECKING:
    from normtool.document import Document


@click.command("typos")
@click.argument("files", nargs=-1, required=True, type=click.Path())
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
    from normtool.pipeline import prepare
    from normtool.report import concise
    from normtool.report.candidates import Candidates, model_only

    if rules["typo_model"] is False:
        raise click.UsageError(
            "--no-typo-model leaves nothing to do: `normtool typos` is about it."
        )
    settings = configuration(**rules).settings._replace(typo_model=True)
    candidates = Candidates(settings)
    off = ModelOff()
    color = colored(sys.stdout)
    found = 0

    def work(source: Source, document: Document) -> None:
        nonlocal found
        if learn:
            off.add(candidates.add(document))
            return
        document = prepare(document, settings)
        document = model_only(document.cleaned or document)
        off.add(document)
        found += put(concise(document, color))

    batch = Batch(files, **reading)
    batch.run(work)
    if learn:
        found = candidates.places
        put(candidates.lines())
    off.tell(reading["quiet"])
    if not found and not reading["quiet"]:
        say("The typo model finds nothing.")
    return batch.code
