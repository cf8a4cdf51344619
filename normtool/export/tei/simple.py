"""What is written for the changes of one shape; those of one node, of a line, in one go.

These are nearly all. Where the inner loops in C are missing, and for what is not so simple, they
are written one by one (``Words``), which comes to the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from normtool.document import PARAGRAPH
from normtool.edits import HIGH, Certainty
from normtool.export.tei.inline import Inliner
from normtool.export.tei.item import LOSS, WIDTH
from normtool.export.tei.lines import Line
from normtool.export.tei.marking import Marker
from normtool.export.tei.shape import SHAPES, Key
from normtool.export.tei.templates import Template, templates
from normtool.native import native
from normtool.records import NamedTuple

#: (place, stop, markup, start, end): what stands for ``original[start:end]``, ``text[place:stop]``.
Mark = tuple[int, int, str, int, int]


class Parts(NamedTuple):
    """The markup of a change of one node, in pieces: between begin and head come id and place.

    as_text  whether the words stand there without any markup
    noted    whether the header tells why it was made
    """

    begin: str
    head: str
    old: str
    middle: str
    new: str
    tail: str
    is_loss: bool
    as_text: bool
    noted: bool


class Change(NamedTuple):
    """What is written for the changes of one shape.

    blank   whether one has a branch of which nothing would be seen: it needs neighbours
    meets   whether it cannot be written without looking at the place
    simple  of a single node
    """

    nodes: list[Template]
    blank: bool
    meets: bool
    simple: Parts | None


# The same in all speeches of a run.
@lru_cache(maxsize=1024)
def change_of(key: Key, language: str, reading: bool) -> Change:
    """The change of a shape; ``language`` is that of the source, where the text is in another."""
    shape = SHAPES[key]
    nodes = templates(key, shape, language, reading)
    if nodes is None or (shape.blank and len(nodes) > 1):
        return Change([], shape.blank, True, None)
    return Change(nodes, shape.blank, False, _parts(nodes, key, reading))


def _parts(nodes: list[Template], key: Key, reading: bool) -> Parts | None:
    """The markup of a change that is one node from end to end; None of others."""
    item, part, tags, name, head, old, middle, new, tail = nodes[0]
    if len(nodes) > 1 or part or item[1:5] != (0, len(key[0]), 0, len(key[1])):
        return None
    if item.kind == WIDTH:
        return Parts("", "", "", "", "", "", is_loss=False, as_text=True, noted=False)
    if not tags:
        return None
    as_text = reading and item.kind != LOSS
    noted = bool(item.note) and not reading
    begin = f'<{name} xml:id="'
    return Parts(begin, head, old, middle, new, tail, item.kind == LOSS, as_text, noted)


class Shared(NamedTuple):
    """What all lines of a speech share; what the loops in C are given.

    place_of  where a place of the cleaned text is in what is shown; None if they are the same
    ident     the id of an edit without its number
    inferred  the attributes of a line that the source did not begin, or not surely
    used      takes each change that is marked
    noted     takes those of which the header tells why: number, change, start, place
    widths    takes the changes of width, likewise
    """

    changes: dict[Key, Change]
    prepare: Callable[[Key], Change]
    original: str
    cleaned: str
    shown: str
    place_of: Callable[[int], int] | None
    ident: str
    escape: Callable[[str], str]
    converted: bool
    inferred: Callable[[Line], str]
    used: list[Change]
    noted: list[tuple[int, Change, int, int]]
    widths: list[tuple[int, Change, int, int]]
    kind: str = PARAGRAPH
    certainty: Certainty = HIGH


def shared_of(
    marker: Marker,
    changes: dict[Key, Change],
    prepare: Callable[[Key], Change],
    inferred: Callable[[Line], str],
) -> Shared:
    """What the lines of the speech of a marker share."""
    speech = marker.speech
    return Shared(
        changes,
        prepare,
        speech.base.original,
        speech.base.text,
        speech.shown,
        None if speech.in_step else speech.place,
        f"{speech.ident}.e",
        marker.markup.text,
        marker.converted,
        inferred,
        [],
        [],
        [],
    )


class Simple:
    """Writes lines in which all changes are simple; nothing of it counts until it is kept."""

    def __init__(self, marker: Marker, inliner: Inliner, shared: Shared, reading: bool) -> None:
        self._marker = marker
        self._inliner = inliner
        self._reading = reading
        self.shared = shared
        self._known = 0  # how many changes were used before

    @property
    def edits(self) -> int:
        """How many edits were numbered so far; what is written from now on is kept together."""
        self._known = len(self.shared.used)
        return self._inliner.edits

    def marks(self, line: Line) -> list[Mark] | None:
        """A mark for each change of a line; None if one is not simple, or meets another."""
        edits = self.edits
        if native is None:
            return None
        if not line.pieces:
            return []
        _, start, end, _, _, _ = line.block
        found: list[Mark] | None = native.marks(self.shared, line.pieces, start, end, edits)
        return found

    def forget(self) -> None:
        """Take back what was written last."""
        shared = self.shared
        del shared.used[self._known :], shared.noted[:], shared.widths[:]

    def keep(self) -> None:
        """Let count what was written last."""
        marker, shared = self._marker, self.shared
        self._inliner.pass_over(len(shared.used) - self._known)
        for number, change, _, _ in shared.noted:
            marker.explain(change.nodes[0].item, str(number), f"{shared.ident}{number}")
        if not self._reading:
            for _, change, start, place in shared.widths:
                marker.silent.add(change.nodes[0].item.moved(start, place))
        del shared.noted[:], shared.widths[:]

    def used(self) -> Iterator[tuple[Change, int]]:
        """The changes that are marked in the text, and how often."""
        known = {id(change): change for change in self.shared.used}
        for change, times in Counter(map(id, self.shared.used)).items():
            simple = known[change].simple
            if simple is not None and not simple.as_text:
                yield known[change], times
