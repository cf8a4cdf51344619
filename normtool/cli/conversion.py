"""What ``convert`` does with one document: prepare it and write it in every format."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any

from normtool.clean import Settings
from normtool.cli.off import ModelOff, why_off
from normtool.cli.places import Places
from normtool.cli.work import Result, Work
from normtool.pipeline import Output, outputs, prepare
from normtool.read import STREAM, Source, Unreadable, Unwritable, atomic, from_text
from normtool.report.summary import Summary

if TYPE_CHECKING:
    from normtool.document import Document
    from normtool.metadata import Metadata


class Conversion(Work):
    """The formats, scripts and places of one call, and the sum of what was done."""

    def __init__(
        self,
        rules: dict[str, Any],
        settings: Settings,
        formats: tuple[str, ...],
        scripts: tuple[str, ...],
        places: Places,
    ) -> None:
        super().__init__(rules, settings)
        self.formats = formats
        self.scripts = scripts
        self.places = places
        self.options: dict[str, dict[str, Any]] = {}
        #: One file to write to, or a folder; neither: standard output.
        self.target = self.into = ""
        self.last = self.decisions = self.quotes = ""
        self.stems: dict[str, str] = {}
        self.metadata: Metadata | None = None
        self.bundle = self.split = self.parallel = False
        self.summary = Summary()
        self.off = ModelOff()

    def do(self, source: Source, document: Document) -> Result:
        """Write it to where it belongs."""
        document = self._prepared(source, document)
        summary = Summary()
        if self.target or self.into:
            found, files = self._files(document, source)
            summary.written = len(files)
        else:
            found, files = self._print(document), []
        converted = [
            one for output in found for one in (output.document, *output.options.get("twins", ()))
        ]
        summary.add(document, converted)
        return Result(tally=(summary, files[-1] if files else "", why_off(document)), files=files)

    def add(self, tally: tuple[Summary, str, tuple[str, str] | None]) -> None:
        """Count one document."""
        summary, self.last, why = tally
        self.summary.merge(summary)
        self.off.add(why)

    def about(self, source: Source) -> tuple[object, ...]:
        """Its names, and what the user says of it."""
        said = self.metadata.said_of(source.relative) if self.metadata is not None else []
        return (self.stems[source.path], source.relative, said)

    def folder(self, source: Source) -> str:
        """The folder of its files."""
        return os.path.dirname(self._place(source)) if self.into else ""

    def warm(self) -> None:
        """Load rules, structure, scripts and writers."""
        document = prepare(from_text("同志们：\n"), self.settings)
        for output in self._outputs(document, "warm"):
            self._write(output, io.BytesIO())

    def _place(self, source: Source) -> str:
        """The path of its files, without suffix."""
        if self.target:
            return os.path.splitext(self.target)[0]
        return os.path.join(self.into, self.stems[source.path])

    def _print(self, document: Document) -> list[Output]:
        found = self._outputs(document, "stdout")
        if len(found) > 1:
            raise Unwritable(
                f"{document.name}: becomes {len(found)} {found[0].format} files, "
                "one a speech; give a folder with -o"
            )
        with atomic(STREAM) as stream:
            self._write(found[0], stream)
        return found

    def _files(self, document: Document, source: Source) -> tuple[list[Output], list[str]]:
        folder, stem = os.path.split(self._place(source))
        found = self._outputs(document, stem)
        paths = []
        for output in found:
            # The name that was asked for, if it can hold everything.
            name = output.name
            if self.target and len(found) == 1:
                name = os.path.basename(self.target)
            path = os.path.join(folder, name)
            self.places.claim(path, source)
            with atomic(path, parents=bool(self.into)) as stream:
                self._write(output, stream)
            paths.append(path)
        return found, paths

    def _outputs(self, document: Document, stem: str) -> list[Output]:
        return outputs(
            document, stem, self.formats, self.scripts,
            settings=self.settings, quotes=self.quotes,
            bundle=self.bundle, split=self.split, parallel=self.parallel,
        )  # fmt: skip

    def _prepared(self, source: Source, document: Document) -> Document:
        document = prepare(document, self.settings)
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
