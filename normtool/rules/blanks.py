"""SPC: blanks between two Chinese characters.

A wrapped line leaves one inside a word; people set one between names, phrases of a title,
columns and fields. Nothing but the surroundings tells them apart.
"""

from __future__ import annotations

import re

from normtool.chinese import HAN_RANGES
from normtool.edits import CONVENTION, HIGH, MEDIUM, SAFE
from normtool.numbering import NUMBER
from normtool.patterns import later
from normtool.rule import line_around, rule
from normtool.rules.titles import AT_GENRE, GENRE

_H = f"[{HAN_RANGES}]"
#: Surnames that stand alone before a blank in ``龚 正``; common first, no ordinary words.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙"
    "万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢骆岳齐梅莫庄辛管祝左涂谷祁耿牟卜路詹关苗凌费纪靳盛童欧甄项裴席卫屈鲍覃霍翁隋阮柯桂闻"
    "張劉陳楊趙黃吳孫羅鄭謝韓馮蕭許鄧呂蘇盧賈葉閻鍾譚鄒陸顧龍萬錢湯賴龔龐蘭韋聶叢駱齊莊祝費紀歐項衛"
)
_LONG_SURNAMES = ("欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "夏侯", "令狐")
_OFFICE = "省长|市长|县长|区长|镇长|乡长|书记|主任|主席|部长|局长|厅长|委员长|委员|总理|代表|院长|校长|秘书长|组长|会长|署长|司长|处长|科长|同志|总书记|常委|副|人|：|、|，|局長|書記|部長|縣長|市長|議員|院長|總統|主席"
_FUNCTION = "我的了是在和与與及等们們要将將对對把被而并也都就不之于於从從向由为為以其这這那"


@rule("SPC101", SAFE, HIGH, CONVENTION, f"(?<={_H})[ ](?={_H})")
def blank_between_han(match: re.Match[str]) -> str | None:
    """Blank between two Chinese characters.

    Wrapped lines of the scraped page leave blanks inside words. A blank that is
    the last trace of a paragraph belongs to the BRK rules, which run earlier.
    Names are spaced on purpose (``李 明``), and so are columns, verse, titles
    of two phrases, numbers of articles (``第一条 …``) and letter-spaced heads.

        同志们，今年␣我市引进外资  →  同志们，今年我市引进外资
        今年我␣市经济发展势头良好，增幅靠前。  →  今年我市经济发展势头良好，增幅靠前。
        出口创汇65.3万美␣元；新增  →  出口创汇65.3万美元；新增
        在全县春耕会议上的␣讲话  →  在全县春耕会议上的讲话
        二○一二年二月二␣十四日  →  二○一二年二月二十四日
        在全县春␣耕会议上的讲话  →  在全县春耕会议上的讲话
        利用外资3150万␣美元，占19%左␣右；  →  利用外资3150万美元，占19%左右；
        李 明  ✓
        省长龚 正同志出席会议。  ✓
        王强 李 明 张小红  ✓
        第一条 为了规范管理，制定本条例。  ✓
        凝心聚力抓落实 真抓实干谱新篇  ✓
        甲方：某某公司 乙方：某某单位  ✓
        上联：春到人间 下联：福满门庭  ✓
        经济运行总体平稳 民生保障持续加强！  ✓
        1.强化组织领导 落实工作责任。  ✓
        目 录  ✓
        柳河日报讯（记者 周平）昨日，全县春耕现场会召开。  ✓
        3.应会议邀请 代表团（一行五人）将来访；  ✓
        签订日期：2023年 月 日  ✓
        合同期限 个月，自签字之日起生效。  ✓
        参加人员：孙 丽、马 超、何 静等同志。  ✓
        陈 晨、欧阳 静、张志远到会。  ✓
        本报讯 近日，县委召开座谈会。  ✓
        会议由李 明主持，各组发言。  ✓
        特此报告，恭請 鑒核。  ✓
        以上意見，敬請 指教。  ✓
        此致 敬礼！  ✓
    """
    text, place = match.string, match.start()
    start, end = line_around(text, place)
    before, behind = text[place - 1], text[place + 1]
    if not _TO_FILL.isdisjoint(text[place + 1 : place + 4]) and _EMPTY_FIELD.search(
        text, max(place - 1, 0), min(place + 4, end)
    ):
        return None
    head = text[start:place]
    if before in "讯訊电電" and _DATELINE.fullmatch(head):
        return None
    if before in _ASKING and _RESPECT.match(text, place + 1, end):
        return None
    if _torn(text, start, place, end):
        return ""
    if before in _NUMBERED_ENDS and "第" in head and _NUMBERED.search(head):
        return None
    if behind == "第" and _NUMBERED_HEAD.match(text, place + 1) and not _RUNNING.search(head):
        return None
    if text[place + 2 : place + 3] in (" ", "\u3000"):
        return None  # a column, or a letter, of one character
    left = _run_before(text, place)
    right = _run_after(text, place + 1)
    if _in_columns(text, place, len(left), len(right)):
        return None
    if _SPACED_NAME.match(text, place - 1) and _in_names(text, start, place, end):
        return None
    if left in _LONG_SURNAMES and len(right) <= 2:
        return None
    figure = len(left) == 1 and text[place - 2 : place - 1] in _FIGURE  # 3150万 美元, 19%左 右
    if (
        left[-1] in _SURNAMES
        and not figure
        and (
            (len(left) == 1 and len(right) <= 2)
            or (len(right) <= 2 and _OFFICE_BEFORE.search(left))
            or (_OF_PERSON.match(right) and _OFFICE_OR_NOTHING.search(left))
        )
    ):
        return None
    # 目 录 alone on its line; but 1.7万 列， and 《建议》精 神， stand in a sentence.
    if len(left) == 1 and len(right) == 1 and (place - start == 1 or end - place == 2):
        return None
    if _LABELLED.match(text, place + 1):
        return None
    if before in "者员輯辑文图" and _REPORTER.search(text, max(place - 5, start), place):
        return None
    if _LABEL.match(text, place + 1) and _FIELD.match(head):
        return None  # 性别：男 籍贯：…: fields of a form
    line = text[start:end]
    if not _RUNNING.search(line):
        # No clause mark: a title or a column, unless the words cannot stand apart.
        if (
            (right[0] in _FUNCTION and min(len(left), len(right)) < 5)
            or left[-1] in "的和与及对把将为在从向由"
            or _UNIT_TORN.search(left[-3:] + " " + right[:2])
        ):
            return ""
        return None
    if len(left) >= 3 and len(right) >= 3 and _in_title(text, start, place, line):
        return None
    # 一、统一思想 提高认识。 12.某地降雪 致3人受伤；: two phrases of a heading.
    number = _HEADING.match(head)
    if number is not None and not re.search("[。；;，,]", head):
        if len(left) >= 3 and len(right) >= 3:
            return None
        phrases = line[number.end() : place - start], line[place + 1 - start :].rstrip("。；;！! ")
        if min(map(len, phrases)) >= 5 and not any(map(_RUNNING.search, phrases)):
            return None
    return ""


_OFFICE_BEFORE = later(f"(?:{_OFFICE}).$")
_OFFICE_OR_NOTHING = later(f"(?:{_OFFICE}|由).$|^.$")
_OF_PERSON = later(
    "[^\\s](?:同志|先生|女士|委员|代表|书记|市长|省长|主任|在|为|任|率|出席|主持|作|的|等)"
)


def _in_names(text: str, start: int, place: int, end: int) -> bool:
    """Whether a neighbour in the list is a spaced name as well: 孙 丽、马 超."""
    before = _NAME_BEFORE.search(text, max(place - 5, start), place - 1)
    after = _NAME_AFTER.match(text, place + 2, end)
    return any(name is not None and name[1] in _SURNAMES for name in (before, after))


#: 马 and 高 begin ordinary words; in a list of spaced names they are surnames too.
_SPACED_NAME = later(f"[{_SURNAMES}马馬高于水平路][ ][一-鿿](?![一-鿿])")
_NAME_BEFORE = later("(?<![一-鿿])([一-鿿])[ ][一-鿿]、\\Z")
_NAME_AFTER = later("、([一-鿿])[ ][一-鿿](?:[、，。；]|等|\\Z)")
#: 本报讯, 新华社北京3月5日电: the head of a report.
_DATELINE = later("[ \\t\u3000]*[一-鿿0-9]{0,16}(?:[报報社网網台]|日)[讯訊电電]")
#: Official letters leave a blank before what the reader is asked for (挪抬), and behind 此致.
_ASKING = frozenset("請请呈致祈懇恳")
_RESPECT = later(
    "(?:[鑒鉴鈞钧]|指教|指正|指示|查照|核示|核備|核备|惠|卓|台[鑒鉴端]|示[覆复]|參考|諒察|海涵|詧[照核]|敬[礼禮]|大安|公[安祺綏])"
)
#: What a form leaves to be written in: 2023年 月 日, 期限 个月.
_TO_FILL = frozenset("月日个")
_EMPTY_FIELD = later(
    "[年月][ ][月日]|[^几数兩两半多一二三四五六七八九十百千万亿整][ ]个(?:月|工作日|百分点)"
)


def _torn(text: str, start: int, place: int, end: int) -> bool:
    """Whether the blank certainly stands inside one phrase: a date, a title 关于…, 上的 讲话."""
    if text[place - 1] in _DATE_BEFORE and _DATE_AFTER.match(text, place + 1, end):
        return True
    if text[start] == "在" and text[place + 1] != "在" and _FRAME.match(text, place, end):
        return True  # 在全县春耕 会议上的讲话: the frame of a title
    opened = text.rfind("《", start, place)
    if opened >= 0 and text.startswith("关于", opened + 1) and "》" not in text[opened:place]:
        return True
    return (
        _GENRE_ALONE.match(text, place + 1, end) is not None
        and _OCCASION.search(text, start, place) is not None
    )


_FIGURE = frozenset("0123456789%％")
_FRAME = later(f"[ ][^ ，。；：！？\\u3000]{{1,30}}(?:上|时)的{GENRE}[ ]*\\Z")
_DATE_BEFORE = frozenset("一二三四五六七八九十〇○零年月")
_DATE_AFTER = later("[一二三四五六七八九十〇○零]{1,4}[年月日]|[年月日](?![一-鿿])")
_GENRE_ALONE = later(f"{AT_GENRE}{GENRE}[ ]*\\Z")
# 在第三次会议上的 讲话
_OCCASION = later("(?:上|时|后|中|期间)的(?:[一-鿿]{2})?\\Z")


def _in_title(text: str, start: int, place: int, line: str) -> bool:
    """Two phrases of a quoted slogan, or of the short line of a list of headlines."""
    before = text[start:place]
    opened = max(before.rfind(mark) for mark in "“《「【")
    closed = max(before.rfind(mark) for mark in "”》」】")
    if opened > closed:
        end = _CLOSING.search(text, place, start + len(line))
        if end is not None and not _RUNNING.search(text, start + opened, end.start()):
            return True
    # A sentence has clauses or ends; headlines have none, and end in ！ at most.
    return len(line) <= 70 and not _CLAUSES.search(line.rstrip("；;！! "))


#: 时间：… 地点：…: the next word is a label.
_LABELLED = later(
    "(?:时间|地点|日期|电话|传真|邮编|邮箱|网址|地址|联系人|甲方|乙方|丙方|来源|作者|编辑|责任编辑|主编|主持人?|记录人?|出席|列席|缺席"
    "|单位|姓名|性别|职务|编号|密级|审核|签发|承办|抄送|附件)[：:]"
)
_REPORTER = later("[（(【](?:本报)?(?:记者|通讯员|編輯|编辑|記者|文|图)\\Z")
_LABEL = later("[一-鿿]{2,4}[：:]")
_FIELD = later("(?:[一-鿿]{2,4}[：:][^，。；：:]{1,16} )*[一-鿿]{2,4}[：:][^ ，。；：:]{1,16}$")
_LIST_NUMBER = later("(?:[0-9]{1,2}|[一二三四五六七八九十])[.、．] $")
_CLOSING = later("[”》」】]")
_CLAUSES = later("[，,。；;！？!?]")
_NUMBERED_ENDS = frozenset("章节節条條款项編编篇部分讲回一二三四五六")
_NUMBERED = later(
    "(?:^|[。；])\\s*第(?:[0-9]+|[一二三四五六七八九十百千零〇]+)[章节節条條款项編编篇部分讲回]+(?:之[一二三四五六])?$"
)
_NUMBERED_HEAD = later("第[一二三四五六七八九十百千零〇0-9]+[号號章节節条條届屆]")
_RUNNING = later("[，。；：！？,;!?]")
_HEADING = later(f"\\s*(?:{NUMBER}、|[（(]{NUMBER}[）)]|[（(]?[0-9]{{1,2}}[.、．）)])")
_UNIT_TORN = later(
    "(?:万|亿|美|人民) (?:美?元|吨|亩|人)|公 里|平方 |百分 点|[一-鿿]{2} (?:元|市|县|省)[一-鿿]?$"
)


def _run_before(text: str, place: int) -> str:
    found = _BEFORE.search(text[max(place - 30, 0) : place])
    return found[0] if found else text[place - 1]


def _run_after(text: str, place: int) -> str:
    found = _AFTER.match(text, place, place + 30)
    return found[0] if found else text[place]


_BEFORE = later(f"(?<!{_H}){_H}++\\Z")
_AFTER = later(f"{_H}+")


def _in_columns(text: str, place: int, left: int, right: int) -> bool:
    """Whether a neighbouring run of one to four Han stands between two blanks."""
    before = text[max(place - left - 1, 0) : place - left]
    if before == " " and _LIST_NUMBER.search(text, max(place - left - 5, 0), place - left):
        before = ""  # 1. 健全机 制: the first blank belongs to the number
    after = text[place + 1 + right : place + 2 + right]
    return (before in (" ", "\u3000") and left <= 4) or (
        after in (" ", "\u3000") and right <= 4 and right > 0
    )


@rule(
    "SPC104",
    SAFE,
    MEDIUM,
    CONVENTION,
    f"(?<={_H})(?:[ ]{{2,3}}|[\u3000\\t])(?={_H})",
)
def blanks_inside_clause(match: re.Match[str]) -> str | None:
    """Two or three blanks, a wide one or a tab inside a clause.

    A wide gap sets columns, names, titles and lines of verse apart. Inside a
    clause that has marks on both sides of it on the same line, and no second
    gap, it can only be an accident.

        今年以来，全市上下␣␣团结一心，克服困难。  →  今年以来，全市上下团结一心，克服困难。
        一要抓项目，二要抓␣␣投入；三要抓作风。  →  一要抓项目，二要抓投入；三要抓作风。
        去年以来，我县引⟨U+3000⟩进外资项目12个，势头好。  →  去年以来，我县引进外资项目12个，势头好。
        会议指出：农业生产␣␣␣形势好，农民增收。  →  会议指出：农业生产形势好，农民增收。
        县长：王␣␣强，书记：李␣␣明。  ✓
        一、过渡时期的总任务⟨U+3000⟩二、第一个计划的概要⟨U+3000⟩三、若干问题  ✓
        主持人：周平␣␣记录：吴兰。  ✓
        第三条⟨U+3000⟩本办法适用于全市，各县参照执行。  ✓
        春风吹绿柳河岸␣␣细雨催开北岭花  ✓
        柳河镇␣␣周平，北山乡␣␣吴兰，青石镇␣␣孙梅。  ✓
    """
    text, place = match.string, match.start()
    start, end = line_around(text, place)
    before = _CLAUSE_BEFORE.search(text, start, place)
    after = _CLAUSE_AFTER.match(text, match.end(), end)
    if before is None or after is None:
        return None
    left, right = len(before[1]), len(after[1])
    if after[2] in "：:" or left + right < 5 or _COUNTING.fullmatch(after[1]):
        return None  # a label; a name; 一、总任务  二、概要
    if left == 1 and right <= 2 and before[1] in _SURNAMES:
        return None
    # 柳河镇  周平，北山乡  吴兰: gaps in every clause are columns.
    gaps = len(_WIDE.findall(text, start, end))
    return "" if gaps <= 1 + (end - start) // 60 else None


_COUNTING = later("[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?|第[一二三四五六七八九十]{1,3}")
_CLAUSE_BEFORE = later("[，。；：、！？,;:]([^ \\u3000\\t，。；：、！？,;:]+)\\Z")
_CLAUSE_AFTER = later("([^ \\u3000\\t，。；：、！？,;:]+)([，。；：、！？,;:])")
_WIDE = later(f"{_H}(?:[ ]{{2,3}}|[\u3000\\t]){_H}")
