"""The document inside of its own review file: a custom XML part that Word keeps.

Word, LibreOffice and python-docx keep such a part as long as it has a relation.
It holds the original, so ``--no-embed`` leaves it out and ``finalize`` takes it away.
"""

from __future__ import annotations

import json
import re
from typing import Any

from normtool.document import Document
from normtool.export.docx.markup import escape

NAMESPACE = "urn:normtool:review:1"

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
#: The same in every file: it names the store inside of one file only.
_IDENT = "{6E6F726D-746F-6F6C-0001-726576696577}"
#: What XML cannot hold, or a parser would alter; JSON can name it.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\ud800-\udfff\ufffe\uffff]")

PART = "customXml/item1.xml"


def manifest_parts(document: Document) -> dict[str, str]:
    """The parts of a package that hold a document, by their names."""
    value = json.dumps(document.to_json(), ensure_ascii=False, separators=(",", ":"))
    value = _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", value)
    return {
        PART: f'<review xmlns="{NAMESPACE}">{escape(value)}</review>',
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


def read_manifest(part: Any) -> Document | None:
    """The document in a parsed custom XML part, or None if the part is another's.

    Raises ValueError if it is a manifest and cannot be read.
    """
    if part.tag != f"{{{NAMESPACE}}}review":
        return None
    try:
        value = json.loads("".join(part.itertext()))
    except ValueError as error:
        raise ValueError(f"the manifest is no JSON ({error})") from None
    return Document.from_json(value)
