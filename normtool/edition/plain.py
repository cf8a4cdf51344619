"""TEI of other people, and reading views: the words, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from normtool.chinese import LOST
from normtool.edition.parsing import local
from normtool.edition.views import T

if TYPE_CHECKING:
    from lxml.etree import _Element

#: What holds a paragraph; of two that lie in one another the inner one does.
_PARAGRAPHS = (
    "ab", "byline", "cell", "dateline", "docAuthor", "docDate", "head", "item", "l", "p", "salute",
    "signed", "speaker", "stage", "titlePart", "trailer", "u",
)  # fmt: skip
#: What is not read: remarks about the text, other witnesses, what was heard but not said.
_LEFT_OUT = (
    "note", "del", "fw", "figDesc", "teiHeader", "standOff", "rdg", "incident", "kinesic", "vocal",
)  # fmt: skip
_OLD = ("sic", "orig", "abbr")
# A line break between Chinese characters is the editor's, not the speaker's.
_WRAP = re.compile(r"(?<=[^\x00-\u02ff])\s*\n\s*(?=[^\x00-\u02ff])")


def paragraphs(root: _Element) -> Iterator[str]:
    """The paragraphs of a TEI file as they read: corrections taken, notes left out."""
    for text in root.iter(T + "text"):
        if not any(local(around) == "text" for around in text.iterancestors()):
            yield from _below(text)


def _below(element: _Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if not name or name in _LEFT_OUT:
            continue
        if name == "gap":
            yield _of_gap(child)
            continue
        # The paragraphs of ParlaMint are the seg of its u.
        inside = child.iter(*(T + one for one in _PARAGRAPHS), T + "seg")
        if (
            # Words that stand in something else, as a closer, are words all the same.
            (name in _PARAGRAPHS or _has_words(child))
            and not any(one is not child and (local(one) != "seg" or name == "u") for one in inside)
        ) or (name == "seg" and local(element) == "u"):
            words = _clean(_words(child))
            if words:
                yield words
        else:
            yield from _below(child)


def _has_words(element: _Element) -> bool:
    return any(words and words.strip() for words in (element.text, *(c.tail for c in element)))


def _words(element: _Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        name = local(child)
        resolved = local(element) == "choice" and name in _OLD
        if name == "lb":
            pieces.append("\n")
        elif name == "gap":
            pieces.append(_of_gap(child))
        elif name and name not in _LEFT_OUT and not resolved:
            pieces.append(_words(child))
        if local(element) != "choice":
            pieces.append(child.tail or "")
    return "".join(pieces)


def _of_gap(gap: _Element) -> str:
    # Its desc is a remark, unless it has the signs of the source.
    return _words(gap) if gap.get("reason") == "masked" else LOST


def _clean(words: str) -> str:
    return " ".join(_WRAP.sub("", words).split())
