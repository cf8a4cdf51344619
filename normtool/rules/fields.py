"""FUR: fields of the page that stand line by line, and what is left of lists at its foot."""

from __future__ import annotations

import re

from normtool.edits import HIGH, MEDIUM, REMOVAL, SAFE
from normtool.rule import line_around, rule

_B = "[ \\t\u3000]*+"
_END = "(?:\\n|\\Z)"
_TIMES = "(?:发布|发表|更新|上传|录入|添加|發布|更新)(?:时间|日期|時間)[:：]"
_DATE = "(?:19|20)[0-9]{2}[-/年.][0-9]{1,2}[-/月.][0-9]{1,2}日?(?:[ T]*[0-9]{1,2}[:：时][0-9]{2}(?:[:：][0-9]{2}|分)?)?"
_COUNTS = "(?:阅读|浏览|点击|访问|下载|閱讀|瀏覽|點擊)(?:量|数|次数|數|次數)[:：]"
_SOURCE = "(?:(?:信息|文章|稿件|新闻)?来源|來源|发布机构|信息来源)[:：]"
_MEDIA = "[^\\n，。；：:！？]{1,14}(?:网|報|报|社|客户端|公众号|频道|电视台|办公室|局|委|政府|本站|网络|原创|编辑部)"
_PEOPLE = "(?:责任编辑|责编|编辑|審核|审核|校对|發布者|发布人|录入|上传者)[:：]"
_NAME = "[\u4e00-\u9fff]{1,2}[ \u3000]{0,3}[\u4e00-\u9fff]{1,2}(?=[ \\t\u3000]*(?:\\n|\\Z))(?<!各位)(?<!同志们)(?<!大家好)"


@rule(
    "FUR117",
    SAFE,
    HIGH,
    REMOVAL,
    f"(?m)^(?:{_B}(?:{_TIMES}{_B}\\n(?:{_B}{_DATE}{_B}{_END})?"
    f"|{_COUNTS}{_B}{_END}(?:{_B}[0-9]{{1,8}}次?{_B}{_END})?"
    f"|{_SOURCE}{_B}\\n{_B}{_MEDIA}{_B}{_END}"
    f"|{_PEOPLE}{_B}\\n{_B}{_NAME}{_B}{_END})){{1,8}}+",
)
def fields_line_by_line(match: re.Match[str]) -> str:
    """Data about the page, the name on one line and the value on the next.

    So the cells of a page are read out: ``发布时间：``, below it the date. The
    value must be of its kind: a date, a count, a paper or an office, a person.

        讲话⏎发布时间：⏎2024-05-06 09:00⏎来源：⏎某某日报⏎阅读量：⏎同志们：  →  讲话⏎同志们：
        再见。⏎责任编辑：⏎王小明⏎  →  再见。⏎
        阅读量：⏎128⏎同志们：  →  同志们：
        来源：⏎群众的实践⏎  ✓
        作者：⏎王小明⏎  ✓
        时间：⏎2月10日⏎  ✓
    """
    return ""


_LISTS = (
    "(?:相关|相關)(?:报道|文章|阅读|链接|新闻|推荐|文档|内容|附件|報道|閱讀|連結)|延伸阅读|推荐阅读|(?:用户|网友|最新|热门|全部)评论|猜你(?:喜欢|感兴趣)|热门(?:推荐|文章|话题)"
    '|更多(?:热门|相关|精彩)[\u4e00-\u9fff]{0,8}(?:推荐|阅读|文章|内容)|本类推荐|历史上的今天|没有任何评论|暂无评论|大家都在看[:：][^\\n。]{0,60}|【[^\\n】]{4,50}】相关文章|看了[“"][^\\n]{4,50}[”"](?:的人)?还看了|上一篇|下一篇|返回(?:列表|顶部|首页)|分享到|发表评论'
)
_DESK = "(?:编辑|责编|责任编辑|值班编辑|审核|审校|校对|校审|监制|值班编委|一审|二审|三审|初审|复审|终审|責任編輯)"


@rule(
    "FUR118",
    SAFE,
    HIGH,
    REMOVAL,
    f"(?<=\\n)(?:{_B}(?:(?:{_LISTS})[:：>》]*(?:{_B}\\n{_B}(?:[·•◆■□●*-][ ]?[^\\n。；]{{4,60}}|[0-9]{{1,2}}[.、．][ ]?[^\\n。；]{{2,40}}(?:讲话|致辞|致词|发言|主持词|演讲|总结|范文|心得)[^\\n。；]{{0,12}}))*+|[（(【]?{_DESK}[:：][ ]?[^\\n，。：:；]{{1,12}}(?:[ \u3000]+{_DESK}[:：][ ]?[^\\n，。：:；]{{1,12}}){{0,4}}[）)】]?){_B}{_END}(?:{_B}\\n)*){{1,8}}+\\Z",
)
def head_of_a_list_at_the_foot(match: re.Match[str]) -> str:
    """Label at the very end of which nothing is left but itself.

    ``相关报道：`` headed a list of links, ``编辑：…`` is the desk of the site.
    Only the last lines of a file.

        谢谢大家！⏎相关报道：  →  谢谢大家！⏎
        谢谢大家！⏎编辑：王小明⏎  →  谢谢大家！⏎
        谢谢大家！⏎推荐阅读：⏎  →  谢谢大家！⏎
        谢谢大家！⏎相关文章⏎·在水利会议上的讲话(03-02)⏎·在扶贫会议上的讲话⏎发表评论  →  谢谢大家！⏎
        谢谢！⏎【在校庆大会上的讲话】相关文章：⏎1.校庆大会主持词⏎2.校长的校庆致辞05-06⏎推荐阅读：⏎1.开学典礼上的发言⏎  →  谢谢！⏎
        推荐阅读：⏎1.本县县志⏎2.一本好书  ✓
        相关报道：⏎会议胜利闭幕。  ✓
        主持：王小明  ✓
        编辑：文字工作者  ✓
    """
    return ""


_TOOLS = "(?:评分|收藏|分享|支持|反对|回复|使用道具|举报|淘帖|点评|引用|返回顶部|只看该作者|倒序浏览|电梯直达)"


@rule(
    "FUR120",
    SAFE,
    HIGH,
    REMOVAL,
    f"(?m)^{_B}(?:(?:发表于|發表於)[ ]?{_DATE}(?:[ ]*[|｜][ ]*{_TOOLS}){{1,6}}"
    f"|[（(]?[ ]?本帖最后由[^\\n]{{1,40}}编辑[ ]?[）)]?"
    "|本主题由[^\\n]{1,40}(?:加入精华|设置高亮|置顶|移动|审核通过|提升)[^\\n。]{0,12}"
    f"|{_TOOLS}(?:[ \\t\u3000]+{_TOOLS}){{2,8}}){_B}{_END}"
    "|(?:(?<![ ])[ ](?=[ \\[])[ ]*+)?\\[复制链接\\](?=[ ]*(?:\\n|\\Z))",
)
def line_of_forum(match: re.Match[str]) -> str:
    """Line of a forum around what somebody posted.

    ``发表于 … | 只看该作者``, ``本帖最后由 … 编辑``, ``评分 收藏 分享``: whole lines of
    Discuz! and its kin, and the button behind a title.

        发表于 2009-7-1 10:22:31 | 只看该作者 | 倒序浏览⏎同志们：  →  同志们：
        谢谢大家！⏎本帖最后由 小草 于 2009-7-1 编辑⏎评分  收藏  分享⏎  →  谢谢大家！⏎
        在党建会议上的讲话 [复制链接]⏎同志们：  →  在党建会议上的讲话⏎同志们：
        收藏 分享  ✓
        发表于2009年的文章，影响很大。  ✓
        支持什么、反对什么，旗帜要鲜明。  ✓
    """
    return ""


@rule(
    "FUR119",
    SAFE,
    MEDIUM,
    REMOVAL,
    "(?P<left>[ \u3000]{0,2})第[ ]?[0-9]{1,4}[ ]?[页頁][ ]{0,2}[/,，]?[ ]{0,2}共[ ]?[0-9]{1,4}[ ]?[页頁](?P<right>[ \u3000]{1,2}|(?=\\n|\\Z|[\u4e00-\u9fff“（]))",
)
def page_of_pages_in_text(match: re.Match[str]) -> str | None:
    """Page number with the number of all pages, run into the text.

    The footer of a PDF file, between two blanks or at the edge of a line. A
    sentence that speaks of a page does not count all of them.

        第 1 页 共 3 页 在典礼上的致辞  →  在典礼上的致辞
        损失很大。 第1 页共 10 页⏎  →  损失很大。⏎
        谢谢各位 第 2 页 共 5 页 代表！  →  谢谢各位 代表！
        文件第3页，共5页附件，请翻到最后。  ✓
        请看第3页，共同讨论。  ✓
        全书共5页，见第2页  ✓
    """
    first, last = line_around(match.string, match.start())
    if match.start() == first or match.end() == last:
        return ""
    return " " if match["left"] and match["right"] else None
