"""What the user knows of a speech and the page does not say: ``--meta FILE``.

A TOML file has keys for all files, and tables for some:

    publisher = "Corpus of Local Speeches"
    licence = "CC BY 4.0"

    [files."2004-春耕.txt"]
    speaker = "周平"
    date = 2004-02-10

    [files."2004-春耕.txt".speeches.2]
    speaker = "吴兰"

A CSV file has a row a file with a column ``file``, and perhaps ``speech``.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Mapping
from typing import Any

from normtool.document import Document
from normtool.files import Unreadable, reason, shown

#: What may be said of one speech, and what of a whole file.
OF_SPEECH = ("title", "speaker", "date", "place")
OF_FILE = ("licence", "project", "publisher", "source", "url")
KEYS = OF_SPEECH + OF_FILE

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_FILE, _SPEECH = "file", "speech"


class Metadata:
    """What a metadata file says, by file name and number of the speech (0: of all its speeches)."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, int], dict[str, str]] = {}

    def say(self, file: str, speech: int, facts: Mapping[str, str]) -> None:
        """Add facts of a file ("" for all files) and one of its speeches (0 for all)."""
        self._said.setdefault((file, speech), {}).update(facts)

    def said_of(self, path: str) -> list[tuple[str, int, dict[str, str]]]:
        """All that is said of a file, to tell whether it is the same as before."""
        names = ("", os.path.basename(path), path.replace(os.sep, "/"))
        return sorted((*key, facts) for key, facts in self._said.items() if key[0] in names)

    def of(self, path: str, speech: int = 0) -> dict[str, str]:
        """What is said of a file, by its name or its path; the more special wins."""
        names = ("", os.path.basename(path), path.replace(os.sep, "/"))
        facts: dict[str, str] = {}
        for number in (0, speech) if speech else (0,):
            for name in names:
                facts |= self._said.get((name, number), {})
        return facts

    def add(self, document: Document, path: str) -> Document:
        """The document with what is said of it; what the page says is kept beside it.

        ``meta["given"]`` has the facts of the file, ``given`` of a speech in
        ``meta["speeches"]`` those of the speech.
        """
        of_file = {key: value for key, value in self.of(path).items() if key in OF_FILE}
        speeches = []
        for speech in document.meta.get("speeches", ()):
            facts = self.of(path, speech["n"])
            given = {key: value for key, value in facts.items() if key in OF_SPEECH}
            speeches.append({**speech, "given": given} if given else speech)
        meta = dict(document.meta)
        if of_file:
            meta["given"] = of_file
        if speeches:
            meta["speeches"] = speeches
        return document.replace(meta=meta)


def read_metadata(path: str) -> Metadata:
    """Read a .toml or .csv file.

    Raises Unreadable, one sentence: missing, not TOML or CSV, an unknown key
    (with the nearest known), a date that is none, a CSV without ``file``.
    """
    try:
        with open(path, "rb") as stream:
            data = stream.read()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{shown(path)}: {reason(error)}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{shown(path)}: is not UTF-8 (byte {error.start}); save it as UTF-8"
        ) from None
    return _from_csv(text, path) if path.lower().endswith(".csv") else _from_toml(text, path)


def _from_toml(text: str, path: str) -> Metadata:
    import tomllib

    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{shown(path)}: is not TOML: {error}") from None
    metadata = Metadata()
    files = value.pop("files", {})
    metadata.say("", 0, _facts(value, path, ""))
    for name, table in _tables(files, path, "files"):
        speeches = table.pop("speeches", {})
        metadata.say(name, 0, _facts(table, path, f" of {name}"))
        for number, facts in _tables(speeches, path, f"speeches of {name}"):
            said = _facts(facts, path, f" of speech {number} of {name}", OF_SPEECH)
            metadata.say(name, _number(number, path), said)
    return metadata


def _from_csv(text: str, path: str) -> Metadata:
    import csv
    import io

    rows = csv.DictReader(io.StringIO(text, newline=""))
    columns = [column.strip() for column in rows.fieldnames or ()]
    rows.fieldnames = columns
    if _FILE not in columns:
        raise Unreadable(
            f"{shown(path)}: has no column {_FILE!r}; the first line names the columns"
        )
    for column in columns:
        if column not in (_FILE, _SPEECH):
            _known(column, path, "")
    metadata = Metadata()
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise Unreadable(f"{shown(path)}: line {line} has not {len(columns)} columns")
        said = {key: value for key, value in row.items() if value.strip()}
        name, number = said.pop(_FILE, ""), said.pop(_SPEECH, "0")
        where = f" in line {line}"
        known = OF_SPEECH if int(_number(number, path)) else KEYS
        metadata.say(name.strip(), _number(number, path), _facts(said, path, where, known))
    return metadata


def _tables(value: object, path: str, name: str) -> list[tuple[str, dict[str, Any]]]:
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        raise Unreadable(f'{shown(path)}: {name} must be tables, as [files."speech.txt"]')
    return [(key, dict(table)) for key, table in value.items()]


def _facts(
    table: Mapping[str, Any], path: str, where: str, known: tuple[str, ...] = KEYS
) -> dict[str, str]:
    facts = {}
    for key, value in table.items():
        _known(key, path, where, known)
        if isinstance(value, datetime.datetime):
            value = value.date()
        said = value.isoformat() if isinstance(value, datetime.date) else value
        if not isinstance(said, str):
            raise Unreadable(f"{shown(path)}: {key}{where} must be text, not {value!r}")
        said = said.strip()
        if key == "date":
            _check_date(said, path, where)
        if said:
            facts[key] = said
    return facts


def _known(key: str, path: str, where: str, known: tuple[str, ...] = KEYS) -> None:
    if key in known:
        return
    from difflib import get_close_matches

    near = get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
    raise Unreadable(f"{shown(path)}: unknown key {key!r}{where}; {hint}")


def _check_date(said: str, path: str, where: str) -> None:
    try:
        if not _DATE.fullmatch(said):
            raise ValueError
        datetime.date.fromisoformat(said + "-01-01"[len(said) - 10 :] if len(said) < 10 else said)
    except ValueError:
        raise Unreadable(
            f"{shown(path)}: date {said!r}{where} is no date; write YYYY-MM-DD, YYYY-MM or YYYY"
        ) from None


def _number(said: str, path: str) -> int:
    if not said.isascii() or not said.isdigit():
        raise Unreadable(f"{shown(path)}: {said!r} is no number of a speech")
    return int(said)
