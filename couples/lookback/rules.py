"""Half years: six calendar months each, counted from the first agreement in force."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

MONTHS = 6


@dataclass(frozen=True, slots=True)
class HalfYear:
    """One half year: its number from 1, its first day, and the first day after it."""

    number: int
    begins: date
    ends: date

    def has(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.begins <= day < self.ends


def half_years(first: date, today: date) -> tuple[HalfYear, ...]:
    """Return the half years that are over, the oldest first."""
    return tuple(_over(first, today))


def _over(first: date, today: date) -> Iterator[HalfYear]:
    for number in count(1):
        # Both ends count from the first day: a short month in between shortens no later one.
        begins = months_after(first, MONTHS * (number - 1))
        ends = months_after(first, MONTHS * number)
        if ends > today:
            return
        yield HalfYear(number, begins, ends)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
