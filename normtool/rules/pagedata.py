"""Lines that hold data about the page and nothing else: fields with separators between them.

To divide a line into fields may be done in many ways, for a field does not say where
it ends; a pattern that tries them all takes for ever on a line of a hundred labels.
Here a line is first read with each field as long as it can be, which is how nearly all
are; else all places that some division reaches are followed, which is linear.
"""

from __future__ import annotations

import re

from normtool.patterns import later

_DATE = "(?:19|20)[0-9]{2}[-年./][ ]?[0-9]{1,2}[-月./][ ]?[0-9]{1,2}日?"
_TIME = "[ T]*[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?"
_SEPARATOR = "[ \\t\u3000,，|｜/;；【】\\[\\]]*"
# Only a page says these; a speech does not.
_STRONG = (
    f"(?:发布于|发表于|发布时间|发布日期|发表时间|更新时间|更新日期|上传时间|上传日期|录入时间|添加时间|發布時間|發佈於|發表於|更新時間)[:：]?[ ]?{_DATE}(?:{_TIME})?"
    # the time to the second, or below a date of the machine
    f"|(?:(?:时间|日期|時間)[:：][ ]?)?(?:19|20)[0-9]{{2}}[-/年][ ]?[0-9]{{1,2}}[-/月][ ]?[0-9]{{1,2}}日?[ T]+[0-9]{{1,2}}:[0-9]{{2}}:[0-9]{{2}}"
    "|人气[:：]|作者[:：][ ]?(?:未知|佚名|网络|admin|本站)|(?:阅读|閱讀|点击|浏览)[ ]?次|我要(?:投稿|纠错)|(?:以稿换稿|加入会员|加入收藏)"
    "|(?:标签|標籤|TAGS?|[Tt]ags?)[:：][^\\n，。；]{0,30}"
    "|(?:發布|發佈|最後更新|更新|上版|張貼)(?:日期|時間)[:：][ ]?[0-9]{2,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|(?:點閱|瀏覽|點擊)(?:數|次數|人次|率)[:：][ ]?[0-9,]+"
    "|全文约?[ ]?[0-9]+[ ]?字|本文共?约?[ ]?[0-9]+[ ]?字|(?:点击|浏览|阅读|人气|访问|下载|點擊|瀏覽|閱讀|人氣)(?:次数|次數|量|数|數|率)?[:：][ ]?[0-9]+[ ]?次?"
    "|(?:点击|浏览|阅读|點擊|瀏覽)(?:次数|量|数)?[:：]?[ ]?[0-9]+[ ]?次|[0-9]+[ ]?(?:次阅读|人浏览|次浏览|人阅读|次点击|次下载)"
    "|【?字[ ]?[体号號體][:：]?[ ]?[【\\[]?[大小][ 　]?[中大小]?[ 　]?[小大中]?[】\\]]?】?"
    "|(?:上传人|上传者|发布人|发布者|录入|录入者|录入人|文章录入|责任编辑|责编|責任編輯|上傳者)[:：][ ]?[^\\s，。；]{1,12}"
    "|(?:文档编号|文档格式|文档大小)[:：][ ]?[0-9A-Za-z.]{1,14}"
    f"|(?:编辑|編輯|投稿)[:：][ ]?[^\\s，。；]{{1,12}}{_SEPARATOR}{_DATE}(?:{_TIME})?"
    "|(?:来源|來源|文章来源|信息来源|稿件来源|出处)[:：][ ]?[^\\s，。；：]{2,20}(?:网|網|文库|日报|晚报|论坛|博客|在线|社|客户端|公众号|本站|编辑部|办公室|局|委|政府)"
    "|(?:评论|引用|阅读|浏览|转发|收藏|推荐|點閱)[ ]?[(（][0-9]+[)）]|(?:查看|阅读)(?:次数)?[:：][ ]?[0-9]{1,3}(?:,?[0-9]{3})*"
    "|(?:来源|來源|文章来源)[:：][ ]?(?:不详|网络|互联网|本站|本站原创|本站整理|原创|未知|网友投稿|佚名|admin)"
)
#: What stands in each of these, in words that can be looked for.
SIGNS = (
    "(?:发布|发表|更新|上传|录入|添加|發布|發佈|發表|上版|張貼)(?:于|於|时间|日期|時間)[:： 12]|[0-9]:[0-9]{2}:[0-9]{2}|人气[:：]|作者[:：]"
    "|(?:阅读|閱讀|点击|浏览)[ ]?次|我要(?:投稿|纠错)|以稿换稿|加入会员|加入收藏|(?:标签|標籤|TAGS?|[Tt]ags?)[:：]"
    "|(?:點閱|瀏覽|點擊)(?:數|次數|人次|率)[:：]|[全本]文(?:共|约|[ ]?[0-9])|(?<=[0-9 ])(?:[次人](?:阅读|浏览)|次点击|次下载)"
    "|(?:点击|浏览|阅读|人气|访问|下载|點擊|瀏覽|閱讀|人氣)(?:次数|次數|量|数|數|率)?[:：0-9 ]|字[ ]?[体号號體][:： 【\\[大小]"
    "|(?:上传[人者]|发布[人者]|录入[人者]?|编辑|责编|編輯|上傳者|投稿|来源|來源|出处|查看|查看次数|文档(?:编号|格式|大小))[:：]"
    "|(?:评论|引用|阅读|浏览|转发|收藏|推荐|點閱)[ ]?[(（]"
)
_WEAK = (
    "(?:发布单位|發布單位|發佈單位|资料来源|資料來源|承辦單位)[:：][ ]?[^\\s，。；：]{1,16}|(?:来源|來源|出处|作者|文章作者)[:：][ ]?[^\\s，。；：]{1,16}"
    "|(?:编辑|編輯|投稿人?|页数|格式|大小)[:：][ ]?[^\\s，。；]{1,12}"
    f"|(?:(?:时间|日期|時間)[:：][ ]?)?{_DATE}(?:{_TIME})?"
    # fields that were left empty, and buttons behind them
    "|(?:文章)?(?:来源|作者)[:：](?=[ \\t\u3000]|$)|(?:点击|浏览|查看|阅读)(?:次数|量|数)[:：](?=[ \\t\u3000]|$)|(?:分类|栏目)[:：][ ]?[^\\s，。；：|]{1,10}|标签[:：]|订阅|投稿|举报|引用|[0-9]+人|下载(?:[Ww]ord)?文档"
    "|[\u4e00-\u9fff]{2,6}(?=[ \\t\u3000|])"  # the name of a column between two fields
    "|打印本页|打印|关闭窗口|关闭|收藏本文|收藏|分享到?[:：]?|推荐给好友|评论|返回"
)
_FIELD = f"(?:{_STRONG}|{_WEAK})"

_OPEN = "[ \\t\u3000]*+[【\\[（(]?"
_CLOSE = f"{_SEPARATOR}[】\\]）)]?[ \\t]*"
#: What a line of page data begins with, not consumed.
BEGINS_WITH_FIELD = f"(?={_OPEN}{_FIELD})"

#: So many fields may stand before and behind the one that only a page has.
_BEFORE, _BEHIND = 4, 8
_LONGEST_FIELD, _LONGEST_LINE = 80, 1000

_GREEDY = later(
    f"{_OPEN}(?>(?:{_WEAK}){_SEPARATOR}){{0,{_BEFORE}}}(?>{_STRONG})"
    f"(?>{_SEPARATOR}{_FIELD}){{0,{_BEHIND}}}{_CLOSE}"
)
_ONE_STRONG, _ONE_WEAK = later(_STRONG), later(_WEAK)
_OPENING, _CLOSING, _SEPARATORS = later(_OPEN), later(_CLOSE), later(_SEPARATOR)
# A name of a column is told by what is behind it, which the others are not.
_COLUMN = later("[\u4e00-\u9fff]{2,6}(?=[ \\t\u3000|])")


def is_page_data(line: str) -> bool:
    """Whether a line, without its newline, is fields from beginning to end, one only a page has."""
    if _GREEDY.fullmatch(line):
        return True
    if len(line) > _LONGEST_LINE or _ONE_STRONG.search(line) is None:
        return False
    begin = _OPENING.match(line).end()  # type: ignore[union-attr]
    # A bracket may be the first character of a field.
    places = {begin, begin - 1} if line[begin - 1 : begin] in ("【", "[", "（", "(") else {begin}
    strong, weak = _Ends(line, _ONE_STRONG), _Ends(line, _ONE_WEAK)
    behind: set[int] = set()
    for _ in range(_BEFORE + 1):
        behind |= strong.of(places)
        places = _beyond(line, weak.of(places))
    for _ in range(_BEHIND):
        if any(_CLOSING.fullmatch(line, place) for place in behind):
            return True
        places = _beyond(line, behind)
        behind = strong.of(places) | weak.of(places)
    return any(_CLOSING.fullmatch(line, place) for place in behind)


def _beyond(line: str, places: set[int]) -> set[int]:
    """Where the next field can begin: behind some or all of the separators."""
    found = set(places)
    for place in places:
        found.update(range(place, _SEPARATORS.match(line, place).end() + 1))  # type: ignore[union-attr]
    return found


class _Ends:
    """Where the fields of one kind end that begin at a place; each place is looked at once."""

    def __init__(self, line: str, kind: re.Pattern[str]) -> None:
        self._line = line
        self._kind = kind
        self._columns = kind is _ONE_WEAK
        self._known: dict[int, set[int]] = {}

    def of(self, places: set[int]) -> set[int]:
        """The ends of all fields that begin at one of ``places``."""
        found: set[int] = set()
        for place in places:
            if place not in self._known:
                self._known[place] = self._from(place)
            found |= self._known[place]
        return found

    def _from(self, place: int) -> set[int]:
        line, kind = self._line, self._kind
        if kind.match(line, place) is None:
            return set()
        last = min(place + _LONGEST_FIELD, len(line))
        ends = {end for end in range(place, last + 1) if kind.fullmatch(line, place, end)}
        if self._columns and (column := _COLUMN.match(line, place)):
            ends.add(column.end())
        return ends
