"""From scores to certainties: what a high score still does not permit.

The forest says how likely a candidate is. The vetoes below say where a likely candidate
may yet be a name, a term, an abbreviation or a quotation; each was a false alarm once.
"""

from __future__ import annotations

import math

from normtool.edits import HIGH, LOW, MEDIUM, Certainty
from normtool.patterns import later
from normtool.records import NamedTuple

#: Least log-odds for MEDIUM and for HIGH in a document without other typos, by what is
#: gained: a word of three or more characters or one of two, and by how much of the
#: surroundings was seen before (0 to 2). Measured on edited news and official sentences.
_NEVER = 99.0
_LIKELY = {
    (True, 2): -1.0, (True, 1): 1.5, (True, 0): 2.5,
    (False, 2): 2.0, (False, 1): 3.0, (False, 0): 4.0,
}  # fmt: skip
_SURE = {
    (True, 2): 2.6, (True, 1): 3.6, (True, 0): _NEVER,
    (False, 2): 3.6, (False, 1): 4.5, (False, 0): _NEVER,
}  # fmt: skip
#: The same for plain cases (``Row.plain``), by how much the written pair is in use: never
#: seen, less than five times in ten million characters, or more.
_PLAIN_LIKELY = {
    (True, 2): (-1.0, -1.0, -1.0), (True, 1): (0.5, 0.5, 1.5),
    (False, 2): (0.0, 1.0, 2.0), (False, 1): (2.0, 2.5, 3.0),
}  # fmt: skip
_PLAIN_SURE = {
    (True, 2): (1.0, 2.4, 2.8), (True, 1): (1.4, 2.0, 3.0),
    (False, 2): (2.1, 3.0, 3.7), (False, 1): (3.6, 4.1, 4.5),
}  # fmt: skip
_UNUSED = 14
#: a next best candidate of this score makes HIGH impossible
_CONTESTED = 0.25
#: least log-odds for HIGH where the two characters neither sound alike nor are often confused
_UNFAMILIAR = 4.5
#: and where the written characters are a word as well
_AGAINST_A_WORD = 5.0
#: a pair of this level is in use: once or more in a million characters
_IN_USE = 25
#: a document with this shift is full of typos
_CARELESS = 2.0
#: a candidate is shown from here on
_POSSIBLE = -1.0
#: one typo in so many characters is what a careless document has; the bounds of the
#: shift, for MEDIUM, for HIGH and for HIGH in plain cases
_USUAL, _MOST, _MOST_SURE, _MOST_PLAIN = 10_000, 3.0, 2.5, 2.5

#: abbreviations of places, and of countries (only beside another abbreviation)
_PLACES = frozenset(
    "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀黔滇藏陕秦甘陇青宁新港澳台蒙佛穗深"
)
_COUNTRIES = frozenset(
    "朝韩日美英法德俄印巴缅柬泰越老菲马智秘墨加澳欧非亚乌哈吉塔土沙伊叙以埃南西葡意荷比瑞丹挪芬波捷匈希保罗塞古阿"
)
_ABROAD = _COUNTRIES | _PLACES | frozenset("中方国驻访对赴抵")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几半双壹贰叁肆伍陆柒捌玖拾")
#: words younger than the counts: what was left of 150 coinages of official texts that were tried
_COINED = ("数智", "心育")
_PRONOUNS = frozenset("他她它您你")
_PARTICLES = frozenset("的地得")
_FUNCTION = frozenset(
    "的地得了着过在再是不有和与及以为而之其者也又就都还但并或从向对于由被把让使将给等个此该这那各每所且则即既已未非无"
)
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "章葛祝岳柳骆牛翟殷温舒兰梅盛童颜聂焦柯祁佟裴凌耿房鲍芦喻季柴翁栗余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
#: what stands before a name or behind it
_TITLE = later(
    "(?:同志|代表人|负责人|主席|总理|部长|省长|市长|县长|书记|主任|委员|代表|记者|教授|院士|先生|女士|校长|局长|厅长)$"
)
_CLASSICAL = later("[之乎者也矣焉哉兮曰其]")
_QUOTED = later("“([^“”\n]{1,40})”|《([^《》\n]{1,40})》|‘([^‘’\n]{1,40})’")
_SHORT_QUOTE = 8


class Row(NamedTuple):
    """What the judge reads of a candidate; the names are those of the figures."""

    place: int
    old: str
    new: str
    score: float
    word_old: int
    word_new: int
    strength_old: int
    strength_new: int
    proper_old: int
    proper_new: int
    f_new: int
    t1_new: int
    t2_new: int
    t3_new: int
    kind: int
    shape: int
    habit: int
    gain_left: int
    gain_right: int
    left_old: int
    left_new: int
    right_old: int
    right_new: int
    rival: float = 0.0  # the score of the next best candidate

    @property
    def plain(self) -> bool:
        """A homophone or frequent slip that was no word and makes one."""
        return self.strength_new >= 2 and self.strength_old < 2 and _familiar(self)

    @property
    def written(self) -> int:
        """Level of the old pair on the side that gains most."""
        return self.left_old if self.gain_left >= self.gain_right else self.right_old

    @property
    def support(self) -> int:
        """How much of the new surroundings was seen: four characters, two triples."""
        triples = (self.t1_new > 0) + (self.t2_new > 0) + (self.t3_new > 0)
        return (self.f_new > 0) + (triples > 1)


def certainty(row: Row, text: str, quoted: str, repeated: bool, shift: float) -> Certainty | None:
    """How sure a correction is, or None for silence.

    ``quoted`` is the quotation or title that the place lies in, or empty; ``repeated`` says
    that the document uses the "wrong" form in several contexts; ``shift`` is what the other
    typos of the document add to the log-odds.
    """
    old, new = row.old, row.new
    if (
        not _modern(old)
        or {old, new} <= _PARTICLES
        or {old, new} <= _PRONOUNS
        or {old, new} <= _PLACES | _COUNTRIES
    ):
        return None
    if old in _NUMERALS or (new in _NUMERALS and row.word_new < 4):
        return None
    if row.proper_old >= 3 or (quoted and _CLASSICAL.search(quoted) and row.word_new < 4):
        return None
    odds = math.log(row.score / (1 - row.score)) + shift
    gained = (row.word_new >= 3, row.support)
    # another word stood there: a reason to doubt, the less so the more careless the document
    penalty = 0.0
    if row.strength_old > 1:
        penalty = (2.0 if _familiar(row) else 4.0) * (1 - 0.75 * shift / _MOST)
    if row.written >= _IN_USE:
        odds -= 0.7 if gained[0] else 1.5
    if odds < _POSSIBLE:
        return None
    level = LOW
    sure = odds - max(shift - _MOST_SURE, 0.0)
    likely_from, sure_from = _LIKELY[gained] + penalty, _SURE[gained]
    if row.plain and gained in _PLAIN_SURE and row.written < _IN_USE:
        use = (row.written > 0) + (row.written > _UNUSED)
        likely_from = min(likely_from, _PLAIN_LIKELY[gained][use])
        sure_from = min(sure_from, _PLAIN_SURE[gained][use] + max(shift - _MOST_PLAIN, 0.0))
    if odds >= likely_from:
        level = MEDIUM
    if sure >= sure_from:
        level = HIGH
    if repeated or _abbreviation(row, text) or _is_surname(row, text):
        level = LOW
    if new in _PARTICLES and not shift:
        level = LOW
    if level > LOW and _in_name(row, text):
        level = LOW if not shift and row.word_new < 3 else MEDIUM
    if level == HIGH and not _certain(row, text, quoted, sure, shift):
        level = MEDIUM
    return level


def _certain(row: Row, text: str, quoted: str, odds: float, shift: float) -> bool:
    """No veto of the first tier applies."""
    long = row.word_new >= 3
    weak = row.strength_new < 2 and row.f_new < 2 and shift < _CARELESS
    if weak and (row.proper_new or not long or odds < _UNFAMILIAR):
        return False  # nothing is completed
    if row.proper_old or row.rival >= _CONTESTED:
        return False
    if _parallel(row, text) or _coined(row, text):
        return False
    if row.strength_old >= 2 and not (
        long and row.support == 2 and _familiar(row) and odds >= _AGAINST_A_WORD
    ):
        return False
    if not _familiar(row) and not long and (row.support < 2 or odds < _UNFAMILIAR):
        return False
    if {row.old, row.new} & _FUNCTION and not long:
        return False
    return not 0 < len(quoted) <= _SHORT_QUOTE or long


def _abbreviation(row: Row, text: str) -> bool:
    """The character stands for a place, or for a country beside another one."""
    if row.word_new >= 3 and _familiar(row):
        return False
    beside = text[max(row.place - 1, 0) : row.place] + text[row.place + 1 : row.place + 2]
    return row.old in _PLACES or (row.old in _COUNTRIES and bool(_ABROAD & set(beside)))


def _parallel(row: Row, text: str) -> bool:
    """The item beside it in a list has the same character in the same place: 赋权、赋能、赋责."""
    at, old = row.place, row.old
    around = text[max(at - 3, 0) : at].rjust(3) + old + text[at + 1 : at + 4].ljust(3)
    before = around[0] == old and "、" in around[1:3]
    behind = around[6] == old and "、" in around[4:6]
    return before or behind


def _coined(row: Row, text: str) -> bool:
    """A word that the counts are too old to know."""
    return any(word in text[max(row.place - 1, 0) : row.place + 2] for word in _COINED)


def _modern(character: str) -> bool:
    """Of the common simplified set: what is not is another rule's business, or a name."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _familiar(row: Row) -> bool:
    """A homophone in its usual reading, or a frequent slip."""
    return row.kind <= 1 or row.habit >= 2


def shift(sure: int, length: int) -> float:
    """What ``sure`` typos in a document of ``length`` characters say about the next one.

    In a careless document a likely typo is likelier: the log-odds grow with the density of
    those that are beyond doubt, and are never lowered.
    """
    density = (sure + 0.25) / (length + _USUAL / 4)
    return min(max(math.log(density * _USUAL), 0.0), _MOST)


def _is_surname(row: Row, text: str) -> bool:
    """A surname behind a title: 局长章…"""
    return row.old in _SURNAMES and bool(_TITLE.search(text[max(row.place - 4, 0) : row.place]))


def _in_name(row: Row, text: str) -> bool:
    """A surname stands before the place, and what is before it may introduce a name."""
    if row.word_new >= 3:
        return False
    for distance in (1, 2):
        at = row.place - distance
        if at >= 0 and text[at] in _SURNAMES:
            before = text[max(at - 4, 0) : at]
            if not before or not "\u4e00" <= before[-1] <= "\u9fff" or _TITLE.search(before):
                return True
            if distance == 1 and row.gain_left <= 0:
                return True
    return False


def quotations(text: str) -> list[tuple[int, int, str]]:
    """Where quotations and titles begin and end, and what they say."""
    return [
        (match.start(), match.end(), match[1] or match[2] or match[3] or "")
        for match in _QUOTED.finditer(text)
    ]
