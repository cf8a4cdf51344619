"""What a rule is, how it is written down, and which rules are asked for.

A rule is a function with a docstring. The docstring is the manual, the
message of every report and, through its examples, the test:

    before → after    the rule makes this change
    text ✓            the rule leaves this alone
    text ⚑            the rule points at this and offers nothing

In examples ``␣`` is a blank, ``⏎`` a newline, ``⇥`` a tab and ``⟨U+200B⟩`` a
character that cannot be seen. An edit that marks a loss shows ``□``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import cast

from normtool.edits import FLAG, Applicability, Certainty
from normtool.memory import of_text as of_text
from normtool.patterns import later
from normtool.records import NamedTuple

#: The stages of cleaning, in order: what each three-letter family is about.
FAMILIES = {
    "ENC": "text decoded wrongly",
    "HTM": "markup left by the scraper",
    "CHR": "characters that stand for others, or for none",
    "BRK": "line breaks that should or should not be",
    "FUR": "page furniture",
    "ADS": "advertising",
    "GAP": "what is lost or masked",
    "PUN": "punctuation",
    "SPC": "white space",
    "TYP": "wrong words",
    "QLT": "diagnostics, never a change",
    "SCR": "the other script",
}
#: The family of what conversion does to a clean text: no stage of cleaning.
CONVERSION = "SCR"

#: What a pattern rule returns: the new text, with a note if there is something
#: to say; None leaves the place alone. A flag returns the text itself.
Fixed = str | tuple[str, str] | None
#: What a rule over the whole text yields: start, end, new text[, note].
Found = tuple[int, int, str] | tuple[int, int, str, str]


class Example(NamedTuple):
    """One line of a docstring; ``after`` is None for ⚑ and equals ``before`` for ✓."""

    before: str
    after: str | None

    @property
    def stays(self) -> bool:
        return self.before == self.after


class Rule(NamedTuple):
    """A defect, how to see it, and what to do about it.

    docstring  as it stands in the source; ``doc`` is without its margin
    pattern    an ordinary regular expression, or None: then ``fix`` takes the
               whole text. If it has a group named ``edit``, only that group is
               replaced; the rest is context.
    table      what each matched text becomes, where nothing else matters
    needs      of a function over the whole text: where this matches nowhere, the
               function finds nothing and need not be called
    line       what ``pattern`` would be, of a rule that looks only at the lines on which
               something stands that it ``needs``
    """

    code: str
    name: str
    docstring: str
    applicability: Applicability
    certainty: Certainty
    kind: str
    pattern: re.Pattern[str] | None
    fix: Callable[..., object]
    table: Mapping[str, str] | None = None
    needs: re.Pattern[str] | None = None
    line: re.Pattern[str] | None = None

    @property
    def family(self) -> str:
        return self.code[:3]

    @property
    def doc(self) -> str:
        """The manual of the rule."""
        return _without_margin(self.docstring)

    @property
    def message(self) -> str:
        """The defect in one line."""
        return self.doc.partition("\n")[0].rstrip(".")

    @property
    def explanation(self) -> str:
        """The docstring without its examples."""
        lines = [line for line in self.doc.split("\n") if not _is_example(line)]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    @property
    def examples(self) -> list[Example]:
        return [_example(line) for line in self.doc.split("\n") if _is_example(line)]

    def find(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Yield ``(start, end, after, note)`` for each place, by this rule alone."""
        if self.line is not None:
            assert self.needs is not None
            yield from self.on_lines(text, self.needs.finditer(text))
            return
        if self.pattern is None:
            for found in cast("Iterable[Found]", self.fix(text)):
                yield (*found, "") if len(found) == 3 else found
            return
        for match in self.pattern.finditer(text):
            made = self.at(match)
            if made is not None:
                yield made

    def on_lines(
        self, text: str, needed: Iterable[re.Match[str]]
    ) -> Iterator[tuple[int, int, str, str]]:
        """The same for a rule with ``line``, if it is known where what it ``needs`` stands."""
        assert self.line is not None
        done = 0
        for cue in needed:
            place = cue.start()
            if place < done:
                continue
            start = text.rfind("\n", max(done - 1, 0), place) + 1
            match = self.line.match(text, start) if start >= done else None
            if match is not None:
                made = self.at(match)
                if made is not None:
                    yield made
                place = match.end() - 1  # its last character may be a newline
            done = text.find("\n", place) + 1
            if not done:
                return

    def at(self, match: re.Match[str]) -> tuple[int, int, str, str] | None:
        """What the rule makes of one match, or None if it declines."""
        fixed = self.fix(match)
        if fixed is None:
            return None
        after, note = (fixed, "") if isinstance(fixed, str) else cast("tuple[str, str]", fixed)
        start, end = match.span("edit") if "edit" in match.re.groupindex else match.span()
        if start < 0:
            return None
        if self.kind != FLAG and after == match.string[start:end]:
            return None
        return start, end, after, note


#: Every rule by its code, in the order of registration.
RULES: dict[str, Rule] = {}


def rule(
    code: str,
    applicability: Applicability,
    certainty: Certainty,
    kind: str,
    pattern: str | None = None,
    flags: int = 0,
    table: Mapping[str, str] | None = None,
    needs: str | None = None,
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register the decorated function as the rule ``code``.

    With a pattern the function takes a match and returns the new text, a pair
    ``(new text, note)``, or None to decline. Without one it takes the whole
    text and yields ``(start, end, new text[, note])``; ``needs`` is a pattern without
    which it finds nothing. With both, the pattern begins at the start of a line (``^``)
    and is tried only on lines on which stands what it needs: something much rarer than
    lines. With a table the function has a docstring only.
    """
    if code[:3] not in FAMILIES or not re.fullmatch(r"[A-Z]{3}\d{3}", code):
        known = ", ".join(FAMILIES)
        raise ValueError(f"the code {code} is not a family ({known}) and three digits")
    if code in RULES:
        raise ValueError(f"{code} is taken by {RULES[code].name}")

    found = later(pattern, flags) if pattern is not None else None

    def register(fix: Callable[..., object]) -> Callable[..., object]:
        RULES[code] = Rule(
            code,
            fix.__name__.replace("_", "-"),
            fix.__doc__ or "",
            applicability,
            certainty,
            kind,
            found if needs is None else None,
            fix if table is None else lambda match: table[match[0]],
            table,
            later(needs) if needs is not None else None,
            found if needs is not None else None,
        )
        return fix

    return register


@cache
def _without_margin(docstring: str) -> str:
    import inspect

    return inspect.cleandoc(docstring)


def chosen(
    codes: Iterable[str], select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> set[str]:
    """The codes asked for. Prefixes; the longest that fits wins, ``ignore`` wins a tie."""
    select, ignore = tuple(select) or ("",), tuple(ignore)
    if select == ("",) and not ignore:
        return set(codes)

    def longest(prefixes: tuple[str, ...], code: str) -> int:
        return max((len(p) for p in prefixes if code.startswith(p.replace("ALL", ""))), default=-1)

    return {code for code in codes if longest(select, code) > longest(ignore, code)}


_VISIBLE = {"␣": " ", "⏎": "\n", "⇥": "\t"}
_ARROW = later(r" +→(?: +|$)")


def _is_example(line: str) -> bool:
    return line.startswith("    ") and (
        line.rstrip().endswith(("✓", "⚑")) or _ARROW.search(line) is not None
    )


def _example(line: str) -> Example:
    line = line.strip()
    if line.endswith("✓"):
        text = seen(line[:-1].rstrip())
        return Example(text, text)
    if line.endswith("⚑"):
        return Example(seen(line[:-1].rstrip()), None)
    before, after = _ARROW.split(line, maxsplit=1)
    return Example(seen(before), seen(after))


def seen(text: str) -> str:
    """Turn the visible signs of an example into the characters they stand for."""
    for sign, blank in _VISIBLE.items():
        text = text.replace(sign, blank)
    return re.sub(r"⟨U\+([0-9A-F]+)⟩", lambda match: chr(int(match[1], 16)), text)


def line_around(text: str, place: int, reach: int = 300) -> tuple[int, int]:
    """Start and end of the line that ``place`` is on, at most ``reach`` code points away.

    Bounded, so that a rule stays linear on a file that is one line.
    """
    start = text.rfind("\n", max(place - reach, 0), place) + 1
    end = text.find("\n", place, place + reach)
    return start or max(place - reach, 0), end if end >= 0 else min(place + reach, len(text))
