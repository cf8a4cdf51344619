"""Checks of names: ids, pointers, languages, twins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from normtool.edition.parsing import NotTei, line_of, local, parse
from normtool.edition.views import ID, LANG, OLD, T, words
from normtool.validate.edition import Edition, at
from normtool.validate.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The attributes that hold pointers.
_POINTERS = (
    "ana", "resp", "who", "target", "corresp", "scheme", "ref", "decls", "rendition", "source",
)  # fmt: skip


def ids(root: _Element) -> Iterator[Problem]:
    """Every xml:id once; ids of the text begin with that of the speech."""
    seen: dict[str, int] = {}
    for element in root.iter():
        ident = element.get(ID) if local(element) else None
        if ident is None:
            continue
        line = line_of(element)
        if ident in seen:
            yield Problem(
                line,
                "id",
                f'xml:id="{ident}" stands in line {seen[ident]} already; give {local(element)} '
                "an id of its own",
                ident,
            )
        seen.setdefault(ident, line)


def ids_of_speech(edition: Edition) -> Iterator[Problem]:
    """Ids of the text begin with that of the speech, so that a bundle can hold many."""
    mine = edition.ident
    for part in ("text", "standOff"):
        below = edition.tei.find(T + part)
        for element in below.iter() if below is not None else ():
            ident = element.get(ID) if local(element) else None
            if ident and not ident.startswith(f"{mine}."):
                line, _ = at(element)
                yield Problem(
                    line,
                    "id",
                    f'xml:id="{ident}" is not of speech {mine}; begin it with "{mine}."',
                    ident,
                )


def pointers(root: _Element) -> Iterator[Problem]:
    """Pointers are neither empty nor broken: ``#x`` is an id of this file."""
    known = {element.get(ID) for element in root.iter() if local(element)}
    for element in root.iter():
        if not local(element):
            continue
        for name in _POINTERS:
            value = element.get(name)
            if value is None:
                continue
            line, ident = at(element)
            if not value or value != " ".join(value.split()):
                yield Problem(
                    line,
                    "pointer",
                    f'@{name} of {local(element)} is "{value}"; write its pointers with one blank '
                    "between two, or take it out",
                    ident,
                )
            for pointer in value.split():
                if pointer.startswith("#") and pointer[1:] not in known:
                    yield Problem(
                        line,
                        "pointer",
                        f'@{name} of {local(element)} leads to "{pointer}", which is nowhere in '
                        "the file; declare it in the header, or correct the pointer",
                        ident,
                    )


def languages(edition: Edition) -> Iterator[Problem]:
    """Languages are declared in langUsage; Chinese text says in which script it is."""
    declared = {e.get("ident") for e in edition.find("langUsage/language")}
    line, ident = at(edition.tei)
    if not declared:
        yield Problem(
            line, "language", "langUsage is missing; list the languages in profileDesc", ident
        )
        return
    if edition.language == "":
        yield Problem(line, "language", "TEI has no xml:lang; say zh-Hans or zh-Hant", ident)
    told: set[str] = set()
    for element in edition.tei.iter():
        tag = element.get(LANG) if local(element) else None
        if tag and tag not in declared and tag not in told:
            told.add(tag)
            line, ident = at(element)
            yield Problem(
                line, "language", f'xml:lang="{tag}" is not declared; add it to langUsage', ident
            )


def twins(edition: Edition) -> Iterator[Problem]:
    """Every pointer to the other script names the file of the whole and the same id."""
    file = edition.tei.get("corresp") or ""
    text = edition.tei.find(T + "text")
    for element in text.iter() if text is not None else ():
        corresp = element.get("corresp") if local(element) else None
        line, ident = at(element)
        if corresp is not None and corresp != f"{file.partition('#')[0]}#{ident}":
            yield Problem(
                line,
                "twin",
                f'@corresp of {local(element)} is "{corresp}"; the twin of this file is '
                f'"{file}": write "{file.partition("#")[0]}#{ident}"',
                ident,
            )
        elif (
            file
            and corresp is None
            and local(element) in ("p", "head", "salute", "div")
            and element.get(ID)
        ):
            yield Problem(
                line,
                "twin",
                f"{local(element)} has no @corresp, but the file has a twin; write "
                f'"{file}#{ident}"',
                ident,
            )


def same(edition: Edition, twin: bytes) -> Iterator[Problem]:
    """The twin has the same elements with the same ids and the same words of the source."""
    line, ident = at(edition.tei)
    try:
        root = parse(twin)
    except NotTei as error:
        yield Problem(line, "twin", f"the twin {error}", ident)
        return
    mine, other = _named(edition.tei), _named(root)
    for missing, where in (
        (mine.keys() - other.keys(), "here"),
        (other.keys() - mine.keys(), "in the twin"),
    ):
        if missing:
            first = min(missing)
            line, ident = at(mine.get(first, edition.tei))
            yield Problem(
                line,
                "twin",
                f"{first}{f' and {len(missing) - 1} more' if len(missing) > 1 else ''} stands only "
                f"{where}; convert both scripts in one run",
                ident,
            )
    for ident in mine.keys() & other.keys():
        if _kept(mine[ident]) != _kept(other[ident]):
            yield Problem(
                line_of(mine[ident]),
                "twin",
                f"{ident} has “{_kept(mine[ident])}” of the source, its twin "
                f"“{_kept(other[ident])}”; the source is never converted: copy it",
                ident,
            )


def _named(tei: _Element) -> dict[str, _Element]:
    text = tei.find(T + "text")
    return {e.get(ID, ""): e for e in (text.iter() if text is not None else ()) if e.get(ID)}


def _kept(edit: _Element) -> str:
    return "".join(words(child) for child in edit if local(child) in OLD)
