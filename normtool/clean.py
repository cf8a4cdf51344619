"""Cleaning: the stages in order, until a round changes nothing.

Rules see the text as it stands when their stage runs; every change is restated
on the original by ``compose``. What the quiet round still proposes and nobody
allowed becomes a suggestion.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from normtool.chinese import HAN_RANGES
from normtool.document import Document
from normtool.edits import BREAK, CONVENTION, DISPLAY, SAFE, UNSAFE, Edit, Layer
from normtool.patterns import later
from normtool.proposals import STATISTICAL, BackendChoice, told, why_off
from normtool.proposals.stage import Look, ModelStage, Rest
from normtool.records import NamedTuple
from normtool.stage import Stage

if TYPE_CHECKING:
    from normtool.rule import Rule
    from normtool.scan import Scanner

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
    glossary      words and what they become in the other script
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_safe: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    keep: tuple[str, ...] = ()
    typo_model: bool = True
    typo_backend: BackendChoice | None = None
    glossary: tuple[tuple[str, str], ...] = ()


#: Every rule, safe changes only.
DEFAULTS = Settings()


class Restless(RuntimeError):
    """Cleaning found no rest: two rules undo each other."""


class Altered(RuntimeError):
    """The guard saw a digit or Han character change outside a recorded edit."""


#: The codes of the table of rules, and which objects they stand for.
_Table = tuple[tuple[str, ...], tuple[int, ...]]


class _Plan(NamedTuple):
    stages: tuple[Stage, ...]
    offers: Stage
    model: ModelStage


def clean(text: str, *, unsafe_fixes: bool = False, typo_model: bool = True) -> str:
    """Return the text cleaned by every SAFE rule (and the UNSAFE ones, if wanted).

    Without the typo model a short text takes a tenth of the time.

    >>> clean("同志们:今年 我市引进外资万美元,形势严竣。")
    '同志们：\\n今年我市引进外资□万美元，形势严峻。'
    """
    settings = Settings(unsafe_fixes=unsafe_fixes, typo_model=typo_model)
    return clean_document(Document("<text>", text), settings).text


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
    layers: list[Layer] = []
    scan = scanner.scan(text)
    seen = {hash(text)}  # not the texts themselves: each is as large as the file
    rested: dict[int, int] = {}  # after how many layers a stage found nothing
    for _ in range(MOST_ROUNDS):
        last = len(layers)
        for number, stage in enumerate(plan.stages):
            if rested.get(number) == len(layers):
                continue
            layer, made_text = stage.settle(scan, settings.keep)
            if layer:
                layers.append(layer)
                text = made_text
                scan = scan.after(layer, text)
            else:
                rested[number] = len(layers)
        if last == len(layers):
            break
        if hash(text) in seen:
            codes = sorted(
                {code for layer in layers[last:] for why in layer.whys for code in why[0]}
            )
            raise Restless(
                f"{document.name}: cleaning finds no rest: "
                f"{', '.join(codes)} undo each other (a bug: please report it)"
            )
        seen.add(hash(text))
    if plan.model:
        corrected = plan.model.make(text, *_looks(document, settings, rules))
        if corrected:
            layers.append(Layer.of(corrected))
            text = layers[-1].apply(text)
            scan = scanner.scan(text)
    made = _composed(layers)
    _guard(document, made, text)
    offers: Sequence[Edit] = plan.offers.offers(scan, settings.keep)
    if plan.model:
        offers = plan.model.offers(text, _looks(document, settings, rules).offer, offers)
    return document.replace(
        edits=made,
        suggestions=tuple(made.rebase(offers)),
        meta=told(document.meta, off),
        blocks=(),
        script="",
        script_edits=(),
        cleaned=None,
        text=text,
    )


class _Looks(NamedTuple):
    """What the model asks of the rules: see ``ModelStage.make``."""

    resolve: Look
    offer: Look
    rest: Rest


def _looks(document: Document, settings: Settings, rules: _Table) -> _Looks:
    scan = _scanner(rules).scan

    def resolve(asked: Sequence[Rule], text: str) -> list[Edit]:
        stage = _stage(rules, tuple(rule.code for rule in asked))
        return stage.settle(scan(text), settings.keep)[0].edits()

    def offer(asked: Sequence[Rule], text: str) -> list[Edit]:
        stage = _stage(rules, tuple(rule.code for rule in asked))
        return stage.offers(scan(text), settings.keep)

    def rest(text: str) -> Sequence[Edit]:
        without = settings._replace(typo_model=False)
        return clean_document(Document(document.name, text), without).edits

    return _Looks(resolve, offer, rest)


@lru_cache(maxsize=16)
def _stage(rules: _Table, codes: tuple[str, ...]) -> Stage:
    from normtool.rule import RULES

    return Stage(_scanner(rules), [RULES[code] for code in codes])


def _composed(layers: list[Layer]) -> Layer:
    """Compose the edits of all stages, short layers first."""
    while len(layers) > 1:
        place = min(range(len(layers) - 1), key=lambda n: len(layers[n]) + len(layers[n + 1]))
        layers[place : place + 2] = [layers[place].then(layers[place + 1])]
    return layers[0] if layers else Layer([], [], [], [])


@lru_cache(maxsize=1)
def _scanner(rules: _Table) -> Scanner:
    from normtool.rule import CONVERSION, RULES
    from normtool.scan import Scanner

    return Scanner((rule for rule in RULES.values() if rule.family != CONVERSION), keep=True)


@lru_cache(maxsize=16)
def _plan(settings: Settings, rules: _Table) -> _Plan:
    from normtool.rule import CONVERSION, FAMILIES, RULES, chosen

    codes = chosen(RULES, settings.select, settings.ignore)
    unasked = chosen(RULES, settings.extend_safe) if settings.extend_safe else set()
    if not settings.typo_model:
        codes.difference_update(STATISTICAL)
    asked = [rule for rule in RULES.values() if rule.code in codes and rule.family != CONVERSION]
    made = [
        rule
        for rule in asked
        if rule.applicability == SAFE
        or (rule.applicability == UNSAFE and (settings.unsafe_fixes or rule.code in unasked))
    ]
    done = {rule.code for rule in made}
    offered = [rule for rule in asked if rule.code not in done or rule.applicability == DISPLAY]
    stages = (
        [rule for rule in made if rule.family == family and rule.code not in STATISTICAL]
        for family in FAMILIES
    )
    scanner = _scanner(rules)
    return _Plan(
        tuple(Stage(scanner, stage) for stage in stages if stage),
        Stage(scanner, [rule for rule in offered if rule.code not in STATISTICAL]),
        ModelStage(made, offered),
    )


#: What a width or spacing edit may never touch.
_NOT_WORDS = later(f"[^0-9{HAN_RANGES}]+")
_FOLDED = {
    ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９", "0123456789", strict=True)
}


def _guard(document: Document, made: Layer, text: str) -> None:
    """The promise, checked on every document: nothing changes outside a recorded edit,
    and an edit that only writes the same words otherwise keeps their digits and Han."""
    if not made.accounts_for(document.original, text):
        raise Altered(f"{document.name}: the text differs outside of the edits")
    for number in made.longer(2):
        codes, kind = made.whys[number][0], made.whys[number][3]
        if kind in (CONVENTION, BREAK):
            before, after = made.befores[number], made.afters[number]
            kept_words = _NOT_WORDS.sub("", before.translate(_FOLDED))
            made_words = _NOT_WORDS.sub("", after.translate(_FOLDED))
            if kept_words != made_words and not any(code.startswith("CHR") for code in codes):
                raise Altered(
                    f"{document.name}: {', '.join(codes)} changed {before!r} to {after!r}"
                )
