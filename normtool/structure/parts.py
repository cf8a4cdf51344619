"""Parts announced (讲三个问题：) against parts delivered (第一个问题：…… and nothing more).

Speeches count what they are going to say, so a lost ending shows. An announcement counts only if
it closes a sentence and leads straight to a part numbered 1, or if the speech ends on it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from operator import attrgetter

from normtool.numbering import RUN_IN, Number, parse, to_int
from normtool.patterns import later
from normtool.records import NamedTuple

_NOUN = (
    "(?:方面|问题|問題|意见|意見|要求|希望|建议|建議|看法|体会|體會|工作|任务|任務|措施|重点|重點|事情|事|环节|環節|部分"
    "|原则|原則|特点|特點|原因|想法|感受|认识|倡议|举措|关系|工程|内容)"
)
#: The announcement, up to the mark that closes its sentence.
# First comes a class of characters, which ``re`` finds at once; what must not stand before it is
# looked for only then.
_ANNOUNCED = later(
    "(?P<parts>(?P<n>[两兩二三四五六七八九十](?<![第一二三四五六七八九十百].)(?:(?<=十)[一二三四五])?)"
    f"[大]?[个個点點项項条條件]{_NOUN})"
    f"(?:的?(?:重要)?{_NOUN}|来讲|来谈|讲起)?(?P<mark>[：:。])"
)
#: Before a full stop only these announce; without them 抓好三项工作。 looks back.
_ENDS = later("[。！？；\n]")
_SPEAKS = later("[讲講谈談提说說]|强调|強調|以下|如下|下面|交流|汇报|彙報|部署")
_CUE = 30
#: The first part stands on one of as many lines below the announcement.
_NEAR = 3
#: No speech leaves more between two parts; it also keeps the search linear.
_LONGEST_PART = 50_000
_LONGEST_RUN_IN = 10_000
_MINGLED = {"首先": "第一，"}
#: Where a number may begin: at the beginning of a text, or after a mark or a blank.
_PLACE = later(r"[（(1-9１-９一二三四五六七八九十第①-⑳⑴-⒇首其再](?<![^。；;，,、：:”！？\s].)")
_LAST = later("(?:^|[。；！])(?:最后|最後|此外|另外|还有)", re.MULTILINE)


class _Place(NamedTuple):
    """A number found at ``at``; ``opens`` if it stands at the beginning of its line."""

    at: int
    number: Number
    opens: bool


def shortfalls(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield ``(三个问题, 1)`` for each announcement not kept in ``text[start:end]``."""
    places: list[_Place] | None = None  # sought only if somebody announces something
    for match in _ANNOUNCED.finditer(text, start, end):
        announced = to_int(match["n"].replace("兩", "两"))
        if announced is None:
            continue
        full_stop = match["mark"] == "。"
        sentence = text[max(start, match.start() - _CUE) : match.start()]
        speaks = _SPEAKS.search(_ENDS.split(sentence)[-1]) is not None
        if full_stop and not speaks:
            continue
        place = match.end()
        if not text[place:end].strip():
            if speaks:
                yield match["parts"], 0
            continue
        first = _first_part(text, place, end, full_stop=full_stop)
        if first is not None:
            if places is None:
                places = _places(text, start, end)
            delivered = _delivered(text, places, *first, announced)
            if delivered < announced:
                yield match["parts"], delivered


def _first_part(text: str, place: int, end: int, *, full_stop: bool) -> tuple[int, Number] | None:
    """Where the part numbered 1 begins, and its number."""
    line_end = text.find("\n", place, end)
    if line_end < 0:
        line_end = end
    if text[place:line_end].strip():
        number = parse(text, place)
        return (place, number) if number is not None and number.value == 1 else None
    seen = 0
    while line_end < end and seen < _NEAR:
        place = line_end + 1
        line_end = text.find("\n", place, end)
        if line_end < 0:
            line_end = end
        line = text[place:line_end]
        words = line.lstrip()
        if not words:
            continue
        seen += 1
        at = place + len(line) - len(words)
        number = parse(text, at)
        if number is not None:
            return (at, number) if number.value == 1 else None
        if not full_stop:
            return None  # a colon leads to the very next line
    return None


def _places(text: str, start: int, end: int) -> list[_Place]:
    places = []
    for match in _PLACE.finditer(text, start, end):
        at = match.start()
        number = parse(text, at)
        if number is not None:
            begin = at
            while begin and text[begin - 1] in " \u3000":
                begin -= 1
            places.append(_Place(at, number, begin == 0 or text[begin - 1] == "\n"))
    return places


def _delivered(text: str, places: list[_Place], place: int, first: Number, announced: int) -> int:
    """The highest number of the same style before the next higher part, at most ``announced``."""
    style = _MINGLED.get(first.style, first.style)
    longest = _LONGEST_PART if first.level < RUN_IN else _LONGEST_RUN_IN
    end = place + longest * announced
    highest = 1
    for at, number, opens in islice(
        places, bisect_right(places, place, key=attrgetter("at")), None
    ):
        if at > end:
            break
        if opens and number.level < first.level < RUN_IN:
            end = at
            break
        if _MINGLED.get(number.style, number.style) != style:
            continue
        if highest < number.value <= announced:
            highest = number.value
            if highest == announced:
                return highest
        elif number.value == 1 and opens:
            end = at
            break
    if highest == announced - 1 and _LAST.search(text, place, end):
        return announced
    return highest
