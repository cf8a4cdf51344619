"""How the title of a speech is recognised, for several stages."""

from __future__ import annotations

import re

#: The kinds of text that a title names.
KIND = (
    "(?:讲话|講話|讲话稿|講話稿|发言|發言|发言稿|發言稿|致辞|致詞|致词|致辭|演讲|演讲稿|演講|演講稿|报告|報告|总结|總結|动员|开幕词|開幕詞|闭幕词|閉幕詞|主持词|主持詞|主持稿|讲稿|党课|黨課|发言材料"
    "|汇报|彙報|汇报材料|述职报告|工作要点|意见|通知|方案|倡议书|贺词|賀詞|献词|答谢词|体会|心得|寄语|提纲|悼词|悼詞|贺信|賀信|贺电|慰问信|感谢信|公开信|祝酒词|祝酒辞|欢迎词|歡迎詞|欢迎辞|欢送词|誓词)"
)
_NUMERAL = "0-9一二三四五六七八九十"
_BRACKET = "[（(][^（）()]{1,12}[）)]"
_COLLECTION = f"(?:范文)?(?:精选|经典|通用|最新|优秀|汇编|合集|大全|集锦)?[ ]?[{_NUMERAL}]+篇"
#: A title ends in what it is, perhaps with a mark of the collection behind it.
GENRE = f"{KIND}(?:{_BRACKET}|{_COLLECTION})?"
#: What a kind of text begins with: one look, where a pattern tries it at many places.
AT_GENRE = f"(?=[{''.join(sorted({word[0] for word in KIND[3:-1].split('|')}))}])"


_WORDS = KIND[3:-1].split("|")


def behind_genre(characters: str) -> str:
    """A pattern that needs one of some characters right behind GENRE.

    Each of them has its own way through the pattern, with the end of a word before it: so
    pairs of characters are looked for that hardly any text has.
    """
    one = "|".join(map(re.escape, characters))
    some = f"[{re.escape(characters)}]"
    ends = "".join(sorted({word[-1] for word in _WORDS}))
    lengths = sorted({len(word) for word in _WORDS})
    words = (f"(?<=(?:{'|'.join(w for w in _WORDS if len(w) == n)}){some})" for n in lengths)
    return (
        f"(?:{one})(?<=[{ends}]{some})(?:{'|'.join(words)})"
        f"|{KIND}(?={_BRACKET}{some})|篇(?<=[{_NUMERAL}]篇)(?={some})"
    )
