"""TYP4: words that no list has, as the typo model reads the whole text.

A stage of its own: it runs when all other rules are at rest (``clean.py``), and
can be switched off as a whole (``--no-typo-model``). What is known of a place
and how sure it is, the model says (``normtool/typos/``); here it is only
divided by what may be done about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from normtool.edits import ERROR, MEDIUM, UNSAFE, Certainty
from normtool.proposals import proposed
from normtool.rule import rule

_Found = Iterator[tuple[int, int, str, str]]


def _of(text: str, certainty: Certainty) -> _Found:
    for one in proposed(text):
        if one.certainty == certainty:
            yield one.start, one.start + len(one.before), one.after, one.note


@rule("TYP402", UNSAFE, MEDIUM, ERROR)
def likely_typo_of_the_model(text: str) -> _Found:
    """Word that the typo model finds probably written wrong.

    Another character makes the better word, but what is written cannot be
    excluded. On request only. In traditional text, which the model reads in
    its simplified form, nothing is surer than this.

        各级干部要以身作责  →  各级干部要以身作则
        这件工作事在人围  →  这件工作事在人为
        各部门要全力以付  →  各部门要全力以赴
        各级干部要以身作则  ✓
        由企业自己申请  ✓
        新增张家口分公司  ✓
    """
    return _of(text, MEDIUM)
