"""Damage done to sound text on purpose: the text itself.

A maker takes a sound text and a random generator and returns wounds: which
characters become what, and what a careful editor would write there again.
That is mostly what stood there; where it cannot be known, it is □. What the
page puts around a text is in ``damage_of_pages.py``, how repairs are judged in
``judging.py``.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from normtool.rules.lists import read_list


class Wound(NamedTuple):
    """``text[start:end]`` becomes ``damaged``; ``wanted`` should come of it (None: as before)."""

    start: int
    end: int
    damaged: str
    wanted: str | None = None


Maker = Callable[[str, random.Random], list[Wound]]
MAKERS: dict[str, Maker] = {}
H = "[\u4e00-\u9fff]"
HEADING = re.compile("(?m)^(?:[一二三四五六七八九]、|（[一二三四五]）)[^。：；\\n]{4,40}$")
_TOKEN = re.compile("[!-~]*(?://|@|\\.[a-z])[!-~]*|[A-Za-z]+(?:[ -][A-Za-z0-9]+)*")


def maker(function: Maker) -> Maker:
    """Enter a kind of damage under its name."""
    MAKERS[function.__name__] = function
    return function


def named(name: str, make: Maker) -> None:
    """Enter a kind of damage that needs no function of its own."""
    MAKERS[name] = make


def some(text: str, pattern: str, rng: random.Random, every: int = 250) -> list[re.Match[str]]:
    """Places that fit the pattern, about one for so many characters, in order, never near."""
    found = list(re.finditer(pattern, text))
    few = rng.sample(found, min(len(found), max(1, len(text) // every)))
    chosen: list[re.Match[str]] = []
    for match in sorted(few, key=lambda m: m.start()):
        if not chosen or match.start() > chosen[-1].end() + 8:
            chosen.append(match)
    return chosen


def replaced(pattern: str, by: str | Callable[[re.Match[str]], str], every: int = 250) -> Maker:
    """A maker that writes something else at some places."""

    def make(text: str, rng: random.Random) -> list[Wound]:
        found = some(text, pattern, rng, every)
        return [Wound(*m.span(), by if isinstance(by, str) else by(m)) for m in found]

    return make


def each_character(table: dict[str, str], text: str) -> list[Wound]:
    """A wound for every character of the text that the table knows."""
    return [Wound(n, n + 1, table[c]) for n, c in enumerate(text) if c in table]


# Width and kind of marks.


@maker
def compatibility_folded(text: str, rng: random.Random) -> list[Wound]:
    """NFKC over the whole text: ， ； ： ！ ？ （ ） become ASCII, … becomes three dots."""
    folded = {c: unicodedata.normalize("NFKC", c) for c in set(text)}
    return each_character({c: f for c, f in folded.items() if c != f and c != "\u3000"}, text)


@maker
def one_mark_folded(text: str, rng: random.Random) -> list[Wound]:
    narrow = dict(zip("，；：！？（）", ",;:!?()", strict=True))
    return [Wound(*m.span(), narrow[m[0]]) for m in some(text, "[，；：！？]", rng)]


@maker
def letters_and_digits_widened(text: str, rng: random.Random) -> list[Wound]:
    if re.search("[@/]", text):
        return []  # addresses of the web have no full-width form
    return [
        Wound(m.start(), m.end(), chr(ord(m[0]) + 0xFEE0))
        for m in re.finditer("[0-9A-Za-z]|(?<=[0-9])\\.(?=[0-9])", text)
    ]


@maker
def full_stops_on_the_line(text: str, rng: random.Random) -> list[Wound]:
    return [] if "." in text else [Wound(*m.span(), ".") for m in re.finditer("。", text)]


@maker
def quotes_straightened(text: str, rng: random.Random) -> list[Wound]:
    return each_character({"“": '"', "”": '"'}, text)


named("doubled_mark", replaced("[，。、；](?=[\u4e00-\u9fff])", lambda m: m[0] * 2))
named("ellipsis_as_dots", replaced("……", "......", 100))
named("dash_as_hyphens", replaced("(?<=[\u4e00-\u9fff。])——(?=[\u4e00-\u9fff])", "--", 100))
named("year_in_other_brackets", replaced("〔(\\d{4})〕", lambda m: f"[{m[1]}]", 100))


# Blanks.

_INSIDE = f"(?<={H})(?={H})"
named("blank_in_word", replaced(_INSIDE, " "))
named("no_break_blank_in_word", replaced(_INSIDE, "\u00a0"))
named("wide_blank_in_word", replaced(_INSIDE, "\u3000"))
named("tab_in_word", replaced(_INSIDE, "\t"))
named("blank_before_unit", replaced("(?<=[0-9])(?=[万亿元个项家户人吨亩倍%])", " ", 400))
named("blank_in_number", replaced("(?<=[1-9])(?=[0-9]+(?:[万亿元个项家户人吨亩%]))", " ", 400))
named("blank_at_point", replaced("(?<=[0-9]\\.)(?=[0-9]+[万亿元%])", " ", 400))
named("blank_beside_mark", replaced("(?<=[，。；：])(?=[\u4e00-\u9fff])|(?=[，。；：])", " "))
named("no_break_blank_entity", replaced(_INSIDE, "&nbsp;"))


@maker
def wraps_left_as_blanks(text: str, rng: random.Random) -> list[Wound]:
    """A blank where each line of the old page ended."""
    width = rng.choice((28, 34, 40))
    return [
        Wound(place, place, " ")
        for start, end in lines(text)
        for place in range(start + width, end - 3, width)
        if not (text[place - 1 : place + 1].isascii() or text[place - 1] in "：:")
    ]


# Lines.


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line that is not empty begins and ends."""
    return (m.span() for m in re.finditer("[^\\n]+", text))


def _wraps(text: str, width: int, first: int) -> list[Wound]:
    wounds = []
    for start, end in lines(text):
        place = start + width - first
        while place < end:
            if not re.match("[A-Za-z ]|[!-~]{3}", text[place - 1 : place + 2]):
                wounds.append(Wound(place, place, "\n"))
            place += width
    return wounds


@maker
def hard_wraps(text: str, rng: random.Random) -> list[Wound]:
    return [] if len(text) < 300 else _wraps(text, rng.choice((30, 36, 42)), 0)


@maker
def hard_wraps_with_indent(text: str, rng: random.Random) -> list[Wound]:
    if len(text) < 300:
        return []
    wraps = _wraps(text, rng.choice((30, 36, 42)), 2)
    indents = [Wound(start, start, "\u3000\u3000") for start, _ in lines(text)]
    return sorted(wraps + indents)


@maker
def hard_wraps_by_columns(text: str, rng: random.Random) -> list[Wound]:
    """As a terminal or a mail program wraps: Latin letters are narrow, no mark begins a line."""
    if len(text) < 300:
        return []
    width = rng.choice((60, 72, 78))
    wounds = []
    for start, end in lines(text):
        columns = 0
        for place in range(start, end):
            columns += 1 + (text[place] > "\u2e7f" or text[place] in "“”…—")
            if columns > width and text[place] not in "，。、；：！？”）》…—":
                if re.match("[!-~]{2}", text[place - 1 : place + 1]):
                    continue
                wounds.append(Wound(place, place, "\n"))
                columns = 2
    return wounds


@maker
def hard_wraps_of_pdf(text: str, rng: random.Random) -> list[Wound]:
    """As PDF readers give them: four blanks before a paragraph, one behind each line."""
    if len(text) < 300:
        return []
    width = rng.choice((26, 32, 38))
    wraps = [w._replace(damaged=" \n") for w in _wraps(text, width, 2)]
    edges = [Wound(start, start, "    ") for start, _ in lines(text)]
    edges += [Wound(end, end, " ") for _, end in lines(text)]
    return sorted(wraps + edges)


@maker
def lines_set_apart_unevenly(text: str, rng: random.Random) -> list[Wound]:
    places = [m.start() for m in re.finditer("\\n", text)][:-1]
    few = rng.sample(places, len(places) // 3)
    return [Wound(place, place, rng.choice(("\n", "\n\n", "\n \n"))) for place in sorted(few)]


named("windows_line_ends", replaced("\\n", "\r\n", 1))
named("indent_and_trailing_blanks", replaced("\\n(?=.)", " \n\u3000\u3000", 100))
_PART = "(?<=[。；：！])\\n(?=[一二三四五]、|（[一二三四五]）|[1-9][、.]|第[一二三四]个问题)"
named("part_glued", replaced(_PART, "", 100))
named("part_glued_with_blank", replaced(_PART, " ", 100))
named("paragraph_glued_with_indent", replaced("(?<=[。！])\\n(?=.)", "\u3000\u3000", 100))
named("paragraph_glued", replaced("(?<=[。！])\\n(?=[当现去同各最下])", "", 100))
named("salutation_run_in", replaced("(?m)(?<=[们友席生家]：)\\n", "", 100))
named("title_run_in", replaced("(?<=讲话|致辞|发言|悼词)\\n(?=[同各尊女])", " ", 100))
named("line_end_as_text", replaced("(?<=[。！：])\\n(?=.)", "x0dx0a", 100))


@maker
def heading_glued(text: str, rng: random.Random) -> list[Wound]:
    ends = [m.end() for m in HEADING.finditer(text)]
    return [Wound(end, end + 1, rng.choice(("", " "))) for end in ends if text[end + 1 : end + 2]]


# Numbers and what hides them.

_LOSABLE = "(?<=[值入资额金产达到成])[0-9.]+(?=[万亿](?:美元|元)[，。；、])"
_GONE = "□"


def lost(pattern: str, every: int = 100, left: str = "") -> Maker:
    """A maker that takes something away for good: a gap is wanted."""

    def make(text: str, rng: random.Random) -> list[Wound]:
        return [Wound(*m.span(), left, _GONE + left) for m in some(text, pattern, rng, every)]

    return make


named("amount_lost", lost(_LOSABLE))
named("amount_lost_with_blank", replaced(_LOSABLE, lambda m: " "))
named("percentage_lost", lost("(?<=[\u4e00-\u9fff])[0-9.]+(?=%[，。；、])"))
named("points_lost", lost("(?<=提高|下降|上升|扩大|回落|增长)[0-9.]+(?=个百分点)"))
named("count_lost", lost("(?<=企业|项目)[0-9]+(?=[个家][，。；])"))
named("percent_sign_lost", replaced("(?<=增长[0-9]\\.[0-9])%(?=[，；。])", "", 100))
named("figure_half_masked", replaced("(?<=[\u4e00-\u9fff])[0-9]+\\.[0-9]+(?=%)", ".*", 100))


def _wanting(kind: str, wanted: Callable[[str], str]) -> None:
    """Let a kind of damage want something else than what stood there."""
    inner = MAKERS[kind]

    def make(text: str, rng: random.Random) -> list[Wound]:
        return [w._replace(wanted=wanted(w.damaged)) for w in inner(text, rng)]

    named(kind, make)


_wanting("figure_half_masked", lambda damaged: "□.*")
_wanting("amount_lost_with_blank", lambda damaged: "□")


@maker
def figures_masked(text: str, rng: random.Random) -> list[Wound]:
    """Masks are content: every one must stay."""
    found = re.finditer("(?<=[\u4e00-\u9fff])[0-9.]+(?=[万亿个%])", text)
    masked = [(m, re.sub("[0-9]+", "*", m[0])) for m in found]
    return [Wound(*m.span(), mask, mask) for m, mask in masked]


@maker
def names_masked(text: str, rng: random.Random) -> list[Wound]:
    found = some(text, "(?<=[，在。])[\u4e00-\u9fff]{2}(?=[县市区村])", rng, 100)
    return [Wound(*m.span(), mask, mask) for m in found for mask in (rng.choice(("××", "XX")),)]


@maker
def comma_and_digit_fused(text: str, rng: random.Random) -> list[Wound]:
    """The byte lost between two amounts: see GAP101."""
    found = some(text, "(?<=。)(?=[\u4e00-\u9fff])", rng, 600)
    size, count, more = rng.randint(2, 9), rng.randint(11, 99), rng.randint(11, 99)
    clause = (
        f"其中亿元以上的{count}个{{}}000万元以上的{more}个，{size}00万元以上的{count + more}个。"
    )
    return [Wound(m.start(), m.end(), clause.format("?"), clause.format("，□")) for m in found]


named("document_number_emptied", replaced("〔\\d{4}〕\\d+号", "[]第号", 100))
_wanting("document_number_emptied", lambda damaged: "〔□〕第□号")


# Encodings.


def _misread(text: str, written: str, read: str, rng: random.Random, share: int = 3) -> list[Wound]:
    wounds = []
    for start, end in lines(text):
        if end - start < 20 or rng.randrange(share):
            continue
        try:
            wrong = text[start:end].encode(written).decode(read)
        except UnicodeError:
            continue
        wounds.append(Wound(start, end, wrong))
    return wounds


@maker
def utf8_read_as_gbk(text: str, rng: random.Random) -> list[Wound]:
    return _misread(text, "utf-8", "gb18030", rng, 1)


@maker
def utf8_read_as_latin(text: str, rng: random.Random) -> list[Wound]:
    return _misread(text, "utf-8", "latin-1", rng)


@maker
def gbk_read_as_latin(text: str, rng: random.Random) -> list[Wound]:
    return _misread(text, "gb18030", "latin-1", rng)


@maker
def big5_read_as_gbk(text: str, rng: random.Random) -> list[Wound]:
    return _misread(text, "big5hkscs", "gb18030", rng, 1)


@maker
def gbk_read_as_big5(text: str, rng: random.Random) -> list[Wound]:
    return _misread(text, "gb18030", "big5hkscs", rng, 1)


@maker
def utf8_read_as_gbk_with_losses(text: str, rng: random.Random) -> list[Wound]:
    """As most programs show it: what has no partner becomes U+FFFD."""
    wounds = []
    for start, end in lines(text):
        line = text[start:end]
        if len(line) % 2 and len(line) > 20 and re.fullmatch("[^\0-\x7f]+", line):
            wrong = line.encode().decode("gb18030", "replace")
            if wrong.count("\ufffd") == 1 and wrong.endswith("\ufffd"):
                wounds.append(Wound(start, end, wrong, line[:-1] + _GONE))
    return wounds


@maker
def byte_of_utf8_dropped(text: str, rng: random.Random) -> list[Wound]:
    wounds = []
    for m in some(text, H, rng, 300):
        bytes_ = m[0].encode()
        at = rng.randrange(3)
        wrong = (bytes_[:at] + bytes_[at + 1 :]).decode("utf-8", "replace")
        wounds.append(Wound(*m.span(), wrong, _GONE))
    return wounds


@maker
def byte_of_gbk_dropped(text: str, rng: random.Random) -> list[Wound]:
    """All up to the next ASCII character shifts by a byte: rarely to be repaired."""
    wounds = []
    for m in some(text, f"{H}(?=[^\\n\0-\x7f]{{2,8}}[0-9\\n])", rng, 300):
        end = next(n for n in range(m.end(), len(text)) if text[n] < "\x80")
        rest = text[m.start() : end]
        wrong = rest.encode("gb18030")[1:].decode("gb18030", "replace")
        wounds.append(Wound(m.start(), end, wrong, _GONE + rest[1:]))
    return wounds


@maker
def wide_blank_bytes_deleted(text: str, rng: random.Random) -> list[Wound]:
    """The bytes of an ideographic blank deleted inside two characters: 省、 becomes 盛."""
    wounds = []
    for m in re.finditer(f"{H}[、。]", text):
        code = m[0].encode("gb18030")
        if code[1:3] == b"\xa1\xa1":
            wounds.append(Wound(*m.span(), (code[:1] + code[3:]).decode("gb18030")))
    return wounds


for name, sign in (
    ("replacement_character", "\ufffd"),
    ("replacement_character_as_gbk", "锟斤拷"),
    ("private_use_character", "\ue7c7"),
):
    named(name, replaced(f"(?<={H}){H}(?={H})", sign, 300))
    _wanting(name, lambda damaged: _GONE)


# Characters and markup.

named("invisible_character", replaced(_INSIDE, "\u200b"))
named("byte_order_mark_inside", replaced(_INSIDE, "\ufeff"))
named("soft_hyphen", replaced(_INSIDE, "\u00ad"))
named("direction_mark", replaced(_INSIDE, "\u202c"))
named("control_character", replaced(_INSIDE, "\x08"))


@lru_cache(maxsize=1)
def _twins() -> tuple[dict[str, str], dict[str, str]]:
    radicals = {unicodedata.normalize("NFKC", chr(n)): chr(n) for n in range(0x2F00, 0x2FD6)}
    double = {unicodedata.normalize("NFC", chr(n)): chr(n) for n in range(0xF900, 0xFA6E)}
    return radicals, {usual: rare for usual, rare in double.items() if usual != rare}


@maker
def radicals_for_ideographs(text: str, rng: random.Random) -> list[Wound]:
    return each_character(_twins()[0], text)


@maker
def compatibility_ideographs(text: str, rng: random.Random) -> list[Wound]:
    return each_character(_twins()[1], text)


@maker
def marks_as_entities(text: str, rng: random.Random) -> list[Wound]:
    names = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "…": "&hellip;", "·": "&middot;"}
    twice = {mark: name.replace("&", "&amp;") for mark, name in names.items()}
    return each_character(rng.choice((names, twice)), text)


named(
    "characters_as_entities", replaced(f"{H}{{2}}", lambda m: "".join(f"&#{ord(c)};" for c in m[0]))
)
named(
    "characters_as_escapes",
    replaced(f"{H}{{2}}", lambda m: "".join(f"\\u{ord(c):04x}" for c in m[0])),
)
named("line_end_as_tag", replaced("\\n(?=.)", "<br />", 100))
named("bold_in_line", replaced(f"(?<={H})(?={H})", '</strong><span style="color:#333">'))


@maker
def paragraphs_in_tags(text: str, rng: random.Random) -> list[Wound]:
    return [
        Wound(place, place, tag)
        for start, end in lines(text)
        for place, tag in ((start, '<p style="text-indent: 2em;">'), (end, "</p>"))
    ]


@maker
def script_between_lines(text: str, rng: random.Random) -> list[Wound]:
    script = rng.choice(
        (
            '<script type="text/javascript">show_ad(3);</script>\n',
            "<!-- 正文 begin -->\n",
            "<style>.nr p{line-height:28px}</style>\n",
            'var cpro_id = "u18";document.write("<scr"+"ipt>");\n',
            ".content p { text-indent: 2em; font-size: 16px }\n",
        )
    )
    return [Wound(m.end(), m.end(), script) for m in some(text, "[。！]\\n", rng, 500)]


# Words.


@maker
def certain_typos(text: str, rng: random.Random) -> list[Wound]:
    """Every right form of the list that stands in the text, written wrong."""
    found: dict[int, Wound] = {}
    for wrong, right, *_ in read_list("typos"):
        for m in re.finditer(re.escape(right), text):
            found.setdefault(m.start(), Wound(*m.span(), wrong))
    wounds: list[Wound] = []
    for wound in (found[start] for start in sorted(found)):
        if not wounds or wound.start > wounds[-1].end:
            wounds.append(wound)
    return wounds


@maker
def digits_for_numerals(text: str, rng: random.Random) -> list[Wound]:
    return [Wound(*m.span(), "1") for m in re.finditer("(?<=第)一(?=责任|要务|动力|把手)", text)]


@maker
def reading_for_character(text: str, rng: random.Random) -> list[Wound]:
    readings = {"府": "fǔ", "党": "dǎng", "权": "quán", "警": "jǐng"}
    found = some(text, f"(?<={H})[府党权警](?={H}|[，。、])", rng, 400)
    return [Wound(*m.span(), readings[m[0]]) for m in found]
