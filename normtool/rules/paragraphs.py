"""BRK, continued: paragraphs that a page wrapped, ran together or never had."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from normtool.edits import BREAK, HIGH, MEDIUM, SAFE, UNSAFE
from normtool.numbering import PATTERNS
from normtool.patterns import later
from normtool.rule import line_around, of_text, rule
from normtool.rule_options import option
from normtool.rules.titles import AT_GENRE, GENRE

_LINES = option("BRK106", "lines", 4, "so many lines at least have the usual length", least=3)
_TOPICS = option("BRK301", "length", 80, "shorter lines stay whole, in characters", least=40)


@rule("BRK106", SAFE, MEDIUM, BREAK)
def hard_wrap(text: str) -> Iterator[tuple[int, int, str]]:
    """Line broken in mid-sentence by the width of the page.

    Only where the file shows a regular width: at least four lines end at it
    without a mark, and nearly no line is longer. Verse, lists, headings and
    short lines are not joined; an indent begins a new paragraph. Latin words
    are joined with a blank.

        今天召开的这次全市会议⏎是一次非常重要的会议⏎  ✓
        柳河县农业局关于上报去年春耕工作总结的报告⏎柳河县水利局关于上报去年防汛工作总结的报告⏎柳河县林业局关于上报去年造林工作总结的报告⏎柳河县民政局关于上报去年救灾工作总结的报告  ✓
        这次会议的主要任务是总结工作分析形势明确任务进⏎一步动员全市上下解放思想坚定信心真抓实干奋力开⏎创全市改革开放和现代化建设的新局面为实现今年各⏎项目标任务而努力奋斗下面我代表市委市政府讲三点⏎意见供大家讨论  →  这次会议的主要任务是总结工作分析形势明确任务进一步动员全市上下解放思想坚定信心真抓实干奋力开创全市改革开放和现代化建设的新局面为实现今年各项目标任务而努力奋斗下面我代表市委市政府讲三点意见供大家讨论
        去年以来全镇上下团结一心克服了干旱带来的困难，粮食总⏎产再创新高，农民收入稳步增加，各项社会事业都取得了新⏎的进步，这些成绩来之不易，是全镇人民共同努力奋斗的结⏎果，在此我代表镇党委、镇政府向大家表示衷心的感谢并致⏎以崇高的敬意。  →  去年以来全镇上下团结一心克服了干旱带来的困难，粮食总产再创新高，农民收入稳步增加，各项社会事业都取得了新的进步，这些成绩来之不易，是全镇人民共同努力奋斗的结果，在此我代表镇党委、镇政府向大家表示衷心的感谢并致以崇高的敬意。
        去年全镇粮食总产达到三万二千吨比上年增长百分之五农民人⏎均收入增加四百二十元，新修村道十二公里，改造危房六十户⏎和学校两所。这些成绩来之不易，是全镇干部群众共同努力的⏎结果，值得我们倍加珍惜，今年的任务更加繁重，我们要坚定⏎信心，鼓足干劲。  →  去年全镇粮食总产达到三万二千吨比上年增长百分之五农民人均收入增加四百二十元，新修村道十二公里，改造危房六十户和学校两所。这些成绩来之不易，是全镇干部群众共同努力的结果，值得我们倍加珍惜，今年的任务更加繁重，我们要坚定信心，鼓足干劲。
        一是抓投入⏎二是抓人才⏎三是抓安全⏎四是抓作风  ✓
        在全县春耕生产工作现场推进会议上的讲话⏎（20××年×月×日）⏎去年全镇粮食总产达到三万二千吨增幅不小农⏎民人均收入增加四百二十元，新修村道十二公⏎里，改造危房六十户和学校两所。这些成绩来⏎之不易，是全镇干部群众共同努力的结果。（⏎掌声）大家要珍惜。  →  在全县春耕生产工作现场推进会议上的讲话⏎（20××年×月×日）⏎去年全镇粮食总产达到三万二千吨增幅不小农民人均收入增加四百二十元，新修村道十二公里，改造危房六十户和学校两所。这些成绩来之不易，是全镇干部群众共同努力的结果。（掌声）大家要珍惜。
    """
    lines = text.split("\n")
    if len(text) > 200 * len(lines):
        return
    # Wrapped lines are 15 to 100 characters long, and most lines of the file are.
    short = [line for line in lines if 15 <= len(line) <= 100 and not _is_row(line)]
    if len(short) < _LINES.value:
        return
    open_ended = [line for line in short if not _ended(line)]
    if len(open_ended) < _LINES.value:
        return
    indented = sum(f"\n{text}".count(f"\n{indent}") for indent in _INDENTS) > 1
    spread = 2 if indented else 1  # where indents tell the paragraphs, less must be known
    # Some pages wrap by columns, some by characters: take the measure that is more regular.
    usual, regular, measure = max(
        ((*_usual(measure(open_ended), spread), measure) for measure in (_widths, _characters)),
        key=lambda found: found[1],
    )
    if regular < _LINES.value or regular * 5 < len(open_ended) * 3:
        return
    widths = [
        width if len(line) <= 100 else len(line)
        for line, width in zip(lines, measure(lines), strict=True)
    ]
    filled = sum(n > 0 for n in widths)
    longer = sum(n > usual + 4 for n in widths)
    if longer * 10 > filled:
        return
    # Nothing but full lines without a mark: verse, or a list of titles of one length.
    if all(width == usual for width in widths if width) and len(open_ended) == filled:
        return
    if _share_an_edge(short):
        return
    place = 0
    for line, width, following in zip(lines, widths, lines[1:], strict=False):
        place += len(line) + 1
        if abs(width - usual) > 3 or not following.strip() or _BEGINS.match(following):
            continue
        if _ended(line) and not _goes_on(line, width == usual, indented):
            continue
        titled = _TITLE_ENDS.search(line) and not text[: place - 1 - len(line)].strip()
        if titled or _is_row(line) or _is_row(following) or _ALONE.fullmatch(following):
            continue
        start = place - 1 - (len(line) - len(line.rstrip()))
        latin = re.search("[A-Za-z,.]$", line.rstrip()) and re.match("[A-Za-z]", following)
        yield start, place, " " if latin else ""


def _share_an_edge(lines: list[str]) -> bool:
    """Whether lines begin or end alike, as items of a list do and wrapped lines do not."""
    heads = Counter(line[:3] for line in lines)
    tails = Counter(line.rstrip()[-3:] for line in lines)
    return max(heads.most_common(1)[0][1], tails.most_common(1)[0][1]) >= max(3, len(lines) // 2)


def _goes_on(line: str, full: bool, indented: bool) -> bool:
    """Whether a line that ends a sentence does not end its paragraph.

    Where paragraphs are indented, none but an indent begins one; elsewhere a
    line that is full to the last column ended there by the width alone.
    """
    return not line.rstrip().endswith(("：", ":")) and (indented or full)


#: A row of a table: no marks, fields behind tabs, or figures one behind the other.
_ROW = later("^[^，。；：]*(?:\\S\\t+\\S|[0-9%][ \u3000]+[0-9.]+(?:[ \u3000]|$))[^，。；：]*$")


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: a look at once for a tab or two figures."""
    if "\t" not in line and ("，" in line or _FIGURES.search(line) is None):
        return False
    return _ROW.search(line) is not None


_FIGURES = later("[0-9%][ \u3000]+(?:[0-9.]|$)")


#: A date, or （略）, in brackets on a line of its own.
_ALONE = later(
    "[（(](?:[^（）()\\n]{0,24}[0-9×xX*〇○年]月[^（）()\\n]{0,16}|略|下略|中略|掌声|热烈鼓掌)[）)][ \\t\u3000]*"
)
#: The first line of the file, if it is a title to the end.
_TITLE_ENDS = later(f"{AT_GENRE}{GENRE}[ \\t\u3000]*$")

_ENDS = frozenset("。！？：；…!?;.")
_CLOSE = frozenset("”’」』）)")


def _ended(line: str) -> bool:
    """Whether a line ends a sentence: with a mark, a closing one perhaps behind it."""
    line = line.rstrip()
    if line[-1:] in _CLOSE:
        line = line[:-1]
    if line[-1:] == ":":
        return line[-2:-1] not in _DIGITS
    return line[-1:] in _ENDS


_DIGITS = frozenset("0123456789")


#: What begins a paragraph of its own.
_BEGINS = later(
    "[ \\t\u3000]|"
    + "|".join(
        PATTERNS[style] for style in ("一、", "（一）", "1.", "（1）", "①", "第一章", "第一条")
    )
)


def _usual(lengths: list[int], spread: int) -> tuple[int, int]:
    """The most usual length, and how many have it (± spread)."""
    times = Counter(lengths)
    near = {n: sum(times.get(n + off, 0) for off in range(-spread, spread + 1)) for n in times}
    usual = max(near, key=lambda n: (near[n], n))
    return usual, near[usual]


def _characters(lines: list[str]) -> list[int]:
    """Characters on the page; of the blanks of an indent two take the place of one."""
    return [len(line) - (len(line) - len(line.lstrip(" "))) // 2 for line in map(str.rstrip, lines)]


def _widths(lines: list[str]) -> list[int]:
    """Columns on the page: Han and Chinese marks take two."""
    lines = [line.rstrip() for line in lines]
    wide = _NARROW.sub("", "\n".join(lines)).split("\n")  # all lines at once
    return [len(line) + len(own) for line, own in zip(lines, wide, strict=True)]


_NARROW = later("[^\u2e80-\U0010ffff“”‘’…—\n]+")
_INDENTS = ("\u3000\u3000", "    ", "\t")


@rule(
    "BRK108",
    SAFE,
    HIGH,
    BREAK,
    "(?<=[^\\s\u3000])(?:[ \\t](?=[ \\t\u3000])[ \\t]*+)?\u3000{2}[ \\t\u3000]*+(?=[^\\s\u3000])",
)
def indent_inside_line(match: re.Match[str]) -> str | None:
    """Indent of a paragraph in the middle of a line.

    Two ideographic blanks behind a full stop are the indent of a paragraph
    whose line end was lost. In a line that has such places a heading, which
    ends without a mark, is set apart by the same sign. Columns of names are
    not meant.

        工作取得进展。⟨U+3000⟩⟨U+3000⟩当前，任务很重。  →  工作取得进展。⏎当前，任务很重。
        成绩很大。⟨U+3000⟩⟨U+3000⟩但是，问题不少。  →  成绩很大。⏎但是，问题不少。
        会议开始：⟨U+3000⟩⟨U+3000⟩同志们。  →  会议开始：⏎同志们。
        张⟨U+3000⟩强⟨U+3000⟩⟨U+3000⟩李小明  ✓
        同志们：⏎今天开会。  ✓
        甲⟨U+3000⟩⟨U+3000⟩乙  ✓
        来源：⟨U+3000⟩⟨U+3000⟩作者：⟨U+3000⟩⟨U+3000⟩时间：2006年  ✓
        填表人：王芳⟨U+3000⟩⟨U+3000⟩审核人：李伟⟨U+3000⟩⟨U+3000⟩日期：⟨U+3000⟩⟨U+3000⟩年⟨U+3000⟩月  ✓
        乘客（男，43岁）⟨U+3000⟩⟨U+3000⟩车次：12  ✓
    """
    text, start = match.string, match.start()
    if text[start - 1] in "。！？；”!?;":
        return "\n"
    field = text[start - 1] not in "：:" or _FIELD.search(text, max(start - 18, 0), start)
    if field and _LABEL.match(text, match.end()):
        return None  # fields of a form
    if text[start - 1] in "：）:":
        return "\n"
    begin, end = line_around(text, start, 5000)
    indents = _indents(text)
    place = bisect_left(indents, (begin, begin))
    return "\n" if place < len(indents) and indents[place][1] <= end else None


# 审核人： 乙方（签字）： 年  月: but 同志们： addresses those present.
_FIELD = later("(?m)(?:^|[ \u3000])[一-鿿]{2,6}(?:（[^（）\\n]{1,8}）)?[：:]\\Z")
_LABEL = later(
    "[一-鿿]{2,6}(?:（[^（）\\n]{1,8}）)?(?<![们們志])(?<!代表)(?<!委员)[：:]|[年月日元](?:[ \u3000\\n]|\\Z)"
)
# Sought from their end: two wide blanks are rare, marks are not.
_WIDE_BLANKS = later("\u3000\u3000(?<=[。！？；”： \\t]..)")
_MARK_BEFORE = later("[。！？；”]|(?<!来源)(?<!作者)(?<!次数)(?<!数)：")


@of_text
def _indents(text: str) -> list[tuple[int, int]]:
    found = []
    for blanks in _WIDE_BLANKS.finditer(text):
        place = blanks.start()
        while place and text[place - 1] in " \t":
            place -= 1
        if place and _MARK_BEFORE.match(text, place - 1):
            found.append((place - 1, blanks.end()))
    return found


@rule("BRK301", UNSAFE, MEDIUM, BREAK)
def paragraph_by_topic(text: str) -> Iterator[tuple[int, int, str]]:
    """Long paragraph that changes its topic.

    Where a page lost its paragraphs the turns of a speech (当前， 首先， 总之，
    同志们，) are the only guide. A guess, so on request only: in lines of more
    than 80 characters, at least 30 from the next break. 一是…二是… are set
    apart where each has 120 characters or more.

        过去一年，全市上下团结一心、真抓实干，主要经济指标好于预期，民生实事全面完成，社会大局保持稳定。当前，外部环境更加复杂，有效需求仍然不足，我们必须坚定信心，迎难而上，扎扎实实做好各项工作。  →  过去一年，全市上下团结一心、真抓实干，主要经济指标好于预期，民生实事全面完成，社会大局保持稳定。⏎当前，外部环境更加复杂，有效需求仍然不足，我们必须坚定信心，迎难而上，扎扎实实做好各项工作。
        全镇干部群众团结一心、真抓实干，粮食产量稳步提高，农民收入持续增长，各项社会事业全面进步，基层组织得到加强，干群关系更加密切，社会大局和谐稳定。同时，我们也要清醒地看到，基础设施仍然薄弱，产业结构还不够合理，群众增收的渠道不宽。  →  全镇干部群众团结一心、真抓实干，粮食产量稳步提高，农民收入持续增长，各项社会事业全面进步，基层组织得到加强，干群关系更加密切，社会大局和谐稳定。⏎同时，我们也要清醒地看到，基础设施仍然薄弱，产业结构还不够合理，群众增收的渠道不宽。
        全镇干部群众团结一心、真抓实干，粮食产量稳步提高，农民收入持续增长，各项社会事业全面进步，基层组织得到加强，干群关系更加密切，社会大局和谐稳定。总之，一年来的工作是扎实的，成绩来之不易，经验值得珍惜，这是大家共同努力奋斗的结果。  →  全镇干部群众团结一心、真抓实干，粮食产量稳步提高，农民收入持续增长，各项社会事业全面进步，基层组织得到加强，干群关系更加密切，社会大局和谐稳定。⏎总之，一年来的工作是扎实的，成绩来之不易，经验值得珍惜，这是大家共同努力奋斗的结果。
        我们要坚定信心。同志们，让我们一起努力。  ✓
        全镇干部群众团结一心、真抓实干，粮食产量稳步提高，农民收入持续增长，各项社会事业全面进步，基层组织得到加强，干群关系更加密切，社会大局和谐稳定。当前任务很重。  ✓
        首先，总结工作。其次，部署任务。  ✓
    """
    turns = sorted((m for turn in _TURNS for m in turn.finditer(text)), key=lambda m: m.start())
    last = end = 0
    for turn, following in zip_longest(turns, turns[1:]):
        if turn.start() >= end:
            last = text.rfind("\n", end, turn.start()) + 1 or end
            end = text.find("\n", turn.start())
            end = end if end >= 0 else len(text)
            long = end - last > _TOPICS.value
        if not long:
            continue
        until = following.start() if following and following.start() < end else end
        listed = turn["item"] is not None
        far = turn.start() - last >= 30 and end - turn.end() >= 30
        if far and (not listed or until - turn.start() >= 120):
            yield *turn.span("blank"), "\n"
            last = turn.end()


_TURN = (
    # a look at the first character: most sentences begin with another
    "(?=[ \\t\u3000但下现当目同首其再最总综近长从第纵回上在各以一二三四五六七八九])(?P<blank>[ \\t\u3000]*)(?=(?:但是|下面|现在|当前|目前|同时|首先|其次|再次|最后|总之|综上|同志们|近年来|长期以来|从今往后"
    "|第[一二三四五六七八九])[，,]|纵观|回顾|上述|在过去的|各位代表|以上|(?P<item>[一二三四五六七八九]是))"
)
#: Either mark for itself: re looks for one character many times faster than for two.
_TURNS = (later("。" + _TURN), later("！" + _TURN))
