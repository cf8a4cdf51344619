"""The document of an edition with what a person changed in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from normtool.alternative import Alternative, Told
from normtool.document import TITLE, Block, Document
from normtool.edition.difference import BY_HAND, Changed
from normtool.edits import HIGH, Edit, compose


def placed(text: str, changed: Mapping[int, Changed]) -> list[Edit]:
    """The changes of lines, by their numbers, as edits of the whole text."""
    edits, start = [], 0
    for number, line in enumerate(text.split("\n")):
        if number in changed:
            edits += [edit._replace(start=edit.start + start) for edit in changed[number].edits]
        start += len(line) + 1
    return edits


def corrected(
    document: Document, changed: Mapping[int, Changed], name_of: Callable[[str], str]
) -> Document:
    """A document that is not converted, with the changes of its lines.

    name_of  the name of a person, by the pointer to them
    """
    hand = placed(document.text, changed)
    edits = tuple(compose(document.edits, hand))
    own = [edit for edit in edits if BY_HAND in edit.codes]
    pointers = [who for number in sorted(changed) for who in changed[number].people]
    people = _people(document.edits, edits, hand, map(name_of, pointers))
    meta = document.meta | {"reviewers": {**document.meta.get("reviewers", {}), **people}}
    made = Document(
        document.name,
        document.original,
        encoding=document.encoding,
        sha256=document.sha256,
        edits=edits,
        # What was proposed for these places is out of date.
        suggestions=tuple(
            offer
            for offer in document.suggestions
            if not any(edit.start <= offer.end and offer.start <= edit.end for edit in own)
        ),
        meta=meta,
    )
    blocks = tuple(blocks_of(document, made.text, changed))
    return made.replace(blocks=blocks, meta=counted(document, made.text, blocks, meta))


def recorrected(
    document: Told,
    changed: Mapping[int, Changed],
    name_of: Callable[[str], str],
    back: Callable[[int], int],
) -> Told:
    """A converted document with the changes of its lines: they are changes of the conversion.

    name_of  the name of a person, by the pointer to them
    back     where a place of the text is in the cleaned one
    """
    hand = placed(document.text, changed)
    cleaned = document.cleaned
    assert cleaned is not None
    script = tuple(compose(document.script_edits, hand))
    pointers = [who for number in sorted(changed) for who in changed[number].people]
    decided = []
    for edit, who in zip(hand, pointers, strict=True):
        start, end = back(edit.start), back(edit.end)
        word = (cleaned.text[start:end], edit.after, (edit.before,))
        why = (BY_HAND, edit.certainty, f"by hand, {name_of(who)}")
        decided.append(Alternative(start, end, *word, *why))
    places = {place for one in decided for place in range(one.start, one.end)}
    kept = [one for one in document.alternatives if places.isdisjoint(range(one.start, one.end))]
    made = Told(
        document.name,
        document.original,
        encoding=document.encoding,
        sha256=document.sha256,
        edits=tuple(compose(cleaned.edits, script)),
        suggestions=document.suggestions,
        script=document.script,
        script_edits=script,
        cleaned=cleaned,
        alternatives=tuple(sorted(kept + [one for one in decided if one.before and one.after])),
    )
    made.blocks = tuple(blocks_of(document, made.text, changed))
    made.meta = counted(document, made.text, made.blocks, document.meta)
    return made


def _people(
    before: Sequence[Edit], edits: Sequence[Edit], hand: Sequence[Edit], names: Iterator[str]
) -> dict[str, str]:
    """Who made the edit that begins at a place of the original."""
    found: dict[str, str] = {}
    number = shift = 0
    starts = [edit.start for edit in edits]
    for edit, name in zip(hand, names, strict=True):
        # Where the change is in the original: at the beginning of an edit that it touches.
        while number < len(before):
            one = before[number]
            if one.start + shift + len(one.after) >= edit.start:
                break
            shift += len(one.after) - len(one.before)
            number += 1
        place = edit.start - shift
        if number < len(before) and before[number].start < place:
            place = before[number].start
        index = bisect_right(starts, place) - 1
        for made in edits[max(index, 0) : index + 2]:
            if BY_HAND in made.codes and made.start <= place <= made.end:
                found.setdefault(str(made.start), name)
    return found


def blocks_of(document: Document, text: str, changed: Mapping[int, Changed]) -> Iterator[Block]:
    """What each line of the text is now; ``document`` is as it was before."""
    known = {block.start: block for block in document.blocks}
    lines = iter(text.split("\n"))
    old = new = 0
    for number, words in enumerate(document.text.split("\n")):
        block = known.get(old)
        old += len(words) + 1
        kinds = changed[number].kinds if number in changed else []
        for kind in ("", *kinds):
            end = new + len(next(lines))
            if block is not None and not kind:
                yield block._replace(start=new, end=end)
            elif block is not None:
                yield Block(kind, new, end, int(kind == "heading"), block.speech, HIGH)
            new = end + 1


def counted(
    document: Document, text: str, blocks: Sequence[Block], meta: Mapping[str, Any]
) -> dict[str, Any]:
    """The facts of a text that has changed: sizes and titles of its speeches."""
    found = dict(meta)
    if "speeches" in found:
        found["speeches"] = [dict(speech) for speech in found["speeches"]]
        for speech in found["speeches"]:
            number = speech["n"]
            if "chars" in speech:
                speech["chars"] += _size(blocks, number) - _size(document.blocks, number)
            was, now = _title(document.text, document.blocks, number), _title(text, blocks, number)
            if was and speech.get("title") == was:
                speech["title"] = now
    return found


def _size(blocks: Sequence[Block], speech: int) -> int:
    return sum(block.end - block.start for block in blocks if block.speech == speech)


def _title(text: str, blocks: Sequence[Block], speech: int) -> str:
    found = (one for one in blocks if one.kind == TITLE and one.speech == speech)
    return next((text[one.start : one.end].strip() for one in found), "")
