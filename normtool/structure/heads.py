"""How the lines at the head of a speech look: title, subtitle, byline, salutation, page data.

Every test takes one line without blanks around it. Both scripts are known: a file is
structured before its script is converted.
"""

from __future__ import annotations

import re

from normtool.patterns import later

#: What a speech calls itself, at the end of its title.
_GENRE = (
    "讲话|講話|讲话稿|講話稿|发言|發言|发言稿|發言稿|发言材料|致辞|致辭|致词|致詞|贺词|賀詞|贺信|祝词|祝辞|祝酒词"
    "|欢迎词|欢迎辞|歡迎詞|答谢词|答谢辞|答詞|悼词|开幕词|開幕詞|闭幕词|閉幕詞|开幕辞|闭幕辞|开场白|主持词|主持辞"
    "|报告|報告|工作报告|动员|動員|演讲|演講|演讲稿|演说|演說|讲稿|講稿|讲话提纲|讲话要点|献词|寄语|倡议书|表态"
    "|述职述廉|述职报告|总结|总结讲话|谈话|談話|講詞|讲词|汇报|匯報|说明|党课"
)
_GENRE_END = later(
    f"(?:{_GENRE})(?:稿|范文|全文|摘要|节选|精选|实录|\\d?[0-9]?篇)?"
    r"(?:[（(\[【〔][^）)\]】〕]{1,20}[）)\]】〕]|[一二三四五六七八九十]{1,3}|[0-9]{1,2})?$"
)
_COLLECTION = later(
    "(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[几幾多])[篇份]|[合汇彙匯]集|[汇彙匯]编|集锦|范文大全|精选$|大全$"
)
_LONGEST_TITLE = 50
#: A title with its subtitle glued on (工作报告——2003年在某会上).
_LONGEST_DOUBLE = 90
_TAIL = later("(?:——|－－|――|──).{4,60}$")
_WORDS = later(r"\W+")
_NO_TITLE = later("[。！？；!?;，：:]$|[。；！]")

_AUDIENCE = (
    "同志|代表|委员|委員|领导|領導|来宾|來賓|嘉宾|嘉賓|贵宾|貴賓|朋友|女士|先生|老师|老師|同学|同學|同事|同仁|校友"
    "|家长|家長|乡亲|鄉親|父老|战友|戰友|伙伴|兄弟|姐妹|青年|孩子|学生|專家|专家|评委|評委|听众|聽眾|观众|觀眾|网友"
    "|主席|主任|秘书长|秘書長|书记|書記|市长|市長|省长|省長|县长|縣長|区长|院长|校长|校長|部长|部長|会长|會長|阁下|閣下"
    "|议长|議長|总统|總統|总理|總理|大使|法官|审判长|长官|員工|员工|职工|職工|居民|市民|企业家|企業家|记者|媒体|党员|干部"
    "|前辈|大家|各位|全体|全體"
)
#: One part of a salutation: 尊敬的王主任 · 各位来宾 · 同志们 · 副主任.
_PART = later(
    "(?:(?:尊敬|敬爱|敬愛|亲爱|親愛)的?[^，,、：:。！]{0,16}"
    "|(?:各位|诸位|諸位|全体|全體|广大)[^，,、：:。！]{0,14}"
    f"|[^，,、：:。！]{{0,10}}(?:{_AUDIENCE})[们們]?)"
)
_CALLS = later("尊敬|敬爱|敬愛|亲爱|親愛|各位|诸位|諸位|[们們]|先生|女士|阁下|閣下")
_GREETING = later(
    "[，,！!]?(?:[大你您][家们們]?)?(?:[上下中早晚]午?|晚上|早上|新年|节日|過年|过年)?好[！!。，,]?$"
)
_PARTS = later("[，,、 \u3000！!]+|和(?=各位)|及(?=各位)")

_DATE = (
    r"(?:(?:19|20)[0-9]{2}|[一二][〇○零0oO一二三四五六七八九]{3})\s*年\s*"
    r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*月(?:\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*日)?"
)
DATE = later(_DATE)
_ONLY_DATE = later(rf"[（(〔\[]?\s*{_DATE}\s*(?:[上下]午)?[）)〕\]]?")
_IN_BRACKETS = later("[（(〔][^（）()]{2,40}[）)〕]")
_OFFICE = (
    "书记|書記|市长|市長|省长|省長|县长|縣長|区长|區長|镇长|鎮長|乡长|鄉長|州长|旗长|主席|主任|部长|部長|局长|局長|厅长|廳長"
    "|处长|處長|科长|校长|校長|院长|院長|会长|會長|理事长|董事长|董事長|总经理|總經理|总理|總理|总统|總統|检察长|秘书长|秘書長"
    "|委员长|司令员|政委|代表|教授|所长|站长|行长|社长|总裁|部門負責人|同志"
)
# \w rather than a range of Han: such classes cost milliseconds to compile.
_NAME = r"(?!.{0,3}[0-9A-Wa-wYyZz_])(?:\w[ \u3000]{1,2}\w|[\w·×*＊]{2,4})"
#: Without a blank before the name a surname must show where it begins: 主任会议 is nobody.
_SURNAME = (
    "[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘于蒋蔣蔡余杜"
    "叶葉程苏蘇魏吕呂丁沈任姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付傅方白邹鄒孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝"
    "龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温溫康施牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包]"
)
_SPEAKER = later(
    rf"[（(]?(?:[^，。：；！？]{{0,40}}(?:{_OFFICE})[\s\u3000]+(?P<name>{_NAME})"
    rf"|[\w×*＊、]{{0,24}}(?:{_OFFICE})[\s\u3000]*(?P<glued>[×*＊xXＸ]{{2,4}}"
    rf"|{_SURNAME}[\w×*＊]{{1,2}}))[）)]?"
)
_NAME_ALONE = later(_NAME)
_OCCASION = later(rf"(?:.*——)?[（(]?(?:{_DATE}.{{0,12}})?在.{{4,60}}[会會]?[议議]?上[）)]?$")
_DASH = later("[—–―─━]{1,4}|--+|－{1,2}")
_PAGE = later(
    r"(?:来源|來源|文章来源|作者|时间|時間|日期|发布|發布|发表|更新|点击|阅读|閱讀|浏览|瀏覽|人气|字号|字体|编辑|責任編輯|责任编辑"
    r"|上传人?|出处|当前位置|您的位置|您现在的位置|分享到?|打印|收藏|本文)[^。]{0,12}[：:]"
    r"|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*\d\d?[时:：]"
    r"|[【\[]?字[体号]|【(?:www|.{0,24}(?:作者|来源|收藏))|发布于|發布於|全文约?\s*\d+\s*字|首页|(?:下载|打印|全屏|收藏|加大|还原|减小|正文复制)$|\W{1,2}$|[大中小]$"
)

_FOOT = later(
    r"\W{0,3}(?:相关(?:报道|文章|文档|阅读|推荐|链接|新闻|附件)|相關|上一篇|下一篇|展开全部|本类推荐|热门|猜你喜欢|推荐阅读|延伸阅读"
    r"|用户评论|网友评论|发表评论|扫一扫|返回(?:顶部|首页)|版权|声明[：:]|免责)"
)


def is_salutation(line: str) -> bool:
    """同志们： · 尊敬的各位领导、各位来宾： · 主任、各位副主任： · 老师们、同学们，大家好！"""
    if line[-1] not in "：:！!，,。" or len(line) > 60:
        return False
    greeting = _GREETING.search(line)
    if greeting is not None:
        line = line[: greeting.start()]
    elif line[-1] == "。":
        return False
    line = line.rstrip("：:！!，, \u3000")
    if not _CALLS.search(line):
        return False
    return all(_PART.fullmatch(part) for part in _PARTS.split(line) if part)


def is_title(line: str) -> bool:
    """Short, without the marks of a sentence, and it ends in the name of its genre."""
    if not may_be_title(line):
        return False
    line = _TAIL.sub("", line)
    return len(line) >= 4 and _GENRE_END.search(line) is not None


def may_be_title(line: str) -> bool:
    """Short and without the marks of a sentence: where a title is missed, this may be it."""
    if len(line) > _LONGEST_TITLE and (len(line) > _LONGEST_DOUBLE or not _TAIL.search(line)):
        return False
    return not _NO_TITLE.search(line) and not _PAGE.match(line) and len(_WORDS.sub("", line)) > 1


def is_collection(line: str) -> bool:
    """……讲话3篇: the title of a page that holds several."""
    return len(line) <= _LONGEST_TITLE and _COLLECTION.search(line) is not None


def is_subtitle(line: str) -> bool:
    """——在全市教育工作会议上的讲话 · 2004年2月3日在某会上"""
    if len(line) > _LONGEST_DOUBLE or line[-1] in "。！？":
        return False
    return _DASH.match(line) is not None or (
        line[-1] in "上）)"
        and _OCCASION.match(line) is not None
        and not _IN_BRACKETS.fullmatch(line)
    )


def is_byline(line: str) -> bool:
    """（2004年2月3日） · 市委书记 张某 · （在某会上，2004年2月）"""
    if len(line) > 60:
        return False
    if _ONLY_DATE.fullmatch(line) or speaker(line):
        return True
    return _IN_BRACKETS.fullmatch(line) is not None and (
        DATE.search(line) is not None
        or any(sign in line for sign in ("根据", "录音", "記錄", "在"))
    )


def is_name(line: str) -> bool:
    """A personal name alone on its line; says something only right below a title."""
    return len(line) <= 5 and _NAME_ALONE.fullmatch(line) is not None


def is_page_line(line: str) -> bool:
    """来源：… · 2026-02-03 09:02 · 字体：大 中 小: what the page says about itself."""
    return len(line) <= 120 and _PAGE.match(line) is not None


def speaker(line: str) -> str:
    """The name in 市委书记 张某某, or ""."""
    match = _SPEAKER.fullmatch(line)
    if match is None:
        return ""
    name = match["name"] or match["glued"] or ""
    return re.sub(r"\s", "", name)


def is_foot(line: str) -> bool:
    """相关报道： · 上一篇：…… · 用户评论: where the page goes on below the speech."""
    return len(line) <= 60 and _FOOT.match(line) is not None
