"""ADS: what the site advertises, and what it did to keep its text from being copied.

A place counts only as a whole: a line, a bracket or a sentence, and only if it
says two things together that no speech says together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtool.edits import HIGH, MEDIUM, REMOVAL, SAFE
from normtool.rule import rule
from normtool.rules.lists import any_of, read_list

_B = "[ \\t\u3000]*+"
_END = f"{_B}(?:\\n|\\Z)"
_LINE = f"(?m)^{_B}"
_STOP = "。！？!?；;\n"
_OPENING, _CLOSING = "【（([［〔", "】）)]］〕"
#: A sentence or bracket of advertising is not longer than this.
_LONGEST = 160


def _bracket(text: str, place: int) -> tuple[int, int] | None:
    """The bracket on this line that ``place`` stands in."""
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
    start = place
    while start and text[start - 1] not in _STOP:
        start -= 1
        if place - start > _LONGEST:
            return None
    for end in range(place, min(place + _LONGEST, len(text))):
        if text[end] == "\n":
            return start, end
        if text[end] in _STOP:
            return start, end + 1
    return (start, len(text)) if len(text) - place < _LONGEST else None


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


_CONTACT = re.compile(
    '(?:微[ ]?信|薇信|威信|[Qq][Qq]群?|VX|vx|[Ww][Xx](?![A-Za-z])|[加＋+][Vv]|公众号|公眾號|群号|👉)(?:号码?|群|搜索|搜|名|公众号)?[ :：=“"「《【\\[👉]{0,4}'
    '(?:[0-9A-Za-z](?:[ ]?[0-9A-Za-z_-]){4,24}|[一-鿿]{2,12}(?=[”"」》】\\]，,。！! ]|$))'
)
#: What such sites sell.
_GOODS = re.compile(
    "公文|范文|文稿|文秘|素材|完整版|代写|代筆|写材料|写稿|讲话稿|讲稿|原创稿|文库|课件|客服|联系老师|咨询老师|(?:全套|海量|更多|完整|电子版)[^，。\\n]{0,6}(?:资料|材料|文章|稿件|文档)|(?:资料|材料|稿件|文档)(?:群|库|大全|下载)"
)
_CALL = re.compile(
    "请?[添]?加|关注|關注|搜索|搜一搜|扫码|扫一扫|长按|联系|获取|领取|索取|咨询|点击|更多|定制|回复|進群|进群|入群|微信[号]?[ ]?[:：]|QQ[群]?[ ]?[:：]"
)
_CUE = re.compile("微[ ]?信|薇信|威信|[Qq]{2}|VX|vx|wx|WX|加[Vv]|公众号|公眾號|👉")


def _has_contact(text: str) -> bool:
    return any(
        cue in text
        for cue in ("微信", "QQ", "qq", "公众号", "👉", "微 信", "VX", "vx", "wx", "WX", "加V", "加v", "薇信", "威信", "公眾號")
    )  # fmt: skip


def _sells(words: str) -> bool:
    contact = _CONTACT.search(words)
    if contact is None:
        return False
    rest = words[: contact.start()] + " " + words[contact.end() :]
    # The name of an account may be 某某公文: the goods are asked for beside it.
    return _GOODS.search(rest) is not None and _CALL.search(words) is not None


@rule("ADS101", SAFE, HIGH, REMOVAL)
def solicitation_in_brackets(text: str) -> Iterator[tuple[int, int, str]]:
    """Bracket that asks readers to add an account.

    ``【更多公文素材，加微信：…】``: an account, and what such sites sell, in
    brackets of their own. A bracket with the telephone number or the account
    of an office sells nothing and stays, and so does a heading in 【】.

        讲三点意见：【更多讲话稿，加微信：gwsc9988】  →  讲三点意见：
        开幕⏎（获取完整版请加QQ：123456789，联系客服）⏎闭幕  →  开幕⏎闭幕
        请拨打电话（微信：12345678，服务时间9:00）咨询。  ✓
        【重点任务】加强公文写作。  ✓
    """
    if not _has_contact(text):
        return
    last = 0
    for cue in _CUE.finditer(text):
        if cue.start() < last:
            continue
        place = _bracket(text, cue.start())
        if place is not None and place[0] >= last and _sells(text[place[0] + 1 : place[1] - 1]):
            start, last = _line_too(text, *place)
            yield start, last, ""


@rule("ADS103", SAFE, MEDIUM, REMOVAL)
def solicitation_sentence(text: str) -> Iterator[tuple[int, int, str]]:
    """Sentence that asks readers to add an account.

    ``请点击👉 … 👈联系客服，获取完整版资料！``: a whole sentence with an account
    in Latin letters or digits, what such sites sell, and a call. A line of an
    office (``咨询电话：…，QQ：…``) has no goods, a speech about WeChat no account.

        要抓好落实。请点击👉 gwsc9988 👈联系客服，获取完整版资料！⏎谢谢！  →  要抓好落实。⏎谢谢！
        大家好。⏎更多公文素材请关注微信号：gwsc9988⏎同志们：  →  大家好。⏎同志们：
        咨询电话：010-12345678，QQ：123456789。  ✓
        用好微信公众号，及时回应群众关切，做好公文写作。  ✓
        请居民添加网格员微信abc12345反映问题。  ✓
    """
    if not _has_contact(text):
        return
    last = 0
    for cue in _CUE.finditer(text):
        if cue.start() < last or _bracket(text, cue.start()) is not None:
            continue
        place = _sentence(text, cue.start())
        if place is None or place[0] < last:
            continue
        words = text[place[0] : place[1]]
        if not _ACCOUNT.search(words) or not _sells(words):
            continue
        start, last = _line_too(text, *place)
        yield start, last, ""


_ACCOUNT = re.compile("[0-9A-Za-z](?:[ ]?[0-9A-Za-z_-]){4,24}")


@rule(
    "ADS102",
    SAFE,
    MEDIUM,
    REMOVAL,
    # Letters set apart, so that a filter of addresses does not see them.
    "(?:(?P<scheme>h ?t ?t ?p ?s? ?: ?/ ?/ ?))?[wW] {1,2}[wW] {1,2}[wW] {0,2}[.．。](?: {0,2}[0-9A-Za-z-]){2,30} {0,2}[.．。] {0,2}(?:[cC] {0,2}[oO] {0,2}[mM]|[nN] {0,2}[eE] {0,2}[tT]|[oO] {0,2}[rR] {0,2}[gG]|[cC] {0,2}[nN])(?: {0,2}[.．。] {0,2}[cC] {0,2}[nN])?(?![0-9A-Za-z])"
    "|[【\\[][ ]?(?:https?://)?[wW]{3}[.．][0-9A-Za-z-]{2,30}(?:[.．][0-9A-Za-z]{2,6}){1,2}[ ]?(?:--|——|—|-|–)[ ]?[一-鿿]{2,12}[ ]?[】\\]]",
)
def address_as_stamp(match: re.Match[str]) -> str | None:
    """Address of the web that the site stamped into its text.

    ``w w w . 某某 . c o m``, letters set apart, and ``【www.….com--栏目】``.
    An address that belongs to what is said is written as an address, and the
    one of an authority stays however it is written.

        要抓紧 w w w . g w s c o . c o m落实  →  要抓紧 落实
        【www.gwsco.com--感恩演讲】同志们：  →  同志们：
        详情见https://www.example.org/a  ✓
        公告载于www.gov.cn  ✓
        w w w . g o v . c n  ✓
    """
    return None if ".gov" in match[0].replace(" ", "").lower().replace("．", ".") else ""


_SLOGANS = sorted({entry[0] for entry in read_list("slogans")})


@rule(
    "ADS104",
    SAFE,
    HIGH,
    REMOVAL,
    "[【（(\\[]?(?:" + any_of(_SLOGANS).replace("，", "[,，]") + ")[。！!]?[】）)\\]]?",
)
def slogan(match: re.Match[str]) -> str:
    """Slogan of a site in the middle of the text.

    Put in anywhere, even inside a word, so that copies can be known. Only the
    strings of ``slogans.tsv``.

        全县同公务员之家，全国公务员共同天地志们  →  全县同志们
        公务员之家建成了。  ✓
    """
    opened, closed = match[0][0] in "【（([", match[0][-1] in "】）)]"
    if opened == closed:
        return ""
    return match[0][0] if opened else match[0][-1]


@rule(
    "ADS105",
    SAFE,
    HIGH,
    REMOVAL,
    "(?:本文)?由会员[^\\n，。]{0,16}?分享[,，][^\\n]{0,160}?(?:搜索|珍藏版[）)]?[》】]?|查看|下载)[。.！]?"
    "|(?:【提示】|\\[提示\\])?(?:【)?本文档(?:来源自|来源于|来自|由|下载自)[^\\n]{0,160}?(?:谢谢[！!。]?|保留以上标记[，,]?(?:谢谢)?[！!。]?|(?:提供|整理|下载|上传)[。！!]?)(?:】)?",
)
def footer_of_document_site(match: re.Match[str]) -> str | None:
    """Footer of a site where documents are shared.

    ``由会员分享，可在线阅读，更多相关《…》请在…上搜索``, ``本文档来源自…``: the
    formula of the site around the title of the document.

        谢谢大家！⏎由会员分享，可在线阅读，更多相关《讲话》请在好文阁上搜索。  →  谢谢大家！⏎
        谢谢！【提示】本文档来源自好文阁（www.hwg.example），转发请保留以上标记，谢谢！  →  谢谢！
        由工会会员分享经验，大家讨论。  ✓
    """
    said = match[0]
    if "分享" in said and not ("可在线阅读" in said or "珍藏版" in said or "更多相关" in said):
        return None
    return ""


_SITE = "(?:本站|本网|网站|[一-鿿]{1,8}网|文库|文秘|www\\.|WWW\\.|http|\\.com|\\.cn|\\.net|公众号|admin|网络|互联网)"


@rule(
    "ADS106",
    SAFE,
    HIGH,
    REMOVAL,
    f"{_LINE}[（(【\\[★*]*+{_B}(?:(?:本文|文章|本篇|本稿|内容|资料|以上(?:内容|文章|评论)?|以下评论|部分(?:内容|文章|资料))(?:来源|来自|出自|源自|转自|转载自|转载|均|仅|由|为|系|摘自|地址|链接|网址|版权)"
    "|转载(?:请|时|须|自|本)|轉載請|未经(?:本站|本网|许可|授权|允许|书面)|版权(?:所有|声明|归|申明|提示)|版權(?:所有|聲明)|免责声明|免責聲明|郑重声明|特别声明|特别说明|声明[:：]|如有侵权|如(?:有|果)?侵犯|若侵犯|侵权(?:删除|必究|请联系)|(?:[Cc]opyright|©)"
    "|(?:责任编辑|责编|文章录入|文章编辑|編輯|来源地址|原文(?:地址|链接|网址)|转自|来源网址|网址)[:：])"
    f"[^\\n]{{0,300}}{_END}",
)
def line_about_source_or_copyright(match: re.Match[str]) -> str | None:
    """Line on where the page got the text, who owns it and who is not liable.

    ``本文来自…网，转载请注明出处``, ``版权所有 未经许可不得转载``, ``免责声明：…``.
    The line must begin with such words, hold a second sign of a site, and no
    more than that; a sentence about copyright or about a source begins as one.

        谢谢大家！⏎本文来自好文阁网，转载请注明出处  →  谢谢大家！⏎
        谢谢大家！⏎版权所有 未经许可不得转载⏎  →  谢谢大家！⏎
        谢谢大家！⏎（责任编辑：admin）  →  谢谢大家！⏎
        版权所有者的合法权益必须得到保护，不得转载他人作品。  ✓
        未经许可擅自转载的网站，要依法处理，加强版权保护。  ✓
        本文来源于作者在基层的调查。  ✓
        声明：我们坚决支持这一决定。  ✓
    """
    line = match[0].strip(" \t\u3000\n")
    for sure in _OWNER:
        if sure.search(line):
            return ""
    return None


_OWNER = (
    # the source, named as a site
    re.compile(f"^[（(【\\[★*]*(?:本文|文章|本篇|资料|内容|以上内容)?(?:来源|来自|出自|源自|转自|转载自|摘自)(?:于)?[:：]?[^，。；]{{0,30}}?{_SITE}[^，。；]{{0,40}}(?:[,，][ ]?(?:转载|转发|未经|欢迎)[^。；]{{0,30}})?[。！!】）)\\]]*$"),
    re.compile("^[（(【\\[★*]*(?:本文|文章|原文|来源)?(?:地址|链接|网址)[:：][ ]?(?:https?://|www\\.)[^ \\n，。]{4,150}[】）)\\]]*$"),
    # the right to copy
    re.compile("^[（(【\\[★*]*(?:转载|转發|轉載)(?:时|本文|本站)*(?:请|須|须|時請|時|請)[^。；\\n]{0,12}(?:注明|註明|标明|保留|联系)[^。；\\n]{0,40}[。！!】）)\\]]*$"),
    re.compile("^[（(【\\[★*]*版[权權]所有(?![者权人的])[^。；\\n]{0,40}?(?:不得|禁止|谢绝|未经|未經|翻印必究|侵权必究|©|[Cc]opyright|责任编辑|保留所有权利|请勿转载)[^。；\\n]{0,60}[。！!】）)\\]]*$"),
    re.compile("^[（(【\\[★*]*(?:未经|未經)(?:本站|本网|书面|作者)*(?:许可|授权|允许|同意)[，, ]?(?:请勿|不得|禁止|严禁|谢绝|任何人不得)[^。；，\\n]{0,4}(?:转载|复制|转发|使用)[。！!】）)\\]]*$"),
    re.compile("^(?:[Cc]opyright|©)[ ©0-9(cC)-]{1,20}[^。；\\n]{0,80}(?:All [Rr]ights|版权所有|\\.com|\\.cn|网|网站)"),
    # who is not liable
    re.compile("^[（(【\\[★*]*(?:版[权權](?:声明|聲明|申明|提示)|免[责責](?:声明|聲明)|郑重声明|特别声明|特别说明|声明|本文|文章|以上|以下|部分|如)[^\\n]{0,260}(?:本站|本網站|本网站|本平台|本网)[^\\n]{0,260}(?:侵权|侵權|删除|刪除|法律责任|法律責任|立场|立場|观点|觀點|无关|無關|联系|版权|邮[箱件]|郵件)"),
    re.compile("^[（(【\\[★*]*(?:以上|以下|本文|文章)[^\\n]{0,30}(?:仅代表|只代表|不代表)[^\\n]{0,20}(?:观点|立场|意见)[^。；\\n]{0,30}(?:本站|本网|网站|平台)[^。；\\n]{0,20}[。！!】）)\\]]*$"),
    re.compile("^[（(【\\[★*]*(?:如有侵权|侵权|如侵权|如有侵犯|如果侵犯|若侵犯)[^。；\\n]{0,30}(?:联系|删除|必究)[^。；\\n]{0,20}[。！!】）)\\]]*$"),
    re.compile("^[（(【\\[★*]*(?:责任编辑|责编|文章录入|文章编辑|編輯)[:：][ ]?(?:admin|Admin|ADMIN|佚名|管理员|网络|小编|[A-Za-z0-9_]{2,12})[】）)\\]]*$"),
)  # fmt: skip


@rule("ADS107", SAFE, MEDIUM, REMOVAL)
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
    """
    if "小编" in text or "小編" in text:
        last = 0
        for cue in _EDITOR.finditer(text):
            if cue.start() < last:
                continue
            place = _sentence(text, cue.start())
            if place is None or place[0] < last or not _GIVES.search(text[place[0] : place[1]]):
                continue
            start, end = place
            # 希望…帮助。欢迎…！ behind it are of the same hand.
            while end < len(text) and (more := _TOO.match(text, end)):
                end = more.end()
            start, last = _line_too(text, start, end)
            yield start, last, ""
    if "编者按" in text or "導語" in text or "导语" in text or "【内容提要" in text:
        for preface in _PREFACE.finditer(text):
            if _SUMMARY.search(preface[0]):
                yield preface.start(), preface.end(), ""


_EDITOR = re.compile("小[编編]")
_GIVES = re.compile(
    "小[编編][^，。,\\n]{0,12}(?:整理|收集|搜集|分享|带来|精选|推荐|精心|准备|提供|編輯)[^\\n]{0,60}?"
    "(?:范文|范本|讲话|发言|演讲|致辞|文章|内容|资料|参考|阅读|欢迎|相关|希望)"
)
_TOO = re.compile(
    "[ \u3000]*(?:仅供参考|供大家参考|希望(?:能?对|大家|这些|可以)|欢迎(?:大家)?(?:阅读|参考|借鉴|浏览|查阅|收藏|前来)|一起来看看|更多[^。！\\n]{0,20}请关注)[^。！!\\n]{0,40}[。！!]"
)
_PREFACE = re.compile(
    f"(?m)^{_B}[【\\[（(]?(?:编者按|导语|導語|内容提要)[】\\]）)]?[:：][^\\n]{{10,900}}(?:\\n|\\Z)"
)
_SUMMARY = re.compile(
    "[:：]本文主要(?:从|讲|论|阐|介绍|围绕|针对|包括)[^\\n]*(?:主要内容包括|进行(?:讲述|阐述|论述|说明)|材料请详见|请详见)"
    "|(?:来源于?网[友络]|來源于?網[友絡]|网友上传|網友上傳|小[编編])[^\\n]*(?:不代表本站|仅供参考|僅供參考|歡迎參考|欢迎参考|咨询客服|客服老[师師])"
    "|(?:不代表本站|客服老[师師])"
)


@rule(
    "ADS108",
    SAFE,
    MEDIUM,
    REMOVAL,
    f"{_LINE}(?P<mark>[【（(\\[]?)(?:文章|全文|本文)共[ ]?[0-9]+[ ]?字[,，][^\\n。]{{0,20}}(?:仅供|参考|借鉴|范文)[^\\n。]{{0,20}}[。]?[】）)\\]]?{_END}"
    f"|^{_B}[一-鿿]{{2,6}}(?:网|库|汇|站|阁|坊|吧)?[,，：: ](?:[一-鿿]{{0,8}}(?:范文|公文|文秘|文稿|办公文档|文档|写作)[一-鿿]{{0,6}}(?:之家|天地|文库|网站|平台|神器|基地)|[一-鿿]{{2,8}}(?:的公文写作神器|范文大全)){_B}[!！。]?{_B}(?:立即了解|点击了解|查看详情)?{_END}",
)
def line_of_site(match: re.Match[str]) -> str:
    """Line on which the site praises itself.

    A name, a comma and what it is (``…，办公文档之家``), or ``文章共…字，仅供参考``:
    the whole line, without a sentence.

        大家好。⏎好文阁，范文写作之家⏎我先讲。  →  大家好。⏎我先讲。
        再见。⏎【文章共5600字，精选范文，仅供学习参考】  →  再见。⏎
        建好职工书屋，打造职工之家  ✓
        建设公务员之家  ✓
    """
    return ""
