"""Long tests come first in what each worker is given, so that none ends long after the others.

Workers are given parts of the list that hold equally many tests, and take from each other's end
what is left there: with long tests at the beginning of each part, only short ones are.
"""

from __future__ import annotations

import os
from itertools import islice

import pytest

# About how many seconds those take that take long; only how they compare matters.
LONG = {
    "tests/journeys/": 400,
    "tests/looks/": 250,
    "tests/faults/": 150,
    "tests/test_canaries.py": 60,
    "tests/test_fifty_presses.py": 60,
    "tests/test_two_worlds.py": 60,
    "tests/agreement/test_states.py": 50,
    "tests/test_bad_input_postgres.py": 30,
    "tests/test_noninterference.py": 20,
}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long tests at the beginning of the parts; the others keep their order."""
    heads = dealt_out(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
    others = iter([one for one in items if not one.nodeid.startswith(tuple(LONG))])
    size = -(-len(items) // len(heads))
    found: list[pytest.Item] = []
    for head in heads:
        found += [*head, *islice(others, max(0, size - len(head)))]
    items[:] = [*found, *others]


def dealt_out(items: list[pytest.Item], count: int) -> list[list[pytest.Item]]:
    """Return the long tests in so many heaps that take about equally long."""
    heaps: list[list[pytest.Item]] = [[] for _ in range(count)]
    seconds = [0] * count
    for name, taken in sorted(LONG.items(), key=lambda one: -one[1]):
        least = seconds.index(min(seconds))
        found = [one for one in items if one.nodeid.startswith(name)]
        heaps[least] += found
        seconds[least] += taken if found else 0
    return heaps
