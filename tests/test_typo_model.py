"""Typos that nobody listed: what is proposed, and above all what is not."""

from __future__ import annotations

import pytest

from normtool.edits import MEDIUM, Certainty
from normtool.typos import Proposal, propose


def corrected(text: str, minimum: Certainty = MEDIUM) -> str:
    for found in reversed(propose(text, minimum=minimum)):
        assert text[found.start :].startswith(found.before)
        text = text[: found.start] + found.after + text[found.start + len(found.before) :]
    return text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("我们要再接再励，把工作做好", "我们要再接再厉，把工作做好")],
)
def test_typo_is_corrected(wrong: str, right: str) -> None:
    assert corrected(wrong) == right


@pytest.mark.parametrize("text", ["", "a", "我们要再接再厉，把工作做好", "同志们：\n今天开会。"])
def test_right_text_stays(text: str) -> None:
    assert corrected(text) == text


def test_proposal_says_why() -> None:
    (found,) = propose("再接再励")
    assert found[:4] == Proposal(3, "励", "厉", MEDIUM, 0, "")[:4]
    assert "再接再厉" in found.note
