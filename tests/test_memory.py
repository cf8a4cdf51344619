"""What is remembered about one text is never told of another."""

from __future__ import annotations

from normtool.memory import of_text


def test_a_text_is_asked_about_once_in_a_row() -> None:
    asked = []

    @of_text
    def length(text: str) -> int:
        """How long it is."""
        asked.append(text)
        return len(text)

    one, two = "甲" * 3, "甲" * 5
    assert [length(one), length(one), length(two), length(two), length(one)] == [3, 3, 5, 5, 3]
    assert asked == [one, two, one]
    assert length.__doc__ == "How long it is."


def test_an_equal_text_is_another_one() -> None:
    asked = []

    @of_text
    def same(text: str) -> str:
        asked.append(text)
        return text

    one = "".join(["甲", "乙"])
    two = "".join(["甲", "乙"])
    assert one is not two
    assert same(one) is one
    assert same(two) is two
    assert len(asked) == 2


def test_nothing_is_remembered_where_nothing_was_found() -> None:
    @of_text
    def inverse(text: str) -> int:
        return 1 // len(text)

    for _ in range(2):
        try:
            inverse("")
        except ZeroDivisionError:
            continue
        raise AssertionError
    assert inverse("甲") == 1
