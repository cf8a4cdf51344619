"""The user's own words: typos to correct, names of sites to cut off titles.

They become ordinary rules and run in the same scan; without them there is no
such rule, and nothing costs anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from normtool.edits import ERROR, HIGH, REMOVAL, SAFE
from normtool.rule import RULES, rule
from normtool.rules.lists import any_of

TYPO, SITE = "TYP301", "FUR301"
#: Codes that exist only where the user has given a list.
OWN = (TYPO, SITE)


def use(typos: Mapping[str, tuple[str, tuple[str, ...]]], suffixes: Iterable[str]) -> None:
    """Put the rules for these lists into the table, in the place of those of other lists.

    typos   of each wrong form the right one, and the longer strings in which
            the "wrong" form is right
    """
    for code in OWN:
        RULES.pop(code, None)
    if typos:
        _typos(typos)
    names = list(suffixes)
    if names:
        _sites(names)


def _typos(typos: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
    @rule(TYPO, SAFE, HIGH, ERROR, any_of(list(typos)))
    def own_typo(match: re.Match[str]) -> str | None:
        """Word that your list of typos has.

        From the files that ``typos`` or ``--typos`` names: ``wrong⇥right`` on a
        line, and after it, each behind a tab, longer strings in which the wrong
        form is right.
        """
        right, guards = typos[match[0]]
        text, (start, end) = match.string, match.span()
        for word in (right, *guards):
            # A right form that holds the wrong one (帐 → 帐户) is right where it stands.
            place = word.find(match[0])
            while place >= 0:
                if text.startswith(word, start - place) and start >= place:
                    return None
                place = word.find(match[0], place + 1)
            near = text[max(start - len(word) + 1, 0) : end + len(word) - 1]
            if word != right and word in near:
                return None
        return right


def _sites(names: list[str]) -> None:
    @rule(
        SITE,
        SAFE,
        HIGH,
        REMOVAL,
        f"(?m)^[^\\n。！？；]{{2,70}}?(?P<edit>[ ]*[_|｜–—－-]+[ ]*(?:{any_of(names)})[ ]*)$",
    )
    def own_site_suffix(match: re.Match[str]) -> str:
        """Name of a site that your list has, behind a title.

        From the files that ``suffixes`` or ``--suffixes`` names: a name on a
        line. It is cut off with the sign before it: ``_ | -``.
        """
        return ""
