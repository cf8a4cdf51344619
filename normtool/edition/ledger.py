"""A TEI file that normtool wrote, back to the Document that it was written from.

The words come from the markup; the ledger in the header (``xenoData``) tells
which edits led to them. Undoing these gives the source, at its own offsets:
what belongs to other speeches of the same source is not in the file, and blank.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from normtool.alternative import Told
from normtool.document import Document
from normtool.edition.alternatives import alternatives, back_of
from normtool.edition.applied import corrected, recorrected
from normtool.edition.byhand import fill
from normtool.edition.difference import Changed
from normtool.edition.entries import edits_of, once
from normtool.edition.heading import with_header
from normtool.edition.parsing import NotTei, line_of
from normtool.edition.people import People
from normtool.edition.remarks import Remark, passed_over, unkept, with_remarks
from normtool.edition.runs import Runs
from normtool.edition.views import T, blocks
from normtool.edits import apply, compose, invert

if TYPE_CHECKING:
    from lxml.etree import _Element

SCHEMA = "normtool-ledger/1"


def has_ledger(root: _Element) -> bool:
    """Whether normtool wrote the file, in edition view."""
    return next(_ledgers(root), None) is not None


def restore(root: _Element) -> Document:
    """The document of a file with a ledger: a TEI, or a teiCorpus of speeches of one source.

    What a person changed since is an edit of its own (``MAN``). Raises NotTei with a
    sentence and the line, for a change after which the source cannot be told any more.
    """
    return restored(root)[0]


def restored(root: _Element) -> tuple[Document, list[Changed]]:
    """The same, and what a person changed in the text, line by line."""
    try:
        return _restore(root)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        if isinstance(error, NotTei):
            raise
        line = next((line_of(one) for one, _ in _ledgers(root)), 0)
        raise NotTei(
            "its ledger (xenoData) is damaged or does not fit the text; convert the source again",
            line,
        ) from error


def told_of(tei: _Element) -> tuple[list[tuple[int, int]], bool]:
    """The parts of the source that a speech tells of, half-open, and whether it stands alone.

    It does not where lines of other speeches stand between its own. Nothing without a ledger.
    """
    found = next((one for one, around in _ledgers(tei) if around is tei), None)
    if found is None:
        return [], True
    value = json.loads(found.text or "")
    speeches = {line[3] for run in value["runs"] for line in run["lines"] if len(line) > 3}
    regions = [(run["start"], run["end"]) for run in value["runs"]]
    return regions, speeches <= {0, value["speech"]}


def _ledgers(root: _Element) -> Iterator[tuple[_Element, _Element]]:
    """Each ledger and the speech that it tells of."""
    for tei in root.iter(T + "TEI"):
        found = tei.find(f"{T}teiHeader/{T}xenoData[@type='normtool-ledger']")
        if found is not None:
            yield found, tei


def _restore(root: _Element) -> tuple[Document, list[Changed]]:
    parts: list[dict[str, Any]] = []
    for found, tei in _ledgers(root):
        value = json.loads(found.text or "")
        if value["schema"] != SCHEMA:
            raise NotTei(
                f"its ledger is {value['schema']}, which this version does not know; take the "
                "normtool that wrote it, or a newer one",
                line_of(found),
            )
        fill(value, tei)
        parts.append(value)
    first = parts[0]
    if any((one["name"], one["size"]) != (first["name"], first["size"]) for one in parts):
        raise NotTei("its speeches come from several sources; give the file of one speech", 1)
    runs = Runs(parts)
    common = {key: first[key] for key in ("name", "encoding", "sha256")}
    # What is not told of is blank: whoever writes the document again must know.
    part = {"regions": runs.regions} if runs.is_part else {}
    document = Document(
        original=apply(runs.text, invert(runs.edits)),
        edits=tuple(runs.edits),
        suggestions=tuple(once(edit for one in parts for edit in edits_of(one["suggestions"]))),
        blocks=tuple(runs.blocks(runs.text)),
        meta=_merged([one["meta"] for one in parts]) | part,
        **common,
    )
    changes = [runs.changed[number] for number in sorted(runs.changed)]
    people = People(root)
    speeches = [tei for _, tei in _ledgers(root)]
    found = Counter[str]()
    for tei in speeches:
        found += unkept(blocks(tei))
    headers = [
        (one["speech"], [h for h in (tei.find(_HEADER), root.find(_HEADER)) if h is not None])
        for one, tei in zip(parts, speeches, strict=True)
    ]
    is_converted = "script" in first
    if changes and not is_converted:
        document = corrected(document, runs.changed, people)
    document = with_remarks(document, _remarks(runs, document, is_converted), people)
    document.meta = passed_over(document.meta, found)
    if not is_converted:
        return with_header(document, headers), changes
    text = apply(runs.text, runs.script)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    lines = {ident: starts[number] for ident, number in runs.lines.items()}
    back = back_of(runs.script)
    told = [one for tei in speeches for one in alternatives(tei, lines, text, back)]
    converted = Told(
        original=document.original,
        edits=tuple(compose(runs.edits, runs.script)),
        suggestions=document.suggestions,
        blocks=tuple(runs.blocks(text)),
        meta=_merged([one["script_meta"] for one in parts]) | part,
        script=first["script"],
        script_edits=tuple(runs.script),
        cleaned=document,
        alternatives=tuple(sorted(told)),
        **common,
    )
    if changes:
        converted = recorrected(converted, runs.changed, people, back)
    converted.meta = passed_over(converted.meta, found)
    return with_header(converted, headers), changes


_HEADER = f"{T}teiHeader"


def _remarks(
    runs: Runs, document: Document, is_converted: bool
) -> Iterator[tuple[int, int, Remark]]:
    """What people said of lines, with the range of each line in the text."""
    start = more = 0
    text = document.text.split("\n")
    for number in range(len(runs.text.split("\n")) if runs.remarks else 0):
        # A line may be several now; of a converted text the cleaned one has not changed.
        changed = None if is_converted else runs.changed.get(number)
        count = 1 + (len(changed.kinds) if changed else 0)
        end = start + len("\n".join(text[number + more : number + more + count]))
        for remark in runs.remarks.get(number, ()):
            yield start, end, remark
        start = end + 1
        more += count - 1


def _merged(metas: list[dict[str, Any]]) -> dict[str, Any]:
    """The facts of several speeches of one source."""
    meta = dict(metas[0])
    for other in metas[1:]:
        for key in ("speeches", "warnings"):
            known = meta.get(key, [])
            new = [fact for fact in other.get(key, []) if fact not in known]
            if key in other:
                meta[key] = known + new
        if "reviewers" in other:
            meta["reviewers"] = meta.get("reviewers", {}) | other["reviewers"]
    return meta
