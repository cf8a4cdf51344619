"""Who publishes the file, what may be done with it (editionStmt, publicationStmt)."""

from __future__ import annotations

import re
from functools import lru_cache

from normtool.export.tei.markup import branch, leaf
from normtool.export.tei.software import version


@lru_cache(maxsize=4)
def edition_statement(margin: str) -> str:
    """``editionStmt``: made by a machine, by which version of it."""
    said = (
        '机器整理，未经人工校对 <foreign xml:lang="en">(machine-cleaned, not '
        "proof-read by a person)</foreign>"
    )
    return branch(
        margin,
        "editionStmt",
        None,
        leaf(f"{margin}  ", "edition", {"n": version("normtool")}, said),
    )


@lru_cache(maxsize=8)
def publication_statement(margin: str, publisher: str, licence: str, date: str) -> str:
    """``publicationStmt``. Without a publisher it is who ran normtool; no right is invented.

    What the user says, publisher and licence, is markup already.
    """
    inside = f"{margin}  "
    unnamed = '运行 normtool 者 <foreign xml:lang="en">(whoever ran normtool)</foreign>'
    return branch(
        margin,
        "publicationStmt",
        None,
        leaf(inside, "publisher", None, publisher or unnamed),
        _licensed(inside, licence) if licence else _unlicensed(inside),
        leaf(inside, "date", {"when": date}, date),
    )


def _licensed(margin: str, licence: str) -> str:
    said = leaf(f"{margin}  ", "licence", None, licence)
    return branch(margin, "availability", {"status": _status(licence)}, said)


def _unlicensed(margin: str) -> str:
    inside = f"{margin}  "
    english = "The rights in the speech are unknown; this file grants none."
    return branch(
        margin,
        "availability",
        {"status": "unknown"},
        leaf(inside, "p", None, "讲话的权利状况未知；本文件不授予任何权利。"),
        leaf(inside, "p", {"xml:lang": "en"}, english),
    )


def _status(licence: str) -> str:
    """Whether a licence is free to use, as TEI asks (availability/@status)."""
    free = re.match(r"CC[ -]|CC0|Creative Commons|MIT\b|公有领域|[Pp]ublic domain", licence)
    return "free" if free else "restricted"
