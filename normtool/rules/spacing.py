"""SPC: white space that the page put in.

Blanks are never inserted, and those beside Latin words stay: official
documents set none between Han and Latin, writers of today often do, and both
know what they want.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from normtool.chinese import HAN_RANGES
from normtool.edits import CONVENTION, HIGH, MEDIUM, SAFE
from normtool.patterns import later
from normtool.rule import line_around, rule

_H = f"[{HAN_RANGES}]"
_RUNNING = later("[，。；：！？,;!?]")


@rule("SPC102", SAFE, MEDIUM, CONVENTION)
def blank_before_unit(text: str) -> Iterator[tuple[int, int, str]]:
    """Blank between a number and its unit.

    ``37.9 亿元`` where the file otherwise writes ``40亿元``: nine of ten numbers
    in it have none. A file that sets blanks around numbers on both sides does
    it on purpose.

        投资40亿元，引进资金37.9␣亿元  →  投资40亿元，引进资金37.9亿元
        投资40亿元，注册资本**␣亿元  →  投资40亿元，注册资本**亿元
        投资 40 亿元，引进 3 个项目  ✓
        ISBN 978 中国  ✓
        表2 人口构成  ✓
    """
    places = list(_BLANK_UNIT.finditer(text))
    if not places:
        return
    enough = len(places) * 9
    tight = sum(1 for _ in islice(_TIGHT.finditer(text), enough))
    if tight < enough and (len(places) > 2 or (tight == 0 and len(places) > 1)):
        return
    for match in places:
        start = _NUMBER_BEFORE.search(text, max(match.start() - 20, 0), match.start())
        before = text[start.start() - 1] if start and start.start() else ""
        if start is None or (before and before in "表图圖件例注第"):
            continue
        if before in (" ", "\u00a0") and tight < 3 * len(places):
            continue  # 3 个 beside 40 亿元: a style
        yield match.start(), match.end(), ""


# A unit, unless it begins another word: 2 人口, 3 家庭, 5 条例.
_UNITS = (
    "[万亿萬億]|元(?![旦素])|美元|个(?![人别体])|個(?![人別體])|项(?!目)|項(?!目)|家(?![庭长乡])|[户戶](?![籍口])"
    "|人(?![口民员才大力类物事])|名(?![单称录誉])|吨|噸|亩|畝|公里|千米|平方|立方|公顷|倍|岁|歲|次(?![序要])|件|天(?![津然])"
    "|小时|年|月|日(?![常本])|[%％]|千瓦|千克|公斤|米(?!饭)|只(?![有要是能])|隻|条(?![例件])|條(?![例件])|所(?![有以属])"
    "|座(?!谈)|[种種](?![植类业])|台(?![湾州账])|[处處](?![理长罚于])|期(?![间限望])|[届屆]|级(?!别)|級|号(?!召)|號(?!召)|度(?!过)"
)
_BLANK_UNIT = later(f"[ ](?<=[0-9*×].)[ ]*(?=(?:{_UNITS}))")
_TIGHT = later(f"[0-9*×](?={_H}|%)")
_NUMBER_BEFORE = later("[0-9*×][0-9.,*×]*$")


@rule(
    "SPC103",
    SAFE,
    HIGH,
    CONVENTION,
    f"(?<=[，。；：！？、）》”〕】])[ \\t\u3000]+(?=[{HAN_RANGES}，。；：！？、（《“”〔【0-9*])"
    f"|(?<=[{HAN_RANGES}0-9%）》”*])[ \\t\u3000]+(?=[，。；：！？、）》”〕】])"
    # The mark itself is made Chinese in the next round.
    f"|(?<={_H})[ ]+(?=[,;:!][{HAN_RANGES}“《])"
    f"|(?<=[（《“〔【])[ \\t\u3000]+(?={_H})"
    f"|(?<={_H})[ \\t]+(?=[（《“〔【])",
)
def blank_beside_mark(match: re.Match[str]) -> str | None:
    """Blank beside a Chinese mark.

    A full-width mark carries its own space. Blanks before Latin words stay; two
    phrases set apart by a wide blank are verse.

        今天 ，我们开会  →  今天，我们开会
        加强领导 ,落实责任  →  加强领导,落实责任
        王强（市长）␣李明（副市长）  ✓
        同志们：␣今天开会  →  同志们：今天开会
        我们用 Word，Excel 和 Python。 Then we stop.  ✓
        2010年1月9日 《国务院关于修改条例的决定》修订  ✓
        床前明月光，疑是地上霜。  ✓
    """
    text, start = match.string, match.start()
    columns = text[start - 1] in "）》】〉"
    if columns and _RUNNING.search(text, *line_around(text, start)) is None:
        return None  # 王强（市长） 李明（副市长）
    if text[match.end()] in "《“（":
        head = text[line_around(text, start)[0] : start]
        if len(head) < 24 and not re.search("[，。；：、]", head):
            return None  # the date or number at the head of a line
    return ""
