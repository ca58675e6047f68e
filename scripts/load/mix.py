"""Who asks for what: a seeded stream of visits, as they come on a Sunday evening.

Of a hundred requests sixty belong to the mailed page (36 open it, 12 answer, 12 are told so),
25 are overviews and 15 agreements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

OPENED, ANSWERED, TOLD, OVERVIEW, AGREEMENT = "open", "answer", "done", "overview", "agreement"
KINDS = (OPENED, ANSWERED, TOLD, OVERVIEW, AGREEMENT)
SHARES = {OPENED: 36, OVERVIEW: 25, AGREEMENT: 15}
# Of a hundred requests so many are a visit's first.
FIRST = sum(SHARES.values())
ANSWERING = 12 / 36
# Nobody presses within a second of opening: such a press would be asked for once more.
THINKING = (1.2, 2.5)
PATHS = {OVERVIEW: "/overview", AGREEMENT: "/doc"}


@dataclass(frozen=True)
class Ask:
    """One request to be made: of which kind, where, as whom, and what it sends."""

    kind: str
    path: str
    who: int
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class Mix:
    """Draws visits; a link is answered by one visit at a time."""

    links: list[str]
    cookies: list[str]
    questions: int
    chance: Random
    free: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let every link be answered once before any is answered again."""
        self.free = [*range(len(self.links))]
        self.chance.shuffle(self.free)

    def visit(self) -> Ask:
        """Draw the first request of the next visit."""
        kind = self.chance.choices([*SHARES], [*SHARES.values()])[0]
        if kind in PATHS:
            return Ask(kind, PATHS[kind], self.chance.randrange(len(self.cookies)))
        who = self.chance.randrange(len(self.links))
        if self.free and self.chance.random() < ANSWERING:
            return Ask(OPENED, self.links[self.free[0]], self.free.pop(0), {"wanted": "answer"})
        return Ask(OPENED, self.links[who], who)

    def answer(self, opened: Ask, shown: str) -> Ask:
        """Return the press that follows an opened page."""
        given = {f"q{place}": str(self.chance.randint(1, 7)) for place in range(self.questions)}
        return Ask(
            ANSWERED, opened.path, opened.who, {"shown": shown, "decision": "share", **given}
        )

    def give_back(self, who: int) -> None:
        """Let a link be answered again."""
        self.free.append(who)

    def thinking(self) -> float:
        """Return how many seconds somebody looks at the page before pressing."""
        return self.chance.uniform(*THINKING)

    def arrivals(self, requests_a_second: float, seconds: float) -> Iterator[float]:
        """Give the moments at which visits begin: as chance has it, whoever else waits."""
        rate, at = requests_a_second * FIRST / 100, 0.0
        while (at := at + self.chance.expovariate(rate)) < seconds:
            yield at
