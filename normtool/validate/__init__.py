"""Is a TEI file what a corpus project would accept? The profile, and what no grammar can say.

    problems = validate(data)

Everything runs on one parsed tree, in milliseconds, and reads nothing but the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from normtool.edition.parsing import NotTei, line_of, local, parse
from normtool.validate.problem import RULES, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["RULES", "Problem", "validate"]


def validate(data: bytes, *, schema: str = "", twin: bytes | None = None) -> list[Problem]:
    """What is wrong with a TEI file, in the order of its lines; an empty list if nothing is.

    schema  path of a RELAX NG schema to ask as well, as tei_all.rng
    twin    the file of the same speech in the other script, to be compared

    Raises BadSchema if the schema cannot be used.
    """
    try:
        root = parse(data)
    except NotTei as error:
        return [Problem(error.line, "xml", str(error))]
    if local(root) not in ("TEI", "teiCorpus"):
        message = (
            f"is no TEI: its root is {root.tag}; give a file whose root is TEI or teiCorpus in the "
            "namespace http://www.tei-c.org/ns/1.0"
        )
        return [Problem(line_of(root), "xml", message)]
    # The same element may be told of by two checks; each says another thing.
    return sorted(dict.fromkeys(_problems(root, schema, twin)))


def _problems(root: _Element, schema: str, twin: bytes | None) -> Iterator[Problem]:
    from normtool.edition.ledger import has_ledger, restored
    from normtool.validate import header, marks, places, profile, wording
    from normtool.validate.coverage import coverage
    from normtool.validate.edition import editions
    from normtool.validate.script import script

    yield from profile.against(root)
    if schema:
        yield from profile.against(root, schema)
    for of_file in (marks.ids, marks.pointers, header.tags):
        yield from of_file(root)
    for edition in editions(root):
        for check in (
            marks.ids_of_speech,
            marks.languages,
            marks.twins,
            places.sources,
            places.lengths,
            places.order,
            places.silent,
            script,
            wording.empties,
            wording.gaps,
            wording.digits,
            wording.blanks,
            wording.sentences,
            wording.numbers,
            header.title,
            header.extent,
            header.citation,
            header.prefix,
        ):
            yield from check(edition)
        if twin is not None:
            yield from marks.same(edition, twin)
    if has_ledger(root):
        try:
            document, changes = restored(root)
        except NotTei as error:
            yield Problem(error.line, "ledger", str(error))
            return
        source = document.original
        for change in changes:
            message = (
                f"{change.message}: a change by hand, which is an edit of its own (MAN) as soon as "
                "the file is read; write it anew (normtool convert FILE -t tei), so that header "
                "and ledger tell of it"
            )
            yield Problem(change.line, "ledger", message)
        for edition in editions(root):
            yield from coverage(edition, source)


def twin_of(data: bytes) -> str:
    """The name of the file that the root names as its twin, or ""."""
    try:
        root = parse(data)
    except NotTei:
        return ""
    return (root.get("corresp") or "").partition("#")[0] if local(root) == "TEI" else ""
