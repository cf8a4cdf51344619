"""One document through proposer, forest and judge."""

from __future__ import annotations

import numpy as np

from normtool.edits import LOW, Certainty
from normtool.typos import Proposal, evidence, judge
from normtool.typos.alphabet import Ints
from normtool.typos.evidence import MARGIN, NAMES, Candidates
from normtool.typos.model import Model, load
from normtool.typos.notes import note

#: after so many trees, log-odds below which a candidate is dropped
_STAGES = ((16, -3.8), (48, -3.5))
#: candidates whose score is below even odds are not shown
_SHOWN = 0.05
_FIELDS = judge.Row._fields[4:]
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


def proposals(text: str, minimum: Certainty) -> list[Proposal]:
    """What ``normtool.typos.propose`` returns."""
    if not text:
        return []
    model = load()
    found, rows, score = scored(text, model)
    good = np.flatnonzero(score >= _SHOWN)
    if not len(good):
        return []
    order = good[np.lexsort((-score[good], found.place[good]))]
    quotes = judge.quotations(text)
    chosen: list[judge.Row] = []
    for row in order.tolist():
        place = int(found.place[row]) - MARGIN
        if chosen and place == chosen[-1].place:
            continue
        values = rows[row]
        chosen.append(
            judge.Row(
                place,
                text[place],
                chr(int(found.new_code[row])),
                float(score[row]),
                *(int(values[column]) for column in _COLUMNS),
            )
        )
    sites = [_site(text, row, quotes) for row in chosen]
    sure = sum((judge.certainty(*site, 0.0) or LOW) > LOW for site in sites)
    shift = judge.shift(sure, len(text))
    made = []
    for site in sites:
        row, level = site[0], judge.certainty(*site, shift)
        if level is not None and level >= minimum:
            why = note(text, row, model.a_million)
            made.append(Proposal(row.place, row.old, row.new, level, row.score, why))
    return made


def _site(
    text: str, row: judge.Row, quotes: list[tuple[int, int, str]]
) -> tuple[judge.Row, str, str, bool]:
    """A candidate with what the judge must know of the document around it."""
    quoted = next((said for begin, end, said in quotes if begin < row.place < end), "")
    return row, text, quoted, _repeated(text, row)


def _repeated(text: str, row: judge.Row) -> bool:
    """The document has the "wrong" form in two different contexts: it is a term."""
    place = row.place
    if row.gain_left >= row.gain_right:
        form, offset = text[max(place - 1, 0) : place + 1], -1
    else:
        form, offset = text[place : place + 2], 0
    contexts: set[tuple[str, str]] = set()
    at = text.find(form)
    while at >= 0 and len(contexts) < 2:
        contexts.add((text[max(at - 3, 0) : at], text[at + 2 : at + 5]))
        at = text.find(form, at + 1)
    return len(form) == 2 and len(contexts) > 1 and offset <= 0
