"""A corpus cleaned on one machine: surveyed, cleaned shard by shard, marked, written.

    OUT/.normtool/00000.arrow   a cleaned shard that waits for its marks
    OUT/.normtool/00000.json    says that this shard is done
    OUT/part-00000.parquet      the shard
    OUT/_normtool.json          says that everything is done

Each file appears whole or not at all, and its name depends on the input alone:
whoever kills the job at any place and starts it again gets the same rows.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.corpus import manifest
from normtool.corpus.batch import clean_batch, schema_after
from normtool.corpus.duplicates import marked_fields
from normtool.corpus.outputs import format_for, format_of, part_name, write_part
from normtool.corpus.recipe import Recipe
from normtool.corpus.sources import (
    JSONL,
    TEXT,
    Input,
    Shard,
    Survey,
    find_inputs,
    read_shard,
    survey,
)
from normtool.files import Unreadable, Unwritable, atomic, reason, shown
from normtool.pool import Killed, in_order

if TYPE_CHECKING:
    import pyarrow as pa

#: A shard whose worker was killed is tried so often: it may have been another's memory.
_TRIES = 2
#: Bytes of a batch that are cleaned at once.
_AT_ONCE = 8 * 2**20


class Job(NamedTuple):
    """What is to be done.

    output   a folder, or one file if it has the suffix of a corpus and is no folder
    format   a key of ``outputs.FORMATS``; "" goes by the output, then by the input
    similar  least similarity of duplicates; 0 looks for none
    shard    bytes of input in a shard, about
    rows     rows in a batch
    jobs     processes
    force    write over what another job left
    """

    inputs: tuple[str, ...]
    output: str
    recipe: Recipe = Recipe()
    format: str = ""
    similar: float = 0.8
    shard: int = 16 * 2**20
    rows: int = 1000
    jobs: int = 1
    force: bool = False


class Result(NamedTuple):
    """What a job did. ``fresh`` is how many shards were cleaned now; ``failed`` says what is amiss."""

    rows: int = 0
    errors: int = 0
    duplicates: int = 0
    shards: int = 0
    fresh: int = 0
    failed: tuple[str, ...] = ()


class Plan(NamedTuple):
    """A job with all that follows from its inputs. Pickles, for the workers.

    schema  of the input; ``kept`` of what is cleaned, ``final`` of what is written
    staged  cleaned shards wait for something that only all of them together tell
    """

    job: Job
    recipe: Recipe
    format: str
    single: bool
    schema: pa.Schema
    kept: pa.Schema
    shards: tuple[Shard, ...]

    @property
    def staged(self) -> bool:
        """Whether cleaned shards wait for what only all of them together tell."""
        return bool(self.job.similar) or self.single or self.format == "txt"

    @property
    def final(self) -> pa.Schema:
        """The columns that are written."""
        import pyarrow as pa

        if not self.job.similar:
            return self.kept
        fields = [field for field in self.kept if field.name != self.recipe.prefix + "signatures"]
        return pa.schema([*fields, *marked_fields(self.recipe.prefix)])

    def cleaned(self, shard: Shard) -> str:
        """The file with a cleaned shard."""
        if self.staged:
            return os.path.join(staging(self.job), f"{shard.number:05}.arrow")
        return self.part(shard)

    def part(self, shard: Shard) -> str:
        """The file that a shard becomes in the end."""
        return os.path.join(self.job.output, part_name(shard.number, self.format))


def is_single(job: Job) -> bool:
    """Whether the output is one file."""
    return bool(format_of(job.output)) and not os.path.isdir(job.output)


def staging(job: Job) -> str:
    """The folder with what is done of an unfinished job."""
    if is_single(job):
        folder, name = os.path.split(os.path.abspath(job.output))
        return os.path.join(folder, f".{name}.normtool")
    return os.path.join(job.output, ".normtool")


def manifest_of(job: Job) -> str:
    """The file that tells that a job is finished."""
    if is_single(job):
        return job.output + manifest.NAME
    return os.path.join(job.output, manifest.NAME)


def run(job: Job, progress: Callable[[str, int, int], None] = lambda *_: None) -> Result:
    """Do a job, or what is left of it; a finished one costs a look at its manifest.

    ``progress`` is told what is being done, how much of it is, and how much there is.
    Raises Unreadable, Unwritable and NotFitting, one sentence each, before
    anything is written; later a shard that fails is named in the result.
    """
    inputs = find_inputs(job.inputs, job.shard, skip=[job.output, staging(job)])
    if not inputs:
        raise Unreadable("there is nothing to clean")
    known = manifest.load(manifest_of(job))
    hashes = {stamp: digest for stamp, (_, digest) in known.get("inputs", {}).items()}
    if all(one.stamp in hashes for one in inputs):
        key = _key(job, inputs, [hashes[one.stamp] for one in inputs])
        if key == known["key"] and _intact(job, known):
            return Result(**known["result"])._replace(fresh=0)
    surveys = _surveys(job, inputs, progress)
    key = _key(job, inputs, [one.sha256 for one in surveys])
    if key == known.get("key") and _intact(job, known):  # touched, but the same
        return Result(**known["result"])._replace(fresh=0)
    plan = _plan(job, inputs, surveys)
    _make_room(plan, known, key)
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
            "recipe": plan.recipe.describe(),
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


def _key(job: Job, inputs: Sequence[Input], hashes: Sequence[str]) -> str:
    """A hash of all that decides what comes out."""
    return manifest.key_of(
        {
            "recipe": job.recipe.describe(),
            "format": [job.format, os.path.basename(job.output) if is_single(job) else ""],
            "similar": job.similar,
            "pieces": [job.shard, job.rows],
            "inputs": [[one.names, digest] for one, digest in zip(inputs, hashes, strict=True)],
        }
    )


def _intact(job: Job, known: Mapping[str, Any]) -> bool:
    """Whether the files of a finished job are still there, in their sizes."""
    folder = os.path.dirname(os.path.abspath(manifest_of(job)))
    try:
        return all(
            os.path.getsize(os.path.join(folder, name)) == size
            for name, size in known["files"].items()
        )
    except OSError:
        return False


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


def _plan(job: Job, inputs: Sequence[Input], surveys: Sequence[Survey]) -> Plan:
    import pyarrow as pa

    from normtool.corpus.lines import merged, schema_of

    kind = inputs[0].kind
    recipe = job.recipe._replace(signatures=bool(job.similar))
    if kind == TEXT:
        recipe = recipe._replace(text="content", id="id")
    if kind == JSONL:
        schema = schema_of(merged(one.schema for one in surveys), recipe.text)
    else:
        try:
            schema = pa.unify_schemas([one.schema for one in surveys], promote_options="permissive")
        except pa.ArrowException as error:
            said = str(error).split("\n")[0]
            raise Unreadable(f"the columns of the files do not fit together: {said}") from error
    kept = schema_after(schema, recipe)
    if kind == TEXT:
        kept = kept.remove(kept.get_field_index("content"))
    pieces = [
        (one, piece) for one, looked in zip(inputs, surveys, strict=True) for piece in looked.pieces
    ]
    shards = tuple(Shard(number, *piece) for number, piece in enumerate(pieces))
    single = is_single(job)
    format = job.format or (format_of(job.output) if single else "") or format_for(kind)
    return Plan(job, recipe, format, single, schema, kept, shards)


def _make_room(plan: Plan, known: Mapping[str, Any], key: str) -> None:
    """Make the output and the staging folder; what is there must be of this very job."""
    job = plan.job
    folder = os.path.dirname(os.path.abspath(job.output)) if plan.single else job.output
    started = manifest.load(os.path.join(staging(job), "job.json")).get("key")
    if started != key and not job.force:
        there = os.path.exists(job.output) if plan.single else _holds_something(job.output)
        if known or started:
            raise Unwritable(
                f"{shown(job.output)}: holds the result of another job (other input, options or "
                "rules); choose another place, or --force to write over it"
            )
        if there:
            raise Unwritable(
                f"{shown(job.output)}: is there already and not of this command; "
                "choose another place, or --force to write over it"
            )
    try:
        if started != key:
            shutil.rmtree(staging(job), ignore_errors=True)
            for name in known.get("files", ()):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(os.path.join(folder, name))
        with contextlib.suppress(FileNotFoundError):
            os.unlink(manifest_of(job))
        os.makedirs(staging(job), exist_ok=True)
    except OSError as error:
        raise Unwritable(f"{shown(job.output)}: {reason(error)}") from error
    manifest.save(os.path.join(staging(job), "job.json"), {"key": key})


def _holds_something(folder: str) -> bool:
    try:
        return any(not name.startswith(".") for name in os.listdir(folder))
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Unwritable(f"{shown(folder)}: {reason(error)}") from error


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
        for batch in read_shard(shard, plan.schema, plan.recipe, plan.job.rows):
            # A thousand long documents at once would fill the memory.
            step = max(1, len(batch) * _AT_ONCE // max(batch.nbytes, 1))
            for start in range(0, len(batch), step):
                cleaned = clean_batch(batch.slice(start, step), plan.recipe)
                if shard.input.kind == TEXT:
                    cleaned = cleaned.select(plan.kept.names)
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
