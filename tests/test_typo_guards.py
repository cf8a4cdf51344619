"""The guards decide what another model may do, however sure it is of itself."""

from __future__ import annotations

import pytest

from normtool.edits import HIGH, LOW, MEDIUM, Certainty
from normtool.proposals.guards import judged
from normtool.typos import Proposal, propose


def ask(text: str, wrong: str, right: str, score: float) -> list[Proposal]:
    return judged(text, [Proposal(text.index(wrong), wrong, right, LOW, score, "")])


@pytest.mark.parametrize(
    ("text", "wrong", "right", "score", "certainty"),
    [
        ("企业的经营状矿良好", "矿", "况", 0.999, HIGH),
        ("企业的经营状矿良好", "状矿", "状况", 0.999, HIGH),
        ("企业的经营状矿良好", "状矿", "状况", 1.0, HIGH),
        ("企业的经营状矿良好", "矿", "况", 0.6, MEDIUM),  # it is not sure itself
        ("加快大数狗产业发展", "狗", "据", 0.999, MEDIUM),  # neither sounds nor looks like it
        ("企业的经营很非常良好", "很非常", "非常", 0.999, LOW),  # another length
        ("企业的𠀀状矿良好", "𠀀", "况", 0.999, LOW),
        ("企业的状矿良好，桌子很大", "大", "𠀀", 0.999, LOW),
    ],
)
def test_both_models_must_agree(
    text: str, wrong: str, right: str, score: float, certainty: Certainty
) -> None:
    (found,) = ask(text, wrong, right, score)
    assert found.certainty == certainty
    assert found.note.startswith(f"{score:.3f}")


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("企业的经营状况良好", "况", "矿"),
        ("新增张家口分公司", "张", "长"),
        ("由企业自己申请", "己", "已"),
        ("他们来到帐篷里", "帐", "账"),
        ("京津冀和渝北区", "渝", "瑜"),
        ("共有三十二个村", "三", "五"),
        ("他的意见和她的意见", "她", "他"),
    ],
)
def test_what_is_right_is_not_even_shown(text: str, wrong: str, right: str) -> None:
    assert ask(text, wrong, right, 0.9999) == []


def test_name_is_at_most_shown() -> None:
    assert all(one.certainty == LOW for one in ask("刘竣同志出席会议", "竣", "峻", 0.9999))


def test_note_is_the_evidence() -> None:
    (found,) = ask("企业的经营状矿良好", "矿", "况", 0.99)
    assert "状矿 never occurs" in found.note
    assert "状况" in found.note


def test_guards_and_model_are_of_one_mind() -> None:
    # The model's own proposals, asked about as if another had made them.
    text = (
        "企业的经营状矿良好。要坚决贯撤落实党中央的决策部署，积极应对人口老令化。\n"
        "农民收人持续增长，加强党风廉正建设。他在“贯撤”一栏签字。\n"
    )
    ours = propose(text)
    theirs = judged(text, [one._replace(certainty=LOW, note="") for one in ours])
    assert [(a.start, a.certainty) for a in ours if a.certainty > LOW] == [
        (b.start, b.certainty) for b in theirs if b.certainty > LOW
    ]
    assert any(one.certainty == HIGH for one in ours)


def test_nothing_proposed_is_nothing_judged() -> None:
    assert judged("", []) == []
    assert judged("企业的经营状矿良好", []) == []
