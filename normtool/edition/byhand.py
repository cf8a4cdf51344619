"""What a person changed in an edition since normtool wrote it: edits of their own (``MAN``).

What stands in the file is the text. What normtool wrote there is found out from the
ledger (``recovery``), and the difference of the two is an edit like all others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from zlib import crc32

from normtool.chinese import LOST
from normtool.document import CLOSING, HEADING, PARAGRAPH, SALUTATION, SUBTITLE
from normtool.edition.conversion import Script, kept_words
from normtool.edition.difference import difference, put_in_behind
from normtool.edition.entries import edits_of
from normtool.edition.indents import unwrap
from normtool.edition.parsing import NotTei, line_of, local
from normtool.edition.recovery import Bit, Piece, recover
from normtool.edition.remarks import remarks_of
from normtool.edition.views import (
    EDITS,
    ID,
    T,
    blocks,
    parts,
    ranges,
    reading,
)
from normtool.edits import Edit

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Marks a line of the text whose words the ledger has, because a lone sic is not converted.
IN_BODY = "in-body"
#: What a block is that a person put in.
_KINDS = {"head": HEADING, "salute": SALUTATION, "byline": SUBTITLE, "closer": CLOSING}


def fill(value: dict[str, Any], tei: _Element) -> None:
    """Put the words of the markup into the lines of a ledger that have none.

    Each run gets ``idents``, the number of the line of each xml:id, and by these numbers
    ``changed``, what a person did to lines, and ``remarks``, what they said of them.
    Raises NotTei for what cannot be told.
    """
    known = _Ledger(value, tei)
    found = blocks(tei)
    here = 0
    last: tuple[dict[str, Any], int] | None = None
    for run in value["runs"]:
        run["idents"], run["changed"], run["remarks"] = {}, {}, {}
        for number, line in enumerate(run["lines"]):
            if isinstance(line[0], str) and line[-1] != IN_BODY:
                continue
            here = _put_in(found, here, last, known)
            if here == len(found):
                raise NotTei(_MISSING, line_of(tei))
            first, here = here, known.read(run, number, found, here)
            if remarks := [remark for block in found[first:here] for remark in remarks_of(block)]:
                run["remarks"][number] = remarks
            last = run, number
    here = _put_in(found, here, last, known)
    if here < len(found):
        raise NotTei(
            f"{local(found[here])} with @source {found[here].get('source')} stands here once more; "
            "take one of the two out, or its @source if it is new",
            line_of(found[here]),
        )


_MISSING = (
    "lines are missing in the text, and what the source has there with them; put them back from "
    "the file that normtool wrote, or convert the source again"
)


def _put_in(
    found: Sequence[_Element],
    here: int,
    last: tuple[dict[str, Any], int] | None,
    known: _Ledger,
) -> int:
    """Take in the blocks that a person put in here; they stand for nothing of the source."""
    while here < len(found) and not found[here].get("source"):
        block = found[here]
        if last is None:
            raise NotTei(
                f"{local(block)} was put in before the first line; put it behind one",
                line_of(block),
            )
        run, number = last
        kind = _KINDS.get(local(block), PARAGRAPH)
        known.put_in(run, number, block, kind)
        here += 1
    return here


class _Ledger:
    """What the ledger knows of the lines of one speech."""

    def __init__(self, value: dict[str, Any], tei: _Element) -> None:
        self._value, self._tei = value, tei
        self._edits: list[Edit] | None = None
        self._kept: dict[str, list[tuple[int, str]]] | None = None
        self._scripts: dict[int, Script] = {}
        self._suspicions: list[tuple[str, int, int]] | None = None
        self._is_converted = "script" in value

    def _script(self, run: dict[str, Any]) -> Script:
        if self._kept is None:
            self._kept = kept_words(self._tei)
        if run["start"] not in self._scripts:
            self._scripts[run["start"]] = Script(run, self._kept)
        return self._scripts[run["start"]]

    def read(self, run: dict[str, Any], number: int, found: Sequence[_Element], here: int) -> int:
        """Fill one line from the block ``here``, and those it was divided into; the next."""
        line, block = run["lines"][number], found[here]
        run["idents"][block.get(ID)] = number
        told = isinstance(line[0], str)
        if told:
            line.pop()
        words = reading(block)
        if "\n" in words:  # no line of ours has one: somebody's program has indented the file
            unwrap(block)
            words = reading(block)
        if _differs_in_sic(block, words, line[0]) if told else _checksum(words) == line[0]:
            line[0] = line[0] if told else words
            return here + 1
        checksum = _checksum(line[0]) if told else line[0]
        # A paragraph that was divided: the later half has no @source, or the same.
        until = here + 1
        while (pieces := self._recover(run, number, found[here:until], checksum)) is None:
            if until == len(found) or found[until].get("source") not in (
                None,
                block.get("source"),
            ):
                break
            until += 1
        if pieces is None:
            if any(
                _checksum(words) == other[0]
                for one in self._value["runs"]
                for other in one["lines"]
            ):
                raise NotTei(_MISSING, line_of(block))
            raise NotTei(_overwritten(block, self._is_converted), line_of(block))
        if until > here + 1 and self._is_converted:
            raise NotTei(
                f"{local(block)} {block.get(ID)} was divided, and the edition of the source was "
                "not: divide it there and convert that",
                line_of(block),
            )
        line[0] = "".join([piece.written for piece in pieces])
        kind = line[1] if len(line) > 1 else PARAGRAPH
        kinds = [kind] * (until - here - 1)
        changed = difference(pieces, found[here:until], kinds, beside=self._is_converted)
        if changed is not None:
            if self._is_converted and (
                any(LOST in edit.before for edit in changed.edits)
                or self._lacks_suspicion(found[here:until])
            ):
                raise NotTei(
                    f"{changed.message}: what was lost or is suspected there stands in the edition "
                    "of the source; make the change there and convert that",
                    changed.line,
                )
            run["changed"][number] = changed
        return until

    def _lacks_suspicion(self, group: Sequence[_Element]) -> bool:
        """Whether the mark of something suspected was taken off a line."""
        there = {f"#{sic.get(ID)}" for block in group for sic in block.iter(T + "sic")}
        ((first, last),) = ranges(group[0].get("source"))
        if self._suspicions is None:
            self._suspicions = [
                (note.get("target") or "", *place)
                for note in self._tei.iter(T + "note")
                if note.get("type") == "suggestion" and note.get("target")
                for place in ranges(note.get("source"))
            ]
        return any(
            first <= start and end <= last and target not in there
            for target, start, end in self._suspicions
        )

    def put_in(self, run: dict[str, Any], number: int, block: _Element, kind: str) -> None:
        """A block of a person's own, behind a line."""
        if self._is_converted:
            raise NotTei(
                f"{local(block)} was put in here, and not into the edition of the source: put it "
                "in there and convert that",
                line_of(block),
            )
        size = len(run["lines"][number][0])
        run["changed"][number] = put_in_behind(run["changed"].get(number), size, block, kind)

    def _recover(
        self, run: dict[str, Any], number: int, group: Sequence[_Element], checksum: int
    ) -> list[Piece] | None:
        """What was written in a line; the blocks that it is now are joined by newlines."""
        around = ranges(group[0].get("source"))
        if len(around) != 1:
            return None
        first, last = around[0]
        if self._edits is None:
            self._edits = sorted(edits_of(self._value["edits"]))
        low = max(bisect_left(self._edits, (first,)) - 1, 0)
        high = bisect_right(self._edits, (last + 1,))
        edits = [edit for edit in self._edits[low:high] if first <= edit.end and edit.start <= last]
        conversion, start = None, 0
        if self._is_converted:
            before = [line[0] for line in run["lines"][:number]]
            most = last - first + sum([len(edit.after) for edit in edits])
            conversion, start = self._script(run).of_line(before, group[0], most)
        found: list[Bit] = []
        for block in group:
            found += [Bit("", "\n")] if block is not group[0] else []
            found += bits(block)
        pieces = recover(found, (first, last), edits, checksum, conversion, start)
        if pieces is None or conversion is None:
            return pieces
        # A lone sic has the words of the source, whatever the script: it was not changed.
        sics = {part.reading for block in group for part in parts(block) if _is_lone(part.edit)}
        return [
            piece._replace(reading=piece.written) if piece.reading in sics else piece
            for piece in pieces
        ]


def bits(block: _Element) -> Iterator[Bit]:
    """The markup of a block, for ``recover``."""
    for part in parts(block):
        is_ours = part.edit is not None and local(part.edit) in EDITS
        span = ranges(part.edit.get("source")) if part.edit is not None and is_ours else []
        yield Bit(part.source, part.reading, span[0] if len(span) == 1 else None)


def _is_lone(edit: _Element | None) -> bool:
    return edit is not None and local(edit) == "sic"


def _differs_in_sic(block: _Element, now: str, told: str) -> bool:
    """Whether a line is as the ledger has it, save for what is in the source's script."""
    if len(now) != len(told):
        return False
    place = 0
    for part in parts(block):
        size = len(part.reading)
        if not _is_lone(part.edit) and part.reading != told[place : place + size]:
            return False
        place += size
    return True


def _checksum(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _overwritten(block: _Element, is_converted: bool) -> str:
    elsewhere = "; or make it in the edition of the source, and convert that" * is_converted
    return (
        f"the words of {local(block)} {block.get(ID)} ({block.get('source')}) were written over "
        "without a mark, and what the source has there is lost from the file; put them back, and "
        "mark the change: <choice><sic>before</sic><corr>after</corr></choice>, <add> or <del>"
        f"{elsewhere}"
    )
