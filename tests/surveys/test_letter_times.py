"""When a person's letters go, by their own clock and not at night."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from couples.surveys import rhythm as rules
from tests.surveys.clocks import (
    BERLIN,
    FRIDAY,
    HOUR,
    MONDAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    THURSDAYS,
    shown,
    wall,
    window,
)

HOWE = "Australia/Lord_Howe"
WINDOW = (wall("2026-06-04 18:00"), wall("2026-06-07 20:00"))  # Thursday to Sunday, Berlin


@pytest.mark.parametrize(
    ("weekday", "hour", "zone", "goes"),
    [
        (None, None, BERLIN, "2026-06-04 18:00"),  # nothing chosen
        (SATURDAY, None, BERLIN, "2026-06-04 18:00"),
        (SATURDAY, 10, BERLIN, "2026-06-06 10:00"),
        (THURSDAY, 18, BERLIN, "2026-06-04 18:00"),  # the opening itself
        (THURSDAY, 17, BERLIN, "2026-06-04 18:00"),  # an hour too early: no match
        (SUNDAY, 19, BERLIN, "2026-06-07 19:00"),
        (SUNDAY, 20, BERLIN, "2026-06-04 18:00"),  # the close itself: no match
        (MONDAY, 10, BERLIN, "2026-06-04 18:00"),  # never in the window
        (None, 7, BERLIN, "2026-06-05 07:00"),  # any day
        (None, 20, BERLIN, "2026-06-04 20:00"),
        (SATURDAY, 10, "America/New_York", "2026-06-06 16:00"),  # their own clock
        (MONDAY, 5, "Pacific/Auckland", "2026-06-07 19:00"),  # their own calendar
        (THURSDAY, 12, "America/New_York", "2026-06-04 18:00"),
    ],
)
def test_C7_the_letter_goes_at_the_first_match_in_ones_own_zone_else_at_the_opening(
    weekday: int | None, hour: int | None, zone: str, goes: str
) -> None:
    assert rules.letter_time(*WINDOW, weekday, hour, zone) == wall(goes)


def test_C7_a_letter_hour_that_is_missing_moves_with_the_clock() -> None:
    opens_at, closes_at = window(THURSDAYS, wall("2026-03-26 18:00"))
    assert rules.letter_time(opens_at, closes_at, SUNDAY, 2, BERLIN) == wall("2026-03-29 03:00")
    # The hour that comes twice is the first one; in half of an hour's shift, the half.
    autumn = window(THURSDAYS, wall("2026-10-22 18:00"))
    twice = rules.letter_time(*autumn, SUNDAY, 2, BERLIN)
    assert (twice, shown(twice, "UTC")) == (wall("2026-10-25 02:00"), "2026-10-25 00:00")
    half = rules.letter_time(*window(THURSDAYS, wall("2026-10-01 18:00")), SUNDAY, 2, HOWE)
    assert shown(half, HOWE) == "2026-10-04 02:30"
    cairo = replace(THURSDAYS, zone="Africa/Cairo")
    open_then = window(cairo, wall("2026-04-23 18:00", cairo.zone))
    at = rules.letter_time(*open_then, FRIDAY, 0, cairo.zone)
    assert shown(at, cairo.zone) == "2026-04-24 01:00"


def test_C7_changing_ones_zone_changes_ones_own_letter_only() -> None:
    at_home = rules.letter_time(*WINDOW, SATURDAY, 10, BERLIN)
    away = rules.letter_time(*WINDOW, SATURDAY, 10, "Asia/Tokyo")
    assert at_home - away == 7 * HOUR
    assert window(THURSDAYS, WINDOW[0]) == WINDOW


@pytest.mark.parametrize(
    ("at", "zone", "goes"),
    [
        ("2026-06-07 20:59", BERLIN, "2026-06-07 20:59"),
        ("2026-06-07 21:00", BERLIN, "2026-06-08 08:00"),
        ("2026-06-08 03:00", BERLIN, "2026-06-08 08:00"),
        ("2026-06-08 07:59", BERLIN, "2026-06-08 08:00"),
        ("2026-06-08 08:00", BERLIN, "2026-06-08 08:00"),
        ("2026-06-07 20:00", "Asia/Tokyo", "2026-06-08 01:00"),  # 3:00 there, 8:00 is 1:00 here
        ("2026-06-07 20:00", "America/New_York", "2026-06-07 20:00"),  # 14:00 there
        ("2026-03-28 22:00", BERLIN, "2026-03-29 08:00"),
        ("2026-10-24 22:00", BERLIN, "2026-10-25 08:00"),
        ("2026-12-31 23:00", BERLIN, "2027-01-01 08:00"),
        ("2028-02-28 23:00", BERLIN, "2028-02-29 08:00"),
    ],
)
def test_closing_letters_do_not_come_at_night(at: str, zone: str, goes: str) -> None:
    assert rules.polite_time(wall(at), zone) == wall(goes)


@pytest.mark.parametrize(
    ("letter", "zone", "goes"),
    [
        ("2026-06-04 18:00", BERLIN, "2026-06-06 20:00"),  # a day before the close
        ("2026-06-06 10:00", BERLIN, "2026-06-07 08:00"),  # half a day on is 22:00: next morning
        ("2026-06-06 23:00", BERLIN, "2026-06-07 11:00"),
        ("2026-06-07 07:00", BERLIN, "2026-06-07 19:00"),  # an hour before the close
        ("2026-06-07 07:01", BERLIN, None),
        ("2026-06-07 19:00", BERLIN, None),
        ("2026-06-04 18:00", "Asia/Tokyo", "2026-06-07 01:00"),  # 3:00 there: 8:00 there
        ("2026-06-06 21:30", "Asia/Tokyo", "2026-06-07 09:30"),
        ("2026-06-07 05:30", "Asia/Tokyo", None),  # their night lasts until after the close
    ],
)
def test_C7_the_one_reminder_leaves_half_a_day_and_the_night_alone(
    letter: str, zone: str, goes: str | None
) -> None:
    found = rules.reminder_time(*WINDOW, wall(letter), zone)
    assert found == (wall(goes) if goes else None)


def test_C7_the_shortest_round_has_its_reminder_half_a_day_after_the_letter() -> None:
    opens_at, closes_at = wall("2026-06-05 08:00"), wall("2026-06-06 08:00")
    assert rules.reminder_time(opens_at, closes_at, opens_at, BERLIN) == opens_at + 12 * HOUR


@pytest.mark.parametrize(
    ("meant", "now", "zone", "goes"),
    [
        ("19:00", "18:59", BERLIN, "19:00"),
        ("19:00", "19:00", BERLIN, "19:00"),
        ("19:00", "20:30", BERLIN, "20:30"),
        ("20:30", "21:29", BERLIN, "21:29"),  # a little late
        ("20:00", "21:00", BERLIN, "32:00"),  # an hour late: in the morning
        ("23:00", "23:59", BERLIN, "23:59"),  # their own choice
        ("23:00", "24:00", BERLIN, "32:00"),
        ("19:00", "20:30", "Asia/Kathmandu", "28:15"),  # 0:15 there
        ("19:00", "34:00", BERLIN, "34:00"),
    ],
)
def test_C7_what_comes_late_minds_the_night(meant: str, now: str, zone: str, goes: str) -> None:
    def berlin(text: str) -> datetime:
        hours, minutes = map(int, text.split(":"))
        return wall("2026-06-04 00:00") + timedelta(hours=hours, minutes=minutes)

    assert rules.late_time(berlin(meant), berlin(now), zone) == berlin(goes)
