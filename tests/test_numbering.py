"""Outline numbers: every style, every value, and what only looks like one."""

import re

import pytest

from normtool.numbering import LEVELS, PATTERNS, Number, parse, to_int, to_words


@pytest.mark.parametrize(
    ("line", "style", "level", "value", "number"),
    [
        ("一、加强组织领导", "一、", 1, 1, "一、"),
        ("十一、完善机制", "一、", 1, 11, "十一、"),
        ("二．完善机制", "一、", 1, 2, "二．"),
        ("二、三农工作要再上台阶", "一、", 1, 2, "二、"),
        ("三、四个全面是总抓手", "一、", 1, 3, "三、"),
        ("三、一以贯之", "一、", 1, 3, "三、"),
        ("（一）强化责任", "（一）", 2, 1, "（一）"),
        ("(二十一)强化责任", "（一）", 2, 21, "(二十一)"),
        ("1、抓落实", "1.", 3, 1, "1、"),
        ("1. 抓落实", "1.", 3, 1, "1."),
        ("１２．抓落实", "1.", 3, 12, "１２．"),
        ("1.2004年的任务", "1.", 3, 1, "1."),
        ("2、2004年的任务", "1.", 3, 2, "2、"),
        ("（1）抓落实", "（1）", 4, 1, "（1）"),
        ("(１０)抓落实", "（1）", 4, 10, "(１０)"),
        ("3）抓落实", "（1）", 4, 3, "3）"),
        ("⑶抓落实", "①", 4, 3, "⑶"),
        ("⑫抓落实", "①", 4, 12, "⑫"),
        ("第一，要学习", "第一，", 5, 1, "第一，"),
        ("第三、要学习", "第一，", 5, 3, "第三、"),
        ("首先，要学习", "首先", 5, 1, "首先，"),
        ("其次要学习", "首先", 5, 2, "其次"),
        ("一是思想到位", "一是", 5, 1, "一是"),
        ("十二是思想到位", "一是", 5, 12, "十二是"),
        ("三要真抓实干", "一要", 5, 3, "三要"),
        ("其二，时间紧", "其一", 5, 2, "其二，"),
        ("第二个问题:怎么办", "第一个问题", 1, 2, "第二个问题:"),
        ("第三個問題：怎麼辦", "第一个问题", 1, 3, "第三個問題："),
        ("第二部分：怎么办", "第一部分", 1, 2, "第二部分："),
        ("第四章\n总则", "第一章", 1, 4, "第四章"),
        ("第一部分　总的回顾", "第一部分", 1, 1, "第一部分"),
        ("第十二章 附则", "第一章", 1, 12, "第十二章"),
        ("第二节", "第一节", 2, 2, "第二节"),
        ("第一百零五条　本法自公布之日起施行", "第一条", 3, 105, "第一百零五条"),
    ],
)
def test_numbers(line: str, style: str, level: int, value: int, number: str) -> None:
    assert parse(line) == Number(style, level, value, len(number))
    assert line.startswith(number)
    assert parse("前文。" + line, 3) == Number(style, level, value, len(number))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "一定要抓好",
        "一些同志认为",
        "三农问题",
        "十分重要",
        "一、二、三产业协调发展",
        "二、三产业比重上升",
        "一、二级公路",
        "三、四十年的奋斗",
        "1.5亿元",
        "3.15活动",
        "2004年的工作",
        "2004、2005两年",
        "1、2条线路",
        "1、2、3号楼",
        "（2004）5号",
        "（一）、（二）两项",
        "第一手资料",
        "第一书记",
        "第一、二、三产业",
        "第一、第二产业",
        "第一篇章",
        "第一节约能源",
        "第一条件",
        "第一部分析报告",
        "一是一，二是二",
        "十要素",
        "其一生清贫",
        "其中，工业增长",
        "首先锋芒",
        "百年大计",
    ],
)
def test_traps(line: str) -> None:
    assert parse(line) is None


def test_numerals_there_and_back() -> None:
    for value in range(1, 100):
        words = to_words(value)
        assert to_int(words) == value
        assert parse(words + "、总结") == Number("一、", 1, value, len(words) + 1)
    assert to_int("一百二十") == 120
    assert to_int("九百九十九") == 999
    for word in ("", "三农", "一、", "十十", "〇"):
        assert to_int(word) is None
    for value in (0, 100):
        with pytest.raises(ValueError, match="1 to 99"):
            to_words(value)


def test_pieces_are_usable_in_rules() -> None:
    """Rules embed the pieces, so there are no groups inside."""
    assert PATTERNS.keys() == LEVELS.keys()
    for style, pattern in PATTERNS.items():
        assert re.compile(pattern).groups == 0, style
    found = re.finditer(f"(?<=。)(?:{PATTERNS['1.']})", "工作。1、招商。2、引资。增长1.5倍。")
    assert [match.start() for match in found] == [3, 8]
