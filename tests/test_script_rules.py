"""The pages of the codes SCR: each example goes to the other script and is compared."""

from __future__ import annotations

from pathlib import Path

import pytest

import normtool.rules  # noqa: F401  (fills the table)
from normtool.document import Document
from normtool.edits import apply, invert
from normtool.rule import CONVERSION, RULES, Example, Rule
from normtool.script import conversion_findings, convert_script
from normtool.script.decisions import ALL

GLOSSARY = (("范儿", "範兒"), ("台儿庄", "台兒莊"), ("项目", "項木"))
KEPT = ("华为", "复星", "云南白药")
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES.values()
    if rule.family == CONVERSION
    for number, example in enumerate(rule.examples, 1)
]


def converted(rule: Rule, text: str) -> Document:
    choices = ALL._replace(
        glossary=GLOSSARY if rule.name == "glossary" else (),
        kept=KEPT if rule.name == "kept" else (),
    )
    profile = "twp" if rule.name == "other-word" else "tw"
    quotes = "corner" if rule.name == "region-quotes" else "keep"
    return convert_script(Document("a.txt", text), profile, quotes, choices)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_page_is_true(rule: Rule, example: Example) -> None:
    other = converted(rule, example.before)
    assert apply(example.before, other.script_edits) == other.text
    assert apply(other.text, invert(other.script_edits)) == example.before
    codes = {code for edit in other.script_edits for code in edit.codes}
    codes |= {code for edit in conversion_findings(other) for code in edit.codes}
    if example.stays:
        assert rule.code not in codes
    else:
        assert rule.code in codes
    if example.after is not None and not example.stays:
        assert other.text == example.after


def test_a_rule_can_be_refused() -> None:
    text = "养羊28只，治理污染，包括发展。"
    assert convert_script(Document("a.txt", text), "tw").text == "養羊28隻，治理污染，包括發展。"
    some = ALL._replace(codes=ALL.codes - {"SCR202", "SCR204"})
    made = convert_script(Document("a.txt", text), "tw", choices=some)
    assert made.text == "養羊28只，治理污染，包括髮展。"
    none = ALL._replace(codes=frozenset())
    assert convert_script(Document("a.txt", text), "tw", choices=none).text == (
        "養羊28只，治理汙染，包括髮展。"
    )


def test_opencc_by_its_own_name_is_opencc() -> None:
    text = "养羊28只，治理污染，包括发展。"
    made = convert_script(Document("a.txt", text), "s2tw")
    assert made.text == "養羊28只，治理汙染，包括髮展。"
    assert not [one for one in conversion_findings(made) if one.codes[0].startswith("SCR2")]


def test_an_edit_bears_the_code_of_its_rule_and_no_more_than_its_place() -> None:
    made = convert_script(Document("a.txt", "养羊28只发展"), "tw")
    (ours,) = [edit for edit in made.script_edits if "SCR202" in edit.codes]
    assert (ours.start, ours.before[0], ours.after[0]) == (4, "只", "隻")


def test_findings_stand_in_the_original() -> None:
    from normtool.pipeline import prepare

    document = prepare(Document("a.txt", "同志们:\n平 台和回 避,养羊28只。"))
    made = prepare(document, script="tw")
    places = {one.codes[0]: one.start for one in conversion_findings(made)}
    assert document.original[places["SCR202"]] == "只"
    assert document.original[places["SCR302"]] in "台回"


@pytest.mark.parametrize(
    "text",
    [
        "舞台中央",  # 台中
        "于2023年出席",
        "其中3只是样品",
        "由于建国后",
        "终于同志们来了",
        "屋里布置",
        "28只需一天",
    ],
)
def test_traps_are_left_to_opencc(text: str) -> None:
    assert convert_script(Document("a.txt", text), "tw").text == (
        convert_script(Document("a.txt", text), "s2tw").text
    )


@pytest.mark.parametrize("profile", ["tw", "twp", "hk", "hant", "jp"])
def test_converting_again_changes_nothing(profile: str) -> None:
    text = "养羊28只，出栏□只，宣布治理污染，于建国同志说：包括发展，全长10里。金属制家具，台独。"
    once = convert_script(Document("a.txt", text), profile).text
    assert convert_script(Document("a.txt", once), profile).text == once


def test_a_doubt_is_no_change() -> None:
    made = convert_script(Document("a.txt", "平台和回避。"), "tw")
    found = [one for one in conversion_findings(made) if one.codes == ("SCR302",)]
    assert [(one.before, one.after) for one in found] == [("台", "台"), ("回", "回")]
    assert all(one.note for one in found)


def test_a_glossary_wins_and_is_checked(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from normtool.cli import main

    (tmp_path / "a.txt").write_text("同志们：\n平台的伙伴们。\n", "utf-8")
    (tmp_path / "g.tsv").write_text("平台\t平台\n", "utf-8")
    (tmp_path / "bad.tsv").write_text("平台\t平臺上\n", "utf-8")
    run = CliRunner().invoke
    text, good, bad = (str(tmp_path / name) for name in ("a.txt", "g.tsv", "bad.tsv"))
    made = run(main, ["convert", text, "-q", "--script", "tw", "--glossary", good, "-t", "txt"])
    assert made.exit_code == 0
    assert "平台的夥伴們。" in made.output
    refused = run(main, ["convert", text, "-q", "--script", "tw", "--glossary", bad, "-t", "txt"])
    assert refused.exit_code == 2
    assert "bad.tsv:1: 平台 and 平臺上 differ in length" in refused.output
    useless = run(main, ["convert", text, "-q", "--glossary", good, "-t", "txt"])
    assert useless.exit_code == 2
    assert "add --script" in useless.output


@pytest.mark.parametrize("profile", ["tw", "twp", "hk", "hant", "s2tw", "s2twp", "t2s"])
def test_what_the_user_says_wins_everywhere(profile: str) -> None:
    """Also in lines whose length changes (U盘 → 隨身碟), and over OpenCC by its own name."""
    text = "华为的U盘和项目，华为的打印机。\n平台。"
    choices = ALL._replace(glossary=(("项目", "項木"),), kept=("华为",))
    made = convert_script(Document("a.txt", text), profile, choices=choices)
    first = made.text.split("\n")[0]
    assert first.count("华为") == 2
    assert first.count("項木") == 1
    assert "專案" not in first
    assert apply(text, made.script_edits) == made.text
    assert apply(made.text, invert(made.script_edits)) == text


def test_quotes_exchanged_twice_keep_the_findings() -> None:
    from normtool.script import exchange_quotes

    made = convert_script(Document("a.txt", "他说“平台”。"), "tw")
    again = exchange_quotes(exchange_quotes(made, "corner"), "curly")
    assert conversion_findings(again) == conversion_findings(made) != []
