"""ADS: noise that a site put into its text so that it could not be copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtool.chinese import HAN_RANGES
from normtool.edits import DISPLAY, FLAG, MEDIUM, REMOVAL, SAFE, UNSAFE
from normtool.patterns import later
from normtool.rule import of_text, rule

_HAN = f"[{HAN_RANGES}]"
#: One to two printed signs between blanks, eight times or more; never given up.
_NOISE = later(
    "[!-~](?<![!-~].)[!-~]?+(?![!-~])[ \u3000]{1,3}"
    "(?:[!-~]{1,2}+(?![!-~])[ \u3000]{1,3}){6,}+[!-~]{1,2}+(?![!-~])[ \u3000]*"
)
#: What stands in it, to be looked for soon: a blank of either kind and two signs alone.
_SIGNS_ALONE = tuple(
    later(f"{blank}[!-~]{{1,2}}[ \u3000]{{1,3}}[!-~]{{1,2}}[ \u3000]") for blank in " \u3000"
)
#: A sign that formulas and code seldom have beside a lone letter or digit.
_MIXED = later(
    "(?<![!-~])(?:[!@#$%^&?~|\\\\{}_`'\"][0-9A-Za-z]|[0-9A-Za-z][!@#$%^&?~|\\\\{}_`'\"])(?![!-~])"
)
_ODD = later("[!-/:-@\\[-`{-~]")


@rule("ADS111", SAFE, MEDIUM, REMOVAL, needs="[#$^~|\\\\@&]")
def scattered_signs(text: str) -> Iterator[tuple[int, int, str]]:
    """Run of single signs, put in by a forum against copying.

    Discuz hides such runs between lines and behind sentences. Eight signs or
    more with blanks between them, at least five of different kinds, and three
    where a letter clings to a sign as in no formula and no code. A run that
    touches a longer Latin word is left alone.

        大家好。⏎# g7 &d ! p$ 9? ; ~K w^ [⏎我先讲。  →  大家好。⏎我先讲。
        大家好。% a1 #f ( q? 8@ ~ z! x| .⏎我先讲。  →  大家好。⏎我先讲。
        要抓好落实。⏎8! @k #2 %m & ^3 ~v |q { p⏎谢谢大家！  →  要抓好落实。⏎谢谢大家！
        a + b = c ; x - y = z ; 1 < 2  ✓
        A B C D E F G H I J 各组  ✓
        # $ % & * @ ! 等符号  ✓
    """
    if not any(three.search(text) for three in _SIGNS_ALONE):
        return
    for match in _NOISE.finditer(text):
        run = match[0]
        start, end = match.span()
        if len(set(_ODD.findall(run))) < 5 or len(_MIXED.findall(run)) < 3:
            continue
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        near = text[max(start - 80, 0) : start]
        if before in " \u3000" and near.rstrip(" \u3000")[-1:].isascii():
            line = text[text.rfind("\n", 0, start) + 1 : start]
            if line.strip(" \u3000"):
                continue
        if after.isascii() and after != "\n":
            continue
        # The bracket of 8 l(二) belongs to the text.
        if run.rstrip(" \u3000").endswith("(") and ")" in text[end : end + 20]:
            end = start + len(run.rstrip(" \u3000")) - 1
        alone = (before == "\n") and after == "\n"
        yield start, min(end + 1, len(text)) if alone else end, ""


#: chr(32..59), a blank, chr(63..126), five to fifteen times: ``jammer()`` of Discuz!.
_PAIRS = later("[!-;](?<![!-~].) [?-~](?:[!-;]? {1,2}[?-~]){4,14}(?![!-~])[ \u3000]*")
_FIRST = later("[!-;] [?-~]")


@rule("ADS114", SAFE, MEDIUM, REMOVAL, needs="[!-;] [?-~]")
def paired_signs(text: str) -> Iterator[tuple[int, int, str]]:
    """Pairs of single signs, put in by a forum against copying.

    Each pair is a digit or a mark, a blank, and a letter or another sign, and
    the next follows at once: so Discuz! makes them. Five pairs or more, with
    two different marks among them; a list of letters has none.

        大家好。! r$ K6 M0 i+ H; E⏎我先讲。  →  大家好。⏎我先讲。
        大家好。⏎9 u3 y( ]( k* `6 x# v1 J⏎我先讲。  →  大家好。⏎我先讲。
        大家好。⏎7 k% R2 a) q' Z5 w* L⏎再见。  →  大家好。⏎再见。
        A B C D E F G组  ✓
        ( a) ( b) ( c) ( d) ( e) ( f)  ✓
        1 a2 b3 c4 d5 e6 f  ✓
    """
    if not any(sign in text for sign in "#$^~|\\@&*+%{}[]_`'\""):
        return
    for match in _PAIRS.finditer(text):
        run = match[0]
        start, end = match.span()
        if len(_FIRST.findall(run)) < 4 or len(set(_ODD.findall(run))) < 2:
            continue
        alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
        yield start, min(end + 1, len(text)) if alone else end, ""


@rule("ADS112", SAFE, MEDIUM, REMOVAL, f"的(?P<edit>\\.)(?=[{HAN_RANGES}])(?<!目的\\.)")
def stray_dot(match: re.Match[str]) -> str | None:
    """Dot between 的 and what belongs to it.

    Some sites put a dot behind 的 to know copies of their text. Only where the
    text ends its sentences with 。 and has no other dot between characters:
    else the dot may be a full stop.

        我们迎着春天的.阳光出发。  →  我们迎着春天的阳光出发。
        我们要走好自己的.路。大家要努力。  →  我们要走好自己的路。大家要努力。
        全县人民的.期盼很高。  →  全县人民的期盼很高。
        达到目的.加强领导。  ✓
        这是应该的.大家说好.散会。  ✓
        春天的.脚步  ✓
    """
    return "" if _has_full_stops(match.string) else None


@of_text
def _has_full_stops(text: str) -> bool:
    return "。" in text and _DOT.search(text) is None


_DOT = later(
    f"(?<![的第尔斯克姆]\\.)(?<=[{HAN_RANGES}]\\.)(?=[{HAN_RANGES}])|(?<=[{HAN_RANGES}]\\.)$",
    re.MULTILINE,
)

_TONE = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹɡ"
_GLOSS = later(
    f"[(（](?<=[{HAN_RANGES}].)(?:(?<=\\()[a-zü{_TONE}]{{1,7}}\\)|(?<=（)[a-zü{_TONE}]{{1,7}}）)"
)
_TONED = later(f"[{_TONE}]")
_NEUTRAL = frozenset(
    {"de", "le", "ma", "ne", "me", "men", "zi", "ba", "a", "la", "zhe", "li", "ge"}
)


@rule("ADS113", SAFE, MEDIUM, REMOVAL, needs=_GLOSS.pattern)
def pinyin_on_every_character(text: str) -> Iterator[tuple[int, int, str]]:
    """Pinyin behind one character after the other.

    Mirrors of sites put the reading of characters into brackets to pass as new
    text. Five readings or more within 200 characters are such a site; one is
    the gloss of a rare name and stays.

        開(kāi)會(huì)討論(lùn)經(jīng)濟(jì)發(fā)展  →  開會討論經濟發展
        同(tóng)志(zhì)们(men)，大(dà)家(jiā)好(hǎo)  →  同志们，大家好
        春（chūn）眠（mián）不（bù）觉（jué）晓（xiǎo）  →  春眠不觉晓
        校长李垚(yáo)讲话  ✓
        函数f(a)  ✓
        赵垚(yáo)、钱喆(zhé)二人  ✓
    """
    found = [
        match
        for match in _GLOSS.finditer(text)
        if _TONED.search(match[0]) or match[0][1:-1] in _NEUTRAL
    ]
    toned = [match for match in found if _TONED.search(match[0])]
    if len(toned) < 5:
        return
    places = [match.start() for match in toned]
    dense: list[tuple[int, int]] = []
    for first, fifth in zip(places, places[4:], strict=False):
        if fifth - first <= 200:
            if dense and first <= dense[-1][1]:
                dense[-1] = dense[-1][0], fifth
            else:
                dense.append((first, fifth))
    if sum(any(a <= place <= b for a, b in dense) for place in places) >= 12:
        dense = [(0, len(text))]  # a site that does so everywhere
    spans = iter(dense)
    span = next(spans, None)
    for match in found:
        while span is not None and match.start() > span[1]:
            span = next(spans, None)
        if span is not None and match.start() >= span[0]:
            yield match.start(), match.end(), ""


@rule(
    "ADS201",
    UNSAFE,
    MEDIUM,
    REMOVAL,
    "(?m)^[ \\t\u3000]*+(?:网址[:：])?(?:https?://|[wW]{3}\\.)[^ \\t\u3000\\n\u3001-\uffef]{4,200}[ \\t\u3000]*+(?:\\n|\\Z)",
)
def address_on_its_own_line(match: re.Match[str]) -> str | None:
    """Address of the web on a line of its own.

    Mostly the page the text came from; it may be part of what is said, so it
    goes only on request. Addresses of authorities (.gov) stay.

        大家好。⏎http://www.example.org/news/1.html⏎我先讲。  →  大家好。⏎我先讲。
        www.example.org⏎同志们：  →  同志们：
        谢谢大家！⏎https://example.org/a/b?id=3  →  谢谢大家！⏎
        见http://www.example.org  ✓
        http://www.gov.cn/zhengce/  ✓
        网址见 https://example.org  ✓
    """
    return None if ".gov" in match[0].lower() else ""


@rule(
    "ADS115",
    SAFE,
    MEDIUM,
    REMOVAL,
    f"(?<=[中党政省市县书国军警法会])[※☆★◆#](?=[央委府记家队察院议])(?<={_HAN}.)",
)
def sign_inside_word(match: re.Match[str]) -> str | None:
    """Sign in the middle of a word, put in to pass a filter.

    ``中※央``, ``党※委``, ``书※记``: only words that filters look for, and only
    if nothing else is set apart by the sign.

        中※央决定  →  中央决定
        市★委书记  →  市委书记
        县※委书※记  →  县委书记
        省★市★县  ✓
        重点※会议  ✓
        评为★★★级景区  ✓
    """
    word = match.string[match.start() - 1] + match.string[match.end()]
    return "" if word in _FILTERED else None


_FILTERED = frozenset(
    [
        "中央",
        "党委",
        "政府",
        "省委",
        "市委",
        "县委",
        "书记",
        "国家",
        "军队",
        "警察",
        "法院",
        "国会",
        "党中",
    ]
)


@rule("ADS202", UNSAFE, MEDIUM, REMOVAL, needs="‘")
def quotes_around_one_character(text: str) -> Iterator[tuple[int, int, str]]:
    """Quotation marks around one character inside a word, put in to pass a filter.

    ``‘交’头接耳``, ``惊讶之‘色’``: three or more in a file, each with Chinese
    characters on both sides. A person must say, for a character may be quoted
    because it is spoken of.

        他们‘交’头接耳，面带惊‘色’地看，摸‘黑’走了。  →  他们交头接耳，面带惊色地看，摸黑走了。
        今年‘抓’‘紧’春耕，‘做’到位。  →  今年抓紧春耕，做到位。
        众人‘乱’作一团，‘激’动不已，‘淫’雨连绵。  →  众人乱作一团，激动不已，淫雨连绵。
        要在‘实’字上下功夫，在‘细’字上做文章，在‘严’字上见真章。  ✓
        一个‘忠’字贯穿始终。  ✓
        他说：‘好。’  ✓
    """
    found = [match for match in _ONE_QUOTED.finditer(text) if match.end() < len(text)]
    if len(found) < 3:
        return
    for match in found:
        yield match.start(), match.start() + 1, ""
        yield match.end() - 1, match.end(), ""


_ONE_QUOTED = later(
    f"(?:(?<={_HAN})|(?<=’)|(?<=[，。]))‘{_HAN}’(?!字|[，。、；：！？])(?={_HAN}|‘)"
)


@rule(
    "ADS301",
    DISPLAY,
    MEDIUM,
    FLAG,
    f"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ](?:(?<=[{HAN_RANGES}].)|(?<=[{HAN_RANGES}][a-z].)|(?<=[{HAN_RANGES}][a-z]{{2}}.)|(?<=[{HAN_RANGES}][a-z]{{3}}.))(?:ng?|[aoiu])?(?=[{HAN_RANGES}，。；：、！？”])",
)
def reading_for_character(match: re.Match[str]) -> tuple[str, str] | None:
    """Reading in the place of a character.

    Novels and mirrors write 市政fǔ to pass a filter. Which character was meant
    is for a person to say.

        市政fǔ发出通知  ⚑
        请各部mén注意  ⚑
        认真总jié经验  ⚑
        他叫李垚(yáo)，  ✓
        “京”的拼音是jīng的第一声  ✓
        四声为mā、má、mǎ、mà  ✓
    """
    text, start = match.string, match.start()
    if _PHONETICS.search(text, max(start - 10, 0), start):
        return None
    return match[0], "a reading stands for a character"


_PHONETICS = later("拼音|读音|讀音|读作|讀作|注音|[四声聲]为|音节")
