"""Which script a Chinese text is written in, and by which regional standard.

The two scripts share most of their characters; a *sign* is one that only one
of them uses. The tables come from the national character sets, which every
Python carries: GB 2312 holds what simplified writing uses, Big5 (level 1, the
frequent characters) what traditional writing uses. What stands in both, such
as 后 干 里 着 著, proves nothing. Nothing is built before it is asked for.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from normtool.patterns import later

HANS = "hans"
HANT = "hant"
MIXED = "mixed"
NONE = "none"

TAIWAN = "tw"
HONG_KONG = "hk"
STANDARD = "t"  # OpenCC's own traditional standard, also where nothing tells

#: A text is mixed if this share of its signs belongs to the other script; a
#: quoted title or a name in a long speech stays below.
MIXED_TEXT = 0.05
#: A line is short, and one foreign word weighs more.
MIXED_LINE = 0.2
#: With fewer signs than this a line says nothing of its own.
FEW_SIGNS = 3

# GB 2312 has 着 and Big5 has not, but traditional text in Hong Kong is full of it.
_SHARED = "着"
# 著 as a particle and 裡 are Taiwan's; the particle 着, 裏 and the inner forms
# of 説 税 脱 are Hong Kong's; 爲 is written by neither, only by OpenCC's standard.
_TAIWAN = later("[著裡]")
_HONG_KONG = later("[着裏説衞税脱閲户]")


class Signs(NamedTuple):
    """How many characters of a text only one of the scripts uses."""

    hans: int
    hant: int

    def script(self, mixed: float = MIXED_TEXT) -> str:
        """hans, hant, none, or mixed if the lesser has at least the share ``mixed``."""
        total = self.hans + self.hant
        if not total:
            return NONE
        if min(self) / total >= mixed:
            return MIXED
        return self.majority

    @property
    def majority(self) -> str:
        """hans, hant or, without any sign, none; hans wins a tie."""
        if not any(self):
            return NONE
        return HANS if self.hans >= self.hant else HANT


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern of the signs of simplified, one of those of traditional writing."""
    trail = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    big5 = bytes(b for lead in range(0xA4, 0xC7) for low in trail for b in (lead, low))
    frequent = big5.decode("big5", "ignore")
    gb2312 = bytes(
        b for lead in range(0xB0, 0xF8) for low in range(0xA1, 0xFF) for b in (lead, low)
    )
    simplified = gb2312.decode("gb2312", "ignore")
    hans = set(simplified) - set(simplified.encode("big5", "ignore").decode("big5"))
    hant = set(frequent) - set(frequent.encode("gb2312", "ignore").decode("gb2312"))
    return tuple(  # type: ignore[return-value]
        later("[" + "".join(sorted(c for c in signs if "\u4e00" <= c <= "\u9fff")) + "]")
        for signs in (hans - set(_SHARED), hant)
    )


def signs(text: str) -> Signs:
    """Count the signs of both scripts.

    Where only one script is present, which is the rule, only its presence is
    established and 1 is given for its number: that costs a fifth.
    """
    hans, hant = _patterns()
    has_hans, has_hant = hans.search(text) is not None, hant.search(text) is not None
    if has_hans and has_hant:
        return Signs(len(hans.findall(text)), len(hant.findall(text)))
    return Signs(int(has_hans), int(has_hant))


def line_script(line: str, otherwise: str) -> str:
    """The script of one line of a text that has both; ``otherwise`` where it says too little."""
    hans, hant = _patterns()
    if (hans if otherwise == HANT else hant).search(line) is None:
        return otherwise
    found = Signs(len(hans.findall(line)), len(hant.findall(line)))
    return found.script(MIXED_LINE) if sum(found) >= FEW_SIGNS else otherwise


def script_of(text: str) -> str:
    """hans, hant, mixed, or none where no character tells."""
    return signs(text).script()


def region_of(text: str) -> str:
    """By which standard a traditional text is written: tw, hk, or t where nothing tells."""
    if text.count("爲") > text.count("為"):
        return STANDARD
    taiwan, hong_kong = len(_TAIWAN.findall(text)), len(_HONG_KONG.findall(text))
    if not taiwan and not hong_kong:
        return STANDARD
    return TAIWAN if taiwan >= hong_kong else HONG_KONG
