"""The docstring of a rule is its manual, and here it is its test.

Every case is named after its rule, so that a failure says which to look at.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

import normtool.rules  # noqa: F401  (fills the table)
from normtool.clean import Settings, clean, clean_document
from normtool.document import Document
from normtool.edits import DISPLAY, FLAG, GAP, KINDS, SAFE, Edit, apply, fuse, invert
from normtool.rule import CONVERSION, FAMILIES, RULES, Rule, chosen, rule, seen

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES.values()
    if rule.family != CONVERSION  # see test_script_rules
    for number, example in enumerate(rule.examples, 1)
]
CHANGES = [
    case for case in EXAMPLES if not case.values[1].stays and case.values[1].after is not None
]
STAYS = [case for case in EXAMPLES if case.values[1].stays]
FLAGS = [case for case in EXAMPLES if case.values[1].after is None]

each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def edits_of(rule: Rule, text: str) -> list[Edit]:
    """What one rule by itself does to a text, as sound edits."""
    places = sorted(rule.find(text), key=lambda place: (place[0], -place[1]))
    edits = []
    end = -1
    for start, stop, after, note in places:
        if start >= end and after != text[start:stop]:
            reason = (rule.code,), rule.certainty, rule.applicability, rule.kind
            edits.append(Edit(start, text[start:stop], after, *reason, note))
            end = stop
    return fuse(edits)


def folded(text: str) -> str:
    """The text with the width of letters, digits and clause marks made equal."""
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return text.translate(wide)


@each_rule
def test_says_what_it_is_about(rule: Rule) -> None:
    first, *rest = rule.doc.split("\n")
    assert 3 <= len(first) <= 90, "the first line is the message everywhere"
    assert first.endswith("."), "the first line is a sentence or a noun phrase with a full stop"
    assert not rest or rest[0] == "", "an empty line separates the message from the rest"
    assert not re.search("[✓⚑→]", rule.message)
    assert rule.family in FAMILIES
    assert rule.kind in KINDS


@each_rule
def test_manual_shows_three_places_to_change_and_three_to_leave(rule: Rule) -> None:
    fired = {example.before for example in rule.examples if not example.stays}
    left = {example.before for example in rule.examples if example.stays}
    assert len(fired) >= 3, f"{rule.code} needs {3 - len(fired)} more examples with → or ⚑"
    assert len(left) >= 3, f"{rule.code} needs {3 - len(left)} more examples with ✓"


@each_rule
def test_manual_says_why(rule: Rule) -> None:
    why = rule.explanation.partition("\n")[2].strip()
    assert len(why) >= 60, f"{rule.code} needs a paragraph on what it is about and what it is not"


@each_rule
def test_permission_fits_the_kind(rule: Rule) -> None:
    if rule.kind == FLAG or rule.family == "QLT":
        assert rule.applicability == DISPLAY, "a flag changes nothing, so nobody can allow it"


@pytest.mark.parametrize(("rule", "example"), CHANGES)
def test_change_is_exact(rule: Rule, example) -> None:  # type: ignore[no-untyped-def]
    edits = edits_of(rule, example.before)
    assert apply(example.before, edits) == example.after


@pytest.mark.parametrize(("rule", "example"), CHANGES)
def test_change_is_made_once_and_can_be_undone(rule: Rule, example) -> None:  # type: ignore[no-untyped-def]
    edits = edits_of(rule, example.before)
    assert apply(example.after, invert(edits)) == example.before
    assert edits_of(rule, example.after) == [], f"{rule.code} does not rest on its own result"


@pytest.mark.parametrize(("rule", "example"), CHANGES)
def test_gap_rules_and_only_they_mark_a_loss(rule: Rule, example) -> None:  # type: ignore[no-untyped-def]
    more = example.after.count("□") > example.before.count("□")
    assert not more or rule.kind == GAP, f"{rule.code} writes □ but is of kind {rule.kind}"


@pytest.mark.parametrize(("rule", "example"), STAYS)
def test_what_is_right_stays(rule: Rule, example) -> None:  # type: ignore[no-untyped-def]
    assert list(rule.find(example.before)) == []


@pytest.mark.parametrize(("rule", "example"), FLAGS)
def test_flag_is_raised_and_nothing_changes(rule: Rule, example) -> None:  # type: ignore[no-untyped-def]
    found = list(rule.find(example.before))
    assert found, f"{rule.code} does not see {example.before!r}"
    assert rule.applicability != SAFE
    for start, end, after, _ in found:
        assert after == example.before[start:end] or rule.kind != FLAG


# A rule may leave a place to one that is less sure: (who leaves it, who takes it).
LEFT_TO = {
    ("HTM107", "HTM207"),  # a script without the name of a counter
    ("GAP101", "QLT102"),  # ? before digits
    ("PUN102", "QLT102"),  # ? between numerals, ? for a middle dot
    ("PUN110", "QLT132"),  # a quotation mark without its partner
}


def others(rule: Rule) -> Settings:
    """All that cleaning can be asked for, but for the rules that ``rule`` leaves places to."""
    return Settings(
        ignore=tuple(other for one, other in LEFT_TO if one == rule.code), unsafe_fixes=True
    )


@pytest.mark.parametrize(("rule", "example"), STAYS)
def test_no_rule_fires_on_what_another_calls_right(rule: Rule, example) -> None:  # type: ignore[no-untyped-def]
    # Rules that run before PUN show the half-width marks they really meet: width may differ.
    document = clean_document(Document("<example>", example.before), others(rule))
    assert folded(document.text) == folded(example.before)
    assert [offer.codes for offer in document.suggestions] == []


@pytest.mark.parametrize(("rule", "example"), CHANGES)
def test_whole_cleaning_arrives_where_the_example_says(rule: Rule, example) -> None:  # type: ignore[no-untyped-def]
    # Alone a rule is shown what earlier stages would take away; together it must hold, too.
    settings = Settings(extend_safe=(rule.code,))
    document = clean_document(Document("<example>", example.before), settings)
    codes = {code for edit in (*document.edits, *document.suggestions) for code in edit.codes}
    assert rule.code in codes
    if rule.applicability != DISPLAY:
        assert document.text == clean_document(Document("<after>", example.after), settings).text


@pytest.mark.parametrize(("rule", "example"), FLAGS)
def test_whole_cleaning_still_raises_the_flag(rule: Rule, example) -> None:  # type: ignore[no-untyped-def]
    document = clean_document(Document("<example>", example.before))
    assert rule.code in {code for offer in document.suggestions for code in offer.codes}


@pytest.mark.parametrize("unsafe_fixes", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_cleaning_an_example_is_at_rest(rule: Rule, example, unsafe_fixes: bool) -> None:  # type: ignore[no-untyped-def]
    once = clean(example.before, unsafe_fixes=unsafe_fixes)
    assert clean(once, unsafe_fixes=unsafe_fixes) == once


@each_rule
def test_examples_are_each_given_once(rule: Rule) -> None:
    texts = [example.before for example in rule.examples]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


@each_rule
def test_finds_are_in_order_and_within_the_text(rule: Rule) -> None:
    text = "\n".join(example.before for example in rule.examples)
    places = list(rule.find(text))
    assert all(0 <= start <= end <= len(text) for start, end, _, _ in places)
    if rule.pattern is not None:
        assert all(one[0] <= two[0] for one, two in pairwise(places))


def test_rules_are_registered_in_the_order_of_the_stages() -> None:
    order = list(FAMILIES)
    stages = [order.index(rule.family) for rule in RULES.values()]
    assert stages == sorted(stages), "rules/__init__.py does not import in the order of FAMILIES"


def test_names_and_messages_are_each_given_once() -> None:
    names = [rule.name for rule in RULES.values()]
    assert len(set(names)) == len(names)
    messages = [rule.message for rule in RULES.values()]
    assert sorted(m for m in set(messages) if messages.count(m) > 1) == []


def test_choosing_by_prefix() -> None:
    codes = ["PUN101", "PUN102", "SPC101"]
    assert chosen(codes, ["PUN"], ["PUN102"]) == {"PUN101"}
    assert chosen(codes, ["PUN102"], ["PUN"]) == {"PUN102"}, "the longer prefix wins"
    assert chosen(codes, [], ["SPC101"]) == {"PUN101", "PUN102"}
    assert chosen(codes) == set(codes)


def test_signs_of_examples() -> None:
    assert seen("今␣年⏎⇥⟨U+200B⟩") == "今 年\n\t\u200b"


def test_a_code_is_given_once_and_well_formed() -> None:
    with pytest.raises(ValueError, match="is taken by"):
        rule("PUN101", SAFE, next(iter(RULES.values())).certainty, FLAG, "x")
    with pytest.raises(ValueError, match="not a family"):
        rule("ZZZ101", SAFE, next(iter(RULES.values())).certainty, FLAG, "x")
