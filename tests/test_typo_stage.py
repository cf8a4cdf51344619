"""The typo model's place in cleaning: after the rules, at rest, off when it should be."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

import normtool.proposals
from normtool.clean import Settings, clean, clean_document
from normtool.document import Document
from normtool.edits import HIGH, LOW, MEDIUM, Certainty, apply, invert
from normtool.proposals import LIMIT, OFF, BackendChoice, BackendError, proposed, use
from normtool.report.explain import fix_and_explain
from normtool.rule_options import use as use_options

Answer = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def _defaults() -> Iterator[None]:
    yield
    use(None)
    use_options({})


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Make a backend of a function; return settings that ask it and make all it finds."""

    def made(answer: Answer, judge: object = None, **changes: Any) -> Settings:
        module = types.ModuleType("invented_backend")
        module.load = lambda **options: answer  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "invented_backend", module)
        if judge is not None:
            monkeypatch.setattr("normtool.proposals.backends.judged", judge)
        use(None)
        choice = BackendChoice("invented_backend:load")
        return Settings(unsafe_fixes=True, typo_backend=choice)._replace(**changes)

    return made


def trusting(text: str, proposals: list[Any]) -> list[Any]:
    """A judge that believes everything: by the score alone."""
    return [
        one._replace(certainty=HIGH if one.score > 0.9 else MEDIUM if one.score > 0.5 else LOW)
        for one in proposals
    ]


def pairs(**right: str) -> Answer:
    """A model that knows some words."""

    def answer(text: str) -> list[tuple[Any, ...]]:
        return [
            (place, wrong, right[wrong], 0.95)
            for wrong in right
            for place in range(len(text))
            if text.startswith(wrong, place)
        ]

    return answer


def test_model_reads_what_the_rules_leave(backend: Callable[..., Settings]) -> None:
    seen: list[str] = []

    def answer(text: str) -> list[tuple[Any, ...]]:
        seen.append(text)
        return pairs(数局="数据")(text)

    settings = backend(answer, trusting, unsafe_fixes=False)
    document = clean_document(Document("x", "建设大数 局中心,形势严竣。"), settings)
    assert seen[0] == "建设大数局中心，形势严峻。"
    assert document.text == "建设大数据中心，形势严峻。"
    edit = next(edit for edit in document.edits if "TYP401" in edit.codes)
    assert (edit.before, edit.after) == ("数 局", "数据")
    assert set(edit.codes) == {"SPC101", "TYP401"}
    assert "invented_backend" in edit.note
    assert apply(document.text, invert(document.edits)) == document.original


def test_certainty_decides_who_must_agree(backend: Callable[..., Settings]) -> None:
    def answer(text: str) -> list[tuple[Any, ...]]:
        return [(0, "甲", "乙", 0.95), (1, "甲", "乙", 0.6), (3, "甲", "乙", 0.1)]

    settings = backend(answer, trusting, unsafe_fixes=False)
    # With the first made, the second stands at its place no more: ask about one text only.
    found = proposed_by(settings, "甲甲会甲会")
    assert [one.certainty for one in found] == [HIGH, MEDIUM, LOW]


def proposed_by(settings: Settings, text: str) -> tuple[Any, ...]:
    use(settings.typo_backend)
    return proposed(text)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({}, "增加了省份析出"),
        ({"unsafe_fixes": True}, "增加了省份析出"),
        ({"typo_model": False, "unsafe_fixes": True}, "增加了省份析出"),
        ({"keep": ("省份析",), "unsafe_fixes": True}, "增加了省份析出"),
        ({"ignore": ("TYP4",), "unsafe_fixes": True}, "增加了省份析出"),
        ({"select": ("SPC",), "unsafe_fixes": True}, "增加了省份析出"),
    ],
)
def test_what_is_asked_for_is_done(
    backend: Callable[..., Settings], settings: dict[str, Any], text: str
) -> None:
    likely = backend(pairs(份析="分析"), medium, **({"unsafe_fixes": False} | settings))
    document = clean_document(Document("x", text), likely)
    made = settings == {"unsafe_fixes": True}
    assert (document.text != text) is made
    offered = [edit.codes for edit in document.suggestions]
    assert offered == ([("TYP402",)] if settings == {} else [])


def medium(text: str, proposals: list[Any]) -> list[Any]:
    return [one._replace(certainty=MEDIUM) for one in proposals]


def test_addresses_and_tables_are_no_prose(backend: Callable[..., Settings]) -> None:
    settings = backend(pairs(份析="分析"), trusting)
    text = "见https://example.cn/份析_报告\n份析"
    assert clean_document(Document("x", text), settings).text.endswith("报告\n分析")
    assert "/份析_" in clean_document(Document("x", text), settings).text


def test_a_rule_that_knows_the_word_goes_first(backend: Callable[..., Settings]) -> None:
    # 份内 is on the list of likely typos: one offer for one place, and it is the list's.
    settings = backend(pairs(份内="分内", 份析="分析"), trusting, unsafe_fixes=False)
    document = clean_document(Document("x", "这是部门份内之事，要加强份析。"), settings)
    assert document.text == "这是部门份内之事，要加强分析。"
    assert [edit.codes for edit in document.suggestions] == [("TYP201",)]


def test_correction_that_shows_the_next_one_is_followed(backend: Callable[..., Settings]) -> None:
    settings = backend(pairs(数局="数据", 数据才业="数据产业"), trusting)
    document = clean_document(Document("x", "发展大数局才业。"), settings)
    assert document.text == "发展大数据产业。"
    assert clean_document(Document("x", document.text), settings).edits == ()


def test_model_that_undoes_itself_makes_nothing(backend: Callable[..., Settings]) -> None:
    settings = backend(pairs(份析="分析", 分析="份析"), trusting)
    for text in ("加强份析。", "加强分析。"):
        document = clean_document(Document("x", text), settings)
        assert document.text == text
        assert [edit.codes for edit in document.suggestions] == [("TYP401",)]


def written_in(signs: str, least: int, most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(signs), min_size=least, max_size=most).map("".join)


WORDS = "市县数局据份分析省"


@settings_of_hypothesis(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    written_in(WORDS + ", 。,\n", 1, 24),
    st.dictionaries(written_in(WORDS, 1, 3), written_in(WORDS, 1, 3), max_size=4),
)
def test_laws_hold_whatever_a_model_proposes(text: str, table: dict[str, str]) -> None:
    module = types.ModuleType("invented_backend")
    module.load = lambda **options: pairs(**table)  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "invented_backend", module)
        patch.setattr("normtool.proposals.backends.judged", trusting)
        use(None)
        settings = Settings(unsafe_fixes=True, typo_backend=BackendChoice("invented_backend:load"))
        document = clean_document(Document("x", text), settings)
        assert apply(text, document.edits) == document.text
        assert apply(document.text, invert(document.edits)) == text
        again = clean_document(Document("x", document.text), settings)
        assert again.text == document.text


def test_large_text_is_left_to_the_rules(backend: Callable[..., Settings]) -> None:
    settings = backend(pairs(份析="分析"), trusting)
    use_options({LIMIT.code: {LIMIT.name: 1000}})
    line = "加强份析,抓好落实。\n"
    small, large = line * 50, line * 200
    assert "分析" in clean_document(Document("x", small), settings).text
    document = clean_document(Document("x", large), settings)
    assert document.text == large.replace(",", "，")
    assert document.meta[OFF].startswith("the text has 2,200 characters, more than 1,000")
    use_options({})
    again = clean_document(document, settings)
    assert "分析" in again.text
    assert OFF not in again.meta


def test_without_numpy_the_rules_still_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(normtool.proposals, "can_run", lambda: False)
    document = clean_document(Document("x", "企业的经营状矿良好,形势严竣。"))
    assert document.text == "企业的经营状矿良好，形势严峻。"
    assert document.meta[OFF] == "it needs the Python package numpy: pip install numpy"
    without = clean_document(document, Settings(typo_model=False))
    assert OFF not in without.meta, "who did not ask need not be told"


def test_program_without_numpy_says_so_once(tmp_path: Path) -> None:
    import subprocess

    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("形势严竣,企业的经营状矿良好。\n", "utf-8")
    code = "import sys\nsys.modules['numpy'] = None\nfrom normtool.cli import main\nmain()\n"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "--isolated", str(tmp_path)],
        capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "NORMTOOL_NATIVE": "0"},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "TYP101" in done.stdout
    assert "TYP40" not in done.stdout
    says = "the typo model was off: it needs the Python package numpy: pip install numpy"
    assert done.stderr.count(says) == 1, done.stderr


def test_switched_off_nothing_of_it_is_imported() -> None:
    import subprocess

    code = (
        "import sys\n"
        "from normtool.clean import Settings, clean_document\n"
        "from normtool.document import Document\n"
        "clean_document(Document('x', '形势严竣。'), Settings(typo_model=False))\n"
        "assert not {'numpy', 'normtool.typos'} & set(sys.modules)\n"
        "clean_document(Document('x', '形势严竣。'))\n"
        "assert 'normtool.typos' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda text: [(0, "乙", "丙")], "would replace '乙' at 0, where '加强' stands"),
        (lambda text: [(-1, "析", "丙")], "would replace '析' at -1"),
        (lambda text: ["加"], "answers '加', not (start, before, after)"),
        (lambda text: 3, "fails: TypeError"),
        (lambda text: [][1], "fails: IndexError"),
    ],
)
def test_backend_that_answers_wrongly_is_a_sentence(
    backend: Callable[..., Settings], answer: Answer, says: str
) -> None:
    settings = backend(answer)
    with pytest.raises(BackendError) as caught:
        clean_document(Document("x", "加强"), settings)
    assert says in str(caught.value)
    assert "invented_backend:load" in str(caught.value)


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("no_such_module_here:load", "there is no module 'no_such_module_here'"),
        ("macbert", "is no backend: write"),
        ("json:no_such", "cannot be loaded: AttributeError"),
        ("json:loads", "cannot be loaded: TypeError"),
    ],
)
def test_backend_that_is_none_is_a_sentence(spec: str, says: str) -> None:
    with pytest.raises(BackendError) as caught:
        clean_document(Document("x", "加强"), Settings(typo_backend=BackendChoice(spec)))
    assert says in str(caught.value)


def test_digits_and_marks_are_not_for_a_model(backend: Callable[..., Settings]) -> None:
    def answer(text: str) -> list[tuple[Any, ...]]:
        wanted = [("2020", "2021"), ("。", "，"), ("三", "叁"), ("加强", ""), ("加强", "加强")]
        found = [(text.find(old), old, new, 0.99) for old, new in wanted if old in text]
        return [one for one in found if one[0] >= 0]

    settings = backend(answer, trusting)
    document = clean_document(Document("x", "2020年加强。"), settings)
    assert document.text == "2020年加强。"
    assert document.suggestions == ()


def test_certainties_are_those_of_edits() -> None:
    assert list(Certainty) == [LOW, MEDIUM, HIGH]


def test_tei_says_how_sure_and_why(backend: Callable[..., Settings]) -> None:
    from io import BytesIO

    from lxml import etree

    from normtool.pipeline import prepare, write

    settings = backend(pairs(份析="分析", 建社="建设"), trusting)
    document = prepare(Document("x", "关于建社的讲话\n同志们:\n要加强份析,抓好落实。\n"), settings)
    stream = BytesIO()
    write(document, stream, "tei")
    root = etree.fromstring(stream.getvalue())
    names = {"t": "http://www.tei-c.org/ns/1.0"}
    choices = root.xpath("//t:text//t:choice[t:sic]", namespaces=names)
    assert [choice.xpath("string(t:sic)", namespaces=names) for choice in choices] == [
        "建社", "份析",
    ]  # fmt: skip
    for choice in choices:
        assert choice.get("ana") == "#rule.TYP401"
        corrected = choice.find("t:corr", names)
        assert corrected.text in ("建设", "分析")
        assert corrected.get("cert", "high") == "high"
    notes = "".join(root.xpath("//t:notesStmt//text()", namespaces=names))
    assert "invented_backend: " in notes or "invented_backend" in notes


def test_settings_travel_to_other_processes() -> None:
    import pickle

    settings = Settings(
        typo_backend=BackendChoice("a:b", (("path", "models/x"), ("threshold", 0.5)), "here")
    )
    assert pickle.loads(pickle.dumps(settings)) == settings
    assert hash(settings) == hash(settings._replace())


def test_from_python_the_model_can_be_left_out() -> None:
    text = "企业的经营状矿良好,形势严竣。"
    assert clean(text) == "企业的经营状况良好，形势严峻。"
    assert clean(text, typo_model=False) == "企业的经营状矿良好，形势严峻。"
    told = fix_and_explain(text)
    assert "状矿 never occurs" in next(
        change.message for change in told.explanation if "TYP401" in change.codes
    )
    assert fix_and_explain(text, typo_model=False).text == clean(text, typo_model=False)


PHRASES = (
    "企业的经营状矿良好", "要坚决贯撤落实", "积极应对人口老令化", "农民收人持续增长", "收人",
    "加强党风廉正建设", "规章制渡", "“状矿”", "管理制渡", "他们来到帐篷里", "建社美丽乡村",
    "大数 局产业", "形势严竣", "，", ",", "。", "\n", "　", "2024年", "𠀀", "《贯撤》",
    "份析", "环竟", "要認真貫撤落實", "經營狀礦良好", "保涨民生",
)  # fmt: skip


@settings_of_hypothesis(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(st.sampled_from(PHRASES), max_size=14).map("".join), st.booleans())
def test_laws_hold_for_the_model_that_ships(text: str, unsafe_fixes: bool) -> None:
    settings = Settings(unsafe_fixes=unsafe_fixes)
    document = clean_document(Document("x", text), settings)
    assert apply(text, document.edits) == document.text
    assert apply(document.text, invert(document.edits)) == text
    again = clean_document(Document("x", document.text), settings)
    assert again.text == document.text
    without = clean_document(Document("x", text), settings._replace(typo_model=False))
    assert len(without.text) == len(document.text)
    for offer in document.suggestions:
        assert text.startswith(offer.before, offer.start)
