"""How the module is built: as setuptools does it, and with the number of its C files.

setuptools loads this file by its path (``[tool.setuptools.cmdclass]``), before there is a
package; nothing of normtool imports it.
"""

from __future__ import annotations

import os
import runpy

from setuptools import Extension
from setuptools.command.build_ext import build_ext

FOLDER = os.path.dirname(__file__)


class Build(build_ext):
    """Tells the module which C files it is made of; ``normtool.native`` asks it."""

    def build_extension(self, ext: Extension) -> None:
        """Build one extension; raises what setuptools raises."""
        sources = runpy.run_path(os.path.join(FOLDER, "sources.py"))
        number = sources["number_of"](FOLDER)
        ext.define_macros.append(("NORMTOOL_SOURCES", f"{number}u"))
        super().build_extension(ext)
