"""The command line, as a user meets it: streams, files, exit codes, sentences."""

from __future__ import annotations

import importlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

import normtool
from normtool.cli import main
from normtool.cli.program import COMMANDS
from normtool.native import absent

ROOT = Path(__file__).parent.parent
DIRTY = (
    "关于招商工作的讲话\n同志们:\n今年 我市引进外资万美元,形势严竣。\n一、统一思想\n"
    "要认真学习,抓好落实。\n"
)
CLEAN = (
    "关于招商工作的讲话\n同志们：\n今年我市引进外资□万美元，形势严峻。\n一、统一思想\n"
    "要认真学习，抓好落实。\n"
)
TEI = "{http://www.tei-c.org/ns/1.0}"


def test_the_help_of_the_program_tells_what_each_command_tells() -> None:
    for name, line in COMMANDS.items():
        module = importlib.import_module(f"normtool.cli.{name}")
        assert module.command.get_short_help_str(200) == line
        assert f"  {name} " in call("--help").stdout


def call(*args: str | Path, data: bytes | None = None) -> Result:
    """Run a command in this process, away from the configuration of this project."""
    return CliRunner().invoke(main, [str(arg) for arg in args], input=data)


def run(
    *args: str | Path, data: bytes = b"", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "normtool", *map(str, args)],
        input=data, capture_output=True, cwd=cwd, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cwd"
    folder.mkdir()
    monkeypatch.chdir(folder)


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(DIRTY, "utf-8")
    return path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with a tree below it, two encodings, and two names that meet."""
    top = tmp_path / "in"
    (top / "2004" / "deep").mkdir(parents=True)
    (top / "a.txt").write_text(DIRTY, "utf-8")
    (top / "a.text").write_text(DIRTY.replace("招商", "教育"), "utf-8")
    (top / "2004" / "b.txt").write_bytes(DIRTY.encode("gb18030"))
    (top / "2004" / "deep" / "a.txt").write_text(DIRTY, "utf-8")
    return top


def files_below(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


# clean


def test_clean_writes_the_text_and_nothing_else_to_stdout(dirty: Path) -> None:
    result = run("clean", dirty)
    assert result.stdout.decode("utf-8") == CLEAN
    assert result.stderr == b""
    assert result.returncode == 0


def test_clean_reads_standard_input_in_any_encoding() -> None:
    assert run("clean", "-", data=DIRTY.encode("gb18030")).stdout.decode("utf-8") == CLEAN


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "gbk"}]
)
def test_stdout_is_utf8_whatever_the_locale(dirty: Path, environment: dict[str, str]) -> None:
    assert run("clean", dirty, **environment).stdout.decode("utf-8") == CLEAN
    found = run("check", dirty, **environment)
    assert "严竣 → 严峻" in found.stdout.decode("utf-8")
    assert found.returncode == 1


def test_clean_into_a_folder_keeps_the_tree_and_every_file(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = call("clean", tree, "-o", out)
    assert result.exit_code == 0
    assert files_below(out) == {"a.txt", "a.text", "2004/b.txt", "2004/deep/a.txt"}
    assert (out / "2004/b.txt").read_text("utf-8") == CLEAN
    assert "教育" in (out / "a.text").read_text("utf-8")
    assert "4 files cleaned" in result.stderr
    assert result.stdout == ""


def test_clean_in_place_touches_only_what_changes(dirty: Path) -> None:
    assert call("clean", "-i", dirty).exit_code == 0
    assert dirty.read_text("utf-8") == CLEAN
    os.utime(dirty, (1, 1))
    result = call("clean", "--in-place", dirty)
    assert "1 unchanged" in result.stderr
    assert dirty.stat().st_mtime == 1


def test_clean_in_place_refuses_what_is_no_text(tmp_path: Path) -> None:
    page = tmp_path / "a.json"
    page.write_text(json.dumps(normtool.prepare(normtool.from_text(DIRTY)).to_json()), "utf-8")
    before = page.read_bytes()
    result = call("clean", "-i", page)
    assert result.exit_code == 2
    assert "only text files can be replaced in place" in result.stderr
    assert page.read_bytes() == before
    assert call("clean", "-i", "-", data=b"x").exit_code == 2


def test_diff_can_be_applied(dirty: Path, tmp_path: Path) -> None:
    result = run("clean", "--diff", "a.txt", cwd=tmp_path)
    assert result.returncode == 1
    assert dirty.read_text("utf-8") == DIRTY
    applied = subprocess.run(
        ["git", "apply", "-p0", "-"], cwd=tmp_path, input=result.stdout, capture_output=True
    )
    assert applied.returncode == 0, applied.stderr
    assert dirty.read_text("utf-8") == CLEAN
    assert run("clean", "--diff", "a.txt", cwd=tmp_path).returncode == 0


def test_unsafe_fixes_are_made_only_on_request(tmp_path: Path) -> None:
    long = tmp_path / "a.txt"
    # BRK301 offers to break a very long paragraph where the topic changes.
    sentence = "今年全市上下认真落实各项措施，经济社会保持平稳较快发展的良好势头。"
    long.write_text(
        sentence * 12 + "同志们，做好明年的工作十分重要。" + sentence * 12 + "\n", "utf-8"
    )
    settled = call("clean", long).stdout
    everything = call("clean", "--unsafe-fixes", long).stdout
    assert everything != settled
    assert call("clean", "--extend-safe", "BRK301", long).stdout == everything


def test_select_and_ignore(dirty: Path) -> None:
    assert "严竣" in call("clean", "--ignore", "typ,SPC", dirty).stdout
    only = call("clean", "--select", "SPC101", "--select", "TYP", dirty).stdout
    assert only == DIRTY.replace("今年 我市", "今年我市").replace("严竣", "严峻")


# check


def test_check_finds_and_says_so(dirty: Path) -> None:
    result = call("check", dirty)
    assert result.exit_code == 1
    assert f"{dirty}:3:3: SPC101 [*] " in result.stdout
    assert "3 | 今年 我市引进外资万美元,形势严竣。" in result.stdout
    assert "found in 1 of 1 file" in result.stderr
    assert "\x1b" not in result.stdout + result.stderr


def test_check_of_a_clean_file(tmp_path: Path) -> None:
    path = tmp_path / "clean.txt"
    path.write_text("同志们：\n今年形势很好。\n", "utf-8")
    result = call("check", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Nothing found in 1 file.\n"


def test_check_jsonl_offsets_point_into_the_original(dirty: Path) -> None:
    result = call("check", "--output-format", "jsonl", dirty)
    values = [json.loads(line) for line in result.stdout.splitlines()]
    assert {"PUN101", "SPC101", "TYP101", "GAP102"} <= {
        code for value in values for code in value.get("codes", ())
    }
    for value in values:
        if value["type"] != "warning":
            start = value["start"]
            assert DIRTY[start : start + len(value["before"])] == value["before"]
            assert DIRTY[:start].count("\n") + 1 == value["line"]


def test_check_concise_and_statistics(dirty: Path) -> None:
    lines = call("check", "--output-format", "concise", "-q", dirty).stdout.splitlines()
    assert all(line.startswith(f"{dirty}:") for line in lines)
    table = call("check", "--statistics", "--select", "PUN", dirty)
    assert table.stdout.split()[:3] == ["3", "PUN101", "[*]"]
    value = json.loads(
        call("check", "--statistics", "--select", "PUN", "--output-format", "jsonl", dirty).stdout
    )
    assert (value["code"], value["count"], value["status"]) == ("PUN101", 3, "made")


# rule, config, and the rest


def test_rule_explains() -> None:
    text = call("rule", "SPC101").stdout
    assert re.search("\n    出口创汇65.3万美␣元；新增 +→ 出口创汇65.3万美元；新增\n", text)
    assert "李␣明 ✓" in text
    assert "Applicability: safe, made unasked" in text
    assert call("rule", "blank-between-han").stdout == text
    (value,) = json.loads(call("rule", "spc101", "--output-format", "json").stdout)
    assert {"before": "李 明", "after": "李 明"} in value["examples"]


def test_rule_all_knows_every_rule() -> None:
    from normtool.rule import RULES

    values = json.loads(call("rule", "--all", "--output-format", "json").stdout)
    assert [value["code"] for value in values] == list(RULES)
    for text in (call("rule").stdout, call("rule", "--all", "--output-format", "markdown").stdout):
        assert all(code in text for code in RULES)


def test_unknown_rule_names_the_nearest() -> None:
    result = call("rule", "SPC191")
    assert result.exit_code == 2
    assert "'SPC191'; did you mean SPC101 (blank-between-han)" in result.stderr


def test_config_tells_where_from(tmp_path: Path) -> None:
    (tmp_path / "normtool.toml").write_text('ignore = ["TYP"]\nscript = "tw"\n', "utf-8")
    result = call("config", "--select", "pun")
    assert result.exit_code == 0
    assert tomllib.loads(result.stdout) == {
        "select": ["PUN"], "ignore": ["TYP"], "extend-safe": [], "unsafe-fixes": False,
        "script": ["tw"], "quotes": "",
        "typos": {"files": [], "model": True, "backend": ""},
        "keep": [], "suffixes": [], "glossary": [], "plugins": [],
    }  # fmt: skip
    origins = {
        line.split(" = ")[0]: line.split("  # ")[1] for line in result.stdout.splitlines()[1:]
    }
    assert origins["select"] == "command line"
    assert origins["ignore"] == str(tmp_path / "normtool.toml")
    assert origins["unsafe-fixes"] == "default"
    assert tomllib.loads(call("config", "--isolated").stdout)["ignore"] == []


def test_pyproject_counts_if_it_speaks_of_normtool(tmp_path: Path, dirty: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.normtool]\nselect = ['SPC']\n", "utf-8")
    Path("pyproject.toml").write_text("[project]\nname = 'normtool-user'\n", "utf-8")
    assert call("clean", dirty).stdout == DIRTY.replace("今年 我市", "今年我市")
    assert call("clean", "--select", "ALL", dirty).stdout == CLEAN


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("selct = []", "unknown key 'selct'; did you mean select?"),
        ("extend_safe = []", "unknown key 'extend_safe'; did you mean extend-safe?"),
        ("unsafe-fixes = 'yes'", "unsafe-fixes must be true or false, not 'yes'"),
        ("ignore = [1]", "ignore must be a list of strings"),
        ("ignore = ['PUX']", "no rule begins with 'PUX'; did you mean PUN?"),
        ("script = ['taiwan']", "unknown script 'taiwan'"),
        ("select = [", "is not TOML"),
    ],
)
def test_mistakes_in_the_configuration(content: str, sentence: str, dirty: Path) -> None:
    Path("normtool.toml").write_text(content, "utf-8")
    result = call("clean", dirty)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "normtool.toml" in result.stderr
    assert result.stdout == ""
    assert call("clean", "--isolated", dirty).exit_code == 0


def test_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == normtool.__version__
    first, second = call("--version").stdout.splitlines()
    assert first == f"normtool {normtool.__version__}"
    assert second == "Inner loops: " + (
        f"Python, several times as slow ({absent})" if absent else "C"
    )


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["chekc", "a"], "No such command 'chekc'; did you mean check?"),
        (["clean"], "Missing argument 'FILES...'"),
        (["clean", "--diff", "-i", "a"], "exclude each other"),
        (["check", "--config", "nowhere.toml", "a"], "nowhere.toml: cannot be read"),
        (["check", "--select", "XYZ1", "a"], "--select: no rule begins with 'XYZ1'"),
        (["convert", "a", "-t", "docs"], "Unknown format 'docs'; did you mean docx?"),
        (["convert", "a", "-o", "a.pdf"], "Cannot tell the format from '.pdf'"),
        (["convert", "a", "--script", "twx"], "unknown script 'twx'"),
        (["convert", "a", "--script", "tw,twp", "-o", "x"], "tw and twp both give zh-Hant-TW"),
    ],
)
def test_usage_errors(args: list[str], sentence: str) -> None:
    result = call(*args)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_forgotten_command_is_guessed(dirty: Path) -> None:
    assert f"did you mean `normtool convert {dirty}`?" in call(dirty).stderr


# convert


@pytest.mark.parametrize("format", ["txt", "json", "tei", "docx"])
def test_convert_one_file_to_one_file(format: str, dirty: Path, tmp_path: Path) -> None:
    target = tmp_path / f"speech.{'xml' if format == 'tei' else format}"
    result = call("convert", dirty, "-o", target)
    assert result.exit_code == 0, result.stderr
    assert "统一思想" in words(target)
    assert "1 file written" in result.stderr
    assert result.stdout == ""


def words(path: Path) -> str:
    """The words in a file of any format, read by something that is not normtool."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            root = ElementTree.fromstring(package.read("word/document.xml"))
    elif path.suffix == ".xml":
        root = ElementTree.parse(path).getroot()
        assert root.tag == f"{TEI}TEI"
    elif path.suffix == ".json":
        return str(json.loads(path.read_text("utf-8"))["text"])
    else:
        return path.read_text("utf-8")
    return "".join(root.itertext())


def test_convert_everything_in_one_go(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    result = call(
        "convert", tree, "-o", out, "-t", "tei", "-t", "docx", "-t", "txt,json",
        "--script", "hans", "--script", "tw",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    stems = ("a.txt", "a.text", "2004/b", "2004/deep/a")
    assert files_below(out) == {
        f"{stem}{number}.{language}.{suffix}"
        for stem in stems
        for language in ("zh-Hans", "zh-Hant-TW")
        for number, suffix in (("", "docx"), ("", "txt"), ("", "json"), (".1", "xml"))
    }
    for path in filter(Path.is_file, out.rglob("*")):
        assert ("統一" if "Hant" in path.name else "统一") in words(path)
    assert "4 files, 4 speeches" in result.stderr
    assert "32 files written in " in result.stderr
    assert "4 gaps marked" in result.stderr


def test_two_files_of_one_name_from_two_folders(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("convert", tree / "a.txt", tree / "2004/deep/a.txt", "-t", "json", "-o", out)
    assert files_below(out) == {"in/a.json", "deep/a.json"}


def test_tei_twins_name_each_other(dirty: Path, tmp_path: Path) -> None:
    call("convert", dirty, "-o", tmp_path / "out", "-t", "tei", "--script", "hans,tw")
    simplified = (tmp_path / "out/a.1.zh-Hans.xml").read_text("utf-8")
    traditional = (tmp_path / "out/a.1.zh-Hant-TW.xml").read_text("utf-8")
    assert "a.1.zh-Hant-TW.xml" in simplified
    assert "a.1.zh-Hans.xml" in traditional


def test_convert_to_stdout(dirty: Path) -> None:
    value = json.loads(call("convert", "-t", "json", dirty).stdout)
    assert (value["original"], value["text"]) == (DIRTY, CLEAN)
    root = ElementTree.fromstring(run("convert", "-t", "tei", "-", data=DIRTY.encode()).stdout)
    assert root.tag == f"{TEI}TEI"
    package = run("convert", "-t", "docx", dirty).stdout
    assert package.startswith(b"PK")


def test_several_things_do_not_go_to_stdout_or_into_one_file(tree: Path, dirty: Path) -> None:
    for args, sentence in (
        ([tree, "-t", "txt"], "4 files cannot go to standard output"),
        ([dirty, "-t", "txt,json"], "2 formats cannot go to standard output"),
        ([dirty, "--script", "hans,tw"], "2 scripts cannot go to standard output"),
        ([tree, "-o", "all.docx"], "4 files cannot go into the one file all.docx"),
    ):
        result = call("convert", *args)
        assert result.exit_code == 2
        assert sentence in result.stderr
        assert "give a folder with -o" in result.stderr
        assert result.stdout == ""
    assert list(Path.cwd().iterdir()) == []


def test_saved_json_is_not_cleaned_again(dirty: Path, tmp_path: Path) -> None:
    saved = tmp_path / "a.json"
    call("convert", dirty, "-o", saved, "--ignore", "TYP,SPC")
    kept = json.loads(saved.read_text("utf-8"))["text"]
    assert "今年 我市" in kept
    assert call("convert", saved, "-t", "json").stdout == saved.read_text("utf-8")
    assert call("clean", saved).stdout == kept
    other = json.loads(call("convert", saved, "-t", "json", "--script", "tw").stdout)
    assert "今年 我市引進外資" in other["text"]


def test_output_never_overwrites_an_input(dirty: Path) -> None:
    for command in ("clean", "convert"):
        result = call(command, dirty, "-o", dirty.parent)
        assert result.exit_code == 2
        assert "would overwrite an input" in result.stderr
        assert call(command, dirty, "-o", dirty).exit_code == 2
        assert dirty.read_text("utf-8") == DIRTY


def test_output_folder_inside_the_input_is_not_read(tree: Path) -> None:
    for _ in range(2):
        result = call("convert", tree, "-t", "txt", "-o", tree / "out")
        assert "4 files, 4 speeches" in result.stderr
    assert len(files_below(tree / "out")) == 4


def test_output_folder_that_is_the_input(tree: Path) -> None:
    result = call("convert", tree, "-t", "json", "-o", tree)
    assert result.exit_code == 0
    assert "4 files written" in result.stderr
    assert (tree / "2004/b.json").is_file()


def test_output_that_cannot_be_written_fails_once(tree: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    result = call("convert", tree, "-o", blocked)
    assert result.exit_code == 2
    assert result.stderr.count("is a file; give a folder") == 1
    result = call("convert", tree / "a.txt", "-o", tmp_path / "nowhere" / "a.txt")
    assert result.exit_code == 2
    assert "does not exist; create it" in result.stderr


def test_warnings_reach_the_reader(tmp_path: Path) -> None:
    speech = tmp_path / "a.txt"
    speech.write_text(
        "在会议上的讲话\n同志们：\n下面我讲三个问题。\n一、提高认识\n要提高认识，统一思想。\n",
        "utf-8",
    )
    result = call("convert", speech, "-t", "txt")
    assert "speech 1 announces 三个问题, 1 is there" in result.stderr
    assert "announces" not in result.stdout
    assert call("convert", "-q", speech, "-t", "txt").stderr == ""
    assert "a.txt:1:1: announced-parts speech 1 announces" in call("check", speech).stdout
    assert call("check", "--select", "TYP", speech).exit_code == 0


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_file_names_that_are_not_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/" + "讲话.txt".encode("gb18030")
    with open(name, "wb") as stream:
        stream.write(DIRTY.encode("gb18030"))
    result = run("convert", tmp_path, "-o", tmp_path / "out", "-t", "tei", "--script", "hans,tw")
    assert result.returncode == 0, result.stderr
    assert files_below(tmp_path / "out") == {"讲话.1.zh-Hans.xml", "讲话.1.zh-Hant-TW.xml"}
    found = run("check", tmp_path / "cwd" / "..", "--output-format", "concise")
    assert "讲话.txt:3:3: SPC101" in found.stdout.decode("utf-8")


def test_check_of_saved_json_in_the_other_script(dirty: Path, tmp_path: Path) -> None:
    saved = tmp_path / "tw.json"
    call("convert", dirty, "-o", saved, "--script", "tw")
    before = call("check", dirty, "--statistics").stdout
    assert call("check", saved, "--statistics").stdout == before


# the same from Python


def test_functions_win_over_the_modules_of_their_name() -> None:
    import normtool.clean
    import normtool.read

    assert normtool.clean(DIRTY) == CLEAN
    with pytest.raises(normtool.Unreadable):
        normtool.read("nowhere.txt")


def test_every_public_name_is_there() -> None:
    for name in normtool.__all__:
        assert getattr(normtool, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'cleen'"):
        normtool.cleen  # noqa: B018


def test_convert_from_python(dirty: Path, tmp_path: Path) -> None:
    paths = normtool.convert(dirty, tmp_path / "out", ("txt", "tei"), ("hans", "tw"))
    assert [Path(path).name for path in paths] == [
        "a.zh-Hans.txt", "a.zh-Hant-TW.txt", "a.1.zh-Hans.xml", "a.1.zh-Hant-TW.xml",
    ]  # fmt: skip
    assert all("一" in words(Path(path)) for path in paths)
    with pytest.raises(ValueError, match="no format 'pdf'"):
        normtool.convert(dirty, tmp_path / "out", ("pdf",))


# what a start costs

HEAVY = {"lxml", "docx", "opencc", "dataclasses", "importlib.metadata", "asyncio"}


@pytest.mark.parametrize(
    "args", [["--help"], ["--version"], ["clean", "a.txt"], ["convert", "a.txt", "-o", "b.txt"]]
)
def test_nothing_heavy_is_imported(args: list[str], dirty: Path) -> None:
    program = (
        "import sys; before = set(sys.modules); from normtool.cli import main\n"
        f"assert not main({args!r}, standalone_mode=False)\n"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=dirty.parent, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.split("\n")[-2].split())
    assert "normtool.cli.program" in loaded
    # click needs some of them itself; they are not ours to save.
    clicks = subprocess.run(
        [sys.executable, "-c", "import sys, click; print(*sys.modules)"],
        capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    assert not (loaded & HEAVY) - set(clicks)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_colours_and_progress_only_on_a_terminal(tree: Path) -> None:
    def on_terminal(**environment: str) -> bytes:
        import pty

        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-c", SLOW, "check", str(tree), "--select", "SPC"],
            stdout=follower, stderr=follower, stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment},
        )  # fmt: skip
        os.close(follower)
        said = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:
                break
            if not piece:
                break
            said += piece
        process.wait(timeout=30)
        os.close(leader)
        return said

    said = on_terminal()
    assert b"\x1b[31mSPC101" in said
    assert b"/4 files" in said
    assert b"\x1b[31m" not in on_terminal(NO_COLOR="1")


#: The program without its patience.
SLOW = """
import normtool.cli.progress as progress
progress._PATIENCE = progress._EVERY = 0
from normtool.cli import main
main()
"""


# bad files


def test_one_bad_file_never_stops_the_others(tree: Path, tmp_path: Path) -> None:
    (tree / "empty.txt").write_bytes(b"")
    (tree / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (tree / "cut.txt").write_bytes(DIRTY.encode("gb18030")[:-4] + b"\xc2")
    out = tmp_path / "out"
    result = call("clean", tree, tmp_path / "missing.txt", "-o", out)
    assert result.exit_code == 2
    assert {"a.txt", "a.text", "2004/b.txt", "2004/deep/a.txt"} <= files_below(out)
    errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    for name in ("empty.txt", "photo.txt", "missing.txt"):
        assert any(name in line for line in errors), name
    assert "Traceback" not in result.stderr
    assert "this is a bug" not in result.stderr


def test_error_of_the_program_is_a_sentence(
    dirty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "b.txt"
    other.write_text(DIRTY, "utf-8")
    sound = normtool.clean_document

    def broken(document: normtool.Document, settings: normtool.Settings) -> normtool.Document:
        if document.name.endswith("a.txt"):
            raise RuntimeError("two rules quarrel")
        return sound(document, settings)

    monkeypatch.setattr("normtool.cli.clean.clean_document", broken)
    out = tmp_path / "out"
    result = call("clean", dirty, other, "-o", out)
    assert result.exit_code == 2
    assert f"error: {dirty}: could not be done (RuntimeError: two rules quarrel)" in result.stderr
    assert files_below(out) == {"b.txt"}
    assert isinstance(call("clean", "--debug", dirty).exception, RuntimeError)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folder_without_permission(tree: Path, tmp_path: Path) -> None:
    locked = tree / "2004" / "deep"
    locked.chmod(0)
    try:
        result = call("clean", tree, "-o", tmp_path / "out")
    finally:
        locked.chmod(0o755)
    assert result.exit_code == 2
    assert "permission denied" in result.stderr
    assert "2004/b.txt" in files_below(tmp_path / "out")


def test_broken_pipe_is_quiet(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_text(DIRTY * 3000, "utf-8")
    command = f'"{sys.executable}" -m normtool check --output-format concise "{big}" | head -1'
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"], capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""
    assert done.returncode == 141


def test_interrupt_leaves_nothing_half_written(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(400):
        (source / f"{number:03}.txt").write_text(DIRTY * 40, "utf-8")
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "normtool", "clean", str(source), "-o", str(out)],
        stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    until = time.monotonic() + 30
    while not (out.is_dir() and any(out.glob("*.txt"))) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in said
    written = [path for path in out.iterdir() if path.name != ".normtool-manifest.jsonl"]
    assert 0 < len(written) < 400
    whole = len(CLEAN.encode("utf-8")) * 20
    assert all(path.suffix == ".txt" and path.stat().st_size > whole for path in written)


def test_a_process_of_its_own_ends_with_its_code_and_all_its_output(tmp_path: Path) -> None:
    # run() leaves without taking Python down: nothing written may be lost by that.
    long = tmp_path / "long.txt"
    long.write_text(CLEAN * 3000, "utf-8")
    result = run("clean", long)
    assert result.returncode == 0
    assert result.stdout.decode("utf-8") == CLEAN * 3000
    assert run("check", long, "--select", "PUN101").returncode == 0
    assert run("convert", tmp_path / "none.txt").returncode == 2
    assert b"no such file" in run("convert", tmp_path / "none.txt").stderr


@pytest.mark.parametrize(
    ("content", "ours"),
    [
        ("[tool.normtool]\nselect = ['SPC']", True),
        ('[ "tool" . "normtool" ]\nselect = ["SPC"]', True),
        ("[tool]\nnormtool = {select = ['SPC']}", True),
        ("tool.normtool.select = ['SPC']", True),
        ("tool = {normtool = {select = ['SPC']}}", True),
        ("[tool.normtool.rules.QLT134]\nwords = 100000", True),
        ("[project]\nname = 'normtool'\n[tool.ruff]\nline-length = 100", False),
        ("[project.scripts]\nnormtool = 'normtool.cli:run'\n[tool]\nother = 1", False),
    ],
)
def test_table_in_pyproject_is_seen_however_it_is_written(
    content: str, ours: bool, tmp_path: Path
) -> None:
    from normtool.config import _nearest

    (tmp_path / "pyproject.toml").write_text(content, "utf-8")
    found = _nearest(str(tmp_path))
    assert (found == tmp_path / "pyproject.toml") is ours
