"""The one function that cleans a corpus: from record batch to record batch.

A process pool, Spark's ``mapInArrow``, Ray's ``map_batches`` and Dask all call
it; nothing but its arguments decides what comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from normtool.corpus.columns import ADDED, added_arrays, added_fields
from normtool.corpus.duplicates import marked_fields, signature_type, signatures
from normtool.corpus.recipe import Recipe
from normtool.document import Document
from normtool.pipeline import prepare
from normtool.read import Unreadable, from_text, read_bytes

if TYPE_CHECKING:
    import pyarrow as pa

#: A column with what a reader could not put into the text column; it becomes ``error``.
PROBLEM = "normtool.problem"

_DEFAULT = Recipe()

#: Bytes of a batch that are cleaned at once: a thousand long texts would fill the memory.
_AT_ONCE = 4 * 2**20


class NotFitting(ValueError):
    """The columns of the input do not fit the recipe; the message says what to do."""


def clean_batch(batch: pa.RecordBatch, recipe: Recipe = _DEFAULT) -> pa.RecordBatch:
    """Return the batch with its rows cleaned: as many, in the same order.

    Its columns are kept, and these are added (``recipe.prefix`` before each):

    text         the cleaned text, converted if the recipe says so. If the
                 column of the recipe has this name it is replaced:
                 ``columns.original(text, edits)`` is what it was
    edits        every change: list of struct (start, before, after, codes,
                 certainty, applicability, kind, note); ``start`` counts code
                 points of the original
    suggestions  the same for what was not done
    blocks       list of struct (kind, start, end, level, speech, certainty)
    meta         facts found, as JSON
    error        why there is none of this, else null
    signatures   if ``recipe.signatures``: what ``duplicates.find_copies`` compares

    A document that cannot be cleaned (null, not text, lone surrogates, too
    large, not decodable) fills ``error``; the others go on. Raises NotFitting
    if the text column is missing or a number, a list or a struct, or the batch has
    columns of these names.
    """
    import pyarrow as pa

    recipe.use()
    schema = schema_after(batch.schema, recipe)
    names = _names(batch, recipe)
    problems = (
        batch.column(PROBLEM).to_pylist() if PROBLEM in batch.schema.names else [None] * len(batch)
    )
    documents: list[Document | None] = []
    errors: list[str | None] = []
    hashes: list[str | None] = []
    for value, name, problem in zip(
        _values(batch.column(recipe.text)), names, problems, strict=True
    ):
        document, error = None, problem
        if not problem:
            try:
                document = _read(value, name, recipe)
                hashes.append(document.sha256)
                document = prepare(document, recipe.settings, recipe.script, recipe.quotes)
            except Unreadable as unreadable:
                error = str(unreadable)
            except Exception as bug:  # one document must not end the job of a night
                error = f"{name}: {type(bug).__name__}: {bug} (a bug: please report it)"
                document = None
        if len(hashes) == len(documents):
            hashes.append(None)
        documents.append(document)
        errors.append(error)
    added = dict(zip(ADDED, added_arrays(documents, errors), strict=True))
    if recipe.signatures:
        added["signatures"] = signatures(documents)
    arrays = []
    for field in schema:
        own = field.name.removeprefix(recipe.prefix)
        if field.name.startswith(recipe.prefix) and own in added:
            arrays.append(added[own])
        elif field.name in batch.schema.names:
            arrays.append(batch.column(field.name))
        else:
            arrays.append(pa.array(hashes, pa.string()))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def clean_batches(
    batches: Iterable[pa.RecordBatch], recipe: Recipe, drop: str = ""
) -> Iterator[pa.RecordBatch]:
    """Clean one batch after the other, large ones in slices; ``drop`` is a column left out."""
    for batch in batches:
        step = max(1, len(batch) * _AT_ONCE // max(batch.nbytes, 1))
        for start in range(0, len(batch), step):
            cleaned = clean_batch(batch.slice(start, step), recipe)
            yield cleaned.select([n for n in cleaned.schema.names if n != drop])


def schema_after(schema: pa.Schema, recipe: Recipe = _DEFAULT) -> pa.Schema:
    """The schema of what ``clean_batch`` makes of batches of this one; raises NotFitting."""
    import pyarrow as pa

    given = [name for name in schema.names if name != PROBLEM]
    if recipe.text not in given:
        raise NotFitting(
            f"there is no column {recipe.text!r}; name the one with the texts with --text "
            f"(there are {', '.join(given) or 'none'})"
        )
    kind = schema.field(schema.names.index(recipe.text)).type
    if pa.types.is_nested(kind) or pa.types.is_primitive(kind):
        raise NotFitting(
            f"the column {recipe.text!r} is {kind}, neither text nor bytes; name the one with the "
            f"texts with --text (there are {', '.join(given)})"
        )
    if len(set(given)) < len(given):
        raise NotFitting("two columns have the same name; rename one")
    if recipe.id and recipe.id not in given:
        raise NotFitting(
            f"there is no column {recipe.id!r} for --id (there are {', '.join(given)})"
        )
    added = added_fields(recipe.prefix)
    if recipe.signatures:
        added.append(pa.field(recipe.prefix + "signatures", signature_type()))
    new = {field.name: field for field in added}
    taken = {*new, *(field.name for field in marked_fields(recipe.prefix))}
    clash = [name for name in given if name in taken and name != recipe.text]
    if recipe.text in taken and recipe.text != recipe.prefix + "text":
        clash.append(recipe.text)
    if clash:
        raise NotFitting(
            f"the input has columns {', '.join(clash)} of its own; "
            "give --prefix, as --prefix normtool_, to name the new ones otherwise"
        )
    fields = [] if id_column(recipe) in given else [pa.field("id", pa.string())]
    fields += [new.pop(name, None) or schema.field(name) for name in given]
    fields += [field for field in added if field.name in new]
    return pa.schema(fields)


def id_column(recipe: Recipe) -> str:
    """The column that names the rows after cleaning."""
    return recipe.id or "id"


def _names(batch: pa.RecordBatch, recipe: Recipe) -> list[str]:
    column = id_column(recipe)
    if column not in batch.schema.names:
        return ["<text>"] * len(batch)
    return ["<text>" if value is None else str(value) for value in _values(batch.column(column))]


def _values(column: pa.Array) -> list[Any]:
    """The values of a column; those that are no UTF-8 as the error that says so."""
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        values = []
        for cell in column:
            try:
                values.append(cell.as_py())
            except UnicodeDecodeError as error:
                values.append(error)
        return values


def _read(value: Any, name: str, recipe: Recipe) -> Document:
    """The document of one cell; raises Unreadable."""
    if isinstance(value, str):
        # No character has more than four bytes: most texts are not measured.
        if 4 * len(value) > recipe.limit:
            _check_size(len(value.encode("utf-8", "surrogatepass")), name, recipe)
        return from_text(value, name)
    if isinstance(value, bytes):
        _check_size(len(value), name, recipe)
        return read_bytes(
            value, name, encoding=recipe.encoding, format=recipe.format, changes=recipe.changes
        )
    if value is None:
        raise Unreadable(f"{name}: there is no text (null)")
    if isinstance(value, UnicodeDecodeError):
        raise Unreadable(
            f"{name}: not UTF-8 at byte {value.start} ({value.reason}), as a string must be; "
            "store it as bytes, they are decoded like files"
        )
    raise Unreadable(f"{name}: is {type(value).__name__}, neither text nor bytes")


def too_large(name: str, size: int, limit: int) -> str:
    """Why a text of ``size`` bytes is not cleaned; "" if it is not too large."""
    if size <= limit:
        return ""
    return (
        f"{name}: is {size / 2**20:.1f} MB, more than the limit of {limit / 2**20:.1f} MB; "
        "split it or raise the limit"
    )


def _check_size(size: int, name: str, recipe: Recipe) -> None:
    if said := too_large(name, size, recipe.limit):
        raise Unreadable(said)
