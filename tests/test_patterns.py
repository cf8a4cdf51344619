"""Compiled patterns are kept between runs, and are what ``re.compile`` makes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import normtool.rules  # noqa: F401
from normtool.patterns import _parsed, assembled, compiled, later
from normtool.rule import RULES

PATTERNS = [
    ("a+b|(?P<x>c)(?P=x)", 0),
    ("^[一-鿿]+$", re.M),
    ("(?i)straße", 0),
    ("", 0),
    ("(?P<edit>(?:a|b){2,3}+)(?(edit)c|d)", re.S | re.X),
]
TEXT = "aab\n中国 cc\nSTRASSE straße\nababc"


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_same_as_re_compile(pattern: str, flags: int) -> None:
    made = _parsed(pattern, flags)
    assert made is not None
    ours, theirs = assembled(pattern, made), re.compile(pattern, flags)
    assert (ours.flags, ours.groups, dict(ours.groupindex)) == (
        theirs.flags, theirs.groups, dict(theirs.groupindex),
    )  # fmt: skip
    assert [m.span() for m in ours.finditer(TEXT)] == [m.span() for m in theirs.finditer(TEXT)]
    assert compiled(pattern, flags).pattern == pattern


def test_every_rule_is_compiled_to_the_same() -> None:
    text = "\n".join(example.before for rule in RULES.values() for example in rule.examples)[:20000]
    for rule in RULES.values():
        if rule.pattern is None:
            continue
        theirs = re.compile(rule.pattern.pattern, rule.pattern.flags)
        places = [m.span() for m in theirs.finditer(text)]
        assert [m.span() for m in rule.pattern.finditer(text)] == places, rule.code


def test_wrong_pattern_is_an_error_when_it_is_used() -> None:
    wrong = later("(a")
    with pytest.raises(re.error):
        wrong.match("a")


def run(folder: Path, **environment: str) -> str:
    """Copy the module into a package of its own, use it in a new process, say what it did."""
    source = Path(compiled.__code__.co_filename)
    package = folder / "normtool"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").touch()
    (package / "native.py").write_text("native = None", "utf-8")
    for name in ("patterns.py", "version.py", "kept.py"):
        (package / name).write_bytes((source.parent / name).read_bytes())
    program = (
        "import re, normtool.patterns as p\n"
        "made = []\n"
        "parsed = p._parsed\n"
        "p._parsed = lambda *key: made.append(key) or parsed(*key)\n"
        "assert p.later('a(b)').match('ab')[1] == 'b'\n"
        "print(len(made))"
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    clean["XDG_CACHE_HOME"] = str(folder / "cache")
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**clean, **environment, "PYTHONPATH": str(folder)},
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_second_run_compiles_nothing(tmp_path: Path) -> None:
    assert run(tmp_path) == "1"
    assert run(tmp_path) == "0"
    (kept,) = tmp_path.glob("normtool/__pycache__/patterns-*.bin")
    kept.write_bytes(b"broken")
    assert run(tmp_path) == "1", "a broken file is made anew"
    assert run(tmp_path) == "0"


def test_where_python_writes_nothing_the_users_cache_has_it(tmp_path: Path) -> None:
    assert run(tmp_path, PYTHONDONTWRITEBYTECODE="1") == "1"
    assert not list(tmp_path.glob("normtool/__pycache__/*"))
    (kept,) = tmp_path.glob("cache/normtool/*/patterns-*.bin")
    assert run(tmp_path, PYTHONDONTWRITEBYTECODE="1") == "0"
    shutil.rmtree(kept.parent)
    kept.parent.touch()
    assert run(tmp_path, PYTHONDONTWRITEBYTECODE="1") == "1", "what cannot be kept is no error"
