"""What is kept between runs: where it lies, and that it is what would be made anew."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from normtool import kept
from normtool.native import native
from normtool.shipped import open_shipped
from normtool.typos import arrays as unpacking

#: How the arrays can be unpacked here.
IN_C = [False] if native is None else [False, True]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of our own, in use because Python writes no byte code."""
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return tmp_path


def test_it_lies_beside_the_byte_code_or_in_the_users_cache(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Path(kept.path_of("x.bin")).is_relative_to(cache / "normtool")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    beside = kept.path_of("x.bin")
    assert Path(beside).parent.name == "__pycache__"
    monkeypatch.setattr(os, "access", lambda *asked: False)  # another user's
    assert Path(kept.path_of("x.bin")).is_relative_to(cache / "normtool")


def test_installations_have_their_own(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = kept.path_of("x.bin")
    monkeypatch.setattr(kept, "_TOP", str(cache))
    assert kept.path_of("x.bin") != ours
    monkeypatch.setattr(kept, "_TOP", str(cache / "normtool.whl" / "normtool"))
    assert kept.path_of("x.bin") == ""


def test_relative_or_no_cache_folder_is_no_place(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", str(cache))
    if os.name == "posix":
        assert Path(kept.path_of("x.bin")).is_relative_to(cache)
        monkeypatch.setenv("HOME", "there")
        assert kept.path_of("x.bin") == ""


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    def broken() -> object:
        yield b"half"
        raise ValueError

    kept.keep(str(tmp_path / "a" / "x.bin"), broken())  # type: ignore[arg-type]
    assert not list((tmp_path / "a").glob("x*"))
    kept.keep(str(tmp_path / "a" / "x.bin"), [b"who", memoryview(b"le")])
    assert (tmp_path / "a" / "x.bin").read_bytes() == b"whole"
    kept.keep("", [b"nowhere"])


@pytest.mark.parametrize("in_c", IN_C)
def test_model_that_was_kept_is_the_one_that_ships(
    cache: Path, monkeypatch: pytest.MonkeyPatch, in_c: bool
) -> None:
    with open_shipped("typos/data/model.npz") as stream:
        shipped = unpacking.unpacked(stream, in_c)
    made = []
    monkeypatch.setattr(
        unpacking, "unpacked", lambda stream, _: made.append(stream) or dict(shipped)
    )
    assert unpacking.arrays(in_c=in_c).keys() == shipped.keys()
    mapped = unpacking.arrays(in_c=in_c)
    assert len(made) == 1, "the second time it is only mapped"
    assert mapped.keys() == shipped.keys()
    for name, array in shipped.items():
        assert mapped[name] == array, "of the same type, shape and values"
        assert np.asarray(mapped[name]).flags.aligned
        assert mapped[name].readonly
    (file,) = cache.rglob("typos-model*.bin")
    whole = file.read_bytes()
    for wrong in (b"", b"broken", whole[:-1], whole[:3000], b"\0" * len(whole)):
        file.unlink()  # it is mapped: a new file, as ``keep`` makes one
        file.write_bytes(wrong)
        made.clear()
        assert unpacking.arrays(in_c=in_c) == shipped
        assert len(made) == 1, "what is broken is made anew"
        assert file.read_bytes() == whole


@pytest.mark.parametrize("in_c", IN_C)
def test_arrays_are_what_numpy_reads(cache: Path, in_c: bool) -> None:
    for name in ("model", "careless"):
        with open_shipped(f"typos/data/{name}.npz") as stream, np.load(stream) as file:
            found = unpacking.arrays(name, in_c)
            both = found.keys() & set(file.files) - {"pair_levels"}
            assert set(file.files) - both <= {"pair_gaps", "pair_levels"}
            for key in both:
                assert np.asarray(found[key]).dtype == file[key].dtype
                assert (np.asarray(found[key]) == file[key]).all(), key


def test_model_of_another_file_is_not_taken(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = {"alphabet": memoryview(b"abc")}
    path = kept.path_of("typos-model.bin")
    kept.keep(path, unpacking._pieces("another file", other))
    assert unpacking._mapped(path, "another file") is not None
    assert unpacking._mapped(path, "this file") is None
    assert unpacking.arrays(in_c=False)["alphabet"].format == "H"


def test_what_deleted_installations_kept_goes(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    places = []
    for installation in (first, second):
        installation.mkdir()
        monkeypatch.setattr(kept, "_TOP", str(installation))
        path = Path(kept.path_of("x.bin"))
        kept.keep(str(path), [b"x"])
        places.append(path.parent)
    assert all((place / "x.bin").exists() for place in places)
    stranger = places[0].parent / "somebody"
    stranger.mkdir()
    first.rmdir()
    third = tmp_path / "third"
    third.mkdir()
    monkeypatch.setattr(kept, "_TOP", str(third))
    kept.keep(kept.path_of("x.bin"), [b"x"])
    assert [place.exists() for place in (*places, stranger)] == [False, True, True]
