"""What a decision is, and which rules make one."""

from __future__ import annotations

from normtool.edits import HIGH, MEDIUM, Certainty
from normtool.records import NamedTuple

#: In falling order: what the user says wins over everything.
GLOSSARY, KEPT, MEASURE, SURNAME, LISTED, BOUNDARY, ALONE, FOREIGN = (
    "SCR210",
    "SCR211",
    "SCR202",
    "SCR203",
    "SCR201",
    "SCR204",
    "SCR205",
    "SCR206",
)
ORDER = {
    code: n
    for n, code in enumerate((GLOSSARY, KEPT, MEASURE, SURNAME, LISTED, BOUNDARY, ALONE, FOREIGN))
}
CODES = frozenset(ORDER)
_GUESSED = (SURNAME, BOUNDARY, ALONE, FOREIGN)


class Choices(NamedTuple):
    """What the user wants of the conversion.

    codes      the rules that may decide
    glossary   words and what they become, in the script asked for
    kept       strings that no conversion may touch
    """

    codes: frozenset[str] = CODES
    glossary: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()


#: Every rule, and nothing of the user's.
ALL = Choices()


class Decision(NamedTuple):
    """``text[start:end]`` becomes ``after`` by the rule ``code``; ``note`` says why.

    ``instead`` is what OpenCC wrote there, once it has.
    """

    start: int
    end: int
    after: str
    code: str
    note: str
    instead: str = ""

    @property
    def certainty(self) -> Certainty:
        return MEDIUM if self.code in _GUESSED else HIGH
