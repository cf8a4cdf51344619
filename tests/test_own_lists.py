"""The user's own lists and plugins: typos, strings to keep, sites, rules."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import normtool.rules  # noqa: F401  (the table is full before a test notes what is in it)
from normtool.clean import clean
from normtool.cli import main
from normtool.config import resolve
from normtool.rule import RULES
from normtool.rules.own import use


@pytest.fixture(autouse=True)
def _table() -> Iterator[None]:
    before = dict(RULES)
    yield
    resolve(isolated=True)
    for code in set(RULES) - set(before):
        del RULES[code]


def call(*args: str, text: str = "") -> Result:
    return CliRunner().invoke(main, list(args), input=text.encode())


def write(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return str(path)


def test_own_typos_with_guards(tmp_path: Path) -> None:
    typos = write(tmp_path / "t.tsv", "# ours\n北乡\t北巷\t东北乡\n帐\t帐户\n")
    text = "他在北乡开会，东北乡也来了。帐和帐户都查过了。\n"
    result = call("clean", "-", "--isolated", "--typos", typos, text=text)
    assert result.stdout == "他在北巷开会，东北乡也来了。帐户和帐户都查过了。\n"
    found = call(
        "check", "-", "--isolated", "--typos", typos, "--output-format", "jsonl", text=text
    )
    codes = [json.loads(line) for line in found.stdout.splitlines()]
    assert sum("TYP301" in str(line) for line in codes) == 2
    assert call("clean", "-", "--isolated", text=text).stdout == text
    assert "TYP301" not in RULES


def test_a_list_after_another_is_the_one_that_holds() -> None:
    """A new rule may lie where one lay that is gone, and is another all the same."""
    try:
        for word in "一二三四五六七八九十":
            use({"仓容": (f"库{word}", ())}, [])
            assert clean("仓容不够的要抓紧维修。") == f"库{word}不够的要抓紧维修。"
            use({}, [])
            assert clean("仓容不够的要抓紧维修。") == "仓容不够的要抓紧维修。"
    finally:
        use({}, [])


def test_what_is_kept_is_touched_by_no_edit(tmp_path: Path) -> None:
    keep = write(tmp_path / "k.tsv", "形势严竣\n春耕,秋收\n")
    text = "他写道形势严竣,大家都同意。今年抓好春耕,秋收也要抓好,同志们要记住。\n"
    plain = call("clean", "-", "--isolated", text=text).stdout
    assert plain == "他写道形势严峻，大家都同意。今年抓好春耕，秋收也要抓好，同志们要记住。\n"
    kept = call("clean", "-", "--isolated", "--keep", keep, text=text).stdout
    assert kept == "他写道形势严竣，大家都同意。今年抓好春耕,秋收也要抓好，同志们要记住。\n"


def test_own_sites_are_cut_off_titles(tmp_path: Path) -> None:
    sites = write(tmp_path / "s.tsv", "柳河笔会\n")
    text = "在春耕会议上的讲话 - 柳河笔会\n同志们：\n今天去柳河笔会。\n"
    result = call("clean", "-", "--isolated", "--suffixes", sites, text=text)
    assert result.stdout == "在春耕会议上的讲话\n同志们：\n今天去柳河笔会。\n"
    assert call("clean", "-", "--isolated", text=text).stdout == text


PLUGIN = '''
from normtool.edits import ERROR, HIGH, SAFE
from normtool.rule import rule

@rule("TYP901", SAFE, HIGH, ERROR, "柳和县")
def name_of_our_county(match):
    """Name of our county written wrong.

        柳和县  →  柳河县
    """
    return "柳河县"
'''


def test_plugins_and_lists_of_a_configuration_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "rules_of_our_county.py", PLUGIN)
    write(tmp_path / "my.tsv", "北乡\t北巷\n")
    file = write(
        tmp_path / "normtool.toml", 'plugins = ["rules_of_our_county"]\ntypos = "my.tsv"\n'
    )
    below = tmp_path / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    page = write(below / "a.txt", "柳和县的北乡开会。\n")
    assert call("clean", page).stdout == "柳河县的北巷开会。\n"
    assert call("convert", page).stdout.strip() == "柳河县的北巷开会。"
    checked = call("check", page, "--output-format", "concise").stdout
    assert "TYP901 [*] Name of our county written wrong" in checked
    assert "Name of our county written wrong" in call("rule", "TYP901").stdout
    assert call("clean", page, "--ignore", "TYP901,TYP301").stdout == "柳和县的北乡开会。\n"
    shown = call("config").stdout
    assert tomllib.loads(shown)["typos"]["files"] == [str(tmp_path / "my.tsv")]
    line = next(line for line in shown.splitlines() if line.startswith("plugins"))
    assert line.endswith(f"# {file}")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("北乡\n", "t.tsv:1: give the wrong form, a tab and the right one"),
        ("北乡\t北乡\n", "is to become itself"),
        ("甲\t乙\n甲\t丙\n", "t.tsv:2: 甲 has two right forms, 乙 and 丙"),
        ("甲\t乙\n乙\t甲\n", "become each other"),
        ("\t乙\n", "t.tsv:1: the first column is empty"),
    ],
)
def test_bad_lists_are_one_sentence(content: str, says: str, tmp_path: Path) -> None:
    typos = write(tmp_path / "t.tsv", content)
    result = call("clean", "-", "--isolated", "--typos", typos, text="开会。")
    assert result.exit_code == 2
    assert says in result.stderr


def test_missing_list_and_plugin(tmp_path: Path) -> None:
    result = call("clean", "-", "--isolated", "--keep", str(tmp_path / "no.tsv"), text="开会。")
    assert result.exit_code == 2
    assert "no.tsv: cannot be read: no such file" in result.stderr
    file = write(tmp_path / "normtool.toml", 'plugins = ["no_such_module_here"]\n')
    result = call("clean", "-", "--config", file, text="开会。")
    assert result.exit_code == 2
    assert "the plugin 'no_such_module_here' cannot be imported" in result.stderr
    file = write(tmp_path / "normtool.toml", 'typo = "x"\n')
    result = call("clean", "-", "--config", file, text="开会。")
    assert "did you mean typos?" in result.stderr


def test_rules_that_come_later_are_run() -> None:
    assert clean("柳北乡。") == "柳北乡。"
    from normtool.rules.own import use

    use({"柳北乡": ("柳北巷", ())}, ())
    assert clean("柳北乡。") == "柳北巷。"
