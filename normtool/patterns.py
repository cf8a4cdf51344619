"""Regular expressions that are compiled when somebody first searches with them.

Compiling a pattern costs a millisecond, a run of normtool on one page needs few
of its two hundred patterns, and a page takes ten milliseconds to clean.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Later:
    """Stands for a compiled pattern; ``pattern`` and ``flags`` are known before."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        # Reached once for each method: afterwards the instance has its own.
        value = getattr(re.compile(self.pattern, self.flags), name)
        self.__dict__[name] = value
        return value

    def __reduce__(self) -> tuple[Any, ...]:
        return _Later, (self.pattern, self.flags)


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` returns, compiled at its first use.

    Raises re.error at the first use, not here.
    """
    return cast("re.Pattern[str]", _Later(pattern, flags))
