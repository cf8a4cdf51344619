"""A pattern rewritten so that ``re`` finds it fast."""

from __future__ import annotations

import re
import re._compiler as sre_compiler  # type: ignore[import-not-found]
import re._constants as op  # type: ignore[import-not-found]
import re._parser as sre  # type: ignore[import-not-found]
from typing import Any

from normtool.patterns import Made, assembled, made_of
from normtool.records import NamedTuple
from normtool.triggers.classes import inside, share_of_class

_BROAD = 0.2  # the share of a class that is not worth searching for


class Lead(NamedTuple):
    """A pattern that begins with a narrow class; ``compiled`` when somebody needs it."""

    tree: Any
    chars: str  # what stands between the brackets of the class
    share: float

    def made(self) -> Made:
        """The rewritten pattern in its compiled form (a millisecond or two)."""
        return made_of(self.tree, self.tree.state.flags, sre_compiler._code)

    def compiled(self) -> re.Pattern[str]:
        """The rewritten pattern."""
        return assembled(None, self.made())


def literal_first(pattern: re.Pattern[str], tree: Any = None) -> Lead | None:
    """Rewrite ``pattern`` so that it begins with a narrow class, or return None.

    ``re`` looks quickly for a pattern that begins with a character or a class
    and slowly for any other, so ``(?<=A)[ ]+B`` becomes ``[ ](?<=(?<=A)[ ])[ ]*B``:
    same matches, same groups, many times the speed. ``tree`` is the parse tree, if
    there is one already; it is changed.
    """
    tree = tree or sre.parse(pattern.pattern, pattern.flags)
    first = None if tree.state.flags & re.IGNORECASE else _lead(tree)
    if first is None:
        return None
    return Lead(tree, inside(*first), share_of_class(*first))


def _lead(tree: Any) -> tuple[Any, Any] | None:
    """Move the first character of ``tree`` to its front, in place, and return its node."""
    ahead = 0
    while ahead < len(tree) and tree[ahead][0] in _ZERO_WIDTH:
        ahead += 1
    if ahead == len(tree):
        return None
    checks = tree.data[:ahead]
    code, value = tree[ahead]
    rest = tree.data[ahead + 1 :]
    if code is op.SUBPATTERN and not value[1] and not value[2]:
        inner = value[3]
        inner.data[:0] = checks
        found = _lead(inner)
        tree.data[:] = [(code, value), *rest]
        tree.width = inner.width = None
        return found
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] >= 1:
        low, high, inner = value
        if len(inner) != 1:
            return None
        if high is not op.MAXREPEAT:
            high -= 1
        if high:
            rest.insert(0, (code, (low - 1, high, inner)))
        code, value = inner[0]
    if code is not op.LITERAL and code is not op.IN:
        return None
    first = (code, value)
    if share_of_class(code, value) > _BROAD:
        return None
    if checks:
        behind = sre.SubPattern(tree.state, [*checks, first])
        rest.insert(0, (op.ASSERT, (-1, behind)))
    tree.data[:] = [first, *rest]
    tree.width = None
    return first


_ZERO_WIDTH = {op.ASSERT, op.ASSERT_NOT, op.AT}
