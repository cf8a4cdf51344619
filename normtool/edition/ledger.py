"""A TEI file that normtool wrote, back to the Document that it was written from.

The words come from the markup; the ledger in the header (``xenoData``) tells
which edits led to them. Undoing these gives the source, at its own offsets:
what belongs to other speeches of the same source is not in the file, and blank.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zlib import crc32

from normtool.alternative import Told
from normtool.document import Document
from normtool.edition.alternatives import alternatives, back_of
from normtool.edition.parsing import NotTei, line_of, local
from normtool.edition.runs import Runs, edits_of, once
from normtool.edition.views import ID, T, blocks, reading
from normtool.edits import apply, compose, invert

if TYPE_CHECKING:
    from lxml.etree import _Element

SCHEMA = "normtool-ledger/1"
#: Marks a line of the text whose words the ledger has, because a lone sic is not converted.
IN_BODY = "in-body"


def has_ledger(root: _Element) -> bool:
    """Whether normtool wrote the file, in edition view."""
    return next(_ledgers(root), None) is not None


def restore(root: _Element) -> Document:
    """The document of a file with a ledger: a TEI, or a teiCorpus of speeches of one source.

    Raises NotTei with a sentence and the line, if the text was changed since.
    """
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


def _restore(root: _Element) -> Document:
    parts: list[dict[str, Any]] = []
    for found, tei in _ledgers(root):
        value = json.loads(found.text or "")
        if value["schema"] != SCHEMA:
            raise NotTei(
                f"its ledger is {value['schema']}, which this version does not know; take the "
                "normtool that wrote it, or a newer one",
                line_of(found),
            )
        _fill(value, tei)
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
    if "script" not in first:
        return document
    text = apply(runs.text, runs.script)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    lines = {ident: starts[number] for ident, number in runs.lines.items()}
    back = back_of(runs.script)
    told = (alternatives(tei, lines, text, back) for _, tei in _ledgers(root))
    return Told(
        original=document.original,
        edits=tuple(compose(runs.edits, runs.script)),
        suggestions=document.suggestions,
        blocks=tuple(runs.blocks(text)),
        meta=_merged([one["script_meta"] for one in parts]) | part,
        script=first["script"],
        script_edits=tuple(runs.script),
        cleaned=document,
        alternatives=tuple(sorted(one for found in told for one in found)),
        **common,
    )


def _fill(value: dict[str, Any], tei: _Element) -> None:
    """Put the words of the markup into the lines of a ledger that have none."""
    found = iter(blocks(tei))
    for run in value["runs"]:
        idents = run["idents"] = {}
        for number, line in enumerate(run["lines"]):
            told = isinstance(line[0], str)
            if told and line[-1] != IN_BODY:
                continue
            block = next(found, None)
            if block is None:
                raise NotTei(
                    "lines are missing in the text; convert the source again", line_of(tei)
                )
            idents[block.get(ID)] = number
            if told:
                line.pop()
                continue
            words = reading(block)
            if crc32(words.encode("utf-8", "surrogatepass")) != line[0]:
                raise NotTei(
                    f"the words of {block.get(ID)} ({local(block)}) were changed after normtool "
                    "wrote it, so that the edits no longer lead to them; undo that, or make the "
                    "change in the source or in a reviewed Word file",
                    line_of(block),
                )
            line[0] = words
    extra = next(found, None)
    if extra is not None:
        raise NotTei(
            f"{local(extra)} was put in after normtool wrote the file; take it out", line_of(extra)
        )


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
