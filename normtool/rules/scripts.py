"""What the codes SCR say: the other script.

They are no rules of cleaning (nothing was wrong): ``normtool.script`` makes these edits and
points at these places, and cleaning passes them by. Here are their pages, so that they can
be looked up, asked for and ignored as all others. The examples go to ``--script tw``.
"""

from __future__ import annotations

from collections.abc import Iterator

from normtool.edits import DISPLAY, FLAG, HIGH, LOW, MEDIUM, SAFE, SCRIPT
from normtool.rule import rule

_Nothing = Iterator[tuple[int, int, str]]


@rule("SCR101", SAFE, HIGH, SCRIPT)
def other_script(text: str) -> _Nothing:
    """The same word in the other script.

    As OpenCC's configuration of the profile writes it, in the text as it was cleaned: a word
    may lie across an edit, and a typo hides one.

        发展经济 → 發展經濟
        同志们 → 同志們
        领导讲话 → 領導講話
        同心同德 ✓
        人民至上 ✓
        GDP ✓
    """
    return iter(())


@rule("SCR102", SAFE, MEDIUM, SCRIPT)
def other_word(text: str) -> _Nothing:
    """Another word, as the region says it.

    Only in the profile twp, and in OpenCC configurations that end in p: they exchange words
    even in names and titles. tw, hk and hant change characters only.

        项目管理 → 專案管理
        信息中心 → 資訊中心
        网络安全 → 網路安全
        同心同德 ✓
        人民至上 ✓
        GDP ✓
    """
    return iter(())


@rule("SCR103", SAFE, HIGH, SCRIPT)
def region_quotes(text: str) -> _Nothing:
    """Quotation marks as the region writes them.

    “ ‘ ’ ” and 「 『 』 」, mark for mark. By default in text and Word for tw, twp and hk;
    --quotes decides for all formats. What is not paired within its line stays, and so does
    what is no quotation mark.

        他说：“好” → 他說：「好」
        讲“‘三农’问题” → 講「『三農』問題」
        听到“加油” → 聽到「加油」
        “加油 ✓
        it’s ✓
        6’2” ✓
    """
    return iter(())


@rule("SCR201", SAFE, HIGH, SCRIPT)
def listed_word(text: str) -> _Nothing:
    """A word that OpenCC writes otherwise than it is printed.

    From two lists: CC-CEDICT's only form of a word, where nothing printed in Taiwan speaks
    against it; and one of our own, with the reason of each entry. An entry counts only where no
    common word lies across its edges. Profiles other than tw and twp leave out the customs of
    Taiwan. ✓ is left to OpenCC.

        宣布开会 → 宣布開會
        污染严重 → 污染嚴重
        仪征市 → 儀征市
        新余市 → 新餘市
        金属制家具 → 金屬製傢具
        回避问题 ✓
        烟草专卖 ✓
        只要有余力 ✓
    """
    return iter(())


@rule("SCR202", SAFE, HIGH, SCRIPT)
def measure_word(text: str) -> _Nothing:
    """A measure word behind a figure, or behind the mark of a lost one.

    OpenCC knows the words of its lists: it leaves 28只羊 alone and makes 10里 into 10裡. An
    adverb or a place behind a figure is none (其中28只有, 2里面). ✓ is left to OpenCC.

        养羊28只 → 養羊28隻
        出栏□只 → 出欄□隻
        全长10里 → 全長10里
        看了这出戏 → 看了這齣戲
        其中28只有 ✓
        方案2里面 ✓
        这出乎意料 ✓
    """
    return iter(())


@rule("SCR203", SAFE, MEDIUM, SCRIPT)
def surname(text: str) -> _Nothing:
    """A surname that OpenCC takes for another word.

    于 范 余 涂 郁 朴 干 before a given name and what only persons are called; in front is a
    mark, a title, or nothing. ✓ is left to OpenCC.

        于建国同志 → 于建國同志
        由范伟主任介绍 → 由范偉主任介紹
        主席余亮先生讲话 → 主席余亮先生講話
        由于建国同志 ✓
        于全体同志 ✓
        余下的同志 ✓
    """
    return iter(())


@rule("SCR204", SAFE, MEDIUM, SCRIPT)
def word_boundary(text: str) -> _Nothing:
    """A character that begins the next word, and OpenCC put it into the last one.

    OpenCC goes from left to right and takes its longest entry: 包括发展 becomes 包|括髮|展. A
    common word that begins with the character and ends behind the entry decides, unless a
    longer word holds both. ✓ is left to OpenCC.

        包括发展 → 包括發展
        我国历史 → 我國歷史
        被发现 → 被發現
        理发店 ✓
        国历三月 ✓
        披头散发 ✓
    """
    return iter(())


@rule("SCR205", SAFE, MEDIUM, SCRIPT)
def undecided_default(text: str) -> _Nothing:
    """A character that no phrase decides, and OpenCC's usual form is the rarer one.

    签 behind 已 未 待 and the like is signed (簽), no slip of bamboo (籤); 范 alone is a name.
    ✓ is left to OpenCC.

        合同已签 → 合同已簽
        范玮说 → 范瑋說
        协议待签 → 協議待簽
        抽签 ✓
        规范 ✓
        示范 ✓
    """
    return iter(())


@rule("SCR206", SAFE, MEDIUM, SCRIPT)
def foreign_name(text: str) -> _Nothing:
    """里 in a foreign name is a sound, not 裡.

    Two characters that foreign names are written with stand behind it, and a preposition or a
    mark in front; or one on each side. ✓ is left to OpenCC.

        位于里瓦特 → 位於里瓦特
        到里瓦特开会 → 到里瓦特開會
        从里瓦特说起 → 從里瓦特說起
        屋里 ✓
        心里特别 ✓
        手里拿 ✓
    """
    return iter(())


@rule("SCR210", SAFE, HIGH, SCRIPT)
def glossary(text: str) -> _Nothing:
    """A word of your glossary.

    --glossary FILE, or glossary in the configuration: word, tab, its form, on a line. Wins over
    everything else, in every line of the text. Here with 范儿 → 範兒, 台儿庄 → 台兒莊 and
    项目 → 項木.

        台儿庄大捷 → 台兒莊大捷
        有范儿 → 有範兒
        项目 → 項木
        台上 ✓
        范围 ✓
        目标 ✓
    """
    return iter(())


@rule("SCR211", SAFE, HIGH, SCRIPT)
def kept(text: str) -> _Nothing:
    """A string that you keep.

    --keep FILE, or keep in the configuration: no conversion touches what stands there, as no
    rule of cleaning does. Here with 华为, 复星 and 云南白药.

        华为公司发展 → 华为公司發展
        复星集团 → 复星集團
        云南白药厂 → 云南白药廠
        中华 ✓
        行为 ✓
        云南 ✓
    """
    return iter(())


@rule("SCR301", DISPLAY, LOW, FLAG)
def undecided_character(text: str) -> _Nothing:
    """A character with several forms, and no phrase decides which.

    From OpenCC's dictionaries. What was right nearly always, where no phrase decided it in texts
    written in Taiwan, is not shown (个, 后, 于); the certainty of each place says how often the
    usual form was right.

        他有点干。 ⚑
        复之。 ⚑
        放到里去 ⚑
        干部 ✓
        后来 ✓
        关于 ✓
    """
    return iter(())


@rule("SCR302", DISPLAY, MEDIUM, FLAG)
def disputed_word(text: str) -> _Nothing:
    """A word that OpenCC and others write differently.

    CC-CEDICT has another form, or both are printed in Taiwan (平臺, 平台). One of the two may be
    wrong: who must be exact looks here. Only for tw and twp.

        银杯 ⚑
        平台 ⚑
        回避 ⚑
        发展 ✓
        图书馆 ✓
        经济 ✓
    """
    return iter(())
