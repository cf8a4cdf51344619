"""The cleaned text of a string together with the reasons, for use from Python."""

from __future__ import annotations

from typing import NamedTuple

from normtool.clean import Settings, clean_document
from normtool.document import Document
from normtool.report.finding import find, message


class Change(NamedTuple):
    """One change that was made, or (``made`` is False) one that a person should judge.

    ``line`` and ``column`` count from 1 in the text that was given, columns in
    code points.
    """

    line: int
    column: int
    before: str
    after: str
    codes: tuple[str, ...]
    certainty: str
    made: bool
    message: str


class ExplainedText(NamedTuple):
    """The cleaned text, and every change and suggestion in order."""

    text: str
    explanation: list[Change]


def fix_and_explain(
    text: str, *, unsafe_fixes: bool = False, typo_model: bool = True
) -> ExplainedText:
    """Return the text cleaned, with the place and the reason of each change.

    >>> fixed = fix_and_explain("形势严竣,引进外资万美元。")
    >>> fixed.text
    '形势严峻，引进外资□万美元。'
    >>> for change in fixed.explanation:
    ...     print(change.column, change.before or "-", "→", change.after, *change.codes)
    3 严竣, → 严峻， PUN101 TYP101
    10 - → □ GAP102
    """
    settings = Settings(unsafe_fixes=unsafe_fixes, typo_model=typo_model)
    document = clean_document(Document("<text>", text), settings)
    return ExplainedText(
        document.text,
        [
            Change(
                finding.line,
                finding.column,
                finding.edit.before,
                finding.edit.after,
                finding.edit.codes,
                finding.edit.certainty.name.lower(),
                finding.made,
                message(finding),
            )
            for finding in find(document)
        ],
    )
