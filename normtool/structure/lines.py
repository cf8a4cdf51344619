"""What one line looks like by itself and among its neighbours: its kind, level and certainty.

Who speaks where is not decided here (see ``speeches``): a line is a heading, an item, a
salutation, or plain text whatever speech it stands in.
"""

from __future__ import annotations

from normtool.document import BLANK, HEADING, ITEM, NOISE, PARAGRAPH, SALUTATION
from normtool.edits import HIGH, LOW, MEDIUM, Certainty
from normtool.numbering import RUN_IN, Number, parse
from normtool.patterns import later
from normtool.structure.heads import is_salutation


class Line:
    """One line of the text while its place is being found; becomes a Block."""

    __slots__ = ("certainty", "kind", "level", "number", "speech", "start", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.kind = PARAGRAPH
        self.level = 0
        self.speech = 0
        self.certainty: Certainty = HIGH
        self.number: Number | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def be(self, kind: str, certainty: Certainty = HIGH, level: int = 0) -> None:
        self.kind, self.certainty, self.level = kind, certainty, level


#: A heading longer than this is a paragraph that lacks its full stop.
_LONGEST_HEADING = 60
_USUAL_HEADING = 40
_SENTENCE = later("[。！？；!?;]")
# ``*.*`` alone on a line is a masked number, ``○○○`` a masked name, ``…………`` what was left out:
# content, no rule.
_RULE = later(
    r"(?!(?:[*＊]+(?:[.．][*＊]+)+|[○〇]{2,4}|…+|\.{3,6}|。{3,6}|·{6})\Z)[\s\-=_~～—–―─━＿*＊☆★◆◇■●○•·.。…#+|]{3,}"
)
_ENCLOSED = later("附件[：:][ \u3000]*1[.．、]")
# A paragraph that runs through its enumerators is not the first item of a list.
_RUNS_ON = {
    "一是": later("[。；，,;：:]二是"),
    "一要": later("[。；，,;：:]二要"),
    "第一，": later("[。；，,;：:]第二[，,、]"),
    "其一": later("[。；，,;：:]其二"),
}


def read_lines(text: str) -> list[Line]:
    """Label every line of ``text`` (cut at ``\\n``) without regard to speeches."""
    lines: list[Line] = []
    start = 0
    previous: Line | None = None
    enclosed = False
    for words in text.split("\n"):
        line = Line(words, start)
        lines.append(line)
        start += len(words) + 1
        stripped = words.strip()
        if not stripped:
            line.kind = BLANK
            continue
        number = line.number = parse(stripped)
        if number is not None:
            _label_numbered(line, number, stripped)
        elif len(stripped) <= _LONGEST_HEADING:
            if is_salutation(stripped):
                line.kind = SALUTATION
            elif _RULE.fullmatch(stripped):
                line.kind = NOISE
        enclosed = bool(_ENCLOSED.match(stripped)) or (enclosed and number is not None)
        if previous is not None:
            _compare(previous, line)
        if enclosed and number is not None:
            line.be(ITEM, HIGH, number.level)  # 附件：1.名单, below it 2.座次表
        previous = line
    _settle_ordinals(lines)
    return lines


def _label_numbered(line: Line, number: Number, text: str) -> None:
    rest = text[number.length :].strip()
    if number.level == RUN_IN:
        runs_on = _RUNS_ON.get(number.style)
        if runs_on is not None and not (number.value == 1 and runs_on.search(rest)):
            line.be(ITEM, MEDIUM, RUN_IN)
    elif number.style == "第一条":
        line.be(ITEM, HIGH, number.level)
    elif not rest:
        whole = number.style in ("第一章", "第一节", "第一部分")
        line.be(HEADING, HIGH if whole else LOW, number.level)
    elif (
        len(rest) > _LONGEST_HEADING
        or rest[-1] in "；;，,、"
        or _SENTENCE.search(rest, 0, len(rest) - 1)
    ):
        line.be(ITEM, HIGH, number.level)
    elif rest[-1] in "。！？!?":
        # 第一个问题：……。 is a heading all the same; 一、……。 only if nothing says "list".
        if number.level == 1 and number.style[0] == "第":
            line.be(HEADING, MEDIUM, number.level)
        elif number.level <= 2 and len(rest) <= _USUAL_HEADING:
            line.be(HEADING, LOW, number.level)
        else:
            line.be(ITEM, HIGH, number.level)
    else:
        usual = len(rest) <= _USUAL_HEADING and number.level <= 2
        line.be(HEADING, HIGH if usual else MEDIUM, number.level)


def _compare(previous: Line, line: Line) -> None:
    """Headings without anything between them are the items of a list."""
    before, now = previous.number, line.number
    if before is None or now is None or before.style != now.style:
        return
    if now.value != before.value + 1:
        return
    if previous.kind == HEADING and before.style not in ("第一章", "第一节"):
        previous.be(ITEM, MEDIUM, previous.level)
    if line.kind == HEADING and previous.kind == ITEM and before.level > 1:
        line.be(ITEM, MEDIUM, line.level)


def _settle_ordinals(lines: list[Line]) -> None:
    """第三， is an item only after 第一， and 第二，; after 首先 and 其次 it is running text."""
    last = 0
    for line in lines:
        if line.number is not None and line.number.style == "第一，":
            value = line.number.value
            if line.kind == ITEM and value not in (1, last + 1):
                line.be(PARAGRAPH, MEDIUM)
            else:
                last = value
        elif line.kind == HEADING:
            last = 0
