"""BRK, continued: the title of a speech and what it says, run together."""

from __future__ import annotations

import re

from normtool.edits import BREAK, MEDIUM, SAFE, UNSAFE
from normtool.rule import rule
from normtool.rules.titles import AT_GENRE, GENRE, behind_genre

_AUDIENCE = "(?:同志们|各位|尊敬的|女士们|老师们|同学们|朋友们|同志們)"


@rule(
    "BRK109",
    SAFE,
    MEDIUM,
    BREAK,
    # a look at once for what must follow the title: an address or a blank
    "(?m)^(?=[ \\t\u3000]*+[^，。；：！？,;:!?\\n（( \u3000同各尊女老朋]*+[（( \u3000同各尊女老朋])"
    f"[ \\t\u3000]*(?=在|[^\\n]{{0,30}}(?:会|典礼|仪式|活动|论坛|上|时)的?)[^，。；：！？,;:!?\\n]{{4,45}}?{AT_GENRE}{GENRE}"
    f"(?P<edit>[ \\t\u3000]*+)(?=(?P<address>{_AUDIENCE}[^。\\n]{{0,40}}?[：:])"
    "|(?<=[ \u3000])[^\\n]{10}[^\\n，。,]{0,2000}+[，。,])",
    needs=behind_genre(" \t\u3000同各尊女老朋"),
)
def title_run_into_speech(match: re.Match[str]) -> str:
    """Title and speech on one line.

    Behind the kind of text (讲话, 致辞 …) of a title a salutation or, after a
    blank, a sentence begins: the line end was lost, and the blank is its last
    trace. A title with the name of the speaker behind it stays.

        在全县工作会议上的讲话␣同志们:今天开会。  →  在全县工作会议上的讲话⏎同志们:今天开会。
        在奠基仪式上的致辞各位领导、各位来宾:大家好。  →  在奠基仪式上的致辞⏎各位领导、各位来宾:大家好。
        在汇报会上的讲话␣县委决定召开这次会议，主要任务是总结工作。  →  在汇报会上的讲话⏎县委决定召开这次会议，主要任务是总结工作。
        在全县工作会议上的讲话 张强  ✓
        在全县工作会议上的讲话提出，要抓好落实。  ✓
        认真学习在全省大会上的讲话 精神  ✓
    """
    return "\n"


@rule(
    "BRK302",
    UNSAFE,
    MEDIUM,
    BREAK,
    "(?m)^(?=[^，。；：！？,;:!?\\n上]*+上)[^，。；：！？,;:!?\\n]{2,60}?(?:会议|大会|动员会|座谈会|典礼|仪式|活动|论坛)上的(?:讲话|致辞|发言|演讲)(?:稿|文稿|提纲|材料)?(?P<edit>)"
    "(?=(?:在[^，。\\n]{4,30}(?:之际|时刻|形势下|背景下)|今天|这次|刚才|首先|经[^，。\\n]{2,10}(?:研究|同意)|很高兴|下面|根据)[^\\n]{0,80}[,，][^\\n]*[。；])",
    needs="上的(?:讲话|致辞|发言|演讲)",
)
def title_glued_to_speech(match: re.Match[str]) -> str:
    """Title and first sentence without anything between them.

    ``…会议上的讲话今天，我们…``: behind the kind of text a sentence begins. A
    sentence may also go on (``…上的讲话在全市引起反响``), so only on request.

        在全市安全生产工作会议上的讲话今天，我们召开会议，部署工作。  →  在全市安全生产工作会议上的讲话⏎今天，我们召开会议，部署工作。
        2021年县长在春耕现场会议上的讲话文稿在春耕生产全面展开之际，县政府召开会议，很有必要。  →  2021年县长在春耕现场会议上的讲话文稿⏎在春耕生产全面展开之际，县政府召开会议，很有必要。
        在竣工仪式上的致辞很高兴来到柳河，参加这次活动。  →  在竣工仪式上的致辞⏎很高兴来到柳河，参加这次活动。
        在全市会议上的讲话在干部中引起了反响，大家表示要抓落实。  ✓
        学习领会在动员大会上的讲话精神，抓好落实。  ✓
        在竣工仪式上的致辞  ✓
    """
    return "\n"
