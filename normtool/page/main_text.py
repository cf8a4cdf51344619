"""How the main text of a page is found.

trafilatura finds where the main text stands and reads the metadata. The lines
themselves are those that the page shows (``outline.py``), so that nothing of the
text is reworded, doubled or left out on the way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from normtool.page import NotPage
from normtool.page.leftover import is_short, nothing
from normtool.page.outline import Line, Outline, squeezed
from normtool.patterns import later

_CHARSET = later(r"""(?:charset|encoding)\s*=\s*+(?:["']\s*+)?([A-Za-z0-9_.:-]{2,40})""", re.I)
_NOBODY = later(r"\s*(?:未知|佚名|网络|本站|admin(?:istrator)?|)\s*", re.IGNORECASE)
#: A label or a figure: what a byline has and a button has not.
_STATES = later("[:：0-9]")

#: A line that is links for this part of it is navigation.
_LINKED = 0.5
#: Between the heading and the text stand the date, the source and the author: a few short lines.
_MOST_BYLINES, _LONGEST_BYLINE = 6, 120
_SHORTEST_TITLE = 4
_SHORTEST_TEXT = 40
#: So many lines that are not the text, and what follows is another part of the page.
_FAR = 4


def main_text(text: str, data: bytes) -> tuple[str, dict[str, Any]]:
    """What ``normtool.page.page_text`` returns."""
    bare_extraction, version = _extractor()
    tree = _parse(text)
    outline = Outline(tree)
    shown = outline.lines
    main: list[int] = []
    # The usual setting misses short texts; the one for recall takes menus with it.
    for recall in (False, True):
        found = bare_extraction(
            outline.tree,
            favor_recall=recall,
            include_comments=False,
            deduplicate=False,
            config=_settings(),
        )
        main = main or _main(shown, Counter() if found is None else Counter(_pieces(found.body)))
    whole = not main and is_short(tree, shown)
    if whole:
        main = list(range(len(shown)))
    if not main:
        raise NotPage(nothing(tree, shown))
    facts, title = _facts(tree)
    above = _above(shown, main[0], [title, tree.findtext(".//title") or ""])
    if above:
        title = shown[above[0]].words.strip()
        main = main if above[0] == main[0] else above + main
    declared = _CHARSET.search(data[:4096].decode("latin-1"))
    facts["html"] = {"extractor": f"trafilatura {version}"}
    if whole:
        facts["html"]["whole"] = True
    if title:
        facts["html"]["title"] = title
    if declared:
        facts["html"]["declared"] = declared[1].lower()
    return "\n".join(shown[number].words for number in main), facts


def _extractor() -> tuple[Any, str]:
    import logging

    try:
        import trafilatura
    except ImportError:
        raise NotPage(
            "is a page of HTML, and reading one needs trafilatura: pip install "
            '"normtool[html]", or read its markup as text with -f text'
        ) from None
    # It reports on stderr what is reported here as one sentence.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura.bare_extraction, trafilatura.__version__


@cache
def _settings() -> Any:
    from trafilatura.settings import use_config

    settings = use_config()
    # With less than this trafilatura takes the whole page for the text. 250 is for English.
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_SHORTEST_TEXT))
    return settings


def _parse(text: str) -> Any:
    from lxml import etree, html

    # UTF-8, said aloud: neither the XML declaration nor a meta element is believed. The fonts
    # of old pages are nested deeper than the parser likes, so it is told to go on.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise NotPage("no main text: this page is empty; save it anew from the browser") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise NotPage(
            "this page is nested too deeply to be read whole; "
            "give `-f text` to read its markup as text, or save it anew from the browser"
        )
    return tree


def _pieces(body: Any) -> Iterator[str]:
    """The lines that trafilatura chose, squeezed."""
    from lxml import etree

    said: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        inline = element.tag in ("hi", "ref", "span", "del", "a")
        if not inline and said:
            yield squeezed("".join(said))
            said = []
        said.append((element.text if event == "start" else element.tail) or "")
    yield squeezed("".join(said))


def _main(shown: list[Line], pieces: Counter[str]) -> list[int]:
    """The numbers of the lines that are the main text.

    Those that trafilatura chose, and those between and beside them in the same
    block, if most of that block was chosen: what it thinks too short or too
    odd is a paragraph all the same.
    """
    chosen = set()
    for navigation in (False, True):  # of two equal lines, the one that is no link
        for number, line in enumerate(shown):
            key = squeezed(line.words)
            if (line.linked >= _LINKED) is navigation and pieces[key] > 0:
                pieces[key] -= 1
                chosen.add(number)
    if not chosen:  # of a page of a few lines it gives all text in one piece
        whole = max(pieces, key=len, default="")
        chosen = {n for n, line in enumerate(shown) if squeezed(line.words) in whole}
    balance: Counter[int] = Counter()
    for number, line in enumerate(shown):
        if number in chosen or not (line.hidden or line.linked >= _LINKED):
            balance[line.home] += len(line.words) if number in chosen else -len(line.words)

    def belongs(number: int) -> bool:
        line = shown[number]
        return balance[line.home] > 0 and not line.hidden and line.linked < _LINKED

    if all(shown[number].linked >= _LINKED for number in chosen):
        return []
    chosen.update(n for n in range(min(chosen), max(chosen)) if belongs(n))
    first, last = _densest(shown, chosen)
    chosen = {number for number in chosen if first <= number <= last}
    for place, step in ((first, -1), (last, 1)):
        home = shown[place].home
        place += step
        while 0 <= place < len(shown) and shown[place].home == home and belongs(place):
            chosen.add(place)
            place += step
    return sorted(chosen)


def _densest(shown: list[Line], chosen: set[int]) -> tuple[int, int]:
    """The first and the last line of the main text.

    Far away, behind the menus at the foot, trafilatura chooses an address or a
    headline now and then. What stands in the same block is never far away.
    """
    parts: list[list[int]] = []
    for number in sorted(chosen):
        if shown[number].linked >= _LINKED:
            continue
        home = shown[number].home
        same = next((n for n, part in enumerate(parts) if shown[part[-1]].home == home), None)
        if same is not None:
            parts[same:] = [[n for part in parts[same:] for n in part]]
        elif not parts or number - parts[-1][-1] > _FAR:
            parts.append([])
        parts[-1].append(number)
    sizes = [sum(len(shown[number].words) for number in part) for part in parts]
    large = [part for part, size in zip(parts, sizes, strict=True) if size * 3 >= max(sizes)]
    return large[0][0], large[-1][-1]


def _above(shown: list[Line], first: int, titles: Iterable[str]) -> list[int]:
    """The heading of the main text, with the few lines below it: date, source, author."""
    heads = [head for head in map(squeezed, titles) if len(head) >= _SHORTEST_TITLE]

    def is_head(number: int) -> bool:
        key = squeezed(shown[number].words)
        return len(key) >= _SHORTEST_TITLE and any(key in head for head in heads)

    if is_head(first):
        return [first]
    for number in range(first - 1, -1, -1):
        if is_head(number) and not shown[number].hidden:
            between = [
                n
                for n in range(number + 1, first)
                if shown[n].linked < _LINKED
                and not shown[n].hidden
                and _STATES.search(shown[n].words)
            ]
            short = all(len(shown[n].words) <= _LONGEST_BYLINE for n in between)
            return [number, *(between if short and len(between) <= _MOST_BYLINES else [])]
    return []


def _facts(tree: Any) -> tuple[dict[str, Any], str]:
    """What the page states about itself, under the keys of ``Document.meta``, and its title.

    The date is that of the head of the page only: others are read from the
    text itself, and none is made of a year alone.
    """
    from copy import deepcopy

    import htmldate
    from lxml import html
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(tree, date_config={"extensive_search": False}, extensive=False)
    site = found.sitename if found.sitename != found.hostname else ""
    title = str(found.title or "")
    if site and title.endswith(site):
        title = title.removesuffix(site).rstrip(" _-–—|｜") or title
    # trafilatura takes a name without a blank for no name.
    stated = tree.xpath("//meta[translate(@name, 'AUTHOR', 'author') = 'author']/@content")
    author = next((str(name).strip() for name in stated), "") or found.author or ""
    if author == site or _NOBODY.fullmatch(author):
        author = ""
    head = html.fromstring("<html><head></head><body></body></html>")
    wanted = "//head/*[not(self::title)] | //body//script[contains(@type, 'ld+json')]"
    for part in tree.xpath(wanted):
        head.find("head").append(deepcopy(part))
    published = htmldate.find_date(head, extensive_search=False, original_date=True)
    facts = {"published": published, "site": site, "author": author, "url": found.url}
    lines = {key: " ".join(str(value or "").split()) for key, value in facts.items()}
    return {key: line for key, line in lines.items() if line}, " ".join(title.split())
