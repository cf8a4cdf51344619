"""QLT: places where a text was destroyed past repair, or made to look like another.

Nothing is changed. A person should know before using the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from normtool.chinese import HAN_RANGES, TRADITIONAL, is_traditional, only, traditional_in
from normtool.edits import DISPLAY, FLAG, LOW, MEDIUM
from normtool.patterns import later
from normtool.rule import of_text, rule
from normtool.rule_options import option
from normtool.variants import is_shinjitai

_H = f"[{HAN_RANGES}]"


@rule("QLT121", DISPLAY, MEDIUM, FLAG, needs="[?]{8}")
def line_of_question_marks(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Line whose characters all became question marks.

    A program without Chinese wrote ``?`` for each character. Nothing is left
    to repair: the page must be fetched again.

        ???????????“??”????????  ⚑
        2020?7?9?????????????  ⚑
        大会于????????????????????召开  ⚑
        什么????????你说什么，我没有听清楚，请再说一遍  ✓
        真的吗???  ✓
        ????  ✓
    """
    place = 0
    for line in text.split("\n"):
        marks = line.count("?")
        if "????????" in line and marks * 2 > len(line):
            yield place, place + len(line), line, f"{marks} characters lost"
        place += len(line) + 1


@rule("QLT122", DISPLAY, LOW, FLAG, f"(?m)^[{HAN_RANGES}]{{30,}}$")
def line_without_sense(match: re.Match[str]) -> tuple[str, str] | None:
    """Line of characters in no order, put in against copying.

    Thirty characters or more without a mark, nearly none of them twice, and
    none of the small words that every sentence needs. A list of names or of
    characters to learn looks alike: a person must say.

        竹云舟铜笛炭秧犁槐霜砚瓷锚驼梭陶蕨鹤帘芦杵毡橡珊锄蚕榆壶箭苔钉旱棚谷  ⚑
        炊渔锣蓑杏碑桨鞭雀麻茧犊窖葵磨柴坛镰箩蜡驿杉瓢砖韭菱亭梆鹿绳莲灶筏鼎  ⚑
        窗羊鼓纸海笔灯桥梅弓虎砂帆竹钟雁泥布沙琴棋茶瓦椒盐橘柚楼塔亭阁廊榭舫  ⚑
        我们要坚定不移地贯彻落实上级的决策部署努力开创各项工作的新局面为全县人民谋福利  ✓
        深入学习宣传贯彻党的代表大会精神以及深入学习宣传贯彻全国人民代表大会精神  ✓
        县委办公室县政府办公室县人大常委会办公室县政协办公室县纪委办公室县委组织部  ✓
    """
    line = match[0]
    if len(set(line)) < len(line) * 0.95 or _SMALL.search(line):
        return None
    return line, "characters in no order"


_SMALL = later("[的是在和了有不我这这為为與与及要将將也就都会會对對等以]")


@rule(
    "QLT123",
    DISPLAY,
    MEDIUM,
    FLAG,
    "(?m)^[ \\t]*[0-9]{1,2}[、.．][ ]?(?=(?:尊敬的|敬爱的|亲爱的)?(?:各位|同志们|老师们|同学们|女士们)[^。\\n]{0,40}?(?:(?<=们)|来宾|嘉宾|领导|代表|委员|同志|朋友|女士|先生|家长|同学)[：:]$)",
)
def numbered_salutation(match: re.Match[str]) -> tuple[str, str]:
    """Salutation with a number before it.

    Some sites number every paragraph of the texts they copy. A salutation is
    no item of a list, so the other numbers are not the author's, either.

        1、各位领导，同志们：⏎2、今天我们开会。  ⚑
        1.尊敬的各位来宾：⏎2.大家好。  ⚑
        3、同志们:⏎4、现在开会。  ⚑
        1、各位代表要按时到会。  ✓
        各位领导：⏎1、抓落实。  ✓
        2、同志们提出的意见：  ✓
    """
    return match[0], "paragraphs were numbered by the site"


_LETTERS = "bcfglmopr-wyz"
# Others of these letters are written for what people say: ㄚ, ㄛ, ㄋ.
_SIGNS = "ㄅㄆㄇㄈㄊㄍㄎㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄠㄡㄢㄣㄤㄥㄨㄩ"


@rule("QLT124", DISPLAY, LOW, FLAG)
def shifted_bytes(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Lone letter or sign inside a word, the trace of a lost byte.

    A byte was lost, and the rest was read together with the next: ``o生`` was
    ``卫生``. Letters that make words (``n个``, ``u盘``) have a measure word
    behind them.

        食物及o生局局长发言  ⚑
        会场ㄇ刂輩^外办  ⚑
        农村合作医疗和t业保险  ⚑
        共同慶！傲弧眹H兒童節  ⚑
        我们做了n个方案，用u盘保存  ✓
        注音ㄅㄆㄇ是课本上的  ✓
        大家都爱唱k歌，坐e租车  ✓
    """
    if not only(text, _EITHER):
        return
    for match in _LONE.finditer(text):
        start = match.start()
        if match[0].isupper() and not _is_rare(text[start - 1]):
            continue  # 大A股, 某B座; but 慶!傲弧眹H兒童
        yield start, start + 1, match[0], "a lost byte may have changed what stands here"


_EITHER = "bcfglmoprstuvwyzABCDEFGHIJKLMNOPQRSTUVWXYZ" + _SIGNS
_LONE = later(
    f"[{_EITHER}](?:(?<={_H}.)(?={_H})(?:(?<=[A-Z])"
    f"|(?<=[{_LETTERS}])(?![位个图版台盘型世超歌站股光恤租血货座级类值点线轴区组班队层币]))"
    f"|(?<=[{_SIGNS}])(?<![ㄅ-ㄩ].)(?=[{HAN_RANGES}^]))"
)


def _is_rare(character: str) -> bool:
    """Whether neither GB 2312 nor the frequent half of Big5 (below C940) has it."""
    for encoding, rare in (("gb2312", 0xFF), ("big5", 0xC9)):
        with suppress(UnicodeEncodeError):
            return character.encode(encoding)[0] >= rare
    return True


_SPUN = (
    "多所周知|密不走分|不益看多|益奇|炎播|为人民效劳|友爱的同学|友爱的老师|首到主要作用|内心理解|行为一名|行为又称|吾们|益众|专门感谢|专门高兴|开头了新|各类各类"
    "|望到|听从党|商议唐诗|用法到|咱们祖国|时间变迁|清淡话"
)


@rule("QLT125", DISPLAY, LOW, FLAG, _SPUN)
def spun_text(match: re.Match[str]) -> tuple[str, str] | None:
    """Word put in by a program that makes old texts look new.

    Such programs replace word by word (作为 by 行为, 众 by 多, 好 by 益), also
    inside other words: ``多所周知``. Two different ones in a file.

        多所周知，吾们的工作很重要。  ⚑
        行为一名教师，益奇心不可少。  ⚑
        友爱的同学们，开头了新的学期。  ⚑
        众所周知，吾们是古人的说法。  ✓
        友爱的同学互相帮助。  ✓
        他的行为一贯良好。  ✓
    """
    return (match[0], "words were replaced by a program") if _is_spun(match.string) else None


@of_text
def _is_spun(text: str) -> bool:
    return len(set(_SPUN_WORDS.findall(text))) > 1


_SPUN_WORDS = later(_SPUN)


@rule("QLT126", DISPLAY, LOW, FLAG)
def half_converted_text(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Simplified characters in a traditional text.

    A converter that left some characters alone, or a text put together from
    two sources. The first such place of each line is shown, where a line has
    at least three characters of the other script. The shapes of Japan, of which
    some look simplified, are a script of their own.

        我們學習這個問題，对于这个问题，學會說話  ⚑
        各位來賓，這個會議的时间为一个月，請準時開會  ⚑
        國務院關於進一步發展農業的決定，经过长时间讨论，開始實行  ⚑
        我們學習這個問題，討論為什麼會發生  ✓
        我们学习这个问题，《臺灣通史》是連橫的著作  ✓
        國家發展  ✓
        広東省経済発展的国際会議，他們説這個問題應該来区県実地討論  ✓
    """
    if len(traditional_in(text)) < 4:
        return
    place = 0
    for line in text.split("\n"):
        found = _SIMPLIFIED_ONLY.findall(line)
        if 2 < len(found) < len(line) / 3 and len(_TRADITIONAL_ONLY.findall(line)) > len(found):
            first = _SIMPLIFIED_ONLY.search(line)
            if first is not None and is_traditional(text, place + first.start()):
                if is_shinjitai(text):
                    return
                start = place + first.start()
                yield start, start + 1, first[0], "simplified in a traditional text"
        place += len(line) + 1


_TRADITIONAL_ONLY = later(f"[{TRADITIONAL}]")
_SIMPLIFIED_ONLY = later(
    "[们国这为个会来时说对发经过开关长务应报进还动业济区县产学将实体问题议请宾农决讨论总结设]"
)


_ENOUGH = option("QLT127", "characters", 150, "shorter texts say nothing, in Han", least=80)


@rule("QLT127", DISPLAY, LOW, FLAG)
def small_words_deleted(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Text without the words no text is without.

    A site deleted 的, 在 and 是 everywhere so that copies are not recognised. In
    150 characters of modern Chinese none of the three is missing by
    chance; old Chinese has 之, 其, 也 instead.

        各位领导、各位来宾：今天我们欢聚一起，用愉快心情，用嘹亮歌声，共同庆祝节日，我代表镇党委、镇政府，向老师们表示热烈祝贺！一年来，全镇上下团结一心，克服困难，经济发展，社会稳定，群众生活改善。今天我们欢聚一起，用愉快心情，用嘹亮歌声，共同庆祝节日，我代表镇党委、镇政府，向老师们表示热烈祝贺！一年来，全镇上下团结一心，克服困难，经济发展，社会稳定，群众生活改善。今天我们欢聚一起，用愉快心情，用嘹亮歌声，共同庆祝节日，我代表镇党委、镇政府，向老师们表示热烈祝贺！一年来，全镇上下团结一心，克服困难，经济发展，社会稳定，群众生活改善。  ⚑
        各位领导、同志们：如今我们欢聚一起，用愉快心情，用嘹亮歌声，共同庆祝节日，我代表镇党委、镇政府，向老师们表示热烈祝贺！一年来，全镇上下团结一心，克服困难，经济发展，社会稳定，群众生活改善。如今我们欢聚一起，用愉快心情，用嘹亮歌声，共同庆祝节日，我代表镇党委、镇政府，向老师们表示热烈祝贺！一年来，全镇上下团结一心，克服困难，经济发展，社会稳定，群众生活改善。如今我们欢聚一起，用愉快心情，用嘹亮歌声，共同庆祝节日，我代表镇党委、镇政府，向老师们表示热烈祝贺！一年来，全镇上下团结一心，克服困难，经济发展，社会稳定，群众生活改善。  ⚑
        各位领导、各位来宾：今天我们欢聚一起，用愉快心情，用嘹亮歌声，共同庆祝节日，我代表县党委、县政府，向老师们表示热烈祝贺！一年来，全县上下团结一心，克服困难，经济发展，社会稳定，群众生活改善。今天我们欢聚一起，用愉快心情，用嘹亮歌声，共同庆祝节日，我代表县党委、县政府，向老师们表示热烈祝贺！一年来，全县上下团结一心，克服困难，经济发展，社会稳定，群众生活改善。今天我们欢聚一起，用愉快心情，用嘹亮歌声，共同庆祝节日，我代表县党委、县政府，向老师们表示热烈祝贺！一年来，全县上下团结一心，克服困难，经济发展，社会稳定，群众生活改善。  ⚑
        我们的工作是在困难中做的。  ✓
        春眠不觉晓，处处闻啼鸟。  ✓
        会议名单：王强、李明、张小红。  ✓
    """
    if any(word in text for word in "的在是嘅喺"):
        return
    han = sum(run.end() - run.start() for run in _HAN.finditer(text))
    if han >= _ENOUGH.value and _count(text, _OLD) * 50 < han and _count(text, _CLAUSE) * 20 > han:
        first = _HAN.search(text)
        if first is not None:
            start = first.start()
            yield start, start + 1, text[start], "not one 的, 在 or 是 in the whole text"


_HAN = later(f"{_H}+")
_OLD = "之其也者矣乎焉哉曰"
_CLAUSE = "，。；！？,;!?"


def _count(text: str, characters: str) -> int:
    return sum(map(text.count, characters))
