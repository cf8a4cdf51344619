"""The package in a zip file on ``sys.path``, as ``spark-submit --py-files`` has it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from normtool.shipped import open_shipped

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "normtool"
SAMPLE = ROOT / "samples" / "masked.txt"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``pip wheel`` makes of the project."""
    place = tmp_path_factory.mktemp("wheel")
    source = place / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "normtool"):
        (source / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(place)]
    done = subprocess.run([*command, str(source)], capture_output=True, text=True)
    if done.returncode and "setuptools" in done.stderr:
        pytest.skip("pip could not fetch setuptools to build a wheel")
    assert done.returncode == 0, done.stderr
    return next(place.glob("*.whl"))


def run(wheel: Path | None, *args: str | Path) -> subprocess.CompletedProcess[bytes]:
    """The program out of the wheel, or out of the folder."""
    environment = {**os.environ, "PYTHONPATH": str(wheel or ROOT)}
    command = [sys.executable, "-m", "normtool", *map(str, args)]
    # Nowhere near the source: the folder that one is in comes first.
    return subprocess.run(command, env=environment, cwd="/", capture_output=True)


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    ours = {path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*") if path.is_file()}
    assert {name for name in ours - inside if "__pycache__" not in name} == set()


@pytest.mark.parametrize(
    "options",
    [
        ("-t", "txt", "-t", "docx", "-t", "json"),
        ("-t", "tei", "-t", "txt", "--script", "tw"),
    ],
    ids=" ".join,
)
def test_converts_as_an_installed_one(
    wheel: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    for place, where in (("zip", wheel), ("folder", None)):
        done = run(where, "convert", SAMPLE, *options, "-o", tmp_path / place)
        assert done.returncode == 0, done.stderr.decode()
    names = sorted(path.name for path in (tmp_path / "folder").iterdir())
    assert len(names) >= 2
    assert names == sorted(path.name for path in (tmp_path / "zip").iterdir())
    for name in names:
        one, other = ((tmp_path / place / name).read_bytes() for place in ("zip", "folder"))
        assert one == other, name


def test_validates_and_resumes(wheel: Path, tmp_path: Path) -> None:
    made = tmp_path / "out"
    convert = ("convert", SAMPLE, "-t", "tei", "-o", made, "--resume", "-j2")
    assert run(wheel, *convert).returncode == 0
    assert run(wheel, "validate", made).stderr.startswith(b"1 file valid")
    assert b"1 file left alone" in run(wheel, *convert).stderr


def test_a_file_that_is_not_there_is_told_so() -> None:
    with pytest.raises(FileNotFoundError):
        open_shipped("rules/data/none.tsv")
