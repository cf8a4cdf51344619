"""What is written for machines is left alone; prose beside it is not."""

from __future__ import annotations

import pytest

from normtool.clean import clean
from normtool.notation import inside, notation

LEFT_ALONE = {
    "records, comma": "序号,乡镇,亩数\n1,柳河镇,420\n2,北山乡,385\n3,青石镇,510",
    "records, semicolon": "姓名;科室;分机\n周平;办公室;6012\n吴兰;财务科;6013",
    "records, words only": "镇名,镇长,书记\n柳河,周平,吴兰\n北山,郑海,孙梅\n青石,钱江,冯云",
    "address": "详见 https://example.org/文件/通知(2019)第3版.html",
    "path": "存于 E:\\材料\\会议(定稿),终.docx",
    "JSON": '{\n  "会议": "春耕动员会",\n  "地点": "柳河镇,礼堂"\n}',
    "code": 'print("大家好,再见!")',
    "include": '#include "报告(新).h"\nint a[1] = 2; // 甲,乙',
    "formula": "合计栏填=SUM(收入,支出)。",
    "command": '运行 grep "增长,下降" 即可。',
    "fence": "```\n甲,乙:丙\n```",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_notation_is_left_alone(text: str) -> None:
    assert clean(text) == text


PROSE = {
    "address before a comma": (
        "网址是https://example.org/a,欢迎大家查阅。",
        "网址是https://example.org/a，欢迎大家查阅。",
    ),
    "couplets": (
        "春到柳河千树绿,\n歌飞北岭万山青,\n人勤青石五谷丰,",
        "春到柳河千树绿，\n歌飞北岭万山青，\n人勤青石五谷丰，",
    ),
    "long lines": (
        "今年以来,全镇上下认真贯彻县委部署,各项工作取得了新的明显进步\n"
        "去年以来,全镇上下扎实推进产业升级,各项指标保持了稳定快速增长\n"
        "明年开始,全镇上下继续围绕中心工作,各项事业争取再迈上一个台阶",
        None,
    ),
    "quotation": ('会议提出"三个到位"的要求。', "会议提出“三个到位”的要求。"),
}


@pytest.mark.parametrize(("text", "cleaned"), PROSE.values(), ids=PROSE.keys())
def test_prose_is_cleaned(text: str, cleaned: str | None) -> None:
    assert clean(text) == (cleaned or text.replace(",", "，"))


def test_spans_are_sorted_and_apart() -> None:
    text = "见 http://a.example/b 与 http://c.example/d(e) 两处"
    spans = notation(text)
    assert [text[start:end] for start, end in spans] == [
        "http://a.example/b",
        "http://c.example/d(e)",
    ]


def test_touching_from_outside_is_not_inside() -> None:
    spans = ((2, 5), (8, 9))
    assert not inside(spans, 5, 6)
    assert not inside(spans, 1, 2)
    assert not inside(spans, 5, 5)
    assert inside(spans, 4, 6)
    assert inside(spans, 0, 20)
    assert inside(spans, 8, 8) is False
    assert inside(spans, 3, 3)


def test_a_megabyte_of_separators_costs_no_more_than_its_length() -> None:
    for text in (
        "," * 1_000_000,
        "a,\n" * 300_000,
        "://" * 300_000,
        '{"' * 300_000,
        "a" * 1_000_000 + " :=",
        "```\n" * 250_000,
    ):
        notation(text)
