"""The files that ship with the package: word lists, templates, models, schemas.

An installation is a folder, and they are opened there. On a cluster the package may
be a zip file on ``sys.path`` (``spark-submit --py-files normtool.whl``), which nobody
unpacks: then they are read out of it.
"""

from __future__ import annotations

import os
from typing import BinaryIO

_TOP = os.path.dirname(__file__)


def open_shipped(name: str) -> BinaryIO:
    """A file by its path below the package (``rules/data/sites.tsv``), as a stream of bytes.

    It can be sought in; it has a ``fileno`` only in a folder. Raises FileNotFoundError.
    """
    try:
        return open(os.path.join(_TOP, name), "rb")
    except OSError:
        if os.path.isdir(_TOP):
            raise
        # Costs as much as the rest of the start: not before it is needed.
        import io
        from importlib.resources import files

        return io.BytesIO(files("normtool").joinpath(name).read_bytes())
