"""What is lost in a text, and what a reader of the clean file is told about it.

Only what the text itself says: how a number was lost, and which numbers stand before
and after it with the same unit in the same sentence. Nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from normtool.chinese import HAN_RANGES, LOST
from normtool.document import BLANK, NOISE, TITLE, Document
from normtool.edits import GAP, Edit
from normtool.patterns import later
from normtool.records import NamedTuple

if TYPE_CHECKING:  # a text that has lost nothing needs neither
    from normtool.export.docx.review.comments import Comment
    from normtool.export.docx.review.wording import Wording

_SENTENCE_SIGNS = "。！？!?\n"
_SENTENCE = later(f"[{_SENTENCE_SIGNS}]")
#: So far a sentence reaches at most, to either side.
_REACH = 1000
_NUMBER = r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*[万亿]?"
_UNIT = later(rf"[%％‰{HAN_RANGES}]")


class Losses(NamedTuple):
    """Where something is lost in the text.

    signs     places of the signs that edits put there (code points of the text)
    edits     the edit whose first sign stands at a place
    """

    signs: frozenset[int]
    edits: dict[int, Edit]


def find_losses(document: Document) -> Losses:
    """The losses of a document, also of one in another script."""
    base = document.cleaned or document
    places: list[int] = []
    owners: dict[int, Edit] = {}
    count = shift = end = 0
    for start, before, after, why in zip(*base.columns.columns(), strict=True):
        signs = after.count(LOST) if why[3] == GAP else 0
        if signs:
            count += base.text.count(LOST, end, start + shift)
            end = start + shift + len(after)
            owners[count] = Edit(start, before, after, *why)
            places += range(count, count + signs)
            count += signs
        shift += len(after) - len(before)
    if not owners:
        return Losses(frozenset(), {})
    # Conversion to another script moves the signs and leaves their order.
    found = [match.start() for match in re.finditer(LOST, document.text)]
    return Losses(
        frozenset(found[place] for place in places if place < len(found)),
        {found[place]: edit for place, edit in owners.items() if place < len(found)},
    )


def remarks(document: Document, losses: Losses, wording: Wording) -> dict[int, Comment]:
    """The comments on losses, by place in the text, and on the titles by the place of the title.

    The comment on a title sums up: how many losses, and whether the page broke off.
    """
    from normtool.export.docx.review.comments import Comment

    made = {
        place: Comment(wording.author(edit), _told(document.text, place, edit, wording))
        for place, edit in losses.edits.items()
    }
    cut = {
        warning.get("speech"): str(warning.get("message", ""))
        for warning in document.meta.get("warnings") or ()
        if isinstance(warning, dict) and warning.get("code") in _CUT
    }
    counts: dict[int, int] = {}
    heads: dict[int, int] = {}
    places = sorted(losses.edits)
    for block in document.blocks:
        if block.kind in (BLANK, NOISE):
            continue
        if block.speech and (block.kind == TITLE or block.speech not in heads):
            heads.setdefault(block.speech, block.start)
        inside = bisect_left(places, block.end) - bisect_left(places, block.start)
        counts[block.speech] = counts.get(block.speech, 0) + inside
    for speech, start in heads.items():
        said = []
        if speech in cut or (cut and set(cut) == {0}):
            said.append(wording.say("网页没有给出全文：下文或部分内容缺失，无法复原。"))
        if counts.get(speech) and (said or counts[speech] > 1):
            said.append(
                wording.say("全文共有 %d 处内容丢失，以“□”标出，未作任何猜补。") % counts[speech]
            )
        if said and start not in made:
            made[start] = Comment(wording.summary_author(), said)
    return made


def on_doubts(document: Document, wording: Wording) -> dict[int, Comment]:
    """The comments on characters of the other script that are in doubt, by place in the text."""
    if not document.script:
        return {}
    from normtool.export.docx.review.comments import Comment
    from normtool.script import doubts_of

    say = wording.say
    return {
        one.start: Comment(
            wording.author(one),
            [say("简繁转换存疑（%s）：") % one.codes[0] + _either(one.note) + say("？")],
        )
        for one in doubts_of(document)
    }


def _either(note: str) -> str:
    """``臺灣, or 台灣 (CC-CEDICT)?`` without what is said in English."""
    return re.split(r"[:?(]", note)[0].strip().replace(", or ", "，或 ")


#: Warnings of ``structure.metadata`` about a text that is not whole.
_CUT = ("truncated",)


def _told(text: str, place: int, edit: Edit, wording: Wording) -> list[str]:
    known = _neighbours(text, place, wording)
    return [wording.reason(edit) + (f"；{known}" if known else "") + wording.say("。")]


def _neighbours(text: str, place: int, wording: Wording) -> str:
    """The nearest numbers with the same unit in the sentence: ``前后为 43个、29个``."""
    end = place
    while text[end : end + 1] == LOST:
        end += 1
    unit = _UNIT.match(text, end)
    if unit is None:
        return ""
    low, high = max(place - _REACH, 0), min(end + _REACH, len(text))
    start = max((text.rfind(sign, low, place) + 1 for sign in _SENTENCE_SIGNS), default=0) or low
    stop = _SENTENCE.search(text, end, high)
    counted = re.compile(_NUMBER + re.escape(unit[0]))
    before = counted.findall(text[start:place])
    after = counted.findall(text[end : stop.start() if stop else high])
    numbers = [*before[-1:], *after[:1]]
    where = "前后为" if before and after else "前为" if before else "后为"
    return f"{wording.say(where)} {'、'.join(numbers)}" if numbers else ""
