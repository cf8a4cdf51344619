"""A document: one file, everything known about it, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from normtool.edits import HIGH, Applicability, Certainty, Edit, Layer, apply
from normtool.records import NamedTuple

SCHEMA = "normtool/1"

# What one line of the cleaned text can be.
META = "meta"  # collection title, page data that stays in the text
TITLE = "title"
SUBTITLE = "subtitle"
BYLINE = "byline"  # speaker, place, date under the title
SALUTATION = "salutation"
HEADING = "heading"  # level 1: 一、  2: （一）  3: 1.
PARAGRAPH = "paragraph"
ITEM = "item"  # a numbered line that is a paragraph of a list, not a heading
CLOSING = "closing"
NOISE = "noise"  # nothing to export, but not removed either
BLANK = "blank"  # an empty line that carries meaning, as between stanzas


class Block(NamedTuple):
    """One line of ``Document.text``: ``text[start:end]``, without its newline.

    ``speech`` counts from 1; 0 is what stands outside every speech.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    speech: int = 0
    certainty: Certainty = HIGH


class Document:
    """Immutable; every stage of the road returns a new one.

    original     exactly what was decoded; never changes
    sha256       of the bytes that were read
    edits        sound edits on ``original`` (code points), made of a layer when first asked for
    suggestions  independent edits on ``original`` that were not made
    blocks       what each line of ``text`` is; empty before structure ran
    meta         facts found (JSON values only)
    script       "" or the profile that ``text`` was converted to
    cleaned      for a converted document, the one it was made of
    text         what the edits make of the original; worked out when asked for, if not given
    """

    __slots__ = (
        "_layer", "_text", "blocks", "cleaned", "edits", "encoding", "meta", "name", "original",
        "script", "script_edits", "sha256", "suggestions",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        original: str,
        *,
        encoding: str = "utf-8",
        sha256: str = "",
        edits: tuple[Edit, ...] | Layer = (),
        suggestions: tuple[Edit, ...] = (),
        blocks: tuple[Block, ...] = (),
        meta: dict[str, Any] | None = None,
        script: str = "",
        script_edits: tuple[Edit, ...] = (),
        cleaned: Document | None = None,
        text: str | None = None,
    ) -> None:
        self.name = name
        self.original = original
        self.encoding = encoding
        self.sha256 = sha256
        if isinstance(edits, Layer):
            self._layer = edits
        else:
            self.edits = edits
        self.suggestions = suggestions
        self.blocks = blocks
        self.meta = meta or {}
        self.script = script
        self.script_edits = script_edits
        self.cleaned = cleaned
        self._text = text

    def replace(self, **changes: Any) -> Document:
        """Return a copy with the named fields changed; a layer is handed on as it is."""
        layer = getattr(self, "_layer", None)
        known: dict[str, Any] = {"edits": self.edits if layer is None else layer} | changes
        slots = (slot for slot in self.__slots__ if slot[0] != "_" and slot not in known)
        made = Document(**{slot: getattr(self, slot) for slot in slots}, **known)
        if changes.keys().isdisjoint(("original", "edits", "text")):
            made._text = self._text
        return made

    def __getattr__(self, name: str) -> Any:
        # Reached only while the slot is empty.
        if name != "edits":
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        self.edits = tuple(self._layer.edits())
        del self._layer
        return self.edits

    def __repr__(self) -> str:
        return (
            f"Document({self.name!r}, {len(self.original)} characters, "
            f"{len(self.columns)} edits, {len(self.blocks)} blocks)"
        )

    @property
    def columns(self) -> Layer:
        """The edits in columns, for who looks at all of them and at little of each."""
        layer = getattr(self, "_layer", None)  # until somebody has looked at the edits
        return Layer.of(self.edits) if layer is None else layer

    @property
    def text(self) -> str:
        """The original with every edit made."""
        if self._text is None:
            layer = getattr(self, "_layer", None)  # until somebody has looked at the edits
            self._text = layer.apply(self.original) if layer else apply(self.original, self.edits)
        return self._text

    def line(self, block: Block) -> str:
        """The words of one block."""
        return self.text[block.start : block.end]

    @property
    def speeches(self) -> list[int]:
        """The numbers of the speeches, in order."""
        return sorted({block.speech for block in self.blocks if block.speech})

    def segments(self) -> Iterator[tuple[str, str, Edit | None]]:
        """Yield ``(before, after, edit or None)`` in order: the road of every writer.

        All ``before`` joined are the original, all ``after`` joined are the
        text. In a converted document the edits are those of the cleaned one,
        so that both twins share them; ``after`` is in the new script.
        """
        if self.cleaned is not None:
            yield from self._converted_segments(self.cleaned)
            return
        end = 0
        for edit in self.edits:
            if edit.start > end:
                kept = self.original[end : edit.start]
                yield kept, kept, None
            yield edit.before, edit.after, edit
            end = edit.start + len(edit.before)
        if end < len(self.original):
            kept = self.original[end:]
            yield kept, kept, None

    def _converted_segments(self, cleaned: Document) -> Iterator[tuple[str, str, Edit | None]]:
        text = self.text
        edits = iter(self.script_edits)
        edit = next(edits, None)
        shift = place = start = 0
        for before, after, made in cleaned.segments():
            place += len(after)
            while edit is not None and edit.start + len(edit.before) <= place:
                shift += len(edit.after) - len(edit.before)
                edit = next(edits, None)
            end = place + shift
            if edit is not None and edit.start < place:
                # A word that straddles an edit was converted as one: share it out.
                end = edit.start + shift + share(edit, place - edit.start)
            yield before, text[start:end], made
            start = end
        if start < len(text):  # the conversion put something behind the end
            yield "", text[start:], None

    def to_json(self) -> dict[str, Any]:
        """The document as JSON values (schema ``normtool/1``)."""
        return self.values(lambda make, of: list(map(make, of)))

    def values(self, each: Callable[[Callable[[Any], Any], Iterable[Any]], Any]) -> dict[str, Any]:
        """The same with its long lists as ``each`` makes them of a function and its arguments."""
        value: dict[str, Any] = {
            "schema": SCHEMA,
            "name": self.name,
            "sha256": self.sha256,
            "encoding": self.encoding,
            "original": self.original,
            "text": self.text,
            "edits": each(edit_to_json, getattr(self, "_layer", None) or self.edits),
            "suggestions": each(edit_to_json, self.suggestions),
            "blocks": each(block_to_json, self.blocks),
            "meta": self.meta,
        }
        if self.cleaned is not None:
            value["script"] = self.script
            value["script_edits"] = each(edit_to_json, self.script_edits)
            cleaned = self.cleaned.values(each)
            value["cleaned"] = {
                key: cleaned[key] for key in ("edits", "suggestions", "blocks", "meta")
            }
        return value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Document:
        """Read back what ``to_json`` gave. Raises ValueError if it is something else."""
        if not isinstance(value, dict) or value.get("schema") != SCHEMA:
            raise ValueError(f'not a normtool document: no "schema": "{SCHEMA}"')
        try:
            common = {key: value[key] for key in ("name", "original", "encoding", "sha256")}
            has_cleaned = "cleaned" in value
            cleaned = cls(**common, **_parts(value["cleaned"])) if has_cleaned else None
            document = cls(
                **common,
                **_parts(value),
                script=value.get("script", ""),
                script_edits=tuple(edit_from_json(edit) for edit in value.get("script_edits", ())),
                cleaned=cleaned,
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a whole normtool document: {error}") from error
        if document.text != value["text"]:
            raise ValueError("the edits of this document do not lead to its text")
        return document


def share(edit: Edit, size: int) -> int:
    """How much of ``after`` is what became of the first ``size`` characters of ``before``.

    Character by character, save for the words that the note says were exchanged
    (``优 → 最佳``): only they change in length. A cut inside of one is arbitrary.
    """
    if len(edit.before) == len(edit.after):
        return size
    words = [word.split(" → ") for word in edit.note.split("; ") if " → " in word]
    place = new = 0
    while place < size:
        for old, other in words:
            if edit.before.startswith(old, place) and edit.after.startswith(other, new):
                if place + len(old) > size:
                    return new + min(size - place, len(other))
                place, new = place + len(old), new + len(other)
                break
        else:
            place, new = place + 1, new + 1
    return min(new, len(edit.after))


def _parts(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "edits": tuple(edit_from_json(edit) for edit in value["edits"]),
        "suggestions": tuple(edit_from_json(edit) for edit in value["suggestions"]),
        "blocks": tuple(block_from_json(block) for block in value["blocks"]),
        "meta": value["meta"],
    }


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """An edit as JSON values; certainty and applicability in lower case."""
    return {
        "start": edit.start,
        "before": edit.before,
        "after": edit.after,
        "codes": list(edit.codes),
        "certainty": edit.certainty.name.lower(),
        "applicability": edit.applicability.name.lower(),
        "kind": edit.kind,
        "note": edit.note,
    }


def edit_from_json(value: dict[str, Any]) -> Edit:
    """The edit that ``edit_to_json`` wrote."""
    return Edit(
        value["start"],
        value["before"],
        value["after"],
        tuple(value["codes"]),
        Certainty[value["certainty"].upper()],
        Applicability[value["applicability"].upper()],
        value["kind"],
        value["note"],
    )


def block_to_json(block: Block) -> dict[str, Any]:
    """A block as JSON values."""
    return {**block._asdict(), "certainty": block.certainty.name.lower()}


def block_from_json(value: dict[str, Any]) -> Block:
    """The block that ``block_to_json`` wrote."""
    return Block(**(value | {"certainty": Certainty[value.get("certainty", "high").upper()]}))
