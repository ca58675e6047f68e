"""The goals: how near to its floor each thing shall come. What is judged is a ratio or a value."""

from __future__ import annotations

from dataclasses import dataclass

RATIO = "×"


@dataclass(frozen=True)
class Goal:
    """One goal: which part measures it, its words, its limit and in what it is counted."""

    key: str
    part: str
    words: str
    limit: float
    unit: str = RATIO
    at_least: bool = False

    def is_held_by(self, judged: float) -> bool:
        """Whether a figure is within the limit."""
        return judged >= self.limit if self.at_least else judged <= self.limit

    def used(self, judged: float) -> float:
        """Return how much of the limit is used: 1 is the goal itself, less is better."""
        if not self.limit:
            return judged
        return self.limit / max(judged, 1e-9) if self.at_least else judged / self.limit

    @property
    def sign(self) -> str:
        """Return the limit as it is written."""
        return f"{'≥' if self.at_least else '≤'} {self.limit:g} {self.unit}"


_ALL = (
    Goal("dispatch", "dispatch", "dispatch : raw SMTP with as many senders", 0.5, at_least=True),
    Goal("dispatch peer", "dispatch", "dispatch : a Django service’s reports", 30, at_least=True),
    Goal("check-in page", "checkin", "check-in page by mailed link : bare page", 1.5),
    Goal("check-in page flat", "checkin", "check-in page, 260 rounds behind it : 26", 1.15),
    Goal("answering", "checkin", "answer, requests/s : bare 12-field form", 0.8, at_least=True),
    Goal("overview", "overview", "overview, 26 rounds : bare page", 3),
    Goal("overview queries", "overview", "overview, its queries", 5, "queries"),
    Goal("overview years", "overview", "overview, 260 rounds : 26 rounds", 2),
    Goal("reading", "overview", "reading and unsealing 520 responses", 4, "ms"),
    Goal("overview crowd", "overview", "overview among many other couples : among 20", 1.3),
    Goal("claim SQLite", "claims", "claim 1,000 due of many, SQLite", 6, "ms"),
    Goal("claim PostgreSQL", "claims", "claim 1,000 due of many, PostgreSQL", 10, "ms"),
    Goal("claim flat", "claims", "claim 1,000 due of many : of 10,000", 1.6),
    Goal("tick", "ticks", "tick with nothing due, many couples", 3, "ms"),
    Goal("tick flat", "ticks", "tick with nothing due, many couples : 10,000", 1.5),
    Goal("opening", "opening", "opening due rounds", 1000, "couples/s", at_least=True),
    Goal("opening linear", "opening", "opening: its rate, four times as many due", 0.8,
         at_least=True),
    Goal("opening flat", "opening", "opening: its rate, many not due : 10,000", 0.8, at_least=True),
    Goal("memory", "resting", "whole service at rest, memory", 200, "MB"),
    Goal("rest", "resting", "whole service at rest, share of a core", 1, "%"),
    Goal("start", "resting", "second ./run until the first page", 3, "s"),
    Goal("first view", "views", "first view of any other page", 85, "kB"),
    Goal("first view of a document", "views", "first view of a document", 125, "kB"),
    Goal("repeat view", "views", "repeat view of any page", 12, "kB"),
    Goal("requests", "views", "requests of any other first view", 6, "requests"),
    Goal("requests of a document", "views", "requests of a document", 8, "requests"),
    Goal("third parties", "views", "requests to anybody else", 0, "requests"),
)  # fmt: skip
GOALS = {goal.key: goal for goal in _ALL}
