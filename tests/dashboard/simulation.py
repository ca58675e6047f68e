"""Steady and changing people, simulated: what the product's rule for a change says of them.

`python -m tests.dashboard.simulation` writes the tables into docs/measures.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

from couples.dashboard.cards.rules import CHANGE, from_usual
from couples.dashboard.mine.rules import theil_sen

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"
BEGIN, END = "<!-- simulated: begin -->", "<!-- simulated: end -->"
PERSONS = 2000
ROUNDS = 26
# Looking on for longer: up to five years of weeks, played with fewer people.
LONGER, PERSONS_FOR_LONGER = (26, 52, 104, 260), 1000
LONG_STEADY = (3, 4.5)
# By how much people move a week, where the interval of the slope is looked at.
SLOPES, PERSONS_FOR_SLOPES = (0, 0.05, 0.1), 500
# The answer from which on a shift lasts, counted from 1: the first that can be spoken of is 9.
FROM = 10
CORRELATION = 0.3
CANDIDATES = (1.0, 1.5, 2.0, 2.5, 3.0)
CANDIDATES_OF_SCALE = (3.0, 4.0, 5.0)
STEADY = (2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 6.5)
# Both levels have room on the scale: at least one whole answer up and down.
WITH_ROOM = ((2, 4), (3, 5), (3.5, 5.5), (4, 2), (4, 6), (5, 3), (5.5, 3.5), (6, 4))
AT_THE_END = ((4.5, 6.5), (3.5, 1.5), (5, 7), (3, 1))

Answers = list[int]
Naive = Callable[[Sequence[int]], bool]


@dataclass(frozen=True)
class Person:
    """One kind of person: where they are, how far they wobble, from when they are elsewhere."""

    level: float
    later: float | None = None
    spread: float = 0.9
    lowest: int = 1
    highest: int = 7
    shifted: int = FROM
    slope: float = field(default=0, repr=False)

    def answers(self, chance: Random, rounds: int = ROUNDS) -> Answers:
        """Answer every round in whole numbers of the scale."""
        wobble = chance.gauss(0, self.spread)
        fresh = self.spread * (1 - CORRELATION**2) ** 0.5
        given = []
        for number in range(1, rounds + 1):
            felt = self._level(number) + wobble
            given.append(min(self.highest, max(self.lowest, int(max(felt, 0) + 0.5))))
            wobble = CORRELATION * wobble + chance.gauss(0, fresh)
        return given

    def _level(self, number: int) -> float:
        if self.slope:
            return self.level + self.slope * (number - (ROUNDS + 1) / 2)
        return self.level if self.later is None or number < self.shifted else self.later

    @cache  # noqa: B019  # one simulation for all rules that look at it
    def many(self) -> tuple[Answers, ...]:
        """Return many of this kind, the same ones every time."""
        chance = Random(repr(self))
        return tuple(self.answers(chance) for _ in range(PERSONS))

    @cache  # noqa: B019
    def farthest(self) -> tuple[float, ...]:
        """Return for each how far from the usual they came; after a shift, its way alone."""
        return tuple(max(self._distances(answers)) for answers in self.many())

    def _distances(self, answers: Answers) -> Iterator[float]:
        for index, by in from_usual(answers):
            if self.later is None:
                yield abs(by)
            elif index + 1 >= self.shifted:
                yield by if self.later > self.level else -by

    def called(self, threshold: float) -> float:
        """Return of how many a change would be spoken of within the rounds."""
        return sum(by >= threshold for by in self.farthest()) / PERSONS

    @cache  # noqa: B019
    def first_called(self) -> tuple[int, ...]:
        """Return of each of whom a change is ever spoken at which answer, over the longest time."""
        chance, most = Random(repr(self)), LONGER[-1]
        each = (self.answers(chance, most) for _ in range(PERSONS_FOR_LONGER))
        found = (
            next((at + 1 for at, by in from_usual(answers) if abs(by) >= CHANGE), 0)
            for answers in each
        )
        return tuple(at for at in found if at)

    def called_within(self, rounds: int) -> float:
        """Return of how many a change would be spoken of within so many rounds."""
        return sum(at <= rounds for at in self.first_called()) / PERSONS_FOR_LONGER

    @cache  # noqa: B019
    def slope_missed(self) -> float:
        """Return of how many the interval of the slope leaves out the true one."""
        chance = Random(f"{self!r} {self.slope}")
        each = (self.answers(chance) for _ in range(PERSONS_FOR_SLOPES))
        ends = (theil_sen([*enumerate(answers)])[1:] for answers in each)
        missed = sum(not low <= self.slope <= high for low, high in ends)
        return missed / PERSONS_FOR_SLOPES

    def naively(self, rule: Naive) -> float:
        """Return the same of another rule, at any answer."""
        return sum(rule(answers) for answers in self.many()) / PERSONS


def jumps(by: int) -> Naive:
    """So many points or more since last time."""
    return lambda answers: any(abs(one - other) >= by for one, other in pairwise(answers))


def five_in_a_row(answers: Sequence[int]) -> bool:
    """Five answers, each above the one before or each below it."""
    fives = [answers[start : start + 5] for start in range(len(answers) - 4)]
    return any(
        all(one < other for one, other in pairwise(way))
        for five in fives
        for way in (five, five[::-1])
    )


def of_scale(level: float, spread: float, later: float | None = None) -> Person:
    """One kind of person on the published scale, as if it were asked in every round."""
    return Person(level, later, spread, 0, 21)


def tables() -> str:
    """Return all tables as they stand in the docs."""
    each = (_of_steady(), _of_longer(), _of_shift(), _of_scale(), _of_naive(), _of_slopes())
    return "\n\n".join(each)


def _of_steady() -> str:
    heads = ["steady at", *(f"{one:g}" for one in CANDIDATES)]
    return _table(heads, [(f"{one:g}", _row(Person(one))) for one in STEADY])


def _of_longer() -> str:
    heads = ["threshold 2.5, steady at", *(f"{one} rounds" for one in LONGER)]
    rows = [
        (f"{one:g}", [Person(one).called_within(each) for each in LONGER]) for one in LONG_STEADY
    ]
    return _table(heads, rows)


def _of_slopes() -> str:
    heads = ["true slope a week", "not in the interval"]
    rows = [(f"{one:g}", [Person(4, slope=one).slope_missed()]) for one in SLOPES]
    return _table(heads, rows)


def _of_shift() -> str:
    heads = ["shift of two points", *(f"{one:g}" for one in CANDIDATES)]
    rows = [(f"{one:g} to {two:g}", _row(Person(one, two))) for one, two in WITH_ROOM]
    late = [(4, 6), (4, 2)]
    rows += [
        (f"{a:g} to {b:g}, from answer 18 on", _row(Person(a, b, shifted=18))) for a, b in late
    ]
    rows += [(f"{one:g} to {two:g}, at the end", _row(Person(one, two))) for one, two in AT_THE_END]
    return _table(heads, rows)


def _of_scale() -> str:
    heads = ["CSI-4", *(f"{one:g}" for one in CANDIDATES_OF_SCALE), "3 since last time"]
    rows = []
    for spread in (1.2, 1.5, 2.0):
        for level in (10, 15):
            person = of_scale(level, spread)
            cells = [person.called(one) for one in CANDIDATES_OF_SCALE]
            label = f"steady at {level}, SD {spread:g}"
            rows.append((label, [*cells, person.naively(jumps(3))]))
    shifted = of_scale(15, 1.5, 9)
    cells = [shifted.called(one) for one in CANDIDATES_OF_SCALE]
    return _table(heads, [*rows, ("15 to 9, SD 1.5", [*cells, shifted.naively(jumps(3))])])


def _of_naive() -> str:
    heads = ["1 to 7, other rules", "2 since last time", "3 since last time", "five in a row"]
    rules: tuple[Naive, ...] = (jumps(2), jumps(3), five_in_a_row)
    kinds = {"steady at 4.5": Person(4.5), "4 to 6": Person(4, 6)}
    rows = [(name, [kind.naively(one) for one in rules]) for name, kind in kinds.items()]
    return _table(heads, rows)


def _row(person: Person) -> list[float]:
    return [person.called(one) for one in CANDIDATES]


def _table(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[float]]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    lines += [[name, *(f"{share:.0%}" for share in shares)] for name, shares in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def in_docs() -> str:
    """Return the tables as the docs show them."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0].strip()


def main() -> None:
    """Write the tables between their marks."""
    text = PAGE.read_text(encoding="utf-8")
    between = f"{BEGIN}\n\n{tables()}\n\n{END}"
    written = re.sub(f"{BEGIN}.*{END}", lambda _found: between, text, flags=re.DOTALL)
    PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
