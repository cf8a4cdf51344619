"""Which characters are written for which: by sound, by shape, by habit."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

#: how two characters are linked; the lowest that holds
SAME_TONE, SAME_SOUND, RARE_READING, NEAR_SOUND, SHAPE_ONLY, PART = range(6)
#: what is proposed is one of so many frequent characters, or known by habit
CANDIDATES = 3600
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = (("ing", "in"), ("eng", "en"), ("ang", "an"), ("uang", "uan"))
#: a reading that is used less often than this is rare
_SHARE = 0.04
#: and one below this does not count
_RARE = 0.004
#: characters that share a part which so few have are confused now and then: 险 检, 诉 拆
_SHARED = 40


class Link(NamedTuple):
    """``kind`` as above, ``shape`` 0 to 3, ``habit`` 0 to 3: how often it is seen."""

    kind: int
    shape: int
    habit: int


def readings(counts: Mapping[str, float], alphabet: str) -> dict[str, dict[str, float]]:
    """Reading with tone → share, of every character: by words, as pypinyin reads them."""
    from pypinyin import Style, pinyin

    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in counts.items():
        sounds = pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")
        if len(sounds) == len(word):
            for character, (sound,) in zip(word, sounds, strict=True):
                seen[character][sound] += count  # type: ignore[assignment]
    shares = {}
    for character in alphabet:
        every = pinyin(character, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True)
        total = sum(seen[character].values())
        share = dict.fromkeys(every[0], 0.0)
        share[every[0][0]] += 0.005
        for sound, count in seen[character].items():
            share[sound] = share.get(sound, 0) + count / total
        shares[character] = share
    return shares


def _near(sound: str) -> set[str]:
    """The syllables that a speaker or a typist confuses with this one."""
    found = {sound}
    for one, other in _INITIALS:
        for s in list(found):
            if s.startswith(one):
                found.add(other + s[len(one) :])
            elif s.startswith(other) and not s.startswith(other + "h"):
                found.add(one + s[len(other) :])
    for one, other in _FINALS:
        for s in list(found):
            if s.endswith(one):
                found.add(s[: -len(one)] + other)
            elif s.endswith(other):
                found.add(s[: -len(other)] + one)
    return found - {sound}


def shapes(folder: Path, alphabet: str) -> dict[tuple[str, str], int]:
    """Pairs that look alike, 1 to 3, from strokes, four corners and parts."""
    from rapidfuzz.distance import Indel

    base = folder / "char_similar" / "data"
    order = json.loads((base / "char_order.dict").read_text("utf-8"))
    corner = json.loads((base / "char_fourangle.dict").read_text("utf-8"))
    parts = {
        c: set(p) for c, p in json.loads((base / "char_stroke.dict").read_text("utf-8")).items()
    }
    by_part: dict[str, list[str]] = defaultdict(list)
    for character in alphabet:
        for part in parts.get(character, ()):
            by_part[part].append(character)
        by_part["#" + corner.get(character, "     ")[:4]].append(character)
        by_part[f"n{len(order.get(character, ''))}"].append(character)
    found: dict[tuple[str, str], int] = {}
    known = set(alphabet)
    for character in alphabet:
        strokes = order.get(character, "")
        if not strokes:
            continue
        others = {c for p in parts.get(character, ()) if len(by_part[p]) < 400 for c in by_part[p]}
        others |= set(by_part.get(character, ())) | parts.get(character, set())
        others |= set(by_part["#" + corner.get(character, "     ")[:4]])
        if len(strokes) <= 9:
            for n in (-1, 0, 1):
                others |= set(by_part[f"n{len(strokes) + n}"])
        for other in (others & known) - {character}:
            theirs = order.get(other, "")
            if not theirs:
                continue
            alike = Indel.normalized_similarity(strokes, theirs)
            angles = sum(
                a == b
                for a, b in zip(corner.get(character, ""), corner.get(other, "-----"), strict=False)
            )
            mine, its = parts.get(character, set()), parts.get(other, set())
            shared = len(mine & its) / max(len(mine | its), 1)
            score = 0.5 * alike + 0.3 * angles / 5 + 0.2 * shared
            level = 3 if score >= 0.86 else 2 if score >= 0.78 else 1 if score >= 0.70 else 0
            if other in mine or character in its:
                level = max(level, 1)  # one is a part of the other: 也 地, 去 法
            if level:
                found[character, other] = level
    return found


def habits(folder: Path) -> Counter[tuple[str, str]]:
    """Wrong and right character of macro-correct's phrase pairs, with their number."""
    pairs = json.loads(
        (folder / "macro_correct" / "output" / "confusion_dict.json").read_text("utf-8")
    )
    seen: Counter[tuple[str, str]] = Counter()
    for wrong, right in pairs.items():
        if len(wrong) == len(right):
            off = [(a, b) for a, b in zip(wrong, right, strict=True) if a != b]
            if len(off) == 1:
                seen[off[0]] += 1
    return seen


def links(folder: Path, counts: Mapping[str, float], alphabet: str) -> dict[str, dict[str, Link]]:
    """Written character → what may have been meant → how the two are linked."""
    shares = readings(counts, alphabet)
    look = shapes(folder, alphabet)
    habit = habits(folder)
    frequent = _frequent(counts)
    by_sound: dict[str, set[str]] = defaultdict(set)
    for character, share in shares.items():
        for sound, part in share.items():
            if part >= _RARE and character in frequent:
                by_sound[sound.rstrip("012345")].add(character)
    found: dict[str, dict[str, Link]] = {}
    for character in alphabet:
        mine = shares[character]
        main = {s for s, share in mine.items() if share >= _SHARE}
        plain = {s.rstrip("012345") for s in main}
        others: set[str] = set()
        for sound in {s.rstrip("012345") for s, share in mine.items() if share >= _RARE}:
            others |= by_sound[sound]
        for sound in plain:
            for near in _near(sound):
                others |= by_sound[near]
        found[character] = {other: _link(shares, character, other) for other in others}
    for (a, b), level in look.items():
        if b not in frequent:
            continue
        link = found[a].get(b, Link(SHAPE_ONLY, 0, 0))
        found[a][b] = link._replace(shape=level)
    for (a, b), number in habit.items():
        if a in found and b in shares:
            link = found[a].get(b, Link(SHAPE_ONLY, 0, 0))
            found[a][b] = link._replace(habit=3 if number >= 8 else 2 if number >= 3 else 1)
    for a, others_ in found.items():
        others_.pop(a, None)
    return found


def _frequent(counts: Mapping[str, float]) -> set[str]:
    """The characters that are proposed."""
    frequency: Counter[str] = Counter()
    for word, count in counts.items():
        for character in word:
            frequency[character] += count  # type: ignore[assignment]
    enough = sorted(frequency.values(), reverse=True)[CANDIDATES]
    return {character for character, count in frequency.items() if count >= enough}


def parts(
    folder: Path, counts: Mapping[str, float], known: Mapping[str, Mapping[str, Link]]
) -> dict[str, list[str]]:
    """Written character → frequent ones that share a part with it and are not linked yet."""
    of = json.loads((folder / "char_similar" / "data" / "char_stroke.dict").read_text("utf-8"))
    by_part: dict[str, list[str]] = defaultdict(list)
    for character in known:
        for part in of.get(character, ()):
            by_part[part].append(character)
    frequent = _frequent(counts)
    found = {}
    for character, linked in known.items():
        rare = [part for part in of.get(character, ()) if len(by_part[part]) <= _SHARED]
        others = {other for part in rare for other in by_part[part]} & frequent
        found[character] = sorted(others - {character, *linked})
    return found


def _link(shares: dict[str, dict[str, float]], a: str, b: str) -> Link:
    one = {s for s, share in shares[a].items() if share >= _SHARE}
    two = {s for s, share in shares[b].items() if share >= _SHARE}
    if one & two:
        return Link(SAME_TONE, 0, 0)
    if {s.rstrip("012345") for s in one} & {s.rstrip("012345") for s in two}:
        return Link(SAME_SOUND, 0, 0)
    if {s.rstrip("012345") for s in shares[a]} & {s.rstrip("012345") for s in shares[b]}:
        return Link(RARE_READING, 0, 0)
    return Link(NEAR_SOUND, 0, 0)
