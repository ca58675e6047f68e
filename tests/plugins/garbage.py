"""Python looks for rings of dead objects far less often than it would by itself.

What was imported and collected lives to the end of the run. Walked through again and again it
cost a quarter of the processor's time of all tests, and half of each `create_app`.
"""

from __future__ import annotations

import gc

import pytest

# Of new objects, and of younger looks before an older one.
SELDOM = (20_000, 10, 10)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Leave alone what is there by now, and look at the rest now and then."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
