"""Edits in columns: the form in which thousands of them are made, composed and applied.

A list of objects costs a microsecond an edit; here whole runs of edits are
copied at once, and an ``Edit`` is made only when somebody looks at it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain, compress, pairwise
from operator import add, eq, sub

from normtool.edits.edit import FLAG, Edit, Why, all_reasons
from normtool.edits.touching import joined, sides
from normtool.native import native

_new = partial(tuple.__new__, Edit)
#: The pieces of text between so many edits are held at once.
_SOME = 2_000


class Layer:
    """Sound edits of one text: a column each for starts, befores, afters and reasons.

    even  all are known to keep the length of what they change
    """

    __slots__ = ("afters", "befores", "even", "starts", "whys")

    def __init__(
        self,
        starts: list[int],
        befores: list[str],
        afters: list[str],
        whys: list[Why],
        *,
        even: bool = False,
    ) -> None:
        self.even = even
        self.starts = starts
        self.befores = befores
        self.afters = afters
        self.whys = whys

    @classmethod
    def of(cls, edits: Sequence[Edit]) -> Layer:
        """The same edits, which must be sound."""
        return cls(
            [edit[0] for edit in edits],
            [edit[1] for edit in edits],
            [edit[2] for edit in edits],
            [edit[3:] for edit in edits],
        )

    def __len__(self) -> int:
        return len(self.starts)

    def columns(self) -> tuple[list[int], list[str], list[str], list[Why]]:
        """Starts, befores, afters, reasons."""
        return self.starts, self.befores, self.afters, self.whys

    def chosen(self, which: Sequence[object]) -> Layer:
        """The edits whose place in ``which`` holds something true."""
        return Layer(
            list(compress(self.starts, which)),
            list(compress(self.befores, which)),
            list(compress(self.afters, which)),
            list(compress(self.whys, which)),
            even=self.even,
        )

    def __iter__(self) -> Iterator[Edit]:
        """The same edits as objects, made one by one."""
        columns = zip(self.starts, self.befores, self.afters, self.whys, strict=True)
        return map(_new, ((start, old, new, *why) for start, old, new, why in columns))

    def edits(self) -> list[Edit]:
        """The same edits as objects."""
        return list(self)

    @property
    def end(self) -> int:
        """Where the last edit ends; 0 if there is none."""
        return self.starts[-1] + len(self.befores[-1]) if self.starts else 0

    def parts(self) -> Iterator[Layer]:
        """The same edits, some at a time: the text between takes more room than they."""
        if len(self) <= _SOME:
            yield self
            return
        for low in range(0, len(self), _SOME):
            part = Layer([], [], [], [], even=self.even)
            part._extend(self, low, low + _SOME, 0)
            yield part

    def kept(self, text: str, begin: int = 0) -> list[str]:
        """What stands in ``text`` before each of the edits, but not before ``begin``."""
        ends = map(add, self.starts, map(len, self.befores))
        return list(map(text.__getitem__, map(slice, chain((begin,), ends), self.starts)))

    def apply(self, text: str) -> str:
        """Return ``text`` with every edit made; that they belong to it is not checked."""
        if native:
            made: str = native.apply(text, self.starts, self.befores, self.afters)
            return made
        end = 0
        pieces = []
        for part in self.parts():
            pieces.append(joined(part.kept(text, end), part.afters))
            end = part.end
        return "".join((*pieces, text[end:]))

    def accounts_for(self, original: str, text: str) -> bool:
        """Whether ``text`` differs from ``original`` in these edits, which stand apart, only."""
        if native:
            fine: bool = native.accounts(original, text, self.starts, self.befores, self.afters)
            return fine
        place = made_place = 0
        for part in self.parts():
            kept = part.kept(original, place)
            before, after = joined(kept, part.befores), joined(kept, part.afters)
            if not (
                original.startswith(before, place)
                and text.startswith(after, made_place)
                and all(kept if place else kept[1:])
            ):
                return False
            place, made_place = place + len(before), made_place + len(after)
        return original[place:] == text[made_place:]

    def longer(self, than: int) -> list[int]:
        """The numbers of the edits whose before and after together are longer than that."""
        if native:
            found: list[int] = native.longer(self.befores, self.afters, than)
            return found
        sizes = map(add, map(len, self.befores), map(len, self.afters))
        return [number for number, size in enumerate(sizes) if size > than]

    def places(self) -> tuple[list[int], list[int]]:
        """Where each edit begins in the text it makes, and how much longer the text is
        than the original before each of them, and behind the last."""
        if self.even:
            return self.starts, [0] * (len(self) + 1)
        if native:
            both: tuple[list[int], list[int]]
            both = native.places(self.starts, self.befores, self.afters)
            return both
        longer = map(sub, map(len, self.afters), map(len, self.befores))
        shifts = list(accumulate(longer, initial=0))
        return list(map(add, self.starts, shifts)), shifts

    def then(self, second: Layer) -> Layer:
        """One layer that does what this one and then ``second`` do (``compose`` of lists).

        Runs of edits that touch none of the other layer are copied whole: what is
        counted one by one is the shorter layer.
        """
        if not self.starts:
            return second
        if not second.starts:
            return self
        if native:
            return Layer(*native.then(self.columns(), second.columns(), all_reasons))
        ours, shifts = self.places()
        theirs = second.starts
        made = Layer([], [], [], [])
        i = j = 0
        n, m = len(ours), len(theirs)
        while i < n and j < m:
            # Those of ours that end before their next begins; only the last can reach it.
            run = bisect_left(ours, theirs[j], i)
            if run > i and ours[run - 1] + len(self.afters[run - 1]) >= theirs[j]:
                run -= 1
            made._extend(self, i, run, 0)
            i = run
            if i == n:
                break
            run = bisect_left(theirs, ours[i], j)
            if run > j and theirs[run - 1] + len(second.befores[run - 1]) >= ours[i]:
                run -= 1
            made._extend(second, j, run, -shifts[i])
            j = run
            if j == m or ours[i] + len(self.afters[i]) < theirs[j]:
                continue
            # Ours and theirs touch: gather all that touch these.
            start = end = min(ours[i], theirs[j])
            first, other = i, j
            while True:
                if i < n and ours[i] <= end:
                    end = max(end, ours[i] + len(self.afters[i]))
                    i += 1
                elif j < m and theirs[j] <= end:
                    end = max(end, theirs[j] + len(second.befores[j]))
                    j += 1
                else:
                    break
            before, after = sides(
                start,
                list(zip(ours[first:i], self.afters[first:i], self.befores[first:i], strict=True)),
                list(
                    zip(
                        theirs[other:j],
                        second.befores[other:j],
                        second.afters[other:j],
                        strict=True,
                    )
                ),
            )
            if before != after:
                made.starts.append(start - shifts[first])
                made.befores.append(before)
                made.afters.append(after)
                made.whys.append(all_reasons(self.whys[first:i] + second.whys[other:j]))
        made._extend(self, i, n, 0)
        made._extend(second, j, m, -shifts[n])
        return made

    def beside(self, other: Layer) -> Layer:
        """One layer of this one's edits and those of ``other``, which touch none of them."""
        keeps = self.even or all(map(eq, map(len, self.befores), map(len, self.afters)))
        made = Layer([], [], [], [], even=other.even and keeps)
        done = 0
        for number, start in enumerate(self.starts):
            place = bisect_left(other.starts, start, done)
            made._extend(other, done, place, 0)
            made._extend(self, number, number + 1, 0)
            done = place
        made._extend(other, done, len(other), 0)
        return made

    def fused(self) -> Layer:
        """The same with edits that touch made one; a run of them is joined at once.

        They must be sorted and must not overlap.
        """
        ends = map(add, self.starts, map(len, self.befores))
        apart = [0, *(n for n, end in enumerate(ends, 1) if self.starts[n : n + 1] != [end])]
        made = Layer([], [], [], [])
        for low, high in pairwise(apart):
            if high - low == 1:
                made._extend(self, low, high, 0)
                continue
            made.starts.append(self.starts[low])
            made.befores.append("".join(self.befores[low:high]))
            made.afters.append("".join(self.afters[low:high]))
            made.whys.append(all_reasons(self.whys[low:high]))
        return made

    def _extend(self, other: Layer, low: int, high: int, shift: int) -> None:
        if low == high:
            return
        starts = other.starts[low:high]
        self.starts += [start + shift for start in starts] if shift else starts
        self.befores += other.befores[low:high]
        self.afters += other.afters[low:high]
        self.whys += other.whys[low:high]

    def rebase(self, offers: Iterable[Edit]) -> list[Edit]:
        """Restate offers on the text that this layer makes on its original (``rebase``)."""
        restated: list[Edit] = []
        offers = list(offers)
        if not offers:
            return restated
        ours, shifts = self.places()
        for offer in offers:
            start, old = offer[:2]
            low = bisect_left(ours, start)
            if low and ours[low - 1] + len(self.afters[low - 1]) >= start:
                low -= 1
            high = bisect_right(ours, start + len(old), low)
            if low == high:
                restated.append(_new((start - shifts[low], *offer[1:])))
                continue
            start = min(ours[low], start)
            before, after = self._sides(start, ours, low, high, offer)
            if before != after or offer[6] == FLAG:
                # What was made already keeps its own codes: the offer speaks for itself.
                restated.append(_new((start - shifts[low], before, after, *offer[3:])))
        return restated

    def _sides(
        self, start: int, ours: list[int], low: int, high: int, offer: Edit
    ) -> tuple[str, str]:
        """Before and after of some edits, from place ``low`` on, and an offer that touches them."""
        if native:
            both: tuple[str, str] = native.sides(
                start, ours, self.afters, self.befores, low, high, *offer[:3]
            )
            return both
        mine = zip(ours[low:high], self.afters[low:high], self.befores[low:high], strict=True)
        return sides(start, list(mine), [offer[:3]])
