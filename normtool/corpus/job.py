"""A corpus cleaned on one machine: surveyed, cleaned shard by shard, marked, written.

    OUT/.normtool/00000.arrow   a cleaned shard that waits for its marks
    OUT/.normtool/00000.json    says that this shard is done
    OUT/part-00000.parquet      the shard
    OUT/_normtool.json          says that everything is done

Each file appears whole or not at all, and its name depends on the input alone:
whoever kills the job at any place and starts it again gets the same rows.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from normtool.corpus import manifest
from normtool.corpus.batch import clean_batches
from normtool.corpus.outputs import write_part
from normtool.corpus.pieces import Survey, read_shard, survey
from normtool.corpus.plan import (
    Job,
    Plan,
    Result,
    is_intact,
    key_of,
    make_plan,
    make_room,
    manifest_of,
    staging,
    told,
)
from normtool.corpus.sources import TEXT, Input, Shard, find_inputs
from normtool.files import Unreadable, Unwritable, atomic, shown
from normtool.pool import Killed, in_order

if TYPE_CHECKING:
    import pyarrow as pa

#: A shard whose worker was killed is tried so often: it may have been another's memory.
_TRIES = 2


def run(job: Job, progress: Callable[[str, int, int], None] = lambda *_: None) -> Result:
    """Do a job, or what is left of it; a finished one costs a look at its manifest.

    ``progress`` is told what is being done, how much of it is, and how much there is.
    Raises Unreadable, Unwritable and NotFitting, one sentence each, before
    anything is written; later a shard that fails is named in the result.
    """
    inputs = find_inputs(job.inputs, job.shard, skip=[job.output, staging(job)])
    if not inputs:
        raise Unreadable(
            f"there is nothing to clean but what {shown(job.output)} holds, which is the output; "
            "choose another place with -o"
        )
    place = os.path.realpath(job.output)
    if any((path + os.sep).startswith(place + os.sep) for one in inputs for path in one.paths):
        raise Unwritable(f"{shown(job.output)}: would overwrite an input; choose another place")
    known = manifest.load(manifest_of(job))
    hashes = {stamp: digest for stamp, (_, digest) in known.get("inputs", {}).items()}
    if all(one.stamp in hashes for one in inputs):
        key = key_of(job, inputs, [hashes[one.stamp] for one in inputs])
        if key == known["key"] and is_intact(job, known):
            return told(known)
    surveys = _surveys(job, inputs, progress)
    key = key_of(job, inputs, [one.sha256 for one in surveys])
    if key == known.get("key") and is_intact(job, known):  # touched, but the same
        return told(known)
    plan = make_plan(job, inputs, surveys)
    make_room(plan, known, key)
    result = _clean(plan, progress)
    if plan.staged and not result.failed:
        from normtool.corpus.finish import finish

        duplicates, failed = finish(plan, progress)
        result = result._replace(duplicates=duplicates, failed=tuple(failed))
    if result.failed:
        return result
    manifest.save(
        manifest_of(job),
        {
            "key": key,
            "recipe": plan.recipe.to_json(),
            "inputs": {
                one.stamp: (one.names[0], looked.sha256)
                for one, looked in zip(inputs, surveys, strict=True)
            },
            "files": {
                os.path.basename(path): os.path.getsize(path)
                for path in ([job.output] if plan.single else map(plan.part, plan.shards))
            },
            "result": result._replace(failed=())._asdict(),
        },
    )
    shutil.rmtree(staging(job), ignore_errors=True)
    return result


def _surveys(
    job: Job, inputs: Sequence[Input], progress: Callable[[str, int, int], None]
) -> list[Survey]:
    found: list[Survey] = []
    progress("looking through the input", 0, len(inputs))
    for _, outcome in in_order(partial(survey, size=job.shard), inputs, jobs=job.jobs):
        if isinstance(outcome, Exception):
            raise outcome
        found.append(outcome)
        progress("looking through the input", len(found), len(inputs))
    return found


def _clean(plan: Plan, progress: Callable[[str, int, int], None]) -> Result:
    """Clean the shards that are not done."""
    done = {shard.number: _done(plan, shard) for shard in plan.shards}
    fresh = [shard for shard in plan.shards if not done[shard.number]]
    total = len(plan.shards)
    ready = total - len(fresh)
    progress("cleaning", ready, total)
    outcomes = attempts(partial(clean_shard, plan), fresh, plan.job.jobs)
    failed = []
    for count, (shard, outcome) in enumerate(outcomes, 1):
        if isinstance(outcome, Exception):
            failed.append(failure(shard, outcome))
        else:
            done[shard.number] = outcome
        progress("cleaning", ready + count, total)
    found = [one for one in done.values() if one]
    return Result(
        rows=sum(one["rows"] for one in found),
        errors=sum(one["errors"] for one in found),
        shards=total,
        fresh=len(fresh),
        failed=tuple(failed),
    )


def attempts(
    work: Callable[[Any], Any], tasks: Sequence[Any], jobs: int
) -> Iterator[tuple[Any, Any]]:
    """Each task with its outcome; a task whose worker was killed is tried again at the end.

    It may have died for another's memory. Raises Unwritable: the next would fail as well.
    """
    for attempt in range(_TRIES):
        killed = []
        for task, outcome in in_order(work, tasks, jobs=jobs):
            if isinstance(outcome, Killed) and attempt + 1 < _TRIES:
                killed.append(task)
                continue
            if isinstance(outcome, Unwritable):
                raise outcome
            yield task, outcome
        tasks, jobs = killed, max(1, min(jobs, 2))
        if not tasks:
            return


def failure(shard: Shard, outcome: Exception) -> str:
    """What went wrong with a shard, as a sentence."""
    if isinstance(outcome, Unreadable):
        return str(outcome)
    name = shard.input.names[0]
    if isinstance(outcome, Killed):
        return f"{name}, shard {shard.number}: {outcome}; run the same command again"
    said = str(outcome).split("\n")[0]
    return f"{name}, shard {shard.number}: {type(outcome).__name__}: {said}"


def _done(plan: Plan, shard: Shard) -> dict[str, int]:
    """What was noted when a shard was cleaned; empty if it was not, or its file is gone."""
    noted = manifest.load(_note(plan, shard))
    try:
        whole = os.path.getsize(plan.cleaned(shard)) == noted.get("size", -1)
    except OSError:
        return {}
    return noted if whole else {}


def _note(plan: Plan, shard: Shard) -> str:
    return os.path.join(staging(plan.job), f"{shard.number:05}.json")


def clean_shard(plan: Plan, shard: Shard) -> dict[str, int]:
    """Clean one shard into its file, which appears whole; return its rows, errors, size."""
    counts = {"rows": 0, "errors": 0}

    def batches() -> Iterator[pa.RecordBatch]:
        read = read_shard(shard, plan.schema, plan.recipe, plan.job.rows)
        drop = plan.recipe.text if shard.input.kind == TEXT else ""
        for cleaned in clean_batches(read, plan.recipe, drop):
            errors = cleaned.column(plan.recipe.prefix + "error")
            counts["rows"] += len(cleaned)
            counts["errors"] += len(cleaned) - errors.null_count
            yield cleaned

    path = plan.cleaned(shard)
    if plan.staged:
        stage(batches(), plan.kept, path)
    else:
        write_part(batches(), plan.kept, path, plan.format)
    counts["size"] = os.path.getsize(path)
    manifest.save(_note(plan, shard), counts)
    return counts


def stage(batches: Iterator[pa.RecordBatch], schema: pa.Schema, path: str) -> None:
    """Write batches for ourselves: fast to write and to read."""
    import pyarrow as pa

    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with atomic(path) as stream, pa.ipc.new_file(stream, schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)
