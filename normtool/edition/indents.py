"""Line breaks and indents that a program put into the lines of an edition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from normtool.edition.parsing import local
from normtool.edition.views import OLD

if TYPE_CHECKING:
    from lxml.etree import _Element

_LATIN = "[!-~]"
_BETWEEN_LATIN = re.compile(rf"(?<={_LATIN})\s*\n\s*(?={_LATIN})")
_BREAK = re.compile(r"\s*\n\s*")


def unwrap(block: _Element) -> None:
    """Take the line breaks, with the blanks around them, out of a line of the text.

    No line that normtool wrote has one, but what the source has (``orig``) may. Between
    Latin letters a break stands for their blank.
    """
    for element in block.iter():
        if element.text and local(element) not in OLD:
            element.text = _joined(element.text)
        if element.tail and element is not block:
            element.tail = _joined(element.tail)


def _joined(words: str) -> str:
    return _BREAK.sub("", _BETWEEN_LATIN.sub(" ", words))
