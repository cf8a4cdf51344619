"""A corpus on one machine: formats, going on after every kind of end, and equal rows always."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import corpora
import pytest
from click.testing import CliRunner

pa = pytest.importorskip("pyarrow", reason="needs normtool[corpus]")
pytest.importorskip("rensa", reason="needs normtool[corpus]")

import pyarrow.parquet as pq  # noqa: E402

import normtool  # noqa: E402
from normtool.cli import main  # noqa: E402
from normtool.corpus import NotFitting, Recipe, clean_batch, original  # noqa: E402
from normtool.corpus.job import run  # noqa: E402
from normtool.corpus.plan import Job, Result  # noqa: E402
from normtool.files import Unreadable, Unwritable, machine  # noqa: E402

ROOT = Path(__file__).parent.parent
ROWS = 80
SHARD = 20_000


@pytest.fixture(scope="module")
def made() -> list[dict[str, Any]]:
    return corpora.rows(ROWS)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, made: list[dict[str, Any]]) -> Path:
    return corpora.write_jsonl(tmp_path_factory.mktemp("in") / "speeches.jsonl", made)


def job(source: Path | str, output: Path, **more: Any) -> Job:
    return Job((str(source),), str(output), **({"shard": SHARD} | more))


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory, source: Path) -> list[dict[str, Any]]:
    """What an undisturbed job in one process makes."""
    output = tmp_path_factory.mktemp("whole") / "out"
    result = run(job(source, output))
    assert result == Result(ROWS, 2, result.duplicates, result.shards, result.shards)
    assert result.shards > 2
    return corpora.read_rows(output)


def test_rows_are_those_of_clean_batch(rows: list[dict[str, Any]], made: list[Any]) -> None:
    assert [row["id"] for row in rows] == [row["id"] for row in made]
    for row, given in zip(rows, made, strict=True):
        assert (row["year"], row["tags"]) == (given["year"], given["tags"])
        if row["error"] is None:
            document = normtool.prepare(normtool.from_text(given["text"]))
            assert row["text"] == document.text
            assert row["meta"] == document.meta
            assert original(row["text"], row["edits"]) == given["text"]
    assert [row["id"] for row in rows if row["error"]] == ["doc-0003", "doc-0005"]
    assert {rows[6]["duplicate_of"], rows[7]["duplicate_of"]} == {None, "doc-0006"}


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
@pytest.mark.parametrize("jobs", [1, 3])
def test_json_lines_give_the_same_rows_however_packed_and_shared_out(
    suffix: str, jobs: int, tmp_path: Path, made: list[Any], rows: list[Any]
) -> None:
    given = corpora.write_jsonl(tmp_path / f"speeches{suffix}", made)
    run(job(given, tmp_path / "out", jobs=jobs, format="jsonl.gz", rows=7))
    found = corpora.read_rows(tmp_path / "out")
    named = json.dumps(found).replace(f"speeches{suffix}", "speeches.jsonl")
    assert json.loads(named) == rows


def test_shuffled_input_gives_the_same_rows(
    tmp_path: Path, made: list[Any], rows: list[Any]
) -> None:
    mixed = list(made)
    random.Random(5).shuffle(mixed)
    given = tmp_path / "given"
    given.mkdir()
    for number in range(3):
        corpora.write_jsonl(given / f"{9 - number}.jsonl", mixed[number::3])
    run(job(given, tmp_path / "out", jobs=2))

    assert corpora.read_rows(tmp_path / "out") == rows


@pytest.mark.parametrize("group", [10, 1000])
def test_parquet_to_parquet(group: int, tmp_path: Path, made: list[Any], rows: list[Any]) -> None:
    given = corpora.write_parquet(tmp_path / "in.parquet", made, group)
    whole = tmp_path / "whole.parquet"
    run(job(given, tmp_path / "out", jobs=2))
    run(job(given, whole, jobs=2))
    found = corpora.read_rows(tmp_path / "out")
    assert corpora.read_rows(whole) == found
    for row, same in zip(found, rows, strict=True):
        assert row["tags"] == [str(tag) for tag in same["tags"]]
        assert (json.loads(row["meta"]) if row["meta"] else None) == same["meta"]
        for name in ("id", "text", "edits", "suggestions", "blocks", "year", "duplicate_of"):
            assert row[name] == same[name]
    parts = sorted((tmp_path / "out").glob("part-*"))
    assert [part.name for part in parts] == [f"part-{n:05}.parquet" for n in range(len(parts))]
    assert len(parts) > 2
    # An independent look: the columns are as documented, and other programs read them.
    assert set(pq.read_schema(whole).names) - {"id", "year", "tags"} == {
        "text", "edits", "suggestions", "blocks", "meta", "error", "duplicates", "duplicate_of",
    }  # fmt: skip
    assert pq.read_table(tmp_path / "out").num_rows == ROWS


def test_one_file_out_and_no_duplicates_wanted(
    tmp_path: Path, source: Path, rows: list[Any]
) -> None:
    for suffix in ("jsonl", "jsonl.gz", "jsonl.zst"):
        output = tmp_path / f"all.{suffix}"
        run(job(source, output, similar=0.0, jobs=2))
        bare = [
            {key: value for key, value in row.items() if not key.startswith("duplicate")}
            for row in rows
        ]
        assert corpora.read_rows(output) == bare
        assert sorted(p.name for p in tmp_path.glob(f"*all.{suffix}*")) == [
            f"all.{suffix}", f"all.{suffix}_normtool.json",
        ]  # fmt: skip


def test_folder_in_and_texts_out(tmp_path: Path) -> None:
    given = tmp_path / "pages"
    (given / "b").mkdir(parents=True)
    speeches = corpora.texts(5)
    (given / "1.txt").write_text(speeches[0], "utf-8")
    (given / "2.txt").write_bytes(speeches[1].encode("gb18030"))
    (given / "b" / "1.txt").write_text(speeches[2], "utf-8")
    (given / "b" / "1.md").write_text(speeches[3], "utf-8")
    (given / "3.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    output = tmp_path / "out"
    result = run(job(given, output, format="txt", jobs=2))
    assert (result.rows, result.errors) == (5, 1)
    wanted = {"1.txt": 0, "2.txt": 1, "b/1.txt": 2, "b/1.md.txt": 3}
    for name, number in wanted.items():
        cleaned = normtool.prepare(normtool.from_text(speeches[number])).text
        assert (output / name).read_text("utf-8") == cleaned
    (beside,) = output.glob("part-*")
    told = {row["id"]: row for row in corpora.read_rows(output)}
    assert beside.name == "part-00000.jsonl.zst"
    assert {row["file"] for row in told.values()} == {*wanted, None}
    assert "content" not in told["1.txt"]
    assert "3.txt: " in told["3.txt"]["error"]
    assert len([p for p in output.rglob("*") if p.is_file()]) == 6
    assert original((output / "2.txt").read_text("utf-8"), told["2.txt"]["edits"]) == speeches[1]


def test_names_of_texts_stay_in_the_folder_and_apart() -> None:
    from normtool.corpus.outputs import file_names

    ids = ["../../etc/x", "/a", "a.txt", "A", "", "c:\\d", "b/../../e", "年" * 200, "a/b. /c"]
    names = list(file_names(ids))
    assert len({name.casefold() for name in names}) == len(ids)
    for name in names:
        assert not Path(name).is_absolute()
        assert ".." not in Path(name).parts
        assert all(0 < len(part.encode()) <= 255 for part in Path(name).parts)


def test_bad_lines_cost_one_row_each(tmp_path: Path) -> None:
    lines = [
        '\ufeff{"id": "a", "text": "今年,"}',
        '{"id": "b", "text": "缺了一半',
        "[1, 2]",
        "",
        '{"id": "d", "text": 5}',
        '{"id": "e", "text": "\\ud83d今"}',
        '{"id": "f", "text": "同志们:", "more": {"k": [1, null]}, "note": "\\udc00"}',
        '{"id": "g", "more": "x", "big": 123456789012345678901234567890}',
        '{"id": "h", "text": ' + "[" * 100000,
    ]
    given = tmp_path / "in.jsonl"
    given.write_bytes("\r\n".join(lines).encode() + b'\n{"id": "i", "text": "\xe4\xbb"}\n')
    output = tmp_path / "out.jsonl"
    assert run(job(given, output)).errors == 7
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert [row["text"] for row in rows if row["error"] is None] == ["今年，", "同志们："]
    said = {row["id"]: row["error"] for row in rows if row["id"] and row["error"]}
    assert said["d"] == "in.jsonl: 'text' is int, not a string"
    assert "lone surrogate U+D83D at character 0 of the text" in said["e"]
    assert said["g"] == "g: there is no text (null)"
    nameless = [row["error"] for row in rows if row["id"] is None]
    assert nameless[0] == (
        "in.jsonl: a line is not JSON: Invalid control character at (column 26): "
        '{"id": "b", "text": "缺了一半'
    )
    wanted = ("is JSON, but no object: [1, 2]", "JSON that can be read", "is not UTF-8 at byte 21")
    assert all(part in error for part, error in zip(wanted, nameless[1:], strict=True)), nameless
    good = next(row for row in rows if row["id"] == "f")
    assert (good["more"], good["note"]) == ({"k": [1, None]}, "\\udc00")
    assert rows[6]["more"] == "x"
    assert rows[6]["big"] == 123456789012345678901234567890


def test_a_finished_job_is_not_done_again_and_a_changed_one_is_refused(
    tmp_path: Path, made: list[Any]
) -> None:
    given = corpora.write_jsonl(tmp_path / "in.jsonl", made)
    output = tmp_path / "out"
    first = run(job(given, output))
    times = {path: path.stat().st_mtime_ns for path in output.iterdir()}
    assert run(job(given, output))._replace(fresh=first.fresh) == first
    os.utime(given)  # touched, but the same
    assert run(job(given, output, jobs=2)).fresh == 0
    assert {path: path.stat().st_mtime_ns for path in output.iterdir()} == times

    other = job(given, output, recipe=Recipe(script="tw"))
    with pytest.raises(Unwritable, match="the result of another job"):
        run(other)
    assert {path: path.stat().st_mtime_ns for path in output.iterdir()} == times
    assert run(other._replace(force=True)).fresh == first.shards
    assert "講話" in corpora.read_rows(output)[0]["text"]

    corpora.write_jsonl(given, made[:10])
    with pytest.raises(Unwritable, match="--force"):
        run(other)
    assert run(other._replace(force=True)).rows == 10
    assert len(list(output.glob("part-*"))) == 1  # those of the longer job are gone

    # Another job was killed half way: with --force nothing of it is left.
    for number in range(5, 9):
        (output / f"part-{number:05}.jsonl").touch()
    assert run(other._replace(force=True, rows=3)).fresh == 1
    assert [path.name for path in output.glob("part-*")] == ["part-00000.jsonl.zst"]
    other = other._replace(rows=3)

    next(output.glob("part-*")).unlink()
    assert run(other).fresh == 1  # a part was lost: it comes back
    assert len(corpora.read_rows(output)) == 10


def test_what_cannot_be_done_is_said_before_anything_is_written(
    tmp_path: Path, source: Path
) -> None:
    output = tmp_path / "out"
    for bad, error in (
        (job(tmp_path / "none", output), Unreadable),
        (job(source, output, recipe=Recipe(text="body")), NotFitting),
    ):
        with pytest.raises(error):
            run(bad)
        assert not output.exists()
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and no more")
    with pytest.raises(Unreadable, match=r"broken.parquet: is no Parquet file"):
        run(job(broken, output))
    for name in ("cut.jsonl.gz", "cut.jsonl.zst"):
        corpora.write_jsonl(tmp_path / name, corpora.rows(30))
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(b"no" + whole[2:])
        with pytest.raises(Unreadable, match=f"{name}: is damaged .*; get it again"):
            run(job(tmp_path / name, output))
        (tmp_path / name).write_bytes(whole[:-20])
        with pytest.raises(Unreadable, match=f"{name}: is damaged .*; get it again"):
            run(job(tmp_path / name, output))
    with pytest.raises(Unwritable, match="is to be txt, which its suffix denies"):
        run(job(source, tmp_path / "out.jsonl", format="txt"))
    for content in (b"", b"\n\n", '{"text": "今年"}\n'.encode("utf-16"), b'[{"text": "a"},\n]'):
        (tmp_path / "none.jsonl").write_bytes(content)
        with pytest.raises(Unreadable, match="there is no JSON object in the input"):
            run(job(tmp_path / "none.jsonl", output))
    output.mkdir()
    (output / "theirs.txt").write_text("x")
    with pytest.raises(Unwritable, match="not of this command"):
        run(job(source, output))
    assert [path.name for path in output.iterdir()] == ["theirs.txt"]


def test_every_type_of_column_is_kept(tmp_path: Path) -> None:
    from datetime import UTC, date, datetime
    from decimal import Decimal

    table = pa.table(
        {
            "text": pa.array(["今年,", None], pa.large_string()),
            "day": [date(2024, 3, 5), None],
            "time": pa.array(
                [datetime(2024, 3, 5, 8, tzinfo=UTC), None], pa.timestamp("ns", "UTC")
            ),
            "sum": [Decimal("1.10"), None],
            "raw": [b"\xff\x00", None],
            "score": [float("nan"), float("inf")],
            "site": pa.array(["a", "a"]).dictionary_encode(),
            "a.b": [{"x": [1.5, float("nan")], "y": {"z": "甲"}}, None],
            "map": pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int64())),
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    run(job(tmp_path / "in.parquet", tmp_path / "out.parquet"))
    found = pq.read_table(tmp_path / "out.parquet")
    given = pq.read_table(tmp_path / "in.parquet")
    for name in table.column_names[1:]:
        kept = given.column(name).combine_chunks()
        assert found.column(name).combine_chunks().to_string() == kept.to_string()
    run(job(tmp_path / "in.parquet", tmp_path / "out.jsonl"))
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line, parse_constant=pytest.fail) for line in lines]
    assert (rows[0]["day"], rows[0]["sum"], rows[0]["raw"]) == ("2024-03-05", "1.10", "/wA=")
    assert rows[0]["a.b"] == {"x": [1.5, None], "y": {"z": "甲"}}
    assert (rows[0]["score"], rows[0]["text"], rows[1]["text"]) == (None, "今年，", None)
    # Lines that we wrote are lines that we read.
    run(job(tmp_path / "out.jsonl", tmp_path / "again", recipe=Recipe(prefix="n_")))


def test_nothing_in_nothing_out_and_no_input_is_overwritten(tmp_path: Path) -> None:
    empty = tmp_path / "empty.parquet"
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), empty)
    result = run(job(empty, tmp_path / "out", jobs=2))
    assert (result.rows, result.shards) == (0, 1)
    assert pq.read_table(tmp_path / "out").num_rows == 0
    before = empty.read_bytes()
    with pytest.raises(Unwritable, match="would overwrite an input"):
        run(job(empty, empty, force=True))
    assert empty.read_bytes() == before
    folder = tmp_path / "in"
    folder.mkdir()
    part = empty.rename(folder / "part-00000.parquet")
    for given, output in ((part, folder), (folder, folder), (folder, tmp_path)):
        with pytest.raises((Unwritable, Unreadable)):
            run(job(given, output, force=True))
        assert part.read_bytes() == before


def test_a_damaged_row_group_costs_no_other(tmp_path: Path) -> None:
    given = tmp_path / "in.parquet"
    table = pa.Table.from_pylist([{"text": text} for text in corpora.texts(60)])
    pq.write_table(table, given, row_group_size=20, write_page_checksum=True)
    whole = given.read_bytes()
    middle = pq.ParquetFile(given).metadata.row_group(1).column(0).dictionary_page_offset + 200
    given.write_bytes(whole[:middle] + bytes(9) + whole[middle + 9 :])
    arguments = ["corpus", str(given), "-o", str(tmp_path / "out"), "--isolated", "--shard", "1"]
    for _ in range(2):
        called = CliRunner().invoke(main, [*arguments, "-j", "1"])
        assert called.exit_code == 2
        assert "in.parquet: is damaged" in called.stderr
        assert "40 rows are cleaned" in called.stderr
        assert "out is not finished" in called.stderr
        assert "1 of 3 shards failed" in called.stderr
        assert not list((tmp_path / "out").glob("part-*"))
    assert "2 of 3 shards were done before" in called.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_is_no_file_and_names_that_mislead(tmp_path: Path, source: Path) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    with pytest.raises(Unreadable, match=r"pipe.jsonl: is a pipe or device, .*save it as a file"):
        run(job(pipe, tmp_path / "out"))
    output = tmp_path / "in"
    output.mkdir()
    corpora.write_jsonl(output / "a.jsonl", corpora.rows(3))
    with pytest.raises(Unreadable, match=r"nothing to clean but what .*/in holds"):
        run(job(output, output))
    called = CliRunner().invoke(main, ["corpus", str(source), "-o", str(tmp_path / "out.csv")])
    assert called.exit_code == 2
    assert "out.csv has the name of another kind of file" in called.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "pipe.jsonl"]


KILLER = """
import os, signal
from pathlib import Path
import normtool.corpus.batch as batch
flag, real = Path(os.environ["NORMTOOL_TEST_FLAG"]), batch.prepare
def prepare(document, *options):
    if "讲话(40)" in document.original and flag.exists():
        flag.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return real(document, *options)
batch.prepare = prepare
"""
posix = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
RUN = (
    "import sys; from normtool.corpus.job import run; from normtool.corpus import Recipe;"
    "from normtool.corpus.plan import Job;"
    "r = run(Job((sys.argv[1],), sys.argv[2], Recipe(plugins=('killer',)), shard=int(sys.argv[4]),"
    " jobs=int(sys.argv[3]), format='jsonl'));"
    "print(r.fresh, r.failed)"
)


@pytest.fixture
def start(tmp_path: Path, source: Path) -> Callable[[int], subprocess.Popen[str]]:
    """Starts a job in a process of its own; the first worker that reads row 40 is killed."""
    (tmp_path / "killer.py").write_text(KILLER, "utf-8")
    (tmp_path / "flag").touch()
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}",
        "NORMTOOL_TEST_FLAG": str(tmp_path / "flag"),
    }

    def started(jobs: int) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", RUN, str(source), str(tmp_path / "out"), str(jobs), str(SHARD)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip

    return started


@posix
def test_a_killed_worker_costs_nothing(
    tmp_path: Path, start: Callable[[int], subprocess.Popen[str]], rows: list[Any]
) -> None:
    process = start(2)
    said, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    assert not (tmp_path / "flag").exists()
    assert said.endswith("()\n")
    assert corpora.read_rows(tmp_path / "out") == rows


@posix
def test_a_killed_job_goes_on_where_it_was(
    tmp_path: Path, start: Callable[[int], subprocess.Popen[str]], rows: list[Any]
) -> None:
    process = start(1)
    assert process.wait(60) == -signal.SIGKILL
    staging = tmp_path / "out" / ".normtool"
    done = {path: path.stat().st_mtime_ns for path in staging.glob("*.arrow")}
    assert done
    (tmp_path / "out" / f".normtool-{machine()}-{process.pid}-0.tmp").touch()  # as it may have left
    assert not list((tmp_path / "out").glob("part-*"))
    process = start(1)
    said, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    assert corpora.read_rows(tmp_path / "out") == rows
    assert int(said.split()[0]) >= 1
    assert not staging.exists()
    assert sorted(p.name for p in (tmp_path / "out").glob(".*")) == []


@posix
def test_killed_while_writing_the_parts(tmp_path: Path, source: Path, rows: list[Any]) -> None:
    """The parent of two processes is killed as soon as the first part appears."""
    output = tmp_path / "out"
    code = RUN.replace("plugins=('killer',)", "")
    command = [sys.executable, "-c", code, str(source), str(output), "2", str(SHARD // 10)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    until = time.monotonic() + 60
    while not list(output.glob("part-*")) and time.monotonic() < until:
        time.sleep(0.001)
    process.kill()
    process.wait()
    assert not (output / "_normtool.json").exists()
    subprocess.run(command, env=environment, check=True, timeout=60, stdout=subprocess.PIPE)
    assert corpora.read_rows(output) == rows
    assert (output / "_normtool.json").exists()


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_command_ends_its_workers_and_goes_on(
    tmp_path: Path, made: list[Any], rows: list[Any], number: int, code: int
) -> None:
    given = tmp_path / "speeches.jsonl"
    corpora.write_jsonl(given, made * 40)
    output = tmp_path / "out"
    command = [sys.executable, "-m", "normtool", "corpus", str(given), "-o", str(output)]
    command += ["-j", "2", "--isolated", "--shard", "1", "--no-duplicates", "-t", "jsonl"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    workers: list[str] = []
    while not workers and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
        listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if (output / ".normtool" / "job.json").exists() and listed.exists():
            workers = listed.read_text().split()
    process.send_signal(number)
    assert "the same command goes on" in process.communicate(timeout=60)[1]
    assert process.returncode == code
    assert workers
    until = time.monotonic() + 10  # one that was just being started sees that nobody is there
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < until
        time.sleep(0.01)
    left = [path.name for path in output.rglob("*") if path.name.endswith(".tmp")]
    assert not left


def test_command_line(tmp_path: Path, made: list[Any]) -> None:
    given = corpora.write_parquet(tmp_path / "in.parquet", made)
    (tmp_path / "typos.tsv").write_text("西河弯水厂\t西河湾水厂\n", "utf-8")
    output = tmp_path / "out"
    arguments = ["corpus", str(given), "-o", str(output), "-t", "jsonl", "--isolated", "-j", "1"]
    arguments += ["--script", "tw", "--typos", str(tmp_path / "typos.tsv"), "--quotes", "corner"]
    called = CliRunner().invoke(main, arguments)
    assert called.exit_code == 0, called.output
    assert called.stdout == ""
    assert "80 rows in" in called.stderr
    assert "2 rows could not be cleaned: see the column error" in called.stderr
    batch = pa.RecordBatch.from_pydict({"text": [made[0]["text"]]})
    recipe = Recipe(script="tw", quotes="corner", typos=(("西河弯水厂", "西河湾水厂", ()),))
    assert corpora.read_rows(output)[0]["text"] == clean_batch(batch, recipe)["text"][0].as_py()
    called = CliRunner().invoke(main, arguments)
    assert called.exit_code == 0
    assert "nothing was done" in called.stderr
    called = CliRunner().invoke(main, [*arguments[:-1], "keep"])
    assert called.exit_code == 2
    assert called.stderr.startswith("Error: ")
    assert "--force" in called.stderr
    called = CliRunner().invoke(main, [*arguments, "--script", "hans"])
    assert called.exit_code == 2
    assert "one --script" in called.stderr
