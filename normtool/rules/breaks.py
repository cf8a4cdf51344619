"""BRK: newlines that should or should not be.

These rules run before those for blanks and punctuation: a blank may be the last
trace of a paragraph, and marks may still be half-width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from normtool.chinese import HAN
from normtool.edits import BREAK, CONVENTION, HIGH, MEDIUM, SAFE, UNSAFE
from normtool.numbering import NUMBER, PATTERNS
from normtool.rule import rule

#: A mark that ends what stands before a numbered part.
_STOP = "[。：；！:;”」]"
#: Nominal heads: a title may end in one of these, a clause that goes on may not.
_HEAD_END = (
    "工作|局面|水平|感|环境|力度|步伐|质量|能力|作用|信心|决心|意识|机制|措施|成效|实效|格局|合力|氛围"
    "|任务|目标|突破|台阶|不动摇|不放松|新高潮|大发展|新跨越|建设|形象|效能|保障|責任感|關鍵|實效|水準"
)
#: How the first sentence below a heading begins, when nothing marks the break.
_CUE = (
    "过去的?一年|过去[几两三四五]年|今年的|今年以来|今年[，,]|去年[，,]|去年以来|当前的?|目前[，,]"
    "|近年来|一是|首先[，,]|同志们[，,]|[12][0-9]{3}年|一年来|上半年[，,]|下半年[，,]|總的來看|總的看"
)
_ADDRESSED = (
    "同志|代表|领导|領導|来宾|來賓|委员|委員|朋友|嘉宾|嘉賓|老师|老師|同学|同學|同事|家长|家長|女士|先生|乡亲|鄉親"
    "|父老|职工|職工|干部|幹部|党员|黨員|评委|評委|专家|專家|同仁|战友|戰友|客商|企业家|企業家|记者|記者|工友|校友|队员"
    "|隊員|运动员|運動員|青年|群众|群眾|官兵|指战员"
)
_ADDRESS = (
    f"(?:(?:尊敬|敬爱|亲爱|敬愛|親愛)的)?[^\\n，。,：:；;！!？?0-9]{{0,14}}?(?:{_ADDRESSED})(?:们|們)?"
)


@rule(
    "BRK101",
    SAFE,
    HIGH,
    BREAK,
    "\\n(?P<edit>(?:[ \\t\u3000\u00a0]*\\n)+)|\\A(?P<head>(?:[ \\t\u3000\u00a0]*\\n)+)",
)
def blank_line(match: re.Match[str]) -> str | None:
    """Blank line.

    After cleaning one line is one block; how blocks are set apart is the
    business of the format. Between the stanzas of verse a blank line says
    something and stays.

        同志们：⏎⏎今天开会。  →  同志们：⏎今天开会。
        同志们：⏎今天开会。⏎  ✓
        春风吹过山岗⏎田野换了新装⏎⏎老人笑在门口⏎孩子跑向学堂  ✓
    """
    if match["edit"] is None:
        return None  # a head of blank lines is BRK107's
    return None if _between_stanzas(match) else ""


def _between_stanzas(match: re.Match[str]) -> bool:
    before = match.string[max(match.start() - 60, 0) : match.start()].split("\n")[-2:]
    after = match.string[match.end() : match.end() + 60].split("\n")[:2]
    lines = before + after
    return len(lines) == 4 and all(
        4 <= len(line) <= 18 and not re.search("[。：:：]$|^[一二三（(\\d]", line) for line in lines
    )


@rule("BRK102", SAFE, HIGH, CONVENTION, "(?m)^[ \\t\u3000]+|[ \\t\u3000]+$")
def indent_or_trailing_blank(match: re.Match[str]) -> str:
    """Blanks at the head or the end of a line.

    An indent is layout: Word and the browser make it anew. Joining wrapped
    lines (BRK201) looks at it first.

        ⟨U+3000⟩⟨U+3000⟩今天开会。␣  →  今天开会。
        今天开会。  ✓
    """
    return ""


@rule("BRK107", SAFE, HIGH, BREAK, "\\A(?:[ \\t\u3000\u00a0]*\\n)+|\\n(?P<tail>(?:[ \\t\u3000]*\\n)+)\\Z")
def blank_lines_at_the_edge(match: re.Match[str]) -> str:
    """Blank lines before the first or after the last line.

    One newline at the end of the file stays: it ends the last line.

        ⏎⏎同志们：  →  同志们：
        同志们：⏎  ✓
    """
    return "" if match["tail"] is None else "\n"


@rule(
    "BRK103",
    SAFE,
    HIGH,
    BREAK,
    f"(?m)^[ \\t\u3000]*{_ADDRESS}(?:[、，,和 ]{{0,2}}{_ADDRESS}){{0,5}}[：:](?P<edit>[ \\t\u3000]*)(?=[^\\s\\d“”\"《])",
)
def salutation_run_in(match: re.Match[str]) -> str | None:
    """Salutation and speech on one line.

    The salutation stands alone, flush left. Only at the head of a line: in the
    middle of a speech ``同志们，`` belongs to its sentence. A person who is
    quoted (``李书记同志：…``) is no audience.

        同志们:今天我们开会。  →  同志们:⏎今天我们开会。
        各位代表、同志们：现在我向大会报告工作。  →  各位代表、同志们：⏎现在我向大会报告工作。
        同志们，市直部门责任重大。  ✓
        参加会议的同志：12人  ✓
        分管领导：张强  ✓
        各位代表:⏎现在开会。  ✓
    """
    address = match[0].strip()
    following = match.string[match.end() : match.end() + 40].split("\n")[0]
    if not re.match("同志们|同志們|各位|尊敬|敬爱|敬愛|亲爱|親愛|女士|先生|老师|老師|同学|同學|朋友|全体|全體|父老|乡亲|鄉親", address):
        return None
    # A list of names or a number follows a label, a sentence follows a salutation.
    if len(following) < 5 and not re.search("[。，,！!？?]", following):
        return None
    return "\n"


@rule(
    "BRK104",
    SAFE,
    HIGH,
    BREAK,
    f"(?<={_STOP})(?P<edit>[ \\t\u3000]*)(?="
    f"(?:{PATTERNS['1.']}|{PATTERNS['（一）']}|{PATTERNS['一、']}|{PATTERNS['第一个问题']}|{PATTERNS['第一条']})[ ]?(?:{HAN}|“))",
)
def numbered_part_run_in(match: re.Match[str]) -> str | None:
    """Numbered part without a line of its own.

    Behind a full stop, colon or semicolon the numbers 一、 （一） 1、 and
    第一个问题 begin a paragraph; the blank that scrapers leave there is its
    last trace. 一是…二是… stay in their paragraph, and so do short lists that
    only count things in a sentence.

        作出了贡献。␣1、招商氛围更浓。  →  作出了贡献。⏎1、招商氛围更浓。
        抓好三个方面的工作:1、注重投向。  →  抓好三个方面的工作:⏎1、注重投向。
        掀起热潮。二、切实做好工作  →  掀起热潮。⏎二、切实做好工作
        适用本办法（1、2条除外）。  ✓
        比上年增长：1.5倍  ✓
        推进农业。一、二、三产业协调发展。  ✓
        有三点：一是认识高，二是措施实。  ✓
        他们喊：“一、二、三！”  ✓
        分三等：1、优秀；2、良好；3、合格。  ✓
    """
    text, end = match.string, match.end()
    start = text.rfind("\n", 0, match.start()) + 1
    head = text[start : match.start()]
    if head.count("“") > head.count("”"):
        return None  # inside a quotation
    # 分三等：1、优秀；2、良好: a word or two each, counted and not discussed.
    if re.match("[^；;。，,：:\n]{1,9}[；;]|[^；;。\n]{1,18}、[0-9（(]", text[end : end + 22]) or re.search(
        "[0-9）)][、.．]?[^；;。，,：:\n0-9]{1,7}[；;]$", text[max(match.start() - 12, 0) : match.start()]
    ):
        return None
    if text.startswith("第", end) and re.match(f"第{NUMBER}[^，,：:、。]*是", text[end : end + 12]):
        return None  # 第三个问题是…: a sentence, no heading
    return "\n"


@rule(
    "BRK105",
    SAFE,
    MEDIUM,
    BREAK,
    f"(?:(?m:^)|(?<=[。：:；;！”]))[ \\t\u3000]*(?:{PATTERNS['一、']}|{PATTERNS['（一）']})"
    f"[^。！？!?；;：:\\n]{{2,40}}?(?:{_HEAD_END})(?P<edit>[ \\t\u3000]*)(?=(?:{_CUE})[^\\n]*[。；;])",
)
def heading_glued_to_body(match: re.Match[str]) -> str | None:
    """Heading glued to the paragraph below it.

    The page lost the line end behind a heading 一、 or （一）. Nothing in the
    source marks the place; it is taken only where a nominal head meets a word
    that opens a sentence (过去的一年, 当前, 一是, 2004年 …) and a full sentence
    follows.

        一、进一步增强紧迫感和责任感过去的一年,我们努力克服困难,取得了成绩。  →  一、进一步增强紧迫感和责任感⏎过去的一年,我们努力克服困难,取得了成绩。
        二、继续坚持招商引资不动摇␣2003年,各部门解放思想,成绩明显。  →  二、继续坚持招商引资不动摇⏎2003年,各部门解放思想,成绩明显。
        二、切实做好今年的外贸工作。各部门要落实责任。  ✓
        一、正确认识当前的形势。当前，我市处在关键时期。  ✓
        三、全面完成2004年的各项任务  ✓
    """
    head = match[0]
    # 工作一是…: a clause that begins inside the heading is part of it.
    if len(re.sub("[^\u4e00-\u9fff]", "", head)) < 7:
        return None
    return "\n"


@rule("BRK106", SAFE, MEDIUM, BREAK)
def hard_wrap(text: str) -> Iterator[tuple[int, int, str]]:
    """Line broken in mid-sentence by the width of the page.

    Only where the file shows a regular width: at least four lines end at it
    without a mark, and nearly no line is longer. Verse, lists, headings and
    short lines are not joined; an indent begins a new paragraph. Latin words
    are joined with a blank.

        今天召开的这次全市会议⏎是一次非常重要的会议⏎  ✓
        这次会议的主要任务是总结工作分析形势明确任务进⏎一步动员全市上下解放思想坚定信心真抓实干奋力开⏎创全市改革开放和现代化建设的新局面为实现今年各⏎项目标任务而努力奋斗下面我代表市委市政府讲三点⏎意见供大家讨论  →  这次会议的主要任务是总结工作分析形势明确任务进一步动员全市上下解放思想坚定信心真抓实干奋力开创全市改革开放和现代化建设的新局面为实现今年各项目标任务而努力奋斗下面我代表市委市政府讲三点意见供大家讨论
    """
    lines = text.split("\n")
    if len(lines) < 5 or len(text) > 400 * len(lines):
        return
    widths = [_width(line) for line in lines]
    filled = [n for n in widths if n]
    if not filled:
        return
    unended = [n for n, line in zip(widths, lines, strict=True) if n >= 30 and not _ENDED.search(line)]
    if len(unended) < 4:
        return
    usual = max(set(unended), key=lambda n: (sum(abs(n - other) <= 2 for other in unended), n))
    regular = sum(abs(usual - n) <= 2 for n in unended)
    longer = sum(n > usual + 4 for n in filled)
    if regular < 4 or regular * 5 < len(unended) * 4 or longer * 10 > len(filled):
        return
    indented = sum(line.startswith(("\u3000\u3000", "    ", "\t")) for line in lines) > 1
    place = 0
    for line, width, following in zip(lines, widths, lines[1:], strict=False):
        place += len(line) + 1
        if abs(width - usual) > 3 or not following.strip() or _BEGINS.match(following):
            continue
        if _ENDED.search(line) and not (indented and not re.search("[：:]$", line)):
            continue
        start = place - 1 - (len(line) - len(line.rstrip()))
        latin = re.search("[A-Za-z,.]$", line.rstrip()) and re.match("[A-Za-z]", following)
        yield start, place, " " if latin else ""


_ENDED = re.compile("[。！？：；”」…!?:;.][”’」』）)]?\\s*$")
#: What begins a paragraph of its own.
_BEGINS = re.compile(
    "[ \\t\u3000]|" + "|".join(PATTERNS[style] for style in ("一、", "（一）", "1.", "（1）", "①", "第一章", "第一条"))
)


def _width(line: str) -> int:
    """Columns on the page: Han and Chinese marks take two."""
    line = line.rstrip()
    return len(line) + sum(character > "\u2e7f" or character in "“”‘’…—" for character in line)


@rule(
    "BRK108",
    SAFE,
    HIGH,
    BREAK,
    "(?<=[^\\s\u3000])[ \\t]*\u3000{2,}[ \\t\u3000]*(?=[^\\s\u3000])",
)
def indent_inside_line(match: re.Match[str]) -> str | None:
    """Indent of a paragraph in the middle of a line.

    Two ideographic blanks behind a full stop are the indent of a paragraph
    whose line end was lost. In a line that has such places a heading, which
    ends without a mark, is set apart by the same sign. Columns of names are
    not meant.

        工作取得进展。⟨U+3000⟩⟨U+3000⟩当前，任务很重。  →  工作取得进展。⏎当前，任务很重。
        张⟨U+3000⟩强⟨U+3000⟩⟨U+3000⟩李小明  ✓
    """
    text, start = match.string, match.start()
    if text[start - 1] in "。！？：；”）!?:;":
        return "\n"
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    if _INDENTED_INSIDE.search(text, begin, end if end >= 0 else len(text)):
        return "\n"
    return None


_INDENTED_INSIDE = re.compile("[。！？：；”][ \\t]*\u3000{2}")


@rule("BRK301", UNSAFE, MEDIUM, BREAK)
def paragraph_by_topic(text: str) -> Iterator[tuple[int, int, str]]:
    """Long paragraph that changes its topic.

    Where a page lost its paragraphs the turns of a speech (当前， 首先， 总之，
    同志们，) are the only guide. A guess, so on request only: in lines of more
    than 80 characters, at least 30 from the next break. 一是…二是… are set
    apart where each has 120 characters or more.

        过去一年，全市上下团结一心、真抓实干，主要经济指标好于预期，民生实事全面完成，社会大局保持稳定。当前，外部环境更加复杂，有效需求仍然不足，我们必须坚定信心，迎难而上，扎扎实实做好各项工作。  →  过去一年，全市上下团结一心、真抓实干，主要经济指标好于预期，民生实事全面完成，社会大局保持稳定。⏎当前，外部环境更加复杂，有效需求仍然不足，我们必须坚定信心，迎难而上，扎扎实实做好各项工作。
        我们要坚定信心。同志们，让我们一起努力。  ✓
    """
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > 80:
            last = start
            turns = list(_TURN.finditer(text, start, end))
            for turn, following in zip_longest(turns, turns[1:]):
                until = following.start() if following else end
                listed = turn["item"] is not None
                far = turn.start() - last >= 30 and end - turn.end() >= 30
                if far and (not listed or until - turn.start() >= 120):
                    yield turn.start(), turn.end(), "\n"
                    last = turn.end()
        start = end + 1


_TURN = re.compile(
    "(?<=[。！])[ \\t\u3000]*(?=(?:但是|下面|现在|当前|目前|同时|首先|其次|再次|最后|总之|综上|同志们|近年来|长期以来|从今往后"
    "|第[一二三四五六七八九])[，,]|纵观|回顾|上述|在过去的|各位代表|以上|(?P<item>[一二三四五六七八九]是))"
)
