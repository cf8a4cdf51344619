"""Reports: what a person and a program read about one document."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normtool.document import Block, Document, edit_from_json
from normtool.edits import (
    CONVENTION,
    DISPLAY,
    ERROR,
    FLAG,
    GAP,
    HIGH,
    LOW,
    MEDIUM,
    SAFE,
    UNSAFE,
    Edit,
)
from normtool.report.concise import concise
from normtool.report.finding import find, visible
from normtool.report.full import full, width
from normtool.report.jsonl import jsonl
from normtool.report.patch import patch
from normtool.report.statistics import count, statistics
from normtool.report.summary import Summary

TEXT = "各位代表:\n今年 全市形势严竣,请讨论。\n发展\u200b很快\n"


def sample() -> Document:
    """Three edits, two suggestions and a warning, at places that are easy to count."""
    return Document(
        "a.txt",
        TEXT,
        edits=(
            Edit(4, ":", "：", ("PUN101",), HIGH, SAFE, CONVENTION),
            Edit(8, " ", "", ("SPC101",), HIGH, SAFE, CONVENTION),
            Edit(14, "竣,", "峻，", ("TYP101", "PUN101"), HIGH, SAFE, ERROR, "严峻"),
        ),
        suggestions=(
            Edit(17, "讨论", "审议", ("TYP101",), LOW, UNSAFE, ERROR),
            Edit(23, "\u200b", "\u200b", ("CHR102",), MEDIUM, DISPLAY, FLAG),
        ),
        blocks=(
            Block("salutation", 0, 5, 0, 1),
            Block("paragraph", 6, 19, 0, 1),
            Block("paragraph", 20, 25, 0, 2),
        ),
        meta={"warnings": [{"speech": 2, "code": "announced-parts", "message": "speech 2 is cut"}]},
    )


def test_places_are_lines_and_columns_of_the_original() -> None:
    places = [(f.line, f.column, f.edit.codes[0], f.status) for f in find(sample())]
    assert places == [
        (1, 5, "PUN101", "made"),
        (2, 3, "SPC101", "made"),
        (2, 9, "TYP101", "made"),
        (2, 12, "TYP101", "unsafe"),
        (3, 1, "announced-parts", "look"),
        (3, 3, "CHR102", "look"),
    ]


def test_concise_is_one_line_each() -> None:
    lines = list(concise(sample()))
    says = "a.txt:2:3: SPC101 [*] Blank between two Chinese characters: "
    assert lines[1] == says + "今年␣全市形势 → 今年全市形势"
    assert lines[2].startswith("a.txt:2:9: TYP101,PUN101 [*] ")
    assert lines[2].endswith("(严峻): 竣, → 峻，")
    assert lines[3].startswith("a.txt:2:12: TYP101 [?] ")
    assert lines[4] == "a.txt:3:1: announced-parts speech 2 is cut"
    assert lines[5].endswith(": ⟨U+200B⟩")
    assert len(lines) == 6
    lost = Document("b.txt", "引进万元", edits=(Edit(2, "", "□", ("GAP102",), kind=GAP),))
    assert next(concise(lost)).endswith(": 引进万元 → 引进□万元")


def test_caret_stands_under_the_place() -> None:
    lines = list(full(sample()))
    at = lines.index("2 | 今年 全市形势严竣,请讨论。")
    assert lines[at + 1] == "  | " + " " * 4 + "^"
    at = lines.index("2 | 今年 全市形势严竣,请讨论。", at + 1)
    # 今年, a blank, 全市形势严: 15 columns; then a wide character and a narrow one.
    assert lines[at + 1] == "  | " + " " * 15 + "^^^"
    assert lines[at + 2] == "  = 竣, → 峻，  (made)"


def test_long_line_is_cut_on_both_sides_and_the_caret_still_fits() -> None:
    text = "甲" * 200 + "己" + "乙" * 200
    edit = Edit(200, "己", "已", ("TYP101",), HIGH, SAFE, ERROR)
    excerpt, caret = list(full(Document("a.txt", text, edits=(edit,))))[2:4]
    assert width(excerpt) < 100
    assert excerpt.startswith("1 | …甲")
    assert excerpt.endswith("乙…")
    before = caret[: caret.index("^")]
    # The same number of columns up to the place, the bar included.
    assert width(before) == width(excerpt[: excerpt.index("己")])


def test_very_long_edit_does_not_flood_the_screen() -> None:
    edit = Edit(0, "广告" * 5000, "", ("ADS101",), HIGH, SAFE, "removal")
    lines = list(full(Document("a.txt", "广告" * 5000, edits=(edit,))))
    assert max(map(width, lines)) < 200


def test_escapes_of_a_terminal_do_not_get_through() -> None:
    text = "今年\x1b[31m 我市\r\x07"
    edit = Edit(7, " ", "", ("SPC101",))
    report = "\n".join(full(Document("a.txt", text, edits=(edit,))))
    assert not {"\x1b", "\x07", "\r"} & set(report)
    assert "⟨U+001B⟩" in report
    assert visible("a b\tc\n\ufeff") == "a␣b⇥c⏎⟨U+FEFF⟩"


def test_colours_only_on_request() -> None:
    assert "\x1b" not in "".join(full(sample())) + "".join(concise(sample()))
    assert "\x1b[" in "".join(full(sample(), True))
    plain = [line.replace("\x1b[0m", "") for line in concise(sample(), True)]
    for code in ("1", "31", "36"):
        plain = [line.replace(f"\x1b[{code}m", "") for line in plain]
    assert plain == list(concise(sample()))


def test_jsonl_gives_back_the_edits() -> None:
    values = [json.loads(line) for line in jsonl(sample())]
    edits = [edit_from_json(value) for value in values if value["type"] == "edit"]
    offers = [edit_from_json(value) for value in values if value["type"] == "suggestion"]
    assert tuple(edits) == sample().edits
    assert tuple(offers) == sample().suggestions
    assert {value["path"] for value in values} == {"a.txt"}
    assert (values[1]["line"], values[1]["column"]) == (2, 3)
    (warning,) = (value for value in values if value["type"] == "warning")
    assert (warning["code"], warning["speech"], warning["line"]) == ("announced-parts", 2, 3)


def test_statistics_count_every_reason() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    assert count(sample(), counts, totals) == 6
    assert totals == {"made": 3, "unsafe": 1, "look": 2}
    lines = list(statistics(counts))
    assert lines[0].split()[:3] == ["2", "PUN101", "[*]"]
    assert sum(int(line.split()[0]) for line in lines) == 7
    assert list(statistics(Counter())) == []


def test_summary_counts_families_gaps_and_warnings() -> None:
    lost = Document("b.txt", "引进万元", edits=(Edit(2, "", "□", ("GAP102",), MEDIUM, SAFE, GAP),))
    summary = Summary()
    summary.add(sample())
    summary.add(lost)
    summary.written = 4
    said = "\n".join(summary.lines(" in out"))
    assert "2 files, 2 speeches, 31 characters; 4 files written in out" in said
    assert "4 edits" in said
    assert "1  GAP  what is lost or masked" in said
    assert "2  PUN  punctuation" in said
    assert "1  TYP  wrong words" in said
    assert "1 gap marked □" in said
    assert "1 suggestion not made" in said
    assert "1 place for a person to look at" in said
    assert "warning: a.txt: speech 2 is cut" in said


def test_summary_fits_on_one_screen() -> None:
    summary = Summary()
    for _ in range(500):
        summary.add(sample())
    lines = list(summary.lines())
    assert len(lines) <= 24
    shown = sum("warning: a.txt" in line for line in lines)
    assert f"{500 - shown} more warnings" in lines[-1]


@st.composite
def edited(draw: st.DrawFn) -> Document:
    """A text of short lines with sound edits that add and take away newlines."""
    text = draw(st.text("ab\n", max_size=60))
    edits = []
    end = -1
    for start in sorted(draw(st.sets(st.integers(0, len(text)), max_size=8))):
        if start <= end:
            continue
        before = text[start : start + draw(st.integers(0, 3))]
        after = draw(st.text("xy\n", max_size=3))
        if before != after:
            edits.append(Edit(start, before, after))
            end = start + len(before)
    return Document("f", text, edits=tuple(edits))


def test_patch_of_nothing_is_empty() -> None:
    assert list(patch(Document("f", "一样\n"))) == []


def test_patch_says_where_the_last_newline_is_missing() -> None:
    document = Document("f", "甲\n乙", edits=(Edit(2, "乙", "丙"),))
    assert list(patch(document)) == [
        "--- f", "+++ f", "@@ -1,2 +1,2 @@", " 甲",
        "-乙", "\\ No newline at end of file", "+丙", "\\ No newline at end of file",
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(edited())
def test_git_applies_the_patch(
    tmp_path_factory: pytest.TempPathFactory, document: Document
) -> None:
    lines = [line + "\n" for line in patch(document)]
    if document.text == document.original:
        assert not lines
        return
    folder: Path = tmp_path_factory.mktemp("patch")
    (folder / "f").write_text(document.original, "utf-8", newline="")
    done = subprocess.run(
        ["git", "apply", "-p0", "-"], cwd=folder, input="".join(lines).encode(), capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
    assert (folder / "f").read_text("utf-8") == document.text
