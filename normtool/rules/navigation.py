"""FUR: ways through the site, buttons, and lines that every page repeats.

Only whole lines made of nothing but furniture go. One button word on a line
may be a word of a list; a run of them, or one that no speech uses, may not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from normtool.edits import HIGH, MEDIUM, REMOVAL, SAFE
from normtool.patterns import later
from normtool.rule import rule
from normtool.rule_options import option
from normtool.rules.lists import any_in

#: Blanks, given up for nothing: what follows never begins with one.
_B = "[ \\t\u3000]*+"
_END = f"{_B}(?:\\n|\\Z)"
_LINE = f"(?m)^{_B}"


@rule(
    "FUR111",
    SAFE,
    HIGH,
    REMOVAL,
    f"{_LINE}[-·•◆■□>»【\\[<《]*{_B}(?:[上下前后後][一1][篇条條則则](?:文章|文档|信息|新闻)?[】\\]》]?{_B}[:：>]|(?<=[【\\[])[上下]一[篇条條][】\\]]|(?:上一页|下一页|上一頁|下一頁)[】\\]]?[:：])"
    f"[^\\n。！？]{{0,80}}{_END}",
)
def link_to_next_text(match: re.Match[str]) -> str:
    """Link to the text before or after.

    ``上一篇：…`` names another page of the site. The line must begin with it,
    with its colon, and hold no sentence; 上一篇章 and 下篇 as words of the text
    have none.

        到此结束。⏎上一篇：在春耕会议上的讲话⏎下一篇：没有了  →  到此结束。⏎
        【下一篇】：在秋收会议上的讲话⏎同志们：  →  同志们：
        【上一篇】 关于召开会议的通知⏎同志们：  →  同志们：
        上一篇文章：在组织会议上的讲话下一篇文章：没有了⏎同志们：  →  同志们：
        上一篇章写的是创业，下一篇章要写创新。  ✓
        上一条：道路已经修通。  ✓
        上篇：历史的回顾⏎下篇：未来的展望  ✓
    """
    return ""


_PLACE = (
    "(?:[您你]的(?:当前|所在)?|[您你]?(?:现在|当前|現在|當前|目前|所在)+的?(?:所在)?)位置(?:是|为)?"
)
_ARROW = "(?:>>?|》|»|›|→|＞+|&gt;)"
_MARK = "(?:>>?|》|»|›|→|/|\\||-|＞+|&gt;)"
_STEP = "[^\\n。！？；，>|/》»›→＞-]"
_HOME = "(?:网站)?(?:首页|首頁|主页)"


@rule(
    "FUR112",
    SAFE,
    HIGH,
    REMOVAL,
    f"{_LINE}(?:{_PLACE}{_B}(?:[:：]|(?=>>|»|＞)){_B}"
    f"(?:(?:{_STEP}{{0,30}}{_ARROW}|{_HOME}{_B}{_MARK})[^\\n。！？；]{{1,80}}|(?:{_HOME}{_B})?(?:\\n{_B}{_HOME}{_B})?(?>\\n{_B}{_MARK}{_B}\\n{_STEP}{{2,20}})*+(?<!位置[:：]))"
    f"|{_HOME}{_B}(?>\\n{_B}{_ARROW}{_B}\\n{_STEP}{{2,20}}){{1,9}}+"
    f"|{_HOME}{_B}(?:(?>{_MARK}{_STEP}{{2,14}}){{3,30}}+|(?>{_ARROW}{_STEP}{{2,14}}){{2}}+)){_END}"
    f"|\\A{_B}(?=[^\\n]*(?:网|網|文库|论坛|频道|范文|文秘|公文|讲话|致辞|正文|新闻|要闻)){_STEP}{{2,14}}{_ARROW}{_STEP}{{2,14}}{_ARROW}{_STEP}{{2,20}}(?:{_ARROW}{_STEP}{{2,20}})*{_END}",
)
def breadcrumb(match: re.Match[str]) -> str:
    """Path to the page.

    ``当前位置：首页 > … > 正文``, on one line or on one line a step, and the
    bar ``首页 | … | …``. A position of which a sentence speaks has no steps.

        当前位置：首页 > 讲话 > 正文⏎同志们：  →  同志们：
        您的位置：⏎首页⏎>⏎要闻⏎同志们：  →  同志们：
        首页 | 讲话 | 总结 | 心得⏎同志们：  →  同志们：
        首页 » 公文 » 讲话⏎同志们：  →  同志们：
        首页⏎>⏎讲话⏎同志们：  →  同志们：
        好文网 > 领导讲话 > 会议讲话⏎同志们：  →  同志们：
        我市当前位置：全省第三。  ✓
        当前位置:已在全省前列  ✓
        生产 > 生活 > 生态⏎  ✓
    """
    return ""


_PAGER = (
    "(?>上一?[页頁]|下一?[页頁]|[首尾末][页頁]|[共第][ ]?[0-9]{1,4}[ ]?[页頁]|(?:跳转|转)到?"
    "|[:：]|[\\[【(（]?[0-9]{1,4}/[0-9]{1,4}[\\]】)）]?(?![0-9/])|[\\[【(（]?[0-9]{1,4}[\\]】)）]?(?![0-9])|[<>«»‹›|…]|余下全文|阅读全文|全文阅读|本(?:新闻|文章?|篇)(?=共)|当前在?(?=第))"
)


@rule("FUR113", SAFE, HIGH, REMOVAL, f"{_LINE}(?:{_PAGER}[ \\t\u3000,，:：]*+){{1,40}}+{_END}")
def pagination(match: re.Match[str]) -> str | None:
    """Pages of the site to turn to.

    ``[1] [2] 下一页``, ``共3页``: nothing but page numbers and the words for
    turning, at least one of those among them. A number in brackets alone is a
    citation, a number alone is a number.

        第一部分完。⏎[1] [2] 下一页⏎第二部分。  →  第一部分完。⏎第二部分。
        大家好。⏎上一页 1 2 3 下一页 尾页  →  大家好。⏎
        共3页: 上一页 1 2 3 下一页⏎大家好。  →  大家好。
        本新闻共2页，当前在第1页  1  2⏎大家好。  →  大家好。
        [1] [2]  ✓
        下一页我们谈谈打算。  ✓
        首页  ✓
    """
    return "" if _TURN.search(match[0]) else None


_TURN = later("[上下]一?[页頁]|[尾末][页頁]|共[ ]?[0-9]{1,4}[ ]?[页頁]|余下全文|阅读全文|全文阅读")

#: Words that only a page has: one of them makes a run of buttons certain.
_SURE = (
    "(?:(?:打印|列印|收藏|保存|复制|推荐|下载|举报|分享|返回|刷新|关闭|關閉)(?:此|本)(?:文章|文档|窗口|页面|頁面|页|頁|文|篇)|关闭窗口|關閉視窗|返回(?:顶部|首页|列表|目录|上一页|上一级|頂部|首頁|列表頁|目錄)"
    "|(?:回到|回)(?:顶部|頂部|頂端)|回上一頁|回首頁|友善列印|轉寄(?:友人|好友)|网站地图|網站地圖|点击查看更多[>》]*|[\u4e00-\u9fff]ICP备[0-9]{6,8}号(?:-[0-9]{1,2})?|加入收藏夹?|设为首页|設為首頁|扫一扫在手机(?:打开|浏览)当前页面?|扫码在手机(?:打开|浏览|查看)(?:当前页面?)?|分享(?:到|至)(?:微信|微博|朋友圈|QQ空间)?(?=[:：])|分享到微信(?:朋友圈)?"
    "|正文复制|全文复制|一键复制|(?:点击|立即|免费)下载(?:全文|本文|文档|word版?|Word版?|此文档)?|下载(?:word|Word|WORD)(?:文档|版)?|字[体号]?[:：]?大中小|我要(?:投稿|纠错|评论|收藏|打印)|加入会员|以稿换稿|展开全部(?:内容)?|展开全文|收起全文|点击展开|相关附件>>|相关链接>>"
    "|字[体号體號][:：]?(?=[ \\t\u3000]*\\n[ \\t\u3000]*[【\\[]?(?:加?大|小)))"
)
#: Words that are buttons only beside such a one.
_WEAK = (
    "(?:下载|打印|列印|全屏|收藏|分享到[:：]?|分享至[:：]?|分享[:：]?|加大|还原|减小|放大|缩小|默认|关闭|返回|首页|纠错|评论|转发|举报|点赞|(?:新浪|腾讯)?微博|微信(?:好友)?|QQ(?:空间|好友)|豆瓣|人人网|开心网|朋友圈|大|中|小|×|字[体號号][:：]?"
    "|(?:相关|相關)(?:文档|报道|链接|附件|阅读|文章|推荐|新闻|報道)(?:[:：]|>>|》》)?|本类推荐|关于我们|联系我们|免责声明|版权声明|投稿须知|友情链接|帮助中心|意见反馈|告诉好友|相关|[0-9]{1,4}|热门话题|热门文章|推荐阅读|猜你喜欢|用户评论|网友评论|发表评论|》》点击[一-鿿]{2,10}《《)"
)
_GAP = "[ \\t\u3000|｜/:：【】\\[\\]]"


@rule(
    "FUR114",
    SAFE,
    HIGH,
    REMOVAL,
    # Atomic all through: a line is either all buttons or none, in one way only.
    f"(?m)^(?>(?:{_GAP}|(?>{_SURE}|{_WEAK})(?={_GAP}|\\n|\\Z))++(?:\\n|\\Z)){{1,60}}+",
)
def buttons(match: re.Match[str]) -> str | None:
    """Buttons of the page.

    ``[打印本页] [关闭窗口]``, or one word a line as the page is read out. Only
    whole lines of nothing else, and only if one of the words is no word of a
    speech; at least two if not.

        到此结束。⏎[打印本页] [关闭窗口]  →  到此结束。⏎
        下载⏎打印⏎收藏⏎【字号：⏎大⏎中⏎小⏎】⏎各位代表：  →  各位代表：
        大家好。⏎分享到：QQ空间 新浪微博  →  大家好。⏎
        再见。⏎网站地图 | 关于我们 | 免责声明 | 京ICP备05000000号-1  →  再见。⏎
        再见。⏎回上一頁 | 友善列印 | 轉寄好友  →  再见。⏎
        打印⏎下载⏎收藏  ✓
        关于我们⏎相关⏎12  ✓
        请大家收藏本文。  ✓
        大⏎中⏎小  ✓
    """
    return "" if _CERTAIN.search(match[0]) else None


_CERTAIN = later(_SURE)


@rule(
    "FUR115",
    SAFE,
    HIGH,
    REMOVAL,
    f"(?m)[ ]?[（(]第[ ]?[0-9]{{1,3}}[ ]?/[ ]?[0-9]{{1,3}}[ ]?[页頁][)）]{_B}$",
)
def page_of_pages_behind_title(match: re.Match[str]) -> str:
    """Page count behind a title.

    ``标题（第2/3页）``: which page of the site this was. Only in brackets, with
    both numbers, at the end of a line; a reference to a page has one.

        在动员会上的讲话 (第2/3页)  →  在动员会上的讲话
        在春耕会议上的讲话（第1/2页）  →  在春耕会议上的讲话
        工作报告(第 3/3 页)  →  工作报告
        见讲话稿第2页  ✓
        完成进度（第2/3期）  ✓
        见文件（第2页）  ✓
    """
    return ""


_TIMES = option("FUR116", "times", 3, "the line stands in the file so often at least", least=2)


_KNOWN = any_in("sites")
_SITE = later(
    f"(?m)(?:{_KNOWN}|范文网|范文库|文秘网|公文网|文档网|文档之家|办公文库|[一-鿿](?:文库|书库|公文|范文|稿网|文网|秘书网)(?:[ ]?(?:整理|提供|收集|原创))?[】）)]?$|[一-鿿]网[ ](?:整理|提供|收集)[】）)]?$|[Ww]{{3}}[.．][0-9A-Za-z-]+[.．]|\\.(?:com|net|cn)\\b)"
)
#: Something of each of these.
_OF_SITE = (
    f"{_KNOWN}|范文[网库]|文秘网|公文网|文档网|文档之家|办公文库|文库|书库|公文|范文|稿网|文网|秘书网"
    "|网[ ](?:整理|提供|收集)|[Ww]{3}[.．]|\\.(?:com|net|cn)"
)


@rule("FUR116", SAFE, MEDIUM, REMOVAL, needs=_OF_SITE)
def repeated_watermark(text: str) -> Iterator[tuple[int, int, str]]:
    """Name of the site, printed again and again.

    The same short line three times or more, and in it a known site, an address
    of the web or a name that ends as sites do. A refrain, a salutation or a
    label repeats, too, but names no site.

        好文阁范文网⏎大家好。⏎好文阁范文网⏎我先讲。⏎好文阁范文网⏎再见。  →  大家好。⏎我先讲。⏎再见。
        www.hwg.example.com⏎甲。⏎www.hwg.example.com⏎乙。⏎www.hwg.example.com⏎丙。  →  甲。⏎乙。⏎丙。
        好文阁文档之家⏎甲。⏎好文阁文档之家⏎甲。⏎好文阁文档之家⏎甲。⏎  →  甲。⏎甲。⏎甲。⏎
        【好稿网 整理】⏎大家好。⏎【好稿网 整理】⏎我先讲。⏎【好稿网 整理】⏎再见。  →  大家好。⏎我先讲。⏎再见。
        人民网消息：⏎一是投入。⏎人民网消息：⏎二是人才。⏎人民网消息：⏎三是安全。  ✓
        各位代表！⏎大家好。⏎各位代表！⏎我先讲。⏎各位代表！⏎再见。  ✓
        建好互联网⏎一是投入。⏎建好互联网⏎二是人才。⏎建好互联网⏎三是安全。  ✓
    """
    lines = text.split("\n")
    often = {
        words
        for words, times in Counter(line.strip(" \t\u3000") for line in lines).items()
        if times >= _TIMES.value
        and 3 < len(words) <= 40
        and _SITE.search(words)
        and not _SENTENCE.search(words)
    }
    place = 0
    for line in lines if often else ():
        end = place + len(line) + 1
        if line.strip(" \t\u3000") in often:
            yield place, min(end, len(text)), ""
        place = end


# A sentence, or a dateline that the news below it belongs to (某某网消息：).
_SENTENCE = later("[。！？；]|[：:]$|[：:].*[0-9A-Za-z]|gov\\.cn")
