"""What a review file says, in the language of the people who read it: authors and comments."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from normtool.chinese import LOST
from normtool.edits import DISPLAY, FLAG, GAP, HIGH, LOW, MEDIUM, UNSAFE, Edit

#: Every revision and comment is by an author whose name begins so.
AUTHOR = "normtool"

#: Who changes what, the family that says most about an edit first: edits that touch are one
#: edit and can have several. One author a family, so that Word accepts a family in one go.
FAMILIES = {
    "GAP": "缺失",
    "TYP": "错别字",
    "ADS": "广告",
    "FUR": "网页痕迹",
    "ENC": "乱码",
    "HTM": "网页代码",
    "BRK": "分段",
    "CHR": "字符",
    "PUN": "标点",
    "SPC": "空格",
    "QLT": "提示",
    "SCR": "简繁",
    "MAN": "人工",
}

#: What a rule found, where its family does not say enough.
_FOUND = {
    "BRK101": "多余的空行",
    "BRK103": "称呼语与正文连在一行，另起一段",
    "BRK104": "序号段落与上文连在一行，另起一段",
    "BRK105": "标题与正文连在一行，分为两段",
    "BRK106": "网页硬换行，与下一行连成一段",
    "BRK109": "题目与正文连在一行，分为两段",
    "BRK302": "题目与首句之间没有任何分隔",
    "BRK301": "此处话题转换，可另起一段",
    "FUR101": "网站名后缀",
    "FUR102": "网页信息行（日期、字数、来源等）",
    "FUR103": "孤立的计数",
    "FUR104": "重复的标题",
    "FUR105": "汇编的篇次标记",
    "FUR106": "页码行",
    "FUR111": "“上一篇、下一篇”链接",
    "FUR116": "反复出现的水印",
    "ADS301": "注音代替了汉字",
    "GAP101": "一个逗号和一个数字丢失，数字无法复原",
    "GAP102": "一个数额丢失",
    "GAP103": "隐去的数字只剩一半",
    "GAP104": "企业数目丢失",
    "GAP105": "文号被清空",
    "GAP106": "百分数丢失",
    "GAP107": "数目丢失",
    "GAP108": "数目丢失",
    "GAP109": "百分点数丢失",
    "GAP110": "自造字，无法显示",
    "GAP111": "乱码，原字已无法复原",
    "GAP112": "伤亡人数丢失",
    "GAP113": "量词前的数目丢失",
    "GAP114": "数字丢失",
    "GAP121": "网页只显示了一部分，下文缺失",
    "GAP122": "部分内容被隐藏",
    "GAP123": "部分内容被省略",
    "GAP124": "试读结束，下文缺失",
    "GAP115": "数字处为空白",
    "PUN105": "半角句点，按语境应为句号",
    "PUN109": "中文里的直引号",
    "PUN301": "疑问句以句号结尾",
    "QLT101": "地名像是被替换过",
    "QLT102": "数字旁有问号",
    "QLT103": "百分号可能丢失",
    "QLT104": "数字像是机器改写的",
    "QLT121": "整行变成了问号",
    "QLT122": "无序的字符，像是防复制的干扰行",
    "QLT123": "称呼语前有编号",
    "QLT124": "词中孤立的字母或符号，可能是丢失字节的痕迹",
    "QLT125": "像是“洗稿”程序塞入的词语",
    "QLT126": "繁体文中的简体字",
    "QLT127": "全文没有最常用的虚词",
    "SPC102": "数字与单位之间的空格",
    "SPC104": "句内的多个空格、全角空格或制表符",
    "SPC105": "汉字与数字之间的空格",
    "SPC106": "小数点旁的空格",
    "SPC201": "数字中间可能有空格",
    "SPC202": "数字前后空格不一致",
    "TYP201": "疑似错别字",
    "TYP203": "简繁转换选错或漏转的字",
    "TYP202": "词语可能缺字",
}
_KINDS = {FLAG: "需要核对", GAP: "有内容丢失"}
_CERTAINTY = {HIGH: "确定", MEDIUM: "较有把握", LOW: "存疑"}
_SIGNS = {"\n": "↵", "\t": "⇥", "\r": "", "\u3000": "␣", " ": "␣"}
_LONGEST = 80


_QUOTES = str.maketrans("“”", "「」")


class Wording:
    """Says what stands in a review file, in the script of the text that is reviewed."""

    def __init__(self, *, traditional: bool = False) -> None:
        self._say: Callable[[str], str] = str
        if traditional:
            from normtool.converters import converter

            convert = converter("s2twp")
            self._say = cache(lambda words: convert(words).translate(_QUOTES))

    def say(self, words: str) -> str:
        """Words of the program in the script of the text."""
        return self._say(words)

    def reason(self, edit: Edit) -> str:
        """What was found, without a full stop."""
        return self._say(_reason(edit))

    def summary_author(self) -> str:
        """Who speaks of all losses of a speech."""
        return f"{AUTHOR} {self._say(FAMILIES['GAP'])}"

    def author(self, edit: Edit) -> str:
        """Whom Word names as the author of a change: ``normtool 标点``, one a family."""
        return f"{AUTHOR} {self._say(_family(edit))}"

    def remark(self, edit: Edit, ident: str, *, made: bool) -> list[str]:
        """The lines of the comment on an edit: number, rule, how sure; why; what is proposed.

        ident  number of the edit, ``E12``, or of the suggestion, ``S3``
        made   the edit is a tracked change of the file; else it is only proposed here
        """
        say, change = self._say, self._change(edit)
        codes = "、".join(edit.codes)
        lines = [f"【{ident}·{codes}·{say(_CERTAINTY[edit.certainty])}】{say(_reason(edit))}"]
        if edit.note:
            lines.append(f"{say('说明')}：{edit.note}")
        if made and edit.kind == GAP and edit.after.strip(LOST) == edit.before:
            lines.append(say("已以“□”标出。知道原文请填写，不同意请拒绝修订。"))
        elif made:
            lines.append(f"{say('已改')}：{change}。{say('不同意请拒绝修订')}。")
        elif edit.before == edit.after:
            lines.append(say("未改，请核对。"))
        elif edit.applicability == DISPLAY:
            lines.append(f"{say('未改，请核对，或可改')}：{change}。")
        else:
            why = "未改，因可能改变原意；建议" if edit.applicability == UNSAFE else "未改；建议"
            lines.append(f"{say(why)}：{change}。")
        return lines

    def _change(self, edit: Edit) -> str:
        old, new = _quoted(edit.before), _quoted(edit.after)
        if not edit.before:
            return self._say("加“%s”") % new
        if not edit.after:
            return self._say("删“%s”") % old
        return self._say("“%s”改为“%s”") % (old, new)


def _family(edit: Edit) -> str:
    for code, name in FAMILIES.items():
        if any(one.startswith(code) for one in edit.codes):
            return name
    return "其他"


def _reason(edit: Edit) -> str:
    found = list(dict.fromkeys(_FOUND[code] for code in edit.codes if code in _FOUND))
    if found:
        return "；".join(found)
    return _KINDS.get(edit.kind) or _family(edit)


def _quoted(text: str) -> str:
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]}……{text[-_LONGEST // 4 :]}"
    return "".join(_SIGNS.get(sign, sign) for sign in text)


def is_remarkable(edit: Edit) -> bool:
    """Whether a made edit gets a comment: it is not sure, or something is lost."""
    return edit.certainty < HIGH or edit.kind == GAP
