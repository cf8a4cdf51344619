"""Files that hold both scripts: which lines differ is told, in the lines of the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from normtool.cli import main
from normtool.origin import original_lines, original_place, ranges
from normtool.pipeline import prepare
from normtool.read import from_text
from normtool.script import convert_script

MIXED = (
    "关于两岸交流的讲话\n\n同志们:\n这几年交流发展很快，后来居上。\n"
    "他們說這幾年來發展得很快，觀眾都來了。\n会议讨论了经济问题。\n"
    "這裡的觀眾們都說很好。\n這些觀眾说话发展会好。\n谢谢大家，再见。\n"
)
SAYS = "lines 5, 7 are traditional, line 8 is in both scripts at once, the rest simplified"


def warnings(text: str, profile: str) -> list[dict[str, object]]:
    found = convert_script(prepare(from_text(text)), profile).meta.get("warnings", [])
    return [warning for warning in found if warning["code"] == "mixed-script"]


@pytest.mark.parametrize("profile", ["hans", "hant", "tw", "hk", "jp"])
def test_lines_that_differ_are_told(profile: str) -> None:
    (warning,) = warnings(MIXED, profile)
    assert warning["message"] == f"{SAYS}: each is converted from its own"
    other = convert_script(prepare(from_text(MIXED)), profile)
    assert other.cleaned is not None
    assert other.cleaned.text.startswith("他們說", warning["place"])


def test_a_configuration_by_its_own_name_says_so() -> None:
    (warning,) = warnings(MIXED, "s2t")
    assert warning["message"] == f"{SAYS}: all are converted alike"


def test_one_line_is_enough_and_one_word_is_not() -> None:
    text = "这几年发展很快，观众说话也对。\n他們說這裡發展快。\n谢谢大家，说话的时间到了。\n"
    (warning,) = warnings(text, "tw")
    assert warning["message"].startswith("line 2 is traditional, the rest simplified")
    assert not warnings(
        "这几年经济发展很快，观众们说话也对，这些话引自《國語》这本书。\n谢谢大家。\n", "tw"
    )
    assert not warnings("这几年发展很快。\n谢谢大家。\n", "tw")
    assert not warnings("這幾年發展很快。\n謝謝大家。\n", "hans")


def test_simplified_lines_of_a_traditional_file() -> None:
    text = "這幾年發展很快。\n他们说这里发展得很快。\n謝謝大家，說得對。\n觀眾來了，說這裡很好。\n"
    (warning,) = warnings(text, "hans")
    assert warning["message"].startswith("line 2 is simplified, the rest traditional")
    assert convert_script(prepare(from_text(text)), "hans").text == (
        "这几年发展很快。\n他们说这里发展得很快。\n谢谢大家，说得对。\n观众来了，说这里很好。\n"
    )


def call(*args: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    return result.exit_code, result.stdout, result.stderr


def test_commands_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(MIXED, "utf-8")
    assert f"warning: a.txt: {SAYS}" in call("convert", "a.txt", "--script", "tw")[2]
    said = call("convert", "a.txt", "-o", "a.json")[2]
    assert "both scripts (5 lines simplified, 2 traditional: 5, 7-8 differ)" in said
    code, shown, _ = call(
        "check", "a.txt", "--script", "tw", "--script", "twp", "--output-format", "jsonl"
    )
    assert code == 1
    found = [json.loads(line) for line in shown.splitlines()]
    mixed = [one for one in found if one.get("code") == "mixed-script"]
    assert [(one["line"], one["column"]) for one in mixed] == [(5, 1)]
    assert [one.get("code") for one in found].count("script-words") == 1
    assert "mixed-script" not in call("check", "a.txt")[1]


# --- where words of the text stand in the original -----------------------------------


def test_places_and_lines_of_the_original() -> None:
    document = prepare(from_text(MIXED))
    lines = document.text.split("\n")
    for number, line in enumerate(lines[:-1], 1):
        place = sum(map(len, lines[: number - 1])) + number - 1
        assert document.original.startswith(line[:2], original_place(document, place))
        (there,) = original_lines(document, [number])
        assert MIXED.split("\n")[there - 1].startswith(line[:2])
    assert original_lines(document, [8, 1, 8]) == [1, 9]
    assert original_lines(convert_script(document, "twp"), [8]) == [9]


def test_ranges() -> None:
    assert ranges([]) == ""
    assert ranges([4]) == "4"
    assert ranges([1, 2, 3, 9]) == "1-3, 9"
    assert ranges(range(1, 100, 2), most=2) == "1, 3 and 48 more"
