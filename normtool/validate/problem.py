"""What is wrong with a file: where, by which rule, and what to do."""

from __future__ import annotations

from typing import NamedTuple

#: Every rule, and what it asks of a file.
RULES = {
    "xml": "is well-formed XML without a document type",
    "profile": "has only the elements and attributes of the profile, each in its place",
    "schema": "is valid by the schema given with --schema",
    "id": "every xml:id is there once, and begins with that of its speech",
    "pointer": "every pointer into the file leads to something, one blank between two",
    "source": "every @source lies in the source, in order, and covers nothing twice",
    "length": "every line and edit is as long as the source that it stands for",
    "silent": "silent changes name one mark each, which stands in the text and was declared",
    "script": "guesses of the conversion name words that stand there, and what else they could be",
    "empty": "no edit, head or paragraph is without words",
    "gap": "a loss stands beside a correction, never inside",
    "digit": "no number is supplied, and none comes from a correction",
    "blank": "no line break inside a line and no blank around it: nothing was re-indented",
    "sentence": "sentences cover their paragraph whole",
    "number": "parts and list items count 1, 2, 3",
    "title": "the speech has a title",
    "extent": "the counted size is the true one",
    "tags": "the elements in tagsDecl are those of the text, in their true number",
    "cite": "refsDecl says how to cite, and its paths lead to something",
    "language": "every language is declared, and Chinese says in which script it is",
    "prefix": "the prefix src: is defined, and leads to the file that is described",
    "twin": "the other script has the same ids, and is pointed at from everywhere",
    "covered": "every printed character of the source stands once, and quotations have its words",
    "ledger": "what was saved for reading the file back agrees with the text",
}


class Problem(NamedTuple):
    """One thing that is wrong.

    line     from 1; 0 if it is no one line
    rule     a key of RULES
    message  what is wrong; what to do
    ident    the xml:id of the element, or ""
    """

    line: int
    rule: str
    message: str
    ident: str = ""
