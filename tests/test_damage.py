"""Every kind of damage, done to sound speeches: how much is repaired, and what that costs.

``floors.tsv`` holds for each kind the share that is repaired and the share that is
at least pointed at; both can only rise (``--accept``). A new kind of damage or a new
speech draws other lots: then take the row ``many_kinds_at_once`` out first. Run with
``-s`` to see the table.
The speeches in ``clean/`` were written for these tests; that cleaning leaves them
alone is the first test.
"""

from __future__ import annotations

import io
import random
from collections import Counter
from functools import cache
from pathlib import Path

import damage
import damage_of_pages  # noqa: F401  (enters its kinds of damage)
import judging
import pytest

from normtool.clean import clean, clean_document
from normtool.document import Document
from normtool.edits import Edit
from normtool.pipeline import prepare, write
from normtool.read import read

HERE = Path(__file__).parent
FLOORS = HERE / "floors.tsv"
CLEAN = sorted((HERE / "clean").glob("*.txt"))
#: Of all edits made on damaged texts, how many must heal.
PRECISION = 0.995
#: How often each kind is done to each text.
TRIES = 6

each_speech = pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
KINDS = (*damage.MAKERS, "many_kinds_at_once")
each_kind = pytest.mark.parametrize("kind", KINDS)


@each_speech
def test_sound_speech_stays(path: Path) -> None:
    document = clean_document(read(path))
    assert document.edits == ()


@each_speech
def test_sound_speech_is_exported_word_for_word(path: Path) -> None:
    stream = io.BytesIO()
    write(prepare(read(path)), stream, "txt")
    exported = [line for line in stream.getvalue().decode().split("\n") if line]
    assert exported == [line for line in path.read_text("utf-8").split("\n") if line]


@each_speech
def test_every_line_of_a_sound_speech_stays_alone(path: Path) -> None:
    for line in path.read_text("utf-8").split("\n"):
        assert clean(line) == line


@cache
def texts() -> tuple[str, ...]:
    """The speeches, two of them on one page, and long paragraphs by themselves."""
    speeches = [path.read_text("utf-8") for path in CLEAN]
    simplified = [text for text in speeches if "們" not in text and text.startswith("在")]
    pairs = [a + b for a, b in zip(simplified[::2], simplified[1::2], strict=False)]
    lines = [line for text in speeches for line in text.split("\n") if len(line) > 150]
    return (*speeches, *pairs, *lines[::3])


@cache
def verdicts(kind: str) -> tuple[tuple[str, judging.Verdict], ...]:
    """Each damaged text of a kind, and what became of it."""
    if kind == MIXED:
        return mixed()
    rng = random.Random(kind)
    found = {}
    for text in texts():
        for _ in range(TRIES):
            damaged, truth = judging.inflict(text, damage.MAKERS[kind](text, rng))
            if truth and damaged not in found:
                done = clean_document(Document(kind, damaged))
                found[damaged] = judging.judge(damaged, truth, done.edits, done.suggestions)
    return tuple(found.items())


#: What is done to a text last: nothing else is done to what was decoded wrongly.
ENCODINGS = ("utf8_read_as_latin", "gbk_read_as_latin", "utf8_read_as_gbk", "big5_read_as_gbk")
MIXED = "many_kinds_at_once"


@cache
def mixed() -> tuple[tuple[str, judging.Verdict], ...]:
    """Speeches with seven kinds of damage each, one over the other, as on a page that was
    copied from site to site."""
    rng = random.Random(MIXED)
    lossy = [kind for kind in damage.MAKERS if "lost" in kind or "mask" in kind]
    others = [kind for kind in damage.MAKERS if kind not in (*lossy, *ENCODINGS)]
    found = []
    for text in texts()[: len(CLEAN) + 2]:
        for _ in range(8):
            kinds = [rng.choice(lossy), *rng.sample(others, 5), rng.choice(ENCODINGS)]
            makers = [damage.MAKERS[kind] for kind in kinds]
            damaged, truth = judging.inflict_all(text, makers, rng)
            done = clean_document(Document(MIXED, damaged))
            found.append((damaged, judging.judge(damaged, truth, done.edits, done.suggestions)))
    return tuple(found)


def shares(kind: str) -> tuple[float, float, int]:
    """What is repaired, what at least seen, and of how many wounds."""
    wounds, repaired, seen = (
        sum(getattr(verdict, field) for _, verdict in verdicts(kind))
        for field in ("wounds", "repaired", "seen")
    )
    return repaired / wounds, seen / wounds, wounds


def floors() -> dict[str, tuple[float, float]]:
    rows = [line.split("\t") for line in FLOORS.read_text("utf-8").split("\n")[1:] if line]
    return {kind: (float(repaired), float(seen)) for kind, repaired, seen, _ in rows}


def test_floors_only_rise(accept: bool) -> None:
    known = floors() if FLOORS.exists() else {}
    lines = ["# kind\trepaired\trepaired or pointed at\twounds"]
    for kind in sorted(KINDS):
        repaired, seen, wounds = shares(kind)
        print(f"{kind:34}{repaired:7.1%}{seen:7.1%} of {wounds}")
        low, low_seen = known.get(kind, (0.0, 0.0))
        # Rounded down, and what was reached before stays.
        repaired = max(int(repaired * 10_000) / 10_000, low)
        seen = max(int(seen * 10_000) / 10_000, low_seen)
        lines.append(f"{kind}\t{repaired:.4f}\t{seen:.4f}\t{wounds}")
    if accept:
        FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert set(floors()) == set(KINDS)


@each_kind
def test_kind_can_be_measured(kind: str) -> None:
    assert sum(verdict.wounds for _, verdict in verdicts(kind)) >= 3


@each_kind
def test_no_kind_falls_below_its_floor(kind: str) -> None:
    repaired, seen, _ = shares(kind)
    missed = [
        damaged[max(start - 12, 0) : end + 12]
        for damaged, verdict in verdicts(kind)
        for start, end, _ in verdict.missed
    ]
    assert repaired >= floors()[kind][0] - 1e-9, missed[:5]
    assert seen >= floors()[kind][1] - 1e-9, missed[:5]


def around(text: str, edit: Edit) -> str:
    """An edit in its place, for messages."""
    before, after = text[max(edit.start - 10, 0) : edit.start], text[edit.end : edit.end + 10]
    return f"{','.join(edit.codes)} {before}[{edit.before}→{edit.after}]{after}".replace("\n", "⏎")


def test_precision() -> None:
    """Of all edits on all damaged texts, how many do no harm, at the level of characters."""
    edits = idle = 0
    false: list[str] = []
    codes: Counter[str] = Counter()
    for kind in KINDS:
        for damaged, verdict in verdicts(kind):
            edits += verdict.edits
            idle += len(verdict.idle)
            false += [f"{kind}: {around(damaged, edit)}" for edit in verdict.false]
            codes.update(code for edit in verdict.false for code in edit.codes)
    precision = 1 - len(false) / edits
    print(
        f"\n{len(false)} of {edits} edits false, {idle} idle: "
        f"precision {precision:.2%}, {dict(codes)}"
    )
    assert edits > 10_000
    assert precision >= PRECISION, "\n".join(false)


@each_kind
def test_what_is_made_of_damage_rests(kind: str) -> None:
    damaged, _ = verdicts(kind)[0]
    once = clean(damaged)
    assert clean(once) == once
