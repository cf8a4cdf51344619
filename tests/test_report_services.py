"""Reports for services: SARIF and GitHub annotations, and the manual of the rules."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from normtool.clean import clean_document
from normtool.cli import main
from normtool.document import Document
from normtool.report import sarif
from normtool.report.github import github

PAGE = "同志们:\n今年 我市形势严竣,引进外资万美元。\n𠮷县己完成任务,中国台湾与港、澳、台地区\n"
#: The official schema, from the npm package @microsoft/jest-sarif: set NORMTOOL_SARIF_SCHEMA.
SCHEMA = os.environ.get("NORMTOOL_SARIF_SCHEMA", "")
ROOT = Path(__file__).parent.parent


def log_of(text: str) -> dict:
    document = clean_document(Document("a b.txt", text))
    return json.loads(sarif.log(sarif.results(document)))


def test_sarif_fixes_lead_to_the_cleaned_text():
    document = clean_document(Document("a.txt", PAGE))
    run = log_of(PAGE)["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    text, shift = PAGE, 0
    for result in run["results"]:
        if not result["properties"]["made"]:
            continue
        for change in result["fixes"][0]["artifactChanges"]:
            for one in change["replacements"]:
                start = one["deletedRegion"]["charOffset"] + shift
                end = start + one["deletedRegion"]["charLength"]
                new = one["insertedContent"]["text"]
                text, shift = text[:start] + new + text[end:], shift + len(new) - (end - start)
    assert text == document.text != PAGE


def test_sarif_regions_and_rules():
    run = log_of(PAGE)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    lines = PAGE.split("\n")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "a%20b.txt"
        region = place["region"]
        offset = sum(len(line) + 1 for line in lines[: region["startLine"] - 1])
        assert offset + region["startColumn"] - 1 == region["charOffset"]
    assert {"TYP101", "GAP102", "QLT101"} <= {rule["id"] for rule in rules}
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)


@pytest.mark.skipif(not SCHEMA, reason="NORMTOOL_SARIF_SCHEMA names no schema")
def test_sarif_is_valid():
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(Path(SCHEMA).read_text("utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(log_of(PAGE))


def test_one_sarif_log_for_all_files(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "-q", str(tmp_path), "--output-format", "sarif"])
    assert result.exit_code == 1
    log = json.loads(result.stdout)
    found = log["runs"][0]["results"]
    files = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in found}
    assert len(log["runs"]) == 1
    assert len(files) == 2


def test_github_annotations_are_one_line_each():
    document = clean_document(Document("dir/50%,a.txt", PAGE))
    lines = list(github(document))
    assert len(lines) == len(document.edits) + len(document.suggestions)
    assert all(
        line.startswith(("::warning file=dir/50%25%2Ca.txt,line=", "::notice ")) for line in lines
    )
    assert "line=2,col=3,title=SPC101::" in lines[1]


def test_manual_is_current(accept):
    result = CliRunner().invoke(main, ["rule", "--all", "--output-format", "markdown"])
    path = ROOT / "RULES.md"
    if accept:
        path.write_text(result.stdout, encoding="utf-8")
    assert path.read_text("utf-8") == result.stdout, "run pytest --accept"


def test_manual_gives_every_rule_its_examples_and_a_way_from_the_index():
    import normtool.rules  # noqa: F401
    from normtool.rule import RULES, seen

    text = (ROOT / "RULES.md").read_text("utf-8")
    anchors = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall("(?m)^#+ (.*)$", text)
    }
    linked = re.findall(r"\]\(#([^)]*)\)", text)
    assert len(linked) == len(set(linked)) >= len(RULES)
    assert set(linked) <= anchors
    for rule in RULES.values():
        page = text.partition(f"### {rule.code} {rule.name}\n")[2].partition("\n### ")[0]
        rows = [re.split(r"(?<!\\) \| ", row[2:-2]) for row in re.findall(r"(?m)^\| .* \|$", page)]
        told = [[seen(cell.replace("\\|", "|").strip("`")) for cell in row] for row in rows[1:]]
        meant = [
            [
                example.before.strip("`"),
                "✓" if example.stays else "⚑" if example.after is None else example.after,
            ]
            for example in rule.examples
        ]
        assert sorted(told) == sorted([one, two or "*nothing*"] for one, two in meant), rule.code


def test_pre_commit_hooks_name_commands_that_exist():
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    entries = [line.split(":", 1)[1].split() for line in text.split("\n") if "entry:" in line]
    assert [entry[:2] for entry in entries] == [["normtool", "check"], ["normtool", "clean"]]
    for entry in entries:
        result = CliRunner().invoke(main, [*entry[1:], "--help"])
        assert result.exit_code == 0, result.output


def test_the_cleaning_hook_mends_a_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(PAGE, encoding="utf-8")
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    entry = [line.split(":", 1)[1].split() for line in text.split("\n") if "entry:" in line][1]
    assert CliRunner().invoke(main, [*entry[1:], str(path)]).exit_code == 0
    assert "今年我市形势严峻，引进外资□万美元。" in path.read_text("utf-8")
