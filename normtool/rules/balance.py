"""QLT, continued: title marks that have lost their partner."""

from __future__ import annotations

import re

from normtool.edits import DISPLAY, FLAG, MEDIUM
from normtool.rule import rule


@rule(
    "QLT131",
    DISPLAY,
    MEDIUM,
    FLAG,
    "《(?=[^《》〈〉\\n]{1,40}《)(?=[^《》\\n]{1,40}《[^《》\\n]{1,40}》[^》\\n]{0,80}$)",
    re.MULTILINE,
)
def title_mark_not_closed(match: re.Match[str]) -> tuple[str, str]:
    """Title mark that is opened again before it is closed.

    ``《甲、《乙》``: the first title has lost its end. A title inside a title
    has its own pair, and the outer one is closed after it; such a line stays.
    Where the lost mark stood is for a person to say.

        学习《农业法、《森林法》  ⚑
        贯彻《条例和《办法》，抓好落实。  ⚑
        印发《意见，转发《通知》。  ⚑
        学习《农业法》、《森林法》  ✓
        转发《关于印发《办法》的通知》  ✓
        转发《关于印发〈办法〉的通知》  ✓
    """
    return match[0], "the end of this title may be lost"
