"""From scores to certainties: how likely a candidate must be, in which document.

The forests say how likely it is; ``vetoes`` what it may be all the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from normtool.edits import HIGH, LOW, MEDIUM, Certainty
from normtool.patterns import later
from normtool.typos import vetoes
from normtool.typos.row import Row

#: Least log-odds for MEDIUM and for HIGH in a document without other typos, by what is
#: gained: a word of three or more characters or one of two, and by how much of the
#: surroundings was seen before (0 to 2). Measured on edited news and official sentences.
_NEVER = 99.0
_LIKELY = {
    (True, 2): -1.0, (True, 1): 1.5, (True, 0): 2.5,
    (False, 2): 2.0, (False, 1): 3.0, (False, 0): 4.0,
}  # fmt: skip
_SURE = {
    (True, 2): 2.6, (True, 1): 3.6, (True, 0): _NEVER,
    (False, 2): 3.6, (False, 1): 4.5, (False, 0): _NEVER,
}  # fmt: skip
#: The same for plain cases (``Row.plain``), by how much the written pair is in use: never
#: seen, less than five times in ten million characters, or more.
_PLAIN_LIKELY = {
    (True, 2): (-1.0, -1.0, -1.0), (True, 1): (0.5, 0.5, 1.5),
    (False, 2): (0.0, 1.0, 2.0), (False, 1): (2.0, 2.5, 3.0),
}  # fmt: skip
_PLAIN_SURE = {
    (True, 2): (1.0, 2.4, 2.8), (True, 1): (1.4, 2.0, 3.0),
    (False, 2): (2.1, 3.0, 3.7), (False, 1): (3.6, 4.1, 4.5),
}  # fmt: skip
_UNUSED = 14
#: a pair of this level is in use: once or more in a million characters
_IN_USE = 25
#: what log-odds lose on their way to a score and back is less
_ROUNDED = 1e-6
#: a candidate is shown from here on
_POSSIBLE = -1.0
#: one typo in so many characters is what a careless document has; the bounds of the
#: shift, for MEDIUM, for HIGH and for HIGH in plain cases
_USUAL, _MOST, _MOST_SURE, _MOST_PLAIN = 10_000, 3.0, 2.5, 2.5
#: Least log-odds of a closer look for MEDIUM and for HIGH, where the shift is greatest.
_CLOSER_LIKELY, _CLOSER_SURE = 2.0, 3.4
#: Least log-odds of a closer look that confirm the first one; for HIGH in a careless
#: document, where what is around a place may be wrong as well.
_CONFIRMED, _CONFIRMED_CARELESS = 1.0, 3.0
#: Of both looks, what together makes a candidate likely, or sure, in any document.
_BOTH_LIKELY, _BOTH_SURE = (0.0, 2.5), (2.0, 3.5)
#: Asks whether a document repeats a form: that takes reading it.
Repeated = Callable[[], bool]
_QUOTED = later("“([^“”\n]{1,40})”|《([^《》\n]{1,40})》|‘([^‘’\n]{1,40})’")


def certainty(
    row: Row, text: str, quoted: str, repeated: Repeated, shift: float
) -> Certainty | None:
    """How sure a correction is, or None for silence.

    ``quoted`` is the quotation or title that the place lies in, or empty; ``repeated`` says,
    when it is asked, whether the document uses the "wrong" form in several contexts; ``shift``
    is what the other typos of the document add to the log-odds.
    """
    if vetoes.hopeless(row, quoted):
        return None
    odds = math.log(row.score / (1 - row.score)) + shift
    gained = (row.word_new >= 3, row.support)
    # another word stood there: a reason to doubt, the less so the more careless the document
    penalty = 0.0
    if row.strength_old > 1:
        penalty = (2.0 if row.familiar else 4.0) * (1 - 0.75 * shift / _MOST)
    if row.written >= _IN_USE:
        odds -= 0.7 if gained[0] else 1.5
    if odds < _POSSIBLE:
        return None
    level = LOW
    sure = odds - max(shift - _MOST_SURE, 0.0)
    likely_from, sure_from = _LIKELY[gained] + penalty, _SURE[gained]
    if row.plain and gained in _PLAIN_SURE and row.written < _IN_USE:
        use = (row.written > 0) + (row.written > _UNUSED)
        likely_from = min(likely_from, _PLAIN_LIKELY[gained][use])
        sure_from = min(sure_from, _PLAIN_SURE[gained][use] + max(shift - _MOST_PLAIN, 0.0))
    if odds >= likely_from:
        level = MEDIUM
    if sure >= sure_from:
        level = HIGH
    return _allowed(level, row, text, quoted, repeated, sure, shift)


def possible(odds: float, shift: float) -> bool:
    """Whether a candidate of a closer look with these log-odds can be worth telling."""
    return odds + shift - _MOST > _POSSIBLE - _ROUNDED


def closer(row: Row, text: str, quoted: str, repeated: Repeated, shift: float) -> Certainty | None:
    """The same for a candidate of a closer look, which only a careless document is given."""
    odds = math.log(row.score / (1 - row.score)) + shift - _MOST
    if odds < _POSSIBLE or vetoes.hopeless(row, quoted):
        return None
    sure = _CLOSER_SURE if row.familiar else vetoes.UNFAMILIAR
    level = HIGH if odds >= sure else MEDIUM if odds >= _CLOSER_LIKELY else LOW
    return _allowed(level, row, text, quoted, repeated, odds, shift)


def agreed(
    level: Certainty, row: Row, text: str, quoted: str, repeated: Repeated, closely: float,
    rival: float, shift: float,
) -> Certainty:  # fmt: skip
    """A certainty of the first look, seen the log-odds of a closer one, and of its next best."""
    if closely < _CONFIRMED:
        return MEDIUM if level > MEDIUM else LOW
    contested = chance(rival) >= vetoes.CONTESTED
    doubt = contested or bool(quoted)
    if contested or (closely < _CONFIRMED_CARELESS and shift >= vetoes.CARELESS):
        level = min(level, MEDIUM)
    odds = math.log(row.score / (1 - row.score))
    for both, (first, second) in ((HIGH, _BOTH_SURE), (MEDIUM, _BOTH_LIKELY)):
        if level < both and odds >= first and closely >= second and not (both == HIGH and doubt):
            level = max(level, _allowed(both, row, text, quoted, repeated, closely, shift))
    return level


def closer_pair(odds: float, old: str, quoted: str, shift: float) -> Certainty | None:
    """The same for two characters side by side, which are never mended unasked."""
    odds += shift - _MOST
    if odds < _POSSIBLE or vetoes.hopeless_pair(old, quoted):
        return None
    return MEDIUM if odds >= _CLOSER_LIKELY else LOW


def _allowed(
    level: Certainty,
    row: Row,
    text: str,
    quoted: str,
    repeated: Repeated,
    odds: float,
    shift: float,
) -> Certainty:
    """How much of a certainty the vetoes leave."""
    if level == LOW or vetoes.is_abbreviation(row, text) or vetoes.is_surname(row, text):
        return LOW
    if vetoes.is_coined(row, text) or repeated():
        return LOW
    if row.new in vetoes.PARTICLES and not shift:
        return LOW
    if level > LOW and vetoes.in_name(row, text):
        level = LOW if not shift and row.word_new < 3 else MEDIUM
    if level == HIGH and not vetoes.certain(row, text, quoted, odds, shift):
        level = MEDIUM
    return level


def chance(odds: float) -> float:
    """Log-odds as a score from 0 to 1, neither of them quite reached."""
    return 1 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))


def shift(sure: int, length: int) -> float:
    """What ``sure`` typos in a document of ``length`` characters say about the next one.

    In a careless document a likely typo is likelier: the log-odds grow with the density of
    those that are beyond doubt, and are never lowered.
    """
    density = (sure + 0.25) / (length + _USUAL / 4)
    return min(max(math.log(density * _USUAL), 0.0), _MOST)


def quotations(text: str) -> list[tuple[int, int, str]]:
    """Where quotations and titles begin and end, and what they say."""
    return [
        (match.start(), match.end(), match[1] or match[2] or match[3] or "")
        for match in _QUOTED.finditer(text)
    ]
