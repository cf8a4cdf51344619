"""The last step of a job: what only all shards together tell is put into each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from normtool.corpus.batch import id_column
from normtool.corpus.duplicates import Marks, Speech, find_copies, mark, speeches_of
from normtool.corpus.job import attempts, failure
from normtool.corpus.outputs import file_names, write_part, write_texts
from normtool.corpus.plan import Plan
from normtool.corpus.sources import Shard

if TYPE_CHECKING:
    import pyarrow as pa


class _Facts(NamedTuple):
    """Of one shard: what is known of its rows, by their place in it."""

    shard: Shard
    marks: dict[int, Marks]
    names: tuple[str, ...]


def finish(plan: Plan, progress: Callable[[str, int, int], None]) -> tuple[int, list[str]]:
    """Mark the duplicates and write the parts, or the one file.

    Returns how many rows are duplicates as a whole, and what failed.
    """
    facts = _facts(plan, progress)
    duplicates = sum(mark.whole is not None for one in facts for mark in one.marks.values())
    if plan.single:

        def everything() -> Iterator[pa.RecordBatch]:
            for number, one in enumerate(facts):
                progress("writing", number, len(facts))
                yield from _finished(plan, one)

        write_part(everything(), plan.final, plan.job.output, plan.format)
        return duplicates, []
    failed = []
    progress("writing", 0, len(facts))
    outcomes = attempts(partial(_write, plan), facts, plan.job.jobs)
    for count, (one, outcome) in enumerate(outcomes, 1):
        if isinstance(outcome, Exception):
            failed.append(failure(one.shard, outcome))
        progress("writing", count, len(facts))
    return duplicates, failed


def _facts(plan: Plan, progress: Callable[[str, int, int], None]) -> list[_Facts]:
    """Read the ids and signatures of all rows; what follows from them, shard by shard."""
    ids: list[str] = []
    ends: list[int] = []
    wanted = plan.format == "txt"
    progress("looking for duplicates", 0, 1)

    def speeches() -> Iterator[Speech]:
        row = 0
        for shard in plan.shards:
            for batch in _staged(plan, shard):
                values = batch.column(id_column(plan.recipe)).to_pylist()
                names = ["" if value is None else str(value) for value in values]
                if plan.job.similar:
                    cells = batch.column(plan.recipe.prefix + "signatures").to_pylist()
                    rows = range(row, row + len(names))
                    yield from speeches_of(zip(rows, names, cells, strict=True))
                if wanted:
                    ids.extend(names)
                row += len(names)
            ends.append(row)

    marks = find_copies(speeches(), plan.job.similar)
    files = list(file_names(ids))
    facts = []
    start = 0
    for shard, end in zip(plan.shards, ends, strict=True):
        here = {row - start: marks[row] for row in range(start, end) if row in marks}
        facts.append(_Facts(shard, here, tuple(files[start:end])))
        start = end
    progress("looking for duplicates", 1, 1)
    return facts


def _staged(plan: Plan, shard: Shard) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    with pa.memory_map(plan.cleaned(shard)) as stream, pa.ipc.open_file(stream) as file:
        for number in range(file.num_record_batches):
            yield file.get_batch(number)


def _finished(plan: Plan, facts: _Facts) -> Iterator[pa.RecordBatch]:
    place = 0
    signatures = plan.recipe.prefix + "signatures"
    for batch in _staged(plan, facts.shard):
        rows = range(place, place + len(batch))
        place += len(batch)
        if plan.job.similar:
            kept = [name for name in batch.schema.names if name != signatures]
            marks: Sequence[Marks | None] = [facts.marks.get(row) for row in rows]
            batch = mark(batch.select(kept), marks, plan.recipe.prefix)
        yield batch


def _write(plan: Plan, facts: _Facts) -> None:
    batches, schema = _finished(plan, facts), plan.final
    if plan.format == "txt":
        import pyarrow as pa

        column = plan.recipe.prefix + "text"
        index = schema.get_field_index(column)
        schema = schema.set(index, pa.field("file", pa.string()))
        batches = write_texts(batches, facts.names, os.path.join(plan.job.output), column)
    write_part(batches, schema, plan.part(facts.shard), plan.format)
