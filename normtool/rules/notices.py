"""GAP: notices that the page holds back a part.

The notice is not the speech and goes; that something is missing is a fact of
the text and stays, as □ with the counts the page gives.
"""

from __future__ import annotations

import re

from normtool.chinese import LOST
from normtool.edits import GAP, HIGH, MEDIUM, SAFE
from normtool.patterns import later
from normtool.rule import rule

_OPEN = "[（(【\\[]"
_CLOSE = "[）)】\\]]"


@rule(
    "GAP121",
    SAFE,
    HIGH,
    GAP,
    f"(?:{_OPEN})?未完(?:待续)?[,，；;。][ ]?(?:全文|本文)共?约?[ ]?(?P<whole>[0-9]+)[ ]?字(?:[,，；;][ ]?(?:当前|目前|本页)?(?:仅|只)?(?:能)?(?:显示|可见)了?前?[ ]?(?P<shown>[0-9]+)[ ]?字(?:[,，]请[^()（）\\n]{{1,80}}(?=[)）]))?)?[。.]?(?:{_CLOSE})?",
)
def rest_not_shown(match: re.Match[str]) -> tuple[str, str]:
    """Notice that only the beginning is shown.

    ``（未完，全文共2000字，当前显示300字）``: what follows was never on the page.
    The notice goes, the loss stays marked.

        下面讲三点意见。（未完，全文共2000字，当前显示300字）  →  下面讲三点意见。□
        （未完，全文共5600字，当前仅显示900字）  →  □
        未完待续；全文约3000字。  →  □
        （未完，全文共5600字，当前仅显示900字，请阅读下面的提示。）  →  □
        事业未完，全文共勉。  ✓
        未完待续  ✓
        报告未完成，全文三千字  ✓
    """
    shown = match["shown"]
    if shown is None:
        return LOST, f"the page says: {match['whole']} characters in all, unfinished"
    return LOST, f"the page shows {shown} of {match['whole']} characters"


@rule(
    "GAP122",
    SAFE,
    HIGH,
    GAP,
    f"(?:{_OPEN})?此处(?:已)?隐藏(?:了)?[ ]?(?P<count>[0-9]+)[ ]?(?P<unit>个?字符|个?字|%|段)(?:[,，。.；;]?[ ]?(?:(?:升级|开通|加入|成为|登录)?[ ]?(?:VIP|vip|会员)+(?:后)?(?:可见|可查看|可阅读|查看全文|可看全文)|(?:请)?(?:登录|付费|购买|下载)后?(?:可)?(?:查看|阅读|显示)(?:全文|全部)?))?[。！!.]?(?:{_CLOSE})?",
)
def part_hidden(match: re.Match[str]) -> tuple[str, str]:
    """Notice that characters are hidden from those who do not pay.

    ``此处隐藏5000个字。VIP会员可见``: what is hidden was in the document and
    is not here, so the place is marked and the count is kept in the note. A
    sentence about hidden things gives no number of characters.

        要抓好落实。此处隐藏1200个字。VIP会员可见⏎谢谢大家！  →  要抓好落实。□⏎谢谢大家！
        抓好落实。此处隐藏300字。  →  抓好落实。□
        【此处隐藏2000个字符，登录后查看全文】  →  □
        此处隐藏着很大的风险。  ✓
        此处隐藏的问题不少  ✓
        这里隐藏300年的古村  ✓
    """
    return LOST, f"the page hides {match['count']} {_UNITS.get(match['unit'], 'characters')}"


_UNITS = {"%": "per cent", "段": "paragraphs"}


@rule(
    "GAP123",
    SAFE,
    MEDIUM,
    GAP,
    f"{_OPEN}[ ]?(?:(?:此处|以下|中间|下文|后文|内容)[ ]?(?:已)?(?:省略|略去|删去)|(?:省略|略去|删去))了?[ ]?(?P<count>[0-9]{{2,}})[ ]?个?字[。.]?[ ]?{_CLOSE}|(?m:^[ \\t\u3000]*(?P<line>(?:此处|以下|中间)?省略[ ]?(?P<number>[0-9]{{2,}})[ ]?个?字[。.]?)[ \\t\u3000]*$)",
)
def part_left_out(match: re.Match[str]) -> tuple[str, str]:
    """Notice that a number of characters is left out.

    ``（省略826字）``, in brackets or on a line of its own. A speaker who leaves
    something out gives no count in figures.

        抓好落实。（此处省略600字）谢谢大家！  →  抓好落实。□谢谢大家！
        抓好落实。⏎中间省略300字⏎谢谢！  →  抓好落实。⏎□⏎谢谢！
        【以下删去1500字】  →  □
        这里省略一些例子。  ✓
        要求作文（不少于600字）  ✓
        （此处省略）  ✓
    """
    return LOST, f"the page leaves out {match['count'] or match['number']} characters"


_BUY = "(?:付费|付款|购买|支付|(?:开通|加入|成为|注册|升级)(?:会员|VIP|vip))"
_ASK = "(?:登录|登陆|注册|下载|扫码关注|关注公众号|扫码|付费|付款|购买|支付|(?:开通|加入|成为|注册|升级)(?:会员|VIP|vip))"
_SEE = "(?:查看|阅读|浏览|看到|解锁)(?:全文|全部内容|完整(?:版|内容|文档|文章)|剩余|余下|隐藏)"


_SELLS = later("会员|VIP|开通|付费|充值|下载后|登录|请购买|购买后|继续阅读|阅读全文|查看全文|全文")


@rule(
    "GAP124",
    SAFE,
    HIGH,
    GAP,
    # Who pays sees more: that no speech says. Who logs in or loads down may well be spoken of.
    f"(?:{_OPEN})?(?:试读(?:已)?(?:结束|到此结束|完毕)|试看(?:已)?结束"
    f"|(?:剩余|余下|以下|其余)(?:的)?(?:内容|部分|全文|[0-9]+[%％字])(?:[,，]?[ ]?(?:需|需要|请|仅限)?(?:在)?{_BUY})"
    f"|{_BUY}后?(?:即可|可|才可|方可|才能)(?:继续)?{_SEE})"
    f"[^\\n。！!（）()【】\\[\\]]{{0,60}}[。！!]?(?:{_CLOSE})?"
    "|(?m:^(?:亲[，,])?该文档总共[0-9]+页[，,]到这[儿里]已超出免费预览范围[^\\n]{0,20}$|^(?:下载[ ]*)?还剩[0-9]+页未读[，,]继续阅读[ ]*$)"
    f"|(?m:^(?:{_OPEN})?(?:(?:剩余|余下|以下|其余)(?:的)?(?:内容|部分|全文|[0-9]+[%％字])[,，]?[ ]?(?:需|需要|请)(?:先)?{_ASK}后?(?:即可|方可|可|才能)?(?:继续)?(?:查看|阅读|浏览|显示|可见)"
    f"|(?:阅读|查看|浏览)(?:全文|全部内容|完整内容|完整版|剩余内容|更多内容)[,，]?[ ]?(?:需|需要|请)(?:先)?{_ASK}[^\\n。，！!]{{0,12}}"
    f"|{_ASK}后?(?:即可|可|才可|方可|才能)(?:继续)?{_SEE}[^\\n。，！!]{{0,12}}"
    f"|(?:剩余|余下|还有)[ ]?[0-9]+[ ]?[%％页字]?(?:的?内容)?(?:未读|未显示|未展示)[,，]?[ ]?[^\\n。，]{{0,20}})[。！!]?(?:{_CLOSE})?$)",
)
def end_of_trial(match: re.Match[str]) -> tuple[str, str] | None:
    """Notice that the rest is for members or buyers.

    ``试读结束，…``, ``剩余内容需下载后查看``, ``登录后可查看全文``: something stood
    here or after here. Counts are kept in the note.

        讲三点意见。试读结束，开通会员继续阅读  →  讲三点意见。□
        讲三点意见。⏎剩余60%需付费查看⏎  →  讲三点意见。⏎□⏎
        讲三点意见。⏎剩余60%内容未读，下载后可阅读  →  讲三点意见。⏎□
        讲三点意见。⏎亲，该文档总共8页，到这儿已超出免费预览范围，如果喜欢就下载吧！  →  讲三点意见。⏎□
        讲三点意见。⏎下载 还剩5页未读，继续阅读  →  讲三点意见。⏎□
        试读课本的学生  ✓
        试读结束后，读者普遍反映良好。  ✓
        剩余部分请各单位认真研究。  ✓
        其余部分请登录政务网查询。  ✓
        群众登录后可查看全文，提出意见。  ✓
    """
    if match[0].lstrip("（(【[").startswith(("试读", "试看")) and not _SELLS.search(match[0]):
        return None  # 试读结束后，读者反映良好
    counts = "; ".join(re.findall("[0-9]+[ ]?[%％字页]", match[0]))
    return LOST, "the page keeps the rest for members" + (f" ({counts})" if counts else "")
