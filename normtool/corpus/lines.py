"""JSON lines and Arrow: types that hold for all lines of a job, rows in, lines out.

Every column of a JSON file gets the narrowest of these types that holds all its
values: ``bool``, ``int``, ``float``, ``string``; what is nested or mixed is
``json``: a string column with the values as JSON. Nothing is lost or coerced.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from normtool.corpus.batch import PROBLEM
from normtool.corpus.columns import JSON

if TYPE_CHECKING:
    import pyarrow as pa

_LARGEST = 2**63
#: Larger whole numbers are not the same as floats.
_EXACT = 2**53


def types_of(lines: Iterable[bytes]) -> dict[str, str]:
    """The type of each key, in the order in which the keys come; broken lines are passed over."""
    types: dict[str, str] = {}
    for line in lines:
        row = _row(line)
        if isinstance(row, dict):
            for key, value in row.items():
                known = types.get(key, "null")
                if known != "json":
                    types[key] = _wider(known, _type(value))
    return types


def merged(several: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The types that hold where each of these does."""
    types: dict[str, str] = {}
    for one in several:
        for key, kind in one.items():
            types[key] = _wider(types.get(key, "null"), kind)
    return types


def _type(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if abs(value) <= _EXACT else "large" if abs(value) < _LARGEST else "json"
    if isinstance(value, float):
        return "float" if math.isfinite(value) else "json"
    return "string" if isinstance(value, str) else "json"


def _wider(one: str, other: str) -> str:
    if one == other or other == "null":
        return one
    if one == "null":
        return other
    if {one, other} <= {"int", "float"}:
        return "float"
    return "large" if {one, other} <= {"int", "large"} else "json"


def schema_of(types: Mapping[str, str], text: str) -> pa.Schema:
    """The Arrow schema for these types; the column of the texts is one of strings in any case."""
    import pyarrow as pa

    arrow = {
        "null": pa.string(),
        "bool": pa.bool_(),
        "int": pa.int64(),
        "large": pa.int64(),
        "float": pa.float64(),
        "string": pa.string(),
        "json": pa.string(),
    }
    return pa.schema(
        [
            pa.field(key, pa.string())
            if key == text
            else pa.field(key, arrow[kind], metadata=JSON if kind == "json" else None)
            for key, kind in types.items()
        ]
    )


def batch_of(lines: Iterable[tuple[str, bytes]], schema: pa.Schema, text: str) -> pa.RecordBatch:
    """Rows of lines, each with the name of its file, by a schema of ``schema_of``.

    The batch has one column more, PROBLEM: why a line is no row, or its text
    no text. ``clean_batch`` makes ``error`` of it.
    """
    import pyarrow as pa

    columns: dict[str, list[Any]] = {name: [] for name in schema.names}
    readers = {field.name: _reader(field) for field in schema if field.name != text}
    problems: list[str | None] = []
    for name, line in lines:
        row = _row(line)
        problem = None
        if not isinstance(row, dict):
            # Not its number: who shuffles the lines gets the same rows.
            begins = line[:60].decode("utf-8", "replace")[:40].strip()
            problem = f"{name}: a line {row or 'is JSON, but no object'}: {begins}"
            row = {}
        elif not isinstance(row.get(text), str) and row.get(text) is not None:
            problem = f"{name}: {text!r} is {type(row[text]).__name__}, not a string"
            row[text] = None
        for key, read in readers.items():
            value = row.get(key)
            columns[key].append(None if value is None else read(value))
        try:
            (row.get(text) or "").encode()
        except UnicodeEncodeError as error:
            sign = ord(row[text][error.start])
            problem = f"{name}: lone surrogate U+{sign:04X} at character {error.start} of the text"
            row[text] = None
        columns[text].append(row.get(text))
        problems.append(problem)
    arrays = [pa.array(columns[field.name], field.type) for field in schema]
    return pa.RecordBatch.from_arrays(
        [*arrays, pa.array(problems, pa.string())],
        schema=schema.append(pa.field(PROBLEM, pa.string())),
    )


def _row(line: bytes) -> Any:
    """The value of a line, or a sentence, as a string, why there is none."""
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError as error:
        return f"is not UTF-8 at byte {error.start} of the line"
    except json.JSONDecodeError as error:
        return f"is not JSON: {error.msg} (column {error.colno})"
    except (RecursionError, ValueError) as error:  # nested too deeply, a number without end
        return f"is not JSON that can be read: {error}"
    if not isinstance(row, dict):
        return None
    if b"\\u" in line and not all(map(_is_plain, row)):
        return "has a key with a lone surrogate"
    return row


def _reader(field: pa.Field) -> Any:
    if is_json(field):
        return lambda value: _plain(json.dumps(value, ensure_ascii=False))
    kind = str(field.type)
    return {"string": _plain, "double": float}.get(kind, lambda value: value)


def _plain(value: str) -> str:
    """A string that can be written; lone surrogates are shown as escapes."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def _is_plain(value: str) -> bool:
    return value == _plain(value)


def is_json(field: pa.Field) -> bool:
    """Whether the strings of a column are JSON values."""
    return dict(field.metadata or {}).get(b"normtool") == b"json"


def lines_of(batch: pa.RecordBatch) -> Iterator[str]:
    """Each row as one line of JSON, without its newline; JSON columns become values again.

    What JSON does not know (dates, bytes, decimals) becomes a string; NaN and the
    infinities, null.
    """
    nested = [field.name for field in batch.schema if is_json(field)]
    for row in batch.to_pylist():
        for name in nested:
            if row[name] is not None:
                row[name] = json.loads(row[name])
        try:
            yield json.dumps(row, ensure_ascii=False, default=_shown, allow_nan=False)
        except ValueError:
            yield json.dumps(_finite(row), ensure_ascii=False, default=_shown)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _shown(value: Any) -> str:
    if isinstance(value, bytes):
        from base64 import b64encode

        return b64encode(value).decode("ascii")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
