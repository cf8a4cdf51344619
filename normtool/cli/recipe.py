"""By what files are made: everything that decides what a run writes, besides the texts."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Any

import click

from normtool.config import Configuration
from normtool.version import __version__

#: Libraries whose versions show in the output.
_LIBRARIES = ("opencc", "lxml", "python-docx", "trafilatura")
#: Options that do not alter what is written, and those that are looked at otherwise: the
#: facts of ``--meta`` by file, the configuration and the lists as ``Configuration`` has them.
_MUTE = frozenset({
    "files", "output", "resume", "limit", "jobs", "quiet", "debug",
    "meta", "config_file", "isolated", "typos", "keep", "suffixes",
})  # fmt: skip


def recipe(known: Configuration) -> dict[str, Any]:
    """What ``manifest.Manifest`` takes, for the command that runs.

    Its options are read off the command line itself, so that none is forgotten;
    of files that they name the content counts.
    """
    from importlib.metadata import PackageNotFoundError, version

    context = click.get_current_context()
    options = {name: value for name, value in context.params.items() if name not in _MUTE}
    for option in context.command.params:
        if isinstance(option.type, click.Path) and options.get(option.name or ""):
            options[option.name or ""] = _digest(options[option.name or ""])
    libraries = {}
    for name in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            libraries[name] = version(name)
    return {
        "command": context.command.name,
        "version": __version__,
        # Between two releases the rules change and the version does not.
        "program": _digest(os.path.dirname(os.path.dirname(__file__))),
        "libraries": libraries,
        "epoch": os.environ.get("SOURCE_DATE_EPOCH", ""),
        "options": options,
        "configuration": {**known.values, "keep": known.settings.keep, "rules": known.options},
        "lists": {
            f"{kind} {number}": _plugin(name) if kind == "plugins" else _digest(name)
            for kind, names in known.lists.items()
            for number, name in enumerate(names, 1)
        },
    }


def _plugin(name: str) -> str:
    file = getattr(sys.modules.get(name), "__file__", None) or ""
    return _digest(os.path.dirname(file) if os.path.basename(file) == "__init__.py" else file)


def _digest(path: str) -> str:
    """Of a file its content; of a folder the Python modules and word lists below it."""
    from hashlib import sha256

    digest = sha256()
    for name in _below(path) if os.path.isdir(path) else (path,):
        with open(name, "rb") as stream:
            digest.update(stream.read())
    return digest.hexdigest()[:16]


def _below(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (os.path.join(place, n) for n in sorted(names) if n.endswith((".py", ".tsv")))
