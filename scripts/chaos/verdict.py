"""What one check of the audit says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_SHOWN = 5


@dataclass(frozen=True)
class Verdict:
    """The rule, what it says in a few words, how much was looked at, and what broke it."""

    rule: str
    words: str
    looked_at: int
    broken: tuple[str, ...]

    @property
    def line(self) -> str:
        """One line, and one for each thing that broke."""
        count = len(self.broken)
        said = f"held ({self.looked_at} looked at)" if not count else f"BROKEN {count} times"
        shown = [f"\n    {one}" for one in self.broken[:MOST_SHOWN]]
        return f"{self.rule:7}{self.words}: {said}{''.join(shown)}"


def verdict(rule: str, words: str, looked_at: int, broken: Iterable[str]) -> Verdict:
    """Return a verdict; a check that had nothing to look at has not held."""
    found = tuple(broken)
    if not looked_at and not found:
        found = ("there was nothing to look at",)
    return Verdict(rule, words, looked_at, found)
