"""The inner loops in C, where the machine that installed normtool could build them.

``native`` is the module ``normtool.native.built``, made of the C files here, or None: no
compiler, a wheel without it, an import from an archive, or ``NORMTOOL_NATIVE=0``. What it
offers has a twin in Python that does the same and stands where it is used.
"""

from __future__ import annotations

import os
from typing import Any

native: Any = None
if os.environ.get("NORMTOOL_NATIVE") != "0":
    try:
        from normtool.native import built as native  # type: ignore[attr-defined,no-redef]
    except ImportError:
        native = None

__all__ = ["native"]
