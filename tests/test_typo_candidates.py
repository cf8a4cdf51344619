"""``normtool typos``: places, a table to review, and the table given back."""

from __future__ import annotations

import sys
import tomllib
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from normtool.clean import Settings, clean
from normtool.cli import main
from normtool.config import resolve
from normtool.document import Document
from normtool.edits import LOW, MEDIUM
from normtool.extensions import ConfigError
from normtool.ownlists import HEADER, BadList, read_names, read_typos
from normtool.proposals import BackendChoice
from normtool.report.candidates import places, table

#: A backend in a file: it knows three words, and judges itself by the score.
BACKEND = """
import re

WORDS = {"数局": "数据", "责": "则", "力渡": "力度"}

def load(factor=1.0, path=""):
    def propose(text):
        for wrong, right in WORDS.items():
            for match in re.finditer(f"(?<!负){wrong}(?!任)", text):
                yield match.start(), wrong, right, 0.9 * factor
    propose.name = "our-model"
    return propose
"""
FILES = {
    "a.txt": "建设大数局中心,发展大数局产业。\n干部要以身作责。\n多数局面是好的,责任很大。\n",
    "b.txt": "大数局\n加大力渡\n加大力渡抓落实\n",
}


@pytest.fixture(autouse=True)
def _table() -> Iterator[None]:
    yield
    resolve(isolated=True)
    clean("开会。")  # the model is asked again, not the backend of a test


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project: a backend, its configuration, a folder of pages; and we are in it."""
    (tmp_path / "our_backend.py").write_text(BACKEND, "utf-8")
    (tmp_path / "normtool.toml").write_text('[typos]\nbackend = "our_backend:load"\n', "utf-8")
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, text in FILES.items():
        (pages / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    # Each test makes the module anew; the judge of the model is not what is tested here.
    monkeypatch.delitem(sys.modules, "our_backend", raising=False)
    monkeypatch.setattr("normtool.proposals.backends.judged", by_score)
    return tmp_path


def by_score(text: str, proposals: list[Any]) -> list[Any]:
    return [one._replace(certainty=MEDIUM if one.score > 0.8 else LOW) for one in proposals]


def call(*args: str, text: str = "") -> Result:
    return CliRunner().invoke(main, list(args), input=text.encode())


def test_places_file_by_file(corpus: Path) -> None:
    result = call("typos", "pages")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split(" ")[0].rpartition("/")[2] for line in lines] == [
        "a.txt:1:4:", "a.txt:1:12:", "a.txt:2:7:", "a.txt:3:2:",
        "b.txt:1:2:", "b.txt:2:3:", "b.txt:3:3:",
    ]  # fmt: skip
    assert all("TYP402 [?]" in line and "(our-model)" in line for line in lines)
    assert "PUN101" not in result.stdout
    assert lines[0].endswith("数局 → 数据")


def test_table_has_each_form_once_with_counts(corpus: Path) -> None:
    result = call("typos", "pages", "--learn")
    assert result.exit_code == 0
    head, *rows = result.stdout.splitlines()
    assert head == HEADER
    table = {row.split("\t")[0]: row.split("\t")[1:] for row in rows}
    assert len(table) == len(rows)
    assert table["大数局"][:5] == ["大数据", "?", "3", "2", "medium"]
    assert table["大力渡"][:4] == ["大力度", "?", "2", "1"]
    # 数局 stands in 多数局面 as well: the two are two forms.
    assert "数局" not in table
    assert table["多数局"][0] == "多数据"
    assert table["大数局"][5] == "建设大【数局】中心，发展大数局产业。"


def test_reviewed_table_is_both_lists(corpus: Path) -> None:
    learned = call("typos", "pages", "--learn").stdout
    reviewed = "".join(
        line.replace("\t?\t", "\tkeep\t" if line.startswith("多数局") else "\tfix\t")
        if "作责" not in line.split("\t")[0]
        else line
        for line in learned.splitlines(keepends=True)
    )
    (corpus / "reviewed.tsv").write_text(reviewed, "utf-8")
    both = ("--typos", "reviewed.tsv", "--keep", "reviewed.tsv")
    cleaned = call("clean", "pages/a.txt", "--no-typo-model", *both).stdout
    assert cleaned == (
        "建设大数据中心，发展大数据产业。\n干部要以身作责。\n多数局面是好的，责任很大。\n"
    )
    # Kept words are not found again, fixed ones are gone, what is open is still found.
    again = call("typos", "pages", *both).stdout.splitlines()
    assert ["TYP402" in line and "责 → 则" in line for line in again] == [True]
    everything = call("clean", "pages/a.txt", "--unsafe-fixes", *both).stdout
    assert everything == cleaned.replace("作责", "作则")


def test_columns_of_a_reviewed_table(tmp_path: Path) -> None:
    path = tmp_path / "r.tsv"
    path.write_text(
        "北乡\t北巷\t东北乡\n"  # an ordinary entry before it stays one
        f"{HEADER}\n甲\t乙\tfix\t3\t1\thigh\t一【甲】\n\n丙\t丁\tkeep\t1\t1\tlow\tx\n戊\t己\t?\n",
        "utf-8",
    )
    assert read_typos(path) == {"北乡": ("北巷", ("东北乡",)), "甲": ("乙", ())}
    assert read_names(path) == ("北乡", "丙")
    path.write_text(f"{HEADER}\n甲\t乙\tFix it\n", "utf-8")
    with pytest.raises(BadList, match=r"r\.tsv:2: the verdict is fix, keep or \?, not 'Fix it'"):
        read_typos(path)
    path.write_text(f"{HEADER}\n甲\t乙\n", "utf-8")
    with pytest.raises(BadList, match="not ''"):
        read_names(path)


def test_form_stands_for_nothing_else_in_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    # 大数局 stands where nothing is wrong, too: what is learned must not change that.
    text = "发展大数局产业，多大数局面"
    module = types.ModuleType("invented_backend")
    module.load = lambda: lambda asked: [(4, "局", "据", 0.9)]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "invented_backend", module)
    monkeypatch.setattr("normtool.proposals.backends.judged", by_score)
    settings = Settings(typo_backend=BackendChoice("invented_backend:load"))
    _, found = places(Document("x", text), settings)
    rows = [line.split("\t")[:2] for line in table(found)]
    assert rows[1:] == [["数局产", "数据产"]]


def test_options_and_their_mistakes(corpus: Path) -> None:
    config = corpus / "normtool.toml"

    def said(toml: str) -> str:
        config.write_text(toml, "utf-8")
        with pytest.raises(ConfigError) as caught:
            resolve(file=config)
        assert str(config) in str(caught.value)
        return str(caught.value)

    assert "did you mean typos.model?" in said("typo-model = false")
    assert "did you mean typos.backend?" in said('[typos]\nbackends = "x"')
    assert "typos.model must be true or false" in said('typos.model = "no"')
    assert "there is no module 'no_model_here'" in said('typos.backend = "no_model_here:load"')
    assert 'write "module:factory"' in said('typos.backend = "our_backend"')
    assert "add typos.backend" in said("[typos.options]\nfactor = 1.0")
    assert "must be a table of strings" in said('typos.backend = "json:x"\ntypos.options = 3')
    assert "must be a list of strings" in said("typos = 3")
    config.write_text(
        '[typos]\nfiles = []\nmodel = true\nbackend = "our_backend:load"\n'
        'options = { factor = 0.5, path = "models" }\n',
        "utf-8",
    )
    shown = tomllib.loads(call("config").stdout)["typos"]
    assert shown == {
        "files": [], "model": True, "backend": "our_backend:load",
        "options": {"factor": 0.5, "path": str((corpus / "models").resolve())},
    }  # fmt: skip
    # What config prints is a configuration.
    config.write_text(call("config").stdout, "utf-8")
    assert tomllib.loads(call("config").stdout)["typos"] == shown
    # With half the score everything is only shown, and only if that is asked for.
    assert call("typos", "pages").stdout == ""
    config.write_text(call("config").stdout + "\n[rules.TYP403]\nscore = 40\n", "utf-8")
    assert "TYP403" in call("typos", "pages").stdout
    assert "TYP402" not in call("typos", "pages").stdout


def test_backend_that_cannot_be_loaded_stops_the_call_with_a_sentence(corpus: Path) -> None:
    (corpus / "normtool.toml").write_text(
        '[typos]\nbackend = "our_backend:load"\noptions = { speed = 3 }\n', "utf-8"
    )
    for command in ("clean", "check", "typos", "convert"):
        extra = ("-o", "out") if command in ("clean", "convert") else ()
        result = call(command, "pages", *extra)
        assert result.exit_code == 2
        assert result.stderr.count("our_backend:load cannot be loaded: TypeError") == 1
        assert "bug" not in result.stderr
    assert call("clean", "pages/b.txt", "--no-typo-model").exit_code == 0
    assert call("config").exit_code == 0


def test_where_the_model_is_off_is_told_in_one_sentence(corpus: Path) -> None:
    (corpus / "normtool.toml").write_text("[rules.TYP401]\nlimit = 1000\n", "utf-8")
    for name in FILES:
        (corpus / "pages" / name).write_text("抓好落实。\n" * 400, "utf-8")
    says = "the typo model was off: the text has 2,400 characters, more than 1,000"
    for args in (("clean", "-o", "out"), ("check",), ("convert", "-t", "txt", "-o", "out")):
        result = call(args[0], "pages", *args[1:])
        assert result.stderr.count(says) == 1, result.stderr
        assert "(and for 1 more file)" in result.stderr
        assert says not in call(args[0], "pages", *args[1:], "-q").stderr
        assert says not in call(args[0], "pages", *args[1:], "--no-typo-model").stderr
    piped = call("clean", "-", text="抓好落实。\n" * 400)
    assert piped.stdout == "抓好落实。\n" * 400
    assert piped.stderr.count(says) == 1


def test_command_about_the_model_needs_it(corpus: Path) -> None:
    result = call("typos", "pages", "--no-typo-model")
    assert result.exit_code == 2
    assert "leaves nothing to do" in result.stderr
    (corpus / "normtool.toml").write_text("typos.model = false\n", "utf-8")
    assert call("typos", "-", text="企业的经营状矿良好。").stdout.count("TYP40") == 1
    assert "TYP40" not in call("check", "-", text="企业的经营状矿良好。").stdout
    assert "finds nothing" in call("typos", "-", text="开会。").stderr
