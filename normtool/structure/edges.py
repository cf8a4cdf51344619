"""The two edges of a speech: title, subtitle, bylines, salutation; last words and signature."""

from __future__ import annotations

from collections.abc import Sequence

from normtool.document import (
    BYLINE,
    CLOSING,
    HEADING,
    ITEM,
    META,
    NOISE,
    PARAGRAPH,
    SALUTATION,
    SUBTITLE,
    TITLE,
)
from normtool.edits import HIGH, LOW, MEDIUM, Certainty
from normtool.patterns import later
from normtool.records import NamedTuple
from normtool.structure.heads import (
    is_byline,
    is_foot,
    is_name,
    is_page_line,
    is_subtitle,
    is_title,
    may_be_title,
)
from normtool.structure.lines import Line

#: The foot of a page has no more lines than this, and none is longer.
_DEEPEST_FOOT = 30
_LONGEST_FOOT = 60
#: As many lines, captions of a picture, may stand between the head and its salutation.
_CAPTIONS = 2
THANKS = later(
    "(?:最后[，,].{0,20})?(?:再次)?(?:谢谢|謝謝|多谢|多謝|感谢)(?:大家|各位|你们|你們)?.{0,12}[！!。]?"
    "|(?:我的)?(?:讲话|講話|发言|發言|汇报|演讲)?(?:完毕|完了|到此结束)[。！].{0,10}"
)
_LAST_WORDS = later(
    "(?:各位|全体)?(?:同志|代表|委员|委員|领导|領導|来宾|來賓|朋友|老师|老師|同学|同學|乡亲|女士|先生)[们們]?"
    "(?:[、，,]\\w{2,6})*[，,！!：:]|最后[，,](?:.{0,12}[祝愿])|(?:祝愿|祝福|衷心祝|预祝|預祝|祝大家)|让我们|讓我們"
)


class Start(NamedTuple):
    """A speech begins at ``lines[at]``; ``salutation`` is the index of its salutation or -1."""

    at: int
    certainty: Certainty
    salutation: int = -1


def label_head(lines: Sequence[Line], body: Sequence[int], start: Start) -> None:
    """Title, subtitle, bylines, salutation; a later salutation is only an address."""
    place = 0
    line = lines[body[0]]
    text = line.text.strip()
    if line.kind == PARAGRAPH and line.number is None and _is_head_title(lines, body, start):
        line.be(TITLE, start.certainty)
        place = 1
        title = text
        label = False  # 来源： alone on its line: what it labels follows
        while place < len(body):
            index = body[place]
            line, text = lines[index], lines[index].text.strip()
            if line.kind != PARAGRAPH or line.number is not None:
                break
            if text == title:
                line.be(NOISE)
            elif is_page_line(text) or (label and len(text) <= 20):
                line.be(META, MEDIUM)
            elif is_subtitle(text):
                line.be(SUBTITLE)
            elif is_byline(text) or (is_name(text) and place + 1 < len(body)):
                line.be(BYLINE, HIGH if is_byline(text) else LOW)
            elif index < start.salutation and may_be_title(text):
                line.be(SUBTITLE, LOW)
            else:
                break
            label = text[-1] in "：:"
            place += 1
    _keep_salutation(lines, body, place)


def _keep_salutation(lines: Sequence[Line], body: Sequence[int], place: int) -> None:
    """The first salutation near the head stays one, with those that follow directly."""
    for near in range(place, min(place + _CAPTIONS + 1, len(body))):
        if lines[body[near]].kind == SALUTATION:
            place = near
            break
        if lines[body[near]].kind in (HEADING, ITEM):
            break
    while place < len(body) and lines[body[place]].kind == SALUTATION:
        place += 1
    for index in body[place:]:
        if lines[index].kind == SALUTATION:
            lines[index].be(PARAGRAPH, MEDIUM)


def _is_head_title(lines: Sequence[Line], body: Sequence[int], start: Start) -> bool:
    text = lines[body[0]].text.strip()
    if not may_be_title(text) or is_byline(text):
        return False
    if start.certainty > LOW or is_title(text):
        return True
    # A guess: the first line is short and what follows is longer, or is itself part of a head.
    if len(body) < 2 or len(text) > 40:
        return False
    line, below = lines[body[1]], lines[body[1]].text.strip()
    if line.kind == HEADING or is_subtitle(below) or is_byline(below) or is_page_line(below):
        return True
    return len(below) > len(text) + 4


def label_end(lines: Sequence[Line], body: Sequence[int], *, last: bool) -> None:
    """谢谢大家！ · 同志们，…… in the last paragraphs · the date of signing."""
    rest = list(body)
    if last:
        foot = _foot(lines, body)
        for index in body[foot:]:
            if lines[index].kind != NOISE:
                lines[index].be(META, MEDIUM)
        if foot < len(body):
            for line in lines[body[foot] :]:
                line.speech = 0
        rest = rest[:foot]
    sure = 0
    while rest:
        line = lines[rest[-1]]
        text = line.text.strip()
        if line.kind != PARAGRAPH or line.number is not None:
            break
        signed = is_byline(text) and not sure
        if not signed and not (len(text) <= 40 and THANKS.fullmatch(text)):
            break
        line.be(CLOSING)
        rest.pop()
        sure += 1
    paragraphs = [i for i in rest if lines[i].kind in (PARAGRAPH, ITEM, HEADING)]
    if len(paragraphs) < 3:
        return
    for index in paragraphs[:-5:-1]:
        line = lines[index]
        if line.kind != PARAGRAPH or line.number is not None:
            return
        if _LAST_WORDS.match(line.text.strip()):
            for later in paragraphs[paragraphs.index(index) :]:
                lines[later].be(CLOSING, MEDIUM)
            return


def _foot(lines: Sequence[Line], body: Sequence[int]) -> int:
    """The place in ``body`` from which only short lines of the page follow."""
    foot = len(body)
    for place in range(len(body) - 1, max(0, len(body) - _DEEPEST_FOOT), -1):
        text = lines[body[place]].text.strip()
        if len(text) > _LONGEST_FOOT or text[-1] in "。！？":
            break
        if is_foot(text) or (place == foot - 1 and is_page_line(text)):
            foot = place
    return foot
