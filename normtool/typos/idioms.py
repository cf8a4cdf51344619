"""Set phrases of four characters with one of them replaced by a homophone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from normtool.edits import MEDIUM
from normtool.typos import Proposal

_RUN = re.compile("[\u4e00-\u9fff]{4,}")


@cache
def _phrases() -> tuple[frozenset[str], dict[str, str], dict[str, frozenset[str]]]:
    """The phrases, the phrases by what is left without one character, the readings."""
    masked: dict[str, str] = {}
    sounds: dict[str, set[str]] = {}
    whole = set()
    lines = (Path(__file__).parent / "data" / "idioms.tsv").read_text("utf-8").splitlines()
    for line in lines:
        phrase, reading = line.split("\t")
        whole.add(phrase)
        for place, (character, sound) in enumerate(zip(phrase, reading.split(), strict=True)):
            sounds.setdefault(character, set()).add(sound)
            key = phrase[:place] + "?" + phrase[place + 1 :]
            masked[key] = "" if key in masked else phrase  # two phrases: no evidence
    return frozenset(whole), masked, {c: frozenset(s) for c, s in sounds.items()}


def misspelled(text: str) -> Iterator[Proposal]:
    """Phrases with one character off, where both characters share a reading."""
    whole, masked, sounds = _phrases()
    end = -1
    for run in _RUN.finditer(text):
        for start in range(run.start(), run.end() - 3):
            four = text[start : start + 4]
            if start < end or four in whole:
                continue
            for place in range(4):
                phrase = masked.get(four[:place] + "?" + four[place + 1 :])
                if phrase and sounds[phrase[place]] & sounds.get(four[place], frozenset()):
                    note = f"{four} is no phrase; {phrase} is, and sounds the same"
                    yield Proposal(start + place, four[place], phrase[place], MEDIUM, 0.9, note)
                    end = start + 4
                    break
