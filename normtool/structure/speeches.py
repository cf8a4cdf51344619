"""Where each speech begins, what stands at its head and at its end.

Three kinds of evidence, the surest first: a label of a compilation (篇2：) that cleaning removed,
a salutation with a title above it, a title with a date or a subtitle below it. A file with none
of these is one speech.
"""

from __future__ import annotations

from collections.abc import Sequence

from normtool.document import (
    HEADING,
    ITEM,
    META,
    NOISE,
    PARAGRAPH,
    SALUTATION,
)
from normtool.edits import HIGH, LOW, MEDIUM
from normtool.numbering import to_int
from normtool.patterns import later
from normtool.structure.edges import THANKS, Start, label_end, label_head
from normtool.structure.heads import (
    DATE,
    is_byline,
    is_collection,
    is_name,
    is_page_line,
    is_subtitle,
    is_title,
    may_be_title,
)
from normtool.structure.lines import Line

#: A head has no more lines than this between its title and its salutation.
_DEEPEST_HEAD = 12
#: As many real paragraphs before the first title found are a speech of their own.
_OWN_SPEECH = 3

_SERIES = later(r"(.{4,40}?)[（(]?(?:篇)?([一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})[）)]?")
_LABEL = later(
    "(?:篇|范文|範文|第)[ 　]?([一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})(?:篇)?[ 　]?"
    "(?:[：:]|(?<=篇)$)"
)


def divide(lines: Sequence[Line], marked: Sequence[int]) -> None:
    """Give every line its speech and label heads and ends. ``marked`` are definite starts."""
    solid = [index for index, line in enumerate(lines) if line.text.strip()]
    if not solid:
        return
    starts = _marked(lines, solid, marked) or _found(lines, solid)
    starts = _with_beginning(lines, solid, starts)
    numbers = {start.at: number for number, start in enumerate(starts, 1)}
    current = 0
    for index, line in enumerate(lines):
        current = numbers.get(index, current)
        line.speech = current
    for index in solid:
        if index >= starts[0].at:
            break
        if lines[index].kind != NOISE:
            lines[index].be(META, MEDIUM)
    ends = [start.at for start in starts[1:]] + [len(lines)]
    for start, end in zip(starts, ends, strict=True):
        body = [index for index in range(start.at, end) if lines[index].text.strip()]
        label_head(lines, body, start)
        label_end(lines, body, last=end == len(lines))


def _marked(lines: Sequence[Line], solid: Sequence[int], marked: Sequence[int]) -> list[Start]:
    starts = sorted({index for index in marked if index < len(lines)})
    if not starts:
        labels: list[int] = []
        for index in solid:
            match = _LABEL.match(lines[index].text) if lines[index].text[0] in "篇范範第" else None
            if match is not None and to_int(match[1]) == len(labels) + 1:
                labels.append(index)
        starts = labels if len(labels) > 1 else []
    return [Start(index, HIGH, _salutation_below(lines, index)) for index in starts]


def _salutation_below(lines: Sequence[Line], index: int) -> int:
    """The salutation that the head at ``index`` leads to, or -1."""
    seen = 0
    for below in range(index + 1, len(lines)):
        line = lines[below]
        if line.kind == SALUTATION:
            return below
        text = line.text.strip()
        if not text:
            continue
        seen += 1
        if seen > _DEEPEST_HEAD or not _in_head(line, text):
            break
    return -1


def _in_head(line: Line, text: str) -> bool:
    if line.number is not None or line.kind != PARAGRAPH:
        return False
    return may_be_title(text) or is_subtitle(text) or is_byline(text) or is_page_line(text)


def _found(lines: Sequence[Line], solid: Sequence[int]) -> list[Start]:
    starts: dict[int, Start] = {}
    for place, index in enumerate(solid):
        line = lines[index]
        if line.kind == SALUTATION:
            start = _above_salutation(lines, solid, place, opening=not starts)
            if start is not None and not any(
                at < start.at <= s.salutation for at, s in starts.items()
            ):
                starts[start.at] = start
    heads = sorted(starts.values())
    taken = {index for start in heads for index in range(start.at, start.salutation + 1)}
    series: dict[str, list[int]] = {}
    leading = True  # only short lines so far: the head of the page
    for place, index in enumerate(solid):
        line, text = lines[index], lines[index].text.strip()
        titled = line.kind == PARAGRAPH and line.number is None and is_title(text)
        if titled:
            match = _SERIES.fullmatch(text)
            if match is not None:
                run = series.setdefault(match[1], [])
                if to_int(match[2]) == len(run) + 1:
                    run.append(index)
        if index in taken:
            leading = False
            continue
        if titled:
            below = lines[solid[place + 1]].text.strip() if place + 1 < len(solid) else ""
            dated = below and (
                is_subtitle(below) or (is_byline(below) and DATE.search(below) is not None)
            )
            if dated or (leading and below and not is_title(below) and not is_collection(text)):
                starts[index] = Start(index, MEDIUM)
                leading = False
        elif leading and not _in_head(line, text):
            leading = False
    for run in series.values():
        if len(run) > 1:
            for index in run:
                starts.setdefault(index, Start(index, MEDIUM))
    return _without_page_title(lines, solid, sorted(starts.values()))


def _without_page_title(
    lines: Sequence[Line], solid: Sequence[int], starts: list[Start]
) -> list[Start]:
    """Drop a first title with only an introduction between it and the next: it names the page."""
    if len(starts) > 1 and starts[0].salutation < 0:
        between = [index for index in solid if starts[0].at < index < starts[1].at]
        said = sum(not _in_head(lines[index], lines[index].text.strip()) for index in between)
        if said <= 1:
            return starts[1:]
    return starts


def _above_salutation(
    lines: Sequence[Line], solid: Sequence[int], place: int, *, opening: bool
) -> Start | None:
    """The start of the speech whose salutation is ``solid[place]``; None in mid-speech."""
    salutation = solid[place]
    nearest = -1
    back = place - 1
    while back >= 0 and place - back <= _DEEPEST_HEAD:
        index = solid[back]
        text = lines[index].text.strip()
        if not _in_head(lines[index], text):
            break
        if is_title(text) and not is_subtitle(text):
            return Start(index, HIGH, salutation)
        plain = not (is_subtitle(text) or is_byline(text) or is_name(text) or is_page_line(text))
        if nearest < 0 and plain:
            nearest = index
        back -= 1
    if nearest >= 0:
        return Start(nearest, MEDIUM, salutation)
    if back < 0:  # nothing but page data above
        first = [i for i in solid[:place] if not is_page_line(lines[i].text.strip())]
        return Start(first[0] if first else salutation, HIGH, salutation)
    if not opening and THANKS.fullmatch(lines[solid[place - 1]].text.strip()):
        return Start(salutation, LOW, salutation)
    return None


def _with_beginning(
    lines: Sequence[Line], solid: Sequence[int], starts: list[Start]
) -> list[Start]:
    """Add a first speech if what stands before the first start is one itself."""
    if not starts:
        first = next((i for i in solid if not is_page_line(lines[i].text.strip())), solid[0])
        return [Start(first, LOW)]
    real = 0
    for index in solid:
        if index >= starts[0].at:
            break
        line = lines[index]
        real += line.kind in (HEADING, ITEM) or len(line.text) > 60 or line.text[-1] in "。！"
    if real >= _OWN_SPEECH:
        return [Start(solid[0], LOW), *starts]
    return starts
