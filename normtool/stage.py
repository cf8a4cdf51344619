"""One stage of cleaning: of all that its rules find, the sound edits, as a layer.

Where places overlap, the earliest, then the longest, then the rule that comes
first wins; edits that touch become one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from operator import itemgetter, sub
from typing import TYPE_CHECKING

from normtool.edits import Edit, Layer, Why
from normtool.edits.edit import all_reasons
from normtool.native import native
from normtool.notation import inside
from normtool.triggers.ways import EACH

if TYPE_CHECKING:
    from normtool.rule import Rule
    from normtool.scan import Group, Scan, Scanner

#: Families whose rules are about prose; addresses, tables of values and code are none.
_PROSE = frozenset({"BRK", "GAP", "PUN", "SPC", "TYP"})
#: A character that is lost is lost anywhere.
_ANYWHERE = frozenset({"GAP110", "GAP111"})

#: A place that a rule found: start, -end, order of the rule, after, why.
_Found = tuple[int, int, int, str, Why]
_Spans = tuple[tuple[int, int], ...]


class Stage:
    """Rules that see the same text, and what is known of them before any text."""

    __slots__ = ("_all", "_exchange", "_others", "_scanner", "rules")

    def __init__(self, scanner: Scanner, rules: Sequence[Rule]) -> None:
        # Whoever knows stages by the ids of their rules (clean.py): these live as long.
        self._scanner = scanner
        codes = [rule.code for rule in rules]
        ways = scanner.ways
        #: the first of those that exchange characters, whose edits are made together
        self._exchange = next((code for code in codes if ways[code] == EACH), None)
        self._all = scanner.group(codes)
        self._others = scanner.group(code for code in codes if code != self._exchange)
        #: by code: order, whether only prose is meant, why an edit is made
        self.rules = {
            rule.code: (
                order,
                rule.family in _PROSE and rule.code not in _ANYWHERE,
                ((rule.code,), rule.certainty, rule.applicability, rule.kind, ""),
            )
            for order, rule in enumerate(rules)
        }

    def settle(self, scan: Scan, keep: tuple[str, ...] = ()) -> tuple[Layer, str]:
        """What the rules change in the text of ``scan``, but for the strings in ``keep``.

        Returns the edits, and the text that they make.
        """
        dense: tuple[int, Layer, str] | None = None
        group = self._all
        if self._exchange is not None and not keep:
            order, prose, _ = self.rules[self._exchange]
            made = scan.exchange(self._exchange)
            if made is not None and not (prose and made[0] and scan.notation()):
                dense = order, *made
                group = self._others
        found = self._found(scan, group, keep)
        if dense is None:
            layer = _sound(scan.text, found)
            return layer, layer.apply(scan.text) if layer else scan.text
        order, layer, text = dense
        if not found and 1 not in map(sub, layer.starts[1:], layer.starts):
            return layer, text
        if native:
            layer = _settled(scan.text, found, layer, order)
            return layer, layer.apply(scan.text)
        few, many = _merged(scan.text, found, order, layer)
        del dense, layer  # of a large file it is large
        return few.beside(many), few.apply(text)

    def _found(self, scan: Scan, group: Group, keep: tuple[str, ...]) -> list[_Found]:
        """What rules find outside of notation and of what the user wants kept."""
        found: list[_Found] = []
        for code, hits in scan.found(group):
            order, prose, why = self.rules[code]
            if keep:
                kept = _kept(scan.text, keep)
                hits = [hit for hit in hits if not inside(kept, hit[0], hit[1])]
            if prose and hits:
                spans = scan.notation()
                if spans:
                    hits = [hit for hit in hits if not inside(spans, hit[0], hit[1])]
            found += [
                (start, -end, order, after, (*why[:4], note) if note else why)
                for start, end, after, note in hits
            ]
        return found

    def offers(self, scan: Scan, keep: tuple[str, ...] = ()) -> list[Edit]:
        """What the rules would change in the text of ``scan``, each place by itself, in order."""
        text = scan.text
        found = self._found(scan, self._all, keep)
        found.sort(key=itemgetter(0, 1, 2))
        return [
            Edit(start, text[start:-minus_end], after, *why)
            for start, minus_end, _, after, why in found
        ]


@lru_cache(maxsize=2)
def _kept(text: str, keep: tuple[str, ...]) -> _Spans:
    """Where the strings that the user wants kept stand; the longest where two begin."""
    longest = sorted(keep, key=len, reverse=True)
    return tuple(m.span() for m in re.finditer("|".join(map(re.escape, longest)), text))


_NONE = Layer([], [], [], [])


def _settled(text: str, found: list[_Found], dense: Layer = _NONE, order: int = 0) -> Layer:
    """The same as ``_sound`` or ``_merged`` and what is done with it, in C."""
    found.sort(key=itemgetter(0, 1, 2))
    why = dense.whys[0] if dense else None
    return Layer(*native.settled(text, found, *dense.columns()[:3], order, why, all_reasons))


def _sound(text: str, found: list[_Found]) -> Layer:
    """A layer of the places that win; those that touch are one."""
    if native:
        return _settled(text, found)
    found.sort(key=itemgetter(0, 1, 2))
    made = Layer([], [], [], [])
    starts, befores, afters, whys = made.starts, made.befores, made.afters, made.whys
    last_start = last_end = -1
    touching = False
    for start, minus_end, _, after, why in found:
        end = -minus_end
        # Two insertions at one place are two names for one loss.
        if start < last_end or (start == end == last_end and start == last_start):
            continue
        before = text[start:end]
        if before == after:
            continue
        touching |= start == last_end
        starts.append(start)
        befores.append(before)
        afters.append(after)
        whys.append(why)
        last_start, last_end = start, end
    return made.fused() if touching else made


def _merged(text: str, found: list[_Found], order: int, dense: Layer) -> tuple[Layer, Layer]:
    """The same for places and a layer of edits of one character each, in two layers.

    Edits of the layer that touch a place or each other are settled with the
    places, the others are the second layer.
    """
    starts = dense.starts
    taken = bytearray(len(starts))
    for start, minus_end, *_ in found:
        low, high = bisect_left(starts, start - 1), bisect_right(starts, -minus_end)
        taken[low:high] = b"\1" * (high - low)
    if 1 in map(sub, starts[1:], starts):
        for place, distance in enumerate(map(sub, starts[1:], starts)):
            if distance == 1:
                taken[place] = taken[place + 1] = 1
    found += [
        (start, -start - 1, order, after, why)
        for start, after, why in zip(
            compress(starts, taken),
            compress(dense.afters, taken),
            compress(dense.whys, taken),
            strict=True,
        )
    ]
    few = _sound(text, found)
    left = taken.translate(_OTHERS)
    return few, dense.chosen(left)


_OTHERS = bytes([1, *bytes(255)])
