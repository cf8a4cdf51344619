"""Typos: precision and recall, false alarms, field simulation, speed.

    PYTHONPATH=. python tests/benchmarks/typos.py [../shared] [--part 0|1|all] [--read]

Sets are measured in halves (every other line), so that one half can be looked at while
rules are written and the other says what they are worth. ``--read`` prints every false
alarm. Texts are read from the shared folder and never copied.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from pathlib import Path

from normtool.edits import HIGH, LOW, MEDIUM
from normtool.typos import propose

SETS = {
    "ecspell_odw.train": "official documents",
    "ecspell_law.train": "law",
    "cdc_findoc.v1": "found by people",
    "lemon_cot": "contracts",
    "sighan14_rev.test.simp": "learners",
}
TIERS = (("HIGH", HIGH), ("HIGH + MEDIUM", MEDIUM), ("all", LOW))


def pairs(path: Path, part: str) -> list[tuple[str, str]]:
    """Wrong and right lines of equal length, one half of them or all."""
    lines = [line.split("\t") for line in path.read_text("utf-8").split("\n") if "\t" in line]
    same = [(a, b) for a, b in lines if len(a) == len(b)]
    return same if part == "all" else same[int(part) :: 2]


def measured(wrong: str, right: str) -> tuple[list[tuple[str, int, int, int]], list[str]]:
    """(tier, made, true, errors) on one text, and the false ones in their context."""
    errors = {i for i, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b}
    made = []
    for found in propose(wrong):
        for offset, (old, new) in enumerate(zip(found.before, found.after, strict=True)):
            if old != new:
                place = found.start + offset
                made.append((place, new, found))
    table, false = [], []
    for name, tier in TIERS:
        some = [(place, new) for place, new, found in made if found.certainty >= tier]
        true = sum(place in errors and right[place] == new for place, new in some)
        table.append((name, len(some), true, len(errors)))
    for place, new, found in made:
        if right[place] != new:
            where = context(wrong, place, new)
            false.append(f"{found.certainty.name:6} {where} gold {right[place]} {found.note}")
    return table, false


def context(text: str, place: int, new: str) -> str:
    """The place with its surroundings and the proposal."""
    before, after = text[max(place - 12, 0) : place], text[place + 1 : place + 12]
    return f"{before}[{text[place]}→{new}]{after}".replace("\n", "/")


def clean_texts(shared: Path) -> dict[str, list[str]]:
    """Edited text by folder; the Taiwan transcripts in simplified characters."""
    import opencc

    clean = shared / "clean"
    read = {
        name: [p.read_text("utf-8") for p in sorted((clean / name).iterdir())]
        for name in ("gov_reports", "laws", "news", "tw_speeches")
    }
    convert = opencc.OpenCC("tw2sp").convert
    read["tw_speeches"] = [convert(text) for text in read["tw_speeches"]]
    lines = (shared / "typos" / "mc_acc_xxqg.tet.tsv").read_text("utf-8").split("\n")
    read["mc_acc (sentences)"] = ["\n".join(line.split("\t")[0] for line in lines)]
    return read


def share(part: int, whole: int) -> str:
    """Per cent."""
    return f"{100 * part / max(whole, 1):.1f}"


def han(text: str) -> int:
    """The number of Han characters."""
    return sum("\u4e00" <= c <= "\u9fff" for c in text)


def spoilt(text: str, every: int, seed: int) -> tuple[str, dict[int, str]]:
    """A typo by sound every so many characters, by pypinyin: independent of the model."""
    from pypinyin import lazy_pinyin

    dice = random.Random(seed)
    by_sound: dict[str, list[str]] = {}
    frequent = sorted({c for c in text if "\u4e00" <= c <= "\u9fff"})
    for character in frequent:
        by_sound.setdefault(lazy_pinyin(character)[0], []).append(character)
    typed, meant = list(text), {}
    for place, character in enumerate(text):
        if "\u4e00" <= character <= "\u9fff" and dice.random() * every < 1:
            others = [c for c in by_sound[lazy_pinyin(character)[0]] if c != character]
            if others:
                typed[place] = dice.choice(others)
                meant[place] = character
    return "".join(typed), meant


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", nargs="?", default="../shared")
    parser.add_argument("--part", default="all", choices=("0", "1", "all"))
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    data = Path(options.shared) / "data"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    propose("加载")
    print(f"load {1000 * (time.process_time() - start):.0f} ms")
    if not options.only or options.only == "sets":
        for name, what in SETS.items():
            both = pairs(data / "typos" / f"{name}.tsv", options.part)
            wrong, right = ("\n".join(side) for side in zip(*both, strict=True))
            table, false = measured(wrong, right)
            cells = [
                f"{tier} {share(true, made)} / {share(true, errors)} ({made - true} false)"
                for tier, made, true, errors in table
            ]
            print(f"{name:24} {what:18} {len(both):5} {table[0][3]:4}  " + " | ".join(cells))
            if options.read:
                print("   " + "\n   ".join(false))
    if not options.only or options.only == "clean":
        for name, texts in clean_texts(data).items():
            count = sum(map(han, texts))
            found = [(text, hit) for text in texts for hit in propose(text)]
            by = [sum(hit.certainty >= tier for _, hit in found) for _, tier in TIERS]
            rates = ", ".join(f"{n} = {1e6 * n / count:.1f}/M" for n in by)
            print(f"{name:24} {count:8} Han: HIGH, +MEDIUM, +LOW: {rates}")
            if options.read:
                for text, hit in found:
                    if hit.certainty >= MEDIUM:
                        where = context(text, hit.start, hit.after)
                        print(f"   {hit.certainty.name:6} {where} {hit.note}")
    if not options.only or options.only == "field":
        for name, texts in clean_texts(data).items():
            if name not in ("gov_reports", "news", "laws"):
                continue
            for every in (3000, 900):
                made = true = total = 0
                medium = [0, 0]
                for number, text in enumerate(texts):
                    typed, meant = spoilt(text, every, number)
                    total += len(meant)
                    for hit in propose(typed, minimum=MEDIUM):
                        right = meant.get(hit.start) == hit.after
                        medium[0] += 1
                        medium[1] += right
                        if hit.certainty == HIGH:
                            made += 1
                            true += right
                print(
                    f"{name:12} 1 in {every}: {total} typos, "
                    f"HIGH {share(true, made)} / {share(true, total)}, "
                    f"HIGH + MEDIUM {share(medium[1], medium[0])} / {share(medium[1], total)}"
                )
    if not options.only or options.only == "speed":
        text = "".join(clean_texts(data)["news"])
        documents = [text[i : i + 20_000] for i in range(0, 20 * 20_000, 20_000)]
        size = sum(len(d.encode()) for d in documents)
        rates = []
        for _ in range(5):
            start = time.process_time()
            for document in documents:
                propose(document)
            rates.append(size / 1e6 / (time.process_time() - start))
        print(f"speed {statistics.median(rates):.2f} MB/s of UTF-8, documents of 20,000 characters")
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"peak memory {after / 1024:.0f} MB, before the first call {before / 1024:.0f} MB")


if __name__ == "__main__":
    main()
