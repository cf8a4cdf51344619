"""BRK: newlines that should or should not be.

These rules run before those for blanks and punctuation: a blank may be the last
trace of a paragraph, and marks may still be half-width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtool.chinese import HAN
from normtool.edits import BREAK, CONVENTION, HIGH, MEDIUM, SAFE
from normtool.numbering import NUMBER, PATTERNS
from normtool.patterns import later
from normtool.rule import line_around, of_text, rule

#: A mark that ends what stands before a numbered part.
_STOP = "[。：；！:;”」]"
_MARK = later("[。，,！!？?；;]")
#: White space but for the newline, as str.strip takes it away.
_SPACE = "[ \\t\v\f\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
#: What an address begins with.
_PERSONS = "(?:同志们|同志們|各位|尊敬|敬爱|敬愛|亲爱|親愛|女士|先生|老师|老師|同学|同學|朋友|全体|全體|父老|乡亲|鄉親)"
#: Nominal heads: a title may end in one of these, a clause that goes on may not.
_HEAD_END = (
    "工作|局面|水平|感|环境|力度|步伐|质量|能力|作用|信心|决心|意识|机制|措施|成效|实效|格局|合力|氛围|任务|目标|责任|突破|台阶|建设|形象|效能|保障"
    "|体系|回顾|安排|部署|要求|原则|思路|举措|重点|形势|情况|考虑|战略|意见|打算|不动摇|不放松|不松劲|不懈怠|不停步|不走样|新高潮|大发展|新跨越|提质增效|攻坚战|持久战|主动仗|翻身仗|硬仗|防护网|保障网|防线|底线|关口|这根弦"
    "|篇章|答卷|样板|品牌|优势|活力|动力|后劲|大局|全局|重任|使命|主动权|开门红|根基|基础|短板|难题|瓶颈|新路子|上水平|见实效|落地见效|落到实处|取得实效"
    "|責任感|緊迫感|關鍵|實效|水準|環境|機制|任務|目標"
)
#: One look at the first character, where a pattern tries them at many places.
_AT_HEAD_END = f"(?=[{''.join(sorted({word[0] for word in _HEAD_END.split('|')}))}])"
#: How the first sentence below a heading begins, when nothing marks the break.
_CUE = (
    "过去的?一年|过去[几两三四五]年|今后[几两三四五]年|未来[几两三四五]年|今年的|今年是|今年以来|今年[，,]|去年[，,]|去年以来|当前的?|目前[，,]"
    "|近年来|首先[，,]|同志们[，,]|[12][0-9]{3}年|一年来|上半年[，,]|下半年[，,]|各级党委|各级政府|各级领导|各级各部门|各地[、各]|各部门|各乡镇|各单位"
    "|[（(]一[）)](?![和与及、是至到])|1[、．.](?![0-9])"
    "|全[市县区镇省]上下|这次会议|總的來看|总的看|(?<![统唯专单同第之其一])一是"
)
# Farther away than so many characters is no end of a sentence; and it costs to look for it.
_SENTENCE_END = "[^\\n。；;]{0,2000}+[。；;]"
_ADDRESSED = (
    "同志|代表|领导|領導|来宾|來賓|委员|委員|朋友|嘉宾|嘉賓|老师|老師|同学|同學|同事|家长|家長|女士|先生|乡亲|鄉親"
    "|父老|职工|職工|干部|幹部|党员|黨員|评委|評委|专家|專家|同仁|战友|戰友|客商|企业家|企業家|记者|記者|工友|校友|队员"
    "|隊員|运动员|運動員|青年|群众|群眾|官兵|指战员"
)
#: 尊敬的王书记: an office is addressed only with a word of respect.
_OFFICE = "书记|市长|县长|区长|省长|镇长|乡长|主任|主席|部长|局长|院长|校长|会长|董事长|总经理|将军|書記|市長|縣長|部長|院長|校長|會長|總統"
_ADDRESS = (
    f"(?:(?:(?:尊敬|敬爱|亲爱|敬愛|親愛)的)?[^\\n，。,：:；;！!？?0-9]{{0,14}}?(?:{_ADDRESSED})(?:们|們)?"
    f"|(?:尊敬|敬爱|敬愛)的[^\\n，。,：:；;！!？?0-9]{{1,10}}?(?:{_OFFICE}))"
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
    something and stays, and where every line is set apart by exactly one it
    is a layout and does no harm.

        同志们：⏎⏎今天开会。⏎大家都来了。  →  同志们：⏎今天开会。⏎大家都来了。
        第一段。⏎ ⏎第二段。⏎第三段。  →  第一段。⏎第二段。⏎第三段。
        甲。⏎⏎⏎乙。⏎丙。  →  甲。⏎乙。⏎丙。
        同志们：⏎⏎今天开会。⏎⏎大家都来了。⏎  ✓
        同志们：⏎今天开会。⏎  ✓
        春风吹过山岗⏎田野换了新装⏎⏎老人笑在门口⏎孩子跑向学堂  ✓
        雨停了⏎天晴了⏎⏎鸟叫了⏎花开了  ✓
        柳绿千山秀，⏎花红万里香。⏎⏎春来人更早，⏎歌唱满田庄。  ✓
    """
    if match["edit"] is None:
        return None  # a head of blank lines is BRK107's
    return None if _set_apart(match.string) or _between_stanzas(match) else ""


@of_text
def _set_apart(text: str) -> bool:
    """Whether every line is followed by exactly one blank line: a layout, our own too."""
    if not text.startswith("\n\n", text.find("\n")):
        return False  # the second line is not blank
    lines = text.rstrip("\n").split("\n")
    if len(lines) < 3 or any(lines[1::2]) or not all(lines[::2]):
        return False
    # Wrapped lines set apart are no paragraphs: most of these end a sentence, or are few.
    ended = sum(line[-1] in '。！？：；”）」…』.!?:;)"' for line in lines[::2])
    return len(lines) < 8 or ended * 2 >= len(lines[::2])


def _between_stanzas(match: re.Match[str]) -> bool:
    if "\n" not in match.string[max(match.start() - 19, 0) : match.start()]:
        return False  # the line before is longer than any verse, or the first
    before = match.string[max(match.start() - 60, 0) : match.start()].split("\n")[-2:]
    after = match.string[match.end() : match.end() + 60].split("\n")[:2]
    lines = before + after
    if len(lines) != 4 or any(_NO_VERSE.search(line) for line in lines):
        return False
    lengths = {len(line) for line in lines}
    # Lines of one length may end in marks, and be as short as three characters.
    if len(lengths) == 1 and 3 <= min(lengths) <= 16:
        return not all(line.endswith("。") for line in lines)
    return all(4 <= len(line) <= 18 and line[-1] not in "。" for line in lines)


_NO_VERSE = later("[：:]$|^[一二三（(0-9]|^$")


@rule("BRK102", SAFE, HIGH, CONVENTION, "(?m)^[ \\t\u3000]++|(?<![ \\t\u3000])[ \\t\u3000]++$")
def indent_or_trailing_blank(match: re.Match[str]) -> str:
    """Blanks at the head or the end of a line.

    An indent is layout: Word and the browser make it anew. Joining wrapped
    lines (BRK201) looks at it first.

        ⟨U+3000⟩⟨U+3000⟩今天开会。␣  →  今天开会。
        同志们： ⏎今天开会。  →  同志们：⏎今天开会。
        ⇥第一条  →  第一条
        今天开会。  ✓
        第一条 总则  ✓
        甲⟨U+3000⟩⟨U+3000⟩乙  ✓
    """
    return ""


@rule(
    "BRK107",
    SAFE,
    HIGH,
    BREAK,
    needs="\\A[ \\t\u3000\u00a0]*\\n|\\n[ \\t\u3000]*\\n\\Z",
)
def blank_lines_at_the_edge(text: str) -> Iterator[tuple[int, int, str]]:
    """Blank lines before the first or after the last line.

    One newline at the end of the file stays: it ends the last line.

        ⏎⏎同志们：  →  同志们：
        同志们：⏎⏎⏎  →  同志们：⏎
        ⏎在春耕会议上的讲话⏎  →  在春耕会议上的讲话⏎
        同志们：⏎  ✓
        同志们：  ✓
        甲。⏎⏎乙。  ✓
    """
    head = _BLANK_LINES.match(text)
    begin = head.end() if head else 0
    if begin:
        yield 0, begin, ""
    last = len(text) - 1
    if text.endswith("\n"):
        first = text.find("\n", max(begin, len(text.rstrip("\n \t\u3000"))))
        if 0 <= first < last:
            yield first, last + 1, "\n"


_BLANK_LINES = later("(?:[ \\t\u3000\u00a0]*+\\n)++")


@rule(
    "BRK103",
    SAFE,
    HIGH,
    BREAK,
    # of the few lines that begin so, the look for a colon before any other mark turns most down
    f"(?m)^(?={_SPACE}*+{_PERSONS})(?=[^\\n。；;！!？?0-9：:]*+[：:])[ \\t\u3000]*{_ADDRESS}(?:[、，,和 ]{{0,2}}{_ADDRESS}){{0,5}}[：:](?P<edit>[ \\t\u3000]*)(?=\\S)",
)
def salutation_run_in(match: re.Match[str]) -> str | None:
    """Salutation and speech on one line.

    The salutation stands alone, flush left. Only at the head of a line: in the
    middle of a speech ``同志们，`` belongs to its sentence. A person who is
    quoted (``李书记同志：…``) is no audience.

        同志们:今天我们开会。  →  同志们:⏎今天我们开会。
        各位代表、同志们：现在我向大会报告工作。  →  各位代表、同志们：⏎现在我向大会报告工作。
        尊敬的王书记，各位领导：金秋时节，我们欢聚一堂。  →  尊敬的王书记，各位领导：⏎金秋时节，我们欢聚一堂。
        同志们，市直部门责任重大。  ✓
        参加会议的同志：12人  ✓
        分管领导：张强  ✓
        各位代表:⏎现在开会。  ✓
    """
    following = match.string[match.end() : match.end() + 40].split("\n")[0]
    # A list of names or a number follows a label, a sentence follows a salutation.
    marked = _MARK.search(following)
    if not marked and (len(following) < 5 or following[0] in "0123456789“"):
        return None
    return "\n"


@rule(
    "BRK104",
    SAFE,
    HIGH,
    BREAK,
    f"(?<={_STOP})(?P<edit>[ \\t\u3000]*)(?="
    f"(?:{PATTERNS['1.']}|{PATTERNS['（一）']}|{PATTERNS['一、']}|{PATTERNS['第一个问题']}|{PATTERNS['第一条']})[ ]?(?:{HAN}|“)|(?:{PATTERNS['（一）']}|{PATTERNS['一、']})[0-9])",
)
def numbered_part_run_in(match: re.Match[str]) -> str | None:
    """Numbered part without a line of its own.

    Behind a full stop, colon or semicolon the numbers 一、 （一） 1、 and
    第一个问题 begin a paragraph; the blank that scrapers leave there is its
    last trace. 一是…二是… stay in their paragraph, and so do short lists that
    only count things in a sentence.

        作出了贡献。␣1、招商氛围更浓。  →  作出了贡献。⏎1、招商氛围更浓。
        今年要办好四件事:1、修通村道。  →  今年要办好四件事:⏎1、修通村道。
        掀起热潮。二、切实做好工作  →  掀起热潮。⏎二、切实做好工作
        适用本办法（1、2条除外）。  ✓
        比上年增长：1.5倍  ✓
        推进农业。一、二、三产业协调发展。  ✓
        有三点：一是认识高，二是措施实。  ✓
        他们喊：“一、二、三！”  ✓
        分三等：1、优秀；2、良好；3、合格。  ✓
        附件：1.参会人员名单  ✓
        （二）主要任务。1、清理小广告；2、整治小店；3、规范招牌。  ✓
        注：1、本表为快报数；2、空格表示没有数据。  ✓
    """
    text, (start, end) = match.string, match.span()
    if text[end] == "第" and _SENTENCE.match(text, end):
        return None  # 第三个问题是…: a sentence, no heading
    # 分三等：1、优秀；2、良好: a word or two each, counted and not discussed.
    if _COUNTED.match(text, end):
        return None
    stop = text[start - 1]
    head = text[line_around(text, start)[0] : start]
    if stop in "；;":
        if _COUNTED_BEFORE.search(text, max(start - 12, 0), start):
            return None
        if _LIST_BEFORE.search(head[-160:]):
            return None  # 1、清理广告；2、整治小店；3、…: as the first of them, so the next
    elif stop in "：:" and head.endswith(_LABELS, 0, -1) and _LABEL.search(head):
        return None  # 附件：1.名单 stands on one line (GB/T 9704-2012, 7.3.4)
    if head.count("“") > head.count("”") or head.count("（") > head.count("）"):
        return None  # inside a quotation or brackets
    return "\n"


_PREPOSITION = later(
    "^[（(]?[一二三四五六七八九十]+[、）)](?:按照|根据|依据|依照|遵照|针对|围绕|为了?|通过|随着|在|对于?|由于)"
)
_YEAR = later("[0-9]{4}年")
_NOT_HAN = later("[^\u4e00-\u9fff]+")
_LABELS = ("附件", "附", "注", "备注", "说明", "答", "问")
_LABEL = later(f"(?:^|[（(])[ \\t\u3000]*(?:{'|'.join(_LABELS)})[：:]$")
_COUNTED = later("[^；;。，,：:\\n]{1,9}[；;]|[0-9（(][^；;。\\n]{1,18}、[0-9（(]")
_COUNTED_BEFORE = later("[0-9）)][、.．]?[^；;。，,：:\\n0-9]{1,7}[；;]$")
_LIST_BEFORE = later(
    "(?:(?:^|[。：:])1[、.．][^；;。，,：:\\n]{1,7}|(?:附|注|说明)[：:]1[、.．][^；;。\\n]{1,30})[；;](?:[2-8][、.．][^；;。\\n]{1,20}[；;])*$"
)
_SENTENCE = later(f"第{NUMBER}[^，,：:、。]{{0,8}}是")


@rule(
    "BRK105",
    SAFE,
    MEDIUM,
    BREAK,
    f"(?<![^\\n。：:；;！”])(?:{PATTERNS['一、']}|{PATTERNS['（一）']})"
    # most headings are followed by the end of their line, and by no sentence
    "(?![^\\n。；;]{0,60}+(?:\\n|\\Z))"
    f"[^。！？!?；;：:\\n]{{2,40}}?{_AT_HEAD_END}(?:{_HEAD_END})(?P<edit>[ \\t\u3000]*+)(?=(?:{_CUE}){_SENTENCE_END}"
    f"|(?<=[ \u3000])[^的和与及、，\\n][^\\n]{{12}}[^\\n，,。]{{0,2000}}+[，,。]{_SENTENCE_END})",
)
def heading_glued_to_body(match: re.Match[str]) -> str | None:
    """Heading glued to the paragraph below it.

    The page lost the line end behind a heading 一、 or （一）. Nothing in the
    source marks the place; it is taken only where a nominal head meets a word
    that opens a sentence (过去的一年, 当前, 一是, 2004年 …) and a full sentence
    follows.

        一、切实增强抗旱保收的责任感过去的一年,各村奋力抗灾,取得了成绩。  →  一、切实增强抗旱保收的责任感⏎过去的一年,各村奋力抗灾,取得了成绩。
        二、打好整治行动攻坚战一是清理垃圾不留死角。二是改厕。  →  二、打好整治行动攻坚战⏎一是清理垃圾不留死角。二是改厕。
        二、切实抓好五项重点任务␣坚持把发展放在第一位，加快转型升级。要抓紧抓实。  →  二、切实抓好五项重点任务⏎坚持把发展放在第一位，加快转型升级。要抓紧抓实。
        二、坚持植树造林不动摇␣2019年,各村组织义务劳动,成绩明显。  →  二、坚持植树造林不动摇⏎2019年,各村组织义务劳动,成绩明显。
        一、2018年工作回顾过去的一年，我县取得了好成绩。  →  一、2018年工作回顾⏎过去的一年，我县取得了好成绩。
        三、加强领导，确保各项任务落到实处1、落实责任。任务已经分解。  →  三、加强领导，确保各项任务落到实处⏎1、落实责任。任务已经分解。
        二、切实做好今年的外贸工作。各部门要落实责任。  ✓
        三、要把握好工作重点（一）和（二）的关系，不能偏废。  ✓
        一、正确认识当前的形势。当前，我市处在关键时期。  ✓
        三、全面完成2004年的各项任务  ✓
        三、按照省委部署各级各部门要迅速行动，抓好落实。  ✓
    """
    head = match[0]
    # 工作一是…: a clause that begins inside the heading is part of it.
    if _PREPOSITION.search(head):
        return None  # 按照省委部署各级党委要…: a clause, no heading
    blank = match["edit"] != ""
    if len(_NOT_HAN.sub("", head)) < (6 if blank or _YEAR.search(head) else 7):
        return None
    return "\n"
