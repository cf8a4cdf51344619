"""Segments inside a paragraph: sentences, and the members of 一是…二是….

Found in the cleaned text, so that the twins in two scripts have the same ones.
A ``seg`` is a ``span`` to every reader; TEI's ``s`` and ``list`` tear the
paragraph apart in some.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from normtool.export.tei.item import WORDS, Item
from normtool.numbering import to_int
from normtool.patterns import later
from normtool.records import NamedTuple

# A stop with the marks that close behind it; dots are a stop only before such a mark.
_STOP = later("[。！？!?]+[”’」』）)》]*|…+[”’」』）)]+")
_NUMERALS = "一二三四五六七八九十"
#: What stands before a member that does not begin the paragraph.
_BEFORE = "。；，：、！？"
_MEMBER = later(f"[{_NUMERALS}](?<![^{_BEFORE}].)[{_NUMERALS}]?是(?![否非])")
#: Without it there are no members to count.
FIRST = "一是"


class Segment(NamedTuple):
    """``text[start:end]`` is the ``number``-th segment of its kind in the paragraph."""

    kind: str
    number: int
    start: int
    end: int

    def moved(self, by: int) -> Segment:
        kind, number, start, end = self
        return Segment(kind, number, start + by, end + by)


class Token(NamedTuple):
    """What stands for ``text[place:stop]`` in a line that is otherwise as it is."""

    place: int
    stop: int
    markup: str


def sentences(words: str) -> list[Segment]:
    """The sentences of a paragraph, without the blanks between them.

    >>> [(s.start, s.end) for s in sentences("开会。他说：“好！”散会")]
    [(0, 3), (3, 10), (10, 12)]
    """
    found: list[Segment] = []
    start = 0
    for end in [match.end() for match in _STOP.finditer(words)] + [len(words)]:
        said = words[start:end]
        if said.strip():
            first = start + len(said) - len(said.lstrip())
            last = end - len(said) + len(said.rstrip())
            found.append(Segment("sentence", len(found) + 1, first, last))
        start = end
    return found


def enumerated(words: str) -> list[Segment]:
    """The members of 一是…二是…, at least two that count up from one.

    The last ends with its sentence.

    >>> [(s.number, s.start, s.end) for s in enumerated("要求：一是快；二是好。散会。")]
    [(1, 3, 7), (2, 7, 11)]
    """
    found: list[Segment] = []
    starts: list[int] = []
    for place, number in [*_members(words), (len(words), 0)]:
        if number == 1 or number != len(starts) + 1:
            if len(starts) > 1:
                stop = _STOP.search(words, starts[-1], place)
                ends = [*starts[1:], stop.end() if stop else place]
                for start, end in zip(starts, ends, strict=True):
                    found.append(Segment("enum", len(found) + 1, start, end))
            starts = []
        if number == len(starts) + 1:
            starts.append(place)
    return found


def _members(words: str) -> Iterator[tuple[int, int]]:
    """Where 一是, 二是 ... 十二是 stand as members may, and their numbers."""
    for match in _MEMBER.finditer(words):
        yield match.start(), _number(match[0][:-1])


@lru_cache(maxsize=128)
def _number(numeral: str) -> int:
    """The value of a numeral; 0 if it is none, as 十十."""
    return to_int(numeral) or 0


def segmented(
    items: Iterable[Item], segments: Sequence[Segment]
) -> Iterator[tuple[Segment | None, list[Item]]]:
    """The items in order, in groups: those of each segment, and those between.

    Words are cut where a segment begins or ends; a change that lies across is
    left to the segment that it began in.
    """
    items = list(items)
    if not segments:
        yield None, items
        return
    rest = items[::-1]
    for segment in segments:
        if before := list(_until(rest, segment.start)):
            yield None, before
        yield segment, list(_until(rest, segment.end))
    if rest:
        yield None, rest[::-1]


def cut_at(
    start: int, end: int, tokens: Sequence[Token], segments: Sequence[Segment]
) -> Iterator[tuple[Segment | None, int, int, list[Token]]]:
    """``text[start:end]`` cut like ``segmented``: (segment, start, end, tokens inside)."""
    number = 0
    cuts = [cut for one in segments for cut in ((one.start, None), (one.end, one))]
    for stop, segment in [*cuts, (end + 1, None)]:
        first = number
        while number < len(tokens) and tokens[number].place < stop:
            number += 1
        inside = list(tokens[first:number])
        until = max(start, min(stop, end), inside[-1].stop if inside else 0)
        if segment is not None or inside or until > start:
            yield segment, start, until, inside
        start = until


def _until(rest: list[Item], stop: int) -> Iterator[Item]:
    """Take items from the end of ``rest``, which is reversed, up to a place of the text."""
    while rest and rest[-1].place < stop:
        item = rest.pop()
        if item.kind == WORDS and item.stop > stop:
            middle = item.start + stop - item.place
            rest.append(item._replace(start=middle, place=stop))
            item = item._replace(end=middle, stop=stop)
        yield item
