"""Classes of characters, as pieces of regular expressions."""

from __future__ import annotations

import re

from normtool.memory import of_text
from normtool.native import native
from normtool.patterns import later

#: What stands between the brackets of a class: Han (Unicode blocks, without radicals).
HAN_RANGES = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN = f"[{HAN_RANGES}]"

#: Full-width and Chinese marks.
MARK_RANGES = "、。〃〈-】〔-〟，；：？！（）［］｛｝～“”‘’…—·"
#: Han or a Chinese mark: what makes a neighbour "Chinese context".
CHINESE = f"[{HAN_RANGES}{MARK_RANGES}]"

#: Signs that stand for a hidden digit or name (隐讳号) and the one for a lost character (虚缺号).
MASK_RANGES = "*×＊xX"
LOST = "□"

#: Characters of foreign names, which a full stop on the line may divide.
FOREIGN = (
    "尔斯克姆茨德拉特夫娜森逊顿伦瑟西亚娅比罗卡巴马贝丹乔史约翰汤艾奥伊阿纳诺布莱莫穆"
    "默哈桑里勒雷瓦弗菲费格戈古加盖根汉赫霍基吉金卡科肯劳利林卢洛曼梅米内尼欧帕佩皮普"
    "奇琼萨塞沙舍什施思塔泰图托威韦维沃希肖谢辛休雅延扬叶因尤泽詹朱兹佐"
)
#: The same and some that end words as well: what stands on both sides of a lost middle dot.
SYLLABLES = FOREIGN + "达切芬"

#: Chinese numerals of outline numbers.
NUMERAL = "[一二三四五六七八九十百]"

#: Frequent characters that exist in one script only.
_FREQUENT = "們國這為個會來時說對發經過開關與長務應報進還後動業濟區縣產學將實體"
_TRADITIONAL = later(f"[{_FREQUENT}]")
_SIMPLIFIED = later("[们国这为个会来时说对发经过开关与长务应报进还后动业济区县产学将实体]")
#: The same of traditional script, and some more.
TRADITIONAL = _FREQUENT + "問題議請賓農決討論總結設"

_NOT_HAN = later(f"[^{HAN_RANGES}]+")


def count_han(text: str) -> int:
    """How many Han characters stand in the text."""
    return len(_NOT_HAN.sub("", text))


def only(text: str, characters: str) -> str:
    """Those characters of the text that are among ``characters``, in order."""
    if native:
        kept: str = native.only(text, characters)
        return kept
    return "".join(re.findall(f"[{re.escape(characters)}]", text))


@of_text
def traditional_in(text: str) -> str:
    """Those characters of the text that are frequent and exist in traditional script only."""
    return only(text, TRADITIONAL)


def is_traditional(text: str, place: int = 0, around: int = 150) -> bool:
    """Whether the text around ``place`` is written in traditional characters.

    A look at some hundred code points, for rules that hold for one norm only.
    """
    first, last = max(place - around, 0), place + around
    if not traditional_in(text):  # nearly all texts
        return False
    traditional = len(_TRADITIONAL.findall(text, first, last))
    return traditional > len(_SIMPLIFIED.findall(text, first, last))
