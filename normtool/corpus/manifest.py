"""What made an output: so that a finished job is not done again and a broken one goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from normtool.files import atomic
from normtool.manifest import code_digest
from normtool.version import __version__

#: Spark, Hive and Arrow pass over files whose names begin so.
NAME = "_normtool.json"
_SCHEMA = "normtool-corpus/1"


def key_of(described: Mapping[str, Any]) -> str:
    """A hash of what a job does, together with the program that does it."""
    from importlib.metadata import version

    # What others' code decides: converted text, signatures.
    others = {name: version(name) for name in ("opencc", "rensa") if _has(name)}
    whole = {"schema": _SCHEMA, "program": code_digest("normtool"), "others": others} | dict(
        described
    )
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _has(package: str) -> bool:
    from importlib.util import find_spec

    return find_spec(package) is not None


def load(path: str) -> dict[str, Any]:
    """The manifest at ``path``; empty if there is none or it is broken."""
    try:
        with open(path, encoding="utf-8") as stream:
            value = json.load(stream)
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) and value.get("schema") == _SCHEMA else {}


def save(path: str, content: Mapping[str, Any]) -> None:
    """Write a manifest, whole or not at all."""
    text = json.dumps({"schema": _SCHEMA, "version": __version__} | dict(content), indent=1)
    with atomic(path) as stream:
        stream.write(text.encode() + b"\n")
