"""The formats that a command is asked for, by name or by the suffix of the output."""

from __future__ import annotations

import os

import click

#: What people call the formats, and the suffixes of their files.
_ALIASES = {"htm": "html", "xml": "tei", "text": "txt", "word": "docx", "jsonl": "json"}
_DEFAULT = "txt"


def wanted_formats(to: tuple[str, ...], output: str | None) -> tuple[str, ...]:
    """The formats asked for, each once; by the suffix of OUT if none is named."""
    if not to:
        suffix = suffix_of(output or "")
        found = known_format(suffix)
        if suffix and not found and not os.path.isdir(output or ""):
            raise click.UsageError(
                f"Cannot tell the format from {suffix!r}: name it with -t ({all_formats()})."
            )
        return (found or _DEFAULT,)
    found_formats = []
    for name in to:
        found = known_format(name)
        if not found:
            from normtool.extensions import nearest

            near = nearest(name.lower(), (*writers(), *_ALIASES))
            hint = f"did you mean {near[0]}?" if near else f"known are {all_formats()}."
            raise click.UsageError(f"Unknown format {name!r}; {hint}")
        found_formats.append(found)
    return tuple(dict.fromkeys(found_formats))


def known_format(name: str) -> str:
    """The format that goes by a name or a suffix, or ""."""
    name = name.lower().lstrip(".")
    name = _ALIASES.get(name, name)
    return name if name in writers() else ""


def writers() -> tuple[str, ...]:
    """The names of all formats."""
    from normtool.export import WRITERS

    return tuple(WRITERS)


def all_formats() -> str:
    """The names of all formats, for a message."""
    return ", ".join(writers())


def suffix_of(path: str) -> str:
    """The suffix of a file name; a path that ends with a slash is a folder."""
    return os.path.splitext(path)[1]
