"""QLT, continued: marks without their partner, impossible dates, lines said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtool.chinese import only
from normtool.edits import DISPLAY, FLAG, LOW, MEDIUM
from normtool.patterns import later
from normtool.rule import rule
from normtool.rule_options import option


@rule(
    "QLT131",
    DISPLAY,
    MEDIUM,
    FLAG,
    "《(?=[^《》〈〉\\n]{1,40}《)(?=[^《》\\n]{1,40}《[^《》\\n]{1,40}》[^》\\n]{0,80}$)",
    re.MULTILINE,
)
def title_mark_not_closed(match: re.Match[str]) -> tuple[str, str]:
    """Title mark that is opened again before it is closed.

    ``《甲、《乙》``: the first title has lost its end. A title inside a title
    has its own pair, and the outer one is closed after it; such a line stays.
    Where the lost mark stood is for a person to say.

        学习《农业法、《森林法》  ⚑
        贯彻《条例和《办法》，抓好落实。  ⚑
        印发《意见，转发《通知》。  ⚑
        学习《农业法》、《森林法》  ✓
        转发《关于印发《办法》的通知》  ✓
        转发《关于印发〈办法〉的通知》  ✓
    """
    return match[0], "the end of this title may be lost"


_PAIRS = {"”": "“", "）": "（", "》": "《", "】": "【", "』": "『", "」": "「"}
_MARKS = later("[“”（）《》【】「」『』]")
_MARKS_AND_LINES = "“”（）《》【】「」『』\n"
#: 1） and 一） count without an opening bracket.
_COUNTS = later("(?:^|[。；：、，\\s])[0-9一二三四五六七八九十A-Za-z]{1,3}\\Z")


@rule("QLT132", DISPLAY, LOW, FLAG)
def mark_without_partner(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Quotation mark or bracket without its partner in the paragraph.

    One of a pair was lost, or turned into another sign. A quotation of several
    paragraphs opens each of them and closes the last; numbers as ``1）`` have
    no opening bracket. Shown at the first such mark of a line.

        会议提出“三个到位的要求，大家要落实。  ⚑
        全面落实三个到位”的要求，确保完成任务。  ⚑
        县委（扩大会议今天召开，主要研究春耕。  ⚑
        会议提出“三个到位”的要求（见附件）。  ✓
        “第一段话没有说完。⏎“第二段话说完了。”  ✓
        1）认真学习；2）抓好落实。  ✓
    """
    unpaired = _left_over(text)
    if not any(unpaired):
        return
    place = 0
    quoting = False
    for line, left in zip(text.split("\n"), unpaired, strict=True):
        found = _unpaired(line) if left else None
        if found is None:
            quoting = False
        else:
            mark, opens = line[found], text.startswith("\n“", place + len(line))
            if not ((mark == "“" and (opens or quoting)) or (mark == "”" and quoting)):
                start = place + found
                yield start, start + 1, mark, "its partner is missing in this paragraph"
            quoting = mark == "“" and opens
        place += len(line) + 1


def _left_over(text: str) -> list[str]:
    """For each line its marks without the pairs; nothing, if all are paired."""
    marks, before = only(text, _MARKS_AND_LINES), ""
    while marks != before:
        before = marks
        for closing, opening in _PAIRS.items():
            marks = marks.replace(opening + closing, "")
    return marks.split("\n")


def _unpaired(line: str) -> int | None:
    """The first mark of a line that has no partner in it."""
    opened: list[tuple[str, int]] = []
    for match in _MARKS.finditer(line):
        mark, start = match[0], match.start()
        if mark not in _PAIRS:
            opened.append((mark, start))
        elif opened and opened[-1][0] == _PAIRS[mark]:
            opened.pop()
        elif mark == "）" and _COUNTS.search(line, max(start - 5, 0), start):
            continue
        else:
            return start if not opened else opened[-1][1]
    return opened[0][1] if opened else None


@rule(
    "QLT133",
    DISPLAY,
    MEDIUM,
    FLAG,
    "(?<![0-9])(?:19|20)[0-9]{4,6}日|(?<![0-9])(?:1[3-9]|[2-9][0-9])月(?=[0-9]{1,2}日)"
    "|(?<=[0-9]月)(?:3[2-9]|[4-9][0-9])日|(?<![0-9A-Za-z])20[xX]{2}年|(?<![0-9])[~～]年(?=[0-9~～月])",
)
def impossible_date(match: re.Match[str]) -> tuple[str, str]:
    """Date that cannot be one.

    ``2017822日`` lost its 年 and 月, ``13月`` and ``32日`` do not exist,
    ``20xx年`` was emptied by a site. What the date was cannot be known.

        会议于2017822日召开。  ⚑
        自2004年13月5日起施行，至5月32日止。  ⚑
        20xx年全县财政收入增长12%。  ⚑
        会议于2017年8月22日召开。  ✓
        历时13个月，共32日。  ✓
        编号20170822，电话2017822。  ✓
        20××年，××县召开大会。  ✓
    """
    return match[0], "no such date"


_LENGTH = option("QLT134", "length", 40, "the shortest paragraph, in characters", least=10)


@rule("QLT134", DISPLAY, LOW, FLAG)
def paragraph_said_twice(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Paragraph that stands in the file twice.

    Collectors paste a part again, and several sites carry the same speech. Only
    paragraphs of 40 characters or more, word for word; the second is shown.

        各村要把道路养护和河道保洁抓好，经费由镇里统一安排，年底逐项检查，确保各项任务落到实处。⏎谢谢。⏎各村要把道路养护和河道保洁抓好，经费由镇里统一安排，年底逐项检查，确保各项任务落到实处。  ⚑
        今年春天雨水充足，各村抓住时机抢种早稻，目前已经完成计划面积的九成以上，形势比去年同期要好得多。⏎今年春天雨水充足，各村抓住时机抢种早稻，目前已经完成计划面积的九成以上，形势比去年同期要好得多。  ⚑
        同志们，回顾一年来的工作，我们深深体会到，只有坚持发展不动摇，才能不断开创各项事业的新局面。⏎休息。⏎同志们，回顾一年来的工作，我们深深体会到，只有坚持发展不动摇，才能不断开创各项事业的新局面。  ⚑
        各位代表！⏎大家好。⏎各位代表！⏎我先讲。  ✓
        要抓好春耕生产。⏎要抓好春耕生产。  ✓
        各村要把道路养护和河道保洁抓好，经费由镇里统一安排，年底逐项检查，确保各项任务落到实处。⏎各镇要把道路养护和河道保洁抓好，经费由县里统一安排，年底逐项检查，确保各项任务落到实处。  ✓
    """
    lines = text.split("\n")
    paragraphs = [line.strip(" \t\u3000") for line in lines if len(line) >= _LENGTH.value]
    if len(set(paragraphs)) == len(paragraphs):
        return
    seen: dict[str, int] = {}
    place = 0
    for line in lines:
        words = line.strip(" \t\u3000")
        if len(words) >= _LENGTH.value:
            if words in seen:
                yield place, place + len(line), line, f"as at character {seen[words]}"
            else:
                seen[words] = place
        place += len(line) + 1
