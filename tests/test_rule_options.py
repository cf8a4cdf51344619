"""Options of rules in the configuration: they hold, and mistakes are sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

import normtool.rules  # noqa: F401
from normtool.clean import clean_document
from normtool.config import resolve
from normtool.document import Document
from normtool.extensions import ConfigError
from normtool.rule_options import OPTIONS, use

LINE = "各村要把道路养护和河道保洁抓好，经费由镇里统一安排，年底逐项检查，确保各项任务落到实处。"


@pytest.fixture(autouse=True)
def defaults():  # type: ignore[no-untyped-def]
    yield
    use({})


def configured(tmp_path: Path, text: str):  # type: ignore[no-untyped-def]
    path = tmp_path / "normtool.toml"
    path.write_text(text, "utf-8")
    return resolve(file=path)


def test_option_holds_and_goes_back_to_its_default(tmp_path: Path) -> None:
    twice = Document("x", f"{LINE}\n谢谢。\n{LINE}\n")

    def codes() -> set[str]:
        return {code for edit in clean_document(twice).suggestions for code in edit.codes}

    assert len(LINE) > 40
    assert "QLT134" in codes()
    found = configured(tmp_path, "[rules.QLT134]\nlength = 60\n")
    assert found.options == {"QLT134": {"length": 60}}
    assert "QLT134" not in codes()
    configured(tmp_path, 'select = ["QLT"]\n')
    assert "QLT134" in codes()


MISTAKES = {
    "[rules.QLT199]\nlength = 3": "there is no such rule with options; did you mean QLT1",
    "[rules.QLT134]\nlenght = 60": "unknown option 'lenght'; known are length",
    "[rules.QLT134]\nlength = 2": "length must be a whole number of at least 10, not 2",
    "[rules.QLT134]\nlength = true": "must be a whole number",
    '[rules.QLT134]\nlength = "60"': "must be a whole number",
    "rules = 3": "rules must be tables",
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.items(), ids=MISTAKES)
def test_mistakes_are_sentences(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        configured(tmp_path, text)
    assert message in str(caught.value)
    assert str(tmp_path / "normtool.toml") in str(caught.value)


def test_every_option_is_of_a_rule_and_at_its_default() -> None:
    from normtool.rule import RULES

    for code, options in OPTIONS.items():
        assert code in RULES
        for option in options.values():
            assert option.value == option.default >= option.least
            assert option.doc
