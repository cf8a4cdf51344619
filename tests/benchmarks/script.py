"""How much less a conversion gets wrong than OpenCC, what it shows, and what it costs.

    python tests/benchmarks/script.py [../shared]

Errors are counted character by character, quotation marks apart, against the
traditional text of the sets in ``data/script``; cost is CPU time against plain OpenCC
on the same text in the same run. Without the folder only the cost is measured, on the
samples.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median

import opencc

from normtool.chinese import count_han
from normtool.document import Document
from normtool.pipeline import prepare
from normtool.read import read
from normtool.script import convert_script, doubts_of

ROOT = Path(__file__).resolve().parents[2]
#: A line of these sets is too short to tell its script: a simplified line goes before it.
SIMPLIFIED = "这国\n"
SETS = {"s2t_words_one_to_many.tsv": (0, 1), "ud_gsd_dev.tsv": (1, 2)}


def errors(path: Path, columns: tuple[int, int]) -> None:
    """Print the errors of one set."""
    convert = opencc.OpenCC("s2tw").convert
    count: Counter[str] = Counter()
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        simplified, right = (cells[column] for column in columns)
        document = convert_script(Document("a.txt", SIMPLIFIED + simplified), "tw")
        skip = len(SIMPLIFIED)
        ours, theirs = document.text[skip:], convert(simplified)
        seen = {one.start - skip for one in doubts_of(document)}
        decided = {
            place - skip
            for one in document.decisions  # type: ignore[attr-defined]
            for place in range(one.start, one.end)
        }
        count["characters"] += len(simplified)
        count["shown"] += len(seen)
        for place, (a, b, c) in enumerate(zip(theirs, ours, right, strict=True)):
            if simplified[place] in "“”‘’":
                continue
            count["wrong by OpenCC"] += a != c
            count["wrong by us"] += b != c
            count["made wrong by us"] += a == c != b
            count["told"] += a != c and (place in seen or place in decided)
    told = count["told"] / count["wrong by OpenCC"]
    often = count["characters"] / count["shown"]
    share = count["wrong by us"] / count["wrong by OpenCC"]
    print(
        f"{path.name}: OpenCC {count['wrong by OpenCC']}, ours {count['wrong by us']} ({share:.1%})"
    )
    print(f"  right by OpenCC and wrong by us: {count['made wrong by us']}")
    print(f"  of OpenCC's errors decided or shown: {told:.1%}; shown: 1 character in {often:.0f}")


def shown(folder: Path) -> None:
    """Print how often a character of ordinary text is shown."""
    han = places = 0
    for path in sorted(folder.iterdir())[:40]:
        text = path.read_text("utf-8")
        han += count_han(text)
        places += len(doubts_of(convert_script(Document(path.name, text), "tw")))
    print(f"{folder.name}: {places} of {han:,} Han characters shown: 1 in {han / places:.0f}")


def cost(name: str, text: str) -> None:
    """Print what each profile costs against its OpenCC configuration."""
    parts = [text[start : start + 50_000] for start in range(0, len(text), 50_000)]
    for profile, configuration in (
        ("tw", "s2tw"),
        ("hk", "s2hk"),
        ("hant", "s2t"),
        ("twp", "s2twp"),
    ):
        plain = opencc.OpenCC(configuration).convert
        # As in a process that has work to do: what is prepared once is prepared.
        for _ in range(1 + 1_000_000 // len(text)):
            convert_script(Document("a.txt", text), profile)
        ratios = []
        for _ in range(7):
            start = time.process_time()
            for part in parts:
                plain(part)
            middle = time.process_time()
            for part in parts:
                convert_script(Document("a.txt", part), profile)
            ratios.append((time.process_time() - middle) / (middle - start))
        print(f"{name}, {profile}: {median(ratios):.2f} times OpenCC's {configuration}")


def main(shared: str = "") -> None:
    samples = [prepare(read(str(path))).text for path in sorted((ROOT / "samples").glob("*.txt"))]
    text = "\n".join(one for one in samples if "這" not in one)
    if shared:
        for name, columns in SETS.items():
            errors(Path(shared) / "data" / "script" / name, columns)
        clean = Path(shared) / "data" / "clean"
        for folder in ("gov_reports", "laws", "news"):
            shown(clean / folder)
        for path in sorted((clean / "gov_reports").iterdir())[:10]:
            text += path.read_text("utf-8")
    cost(f"{len(text):,} characters", text)


if __name__ == "__main__":
    main(*sys.argv[1:])
