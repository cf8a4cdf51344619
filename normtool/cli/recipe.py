"""By what files are made: everything that decides what a run writes, besides the texts."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from normtool.config import Configuration
from normtool.version import __version__

#: Libraries whose versions show in the output.
_LIBRARIES = ("opencc", "lxml", "python-docx", "trafilatura")
#: Of how files are read: what does not alter the text.
_MUTE = ("limit", "jobs", "quiet", "debug")


def recipe(
    command: str,
    known: Configuration,
    reading: Mapping[str, Any],
    files: Mapping[str, str | None] = {},
    **options: Any,
) -> dict[str, Any]:
    """What ``manifest.Manifest`` takes.

    files    that are read besides the texts, by what they are for: their content counts
    options  as the command has them
    """
    from importlib.metadata import PackageNotFoundError, version

    libraries: dict[str, str] = {}
    for name in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            libraries[name] = version(name)
    plugins = known.lists.get("plugins", ())
    own = {name: path for name, path in files.items() if path}
    for key, paths in known.lists.items():
        if key != "plugins":
            own |= {f"{key} {number}": path for number, path in enumerate(paths, 1)}
    return {
        "command": command,
        "version": __version__,
        # Between two releases the rules change and the version does not.
        "program": _source(os.path.dirname(os.path.dirname(__file__))),
        "libraries": libraries,
        "epoch": os.environ.get("SOURCE_DATE_EPOCH", ""),
        "rules": {**known.settings._asdict(), "options": known.options},
        "plugins": {name: _plugin(name) for name in plugins},
        "files": {name: _source(path) for name, path in own.items()},
        "reading": {key: value for key, value in reading.items() if key not in _MUTE},
        "options": options,
    }


def _plugin(name: str) -> str:
    file = getattr(sys.modules.get(name), "__file__", None) or ""
    return _source(os.path.dirname(file) if os.path.basename(file) == "__init__.py" else file)


def _source(path: str) -> str:
    """The digest of a file; of a folder, of the Python modules and word lists below it."""
    digest = hashlib.sha256()
    for name in _below(path) if os.path.isdir(path) else (path,):
        with open(name, "rb") as stream:
            digest.update(stream.read())
    return digest.hexdigest()[:16]


def _below(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (os.path.join(place, n) for n in sorted(names) if n.endswith((".py", ".tsv")))
