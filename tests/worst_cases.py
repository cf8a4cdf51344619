"""Texts made to be hard for a regular expression, from its parse tree.

What makes ``re`` slow is a text that nearly matches: the beginning again and
again, a run of what it repeats without the end that it waits for, two runs that
divide the same characters between them. ``worst_cases`` writes such texts for
any pattern; none of them need match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants, _parser
from typing import Any

#: What a class is asked for first: Han, a mark, digits, letters, blanks.
CANDIDATES = "会，1a (。\n\u3000:*A0：、<&\"'>一\u00e9\ue000"
#: A repetition of more than so many is a run.
LONG = 6
VARIANTS = 3
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


def worst_cases(pattern: str | bytes, flags: int, length: int) -> Iterator[str | bytes]:
    """Yield texts of about ``length`` code points (or bytes), each only once."""
    # Of what was compiled, flags say that it is Unicode; the parser finds that out.
    tree = _parser.parse(pattern, flags & ~re.UNICODE)
    seen = set()
    for variant in range(VARIANTS):
        writer = _Writer(variant)
        whole = writer.sample(tree)
        units = [whole, whole[:-1], whole + "会", whole + "\n", whole[: len(whole) // 2 + 1]]
        texts = [(unit * (length // len(unit) + 1))[:length] for unit in units if unit]
        for before, body in writer.runs:
            if body:
                run = (body * (length // len(body) + 1))[:length]
                texts += [before + run, run + "\n" + before]
                both = before + body
                texts.append((both * (length // len(both) + 1))[:length])
                texts.append((run[:40] + before) * (length // (40 + len(before)) + 1))
        for text in texts:
            if text not in seen:
                seen.add(text)
                yield text.encode("latin-1", "replace") if isinstance(pattern, bytes) else text


class _Writer:
    """Writes what a tree matches, more or less; ``runs`` are its repetitions and what is before."""

    def __init__(self, variant: int) -> None:
        self.variant = variant
        self.runs: list[tuple[str, str]] = []
        self._groups: dict[int, str] = {}

    def sample(self, tree: Any, before: str = "") -> str:
        text = ""
        for op, value in tree:
            text += self._one(op, value, before + text)
        return text

    def _one(self, op: Any, value: Any, before: str) -> str:
        if op is _constants.LITERAL:
            return chr(value)
        if op is _constants.NOT_LITERAL:
            return self._of(lambda char: char != chr(value))
        if op is _constants.ANY:
            return "会a，"[self.variant % 3]
        if op is _constants.IN:
            return self._of_class(value)
        if op in _REPEATS:
            least, most, body = value
            one = self.sample(body, before)
            if most is _constants.MAXREPEAT or most > LONG:
                self.runs.append((before, one))
            return one * (least if self.variant == 0 else min(max(least, self.variant), most))
        if op is _constants.SUBPATTERN:
            number, _, _, body = value
            text = self.sample(body, before)
            self._groups[number] = text
            return text
        if op is _constants.ATOMIC_GROUP:
            return self.sample(value, before)
        if op is _constants.BRANCH:
            branches = value[1]
            texts = [self.sample(branch, before) for branch in branches]
            return texts[self.variant * len(texts) // VARIANTS]
        if op is _constants.ASSERT:
            text = self.sample(value[1], before)
            return text if value[0] < 0 and not before.endswith(text) else ""
        if op is _constants.GROUPREF:
            return self._groups.get(value, "")
        if op is _constants.GROUPREF_EXISTS:
            return self.sample(value[1], before)
        return ""  # places and what must not stand there

    def _of_class(self, items: Any) -> str:
        negated = items[0][0] is _constants.NEGATE
        if not negated:
            own = [_first(item) for item in items]
            chars = [char for char in own if char]
            if chars and self.variant:
                return chars[self.variant * (len(chars) - 1) // (VARIANTS - 1)]
        return self._of(lambda char: _holds(items, char)) or (own[0] if not negated else "")

    def _of(self, fits: Any) -> str:
        fitting = [char for char in CANDIDATES if fits(char)]
        return fitting[self.variant % len(fitting)] if fitting else ""


def _first(item: Any) -> str:
    op, value = item
    if op is _constants.LITERAL:
        return chr(value)
    return chr(value[0]) if op is _constants.RANGE else ""


def _holds(items: Any, char: str) -> bool:
    negated = found = False
    for op, value in items:
        if op is _constants.NEGATE:
            negated = True
        elif op is _constants.LITERAL:
            found |= chr(value) == char
        elif op is _constants.RANGE:
            found |= value[0] <= ord(char) <= value[1]
        elif op is _constants.CATEGORY:
            found |= _CATEGORIES[value].match(char) is not None
    return found != negated


_CATEGORIES = {
    _constants.CATEGORY_SPACE: re.compile(r"\s"),
    _constants.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    _constants.CATEGORY_DIGIT: re.compile(r"\d"),
    _constants.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    _constants.CATEGORY_WORD: re.compile(r"\w"),
    _constants.CATEGORY_NOT_WORD: re.compile(r"\W"),
}
