"""The user's word lists: tab-separated files, one entry a line, ``#`` begins a comment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

#: Of each wrong form the right one, and the longer strings in which it is right.
Typos = dict[str, tuple[str, tuple[str, ...]]]


class BadList(ValueError):
    """A list cannot be used; the message is one sentence with the file and the line."""


def read_typos(path: Path) -> Typos:
    """Read ``wrong⇥right[⇥guard…]``. Raises BadList."""
    found: Typos = {}
    for number, cells in _entries(path):
        place = f"{path}:{number}"
        if len(cells) < 2 or not cells[1]:
            raise BadList(f"{place}: give the wrong form, a tab and the right one")
        wrong, right, *guards = cells
        if wrong == right:
            raise BadList(f"{place}: {wrong} is to become itself; delete the line")
        if found.get(wrong, (right, ()))[0] != right:
            raise BadList(f"{place}: {wrong} has two right forms, {found[wrong][0]} and {right}")
        found[wrong] = (right, tuple(guard for guard in guards if guard))
    for wrong in found:
        seen, word = {wrong}, found[wrong][0]
        while word in found:
            if word in seen:
                raise BadList(f"{path}: {wrong} and {word} become each other; delete one")
            seen.add(word)
            word = found[word][0]
    return found


def read_names(path: Path) -> tuple[str, ...]:
    """Read the first column. Raises BadList."""
    return tuple(dict.fromkeys(cells[0] for _, cells in _entries(path)))


def _entries(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise BadList(f"{path}: cannot be read: {(error.strerror or '').lower()}") from error
    except UnicodeDecodeError as error:
        raise BadList(f"{path}: is not UTF-8; save it as UTF-8") from error
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells) or line.startswith("#"):
            continue
        if not cells[0]:
            raise BadList(f"{path}:{number}: the first column is empty")
        yield number, cells
