"""How much of the listed damage of ``samples/`` an output has repaired, and what it cost.

``benchmarks/damages.tsv`` lists every piece of damage that was put into the
samples, with its place and what a careful person would write there. It knows
nothing of normtool and serves for any tool.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from normtool.rule import seen

SAMPLES = Path(__file__).parent.parent / "samples"
LIST = Path(__file__).parent / "benchmarks" / "damages.tsv"

#: Compared as equal while aligning, so that a change of width moves nothing.
WIDTH = str.maketrans("，；：！？（）〔〕．", ",;:!?()[].")
CONTENT = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff0-9《》〈〉〔〕（）()\[\]*×“”「」]")


class Damage(NamedTuple):
    """At ``start`` to ``end`` of the sample stands ``damaged``; it should be ``wanted``."""

    file: str
    start: int
    end: int
    damaged: str
    wanted: str
    kind: str


class Score(NamedTuple):
    """What became of the damage, and of what was not damaged."""

    fixed: Counter[str]
    listed: Counter[str]
    deleted: int  # characters of content that sample and gold text have and the output has not
    altered: int  # characters outside all listed damage that became others
    added: int  # blanks that the sample did not have
    missed: list[Damage]


def damages(file: str = "") -> list[Damage]:
    """The listed damage of one sample, or of all, in order."""
    found = []
    for line in LIST.read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            name, start, end, damaged, wanted, kind = line.split("\t")
            if not file or name == file:
                found.append(Damage(name, int(start), int(end), seen(damaged), seen(wanted), kind))
    return found


def gold(text: str, listed: list[Damage]) -> str:
    """The sample as a careful person would leave it."""
    for damage in reversed(listed):
        assert text[damage.start : damage.end] == damage.damaged, damage
        text = text[: damage.start] + damage.wanted + text[damage.end :]
    return text


def score(text: str, listed: list[Damage], output: str) -> Score:
    """Compare an output with the sample ``text`` and its listed damage."""
    wanted_text = gold(text, listed)
    instead, before = _align(text, output)
    fixed: Counter[str] = Counter()
    missed = []

    def right(start: int, end: int, *ways: bool) -> bool:
        # What was put in at the edges may belong to a neighbour: count it in, or leave it out.
        for edges in ways:
            inside = [
                d._replace(start=d.start - start, end=d.end - start)
                for d in listed
                if start <= d.start
                and d.end <= end
                and (edges or d.start < d.end or start < d.start < end)
            ]
            made = "".join(
                before[place] * (edges or place > start) + instead[place]
                for place in range(start, end)
            )
            made += before[end] * edges
            if made == gold(text[start:end], inside):
                return edges or start < end
        return False

    for cluster in _clusters(text, listed):
        start = min(span[0] for span, _ in cluster)
        end = max(span[1] for span, _ in cluster)
        whole = right(start, end, True)
        for span, damage in cluster:
            core = damage.damaged.strip()
            if core and not damage.wanted and "\n" in damage.damaged:
                # A line that should go: which of two equal ones went is all the same.
                good = _times(core, output) == _times(core, wanted_text)
            else:
                good = whole or right(*span, True, False)
            if good:
                fixed[damage.kind] += 1
            else:
                missed.append(damage)
    had, has, must = (
        Counter(CONTENT.findall(part.translate(WIDTH))) for part in (text, output, wanted_text)
    )
    return Score(
        fixed,
        Counter(damage.kind for damage in listed),
        ((had & must) - has).total(),
        _altered(text, listed, instead),
        max(0, output.count(" ") - text.count(" ")),
        missed,
    )


def _times(core: str, text: str) -> int:
    """How often something stands in a text, whatever became of its marks and blanks."""
    core, text = (re.sub("[ 　]", "", part.translate(WIDTH)) for part in (core, text))
    return text.count(core) if len(core) > 4 else text.split("\n").count(core)


def _with_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the newlines around: which of two was deleted cannot be told."""
    if not text[start:end].strip() or "\n" in text[start:end]:
        while start and text[start - 1] in " \n\u3000":
            start -= 1
        while end < len(text) and text[end] in " \n\u3000":
            end += 1
    return start, end


def _clusters(text: str, listed: list[Damage]) -> list[list[tuple[tuple[int, int], Damage]]]:
    """Pieces of damage that touch: what became of one can only be seen with the others."""
    clusters: list[list[tuple[tuple[int, int], Damage]]] = []
    end = -1
    for damage in listed:
        span = _with_blanks(text, damage.start, damage.end)
        if span[0] > end:
            clusters.append([])
        clusters[-1].append((span, damage))
        end = max(end, span[1])
    return clusters


def _altered(text: str, listed: list[Damage], instead: list[str]) -> int:
    covered = set()
    for damage in listed:
        start, end = _with_blanks(text, damage.start, damage.end)
        if damage.kind == "repeated title":
            start = text.rfind("\n", 0, start) + 1  # the other copy may have gone instead
        covered.update(range(start, end))
    return sum(
        bool(new) and new != old and place not in covered
        for place, (old, new) in enumerate(zip(text, instead, strict=True))
    )


def _align(text: str, output: str) -> tuple[list[str], list[str]]:
    """For each character what stands instead of it, and what was put in before it."""
    instead = [""] * len(text)
    before = [""] * (len(text) + 1)
    matcher = SequenceMatcher(None, text.translate(WIDTH), output.translate(WIDTH), False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "insert":
            before[a] += output[c:d]
            continue
        for place in range(a, min(b, a + d - c)):
            instead[place] = output[c + place - a]
        if d - c > b - a:
            before[b] += output[c + b - a : d]
    return instead, before
