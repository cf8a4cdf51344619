"""The stage of the typo model: after all rules, on a text at rest, until nothing more is found.

A correction may finish a word that shows the next one, or give the rules
something to do. So the rules and the model take turns; normally once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from normtool.edits import FLAG, Edit, apply, compose
from normtool.proposals import STATISTICAL
from normtool.rule import Rule

#: Two turns are normal: one that makes corrections, one that finds no more. A careless text
#: of 70,000 characters, 300 corrections, took five.
MOST_TURNS = 8
#: Families whose offers say what a word is: they know more than the model does.
_ABOUT_WORDS = frozenset({"ENC", "GAP", "TYP"})

#: The edits of some rules for a text.
Look = Callable[[Sequence[Rule], str], list[Edit]]
Rest = Callable[[str], Sequence[Edit]]


class ModelStage:
    """The rules of the typo model among those that are asked for, and the rules they yield to."""

    def __init__(self, made: Iterable[Rule], offered: Iterable[Rule]) -> None:
        offered = tuple(offered)
        self.made = tuple(rule for rule in made if rule.code in STATISTICAL)
        self.offered = tuple(rule for rule in offered if rule.code in STATISTICAL)
        self.rivals = tuple(
            rule
            for rule in offered
            if rule.family in _ABOUT_WORDS and rule.kind != FLAG and rule.code not in STATISTICAL
        )

    def __bool__(self) -> bool:
        return bool(self.made or self.offered)

    def make(self, text: str, resolve: Look, offer: Look, rest: Rest) -> list[Edit]:
        """The edits that bring a text, at rest under the rules, to rest under the model, too.

        resolve  sound edits that rules make in a text
        offer    what rules offer in a text
        rest     sound edits of all other rules for a text

        A model that undoes what it did, or finds no end, is not to be trusted
        with this text: then nothing is made. So cleaning again makes no edits,
        either way.
        """
        edits: list[Edit] = []
        seen = {text}
        for _ in range(MOST_TURNS if self.made else 0):
            found = resolve(self.made, text)
            if found:
                found = _beside(offer(self.rivals, text), found)
            if not found:
                return edits
            text = apply(text, found)
            then = rest(text)
            text = apply(text, then)
            edits = compose(compose(edits, found), then)
            if text in seen:
                break
            seen.add(text)
        return []

    def offers(self, text: str, offer: Look, others: Sequence[Edit]) -> Sequence[Edit]:
        """The offers of other rules for the cleaned text and, beside them, the model's."""
        if not self:
            return others
        found = _beside(others, offer((*self.made, *self.offered), text))
        return sorted([*others, *found], key=lambda edit: (edit.start, -edit.end))


def _beside(others: Iterable[Edit], found: list[Edit]) -> list[Edit]:
    """Those of the model's edits that touch no word for which another rule has an offer."""
    taken: list[tuple[int, int]] = []
    for other in others:
        if other.before == other.after or other.codes[0][:3] not in _ABOUT_WORDS:
            continue
        if taken and other.start < taken[-1][1]:
            taken[-1] = (taken[-1][0], max(taken[-1][1], other.end))
        else:
            taken.append((other.start, other.end))
    return [
        edit
        for edit in found
        if not (place := bisect_right(taken, (edit.end - 1, 1 << 60)))
        or taken[place - 1][1] <= edit.start
    ]
