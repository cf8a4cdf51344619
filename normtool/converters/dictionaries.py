"""What OpenCC's own files say: which steps a configuration takes, and what its dictionaries hold.
from normtool.records import NamedTuple

A configuration is a JSON file of OpenCC: the text is cut into phrases of the first
step's dictionaries, longest first, from left to right (``segmentation``); each piece goes
through all steps (``conversion_chain``) by itself. What stands between two phrases is
one piece.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from normtool.records import NamedTuple

#: Beginning of a dictionary's trie in an .ocd2 file.
_TRIE = b"We love Marisa."


class Steps(NamedTuple):
    """What a configuration of two steps at most looks up, as names of dictionaries.

    normal      characters that are exchanged before anything else
    phrases     of the first step: what the text is cut into
    characters  of the first step, for what no phrase covers
    second      of the second step
    """

    normal: tuple[str, ...]
    phrases: tuple[str, ...]
    characters: tuple[str, ...]
    second: tuple[str, ...]


def folder() -> str:
    """Where OpenCC keeps its files; raises FileNotFoundError where they are not to be found."""
    import opencc

    found = os.path.join(os.path.dirname(opencc.__file__), "clib", "share", "opencc")
    if not os.path.isdir(found):
        raise FileNotFoundError(found)
    return found


def steps(configuration: str) -> Steps:
    """Return the dictionaries of a configuration.

    Raises ValueError where it works in another way than ``Steps`` can say, as it may in
    another version of OpenCC, and OSError where there is no such file.
    """
    import json

    with open(os.path.join(folder(), f"{configuration}.json"), encoding="utf-8") as stream:
        facts = json.load(stream)
    first, *rest = (step["dict"] for step in facts["conversion_chain"])
    cut = facts.get("segmentation")
    phrases, characters = _by_turns(first)
    if len(rest) > 1 or (rest and cut is None):
        raise ValueError(f"{configuration}: {1 + len(rest)} steps")
    if cut is not None and (cut["type"] != "mmseg" or _names(cut["dict"]) != phrases):
        raise ValueError(f"{configuration}: cut by other phrases than those of its first step")
    normal = (name for step in facts.get("normalization", ()) for name in _names(step["dict"]))
    second = (name for step in rest for name in _names(step))
    return Steps(tuple(normal), phrases, characters, tuple(second))


def _by_turns(group: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The two dictionaries of a group of which the first goes before the second."""
    if group["type"] != "group" or group.get("match_policy") != "short_circuit":
        raise ValueError("the first step is no group of phrases and characters")
    phrases, characters = group["dicts"]
    if phrases["type"] == "group" and phrases.get("match_policy") != "union":
        raise ValueError("the phrases do not count alike")
    return _names(phrases), _names(characters)


def _names(dictionary: dict[str, Any]) -> tuple[str, ...]:
    if dictionary["type"] == "group":
        return tuple(name for one in dictionary["dicts"] for name in _names(one))
    if dictionary["type"] != "ocd2":
        raise ValueError(f"a dictionary of the type {dictionary['type']}")
    return (dictionary["file"],)


def words(names: tuple[str, ...]) -> Iterator[str]:
    """What is looked up in some dictionaries; raises OSError or ValueError if one is no .ocd2."""
    import marisa_trie

    for name in names:
        with open(os.path.join(folder(), name), "rb") as stream:
            content = stream.read()
        trie = marisa_trie.Trie()
        trie.frombytes(content[content.index(_TRIE) :])
        yield from trie


def signature(configuration: str) -> str:
    """What changes when OpenCC or its files of a configuration do."""
    import opencc

    # To see which of them count is to read JSON, which takes longer than to look at all.
    with os.scandir(folder()) as files:
        sizes = sorted(f"{file.name} {file.stat().st_size}" for file in files)
    return f"{opencc.__version__} {configuration} {' '.join(sizes)}"
