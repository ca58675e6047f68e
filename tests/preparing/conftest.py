"""The same two browsers and the same clock as for the agreement."""

from __future__ import annotations

from tests.agreement.conftest import _clock_stands_still, jonas, maya

__all__ = ["_clock_stands_still", "jonas", "maya"]
