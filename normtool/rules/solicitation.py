"""ADS: what somebody asks of the reader, or tells the reader, beside the speech.

A place counts only as a whole: a line, a bracket or a sentence, and only if it
says two things together that no speech says together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtool.edits import HIGH, MEDIUM, REMOVAL, SAFE
from normtool.patterns import later
from normtool.rule import of_text, rule

_B = "[ \\t\u3000]*+"
_STOP = "。！？!?；;\n"
_OPENING, _CLOSING = "【（([［〔", "】）)]］〕"
_OPENS = later(f"[{re.escape(_OPENING)}]")
#: A sentence or bracket of advertising is not longer than this.
_LONGEST = 160


def _bracket(text: str, place: int) -> tuple[int, int] | None:
    """The bracket on this line that ``place`` stands in."""
    if not _OPENS.search(text, max(place - _LONGEST, 0), place):
        return None
    depth = 0
    for start in range(place - 1, max(place - _LONGEST, 0) - 1, -1):
        mark = text[start]
        if mark == "\n":
            return None
        if mark in _CLOSING:
            depth += 1
        elif mark in _OPENING:
            if not depth:
                break
            depth -= 1
    else:
        return None
    depth = 0
    for end in range(start, min(start + 2 * _LONGEST, len(text))):
        mark = text[end]
        if mark == "\n":
            return None
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth -= 1
            if not depth:
                return start, end + 1
    return None


def _sentence(text: str, place: int) -> tuple[int, int] | None:
    """The sentence that ``place`` stands in, with its mark; None if it has no end nearby."""
    floor = max(place - _LONGEST, 0)
    start = max(text.rfind(mark, floor, place) for mark in _STOP) + 1
    if not start and floor:
        return None
    found = _STOPS.search(text, place, place + _LONGEST)
    if found is not None:
        return start, found.start() if found[0] == "\n" else found.end()
    return (start, len(text)) if len(text) - place < _LONGEST else None


_STOPS = later(f"[{_STOP}]")


def _line_too(text: str, start: int, end: int) -> tuple[int, int]:
    """The same place, with its newline if it is a whole line."""
    left, right = start, end
    while left and text[left - 1] in " \t\u3000":
        left -= 1
    while right < len(text) and text[right] in " \t\u3000":
        right += 1
    if (left == 0 or text[left - 1] == "\n") and (right == len(text) or text[right] == "\n"):
        return left, min(right + 1, len(text))
    return start, end


_CONTACT = later(
    '(?:微[ ]?信|薇信|威信|[Qq][Qq]群?|VX|vx|[Ww][Xx](?![A-Za-z])|[加＋+][Vv]|公众号|公眾號|群号|👉)(?:号码?|群|搜索|搜|名|公众号)?[ :：=“"「《【\\[👉]{0,4}'
    '(?:[0-9A-Za-z](?:[ ]?[0-9A-Za-z_-]){4,24}|[一-鿿]{2,12}(?=[”"」》】\\]，,。！! ]|$))'
)
#: What such sites sell.
_GOODS = later(
    "公文|范文|文稿|文秘|素材|完整版|代写|代筆|写材料|写稿|讲话稿|讲稿|原创稿|文库|课件|客服|联系老师|咨询老师|(?:全套|海量|更多|完整|电子版)[^，。\\n]{0,6}(?:资料|材料|文章|稿件|文档)|(?:资料|材料|稿件|文档)(?:群|库|大全|下载|大?礼?包)"
)
_CALL = later(
    "请?[添]?加|关注|關注|搜索|搜一搜|扫码|扫一扫|长按|联系|获取|领取|索取|咨询|点击|更多|定制|回复|進群|进群|入群|微信[号]?[ ]?[:：]|QQ[群]?[ ]?[:：]"
)
_WAY = "微[ ]?信|薇信|[Qq]{2}|VX|vx|wx|加V|公众号|公眾號|👉"  # to get in touch
_CUE = later(_WAY)


@of_text
def _cues(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_CUE.finditer(text))


def _sells(words: str) -> bool:
    contact = _CONTACT.search(words)
    if contact is None:
        return False
    rest = words[: contact.start()] + " " + words[contact.end() :]
    # The name of an account may be 某某公文: the goods are asked for beside it.
    return _GOODS.search(rest) is not None and _CALL.search(words) is not None


@rule("ADS101", SAFE, HIGH, REMOVAL, needs=_WAY)
def solicitation_in_brackets(text: str) -> Iterator[tuple[int, int, str]]:
    """Bracket that asks readers to add an account.

    ``【更多公文素材，加微信：…】``: an account, and what such sites sell, in
    brackets of their own. A bracket with the telephone number or the account
    of an office sells nothing and stays, and so does a heading in 【】.

        讲三点意见：【更多讲话稿，加微信：gwsc9988】  →  讲三点意见：
        开幕⏎（获取完整版请加QQ：123456789，联系客服）⏎闭幕  →  开幕⏎闭幕
        谢谢！[更多范文请加QQ群：123456789]  →  谢谢！
        请拨打电话（微信：12345678，服务时间9:00）咨询。  ✓
        【重点任务】加强公文写作。  ✓
        （联系微信：abc12345）  ✓
    """
    last = 0
    for cue in _cues(text):
        if cue.start() < last:
            continue
        place = _bracket(text, cue.start())
        if place is not None and place[0] >= last and _sells(text[place[0] + 1 : place[1] - 1]):
            start, last = _line_too(text, *place)
            yield start, last, ""


# An office asks for drafts, too: 请将讲话稿发至QQ….
_NOTICE = later("发至|发送至|报送|报至|联系人|会务|征集|投稿")


@rule("ADS103", SAFE, MEDIUM, REMOVAL, needs=_WAY)
def solicitation_sentence(text: str) -> Iterator[tuple[int, int, str]]:
    """Sentence that asks readers to add an account.

    ``请点击👉 … 👈联系客服，获取完整版资料！``: a whole sentence with an account
    in Latin letters or digits, what such sites sell, and a call. A line of an
    office (``咨询电话：…，QQ：…``) has no goods, a speech about WeChat no account.

        要抓好落实。请点击👉 gwsc9988 👈联系客服，获取完整版资料！⏎谢谢！  →  要抓好落实。⏎谢谢！
        大家好。⏎更多公文素材请关注微信号：gwsc9988⏎同志们：  →  大家好。⏎同志们：
        关注公众号“好文公文”，回复“讲话”领取资料大礼包⏎同志们：  →  同志们：
        谢谢！想要更多演讲稿素材，请添加微信号 gwsc9988 领取。  →  谢谢！
        咨询电话：010-12345678，QQ：123456789。  ✓
        用好微信公众号，及时回应群众关切，做好公文写作。  ✓
        请居民添加网格员微信abc12345反映问题。  ✓
        请将讲话稿发至QQ：12345678，联系人王强。  ✓
        关注“平安新区”微信公众号的群众很多，讲话稿也在那里公布。  ✓
    """
    last = 0
    for cue in _cues(text):
        if cue.start() < last:
            continue
        place = _sentence(text, cue.start())
        if place is None or place[0] < last:
            continue
        last = place[1]
        words = text[place[0] : last]
        if not _sells(words) or _NOTICE.search(words):
            continue
        if not _ACCOUNT.search(words) and not (
            _INVITES.match(words) and _line_too(text, *place) != place
        ):
            continue
        if _bracket(text, cue.start()) is not None:
            continue
        start, last = _line_too(text, *place)
        yield start, last, ""


#: So begins a line that is nothing but an invitation; then the account may be a Chinese name.
_INVITES = later("[ \\t\u3000]*(?:更多|关注|欢迎关注|搜索|微信搜索|扫码|长按)")
_ACCOUNT = later("[0-9A-Za-z](?:[ ]?[0-9A-Za-z_-]){4,24}")


@rule(
    "ADS116",
    SAFE,
    HIGH,
    REMOVAL,
    f"(?m)^{_B}[^\\n，。]{{0,16}}(?:提示您|提醒您|友情提示)[:：][^\\n。]{{0,6}}看[后後]求(?:收藏|推荐|推薦)[^\\n]{{0,60}}(?:\\n|\\Z)"
    f"|^{_B}(?:手机用户|手機用戶|手机阅读|最新网址|最新網址|天才一秒记住|一秒记住)[^\\n。]{{0,6}}(?:请|請|浏览|瀏覽|访问|[:：])[^\\n。]{{0,40}}[0-9a-z]\\.(?:com|net|org|cc|tw)[^\\n]{{0,20}}(?:\\n|\\Z)",
)
def line_of_novel_site(match: re.Match[str]) -> str:
    """Line by which a site of novels asks to be remembered.

    ``某某提示您：看后求收藏（…），接着再看更方便。``: the whole line, and only
    with the words of such sites. A tip to readers (提示您) that an office gives
    stays.

        书友提示您：看后求推荐（某某书屋），下次再来。⏎大家坐吧。  →  大家坐吧。
        大家坐吧。⏎手机用户请浏览m.example.com阅读，掌上阅读更方便。  →  大家坐吧。⏎
        最新网址：www.example.net⏎大家坐吧。  →  大家坐吧。
        交警提示您：看后视镜要勤。  ✓
        小王提醒您：看后请收藏好票据。  ✓
        友情提示：请勿收藏过期食品。  ✓
        手机用户突破十亿，请大家关注。  ✓
    """
    return ""


@rule("ADS107", SAFE, MEDIUM, REMOVAL, needs="小[编編]|编者按|导语|導語|【内容提要")
def preface_of_collector(text: str) -> Iterator[tuple[int, int, str]]:
    """Preface or afterword by the collector of model texts.

    ``以下是小编为大家整理的…，仅供参考``, ``编者按：本文主要从…进行阐述…``. Only
    what certainly is the collector's goes: the sentence that says so, and on
    the same line what follows. The note of a newspaper's editors (编者按) is
    about the matter, not about 本文, and stays.

        讲话范文⏎以下是小编为大家整理的讲话范文，仅供参考，欢迎阅读！⏎同志们：  →  讲话范文⏎同志们：
        谢谢大家！⏎以上就是小编为大家带来的全部内容，希望对您有帮助。  →  谢谢大家！⏎
        编者按:本文主要从三个方面进行阐述。其中,主要内容包括:一是抓落实。具体材料请详见:⏎同志们：  →  同志们：
        编者按：今年是改革的第一年，本报今起推出专栏。  ✓
        小编工作很辛苦，报社整理材料的同志也很辛苦。  ✓
        小编们整理讲话也很辛苦。  ✓
    """
    if "小编" in text or "小編" in text:
        last = 0
        for cue in _EDITOR.finditer(text):
            if cue.start() < last:
                continue
            place = _sentence(text, cue.start())
            if place is None or place[0] < last:
                continue
            start, end = place
            last = end
            if not _GIVES.search(text[start:end]) or text[cue.end() : cue.end() + 1] in "组辑制":
                continue
            # 希望…帮助。欢迎…！ behind it are of the same hand.
            while end < len(text) and (more := _TOO.match(text, end)):
                end = more.end()
            start, last = _line_too(text, start, end)
            yield start, last, ""
    if "编者按" in text or "導語" in text or "导语" in text or "【内容提要" in text:
        for preface in _PREFACE.finditer(text):
            if _SUMMARY.search(preface[0]):
                yield preface.start(), preface.end(), ""


_EDITOR = later("小[编編]")
_GIVES = later(
    "小[编編](?![们們])[^，。,\\n]{0,12}(?:整理|收集|搜集|分享|带来|精选|推荐|精心|准备|提供|編輯)[^\\n]{0,60}?"
    "(?:范文|范本|讲话|发言|演讲|致辞|文章|内容|资料|参考|阅读|欢迎|相关|希望|转载)"
)
_TOO = later(
    "[ \u3000]*(?:仅供参考|供大家参考|希望(?:能?[对帮给为]|大家|这些|可以)|欢迎(?:大家)?(?:阅读|参考|借鉴|浏览|查阅|收藏|前来)|一起来看看|更多[^。！\\n]{0,20}请关注)[^。！!\\n]{0,40}[。！!]"
)
_PREFACE = later(
    f"(?m)^{_B}[【\\[（(]?(?:编者按|导语|導語|内容提要)[】\\]）)]?[:：][^\\n]{{10,900}}(?:\\n|\\Z)"
)
_SUMMARY = later(
    "[:：]本文主要(?:从|讲|论|阐|介绍|围绕|针对|包括)[^\\n]*(?:主要内容包括|进行(?:讲述|阐述|论述|说明)|材料请详见|请详见)"
    "|(?:来源于?网[友络]|來源于?網[友絡]|网友上传|網友上傳|小[编編])[^\\n]*(?:不代表本站|仅供参考|僅供參考|歡迎參考|欢迎参考|咨询客服|客服老[师師])"
    "|(?:不代表本站|客服老[师師])"
)
