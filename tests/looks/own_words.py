"""The words the demo couple wrote themselves, wherever their story keeps them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from couples.demo import story

# Shorter ones, a name or “Sunday”, may well be ours.
SHORTEST = 16


def of_the_demo() -> list[str]:
    """Return every sentence of the couple's own."""
    ours = {"PASSWORD", "ADDRESSES", "ZONE", "SIGNED_NAMES"}
    found: set[str] = set()
    for name, value in vars(story).items():
        if name.isupper() and name not in ours:
            _gather(value, found)
    return sorted(found)


def _gather(value: Any, found: set[str]) -> None:
    if isinstance(value, str) and len(value) >= SHORTEST and " " in value:
        found.add(value)
    for each in _parts(value):
        _gather(each, found)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    return []
