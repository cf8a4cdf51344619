"""The inner loops in C, where the machine that installed normtool could build them.

``native`` is the module ``normtool.native.built``, made of the C files here, or None: no
compiler, an import from an archive, a checkout whose C files have changed since, or
``NORMTOOL_NATIVE=0``. ``absent`` says why. What it offers has a twin
in Python that does the same and stands where it is used.
"""

from __future__ import annotations

import os
from types import ModuleType
from typing import Any

from normtool.native.sources import in_checkout, newer_than, number_of

__all__ = ["absent", "native"]

_AGAIN = "`pip install -e .` builds it"


def _load() -> tuple[ModuleType | None, str]:
    if os.environ.get("NORMTOOL_NATIVE") == "0":
        return None, "switched off by NORMTOOL_NATIVE=0"
    try:
        import normtool.native.built as built  # type: ignore[import-not-found]
    except ModuleNotFoundError:
        return None, f"not built; {_AGAIN}" if in_checkout() else "not built"
    except ImportError as error:
        return None, f"cannot be loaded: {error}"
    # After `git pull` functions may be missing, or mean something else.
    may_differ = in_checkout() and (built.__file__ is None or newer_than(built.__file__))
    if may_differ and number_of() != getattr(built, "sources", None):
        from warnings import warn

        why = f"built of other C files than those here; {_AGAIN}"
        warn(f"{built.__file__}: {why}", ImportWarning, stacklevel=3)  # seen under -X dev
        return None, why
    return built, ""


#: The module, or None.
native: Any
#: Why there is none; empty if there is.
absent: str
native, absent = _load()
