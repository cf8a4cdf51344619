"""Where the speech comes from: page, file, what was taken off (sourceDesc, notesStmt)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from normtool.document import Document
from normtool.export.tei.lines import Line, Removed
from normtool.export.tei.markup import Markup, branch, escape_attribute, leaf
from normtool.export.tei.speech import Speech
from normtool.export.tei.templates import RESP
from normtool.patterns import later

Pointer = Callable[[tuple[str, ...]], str]

#: Names that are written in a URI as they are.
_NO_NEED = later("[A-Za-z0-9_.~-]*")
_DATE = later(
    r"(?P<year>(?:19|20)\d\d)[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})日?)?"
    r"(?:[ T]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
)


def iso_date(words: str) -> str:
    """A date in digits as W3C writes it, "" if it is none; no time zone is made up.

    >>> iso_date("2023年7月5日"), iso_date("2024-01-31 08:30"), iso_date("去年")
    ('2023-07-05', '2024-01-31T08:30:00', '')
    """
    import datetime

    found = _DATE.search(words)
    if found is None:
        return ""
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        if not found["day"]:
            return datetime.date(year, month, 1).isoformat()[:7]
        if not found["hour"]:
            return datetime.date(year, month, day).isoformat()
        return datetime.datetime(year, month, day, hour, minute, second).isoformat()
    except ValueError:
        return ""


def source_range(speech: Speech, words: str) -> str:
    """``src:a,b`` of the first place where this file tells of the words, or ""."""
    for start, end in speech.regions() if words else ():
        place = speech.base.original.find(words, start, end)
        if place >= 0:
            return f"src:{place},{place + len(words)}"
    return ""


def file_name(document: Document) -> str:
    """The name of the source without its folders, which are nobody else's concern."""
    return _last(document.name)


def file_uri(document: Document) -> str:
    """The name of the source as a relative URI; it may contain blanks and Chinese."""
    return _uri(file_name(document))


# The same in all files that one source becomes, several times in each.
@lru_cache(maxsize=4)
def _last(name: str) -> str:
    return re.split(r"[/\\\\]", name)[-1] or name


@lru_cache(maxsize=4)
def _uri(name: str) -> str:
    if _NO_NEED.fullmatch(name):
        return name
    from urllib.parse import quote

    return quote(name, safe="-_.~", errors="replace")


def source_description(
    margin: str, speech: Speech, markup: Markup, ana: Pointer, source_language: str
) -> str:
    """``sourceDesc``: the title as the page had it, the page, the file."""
    inside = f"{margin}  "
    start, end = _title_line(speech)
    item = _item(inside, speech, markup, ana, source_language) if speech.title else ""
    others = [cut for cut in speech.removed if not start <= cut.start < end]
    return branch(
        margin,
        "sourceDesc",
        None,
        item,
        _page(inside, speech, others, markup, ana, source_language),
        _file(inside, speech.base, markup),
    )


def source_of_speech(
    margin: str, speech: Speech, markup: Markup, ana: Pointer, source_language: str
) -> str:
    """``sourceDesc`` inside a corpus, whose header describes the page and the file."""
    inside, below = f"{margin}  ", f"{margin}    "
    start, end = _title_line(speech)
    item = _item(inside, speech, markup, ana, source_language) if speech.title else ""
    # The head of the page is told of in the header of the corpus, once.
    others = [cut for cut in speech.part.removed if not start <= cut.start < end]
    outside = speech.outside_in(speech.part.lines)
    notes = _furniture(below, others, outside, speech, markup, ana, source_language)
    bibl = ""
    if notes or not item:
        number = leaf(below, "biblScope", {"unit": "item"}, str(speech.number))
        bibl = branch(inside, "bibl", {"corresp": "#src.page"}, number, notes)
    return branch(margin, "sourceDesc", None, item, bibl)


def _item(margin: str, speech: Speech, markup: Markup, ana: Pointer, language: str) -> str:
    """The line of the page on which the title stood, label and site suffix included."""
    line, inside = speech.title, f"{margin}  "
    assert line is not None
    original = speech.base.original
    start, end = _title_line(speech)
    notes = [
        leaf(
            inside,
            "note",
            {
                "type": "removed",
                "subtype": "label" if cut.end <= line.start else "suffix",
                "source": f"src:{cut.start},{cut.end}",
                "ana": ana(cut.edit.codes),
                "xml:lang": language,
            },
            markup.text(original[cut.start : cut.end]),
        )
        for cut in speech.removed
        if start <= cut.start < end
    ]
    attributes = {"level": "a", "source": f"src:{start},{end}", "xml:lang": language}
    title = leaf(inside, "title", attributes, markup.text(original[start:end]))
    return branch(margin, "bibl", {"corresp": "#src.page"}, title, *notes)


def _title_line(speech: Speech) -> tuple[int, int]:
    """The line of the original that holds the title, without blanks at its ends.

    Where the title shares its line with the text: only its own words. (0, 0) without a title.
    """
    line, original = speech.title, speech.base.original
    if line is None:
        return 0, 0
    start = original.rfind("\n", 0, line.start) + 1
    end = original.find("\n", line.end)
    raw = original[start : end if end >= 0 else len(original)]
    start += len(raw) - len(raw.lstrip())
    end = start + len(raw.strip())
    if start > line.start or end < line.end or end - start > 4 * len(speech.words(line)):
        return line.start, line.end
    return start, end


def _page(
    margin: str,
    speech: Speech,
    removed: list[Removed],
    markup: Markup,
    ana: Pointer,
    language: str,
) -> str:
    """The page: what it says of itself, and what was taken off it (``removed``)."""
    base, meta = speech.base, speech.base.meta
    inside = f"{margin}  "
    parts = []

    def stated(element: str, words: Any, more: dict[str, str]) -> None:
        if words:
            source = {**more, "source": source_range(speech, str(words)), "xml:lang": language}
            parts.append(leaf(inside, element, source, markup.text(str(words))))

    stated("title", meta.get("title"), {"level": "m"})
    if not parts:
        name = markup.text(file_name(base))
        parts.append(leaf(inside, "title", {"level": "m", "type": "file"}, name))
    stated("author", meta.get("author"), {})
    # The name comes from a suffix of the title: a guess at who published the page.
    stated("publisher", meta.get("site"), {"cert": "low", "resp": RESP})
    published = str(meta.get("published") or "")
    stated("date", published, {"type": "published", "when": iso_date(published)})
    given = speech.document.meta.get("given") or {}
    if given.get("source"):
        parts.append(leaf(inside, "note", {"type": "givenSource"}, markup.text(given["source"])))
    if url := given.get("url") or meta.get("url"):
        from urllib.parse import quote

        target = quote(url, safe="/:?&=#%+,;@~.-_", errors="replace")
        parts.append(leaf(inside, "ptr", {"type": "url", "target": target}))
    else:
        note = "The address of the page is not recorded in the file."
        parts.append(leaf(inside, "note", {"type": "url", "xml:lang": "en"}, note))
    stated("note", meta.get("source"), {"type": "statedSource"})
    for label, value in (meta.get("other") or {}).items():
        words = markup.text(f"{label}：{value}")
        parts.append(leaf(inside, "note", {"type": "stated", "xml:lang": language}, words))
    parts.append(_furniture(inside, removed, speech.outside, speech, markup, ana, language))
    return branch(margin, "bibl", {"type": "webPage", "xml:id": "src.page"}, *parts)


def _furniture(
    margin: str,
    removed: list[Removed],
    outside: list[Line],
    speech: Speech,
    markup: Markup,
    ana: Pointer,
    language: str,
) -> str:
    """A note for each thing that was taken off the page, and for each line outside the speech.

    These and the lines of the text have each printed character of the source once; what else
    in the header has a range of the source is a copy of it.
    """
    parts = []
    original, lang = speech.base.original, f' xml:lang="{language}"' if language else ""
    for cut in removed:
        words = markup.text(original[cut.start : cut.end])
        parts.append(
            f'{margin}<note type="pageFurniture" source="src:{cut.start},{cut.end}"'
            f' ana="{escape_attribute(ana(cut.edit.codes))}"{lang}>{words}</note>\n'
        )
    for line in outside:
        words = original[line.start : line.end]
        if words.strip():
            parts.append(
                f'{margin}<note type="{escape_attribute(line.block.kind)}"'
                f' source="src:{line.start},{line.end}"{lang}>{markup.text(words)}</note>\n'
            )
    return "".join(parts)


def _file(margin: str, base: Document, markup: Markup) -> str:
    said = markup.text
    return _described(
        margin,
        said(file_name(base)),
        file_uri(base),
        said(base.sha256),
        said(base.encoding),
        len(base.original),
    )


# The same in all files that one source becomes.
@lru_cache(maxsize=4)
def _described(margin: str, name: str, uri: str, digest: str, encoding: str, size: int) -> str:
    """The file: its name, its digest, how many characters it has. All is markup already."""
    inside = f"{margin}  "
    measure = leaf(f"{inside}  ", "measure", {"unit": "char", "quantity": str(size)})
    return branch(
        margin,
        "bibl",
        {"type": "file", "xml:id": "src.file"},
        leaf(inside, "title", {"level": "u"}, name),
        leaf(inside, "ptr", {"type": "plainText", "target": uri}),
        leaf(inside, "idno", {"type": "sha256"}, digest) if digest else "",
        branch(inside, "extent", None, measure),
        leaf(inside, "note", {"type": "encoding", "xml:lang": "en"}, encoding),
    )
