"""QLT: diagnostics. These rules change nothing and point at what a person should see."""

from __future__ import annotations

import re

from normtool.chinese import HAN_RANGES, SYLLABLES
from normtool.edits import DISPLAY, FLAG, LOW, MEDIUM
from normtool.rule import of_text, rule


@rule("QLT101", DISPLAY, MEDIUM, FLAG, "中国(?:台湾|香港|澳门)(?!省|特别行政区)")
def name_of_region_replaced(match: re.Match[str]) -> tuple[str, str] | None:
    """Political name that a site may have put in automatically.

    Some sites replace the name of a region everywhere. It is reported where the
    same text also writes the plain name beside it, and never changed: wording
    of this kind is not ours.

        吸引中国台湾的投资，港、澳、台地区与台资企业  ⚑
        我市引进台资三亿元，中国台湾客商考察团来访  ⚑
        香港、中国香港的企业  ⚑
        中国香港特别行政区  ✓
        台湾的投资  ✓
        中国台湾省  ✓
    """
    if not _plain_name(match.string, match[0][2:]):
        return None
    return match[0], "may have been put in by the site; never changed"


#: What else a text writes that names the region plainly.
_PLAIN = {
    "台湾": ("台资", "台商", "港、台", "、台地区"),
    "香港": ("港资", "港商", "港、"),
    "澳门": ("澳商", "、澳"),
}


@of_text
def _plain_names(text: str) -> dict[str, bool]:
    """Whether regions are named plainly, too: of those that were asked for."""
    return {}


def _plain_name(text: str, name: str) -> bool:
    known = _plain_names(text)
    if name not in known:
        known[name] = any(other in text for other in _PLAIN[name]) or (
            text.count(name) > text.count(f"中国{name}")
        )
    return known[name]


@rule(
    "QLT102",
    DISPLAY,
    MEDIUM,
    FLAG,
    f"(?<=[0-9{HAN_RANGES}])\\?(?=[0-9])|(?<=[一二三四五六七八九十])\\?(?=[一二三四五六七八九十])"
    f"|(?<=[、，；：（])\\?(?=[{HAN_RANGES}])|(?<=[0-9])\\?(?=[。，；、）])|(?<=[{SYLLABLES}])\\?(?=[{SYLLABLES}])",
)
def question_mark_beside_number(match: re.Match[str]) -> tuple[str, str]:
    """Question mark that may stand for a lost byte.

    Beside a digit, between two numerals, between two syllables of a foreign
    name and behind a comma a question is unlikely.

        增长?5%，四?二八  ⚑
        达?芬奇、?水水库，前1?。  ⚑
        引进项目（?个）  ⚑
        为什么?  ✓
        为什么？5个原因。  ✓
        他问：“几个?”  ✓
    """
    return match[0], "a lost byte is written ?, too"


@rule(
    "QLT103",
    DISPLAY,
    LOW,
    FLAG,
    "(?:增长|下降|提高|上升|占)(?=[了到0-9])(?:了|到)?[0-9]+\\.[0-9]+(?=[,，;；。])",
)
def percent_sign_lost(match: re.Match[str]) -> tuple[str, str]:
    """Rate with decimals and without a percent sign.

    Pages that lose signs write ``比上年增长12.5；``. Multiples and points have
    their unit.

        比上年增长12.5；其中  ⚑
        税收增长12.5，  ⚑
        粮食下降了3.2；  ⚑
        比上年增长12.5%；其中  ✓
        比上年增长12.5倍；其中  ✓
        水位上升2.5米，  ✓
    """
    return match[0], "the percent sign may be lost"


@rule(
    "QLT104",
    DISPLAY,
    LOW,
    FLAG,
    "(?<![0-9第])第[0-9](?=责任|要务|生产力|资源|动力|时间|线|手(?!册)|抓手|书记)",
)
def machine_made_digit(match: re.Match[str]) -> tuple[str, str]:
    """Numeral turned into a digit by a machine.

    ``稳定是第1责任``: the words 第一责任, 第一要务 are written in characters.

        稳定是第1责任  ⚑
        这是第1要务  ⚑
        科技是第1生产力  ⚑
        稳定是第一责任  ✓
        居全国第1位  ✓
        第1手册  ✓
    """
    return match[0], "第一 is a word here"
