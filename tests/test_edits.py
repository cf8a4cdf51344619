"""The laws of edits (architecture §2), each a property over random texts and edits."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from normtool.edits import (
    FLAG,
    HIGH,
    KINDS,
    LOW,
    MEDIUM,
    SAFE,
    UNSAFE,
    Applicability,
    Certainty,
    Edit,
    UnsoundEdits,
    apply,
    compose,
    fuse,
    invert,
    rebase,
)

texts = st.text("甲乙，,: \n𠀀", max_size=24)
pieces = st.text("甲丙，\n", max_size=3)
reasons = st.tuples(
    st.lists(st.sampled_from(["PUN101", "SPC101", "BRK103"]), max_size=2, unique=True).map(tuple),
    st.sampled_from(Certainty),
    st.sampled_from(Applicability),
    st.sampled_from([kind for kind in KINDS if kind != FLAG]),
    st.sampled_from(["", "a note", "another"]),
)


@st.composite
def edits_on(draw, text, gap=1, most=5):
    """Sound edits of ``text``; with ``gap`` 0 they may touch, as rules find them."""
    edits = []
    place = 0
    for _ in range(draw(st.integers(0, most))):
        start = place + draw(st.integers(0, 4))
        if start > len(text):
            break
        before = text[start : start + draw(st.integers(0, 3))]
        after = draw(pieces.filter(lambda piece, before=before: piece != before))
        if edits and gap == 0 and edits[-1].end == start and not before and not edits[-1].before:
            continue  # two insertions at one place have no order
        edits.append(Edit(start, before, after, *draw(reasons)))
        place = edits[-1].end + gap
    return edits


@st.composite
def changed(draw, rounds=1, gap=1):
    """A text, and lists of edits, each on what the ones before it made."""
    text = draw(texts)
    lists = []
    now = text
    for _ in range(rounds):
        lists.append(draw(edits_on(now, gap)))
        now = apply(now, lists[-1]) if gap else now
    return text, *lists


def is_sound(text, edits):
    ends = [-1, *(edit.end for edit in edits)]
    assert all(edit.start > end for edit, end in zip(edits, ends, strict=False))
    assert all(text[edit.start : edit.end] == edit.before for edit in edits)
    apply(text, edits)


def by_hand(text, edits):
    """What ``apply`` must give, the plainest way: from the back, one by one."""
    for edit in reversed(edits):
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text


@given(changed())
def test_apply(case):
    text, edits = case
    assert apply(text, edits) == by_hand(text, edits)


@given(changed(), st.data())
def test_apply_refuses_another_text(case, data):
    text, edits = case
    assume(any(edit.before for edit in edits))
    edit = data.draw(st.sampled_from([edit for edit in edits if edit.before]))
    place = data.draw(st.integers(edit.start, edit.end - 1))
    other = text[:place] + "丁" + text[place + 1 :]
    with pytest.raises(UnsoundEdits, match="does not stand"):
        apply(other, edits)


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, "甲", "丙"), Edit(1, "乙", "丙")],  # touch
        [Edit(0, "甲乙", "丙"), Edit(1, "乙", "丙")],  # overlap
        [Edit(2, "，", "、"), Edit(0, "甲", "丙")],  # unsorted
        [Edit(1, "", "丙"), Edit(1, "", "丁")],  # two insertions at one place
        [Edit(4, "", "丙")],  # beyond the end
        [Edit(3, "，", "")],
    ],
)
def test_apply_refuses_what_is_unsound(edits):
    with pytest.raises(UnsoundEdits):
        apply("甲乙，", edits)


@given(changed())
@example(("", [Edit(0, "", "甲")]))
def test_reverse(case):
    text, edits = case
    back = invert(edits)
    assert apply(apply(text, edits), back) == text
    assert invert(back) == edits
    is_sound(apply(text, edits), back)


@given(changed(rounds=2))
def test_compose(case):
    text, first, second = case
    both = compose(first, second)
    assert apply(text, both) == apply(apply(text, first), second)
    is_sound(text, both)
    assert all(edit.before != edit.after for edit in both)


@given(changed(rounds=2))
def test_compose_keeps_the_reasons(case):
    _, first, second = case
    given_codes = {code for edit in first + second for code in edit.codes}
    both = compose(first, second)
    assert {code for edit in both for code in edit.codes} <= given_codes
    sources = first + second
    for edit in both:
        # What is new has as little certainty and permission as one of its causes.
        assert edit.certainty in {source.certainty for source in sources}
        assert edit.applicability in {source.applicability for source in sources}


@given(changed(rounds=3))
def test_compose_is_associative_in_effect(case):
    text, first, second, third = case
    left = compose(compose(first, second), third)
    right = compose(first, compose(second, third))
    assert apply(text, left) == apply(text, right)


@given(changed())
def test_compose_with_its_inverse_is_nothing(case):
    _, edits = case
    assert compose(edits, invert(edits)) == []
    assert compose(edits, []) == edits
    assert compose([], edits) == edits


def test_compose_joins_what_touches():
    first = [Edit(3, ":", "：", ("PUN101",), HIGH, SAFE)]
    second = [Edit(4, "", "\n", ("BRK103",), MEDIUM, UNSAFE, "break", "salutation")]
    assert compose(first, second) == [
        Edit(3, ":", "：\n", ("PUN101", "BRK103"), MEDIUM, UNSAFE, "break", "salutation")
    ]


@given(changed(), st.data())
def test_independence(case, data):
    text, edits = case
    kept = [edit for edit in edits if data.draw(st.booleans())]
    is_sound(text, kept)
    assert apply(text, kept) == by_hand(text, kept)


@given(changed(gap=0))
def test_fuse(case):
    text, edits = case
    fused = fuse(edits)
    is_sound(text, fused)
    assert apply(text, fused) == by_hand(text, edits)
    assert {c for edit in fused for c in edit.codes} == {c for edit in edits for c in edit.codes}
    assert fuse(fused) == fused


def test_fuse_takes_the_least_certainty_and_the_strongest_kind():
    edits = [
        Edit(0, "甲", "丙", ("TYP101",), HIGH, UNSAFE, "error", "one"),
        Edit(1, "", "□", ("GAP102",), LOW, SAFE, "gap", "two"),
    ]
    assert fuse(edits) == [
        Edit(0, "甲", "丙□", ("TYP101", "GAP102"), LOW, UNSAFE, "gap", "one; two")
    ]


def test_fuse_refuses_what_overlaps():
    with pytest.raises(UnsoundEdits, match="overlaps"):
        fuse([Edit(0, "甲乙", "丙"), Edit(1, "乙", "丙")])


def touches(edit, offer):
    return edit.start <= offer.end and offer.start <= edit.end


@given(changed(), st.data())
def test_rebase(case, data):
    text, first = case
    middle = apply(text, first)
    offers = data.draw(edits_on(middle, most=3))
    for offer in offers:
        restated = rebase(first, [offer])
        wanted = apply(middle, [offer])
        assert len(restated) <= 1
        # Taking it: drop the edits that it touches, add it.
        kept = [e for e in first if not any(touches(e, new) for new in restated)]
        taken = sorted(kept + restated)
        is_sound(text, taken)
        if restated:
            assert apply(text, taken) == wanted
            assert restated[0].codes == offer.codes
            assert restated[0].applicability == offer.applicability
        else:  # it would only undo what was made
            pairs = zip(first, invert(first), strict=True)
            kept = [edit for edit, back in pairs if not touches(back, offer)]
            assert len(kept) < len(first)
            assert apply(text, kept) == wanted


@given(changed(), st.data())
def test_rebase_keeps_a_flag(case, data):
    text, first = case
    middle = apply(text, first)
    start = data.draw(st.integers(0, len(middle)))
    word = middle[start : start + data.draw(st.integers(1, 3))]
    (flag,) = rebase(first, [Edit(start, word, word, ("QLT101",), LOW, SAFE, FLAG)])
    assert text[flag.start : flag.end] == flag.before
    assert flag.kind == FLAG
    assert flag.codes == ("QLT101",)


def test_rebase_of_what_only_undoes_an_edit_is_nothing():
    assert rebase([Edit(1, ",", "，")], [Edit(1, "，", ",")]) == []
