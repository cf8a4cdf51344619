"""The user's word lists: tab-separated files, one entry a line, ``#`` begins a comment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

#: The first line of what ``normtool typos --learn`` prints. Below it the column
#: ``verdict`` says what a line is: for the list of typos, for that of words to keep,
#: or not decided and nothing.
HEADER = "# wrong\tright\tverdict\tcount\tfiles\tcertainty\tcontext"
FIX, KEEP, OPEN = "fix", "keep", "?"

#: Of each wrong form the right one, and the longer strings in which it is right.
Typos = dict[str, tuple[str, tuple[str, ...]]]


class BadList(ValueError):
    """A list cannot be used; the message is one sentence with the file and the line."""


def read_typos(path: Path) -> Typos:
    """Read ``wrong⇥right[⇥guard…]``, or the lines of a reviewed table that say fix.

    Raises BadList.
    """
    found: Typos = {}
    for number, cells in _entries(path, FIX):
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


def read_glossary(path: Path) -> dict[str, str]:
    """Read ``word⇥form``: what a word becomes in the other script. Raises BadList."""
    words: dict[str, str] = {}
    for number, cells in _entries(path, FIX):
        if len(cells) < 2 or not cells[1]:
            raise BadList(f"{path}:{number}: give the word, a tab and its form")
        if len(cells[0]) != len(cells[1]):
            raise BadList(
                f"{path}:{number}: {cells[0]} and {cells[1]} differ in length; the other script "
                "writes the same word, character for character"
            )
        words[cells[0]] = cells[1]
    return words


def read_names(path: Path) -> tuple[str, ...]:
    """Read the first column, of a reviewed table in the lines that say keep.

    Raises BadList.
    """
    return tuple(dict.fromkeys(cells[0] for _, cells in _entries(path, KEEP)))


def _entries(path: Path, verdict: str) -> Iterator[tuple[int, list[str]]]:
    """The lines with their numbers, cell by cell; of a reviewed table those with a verdict."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise BadList(f"{path}: cannot be read: {(error.strerror or '').lower()}") from error
    except UnicodeDecodeError as error:
        raise BadList(f"{path}: is not UTF-8; save it as UTF-8") from error
    reviewed = False
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if line.startswith("#"):
            reviewed = reviewed or cells == HEADER.split("\t")
            continue
        if not any(cells):
            continue
        if not cells[0]:
            raise BadList(f"{path}:{number}: the first column is empty")
        if reviewed:
            said = cells[2] if len(cells) > 2 else ""
            if said not in (FIX, KEEP, OPEN):
                raise BadList(f"{path}:{number}: the verdict is fix, keep or ?, not {said!r}")
            if said != verdict:
                continue
            cells = cells[:2]
        yield number, cells
