"""``normtool convert``: texts to Word, TEI, plain text and JSON."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from normtool.clean import Settings
from normtool.cli.batch import Batch
from normtool.cli.formats import known_format, suffix_of, wanted_formats
from normtool.cli.off import ModelOff
from normtool.cli.options import configuration, listed, reading_options, rule_options
from normtool.cli.page import page, page_options
from normtool.cli.places import Places, inside, make_folder, stems
from normtool.cli.scripts import check_languages, check_quotes, language_of, script_options
from normtool.cli.streams import colored, say
from normtool.files import shown
from normtool.pipeline import Output, outputs, prepare
from normtool.read import STREAM, Source, Unreadable, Unwritable, atomic
from normtool.report.summary import Summary

if TYPE_CHECKING:
    from normtool.document import Document
    from normtool.metadata import Metadata


@click.command("convert")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@listed("-t", "--to", metavar="FORMAT", help="docx, tei, txt, json. Else by the suffix of OUT.")
@click.option("-o", "--output", metavar="OUT", help="A file, or a folder that is made.")
@script_options
@click.option("--review", is_flag=True, help="Word: every edit as a tracked change to judge.")
@click.option(
    "--track",
    type=click.Choice(("uncertain", "all")),
    help="With --review: all edits, or those to be judged (default).",
)
@click.option("--no-embed", is_flag=True, help="With --review: keep the original out of the file.")
@page_options
@click.option(
    "--decisions",
    type=click.Path(),
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
    type=click.Path(),
    metavar="FILE",
    help="TOML or CSV with speaker, date, place, licence ... by file.",
)
@click.option("--publisher", default="", metavar="NAME", help="Who publishes the TEI files.")
@rule_options
@reading_options
def command(
    files: tuple[str, ...],
    to: tuple[str, ...],
    output: str | None,
    review: bool,
    track: str | None,
    no_embed: bool,
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
    reading: dict[str, Any],
    **rules: Any,
) -> int:
    """Clean, and write Word, TEI, text or JSON.

    FILES are files, folders or - for standard input; JSON that this command
    saved is taken as it is. -t and --script may be repeated: each file is
    written in every format and script. With several files, formats or scripts
    OUT is a folder, and the tree of the folders is kept in it. TEI makes one
    file a speech. Without -o one file goes to standard output.
    """
    known = configuration(**rules)
    check_languages(known.script)
    check_quotes(rules["quotes"] is not None, known.script)
    formats = wanted_formats(to, output)
    if (tei_view or tei_corpus or tei_sentences) and "tei" not in formats:
        raise click.UsageError(
            "--tei-view, --tei-corpus and --tei-sentences are about TEI files: add -t tei."
        )
    for_word = _review(review, track, no_embed, formats, known.script)
    for_word |= page(layout, fonts, template, no_comments, split, formats, review=review)
    if fonts and any(language_of(script).startswith("zh-Hant") for script in known.script):
        raise click.UsageError(
            f"--fonts {fonts} has no traditional characters: leave it out, or the --script."
        )
    batch = Batch(
        files,
        skip=inside(output, files),
        **reading,
    )
    work = _Work(known.settings, formats, known.script, Places(batch.sources))
    for_tei = {"publisher": publisher, "view": tei_view or "edition", "sentences": tei_sentences}
    work.options["tei"] = for_tei
    work.bundle, work.split, work.quotes = tei_corpus, split, known.quotes
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
    single = single and len(formats) == 1 and len(known.script) < 2
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
        batch.run(work.print)
    elif single and not os.path.isdir(output) and suffix_of(output):
        work.target = output
        batch.run(work.write)
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
        work.folder = output
        work.stems = dict(zip((s.path for s in batch.sources), stems(batch.sources), strict=True))
        batch.run(work.write)
    work.summary.failures = batch.failures
    if not reading["quiet"] and (work.summary.files or batch.failures):
        place = shown(work.folder or work.last)
        where = f" in {place}" if work.folder else f", {place}" if work.last else ""
        sys.stdout.flush()
        lines = work.summary.lines(where, colored(sys.stderr))
        if not work.summary.written:  # to stdout: only what the reader must know
            lines = work.summary.warning_lines(colored(sys.stderr))
        for line in lines:
            say(line)
    work.off.tell(reading["quiet"])
    return batch.code


class _Work:
    """What is done with one document, and the sum of it."""

    def __init__(
        self, settings: Settings, formats: tuple[str, ...], scripts: tuple[str, ...], places: Places
    ) -> None:
        self.settings = settings
        self.formats = formats
        self.scripts = scripts
        self.places = places
        self.options: dict[str, dict[str, Any]] = {}
        self.target = self.folder = self.last = self.decisions = self.quotes = ""
        self.stems: dict[str, str] = {}
        self.metadata: Metadata | None = None
        self.bundle = self.split = False
        self.summary = Summary()
        self.off = ModelOff()

    def print(self, source: Source, document: Document) -> None:
        document = self._prepared(source, document)
        found = self._outputs(document, "stdout")
        if len(found) > 1:
            raise Unwritable(
                f"{document.name}: becomes {len(found)} {found[0].format} files, "
                "one a speech; give a folder with -o"
            )
        with atomic(STREAM) as stream:
            self._write(found[0], stream)
        self.summary.add(document, (output.document for output in found))

    def write(self, source: Source, document: Document) -> None:
        if self.target:
            folder, stem = os.path.split(os.path.splitext(self.target)[0])
        else:
            folder, stem = os.path.split(os.path.join(self.folder, self.stems[source.path]))
        document = self._prepared(source, document)
        found = self._outputs(document, stem)
        for output in found:
            # The name that was asked for, if it can hold everything.
            name = output.name if not self.target or len(found) > 1 else Path(self.target).name
            path = os.path.join(folder, name)
            self.places.claim(path)
            with atomic(path, parents=bool(self.folder)) as stream:
                self._write(output, stream)
            self.summary.written += 1
            self.last = path
        self.summary.add(document, (output.document for output in found))

    def _outputs(self, document: Document, stem: str) -> list[Output]:
        return outputs(
            document, stem, self.formats, self.scripts,
            quotes=self.quotes, bundle=self.bundle, split=self.split,
        )  # fmt: skip

    def _prepared(self, source: Source, document: Document) -> Document:
        document = prepare(document, self.settings)
        self.off.add(document)
        if document.cleaned is not None and self.options["docx"].get("review"):
            raise Unreadable(
                f"{document.name}: is converted to another script; "
                "review the text that it was converted from"
            )
        if self.decisions:
            from normtool.decide import apply_decisions

            document = apply_decisions(document, self.decisions)
        if self.metadata is not None:
            document = self.metadata.add(document, source.relative)
        return document

    def _write(self, output: Output, stream: Any) -> None:
        from normtool.export import write

        options = output.options | self.options.get(output.format, {})
        write(output.document, stream, output.format, **options)


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
