"""Where the results of many files go, so that none overwrites another or its source."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import click

from normtool.files import reason, shown
from normtool.patterns import later
from normtool.read import STREAM, Source, Unwritable


def stems(sources: Sequence[Source]) -> list[str]:
    """For each source its place below the output folder, without the suffix of a format.

    The tree of the folders is kept. Where ``a.txt`` and ``a.htm`` would meet
    they keep their suffixes; where two folders hold an ``a.txt`` the folder
    becomes part of the path. Names that are not UTF-8 become so. Case does not
    tell names apart: on some systems it does not.
    """
    ways: tuple[Callable[[Source], str], ...] = (_bare, _whole, _below_its_folder)
    chosen = [_bare(source) for source in sources]
    for way in ways[1:]:
        count = Counter(name.casefold() for name in chosen)
        chosen = [
            way(source) if count[name.casefold()] > 1 else name
            for source, name in zip(sources, chosen, strict=True)
        ]
    taken: set[str] = set()
    for index, name in enumerate(chosen):
        number, free = 2, name
        while free.casefold() in taken:
            free = f"{name}-{number}"
            number += 1
        taken.add(free.casefold())
        chosen[index] = free
    return chosen


def _bare(source: Source) -> str:
    if source.path == STREAM:
        return "stdin"
    return os.path.splitext(shown(source.relative))[0]


def _whole(source: Source) -> str:
    return "stdin" if source.path == STREAM else shown(source.relative)


def _below_its_folder(source: Source) -> str:
    # What lies above the place that was named tells the two apart.
    path = os.path.abspath(source.path)
    top = path[: len(path) - len(source.relative)].rstrip(os.sep)
    return os.path.join(os.path.basename(top), _bare(source))


#: Number of a speech and language, as they stand in the names of files.
_TAG = later(r"\.(?:\d+|(?:zh|und)(?:-\w+)*)$")


def doubtful(stems: Mapping[str, str]) -> set[str]:
    """The paths whose files may get names that another's files have, too.

    ``a`` may become ``a.1.zh-Hans.xml``, and so may ``a.1``: which of them is
    the first to write it depends on what is in them.
    """
    from normtool.export import SPEECH_TAGS

    ways = {p: {s.casefold(), SPEECH_TAGS.sub("", s).casefold()} for p, s in stems.items()}
    owners: dict[str, list[str]] = {}
    for path, names in ways.items():
        for name in names:
            owners.setdefault(name, []).append(path)
    shared: set[str] = set()
    found: set[str] = set()
    for path, names in ways.items():
        for name in names:
            while name:
                if owners.get(name, [path]) != [path]:
                    shared.add(name)
                    found.add(path)
                tag = _TAG.search(name)
                name = name[: tag.start()] if tag else ""
    return found.union(*(owners[name] for name in shared))


def inside(output: str | None, inputs: Sequence[str]) -> list[str]:
    """What is not read although it lies in an input: the output folder of the last call."""
    if not output or not os.path.isdir(output):
        return []
    same = any(os.path.realpath(path) == os.path.realpath(output) for path in inputs)
    return [] if same else [output]


class Places:
    """Watches over the files that one call writes.

    inputs  paths of the files that are read, by device and inode
    """

    def __init__(self, inputs: Mapping[tuple[int, int], str]) -> None:
        self._inputs = inputs
        self._written: set[str] = set()
        #: Paths of the inputs whose files may get the name of another's.
        self.doubtful: set[str] = set()

    def claim(self, path: str, source: Source) -> None:
        """Raise Unwritable if ``path`` is an input, or was written before for a doubtful one."""
        if self._is_input(path):
            raise Unwritable(
                f"{shown(path)}: would overwrite an input; choose another place with -o"
            )
        if source.path in self.doubtful:
            place = os.path.realpath(path).casefold()
            if place in self._written:
                raise Unwritable(
                    f"{shown(path)}: was written for another input; convert them one by one"
                )
            self._written.add(place)

    def _is_input(self, path: str) -> bool:
        try:
            status = os.stat(path)
        except OSError:
            return False
        known = self._inputs.get((status.st_dev, status.st_ino))
        if known is None:
            return False
        # Of several names of one file only this one is replaced.
        return status.st_nlink == 1 or os.path.realpath(known) == os.path.realpath(path)


def make_folder(path: str) -> None:
    """Make the output folder now: one that cannot be written to fails once, not for each file."""
    name = shown(path)
    try:
        os.makedirs(path, exist_ok=True)
    except FileExistsError:
        kind = "a file" if os.path.exists(path) else "a link that leads nowhere"
        raise click.UsageError(f"{name} is {kind}; give a folder with -o.") from None
    except OSError as error:
        raise click.UsageError(f"{name}: {reason(error)}.") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise click.UsageError(f"{name}: permission denied; choose another folder with -o.")
