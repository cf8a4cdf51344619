"""One document through proposer, forest and judge."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from operator import itemgetter

from normtool.edits import LOW, Certainty
from normtool.typos import Proposal, judge
from normtool.typos.columns import OF_TWO
from normtool.typos.model import Found, Model, Sheet, load
from normtool.typos.notes import note, pair_note
from normtool.typos.row import Row, judged_figures

#: candidates with lower log-odds are not looked at: a score of 0.05
_SHOWN = -2.9444
#: the same of a closer look: less cannot even contest another one (``vetoes.CONTESTED``)
_LEAST = -1.2
#: a form is a term if the document has it twice, unless it has the other one so many
#: times as often
_OUTNUMBERED = 3
#: how often a careless document is looked at, what is sure mended each time; how far from
#: what was mended the later looks go
_LOOKS = 3
_AROUND = 8
#: what is longer is no speech, and a closer look at all of it takes a second
_LONGEST = 100_000
#: what the first look gives a lower score is not worth a closer one
_DOUBT = 0.5
#: of the figures of two characters, what their notes tell
_levels = itemgetter(*map(OF_TWO.index, ("pair_old", "pair_new")))


def best(text: str, sheet: Sheet) -> list[Row]:
    """The best candidate of every place that has a fair one, in the order of the places."""
    chosen: list[Row] = []
    found = sorted(sheet.first(_SHOWN), key=lambda one: (one[0], -one[2]))
    for place, new, odds, figures in found:
        if chosen and place == chosen[-1].place:
            if not chosen[-1].rival:
                chosen[-1] = chosen[-1]._replace(rival=judge.chance(odds))
            continue
        chosen.append(Row(place, text[place], new, judge.chance(odds), *judged_figures(figures)))
    return chosen


def proposals(text: str, minimum: Certainty) -> list[Proposal]:
    """What ``normtool.typos.propose`` returns."""
    if not text:
        return []
    model = load()
    reading = _Reading(text)
    sheet = model.sheet(text)
    rows = best(text, sheet)
    sure = sum((judge.certainty(*reading.site(row), 0.0) or LOW) > LOW for row in rows)
    shift = judge.shift(sure, len(text))
    again = shift > 0 and len(text) <= _LONGEST
    closely = _look(sheet) if again else []
    places = [row.place for row in rows if row.score > _DOUBT]
    odds = by_place(closely if again else sheet.confirm(_LEAST, places))
    found = list(reading.judged(rows, odds, shift, model))
    made: dict[int, Proposal] = {}
    settled: set[int] = set()  # characters that are mended for the next look
    for _ in range(_LOOKS):
        found += reading.closely(closely, shift, model)
        around: list[int] = []
        for one in sorted(found, key=lambda one: (-one.certainty, -one.score)):
            span = range(one.start, one.start + len(one.before))
            if settled.isdisjoint(span) and _better(one, made):
                for other in _beside(one, made):
                    if _spoilt(other, one):
                        del made[other.start]
                made[one.start] = one
                if one.certainty > LOW:
                    around += span
                    settled.update(span)
        if not around or not again:
            break
        reading = reading.mended(made, settled)
        closely = _look(model.sheet(reading.text), around)
        found = []
    return [made[place] for place in sorted(made) if made[place].certainty >= minimum]


def _look(sheet: Sheet, around: Collection[int] = ()) -> list[Found]:
    """The candidates of a closer look, the likeliest first."""
    found = sheet.look(_LEAST, around, _AROUND)
    return sorted(found, key=lambda one: (-one[2], one[0]))


def by_place(some: Iterable[Found]) -> dict[int, dict[str, float]]:
    """The log-odds of single characters, by place and character."""
    found: dict[int, dict[str, float]] = {}
    for place, new, odds, _ in some:
        if len(new) == 1:
            found.setdefault(place, {})[new] = odds
    return found


def _spoilt(one: Proposal, surer: Proposal) -> bool:
    """A proposal that touches a surer one: it stands on a character that is no longer there."""
    gap = int(surer.certainty > LOW >= one.certainty)
    return one.start < surer.start + len(surer.before) + gap and (
        surer.start < one.start + len(one.before) + gap
    )


def _beside(one: Proposal, made: dict[int, Proposal]) -> list[Proposal]:
    """The proposals that may touch this one; none is longer than two characters."""
    near = range(one.start - 2, one.start + len(one.before) + 1)
    return [made[place] for place in near if place in made]


def _better(one: Proposal, made: dict[int, Proposal]) -> bool:
    """Surer than all that was proposed for its characters before."""
    touched = (other for other in _beside(one, made) if _spoilt(one, other))
    return all(other.certainty < one.certainty for other in touched)


class _Reading:
    """A text with what was found out about it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._terms: dict[tuple[str, str], bool] = {}

    @cached_property
    def _quotes(self) -> list[tuple[int, int, str]]:
        return judge.quotations(self.text)

    def mended(self, made: dict[int, Proposal], settled: set[int]) -> _Reading:
        """The text with what is beyond doubt mended."""
        characters = list(self.text)
        for one in made.values():
            if one.start in settled:
                characters[one.start : one.start + len(one.after)] = one.after
        return _Reading("".join(characters))

    def site(self, row: Row) -> tuple[Row, str, str, judge.Repeated]:
        """A candidate with what the judge must know of the document around it."""
        again = partial(repeated, self.text, row, self._terms)
        return row, self.text, self.quoted(row.place), again

    def quoted(self, place: int) -> str:
        """The quotation or title that a place is in, or nothing."""
        number = bisect_left(self._quotes, (place,)) - 1  # they do not overlap
        inside = number >= 0 and place < self._quotes[number][1]
        return self._quotes[number][2] if inside else ""

    def judged(
        self, rows: list[Row], odds: Mapping[int, Mapping[str, float]], shift: float, model: Model
    ) -> Iterator[Proposal]:
        """The candidates of the first look that are worth telling.

        ``odds`` is what a closer look says of them, where it was taken.
        """
        for row in rows:
            site = self.site(row)
            level = judge.certainty(*site, shift)
            if level is not None:
                closely = odds.get(row.place, {})
                own = closely.get(row.new, -9.0)
                rival = max((o for new, o in closely.items() if new != row.new), default=-9.0)
                level = judge.agreed(level, *site, own, rival, shift)
                why = note(self.text, row, model.a_million)
                yield Proposal(row.place, row.old, row.new, level, row.score, why)

    def closely(self, looked: list[Found], shift: float, model: Model) -> Iterator[Proposal]:
        """Those of a closer look, which a careless document is given."""
        chosen: list[Found] = []
        rivals: dict[int, float] = {}  # number of the candidate → log-odds of the next best
        taken: dict[int, int] = {}  # place → number of the best candidate
        for found in looked:
            place, new, odds, _ = found
            span = range(place, place + len(new))
            better = {taken[place] for place in span if place in taken}
            if better:
                for number in better:
                    rivals.setdefault(number, odds)
            else:
                taken.update(dict.fromkeys(span, len(chosen)))
                chosen.append(found)
        for number, found in enumerate(chosen):
            if not judge.possible(found[2], shift):
                break  # the likeliest come first
            yield from self._close(found, rivals.get(number, -99.0), shift, model)

    def _close(self, found: Found, rival: float, shift: float, model: Model) -> Iterator[Proposal]:
        place, new, odds, figures = found
        old, score = self.text[place : place + len(new)], judge.chance(odds)
        if len(new) > 1:
            level = judge.closer_pair(odds, old, self.quoted(place), shift)
            was, now = _levels(figures)
            why = pair_note(old, new, was, now, model.a_million)
        else:
            row = Row(place, old, new, score, *judged_figures(figures))
            row = row._replace(rival=judge.chance(rival))
            level = judge.closer(*self.site(row), shift)
            why = note(self.text, row, model.a_million) if level else ""
        if level is not None:
            yield Proposal(place, old, new, level, score, why)


def repeated(text: str, row: Row, terms: dict[tuple[str, str], bool]) -> bool:
    """The document has the "wrong" form in two different contexts: it is a term.

    Unless it has the right form far more often: then the slip is a habit of its writer.
    ``terms`` keeps what was found out of one text, by form and what is meant by it.
    """
    place = row.place
    if row.gain_left >= row.gain_right:
        form = text[max(place - 1, 0) : place + 1]
        meant = form[:-1] + row.new
    else:
        form = text[place : place + 2]
        meant = row.new + form[1:]
    known = terms.get((form, meant))
    if known is not None:
        return known
    contexts: set[tuple[str, str]] = set()
    times, at = 0, text.find(form)
    while at >= 0:
        contexts.add((text[max(at - 3, 0) : at], text[at + 2 : at + 5]))
        times += 1
        at = text.find(form, at + 1)
    several = len(contexts) > 1 or times > 2
    terms[form, meant] = several and text.count(meant) < _OUTNUMBERED * times
    return terms[form, meant]
