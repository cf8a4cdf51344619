"""ADS: what the site says of itself: slogans, sources, copyright, footers.

Only whole lines, brackets and last sentences, and only if they say two things
together that no speech says together.
"""

from __future__ import annotations

import re

from normtool.edits import HIGH, MEDIUM, REMOVAL, SAFE
from normtool.patterns import later
from normtool.rule import rule
from normtool.rules.lists import any_of, read_list

_B = "[ \\t\u3000]*+"
_END = f"{_B}(?:\\n|\\Z)"
_LINE = f"(?m)^{_B}"


_ADDRESS = "(?:https?://)?[wW]{3}[.．][0-9A-Za-z-]{2,30}(?:[.．][0-9A-Za-z]{2,6}){1,2}"


@rule(
    "ADS102",
    SAFE,
    MEDIUM,
    REMOVAL,
    # Letters set apart, so that a filter of addresses does not see them.
    "(?:(?P<scheme>(?=h[ t][ t])h ?t ?t ?p ?s? ?: ?/ ?/ ?))?[wW] {1,2}[wW] {1,2}[wW] {0,2}[.．。](?: {0,2}[0-9A-Za-z-]){2,30} {0,2}[.．。] {0,2}(?:[cC] {0,2}[oO] {0,2}[mM]|[nN] {0,2}[eE] {0,2}[tT]|[oO] {0,2}[rR] {0,2}[gG]|[cC] {0,2}[nN])(?: {0,2}[.．。] {0,2}[cC] {0,2}[nN])?(?![0-9A-Za-z])"
    "|[【\\[][ ]?(?:https?://)?[wW]{3}[.．][0-9A-Za-z-]{2,30}(?:[.．][0-9A-Za-z]{2,6}){1,2}[ ]?(?:--|——|—|-|–)[ ]?[一-鿿]{2,12}[ ]?[】\\]]"
    # full-width dots, and brackets with the name of the site or the word for source
    "|(?<![录問问见見址站为為是网網：:在于於至到览覽阅閱载載击擊])[wW]{3}．[0-9A-Za-z-]{2,30}．(?:com|net|org|cn)(?:．cn)?(?![0-9A-Za-z])"
    f"|[【\\[（(][ ]?(?:(?:来源|出处|摘自)[:：][ ]?{_ADDRESS}|{_ADDRESS}[ ]?[一-鿿]{{2,10}}(?:网|站|库|阁)|[一-鿿]{{2,10}}(?:网|库|阁)(?=[ hwW])[ ]?{_ADDRESS})[ ]?[】\\]）)]"
    f"|(?<=[，。；！？、])【{_ADDRESS}】",
)
def address_as_stamp(match: re.Match[str]) -> str | None:
    """Address of the web that the site stamped into its text.

    ``w w w . 某某 . c o m``, letters set apart, and ``【www.….com--栏目】``.
    An address that belongs to what is said is written as an address, and the
    one of an authority stays however it is written.

        要抓紧 w w w . e x a m p l e . c o m落实  →  要抓紧 落实
        【www.example.com--范文频道】同志们：  →  同志们：
        任务重，（www.example.net 某某秘书网）要抓紧。  →  任务重，要抓紧。
        要抓紧www．example．com落实。  →  要抓紧落实。
        谢谢！[www.example.cn--范文频道]  →  谢谢！
        详情见https://www.example.org/a  ✓
        请登录官网（www.example.org）报名  ✓
        公告载于www.gov.cn  ✓
        请登录www．example．org查询  ✓
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
        全镇（好范文，全国公务员公同的天地）群众  →  全镇群众
        工作公务员之家,全国公务员共同天地要求  →  工作要求
        公务员之家建成了。  ✓
        公务员共同学习  ✓
        全国公务员队伍建设  ✓
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
    "(?:本文)?由会员[^\\n，。]{0,16}?分享[,，][^\\n。]{0,200}[。.！]?"
    "|(?:【提示】|\\[提示\\])?(?:【)?本文档(?:来源自|来源于|来自|由|下载自)[^\\n]{0,160}?(?:谢谢[！!。]?|保留以上标记[，,]?(?:谢谢)?[！!。]?|(?:提供|整理|下载|上传)(?:[。！!】]|(?=\\n|\\Z)))(?:】)?"
    f"|(?m:^){_B}(?:(?:文档|资源)贡献者[:：][^\\n]{{0,60}}什么也没(?:有)?留下|(?:该|本)文档(?:由用户|为会员)[^\\n]{{0,40}}上传)[。！]?{_END}",
)
def footer_of_document_site(match: re.Match[str]) -> str | None:
    """Footer of a site where documents are shared.

    ``由会员分享，可在线阅读，更多相关《…》请在…上搜索``, ``本文档来源自…``: the
    formula of the site around the title of the document.

        谢谢大家！⏎由会员分享，可在线阅读，更多相关《讲话》请在好文阁上搜索。  →  谢谢大家！⏎
        谢谢！【提示】本文档来源自好文阁（www.hwg.example），转发请保留以上标记，谢谢！  →  谢谢！
        谢谢大家！⏎文档贡献者：laoli88 该文档贡献者很忙，什么也没留下。  →  谢谢大家！⏎
        由工会会员分享经验，大家讨论。  ✓
        本文档由市委办公室提供，供会议讨论使用。  ✓
        这份文档来自基层  ✓
    """
    said = match[0]
    if "本文档" in said and not _NAMES_SITE.search(said):
        return None  # 本文档由市委办公室提供
    if "分享" in said and not ("可在线阅读" in said or "珍藏版" in said or "更多相关" in said):
        return None
    return ""


_NAMES_SITE = later("网|文库|范文|文秘|[Ww]{3}|http|\\.com|\\.cn|\\.example|保留以上标记|下载自")
_SITE = "(?:本站|本网|网站|[一-鿿]{1,8}网|文库|文秘|www\\.|WWW\\.|http|\\.com|\\.cn|\\.net|公众号|admin|网络|互联网)"


@rule(
    "ADS106",
    SAFE,
    HIGH,
    REMOVAL,
    f"{_LINE}[（(【\\[★※*]*+{_B}(?:来源[:：](?=网络|互联网)|(?:本文|文章|本篇|本稿|文档|内容|资料|以上(?:内容|文章|评论)?|以下评论|部分(?:内容|文章|资料)|网友评论|用户评论)(?:来源|来自|出自|源自|转自|转载自|轉載自|轉自|來自|转载|均|仅|只|由|为|系|摘自|地址|链接|网址|版权)"
    "|转载(?:请|时|须|自|本)|轉載請|未经(?:本站|本网|许可|授权|允许|书面)|版权(?:所有|声明|归|申明|提示)|版權(?:所有|聲明)|免责声明|免責聲明|郑重声明|特别声明|特别说明|声明[:：]|如有侵权|如(?:有|果)?侵犯|若侵犯|侵权(?:删除|必究|请联系)|(?:[Cc]opyright|©)"
    "|(?:责任编辑|责编|文章录入|文章编辑|編輯|来源地址|原文(?:地址|链接|网址)|转自|来源网址)[:：])"
    f"[^\\n]{{0,300}}{_END}",
)
def line_about_source_or_copyright(match: re.Match[str]) -> str | None:
    """Line on where the page got the text, who owns it and who is not liable.

    ``本文来自…网，转载请注明出处``, ``版权所有 未经许可不得转载``, ``免责声明：…``.
    The line must begin with such words, hold a second sign of a site, and no
    more than that; a sentence about copyright or about a source begins as one.

        谢谢大家！⏎本文来自好文阁网，转载请注明出处  →  谢谢大家！⏎
        谢谢大家！⏎版权所有 未经许可不得转载⏎  →  谢谢大家！⏎
        谢谢大家！⏎版权所有 转载请注明出处  →  谢谢大家！⏎
        谢谢大家！⏎本文由 好文秘 搜集整理，版权归原作者所有，转载请注明出处！  →  谢谢大家！⏎
        谢谢大家！⏎网友评论只代表网友自己，不代表本站立场  →  谢谢大家！⏎
        谢谢大家！⏎文章来源于网络，如有侵权请联系删除。  →  谢谢大家！⏎
        谢谢大家！⏎原文链接：http://www.example.org/jianghua/12.html  →  谢谢大家！⏎
        谢谢大家！⏎本文来源于互联网，如有侵权请联系删除。 QQ：12345678⏎  →  谢谢大家！⏎
        謝謝大家！⏎※本文轉載自某某資訊網(http://www.example.org)，版權所有，請勿轉載※⏎  →  謝謝大家！⏎
        谢谢大家！⏎来源：网络整理 免责声明：本文仅限学习分享，请联系我们及时删除。⏎  →  谢谢大家！⏎
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
    later(f"^[（(【\\[★※*]*(?:本文|文章|本篇|资料|内容|文档|以上内容)?(?:来源|来自|出自|源自|转自|转载自|摘自|轉載自|轉自|來自)(?:于)?[:：]?[^，。；]{{0,30}}?{_SITE}[^，。；]{{0,40}}(?:[,，][ ]?(?:转载|转发|未经|欢迎|版權|版权|請勿|请勿)[^。；]{{0,30}})?[。！!】）)※\\]]*$"),
    later("^(?:本文|文章|文档)?(?:来源|来自|出自)[:：][^，。；\\n]{1,30}(?:https?://|www\\.)[!-~]{4,80}[ ]*(?:(?:本文|原文)?(?:地址|链接)[:：][ ]?https?://[!-~]{4,120})?$"),
    later("^来源[:：](?:网络|互联网)[^\\n，。]{0,8}免责声明[:：][^\\n]{0,80}(?:删除|侵权)[^\\n。]{0,8}[。]?$"),
    later("^[（(【\\[★*]*(?:本文|文章|原文|来源)?(?:地址|链接|网址)[:：][ ]?(?:https?://|www\\.)[^ \\n，。]{4,150}[】）)\\]]*$"),
    # the right to copy
    later("^[（(【\\[★*]*(?:转载|转發|轉載)(?:时|本文|本站)*(?:请|須|须|時請|時|請)[^。；\\n]{0,12}(?:注明|註明|标明|保留|联系)[^。；\\n]{0,40}[。！!】）)\\]]*$"),
    later("^[（(【\\[★*]*版[权權]所有(?![者权人的])[^。；\\n]{0,40}?(?:不得|禁止|谢绝|未经|未經|翻印必究|侵权必究|©|[Cc]opyright|责任编辑|保留所有权利|请勿转载)[^。；\\n]{0,60}[。！!】）)\\]]*$"),
    later("^[（(【\\[★*]*(?:未经|未經)(?:本站|本网|书面|作者)*(?:许可|授权|允许|同意)[，, ]?(?:请勿|不得|禁止|严禁|谢绝|任何人不得)[^。；，\\n]{0,4}(?:转载|复制|转发|使用)[。！!】）)\\]]*$"),
    later("^[（(【\\[★*]*版[权權]所有[ 　，,]+(?:转载|轉載|翻版|侵权)[^。；\\n]{0,30}$"),
    later("^(?:[Cc]opyright|©)[ ©0-9(cC)-]{1,20}[^。；\\n]{0,80}(?:All [Rr]ights|版权所有|\\.com|\\.cn|网|网站)"),
    later("^[（(【\\[★*]*本(?:文|篇|稿|文章)由[^。；\\n]{1,24}?(?:搜集|收集|整理|编辑|上传|发布|提供|分享)[^\\n]{0,40}(?:版权归|转载请|注明出处|侵权)[^\\n]{0,40}$"),
    # who is not liable
    later("^[（(【\\[★*]*(?:网友|以上|用户)?评论(?:仅|只)[^\\n]{0,40}(?:本站|本网|网站)[^\\n]{0,20}$"),
    later("^[（(【\\[★*]*(?:版[权權](?:声明|聲明|申明|提示)|免[责責](?:声明|聲明)|郑重声明|特别声明|特别说明|声明|本文|文章|以上|以下|部分|如)[^\\n]{0,260}(?:本站|本網站|本网站|本平台|本网)[^\\n]{0,260}(?:侵权|侵權|删除|刪除|法律责任|法律責任|立场|立場|观点|觀點|无关|無關|联系|版权|邮[箱件]|郵件)"),
    later("^[（(【\\[★*]*(?:以上|以下|本文|文章)[^\\n]{0,30}(?:仅代表|只代表|不代表)[^\\n]{0,20}(?:观点|立场|意见)[^。；\\n]{0,30}(?:本站|本网|网站|平台)[^。；\\n]{0,20}[。！!】）)\\]]*$"),
    later("^[（(【\\[★*]*(?:本文|文章|资料|内容|图片|素材|部分)(?:内容|文章|资料)?[^\\n。]{0,14}(?:网络|网友|互联网)[^\\n]{0,20}(?:侵权|侵犯)[^。；\\n]{0,16}(?:联系|删除|告知)[^。；\\n]{0,20}[。！!】）)\\]]*(?:[ ]*(?:QQ|邮箱|电话)[:：][!-~]{5,40}){0,3}$"),
    later("^[（(【\\[★*]*(?:转载|轉載)(?:请|須|须)[^\\n]{0,8}(?:来自|出自|出处|原文)[^\\n]{0,40}(?:本文|原文)?(?:地址|链接|网址)[:：][ ]?(?:https?://|www\\.)[^ \\n]{4,150}$"),
    later("^[（(【\\[★*]*(?:如有侵权|侵权|如侵权|如有侵犯|如果侵犯|若侵犯)[^。；\\n]{0,30}(?:联系|删除|必究)[^。；\\n]{0,20}[。！!】）)\\]]*$"),
    later("^[（(【\\[★*]*(?:责任编辑|责编|文章录入|文章编辑|編輯)[:：][ ]?(?:admin|Admin|ADMIN|佚名|管理员|网络|小编|[A-Za-z0-9_]{2,12})[】）)\\]]*$"),
)  # fmt: skip


@rule(
    "ADS109",
    SAFE,
    MEDIUM,
    REMOVAL,
    "(?:本文(?:来源|来自|出自|转自)|转载请|转载本文|未经(?:本站|许可|授权|允许)|版权所有)(?<=[。！？”）)].{4})[^\\n]{0,120}$"
    "|[（(【\\[](?:责任编辑|责编|文章录入|文章编辑)[:：][ ]?[0-9A-Za-z_一-鿿· ]{1,12}[）)】\\]][ ]*$"
    "|(?<=[。！？”])[（(【\\[](?:来源|文章来源|稿源|转自)[:：][ ]?[一-鿿]{2,8}(?:网|范文|文库|日报|晚报)[）)】\\]][ ]*$",
    re.MULTILINE,
)
def words_of_site_behind_text(match: re.Match[str]) -> str | None:
    """Source, copyright or editor of the page behind the last sentence of a line.

    The same words as on a line of their own, glued to the text by the scraper.
    They must be the rest of the line and begin behind a full stop; the editor
    of the page stands in brackets.

        谢谢大家！本文来自好文阁网，转载请注明出处。  →  谢谢大家！
        谢谢大家！（责任编辑：admin）  →  谢谢大家！
        谢谢大家！（来源：好文阁网）  →  谢谢大家！
        大家共勉。（责任编辑：李明）  →  大家共勉。
        情况就是这样。本文来自基层的调查说明了问题。  ✓
        作品要登记。版权所有者不得转让署名权。  ✓
        各报社（责任编辑：三人）已经到位  ✓
    """
    said = match[0].rstrip()
    if said[0] in "（(【[":
        return ""
    return "" if any(sure.search(said) for sure in _OWNER) else None


@rule(
    "ADS108",
    SAFE,
    MEDIUM,
    REMOVAL,
    f"{_LINE}(?P<mark>[【（(\\[]?)(?:文章|全文|本文)共[ ]?[0-9]+[ ]?字[,，][^\\n。]{{0,20}}(?:仅供|参考|借鉴|范文)[^\\n。]{{0,20}}[。]?[】）)\\]]?{_END}"
    f"|^{_B}更多[^\\n。，]{{0,10}}(?:范文|文章|公文|讲话稿|素材|文档|文稿)[^\\n。]{{0,6}}(?:请|尽在|欢迎)(?:关注|访问|登录|点击|浏览)?[^\\n。，；]{{1,20}}(?:网|文库|之家|站|频道|栏目)[。！!]?{_END}"
    f"|^{_B}更多[^\\n。，]{{0,10}}(?:范文|文章|公文|讲话稿|素材|文档|文稿)(?:请|尽在|欢迎)?(?:关注|访问|登录|点击|浏览|上)?[:：]?[ ]?(?:https?://|www\\.)[!-~]{{4,60}}{_END}"
    f"|^{_B}(?:扫描|扫一扫|扫|长按|识别)(?:下方|下面|上方)?二维码[^\\n。]{{0,40}}(?:范文|公文|素材|讲话稿|文稿|文档|资料)[^\\n。]{{0,8}}[。！!]?{_END}"
    f"|^{_B}[一-鿿]{{2,6}}(?:网|库|汇|站|阁|坊|吧)?[,，：: ](?:[一-鿿]{{0,8}}(?:范文|公文|文秘|文稿|办公文档|文档|写作)[一-鿿]{{0,6}}(?:之家|天地|文库|网站|平台|神器|基地)|[一-鿿]{{2,8}}(?:的公文写作神器|范文大全)|[您你](?:的)?(?:身边|贴心|掌上)的?[一-鿿]{{0,6}}(?:公文|范文|文秘|写作|写稿|办公)[一-鿿]{{0,4}}(?:专家|助手|秘书|帮手|管家|顾问)){_B}[!！。]?{_B}(?:立即了解|点击了解|查看详情)?{_END}",
    needs="(?:文章|全文|本文)共[ ]?[0-9]|更多(?=[^\\n。，]{0,10}(?:范文|文章|公文|讲话稿|素材|文档|文稿))|二维码"
    "|(?:范文|公文|文秘|文稿|文档|写作)(?=[一-鿿]{0,6}(?:之家|天地|文库|网站|平台|神器|基地))|公文写作神器|范文大全"
    "|(?:公文|范文|文秘|写作|写稿|办公)(?=[一-鿿]{0,4}(?:专家|助手|秘书|帮手|管家|顾问))",
)
def line_of_site(match: re.Match[str]) -> str:
    """Line on which the site praises itself.

    A name, a comma and what it is (``…，办公文档之家``), or ``文章共…字，仅供参考``:
    the whole line, without a sentence.

        大家好。⏎好文阁，范文写作之家⏎我先讲。  →  大家好。⏎我先讲。
        再见。⏎【文章共5600字，精选范文，仅供学习参考】  →  再见。⏎
        谢谢！⏎更多范文请点击www.fanwen.example  →  谢谢！⏎
        谢谢！⏎扫描二维码关注公众号“公文园地”，获取更多范文  →  谢谢！⏎
        大家好。⏎好文文库，您身边的公文写作助手⏎我先讲。  →  大家好。⏎我先讲。
        建好职工书屋，打造职工之家  ✓
        扫描二维码即可报名参加培训。  ✓
        更多精彩范文请关注好文阁网！⏎大家好。  →  大家好。
        建设公务员之家  ✓
    """
    return ""
