"""The inner door as pages of other features know it; rooms below this one take `accounts.door`."""

from __future__ import annotations

from couples.accounts.door import (
    ask,
    fresh_proof,
    is_proved,
    keep_words,
    leads_back,
    wanted_page,
    way_on,
    way_through,
)

__all__ = [
    "ask",
    "fresh_proof",
    "is_proved",
    "keep_words",
    "leads_back",
    "wanted_page",
    "way_on",
    "way_through",
]
