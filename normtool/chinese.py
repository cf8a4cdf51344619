"""Classes of characters, as pieces of regular expressions."""

from __future__ import annotations

import re

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

#: Chinese numerals of outline numbers.
NUMERAL = "[一二三四五六七八九十百]"

_NOT_HAN = re.compile(f"[^{HAN_RANGES}]+")


def count_han(text: str) -> int:
    """How many Han characters stand in the text."""
    return len(_NOT_HAN.sub("", text))
