"""Where the rows of a corpus come from: Parquet, JSON lines, folders of texts.

An input is one file, or a group of small text files. It is surveyed once
(hash, columns, where it can be cut) and read in pieces, each by one process.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.files import Unreadable, find_files, reason, shown

if TYPE_CHECKING:
    import pyarrow as pa

    from normtool.corpus.recipe import Recipe

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
#: What can be entered at its beginning only is cut into no more pieces than this:
#: each piece reads what lies before it.
_CUTS = 16


class Input(NamedTuple):
    """One file of a corpus, or a group of text files; ``names`` are its paths below what was given.

    stamp  changes when a file does, by sizes and times; cheap
    """

    kind: str
    paths: tuple[str, ...]
    names: tuple[str, ...]
    stamp: str


class Survey(NamedTuple):
    """What one look through an input tells.

    sha256  of its bytes (of a group: of the hashes of all)
    schema  of its columns: an Arrow schema, or for JSON lines the types by key
    pieces  where it can be cut: row group, first and last row; or first and last byte
    """

    sha256: str
    schema: Any
    pieces: tuple[tuple[int, int, int], ...]


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


def survey(input: Input, size: int) -> Survey:
    """Look through an input; pieces are about ``size`` bytes. Raises Unreadable."""
    try:
        if input.kind == TEXT:
            import pyarrow as pa

            schema = pa.schema([("id", pa.string()), ("content", pa.binary())])
            return Survey(_hash(input.paths), schema, ((0, 0, 0),))
        if input.kind == PARQUET:
            return _survey_parquet(input, size)
        return _survey_lines(input, size)
    except OSError as error:
        raise Unreadable(f"{input.names[0]}: {_said(error)}") from error


def _said(error: OSError) -> str:
    return reason(error) if error.errno else str(error).split("\n")[0]


def _hash(paths: Sequence[str]) -> str:
    digests = []
    for path in paths:
        with open(path, "rb") as stream:
            digest = sha256()
            while piece := stream.read(2**20):
                digest.update(piece)
            digests.append(digest.hexdigest())
    return digests[0] if len(digests) == 1 else sha256("".join(digests).encode()).hexdigest()


def _survey_parquet(input: Input, size: int) -> Survey:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(input.paths[0]) as file:
            pieces = []
            for group in range(file.metadata.num_row_groups):
                whole = file.metadata.row_group(group)
                cuts = max(1, min(_CUTS, -(-whole.total_byte_size // size), whole.num_rows))
                ends = [whole.num_rows * n // cuts for n in range(cuts + 1)]
                pieces += [(group, *piece) for piece in pairwise(ends)]
            return Survey(_hash(input.paths), file.schema_arrow, tuple(pieces))
    except pa.ArrowException as error:
        raise Unreadable(f"{input.names[0]}: is no Parquet file: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0]


def _survey_lines(input: Input, size: int) -> Survey:
    from normtool.corpus.lines import types_of

    ends = [0]
    place = 0

    def lines() -> Iterator[bytes]:
        nonlocal place
        for line in _open_lines(input, 0):
            place += len(line)
            if place - ends[-1] >= size:
                ends.append(place)
            yield line

    types = types_of(lines())
    if ends[-1] != place:
        ends.append(place)
    if SUFFIXES[suffix_of(input.paths[0])][1] and len(ends) - 1 > _CUTS:
        step = -(-(len(ends) - 1) // _CUTS)
        ends = [*ends[:-1:step], ends[-1]]
    pieces = tuple((0, *piece) for piece in pairwise(ends))
    return Survey(_hash(input.paths), types, pieces)


def _open_lines(input: Input, begin: int) -> Iterator[bytes]:
    """The lines from a byte of the uncompressed file on, each with its newline."""
    import io

    import pyarrow as pa

    path = input.paths[0]
    compression = SUFFIXES[suffix_of(path)][1]
    if not compression:
        with open(path, "rb") as stream:
            stream.seek(begin)
            yield from stream
        return
    with (
        pa.input_stream(path, compression=compression) as raw,
        io.BufferedReader(raw, 2**20) as lines,
    ):
        while begin and (skipped := lines.read(min(begin, 2**20))):
            begin -= len(skipped)
        yield from lines


def read_shard(
    shard: Shard, schema: pa.Schema, recipe: Recipe, rows: int
) -> Iterator[pa.RecordBatch]:
    """The rows of a shard by the schema of the job, ``rows`` at a time. Raises Unreadable."""
    read = {TEXT: _read_texts, PARQUET: _read_parquet, JSONL: _read_lines}[shard.input.kind]
    try:
        yield from read(shard, schema, recipe, rows)
    except OSError as error:
        raise Unreadable(f"{shard.input.names[0]}: {_said(error)}") from error


def _read_parquet(
    shard: Shard, schema: pa.Schema, recipe: Recipe, rows: int
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    group, begin, end = shard.piece
    place = 0
    with pq.ParquetFile(shard.input.paths[0]) as file:
        for batch in file.iter_batches(rows, row_groups=[group], use_threads=False):
            first, last = max(begin - place, 0), min(end - place, len(batch))
            place += len(batch)
            if first < last:
                batch = batch.slice(first, last - first)
                if not batch.schema.equals(schema, check_metadata=True):
                    arrays = [
                        batch.column(field.name).cast(field.type)
                        if field.name in batch.schema.names
                        else pa.nulls(len(batch), field.type)
                        for field in schema
                    ]
                    batch = pa.RecordBatch.from_arrays(arrays, schema=schema)
                yield batch
            if place >= end:
                return


def _read_lines(
    shard: Shard, schema: pa.Schema, recipe: Recipe, rows: int
) -> Iterator[pa.RecordBatch]:
    from normtool.corpus.lines import batch_of

    _, place, end = shard.piece
    lines: list[tuple[str, bytes]] = []
    for line in _open_lines(shard.input, place):
        if line.strip():
            here = f"{shard.input.names[0]}, byte {place}"
            lines.append((here, line.removeprefix(b"\xef\xbb\xbf") if place == 0 else line))
        place += len(line)
        if len(lines) == rows:
            yield batch_of(lines, schema, recipe.text)
            lines = []
        if place >= end:
            break
    if lines:
        yield batch_of(lines, schema, recipe.text)


def _read_texts(
    shard: Shard, schema: pa.Schema, recipe: Recipe, rows: int
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    from normtool.corpus.batch import PROBLEM

    files = list(zip(shard.input.paths, shard.input.names, strict=True))
    for start in range(0, len(files), rows):
        ids, contents, problems = [], [], []
        for path, name in files[start : start + rows]:
            content = problem = None
            try:
                with open(path, "rb") as stream:
                    content = stream.read(recipe.limit + 1)  # one more: clean_batch refuses it
            except OSError as error:
                problem = f"{name}: {reason(error)}"
            ids.append(name)
            contents.append(content)
            problems.append(problem)
        yield pa.RecordBatch.from_arrays(
            [pa.array(ids), pa.array(contents, pa.binary()), pa.array(problems, pa.string())],
            schema=schema.append(pa.field(PROBLEM, pa.string())),
        )
