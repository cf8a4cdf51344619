"""TYP: wrong words, from closed lists with guards.

Each entry of ``data/typos.tsv`` names the wrong form, the right one, the longer
strings in which the "wrong" form is right, and the evidence. Words that nobody
listed are not this module's business.
"""

from __future__ import annotations

import re
from functools import cached_property

from normtool.chinese import is_traditional
from normtool.edits import DISPLAY, ERROR, HIGH, MEDIUM, SAFE, UNSAFE
from normtool.rule import rule
from normtool.rules.lists import any_in, read_list


class _Pairs:
    """The entries of one list: pattern, correction and guard."""

    def __init__(self, name: str, *, traditional: bool = False) -> None:
        self.traditional = traditional
        self.pattern = any_in(name)
        self._name = name

    @cached_property
    def right(self) -> dict[str, tuple[str, str]]:
        """Of each wrong form the right one and its evidence."""
        return {wrong: (right, evidence) for wrong, right, _, evidence in read_list(self._name)}

    @cached_property
    def unless(self) -> dict[str, tuple[str, ...]]:
        """Of each wrong form the longer strings in which it is right."""
        return {
            wrong: tuple(unless.split()) if unless != "-" else ()
            for wrong, _, unless, _ in read_list(self._name)
        }

    @cached_property
    def reach(self) -> int:
        """How long the longest of these is."""
        return max(len(word) for longer in self.unless.values() for word in ("", *longer))

    def correct(self, match: re.Match[str]) -> tuple[str, str] | None:
        """The right form and its evidence, or None where a longer word covers the place."""
        text, (start, end) = match.string, match.span()
        if is_traditional(text, start) is not self.traditional:
            return None  # 身分, 家俱, 布署: the norm of Taiwan and Hong Kong is another
        longer = self.unless[match[0]]
        if longer:
            near = text[max(start - self.reach, 0) : end + self.reach]
            for word in longer:
                first, last = max(start - len(word) + 1, 0), end + len(word) - 1
                if word in near and text.find(word, first, last) >= 0:
                    return None
        return self.right[match[0]]


_CERTAIN = _Pairs("typos")
_LIKELY = _Pairs("typos_likely")
_TRADITIONAL = _Pairs("typos_traditional", traditional=True)


@rule("TYP101", SAFE, HIGH, ERROR, _CERTAIN.pattern)
def certain_typo(match: re.Match[str]) -> tuple[str, str] | None:
    """Word that is written wrong beyond doubt.

    A closed list (``typos.tsv``): forms that no dictionary has, each with the
    strings in which the same characters are right. The norm is that of the
    mainland: traditional text is left alone.

        形势是严竣的  →  形势是严峻的
        到帐外资5万美元  →  到账外资5万美元
        我市己申请加入  →  我市已申请加入
        同比增张2%  →  同比增长2%
        由企业自己申请  ✓
        发展悦己经济、银发经济  ✓
        他们来到帐篷里  ✓
        新增张家口分公司  ✓
        事不关己申请不申请无所谓  ✓
    """
    return _CERTAIN.correct(match)


@rule("TYP201", UNSAFE, MEDIUM, ERROR, _LIKELY.pattern)
def likely_typo(match: re.Match[str]) -> tuple[str, str] | None:
    """Word that is probably written wrong.

    Set phrases with one character off and variants that the norm disfavours
    (``typos_likely.tsv``). The author may have meant it: on request only.

        一定能拔长短腿  →  一定能拉长短腿
        这是部门份内之事  →  这是部门分内之事
        要核对帐目  →  要核对账目
        拉长短腿，补齐短板  ✓
        一人吃一份内脏  ✓
        每月份内的任务  ✓
    """
    return _LIKELY.correct(match)


@rule(
    "TYP202",
    DISPLAY,
    MEDIUM,
    ERROR,
    "(?P<word>要务|重点|关键|难点|核心|中心|急务|大事|要事)的(?P=word)",
)
def phrase_without_its_middle(match: re.Match[str]) -> tuple[str, str]:
    """``要务的要务`` where ``要务中的要务`` is the phrase.

    Repeating a noun with 的 is rare; 重中之重 and its kin say 中. Only shown.

        把招商作为要务的要务  →  把招商作为要务中的要务
        这是重点的重点  →  这是重点中的重点
        这是大事的大事  →  这是大事中的大事
        把招商作为要务中的要务  ✓
        好的好的，慢慢的慢慢的  ✓
        关键的一环，重点的工作  ✓
    """
    return f"{match['word']}中的{match['word']}", "the set phrase is N中的N"


@rule("TYP203", UNSAFE, MEDIUM, ERROR, _TRADITIONAL.pattern)
def wrong_traditional_character(match: re.Match[str]) -> tuple[str, str] | None:
    """Traditional character that a converter chose wrongly, or left simplified.

    One simplified character stands for several: 制 for 制 and 製, 志 for 志 and
    誌. A converter without words takes the wrong one (``typos_traditional.tsv``).
    Only in traditional text, and only on request: old and regional usage differs.

        黨和國家領導體製的改革  →  黨和國家領導體制的改革
        同誌們，從各個方麵來說  →  同志們，從各個方面來說
        這是為什么，黨員干部要想清楚  →  這是為什麼，黨員幹部要想清楚
        會議己經開始，請同志們就座  →  會議已經開始，請同志們就座
        製造業、雜誌、標準、曆法、麵粉、隻身  ✓
        會議由他自己經過討論決定  ✓
        两岸关系统一，什么时候都要讲体制  ✓
    """
    return _TRADITIONAL.correct(match)
