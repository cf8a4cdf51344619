"""The whole road of cleaning on ``samples/``: golden files, laws, and a score.

``pytest --accept`` rewrites ``tests/golden``; the diff of a commit then shows
what a change of a rule really does.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
import scoring

from normtool.clean import clean, clean_document
from normtool.document import Document
from normtool.edits import SAFE, Edit, apply, invert
from normtool.read import read

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.name for path in scoring.SAMPLES.glob("*.txt"))

#: What was repaired of the whole list when this was last accepted: it may only grow.
FLOOR = 0.91

each_sample = pytest.mark.parametrize("name", NAMES)


@cache
def cleaned(name: str) -> Document:
    """A sample, read and cleaned once for all tests."""
    return clean_document(read(scoring.SAMPLES / name))


def visible(text: str) -> str:
    """Text on one line, blanks and what cannot be seen made visible."""
    signs = {" ": "␣", "\n": "⏎", "\t": "⇥"}
    return "".join(
        signs.get(char, char if char.isprintable() else f"⟨U+{ord(char):04X}⟩") for char in text
    )


def concise(document: Document, edit: Edit, mark: str = " ") -> str:
    """An edit on one line: line and column, codes, what it is, and the change in its place."""
    text = document.original
    line = text.count("\n", 0, edit.start) + 1
    column = edit.start - (text.rfind("\n", 0, edit.start) + 1) + 1
    left = visible(text[max(edit.start - 6, 0) : edit.start])
    right = visible(text[edit.end : edit.end + 6])
    change = visible(edit.before) + "→" + visible(edit.after)
    note = f"  ({edit.note})" if edit.note else ""
    return (
        f"{mark}{line}:{column} {','.join(edit.codes)} {edit.kind} {edit.certainty.name.lower()} "
        f"{left}⟦{change}⟧{right}{note}\n"
    )


def listing(document: Document) -> str:
    """All edits of a document, then (with ``?``) what is only suggested."""
    lines = [concise(document, edit) for edit in document.edits]
    lines += [concise(document, edit, "?") for edit in document.suggestions]
    return "".join(lines)


def compare(path: Path, text: str, accept: bool) -> None:
    """Hold a text to its golden file, or make it the golden file."""
    if accept:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    assert path.exists(), f"no {path.name} in tests/golden: look at the output, then --accept"
    assert text == path.read_bytes().decode("utf-8"), "if this is better, run pytest --accept"


@each_sample
def test_cleaned_text_is_golden(name: str, accept: bool) -> None:
    compare(GOLDEN / name, cleaned(name).text, accept)


@each_sample
def test_edits_are_golden(name: str, accept: bool) -> None:
    compare(GOLDEN / name.replace(".txt", ".edits"), listing(cleaned(name)), accept)


def test_no_golden_file_without_a_sample() -> None:
    names = {path.stem for path in GOLDEN.iterdir()}
    assert names == {Path(name).stem for name in NAMES}


@each_sample
def test_edits_lead_there_and_back(name: str) -> None:
    document = cleaned(name)
    assert document.original == read(scoring.SAMPLES / name).original
    assert apply(document.original, document.edits) == document.text
    assert apply(document.text, invert(document.edits)) == document.original


@each_sample
def test_any_edit_can_be_refused(name: str) -> None:
    document = cleaned(name)
    for share in (document.edits[::2], document.edits[1::3]):
        text = apply(document.original, share)
        assert apply(text, invert(share)) == document.original


@each_sample
def test_what_is_clean_stays(name: str) -> None:
    again = clean_document(Document(name, cleaned(name).text))
    assert again.edits == ()


@each_sample
def test_edits_made_unasked_are_safe_and_explained(name: str) -> None:
    for edit in cleaned(name).edits:
        assert edit.codes
        assert edit.applicability == SAFE
        assert edit.before != edit.after


@each_sample
def test_only_damage_is_touched(name: str) -> None:
    document = cleaned(name)
    listed = scoring.damages(name)
    for edit in document.edits:
        assert any(damage.start <= edit.end and edit.start <= damage.end for damage in listed), (
            f"nothing is wrong here: {concise(document, edit)}"
        )


@each_sample
def test_no_content_is_lost(name: str) -> None:
    document = cleaned(name)
    listed = scoring.damages(name)
    result = scoring.score(document.original, listed, document.text)
    assert (result.deleted, result.altered, result.added) == (0, 0, 0)


def test_perfect_text_makes_no_edit() -> None:
    document = cleaned("clean.txt")
    assert document.edits == ()
    assert document.text == read(scoring.SAMPLES / "clean.txt").original


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_traps_stay_one_by_one(ending: str) -> None:
    for line in cleaned("clean.txt").text.rstrip("\n").split("\n"):
        assert clean(line + ending) == line + "\n"


def test_most_of_the_listed_damage_is_repaired() -> None:
    fixed = listed = 0
    report = io.StringIO()
    for name in NAMES:
        result = scoring.score(cleaned(name).original, scoring.damages(name), cleaned(name).text)
        fixed += result.fixed.total()
        listed += result.listed.total()
        for damage in result.missed:
            print(f"{name} {damage.start} {damage.kind} {damage.damaged!r}", file=report)
    assert fixed / listed >= FLOOR, f"{fixed} of {listed}\n{report.getvalue()}"


@each_sample
def test_the_list_of_damage_is_true_to_the_sample(name: str) -> None:
    text = read(scoring.SAMPLES / name).original
    listed = scoring.damages(name)
    right = scoring.gold(text, listed)
    perfect = scoring.score(text, listed, right)
    assert (perfect.missed, perfect.deleted, perfect.altered, perfect.added) == ([], 0, 0, 0)
    assert scoring.score(text, listed, text).fixed.total() == 0


def test_encodings_of_the_samples() -> None:
    found = {name: read(scoring.SAMPLES / name).encoding for name in NAMES}
    other = {name: encoding for name, encoding in found.items() if encoding != "utf-8"}
    assert other == {"gb18030.txt": "gb18030", "big5.txt": "big5hkscs"}
    assert "𠮷祥里" in cleaned("gb18030.txt").text
    assert "李㐂福" in cleaned("gb18030.txt").text
    assert "新埗、大埔滘" in cleaned("big5.txt").text
