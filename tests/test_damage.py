"""What of the damage of ``damage.py`` is repaired exactly, kind by kind, and what else changes.

``floors.tsv`` holds the share repaired so far; it can only rise (``--accept``).
Run with ``-s`` to see the table.
"""

from __future__ import annotations

import random
import re
from functools import lru_cache
from pathlib import Path

import damage
import pytest

from normtool.clean import clean, clean_document
from normtool.document import Document

HERE = Path(__file__).parent
FLOORS = HERE / "floors.tsv"
#: Precision of changes outside the damage: words altered that nobody had damaged.
PRECISION = 0.995
TRIES = 8  # of each kind for each paragraph


@lru_cache(maxsize=1)
def paragraphs() -> tuple[str, ...]:
    """Sound paragraphs: cleaned samples, of which cleaning changes nothing more."""
    texts = [path.read_text("utf-8") for path in sorted((HERE / "golden").glob("*.txt"))]
    lines = {line for text in texts for line in text.split("\n")}
    sound = (line for line in lines if len(line) >= 40 and line[-1] in "。！" and "□" not in line)
    return tuple(sorted(line for line in sound if clean(line) == line and "*" not in line))


@lru_cache(maxsize=1)
def results() -> dict[str, list[tuple[str, str, str]]]:
    """For each kind: the damaged text, what is wanted, what cleaning gives."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for make in damage.MAKERS:
        rng = random.Random(make.__name__)
        rows = found.setdefault(make.__name__, [])
        for text in paragraphs():
            for made in {make(text, rng) for _ in range(TRIES)} - {None}:
                rows.append((*made, clean(made[0])))
    return found


def floors() -> dict[str, float]:
    rows = [line.split("\t") for line in FLOORS.read_text("utf-8").split("\n")[1:] if line]
    return {kind: float(share) for kind, share, _ in rows}


def share(rows: list[tuple[str, str, str]]) -> float:
    return sum(wanted == got for _, wanted, got in rows) / len(rows)


def test_there_is_enough_to_measure():
    assert len(paragraphs()) >= 20
    assert all(len(rows) >= 5 for rows in results().values()), {
        kind: len(rows) for kind, rows in results().items()
    }


@pytest.mark.parametrize("kind", [make.__name__ for make in damage.MAKERS])
def test_no_kind_falls_below_its_floor(kind):
    rows = results()[kind]
    missed = [(wanted, got) for _, wanted, got in rows if wanted != got]
    assert share(rows) >= floors()[kind] - 1e-9, missed[:3]


def test_floors_only_rise(accept):
    known = floors() if FLOORS.exists() else {}
    lines = ["# kind\tshare repaired exactly\tcases"]
    for kind, rows in sorted(results().items()):
        print(f"{kind:26}{share(rows):7.1%} of {len(rows)}")
        floor = max(int(share(rows) * 10_000) / 10_000, known.get(kind, 0))
        lines.append(f"{kind}\t{floor:.4f}\t{len(rows)}")
    if accept:
        FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert set(floors()) == set(results())


WORDS = re.compile("[^0-9\u3400-\u9fff]+")


def test_precision():
    """Of all edits, how many alter a digit or Han that was not damaged."""
    edits = false = 0
    for kind, rows in results().items():
        for damaged, wanted, _ in rows:
            if kind == "gbk_as_latin" or WORDS.sub("", damaged) != WORDS.sub("", wanted):
                continue  # the damage itself touches words here
            for edit in clean_document(Document(kind, damaged)).edits:
                edits += 1
                false += WORDS.sub("", edit.before) != WORDS.sub("", edit.after)
    assert edits > 1000
    assert 1 - false / edits >= PRECISION
