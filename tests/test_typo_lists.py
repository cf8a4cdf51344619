"""The closed list of certain typos: characters that only sound or look like the right one."""

from __future__ import annotations

import pytest

import normtool


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("县里以发展产业为已任。", "县里以发展产业为己任。"),
        ("干部要严于律已，宽以待人。", "干部要严于律己，宽以待人。"),
        ("大桥早己通车。", "大桥早已通车。"),
        ("这个问题由来己久。", "这个问题由来已久。"),
        ("项目己纳入全县规划。", "项目已纳入全县规划。"),
        ("我们要弄清情况，不得弄虚做假。", "我们要弄清情况，不得弄虚作假。"),
        ("请审议政府工做报告。", "请审议政府工作报告。"),
        ("供销合做社办得好。", "供销合作社办得好。"),
        ("会议在次强调安全生产。", "会议再次强调安全生产。"),
        ("改革正再进行之中。", "改革正在进行之中。"),
        ("出路的关键再于人才。", "出路的关键在于人才。"),
        ("要充份发动群众。", "要充分发动群众。"),
        ("占百份之八左右。", "占百分之八左右。"),
        ("成立了股分公司。", "成立了股份公司。"),
    ],
)
def test_made_unasked(wrong: str, right: str) -> None:
    assert normtool.clean(wrong, typo_model=False).rstrip("\n") == right


@pytest.mark.parametrize(
    "text",
    [
        "他认为已任命的干部应当到岗。",
        "这是大家自己纳入计划的。",
        "与自己建立联系的企业很多。",
        "请各位职工做报告，请施工做会议记录的同志留下。",
        "这个院子适合做社区食堂。",
        "现在次强调的是进度。",
        "文稿修正再进行印刷。",
        "银行补充份额，基金扩充份数。",
        "事情到了这一步，他不能自已。",
        "清早己方代表到场。",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert normtool.clean(text, typo_model=False).rstrip("\n") == text
