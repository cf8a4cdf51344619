"""Many files: the same bytes from one process and from several, after every kind of death."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from normtool.cli import main
from normtool.files import machine
from normtool.manifest import NAME, Manifest, file_digest, sweep

ROOT = Path(__file__).parent.parent
SPEECH = (
    "关于夏粮收购工作的讲话\n同志们:\n今年 全县收购小麦万吨,形势严竣。\n一、认清形势\n"
    "各乡镇要早作准备,仓容不够的要抓紧维修。\n"
)
TWO = "夏粮讲话2篇\n\n" + "\n".join(
    f"篇{n}：在{name}会上的讲话\n\n同志们：\n\n{name}开始了。我们要早作准备。\n"
    for n, name in ((1, "夏粮收购"), (2, "秋粮收购"))
)
#: A rule that ends its process where a text says so, as the system does when memory runs
#: out, and one that takes its time.
PLUGIN = '''
import os, signal, time
from normtool.edits import DISPLAY, FLAG, LOW
from normtool.rule import rule

@rule("QLT901", DISPLAY, LOW, FLAG, "终止符号")
def ends_its_process(match):
    """Ends its process.

        终止符号在此  ⚑
    """
    if os.environ.get("KILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    if os.environ.get("FAIL"):
        raise RuntimeError("two rules quarrel")
    return ""

@rule("QLT902", DISPLAY, LOW, FLAG, "小麦")
def takes_its_time(match):
    """Takes its time.

        小麦  ⚑
    """
    time.sleep(float(os.environ.get("SLOW", "0")))
    return ""
'''
TORN = re.compile(r"\.normtool-[0-9a-f]{8}-\d+-\d+\.tmp")


def plugin(folder: Path) -> None:
    """Let the configuration of a folder know the two rules."""
    (folder / "slowly.py").write_text(PLUGIN, "utf-8")
    (folder / "normtool.toml").write_text('plugins = ["slowly"]\n', "utf-8")


def run(
    *args: str | Path, cwd: Path, data: bytes = b"", program: tuple[str, ...] = ("-m", "normtool"),
    **environment: str,
) -> subprocess.CompletedProcess[str]:  # fmt: skip
    """Run the program to its end."""
    return subprocess.run(
        [sys.executable, *program, *map(str, args)], cwd=cwd, capture_output=True, text=True,
        encoding="utf-8", timeout=120, input=data.decode("utf-8"),
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def start(*args: str | Path, cwd: Path, **environment: str) -> subprocess.Popen[str]:
    """Start the program in a process group of its own, as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-m", "normtool", *map(str, args)], cwd=cwd, text=True,
        encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def texts(folder: Path, number: int, times: int = 1) -> Path:
    """A tree of texts, no two alike."""
    for index in range(number):
        path = folder / f"{index % 3}" / f"{index:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SPEECH.replace("小麦", f"小麦{index}号") + SPEECH * (times - 1), "utf-8")
    return folder


def below(folder: Path) -> dict[str, str]:
    """What a run has left in a folder, but for the manifest: names and digests."""
    return {
        path.relative_to(folder).as_posix(): file_digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME
    }


def wait_until(something: Callable[[], object]) -> None:
    """Wait, not for ever."""
    until = time.monotonic() + 60
    while not something() and time.monotonic() < until:
        time.sleep(0.01)
    assert something()


# one process and several


@pytest.mark.parametrize(
    "options",
    [
        ("-t", "txt", "-t", "tei", "--script", "hans", "--script", "tw"),
        ("-t", "docx", "-t", "json", "-t", "html"),
    ],
    ids=" ".join,
)
def test_any_number_of_processes_and_any_order_write_the_same(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    source = texts(tmp_path / "in", 15)
    (source / "0" / "empty.txt").write_bytes(b"")
    (source / "1" / "two.txt").write_text(TWO, "utf-8")
    (source / "2" / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    one = run("convert", "in", "-o", "1", "-j", "1", *options, cwd=tmp_path)
    several = run("convert", "in", "-o", "3", "-j", "3", *options, cwd=tmp_path)
    assert one.returncode == several.returncode == 2
    assert one.stderr.replace(" in 1", "") == several.stderr.replace(" in 3", "")
    errors = re.findall(r"^error: (\S+):", one.stderr, re.MULTILINE)
    assert errors == ["in/0/empty.txt", "in/2/photo.txt"]
    assert below(tmp_path / "1") == below(tmp_path / "3")
    assert len(below(tmp_path / "1")) > 15
    paths = [path.relative_to(tmp_path) for path in source.rglob("*.txt")]
    random.Random(7).shuffle(paths)
    # Files that are named one by one go beside each other: the names here are all different.
    run("convert", *paths, "-o", "flat", "-j", "2", *options, cwd=tmp_path)
    flat = {name.split("/")[-1]: digest for name, digest in below(tmp_path / "1").items()}
    assert below(tmp_path / "flat") == flat


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("check", "--output-format", "jsonl"),
        ("check", "--output-format", "sarif"),
        ("check", "--statistics"),
        ("clean", "--diff"),
    ],
    ids=" ".join,
)
def test_reports_come_in_the_order_of_the_files(tmp_path: Path, command: tuple[str, ...]) -> None:
    texts(tmp_path / "in", 12)
    (tmp_path / "in" / "1" / "empty.txt").write_bytes(b"")
    one = run(*command, "in", "-j", "1", cwd=tmp_path)
    several = run(*command, "in", "-j", "3", cwd=tmp_path)
    assert "empty.txt" in one.stderr
    assert "005.txt" in one.stdout or "SPC101" in one.stdout
    assert (one.returncode, one.stdout, one.stderr) == (
        several.returncode, several.stdout, several.stderr,
    )  # fmt: skip


def test_in_place_on_several_processes(tmp_path: Path) -> None:
    texts(tmp_path / "1", 12)
    texts(tmp_path / "2", 12)
    for jobs in ("1", "2"):
        done = run("clean", "--in-place", jobs, "-j", jobs, cwd=tmp_path)
        assert done.stderr.startswith("12 files cleaned")
    assert below(tmp_path / "1") == below(tmp_path / "2")
    assert "形势严峻" in (tmp_path / "2" / "0" / "000.txt").read_text("utf-8")


def test_standard_input_is_one_of_the_files(tmp_path: Path) -> None:
    texts(tmp_path / "in", 6)
    done = run("clean", "in", "-", "-o", "out", "-j", "2", cwd=tmp_path, data=SPEECH.encode())
    assert done.returncode == 0
    assert (tmp_path / "out" / "stdin.txt").is_file()
    assert len(below(tmp_path / "out")) == 7


def test_names_that_may_meet_are_given_by_the_order_of_the_files(tmp_path: Path) -> None:
    texts(tmp_path / "in", 9)
    (tmp_path / "in" / "a.1.zh-Hans.txt").write_text(SPEECH, "utf-8")
    (tmp_path / "in" / "a.txt").write_text(TWO, "utf-8")
    found = []
    for jobs in ("1", "3"):
        done = run("convert", "in", "-t", "tei", "-o", jobs, "-j", jobs, cwd=tmp_path)
        assert done.returncode == 2
        found.append((re.findall("error: .*", done.stderr), below(tmp_path / jobs)))
    assert "was written for another input" in found[0][0][0]
    assert found[0][0][0].replace("1/a", "3/a") == found[1][0][0]
    assert found[0][1] == found[1][1]


SPAWNED = ("-c", "import normtool.pool.workers as w; w._method = lambda: 'spawn'\n"
           "from normtool.cli import main; main()")  # fmt: skip


@pytest.mark.parametrize("program", [("-m", "normtool"), SPAWNED], ids=["fork", "spawn"])
def test_workers_know_lists_plugins_options_and_facts(
    tmp_path: Path, program: tuple[str, ...]
) -> None:
    texts(tmp_path / "in", 6)
    (tmp_path / "in" / "0" / "000.txt").write_text(SPEECH + "仓容帐实相符,终止符号。\n", "utf-8")
    plugin(tmp_path)
    (tmp_path / "typos.tsv").write_text("仓容\t库容\n", "utf-8")
    (tmp_path / "meta.csv").write_text("file,speaker\n000.txt,钱文\n001.txt,孙武\n", "utf-8")
    (tmp_path / "normtool.toml").write_text(
        'plugins = ["slowly"]\nkeep = "keep.tsv"\n[rules.QLT134]\nlength = 50\n', "utf-8"
    )
    (tmp_path / "keep.tsv").write_text("形势严竣\n", "utf-8")
    options = ("-t", "tei", "-t", "json", "--typos", "typos.tsv", "--meta", "meta.csv")
    done = run("convert", "in", "-o", "2", "-j", "2", *options, cwd=tmp_path, program=program)
    assert done.returncode == 0, done.stderr
    run("convert", "in", "-o", "1", "-j", "1", *options, cwd=tmp_path)
    assert below(tmp_path / "2") == below(tmp_path / "1")
    saved = json.loads((tmp_path / "2" / "0" / "000.json").read_text("utf-8"))
    assert "QLT901" in json.dumps(saved)
    assert "TYP301" in json.dumps(saved)
    assert "形势严竣" in saved["original"]
    assert "TYP101" not in json.dumps(saved)
    assert "孙武" in (tmp_path / "2" / "1" / "001.1.zh-Hans.xml").read_text("utf-8")


def test_few_files_start_no_process_and_leave_no_manifest(tmp_path: Path) -> None:
    texts(tmp_path / "in", 9)
    run("clean", "in", "-o", "out", cwd=tmp_path)
    assert not (tmp_path / "out" / NAME).exists()
    for path in (tmp_path / "in").rglob("*.txt"):
        path.write_text("大家要早作准备。\n" * 4700, "utf-8")
    run("clean", "in", "-o", "out", cwd=tmp_path)
    assert (tmp_path / "out" / NAME).exists()


# deaths


def test_a_killed_worker_costs_one_file(tmp_path: Path) -> None:
    source = texts(tmp_path / "in", 20)
    (source / "1" / "bad.txt").write_text(SPEECH + "终止符号\n", "utf-8")
    plugin(tmp_path)
    whole = run("convert", "in", "-o", "whole", cwd=tmp_path)
    assert whole.returncode == 0, whole.stderr
    command = ("convert", "in", "-o", "out", "-j", "2", "--resume")
    done = run(*command, cwd=tmp_path, KILL="1")
    assert done.returncode == 2
    assert re.findall("error: .*", done.stderr) == [
        "error: in/1/bad.txt: the system ended the process that was at it (SIGKILL), "
        "as it does when memory runs out; try this file alone"
    ]
    assert "1 file failed" in done.stderr
    missing = below(tmp_path / "whole").keys() - below(tmp_path / "out").keys()
    assert missing == {"1/bad.txt"}
    again = run(*command, cwd=tmp_path)
    assert again.returncode == 0
    assert "20 files left alone" in again.stderr
    assert below(tmp_path / "out") == below(tmp_path / "whole")


def test_an_error_of_the_program_costs_one_file(tmp_path: Path) -> None:
    source = texts(tmp_path / "in", 8)
    (source / "1" / "bad.txt").write_text(SPEECH + "终止符号\n", "utf-8")
    plugin(tmp_path)
    said = [
        run("clean", "in", "-o", jobs, "-j", jobs, cwd=tmp_path, FAIL="1") for jobs in ("1", "2")
    ]
    assert "in/1/bad.txt: could not be done (RuntimeError: two rules quarrel)" in said[0].stderr
    assert said[0].stderr.replace("in 1", "in 2") == said[1].stderr
    assert below(tmp_path / "1") == below(tmp_path / "2")
    assert len(below(tmp_path / "2")) == 8
    debugged = run("clean", "in", "-o", "2", "-j", "2", "--debug", cwd=tmp_path, FAIL="1")
    assert "in ends_its_process" in debugged.stderr  # raised in another process


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with texts and what a run made of them that nobody disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    plugin(folder)
    texts(folder / "in", 50)
    done = run("convert", "in", "-t", "txt", "-t", "tei", "-o", "whole", cwd=folder)
    assert done.returncode == 0
    return folder


@pytest.mark.parametrize(
    ("how", "whom", "jobs", "code"),
    [
        (signal.SIGKILL, "parent", 1, -signal.SIGKILL),
        (signal.SIGKILL, "parent", 2, -signal.SIGKILL),
        (signal.SIGKILL, "group", 2, -signal.SIGKILL),
        (signal.SIGTERM, "parent", 2, 143),
        (signal.SIGINT, "group", 1, 130),
        (signal.SIGINT, "group", 2, 130),
    ],
    ids=str,
)
def test_killed_and_resumed_is_as_if_undisturbed(
    undisturbed: Path, tmp_path: Path, how: signal.Signals, whom: str, jobs: int, code: int
) -> None:
    out = tmp_path / "out"
    command = (
        "convert", "in", "-t", "txt", "-t", "tei", "-o", out, "-j", str(jobs), "--resume",
    )  # fmt: skip
    process = start(*command, cwd=undisturbed, SLOW="0.02")
    wait_until(lambda: len(list(out.rglob("*.xml"))) >= 12)
    if whom == "group":
        os.killpg(process.pid, how)
    else:
        process.send_signal(how)
    said = process.communicate(timeout=60)[1]  # ends when the workers have ended, too
    assert process.returncode == code
    assert "Traceback" not in said
    whole = below(undisturbed / "whole")
    left = below(out)
    torn = [name for name in left if name not in whole]
    # What stands under its name is whole; what was being written does not remain if
    # there was time to tidy up.
    assert all(whole[name] == digest for name, digest in left.items() if name in whole)
    assert 12 <= len(left) < len(whole)
    assert all(TORN.fullmatch(os.path.basename(name)) for name in torn)
    assert len(torn) <= (jobs if how == signal.SIGKILL else 0)
    if how != signal.SIGKILL:
        assert re.search(r"\d+ of 50 files are done; the same command with --resume", said)
    done = run(*command, cwd=undisturbed)
    assert done.returncode == 0, done.stderr
    kept = re.search(r"(\d+) files left alone", done.stderr)
    assert kept
    assert int(kept[1]) >= 8
    assert below(out) == whole


def test_what_was_being_written_is_swept_up(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    (tmp_path / "deep").mkdir()
    dead = tmp_path / "deep" / f".normtool-{machine()}-{process.pid}-0.tmp"
    alive = tmp_path / "deep" / f".normtool-{machine()}-{os.getpid()}-0.tmp"
    other = tmp_path / "deep" / ".normtool-x.tmp"
    elsewhere = tmp_path / "deep" / f".normtool-00000000-{process.pid}-0.tmp"
    old = tmp_path / "deep" / f".normtool-00000000-{process.pid}-1.tmp"
    for path in (dead, alive, other, elsewhere, old):
        path.touch()
    os.utime(old, (0, 0))
    sweep(tmp_path)
    assert dead.exists()
    sweep(tmp_path, below=True)
    assert {path.name for path in (tmp_path / "deep").iterdir()} == {
        alive.name, other.name, elsewhere.name,
    }  # fmt: skip
    sweep(tmp_path / "deep", os.getpid())
    assert not alive.exists()


# --resume


def call(*args: str | Path) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with nine texts and what was made of them."""
    monkeypatch.chdir(tmp_path)
    texts(tmp_path / "in", 9)
    assert call("clean", "in", "-o", "out", "--resume").exit_code == 0
    return tmp_path


def made_again(folder: Path, *options: str | Path) -> int:
    """How many of the nine files ``--resume`` makes again; in the end they are as they must be."""
    done = call("clean", "in", "-o", "out", "--resume", *options)
    assert done.exit_code == 0, done.stderr
    kept = re.search(r"(\d+) files? left alone", done.stderr)
    call("clean", "in", "-o", "fresh", *options)
    assert below(folder / "out") == below(folder / "fresh")
    return 9 - (int(kept[1]) if kept else 0)


def test_nothing_is_done_twice(done: Path) -> None:
    assert made_again(done) == 0
    assert made_again(done, "-j", "3", "-q") == 9  # quiet says nothing
    assert made_again(done, "-j", "3") == 0


def test_what_was_edited_or_deleted_is_made_again(done: Path) -> None:
    (done / "out" / "0" / "000.txt").unlink()
    (done / "out" / "1" / "001.txt").write_text("篡改", "utf-8")
    assert made_again(done) == 2


def test_a_changed_text_is_made_again(done: Path) -> None:
    path = done / "in" / "2" / "002.txt"
    status = path.stat()
    text = path.read_text("utf-8")
    path.write_text(text.replace("小麦", "大麦"), "utf-8")
    # Neither size nor time tells.
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert made_again(done) == 1


def test_other_rules_options_and_lists_make_all_again(done: Path) -> None:
    assert made_again(done, "--ignore", "SPC") == 9
    assert made_again(done, "--ignore", "SPC") == 0
    (done / "typos.tsv").write_text("仓容\t库容\n", "utf-8")
    assert made_again(done, "--typos", "typos.tsv") == 9
    (done / "typos.tsv").write_text("仓容\t仓库容量\n", "utf-8")
    assert made_again(done, "--typos", "typos.tsv") == 9
    assert made_again(done) == 9


def test_two_recipes_can_share_a_folder(done: Path) -> None:
    for again in (False, True):
        for format in ("txt", "json"):
            said = call("convert", "in", "-o", "both", "-t", format, "--resume").stderr
            assert ("9 files left alone" in said) == again


def test_facts_of_one_file_make_that_file_again(done: Path) -> None:
    def again() -> str:
        return call("convert", "in", "-o", "tei", "-t", "tei", "--meta", "m.csv", "--resume").stderr

    (done / "m.csv").write_text("file,speaker\n000.txt,钱文\n", "utf-8")
    assert "left alone" not in again()
    (done / "m.csv").write_text("file,speaker\n000.txt,钱文\n001.txt,孙武\n", "utf-8")
    assert "8 files left alone" in again()
    assert "孙武" in (done / "tei" / "1" / "001.1.zh-Hans.xml").read_text("utf-8")


def test_a_failure_is_tried_again(done: Path) -> None:
    (done / "in" / "bad.txt").write_bytes(b"")
    for _ in range(2):
        again = call("clean", "in", "-o", "out", "--resume")
        assert again.exit_code == 2
        assert "9 files left alone" in again.stderr
    (done / "in" / "bad.txt").write_text(SPEECH, "utf-8")
    again = call("clean", "in", "-o", "out", "--resume")
    assert again.exit_code == 0
    assert again.stderr.startswith("1 file cleaned")


def test_a_torn_or_foreign_line_is_passed_over(done: Path) -> None:
    path = done / "out" / NAME
    lines = path.read_bytes().splitlines(keepends=True)
    assert len(lines) == 10
    path.write_bytes(b"".join(lines[:4]) + b"\x00\xff\n[1]\n" + b"".join(lines[4:])[:-40])
    assert made_again(done) == 1
    assert made_again(done) == 0


def test_manifest_says_what_made_each_file(done: Path) -> None:
    lines = (done / "out" / NAME).read_text("utf-8").splitlines()
    head, first = json.loads(lines[0]), json.loads(lines[1])
    assert head["recipe"]["command"] == "clean"
    assert head["recipe"]["version"]
    assert first["by"].startswith(head["by"])
    assert first["source"] == "in/0/000.txt"
    assert first["sha256"] == file_digest(done / "in" / "0" / "000.txt")
    assert first["files"] == {"0/000.txt": file_digest(done / "out" / "0" / "000.txt")}
    # A folder of outputs is read as texts without it.
    assert "9 files cleaned" not in call("clean", "out", "-o", "x").stderr


def test_names_that_are_not_unicode(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, {"command": "test"})
    name = os.path.join(tmp_path, os.fsdecode("讲话.txt".encode("gb18030")))
    Path(name).write_bytes(b"text")
    (tmp_path / "made.txt").write_bytes(b"made")
    made = [os.path.join(tmp_path, "made.txt")]
    manifest.write(name, manifest.made(file_digest(name), manifest.key(), made))
    manifest.close()
    again = Manifest(tmp_path, {"command": "test"})
    again.load()
    assert again.holds(name, again.key())
    assert not again.holds(name, again.key("other"))
    assert not again.holds(str(tmp_path / "讲话.txt"), again.key())
    Path(name).write_bytes(b"other")
    assert not again.holds(name, again.key())


@pytest.mark.parametrize(
    "options", [("-o", "one.txt"), ("-q",), ("--in-place",), ("--diff",)], ids=" ".join
)
def test_resume_wants_a_folder(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SPEECH, "utf-8")
    done = call("clean", path, "--resume", *options)
    assert done.exit_code == 2
    assert "give their folder with -o" in done.stderr
    assert (tmp_path / "a.txt").read_text("utf-8") == SPEECH


def test_a_full_folder_ends_the_run(done: Path) -> None:
    (done / "out" / NAME).unlink()
    (done / "out" / NAME).mkdir()
    again = call("clean", "in", "-o", "out", "--resume")
    assert again.exit_code == 2
    assert again.stderr == f"Error: out/{NAME}: is a folder; move it away\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_manifest_that_is_a_pipe_is_not_waited_for(done: Path) -> None:
    (done / "out" / NAME).unlink()
    os.mkfifo(done / "out" / NAME)
    again = call("clean", "in", "-o", "out", "--resume")
    assert again.exit_code == 2
    assert again.stderr == f"Error: out/{NAME}: is a pipe or device; move it away\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_standard_output_is_not_the_fault_of_the_file(tmp_path: Path) -> None:
    texts(tmp_path, 1)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "normtool", "convert", "0/000.txt", "-t", "txt"], cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=full, stderr=subprocess.PIPE,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == b"error: <stdout>: the disk is full; free some space and run again\n"


@pytest.mark.parametrize("command", [("convert", "-t", "txt"), ("clean",), ("check",)], ids=str)
def test_standard_output_may_be_closed(tmp_path: Path, command: tuple[str, ...]) -> None:
    texts(tmp_path, 1)
    code = "import sys; sys.stdout = None; from normtool.cli import run; run()"
    done = run(*command, "0/000.txt", cwd=tmp_path, program=("-c", code))
    assert done.returncode == 2
    assert re.search(
        "(?i)(<stdout>|standard output)[: ]+is closed; give a file with -o", done.stderr
    )


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    texts(tmp_path / "in", 1)
    (tmp_path / "in" / "gone.txt").symlink_to("nowhere")
    (tmp_path / "in" / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "out").symlink_to("nowhere")
    done = run("clean", "in", "-o", "made", cwd=tmp_path)
    assert done.returncode == 2
    assert "error: in/gone.txt: there is no such file or folder\n" in done.stderr
    assert "error: in/loop.txt: this link leads to itself\n" in done.stderr
    assert list(below(tmp_path / "made")) == ["0/000.txt"]
    done = run("clean", "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "out is a link that leads nowhere; give a folder with -o" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs limits of POSIX")
@pytest.mark.parametrize("largest", [9_000, 1_500])
def test_a_disk_that_gets_full_leaves_nothing_half_written(tmp_path: Path, largest: int) -> None:
    """The limit of a file's size stands for the disk: of texts, or of the manifest as well."""
    import resource

    texts(tmp_path / "in", 30)
    texts(tmp_path / "in" / "large", 3, times=60)
    command = ("clean", "in", "-o", "out", "--resume", "-j2", "--isolated")
    run(*command[:3], "whole", *command[4:], cwd=tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        done = run(*command, cwd=tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert done.returncode == 2
    said = [line for line in done.stderr.splitlines() if line.casefold().startswith("error: ")]
    assert said
    assert all(re.search(r"out/\S+: the (file would be larger|disk is full)", one) for one in said)
    found, whole = below(tmp_path / "out"), below(tmp_path / "whole")
    assert found.items() < whole.items()
    assert run(*command, cwd=tmp_path).returncode == 0
    assert below(tmp_path / "out") == whole


# memory


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="asks the system")
def test_memory_is_flat(tmp_path: Path) -> None:
    texts(tmp_path / "few", 30, times=4)
    texts(tmp_path / "many", 300, times=4)
    peaks = []
    for name in ("few", "many"):
        # Of the parent and of its children, the largest.
        probe = (
            "import os,resource,subprocess,sys;subprocess.run(sys.argv[1:],stderr=-3);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        said = subprocess.run(
            [sys.executable, "-c", probe, sys.executable, "-m", "normtool",
             "clean", name, "-o", f"{name}-out", "-j", "2"],
            cwd=tmp_path, capture_output=True, text=True, timeout=120,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        peaks.append(int(said.stdout))
    assert peaks[1] < 1.15 * peaks[0], peaks
