"""Laws and a score on real files, where they are at hand.

The folder ``../shared`` is not part of the project and nothing of it may be
copied here; without it these tests are skipped.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest

from normtool.clean import clean_document
from normtool.document import Document
from normtool.edits import SAFE, apply, invert
from normtool.read import Unreadable, read

SHARED = Path(__file__).parent.parent.parent / "shared"
SEED = SHARED / "seed" / "seed.txt"
SCORER = SHARED / "seed" / "score_seed.py"

#: Of 747 things a person would repair in the seed; the rest needs knowledge no rule has.
SEED_FLOOR = 715
#: Files of real data that no strict codec reads: damaged at the source, refused on purpose.
MOST_REFUSED = 0.02
#: Seconds for one file; the largest has 200,000 characters on one line.
SLOWEST = 5.0

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")


def files(folder: str) -> list[Path]:
    """Every file below a folder of the real data, in order."""
    return sorted(path for path in (SHARED / "data" / folder).rglob("*") if path.is_file())


FOLDERS = (
    sorted(
        path.relative_to(SHARED / "data").as_posix()
        for path in (SHARED / "data").glob("*/*")
        if path.is_dir()
    )
    if SHARED.is_dir()
    else []
)
FOLDERS += ["typos", "script"] if SHARED.is_dir() else []


@cache
def cleaned(path: Path) -> tuple[Document, float] | None:
    """A file cleaned, with the seconds it took; None if it was refused."""
    try:
        document = read(path)
    except Unreadable:
        return None
    start = time.process_time()
    return clean_document(document), time.process_time() - start


@pytest.mark.parametrize("folder", FOLDERS)
def test_laws_on_every_file(folder: str) -> None:
    paths = files(folder)
    assert paths
    refused = [path.name for path in paths if cleaned(path) is None]
    assert len(refused) <= max(1, MOST_REFUSED * len(paths)), refused
    for path in paths:
        result = cleaned(path)
        if result is None:
            continue
        document, _ = result
        assert apply(document.original, document.edits) == document.text, path.name
        assert apply(document.text, invert(document.edits)) == document.original, path.name
        assert all(edit.applicability == SAFE for edit in document.edits), path.name


@pytest.mark.parametrize("folder", FOLDERS)
def test_clean_twice_is_clean_once(folder: str) -> None:
    for path in files(folder):
        result = cleaned(path)
        if result is not None and result[0].edits:
            again = clean_document(Document(path.name, result[0].text))
            assert again.edits == (), f"{path.name}: {again.edits[:3]}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_is_slow(folder: str) -> None:
    slow = [
        f"{path.name}: {result[1]:.1f} s for {len(result[0].original)} characters"
        for path in files(folder)
        if (result := cleaned(path)) is not None and result[1] > SLOWEST
    ]
    assert not slow, "\n".join(slow)


def test_laws_on_the_seed() -> None:
    document, _ = cleaned(SEED) or pytest.fail("the seed was refused")
    assert apply(document.original, document.edits) == document.text
    assert apply(document.text, invert(document.edits)) == document.original
    assert clean_document(Document("seed", document.text)).edits == ()


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer is not here")
def test_score_of_the_seed(tmp_path: Path) -> None:
    from normtool.export import write
    from normtool.structure import structure

    document, _ = cleaned(SEED) or pytest.fail("the seed was refused")
    out = tmp_path / "seed.txt"
    with out.open("wb") as stream:
        write(structure(document), stream, "txt")
    run = subprocess.run(
        [sys.executable, SCORER, out], capture_output=True, text=True, check=True, timeout=120
    )
    fixed = re.search(r"in_gold fixed (\d+) of (\d+)", run.stdout)
    assert fixed, run.stdout
    collateral = re.search(r"collateral: deleted (\d+) replaced (\d+) inserted (\d+)", run.stdout)
    assert collateral, run.stdout
    assert collateral.groups() == ("0", "0", "0"), run.stdout
    assert int(fixed[1]) >= SEED_FLOOR, run.stdout
