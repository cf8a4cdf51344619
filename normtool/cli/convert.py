"""``normtool convert``: texts to Word, TEI, plain text and JSON."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from normtool.cli.batch import Batch
from normtool.cli.command import PATH, Command
from normtool.cli.conversion import Conversion
from normtool.cli.formats import known_format, suffix_of, wanted_formats
from normtool.cli.options import (
    configuration,
    listed,
    needs_folder,
    reading_options,
    resume_option,
    rule_options,
)
from normtool.cli.page import page, page_options
from normtool.cli.places import Places, doubtful, inside, make_folder, stems
from normtool.cli.recipe import recipe
from normtool.cli.scripts import check_languages, check_needed, language_of, script_options
from normtool.cli.streams import colored, flush, say
from normtool.export import is_aligned
from normtool.files import shown
from normtool.read import STREAM, Unreadable

if TYPE_CHECKING:
    pass


@click.command("convert", cls=Command)
@click.argument("files", nargs=-1, required=True, type=PATH)
@listed(
    "-t",
    "--to",
    metavar="FORMAT",
    help="docx, tei, txt, json, html, tsv. Else by the suffix of OUT.",
)
@click.option("-o", "--output", metavar="OUT", help="A file, or a folder that is made.")
@script_options
@click.option("--review", is_flag=True, help="Word: every edit as a tracked change to judge.")
@click.option(
    "--track",
    type=click.Choice(("uncertain", "all")),
    help="With --review: all edits, or those to be judged (default).",
)
@click.option("--no-embed", is_flag=True, help="With --review: keep the original out of the file.")
@click.option(
    "--parallel",
    is_flag=True,
    help="HTML: columns, the text beside its scripts; without --script beside the source.",
)
@page_options
@click.option(
    "--decisions",
    type=PATH,
    metavar="FILE",
    help="Export FILES, one text, as reviewed: a reviewed Word file, or JSON of `normtool decide`.",
)
@click.option(
    "--tei-view",
    type=click.Choice(("edition", "reading")),
    help="TEI: mark every change (default), or make it, for tools that print both branches.",
)
@click.option("--tei-corpus", is_flag=True, help="TEI: all speeches in one teiCorpus.")
@click.option("--tei-sentences", is_flag=True, help="TEI: each sentence is a seg.")
@click.option(
    "--meta",
    type=PATH,
    metavar="FILE",
    help="TOML or CSV with speaker, date, place, licence ... by file.",
)
@click.option("--publisher", default="", metavar="NAME", help="Who publishes the TEI files.")
@rule_options
@resume_option
@reading_options
def command(
    files: tuple[str, ...],
    to: tuple[str, ...],
    output: str | None,
    review: bool,
    track: str | None,
    no_embed: bool,
    parallel: bool,
    layout: str | None,
    fonts: str | None,
    template: str | None,
    no_comments: bool,
    split: bool,
    decisions: str | None,
    tei_view: str | None,
    tei_corpus: bool,
    tei_sentences: bool,
    meta: str | None,
    publisher: str,
    resume: bool,
    reading: dict[str, Any],
    **rules: Any,
) -> int:
    """Clean, and write Word, TEI, text, HTML, TSV or JSON.

    FILES are files, folders or - for standard input; JSON that this command
    saved is taken as it is. -t and --script may be repeated: each file is
    written in every format and script. With several files, formats or scripts
    OUT is a folder, and the tree of the folders is kept in it. TEI makes one
    file a speech. Without -o one file goes to standard output.
    """
    known = configuration(**rules)
    check_languages(known.script)
    check_needed(rules, known.script)
    formats = wanted_formats(to, output)
    if parallel and not any(is_aligned(format, parallel) for format in formats):
        raise click.UsageError("--parallel is about HTML (and TSV) files: add -t html.")
    if (tei_view or tei_corpus or tei_sentences) and "tei" not in formats:
        raise click.UsageError(
            "--tei-view, --tei-corpus and --tei-sentences are about TEI files: add -t tei."
        )
    for_word = _review(review, track, no_embed, formats, known.script)
    for_word |= page(layout, fonts, template, no_comments, split, formats, review=review)
    if fonts and any(language_of(script) != "zh-Hans" for script in known.script):
        raise click.UsageError(
            f"--fonts {fonts} has simplified characters only: leave it out, or the --script."
        )
    batch = Batch(
        files,
        skip=inside(output, files),
        **reading,
    )
    work = Conversion(rules, known.settings, formats, known.script, Places(batch.inodes))
    for_tei = {"publisher": publisher, "view": tei_view or "edition", "sentences": tei_sentences}
    work.options["tei"] = for_tei
    work.bundle, work.split, work.quotes = tei_corpus, split, known.quotes
    work.parallel = parallel
    if meta is not None:
        from normtool.metadata import read_metadata

        try:
            work.metadata = read_metadata(meta)
        except Unreadable as error:
            raise click.UsageError(str(error)) from error
    work.options["docx"] = for_word
    if decisions is not None:
        if len(batch.sources) != 1:
            raise click.UsageError("--decisions are about one text: give that one file.")
        work.decisions = decisions
    single = len(files) == len(batch.sources) == 1 and not os.path.isdir(files[0])
    single = single and len(formats) == 1
    single = single and (len(known.script) < 2 or is_aligned(formats[0], parallel))
    if output is None or output == STREAM:
        if not single:
            raise click.UsageError(
                f"{_several(batch, formats, known.script)} cannot go to standard output: "
                "give a folder with -o."
            )
        if formats == ("docx",) and sys.stdout.isatty():
            raise click.UsageError(
                "A Word file is not for the terminal: give a file with -o, or redirect the output."
            )
        needs_folder(resume)
        batch.run(work)
    elif single and not os.path.isdir(output) and suffix_of(output):
        needs_folder(resume)
        work.target = output
        batch.run(work)
    else:
        if known_format(suffix_of(output)):
            if os.path.isdir(output):
                raise click.UsageError(
                    f"{shown(output)} is a folder with the name of a file: "
                    "give another file, or a folder without a suffix."
                )
            raise click.UsageError(
                f"{_several(batch, formats, known.script)} cannot go into the one file "
                f"{shown(output)}: give a folder with -o."
            )
        make_folder(output)
        work.into = output
        names = stems(batch.sources)
        work.stems = dict(zip((s.path for s in batch.sources), names, strict=True))
        if split or "tei" in formats or known.script:
            work.places.doubtful = doubtful(work.stems)
        batch.run(
            work,
            here=work.places.doubtful,
            resume=resume,
            recipe=lambda: recipe(known),
            into=output,
        )
    work.summary.failures = batch.failures
    work.summary.kept = batch.kept
    if not reading["quiet"] and (work.summary.files or batch.failures or batch.kept):
        place = shown(work.into or work.last)
        where = f" in {place}" if work.into else f", {place}" if place else ""
        flush()
        lines = work.summary.lines(where, colored(sys.stderr))
        if not place:  # to stdout: only what the reader must know
            lines = work.summary.warning_lines(colored(sys.stderr))
        for line in lines:
            say(line)
    work.off.tell(reading["quiet"])
    return batch.code


def _review(
    review: bool,
    track: str | None,
    no_embed: bool,
    formats: tuple[str, ...],
    scripts: tuple[str, ...],
) -> dict[str, Any]:
    """The options of the Word writer for a review file; a contradiction is a usage error."""
    if not review:
        if track or no_embed:
            raise click.UsageError("--track and --no-embed are about a review file: add --review.")
        return {}
    if "docx" not in formats:
        raise click.UsageError("--review makes a Word file: add -t docx.")
    if scripts:
        raise click.UsageError(
            "--review and --script exclude each other: review the text in its own script, "
            "then convert it with --decisions."
        )
    return {"review": True, "track": track or "uncertain", "embed": not no_embed}


def _several(batch: Batch, formats: tuple[str, ...], scripts: tuple[str, ...]) -> str:
    parts = [
        f"{len(things)} {name}"
        for things, name in ((batch.sources, "files"), (formats, "formats"), (scripts, "scripts"))
        if len(things) > 1
    ]
    return " and ".join(parts) or "A folder"
