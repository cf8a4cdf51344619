"""Files as Spark sees them: on HDFS, S3 or this machine, through Hadoop."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.corpus.sources import suffix_of
from normtool.files import SUFFIXES, Unreadable
from normtool.version import __version__

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Stored(NamedTuple):
    """One file: where it is, its name below what was given (``root``), bytes, time of change."""

    path: str
    name: str
    root: str
    size: int
    time: int


class Store:
    """The file systems of one session."""

    def __init__(self, spark: SparkSession) -> None:
        self._jvm: Any = spark._jvm
        self._settings = spark._jsc.hadoopConfiguration()

    def _at(self, path: str) -> tuple[Any, Any]:
        place = self._jvm.org.apache.hadoop.fs.Path(path)
        return place.getFileSystem(self._settings), place

    def files(self, path: str, skip: Sequence[str] = ()) -> list[Stored]:
        """The files to clean at a path, a folder or a pattern, sorted; raises Unreadable.

        As on one machine: corpora if the folder has any, else texts; none that is
        hidden, or below the folders in ``skip``.
        """
        system, place = self._at(path)
        found = []
        for status in system.globStatus(place) or ():
            if status.isDirectory():
                below = [
                    file
                    for file in self._below(system, status)
                    if not file.path.startswith(tuple(f"{place}/" for place in skip))
                ]
                corpora = [file for file in below if suffix_of(file.name)]
                texts = [file for file in below if file.name.lower().endswith(SUFFIXES)]
                found += corpora or texts
            else:
                found.append(_stored(status, status.getPath().getParent()))
        if not found:
            raise Unreadable(f"{path}: there is nothing here to clean")
        return sorted(found)

    def _below(self, system: Any, folder: Any) -> Iterator[Stored]:
        listing = system.listFiles(folder.getPath(), True)
        while listing.hasNext():
            file = _stored(listing.next(), folder.getPath())
            if not any(part.startswith((".", "_")) for part in file.name.split("/")):
                yield file

    def whole(self, path: str) -> str:
        """A path with its file system and from the top, as those of ``files`` are."""
        system, place = self._at(path)
        return str(system.makeQualified(place).toString())

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""
        system, place = self._at(path)
        return bool(system.exists(place))

    def delete(self, path: str) -> None:
        """Delete a file, or a folder with all in it, if it is there."""
        system, place = self._at(path)
        system.delete(place, True)

    def load(self, path: str) -> dict[str, Any]:
        """The JSON object in a file; empty if there is none."""
        system, place = self._at(path)
        if not system.exists(place):
            return {}
        stream = system.open(place)
        try:
            text = self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        finally:
            stream.close()
        try:
            value = json.loads(text)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def save(self, path: str, content: Mapping[str, Any]) -> None:
        """Write a JSON object, over what is there."""
        system, place = self._at(path)
        text = json.dumps({"version": __version__} | dict(content), indent=1)
        stream = system.create(place, True)
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()


def _stored(status: Any, root: Any) -> Stored:
    path, top = status.getPath().toString(), root.toString().rstrip("/")
    name = path[len(top) :].lstrip("/")
    return Stored(path, name, top, status.getLen(), status.getModificationTime())
