"""Checks of the header: what it says of the text is true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from normtool.edition.parsing import NAMESPACE, local
from normtool.edition.views import SCRIPT, SILENT, T, listed, reading, words
from normtool.validate.edition import Edition, at, editions
from normtool.validate.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element


def title(edition: Edition) -> Iterator[Problem]:
    """The speech has a main title with words."""
    header = edition.headers[0] if edition.headers else None
    titles = header.findall(f"{T}fileDesc/{T}titleStmt/{T}title") if header is not None else []
    if not any(words(one).strip() for one in titles if one.get("type") in (None, "main")):
        line, ident = at(titles[0] if titles else edition.tei)
        yield Problem(line, "title", "the speech has no title; put one into titleStmt", ident)


def extent(edition: Edition) -> Iterator[Problem]:
    """The counted size of the speech is that of the text as it reads."""
    header = edition.headers[0] if edition.headers else None
    if header is None:
        return
    count = sum(len(reading(line)) for line in edition.lines)
    for measure in header.iterfind(f"{T}fileDesc/{T}extent/{T}measure"):
        if measure.get("type") != "counted" or measure.get("unit") != "char":
            continue
        if measure.get("quantity") != str(count):
            line, ident = at(measure)
            yield Problem(
                line,
                "extent",
                f"the header counts {measure.get('quantity')} characters, the text has {count}; "
                f'write quantity="{count}"',
                ident,
            )


def tags(root: _Element) -> Iterator[Problem]:
    """tagsDecl lists every element of the text, in its true number.

    Behind a converted text the annotations of standOff count as well.
    """
    total: Counter[str] = Counter()
    for edition in editions(root):
        text = edition.tei.find(T + "text")
        used = (
            Counter(filter(None, map(local, text.iter()))) if text is not None else Counter[str]()
        )
        guesses = len(list(listed(edition.tei, SCRIPT)))
        if guesses:
            used["annotation"] = guesses + len(list(listed(edition.tei, SILENT)))
        total += used
        header = edition.tei.find(T + "teiHeader")
        if header is not None and edition.tei is not root:
            yield from _declared(header, used)
    header = root.find(T + "teiHeader")
    if header is not None:
        yield from _declared(header, total)


def _declared(header: _Element, used: Counter[str]) -> Iterator[Problem]:
    for declaration in header.iter(T + "tagsDecl"):
        listed = set()
        for usage in declaration.iter(T + "tagUsage"):
            name = usage.get("gi") or ""
            listed.add(name)
            if usage.get("occurs") not in (None, str(used[name])):
                line, ident = at(usage)
                yield Problem(
                    line,
                    "tags",
                    f"tagsDecl says that {name} occurs {usage.get('occurs')} times; it does "
                    f'{used[name]} times: write occurs="{used[name]}"',
                    ident,
                )
        if declaration.get("partial") == "false":
            for name in sorted(used.keys() - listed):
                line, ident = at(declaration)
                yield Problem(
                    line,
                    "tags",
                    f'{name} is in the text and not in tagsDecl; add tagUsage gi="{name}" '
                    f'occurs="{used[name]}"',
                    ident,
                )


_STEP = re.compile(r"(?<![@\w:.-])([A-Za-z][\w.-]*)(?![\w.-]*\s*[(:])")


def citation(edition: Edition) -> Iterator[Problem]:
    """There is a citeStructure, its path finds something, and what it uses is unique."""
    from lxml import etree

    found = list(edition.find("refsDecl/citeStructure"))
    if edition.tei is not edition.root and edition.tei is not edition.root.find(T + "TEI"):
        return  # how a bundle is cited is said once, for all
    if not found:
        line, ident = at(edition.tei)
        yield Problem(
            line,
            "cite",
            "refsDecl has no citeStructure; say how parts of the text are cited",
            ident,
        )
    for cite in found:
        line, ident = at(cite)
        match, use = cite.get("match") or "", cite.get("use") or ""
        try:
            nodes = _evaluate(edition.root, match)
            keys = [_evaluate(node, use) for node in nodes] if use != "position()" else []
        except etree.XPathError:
            yield Problem(
                line,
                "cite",
                f'"{match}" or "{use}" is no XPath that can be followed; correct it',
                ident,
            )
            continue
        if not nodes:
            yield Problem(
                line, "cite", f'"{match}" leads to nothing in this file; correct the path', ident
            )
        names = [str(key[0]) if key else "" for key in keys]
        if len(set(names)) != len(names) or "" in names:
            yield Problem(
                line,
                "cite",
                f'"{use}" does not tell what "{match}" finds apart; use another',
                ident,
            )


def _evaluate(node: _Element, path: str) -> list[Any]:
    """An XPath of the header, whose names are those of TEI."""
    found: Any = node.xpath(_STEP.sub(r"t:\1", path), namespaces={"t": NAMESPACE})
    return found if isinstance(found, list) else [found]


def prefix(edition: Edition) -> Iterator[Problem]:
    """``src:`` is defined and leads to the file that sourceDesc describes."""
    used = any((e.get("source") or "").startswith("src:") for e in edition.lines)
    found = [e for e in edition.find("listPrefixDef/prefixDef") if e.get("ident") == "src"]
    if used and not found:
        line, ident = at(edition.tei)
        yield Problem(
            line, "prefix", "src: is used and not defined; add a prefixDef to encodingDesc", ident
        )
    files = {
        ptr.get("target")
        for bibl in edition.find("sourceDesc/bibl")
        if bibl.get("type") == "file"
        for ptr in bibl.iterfind(T + "ptr")
    }
    for one in found:
        name = (one.get("replacementPattern") or "").partition("#")[0]
        if files and name not in files:
            line, ident = at(one)
            yield Problem(
                line,
                "prefix",
                f'src: leads to "{name}", and the file of the source is '
                f"{', '.join(map(str, files))}; correct the replacementPattern",
                ident,
            )
    for idno in edition.find("sourceDesc/bibl/idno"):
        if idno.get("type") == "sha256" and not re.fullmatch(r"[0-9a-f]{64}", idno.text or ""):
            line, ident = at(idno)
            yield Problem(
                line,
                "prefix",
                "sha256 is not 64 hexadecimal digits; copy it from `sha256sum`",
                ident,
            )
