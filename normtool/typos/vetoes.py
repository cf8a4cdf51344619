"""What a high score still does not permit: names, terms, abbreviations, quotations.

Each of these was a false alarm once.
"""

from __future__ import annotations

from normtool.patterns import later
from normtool.typos.row import Row

#: a next best candidate of this score makes HIGH impossible
CONTESTED = 0.25
#: least log-odds for HIGH where the two characters neither sound alike nor are often confused
UNFAMILIAR = 4.5
#: and where the written characters are a word as well
_AGAINST_A_WORD = 5.0
#: a document with this shift is full of typos
CARELESS = 2.0

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
PARTICLES = frozenset("的地得")
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
_SHORT_QUOTE = 8


def hopeless(row: Row, quoted: str) -> bool:
    """What is never even shown."""
    old, new = row.old, row.new
    if not modern(old):
        return True
    if any({old, new} <= alike for alike in (PARTICLES, _PRONOUNS, _PLACES | _COUNTRIES)):
        return True
    if old in _NUMERALS or (new in _NUMERALS and row.word_new < 4):
        return True
    classical = bool(quoted) and _CLASSICAL.search(quoted) and row.word_new < 4
    return row.proper_old >= 3 or bool(classical)


def hopeless_pair(old: str, quoted: str) -> bool:
    """The same for two characters side by side."""
    if not all(map(modern, old)) or set(old) & _NUMERALS:
        return True
    return bool(quoted and _CLASSICAL.search(quoted))


def certain(row: Row, text: str, quoted: str, odds: float, shift: float) -> bool:
    """No veto of the first tier applies."""
    long = row.word_new >= 3
    weak = row.strength_new < 2 and row.f_new < 2 and shift < CARELESS
    if weak and (row.proper_new or not long or odds < UNFAMILIAR):
        return False  # nothing is completed
    if row.proper_old or row.rival >= CONTESTED:
        return False
    if _parallel(row, text):
        return False
    if row.strength_old >= 2 and not (
        long and row.support == 2 and row.familiar and odds >= _AGAINST_A_WORD
    ):
        return False
    if not row.familiar and not long and (row.support < 2 or odds < UNFAMILIAR):
        return False
    if {row.old, row.new} & _FUNCTION and not long:
        return False
    return not 0 < len(quoted) <= _SHORT_QUOTE or long


def is_abbreviation(row: Row, text: str) -> bool:
    """The character stands for a place, or for a country beside another one."""
    if row.word_new >= 3 and row.familiar:
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


def is_coined(row: Row, text: str) -> bool:
    """A word that the counts are too old to know."""
    return any(word in text[max(row.place - 1, 0) : row.place + 2] for word in _COINED)


def modern(character: str) -> bool:
    """Of the common simplified set: what is not is another rule's business, or a name."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def is_surname(row: Row, text: str) -> bool:
    """A surname behind a title: 局长章…"""
    return row.old in _SURNAMES and bool(_TITLE.search(text[max(row.place - 4, 0) : row.place]))


def in_name(row: Row, text: str) -> bool:
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
