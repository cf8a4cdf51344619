"""Damage put into sound text on purpose, of kinds whose repair is known.

Each maker takes a paragraph and a random generator and returns what the page
would show and what cleaning should give back, or None if the paragraph offers
no place for it.
"""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable

Damaged = tuple[str, str] | None
Maker = Callable[[str, random.Random], Damaged]

_H = "[\u4e00-\u9fff]"
_UNITS = "[万亿元个項项家户人吨亩倍年月日%]"
_FOLDED = str.maketrans("，；：！？（）", ",;:!?()")
_WIDE = {ord("0") + n: 0xFF10 + n for n in range(10)} | {ord("."): ord("．")}


_FIGURE = re.compile(
    f"(?<=[值入资额金产达到])[0-9.]+(?=[万亿](?:美元|元)[，。；、])|(?<={_H})[0-9.]+(?=%|个百分点)"
)


def _place(pattern: str, text: str, rng: random.Random) -> int | None:
    places = [m.end() for m in re.finditer(pattern, text) if 4 < m.end() < len(text) - 4]
    return rng.choice(places) if places else None


def width_folded(text: str, rng: random.Random) -> Damaged:
    """Marks as NFKC leaves them."""
    damaged = text.translate(_FOLDED)
    return None if damaged == text else (damaged, text)


def blank_in_word(text: str, rng: random.Random) -> Damaged:
    place = _place(f"{_H}(?={_H})", text, rng)
    return None if place is None else (f"{text[:place]} {text[place:]}", text)


def blank_in_folded_text(text: str, rng: random.Random) -> Damaged:
    found = blank_in_word(text, rng)
    return None if found is None else (found[0].translate(_FOLDED), text)


def blank_before_unit(text: str, rng: random.Random) -> Damaged:
    if len(re.findall(f"[0-9](?={_UNITS})", text)) < 5:
        return None  # too few numbers to show the style of the text
    place = _place(f"[0-9](?={_UNITS})", text, rng)
    return None if place is None else (f"{text[:place]} {text[place:]}", text)


def _wrapped(text: str, rng: random.Random, indent: str) -> Damaged:
    width = rng.choice((26, 30, 34))
    if len(text) < 6 * width or re.search("[A-Za-z]", text):
        return None
    page = indent + text
    return "\n".join(page[n : n + width] for n in range(0, len(page), width)), text


def hard_wraps(text: str, rng: random.Random) -> Damaged:
    return _wrapped(text, rng, "")


def hard_wraps_with_indent(text: str, rng: random.Random) -> Damaged:
    return _wrapped(text, rng, "\u3000\u3000")


def number_lost(text: str, rng: random.Random) -> Damaged:
    """A figure gone before 亿元， 万美元 % 个百分点: □ is wanted, not the figure."""
    figures = list(_FIGURE.finditer(text))
    if not figures:
        return None
    figure = rng.choice(figures)
    start, end = figure.span()
    return text[:start] + text[end:], f"{text[:start]}□{text[end:]}"


def digits_widened(text: str, rng: random.Random) -> Damaged:
    if not re.search("[0-9]", text) or re.search("[A-Za-z]|^[0-9]|[0-9][-:/]", text):
        return None
    return re.sub("[0-9][0-9.]*", lambda m: m[0].translate(_WIDE), text), text


def invisible_characters(text: str, rng: random.Random) -> Damaged:
    place = rng.randrange(1, len(text))
    return text[:place] + rng.choice("\u200b\ufeff\u00ad\u2060") + text[place:], text


def entities(text: str, rng: random.Random) -> Damaged:
    if "“" not in text:
        return None
    return text.replace("“", "&ldquo;").replace("”", html.escape("&rdquo;")), text


def tags(text: str, rng: random.Random) -> Damaged:
    return f'<p class="text">{text}</p>', text


def gbk_as_latin(text: str, rng: random.Random) -> Damaged:
    return text.encode("gb18030").decode("latin-1"), text


def straight_quotes(text: str, rng: random.Random) -> Damaged:
    if not text.count("“") or text.count("“") != text.count("”"):
        return None
    return text.replace("“", '"').replace("”", '"'), text


def salutation_run_in(text: str, rng: random.Random) -> Damaged:
    if text.startswith(("同志", "各位")):
        return None
    address = rng.choice(("同志们", "各位代表、同志们", "各位领导、各位来宾"))
    return f"{address}:{text}", f"{address}：\n{text}"


def part_run_in(text: str, rng: random.Random) -> Damaged:
    number = rng.choice(("一、", "（二）", "3、"))
    blank = rng.choice(("", " "))
    if re.match(f"[^{_H[1:-1]}]|[一二三四五六七八九十]", text):
        return None
    head = "下面，我讲几点意见。"
    return f"{head}{blank}{number}{text}", f"{head}\n{number}{text}"


def page_around(text: str, rng: random.Random) -> Damaged:
    """Counter, line of data, repeated title with the name of the site."""
    title = "在全县工作会议上的讲话"
    suffix = rng.choice(("_范文频道_好文阁网", " - 百度文库", "|第一范文网"))
    data = f"发布于2021-0{rng.randint(1, 9)}-11 08:15,全文约 {rng.randint(300, 9000)} 字"
    page = f"{rng.choice(('0', '1382'))}\n\n{title}{suffix}\n\n{data}\n\n{title}\n\n{text}\n"
    return page, f"{title}\n{text}\n"


MAKERS: tuple[Maker, ...] = (
    width_folded,
    blank_in_word,
    blank_in_folded_text,
    blank_before_unit,
    hard_wraps,
    hard_wraps_with_indent,
    number_lost,
    digits_widened,
    invisible_characters,
    entities,
    tags,
    gbk_as_latin,
    straight_quotes,
    salutation_run_in,
    part_run_in,
    page_around,
)
