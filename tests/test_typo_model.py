"""Typos that nobody listed: what is proposed, and above all what is not."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from normtool.edits import HIGH, LOW, MEDIUM, Certainty
from normtool.typos import propose


def corrected(text: str, minimum: Certainty = HIGH) -> str:
    """The text with the proposals of a tier made."""
    for found in reversed(propose(text, minimum=minimum)):
        assert text.startswith(found.before, found.start)
        text = text[: found.start] + found.after + text[found.start + len(found.before) :]
    return text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("我市大力发展大数局产业", "我市大力发展大数据产业"),
        ("形势依然严竣，任务十分艰巨", "形势依然严峻，任务十分艰巨"),
        ("各项工作取得了显著成积", "各项工作取得了显著成绩"),
        ("要贯彻落时科学发展观", "要贯彻落实科学发展观"),
        ("经济建设取得了巨大层就", "经济建设取得了巨大成就"),
        ("必须加强组织领倒，把责任落到人", "必须加强组织领导，把责任落到人"),
    ],
)
def test_typo_is_corrected(wrong: str, right: str) -> None:
    assert corrected(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "，",
        "。\n\n",
        "同志们：\n今天开会。",
        "由企业自己申请，由职工自己选择",
        "新增张家口分公司两家",
        "孩子们来到帐篷里避雨",
        "事不关己，高高挂起，这种态度要不得",
        "刘竣同志出席了会议，李竣、王竣列席",
        "京津冀协同发展，渝新欧班列开行，沪苏浙皖签约",
        "中朝关系源远流长，中柬关系也是如此",
        "子曰：“学而时习之，不亦说乎？有朋自远方来，不亦乐乎？”",
        "他老家在乌兰察布，后来搬到了喀喇沁左翼",
        "俺们村里的娃儿都晓得这个理儿",
        "全面从严治党，坚持“两个确立”，做到“两个维护”",
        "一二三四五六七，七六五四三二一",
        "GDP增长8.5%，CPI上涨2.1%",
    ],
)
def test_right_text_stays(text: str) -> None:
    assert corrected(text, MEDIUM) == text


def test_proposal_says_where_and_why() -> None:
    (found,) = propose("我市大力发展大数局产业", minimum=HIGH)
    assert (found.start, found.before, found.after) == (8, "局", "据")
    assert found.certainty is HIGH
    assert 0 < found.score < 1
    assert found.note.startswith("数局 never occurs; 数据 ")
    assert "a million, also after 大" in found.note


def test_places_are_code_points() -> None:
    (found,) = propose("𠮷😀：形势依然严竣", minimum=HIGH)
    assert found.start == 8


def test_sorted_apart_and_the_same_every_time() -> None:
    text = "形势依然严竣，要贯彻落时科学发展观，发展大数局产业。" * 3
    found = propose(text)
    assert found == propose(text)
    assert len(found) >= 3
    ends = [proposal.start + len(proposal.before) for proposal in found]
    assert all(end <= after.start for end, after in zip(ends, found[1:], strict=False))
    assert [p for p in found if p.certainty >= MEDIUM] == propose(text, minimum=MEDIUM)
    assert propose(text, minimum=LOW) == found


def test_term_used_in_several_contexts_is_not_touched() -> None:
    alone = "我市大力发展大数局产业"
    several = "大数局成立了。来自大数局的消息说，去年大数局的人都去看过。" + alone
    assert corrected(alone) != alone
    assert corrected(several) == several


@pytest.mark.parametrize("text", ["\x00", "\ud800", "大" * 5000, "a\r\nb\u2028数", "\ue000数局"])
def test_odd_input_is_survived(text: str) -> None:
    propose(text)


def test_nothing_heavy_is_loaded_before_the_first_call() -> None:
    code = "import sys, normtool.typos; print('numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_time_grows_with_the_text() -> None:
    text = "各地区各部门要认真贯彻落实会议精神，切实加强组织领导。" * 400
    propose(text)
    start = time.process_time()
    propose(text)
    once = time.process_time() - start
    start = time.process_time()
    propose(text * 4)
    assert time.process_time() - start < 9 * max(once, 0.005)


def test_two_characters_at_once_only_in_a_careless_text() -> None:
    """会意 for 会议 is one thing; where two neighbours are wrong, both must be meant at once."""
    careless = (
        "要贯彻落时科学发展观，加强组织领倒，发展大数局产业，形势依然严竣，成积显著。"
        "各级人民检擦园应当依法办案。"
    )
    proposed = {(p.before, p.after) for p in propose(careless, minimum=MEDIUM)}
    assert ("时", "实") in proposed
    assert all(len(before) == len(after) for before, after in proposed)


CARELESS = (
    "要贯彻落时上级部署，形势依然严竣，但各项工作取得了显著成积，消废持续增张。"
    "依法审理行政拆讼案件，切实提高认职，加强组织领倒。"
)


def test_a_careless_text_is_looked_at_more_closely() -> None:
    """拆 neither sounds like 诉 nor looks much like it: they share a part."""
    alone = propose("依法审理行政拆讼案件", minimum=MEDIUM)
    assert not alone
    found = {(p.before, p.after): p for p in propose(CARELESS)}
    assert found["拆", "诉"].certainty == MEDIUM
    assert found["职", "识"].certainty >= MEDIUM
    # a suggestion beside a place that was mended is read again, and gone
    assert not [p for p in found.values() if p.before == "认"]


def test_a_word_for_one_that_sounds_alike() -> None:
    text = CARELESS + "政府采购应当公开透明。加强政府采购管理。各级人民政府菜狗应当依法进行。"
    (two,) = (p for p in propose(text) if len(p.before) == 2)
    assert (two.before, two.after, two.certainty) == ("菜狗", "采购", MEDIUM)
    assert not [p for p in propose("各级人民政府菜狗应当依法进行") if len(p.before) == 2]


@pytest.mark.parametrize(
    "text",
    [
        "参加会议的有：覃建国、韦志强、农德坤、闭英才、侬智勇",
        "市人大常委会副主任臧克勤，副市长郗建国，市政协副主席亓光明",
        "县委书记葛振华说，乡长翟秋生也说过，局长章立群作了发言",
        "老挝国家主席通伦·西苏里会见了代表团，肯尼亚总统鲁托致辞",
        "他叫买买提·吐尔逊，是喀什地区疏附县托克扎克镇人",
        "新疆维吾尔自治区巴音郭楞蒙古自治州和静县",
        "蚌埠市固镇县，六安市裕安区，歙县，黟县，婺源",
        "盱眙龙虾，亳州药材，涪陵榨菜，郫县豆瓣",
        "苟利国家生死以，岂因祸福避趋之",
        "天行健，君子以自强不息；地势坤，君子以厚德载物",
        "压实“一岗双责”，用好“四种形态”，抓早抓小、防微杜渐",
        "踔厉奋发、勇毅前行，擘画蓝图，赓续血脉，笃行不怠",
        "按照“宜农则农、宜林则林、宜牧则牧”的原则办",
        "黔货出山，赣品网上行，皖美好味道",
        "中印边界问题，中缅油气管道，中老铁路，中吉乌铁路",
        "枫桥经验，浦江经验，马锡五审判方式",
        "这部分内容要重点学习，部分内部分析材料不得外传",
        "严防死守，严阵以待，严丝合缝，严峻形势",
        "舍己为人，克己奉公，知己知彼，不能自已",
        "制定和制订、权力和权利、法制和法治都要分清",
    ],
)
def test_names_terms_and_quotations_stay(text: str) -> None:
    assert corrected(text, MEDIUM) == text


SHARED = Path(__file__).parent.parent.parent / "shared" / "data"


def marked(name: str) -> tuple[str, str]:
    """The wrong and the right side of a marked set, line by line of equal length."""
    lines = (SHARED / "typos" / f"{name}.tsv").read_text("utf-8").split("\n")
    both = [line.split("\t") for line in lines if "\t" in line]
    same = [(wrong, right) for wrong, right in both if len(wrong) == len(right)]
    return "\n".join(wrong for wrong, _ in same), "\n".join(right for _, right in same)


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
@pytest.mark.parametrize(
    ("name", "tier", "precision", "recall"),
    [
        ("ecspell_odw.train", HIGH, 0.99, 0.26),
        ("ecspell_law.train", HIGH, 0.98, 0.26),
        ("ecspell_odw.train", MEDIUM, 0.97, 0.54),
        ("ecspell_law.train", MEDIUM, 0.96, 0.53),
        ("cdc_findoc.v1", HIGH, 0.93, 0.04),
    ],
)
def test_floor_on_marked_sets(name: str, tier: Certainty, precision: float, recall: float) -> None:
    wrong, right = marked(name)
    found = [
        right.startswith(proposal.after, proposal.start)
        for proposal in propose(wrong, minimum=tier)
    ]
    errors = sum(a != b for a, b in zip(wrong, right, strict=True))
    assert sum(found) >= precision * len(found)
    assert sum(found) >= recall * errors


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_edited_text_is_left_alone() -> None:
    sentences = marked("mc_acc_xxqg.tet")[0]
    assert len(propose(sentences, minimum=HIGH)) <= 2
    days = sorted((SHARED / "clean" / "news").iterdir())[:40]
    assert sum(len(propose(day.read_text("utf-8"), minimum=HIGH)) for day in days) <= 3


COINAGES = re.findall(
    r"\S+",
    """
    数智化 数智赋能 专精特新 新质生产力 双碳 双减 微短剧 算力 元宇宙 碳汇 碳达峰 直播带货 数字孪生
    链长制 河长制 田长制 揭榜挂帅 赛马制 夜经济 银发经济 低空经济 具身智能 放管服 一网通办 枫桥经验
    网格员 接诉即办 未诉先办 助企纾困 稳岗 保供稳价 长护险
    飞检 集采 医共体 适老化 口袋公园 研学 村超
    国潮 谷子经济 减碳 绿电 零碳园区 储能 氢能 源网荷储 智改数转 网联化 车路云 补链 延链 强链 链主
    瞪羚 中试 硬科技 化债 财金联动 以旧换新 海外仓
    一单制 综保区 农文旅 撂荒 预制菜 土特产 防返贫 双拥
    断卡 反诈 信创 产教融合 家校社 心育 体卫融合
    """,
)


@pytest.mark.parametrize("word", COINAGES)
def test_words_of_the_day_are_never_changed_unasked(word: str) -> None:
    text = f"要大力推进{word}工作，加快高质量发展。坚持以{word}为抓手，不断提升治理水平。"
    assert not [one for one in propose(text) if one.certainty == HIGH]


def test_an_item_of_a_list_is_not_corrected_against_its_neighbours() -> None:
    text = "坚持赋权、赋能、赋责相结合，推动改革走深走实。"
    assert not [one for one in propose(text) if one.certainty == HIGH]
