"""ENC: text decoded wrongly, repaired only where the bytes prove it.

A repair is an exact round trip: the characters give back the bytes, and these,
read as they were meant, give ordinary Chinese where none was. All that is
merely likely is a suggestion. This comes before every other stage: other rules
would take wrong characters for right ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtool.chinese import HAN, count_han
from normtool.edits import DISPLAY, ERROR, GAP, HIGH, MEDIUM, SAFE, UNSAFE
from normtool.patterns import later
from normtool.rule import of_text, rule
from normtool.rules.misread import (
    FIRST,
    PLAIN,
    SPECIALS,
    Run,
    again,
    follow,
    likelier,
    utf8_read_as_gbk,
)

_Found = tuple[int, int, str, str]

# Bytes read as windows-1252: any byte above ASCII, one that continues UTF-8 (a blank may
# be what became of 0xA0), a character of UTF-8, and a character of GBK.
_HIGH = f"\x80-\xff{SPECIALS}"
_NEXT = f"[\x80-\xbf{SPECIALS} ]"
_UTF8 = f"(?:[\xc2-\xdf]{_NEXT}|[\xe0-\xef]{_NEXT}{{2}}|[\xf0-\xf4]{_NEXT}{{3}})"
_UTF8_RUN = f"{_UTF8}(?:[!-~]{{0,40}}+{_UTF8})*+"
_GBK = f"[\x81-\xfe{SPECIALS}][@-~{_HIGH}]"
_GBK_RUN = f"[\xa1-\xfe][@-~{_HIGH}](?:[ -~]{{0,40}}+{_GBK})*+"
_ONE_UTF8 = later(_UTF8)

#: Signs that stand alone in Chinese text and show themselves when read wrongly.
_SIGNS = later("[“”‘’—…·•、。，：；！？（）《》【】「」～°×±§\xa0\ufeff\x20-\x7e]+")


@rule("ENC101", SAFE, HIGH, ERROR, needs=f"[{FIRST}]")
def utf8_read_as_gbk_whole(text: str) -> Iterator[_Found]:
    """UTF-8 read as GBK.

    Three bytes of UTF-8 fall into pairs, and pairs are characters of GBK: two
    Chinese characters become three that nobody uses. The run is encoded back
    and must be UTF-8 to the last byte; what comes out must be ordinary and
    what stood there must not be. Names with rare characters give no UTF-8.

        鍏ㄥ競宸ヤ綔  →  全市工作
        会议通知：鍏ㄥ競宸ヤ綔  →  会议通知：全市工作
        鍚勪綅浠ｈ〃鍚屽織  →  各位代表同志
        刘锟、王喆、朱镕基  ✓
        鎮鐵錄關長與會  ✓
        浙江宁波镇海区、鄞州区  ✓
    """
    for run in utf8_read_as_gbk(text):
        if not run.lost and likelier(text[run.start : run.end], run.text):
            yield run.start, run.end, run.text, "UTF-8 read as GBK; an exact round trip"


@rule("ENC102", SAFE, HIGH, ERROR, _GBK_RUN)
def gbk_read_as_latin(match: re.Match[str]) -> tuple[str, str] | None:
    """GBK read as Latin-1 or windows-1252.

    Each Chinese character becomes two letters or signs of Western Europe.
    Words of French, German or Spanish hold single accents, which are no
    characters of GBK, or rare ones.

        È«ÊÐ¹¤×÷»áÒé  →  全市工作会议
        1. ¼ÓÇ¿Áìµ¼£¬ÂäÊµÔðÈÎ  →  1. 加强领导，落实责任
        通知：´º¸ûÉú²ú¶¯Ô±»á  →  通知：春耕生产动员会
        Müller、José、naïve、Ångström、ÀÁÂÃÄÅ  ✓
        Les élèves sont à l'école, où ça?  ✓
        Señor Núñez y Peña  ✓
    """
    meant = again(match[0], "gb18030")
    if likelier(match[0], meant, PLAIN):
        return meant, "GBK read as Latin-1; an exact round trip"
    return None


@rule("ENC103", SAFE, HIGH, ERROR, _UTF8_RUN)
def utf8_read_as_latin(match: re.Match[str]) -> tuple[str, str] | None:
    """UTF-8 read as Latin-1 or windows-1252.

    Each Chinese character becomes three letters or signs. The five bytes that
    windows-1252 does not know are kept by most programs as controls; 0xA0 may
    have become a blank. Single marks are repaired too: no language writes them
    so.

        å…¨å¸‚å·¥ä½œä¼šè®®  →  全市工作会议
        他说：â€œ好â€¦  →  他说：“好…
        æ⟨U+009F⟩³æ²³å⟨U+008E⟩¿æ⟨U+0095⟩⟨U+0099⟩è⟨U+0082⟩²å±⟨U+0080⟩  →  柳河县教育局
        Müller、José、naïve、São Tomé  ✓
        « Voilà », dit-il : à côté  ✓
        Ångström, Þór og Æsa  ✓
    """
    before = match[0]
    meant = again(_with_blanks(before), "utf-8")
    if not meant:
        return None
    if not likelier(before, meant):
        behind = match.string[max(match.start() - 1, 0) : match.start()]
        if not _SIGNS.fullmatch(meant) or re.search("[A-Za-z\xc0-\xff]$", behind):
            return None
        # A blank is no proof, and a byte order mark alone belongs to GAP111.
        if before != _with_blanks(before) or meant == "\ufeff":
            return None
    return meant, "UTF-8 read as windows-1252; an exact round trip"


def _with_blanks(run: str) -> str:
    """The run with plain blanks inside its characters made the no-break blanks they were."""
    if " " not in run:
        return run
    return _ONE_UTF8.sub(lambda found: found[0].replace(" ", "\xa0"), run)


@rule("ENC104", SAFE, HIGH, ERROR, needs=f"[ÂÃ{FIRST}]")
def read_wrongly_twice(text: str) -> Iterator[_Found]:
    """Text read wrongly twice or thrice.

    Each program on the way read the last one's output wrongly. Every step back
    must be exact, and only the last one gives Chinese.

        Ã¥â€¦Â¨Ã¥Â¸â€šÃ¥Â·Â¥Ã¤Â½Å“  →  全市工作
        Ã¦Â⟨U+0098⟩Â¥Ã¨Â⟨U+0080⟩Â⟨U+0095⟩Ã§Â⟨U+0094⟩Â⟨U+009F⟩Ã¤ÂºÂ§Ã¥Â⟨U+008A⟩Â¨Ã¥Â⟨U+0091⟩Â⟨U+0098⟩Ã¤Â¼Â⟨U+009A⟩  →  春耕生产动员会
        Ã¥Â⟨U+0090⟩Â⟨U+0084⟩Ã¤Â½Â⟨U+008D⟩Ã¤Â»Â£Ã¨Â¡Â¨Ã¥Â⟨U+0090⟩Â⟨U+008C⟩Ã¥Â¿Â⟨U+0097⟩Ã¤Â»Â¬  →  各位代表同志们
        São João, Ávila  ✓
        não, mãe, São Paulo  ✓
        Ã和Â是两个葡萄牙文字母  ✓
    """
    for run in utf8_read_as_gbk(text):
        before = text[run.start : run.end]
        if not run.lost and not likelier(before, run.text):
            step: Run | None = run
            for _ in range(2):
                step = _whole(step.text) if step else None
                if step and likelier(before, step.text):
                    yield run.start, run.end, step.text, "UTF-8 read as GBK more than once"
                    break
    if "Â" not in text and "Ã" not in text:
        return
    for match in _TWICE.finditer(text):
        once = again(_with_blanks(match[0]), "utf-8")
        for _ in range(2):
            if likelier(match[0], meant := again(once, "utf-8")) or likelier(
                match[0], meant := again(once, "gb18030"), PLAIN
            ):
                yield (*match.span(), meant, "read wrongly more than once; exact round trips")
                break
            once = again(once, "utf-8")


_TWICE = later(_UTF8_RUN)


def _whole(text: str) -> Run | None:
    run = follow(text, 0)
    return run if run and run.end == len(text) and not run.lost else None


# Big5's 一 to 日 are kana, Greek, Cyrillic in GBK; GBK's marks are bopomofo in Big5.
_ODD = "[ぁ-ヶΑ-ωА-яㄅ-ㄩ]"
_CONFUSED = later(_ODD)


@rule("ENC105", SAFE, HIGH, ERROR, needs=_ODD)
def big5_and_gbk_confused(text: str) -> Iterator[_Found]:
    """Line of Big5 read as GBK, or of GBK read as Big5.

    Both are pairs of bytes and take almost any pair, so an exact round trip
    says little. Only a long line that is gibberish of kana, Greek or bopomofo
    and ordinary Chinese the other way is changed; ENC205 shows shorter ones.

        肮祩蠅ㄩ踏爛扂庈桸妀竘訧馱釬ㄛ猁婬奻陔怢論  →  同志们：今年我市招商引资工作，要再上新台阶
        ⟨U+E6BB⟩⟨U+E794⟩秏克⟨U+E4C8⟩⟨U+E6BB⟩⟨U+E794⟩狟ね⟨U+E4CD⟩さぱи⟨U+E145⟩⟨U+E6C8⟩硂柑羭︽琄⟨U+E206⟩笆⟨U+E174⟩⟨U+E610⟩穦  →  各位鄉親、各位朋友：今天我們在這裡舉行春耕動員大會
        肮祩蠅ㄛ涴棒頗祜腔￤昢岆軞賦馱釬﹜窒扰景較  →  同志们，这次会议的任务是总结工作、部署春耕
        物価はこの数年で上昇し続けている  ✓
        注音ㄓㄨㄥ为中  ✓
        Привет, товарищи!  ✓
    """
    for start, end, meant, note in _confused(text):
        line = text[start:end]
        if _long(line) and likelier(line, meant, PLAIN, 60.0):
            yield start, end, meant, note


@rule("ENC205", DISPLAY, MEDIUM, ERROR, needs=_ODD)
def big5_and_gbk_perhaps_confused(text: str) -> Iterator[_Found]:
    """Short line that may be Big5 read as GBK, or the reverse.

    Too short to be sure; a person sees at once which of the two it is.

        さぱ瓣叭皘  →  今天國務院
        さぱミ猭皘糵某  →  今天立法院審議
        琱猠郡笰穨Ы  →  柳河縣農業局
        ひらがなと漢字の本  ✓
        カタカナ、漢字  ✓
        αβγ三种射线  ✓
    """
    for start, end, meant, note in _confused(text):
        if not _long(text[start:end]):
            yield start, end, meant, note


_HAN = later(HAN)


@of_text
def _confused(text: str) -> tuple[_Found, ...]:
    """The lines that are Chinese with the other of the two encodings, with what they mean."""
    found = []
    done = 0
    for match in _CONFUSED.finditer(text):
        if match.start() < done:
            continue
        start = text.rfind("\n", done, match.start()) + 1 or done
        done = text.find("\n", match.start())
        done = done if done >= 0 else len(text)
        line = text[start:done]
        if not _HAN.search(line):
            continue  # Russian, Greek, kana: whatever Chinese is read as, Han are among it
        for read, really in (("gb18030", "big5hkscs"), ("big5hkscs", "gb18030")):
            try:
                meant = line.encode(read).decode(really)
            except UnicodeError:
                continue
            if likelier(line, meant, PLAIN):
                note = f"{really} read as {read}; an exact round trip"
                found.append((start, done, meant, note))
                break
    return tuple(found)


def _long(line: str) -> bool:
    return len(re.sub("[\0-\x7f]", "", line)) >= 16


@rule("ENC106", SAFE, MEDIUM, GAP, needs=f"[{FIRST}]")
def utf8_read_as_gbk_with_losses(text: str) -> Iterator[_Found]:
    """UTF-8 read as GBK, with bytes lost.

    A byte that found no partner became a question mark or U+FFFD or vanished:
    the last of an odd number, and 0x80. The characters with all their bytes
    come back; of each other one only the place is known, and is marked.

        鍏ㄥ競宸ヤ綔瑕佺偣锛⟨U+FFFD⟩  →  全市工作要点□
        鍏ㄥ競宸ヤ綔浼?  →  全市工作□
        鍚勪綅浠ｈ〃鍚屽織浠?  →  各位代表同志□
        他叫李喆？  ✓
        这是怎么回事?  ✓
        镇海区、鄞州区  ✓
    """
    for run in utf8_read_as_gbk(text):
        sound = count_han(run.text)
        if run.lost and sound > run.lost and likelier(text[run.start : run.end], run.text):
            yield run.start, run.end, run.text, f"UTF-8 read as GBK; {run.lost} cannot be restored"


# A character of GB 2312 that ends in A1, a mark of row 1 and what the two make without
# A1A1 between them.
_SPLICES = {"盛": "省、", "矗": "础。", "储": "础、", "尝": "场、", "癣": "选、", "舰": "健、"}


@rule(
    "ENC201",
    UNSAFE,
    MEDIUM,
    ERROR,
    "(?<=[、，：各全])盛(?=市|自治区|区、|部级)|(?<=基)矗(?![立着])|(?<=[市广现])尝(?![试鲜到新遍尽过])"
    "|(?<=基)储(?![备蓄存量能粮运藏户])|(?<=当)癣|(?<=[保稳])舰(?![队艇船])",
)
def spliced_bytes(match: re.Match[str]) -> tuple[str, str]:
    """Character made of halves of two others.

    A program deleted ideographic blanks (bytes A1A1) without looking where a
    character begins, and took the end of one and the beginning of the next:
    省、 is CAA1 A1A2, and without its middle CAA2, 盛. The new character is an
    ordinary one, so only words that cannot stand there are listed.

        国务院、盛市有关部门  →  国务院、省、市有关部门
        打牢发展的基矗  →  打牢发展的基础。
        各盛市要高度重视。  →  各省、市要高度重视。
        华盛市场、矗立、储备、塔基矗立  ✓
        城市尝试、护航舰队  ✓
        吉盛街道、江盛村  ✓
    """
    meant, made = _SPLICES[match[0]], match[0].encode("gb2312")
    halves = meant.encode("gb2312")
    return meant, (
        f"{meant} is {halves.hex(' ', 2).upper()}; without the bytes A1 A1 in its middle "
        f"it is {made.hex().upper()}, {match[0]}"
    )
