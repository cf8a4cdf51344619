"""The loops in C do what their twins in Python do, and refuse what they cannot take."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from array import array
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import normtool.edits.layer
from normtool.chinese import only
from normtool.edits import Layer
from normtool.native import absent, native
from normtool.native.sources import number_of
from normtool.patterns import _codes_of

ROOT = Path(__file__).parent.parent
built = pytest.mark.skipif(native is None, reason="the loops in C were not built")

#: One, two and four bytes a character, and what no encoding can hold.
TEXTS = st.text(alphabet="ab,é同志，\n𠀀\U00030000\ud800", max_size=30)


def test_they_were_built() -> None:
    """Where there is a compiler, an installation has them: nobody is to lose them unawares."""
    header = Path(sysconfig.get_paths()["include"]) / "Python.h"
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None or not header.exists():
        pytest.skip("no compiler, or no headers of Python")
    if os.environ.get("NORMTOOL_NATIVE") == "0":
        pytest.skip("switched off by NORMTOOL_NATIVE=0")
    assert native is not None, absent


def test_every_file_of_them_is_listed() -> None:
    """An archive of the sources has the files that pyproject.toml names, and no others."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (module,) = project["tool"]["setuptools"]["ext-modules"]
    files = (ROOT / "normtool/native").iterdir()
    there = {path.relative_to(ROOT).as_posix() for path in files if path.suffix in {".c", ".h"}}
    assert there == {*module["sources"], *module["depends"]} - {"pyproject.toml"}
    assert module["optional"] is True


def loads(checkout: Path) -> tuple[str, str]:
    """What a checkout says of its module, and what it warns of."""
    program = "from normtool.native import absent, native; print(native and native.sources, absent)"
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", program],
        cwd=checkout, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


@built
def test_a_module_of_other_c_files_is_not_used(tmp_path: Path) -> None:
    """After ``git pull`` in a checkout: Python may ask for what the module does not have."""
    package = tmp_path / "normtool"
    shutil.copytree(ROOT / "normtool/native", package / "native")
    (package / "__init__.py").touch()
    (tmp_path / "pyproject.toml").touch()
    number = number_of(str(package / "native"))
    assert loads(tmp_path) == (f"{number} \n", "")
    numbers = {number}
    for path in [*(package / "native").glob("*.[ch]")]:
        path.write_text(path.read_text("utf-8") + "\n/* changed */\n", "utf-8")
        numbers.add(number_of(str(package / "native")))
        if len(numbers) == 2:
            said, warned = loads(tmp_path)
            assert said.startswith("None built of other C files")
            assert "ImportWarning" in warned
            assert "pip install -e ." in warned
    assert len(numbers) == 1 + len([*(package / "native").glob("*.[ch]")])
    # An installed package is never half new: its files came together.
    (tmp_path / "pyproject.toml").unlink()
    assert loads(tmp_path) == (f"{number} \n", "")


@built
def test_one_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    package = tmp_path / "normtool"
    shutil.copytree(ROOT / "normtool/native", package / "native")
    (package / "__init__.py").touch()
    (library,) = package.glob(f"native/built{sysconfig.get_config_var('EXT_SUFFIX')}")
    library.write_bytes(b"of another machine")
    assert loads(tmp_path)[0].startswith("None cannot be loaded: ")
    library.unlink()
    assert loads(tmp_path) == ("None not built\n", "")
    (tmp_path / "pyproject.toml").touch()
    assert loads(tmp_path) == ("None not built; `pip install -e .` builds it\n", "")


@st.composite
def layers(draw, text=None):
    """A text and sound edits of it, none touching another."""
    text = draw(TEXTS) if text is None else text
    layer = Layer([], [], [], [])
    place = draw(st.integers(0, 3))
    while place <= len(text):
        before = text[place : place + draw(st.integers(0, 3))]
        after = draw(st.text(alphabet="a，é𠀀", max_size=3))
        if before != after:
            layer.starts.append(place)
            layer.befores.append(before)
            layer.afters.append(after)
            layer.whys.append((("XXX100",), len(layer.starts) % 3 + 1, 3, "error", before[:1]))
        place += len(before) + draw(st.integers(1, 6))
    return text, layer


@built
@given(layers(), st.data())
@settings(max_examples=300, deadline=None)
def test_layers(made, data) -> None:
    text, layer = made
    middle = layer.apply(text)
    _, second = data.draw(layers(middle))
    offers = data.draw(layers(middle))[1].edits()
    at_last = second.apply(middle)

    def answers():
        return (
            layer.places(),
            layer.then(second).columns(),
            layer.rebase(offers),
            layer.longer(2),
            layer.accounts_for(text, middle),
            layer.accounts_for(text, at_last),
        )

    in_c = answers()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(normtool.edits.layer, "native", None)
        assert layer.apply(text) == middle
        assert second.apply(middle) == at_last
        in_python = answers()
    assert in_c == in_python
    assert layer.accounts_for(text, middle)
    assert layer.then(second).apply(text) == at_last


@built
@given(TEXTS, st.sampled_from([",，", "ab", "，,é同", "𠀀a"]))
def test_exchange(text, pairs) -> None:
    match = re.compile("[,，é𠀀](?<=[同志b].)|a").match
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    places = [n for n, char in enumerate(text) if char in table and match(text, n)]
    starts, befores, afters, made = native.exchange(text, match, pairs)
    assert starts == places
    assert befores == [text[n] for n in places]
    assert afters == [table[text[n]] for n in places]
    assert made == "".join(table[c] if n in places else c for n, c in enumerate(text))


@built
@given(TEXTS, st.text(alphabet="ab,é同志，]-^\n𠀀\U00030000\ud800", min_size=1, max_size=8))
def test_only(text, characters) -> None:
    kept = "".join(char for char in text if char in characters)
    assert native.only(text, characters) == kept
    with patch("normtool.chinese.native", None):
        assert only(text, characters) == kept


@built
def test_a_text_is_as_narrow_as_it_can_be() -> None:
    """Or it would not equal the same text made elsewhere."""
    for text, before, after in (("a𠀀b", "𠀀", ""), ("a同b", "同", "x"), ("aéb", "é", "")):
        made = native.apply(text, [1], [before], [after])
        assert made == f"a{after}b"
        assert hash(made) == hash(f"a{after}b")


AUTOMATON = (["同志", "志们", "𠀀"], 2, [0, 1, 2, 3], [0, 0, 1, 1, 1, 0], b"\0\1\2", [233, 240, 1])


def automaton(strings, rules, first, owners, signs, ranges, pairs=",，"):
    from array import array

    first, owners, ranges = (array("i", each).tobytes() for each in (first, owners, ranges))
    return native.Automaton(strings, rules, first, owners, signs, ranges, pairs)


@built
def test_scan_by_hand() -> None:
    rest = "的" * 60  # few characters are rare in it
    scan = native.Scan(automaton(*AUTOMATON), "同志们𠀀é同志" + rest)
    assert scan.signs() is None  # nobody has looked
    assert scan.starts(0) == [0, 5]
    assert scan.starts(1) == [0, 3, 4]  # one behind its start, an astral one, a rare one
    assert scan.signs() == [1, 3]
    assert not scan.dense
    after = scan.after("同们𠀀é同志志们" + rest, [1, 7], ["志", ""], ["", "志们"])
    assert after.signs() is not None
    assert after.starts(0) == [4]
    assert after.starts(1) == [2, 3, 5]
    assert _looked("é" * 60).dense


@built
@pytest.mark.parametrize(
    "call",
    [
        lambda: native.apply("同志", [1], ["志们"], [""]),
        lambda: native.apply("同志", [1, 0], ["", ""], ["一", "二"]),
        lambda: native.apply("同志", [1], ["志"], []),
        lambda: native.apply("同志", ["1"], ["志"], [""]),
        lambda: native.apply("同志", [1], [b"x"], [""]),
        lambda: native.apply("同志", [1 << 70], ["志"], [""]),
        lambda: native.apply("同志", [-1], ["志"], [""]),
        lambda: native.apply("同志", (1,), ["志"], [""]),
        lambda: native.places([1], ["志"], None),
        lambda: native.accounts("同", 1, [], [], []),
        lambda: native.then(([], [], [], []), ([], [], []), None),
        lambda: native.then(([0], ["a"], ["b"], [()]), ([0], ["b"], ["c"], [()]), None),
        lambda: native.settled("同", [(0, -2, 0, "", ())], [], [], [], 0, None, max),
        lambda: native.settled("同", [(1, 0, 0, "", ())], [], [], [], 0, None, max),
        lambda: native.settled("同", [(0, -1, 0, None, ())], [], [], [], 0, None, max),
        lambda: native.settled("同", [()], [], [], [], 0, None, max),
        lambda: native.settled("同", [], [0], ["同"], [], 0, None, max),
        lambda: native.longer(["a"], [], 0),
        lambda: native.sides(0, [0], ["a"], ["b"], 0, 2, 0, "a", "b"),
        lambda: native.sides(0, [0], ["a"], [b"b"], 0, 1, 0, "a", "b"),
        lambda: native.sides(1, [0], ["a"], ["b"], 0, 1, 1, "a", "b"),
        lambda: native.sides(0, [1, 0], ["a", "a"], ["b", "b"], 0, 2, 0, "a", "b"),
        lambda: native.exchange("同,", None, ",，"),
        lambda: native.exchange("同", None, ",，" * 100),
        lambda: native.Automaton(["同"], 1, b"", b"", b"\0", b"", ""),
        lambda: automaton(["同", "同"], 1, [0, 0, 0], [], b"\0\0", []),
        lambda: automaton([""], 1, [0, 0], [], b"\0", []),
        lambda: automaton(["同"], 1, [0, 1], [1, 0], b"\0", []),
        lambda: automaton(["同"], 1, [0, 2], [0, 0], b"\0", []),
        lambda: automaton(["同"], 1, [0, 0], [], b"\0", [0, 0x110000, 0]),
        lambda: automaton(["同"], 1, [0, 0], [], b"\0", [0, 9, 1]),
        lambda: native.only("同"),
        lambda: native.only("同", b"x"),
        lambda: native.Scan("同", "同"),
        lambda: native.Scan(automaton(*AUTOMATON), b"x"),
        lambda: native.Scan(automaton(*AUTOMATON), "同").starts(2),
        lambda: native.Scan(automaton(*AUTOMATON), "同").found(((),), None),
        lambda: native.Scan(automaton(*AUTOMATON), "同").found([], None),
        lambda: _looked("同志" * 50).after("同" * 60, [1], ["志"], ["们"]),
        lambda: _looked("同志" * 50).after("同志" * 49 + "同们", [99], ["志志"], ["们"]),
        lambda: _looked("同志" * 50).after("同志" * 50, [1, 1], ["志", "志"], ["志", "志"]),
        lambda: _looked("同志" * 50).after("同志" * 50, [-1], ["志"], ["们"]),
    ],
)
def test_what_does_not_fit_is_refused(call) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError)):
        call()


def _looked(text: str):
    scan = native.Scan(automaton(*AUTOMATON), text)
    scan.starts(0)
    return scan


@built
def test_without_them_the_files_are_the_same(tmp_path: Path) -> None:
    samples = sorted((ROOT / "samples").glob("*.txt"))[:6]
    made = []
    for switch in ("1", "0"):
        folder = tmp_path / switch
        command = [sys.executable, "-m", "normtool", "convert", *map(str, samples), "-o"]
        formats = ["-t", "txt", "-t", "tei", "-t", "json", "--script", "tw", "--no-typo-model"]
        environment = {**os.environ, "NORMTOOL_NATIVE": switch, "PYTHONPATH": str(ROOT)}
        subprocess.run(
            [*command, str(folder), *formats], env=environment, cwd=ROOT, check=True,
            capture_output=True,
        )  # fmt: skip
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(made[0]) > 12
    assert made[0] == made[1]


@built
@given(st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 600)))
def test_codes_of_patterns(numbers):
    code = array("I", numbers).tobytes()
    assert native.codes(code) == _codes_of(code) == numbers


@built
@pytest.mark.parametrize("wrong", [b"abc", bytearray(4), "abcd", None])
def test_codes_of_patterns_are_bytes(wrong):
    with pytest.raises((TypeError, ValueError)):
        native.codes(wrong)
