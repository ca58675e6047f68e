"""Which migration is the newest one this code knows, without loading what migrates."""

from __future__ import annotations

from functools import cache
from pathlib import Path

VERSIONS = Path(__file__).parent / "migrations" / "versions"


@cache
def newest() -> str:
    """Return the id of the newest migration: what stands before the first `_` of its name."""
    return max(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))
