"""Regular expressions that are compiled when somebody first searches with them, and once a machine.

Compiling a pattern costs a millisecond; a run of normtool on one page needs two
hundred of its patterns, and a page takes ten milliseconds to clean. What the
compiler of ``re`` made is therefore kept on this machine (see ``kept``).
"""

from __future__ import annotations

import atexit
import re
from array import array
from collections.abc import Callable
from typing import Any, TypeVar, cast

from normtool.kept import Kept

#: What one pattern was compiled to: flags, code, number of groups, names of groups.
Made = tuple[int, bytes, int, dict[str, int]]
#: A pattern and its flags; or what a fact is about, the pattern, and its flags.
_Key = tuple[str, int] | tuple[str, str, int]


T = TypeVar("T")


class _Store:
    """The compiled patterns of this version of normtool and of Python, read when first needed."""

    def __init__(self) -> None:
        self.made: dict[_Key, Any] | None = None
        self.grew = False
        self.about: set[str] = set()

    def load(self) -> dict[_Key, Any]:
        self.kept = Kept("patterns", _compiler())
        self.made = self.kept.read() or {}
        return self.made

    def keep(self, key: _Key, value: Any) -> None:
        assert self.made is not None
        self.made[key] = value
        if not self.grew:
            self.grew = True
            atexit.register(self.save)

    def save(self) -> None:
        """Keep all of it for the next run."""
        assert self.made is not None
        # What other versions of the code found out is of no use any more.
        self.kept.write(
            {
                key: value
                for key, value in self.made.items()
                if len(key) == 2 or not self.about or key[0] in self.about
            }
        )


_store = _Store()


def _compiler() -> str:
    import _sre  # type: ignore[import-not-found]

    return f"{_sre.MAGIC} {_sre.CODESIZE}"


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` returns; raises re.error as it does."""
    flags = int(flags)
    made = _store.load() if _store.made is None else _store.made
    known = made.get((pattern, flags))
    if known is None:
        parsed = _parsed(pattern, flags)
        if parsed is None:
            return re.compile(pattern, flags)
        _store.keep((pattern, flags), parsed)
        known = parsed
    return assembled(pattern, known)


def remembered(about: str, pattern: re.Pattern[str], find: Callable[[], T]) -> T:
    """What ``find`` returns, which marshal can hold, found once for a pattern on this machine.

    about  what is found, and by which version of the code that finds it
    """
    made = _store.load() if _store.made is None else _store.made
    _store.about.add(about)
    key = (about, pattern.pattern, int(pattern.flags))
    if key not in made:
        _store.keep(key, find())
    return cast("T", made[key])


def _parsed(pattern: str, flags: int) -> Made | None:
    """Compile with the parts of ``re`` that it has no names for; None where they are others."""
    try:
        from re import _compiler, _parser

        parse, code_of = _parser.parse, _compiler._code
    except (ImportError, AttributeError):
        return None
    return made_of(parse(pattern, flags), flags, code_of)


def made_of(tree: Any, flags: int, code_of: Callable[[Any, int], list[int]]) -> Made:
    """The compiled form of a parse tree."""
    code = array("I", code_of(tree, flags))
    flags = int(flags | tree.state.flags)
    return flags, code.tobytes(), tree.state.groups, dict(tree.state.groupdict)


def assembled(pattern: str | None, made: Made) -> re.Pattern[str]:
    """The pattern of its compiled form."""
    import _sre

    flags, code, groups, names = made
    numbers: list[str | None] = [None] * groups
    for name, number in names.items():
        numbers[number] = name
    codes = array("I")
    codes.frombytes(code)
    found: re.Pattern[str] = _sre.compile(
        pattern, flags, codes.tolist(), groups - 1, names, tuple(numbers)
    )
    return found


class _Later:
    """Stands for a compiled pattern; ``pattern`` and ``flags`` are known before."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        # Reached once for each method: afterwards the instance has its own.
        value = getattr(compiled(self.pattern, self.flags), name)
        self.__dict__[name] = value
        return value

    def __reduce__(self) -> tuple[Any, ...]:
        return _Later, (self.pattern, self.flags)


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` returns, compiled at its first use.

    Raises re.error at the first use, not here.
    """
    return cast("re.Pattern[str]", _Later(pattern, flags))
