"""Byte code kept in one file: the modules are those that Python itself would load."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

PACKAGE = Path(__file__).parent.parent / "normtool"
MODULES = ("bytecode", "kept", "version")
#: What is asked of a module: who loaded it, and all that a module says of itself.
ASK = """
import pathlib
def text_of(module):
    return pathlib.Path(module.__file__).read_text()
from normtool.bytecode import keep_bytecode
keep_bytecode()
import normtool.inner.first as first, normtool.inner as inner, normtool.second as second
for module in first, inner, second:
    spec = module.__spec__
    print(type(spec.loader).__name__, module.WORD, module.__name__, module.__package__,
          module.__file__, module.__cached__, spec.origin, spec.has_location,
          getattr(module, "__path__", None), spec.loader.is_package(spec.name),
          spec.loader.get_source(spec.name) == text_of(module), sep="|")
"""


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A package of the name of ours, with what keeps byte code and three modules."""
    top = tmp_path / "normtool"
    (top / "inner").mkdir(parents=True)
    (top / "__init__.py").touch()
    for name in MODULES:
        shutil.copy(PACKAGE / f"{name}.py", top)
    for name in ("inner/first", "inner/__init__", "second"):
        write(top / f"{name}.py", "as it was")
    return top


def write(path: Path, word: str) -> None:
    """A module, changed long ago: what was changed in this second Python does not tell apart."""
    path.write_text(f"WORD = {word!r}\n\ndef fail():\n    raise ValueError(WORD)\n", "utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000 + len(word)))


def run(top: Path, program: str = ASK, **more: str) -> list[list[str]]:
    """What a program prints that has the package on its path; byte code is written."""
    done = ran(top, program, **more)
    assert not done.returncode, done.stderr
    assert not done.stderr
    return [line.split("|") for line in done.stdout.splitlines()]


def ran(top: Path, program: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The process that ran the program."""
    environment = {**os.environ, "PYTHONPATH": str(top.parent), **more}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=top.parent, env=environment, capture_output=True, text=True,
    )  # fmt: skip


def loaders(lines: list[list[str]]) -> list[str]:
    """Who loaded the modules."""
    return [line[0] for line in lines]


def test_what_is_kept_is_what_python_loads(top: Path) -> None:
    first, second = run(top), run(top)
    assert loaders(first) == ["SourceFileLoader"] * 3
    assert loaders(second) == ["_Loader"] * 3
    assert [line[1:] for line in first] == [line[1:] for line in second]


def test_a_changed_module_is_loaded_anew_and_kept(top: Path) -> None:
    run(top)
    write(top / "second.py", "changed")
    for expected in (["_Loader", "_Loader", "SourceFileLoader"], ["_Loader"] * 3):
        lines = run(top)
        assert loaders(lines) == expected
        assert [line[1] for line in lines] == ["as it was", "as it was", "changed"]


def test_a_module_that_is_gone_is_not_loaded(top: Path) -> None:
    run(top)
    (top / "second.py").unlink()
    with pytest.raises(AssertionError, match=r"No module named .normtool.second"):
        run(top)


def test_a_traceback_shows_the_source(top: Path) -> None:
    run(top)
    done = ran(top, ASK + "second.fail()")
    assert "_Loader|as it was|normtool.second" in done.stdout
    assert f'"{top / "second.py"}", line 4, in fail\n    raise ValueError(WORD)' in done.stderr


@pytest.mark.parametrize("what", [b"", b"\0" * 40, b"x" * 3000])
def test_a_broken_file_is_written_again(top: Path, what: bytes) -> None:
    run(top)
    (path,) = (top / "__pycache__").glob("bytecode-*.bin")
    whole = path.read_bytes()
    path.write_bytes(what)
    assert loaders(run(top)) == ["SourceFileLoader"] * 3
    assert loaders(run(top)) == ["_Loader"] * 3
    assert len(path.read_bytes()) == len(whole)


def test_a_moved_package_keeps_its_own(top: Path) -> None:
    run(top)
    moved = top.parent / "elsewhere" / "normtool"
    shutil.copytree(top, moved, copy_function=shutil.copy2)
    lines = run(moved)
    assert loaders(lines) == ["SourceFileLoader"] * 3
    assert all(str(moved) in line[4] for line in run(moved))


def test_nothing_is_kept_of_byte_code_that_no_time_belongs_to(top: Path) -> None:
    mode = PycInvalidationMode.UNCHECKED_HASH
    assert compileall.compile_dir(top, quiet=2, invalidation_mode=mode)
    for _ in range(2):
        assert loaders(run(top)) == ["SourceFileLoader"] * 3
    assert not list((top / "__pycache__").glob("bytecode-*.bin"))


def test_out_of_an_archive_nothing_is_kept(top: Path) -> None:
    archive = shutil.make_archive(str(top.parent / "packed"), "zip", top.parent, "normtool")
    shutil.rmtree(top)
    asked = ASK.replace("== text_of(module)", "== 0")
    assert loaders(run(top, asked, PYTHONPATH=archive)) == ["zipimporter"] * 3
