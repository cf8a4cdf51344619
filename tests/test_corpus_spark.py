"""The same job on Spark: equal rows, whatever is killed, and done once.

One session for all; it starts in the first test.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import corpora
import pytest
from click.testing import CliRunner

pytest.importorskip("pyspark", reason="needs normtool[spark]")
pytest.importorskip("pandas", reason="needs normtool[spark]")
pytest.importorskip("rensa", reason="needs normtool[corpus]")
if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
    pytest.skip("needs Java (Debian: openjdk-17-jre-headless)", allow_module_level=True)

from test_corpus_job import KILLER

from normtool.cli import main
from normtool.corpus import Recipe
from normtool.corpus.job import run
from normtool.corpus.plan import Job
from normtool.corpus.spark import run_on_spark
from normtool.files import Unreadable, Unwritable

ROOT = Path(__file__).parent.parent
ROWS = 60


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    place = tmp_path_factory.mktemp("spark")
    (place / "killer.py").write_text(KILLER, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{place}")
        patch.setenv("NORMTOOL_TEST_FLAG", str(place / "flag"))
        session = (
            SparkSession.builder.master("local[2,4]")
            .config("spark.ui.enabled", "false")
            # Quick to start, not quick to run: there is little to do.
            .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.default.parallelism", "2")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.local.dir", str(place))
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("OFF")
        gateway = session.sparkContext._gateway
        yield session
        session.stop()
        # Java would stay as long as this process, with all its memory.
        gateway.shutdown()
        gateway.proc.stdin.close()
        SparkContext._gateway = SparkContext._jvm = None


@pytest.fixture(scope="module")
def made() -> list[dict[str, Any]]:
    return corpora.rows(ROWS)


def job(source: Path, output: Path, **more: Any) -> Job:
    return Job((str(source),), str(output), **more)


def test_parquet_gives_the_rows_of_one_machine(spark: Any, tmp_path: Path, made: list[Any]) -> None:
    random.Random(1).shuffle(made)
    given = tmp_path / "given"
    given.mkdir()
    corpora.write_parquet(given / "甲 1.parquet", made[:25])
    corpora.write_parquet(given / "b.parquet", made[25:])
    recipe = Recipe(script="tw", quotes="corner")
    local = run(job(given, tmp_path / "local", recipe=recipe, jobs=2, shard=20_000))
    wanted = corpora.read_rows(tmp_path / "local")
    output = tmp_path / "out"
    result = run_on_spark(job(given, output, recipe=recipe))
    assert corpora.read_rows(output) == wanted
    assert (result.rows, result.errors, result.duplicates) == local[:3]
    assert result.duplicates == 1
    assert (output / "_SUCCESS").exists()
    assert not Path(f"{output}.normtool").exists()
    # The texts are the same bytes.
    texts = [row["text"].encode() for row in corpora.read_rows(output) if row["text"]]
    assert texts == [row["text"].encode() for row in wanted if row["text"]]

    before = {path: path.stat().st_mtime_ns for path in output.iterdir()}
    again = run_on_spark(job(given, output, recipe=recipe))
    assert again == result._replace(fresh=0)
    assert {path: path.stat().st_mtime_ns for path in output.iterdir()} == before
    with pytest.raises(Unwritable, match="--force"):
        run_on_spark(job(given, output))
    with pytest.raises(Unwritable, match=r"Spark writes parquet, jsonl, jsonl.gz, not txt"):
        run_on_spark(job(given, output, format="txt"))
    for place in (given, tmp_path, given / "b.parquet"):
        with pytest.raises(Unwritable, match="would overwrite an input"):
            run_on_spark(job(given, place, force=True))
    assert len(list(given.glob("*.parquet"))) == 2
    with pytest.raises(Unreadable, match="nothing here to clean"):
        run_on_spark(job(tmp_path / "none", output))


def spark_lines(output: Path) -> list[dict[str, Any]]:
    """The rows of a folder of lines: Spark calls the parts .txt."""
    parts = sorted(output.glob("part-*.txt"))
    lines = [line for part in parts for line in part.read_text("utf-8").split("\n") if line]
    return sorted(map(json.loads, lines), key=lambda row: row["id"])


def test_json_lines_give_the_lines_of_one_machine(
    spark: Any, tmp_path: Path, made: list[Any]
) -> None:
    given = tmp_path / "given"
    given.mkdir()
    for name, rows in (
        ("a.jsonl", made[:20]),
        ("b.jsonl.gz", made[20:40]),
        ("c.jsonl.zst", made[40:]),
    ):
        corpora.write_jsonl(given / name, rows)
    with (given / "a.jsonl").open("ab") as stream:
        stream.write(b'{"id": "bad", "text": "\\ud800", "tags": {"k": null}}\n\n')
    run(job(given, tmp_path / "local", format="jsonl"))
    run_on_spark(job(given, tmp_path / "out", format="jsonl"))
    wanted = corpora.read_rows(tmp_path / "local")
    assert spark_lines(tmp_path / "out") == wanted
    assert sum(bool(row["error"]) for row in wanted) == 3
    assert wanted[1]["tags"] == made_row(made, wanted[1]["id"])["tags"]


def made_row(made: list[Any], id: str) -> dict[str, Any]:
    return next(row for row in made if row["id"] == id)


def test_folders_of_files_without_duplicates(spark: Any, tmp_path: Path) -> None:
    given = tmp_path / "pages"
    (given / "子 目录").mkdir(parents=True)
    texts = corpora.texts(4)
    (given / "a%20.txt").write_text(texts[0], "utf-8")
    (given / "子 目录" / "b.txt").write_bytes(texts[1].encode("gb18030"))
    (given / "c.txt").write_bytes(b"\0\1\2\3")
    (given / "d.txt").write_text(texts[3] * 40, "utf-8")
    (given / ".hidden.txt").write_text("x")
    (given / "e.png").write_text("x")
    (given / "f.txt").write_bytes(b"\xe5\xb9\xb4" * 400_000)  # more than the limit
    run(job(given, tmp_path / "local", recipe=Recipe(limit=2**20), similar=0.0))
    output = given / "cleaned"  # what we write is no input, wherever it is
    arguments = ["corpus", str(given), "-o", str(output), "--limit", "1", "--isolated"]
    arguments += ["--no-duplicates", "--engine", "spark"]
    called = CliRunner().invoke(main, arguments)
    assert called.exit_code == 0, called.output
    assert "5 rows in" in called.stderr
    assert "2 rows could not be cleaned" in called.stderr
    assert "nothing was done" in CliRunner().invoke(main, arguments).stderr
    wanted = corpora.read_rows(tmp_path / "local")
    assert corpora.read_rows(output) == wanted
    assert [row["id"] for row in wanted if row["error"]] == ["c.txt", "f.txt"]
    assert [row["id"] for row in wanted if row["text"]] == ["a%20.txt", "d.txt", "子 目录/b.txt"]
    assert "f.txt: is 1.1 MB, more than the limit of 1.0 MB" in wanted[3]["error"]


def test_a_killed_worker_loses_and_doubles_nothing(
    spark: Any, tmp_path: Path, made: list[Any]
) -> None:
    given = corpora.write_parquet(tmp_path / "in.parquet", made)
    flag = Path(os.environ["NORMTOOL_TEST_FLAG"])
    flag.touch()
    recipe = Recipe(plugins=("killer",))
    run_on_spark(job(given, tmp_path / "out", recipe=recipe, rows=5))
    assert not flag.exists()
    run(job(given, tmp_path / "local"))
    assert corpora.read_rows(tmp_path / "out") == corpora.read_rows(tmp_path / "local")


def test_a_job_that_failed_goes_on(spark: Any, tmp_path: Path, made: list[Any]) -> None:
    """Duplicates cannot be looked for without the staged rows: they are cleaned once."""
    from normtool.corpus import spark as module

    given = corpora.write_parquet(tmp_path / "in.parquet", made)
    output, staging = tmp_path / "out", Path(f"{tmp_path}/out.normtool")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run_on_spark(job(given, output))
    staged = {path: path.stat().st_mtime_ns for path in (staging / "cleaned").iterdir()}
    assert (staging / "cleaned" / "_SUCCESS") in staged
    assert not output.exists()
    with pytest.MonkeyPatch.context() as patch:
        seen = []
        real = module._marked
        patch.setattr(
            module, "_marked",
            lambda *given: seen.append(
                {path: path.stat().st_mtime_ns for path in (staging / "cleaned").iterdir()}
            ) or real(*given),
        )  # fmt: skip
        run_on_spark(job(given, output))
    assert seen == [staged]
    run(job(given, tmp_path / "local"))
    assert corpora.read_rows(output) == corpora.read_rows(tmp_path / "local")
    assert not staging.exists()
