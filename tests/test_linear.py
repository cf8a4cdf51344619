"""No rule makes cleaning slower than the text is long.

The examples of each rule, repeated, are text in which it fires all the time:
four times the text may take four times the time, not sixteen.
"""

from __future__ import annotations

import time

import pytest

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


def seconds(unit: str, length: int) -> float:
    text = (unit * (length // len(unit) + 1))[:length]
    start = time.process_time()
    clean_document(Document("test", text))
    return time.process_time() - start


@pytest.mark.parametrize("unit", dict.fromkeys((*PLAIN, *EXAMPLES)))
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    short = max(min(seconds(unit, SHORT) for _ in range(2)), 0.002)
    # The best of a few tries: a busy machine can make any single one slow.
    assert any(seconds(unit, LONG) < 9 * short for _ in range(4))
