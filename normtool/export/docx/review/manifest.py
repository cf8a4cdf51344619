"""The document inside of its own review file: a custom XML part that Word keeps.

Word, LibreOffice and python-docx keep such a part as long as it has a relation.
It holds the original, so ``--no-embed`` leaves that out, and only its fingerprint is
there; ``finalize`` takes all of it away.
"""

from __future__ import annotations

from typing import Any

from normtool.document import Document
from normtool.export.docx.markup import escape
from normtool.patterns import later
from normtool.records import NamedTuple

NAMESPACE = "urn:normtool:review:1"

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
#: The same in every file: it names the store inside of one file only.
_IDENT = "{6E6F726D-746F-6F6C-0001-726576696577}"
#: What XML cannot hold, or a parser would alter; JSON can name it.
_UNSAFE = later("[\x7f-\x9f\u2028\ud800-\udfff\ufffe\uffff]")

PART = "customXml/item1.xml"


class Manifest(NamedTuple):
    """What a review file says of itself.

    track     which edits were shown, see ``superposed.TRACKS``
    sha256    of the original, as UTF-8
    document  None if it was to stay out of the file
    """

    track: str
    sha256: str
    document: Document | None


def fingerprint(original: str) -> str:
    """SHA-256 of an original, as UTF-8."""
    from hashlib import sha256

    return sha256(original.encode("utf-8", "surrogatepass")).hexdigest()


def manifest_parts(document: Document, track: str, *, embed: bool) -> dict[str, str]:
    """The parts of a package that hold a manifest, by their names."""
    value = ""
    if embed:
        import json

        value = json.dumps(document.to_json(), ensure_ascii=False, separators=(",", ":"))
        value = _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", value)
    return {
        PART: (
            f'<review xmlns="{NAMESPACE}" track="{track}" '
            f'sha256="{fingerprint(document.original)}">{escape(value)}</review>'
        ),
        "customXml/itemProps1.xml": (
            f'<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{_IDENT}"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ),
        "customXml/_rels/item1.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_RELATIONS}/customXmlProps" Target="itemProps1.xml"/>'
            "</Relationships>"
        ),
    }


def read_manifest(part: Any) -> Manifest | None:
    """The manifest in a parsed custom XML part, or None if the part is another's.

    Raises ValueError if it is a manifest and cannot be read.
    """
    if part.tag != f"{{{NAMESPACE}}}review":
        return None
    import json

    words = "".join(part.itertext())
    document = None
    if words.strip():
        try:
            document = Document.from_json(json.loads(words))
        except json.JSONDecodeError as error:
            raise ValueError(f"it is no JSON: {error}") from None
    return Manifest(part.get("track") or "", part.get("sha256") or "", document)
