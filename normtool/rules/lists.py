"""Word lists: knowledge that a linguist can read and extend.

``data/NAME.tsv``: one entry a line, columns divided by tabs, sorted by code
point, lines that begin with ``#`` are comments. The last column is the
evidence.
"""

from __future__ import annotations

import os
from functools import cache

from normtool.patterns import found_once
from normtool.shipped import open_shipped


@cache
def read_list(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of ``data/NAME.tsv``, each a tuple of its columns."""
    with open_shipped(f"rules/data/{name}.tsv") as stream:
        lines = stream.read().decode("utf-8").split("\n")
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def any_in(name: str) -> str:
    """The words in the first column of ``data/NAME.tsv`` as an alternation, longest first.

    Found once on this machine, so that the list need not be read before one of them is.
    """

    def found() -> str:
        return any_of(list(dict.fromkeys(entry[0] for entry in read_list(name))))

    with open_shipped(f"rules/data/{name}.tsv") as stream:
        try:
            state = os.fstat(stream.fileno())
        except OSError:  # in an archive
            return found()
    return found_once(f"{name}.tsv {state.st_size} {state.st_mtime_ns}", found)


def any_of(words: tuple[str, ...] | list[str]) -> str:
    """The words as an alternation, longest first."""
    import re

    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
