"""``rule --profile``: what each rule costs, measured, and who is dear is seen."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import normtool.rules  # noqa: F401  (fills RULES)
from normtool.cli import main
from normtool.costs import costs
from normtool.edits import DISPLAY, FLAG, LOW
from normtool.read import from_text
from normtool.rule import CONVERSION, RULES, rule

TEXT = "同志们:今天开会,研究秋收 工作。\n一、提高认 识\n要抓好落实,不能放松,更不能等待。\n" * 50


def cleaning() -> set[str]:
    return {code for code in RULES if not code.startswith(CONVERSION)}


def test_every_rule_is_measured_and_its_hits_are_those_of_the_text() -> None:
    measured = costs(from_text(TEXT))
    found = {cost.code: cost for cost in measured.rules}
    assert found.keys() == cleaning()
    # 同志们: is for PUN101 as each of the three commas is; BRK may have split before.
    assert found["PUN101"].hits == 200
    assert found["GAP102"].hits == 0
    assert found["PUN101"].way in ("each", "lead", "windows", "rare")
    assert [cost.seconds for cost in measured.rules] == sorted(
        (cost.seconds for cost in measured.rules), reverse=True
    )
    assert 0 < measured.seconds < 10
    assert 0 < measured.cleaning < 10


def test_a_slow_rule_is_seen_the_day_it_is_written() -> None:
    @rule("QLT991", DISPLAY, LOW, FLAG)
    def dawdles(text: str) -> object:
        """Rule that dawdles."""
        end = time.process_time() + 0.05
        while time.process_time() < end:
            pass
        return ()

    try:
        dearest = costs(from_text(TEXT)).rules[0]
    finally:
        del RULES["QLT991"]
    assert dearest.code == "QLT991"
    assert dearest.seconds >= 0.05
    assert dearest.way == "whole"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "speech.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_as_a_table(file: str) -> None:
    result = CliRunner().invoke(main, ["rule", "--profile", file, "PUN", "--isolated"])
    assert result.exit_code == 0
    table, rest = result.stdout.split("\n\n")
    head, *lines = table.split("\n")
    assert head.split() == ["time", "ms", "share", "ns/char", "hits", "way", "rule"]
    shape = re.compile(r" *(\d+\.\d{3}) +\d+\.\d% +\d+\.\d\d +(\d+)  (\w+) +(PUN\d{3}) \S.*")
    rows = [found.groups() for line in lines if (found := shape.fullmatch(line))]
    assert len(rows) == len(lines) == sum(code.startswith("PUN") for code in RULES)
    assert [float(ms) for ms, *_ in rows] == sorted((float(ms) for ms, *_ in rows), reverse=True)
    assert ("200", "PUN101") in [(hits, code) for _, hits, _, code in rows]
    assert f"{len(TEXT)} characters" in rest


def test_as_json(file: str) -> None:
    args = ["rule", "--profile", file, "--output-format", "json", "--isolated"]
    value = json.loads(CliRunner().invoke(main, args).stdout)
    assert value["characters"] == len(TEXT)
    assert {one["code"] for one in value["rules"]} == cleaning()
    shares = sum(one["share"] for one in value["rules"]) + value["scan_seconds"] / value["seconds"]
    assert shares == pytest.approx(1)
    first = value["rules"][0]
    assert first["ns_per_character"] == pytest.approx(first["seconds"] * 1e9 / len(TEXT))


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--profile", "nowhere.txt"), "nowhere.txt: there is no such file"),
        (("--profile", "nowhere.txt", "--output-format", "markdown"), "text or json"),
        (("--profile", "nowhere.txt", "XYZ"), "there is no rule 'XYZ'"),
        (("--profile", "nowhere.txt", "MAN"), "MAN is no rule: it marks what people changed"),
    ],
)
def test_what_cannot_be_measured_is_said(args: tuple[str, ...], says: str) -> None:
    result = CliRunner().invoke(main, ["rule", "--isolated", *args])
    assert result.exit_code == 2
    assert says in result.output
    assert result.stdout == ""
