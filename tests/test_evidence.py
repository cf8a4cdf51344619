"""What is true of a whole file is found, kept and shown; clean speeches show nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from normtool.pipeline import prepare
from normtool.read import from_text, read
from normtool.report.summary import Summary
from normtool.structure.evidence import evidence

HERE = Path(__file__).parent
CLEAN = sorted((HERE / "clean").glob("*.txt"))
SPEECH = (HERE / "clean" / "village.txt").read_text("utf-8")
FOLD = str.maketrans("，；：！？（）", ",;:!?()")


def found(text: str) -> dict:  # type: ignore[type-arg]
    return prepare(from_text(text)).meta.get("evidence", {})


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_clean_speech_shows_nothing(path: Path) -> None:
    document = prepare(read(path))
    assert "evidence" not in document.meta
    assert evidence(document) == {}


def test_fold_of_marks() -> None:
    folded = SPEECH.translate(FOLD)
    facts = found(folded)["folded"]
    assert facts["full_width"] == 0
    assert facts["half_width"] == sum(map(folded.count, ",;:!?"))
    # A few slips in a text with marks of its own are no fold.
    assert "folded" not in found(SPEECH.replace("，", ",", 12))


def test_hard_wraps_and_their_width() -> None:
    lines = [line[n : n + 30] for line in SPEECH.split("\n") for n in range(0, len(line), 30)]
    facts = found("\n".join(lines))["wrapped"]
    assert facts["width"] == 30
    assert facts["lines"] >= 3


def test_readings_behind_every_character() -> None:
    text = "大(dà)家(jiā)好(hǎo)，现(xiàn)在(zài)开(kāi)会(huì)。\n我们讨论春耕工作。\n"
    assert found(text) == {"pinyin": {"readings": 7}}


def test_replaced_and_deleted_words() -> None:
    spun = "多所周知，吾们的工作很重要。\n行为一名教师，益奇心不可少。\n"
    assert found(spun)["spun"] == {"places": 4}
    text = SPEECH
    for word in "的在是":
        text = text.replace(word, "")
    assert found(text)["deleted"] == {"words": ["的", "在", "是"]}


def test_both_scripts() -> None:
    hans = "各位代表，这次会议讨论农业发展问题，请大家发言。\n"
    hant = "各位代表，這次會議討論農業發展問題，請大家發言。\n"
    assert found(hans * 3 + hant * 2)["scripts"] == {
        "simplified": 3,
        "traditional": 2,
        "lines": "4-5",
    }
    assert "scripts" not in found(hans * 5 + hant), "one line may be a quotation"


def test_summary_says_it_of_one_file_and_of_many() -> None:
    folded = prepare(from_text(SPEECH.translate(FOLD)))
    one = Summary()
    one.add(folded)
    said = [line for line in one.lines() if "evidence" in line]
    assert said == [
        f"  evidence: marks folded to ASCII throughout "
        f"({folded.meta['evidence']['folded']['half_width']}, and 0 full-width)"
    ]
    many = Summary()
    for document in (folded, folded, prepare(from_text(SPEECH))):
        many.add(document)
    said = [line for line in many.lines() if "evidence" in line]
    assert said == ["  evidence: marks folded to ASCII throughout in 2 files"]
