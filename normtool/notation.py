"""Notation: stretches of a text that are written for machines, not for readers.

Addresses, paths, tables of separated values and lines of code use the same
commas, brackets and quotation marks as a page whose marks were folded to ASCII.
There a mark is syntax: making it Chinese breaks it, so the rules for prose pass
these stretches over.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from normtool.chinese import HAN_RANGES
from normtool.patterns import later

_H = f"[{HAN_RANGES}]"
#: A web address may hold Han, but only behind a sign that cuts a path: ``/wiki/中国_(政区)``.
#: All begin with one class: such a pattern is searched for much faster.
_INLINE = later(
    '[A-Za-z="](?:'
    "(?:(?<=h)ttps?|(?<=f)tp)://[!#-&(-;=?-~]+"
    f"(?:(?<=[/=_#(&-]){_H}+[!#-&(-;=?-~]*)*"
    f"|(?<![0-9A-Za-z].)(?<=[A-Za-z]):[\\\\/][^\\s，。；：、！？“”《》]+"
    # a formula of a spreadsheet, a string behind a command or its option
    '|(?<==)[A-Z]{2,10}\\([^()\\n]{0,80}\\)|(?<=[A-Za-z0-9] ")[^"\\n]{1,80}")'
)
#: Without one of these there is no address, no formula, no string.
_INLINE_SIGNS = ("://", ":\\", ":/", "=", ' "')
_TRAILING = ".,;:!?)"
#: One sign of code on a line is enough; none of these occurs in a sentence. A line of code
#: begins so,
_CODE = later(
    "[ \\t]*(?:"
    '"[^"\\n]*"[ \\t]*:[ \\t]*(?:["\\[{0-9-]|true|false|null)'  # "key": value
    "|[{}\\[\\]]{1,2}[,;]?[ \\t]*\\Z"
    "|#include|#define|import [a-z]|from [a-z.]+ import|def [A-Za-z_]|return [A-Za-z_0-9]"
    "|//|/\\*"
    '|[{\\[][ \\t]*"[^\\n]*[}\\]],?\\Z)'
)
#: or holds a call with a string or an assignment, if a name stands before it,
_CODE_INSIDE = later(
    "[(\\[](?<=[A-Za-z0-9_.].)(?:(?<=\\()[\"']|(?<=\\[)[0-9a-z]{1,3}\\][ ]?=)"
    "|:=(?:(?<=[A-Za-z_)\\]]:=)|(?<=[A-Za-z_)\\]][ ]:=))"
)
_NAME_BEFORE = later("[A-Za-z_][A-Za-z0-9_.]{0,40}\\Z")
#: or is an entry of a bibliography (GB/T 7714): name.title[J].journal,2004(3):12-15.
_ENTRY = later("\\[(?:[CDGJMNPRSZ]|(?:DB|EB|J|M|N)/OL)\\][.,/]")
_INDENT = later("[ \\t]*+")
_CODE_SIGNS = (
    '"',
    "{",
    ":=",
    "#include",
    "import ",
    "def ",
    "return ",
    "//",
    "('",
    "] =",
    "]=",
    "].",
    "],",
)
_FENCE = later("(?m)^(```|~~~)[^\\n`]*\\n[\\s\\S]{0,20000}?^\\1[ \\t]*$")
_PROSE = later("[。！？，、：；]")
_FIGURE = later("[0-9A-Za-z.+%*-]+")
_FENCES = ("```", "~~~")
#: Without one of these there is no notation but records.
SIGNS = (*_INLINE_SIGNS, *_CODE_SIGNS, *_FENCES)
#: Where there is one, lines with these may be code, too.
LINE_SIGNS = ("}", "[", "]", "/*", "#define")
#: What divides the fields of a record, and how long a field of a record is at most.
_SEPARATORS = ("\t", ";", ",", "|")
_LONGEST_FIELD = 24


def notation(text: str, signs: Sequence[int] | None = None) -> tuple[tuple[int, int], ...]:
    """Spans of a text that are no prose: sorted, disjoint (start, end) in code points.

    signs  where SIGNS and LINE_SIGNS stand, in order, if it is known; none is left out
    """
    found: list[tuple[int, int]] = []
    if signs is None or signs:
        lines = list(_lines(text) if signs is None else _lines_with(text, signs))
        found += (span for line in lines for span in _inline(text, *line))
        code = [line for line in lines if _is_code(text, *line)]
        if code and _holds(text, _CODE_SIGNS):
            found += code
        if _holds(text, _FENCES):
            found += (match.span() for match in _FENCE.finditer(text))
    marks = [mark for mark in _SEPARATORS if mark in text]
    if marks:
        found += _records(text, marks)
    return _united(found)


def _holds(text: str, signs: tuple[str, ...]) -> bool:
    """Whether one of the signs stands in the text; one character is found much faster."""
    return any(sign[-1] in text and sign[0] in text and sign in text for sign in signs)


def inside(spans: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    """Whether ``start``..``end`` touches one of the sorted spans from within."""
    place = bisect_right(spans, (end, -1)) - 1
    if place < 0:
        return False
    first, last = spans[place]
    return start < last and (end > first or start == end > first)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """All lines."""
    place = 0
    for line in text.split("\n"):
        yield place, place + len(line)
        place += len(line) + 1


def _lines_with(text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The lines on which the places are."""
    end = -1
    for place in places:
        if place > end:
            start = text.rfind("\n", max(end, 0), place) + 1 or max(end, 0)
            end = text.find("\n", place)
            end = end if end >= 0 else len(text)
            yield start, end


def _inline(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _INLINE.finditer(text, start, end):
        address = match[0]
        if address[0] in '="':
            yield match.span()
            continue
        while address and address[-1] in _TRAILING:
            if address[-1] == ")" and address.count("(") >= address.count(")"):
                break  # …/中国_(政区)
            address = address[:-1]
        # A comma before Han is the sentence's, with all that follows it.
        yield match.start(), match.start() + len(address)


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether a line is code, or an entry of a bibliography."""
    if _CODE.match(text, start, end):
        return True
    for found in _CODE_INSIDE.finditer(text, start, end):
        place = found.start()
        if text[place] == ":" or _NAME_BEFORE.search(text, max(place - 41, start), place):
            return True
    entry = _ENTRY.search(text, min(start + 2, end), end)
    if entry is None:
        return False
    indent = _INDENT.match(text, start, end)
    assert indent is not None
    last = min(indent.end() + 120, end)
    stop = text.find("。", start, last)
    return entry.start() <= (stop if stop >= 0 else last)


def _records(text: str, marks: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Runs of three lines and more with the same number of the same separator, one of ``marks``.

    A sentence has one comma or two; a record has short fields, and figures or
    at least three columns.
    """
    lines = text.split("\n")
    if not any(_in_three_lines(mark, lines) for mark in marks):
        return
    rows: list[tuple[int, str]] = []
    last: tuple[str, int] | None = None
    place = 0
    for line in lines:
        shape = _columns(line)
        if shape != last:
            yield from _run(rows, last)
            rows.clear()
            last = shape
        if shape is not None:
            rows.append((place, line))
        place += len(line) + 1
    yield from _run(rows, last)


def _in_three_lines(mark: str, lines: list[str]) -> bool:
    """Whether three lines in a row have the mark, and no Chinese comma or stop."""
    having = bytes([mark in line and "。" not in line and "，" not in line for line in lines])
    return b"\1\1\1" in having


def _run(rows: list[tuple[int, str]], shape: tuple[str, int] | None) -> Iterator[tuple[int, int]]:
    if shape is None or len(rows) < 3:
        return
    mark, count = shape
    fields = [line.split(mark) for _, line in rows]
    figures = sum(any(_FIGURE.fullmatch(field.strip()) for field in row) for row in fields)
    wide = count >= 2 and all(len(field) <= 8 for row in fields for field in row)
    if figures * 2 >= len(rows) or wide:
        last, line = rows[-1]
        yield rows[0][0], last + len(line)


def _columns(line: str) -> tuple[str, int] | None:
    """The separator of a line that may be a record, and how often it has it."""
    if "。" in line or "，" in line:  # most lines
        return None
    for mark in _SEPARATORS:
        count = line.count(mark)
        if count:
            if len(line) - count > _LONGEST_FIELD * (count + 1):
                return None
            if _PROSE.search(line) or any(
                len(field) > _LONGEST_FIELD for field in line.split(mark)
            ):
                return None
            return mark, count
    return None


def _united(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        elif end > start:
            united.append((start, end))
    return tuple(united)
