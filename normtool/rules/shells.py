"""ADS: what sites for sharing documents and public accounts print around a text.

Whole lines only, each with words that no speech has.
"""

from __future__ import annotations

import re

from normtool.edits import HIGH, MEDIUM, REMOVAL, SAFE
from normtool.rule import rule

_B = "[ \\t\u3000]*+"
_END = f"{_B}(?:\\n|\\Z)"
_LINE = f"(?m)^{_B}"


@rule(
    "ADS117",
    SAFE,
    HIGH,
    REMOVAL,
    f"{_LINE}(?:(?:提示[ :：]*)?[^\\n。]{{2,14}}所有资源均是用户自行上传分享[^\\n]*"
    "|下载文档到电脑[，,]查找使用更方便[^\\n]{0,12}|[0-9]+[ ]*金币[ ]*[0-9]+[ ]*人已下载|举报[ ]+版权申诉"
    "|点击查看更多[ ]*(?:>>|》|»)[>》]*|最近读者[ ]*登录后[，,]您可以在此留下足迹。?"
    "|本页是最新发布的《[^\\n》]{4,60}》的[^\\n]{0,10}范文[^\\n]*|(?:本文|文章)关键[字词][:：][^\\n。]{0,60}|关 键 词[:：][^\\n。，]{0,120}"
    "|以上(?:就)?是(?![^\\n]*我)[^\\n，,]{4,50}[，,](?:希望[你您](?:能?够?喜欢|有)|欢迎(?:收藏|借鉴))[^\\n]{0,16}"
    f"|欢迎转载[^\\n。]{{0,12}}(?:保留|注明|标明)[^\\n。]{{0,8}}(?:出处|来源|链接)[^\\n。]{{0,30}}){_END}",
)
def line_of_document_shell(match: re.Match[str]) -> str:
    """Line of a page on which documents are shared, around the document.

    ``10 金币 0人已下载``, ``下载文档到电脑，查找使用更方便``, ``本页是最新发布的《…》的
    …范文…``: formulas of such sites, as whole lines.

        下载文档到电脑，查找使用更方便⏎10 金币 0人已下载⏎同志们：  →  同志们：
        谢谢！⏎提示 好文阁网所有资源均是用户自行上传分享，仅供学习交流。⏎  →  谢谢！⏎
        本页是最新发布的《在座谈会上的讲话》的详细范文参考文章，希望有用。⏎同志们：  →  同志们：
        谢谢！⏎以上就是在教师节大会上的讲话，希望你喜欢。  →  谢谢！⏎
        谢谢！⏎欢迎转载本文，但请保留出处：好文站⏎  →  谢谢！⏎
        以上就是我的发言，希望大家喜欢。  ✓
        以上是全年工作的回顾，希望大家再接再厉。  ✓
        奖励10金币，已有多人下载。  ✓
        关键词：改革；发展  ✓
    """
    return ""


@rule(
    "ADS118",
    SAFE,
    MEDIUM,
    REMOVAL,
    f"{_LINE}(?:(?:长按|扫描|扫一扫|识别|点击)[^\\n。，]{{0,12}}(?:二维码|蓝字)[^\\n。]{{0,12}}关注(?:我们|本号|公众号)[^\\n。]{{0,8}}"
    '|点个?[“"「]?(?:在看|赞)[”"」]?[^\\n。]{0,10}(?:再走|支持一下|鼓励)[^\\n。]{0,6}'
    f'|(?:投稿邮箱[:：][ ]?[!-~]{{5,40}}[ ]+)?点击上方[“"「]?[^\\n。，”」"]{{1,14}}[”"」]?[ ]?(?:关注|订阅)(?:我们|本号)?(?:[ ]+阅读原文)?){_END}',
)
def line_of_public_account(match: re.Match[str]) -> str:
    """Line by which a public account asks to be followed.

    ``长按识别下方二维码关注我们``, ``点击上方蓝字关注我们``: the whole line. That
    people scan a code for a service is what a speech may say.

        长按识别下方二维码关注我们⏎同志们：  →  同志们：
        点击上方“蓝字”关注我们⏎同志们：  →  同志们：
        谢谢大家！⏎点个“在看”再走呗~  →  谢谢大家！⏎
        扫描二维码即可办理，群众很满意。  ✓
        关注我们身边的困难群众  ✓
        群众点赞，领导关注。  ✓
    """
    return ""
