"""Traditional text is read in its simplified form; what is found there is led back, or dropped."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator

import pytest

from normtool.clean import Settings, clean_document
from normtool.converters import converter
from normtool.document import Document
from normtool.edits import HIGH, MEDIUM
from normtool.proposals import BackendChoice, proposed, use
from normtool.proposals.traditional import Simplified
from normtool.typos import Proposal

TAIWAN = "各級幹部在這裡說明經濟發展的時間與問題，"


@pytest.fixture(autouse=True)
def _model_as_it_was() -> Iterator[None]:
    yield
    use(None)


def proposal(text: str, wrong: str, right: str) -> Proposal:
    return Proposal(text.index(wrong), wrong, right, HIGH, 0.99, "")


@pytest.mark.parametrize(
    ("text", "wrong", "right", "before", "after"),
    [
        ("發展大數局產業", "大数局", "大数据", "大數局", "大數據"),
        ("理發店的頭法", "头法", "头发", "頭法", "頭髮"),  # 发 is 髮 here, not 發
        ("這裡的製渡", "制渡", "制度", "製渡", "製度"),  # what is not changed stays as written
        ("經濟發展和建設工做", "工做", "工作", "工做", "工作"),
    ],
)
def test_leads_back(text: str, wrong: str, right: str, before: str, after: str) -> None:
    simplified = Simplified(TAIWAN + text)
    assert len(simplified.text) == len(TAIWAN + text)
    found = simplified.back(proposal(simplified.text, wrong, right))
    assert found is not None
    assert (found.before, found.after) == (before, after)
    assert (TAIWAN + text).startswith(found.before, found.start)


def test_forms_of_the_place() -> None:
    hong_kong = Simplified("在這裏說衞生，經濟發展着，裏面的衛声")
    found = hong_kong.back(proposal(hong_kong.text, "卫声", "卫生"))
    assert found is not None
    assert found.after == "衛生", "only the character that is changed is converted"
    taiwan = Simplified(TAIWAN + "公司的哩面")
    inside = taiwan.back(proposal(taiwan.text, "哩", "里"))
    assert inside is not None
    assert inside.after == "裡"


def test_what_changes_the_length_is_dropped() -> None:
    simplified = Simplified(TAIWAN + "建設設")
    assert simplified.back(proposal(simplified.text, "设设", "设")) is None


@pytest.mark.parametrize("word", ["甚么什么", "身分身份", "讯息信息", "连络联络", "标竿标杆"])
def test_norm_of_the_place_is_no_typo(word: str) -> None:
    half = len(word) // 2
    simplified = Simplified(converter("s2tw")(TAIWAN + word[:half]))
    assert simplified.text.endswith(word[:half])
    assert simplified.back(proposal(simplified.text, word[:half], word[half:])) is None


def test_model_is_asked_in_simplified_and_nothing_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(text: str) -> list[tuple[int, str, str, float]]:
        asked.append(text)
        return [(text.index("大数局"), "大数局", "大数据", 0.99)] if "大数局" in text else []

    module = types.ModuleType("invented_backend")
    module.load = lambda: answer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "invented_backend", module)
    sure = lambda text, found: [one._replace(certainty=HIGH) for one in found]  # noqa: E731
    monkeypatch.setattr("normtool.proposals.backends.judged", sure)
    settings = Settings(typo_backend=BackendChoice("invented_backend:load"))
    text = TAIWAN + "發展大數局產業。"
    document = clean_document(Document("x", text), settings)
    assert asked[0] == "各级干部在这里说明经济发展的时间与问题，发展大数局产业。"
    assert document.text == text
    assert [(edit.codes, edit.before, edit.after) for edit in document.suggestions] == [
        (("TYP402",), "大數局", "大數據")
    ]
    made = clean_document(Document("x", text), settings._replace(unsafe_fixes=True))
    assert made.text == TAIWAN + "發展大數據產業。"
    assert made.edits[0].certainty == MEDIUM


def test_built_in_model_reads_traditional() -> None:
    found = proposed(TAIWAN + "企業的經營狀礦良好。")
    assert [(one.before, one.after, one.certainty) for one in found] == [("礦", "況", MEDIUM)]
    assert proposed(TAIWAN + "企業的經營狀況良好。") == ()


def test_line_of_the_other_script_is_not_read() -> None:
    simplified = "这个会议说明了经济发展的问题，企业的经营状矿良好。\n"
    quoted = "引文：" + TAIWAN + "企業的經營狀礦良好，發展經濟。\n"
    text = "这个会议说明了经济发展的时间与问题。\n" * 2 + simplified + quoted
    assert [one.start for one in proposed(text)] == [text.index("矿")]


def test_text_in_the_shapes_of_japan_is_not_read() -> None:
    assert proposed("経済発展與広東関係，対中国経済発展之研究，企業経営之状矿良好。" * 3) == ()


def test_line_whose_simplified_form_has_another_length_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import normtool.proposals.traditional as traditional

    def longer(configuration: str):  # type: ignore[no-untyped-def]
        return lambda text: text.replace("計程車", "出租汽车").replace("級", "级")

    monkeypatch.setattr(traditional, "converter", longer)
    simplified = Simplified("各級計程車\n各級")
    assert simplified.text == "\ufffc" * 5 + "\n各级"
