"""Options for all tests."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept``: what comes out now is right; write it to ``tests/golden``."""
    parser.addoption(
        "--accept", action="store_true", help="rewrite the golden files with what comes out"
    )


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--accept"))
