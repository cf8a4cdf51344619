"""The loops in C do what their twins in Python do."""

from __future__ import annotations

import shutil
import sysconfig
from pathlib import Path

import pytest

from normtool.native import native


def test_they_were_built() -> None:
    """Where there is a compiler, an installation has them: nobody is to lose them unawares."""
    header = Path(sysconfig.get_paths()["include"]) / "Python.h"
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None or not header.exists():
        pytest.skip("no compiler, or no headers of Python")
    assert native is not None
