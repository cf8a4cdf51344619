"""From the shapes of Japan to OpenCC's traditional standard, for Chinese text.

OpenCC's ``jp2t`` is made for Japanese: it leads to the shapes of old Japanese print, thirty
of which no Chinese standard writes (鄕 硏 擧 竝), leaves others as they are (値 戸 汚), and
replaces what Japan respelled (收集 by 搜集, 放棄 by 抛棄). Here each character goes its own
way, by OpenCC's tables and to one that Chinese writes; only for 弁, which stands for 辨 辯
瓣, its phrases decide. What Japan merged stays merged (聯 with 連, 禦 with 御, 欠 with 缺),
save that 予 is 予, as in most of Chinese, and 豫 only in 猶豫.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Converter = Callable[[str], Callable[[str], str]]


def from_shinjitai(text: str, converter: Converter) -> str:
    """A Chinese text in the shapes of Japan, in the traditional standard; of the same length.

    ``converter`` gives the converter of an OpenCC configuration.
    """
    found = text.translate(_characters(converter)).replace("猶予", "猶豫")
    if "弁" in text and len(phrases := converter("jp2t")(text)) == len(text):
        whole = list(found)
        for match in re.finditer("弁", text):
            whole[match.start()] = phrases[match.start()]
        found = "".join(whole)
    return found


@cache
def _characters(converter: Converter) -> dict[int, str]:
    """Every shape of Japan to the Chinese character for it; by OpenCC itself."""
    characters = [chr(code) for code in range(0x4E00, 0xA000)]

    def table(*configurations: str) -> dict[str, str]:
        text = "\n".join(characters)
        for configuration in configurations:
            text = converter(configuration)(text)
        return dict(zip(characters, text.split("\n"), strict=True))

    back, shape, simple, standard = (
        table(*names) for names in (("jp2t",), ("t2jp",), ("t2s",), ("t2s", "s2t"))
    )
    shaped: dict[str, list[str]] = {}
    for one, japanese in shape.items():
        if one != japanese:
            shaped.setdefault(japanese, []).append(one)

    def is_standard(one: str) -> bool:
        return standard[one] == one != simple[one]

    found = {}
    for japanese, written in back.items():
        if written == japanese and japanese not in shaped:
            continue
        if written == japanese or not (_is_frequent(written) or is_standard(written)):
            # The shape itself, where Chinese writes it too, or another that Japan writes so.
            others = (japanese, *shaped.get(japanese, ()))
            written = next(
                (one for test in (is_standard, _is_frequent) for one in others if test(one)),
                standard[written],
            )
        found[ord(japanese)] = written
    return found | {ord("予"): "予"}


def _is_frequent(character: str) -> bool:
    """Whether Big5 has it among its frequent characters."""
    code = character.encode("big5", "ignore")
    return bool(code) and code[0] < 0xC7
