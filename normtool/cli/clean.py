"""``normtool clean``: the cleaned text."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from normtool.clean import Settings, clean_document
from normtool.cli.batch import Batch
from normtool.cli.off import ModelOff
from normtool.cli.options import configuration, reading_options, rule_options
from normtool.cli.places import Places, inside, make_folder, stems
from normtool.cli.streams import binary, colored, put, say
from normtool.files import shown
from normtool.read import STREAM, Source, Unwritable, atomic

if TYPE_CHECKING:
    from normtool.document import Document

#: Files that are text themselves: they can be replaced by their cleaned text.
_TEXT = (".txt", ".text", ".md", ".markdown")


@click.command("clean")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", metavar="OUT", help="Write to this file, or into this folder.")
@click.option("--diff", is_flag=True, help="Show a unified diff instead; exit 1 if there is one.")
@click.option("-i", "--in-place", is_flag=True, help="Replace the files by their cleaned text.")
@rule_options
@reading_options
def command(
    files: tuple[str, ...],
    output: str | None,
    diff: bool,
    in_place: bool,
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
    settings = configuration(**rules).settings
    batch = Batch(
        files,
        skip=inside(output, files),
        **reading,
    )
    work = _Work(settings, Places(batch.sources))
    if diff:
        batch.run(work.diff)
    elif in_place:
        batch.run(work.replace)
    elif output is None or output == STREAM:
        if len(batch.sources) > 1:
            raise click.UsageError(
                f"{len(batch.sources)} files cannot all go to standard output: "
                "give a folder with -o, or --in-place, or --diff."
            )
        batch.run(work.print)
    elif _is_file(output, batch.sources, files):
        work.target = output
        batch.run(work.write)
    else:
        make_folder(output)
        work.folder = output
        work.names = dict(zip((s.path for s in batch.sources), _names(batch.sources), strict=True))
        batch.run(work.write)
    if not reading["quiet"] and (in_place or work.target or work.folder):
        say(work.summary())
    work.off.tell(reading["quiet"])
    return batch.code


class _Work:
    """What is done with one document, and the sum of it."""

    def __init__(self, settings: Settings, places: Places) -> None:
        self.settings = settings
        self.places = places
        self.target = self.folder = ""
        self.names: dict[str, str] = {}
        self.changed = self.unchanged = self.edits = 0
        self.off = ModelOff()

    def _clean(self, document: Document) -> Document:
        # Saved JSON was cleaned before.
        if document.blocks:
            return document
        cleaned = clean_document(document, self.settings)
        self.off.add(cleaned)
        return cleaned

    def _count(self, cleaned: Document) -> None:
        self.edits += len(cleaned.edits)
        self.changed += bool(cleaned.edits)
        self.unchanged += not cleaned.edits

    def diff(self, source: Source, document: Document) -> int:
        from normtool.report import patch

        return int(put(patch(self._clean(document), colored(sys.stdout))))

    def print(self, source: Source, document: Document) -> None:
        binary().write(self._clean(document).text.encode("utf-8"))

    def replace(self, source: Source, document: Document) -> None:
        packed = document.encoding == "docx" or "html" in document.meta
        if (
            packed
            or document.blocks
            or os.path.splitext(source.path)[1].lower() not in (*_TEXT, "")
        ):
            raise Unwritable(f"{document.name}: only text files can be replaced in place; use -o")
        cleaned = self._clean(document)
        if cleaned.edits:
            with atomic(source.path) as stream:
                stream.write(cleaned.text.encode("utf-8"))
        self._count(cleaned)

    def write(self, source: Source, document: Document) -> None:
        path = self.target or os.path.join(self.folder, self.names[source.path])
        self.places.claim(path)
        cleaned = self._clean(document)
        with atomic(path, parents=bool(self.folder)) as stream:
            stream.write(cleaned.text.encode("utf-8"))
        self._count(cleaned)

    def summary(self) -> str:
        """One line."""
        number = self.changed
        where = f" in {shown(self.folder)}" if self.folder else ""
        return (
            f"{number} file{'' if number == 1 else 's'} cleaned{where} ({self.edits:,} edits), "
            f"{self.unchanged} unchanged"
        )


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
