"""``normtool rule``: what a rule is about, with its examples."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from normtool.cli.command import PATH, Command
from normtool.cli.streams import colored, put, say
from normtool.report.color import BOLD, CYAN, RED, paint

if TYPE_CHECKING:
    from normtool.clean import Settings
    from normtool.rule import Rule


@click.command("rule", cls=Command)
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--all", "every", is_flag=True, help="Explain all rules.")
@click.option(
    "--output-format",
    type=click.Choice(("text", "json", "markdown")),
    default="text",
    show_default=True,
)
@click.option(
    "--profile",
    type=PATH,
    metavar="FILE",
    help="Measure what each rule costs on a file: time, hits, and how it is run.",
)
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
def command(
    codes: tuple[str, ...], every: bool, output_format: str, profile: str | None, isolated: bool
) -> int:
    """Explain rules: what they find, why, examples, and who must agree.

    CODE is a code (SPC101), the name of a rule or a prefix (SPC). Without any,
    all rules are listed, one a line. Rules of plugins and of your own lists are
    among them where the nearest configuration names these, unless --isolated.

    With --profile FILE the rules are listed by the time that they need to find
    their hits in a text, the dearest first.
    """
    import normtool.rules  # noqa: F401  (fills the table)
    from normtool.config import resolve
    from normtool.extensions import ConfigError
    from normtool.report.manual import lines, manual, page
    from normtool.rule import RULES

    try:
        known = resolve(isolated=isolated)
    except ConfigError as error:
        raise click.UsageError(str(error)) from error

    code = 0
    chosen: dict[str, Rule] = dict(RULES) if every or not codes else {}
    for word in codes:
        found = _find(word)
        chosen |= found
        if not found:
            code = 2
            say(f"error: {_unknown(word)}")
    color = colored(sys.stdout)
    if profile is not None:
        if output_format == "markdown":
            raise click.UsageError("--profile is printed as text or json.")
        if code == 0:
            put(_profile(profile, chosen, known.settings, output_format == "json", color))
        return code
    rules = chosen.values()
    if output_format == "json":
        put(_json(rules))
    elif output_format == "markdown":
        put(manual(rules) if every else (line for rule in rules for line in page(rule)))
    elif not codes and not every:
        put(_index(rules, color))
    else:
        put(
            line
            for n, rule in enumerate(rules)
            for line in ([""] * (n > 0) + [*lines(rule, color)])
        )
    return code


def _profile(
    path: str, codes: Iterable[str], settings: Settings, as_json: bool, color: bool
) -> Iterator[str]:
    from normtool.costs import costs
    from normtool.read import Unreadable, read
    from normtool.report.costs import costs_json, costs_lines

    try:
        document = read(path)
    except Unreadable as error:
        raise click.ClickException(str(error)) from error
    measured = costs(document, settings)
    shown = set(codes)
    yield from costs_json(measured, shown) if as_json else costs_lines(measured, shown, color)


def _find(word: str) -> dict[str, Rule]:
    from normtool.rule import RULES

    name = word.lower().replace("_", "-")
    return {
        code: rule
        for code, rule in RULES.items()
        if (word and code.startswith(word.upper())) or rule.name == name
    }


def _unknown(word: str) -> str:
    from normtool.config import nearest_codes
    from normtool.rule import RULES

    if word.upper() == "MAN":
        return "MAN is no rule: it marks what people changed, in Word, in TEI or by `decide`"
    near = [
        f"{code} ({RULES[code].name})" if code in RULES else code for code in nearest_codes(word)
    ]
    hint = f"did you mean {' or '.join(near)}?" if near else "`normtool rule` lists all"
    return f"there is no rule {word!r}; {hint}"


def _index(rules: Iterable[Rule], color: bool) -> Iterator[str]:
    from normtool.rule import FAMILIES

    family = ""
    for rule in rules:
        if rule.family != family:
            if family:
                yield ""
            family = rule.family
            yield paint(f"{family}: {FAMILIES[family]}", BOLD, color)
        mark = {"SAFE": "*", "UNSAFE": "?", "DISPLAY": " "}[rule.applicability.name]
        yield f"  {paint(rule.code, RED, color)} {paint(f'[{mark}]', CYAN, color)} {rule.message}"
    yield ""
    yield "[*] made unasked, [?] made with --unsafe-fixes, [ ] shown, never made"


def _json(rules: Iterable[Rule]) -> Iterator[str]:
    import json

    values: list[dict[str, Any]] = [
        {
            "code": rule.code,
            "name": rule.name,
            "family": rule.family,
            "message": rule.message,
            "explanation": rule.explanation,
            "applicability": rule.applicability.name.lower(),
            "certainty": rule.certainty.name.lower(),
            "kind": rule.kind,
            "examples": [
                {"before": example.before, "after": example.after} for example in rule.examples
            ],
        }
        for rule in rules
    ]
    yield json.dumps(values, ensure_ascii=False, indent=2)
