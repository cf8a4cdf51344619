"""By what files are made: everything that decides what a run writes, besides the texts."""

from __future__ import annotations

import contextlib
import os
from typing import Any

import click

from normtool.cli.command import Named
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

    from normtool.manifest import code_digest, file_digest

    context = click.get_current_context()
    options = {name: value for name, value in context.params.items() if name not in _MUTE}
    for option in context.command.params:
        if isinstance(option.type, Named) and options.get(option.name or ""):
            options[option.name or ""] = file_digest(options[option.name or ""])
    libraries = {}
    for name in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            libraries[name] = version(name)
    return {
        "command": context.command.name,
        "version": __version__,
        # Between two releases the rules change and the version does not.
        "program": code_digest("normtool"),
        "libraries": libraries,
        "epoch": os.environ.get("SOURCE_DATE_EPOCH", ""),
        "options": options,
        "configuration": {**known.values, "keep": known.settings.keep, "rules": known.options},
        "lists": {
            f"{kind} {number}": code_digest(name) if kind == "plugins" else file_digest(name)
            for kind, names in known.lists.items()
            for number, name in enumerate(names, 1)
        },
    }
