"""Rounds on the odd dates: clocks that jump, repeat an hour or leave out a day."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from couples.agreement.rhythm import Rhythm
from couples.surveys import rhythm as rules
from tests.surveys.clocks import (
    BERLIN,
    FIRST,
    FRIDAY,
    HOUR,
    MONDAY,
    SATURDAY,
    SUNDAYS,
    THURSDAYS,
    WEEK,
    openings,
    shown,
    utc,
    wall,
    window,
)


@pytest.mark.parametrize(
    ("zone", "asked", "moment", "seen"),
    [
        # Forward by the gap: the time does not exist there.
        (BERLIN, "2026-03-29 02:00", "2026-03-29 01:00", "2026-03-29 03:00"),
        (BERLIN, "2026-03-29 02:30", "2026-03-29 01:30", "2026-03-29 03:30"),
        ("America/Santiago", "2026-09-06 00:00", "2026-09-06 04:00", "2026-09-06 01:00"),
        ("Africa/Cairo", "2026-04-24 00:00", "2026-04-23 22:00", "2026-04-24 01:00"),
        ("Africa/Cairo", "2026-04-24 00:30", "2026-04-23 22:30", "2026-04-24 01:30"),
        ("Australia/Lord_Howe", "2026-10-04 02:00", "2026-10-03 15:30", "2026-10-04 02:30"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45", "2026-10-04 02:45"),
        ("Antarctica/Troll", "2026-03-29 01:00", "2026-03-29 01:00", "2026-03-29 03:00"),
        ("Pacific/Apia", "2011-12-30 10:00", "2011-12-30 20:00", "2011-12-31 10:00"),
        ("America/Scoresbysund", "2025-03-29 23:00", "2025-03-30 01:00", "2025-03-30 00:00"),
        # Once, the first time: the time comes twice there.
        (BERLIN, "2026-10-25 02:00", "2026-10-25 00:00", "2026-10-25 02:00"),
        (BERLIN, "2026-10-25 02:30", "2026-10-25 00:30", "2026-10-25 02:30"),
        ("America/Santiago", "2026-04-04 23:00", "2026-04-05 02:00", "2026-04-04 23:00"),
        ("Africa/Cairo", "2026-10-29 23:00", "2026-10-29 20:00", "2026-10-29 23:00"),
        ("Australia/Lord_Howe", "2026-04-05 01:30", "2026-04-04 14:30", "2026-04-05 01:30"),
        # Nothing odd, beside the odd.
        (BERLIN, "2026-03-29 01:00", "2026-03-29 00:00", "2026-03-29 01:00"),
        (BERLIN, "2026-03-29 03:00", "2026-03-29 01:00", "2026-03-29 03:00"),
        (BERLIN, "2026-10-25 03:00", "2026-10-25 02:00", "2026-10-25 03:00"),
        ("Asia/Kathmandu", "2028-02-29 09:00", "2028-02-29 03:15", "2028-02-29 09:00"),
    ],
)
def test_C1_a_time_that_is_missing_moves_by_the_gap_and_a_double_one_is_the_first(
    zone: str, asked: str, moment: str, seen: str
) -> None:
    when = datetime.fromisoformat(asked)
    at = rules.local_instant(when.date(), when.hour, zone, when.minute)
    assert at == utc(moment)
    assert at.tzinfo is UTC
    assert shown(at, zone) == seen


@pytest.mark.parametrize(
    ("rhythm", "anchor", "after", "seen"),
    [
        (  # through both changes of the clocks the hour holds
            THURSDAYS,
            "2026-01-01",
            "2026-03-20",
            ["2026-03-26 18:00", "2026-04-02 18:00", "2026-04-09 18:00"],
        ),
        (  # the hour that is missing once, and only that once, is an hour later
            replace(SUNDAYS, opens_hour=2),
            "2026-01-01",
            "2026-03-20",
            ["2026-03-22 02:00", "2026-03-29 03:00", "2026-04-05 02:00"],
        ),
        (  # the hour that comes twice opens one round
            replace(SUNDAYS, opens_hour=2),
            "2026-01-04",
            "2026-10-20",
            ["2026-10-25 02:00", "2026-11-01 02:00"],
        ),
        (  # the missing hour ends the day, so its round opens on the next
            replace(SUNDAYS, opens_weekday=5, opens_hour=23, zone="America/Scoresbysund"),
            "2025-01-04",
            "2025-03-20",
            ["2025-03-22 23:00", "2025-03-30 00:00", "2025-04-05 23:00"],
        ),
        (  # months' ends
            replace(THURSDAYS, every_weeks=2),
            "2026-04-30",
            "2026-04-30 20:00",
            ["2026-05-14 18:00", "2026-05-28 18:00", "2026-06-11 18:00"],
        ),
        (  # 29 February, a Tuesday, every four weeks
            replace(THURSDAYS, every_weeks=4, opens_weekday=1, closes_weekday=4),
            "2028-02-01",
            "2028-02-01 20:00",
            ["2028-02-29 18:00", "2028-03-28 18:00", "2028-04-25 18:00"],
        ),
        (  # year's end, in a year of 53 weeks
            replace(THURSDAYS, every_weeks=2),
            "2026-06-04",
            "2026-12-15",
            ["2026-12-17 18:00", "2026-12-31 18:00", "2027-01-14 18:00"],
        ),
    ],
)
def test_C1_rounds_open_at_the_same_time_on_the_clock(
    rhythm: Rhythm, anchor: str, after: str, seen: list[str]
) -> None:
    found = openings(rhythm, wall(after, rhythm.zone), date.fromisoformat(anchor), len(seen))
    assert [shown(at, rhythm.zone) for at in found] == seen


def test_C1_every_second_and_every_fourth_week_count_from_the_first_opening() -> None:
    for weeks in (2, 4):
        rhythm = replace(THURSDAYS, every_weeks=weeks)
        first = wall("2026-06-04 18:00")
        assert rules.next_opening(rhythm, first - 9 * WEEK, FIRST) == first
        assert rules.next_opening(rhythm, first - HOUR, FIRST) == first
        assert rules.next_opening(rhythm, first, FIRST) == first + weeks * WEEK
        assert rules.next_opening(rhythm, first + WEEK, FIRST) == first + weeks * WEEK


def test_C1_an_opening_moved_past_midnight_keeps_its_phase_and_its_close() -> None:
    rhythm = Rhythm(2, SATURDAY, 23, MONDAY, 20, "America/Scoresbysund")
    opens_at = wall("2025-03-30 00:00", rhythm.zone)
    assert rules.anchor_of(rhythm, opens_at) == date(2025, 3, 29)
    assert shown(rules.closing_of(rhythm, opens_at), rhythm.zone) == "2025-03-31 20:00"
    following = rules.next_opening(rhythm, opens_at, rules.anchor_of(rhythm, opens_at))
    assert shown(following, rhythm.zone) == "2025-04-12 23:00"
    # Even if somebody kept the day it was seen on.
    assert rules.next_opening(rhythm, opens_at, date(2025, 3, 30)) == following


@pytest.mark.parametrize(
    ("opens", "closes", "elapsed"),
    [
        ("2026-06-04 18:00", "2026-06-07 20:00", 74),
        ("2026-03-26 18:00", "2026-03-29 20:00", 73),  # the night with the missing hour
        ("2026-10-22 18:00", "2026-10-25 20:00", 75),  # the night with the double hour
        ("2026-12-31 18:00", "2027-01-03 20:00", 74),
        ("2024-02-29 18:00", "2024-03-03 20:00", 74),
    ],
)
def test_C1_a_round_closes_at_the_time_on_the_clock(opens: str, closes: str, elapsed: int) -> None:
    opens_at, closes_at = window(THURSDAYS, wall(opens))
    assert (opens_at, closes_at) == (wall(opens), wall(closes))
    assert closes_at - opens_at == elapsed * HOUR


def test_C1_a_close_at_a_missing_or_double_hour_happens_once() -> None:
    rhythm = replace(THURSDAYS, closes_hour=2)
    gap = rules.closing_of(rhythm, wall("2026-03-26 18:00"))
    fold = rules.closing_of(rhythm, wall("2026-10-22 18:00"))
    assert (gap, fold) == (utc("2026-03-29 01:00"), utc("2026-10-25 00:00"))


def test_C1_a_day_the_zone_left_out_opens_no_empty_round() -> None:
    rhythm = Rhythm(1, FRIDAY, 10, SATURDAY, 10, "Pacific/Apia")
    opens_at = rules.next_opening(rhythm, utc("2011-12-27"), None)
    assert shown(opens_at, rhythm.zone) == "2011-12-31 10:00"
    assert rules.closing_of(rhythm, opens_at) == opens_at
    assert rules.current_round(rhythm, date(2011, 12, 30), opens_at) is None
    assert shown(rules.next_opening(rhythm, opens_at, None), rhythm.zone) == "2012-01-06 10:00"
