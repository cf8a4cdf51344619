"""The language of what is written."""

from __future__ import annotations

from normtool.document import Document
from normtool.variants import language_of


def language(document: Document) -> str:
    """The BCP 47 tag of the document's text, as ``script.language`` has it.

    Of a document that was not converted, without a look at what converts.
    """
    if not document.script:
        return language_of(document.text)
    from normtool.script import language as converted

    return converted(document)
