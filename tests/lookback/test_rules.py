"""Half years are calendar months, whatever days they have."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from couples.lookback.rules import half_years, months_after


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 12, date(2027, 8, 31)),
        (date(2026, 8, 16), 6, date(2027, 2, 16)),
        (date(2026, 12, 30), 6, date(2027, 6, 30)),
        (date(2026, 1, 1), 0, date(2026, 1, 1)),
    ],
)
def test_six_months_later_is_the_same_day_or_the_last_of_its_month(
    day: date, months: int, expected: date
) -> None:
    assert months_after(day, months) == expected


def test_a_half_year_is_there_on_the_day_after_its_last() -> None:
    first = date(2026, 8, 31)
    assert half_years(first, date(2027, 2, 27)) == ()
    (one,) = half_years(first, date(2027, 2, 28))
    assert one.has(first) and one.has(date(2027, 2, 27)) and not one.has(one.ends)


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(0, 4000))
def test_half_years_follow_each_other_without_a_gap(first: date, days: int) -> None:
    today = first + timedelta(days=days)
    found = half_years(first, today)
    begins = [first, *(half.ends for half in found)]
    assert [half.begins for half in found] == begins[:-1]
    assert begins[-1] <= today < months_after(first, 6 * (len(found) + 1))
    assert [half.number for half in found] == list(range(1, len(found) + 1))
