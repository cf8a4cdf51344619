"""Which C files: a number over all of them, which the module is told when it is built.

``building.py`` runs this file by its path, before there is a package: it imports nothing of
ours.
"""

from __future__ import annotations

import os

FOLDER = os.path.dirname(__file__)


def in_checkout() -> bool:
    """Whether the C files may change under the module, as they never do once installed."""
    return os.path.exists(os.path.join(FOLDER, "..", "..", "pyproject.toml"))


def newer_than(path: str, folder: str = FOLDER) -> bool:
    """Whether a C file or header of a folder was written after ``path``."""
    written = os.stat(path).st_mtime_ns
    files = (file for file in os.scandir(folder) if file.name.endswith((".c", ".h")))
    return any(file.stat().st_mtime_ns >= written for file in files)


def number_of(folder: str = FOLDER) -> int:
    """A number over the C files and headers of a folder, below 2 ** 32."""
    from zlib import crc32

    number = 0
    for name in sorted(os.listdir(folder)):
        if name.endswith((".c", ".h")):
            with open(os.path.join(folder, name), "rb", buffering=0) as file:
                number = crc32(file.read(), number)
    return number
