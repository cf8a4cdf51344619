"""What a start loads, by name: a module that slips in costs every run, and nobody sees it.

Times are measured by ``tests/benchmarks/start.py``; here they would only say how busy the
machine is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from normtool.native import native

ROOT = Path(__file__).parent.parent
TEXT = "各位代表:\n　　现在,我代表市人民政府,向大会报告工作。全市生产总值增长8.1%。\n"

#: Each costs a millisecond or more, and a page of text needs none of them.
COSTLY = {
    "ast", "asyncio", "concurrent.futures", "copy", "csv", "dataclasses", "datetime", "difflib",
    "docx", "email", "fractions", "hashlib", "html", "http", "importlib.metadata",
    "importlib.resources", "inspect", "json", "logging", "lxml", "lxml.etree",
    "multiprocessing", "numpy", "opencc", "pathlib", "pickle", "random", "shutil", "socket",
    "ssl", "statistics", "subprocess", "tempfile", "tomllib", "trafilatura", "typing_extensions",
    "unittest", "urllib.parse", "uuid", "xml", "zipfile",
}  # fmt: skip
#: What convert to text loads of ours, package by package; rules, scan and so on as a whole.
OF_TEXT = {
    "chinese", "clean", "cli", "config", "decode", "document", "edition", "edits", "export",
    "extensions", "files", "kept", "memory", "native", "notation", "numbering", "origin", "page",
    "patterns", "pipeline", "pool", "proposals", "read", "records", "report", "rule",
    "rule_options", "rules", "scan", "shipped", "signatures", "stage", "structure", "triggers",
    "variants", "version", "word",
}  # fmt: skip


def loaded(folder: Path, *args: str) -> set[str]:
    """The modules that a command loads, less those of click."""
    program = (
        "import sys, click; before = set(sys.modules); from normtool.cli import main\n"
        f"assert not main({list(args)!r}, standalone_mode=False)\n"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split("\n")[-2].split())


def ours(modules: set[str]) -> set[str]:
    """The names directly below the package."""
    return {name.split(".")[1] for name in modules if name.startswith("normtool.")}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page of text."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 20, "utf-8")
    return path


def convert(page: Path, *options: str) -> set[str]:
    """What a conversion of the page loads."""
    modules = loaded(page.parent, "convert", "a.txt", "-o", "b.out", "-q", *options)
    assert (page.parent / "b.out").stat().st_size
    return modules


def test_help_loads_the_program_only(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "--help")
    assert {name for name in modules if name.startswith("normtool")} == {
        "normtool", "normtool.cli", "normtool.cli.command", "normtool.cli.program",
        "normtool.cli.streams", "normtool.version",
    }  # fmt: skip
    assert modules & COSTLY <= {"shutil"}, "click asks it for the width of the terminal"


def test_text_loads_nothing_costly(page: Path) -> None:
    modules = convert(page, "-t", "txt", "--no-typo-model")
    assert not modules & COSTLY
    assert ours(modules) == OF_TEXT
    formats = {name for name in modules if name.startswith("normtool.export.")}
    assert formats == {"normtool.export.blocks", "normtool.export.text"}


@pytest.mark.parametrize(
    ("format", "needed"),
    [
        ("docx", {"copy", "pathlib", "shutil", "urllib.parse", "zipfile"}),
        ("tei", {"json"}),
        ("html", {"html", "json", "urllib.parse"}),
        ("json", {"json"}),
    ],
)
def test_other_formats_load_what_they_need(page: Path, format: str, needed: set[str]) -> None:
    modules = convert(page, "-t", format, "--no-typo-model")
    assert modules & COSTLY <= needed
    if format != "html":  # for the marks of a region
        assert "script" not in ours(modules)


def test_other_script_asks_no_library_twice(page: Path) -> None:
    convert(page, "-t", "txt", "--no-typo-model", "--script", "tw")
    modules = convert(page, "-t", "txt", "--no-typo-model", "--script", "tw")
    assert modules & COSTLY <= {"json", "opencc"}


@pytest.mark.skipif(native is None, reason="nothing was built")
def test_typo_model_loads_nothing_costly(page: Path) -> None:
    convert(page, "-t", "txt")  # unpacks it, once on a machine
    modules = convert(page, "-t", "txt")
    assert not modules & COSTLY
    assert ours(modules) == {*OF_TEXT, "typos"}


def test_typo_model_in_python_loads_numpy_and_no_more(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NORMTOOL_NATIVE", "0")
    modules = convert(page, "-t", "txt")
    assert "numpy" in modules
    assert not modules & {"docx", "lxml", "opencc", "numpy.random", "numpy.ma", "numpy.fft"}
    assert ours(modules) == {*OF_TEXT, "typos"}
