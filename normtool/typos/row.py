"""What the judge reads of a candidate."""

from __future__ import annotations

from operator import itemgetter

from normtool.records import NamedTuple
from normtool.typos.columns import OF_ONE


class Row(NamedTuple):
    """What the judge reads of a candidate; the names are those of the figures."""

    place: int
    old: str
    new: str
    score: float
    word_old: int
    word_new: int
    strength_old: int
    strength_new: int
    proper_old: int
    proper_new: int
    f_new: int
    t1_new: int
    t2_new: int
    t3_new: int
    kind: int
    shape: int
    habit: int
    gain_left: int
    gain_right: int
    left_old: int
    left_new: int
    right_old: int
    right_new: int
    rival: float = 0.0  # the score of the next best candidate

    @property
    def familiar(self) -> bool:
        """A homophone in its usual reading, or a frequent slip."""
        return self.kind <= 1 or self.habit >= 2

    @property
    def plain(self) -> bool:
        """A homophone or frequent slip that was no word and makes one."""
        return self.strength_new >= 2 and self.strength_old < 2 and self.familiar

    @property
    def written(self) -> int:
        """Level of the old pair on the side that gains most."""
        return self.left_old if self.gain_left >= self.gain_right else self.right_old

    @property
    def support(self) -> int:
        """How much of the new surroundings was seen: four characters, two triples."""
        triples = (self.t1_new > 0) + (self.t2_new > 0) + (self.t3_new > 0)
        return (self.f_new > 0) + (triples > 1)


#: Of the figures of a candidate, those between its score and its rival.
judged_figures = itemgetter(*map(OF_ONE.index, Row._fields[4:-1]))
