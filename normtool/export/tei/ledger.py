"""The ledger of a TEI file: what its markup does not carry, so that it can be read back.

The words stand in the text alone. The ledger tells how they came about, in the
terms of normtool: the edits with their codes and offsets, what each line is,
the facts. ``normtool.edition.ledger`` goes the way back. What belongs to other
speeches of the same source is left out; the offsets stay those of the source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any
from zlib import crc32

from normtool.document import BLANK, Block, Document
from normtool.edits import Edit
from normtool.export.tei.facts import facts
from normtool.export.tei.lines import Line
from normtool.export.tei.markup import NO_XML, escape, is_plain
from normtool.export.tei.shape import Key, entry_of, in_json
from normtool.export.tei.source import file_name
from normtool.export.tei.speech import Speech
from normtool.native import native

SCHEMA = "normtool-ledger/1"
#: Of a line whose words the ledger has, although it stands in the text.
IN_BODY = "in-body"


def ledger(margin: str, speech: Speech) -> str:
    """``xenoData`` with the ledger of a speech, on one line."""
    base, document = speech.base, speech.document
    regions = speech.regions()
    runs = [_run(speech, region) for region in regions]
    groups: dict[Key, list[int]] = {}
    for run in runs:
        run.tell_edits(groups)
    proposed: dict[Key, list[int]] = {}
    for edit in speech.suggestions:
        first = edit[0]
        last = first + len(edit[1])
        for start, end in regions:
            if start <= first and last <= end:
                proposed.setdefault(edit[1:], []).append(first)
                break
    value: dict[str, Any] = {
        "schema": SCHEMA,
        "name": file_name(base),
        "encoding": base.encoding,
        "sha256": base.sha256,
        "size": len(base.original),
        "speech": speech.number,
        "apart": speech.division.apart,
        "meta": _facts(base, speech.number, regions),
    }
    pieces = [
        in_json(value)[:-1],
        f',"runs":[{",".join([run.text for run in runs])}]',
        f',"edits":{_grouped(groups)},"suggestions":{_grouped(proposed)}',
    ]
    if document.cleaned is not None:
        facts_of_script = _facts(document, speech.number, regions)
        pieces.append(
            f',"script":{in_json(document.script)},"script_meta":{in_json(facts_of_script)}'
        )
    words = "".join(pieces)
    if not is_plain(words):
        # JSON has escapes for what XML cannot hold.
        words = NO_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", words)
        words = escape(words)
    return f'{margin}<xenoData type="normtool-ledger">{words}}}</xenoData>\n'


class _Run:
    """An unbroken part of the source that the file tells of, and its lines.

    text   what the ledger says of it
    until  where it ends in the text

    Edits that reach over its ends are cut there.
    """

    def __init__(self, speech: Speech, start: int, end: int, body: list[Line]) -> None:
        self._base = base = speech.base
        until = max(end, start + 1)
        lines = [line for line in speech.told if start <= line.start < until]
        if not speech.division.in_order:
            lines = speech.division.all_lines
        first = lines[0].block.start if lines else 0
        last = lines[-1].block.end if lines else 0
        # A speech that is glued to the one before has its break from an edit.
        broken = lines[0].inferred if start and lines else None
        lead = int(broken is not None and not broken.start < start == broken.end)
        self._start, self._end = start, end
        self._body = body
        self._first, self._last, self._lead = first, last, lead
        self._has_lines = bool(lines)
        self._pieces: list[str] = []
        self._at = start  # so far the pieces tell of the original
        #: Nearly all edits lie inside; those that reach the ends, before and behind them.
        self._inside = inside = speech.inside(start, end)
        self._before: list[Edit] = []
        self._behind: list[Edit] = []
        edits = base.edits
        shift = shift_inside = speech.division.shift(inside.first)
        before = []
        for number in range(inside.first - 1, -1, -1):
            if edits[number].end < start:
                break
            shift -= len(edits[number].after) - len(edits[number].before)
            before.append((edits[number], shift))
        for edit, shift_there in reversed(before):
            self._reach(edit, edit.start + shift_there, self._before)
        shift = shift_inside
        if inside.first < inside.last:
            head, tail = edits[inside.first].start, edits[inside.last - 1].end
            self._pieces.append(base.original[max(self._at, start) : head])
            place = head + shift
            shift += inside.growth
            self._pieces.append(base.text[place : tail + shift])
            self._at = tail
        for number in range(inside.last, len(edits)):
            edit = edits[number]
            if edit.start > end or (edit.start == end < len(base.original)):
                break
            self._reach(edit, edit.start + shift, self._behind)
            shift += len(edit.after) - len(edit.before)
        self._pieces.append(base.original[max(self._at, start) : end])
        self.text = (
            f'{{"start":{start},"end":{end},"glued":{"true" if lead else "false"},'
            + self._name_lines(speech, "".join(self._pieces), first - lead if start else 0)
        )

    def _reach(self, edit: Edit, at: int, found: list[Edit]) -> None:
        """Take in an edit that reaches the ends; it stands at ``text[at:]``."""
        base, start, end = self._base, self._start, self._end
        first, last, lead = self._first, self._last, self._lead
        # An edit that ends where the part ends may go on in the next line.
        limit = last + 1 if self._has_lines else 0
        stop = at + len(edit.after)
        ends_before = edit.end == start and edit.start < start
        if edit.end < start or (ends_before and (not self._has_lines or stop <= first)):
            return
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
        self._pieces += (base.original[max(self._at, start) : inside.start], inside.after)
        self._at = inside.end
        if inside.before or inside.after:  # what a cut left unchanged is a part all the same
            found.append(inside)

    def tell_edits(self, groups: dict[Key, list[int]]) -> None:
        """Add the edits of the run to those of the same shapes."""
        for edit in self._before:
            groups.setdefault(edit[1:], []).append(edit.start)
        for key, group in self._inside.groups.items():
            if key[0] or key[1]:
                groups.setdefault(key, []).extend(group)
        for edit in self._behind:
            groups.setdefault(edit[1:], []).append(edit.start)

    def _name_lines(self, speech: Speech, text: str, place: int) -> str:
        """Say of each line what it is; of those in the body the words are left to the markup."""
        document = speech.document
        begin, self.until = place, place + len(text)
        blocks = speech.division.blocks(begin, self.until)
        body = {line[0][1]: line for line in self._body if line[0][0] != BLANK}
        if document.cleaned is None:
            checks = list(map(crc32, text.encode("utf-8", "surrogatepass").split(b"\n")))
            lines = told_lines(text, begin, blocks, body, in_json, checks)
            return f'"lines":[{",".join(lines)}]}}'
        suspected = sorted(edit.start for edit in speech.suggestions)
        lines = []
        for words in text.split("\n"):
            end = place + len(words)
            known = _known(blocks.get(place), end)
            words = speech.converted(place, end)
            if place not in body or place == end:
                lines.append(f"[{in_json(words)}{known}]")
            elif suspected and _is_suspected(body[place], suspected):
                # A lone sic has the words of the source, whatever the script: tell all.
                lines.append(f'[{in_json(words)}{known},"{IN_BODY}"]')
            else:
                lines.append(f"[{crc32(words.encode('utf-8', 'surrogatepass'))}{known}]")
            place = end + 1
        named = f'"lines":[{",".join(lines)}]'
        script: dict[Key, list[int]] = defaultdict(list)
        edits = document.script_edits
        first = bisect_left(edits, (begin,))
        for edit in edits[first : bisect_left(edits, place, first, key=_end)]:
            script[edit[1:]].append(edit[0] - begin)
        return f'{named},"script":{_grouped(script)}}}'


def _told_lines(
    text: str,
    place: int,
    blocks: Mapping[int, Block],
    body: Mapping[int, Line],
    quote: Callable[[str], str],
    checks: Sequence[int],
) -> list[str]:
    """What is told of each line of a text that is not converted, and stands at a place of it all.

    Of those that begin in ``body`` the check alone, of the others the words as ``quote`` writes
    them; of what block it is.
    """
    told = []
    for words, check in zip(text.split("\n"), checks, strict=True):
        end = place + len(words)
        known = _known(blocks.get(place), end)
        told.append(f"[{check if words and place in body else quote(words)}{known}]")
        place = end + 1
    return told


told_lines = native.told_lines if native else _told_lines


def _known(block: Block | None, end: int) -> str:
    """What a block is; nothing for what is left, at a cut, of a line of another speech."""
    if block is None or block[2] != end:
        return ""
    kind, _, _, level, number, certainty = block
    return f',"{kind}",{level},{number},{certainty:d}'


_end = attrgetter("end")


def _run(speech: Speech, region: tuple[int, int]) -> _Run:
    if speech.number and speech.is_head(region):
        head = _head_run(speech.document)
        if not speech.lines or head.until <= speech.lines[0].block.start:
            return head
    return _Run(speech, *region, speech.lines)


@lru_cache(maxsize=2)
def _head_run(document: Document) -> _Run:
    """The head of the page, of which all speeches tell: its lines are in no body."""
    speech = Speech(document, 0)
    return _Run(speech, *speech.division.zone(-1), [])


def _is_suspected(line: Line, suspected: list[int]) -> bool:
    """Whether one of the places, in order, lies in a line."""
    place = bisect_left(suspected, line.start)
    return place < len(suspected) and suspected[place] < line.end


def _grouped(groups: dict[Key, list[int]]) -> str:
    """Edits that differ only in their places are told once, with all of these at the end."""
    told = [f"{entry_of(key)},[{listed(places)}]]" for key, places in groups.items()]
    return f"[{','.join(told)}]"


def _listed(places: list[int]) -> str:
    """Places as they stand in a list of JSON."""
    return ",".join(map(str, places))


listed: Callable[[list[int]], str] = native.listed if native else _listed


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
