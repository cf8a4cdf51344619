"""TEI files as they are read: parsed safely, seen as text, turned into a Document again."""

from __future__ import annotations

import re
from functools import cache

from normtool.document import Document
from normtool.edition.parsing import NotTei

__all__ = ["NotTei", "is_tei", "read_tei"]


@cache
def _root() -> re.Pattern[bytes]:
    # Each piece before the root ends where it first can: to try another end for each of many
    # comments would take twice as long for every one more.
    return re.compile(
        rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*+"
        rb"(?:(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:>|\[.*?\]\s*+>))\s*+)*+"
        rb"<(?:[\w.-]+:)?(?:TEI|teiCorpus)[\s>/]",
        re.DOTALL,
    )


def is_tei(data: bytes) -> bool:
    """Whether the root of a file is TEI or teiCorpus, by its first bytes."""
    # In UTF-16 every other byte of ASCII is 0.
    head = data[:8192].replace(b"\0", b"")
    return (b"TEI" in head or b"teiCorpus" in head) and _root().match(head) is not None


def read_tei(data: bytes, name: str) -> Document:
    """A TEI file as a Document.

    What normtool wrote in edition view comes back as it was: original, edits,
    blocks, facts, at the offsets of the source; what a person changed since is an
    edit of its own (``MAN``). Of other TEI the paragraphs of
    the text are the original, its corrections taken, its notes left out; it
    has yet to be cleaned. Raises NotTei with one sentence.
    """
    from hashlib import sha256

    from normtool.edition.ledger import has_ledger, restore
    from normtool.edition.parsing import local, parse
    from normtool.edition.plain import paragraphs

    root = parse(data)
    if local(root) == "" and not root.tag.startswith("{"):
        raise NotTei(
            'is in no namespace; write xmlns="http://www.tei-c.org/ns/1.0" on its root',
            1,
        )
    if has_ledger(root):
        return restore(root)
    text = "\n".join(paragraphs(root))
    if not text:
        raise NotTei("has no paragraphs in its text; normtool reads p, head, l, ab and the like", 1)
    return Document(name, text, encoding="tei", sha256=sha256(data).hexdigest())
