"""The byte code of our modules in one file, of which a command loads a hundred.

To look for a module in its folder, ask when its source was changed, open its byte code
and read it takes Python as long as to run it. What one run has loaded in this way the next
takes from one file (see ``kept``); each source is still asked when it was changed, and
where it was, or nothing is kept, Python loads the module as ever.
"""

from __future__ import annotations

import atexit
import marshal
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from itertools import accumulate
from types import CodeType
from typing import Any

from normtool.kept import Kept

_TOP = os.path.dirname(__file__)
#: Byte code files begin so: a magic number, four bytes that are 0 if the rest counts, time and
#: size of the source. In the name of the interpreter's version (see ``Kept``) is the magic one.
_HEADER = 16
_TIMED = bytes(4)

#: Of a module: the header, is it a package, where its byte code would be, where its code is kept.
_Entry = tuple[bytes, bool, str, int, int]


def keep_bytecode() -> None:
    """Load our modules out of one file from now on, and keep there what is missing at the end."""
    if __spec__ is None or not isinstance(__spec__.loader, SourceFileLoader):
        return  # out of an archive, or frozen
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    atexit.register(finder.save)


class _Loader(SourceFileLoader):
    """Loads a module of which the code is at hand."""

    def __init__(self, name: str, path: str, code: memoryview) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        """The code of the module."""
        code: CodeType = marshal.loads(self._code)
        return code


class _Finder:
    """Finds modules that are kept."""

    def __init__(self) -> None:
        self._kept = Kept("bytecode", _TOP)
        self._before = frozenset(sys.modules)
        self._index: dict[str, _Entry] = {}
        self._codes = memoryview(b"")
        if found := self._kept.read_both():
            self._index, self._codes = found

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """How to load a module of ours, or None: somebody else may know it."""
        entry = self._index.get(name)
        if entry is None:
            return None
        header, package, cached, start, end = entry
        source = _source(name, package)
        if header[8:] != _state(source):
            del self._index[name]
            return None
        loader = _Loader(name, source, self._codes[start:end])
        spec = ModuleSpec(name, loader, origin=source, is_package=package)
        spec.has_location = True
        spec.cached = cached
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(os.path.dirname(source))
        return spec

    def save(self) -> None:
        """Keep what was loaded otherwise, with all that is kept."""
        new = dict(_loaded(sys.modules.keys() - self._before - self._index.keys()))
        if not new or not self._kept.may_write:
            return
        old = {name: entry for name, entry in self._index.items() if name not in new}
        pieces = [self._codes[start:end] for *_, start, end in old.values()]
        pieces += [code for _, code in new.values()]
        ends = list(accumulate(map(len, pieces)))
        whats = [entry[:3] for entry in old.values()] + [what for what, _ in new.values()]
        index = {
            name: (*what, start, end)
            for name, what, start, end in zip((*old, *new), whats, [0, *ends], ends, strict=False)
        }
        self._kept.write(index, pieces)


def _source(name: str, package: bool) -> str:
    path = os.path.join(_TOP, *name.split(".")[1:])
    return os.path.join(path, "__init__.py") if package else f"{path}.py"


def _state(source: str) -> bytes:
    """When a source was changed and how long it is, as byte code has it; b"" if it is gone."""
    try:
        found = os.stat(source)
    except OSError:
        return b""
    numbers = int(found.st_mtime), found.st_size
    return b"".join((number & 0xFFFFFFFF).to_bytes(4, "little") for number in numbers)


def _loaded(names: Iterable[str]) -> Iterator[tuple[str, tuple[Any, memoryview]]]:
    """Those modules that are ours and that Python loaded itself, by their byte code."""
    for name in names:
        spec = name.startswith("normtool.") and getattr(sys.modules[name], "__spec__", None)
        if not spec or not spec.cached:
            continue
        package = spec.submodule_search_locations is not None
        source = _source(name, package)
        if spec.origin != source or type(spec.loader) is not SourceFileLoader:
            continue
        with suppress(OSError), open(spec.cached, "rb") as stream:
            whole = memoryview(stream.read())
            header = bytes(whole[:_HEADER])
            if header[4:8] == _TIMED and header[8:] == _state(source):
                yield name, ((header, package, spec.cached), whole[_HEADER:])
