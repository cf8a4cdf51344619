"""For each rule the texts that its pattern finds hardest: none costs more than twenty times
what cleaning costs per character of ordinary text.

The texts come from the parse trees of the patterns (``worst_cases.py``). What is
bounded may be dear (a look at the next three hundred characters); what is
quadratic is far above the limit at this length, what is exponential at any.
"""

from __future__ import annotations

import time
from itertools import product

import pytest
from worst_cases import worst_cases

import normtool.rules  # noqa: F401  (fills RULES)
from normtool.clean import Settings, clean_document
from normtool.document import Document
from normtool.rule import RULES, Rule
from normtool.scan import Scanner

SHORT, LONG = 64, 6_000
TIMES_NORMAL = 20
ORDINARY = (
    "今天召开全县秋收工作会议，主要任务是总结去年的经验，研究今年的措施。大家讲了很好的意见,"
    "我都同意。一要提高认识，二要抓好落实，三要加强领导。下面，我再讲两点，供大家参考。\n"
)
PATTERNS = [rule for rule in RULES.values() if (rule.pattern or rule.needs) is not None]


def text_of(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def limit() -> float:
    """Seconds for a text of ``LONG`` characters, on this machine as it is just now."""
    document = Document("ordinary", text_of(ORDINARY, LONG))
    without = Settings(typo_model=False)
    times = []
    for _ in range(3):
        start = time.process_time()
        clean_document(document, without)
        times.append(time.process_time() - start)
    return TIMES_NORMAL * sorted(times)[1]


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner(RULES.values())


def seconds(scanner: Scanner, rule: Rule, text: str) -> float:
    scan = scanner.scan(text)
    start = time.process_time()
    for _ in scan.find(rule.code):
        pass
    return time.process_time() - start


@pytest.mark.parametrize("rule", PATTERNS, ids=lambda rule: rule.code)
def test_no_text_is_hard_for_a_rule(rule: Rule, scanner: Scanner) -> None:
    patterns = [one for one in (rule.pattern, rule.needs, rule.line) if one is not None]
    usual = limit()
    hard = []
    for pattern, length in product(patterns, (SHORT, LONG)):
        for text in worst_cases(pattern.pattern, int(pattern.flags), length):
            # A busy machine can make any single try slow, and then the usual ones as well.
            if seconds(scanner, rule, text) > usual and all(
                seconds(scanner, rule, text) > limit() for _ in range(3)
            ):
                hard.append(f"{len(text)} characters: {text[:60]!r}")
        assert not hard, "\n".join(hard)
