"""The same speech in many rows: found by MinHash, marked, never dropped.

Only letters, Han characters and digits of the *cleaned* body count: the names
of sites are gone by then, and title, byline, width, marks and blanks differ
from copy to copy. Of all copies the longest stays unmarked (of those the one
with the first id), whatever order the rows come in, and every copy that is
marked is itself as similar to the one it names as was asked for: no chains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.document import BLANK, BYLINE, META, NOISE, SUBTITLE, TITLE, Document

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

#: Bands of rows: of two speeches with Jaccard similarity s a share 1-(1-s**6)**20 is
#: compared: 99.8 % at 0.8, 92 % at 0.7. The estimate has a standard error of 0.037 at 0.8.
BANDS, ROWS = 20, 6
PERMUTATIONS = BANDS * ROWS
#: Characters in a shingle.
SHINGLE = 5
_SEED = 20240101
#: The least similarity that the bands can be trusted to find.
LEAST = 0.7

_NOT_BODY = frozenset({META, NOISE, BLANK, BYLINE, TITLE, SUBTITLE})
_SIGNS = re.compile(r"[\W_]+")


def body(document: Document, speech: int) -> str:
    """What is compared: letters and digits of a speech, without title and byline if it has more."""
    blocks = [block for block in document.blocks if block.speech == speech]
    parts = [block for block in blocks if block.kind not in _NOT_BODY] or blocks
    return _SIGNS.sub("", "".join(document.line(block) for block in parts))


def signature_type() -> pa.DataType:
    """Of a row: for each speech its number, its size in characters, its signature."""
    import pyarrow as pa

    return pa.list_(
        pa.struct([("speech", pa.int32()), ("size", pa.int32()), ("signature", pa.binary())])
    )


def signatures(documents: Sequence[Document | None]) -> pa.Array:
    """The signatures of the speeches of each document, as a column of ``signature_type``."""
    import numpy as np
    import pyarrow as pa
    from rensa import RMinHash

    rows: list[list[tuple[int, str]]] = []
    for document in documents:
        bodies = []
        if document is not None:
            bodies = [(speech, body(document, speech)) for speech in document.speeches or [0]]
        rows.append([(speech, text) for speech, text in bodies if text])
    texts = [text for row in rows for _, text in row]
    if not texts:
        return pa.array([[] for _ in rows], signature_type())
    hashes = [_shingles(text) for text in texts]
    offsets = [0, *np.cumsum([len(one) for one in hashes]).tolist()]
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        np.concatenate(hashes), offsets, PERMUTATIONS, _SEED
    )
    found = iter(np.asarray(matrix.to_rows(), dtype="<u4"))
    return pa.array(
        [
            [
                {"speech": speech, "size": len(text), "signature": next(found).tobytes()}
                for speech, text in row
            ]
            for row in rows
        ],
        signature_type(),
    )


def _shingles(text: str) -> np.ndarray[Any, Any]:
    """A 64-bit hash of every SHINGLE characters that follow each other, the same everywhere."""
    import numpy as np

    signs = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    width = min(SHINGLE, len(signs))
    count = len(signs) - width + 1
    value = np.full(count, width, np.uint64)
    for place in range(width):
        value = value * np.uint64(0x100000001B3) + signs[place : place + count]
    # The low bits alone do not tell: mix, as MurmurHash ends.
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xFF51AFD7ED558CCD)
    return value ^ (value >> np.uint64(33))


class Speech(NamedTuple):
    """One speech of the corpus: where it is, what its row is called, how it is compared.

    ``among`` is how many speeches the row has, whether all of them are given or not.
    """

    row: int
    id: str
    speech: int
    size: int
    signature: bytes
    among: int = 1


class Copy(NamedTuple):
    """A speech that stands in another row too (or twice in its own): ``of`` is that row's id."""

    speech: int
    of: str
    of_speech: int
    similarity: float


class Marks(NamedTuple):
    """The copies in one row; ``whole`` is an id if every speech of the row is a copy."""

    copies: tuple[Copy, ...]
    whole: str | None


def find_copies(speeches: Iterable[Speech], threshold: float) -> dict[int, Marks]:
    """The rows that hold copies, by their numbers; order of ``speeches`` does not matter.

    threshold  least share of shingles that two speeches have in common, LEAST to 1

    Holds the signatures of all speeches: about 600 bytes each.
    """
    import numpy as np

    ordered = sorted(speeches, key=lambda one: (-one.size, one.id, one.speech, one.signature))
    count = {one.row: one.among for one in ordered}
    matrix = np.frombuffer(b"".join(one.signature for one in ordered), dtype="<u4")
    matrix = matrix.reshape(-1, PERMUTATIONS)
    kept: dict[tuple[int, bytes], list[int]] = {}
    copies: dict[int, list[Copy]] = {}
    for place, one in enumerate(ordered):
        keys = list(enumerate(bands(one.signature)))
        near = {other for key in keys for other in kept.get(key, ())}
        if near:
            others = np.fromiter(sorted(near), np.int64, len(near))
            equal = (matrix[others] == matrix[place]).mean(axis=1)
            best = int(equal.argmax())  # the first of the most similar
            if equal[best] >= threshold:
                model = ordered[int(others[best])]
                copies.setdefault(one.row, []).append(
                    Copy(one.speech, model.id, model.speech, round(float(equal[best]), 3))
                )
                continue
        for key in keys:
            kept.setdefault(key, []).append(place)
    return {row: _marks(found, count[row]) for row, found in copies.items()}


def bands(signature: bytes) -> Iterator[bytes]:
    """The bands of a signature; speeches that share one at its place are compared."""
    width = 4 * ROWS
    return (signature[start : start + width] for start in range(0, BANDS * width, width))


def _marks(copies: list[Copy], speeches: int) -> Marks:
    # In order of size so far: the longest speech names the row.
    whole = copies[0].of if len(copies) == speeches else None
    return Marks(tuple(sorted(copies)), whole)


def marked_fields(prefix: str = "") -> list[pa.Field]:
    """The columns that ``mark`` adds."""
    import pyarrow as pa

    copy = [("speech", pa.int32()), ("of", pa.string()), ("of_speech", pa.int32())]
    return [
        pa.field(prefix + "duplicates", pa.list_(pa.struct([*copy, ("similarity", pa.float64())]))),
        pa.field(prefix + "duplicate_of", pa.string()),
    ]


def mark(batch: pa.RecordBatch, marks: Sequence[Marks | None], prefix: str = "") -> pa.RecordBatch:
    """Return the batch with two columns more:

    duplicates    list of struct (speech, of, of_speech, similarity), one for each speech
                  of the row that stands in another row
    duplicate_of  a row id, if the row has nothing else: it may go and nothing is lost
    """
    import pyarrow as pa

    lists, whole = marked_fields(prefix)
    found = [[copy._asdict() for copy in one.copies] if one else [] for one in marks]
    arrays = [
        pa.array(found, lists.type),
        pa.array([one.whole if one else None for one in marks], pa.string()),
    ]
    return pa.RecordBatch.from_arrays(
        [*batch.columns, *arrays], schema=pa.schema([*batch.schema, lists, whole])
    )
