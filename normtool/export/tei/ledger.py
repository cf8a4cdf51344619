"""The ledger of a TEI file: what its markup does not carry, so that it can be read back.

The words stand in the text alone. The ledger tells how they came about, in the
terms of normtool: the edits with their codes and offsets, what each line is,
the facts. ``normtool.edition.ledger`` goes the way back. What belongs to other
speeches of the same source is left out; the offsets stay those of the source.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from zlib import crc32

from normtool.document import BLANK, Block, Document
from normtool.edits import Edit
from normtool.export.tei.facts import facts
from normtool.export.tei.lines import Line
from normtool.export.tei.markup import NO_XML, escape
from normtool.export.tei.source import file_name
from normtool.export.tei.speech import Speech

SCHEMA = "normtool-ledger/1"
#: Of a line whose words the ledger has, although it stands in the text.
IN_BODY = "in-body"


def ledger(margin: str, speech: Speech) -> str:
    """``xenoData`` with the ledger of a speech, on one line."""
    words = json.dumps(_ledger(speech), ensure_ascii=False, separators=(",", ":"))
    # JSON has escapes for what XML cannot hold.
    words = NO_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", words)
    return f'{margin}<xenoData type="normtool-ledger">{escape(words)}</xenoData>\n'


def _ledger(speech: Speech) -> dict[str, Any]:
    base, document = speech.base, speech.document
    regions = speech.regions()
    runs = [_Run(speech, start, end) for start, end in regions]
    value: dict[str, Any] = {
        "schema": SCHEMA,
        "name": file_name(base),
        "encoding": base.encoding,
        "sha256": base.sha256,
        "size": len(base.original),
        "speech": speech.number,
        "apart": speech.division.apart,
        "meta": _facts(base, speech.number, regions),
        "runs": [run.value for run in runs],
        "edits": _grouped(edit for run in runs for edit in run.edits),
        "suggestions": _grouped(
            edit
            for edit in speech.suggestions
            if any(start <= edit.start <= edit.end <= end for start, end in regions)
        ),
    }
    if document.cleaned is not None:
        value["script"] = document.script
        value["script_meta"] = _facts(document, speech.number, regions)
    return value


class _Run:
    """An unbroken part of the source that the file tells of, and its lines.

    Edits that reach over its ends are cut there.
    """

    def __init__(self, speech: Speech, start: int, end: int) -> None:
        base = speech.base
        lines = [line for line in speech.told if start <= line.start < max(end, start + 1)]
        if not speech.division.in_order:
            lines = speech.division.all_lines
        first = lines[0].block.start if lines else 0
        last = lines[-1].block.end if lines else 0
        # A speech that is glued to the one before has its break from an edit.
        broken = lines[0].inferred if start and lines else None
        lead = int(broken is not None and not broken.start < start == broken.end)
        # An edit that ends where the part ends may go on in the next line.
        limit = last + 1 if lines else 0
        self.edits: list[Edit] = []
        pieces: list[str] = []
        place = 0
        starts, shifts = _laid_out(base)
        for index in range(max(0, bisect_left(starts, start) - 1), len(starts)):
            edit = base.edits[index]
            at = edit.start + shifts[index]  # where the edit stands in the text
            edit_end = edit.end
            if start < edit.start and edit_end < end:  # nearly all lie inside
                pieces += (base.original[max(place, start) : edit.start], edit.after)
                place = edit_end
                if edit.before or edit.after:
                    self.edits.append(edit)
                continue
            stop = at + len(edit.after)
            ends_before = edit.end == start and edit.start < start
            if edit.end < start or (ends_before and (not lines or stop <= first)):
                continue
            if edit.start > end or (edit.start == end < len(base.original)):
                break
            inside = edit
            goes_on = edit.end == end < len(base.original) and stop > limit
            if edit.start < start or edit.end > end or goes_on:
                low = max(at, first - lead) if edit.start < start else at
                high = min(stop, max(last, low)) if edit.end > end else stop
                high = max(low, limit) if goes_on else high
                a, b = max(start, edit.start), min(end, edit.end)
                before = edit.before[a - edit.start : b - edit.start]
                after = edit.after[low - at : high - at]
                inside = edit._replace(start=a, before=before, after=after)
            kept = base.original[max(place, start) : inside.start]
            pieces += (kept, inside.after)
            place = inside.end
            if inside.before or inside.after:  # what a cut left unchanged is a part all the same
                self.edits.append(inside)
        pieces.append(base.original[max(place, start) : end])
        text = "".join(pieces)
        self.value: dict[str, Any] = {"start": start, "end": end, "glued": bool(lead)}
        self._name_lines(speech, text, first - lead if start else 0)

    def _name_lines(self, speech: Speech, text: str, place: int) -> None:
        """Say of each line what it is; of those in the body the words are left to the markup."""
        base, document = speech.base, speech.document
        blocks = _blocks(base)
        body = {line.block.start: line for line in speech.lines if line.block.kind != BLANK}
        converted = document.cleaned is not None
        suspected = sorted(edit.start for edit in speech.suggestions) if converted else []
        lines: list[list[Any]] = []
        script: list[Edit] = []
        here = 0
        for words in text.split("\n"):
            block = blocks.get(place)
            if block is not None and block.end - block.start != len(words):
                block = None  # what is left of a line of another speech, at a cut
            known = [block.kind, block.level, block.speech, int(block.certainty)] if block else []
            shown = speech.converted(place, place + len(words))
            if place in body and words and _is_suspected(body[place], suspected):
                # A lone sic has the words of the source, whatever the script: tell all.
                lines.append([shown, *known, IN_BODY])
            elif place in body and words:
                lines.append([crc32(shown.encode("utf-8", "surrogatepass")), *known])
            else:
                lines.append([shown, *known])
            place += len(words) + 1
            here += len(words) + 1
        self.value["lines"] = lines
        if document.cleaned is not None:
            begin = place - here
            first = bisect_left(document.script_edits, (begin,))
            for index in range(first, len(document.script_edits)):
                edit = document.script_edits[index]
                if edit.end >= place:
                    break
                script.append(edit._replace(start=edit.start - begin))
            self.value["script"] = _grouped(script)


@lru_cache(maxsize=1)
def _laid_out(base: Document) -> tuple[list[int], list[int]]:
    """Where each edit starts, and by how much the text is longer there than the original."""
    shifts = [0]
    for edit in base.edits:
        shifts.append(shifts[-1] + len(edit.after) - len(edit.before))
    return [edit.start for edit in base.edits], shifts[:-1]


@lru_cache(maxsize=1)
def _blocks(base: Document) -> dict[int, Block]:
    return {block.start: block for block in base.blocks}


def _is_suspected(line: Line, suspected: list[int]) -> bool:
    """Whether one of the places, in order, lies in a line."""
    place = bisect_left(suspected, line.start)
    return place < len(suspected) and suspected[place] < line.end


def _grouped(edits: Iterable[Edit]) -> list[list[Any]]:
    """Edits that differ only in their places are told once, with all of these at the end."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for edit in edits:
        groups.setdefault(tuple(edit[1:]), []).append(edit.start)
    return [
        [before, after, list(codes), int(certainty), int(applicability), kind, note, places]
        for (before, after, codes, certainty, applicability, kind, note), places in groups.items()
    ]


def _facts(document: Document, number: int, regions: list[tuple[int, int]]) -> dict[str, Any]:
    """The facts of the page and of this speech."""
    meta = document.meta
    found = {key: value for key, value in meta.items() if key != "regions"}
    if number:
        for key, general in (("speeches", ()), ("warnings", (0,))):
            if key in found:
                found[key] = facts(document, key, number, *general)
        if "reviewers" in found:
            found["reviewers"] = {
                place: name
                for place, name in found["reviewers"].items()
                if any(start <= int(place) <= end for start, end in regions)
            }
    return found
