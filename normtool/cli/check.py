"""``normtool check``: what would change, and what a person should see."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from normtool.clean import Settings
from normtool.cli.batch import Batch
from normtool.cli.command import PATH, Command
from normtool.cli.off import ModelOff, why_off
from normtool.cli.options import configuration, listed, reading_options, rule_options
from normtool.cli.scripts import check_needed
from normtool.cli.streams import colored, flush, put, say
from normtool.cli.work import Result, Work
from normtool.pipeline import prepare
from normtool.read import Source, from_text
from normtool.report.formats import FORMATS, SARIF
from normtool.report.statistics import count, statistics_jsonl
from normtool.report.statistics import statistics as table

if TYPE_CHECKING:
    from normtool.document import Document


@click.command("check", cls=Command)
@click.argument("files", nargs=-1, required=True, type=PATH)
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
@listed("--glossary", metavar="FILE", help="With --script: word, tab, its form, on a line.")
@rule_options
@reading_options
def command(
    files: tuple[str, ...],
    output_format: str,
    statistics: bool,
    script: tuple[str, ...],
    glossary: tuple[str, ...],
    reading: dict[str, Any],
    **rules: Any,
) -> int:
    """Show what cleaning would change and what a person should look at.

    FILES are files, folders or - for standard input; nothing is written.
    [*] is changed by `normtool clean`, [?] with --unsafe-fixes. Exit code 1 if
    anything was found.
    """
    rules |= {"script": script, "glossary": glossary}
    check_needed(rules, script)
    work = _Checking(rules, configuration(**rules).settings, output_format, statistics)
    work.scripts = script
    batch = Batch(
        files,
        **reading,
    )
    batch.run(work)
    if output_format == SARIF:
        from normtool.report import sarif

        put([sarif.log(work.results)])
    elif statistics:
        jsonl = output_format == "jsonl"
        put(statistics_jsonl(work.counts) if jsonl else table(work.counts, work.color))
    if not reading["quiet"] and work.totals["files"]:
        flush()
        say(_summary(work.totals))
    work.off.tell(reading["quiet"])
    return batch.code


class _Checking(Work):
    """What is found in one document, and in all."""

    def __init__(
        self, rules: dict[str, Any], settings: Settings, output_format: str, statistics: bool
    ) -> None:
        super().__init__(rules, settings)
        self.format = output_format
        self.statistics = statistics
        self.color = colored(sys.stdout)
        self.results: list[dict[str, Any]] = []
        self.counts: Counter[tuple[str, str]] = Counter()
        self.totals: Counter[str] = Counter()
        self.off = ModelOff()
        self.scripts: tuple[str, ...] = ()

    def do(self, source: Source, document: Document) -> Result:
        """Look for what the rules find."""
        document = prepare(document, self.settings)
        # Of saved JSON in another script: what was found before it was converted.
        document = document.cleaned or document
        why = why_off(document)
        if self.settings.select:
            # Some rules only: parts that were not put on lines of their own seem to be missing.
            document = document.replace(meta=document.meta | {"warnings": []})
        document = _with_conversions(document, self.scripts, self.settings)
        counts: Counter[tuple[str, str]] = Counter()
        totals: Counter[str] = Counter()
        found = count(document, counts, totals)
        totals["files"] += 1
        totals["with"] += bool(found)
        results: list[dict[str, Any]] = []
        lines: list[str] = []
        if self.format == SARIF:
            from normtool.report import sarif

            results = list(sarif.results(document))
        elif not self.statistics:
            lines = list(FORMATS[self.format](document, self.color))
        return Result((counts, totals, results, why), lines, code=int(bool(found)))

    def add(self, tally: Any) -> None:
        """Count what was found."""
        counts, totals, results, why = tally
        self.off.add(why)
        self.counts.update(counts)
        self.totals.update(totals)
        self.results += results

    def warm(self) -> None:
        """Load rules and structure."""
        prepare(from_text("同志们：\n"), self.settings)


def _with_conversions(document: Document, scripts: tuple[str, ...], settings: Settings) -> Document:
    """The document with what a person should know of its conversions to other scripts."""
    if not scripts:
        return document
    from normtool.script import conversion_findings

    warnings = list(document.meta.get("warnings", ()))
    looks = list(document.suggestions)
    for script in scripts:
        converted = prepare(document, settings, script)
        said = converted.meta.get("warnings", ())
        warnings += (warning for warning in said if warning not in warnings)
        looks += (one for one in conversion_findings(converted) if one not in looks)
    looks.sort(key=lambda one: one.start)
    return document.replace(suggestions=tuple(looks), meta=document.meta | {"warnings": warnings})


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
