"""``normtool check``: what would change, and what a person should see."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from normtool.cli.batch import Batch
from normtool.cli.off import ModelOff
from normtool.cli.options import configuration, listed, reading_options, rule_options
from normtool.cli.streams import colored, put, say
from normtool.read import Source

if TYPE_CHECKING:
    from normtool.document import Document


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option(
    "--output-format",
    type=click.Choice(("full", "concise", "jsonl", "sarif", "github")),
    default="full",
    show_default=True,
    help="With the line and a caret, one line each, one JSON object each, one SARIF 2.1.0 log, "
    "or annotations of GitHub Actions.",
)
@click.option("--statistics", is_flag=True, help="Only how often each rule found something.")
@listed(
    "--script",
    metavar="SCRIPT",
    help="Also what a person should know of the conversion to this script.",
)
@rule_options
@reading_options
def command(
    files: tuple[str, ...],
    output_format: str,
    statistics: bool,
    script: tuple[str, ...],
    reading: dict[str, Any],
    **rules: Any,
) -> int:
    """Show what cleaning would change and what a person should look at.

    FILES are files, folders or - for standard input; nothing is written.
    [*] is changed by `normtool clean`, [?] with --unsafe-fixes. Exit code 1 if
    anything was found.
    """
    from normtool.pipeline import prepare
    from normtool.report import FORMATS, SARIF, count, statistics_jsonl
    from normtool.report import statistics as table

    settings = configuration(script=script, **rules).settings
    color = colored(sys.stdout)
    report = FORMATS.get(output_format)
    results: list[dict[str, Any]] = []
    counts: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    off = ModelOff()

    def work(source: Source, document: Document) -> int:
        document = prepare(document, settings)
        # Of saved JSON in another script: what was found before it was converted.
        document = document.cleaned or document
        off.add(document)
        if settings.select:
            # Some rules only: parts that were not put on lines of their own seem to be missing.
            document = document.replace(meta=document.meta | {"warnings": []})
        document = _with_conversions(document, script)
        found = count(document, counts, totals)
        totals["files"] += 1
        totals["with"] += bool(found)
        if report is None:
            from normtool.report import sarif

            results.extend(sarif.results(document))
        elif not statistics:
            put(report(document, color))
        return int(bool(found))

    batch = Batch(
        files,
        **reading,
    )
    batch.run(work)
    if output_format == SARIF:
        from normtool.report import sarif

        put([sarif.log(results)])
    elif statistics:
        put(statistics_jsonl(counts) if output_format == "jsonl" else table(counts, color))
    if not reading["quiet"] and totals["files"]:
        sys.stdout.flush()
        say(_summary(totals))
    off.tell(reading["quiet"])
    return batch.code


def _with_conversions(document: Document, scripts: tuple[str, ...]) -> Document:
    """The document with what its conversions to other scripts warn of."""
    if not scripts:
        return document
    from normtool.pipeline import prepare

    warnings = list(document.meta.get("warnings", ()))
    for script in scripts:
        said = prepare(document, script=script).meta.get("warnings", ())
        warnings += (warning for warning in said if warning not in warnings)
    return document.replace(meta=document.meta | {"warnings": warnings})


def _summary(totals: Counter[str]) -> str:
    files = f"{totals['files']} file{'' if totals['files'] == 1 else 's'}"
    if not totals["with"]:
        return f"Nothing found in {files}."
    parts = [
        f"{totals[status]:,} {says}"
        for status, says in (
            ("made", "[*] changed by `normtool clean`"),
            ("unsafe", "[?] only with --unsafe-fixes"),
            ("suggested", "[?] only offered"),
            ("look", "for a person to look at"),
        )
        if totals[status]
    ]
    found = sum(totals[status] for status in ("made", "unsafe", "suggested", "look"))
    return f"{found:,} found in {totals['with']} of {files}: {', '.join(parts)}."
