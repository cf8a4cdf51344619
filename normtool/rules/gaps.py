"""GAP: what is lost is marked □ and never guessed; what is masked stays.

These rules run before punctuation, so that ``.*``, ``?000`` and ``[]`` are seen
as what they are. □ is the sign for a lost character (虚缺号), × and * are the
signs for a withheld one (隐讳号): no rule touches those.
"""

from __future__ import annotations

import re

from normtool.chinese import HAN, HAN_RANGES, LOST
from normtool.edits import GAP, HIGH, MEDIUM, SAFE
from normtool.rule import rule

_MASK = "[*×＊xX]"
_MEASURE = "[个個项項户戶家件条條名人只宗起座所处處台套辆輛批次份张張]"


@rule("GAP101", SAFE, MEDIUM, GAP, f"(?<={_MEASURE})[?？](?=0{{2,4}}(?:[{HAN_RANGES}]|$))")
def byte_lost_before_zeros(match: re.Match[str]) -> tuple[str, str]:
    """Mark and digit fused into a question mark.

    An old converter met ``，3`` with one byte missing, wrote ``?`` and swallowed
    the digit. The comma is certain from the list, the digit is gone: no number
    begins with 0. A question (``多少?3000万!``) has a digit left.

        项目43个?000万元以上  →  项目43个，□000万元以上
        外资项目52家?00万元  →  外资项目52家，□00万元
        引进工程18只?0000万元  →  引进工程18只，□0000万元
        引进多少个?3000万元!  ✓
        是不是43个?  ✓
        多少个?  ✓
    """
    return "，" + LOST, "a comma and one digit became one byte; the digit cannot be restored"


@rule(
    "GAP103",
    SAFE,
    HIGH,
    GAP,
    f"(?<={HAN})(?=\\.{_MASK}{{1,4}}(?:万|亿|萬|億|%|％|‰|个百分点|倍|元|吨|公里|亩))"
    f"|(?<={_MASK}\\.)(?=万|亿|萬|億|%|％|‰|个百分点|倍|元)",
)
def half_of_masked_number(match: re.Match[str]) -> str:
    """Masked number with one half deleted.

    The site hid digits behind ``*`` and deleted the rest. What is left stays;
    the place of the lost half is marked. Patterns of file names are not meant.

        出口创汇.*万美元  →  出口创汇□.*万美元
        同比增长.*%  →  同比增长□.*%
        注册资本*.亿元  →  注册资本*.□亿元
        注册外资*.*万美元  ✓
        复制所有的 *.txt 文件  ✓
        匹配.*即可  ✓
    """
    return LOST


@rule(
    "GAP105",
    SAFE,
    HIGH,
    GAP,
    "(?<=[发發办辦字函令政党黨委财財税稅综規规通批复传监审会])[\\[［(（〔【][ ]?[\\]］)）〕】](?P<ordinal>第?)[ ]?(?P<number>[0-9]*)号(?![码称召])"
    f"|(?<={HAN})(?P<year>[\\[［(（〔【][ ]?(?:19|20)[0-9]{{2}}[ ]?[\\]］)）〕】])(?P<nth>第?)号(?=[文令函通公批）)》，。；]|$)",
)
def emptied_document_number(match: re.Match[str]) -> str:
    """Document number whose year or number was emptied.

    An official number is 机关代字〔年份〕序号 (GB/T 9704-2012, 7.2.5). Where the
    brackets are empty the year is lost, where 第 meets 号 the number is.

        见政发[]第号文件  →  见政发〔□〕第□号文件
        见财税〔〕12号  →  见财税〔□〕12号
        见市委办〔2004〕号文件  →  见市委办〔2004〕□号文件
        见政发〔2004〕5号  ✓
        数组[]的号码，括号（）号  ✓
        发给各村（）号  ✓
    """
    if match["year"]:
        return f"〔{match['year'][1:-1].strip()}〕{match['nth']}{LOST}号"
    number = match["number"] or LOST
    return f"〔{LOST}〕{match['ordinal']}{number}号"


@rule("GAP110", SAFE, HIGH, GAP, "[\ue000-\uf8ff]+")
def private_use_character(match: re.Match[str]) -> tuple[str, str]:
    """Character from the private use area.

    It meant something in the font or the code page it came from (rare
    characters of names and places); without that it is lost. Never deleted.

        ⟨U+E004⟩城区  →  □城区
        张⟨U+E5E5⟩同志  →  张□同志
        第⟨U+F0B7⟩条  →  第□条
        □城区  ✓
        张□同志  ✓
        ○○二年  ✓
    """
    points = " ".join(f"U+{ord(character):04X}" for character in match[0])
    return LOST * len(match[0]), f"private use {points}"


@rule("GAP111", SAFE, HIGH, GAP, "锟斤拷(?:锟斤拷)*|(?:烫烫烫)+烫*|(?:屯屯屯)+屯*|\ufffd+|锘縙|ï»¿")
def dead_mojibake(match: re.Match[str]) -> tuple[str, str] | None:
    """Remains of a character that a wrong decoding destroyed.

    锟斤拷 is what UTF-8's replacement character becomes when read as GBK;
    烫烫烫 and 屯屯屯 are memory that was never written. What stood here is
    gone. A single 锟, 烫 or 屯 is an ordinary character.

        全市锟斤拷工作  →  全市□工作
        全市⟨U+FFFD⟩工作  →  全市□工作
        烫烫烫烫烫烫屯屯屯屯屯屯  →  □□
        水很烫，屯兵于此  ✓
        他叫刘锟  ✓
        烫手的山芋  ✓
    """
    if match[0] in ("锘縙", "ï»¿") and match.start() == 0:
        return "", "a byte order mark read in the wrong encoding"
    return LOST, f"{match[0]!r} stands for lost characters"
