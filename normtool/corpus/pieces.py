"""Inputs surveyed once, and read in pieces, each by one process.

A survey tells the hash of an input, its columns, and where it can be cut:
Parquet at row groups (large ones inside, too), JSON lines at any line.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.corpus.sources import JSONL, PARQUET, SUFFIXES, TEXT, Input, Shard, suffix_of
from normtool.files import Unreadable, reason

if TYPE_CHECKING:
    import pyarrow as pa

    from normtool.corpus.recipe import Recipe

#: What can be entered at its beginning only is cut into no more pieces than this:
#: each piece reads what lies before it.
_CUTS = 16


class Survey(NamedTuple):
    """What one look through an input tells.

    sha256  of its bytes (of a group: of the hashes of all)
    schema  of its columns: an Arrow schema, or for JSON lines the types by key
    pieces  where it can be cut: row group, first and last row; or first and last byte
    """

    sha256: str
    schema: Any
    pieces: tuple[tuple[int, int, int], ...]


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
    if error.errno:
        return reason(error)
    # Arrow says so of what it cannot unpack.
    return f"is damaged ({_first_line(error)}); get it again, or leave it out"


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
            pieces = pieces or [(0, 0, 0)]
            return Survey(_hash(input.paths), file.schema_arrow, tuple(pieces))
    except pa.ArrowException as error:
        raise Unreadable(
            f"{input.names[0]}: is no Parquet file, or a damaged one "
            f"({_first_line(error)}); get it again, or leave it out"
        ) from error


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
    if begin == end:  # a file without rows has no group either
        return
    place = 0
    # Without a buffer the reader takes a row group into memory as a whole.
    options = {"buffer_size": 2**20, "pre_buffer": False, "page_checksum_verification": True}
    with pq.ParquetFile(shard.input.paths[0], **options) as file:
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
            lines.append((shard.input.names[0], line))
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

    from normtool.corpus.batch import PROBLEM, too_large

    files = list(zip(shard.input.paths, shard.input.names, strict=True))
    for start in range(0, len(files), rows):
        ids, contents, problems = [], [], []
        for path, name in files[start : start + rows]:
            content = problem = None
            try:
                with open(path, "rb") as stream:
                    size = os.fstat(stream.fileno()).st_size
                    problem = too_large(name, size, recipe.limit) or None
                    content = None if problem else stream.read()
            except OSError as error:
                problem = f"{name}: {reason(error)}"
            ids.append(name)
            contents.append(content)
            problems.append(problem)
        yield pa.RecordBatch.from_arrays(
            [pa.array(ids), pa.array(contents, pa.binary()), pa.array(problems, pa.string())],
            schema=schema.append(pa.field(PROBLEM, pa.string())),
        )
