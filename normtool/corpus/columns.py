"""The Arrow columns that cleaning adds, written from documents and read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from normtool.document import Block, Document, edit_from_json
from normtool.edits import Applicability, Certainty, Edit, apply, invert

if TYPE_CHECKING:
    import pyarrow as pa

#: What cleaning adds to a row, in this order.
ADDED = ("text", "edits", "suggestions", "blocks", "meta", "error")

#: Marks a string column whose values are JSON, in the metadata of its Arrow field.
JSON = {b"normtool": b"json"}

_CERTAINTY = {level: level.name.lower() for level in Certainty}
_APPLICABILITY = {level: level.name.lower() for level in Applicability}


def edit_type() -> pa.StructType:
    """An edit as ``document.edit_to_json`` has it; ``start`` counts code points."""
    import pyarrow as pa

    return pa.struct(
        [
            ("start", pa.int32()),
            ("before", pa.string()),
            ("after", pa.string()),
            ("codes", pa.list_(pa.string())),
            ("certainty", pa.string()),
            ("applicability", pa.string()),
            ("kind", pa.string()),
            ("note", pa.string()),
        ]
    )


def block_type() -> pa.StructType:
    """A block as ``document.block_to_json`` has it; offsets in the cleaned text."""
    import pyarrow as pa

    return pa.struct(
        [
            ("kind", pa.string()),
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("level", pa.int32()),
            ("speech", pa.int32()),
            ("certainty", pa.string()),
        ]
    )


def added_fields(prefix: str = "") -> list[pa.Field]:
    """The fields of ``ADDED``, their names behind ``prefix``."""
    import pyarrow as pa

    edits = pa.list_(edit_type())
    return [
        pa.field(prefix + "text", pa.string()),
        pa.field(prefix + "edits", edits),
        pa.field(prefix + "suggestions", edits),
        pa.field(prefix + "blocks", pa.list_(block_type())),
        pa.field(prefix + "meta", pa.string(), metadata=JSON),
        pa.field(prefix + "error", pa.string()),
    ]


def added_arrays(
    documents: Sequence[Document | None], errors: Sequence[str | None]
) -> list[pa.Array]:
    """The columns of ``ADDED`` for these documents; where there is none all but ``error`` is null.

    Facts of a document that are not JSON make this raise TypeError; no rule sets such.
    """
    import pyarrow as pa

    text = [None if one is None else one.text for one in documents]
    meta = [None if one is None else _json(one.meta) for one in documents]
    return [
        pa.array(text, pa.string()),
        _edits([None if one is None else one.edits for one in documents]),
        _edits([None if one is None else one.suggestions for one in documents]),
        _blocks([None if one is None else one.blocks for one in documents]),
        pa.array(meta, pa.string()),
        pa.array(errors, pa.string()),
    ]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _offsets(lists: Iterable[Sequence[Any] | None]) -> pa.Array:
    """Where each list begins in their concatenation, and where the last ends; null for None."""
    import pyarrow as pa

    places: list[int | None] = []
    end = 0
    for one in lists:
        places.append(None if one is None else end)
        end += len(one or ())
    return pa.array([*places, end], pa.int32())


def _edits(lists: Sequence[Sequence[Edit] | None]) -> pa.Array:
    # Column by column: a dictionary for each edit costs ten times as much.
    import pyarrow as pa

    flat: tuple[Sequence[Any], ...] = tuple(zip(*chain(*(one or () for one in lists)), strict=True))
    start, before, after, codes, certainty, applicability, kind, note = flat or ((),) * 8
    kinds = list(edit_type())
    arrays = [
        pa.array(start, pa.int32()),
        pa.array(before, pa.string()),
        pa.array(after, pa.string()),
        pa.ListArray.from_arrays(_offsets(codes), pa.array(list(chain(*codes)), pa.string())),
        pa.array([_CERTAINTY[level] for level in certainty], pa.string()),
        pa.array([_APPLICABILITY[level] for level in applicability], pa.string()),
        pa.array(kind, pa.string()),
        pa.array(note, pa.string()),
    ]
    return pa.ListArray.from_arrays(
        _offsets(lists), pa.StructArray.from_arrays(arrays, fields=kinds)
    )


def _blocks(lists: Sequence[Sequence[Block] | None]) -> pa.Array:
    import pyarrow as pa

    flat: tuple[Sequence[Any], ...] = tuple(zip(*chain(*(one or () for one in lists)), strict=True))
    kind, start, end, level, speech, certainty = flat or ((),) * 6
    arrays = [
        pa.array(kind, pa.string()),
        pa.array(start, pa.int32()),
        pa.array(end, pa.int32()),
        pa.array(level, pa.int32()),
        pa.array(speech, pa.int32()),
        pa.array([_CERTAINTY[one] for one in certainty], pa.string()),
    ]
    return pa.ListArray.from_arrays(
        _offsets(lists), pa.StructArray.from_arrays(arrays, fields=list(block_type()))
    )


def edits_of(value: Iterable[Mapping[str, Any]]) -> list[Edit]:
    """The edits of one cell of the column ``edits`` or ``suggestions``, as Python has it."""
    return [edit_from_json(dict(one)) for one in value]


def original(text: str, edits: Iterable[Mapping[str, Any]]) -> str:
    """What the text was before it was cleaned and converted, from one row's cells.

    Raises ``edits.UnsoundEdits`` if the edits do not belong to the text.
    """
    return apply(text, invert(edits_of(edits)))
