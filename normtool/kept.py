"""What was worked out once on this machine, kept beside the byte code (in ``__pycache__``).

The rules are Python's own for byte code: it is written unless somebody said not to
(``PYTHONDONTWRITEBYTECODE``), another version does not read it, and losing it costs
only time.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from typing import Any

from normtool.version import __version__

_FOLDER = os.path.join(os.path.dirname(__file__), "__pycache__")


class Kept:
    """One value, that marshal can hold.

    name   of its file
    about  what it depends on: a value that was kept for something else is not read
    """

    def __init__(self, name: str, about: str) -> None:
        self._about = about
        # A frozen or unknown interpreter has no such tag, and no place of ours.
        tag = sys.implementation.cache_tag
        self._path = os.path.join(_FOLDER, f"{name}-{__version__}.{tag}.bin") if tag else ""

    @property
    def may_write(self) -> bool:
        """Whether a value can be kept here."""
        may = bool(self._path) and not sys.dont_write_bytecode
        return may and os.access(_FOLDER, os.W_OK)

    def read(self) -> Any:
        """The value, or None."""
        with (
            contextlib.suppress(OSError, ValueError, EOFError, TypeError),
            open(self._path, "rb") as stream,
        ):
            # To read all at once is six times as fast as to let marshal read.
            header, value = marshal.loads(stream.read())
            if header == self._header():
                return value
        return None

    def write(self, value: Any) -> None:
        """Write to a file of its own and rename it: another process may do the same."""
        if not self.may_write:
            return
        temporary = f"{self._path}.{os.getpid()}"
        with contextlib.suppress(OSError, ValueError):
            with open(temporary, "wb") as stream:
                stream.write(marshal.dumps((self._header(), value)))
            os.replace(temporary, self._path)

    def _header(self) -> str:
        return f"{sys.version} {self._about}"
