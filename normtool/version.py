"""The version: the same as in pyproject.toml, which a test compares.

Written down, because looking it up (importlib.metadata) costs 50 ms at every start.
"""

__version__ = "0.1.0"
