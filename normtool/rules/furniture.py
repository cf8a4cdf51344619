"""FUR: what the page added around the speech.

What is removed here is not thrown away: the structure stage reads the facts
(date of the page, its stated length, the site) from the removed text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from normtool.edits import HIGH, MEDIUM, REMOVAL, SAFE
from normtool.numbering import to_int
from normtool.patterns import later
from normtool.rule import rule
from normtool.rules.lists import any_in
from normtool.rules.pagedata import BEGINS_WITH_FIELD, SIGNS, is_page_data
from normtool.rules.titles import AT_GENRE, GENRE, behind_genre

_KNOWN = any_in("sites")
_SITE_WORD = "网站|網站|网|網|文库|文庫|文档|范文|資料網|资料网|论坛|論壇|博客|百科|资源网|素材|素材网|课件|图书馆|文秘|秘书|之家|频道|門戶|门户"
_NAME = "[0-9A-Za-z\u4e00-\u9fff·.]"
#: A part of the site between the title and its name.
_CHANNEL = "(?:[ ]*(?:-|–|－)[ ]*[一-鿿]{0,4}(?:讲话稿?|致辞|演讲稿?|发言稿?|范文|公文|文秘|总结|材料|大全|频道|栏目|写作))"
_LINE = "(?m)^"
# The long patterns begin with a look at what they need: it turns most lines down at once.
_HAS_SEPARATOR = (
    "(?=(?:[^\\n。！？；（(_|｜–—－-]++|[（(](?:[^（）()]{1,12}+[）)])?+)*+[_|｜–—－-])"
)
_PAGE_DATA = "(?=[^\\n。0-9:：次要稿入字]*+[0-9:：次要稿入字][^\\n。]*+$)"
_BEGINS_TWICE = "(?=([^\\n。！？；，,]{4})[^\\n]*+\\n(?:[ \\t\u3000]*+\\n)*+\\1)"


@rule(
    "FUR101",
    SAFE,
    HIGH,
    REMOVAL,
    f"{_LINE}{_HAS_SEPARATOR}[^\\n。！？；]{{2,70}}?{AT_GENRE}{GENRE}(?P<edit>"
    f"(?:[ ]*[_|｜][ ]*{_NAME}{{1,12}}){{0,3}}?[ ]*[_|｜][ ]*(?:{_KNOWN}|{_NAME}{{0,10}}?(?:{_SITE_WORD}))(?>[ _|｜-]+{_NAME}{{2,10}}?(?:{_SITE_WORD})(?=[ _|｜-]|$))*+"
    f"|{_CHANNEL}?[ ]*(?:--|-|–|—|——|－|_|\\|)[ ]*(?:{_KNOWN})"
    f"|{_CHANNEL}?[ ]*(?:-|–|－)[ ]*[\u4e00-\u9fff]{{2,8}}?(?:(?<![电障护务水路河联])网|網|文库|范文|论坛|博客|百科)(?:[ ]*[-–－_|][ ]*[\u4e00-\u9fff]{{2,8}}(?:助手|平台|门户|专家|大全|之家|天地))?"
    # a site that says what it deals in, behind a dash
    "|[ ]*(?:-{1,2}|[–—－]|——)[ ]*[\u4e00-\u9fff]{0,4}(?:文秘|公文|范文|文档|秘书|论文|文稿)[\u4e00-\u9fff]{0,4}(?:网|站|文库|论坛|之家))[ ]*$",
    needs=behind_genre("_|｜–—－- "),
)
def site_suffix(match: re.Match[str]) -> str:
    """Name of the site behind a title.

    ``…的讲话_频道_某某网``: a separator, then a known site (``sites.tsv``) or a
    name that ends as sites do. Only on a title line, and only if what is left
    still ends in the kind of text it is (讲话, 报告, 致辞 …).

        在全市工作会议上的讲话_招商频道_某某网  →  在全市工作会议上的讲话
        在开学典礼上的讲话 - 第一范文网  →  在开学典礼上的讲话
        在春季会议上的讲话-范文大全-第一文秘网  →  在春季会议上的讲话
        在春季会议上的讲话(3篇)_百度文库  →  在春季会议上的讲话(3篇)
        在春季会议上的讲话稿(精选5篇) - 好文公文网-文秘写作助手  →  在春季会议上的讲话稿(精选5篇)
        在春季会议上的讲话提纲 — 好文文秘资料网  →  在春季会议上的讲话提纲
        在春季会议上的讲话——第一文秘站  →  在春季会议上的讲话
        在互联网大会上的讲话——共建安全网  ✓
        在档案会议上的讲话——建好文档馆  ✓
        构筑社会保障网  ✓
        他的讲话_见附件  ✓
        全国会议上的讲话-经验材料-附件  ✓
        关于农村基础设施的报告-农村电网  ✓
    """
    return ""


@rule(
    "FUR102",
    SAFE,
    HIGH,
    REMOVAL,
    f"{_LINE}{_PAGE_DATA}{BEGINS_WITH_FIELD}[^\\n]*(?:\\n|$)",
    needs=SIGNS,
)
def page_metadata_line(match: re.Match[str]) -> str | None:
    """Line of data about the page.

    ``发布于…,全文约…字``, ``来源：…　点击：…次``: kept as data about the page,
    which is not data about the speech. A line counts only as a whole, and only
    if it says something that no speech says; ``时间：``, ``地点：`` and
    ``作者：`` alone may belong to the speech.

        标题⏎发布于2023-01-02 03:04,全文约 900 字⏎同志们：  →  标题⏎同志们：
        来源：某某日报　作者：张强　点击：35次⏎同志们：  →  同志们：
        时间：2023年1月2日⏎  ✓
        发布于2023年的规划，我们要落实。  ✓
        作者：张强⏎  ✓
        在大会上的讲话⏎（2004年2月10日 9:30）⏎同志们：  ✓
        發布單位：新聞處　發布日期：108-11-23　點閱數：1,024⏎各位好：  →  各位好：
        【字体：大 中 小】【打印本页】⏎同志们：  →  同志们：
        时间:2021-07-18 讲话致辞 我要投稿⏎同志们：  →  同志们：
        2026-02-03 09:02:33⏎  →
    """
    return "" if is_page_data(match[0].rstrip("\n")) else None


#: A line that is a number, but no year.
_COUNTER = "(?m)^[ \\t\u3000]*(?!(?:19|20)[0-9]{2}[ \\t]*$)(?:0|[1-9][0-9]{2,6})[ \\t\u3000]*$"


@rule("FUR103", SAFE, HIGH, REMOVAL, needs=_COUNTER)
def lone_counter(text: str) -> Iterator[tuple[int, int, str]]:
    """Counter alone on a line at the head or the foot of the page.

    The number of views or votes, scraped with the title. Zero, on one of the
    first or last three lines with text; three digits and more only as the very
    first line, above a title, or the very last, below the text, and only if no
    other line is a number. A year, a list, a table and a post code stay.

        0⏎在工作会议上的讲话  →  在工作会议上的讲话
        1382⏎在工作会议上的讲话  →  在工作会议上的讲话
        大家好。⏎谢谢大家！⏎0  →  大家好。⏎谢谢大家！
        2004⏎在工作会议上的讲话  ✓
        1⏎春天来了⏎2⏎夏天来了  ✓
        报警电话⏎110⏎火警电话⏎119  ✓
        地址：城东镇人民路⏎224100  ✓
    """
    lines = text.split("\n")
    filled = [n for n, line in enumerate(lines) if line.strip()]
    if len(filled) < 2:
        return
    edge = dict.fromkeys(filled[:3] + filled[-3:])
    counters = [n for n in edge if _COUNT.fullmatch(lines[n].strip())]
    if not counters or not _COUNTED_LINE.search(text):
        return
    numbers = sum(lines[n].strip().isdecimal() for n in filled)
    if numbers > 2:
        return
    for n in counters:
        above = n == filled[0] and _TITLE.search(lines[filled[1]]) is not None
        below = n == filled[-1] and len(text) > 300 and lines[filled[-2]][-1] in "。！”"
        if lines[n].strip() == "0" or (numbers == 1 and (above or below)):
            start = sum(map(len, lines[:n])) + n
            end = start + len(lines[n])
            if end < len(text):
                yield start, end + 1, ""
            else:
                yield start - 1, end, ""


_TITLE = later(GENRE)
_COUNT = later("0|[1-9][0-9]{2,6}")
_COUNTED_LINE = later(_COUNTER)
#: What labels a text of a compilation, from the start of its line.
_LABEL = (
    "[ \\t\u3000]*[【\\[（(《]?(?:(?:篇|范文|例文|讲话稿?|发言稿?|文章)[ ]?(?P<after>[0-9一二三四五六七八九十]{1,3})|第(?P<before>[0-9一二三四五六七八九十]{1,3})[篇则]"
    "|(?:[^\\s，。：:]{2,16}(?:讲话稿?|发言稿?|致辞|演讲稿?|总结|范文))[ ]?篇(?P<named>[0-9一二三四五六七八九十]{1,3}))(?:[】\\]）)》][:：、.．\\s]*|[:：、.．\\s]+|(?=\\n)|$)"
)
#: The first of such labels.
_COUNTS_TEXTS = "(?:篇|范文|例文|讲话|讲话稿|发言|发言稿|文章)[ ]?[01一]|[篇则](?<=[1一].)"
# A search that begins with a newline is quick; the newline is put before the text.
_LABELS = later(f"\\n{_LABEL}")


_ADDRESSED = later("(?:同志们|各位|尊敬的|老师们|同学们|女士们|先生们)[^。\\n]{0,30}[：:，,]")


@rule("FUR105", SAFE, HIGH, REMOVAL, needs=_COUNTS_TEXTS)
def compilation_label(text: str) -> Iterator[tuple[int, int, str]]:
    """Label that counts the texts of a compilation.

    ``篇1:``, ``第二篇``, ``范文三：`` at the head of a line, ascending from one,
    at least two in the file: the page counts its texts. Each begins a speech.
    ``第一篇章`` and a single label are words of the text.

        篇1:甲地的讲话⏎大家好。⏎篇2:乙地的讲话⏎大家好。  →  甲地的讲话⏎大家好。⏎乙地的讲话⏎大家好。
        【篇1】甲地的讲话⏎大家好。⏎【篇2】乙地的讲话⏎大家好。  →  甲地的讲话⏎大家好。⏎乙地的讲话⏎大家好。
        范文一：甲地的讲话⏎大家好。⏎范文二：乙地的讲话⏎大家好。  →  甲地的讲话⏎大家好。⏎乙地的讲话⏎大家好。
        第一篇章⏎春天⏎第二篇章⏎夏天  ✓
        第一篇：总论  ✓
        第一篇 战略⏎春天播种。⏎第二篇 规划⏎秋天收获。  ✓
    """
    labels: list[tuple[int, int]] = []
    for match in _LABELS.finditer("\n" + text):
        number = to_int(match["after"] or match["before"] or match["named"])
        # 第二篇 and 文章2 may count the parts of a book: a speech must follow.
        if not match["named"] and not match[0].strip().startswith(("篇", "【篇", "范文")):
            following = text[match.end() - 1 : match.end() + 79]
            if not (_TITLE.search(following) or _ADDRESSED.search(following)):
                continue
        if number == 1 and len(labels) != 1:
            yield from ((start, end, "") for start, end in labels)
            labels = []
        if number == len(labels) + 1:
            labels.append((match.start(), match.end() - 1))
    if len(labels) > 1:
        yield from ((start, end, "") for start, end in labels)


@rule(
    "FUR104",
    SAFE,
    HIGH,
    REMOVAL,
    f"{_LINE}{_BEGINS_TWICE}(?P<title>[^\\n。！？；，,]{{4,70}}?{AT_GENRE}{GENRE})[ \\t]*\\n(?P<edit>(?:(?:[ \\t\u3000]*\\n)*(?P=title)[ \\t]*\\n)+)",
    needs=behind_genre(" \t\n"),
)
def repeated_title(match: re.Match[str]) -> str:
    """Title printed twice.

    Once as the heading of the page, once as the first line of the text. Only
    two equal title lines in a row; the refrain of a song is no title.

        在工作会议上的讲话⏎在工作会议上的讲话⏎同志们：  →  在工作会议上的讲话⏎同志们：
        在开学典礼上的致辞⏎⏎在开学典礼上的致辞⏎老师们：  →  在开学典礼上的致辞⏎老师们：
        春耕会议上的发言⏎春耕会议上的发言⏎春耕会议上的发言⏎大家好。  →  春耕会议上的发言⏎大家好。
        我们走在大路上⏎我们走在大路上⏎意气风发  ✓
        在工作会议上的讲话⏎（2004年2月）⏎同志们：  ✓
        在春耕会议上的讲话⏎在秋收会议上的讲话⏎  ✓
    """
    return ""


#: The number of a page, from the start of its line.
_PAGE = "[ \\t\u3000]*(?:第[ ]?([0-9]{1,4})[ ]?页(?:[ ,，/]*共[ ]?[0-9]{1,4}[ ]?页)?|[-－—–·•][ ]?([0-9]{1,4})[ ]?[-－—–·•]|([0-9]{1,4})[ ]?/[ ]?[0-9]{1,4})[ \\t\u3000]*(?=\\n|$)"


@rule("FUR106", SAFE, MEDIUM, REMOVAL, needs=f"(?m)^{_PAGE}|^[ \\t\u3000]*1[ \\t\u3000]*$")
def page_number_line(text: str) -> Iterator[tuple[int, int, str]]:
    """Page number on a line of its own.

    ``第1页 共8页``, ``- 3 -``, ``·12·``, twice or more with rising numbers, and a single
    ``- 1 -`` as the last line. A bare number is one where the numbers rise by one and
    the line before or behind it is always the same: the running head of the pages.

        开幕⏎- 1 -⏎闭幕⏎- 2 -⏎  →  开幕⏎闭幕⏎
        甲段。⏎第1页 共2页⏎乙段。⏎第2页 共2页⏎  →  甲段。⏎乙段。⏎
        甲段。⏎1/2⏎乙段。⏎2/2⏎  →  甲段。⏎乙段。⏎
        春耕会议纪要⏎甲段。⏎1⏎春耕会议纪要⏎乙段。⏎2⏎春耕会议纪要⏎丙段。⏎3⏎  →  春耕会议纪要⏎甲段。⏎乙段。⏎丙段。⏎
        三要抓好落实。⏎- 1 -⏎  →  三要抓好落实。⏎
        1⏎一号楼⏎2⏎二号楼⏎3⏎三号楼  ✓
        - 1 -  ✓
        见本书第3页。  ✓
        - 2 -⏎开会⏎- 1 -⏎  ✓
    """
    yield from _running_heads(text)
    found = [
        (match, int(next(n for n in match.groups() if n))) for match in _PAGES.finditer("\n" + text)
    ]
    if len(found) == 1 and _ALONE.search(text) and text.count("\n") > 1:
        yield found[0][0].start(), len(text.rstrip("\n")) + (1 if text.endswith("\n") else 0), ""
    numbers = [number for _, number in found]
    if len(found) >= 2 and all(a < b for a, b in pairwise(numbers)):
        for match, _ in found:
            start, end = match.start(), match.end() - 1
            if end < len(text):
                yield start, end + 1, ""
            elif start:
                yield start - 1, end, ""


_PAGES = later(f"\\n{_PAGE}")
_ALONE = later("[。！？”）]\\n[ \\t\u3000]*[-－—–·•][ ]?1[ ]?[-－—–·•][ \\t\u3000]*\\n?\\Z")


def _running_heads(text: str) -> Iterator[tuple[int, int, str]]:
    """Bare page numbers 1, 2, 3 … and the line, always the same, behind or before each."""
    if not _BARE.search(text):
        return
    lines = text.split("\n")
    words = [line.strip(" \t\u3000") for line in lines]
    places = [n for n, word in enumerate(words) if 0 < len(word) < 4 and word.isdecimal()]
    if len(places) < 2 or [int(words[n]) for n in places] != list(range(1, len(places) + 1)):
        return
    title = next(word for word in words if word)
    for step in (1, -1):
        beside = [n + step for n in places if 0 < n + step < len(words) and words[n + step]]
        heads = {words[n] for n in beside}
        if len(heads) == 1 and len(beside) + 1 >= len(places) and (heads == {title} or beside[2:]):
            break
    else:
        return
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for n in sorted({*places, *beside}):
        yield starts[n], min(starts[n + 1], len(text)), ""


_BARE = later("\\n[ \\t\u3000]*1[ \\t\u3000]*\\n")
