"""Options of rules: the figures of a rule that a user may set.

    [rules.QLT134]
    length = 60

A module of rules declares one and asks for its value when the rule runs.
"""

from __future__ import annotations

from collections.abc import Mapping


class Option:
    """One figure of one rule.

    value    what holds now
    default  what the rule is tested with
    least    a smaller value would make the rule fire on what it must not
    """

    def __init__(self, code: str, name: str, default: int, least: int, doc: str) -> None:
        self.code = code
        self.name = name
        self.default = self.value = default
        self.least = least
        self.doc = doc

    def check(self, value: object) -> None:
        """Raises ValueError for a value that is no whole number or too small."""
        if isinstance(value, bool) or not isinstance(value, int) or value < self.least:
            raise ValueError(f"must be a whole number of at least {self.least}, not {value!r}")


#: Every option by the code of its rule and its name.
OPTIONS: dict[str, dict[str, Option]] = {}


def option(code: str, name: str, default: int, doc: str, *, least: int = 1) -> Option:
    """Declare an option of a rule; what it is for in a few words, with its unit."""
    declared = Option(code, name, default, least, doc)
    OPTIONS.setdefault(code, {})[name] = declared
    return declared


def use(values: Mapping[str, Mapping[str, int]]) -> None:
    """Set the options of this process: those given, all others to their defaults."""
    for code, options in OPTIONS.items():
        for name, known in options.items():
            known.value = values.get(code, {}).get(name, known.default)
