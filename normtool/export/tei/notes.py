"""Reasons of changes, what was not changed but should be seen, warnings (notesStmt)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from normtool.edits import FLAG, Edit
from normtool.export.tei.body import Body
from normtool.export.tei.facts import facts
from normtool.export.tei.markup import NO_XML, Markup, branch, escape, escape_attribute, leaf
from normtool.export.tei.source import Pointer
from normtool.export.tei.speech import Speech
from normtool.export.tei.templates import RESP, pointers
from normtool.rule import RULES


def notes_statement(
    margin: str, speech: Speech, body: Body, markup: Markup, ana: Pointer, language: str
) -> str:
    """``notesStmt``: reasons of changes, what was not changed but should be seen, warnings."""
    inside = f"{margin}  "
    notes = []
    # The parts of one edit share their reason.
    for (_, codes, reason), targets in body.reasons.items():
        note = {
            "type": "rationale",
            "resp": RESP,
            "ana": ana(codes),
            "target": " ".join(f"#{target}" for target in targets),
            "xml:lang": "en",
        }
        notes.append(leaf(inside, "note", note, markup.text(reason)))
    for edit in speech.suggestions:
        target = body.suspicions.get((edit.start, edit.end), "")
        resp = body.responsible(edit.codes, edit.start)
        notes.append(_suggestion(inside, edit, target, markup, ana, language, resp))
    for warning in facts(speech.document, "warnings", 0, speech.number):
        note = {
            "type": "warning",
            "subtype": re.sub(r"[^A-Za-z0-9.-]", "-", str(warning.get("code", ""))),
            "resp": RESP,
            "xml:lang": "en",
        }
        notes.append(leaf(inside, "note", note, markup.text(str(warning.get("message", "")))))
    return branch(margin, "notesStmt", None, *notes) if notes else ""


def _suggestion(
    margin: str,
    edit: Edit,
    target: str,
    markup: Markup,
    ana: Pointer,
    language: str,
    resp: str,
) -> str:
    """The words of the source; inside, what is proposed and why."""
    start, before, after, codes, certainty, _, kind, note = edit
    ana(codes)
    proposed = None if kind == FLAG or after == before else after
    said = _proposal(before, proposed, codes, note, language)
    if said is None:  # there are characters to be declared
        said = _written(markup.text, before, proposed, codes, note, language)
    pointer = f' target="#{target}"' if target else ""
    return (
        f'{margin}<note type="suggestion"{pointer} source="src:{start},{start + len(before)}"'
        f' resp="{resp}" cert="{certainty.name.lower()}" {said}\n'
    )


# Most suggestions are of a few kinds.
@lru_cache(maxsize=1024)
def _proposal(
    before: str, after: str | None, codes: tuple[str, ...], note: str, language: str
) -> str | None:
    if NO_XML.search(f"{before}{after}{note}"):
        return None
    return _written(escape, before, after, codes, note, language)


def _written(
    escaped: Callable[[str], str],
    before: str,
    after: str | None,
    codes: tuple[str, ...],
    note: str,
    language: str,
) -> str:
    """A suggestion from its @ana on; ``after`` is None of what is only pointed at."""
    lang = f' xml:lang="{language}"' if language else ""
    inner = ""
    if after is not None:
        # A proposal may be a new line: nobody would see the character.
        words = "<lb/>".join(map(escaped, after.split("\n")))
        inner = f'<note type="proposal"{lang}' + (f">{words}</note>" if words else "/>")
    reason = note or "; ".join([RULES[code].message for code in codes if code in RULES])
    if reason:
        inner += f'<note type="reason" xml:lang="en">{escaped(reason)}</note>'
    content = escaped(before) + inner
    return f'ana="{escape_attribute(pointers(codes))}"{lang}' + (
        f">{content}</note>" if content else "/>"
    )
