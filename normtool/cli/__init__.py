"""The command line: one module a command; each is imported when it is called."""

from __future__ import annotations

from normtool.cli.program import main

__all__ = ["main"]
