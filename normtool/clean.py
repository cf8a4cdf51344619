"""Cleaning: the stages in order, until a round changes nothing.

Rules see the text as it stands when their stage runs; every change is restated
on the original by ``compose``. What the quiet round still proposes and nobody
allowed becomes a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from normtool.chinese import HAN_RANGES
from normtool.document import Document
from normtool.edits import (
    BREAK,
    CONVENTION,
    DISPLAY,
    SAFE,
    UNSAFE,
    Edit,
    apply,
    compose,
    fuse,
    rebase,
)
from normtool.notation import inside, notation
from normtool.proposals import STATISTICAL, BackendChoice, told, why_off
from normtool.proposals.stage import ModelStage

if TYPE_CHECKING:
    from normtool.rule import Rule
    from normtool.scan import Scan, Scanner

#: Two rounds are normal. A text that peels for longer (a hundred salutations on one
#: line) is left where it stands: its edits are sound, cleaning it again would go on.
MOST_ROUNDS = 40


class Settings(NamedTuple):
    """What the user asked of the rules. Codes are prefixes; the longest wins.

    extend_safe   UNSAFE rules that are to be made unasked
    unsafe_fixes  make all UNSAFE rules
    keep          strings that no edit may touch
    typo_model    ask the typo model, too (TYP401, TYP402, TYP403)
    typo_backend  ask this backend in its stead
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_safe: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    keep: tuple[str, ...] = ()
    typo_model: bool = True
    typo_backend: BackendChoice | None = None


#: Families whose rules are about prose; addresses, tables of values and code are none.
_PROSE = frozenset({"BRK", "GAP", "PUN", "SPC", "TYP"})
#: A character that is lost is lost anywhere.
_ANYWHERE = frozenset({"GAP110", "GAP111"})

#: Every rule, safe changes only.
DEFAULTS = Settings()


class Restless(RuntimeError):
    """Cleaning found no rest: two rules undo each other."""


class Altered(RuntimeError):
    """The guard saw a digit or Han character change outside a recorded edit."""


#: The codes of the table of rules, and which objects they stand for.
_Table = tuple[tuple[str, ...], tuple[int, ...]]


class _Plan(NamedTuple):
    stages: tuple[tuple[Rule, ...], ...]
    offers: tuple[Rule, ...]
    model: ModelStage


def clean(text: str, *, unsafe_fixes: bool = False) -> str:
    """Return the text cleaned by every SAFE rule (and the UNSAFE ones, if wanted).

    >>> clean("同志们:今年 我市引进外资万美元,形势严竣。")
    '同志们：\\n今年我市引进外资□万美元，形势严峻。'
    """
    return clean_document(Document("<text>", text), Settings(unsafe_fixes=unsafe_fixes)).text


def clean_document(document: Document, settings: Settings = DEFAULTS) -> Document:
    """Return the document with the edits and suggestions that the rules give.

    Starts from the original; edits that the document already has are dropped.
    Raises Restless or Altered if the rules contradict each other: a bug, never
    the text's fault.
    """
    import normtool.rules  # noqa: F401  (fills the table)
    from normtool.rule import RULES

    # A plugin or a list of the user may have changed the table since.
    rules = (tuple(RULES), tuple(map(id, RULES.values())))
    scanner = _scanner(rules)
    plan = _plan(settings, rules)
    off = why_off(document.original, settings.typo_backend) if plan.model else ""
    if off:
        plan = _plan(settings._replace(typo_model=False), rules)
    text = document.original
    layers: list[list[Edit]] = []
    scan = scanner.scan(text)
    seen = {text}
    rested: dict[int, str] = {}  # the text in which a stage found nothing
    for _ in range(MOST_ROUNDS):
        last: list[Edit] = []
        for number, stage in enumerate(plan.stages):
            if rested.get(number) is text:
                continue
            edits = _resolve(scan, stage, text, settings.keep)
            if edits:
                layers.append(edits)
                text = apply(text, edits)
                scan = scanner.scan(text)
                last += edits
            else:
                rested[number] = text
        if not last:
            break
        if text in seen:
            codes = sorted({code for edit in last for code in edit.codes})
            raise Restless(
                f"{document.name}: cleaning finds no rest: "
                f"{', '.join(codes)} undo each other (a bug: please report it)"
            )
        seen.add(text)

    def resolve(rules: Sequence[Rule], text: str) -> list[Edit]:
        return _resolve(scanner.scan(text), rules, text, settings.keep)

    def offer(rules: Sequence[Rule], text: str) -> list[Edit]:
        return _offers(scanner.scan(text), rules, text, settings.keep)

    def rest(text: str) -> Sequence[Edit]:
        without = settings._replace(typo_model=False)
        return clean_document(Document(document.name, text), without).edits

    corrected = plan.model.make(text, resolve, offer, rest)
    if corrected:
        layers.append(corrected)
        text = apply(text, corrected)
        scan = scanner.scan(text)
    made = _compose_all(layers)
    _guard(document, made, text)
    offers = _offers(scan, plan.offers, text, settings.keep)
    return document.replace(
        edits=tuple(made),
        suggestions=tuple(rebase(made, plan.model.offers(text, offer, offers))),
        meta=told(document.meta, off),
        blocks=(),
        script="",
        script_edits=(),
        cleaned=None,
    )


def _compose_all(layers: list[list[Edit]]) -> list[Edit]:
    """Compose the edits of all stages, short lists first: a sweep costs what both hold."""
    while len(layers) > 1:
        place = min(range(len(layers) - 1), key=lambda n: len(layers[n]) + len(layers[n + 1]))
        layers[place : place + 2] = [compose(layers[place], layers[place + 1])]
    return layers[0] if layers else []


@lru_cache(maxsize=1)
def _scanner(rules: _Table) -> Scanner:
    from normtool.rule import RULES
    from normtool.scan import Scanner

    return Scanner(tuple(RULES.values()))


@lru_cache(maxsize=16)
def _plan(settings: Settings, rules: _Table) -> _Plan:
    from normtool.rule import FAMILIES, RULES, chosen

    codes = chosen(RULES, settings.select, settings.ignore)
    unasked = chosen(RULES, settings.extend_safe) if settings.extend_safe else set()
    if not settings.typo_model:
        codes.difference_update(STATISTICAL)
    asked = [rule for rule in RULES.values() if rule.code in codes]
    made = [
        rule
        for rule in asked
        if rule.applicability == SAFE
        or (rule.applicability == UNSAFE and (settings.unsafe_fixes or rule.code in unasked))
    ]
    offered = [rule for rule in asked if rule not in made or rule.applicability == DISPLAY]
    stages = (
        tuple(rule for rule in made if rule.family == family and rule.code not in STATISTICAL)
        for family in FAMILIES
    )
    return _Plan(
        tuple(stage for stage in stages if stage),
        tuple(rule for rule in offered if rule.code not in STATISTICAL),
        ModelStage(made, offered),
    )


@lru_cache(maxsize=2)
def _kept(text: str, keep: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where the strings that the user wants kept stand; the longest where two begin."""
    longest = sorted(keep, key=len, reverse=True)
    return tuple(m.span() for m in re.finditer("|".join(map(re.escape, longest)), text))


def _resolve(
    scan: Scan, rules: Iterable[Rule], text: str, keep: tuple[str, ...] = ()
) -> list[Edit]:
    """Sound edits of one stage: where places overlap, the earliest, then the longest wins."""
    found = []
    spans = notation(text)
    kept = _kept(text, keep) if keep else ()
    for order, rule in enumerate(rules):
        reason = ((rule.code,), rule.certainty, rule.applicability, rule.kind)
        prose = spans and rule.family in _PROSE and rule.code not in _ANYWHERE
        for start, end, after, note in scan.find(rule.code):
            if (prose and inside(spans, start, end)) or (kept and inside(kept, start, end)):
                continue
            found.append((start, -end, order, after, note, reason))
    if not found:
        return []
    found.sort(key=lambda place: place[:3])
    edits = []
    last_start = last_end = -1
    for start, minus_end, _, after, note, reason in found:
        end = -minus_end
        # Two insertions at one place are two names for one loss.
        if start < last_end or (start == end == last_end and start == last_start):
            continue
        if text[start:end] == after:
            continue
        edits.append(Edit(start, text[start:end], after, *reason, note))
        last_start, last_end = start, end
    return fuse(edits)


def _offers(scan: Scan, rules: Sequence[Rule], text: str, keep: tuple[str, ...] = ()) -> list[Edit]:
    spans = notation(text)
    kept = _kept(text, keep) if keep else ()
    offers = [
        Edit(
            start,
            text[start:end],
            after,
            (rule.code,),
            rule.certainty,
            rule.applicability,
            rule.kind,
            note,
        )
        for rule in rules
        for start, end, after, note in scan.find(rule.code)
        if not (spans and rule.family in _PROSE and inside(spans, start, end))
        and not (kept and inside(kept, start, end))
    ]
    offers.sort(key=lambda offer: (offer.start, -offer.end))
    return offers


#: What a width or spacing edit may never touch.
_NOT_WORDS = re.compile(f"[^0-9{HAN_RANGES}]+")
_FOLDED = {
    ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９", "0123456789", strict=True)
}


def _guard(document: Document, edits: Sequence[Edit], text: str) -> None:
    """The promise, checked on every document: nothing changes outside a recorded edit,
    and an edit that only writes the same words otherwise keeps their digits and Han."""
    original = document.original
    end = shift = 0
    for start, before, after, codes, _, _, kind, _ in edits:
        if original[end:start] != text[end + shift : start + shift]:
            raise Altered(f"{document.name}: text differs outside the edits before {start}")
        if kind in (CONVENTION, BREAK) and len(before) + len(after) > 2:
            kept = _NOT_WORDS.sub("", before.translate(_FOLDED))
            made = _NOT_WORDS.sub("", after.translate(_FOLDED))
            if kept != made and not any(code.startswith("CHR") for code in codes):
                raise Altered(
                    f"{document.name}: {', '.join(codes)} changed {before!r} to {after!r}"
                )
        end = start + len(before)
        shift += len(after) - len(before)
    if original[end:] != text[end + shift :]:
        raise Altered(f"{document.name}: text differs outside the edits after {end}")
