"""One document through proposer, forest and judge."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

from normtool.edits import LOW, MEDIUM, Certainty
from normtool.typos import Proposal, evidence, judge, twos
from normtool.typos.alphabet import Ints
from normtool.typos.evidence import MARGIN, NAMES, Candidates
from normtool.typos.judge import Row
from normtool.typos.model import Model, load
from normtool.typos.notes import note, pair_note

#: after so many trees, log-odds below which a candidate is dropped
_STAGES = ((16, -3.8), (48, -3.5))
#: candidates with a lower score are not looked at
_SHOWN = 0.05
#: a form is a term if the document has it twice, unless it has the other one so many
#: times as often
_OUTNUMBERED = 3
#: how often a document is looked at, what is sure mended each time; what the later looks
#: read on either side of what was mended
_LOOKS = 3
_AROUND = 14
#: proposals for two characters have no score of their own
_TWO_SCORE = 0.8
_FIELDS = Row._fields[4:-1]
_COLUMNS = [NAMES.index(name) for name in _FIELDS]


def scored(text: str, model: Model) -> tuple[Candidates, Ints, Ints]:
    """The candidates of a text, their figures and their scores from 0 to 1."""
    sheet = evidence.page(text, model.numbers)
    places = evidence.suspicious(sheet.ids, model.tables)
    found = evidence.candidates(sheet.ids, places, model.links, model.code_of, model.tables)
    if not len(found.place):
        return found, np.zeros((0, len(NAMES)), np.float32), np.zeros(0)
    rows = evidence.figures(sheet, found, model.links, model.traits, model.tables)
    odds = model.forest.score(rows, _STAGES)
    return found, rows, 1 / (1 + np.exp(-odds))


def best(text: str, model: Model) -> list[Row]:
    """The best candidate of every place that has a fair one, in the order of the places."""
    found, rows, score = scored(text, model)
    good = np.flatnonzero(score >= _SHOWN)
    order = good[np.lexsort((-score[good], found.place[good]))]
    chosen: list[Row] = []
    for number in order.tolist():
        place = int(found.place[number]) - MARGIN
        if chosen and place == chosen[-1].place:
            if not chosen[-1].rival:
                chosen[-1] = chosen[-1]._replace(rival=float(score[number]))
            continue
        figures = (int(rows[number][column]) for column in _COLUMNS)
        new = chr(int(found.new_code[number]))
        chosen.append(Row(place, text[place], new, float(score[number]), *figures))
    return chosen


def proposals(text: str, minimum: Certainty) -> list[Proposal]:
    """What ``normtool.typos.propose`` returns."""
    if not text:
        return []
    model = load()
    quotes = judge.quotations(text)
    terms: _Terms = {}
    sites = [_site(text, row, quotes, terms) for row in best(text, model)]
    sure = sum((judge.certainty(*site, 0.0) or LOW) > LOW for site in sites)
    shift = judge.shift(sure, len(text))
    made: dict[int, Proposal] = {}
    settled: dict[int, str] = {}  # characters that are mended for the next look
    mended = text
    for _ in range(_LOOKS):
        new: dict[int, str] = {}
        for site in sites:
            row, level = site[0], judge.certainty(*site, shift)
            known = made.get(row.place)
            if level is None or row.place in settled or (known and known.certainty >= level):
                continue
            why = note(mended, row, model.a_million)
            made[row.place] = Proposal(row.place, row.old, row.new, level, row.score, why)
            if level > LOW:
                new[row.place] = row.new
        if shift > 0:
            for two in twos.twos(mended, model):
                both = (two.place, two.place + 1)
                if two.likely and not any(place in settled or place in new for place in both):
                    why = pair_note(two.old, two.new, two.level_old, two.level_new, model.a_million)
                    made.pop(two.place + 1, None)
                    made[two.place] = Proposal(two.place, two.old, two.new, MEDIUM, _TWO_SCORE, why)
                    new.update(zip(both, two.new, strict=True))
        if not new:
            break
        settled |= new
        characters = list(mended)
        for place, character in new.items():
            characters[place] = character
        mended = "".join(characters)
        terms = {}
        sites = [_site(mended, row, quotes, terms) for row in _around(mended, new, model)]
    return [made[place] for place in sorted(made) if made[place].certainty >= minimum]


def _around(text: str, places: Iterable[int], model: Model) -> list[Row]:
    """The candidates around the places that were mended: their neighbours read better now."""
    spans: list[list[int]] = []
    for place in sorted(places):
        begin, end = max(place - _AROUND, 0), min(place + _AROUND + 1, len(text))
        if spans and begin <= spans[-1][1]:
            spans[-1][1] = end
        else:
            spans.append([begin, end])
    pieces, origin = [], []
    for begin, end in spans:
        pieces.append(text[begin:end])
        origin += [*range(begin, end), -1]
    rows = best("\n".join(pieces), model)
    return [row._replace(place=origin[row.place]) for row in rows]


#: What was found out of one text, by form and what is meant by it.
_Terms = dict[tuple[str, str], bool]


def _site(
    text: str, row: Row, quotes: list[tuple[int, int, str]], terms: _Terms
) -> tuple[Row, str, str, bool]:
    """A candidate with what the judge must know of the document around it."""
    quote = bisect_left(quotes, (row.place,)) - 1  # they do not overlap
    quoted = quotes[quote][2] if quote >= 0 and row.place < quotes[quote][1] else ""
    return row, text, quoted, _repeated(text, row, terms)


def _repeated(text: str, row: Row, terms: _Terms) -> bool:
    """The document has the "wrong" form in two different contexts: it is a term.

    Unless it has the right form far more often: then the slip is a habit of its writer.
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
