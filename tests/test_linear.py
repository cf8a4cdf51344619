"""No rule makes cleaning slower than the text is long.

The examples of each rule, repeated, are text in which it fires all the time:
four times the text may take four times the time, not sixteen.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import grows_by_less

import normtool.rules  # noqa: F401  (fills RULES)
from normtool.clean import clean_document
from normtool.document import Document
from normtool.rule import RULES

SHORT, LONG = 6_000, 24_000
#: What sites and accidents make, whoever owns it.
PLAIN = (
    *(",", "(", "()", "(一)", "今 年", "0", "*", '"', "“", "\n", " ", "\u3000", "\r\n", "、，"),
    *(
        "一、",
        "1、",
        "第一个问题：",
        "。",
        "?",
        "?000",
        "%",
        ".",
        "-",
        "同志们:",
        "篇1:",
        "讲话_网\n",
    ),
    *(
        "在会议上的讲话\n",
        "在会议上的讲话 ",
        "会",
        "尊敬的",
        "己",
        "的.",
        "《甲 乙》",
        "“甲 ",
        "1 元",
    ),
)
EXAMPLES = tuple(
    example.before
    for rule in RULES.values()
    for example in [one for one in rule.examples if not one.stays][:1]
    if len(example.before) < 100
)


def cleaning(unit: str, length: int) -> Callable[[], object]:
    text = (unit * (length // len(unit) + 1))[:length]
    return lambda: clean_document(Document("test", text))


@pytest.mark.parametrize("unit", dict.fromkeys((*PLAIN, *EXAMPLES)))
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    assert grows_by_less(9, cleaning(unit, SHORT), cleaning(unit, LONG))


def test_a_square_would_be_found() -> None:
    def adding(length: int) -> Callable[[], object]:
        return lambda: sum(range(length))

    assert grows_by_less(9, adding(100_000), adding(400_000))
    assert not grows_by_less(9, adding(100_000), adding(1_600_000))
