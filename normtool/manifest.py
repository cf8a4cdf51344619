"""The manifest of an output folder: what was made of each file that was read, and by what.

``.normtool-manifest.jsonl`` has a line a file, and before the first of a run
one that says how the files were made:

    {"by": "5f0e…", "recipe": {"command": "convert", "version": "0.1.0", …}}
    {"source": "in/a.txt", "sha256": "…", "by": "5f0e…", "files": {"a.txt": "sha256 …"}}

Lines are only ever appended, after the files that they name are in their
place; the last line about a source by the same recipe counts. A run that is killed leaves at most
a torn last line, which is passed over.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from normtool.files import TEMPORARY, Unwritable, machine, reason, shown

NAME = ".normtool-manifest.jsonl"
_DAY = 24 * 60 * 60


_ENCODER = json.JSONEncoder(ensure_ascii=False)


class Made(NamedTuple):
    """What was made of one source.

    sha256  of the bytes that were read
    by      how it was made: ``Manifest.key``
    files   what was written: path below the folder, and sha256 of the bytes
    """

    sha256: str
    by: str
    files: Mapping[str, str]


class Manifest:
    """The manifest of one folder, for a run that makes files by one recipe.

    A copy in another process can be asked what holds, not written with.
    """

    def __init__(self, folder: str | os.PathLike[str], recipe: Mapping[str, Any]) -> None:
        self.folder = os.fspath(folder)
        self.path = os.path.join(self.folder, NAME)
        self._recipe = recipe
        self._run = _digest(recipe)
        self._places: dict[str, int] = {}  # where the last line of each source begins
        self._handle = -1

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_handle": -1}

    def load(self) -> None:
        """Find out what runs by this recipe made; those by others may have files here, too.

        Raises Unwritable if the manifest cannot be read.
        """
        place = 0
        try:
            if os.path.exists(self.path) and not os.path.isfile(self.path):
                kind = "a folder" if os.path.isdir(self.path) else "a pipe or device"
                raise Unwritable(f"{shown(self.path)}: is {kind}; move it away")
            with open(self.path, "rb") as stream:
                for line in stream:
                    with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError):
                        said = json.loads(line)
                        if said["by"].startswith(self._run):
                            self._places[said["source"]] = place
                    place += len(line)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise Unwritable(f"{shown(self.path)}: {reason(error)}") from error

    def key(self, *facts: object) -> str:
        """How a source is made: by the recipe of this run, and by facts of its own, if any."""
        if not facts:
            return self._run
        # Once a file: JSON would take four times as long.
        said = repr(facts).encode("utf-8", "backslashreplace")
        return f"{self._run}-{hashlib.sha256(said).hexdigest()[:8]}"

    def holds(self, source: str, by: str) -> bool:
        """Whether the source was made so before, is the same, and all that was written, too.

        ``source`` is a path that can be read.
        """
        known = self._made(source)
        if known is None or known.by != by:
            return False
        try:
            return file_digest(source) == known.sha256 and all(
                file_digest(os.path.join(self.folder, name)) == digest
                for name, digest in known.files.items()
            )
        except OSError:
            return False

    def made(self, sha256: str, by: str, paths: Iterable[str]) -> Made:
        """What is to be written into the manifest when ``paths``, below the folder, are there."""
        top = os.path.join(self.folder, "")
        files = {path.removeprefix(top).replace(os.sep, "/"): file_digest(path) for path in paths}
        return Made(sha256, by, files)

    def write(self, source: str, made: Made) -> None:
        """Append a line. Raises Unwritable."""
        line = {"source": source, "sha256": made.sha256, "by": made.by, "files": made.files}
        try:
            if self._handle < 0:
                self._open()
                self._append({"by": self._run, "recipe": self._recipe})
            self._append(line)
        except OSError as error:
            raise Unwritable(f"{shown(self.path)}: {reason(error)}") from error

    def close(self) -> None:
        """No more lines."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _open(self) -> None:
        # Each line is one write that appends: whole, even if another run writes here, too.
        self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        size = os.lseek(self._handle, 0, os.SEEK_END)
        if size:
            os.lseek(self._handle, size - 1, os.SEEK_SET)
            if os.read(self._handle, 1) != b"\n":
                os.write(self._handle, b"\n")

    def _append(self, line: object) -> None:
        data = _line(line)
        if os.write(self._handle, data) < len(data):  # the disk took what it still could
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _made(self, source: str) -> Made | None:
        place = self._places.get(source)
        if place is None:
            return None
        try:
            with open(self.path, "rb") as stream:
                stream.seek(place)
                said = json.loads(stream.readline())
            return Made(str(said["sha256"]), str(said["by"]), dict(said["files"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None


def sweep(
    folder: str | os.PathLike[str], process: int | None = None, *, below: bool = False
) -> None:
    """Remove what killed processes were writing in ``folder``; with ``below`` in its tree, too.

    process  only what this one left; else what all left that are no more: those of
             this machine, and those of others after a day
    """
    for place, folders, names in os.walk(folder):
        for name in names:
            mark = TEMPORARY.fullmatch(name)
            if mark is None:
                continue
            path, here, writer = os.path.join(place, name), mark[1] == machine(), int(mark[2])
            with contextlib.suppress(OSError):
                if process is None:
                    left = (here and _gone(writer)) or time.time() - os.stat(path).st_mtime > _DAY
                else:
                    left = here and writer == process
                if left:
                    os.unlink(path)
        if not below:
            folders.clear()


def _gone(process: int) -> bool:
    if os.name != "posix":  # there a signal 0 would end it
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False


@lru_cache(maxsize=8)
def code_digest(name: str) -> str:
    """A digest of an imported module, or of all files of a package: code, word lists and models.

    In the same version they may be others.
    """
    module = sys.modules[name]
    archive = getattr(module.__loader__, "archive", None)
    if archive:  # a zip file on sys.path
        return file_digest(archive)
    file = getattr(module, "__file__", None) or ""
    if os.path.basename(file) != "__init__.py":
        return file_digest(file) if file else ""
    top = os.path.dirname(os.path.abspath(file))
    digest = hashlib.sha256()
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            with open(os.path.join(folder, name), "rb") as stream:
                digest.update(name.encode() + b"\0" + stream.read())
    return digest.hexdigest()


def file_digest(path: str | os.PathLike[str]) -> str:
    """The sha256 of a file, in hexadecimal. Raises OSError."""
    with open(path, "rb", buffering=0) as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


def _line(value: object) -> bytes:
    try:
        return _ENCODER.encode(value).encode("utf-8") + b"\n"
    except UnicodeEncodeError:  # a file name that is not UTF-8
        return json.dumps(value).encode("ascii") + b"\n"
