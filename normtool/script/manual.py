"""What the codes SCR say: the pages of ``normtool rule`` about the other script.

They are no rules of cleaning (nothing was wrong) and stand in a table of their own. Their
examples go to ``--script tw`` and are tested as those of the rules are.
"""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc

from normtool.edits import DISPLAY, FLAG, HIGH, LOW, MEDIUM, SAFE, SCRIPT, Certainty
from normtool.rule import Rule

_PAGES = {
    "SCR101": (
        "other-script",
        """The same word in the other script.

        As OpenCC's configuration of the profile writes it, in the text as it was cleaned:
        a word may lie across an edit.

            发展经济 → 發展經濟
            同志们 → 同志們
            领导讲话 → 領導講話
        """,
        HIGH,
    ),
    "SCR102": (
        "other-word",
        """Another word, as the region says it.

        Only in the profile twp, and in OpenCC configurations that end in p (项目 → 專案):
        even in names and titles. tw, hk and hant change characters only.

            项目管理 → 專案管理
            信息中心 → 資訊中心
            网络安全 → 網路安全
        """,
        MEDIUM,
    ),
    "SCR103": (
        "region-quotes",
        """Quotation marks as the region writes them.

        “ ‘ ’ ” and 「 『 』 」, mark for mark. By default for text and Word in tw, twp and hk;
        --quotes decides for all formats. What is not paired within its line stays.

            他说：“好” → 他說：「好」
            讲“‘三农’问题” → 講「『三農』問題」
            听到“加油” → 聽到「加油」
        """,
        HIGH,
    ),
    "SCR201": (
        "listed-word",
        """A word that OpenCC writes otherwise than it is printed.

        From lists: CC-CEDICT's only form of a word, where nothing printed in Taiwan speaks
        against it, and a list of our own with the reason of each entry. An entry counts only
        where no common word lies across its edges (舞台中央 is no 台中). Profiles other than
        tw and twp use what is no custom of Taiwan: names, and words that mean something else.

            宣布开会 → 宣布開會
            于都县 ✓
            治理污染 → 治理污染
            仪征市 → 儀征市
            新余市 → 新餘市
        """,
        HIGH,
    ),
    "SCR202": (
        "measure-word",
        """A measure word behind a figure, or behind the mark of a lost one.

        OpenCC knows only the words of its lists: it leaves 28只羊 alone and makes 10里 into 10裡.

            养羊28只 → 養羊28隻
            出栏□只 → 出欄□隻
            全长10里 → 全長10里
            看了这出戏 → 看了這齣戲
        """,
        HIGH,
    ),
    "SCR203": (
        "surname",
        """A surname that OpenCC takes for another word.

        于 范 余 涂 郁 朴 干 before a given name and what only persons are called, at the start,
        behind a mark or a title.

            于建国同志 → 于建國同志
            由范伟主任介绍 → 由范偉主任介紹
            主席：余明先生 → 主席：余明先生
        """,
        MEDIUM,
    ),
    "SCR204": (
        "word-boundary",
        """A character that begins the next word, and OpenCC put it into the last one.

        OpenCC goes from left to right and takes the longest entry: 包括发展 becomes 包|括髮|展.
        A common word that begins with the character and ends behind the entry decides.

            包括发展 → 包括發展
            我国历史 → 我國歷史
            被发现 → 被發現
        """,
        MEDIUM,
    ),
    "SCR205": (
        "undecided-default",
        """A character that no phrase decides, and OpenCC's usual form is the rarer one.

            合同已签 → 合同已簽
            范玮说 → 范瑋說
            协议待签 → 協議待簽
        """,
        MEDIUM,
    ),
    "SCR206": (
        "foreign-name",
        """里 in a foreign name is a sound, not 裡.

            在里瓦特 → 在里瓦特
            塞里斯 → 塞里斯
            位于里莫夫 → 位於里莫夫
        """,
        MEDIUM,
    ),
    "SCR210": (
        "glossary",
        """A word of your glossary (--glossary FILE): word, tab, its form, on a line.

        Wins over everything else, in every line of the text.

            项目建设 → 專案建設
            网点 → 據點
            范儿 → 範兒
        """,
        HIGH,
    ),
    "SCR211": (
        "kept",
        """A string that you keep (--keep FILE): no conversion touches it.

            华为公司 → 华为公司
            复星集团 → 复星集團
            云南白药 → 云南白药
        """,
        HIGH,
    ),
    "SCR301": (
        "undecided-character",
        """A character with several forms, and no phrase decides which.

        From OpenCC's dictionaries. What was right nearly always, where no phrase decided it
        in texts written in Taiwan, is not shown (个, 后, 于); the certainty says how often the
        usual form was right.

            他有点干。 ⚑
            那台是旧的。 ⚑
            复之。 ⚑
        """,
        LOW,
    ),
    "SCR302": (
        "disputed-word",
        """A word that OpenCC and CC-CEDICT write differently.

        Both forms are printed, or one of the two is wrong: who must be exact looks here.

            伙伴 ⚑
            周期 ⚑
            回避 ⚑
        """,
        MEDIUM,
    ),
}


def _page(code: str, name: str, doc: str, certainty: Certainty) -> Rule:
    shown = DISPLAY if code.startswith("SCR3") else SAFE
    kind = FLAG if code.startswith("SCR3") else SCRIPT
    return Rule(code, name, cleandoc(doc), shown, certainty, kind, None, _nothing)


def _nothing(text: str) -> Iterator[tuple[int, int, str]]:
    """The conversion finds these, not the scan."""
    return iter(())


#: The pages by their codes.
PAGES = {code: _page(code, *page) for code, page in _PAGES.items()}
