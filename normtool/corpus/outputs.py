"""What a cleaned corpus is written as."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from normtool.corpus.lines import lines_of
from normtool.corpus.sources import JSONL, PARQUET, SUFFIXES, TEXT, suffix_of
from normtool.files import atomic

if TYPE_CHECKING:
    import pyarrow as pa

#: Formats by the name that ``--to`` takes, with the suffix of a part.
FORMATS = {
    "parquet": ".parquet",
    "jsonl": ".jsonl",
    "jsonl.gz": ".jsonl.gz",
    "jsonl.zst": ".jsonl.zst",
    "txt": ".jsonl.zst",  # of what is beside the texts
}


def format_of(path: str) -> str:
    """The format that the suffix of a path asks for; "" if it asks for none."""
    suffix = suffix_of(path)
    return suffix.removeprefix(".").replace("ndjson", "jsonl")


def format_for(kind: str) -> str:
    """The format that an input of this kind becomes if nobody says otherwise."""
    return {PARQUET: "parquet", JSONL: "jsonl.zst", TEXT: "parquet"}[kind]


def part_name(number: int, format: str) -> str:
    """The name of the part that a shard becomes."""
    return f"part-{number:05}{FORMATS[format]}"


def is_part(name: str) -> bool:
    """Whether a file has the name of a part, in whatever format."""
    return re.fullmatch(r"part-\d{5,}(\.parquet|\.jsonl(\.gz|\.zst)?)", name) is not None


def write_part(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: str, format: str
) -> None:
    """Write batches of one schema into a file, whole or not at all; raises Unwritable."""
    with atomic(path) as stream:
        if format == "parquet":
            _write_parquet(batches, schema, stream)
        else:
            _write_lines(batches, stream, SUFFIXES[FORMATS[format]][1])


def _write_parquet(batches: Iterable[pa.RecordBatch], schema: pa.Schema, stream: BinaryIO) -> None:
    import pyarrow.parquet as pq

    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


def _write_lines(batches: Iterable[pa.RecordBatch], stream: BinaryIO, compression: str) -> None:
    import pyarrow as pa

    if not compression:
        for batch in batches:
            stream.writelines(line.encode() + b"\n" for line in lines_of(batch))
        return
    # Arrow closes what it is given; the file is ours to close.
    with pa.CompressedOutputStream(pa.PythonFile(_Kept(stream), "wb"), compression) as packed:
        for batch in batches:
            packed.write("".join(f"{line}\n" for line in lines_of(batch)).encode())


class _Kept:
    """A stream that does not let itself be closed."""

    def __init__(self, stream: BinaryIO) -> None:
        self.write = stream.write
        self.flush = stream.flush
        self.closed = False

    def close(self) -> None:
        """Leave it open."""


#: What no file system wants in a name, and what would lead out of the folder.
_UNWANTED = re.compile(r'[\x00-\x1f<>:"|?*\\]|^[\s/.]+|(?<=/)[\s/.]+|[\s.]+(?=/|$)')


def file_names(ids: Iterable[str]) -> Iterator[str]:
    """For each row id a path below the folder, none twice, upper and lower case being the same."""
    taken: set[str] = set()
    for id in ids:
        stem = _UNWANTED.sub("_", id).strip("/") or "_"
        stem = stem[:-4] if stem.lower().endswith(".txt") else stem
        stem = "/".join(part[:80] for part in stem.split("/"))  # 240 bytes of the 255 allowed
        name, number = stem, 2
        while name.casefold() in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name.casefold())
        yield name + ".txt"


def write_texts(
    batches: Iterable[pa.RecordBatch], names: Sequence[str], folder: str, column: str
) -> Iterator[pa.RecordBatch]:
    """Write the texts of the batches as files; yield the batches with the names instead.

    Where a row has no text there is no file and its name is null.
    """
    import pyarrow as pa

    place = 0
    for batch in batches:
        made: list[str | None] = []
        for text in batch.column(column).to_pylist():
            name = names[place]
            place += 1
            if text is None:
                made.append(None)
                continue
            with atomic(os.path.join(folder, name), parents=True) as stream:
                stream.write(text.encode())
            made.append(name)
        index = batch.schema.get_field_index(column)
        yield batch.set_column(index, pa.field("file", pa.string()), pa.array(made, pa.string()))
