"""What was found out once on this machine and is kept for the next run: losing it costs only time.

It lies beside the byte code (in ``__pycache__``), as Python keeps its own. Where Python
writes none, because the package is another user's or ``PYTHONDONTWRITEBYTECODE`` is set,
it lies in the user's cache folder. What is found there may be broken, or of another
version: who keeps something also keeps what it depends on.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, BinaryIO

from normtool.version import __version__

_TOP = os.path.dirname(__file__)
#: In a folder of the user's cache: which installation it belongs to.
_LABEL = "installation.txt"


class Kept:
    """One value, that marshal can hold.

    name   of its file
    about  what it depends on: a value that was kept for something else is not read
    """

    def __init__(self, name: str, about: str) -> None:
        self._about = about
        # A frozen or unknown interpreter has no such tag, and no place of ours.
        tag = sys.implementation.cache_tag
        self._path = path_of(f"{name}-{__version__}.{tag}.bin") if tag else ""

    @property
    def may_write(self) -> bool:
        """Whether a value can be kept here."""
        return may_write(self._path)

    def read(self) -> Any:
        """The value, or None."""
        found = self.read_both()
        return found and found[0]

    def read_both(self) -> tuple[Any, memoryview] | None:
        """The value and the bytes that were kept with it, which are not copied; or None."""
        with suppress(OSError, ValueError, EOFError, TypeError), open(self._path, "rb") as stream:
            whole = _mapped(stream)
            size, more = (int.from_bytes(whole[at : at + 8], "little") for at in (0, 8))
            if len(whole) != 16 + size + more:
                return None
            # All at once is six times as fast as to let marshal read.
            header, value = marshal.loads(whole[16 : 16 + size])
            if header == self._header():
                return value, whole[16 + size :]
        return None

    def write(self, value: Any, more: Iterable[bytes | memoryview] = ()) -> None:
        """Keep it, and bytes with it; does nothing where that cannot be done."""
        if self._path:
            first = marshal.dumps((self._header(), value))
            rest = [*more]
            sizes = len(first), sum(map(len, rest))
            keep(self._path, [*(size.to_bytes(8, "little") for size in sizes), first, *rest])

    def _header(self) -> str:
        return f"{sys.version} {self._about}"


def _mapped(stream: BinaryIO) -> memoryview:
    """The bytes of a file, as they lie in memory for all who read it."""
    if os.name == "nt":  # where what is mapped cannot be replaced
        return memoryview(stream.read())
    from mmap import ACCESS_READ, mmap

    return memoryview(mmap(stream.fileno(), 0, access=ACCESS_READ))


def path_of(name: str) -> str:
    """Where something of this name lies or would lie; "" if nothing is kept."""
    place = folder()
    return place and os.path.join(place, name)


def folder() -> str:
    """The folder of all that is kept; "" if there is none: for a package in a zip file."""
    if not os.path.isdir(_TOP):
        return ""
    if not sys.dont_write_bytecode:
        # python -X pycache_prefix has it elsewhere.
        beside = os.path.dirname((__spec__ and __spec__.cached) or "")
        beside = beside or os.path.join(_TOP, "__pycache__")
        if may_write(os.path.join(beside, "kept")):
            return beside
    own = _cache()
    if not own:
        return ""
    import zlib

    # Installations have their own: they may differ though their versions agree.
    return os.path.join(own, "normtool", f"{zlib.crc32(os.fsencode(_TOP)):08x}")


def _cache() -> str:
    """The folder where programs of this user keep such things; "" if there is none."""
    named = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    if os.path.isabs(named):
        return named
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        return ""
    return os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache")


def may_write(path: str) -> bool:
    """Whether a file can be written at this path, its folders made if need be."""
    above = os.path.dirname(path)
    while above and not os.path.exists(above) and above != os.path.dirname(above):
        above = os.path.dirname(above)
    return bool(above) and os.path.isdir(above) and os.access(above, os.W_OK)


def keep(path: str, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a file of its own and rename it: another process may do the same, or read it.

    Does nothing where it cannot be written.
    """
    temporary = f"{path}.{os.getpid()}"
    with suppress(OSError, ValueError):
        place = os.path.dirname(path)
        if not os.path.isdir(place):
            os.makedirs(place)
            if os.path.basename(place) != "__pycache__":
                _label(place)
        try:
            with open(temporary, "wb") as stream:
                for piece in pieces:
                    stream.write(piece)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise


def _label(place: str) -> None:
    """Say whose folder of the cache this is, and take away those of installations that are gone."""
    with open(os.path.join(place, _LABEL), "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(_TOP)
    for other in os.scandir(os.path.dirname(place)):
        with suppress(OSError, ValueError):
            label = os.path.join(other.path, _LABEL)
            with open(label, encoding="utf-8", errors="surrogateescape") as file:
                gone = not os.path.exists(file.read())
            if gone:
                import shutil

                shutil.rmtree(other.path, ignore_errors=True)
