"""What a job is, what follows from its inputs, and what is there of it already."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.corpus import manifest
from normtool.corpus.batch import schema_after
from normtool.corpus.duplicates import marked_fields
from normtool.corpus.outputs import format_for, format_of, is_part, part_name
from normtool.corpus.pieces import Survey
from normtool.corpus.recipe import Recipe
from normtool.corpus.sources import JSONL, TEXT, Input, Shard
from normtool.files import Unreadable, Unwritable, reason, shown
from normtool.manifest import sweep

if TYPE_CHECKING:
    import pyarrow as pa


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
    """What a job did: ``fresh`` shards were cleaned now, ``failed`` says what is amiss."""

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


def key_of(job: Job, inputs: Sequence[Input], hashes: Sequence[str]) -> str:
    """A hash of all that decides what comes out."""
    return manifest.key_of(
        {
            "recipe": job.recipe.to_json(),
            "format": [job.format, os.path.basename(job.output) if is_single(job) else ""],
            "similar": job.similar,
            "pieces": [job.shard, job.rows],
            "inputs": [[one.names, digest] for one, digest in zip(inputs, hashes, strict=True)],
        }
    )


def told(known: Mapping[str, Any]) -> Result:
    """The result that a manifest remembers; nothing was done for it now."""
    return Result(**known["result"] | {"fresh": 0, "failed": ()})


def is_intact(job: Job, known: Mapping[str, Any]) -> bool:
    """Whether the files of a finished job are still there, in their sizes."""
    folder = os.path.dirname(os.path.abspath(manifest_of(job)))
    try:
        return all(
            os.path.getsize(os.path.join(folder, name)) == size
            for name, size in known["files"].items()
        )
    except OSError:
        return False


def make_plan(job: Job, inputs: Sequence[Input], surveys: Sequence[Survey]) -> Plan:
    """What follows from the inputs; raises Unreadable, Unwritable or NotFitting."""
    import pyarrow as pa

    from normtool.corpus.lines import merged, schema_of

    kind = inputs[0].kind
    recipe = job.recipe._replace(signatures=bool(job.similar))
    if kind == TEXT:
        recipe = recipe._replace(text="content", id="id")
    if kind == JSONL:
        schema = schema_of(merged(one.schema for one in surveys), recipe.text)
        if not schema.names:
            raise Unreadable(
                "there is no JSON object in the input; JSON lines have one on each line, in UTF-8"
            )
    else:
        try:
            schema = pa.unify_schemas([one.schema for one in surveys], promote_options="permissive")
        except pa.ArrowException as error:
            said = str(error).split("\n")[0]
            raise Unreadable(
                f"the columns of the files do not fit together ({said}); "
                "make them alike, or clean the files in jobs of their own"
            ) from error
    kept = schema_after(schema, recipe)
    if kind == TEXT:
        kept = kept.remove(kept.get_field_index("content"))
    pieces = [
        (one, piece) for one, looked in zip(inputs, surveys, strict=True) for piece in looked.pieces
    ]
    shards = tuple(Shard(number, *piece) for number, piece in enumerate(pieces))
    single = is_single(job)
    if single and job.format not in ("", format_of(job.output)):
        raise Unwritable(
            f"{shown(job.output)}: is to be {job.format}, which its suffix denies; "
            "leave out --to, or give a folder"
        )
    format = job.format or (format_of(job.output) if single else "") or format_for(kind)
    return Plan(job, recipe, format, single, schema, kept, shards)


def make_room(plan: Plan, known: Mapping[str, Any], key: str) -> None:
    """Make the output and the staging folder; what is there must be of this very job."""
    job = plan.job
    folder = os.path.dirname(os.path.abspath(job.output)) if plan.single else job.output
    started = manifest.load(os.path.join(staging(job), "job.json")).get("key")
    there = os.path.exists(job.output) if plan.single else _holds_something(job.output)
    if key not in (started, known.get("key")) and not job.force:
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
            # Parts of a longer job would stay beside ours.
            for name in os.listdir(folder) if there and not plan.single else ():
                if is_part(name):
                    os.unlink(os.path.join(folder, name))
        with contextlib.suppress(FileNotFoundError):
            os.unlink(manifest_of(job))
        os.makedirs(staging(job), exist_ok=True)
        sweep(folder, below=not plan.single)
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
