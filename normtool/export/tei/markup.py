"""Writing XML as strings: escaping, attributes, counted elements.

No library serializer is used: nothing may come between two inline elements of
Chinese text, and only block elements may be indented.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

from normtool.native import native
from normtool.patterns import later

#: The ampersand comes first: the other references have one.
XML_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    # A parser turns a bare carriage return into a newline; as a reference it stays.
    "\r": "&#13;",
}
_IN_ATTRIBUTE = XML_ESCAPES | {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}

#: What XML 1.0 cannot hold, not even as a reference (Char production, 2.2).
NO_XML = later("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


# Most text is plain: one look tells that it can stand as it is.
_NOT_PLAIN = later(f"[&<>\r{NO_XML.pattern[1:]}")
#: Those of them that are ASCII: a long text has little of that, and it is soon sifted out.
_NOT_PLAIN_BYTES = bytes(code for code in range(0x80) if _NOT_PLAIN.match(chr(code)) is not None)
_NO_XML_BYTES = bytes(code for code in range(0x80) if NO_XML.match(chr(code)) is not None)
_NOT_PLAIN_IN_ATTRIBUTE = later(f'[&<>"\r\n\t{NO_XML.pattern[1:]}')


def escape(text: str) -> str:
    """Text that XML can hold, escaped for element content."""
    for character, reference in XML_ESCAPES.items():
        if character in text:
            text = text.replace(character, reference)
    return text


def _is_plain(text: str) -> bool:
    """Whether a text can stand in an element as it is: nothing to escape, nothing to declare."""
    try:
        text.encode("utf-16-le")  # the fastest that refuses lone surrogates
    except UnicodeEncodeError:
        return False
    return not _has(text, _NOT_PLAIN_BYTES)


def _stands(text: str) -> bool:
    return _NOT_PLAIN.search(text) is None


def _is_xml(text: str) -> bool:
    """Whether XML can hold all characters of a text, escaped or not."""
    try:
        text.encode("utf-16-le")
    except UnicodeEncodeError:
        return False
    return not _has(text, _NO_XML_BYTES)


is_plain: Callable[[str], bool] = native.is_plain if native else _is_plain
#: The same of short texts: ``re`` is the fastest for them where there is no C.
stands: Callable[[str], bool] = native.is_plain if native else _stands
is_xml: Callable[[str], bool] = native.is_xml if native else _is_xml


def _has(text: str, ascii_bytes: bytes) -> bool:
    """Whether a text has one of some ASCII characters, or a noncharacter: U+FFFE, U+FFFF."""
    found = text.encode("ascii", "ignore")
    return len(found.translate(None, ascii_bytes)) < len(found) or (
        "\ufffe" in text or "\uffff" in text
    )


def to_bytes(markup: str, name: str) -> bytes:
    """Finished markup in UTF-8; the last gate before the file.

    Raises ValueError, naming the document, for a character that no XML file can hold.
    """
    if not is_xml(markup):
        found = NO_XML.search(markup)
        assert found is not None
        around = NO_XML.sub("\ufffd", markup[max(found.start() - 20, 0) : found.end() + 20])
        raise ValueError(
            f"{name}: U+{ord(found[0]):04X} in “{around}” cannot stand in an XML file; take it "
            "out of what you say of the speech (--meta), or of the name of the file"
        )
    return markup.encode()


def not_plain_in(text: str, start: int, end: int) -> list[int]:
    """Where characters stand in ``text[start:end]`` that are not written as they are."""
    return [match.start() for match in _NOT_PLAIN.finditer(text, start, end)]


def picture(character: str) -> str:
    """The control picture (U+2400 block) of a C0 control; nothing for any other character."""
    return chr(0x2400 + ord(character)) if character < " " else ""


class Markup:
    """Makes elements and remembers what it made.

    counts      how often each element was written
    characters  characters that XML cannot hold: each is written as ``g`` and
                must be declared in the header (``charDecl``)
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.characters: set[str] = set()

    def text(self, text: str) -> str:
        """Escaped element content; what XML cannot hold becomes ``g``.

        TEI's ``g`` names a character by its declaration instead of replacing
        it: U+FFFD would be an invention, leaving it out a loss.
        """
        if stands(text):
            return text
        pieces: list[str] = []
        end = 0
        for match in NO_XML.finditer(text):
            pieces += (escape(text[end : match.start()]), self._character(match[0]))
            end = match.end()
        return "".join(pieces) + escape(text[end:])

    def _character(self, character: str) -> str:
        self.characters.add(character)
        return self.element("g", {"ref": f"#{character_id(character)}"}, picture(character))

    def element(
        self, name: str, attributes: Mapping[str, str] | None = None, content: str = ""
    ) -> str:
        """``<name ...>content</name>``; the content is markup already."""
        self.counts[name] += 1
        tag = name + format_attributes(attributes) if attributes else name
        return f"<{tag}>{content}</{name}>" if content else f"<{tag}/>"

    def start(self, name: str, attributes: Mapping[str, str] | None = None) -> str:
        """The start tag of an element that is closed by hand."""
        self.counts[name] += 1
        return f"<{name}{format_attributes(attributes or {})}>"


def character_id(character: str) -> str:
    """The xml:id under which a character is declared."""
    return f"char.{ord(character):04X}"


def format_attributes(attributes: Mapping[str, str]) -> str:
    """Attributes with a leading blank each; empty values are left out."""
    items = attributes.items()
    if _NOT_PLAIN_IN_ATTRIBUTE.search("".join(attributes.values())) is None:
        return "".join([f' {name}="{value}"' for name, value in items if value])
    return "".join([f' {name}="{escape_attribute(value)}"' for name, value in items if value])


def escape_attribute(value: str) -> str:
    """A value for double quotes; what XML cannot hold is shown as a control picture."""
    return _NOT_PLAIN_IN_ATTRIBUTE.sub(_in_attribute, value)


def _in_attribute(match: re.Match[str]) -> str:
    return _IN_ATTRIBUTE.get(match[0]) or picture(match[0])


# The header is indented, its text is not: each element that holds others stands on lines of its
# own, behind a margin.


def leaf(
    margin: str, name: str, attributes: Mapping[str, str] | None = None, content: str = ""
) -> str:
    """An element on a line of its own; the content is markup already."""
    tag = name + format_attributes(attributes) if attributes else name
    return f"{margin}<{tag}>{content}</{name}>\n" if content else f"{margin}<{tag}/>\n"


def branch(
    margin: str, name: str, attributes: Mapping[str, str] | None = None, *children: str
) -> str:
    """An element around others, which have margins of two blanks more."""
    tag = name + format_attributes(attributes) if attributes else name
    return f"{margin}<{tag}>\n{''.join(children)}{margin}</{name}>\n"
