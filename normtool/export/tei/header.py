"""The header: what the file is, where it comes from, how it was made. No fact is invented."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from normtool.document import Document
from normtool.export.tei.body import Body
from normtool.export.tei.declarations import encoding_description, tag_usage
from normtool.export.tei.facts import facts
from normtool.export.tei.ledger import ledger
from normtool.export.tei.markup import Markup, branch, leaf
from normtool.export.tei.notes import notes_statement
from normtool.export.tei.publication import edition_statement, publication_statement
from normtool.export.tei.software import short, version
from normtool.export.tei.source import (
    file_name,
    iso_date,
    source_description,
    source_of_speech,
    source_range,
)
from normtool.export.tei.speech import Speech
from normtool.export.tei.templates import RESP, pointers

_LANGUAGES = {
    "zh-Hans": "Chinese, simplified characters",
    "zh-Hant": "Chinese, traditional characters",
    "zh-Hant-TW": "Chinese, traditional characters as in Taiwan",
    "zh-Hant-HK": "Chinese, traditional characters as in Hong Kong",
    "zh": "Chinese",
}


class Header:
    """Writes ``teiHeader`` for a speech whose body is written already."""

    def __init__(
        self,
        speech: Speech,
        body: Body,
        *,
        margin: str,
        language: str,
        source_language: str,
        date: str,
        publisher: str,
    ) -> None:
        self.speech = speech
        self.body = body
        self.margin = margin
        self.language = language
        self.source_language = source_language
        self.date = date
        self.publisher = publisher
        self.markup = Markup()
        self.codes = set(body.codes)
        self.keeps_ledger = not body.reading
        #: Of the text, in characters.
        self.size = speech.size
        known = facts(speech.document, "speeches", speech.number)
        self.facts: dict[str, Any] = known[0] if known else {}
        #: What the user says, of the speech and of the file: it is not inferred.
        self.given: dict[str, str] = {
            **(speech.document.meta.get("given") or {}),
            **(self.facts.get("given") or {}),
        }

    def in_corpus(self) -> str:
        """The header of a speech inside a ``teiCorpus``: what all share is in the corpus header."""
        speech, markup, margin = self.speech, self.markup, self.margin
        inside, below = f"{margin}  ", f"{margin}    "
        elsewhere = leaf(f"{below}  ", "p", None, "见语料库文件头。")
        file = branch(
            inside,
            "fileDesc",
            None,
            branch(below, "titleStmt", None, self._titles(), self._speaker()),
            branch(below, "extent", None, self._counted()),
            branch(below, "publicationStmt", None, elsewhere),
            notes_statement(below, speech, self.body, markup, self.point, self.source_language),
            source_of_speech(below, speech, markup, self.point, self.source_language),
        )
        usage = tag_usage(below, self.body.markup.counts)
        creation = self._creation()
        return branch(
            margin,
            "teiHeader",
            {"xml:lang": "zh-Hans"},
            file,
            branch(inside, "encodingDesc", None, usage),
            branch(inside, "profileDesc", None, creation) if creation else "",
            ledger(inside, speech) if self.keeps_ledger else "",
        )

    def text(self) -> str:
        """The header."""
        # What is written first counts the characters and the rules that the rest declares.
        file = self._file()
        project = self.markup.text(self.given.get("project", ""))
        inside = f"{self.margin}  "
        encoding = encoding_description(
            inside,
            self.speech,
            self.body,
            self.codes,
            self.markup.characters | self.body.markup.characters,
            self._software(),
            project,
        )
        return branch(
            self.margin,
            "teiHeader",
            {"xml:lang": "zh-Hans"},
            file,
            encoding,
            self._profile(),
            ledger(inside, self.speech) if self.keeps_ledger else "",
            _revision(f"{self.margin}  ", self.markup.text(file_name(self.speech.base)), self.date),
        )

    def point(self, codes: tuple[str, ...]) -> str:
        """Pointers to rules, which will be declared."""
        self.codes.update(codes or ("unnamed",))
        return pointers(codes)

    def _software(self) -> dict[str, str]:
        software = {"normtool": version("normtool")}
        if self.speech.document.cleaned is not None:
            known = str(self.speech.document.meta.get("script", {}).get("opencc", ""))
            software["OpenCC"] = short(known) if known else version("opencc")
        return software

    def _file(self) -> str:
        speech, markup, below = self.speech, self.markup, f"{self.margin}    "
        given = self.given
        # First: they may tell of people, whom the title names.
        notes = notes_statement(below, speech, self.body, markup, self.point, self.source_language)
        return branch(
            f"{self.margin}  ",
            "fileDesc",
            None,
            self._title(),
            edition_statement(below),
            self._extent(),
            publication_statement(
                below,
                markup.text(self.publisher or given.get("publisher", "")),
                markup.text(given.get("licence", "")),
                self.date,
            ),
            notes,
            source_description(below, speech, markup, self.point, self.source_language),
        )

    def _titles(self) -> str:
        margin = f"{self.margin}      "
        speech, markup, meta = self.speech, self.markup, self.speech.document.meta
        main = speech.words(speech.title).strip() if speech.title else ""
        main = self.given.get("title") or main or str(self.facts.get("title") or "")
        if not main and not speech.number:
            main = str(meta.get("title") or "")
        attributes = {"type": "main", "xml:lang": self.language}
        if not main:  # the file is the only name it has
            main, attributes = file_name(speech.base), {"type": "main", "cert": "low", "resp": RESP}
        titles = leaf(margin, "title", attributes, markup.text(main))
        collection = str(meta.get("title") or "")
        if collection and collection != main:
            source = source_range(speech, str(speech.base.meta.get("title") or ""))
            attributes = {"type": "collection", "source": source, "xml:lang": self.language}
            titles += leaf(margin, "title", attributes, markup.text(collection))
        return titles

    def _speaker(self) -> str:
        margin = f"{self.margin}      "
        speaker = self.given.get("speaker") or str(self.facts.get("speaker") or "")
        if speaker:
            attributes = {"role": "speaker", "xml:lang": self.language}
            return leaf(margin, "author", attributes, self.markup.text(speaker))
        return leaf(margin, "author", {"role": "speaker", "cert": "unknown"}, "未详")

    def _title(self) -> str:
        margin, inside, below = (f"{self.margin}{'  ' * depth}" for depth in (2, 3, 4))
        people = [
            branch(
                inside,
                "respStmt",
                {"xml:id": ident},
                leaf(below, "resp", {"xml:lang": "en"}, "review of the automatic cleaning"),
                leaf(below, "persName", None, self.markup.text(name)),
            )
            for name, ident in self.body.reviewers.items()
        ]
        # A corpus has many speakers.
        speaker = self._speaker() if self.speech.lines else ""
        return branch(margin, "titleStmt", None, self._titles(), speaker, _program(inside), *people)

    def _counted(self) -> str:
        count = self.size
        return (
            f'{self.margin}      <measure type="counted" unit="char" quantity="{count}">'
            f"{count} 字符</measure>\n"
        )

    def _extent(self) -> str:
        speech, margin = self.speech, f"{self.margin}    "
        parts = [self._counted()]
        declared = speech.base.meta.get("declared_chars")
        if declared:
            words = _stated(speech.base, int(declared))
            stated = {"type": "stated", "unit": "char", "quantity": str(declared)}
            stated["corresp"] = "#src.page"  # of the page, not of this speech alone
            text = str(declared)
            if words is not None:
                text = words[0].strip()
                start = words.start() + words[0].index(text)
                stated["source"] = f"src:{start},{start + len(text)}"
                stated["xml:lang"] = self.source_language
            parts.append(leaf(f"{margin}  ", "measure", stated, self.markup.text(text)))
        return branch(margin, "extent", None, *parts)

    def _creation(self) -> str:
        """When and where the speech was given: what the user says, else what the byline says."""
        said, place = str(self.facts.get("date") or ""), self.given.get("place", "")
        margin, inside = f"{self.margin}    ", f"{self.margin}      "
        where = leaf(inside, "placeName", None, self.markup.text(place)) if place else ""
        date = ""
        if given := self.given.get("date"):
            date = leaf(inside, "date", {"when": given}, given)
        elif said:
            stated = {"when": iso_date(said), "resp": RESP, "cert": "medium"}
            date = leaf(inside, "date", stated, self.markup.text(said))
        return branch(margin, "creation", None, date, where) if date or where else ""

    def _profile(self) -> str:
        usage = _languages(f"{self.margin}    ", self.language, self.source_language)
        return branch(f"{self.margin}  ", "profileDesc", None, self._creation(), usage)


@lru_cache(maxsize=8)
def _languages(margin: str, *languages: str) -> str:
    """``langUsage``: the languages of the text, and those of the header."""
    idents = dict.fromkeys((*languages, "zh-Hans", "en"))
    said = [
        leaf(f"{margin}  ", "language", {"ident": ident}, _LANGUAGES.get(ident, _role(ident)))
        for ident in idents
        if ident
    ]
    return branch(margin, "langUsage", None, *said)


@lru_cache(maxsize=4)
def _revision(margin: str, name: str, date: str) -> str:
    """``revisionDesc``; the name of the source is markup already."""
    inside, change = f"{margin}  ", {"xml:id": "run1", "when": date, "who": RESP}
    words = f'由 <ref target="#src.file">{name}</ref> 生成。'
    changes = branch(inside, "listChange", None, leaf(f"{inside}  ", "change", change, words))
    return branch(margin, "revisionDesc", None, changes)


@lru_cache(maxsize=4)
def _program(margin: str) -> str:
    """Who is responsible: this program."""
    said = "automatic cleaning, division and TEI encoding"
    return branch(
        margin,
        "respStmt",
        {"xml:id": RESP[1:]},
        leaf(f"{margin}  ", "resp", {"xml:lang": "en"}, said),
        leaf(f"{margin}  ", "name", {"ref": "#app.normtool"}, "normtool"),
    )


@lru_cache(maxsize=1)
def _stated(document: Document, count: int) -> re.Match[str] | None:
    """Where the page says how many characters it has."""
    said = rf"(?:全文)?[^\n\d，,。]{{0,4}}(?<!\d){count}[ \t]*(?:多|余)?字?"
    return re.search(said, document.original)


def _role(ident: str) -> str:
    return "English (header only)" if ident == "en" else "undetermined" if ident == "und" else ident
