"""Traditional text, read through its simplified form, and what is proposed there led back.

The model knows simplified text only. A line whose simplified form has another
length is not read; a proposal that does not lead back to itself is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.converters import converter
from normtool.variants import HONG_KONG, STANDARD, TAIWAN, region_of

if TYPE_CHECKING:
    from normtool.typos import Proposal

#: OpenCC's configurations to simplified and back, by the standard of the text.
_WAYS = {TAIWAN: ("tw2s", "s2tw"), HONG_KONG: ("hk2s", "s2hk"), STANDARD: ("t2s", "s2t")}
#: Pairs of simplified characters of which Taiwan and Hong Kong write the first where the
#: mainland has the second: 甚麼, 身分, 訊息, 莫札特, 規畫, 姊姊, 打拚, 倒楣, 標竿, 連絡.
_NORM = frozenset({"甚什", "分份", "讯信", "札扎", "画划", "姊姐", "拚拼", "楣霉", "竿杆", "连联"})
#: What stands for a line that cannot be read: the model sees no word there.
_NOTHING = "\ufffc"


class Simplified:
    """A traditional text and its simplified form, of the same length.

    text  the simplified form, code point for code point
    """

    def __init__(self, traditional: str) -> None:
        there, back = _WAYS[region_of(traditional)]
        self._original = traditional
        self._simplify, self._back = converter(there), converter(back)
        lines = traditional.split("\n")
        simplified = self._simplify(traditional).split("\n")
        self.text = "\n".join(
            new if len(new) == len(line) else _NOTHING * len(line)
            for line, new in zip(lines, simplified, strict=True)
        )

    def back(self, proposal: Proposal) -> Proposal | None:
        """The proposal in traditional characters, or None if it does not lead back."""
        start, before, after = proposal.start, proposal.before, proposal.after
        if len(before) != len(after):
            return None  # nothing tells which character is which
        if any(old + new in _NORM for old, new in zip(before, after, strict=True)):
            return None
        begin = self.text.rfind("\n", 0, start) + 1
        end = self.text.find("\n", start)
        if end < 0:
            end = len(self.text)
        corrected = self.text[begin:start] + after + self.text[start + len(after) : end]
        line = self._back(corrected)
        if len(line) != len(corrected):
            return None
        place = start - begin
        original = self._original[begin:end]
        # Only what the proposal changes is converted: the author's forms stay.
        new = "".join(
            written if old == to else made
            for written, old, to, made in zip(
                original[place : place + len(before)],
                before,
                after,
                line[place : place + len(after)],
                strict=True,
            )
        )
        changed = original[:place] + new + original[place + len(after) :]
        if self._simplify(changed) != corrected:
            return None
        return proposal._replace(before=original[place : place + len(before)], after=new)
