"""`--soak` plays every case where a fixed sample is played otherwise: `./run soak`."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the option."""
    parser.addoption("--soak", action="store_true", help="the whole fault matrix, not a sample")
