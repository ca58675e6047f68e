"""Wording help: one engine for every field; it keeps, counts and logs nothing.

A language has its own rules or none at all: a text in a language without rules gets no hint.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from couples.hints.shapes import Hint, Kind, Tier
from couples.languages import base_of

__all__ = ["Hint", "Kind", "Tier", "hint_for"]
LANGUAGES = {"de": "couples.hints.german", "en": "couples.hints.english"}


def hint_for(text: str, kind: Kind, language: str = "en") -> Hint | None:
    """Return the one hint a text would get in a field of this kind, or None."""
    module = LANGUAGES.get(base_of(language))
    return _rules_of(module)(text, kind) if module else None


@cache
def _rules_of(module: str) -> Callable[[str, Kind], Hint | None]:
    """Load the rules of a language when the first text in it is looked at, and not before."""
    find: Callable[[str, Kind], Hint | None] = import_module(module).find
    return find
