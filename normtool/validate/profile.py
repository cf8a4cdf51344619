"""The profile (normtool-tei.rng) and schemas of users, with messages that say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from normtool.edition.parsing import line_of, local
from normtool.edition.views import BLOCKS, EDITS
from normtool.shipped import open_shipped
from normtool.validate.edition import at
from normtool.validate.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import RelaxNG, _Element, _ListErrorLog

#: Our profile, as RELAX NG in XML syntax; jing and oXygen take it, too.
PROFILE = Path(__file__).parent.parent / "profile" / "normtool-tei.rng"
XML = "{http://www.w3.org/XML/1998/namespace}"
_R = "{http://relaxng.org/ns/structure/1.0}"


class BadSchema(ValueError):
    """A schema that cannot be used; one sentence."""


@lru_cache(maxsize=4)
def load(path: str = "") -> RelaxNG:
    """A RELAX NG schema, ours without a path. Raises BadSchema if the file is none."""
    from lxml import etree

    try:
        return etree.RelaxNG(_tree(path) if path else _grammar())
    except (etree.XMLSyntaxError, etree.RelaxNGParseError, OSError) as error:
        said = str(error).split("\n")[0]
        raise BadSchema(
            f"{path}: is not a RELAX NG schema in XML syntax ({said}); give a .rng file, such as "
            "tei_all.rng of the TEI Consortium"
        ) from None


def _tree(path: str | BinaryIO) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root: _Element = etree.parse(path, parser).getroot()
    return root


def against(root: _Element, schema: str = "") -> Iterator[Problem]:
    """What a schema refuses; without a path, what our profile does."""
    if not schema:
        if not load().validate(root):
            yield from _culprits(root)
        return
    checker = load(schema)
    if checker.validate(root):
        return
    last = -1
    for entry in checker.error_log:
        # libxml2 goes on from the element that is wrong to those around it.
        if entry.line > last:
            last = entry.line
            yield Problem(entry.line or line_of(root), "schema", _explain(entry.message))


def _culprits(element: _Element) -> Iterator[Problem]:
    """The innermost elements that are wrong by themselves.

    A grammar only says that the whole does not fit. Each element is held against its own
    pattern, from outside in: one that fails while all inside it are right is what is wrong.
    """
    name = local(element)
    if name not in _names():
        what = name or element.tag
        yield _problem(element, f"{what} is not in the profile; take it out, or use what is")
        return
    pattern = _pattern(element, name)
    checker = _starting(pattern) if pattern else None
    if checker is not None and checker.validate(element):
        return
    found = [p for child in element if isinstance(child.tag, str) for p in _culprits(child)]
    foreign = _foreign(element) if name in BLOCKS or name == "seg" else ""
    if foreign:
        yield _problem(element, foreign)
    if found:
        yield from found
    elif pattern and checker is not None and not foreign:
        lacks = sorted(_required(pattern, element) - set(element.attrib))
        if lacks:
            names = ", ".join(f"@{key.replace(XML, 'xml:')}" for key in lacks)
            yield _problem(
                element, f"{name} has no {names}; add {'it' if len(lacks) == 1 else 'them'}"
            )
        else:
            yield _out_of_order(element, checker) or _first(checker.error_log, element)


def _foreign(element: _Element) -> str:
    """What is wrong with a line at first sight, "" if nothing is."""
    if (len(element) or element.text) and not element.get(f"{XML}id") and local(element) != "seg":
        return f"{local(element)} has no @xml:id; add it, and @source if the source has its words"
    for child in element:
        name = local(child)
        if name and name not in (*EDITS, "g", "seg"):
            return f"{name} may not stand inside {local(element)}; take it out, or use what may"
    return ""


def _out_of_order(element: _Element, checker: RelaxNG) -> Problem | None:
    """Of a text or part, the first child that may not stand behind those before it."""
    if local(element) not in ("text", "div"):
        return None
    partial = deepcopy(element)
    copies = list(partial[0] if local(element) == "text" and len(partial) else partial)
    for copied in reversed(copies):
        if checker.validate(partial):
            break
        last = len(copied.getparent()) - 1
        copied.getparent().remove(copied)
    else:
        return None
    children = element[0] if local(element) == "text" else element
    what, before = local(children[last]), local(children[last - 1]) if last else local(element)
    return _problem(children[last], f"{what} may not stand behind {before}; move it")


def _problem(element: _Element, words: str) -> Problem:
    line, ident = at(element)
    return Problem(line, "profile", words, ident)


def _first(log: _ListErrorLog, element: _Element) -> Problem:
    """What libxml2 says first of an element; of its attributes before all else."""
    name = local(element)
    entries = list(log)
    own = [e for e in entries if "attribute" in e.message and f" {name}" in e.message]
    entry = (own or entries)[0]
    words = _explain(entry.message)
    if name not in ("TEI", "teiCorpus"):
        words = words.replace("text may not stand here", "words may not stand here")
    # The line that libxml2 gives is now and then that of the element before.
    found = element if own else _at_path(element, entry.path or "")
    return _problem(found, words if name in words else f"{words} ({name})")


def _at_path(element: _Element, path: str) -> _Element:
    """The element at ``/*/*[2]/*[1]``, where ``element`` is the first step."""
    for step in path.split("/")[2:]:
        number = re.search(r"\[(\d+)\]", step)
        children = [child for child in element if isinstance(child.tag, str)]
        place = int(number[1]) - 1 if number else 0
        if place >= len(children):
            break
        element = children[place]
    return element


def _required(pattern: str, element: _Element) -> set[str]:
    """The attributes that an element must have, as the grammar says."""
    defines = {define.get("name"): define for define in _grammar().iterfind(_R + "define")}
    name = local(element)
    branches = {local(child) for child in element}
    for one in defines[pattern].iter(_R + "element"):
        inside = {e.get("name") for e in one.iter(_R + "element")} - {name}
        if one.get("name") == name and (name != "choice" or branches & inside):
            return set(_attributes(one, defines))
    return set()


def _attributes(node: _Element, defines: dict[str | None, _Element]) -> Iterator[str]:
    for child in node:
        if child.tag == _R + "attribute":
            yield (child.get("name") or "").replace("xml:", XML)
        elif child.tag == _R + "group":
            yield from _attributes(child, defines)
        elif child.tag == _R + "ref" and child.get("name") not in ("inline", "phrases", "division"):
            yield from _attributes(defines[child.get("name")], defines)


def _pattern(element: _Element, name: str) -> str:
    """The name of the pattern that an element has to fit, "" if it has none of its own."""
    around = {local(one) for one in element.iterancestors()}
    parent = element.getparent()
    if name == "TEI":
        return "TEI-in-corpus" if around else "TEI"
    if "text" in around:
        if name in EDITS:
            kind = "gap" if name == "gap" else "edit"
            return kind if parent is not None and local(parent) != "choice" else ""
    elif name in ("p", *EDITS):
        return "prose" if name == "p" else ""
    elif name == "teiHeader" and around == {"TEI", "teiCorpus"}:
        return ""
    return name if name in _defined() else ""


@lru_cache(maxsize=1)
def _grammar() -> _Element:
    with open_shipped("profile/normtool-tei.rng") as stream:
        return _tree(stream)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(e.get("name", "") for e in _grammar().iter(_R + "element"))


@lru_cache(maxsize=1)
def _defined() -> frozenset[str]:
    """The patterns that are one element and are called like it."""
    return frozenset(
        define.get("name", "")
        for define in _grammar().iterfind(_R + "define")
        if define[0].tag == _R + "element" and define[0].get("name") == define.get("name")
    )


@lru_cache(maxsize=64)
def _starting(pattern: str) -> RelaxNG:
    """The profile for one of its elements."""
    from lxml import etree

    grammar = deepcopy(_grammar())
    start = grammar.find(_R + "start")
    start.clear()
    etree.SubElement(start, _R + "ref", name=pattern)
    return etree.RelaxNG(grammar)


_MESSAGES = (
    (r"Did not expect element (\S+) there", r"\1 may not stand here; take it out or move it"),
    (
        r"Did not expect text in element (\S+) content",
        r"\1 has words, but holds only elements; put them into one of these",
    ),
    (r"Element (\S+) has extra content: text", r"\1 may not have words here; take them out"),
    (
        r"Element (\S+) has extra content: (\S+)",
        r"\2 may not stand at this place in \1; move it or take it out",
    ),
    (r"Expecting element (\S+), got nothing", r"\1 is missing; add it"),
    (r"Expecting element (\S+), got (\S+)", r"\2 stands where \1 is expected; add or move it"),
    (r"Expecting an element (\S*) ?, got nothing", r"an element is missing here; add it \1"),
    (
        r"Invalid attribute (\S+) for element (\S+)",
        r"\2 may not have @\1, or not with this value; correct it or take it out",
    ),
    (
        r"Element (\S+) failed to validate attributes",
        r"an attribute of \1 is missing or has a value that is not allowed; complete it",
    ),
    (r"Element (\S+) failed to validate content", r"the content of \1 is not allowed; correct it"),
    (
        r"(?:Expecting a namespace for element (\S+)|Element (\S+) has wrong namespace).*",
        r'\1\2 is not in the namespace of TEI; write xmlns="http://www.tei-c.org/ns/1.0"',
    ),
)


def _explain(message: str) -> str:
    for pattern, words in _MESSAGES:
        found = re.match(pattern, message)
        if found is not None:
            return found.expand(words).strip()
    return f"{message}; correct it"
