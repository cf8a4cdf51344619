"""The versions of the programs that made the files, as TEI allows them."""

from __future__ import annotations

from functools import lru_cache

from normtool.patterns import later
from normtool.version import __version__

#: What TEI allows of a version (att of application): no suffixes as in 1.0.dev3+g1.
_VERSION = later(r"\d+(?:\.\d+){0,3}")


def short(version: str) -> str:
    """The version without what TEI does not allow; "0" if nothing is left."""
    found = _VERSION.match(version)
    return found[0] if found else "0"


# The lists of installed packages are read from disk, and the answer stands in every header.
@lru_cache
def version(package: str) -> str:
    """The installed version as TEI allows it; "0" for a package that is not installed."""
    if package == "normtool":
        return short(__version__)
    from importlib import metadata

    try:
        return short(metadata.version(package))
    except metadata.PackageNotFoundError:
        return "0"
