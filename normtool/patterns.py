"""Regular expressions that are compiled when somebody first searches with them, and once a machine.

Compiling a pattern costs a millisecond; a run of normtool on one page needs two
hundred of its patterns, and a page takes ten milliseconds to clean. What the
compiler of ``re`` made is therefore kept on this machine (see ``kept``).
"""

from __future__ import annotations

import atexit
import marshal
import re
from array import array
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import Any, TypeVar, cast

from normtool.kept import Kept
from normtool.native import native

#: What one pattern was compiled to: flags, code, number of groups, names of groups.
Made = tuple[int, bytes, int, dict[str, int]]
#: A pattern and its flags; or what a fact is about, the pattern, and its flags.
_Key = tuple[str, int] | tuple[str, str, int]


T = TypeVar("T")


class _Store:
    """What is known of patterns, on this machine, for this version of Python."""

    def __init__(self) -> None:
        self._kept = Kept("patterns", _compiler())
        # Where what was kept of each lies; a run needs a third of it.
        self._index: dict[_Key, tuple[int, int]] = {}
        self._whole = memoryview(b"")
        if found := self._kept.read_both():
            self._index, self._whole = found
        self._made: dict[_Key, Any] = {}
        self._grew = False
        self.about: set[str] = set()

    def get(self, key: _Key) -> Any:
        """What is known, or None."""
        value = self._made.get(key)
        if value is None and key in self._index:
            value = self._made[key] = marshal.loads(self._bytes(key))
        return value

    def keep(self, key: _Key, value: Any) -> None:
        """Know it from now on."""
        self._made[key] = value
        self._index.pop(key, None)
        if not self._grew:
            self._grew = True
            atexit.register(self.save)

    def save(self) -> None:
        """Keep all of it for the next run."""
        # What another version of the code found out is of no use any more.
        now = {about.split(" ")[0]: about for about in self.about}
        old = [k for k in self._index if len(k) == 2 or now.get(k[0].split(" ")[0], k[0]) == k[0]]
        new = [key for key in self._made if key not in self._index]
        pieces: list[bytes | memoryview] = [
            *map(self._bytes, old),
            *(marshal.dumps(self._made[key]) for key in new),
        ]
        ends = list(accumulate(map(len, pieces)))
        places = zip([0, *ends], ends, strict=False)
        self._kept.write(dict(zip((*old, *new), places, strict=True)), pieces)

    def _bytes(self, key: _Key) -> memoryview:
        start, end = self._index[key]
        return self._whole[start:end]


@cache
def _store() -> _Store:
    return _Store()


def _compiler() -> str:
    import _sre  # type: ignore[import-not-found]

    return f"{_sre.MAGIC} {_sre.CODESIZE}"


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` returns; raises re.error as it does."""
    flags = int(flags)
    store = _store()
    known = store.get((pattern, flags))
    if known is None:
        known = _parsed(pattern, flags)
        if known is None:
            return re.compile(pattern, flags)
        store.keep((pattern, flags), known)
    return assembled(pattern, known)


def remembered(about: str, pattern: re.Pattern[str], find: Callable[[], T]) -> T:
    """What ``find`` returns, which marshal can hold, found once for a pattern on this machine.

    about  what is found, in a word; and by which version of the code that finds it
    """
    return _found(about, (about, pattern.pattern, int(pattern.flags)), find)


def found_once(about: str, find: Callable[[], T]) -> T:
    """What ``find`` returns, which marshal can hold, found once on this machine.

    about  what is found, in a word; and by which version of the code that finds it
    """
    return _found(about, (about, "", 0), find)


def _found(about: str, key: _Key, find: Callable[[], T]) -> T:
    store = _store()
    store.about.add(about)
    value = store.get(key)
    if value is None:
        value = find()
        store.keep(key, value)
    return cast("T", value)


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
    found: re.Pattern[str] = _sre.compile(
        pattern, flags, _codes(code), groups - 1, names, tuple(numbers)
    )
    return found


def _codes_of(code: bytes) -> list[int]:
    codes = array("I")
    codes.frombytes(code)
    return codes.tolist()


_codes: Callable[[bytes], list[int]] = native.codes if native else _codes_of


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
