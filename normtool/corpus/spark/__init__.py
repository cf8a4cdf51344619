"""The same job on Apache Spark: the same function, through ``mapInArrow``.

Spark reads and writes (any file system it knows), retries tasks whose worker
died, and commits: OUT is there with ``_SUCCESS`` or not at all. Where
duplicates are looked for, the cleaned rows wait in ``OUT.normtool``, and a job
that was stopped goes on from there. Rows and texts are those of the job on one machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.corpus import manifest
from normtool.corpus.batch import id_column, schema_after
from normtool.corpus.duplicates import BANDS, PERMUTATIONS, Speech, find_copies, marked_fields
from normtool.corpus.lines import merged, schema_of
from normtool.corpus.outputs import format_of
from normtool.corpus.plan import Job, Result, told
from normtool.corpus.recipe import Recipe
from normtool.corpus.sources import JSONL, PARQUET, SUFFIXES, TEXT, suffix_of
from normtool.corpus.spark import workers
from normtool.corpus.spark.session import session
from normtool.corpus.spark.store import Store, Stored
from normtool.files import Unreadable, Unwritable

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

#: What Spark can write without the native libraries of Hadoop.
FORMATS = ("parquet", "jsonl", "jsonl.gz")
#: Names a row while the job runs.
_ROW = "normtool_row"


class _Frame(NamedTuple):
    """The input: its rows before anything is done, and what has to be done to clean them."""

    rows: DataFrame
    schema: pa.Schema
    recipe: Recipe
    read: Any  # from batches of ``rows`` to batches of ``schema``
    drop: str = ""


def run_on_spark(job: Job, master: str = "") -> Result:
    """Do a job on Spark, or what is left of it; ``jobs``, ``shard`` are Spark's own business.

    master  where, if no session is running: "local[4]", "yarn", "k8s://…"; "" as submitted

    Raises Unreadable, Unwritable, NotFitting, one sentence each.
    """
    format = job.format or format_of(job.output)
    if format and format not in FORMATS:
        raise Unwritable(f"Spark writes {', '.join(FORMATS)}, not {format}; choose one with --to")
    with session(master) as spark:
        try:
            return _run(spark, job, format)
        except (Unreadable, Unwritable):
            raise
        except Exception as error:
            if not type(error).__module__.startswith(("pyspark", "py4j")):
                raise
            said = next((line for line in str(error).split("\n") if line.strip()), "")
            raise Unwritable(
                f"Spark gave up: {said[:300]}; the same command goes on with what is left"
            ) from error


def _run(spark: SparkSession, job: Job, format: str) -> Result:
    store = Store(spark)
    output, staging = job.output.rstrip("/"), job.output.rstrip("/") + ".normtool"
    ours = [store.whole(place) for place in (output, staging)]
    overwrites = Unwritable(f"{output}: would overwrite an input; choose another place")
    # Spark deletes what is there before it writes.
    if any(f"{store.whole(path)}/".startswith(f"{ours[0]}/") for path in job.inputs):
        raise overwrites
    files = [file for path in job.inputs for file in store.files(path, ours)]
    if any(file.path in ours for file in files):
        raise overwrites
    kind = _kind(files)
    format = format or ("jsonl.gz" if kind == JSONL else "parquet")
    key = manifest.key_of(
        {
            "engine": "spark",
            "recipe": job.recipe.to_json(),
            "format": format,
            "similar": job.similar,
            "inputs": sorted((file.name, file.size, file.time) for file in files),
        }
    )
    known = store.load(f"{output}/{manifest.NAME}")
    if known.get("key") == key and store.exists(f"{output}/_SUCCESS"):
        return told(known)
    started = store.load(f"{staging}/{manifest.NAME}").get("key")
    if key not in (known.get("key"), started) and not job.force and store.exists(output):
        raise Unwritable(
            f"{output}: is there already, and not by this job; "
            "choose another place, or --force to write over it"
        )
    # Spark's own limit is of rows; ours of bytes comes on top.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(job.rows))
    frame = _input(spark, job, kind, files)
    kept = schema_after(frame.schema, frame.recipe)
    if frame.drop:
        kept = kept.remove(kept.get_field_index(frame.drop))
    work = partial(workers.clean, read=frame.read, recipe=frame.recipe, drop=frame.drop)
    cleaned = frame.rows.mapInArrow(work, _spark_schema(spark, kept))
    if started != key:
        store.delete(staging)
        store.save(f"{staging}/{manifest.NAME}", {"key": key})
    duplicates = 0
    if job.similar:
        place = f"{staging}/cleaned"
        if not store.exists(f"{place}/_SUCCESS"):
            from pyspark.sql.functions import monotonically_increasing_id

            numbered = cleaned.withColumn(_ROW, monotonically_increasing_id())
            numbered.write.mode("overwrite").option("compression", "zstd").parquet(place)
        final, duplicates = _marked(spark, spark.read.parquet(place), job, frame.recipe)
        kept = pa_schema(kept, frame.recipe)
    else:
        final = cleaned
    rows, errors = _write(final, kept, output, format, frame.recipe.prefix)
    result = Result(rows, errors, duplicates, 1, 1)
    store.save(
        f"{output}/{manifest.NAME}",
        {"key": key, "recipe": frame.recipe.to_json(), "result": result._asdict()},
    )
    store.delete(staging)
    return result


def _kind(files: Sequence[Stored]) -> str:
    corpora = {SUFFIXES[suffix_of(file.name)][0] for file in files if suffix_of(file.name)}
    if len(corpora) > 1:
        raise Unreadable(
            f"the input is {' and '.join(sorted(corpora))}; clean each kind in a job of its own"
        )
    if not files:
        raise Unreadable("there is nothing to clean")
    return corpora.pop() if corpora else TEXT


def pa_schema(kept: pa.Schema, recipe: Recipe) -> pa.Schema:
    """The columns that are written when duplicates are marked."""
    import pyarrow as pa

    fields = [field for field in kept if field.name != recipe.prefix + "signatures"]
    return pa.schema([*fields, *marked_fields(recipe.prefix)])


def _column(name: str) -> Any:
    """A column whatever is in its name: dots mean nothing, and backticks are doubled."""
    from pyspark.sql.functions import col

    return col("`" + name.replace("`", "``") + "`")


def _spark_schema(spark: SparkSession, schema: pa.Schema) -> Any:
    return spark.createDataFrame(schema.empty_table()).schema


def _input(spark: SparkSession, job: Job, kind: str, files: Sequence[Stored]) -> _Frame:
    """The rows of the input as Spark reads them."""
    from pyspark.sql import functions as F

    recipe = job.recipe._replace(signatures=bool(job.similar))
    corpora = [file for file in files if suffix_of(file.name)]
    if kind == PARQUET:
        rows = spark.read.option("mergeSchema", "true").parquet(*(file.path for file in corpora))
        schema = rows.limit(0).toArrow().schema
        return _Frame(rows, schema, recipe, workers.as_it_is)
    roots = tuple(sorted({file.root for file in files}))
    if kind == JSONL:
        packed = [file.path for file in corpora if file.name.lower().endswith(".zst")]
        plain = [file.path for file in corpora if not file.name.lower().endswith(".zst")]
        frames = []
        path = F.col("_metadata.file_path").alias("path")
        if plain:  # Hadoop unpacks .gz
            lines = spark.read.option("lineSep", "\n").text(plain)
            frames.append(lines.select(F.col("value").cast("binary").alias("value"), path))
        if packed:
            whole = spark.read.format("binaryFile").load(packed)
            frames.append(
                whole.select("content", path).mapInArrow(
                    workers.unpack, "value binary, path string"
                )
            )
        rows = frames[0] if len(frames) == 1 else frames[0].unionAll(frames[1])
        found = rows.select("value").mapInArrow(workers.types, "types string").collect()
        from json import loads

        schema = schema_of(merged(loads(row.types) for row in found), recipe.text)
        read = partial(workers.read_lines, schema=schema, text=recipe.text, roots=roots)
        return _Frame(rows, schema, recipe, read)
    import pyarrow as pa

    rows = spark.read.format("binaryFile").load([file.path for file in files])
    path = F.col("_metadata.file_path").alias("path")
    small = rows.where(F.col("length") <= recipe.limit).select(path, "length", "content")
    nothing = F.lit(None).cast("binary").alias("content")
    large = rows.where(F.col("length") > recipe.limit).select(path, "length", nothing)
    schema = pa.schema([("id", pa.string()), ("content", pa.binary())])
    recipe = recipe._replace(text="content", id="id")
    read = partial(workers.read_files, schema=schema, roots=roots, limit=recipe.limit)
    return _Frame(small.unionAll(large), schema, recipe, read, drop="content")


def _marked(
    spark: SparkSession, cleaned: DataFrame, job: Job, recipe: Recipe
) -> tuple[DataFrame, int]:
    """The cleaned rows with the columns of duplicates, and how many are duplicates as a whole.

    Only speeches that share a band with another come to the driver: about 2 KB each.
    """
    import pyarrow as pa
    from pyspark.sql import functions as F

    signatures = _column(recipe.prefix + "signatures")
    quoted = _column(id_column(recipe)).cast("string").alias("id")
    speeches = cleaned.select(
        F.col(_ROW).alias("row"),
        quoted,
        F.size(signatures).alias("among"),
        F.explode(signatures).alias("one"),
    ).select("row", "id", "among", "one.*")
    width = 4 * PERMUTATIONS // BANDS
    bands = [F.substring("signature", 1 + width * band, width) for band in range(BANDS)]
    keyed = speeches.select("row", "speech", F.posexplode(F.array(*bands)))
    shared = keyed.groupBy("pos", "col").count().where("count > 1")
    candidates = keyed.join(shared, ["pos", "col"], "left_semi").select("row", "speech").distinct()
    found = speeches.join(candidates, ["row", "speech"])
    columns = ["row", "id", "speech", "size", "signature", "among"]
    table = found.select(*columns).toArrow()
    marks = find_copies(
        (
            Speech(row, id or "", speech, size, signature, among)
            for batch in table.to_batches()
            for row, id, speech, size, signature, among in zip(
                *(batch.column(name).to_pylist() for name in columns), strict=True
            )
        ),
        job.similar,
    )
    lists, whole = marked_fields(recipe.prefix)
    facts = spark.createDataFrame(
        pa.table(
            {
                _ROW: pa.array(list(marks), pa.int64()),
                lists.name: pa.array(
                    [[copy._asdict() for copy in one.copies] for one in marks.values()], lists.type
                ),
                whole.name: pa.array([one.whole for one in marks.values()], pa.string()),
            }
        )
    )
    joined = cleaned.drop(signatures).join(F.broadcast(facts), _ROW, "left").drop(_ROW)
    empty = F.array().cast(facts.schema[lists.name].dataType)
    joined = joined.withColumn(lists.name, F.coalesce(_column(lists.name), empty))
    return joined, sum(one.whole is not None for one in marks.values())


def _write(
    frame: DataFrame, schema: pa.Schema, output: str, format: str, prefix: str
) -> tuple[int, int]:
    """Write it, by Spark's protocol; how many rows, and how many errors."""
    from pyspark.sql import Observation
    from pyspark.sql import functions as F

    seen = Observation()
    error = _column(f"{prefix}error")
    frame = frame.observe(seen, F.count(F.lit(1)).alias("rows"), F.count(error).alias("errors"))
    if format == "parquet":
        frame.write.mode("overwrite").option("compression", "zstd").parquet(output)
    else:
        lines = frame.mapInArrow(partial(workers.write_lines, schema=schema), "value string")
        packed = "gzip" if format.endswith(".gz") else "none"
        lines.write.mode("overwrite").option("compression", packed).text(output)
    return seen.get["rows"], seen.get["errors"]
