"""What Spark's Python workers do with the batches of a partition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from normtool.corpus.batch import PROBLEM, clean_batches, too_large
from normtool.corpus.lines import batch_of, lines_of, types_of
from normtool.corpus.recipe import Recipe

if TYPE_CHECKING:
    import pyarrow as pa


def as_it_is(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
    """Rows of Parquet need no reading."""
    return batches


def clean(
    batches: Iterable[pa.RecordBatch], read: Any, recipe: Recipe, drop: str
) -> Iterator[pa.RecordBatch]:
    """Read and clean; ``drop`` is a column left out."""
    yield from clean_batches(read(batches), recipe, drop)


def unpack(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The lines of zstd files."""
    import io

    import pyarrow as pa

    for batch in batches:
        for row in batch.to_pylist():
            raw = pa.input_stream(io.BytesIO(row["content"]), compression="zstd")
            with io.BufferedReader(raw, 2**20) as stream:
                while lines := stream.readlines(2**23):
                    yield pa.RecordBatch.from_pydict(
                        {"value": lines, "path": [row["path"]] * len(lines)}
                    )


def types(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """What types the lines have: one row a partition."""
    from json import dumps

    import pyarrow as pa

    found = types_of(line for batch in batches for line in batch.column("value").to_pylist())
    yield pa.RecordBatch.from_pydict({"types": [dumps(found)]})


def read_lines(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, text: str, roots: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """Rows of JSON lines."""
    for batch in batches:
        pairs = zip(
            batch.column("path").to_pylist(), batch.column("value").to_pylist(), strict=True
        )
        yield batch_of(
            [(_name(path, roots), line) for path, line in pairs if line.strip()], schema, text
        )


def read_files(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, roots: Sequence[str], limit: int
) -> Iterator[pa.RecordBatch]:
    """Rows of whole files; of those that are too large Spark has not read the content."""
    import pyarrow as pa

    for batch in batches:
        names = [_name(path, roots) for path in batch.column("path").to_pylist()]
        sizes = batch.column("length").to_pylist()
        problems = [
            too_large(name, size, limit) or None for name, size in zip(names, sizes, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(
            [pa.array(names), batch.column("content"), pa.array(problems, pa.string())],
            schema=schema.append(pa.field(PROBLEM, pa.string())),
        )


def _name(path: str, roots: Sequence[str]) -> str:
    """A path below what was given; Spark tells paths as URLs."""
    from urllib.parse import unquote

    path = unquote(path)
    root = next((root for root in roots if path.startswith(root)), "")
    return path[len(root) :].lstrip("/")


def write_lines(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Lines of JSON of cleaned rows."""
    import pyarrow as pa

    for batch in batches:
        # Spark does not know which strings are JSON.
        batch = pa.RecordBatch.from_arrays(batch.columns, schema=schema)
        yield pa.RecordBatch.from_pydict({"value": list(lines_of(batch))})
