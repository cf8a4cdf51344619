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
from normtool.export.tei.marking import RESP
from normtool.export.tei.markup import Markup, branch, escape, leaf
from normtool.export.tei.software import short, version
from normtool.export.tei.source import (
    file_name,
    iso_date,
    notes_statement,
    source_description,
    source_of_speech,
    source_range,
)
from normtool.export.tei.speech import Speech

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
        language: str,
        source_language: str,
        date: str,
        publisher: str,
    ) -> None:
        self.speech = speech
        self.body = body
        self.language = language
        self.source_language = source_language
        self.date = date
        self.publisher = publisher
        self.markup = Markup()
        self.codes = set(body.codes)
        self.keeps_ledger = not body.reading
        self.size = 0  # of the text, in characters, where it is not that of the lines
        known = facts(speech.document, "speeches", speech.number)
        self.facts: dict[str, Any] = known[0] if known else {}
        #: What the user says, of the speech and of the file: it is not inferred.
        self.given: dict[str, str] = {
            **(speech.document.meta.get("given") or {}),
            **(self.facts.get("given") or {}),
        }

    def lines_in_corpus(self) -> list[str]:
        """The header of a speech inside a ``teiCorpus``: what all share is in the corpus header."""
        speech, markup = self.speech, self.markup
        elsewhere = leaf("p", None, "见语料库文件头。")
        file = branch(
            "fileDesc",
            None,
            branch("titleStmt", None, *self._titles(), self._speaker()),
            branch("extent", None, self._counted()),
            branch("publicationStmt", None, elsewhere),
            notes_statement(speech, self.body, markup, self.point, self.source_language),
            source_of_speech(speech, markup, self.point, self.source_language),
        )
        encoding = branch("encodingDesc", None, tag_usage(self.body.markup.counts))
        creation = self._creation()
        profile = branch("profileDesc", None, creation) if creation else []
        kept = ledger(speech) if self.keeps_ledger else []
        return branch("teiHeader", {"xml:lang": "zh-Hans"}, file, encoding, profile, kept)

    def lines(self) -> list[str]:
        """The header, line by line."""
        # What is written first counts the characters and the rules that the rest declares.
        file = self._file()
        encoding = encoding_description(
            self.speech,
            self.body,
            self.codes,
            self.body.markup.counts,
            self.markup.characters | self.body.markup.characters,
            self._software(),
            self.given.get("project", ""),
        )
        return branch(
            "teiHeader",
            {"xml:lang": "zh-Hans"},
            file,
            encoding,
            self._profile(),
            ledger(self.speech) if self.keeps_ledger else [],
            self._revision(),
        )

    def point(self, codes: tuple[str, ...]) -> str:
        """Pointers to rules, which will be declared."""
        codes = codes or ("unnamed",)
        self.codes.update(codes)
        return " ".join(f"#rule.{code}" for code in codes)

    def _software(self) -> dict[str, str]:
        software = {"normtool": version("normtool")}
        if self.speech.document.cleaned is not None:
            known = str(self.speech.document.meta.get("script", {}).get("opencc", ""))
            software["OpenCC"] = short(known) if known else version("opencc")
        return software

    def _file(self) -> list[str]:
        speech, markup = self.speech, self.markup
        return branch(
            "fileDesc",
            None,
            self._title(),
            branch(
                "editionStmt",
                None,
                leaf(
                    "edition",
                    {"n": version("normtool")},
                    '机器整理，未经人工校对 <foreign xml:lang="en">(machine-cleaned, not '
                    "proof-read by a person)</foreign>",
                ),
            ),
            self._extent(),
            self._publication(),
            notes_statement(speech, self.body, markup, self.point, self.source_language),
            source_description(speech, markup, self.point, self.source_language),
        )

    def _titles(self) -> list[list[str]]:
        speech, markup, meta = self.speech, self.markup, self.speech.document.meta
        main = speech.words(speech.title).strip() if speech.title else ""
        main = self.given.get("title") or main or str(self.facts.get("title") or "")
        if not main and not speech.number:
            main = str(meta.get("title") or "")
        attributes = {"type": "main", "xml:lang": self.language}
        if not main:  # the file is the only name it has
            main, attributes = file_name(speech.base), {"type": "main", "cert": "low", "resp": RESP}
        parts = [leaf("title", attributes, markup.text(main))]
        collection = str(meta.get("title") or "")
        if collection and collection != main:
            source = source_range(speech, str(speech.base.meta.get("title") or ""))
            attributes = {"type": "collection", "source": source, "xml:lang": self.language}
            parts.append(leaf("title", attributes, markup.text(collection)))
        return parts

    def _speaker(self) -> list[str]:
        speaker = self.given.get("speaker") or str(self.facts.get("speaker") or "")
        if speaker:
            attributes = {"role": "speaker", "xml:lang": self.language}
            return leaf("author", attributes, self.markup.text(speaker))
        return leaf("author", {"role": "speaker", "cert": "unknown"}, "未详")

    def _title(self) -> list[str]:
        parts = self._titles()
        if self.speech.lines:  # a corpus has many speakers
            parts.append(self._speaker())
        responsible = branch(
            "respStmt",
            {"xml:id": RESP[1:]},
            leaf("resp", {"xml:lang": "en"}, "automatic cleaning, division and TEI encoding"),
            leaf("name", {"ref": "#app.normtool"}, "normtool"),
        )
        people = [
            branch(
                "respStmt",
                {"xml:id": ident},
                leaf("resp", {"xml:lang": "en"}, "review of the automatic cleaning"),
                leaf("persName", None, escape(name)),
            )
            for name, ident in self.body.reviewers.items()
        ]
        return branch("titleStmt", None, *parts, responsible, *people)

    def _counted(self) -> list[str]:
        count = self.size or sum(len(self.speech.words(line)) for line in self.speech.lines)
        counted = {"type": "counted", "unit": "char", "quantity": str(count)}
        return leaf("measure", counted, f"{count} 字符")

    def _extent(self) -> list[str]:
        speech = self.speech
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
            parts.append(leaf("measure", stated, self.markup.text(text)))
        return branch("extent", None, *parts)

    def _publication(self) -> list[str]:
        licence = self.given.get("licence", "")
        publisher = self.publisher or self.given.get("publisher", "")
        unnamed = '运行 normtool 者 <foreign xml:lang="en">(whoever ran normtool)</foreign>'
        rights = branch(
            "availability",
            {"status": "unknown"},
            leaf("p", None, "讲话的权利状况未知；本文件不授予任何权利。"),
            leaf(
                "p",
                {"xml:lang": "en"},
                "The rights in the speech are unknown; this file grants none.",
            ),
        )
        if licence:
            said = leaf("licence", None, self.markup.text(licence))
            rights = branch("availability", {"status": _status(licence)}, said)
        return branch(
            "publicationStmt",
            None,
            leaf("publisher", None, self.markup.text(publisher) if publisher else unnamed),
            rights,
            leaf("date", {"when": self.date}, self.date),
        )

    def _creation(self) -> list[str]:
        """When and where the speech was given: what the user says, else what the byline says."""
        said, place = str(self.facts.get("date") or ""), self.given.get("place", "")
        where = leaf("placeName", None, self.markup.text(place)) if place else []
        if given := self.given.get("date"):
            return branch("creation", None, leaf("date", {"when": given}, given), where)
        if said:
            date = leaf(
                "date",
                {"when": iso_date(said), "resp": RESP, "cert": "medium"},
                self.markup.text(said),
            )
            return branch("creation", None, date, where)
        return branch("creation", None, where) if where else []

    def _profile(self) -> list[str]:
        creation = self._creation()
        idents = dict.fromkeys((self.language, self.source_language, "zh-Hans", "en"))
        languages = [
            leaf("language", {"ident": ident}, _LANGUAGES.get(ident, _role(ident)))
            for ident in idents
            if ident
        ]
        return branch("profileDesc", None, creation, branch("langUsage", None, *languages))

    def _revision(self) -> list[str]:
        change = {"xml:id": "run1", "when": self.date, "who": RESP}
        name = self.markup.text(file_name(self.speech.base))
        words = f'由 <ref target="#src.file">{name}</ref> 生成。'
        return branch(
            "revisionDesc", None, branch("listChange", None, leaf("change", change, words))
        )


@lru_cache(maxsize=1)
def _stated(document: Document, count: int) -> re.Match[str] | None:
    """Where the page says how many characters it has."""
    said = rf"(?:全文)?[^\n\d，,。]{{0,4}}(?<!\d){count}[ \t]*(?:多|余)?字?"
    return re.search(said, document.original)


def _status(licence: str) -> str:
    """Whether a licence is free to use, as TEI asks (availability/@status)."""
    free = re.match(r"CC[ -]|CC0|Creative Commons|MIT\b|公有领域|[Pp]ublic domain", licence)
    return "free" if free else "restricted"


def _role(ident: str) -> str:
    return "English (header only)" if ident == "en" else "undetermined" if ident == "und" else ident
