"""The markup of a change, prepared once for its shape: only places and numbers are put in."""

from __future__ import annotations

from functools import lru_cache

from normtool.export.tei.item import CHANGE, CORRECTION, LOSS, PART, SUPPLIED, WIDTH, WORDS, Item
from normtool.export.tei.markup import NO_XML, escape, format_attributes
from normtool.export.tei.shape import Key, Shape
from normtool.records import NamedTuple

#: Who is responsible for everything that is marked.
RESP = "#normtool"
#: Gap rules that know that exactly one character is lost; the others do not know how many.
_ONE_LOST = ("GAP101",)
#: The elements that each kind of change is made of; a loss has desc only with words in it.
_TAGS = {
    CHANGE: ("choice", "orig", "reg"),
    CORRECTION: ("choice", "sic", "corr"),
    SUPPLIED: ("supplied",),
    LOSS: ("gap",),
}


class Template(NamedTuple):
    """One node of a change: ``{name} xml:id source {head}{old}{middle}{new}{tail}``.

    item  the node, counted from the beginning of its change
    tags  the elements that it is made of
    head  from the attributes behind ``source`` on
    old   the words of the source, escaped; "" if they are not shown
    new   what was written instead, escaped; "" if it is not shown
    """

    item: Item
    part: bool
    tags: tuple[str, ...]
    name: str
    head: str
    old: str
    middle: str
    new: str
    tail: str


def templates(key: Key, shape: Shape, language: str, reading: bool) -> list[Template] | None:
    """The nodes of all edits of a shape; None if it has characters that XML cannot hold.

    language  that of the source, where the text is in another
    """
    before, after = key[0], key[1]
    if NO_XML.search(before) or NO_XML.search(after):
        return None
    lang = format_attributes({"xml:lang": language})
    return [_template(item, before, after, lang, reading) for item in shape.items]


def _template(item: Item, before: str, after: str, lang: str, reading: bool) -> Template:
    old, new = escape(before[item.start : item.end]), escape(after[item.place : item.stop])
    part = item.number == PART
    if item.kind in (WORDS, WIDTH):
        return Template(item, part, (), "", "", "", "", new, "")
    tags = _TAGS[item.kind]
    ana = pointers(item.codes)
    cert = item.certainty.name.lower()
    by = {"resp": RESP, "cert": cert, "ana": ana}
    if item.kind == LOSS:
        said = f"{format_attributes(by | loss(item))}"
        if not old or reading:
            return Template(item, part, tags, "gap", f"{said}/>", "", "", "", "")
        head, tail = f"{said}><desc{lang}>", "</desc></gap>"
        return Template(item, part, (*tags, "desc"), "gap", head, old, "", "", tail)
    if item.kind == SUPPLIED:
        head = f"{format_attributes(by | {'reason': 'omitted-in-source'})}>"
        return Template(item, part, tags, "supplied", head, "", "", new, "</supplied>")
    if item.kind == CORRECTION:
        del by["cert"]
        head = f"{format_attributes(by)}><sic{lang}>"
        middle = f'</sic><corr cert="{cert}">'
        return Template(item, part, tags, "choice", head, old, middle, new, "</corr></choice>")
    head = f"{format_attributes(by)}><orig{lang}>"
    return Template(item, part, tags, "choice", head, old, "</orig><reg>", new, "</reg></choice>")


@lru_cache(maxsize=1024)
def pointers(codes: tuple[str, ...]) -> str:
    """Pointers to the categories of rules; an edit by no rule has a category, too."""
    return " ".join([f"#rule.{code}" for code in codes or ("unnamed",)])


def loss(item: Item) -> dict[str, str]:
    """What a gap says of the size of a loss."""
    lost = item.stop - item.place
    exact = lost > 1 or any(code in _ONE_LOST for code in item.codes)
    size = {"quantity": str(lost)} if exact else {"extent": "unknown"}
    return {"reason": "lost", "unit": "char"} | size
