"""``python -m normtool`` is ``normtool``."""

from __future__ import annotations

from normtool.cli import run

if __name__ == "__main__":
    run()
