"""``normtool clean``: the cleaned text."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from normtool.clean import Settings, clean_document
from normtool.cli.batch import Batch
from normtool.cli.command import PATH, Command
from normtool.cli.off import ModelOff, why_off
from normtool.cli.options import (
    configuration,
    needs_folder,
    reading_options,
    resume_option,
    rule_options,
)
from normtool.cli.places import Places, inside, make_folder, stems
from normtool.cli.recipe import recipe
from normtool.cli.streams import binary, colored, say
from normtool.cli.work import Result, Work
from normtool.files import shown
from normtool.read import STREAM, Source, Unwritable, atomic, from_text
from normtool.report.summary import kept_line

if TYPE_CHECKING:
    from normtool.document import Document

#: Files that are text themselves: they can be replaced by their cleaned text.
_TEXT = (".txt", ".text", ".md", ".markdown")


@click.command("clean", cls=Command)
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("-o", "--output", metavar="OUT", help="Write to this file, or into this folder.")
@click.option("--diff", is_flag=True, help="Show a unified diff instead; exit 1 if there is one.")
@click.option("-i", "--in-place", is_flag=True, help="Replace the files by their cleaned text.")
@rule_options
@resume_option
@reading_options
def command(
    files: tuple[str, ...],
    output: str | None,
    diff: bool,
    in_place: bool,
    resume: bool,
    reading: dict[str, Any],
    **rules: Any,
) -> int:
    """Write the cleaned text.

    Of one file to standard output, of many with -o or --in-place.

    FILES are files, folders or - for standard input. What is written is UTF-8.
    Only safe changes are made unless --unsafe-fixes or --extend-safe say more.
    """
    if sum((diff, in_place, output is not None)) > 1:
        raise click.UsageError("-o, --diff and --in-place exclude each other.")
    if in_place and STREAM in files:
        raise click.UsageError("Standard input cannot be replaced in place.")
    known = configuration(**rules)
    batch = Batch(
        files,
        skip=inside(output, files),
        **reading,
    )
    work = _Cleaning(rules, known.settings, Places(batch.inodes))
    work.diff, work.in_place, work.color = diff, in_place, colored(sys.stdout)
    paths = [source.path for source in batch.sources]
    if output is None or output == STREAM:
        needs_folder(resume)
        if len(paths) > 1 and not (diff or in_place):
            raise click.UsageError(
                f"{len(paths)} files cannot all go to standard output: "
                "give a folder with -o, or --in-place, or --diff."
            )
        if in_place:
            work.targets = dict(zip(paths, paths, strict=True))
        batch.run(work)
    elif _is_file(output, batch.sources, files):
        needs_folder(resume)
        work.targets = {paths[0]: output}
        batch.run(work)
    else:
        make_folder(output)
        work.into = output
        targets = [os.path.join(output, name) for name in _names(batch.sources)]
        work.targets = dict(zip(paths, targets, strict=True))
        count = Counter(target.casefold() for target in targets)
        work.places.doubtful = {
            path for path, target in work.targets.items() if count[target.casefold()] > 1
        }
        batch.run(
            work,
            here=work.places.doubtful,
            resume=resume,
            recipe=lambda: recipe(known),
            into=output,
        )
    if not reading["quiet"] and work.targets:
        for line in work.summary(batch.kept):
            say(line)
    work.off.tell(reading["quiet"])
    return batch.code


class _Cleaning(Work):
    """What is done with one document, and the sum of it."""

    def __init__(self, rules: dict[str, Any], settings: Settings, places: Places) -> None:
        super().__init__(rules, settings)
        self.places = places
        self.diff = self.in_place = False
        #: Where the text of each source goes, and whether that is below a folder that is made.
        self.targets: dict[str, str] = {}
        self.into = ""
        self.color = False
        self.changed = self.unchanged = self.edits = 0
        self.off = ModelOff()

    def do(self, source: Source, document: Document) -> Result:
        """Show it, or write it to where it belongs."""
        target = self.targets.get(source.path, "")
        if self.in_place:
            self._check_text(source, document)
        elif target:
            self.places.claim(target, source)
        # Saved JSON was cleaned before.
        cleaned = document if document.blocks else clean_document(document, self.settings)
        if self.diff:
            from normtool.report.patch import patch

            lines = list(patch(cleaned, self.color))
            return Result((None, why_off(cleaned)), lines, code=int(bool(lines)))
        if not target:
            binary().write(cleaned.text.encode("utf-8"))
            return Result((None, why_off(cleaned)))
        if cleaned.edits or not self.in_place:
            with atomic(target, parents=bool(self.into)) as stream:
                stream.write(cleaned.text.encode("utf-8"))
        return Result((len(cleaned.edits), why_off(cleaned)), files=(target,))

    def add(self, tally: tuple[int | None, tuple[str, str] | None]) -> None:
        """Count the edits of one document."""
        edits, why = tally
        self.off.add(why)
        if edits is not None:
            self.edits += edits
            self.changed += bool(edits)
            self.unchanged += not edits

    def about(self, source: Source) -> tuple[object, ...]:
        """Where it goes."""
        return (self.targets[source.path][len(self.into) :],)

    def folder(self, source: Source) -> str:
        """The folder of its text."""
        return os.path.dirname(self.targets.get(source.path, ""))

    def warm(self) -> None:
        """Load the rules."""
        clean_document(from_text("同志们：\n"), self.settings)

    def _check_text(self, source: Source, document: Document) -> None:
        packed = document.encoding == "docx" or "html" in document.meta
        suffix = os.path.splitext(source.path)[1].lower()
        if packed or document.blocks or suffix not in (*_TEXT, ""):
            raise Unwritable(f"{document.name}: only text files can be replaced in place; use -o")

    def summary(self, kept: int) -> Iterator[str]:
        """A line on what was done, and one on what was done before."""
        number = self.changed
        where = f" in {shown(self.into)}" if self.into else ""
        yield (
            f"{number} file{'' if number == 1 else 's'} cleaned{where} ({self.edits:,} edits), "
            f"{self.unchanged} unchanged"
        )
        if kept:
            yield kept_line(kept)


def _is_file(output: str, sources: list[Source], files: tuple[str, ...]) -> bool:
    """Whether ``-o`` names a file: there is one text, and the name looks like one."""
    one = len(sources) == 1 and len(files) == 1 and not os.path.isdir(files[0])
    return one and not os.path.isdir(output) and os.path.splitext(output)[1] != ""


def _names(sources: list[Source]) -> list[str]:
    """Names in the output folder: the same as before for texts, ``.txt`` for what was none."""
    names = []
    for source, stem in zip(sources, stems(sources), strict=True):
        suffix = os.path.splitext(source.relative)[1]
        is_text = suffix.lower() in _TEXT
        if is_text and stem.endswith(suffix):
            names.append(stem)
        else:
            names.append(stem + (suffix if is_text else ".txt"))
    return names
