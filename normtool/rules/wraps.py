"""BRK, continued: a line broken once, told by the indents of all others."""

from __future__ import annotations

from collections.abc import Iterator

from normtool.edits import BREAK, MEDIUM, SAFE
from normtool.patterns import later
from normtool.rule import rule

#: So many paragraphs at least are indented, and three of four of all that end a sentence.
_ENOUGH = 4


@rule("BRK110", SAFE, MEDIUM, BREAK, needs="(?m)^(?:\u3000\u3000|    )")
def line_without_indent(text: str) -> Iterator[tuple[int, int, str]]:
    """Line that goes on, in a file whose paragraphs are indented.

    A long indented line stops in mid-sentence, and what follows has no indent,
    no number, and ends a sentence: the page broke it. Titles and signatures are
    short, or end without a mark.

        ⟨U+3000⟩⟨U+3000⟩同志们：⏎⟨U+3000⟩⟨U+3000⟩今天的会议很重要，各村要把春耕生产摆上重要位置，刚才农业局通报了有关情⏎况，大家要认真研究。⏎⟨U+3000⟩⟨U+3000⟩一要抓种子。⏎⟨U+3000⟩⟨U+3000⟩二要抓水利。⏎⟨U+3000⟩⟨U+3000⟩谢谢大家。⏎  →  ⟨U+3000⟩⟨U+3000⟩同志们：⏎⟨U+3000⟩⟨U+3000⟩今天的会议很重要，各村要把春耕生产摆上重要位置，刚才农业局通报了有关情况，大家要认真研究。⏎⟨U+3000⟩⟨U+3000⟩一要抓种子。⏎⟨U+3000⟩⟨U+3000⟩二要抓水利。⏎⟨U+3000⟩⟨U+3000⟩谢谢大家。⏎
        ⟨U+3000⟩⟨U+3000⟩各位代表：⏎⟨U+3000⟩⟨U+3000⟩过去一年，全镇上下团结一心，克服了春旱和夏涝的影响，粮食总产达到三万吨，⏎比上年增长百分之五。⏎⟨U+3000⟩⟨U+3000⟩成绩来之不易。⏎⟨U+3000⟩⟨U+3000⟩问题也不少。⏎⟨U+3000⟩⟨U+3000⟩谢谢。⏎  →  ⟨U+3000⟩⟨U+3000⟩各位代表：⏎⟨U+3000⟩⟨U+3000⟩过去一年，全镇上下团结一心，克服了春旱和夏涝的影响，粮食总产达到三万吨，比上年增长百分之五。⏎⟨U+3000⟩⟨U+3000⟩成绩来之不易。⏎⟨U+3000⟩⟨U+3000⟩问题也不少。⏎⟨U+3000⟩⟨U+3000⟩谢谢。⏎
        ⟨U+3000⟩⟨U+3000⟩同志们：⏎⟨U+3000⟩⟨U+3000⟩林业部门要做好规划，水利部门要管好渠道，交通部门要养好道路，各乡镇要抓⏎紧动员群众。⏎⟨U+3000⟩⟨U+3000⟩散会。⏎⟨U+3000⟩⟨U+3000⟩谢谢。⏎⟨U+3000⟩⟨U+3000⟩再见。⏎  →  ⟨U+3000⟩⟨U+3000⟩同志们：⏎⟨U+3000⟩⟨U+3000⟩林业部门要做好规划，水利部门要管好渠道，交通部门要养好道路，各乡镇要抓紧动员群众。⏎⟨U+3000⟩⟨U+3000⟩散会。⏎⟨U+3000⟩⟨U+3000⟩谢谢。⏎⟨U+3000⟩⟨U+3000⟩再见。⏎
        在春耕会议上的讲话⏎同志们：⏎今天开会。  ✓
        同志们：⏎今天的会议很重要，各村要把春耕生产摆上重要位置，刚才农业局通报了有关情⏎况，大家要认真研究。⏎一要抓种子。⏎  ✓
        春风吹绿了柳河岸，细雨催开了北岭花⏎乡亲们都说好。⏎  ✓
    """
    sure = False
    for match in _GOES_ON.finditer(text):
        place = match.start()
        start = text.rfind("\n", 0, place) + 1
        if place - start < 30 or not text.startswith(_INDENTS, start):
            continue
        if text.find("，", start, place) < 0 or _NUMBERED.match(text, match.end()):
            continue
        sure = sure or _all_indented(text)
        if not sure:
            return
        yield place, place + 1, ""


_INDENTS = ("\u3000\u3000", "    ")
_GOES_ON = later(
    "\\n(?<=[\u4e00-\u9fff，、]\\n)(?=[\u4e00-\u9fff，。；、][^\\n]{0,400}[。；！？：”]\\n)"
)
_NUMBERED = later(
    "[一二三四五六七八九十]{1,3}(?:[、是要]|方面)|第[一二三四五六七八九十]|附件|[^\\n，。]{1,12}："
)


def _all_indented(text: str) -> bool:
    """Whether nearly all lines that end a sentence begin with an indent."""
    ended: list[str] = _SENTENCES.findall(text)
    indented = sum(line.startswith(_INDENTS) for line in ended)
    return indented >= _ENOUGH and (len(ended) - indented) * 4 <= len(ended)


_SENTENCES = later("(?m)^.{2,}[。！？：；”]$")
