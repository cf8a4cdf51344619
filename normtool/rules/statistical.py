"""TYP4: words that no list has, as the typo model reads the whole text.

A stage of its own: it runs when all other rules are at rest (``clean.py``), and
can be switched off as a whole (``--no-typo-model``). What is known of a place
and how sure it is, the model says (``normtool/typos/``); here it is only
divided by what may be done about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from normtool.edits import DISPLAY, ERROR, HIGH, LOW, MEDIUM, SAFE, UNSAFE, Certainty
from normtool.proposals import proposed
from normtool.rule import rule
from normtool.rule_options import option

_SCORE = option("TYP403", "score", 95, "of 100: how probable the model must find what is shown")

_Found = Iterator[tuple[int, int, str, str]]


def _of(text: str, certainty: Certainty) -> _Found:
    for one in proposed(text):
        if one.certainty == certainty:
            yield one.start, one.start + len(one.before), one.after, one.note


@rule("TYP401", SAFE, HIGH, ERROR)
def certain_typo_of_the_model(text: str) -> _Found:
    """Word that the typo model finds written wrong beyond doubt.

    No list has it: the written form makes no word here, one other character
    makes one that is frequent in this place, and nothing speaks for what is
    written (no name, no quotation, no second use in the text). The note says
    what was counted. Words that must stay go into your list of strings to
    keep; the model is switched off with --no-typo-model.

        加快大数局产业发展  →  加快大数据产业发展
        企业的经营状矿良好  →  企业的经营状况良好
        积极应对人口老令化  →  积极应对人口老龄化
        任务依然艰巨  ✓
        他们来到帐篷里  ✓
        同比增长百分之二  ✓
    """
    return _of(text, HIGH)


@rule("TYP402", UNSAFE, MEDIUM, ERROR)
def likely_typo_of_the_model(text: str) -> _Found:
    """Word that the typo model finds probably written wrong.

    Another character makes the better word, but what is written cannot be
    excluded. On request only. In traditional text, which the model reads in
    its simplified form, nothing is surer than this.

        经济持续建康发展  →  经济持续健康发展
        加强党风廉正建设  →  加强党风廉政建设
        他把“状矿”写在黑板上  →  他把“状况”写在黑板上
        各级干部要以身作则  ✓
        由企业自己申请  ✓
        新增张家口分公司  ✓
    """
    return _of(text, MEDIUM)


@rule("TYP403", DISPLAY, LOW, ERROR)
def possible_typo_of_the_model(text: str) -> _Found:
    """Word that the typo model would not expect here.

    Something speaks against the correction: a name, a quotation, the same form
    elsewhere in the text. Most of these are right, so only the best are shown,
    for a person to look at. With ``score = 50`` all are, one in 1,700 characters
    of edited news.

        规章制渡和管理制渡  →  规章制度和管理制度
        提高服务质亮，工程质亮合格  →  提高服务质量，工程质量合格
        状矿良好，路面状矿一般  →  状况良好，路面状况一般
        工作条件艰苦  ✓
        拉长短腿，补齐短板  ✓
        一人吃一份内脏  ✓
    """
    least = _SCORE.value / 100
    for one in proposed(text):
        if one.certainty == LOW and one.score >= least:
            yield one.start, one.start + len(one.before), one.after, one.note
