"""What a rhythm may be, its first round, and what is left of it after an outage."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from couples.agreement import rhythm as terms
from couples.surveys import rhythm as rules
from tests.surveys.clocks import (
    FIRST,
    HOUR,
    MONDAY,
    SATURDAY,
    SUNDAY,
    SUNDAYS,
    THURSDAYS,
    TUESDAY,
    openings,
    shown,
    utc,
    wall,
    window,
)

# What a rhythm may be (A6)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"every_weeks": 3}, terms.BadPeriod),
        ({"every_weeks": 0}, terms.BadPeriod),
        ({"opens_weekday": 7}, terms.BadWeekday),
        ({"closes_weekday": -1}, terms.BadWeekday),
        ({"opens_hour": 24}, terms.BadHour),
        ({"closes_hour": -1}, terms.BadHour),
        ({"zone": "Europe/Atlantis"}, terms.UnknownZone),
        ({"zone": "europe/berlin"}, terms.UnknownZone),
        ({"zone": "Europe"}, terms.UnknownZone),
        ({"zone": ""}, terms.UnknownZone),
        ({"zone": "../etc/passwd"}, terms.UnknownZone),
        ({"zone": "right/Europe/Berlin"}, terms.UnknownZone),
        ({"zone": "localtime"}, terms.UnknownZone),
        ({"zone": "Europe/Berlin\0"}, terms.UnknownZone),
        ({"closes_weekday": SUNDAY, "closes_hour": 20}, terms.BadWindow),  # eleven hours
        ({"closes_weekday": MONDAY, "closes_hour": 8}, terms.BadWindow),  # 23 hours
        ({"closes_weekday": SATURDAY, "closes_hour": 10}, terms.BadWindow),  # six days, one hour
        ({"closes_weekday": SUNDAY, "closes_hour": 9}, terms.BadWindow),  # the whole week
        ({"closes_weekday": SUNDAY, "closes_hour": 8}, terms.BadWindow),  # all but an hour of it
    ],
)
def test_A6_a_rhythm_that_cannot_be_kept_is_refused_by_name(
    change: dict[str, int | str], problem: type[terms.BadRhythm]
) -> None:
    with pytest.raises(problem):
        replace(SUNDAYS, **change).check()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("weekday", "hour", "hours"), [(MONDAY, 9, 24), (TUESDAY, 0, 39), (SATURDAY, 9, 144)]
)
def test_A6_a_round_is_open_for_one_to_six_days(weekday: int, hour: int, hours: int) -> None:
    rhythm = replace(SUNDAYS, closes_weekday=weekday, closes_hour=hour)
    rhythm.check()
    assert rhythm.open_hours == hours


def test_A6_a_round_that_closes_when_it_opens_would_be_a_week_long() -> None:
    assert replace(SUNDAYS, closes_weekday=SUNDAY, closes_hour=9).open_hours == 168


def test_A6_six_days_are_also_the_most_for_a_four_weekly_round() -> None:
    replace(SUNDAYS, every_weeks=4, closes_weekday=SATURDAY, closes_hour=9).check()
    with pytest.raises(terms.BadWindow):
        replace(SUNDAYS, every_weeks=4, closes_weekday=SATURDAY, closes_hour=10).check()


# The first opening, and the next version's (A7, C1)


@pytest.mark.parametrize(
    ("signed", "opens"),
    [
        ("2026-06-03 18:00", "2026-06-04 18:00"),  # exactly 24 hours
        ("2026-06-03 18:01", "2026-06-11 18:00"),
        ("2026-06-04 18:00", "2026-06-11 18:00"),
        ("2026-12-31 18:00", "2027-01-07 18:00"),
    ],
)
def test_A7_the_first_round_opens_at_least_24_hours_after_signing(signed: str, opens: str) -> None:
    assert rules.first_opening(THURSDAYS, wall(signed)) == wall(opens)


def test_A7_24_hours_are_elapsed_ones_even_in_a_night_of_23() -> None:
    rhythm = replace(SUNDAYS, opens_hour=12)
    signed = wall("2026-03-28 12:00")  # 23 hours before Sunday's noon
    assert rules.first_opening(rhythm, signed) == wall("2026-04-05 12:00")
    assert rules.first_opening(rhythm, signed - HOUR) == wall("2026-03-29 12:00")


def test_C1_a_new_versions_rhythm_begins_after_the_close_of_the_open_round() -> None:
    _, closes_at = window(THURSDAYS, wall("2026-06-04 18:00"))
    daily_later = replace(THURSDAYS, opens_weekday=SATURDAY, closes_weekday=MONDAY)
    signed = wall("2026-06-04 20:00")
    assert rules.first_opening(daily_later, signed) == wall("2026-06-06 18:00")
    assert rules.first_opening(daily_later, signed, closes_at) == wall("2026-06-13 18:00")
    at_close = replace(THURSDAYS, opens_weekday=SUNDAY, opens_hour=20, closes_weekday=TUESDAY)
    assert rules.first_opening(at_close, signed, closes_at) == closes_at


def test_C1_a_new_zone_counts_from_its_own_calendar() -> None:
    moved = replace(THURSDAYS, every_weeks=2, zone="Pacific/Auckland")
    _, closes_at = window(THURSDAYS, wall("2026-06-04 18:00"))
    first = rules.first_opening(moved, wall("2026-06-05 12:00"), closes_at)
    anchor = rules.anchor_of(moved, first)
    assert anchor == date(2026, 6, 11)
    found = openings(moved, closes_at, anchor, 2)
    assert [shown(at, moved.zone) for at in found] == ["2026-06-11 18:00", "2026-06-25 18:00"]
    assert found[0] == utc("2026-06-11 06:00")


# After an outage (C1)


@pytest.mark.parametrize(
    ("now", "opened"),
    [
        ("2026-06-04 17:59", None),  # before the couple's first
        ("2026-06-04 18:00", "2026-06-04 18:00"),
        ("2026-06-07 08:00", "2026-06-04 18:00"),  # twelve hours left
        ("2026-06-07 08:01", None),
        ("2026-06-08 12:00", None),  # closed, the next not open
        ("2026-06-11 18:00", "2026-06-11 18:00"),
        ("2026-06-26 10:00", "2026-06-25 18:00"),  # after three weeks away: one round, this one
        ("2026-06-28 12:00", None),  # after three weeks away, too late for this one
    ],
)
def test_C1_only_the_current_round_and_only_with_twelve_hours_left(
    now: str, opened: str | None
) -> None:
    found = rules.current_round(THURSDAYS, FIRST, wall(now))
    assert found == (window(THURSDAYS, wall(opened)) if opened else None)


def test_C1_three_weeks_of_outage_make_one_round_and_no_backlog() -> None:
    before = [wall("2026-06-04 18:00") + minutes * timedelta(minutes=30) for minutes in range(9)]
    after = [wall("2026-06-26 10:00") + minutes * timedelta(minutes=30) for minutes in range(9)]
    made = {rules.current_round(THURSDAYS, FIRST, tick) for tick in before + after}
    assert made == {
        window(THURSDAYS, wall("2026-06-04 18:00")),
        window(THURSDAYS, wall("2026-06-25 18:00")),
    }


def test_C1_a_fortnightly_couple_has_no_round_in_the_week_between() -> None:
    rhythm = replace(THURSDAYS, every_weeks=2)
    assert rules.current_round(rhythm, FIRST, wall("2026-06-12 10:00")) is None
    assert rules.current_round(rhythm, FIRST, wall("2026-06-19 10:00")) is not None
