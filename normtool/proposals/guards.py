"""The guards of the built-in model, asked about what another model proposes.

The figures are those that the judge sees of its own candidates; the score is the
other model's. A correction is beyond doubt only if both models find it likely; what
ours finds hopeless is not even shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from normtool.edits import HIGH, LOW, MEDIUM, Certainty
from normtool.typos import Proposal, judge
from normtool.typos.model import Model, load
from normtool.typos.notes import note
from normtool.typos.proposer import repeated
from normtool.typos.row import Row, judged_figures

#: A model that is quite sure still is no proof: scores are kept within these bounds.
_BOUNDS = 0.001, 0.999
#: Least score of the forest for a certainty. What is right, as 张家口 for which a model
#: wants 长家口, has a thousandth and less; typos that it passes over have a third and more;
#: and a model whose scores nobody measured must be sure itself.
_AGREED = {HIGH: 0.5, MEDIUM: 0.1, LOW: 0.01}
_SURE = 0.9


def judged(text: str, proposals: list[Proposal]) -> list[Proposal]:
    """The proposals that no guard forbids, with their certainty, and why.

    Replacements of another length, and of characters outside the basic plane, are
    for a person to see: the model has no figures for them.
    """
    model = load()
    singles = [
        (number, one.start + offset, old, new)
        for number, one in enumerate(proposals)
        if len(one.before) == len(one.after)
        for offset, (old, new) in enumerate(zip(one.before, one.after, strict=True))
        if old != new and max(old, new) < "\U00010000"
    ]
    rows: dict[int, list[tuple[Row, float]]] = {}
    for (number, *_), row in zip(singles, _rows(text, singles, proposals, model), strict=True):
        rows.setdefault(number, []).append(row)
    quotes = judge.quotations(text)
    terms: dict[tuple[str, str], bool] = {}

    def level(number: int, shift: float) -> Certainty | None:
        found: list[Certainty] = []
        for row, forest in rows[number]:
            quoted = next((said for begin, end, said in quotes if begin < row.place < end), "")
            again = partial(repeated, text, row, terms)
            sure = judge.certainty(row, text, quoted, again, shift)
            if sure is None or forest < _AGREED[LOW]:
                return None
            if row.score < _SURE:
                sure = min(sure, MEDIUM)
            found.append(next(c for c in (HIGH, MEDIUM, LOW) if c <= sure and forest >= _AGREED[c]))
        return min(found)

    sure = sum((level(number, 0.0) or LOW) > LOW for number in rows)
    shift = judge.shift(sure, len(text))
    made = []
    for number, one in enumerate(proposals):
        certainty = level(number, shift) if number in rows else LOW
        if certainty is not None:
            why = note(text, rows[number][0][0], model.a_million) if number in rows else ""
            said = f"{one.score:.3f}" + (f"; {why}" if why else "")
            made.append(one._replace(certainty=certainty, note=said))
    return made


def _rows(
    text: str,
    singles: list[tuple[int, int, str, str]],
    proposals: list[Proposal],
    model: Model,
) -> Iterator[tuple[Row, float]]:
    """Of each replaced character what the judge reads, and the score of the forest."""
    found = model.sheet(text).given([(start, new) for _, start, _, new in singles])
    for (number, start, old, new), (*_, odds, figures) in zip(singles, found, strict=True):
        least, most = _BOUNDS
        theirs = min(max(proposals[number].score, least), most)
        yield Row(start, old, new, theirs, *judged_figures(figures)), judge.chance(odds)
