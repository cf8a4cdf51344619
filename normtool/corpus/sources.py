"""Where the rows of a corpus come from: Parquet, JSON lines, folders of texts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from normtool.files import Unreadable, find_files, reason, shown

PARQUET, JSONL, TEXT = "parquet", "jsonl", "text"

#: Suffixes of corpora, with what they are and how they are compressed.
SUFFIXES = {
    ".parquet": (PARQUET, ""),
    ".jsonl": (JSONL, ""),
    ".jsonl.gz": (JSONL, "gzip"),
    ".jsonl.zst": (JSONL, "zstd"),
    ".ndjson": (JSONL, ""),
    ".ndjson.gz": (JSONL, "gzip"),
    ".ndjson.zst": (JSONL, "zstd"),
}

#: Text files in one group at most.
_FILES = 1000


class Input(NamedTuple):
    """One file of a corpus, or a group of text files; ``names`` are its paths below what was given.

    stamp  changes when a file does, by sizes and times; cheap
    """

    kind: str
    paths: tuple[str, ...]
    names: tuple[str, ...]
    stamp: str


class Shard(NamedTuple):
    """The unit of work, of writing and of going on: one piece of one input."""

    number: int
    input: Input
    piece: tuple[int, int, int]


def suffix_of(path: str) -> str:
    """The suffix of a corpus that a path has, in lower case; "" if it has none."""
    name = os.path.basename(path).lower()
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), "")


def find_inputs(paths: Iterable[str], size: int, skip: Iterable[str] = ()) -> list[Input]:
    """The inputs below these paths, sorted by name, so that their order says nothing.

    A folder that holds corpora gives them, and any other its text files, in
    groups of about ``size`` bytes. Names that begin with . or _ are passed over.
    Raises Unreadable if something is missing or the kinds are mixed.
    """
    corpora: dict[str, str] = {}
    texts: dict[str, str] = {}
    left_out = {os.path.realpath(path) for path in skip}
    for path in paths:
        found = dict(_corpora(path, left_out)) if os.path.isdir(path) else {}
        if not found and suffix_of(path) and os.path.isfile(path):
            found = {os.path.realpath(path): os.path.basename(path)}
        corpora |= found
        if found:
            continue
        for source in find_files([path], skip=left_out):
            if source.error is not None:
                raise source.error
            if source.path == "-":
                raise Unreadable("-: standard input is no corpus; give files or folders")
            if os.path.exists(source.path) and not os.path.isfile(source.path):
                raise Unreadable(
                    f"{shown(source.path)}: is a pipe or device, and a corpus is read twice; "
                    "save it as a file"
                )
            texts[os.path.realpath(source.path)] = shown(source.relative)
    kinds = {SUFFIXES[suffix_of(path)][0] for path in corpora} | ({TEXT} if texts else set())
    if len(kinds) > 1:
        raise Unreadable(
            f"the input is {' and '.join(sorted(kinds))}; clean each kind in a job of its own"
        )
    if texts:
        return list(_groups(texts, size))
    return [
        Input(SUFFIXES[suffix_of(path)][0], (path,), (name,), _stamp([path]))
        for path, name in sorted(corpora.items(), key=lambda item: (item[1], item[0]))
    ]


def _corpora(top: str, skip: set[str]) -> Iterator[tuple[str, str]]:
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith((".", "_"))
            and os.path.realpath(os.path.join(folder, name)) not in skip
        )
        if os.path.realpath(folder) in skip:
            continue
        for name in names:
            path = os.path.join(folder, name)
            real = os.path.realpath(path)
            wanted = suffix_of(name) and not name.startswith((".", "_"))
            if wanted and real not in skip and os.path.isfile(real):
                yield real, shown(os.path.relpath(path, top))


def _groups(texts: dict[str, str], size: int) -> Iterator[Input]:
    taken: set[str] = set()
    group: list[tuple[str, str]] = []
    weight = 0
    for path, name in sorted(texts.items(), key=lambda item: (item[1], item[0])):
        # Two folders may hold an a.txt; the path as a whole tells them apart.
        name = name if name not in taken else shown(path).lstrip("/\\")
        taken.add(name)
        try:
            one = os.stat(path).st_size
        except OSError:
            one = 0  # reading it gives the error
        if group and (weight + one > size or len(group) == _FILES):
            yield _group(group)
            group, weight = [], 0
        group.append((path, name))
        weight += one
    if group:
        yield _group(group)


def _group(files: Sequence[tuple[str, str]]) -> Input:
    paths, names = zip(*files, strict=True)
    return Input(TEXT, paths, names, _stamp(paths))


def _stamp(paths: Iterable[str]) -> str:
    digest = sha256()
    for path in paths:
        try:
            status = os.stat(path)
        except OSError as error:
            raise Unreadable(f"{shown(path)}: {reason(error)}") from error
        digest.update(
            f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "replace")
        )
    return digest.hexdigest()
