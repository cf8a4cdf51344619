"""The manual of the rules: one page of Markdown, or some lines for a terminal.

Everything comes from the docstrings of the rules, which are also their tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from normtool.report.color import BOLD, CYAN, GREEN, RED, YELLOW, paint
from normtool.report.finding import visible
from normtool.report.full import width

if TYPE_CHECKING:
    from normtool.rule import Example, Rule
    from normtool.rule_options import Option

#: Who must agree, by the name of the applicability: in a word, and in a sentence.
PERMISSION = {
    "SAFE": ("unasked", "made unasked"),
    "UNSAFE": ("on request", "made with `--unsafe-fixes` or `--extend-safe {code}`"),
    "DISPLAY": ("never", "shown, never made"),
}
#: What an edit of each kind is to those who read the outcome.
KINDS = {
    "flag": "nothing changes; a person should look",
    "script": "the same words in the other script",
    "convention": "the same words, written as the convention wants",
    "break": "the line structure",
    "removal": "what is no part of the speech goes",
    "error": "a mistake is corrected",
    "gap": "something is lost and marked □",
}
#: In a terminal what changes and what it becomes stand side by side, up to this width.
_COLUMN = 36
_HEAD = """\
# Rules

Made by `normtool rule --all --output-format markdown` from the docstrings of the rules, which
are also their tests: every example on this page is checked.

A rule is **made unasked** where it alters only how the text was written down, **on request**
where it may alter what was said, and otherwise **never**: then it is shown. *Certainty* says how
surely the text was damaged and the edit is right.

In examples `␣ ⏎ ⇥` are a blank, a newline and a tab, `⟨U+200B⟩` is a character that cannot be
seen, and `□` stands for what is lost. ✓ stays as it is: these are the traps, as near to the
defect as can be. ⚑ is pointed at and not changed.
"""


def manual(rules: Iterable[Rule]) -> Iterator[str]:
    """All rules as one page of Markdown: an index by family, then each with its examples."""
    from normtool.rule import FAMILIES

    order = list(FAMILIES)
    listed = sorted(rules, key=lambda rule: (order.index(rule.family), rule.code))
    families = [(key, list(some)) for key, some in groupby(listed, key=lambda rule: rule.family)]
    yield from _HEAD.split("\n")
    yield "## Index"
    yield ""
    yield from _counts(listed)
    for family, some in families:
        yield f"**[{family}](#{_anchor(_family(family))})**: {FAMILIES[family]}"
        yield ""
        yield "| code | what it finds | made | certainty |"
        yield "|---|---|---|---|"
        for rule in some:
            made, certainty = PERMISSION[rule.applicability.name][0], rule.certainty.name.lower()
            link = f"[{rule.code}](#{_anchor(_title(rule))})"
            yield f"| {link} | {_cell(rule.message)} | {made} | {certainty} |"
        yield ""
    for family, some in families:
        yield f"## {_family(family)}"
        yield ""
        for rule in some:
            yield from page(rule)


def page(rule: Rule) -> Iterator[str]:
    """One rule as Markdown, with its examples as a table."""
    yield f"### {_title(rule)}"
    yield ""
    yield f"{_permission(rule)} · certainty {rule.certainty.name.lower()} · {_kind(rule)}"
    yield ""
    message, *rest = rule.explanation.split("\n")
    yield f"**{message}**"
    yield from rest
    yield ""
    for known in _options(rule):
        yield f"Option `{known.name}` = {known.default}: {known.doc}."
        yield ""
    yield "| before | after |"
    yield "|---|---|"
    for example in _sorted(rule.examples):
        yield f"| {_code(example.before)} | {_after(example)} |"
    yield ""


def lines(rule: Rule, color: bool) -> Iterator[str]:
    """One rule for a terminal."""
    yield f"{paint(rule.name, BOLD, color)} ({paint(rule.code, RED, color)})"
    yield ""
    yield from rule.explanation.split("\n")
    yield ""
    examples = _sorted(rule.examples)
    sizes = (width(visible(example.before)) for example in examples if _sort(example) == "Changes")
    widest = max((size for size in sizes if size <= _COLUMN), default=0)
    for title, some in groupby(examples, key=_sort):
        yield paint(title, CYAN, color)
        for example in some:
            before = visible(example.before)
            if example.after is None or example.stays:
                mark = paint("✓", GREEN, color) if example.stays else paint("⚑", YELLOW, color)
                yield f"    {before} {mark}"
                continue
            after = f"→ {visible(example.after)}".rstrip()
            if width(before) <= widest:
                yield f"    {before}{' ' * (widest - width(before))} {paint(after, GREEN, color)}"
            else:
                yield f"    {before}"
                yield f"      {paint(after, GREEN, color)}"
        yield ""
    yield f"Applicability: {rule.applicability.name.lower()}, {_permission(rule)}".replace("`", "")
    yield f"Certainty: {rule.certainty.name.lower()}"
    yield f"Kind: {rule.kind}, {KINDS[rule.kind]}"
    for known in _options(rule):
        yield f"Option: [rules.{rule.code}] {known.name} = {known.value}, {known.doc}"


def _options(rule: Rule) -> list[Option]:
    from normtool.rule_options import OPTIONS

    return list(OPTIONS.get(rule.code, {}).values())


def _counts(rules: list[Rule]) -> Iterator[str]:
    names = [rule.applicability.name for rule in rules]
    shares = ", ".join(f"{names.count(name)} {made}" for name, (made, _) in PERMISSION.items())
    yield f"{len(rules)} rules, by who must agree before they change anything: {shares}."
    yield ""


def _sort(example: Example) -> str:
    if example.stays:
        return "Stays"
    return "Pointed at" if example.after is None else "Changes"


def _sorted(examples: list[Example]) -> list[Example]:
    """What changes, what is pointed at, what stays."""
    return sorted(examples, key=_sort)


def _title(rule: Rule) -> str:
    return f"{rule.code} {rule.name}"


def _family(family: str) -> str:
    from normtool.rule import FAMILIES

    return f"{family}: {FAMILIES[family]}"


def _permission(rule: Rule) -> str:
    return PERMISSION[rule.applicability.name][1].format(code=rule.code)


def _kind(rule: Rule) -> str:
    return f"kind *{rule.kind}*: {KINDS[rule.kind]}"


def _anchor(heading: str) -> str:
    """How GitHub names the place of a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _after(example: Example) -> str:
    if example.after is None:
        return "⚑"
    if example.stays:
        return "✓"
    return _code(example.after) if example.after else "*nothing*"


def _code(text: str) -> str:
    """A text as code in a cell of a table."""
    shown = visible(text)
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    inside = f" {shown} " if shown.startswith("`") or shown.endswith("`") else shown
    return f"{fence}{_cell(inside)}{fence}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
